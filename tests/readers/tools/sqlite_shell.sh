#!/bin/sh
# Reads columns with the sqlite3 shell: see tests/readers/tools.py.
#   sh sqlite_shell.sh LEDGER
set -eu
sqlite3 -version | cut -d ' ' -f 1
while read -r name column; do
    echo "SELECT '$name $column ' || coalesce(\"$column\", '') FROM $name;"
done | sqlite3 -readonly -bail "$1"
