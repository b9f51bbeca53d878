#!/bin/sh
# Tells the story of xAI's funding from a ledger built before your eyes: installs what is missing (Debian 12, with root
# or sudo), builds the example program into build/run, applies examples/xai.facts.jsonl and asks it questions.
#   sh examples/run.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
build=$root/build/run

# shellcheck source=examples/setup.sh
. "$here/setup.sh"
# shellcheck disable=SC2086,SC2154
install_packages $build_packages || exit 1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# build_step WHAT COMMAND...: quiet unless it fails.
build_step() {
    echo "$1 ..." >&2
    shift
    if ! "$@" >"$scratch/build.log" 2>&1; then
        cat "$scratch/build.log" >&2
        exit 1
    fi
}
# -O2 is faster to build than the -O3 of a release.
build_step "Configuring $build" cmake -S "$root" -B "$build" -G Ninja -D CMAKE_BUILD_TYPE=Release \
    -D CMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" -D POSTMONEY_BUILD_TESTS=OFF -D POSTMONEY_INSTALL=OFF \
    -D CMAKE_UNITY_BUILD=ON
build_step "Building postmoney" cmake --build "$build" --target postmoney_cli

PATH="$build/examples/bin:$PATH"
db=$scratch/xai.db

# show COMMAND...: what is run, then what it prints.
show() {
    printf '\n$ %s\n' "$*"
    "$@"
}
cd "$root"
show postmoney --db "$db" apply examples/xai.facts.jsonl
show postmoney --db "$db" company xAI
show postmoney --db "$db" reconcile xAI
