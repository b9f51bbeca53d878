#!/bin/sh
# A shared library of ours exports what its headers name with POSTMONEY_EXPORT, and a program runs on that; of `detail`
# that is what the hot code in the headers calls where it turns cold: exports.sh NM LIBRARY PROGRAM
set -u

exported=$("$1" --dynamic --defined-only --demangle "$2") || exit 1
functions=$(printf '%s\n' "$exported" | sed -n 's/^[0-9a-f]* [TDBR] //p')
echo "$functions" | grep -q '^postmoney::Ledger::apply(' || {
    echo "Ledger::apply is not exported" >&2
    exit 1
}
cold='^postmoney::detail::(Integer::|refuse_|divide_wide|quoted|kept_code|check_text)'
if echo "$functions" | grep -v '^postmoney::' || echo "$functions" | grep -vE "$cold" | grep '^postmoney::.*::detail::\|^postmoney::detail::'; then
    echo "these names are not for programs" >&2
    exit 1
fi
"$3" parse "6 billion USD"
