#!/bin/sh
# Reads a finished ledger with the sqlite3 shell, opened read-only: the questions of schema/queries, the past by
# schema/as_of.sql, and the loadable extension, compared with the program's answers. Exit status 77: skipped.
#   sh tests/readers/sqlite_shell.sh POSTMONEY_PROGRAM FACTS_FILE EXTENSION|-
set -eu
program=$1
facts=$2
extension=$3
schema=$(cd "$(dirname "$0")/../../schema" && pwd)

if ! command -v sqlite3 >/dev/null 2>&1; then
    echo "skipped: there is no sqlite3 shell"
    exit 77
fi
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
ledger=$scratch/ledger.db
"$program" --db "$ledger" apply --recorded 2025-01-02T08:00:00Z "$facts"
cp "$ledger" "$scratch/before.db"
chmod 444 "$ledger"
chmod 555 "$scratch"

failed=0
# equal WHAT FOUND EXPECTED
equal() {
    if [ "$2" != "$3" ]; then
        printf '%s: the shell gives\n%s\nand expected is\n%s\n' "$1" "$2" "$3" >&2
        failed=1
    fi
}
shell() {
    sqlite3 -readonly -bail "$ledger" "$@"
}

asked=0
for question in "$schema"/queries/*.sql; do
    load=
    if grep -q 'decimal_[a-z]*(' "$question"; then
        if [ "$extension" = - ]; then
            echo "$question: not asked without the extension"
            continue
        fi
        load=".load $extension"
    fi
    # Both print CSV, but quote it differently.
    found=$(sqlite3 -readonly -bail -csv -header -cmd "$load" "$ledger" <"$question" | tr -d '"\r')
    expected=$("$program" --db "$ledger" sql - --csv <"$question" | tr -d '"\r')
    # Without rows the shell also prints no header.
    [ -n "$found" ] || expected=$(printf '%s\n' "$expected" | sed 1d)
    equal "$question" "$found" "$expected"
    asked=$((asked + 1))
done
[ $asked -ge 20 ] || equal "number of questions" $asked "20 or more"

past="UPDATE as_of SET day = '2024-11-30', known_at = '2025-01-02T08:00:00Z'"
equal "total as of a day" \
    "$(shell ".read $schema/as_of.sql" "$past" "SELECT known_decimal FROM total_raised_as_of WHERE company = 'xAI'")" \
    "$("$program" --db "$ledger" total xAI --as-of 2024-11-30 --json | sed -n 's/^ *"known": "\([^"]*\)".*/\1/p')"

if [ "$extension" != - ]; then
    equal "decimal_sum" \
        "$(shell ".load $extension" "SELECT decimal_sum(raised_decimal) FROM rounds WHERE counts")" 12134680000.00
    equal "a refusal" \
        "$(shell ".load $extension" "SELECT decimal('abc')" 2>&1 | grep -c 'got "abc", expected digits')" 1
    for python in python3 /usr/bin/python3; do
        "$python" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension' 2>/dev/null || continue
        equal "$python with the extension" "$("$python" - "$ledger" "$extension" <<'PYTHON'
import sqlite3, sys
ledger = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
ledger.enable_load_extension(True)
ledger.load_extension(sys.argv[2])
print(ledger.execute("SELECT money(sum(raised_minor), 'USD') FROM rounds WHERE counts").fetchone()[0])
PYTHON
        )" "12134680000.00 USD"
        echo "$python loads the extension"
        break
    done
fi
cmp "$ledger" "$scratch/before.db" || failed=1
echo "$asked questions"
exit $failed
