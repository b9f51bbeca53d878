#!/bin/sh
# Installs the packages of node/package.json from npm to a folder, unless they are there. better-sqlite3 is built from
# its source with Node's own headers. It is not optimized, because it answers only a few questions and optimizing SQLite
# would take minutes.
#   sh tests/readers/install_node_packages.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"
if [ -e installed.json ] && cmp -s "$here/node/package.json" installed.json; then
    exit 0
fi
cp "$here/node/package.json" package.json
CFLAGS=-O0 CXXFLAGS=-O0 JOBS=max npm_config_build_from_source=true npm_config_nodedir=/usr npm install --no-audit --no-fund --loglevel=error
cp package.json installed.json
