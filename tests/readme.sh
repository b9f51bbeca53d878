#!/bin/sh
# Runs the console blocks of the README as a transcript, and checks that its C++ is in the quickstart example.
#   sh tests/readme.sh PROGRAM_FOLDER
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Prints the lines of the blocks of one language.
blocks() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$root/README.md" | grep -v '^```'
}

blocks console >"$scratch/readme.txt"
sh "$root/examples/transcript.sh" "$1" "$scratch/readme.txt"

blocks cpp | while IFS= read -r line; do
    grep -qF -- "$line" "$root/examples/quickstart.cpp" || {
        echo "README.md: not in examples/quickstart.cpp: $line" >&2
        exit 1
    }
done
