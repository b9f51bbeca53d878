#!/bin/sh
# Runs python_reader.py if there is a Python 3; otherwise the exit status is 77.
#   sh tests/readers/python_reader.sh POSTMONEY_PROGRAM FACTS_FILE
if ! command -v python3 >/dev/null 2>&1; then
    echo "skipped: there is no python3"
    exit 77
fi
exec python3 "$(dirname "$0")/python_reader.py" "$@"
