#!/bin/sh
# A program may take the definitions from the headers in one part and from the library in another: each part is linked
# with its own. What passes one of our values from part to part does not link: mixing.sh ROOT COMPILER
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

part='#include "postmoney/value/money.hpp"
#include "postmoney/value/error.hpp"
bool NAME() {
    try {
        (void)postmoney::Money::parse("1.234 USD");
    } catch (const postmoney::Error&) {
        return postmoney::Money::parse("5000000 USD").to_string() == "5000000.00 USD";
    }
    return false;
}'
main='bool one();
bool two();
int main() { return one() && two() ? 0 : 1; }'
giver='#include "postmoney/value/money.hpp"
std::string text_of(const postmoney::Money& money) { return money.to_string(); }'
taker='#include "postmoney/value/money.hpp"
std::string text_of(const postmoney::Money& money);
int main() { return text_of(postmoney::Money::parse("5 USD")).empty() ? 1 : 0; }'

compile() { # TEXT OBJECT [OPTION]
    printf '%s\n' "$1" >"$scratch/$2.cpp"
    "$compiler" -std=c++20 -I"$root/include" ${3+"$3"} -c "$scratch/$2.cpp" -o "$scratch/$2.o" || exit 1
}
compile_both() { # TEXT OBJECT
    compile "$1" "$2-headers"
    compile "$1" "$2-library" -DPOSTMONEY_COMPILED
}
for name in one two; do
    compile_both "$(printf '%s\n' "$part" | sed "s/NAME/$name/")" $name
done
compile_both "$giver" giver
compile_both "$taker" taker
compile "$main" main
compile "$(cat "$root/lib/value/definitions.cpp")" library -DPOSTMONEY_COMPILED

link() { # OBJECT...
    objects=
    for name; do objects="$objects $scratch/$name.o"; done
    # shellcheck disable=SC2086
    "$compiler" -std=c++20 $objects "$scratch/library.o" -o "$scratch/program" >"$scratch/said" 2>&1
}
for way in headers library; do
    for other in headers library; do
        if link main one-$way two-$other; then
            "$scratch/program" || fail "parts of the ways $way and $other give wrong answers"
        else
            fail "parts of the ways $way and $other do not link: $(cat "$scratch/said")"
        fi
        link giver-$way taker-$other
        linked=$?
        [ $way != $other ] || [ $linked -eq 0 ] || fail "one way ($way) does not link: $(cat "$scratch/said")"
        [ $way = $other ] || [ $linked -ne 0 ] || fail "a value passes from a part of the way $way to one of $other"
    done
done
exit $failed
