#!/bin/sh
# Compares what the portfolio programs of examples/apps print of the same ledgers: by the library, by Python and, where
# better-sqlite3 is there, by Node. The exit status is 77 without Python.
#   sh tests/readers/portfolio.sh POSTMONEY_PROGRAM PORTFOLIO_PROGRAM EXAMPLES_FOLDER MODULES_FOLDER
set -u

postmoney=$1
portfolio=$2
examples=$3
NODE_PATH=$4
export NODE_PATH
if ! command -v python3 >/dev/null 2>&1; then
    echo "skipped: there is no python3"
    exit 77
fi
node=no
if command -v node >/dev/null 2>&1 && node -e "require('better-sqlite3')" >/dev/null 2>&1; then node=yes; fi
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

"$postmoney" --db "$scratch/xai.db" apply "$examples/xai.facts.jsonl" >/dev/null || exit 1
"$postmoney" --db "$scratch/funds.db" apply - >/dev/null <<'EOF' || exit 1
{"kind":"round","round":"acme-a","company":"Acme","closed":"2023-01-10","raised":"6 million USD","price_per_share":"2.50 USD","shares_issued":2000000}
{"kind":"round","round":"acme-b","company":"Acme","announced":"2024-06","raised":"12 million USD","price_per_share":"1.20 USD","shares_issued":10000000}
{"kind":"round","round":"acme-c","company":"Acme","status":"rumoured","announced":"2024-Q4"}
{"kind":"round","round":"bolt","company":"Bolt","raised":"9100000000000000 JPY"}
{"kind":"split","company":"Acme","on":"2024-05-01","ratio":"3:1"}
{"kind":"participation","round":"acme-a","investor":"Blue Fund","shares":400000,"amount":"1000000.01 USD","lead":true}
{"kind":"participation","round":"acme-b","investor":"Blue Fund","shares":"1000000.5","amount":"between 1 and 2 million EUR"}
{"kind":"participation","round":"acme-c","investor":"Blue Fund","amount":"5 million USD"}
{"kind":"participation","round":"bolt","investor":"Blue Fund","amount":"9007199254740993 JPY"}
{"kind":"participation","round":"bolt","investor":"Red Fund"}
EOF

failed=0
# compare LEDGER INVESTOR
compare() {
    "$portfolio" "$scratch/$1" "$2" >"$scratch/expected" || failed=1
    grep -q . "$scratch/expected" || failed=1
    python3 "$examples/apps/portfolio.py" "$scratch/$1" "$2" | diff "$scratch/expected" - || failed=1
    [ $node = no ] || node "$examples/apps/portfolio.js" "$scratch/$1" "$2" | diff "$scratch/expected" - || failed=1
}
compare xai.db NVIDIA
compare funds.db "Blue Fund"
grep -qx 'put in 9007199254740993 JPY' "$scratch/expected" || {
    echo "expected all digits of the yen" >&2
    failed=1
}
compare funds.db "Red Fund"
exit $failed
