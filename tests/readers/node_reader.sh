#!/bin/sh
# Runs a reader of this folder's node/ if Node and the packages are there; otherwise the exit status is 77.
#   sh tests/readers/node_reader.sh PACKAGE MODULES_FOLDER READER.js ARGUMENT...
package=$1
NODE_PATH=$2
reader=$3
shift 3
export NODE_PATH
if ! command -v node >/dev/null 2>&1; then
    echo "skipped: there is no node"
    exit 77
fi
if ! node -e "require('$package')" >/dev/null 2>&1; then
    echo "skipped: there is no package $package in $NODE_PATH; sh tests/run.sh installs it"
    exit 77
fi
exec node "$(dirname "$0")/node/$reader" "$@"
