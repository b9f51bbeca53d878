#!/bin/sh
# Compiles and runs a consumer with only the flags from pkg-config.
#   PKG_CONFIG=pkg-config sh pkg-config.sh core|store PREFIX COMPILER FLAGS
set -eu
part=$1 prefix=$2 compiler=$3 flags=$4
here=$(cd "$(dirname "$0")" && pwd)

case $part in
    core) package=postmoney-core ;;
    store) package=postmoney ;;
esac
pc_file=$(find "$prefix" -name "$package.pc")
PKG_CONFIG_PATH=$(dirname "$pc_file")
export PKG_CONFIG_PATH

for flag in $("$PKG_CONFIG" --cflags "$package"); do
    case $flag in
        -I* | -D* | -pthread) ;;
        *)
            echo "$package.pc: $flag is not ours to set" >&2
            exit 1
            ;;
    esac
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The lists must split at spaces. shellcheck disable=SC2046,SC2086
"$compiler" $flags -std=c++20 $("$PKG_CONFIG" --cflags "$package") "$here/project/$part.cpp" -o "$scratch/consumer" \
    $("$PKG_CONFIG" --libs "$package")
LD_LIBRARY_PATH=$(dirname "$PKG_CONFIG_PATH") "$scratch/consumer"
