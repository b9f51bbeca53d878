#!/bin/sh
# A program whose one part has the definitions from the headers and whose other part has them from the library does not
# link, and the linker says why: mixing.sh ROOT COMPILER
set -u

root=$1
compiler=$2
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

failed=0
fail() {
    echo "$1" >&2
    failed=1
}

# Each part uses what is compiled in either way, so that it needs no library.
use='#include "postmoney/value/error.hpp"
bool NAME() { return postmoney::to_string(postmoney::ErrorCode::io) == "io"; }'
main='bool one();
bool two();
int main() { return one() && two() ? 0 : 1; }'
compile() { # NAME WAY [OPTION]
    printf '%s\n' "$use" | sed "s/NAME/$1/" >"$scratch/$1.cpp"
    "$compiler" -std=c++20 -I"$root/include" ${3+"$3"} -c "$scratch/$1.cpp" -o "$scratch/$1-$2.o" || exit 1
}
for name in one two; do
    compile $name headers
    compile $name library -DPOSTMONEY_COMPILED
done
printf '%s\n' "$main" >"$scratch/main.cpp"

link() { # WAY_OF_ONE WAY_OF_TWO
    "$compiler" -std=c++20 "$scratch/main.cpp" "$scratch/one-$1.o" "$scratch/two-$2.o" -o "$scratch/program" \
        >"$scratch/said" 2>&1
}
for way in headers library; do
    link $way $way && "$scratch/program" || fail "two parts of one way ($way): $(cat "$scratch/said")"
done
for ways in "headers library" "library headers"; do
    # shellcheck disable=SC2086
    if link $ways; then
        fail "parts of two ways ($ways) make a program"
    else
        grep -q postmoney_definitions_are_in_the_headers_or_in_the_library "$scratch/said" ||
            fail "the linker does not say why: $(cat "$scratch/said")"
    fi
done
exit $failed
