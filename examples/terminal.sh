#!/bin/sh
# Checks what the program does on a terminal and not elsewhere: colours, progress; and that Ctrl-C takes back what a
# command recorded. The exit status is 77 without script(1).
#   sh examples/terminal.sh PROGRAM_FOLDER
set -u

here=$(cd "$(dirname "$0")" && pwd) || exit 1
PATH=$(cd "$1" && pwd):$PATH || exit 1
LC_ALL=C.UTF-8
TERM=xterm
export PATH LC_ALL TERM
command -v script >/dev/null 2>&1 || {
    echo "skipped: there is no script(1)"
    exit 77
}
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch" || exit 1

failed=0
fail() {
    echo "$1" >&2
    failed=1
}
escape=$(printf '\033')

postmoney --db xai.db apply "$here/xai.facts.jsonl" >/dev/null || exit 1
command="postmoney --db xai.db reconcile xAI --severity warning"
unset NO_COLOR
script -qec "$command" /dev/null </dev/null >on_terminal
grep -q "$escape" on_terminal || fail "expected colours on a terminal"
NO_COLOR=1 script -qec "$command" /dev/null </dev/null >without
grep -q "$escape" without && fail "expected no colours with NO_COLOR"
$command >piped
grep -q "$escape" piped && fail "expected no colours in a pipe"
tr -d '\r' <without | cmp piped - || fail "expected the same text on a terminal and in a pipe"

# Lines without end, which only Ctrl-C ends.
endless() {
    awk 'BEGIN { for (i = 0; ; ++i) printf "{\"kind\":\"remark\",\"about\":\"Acme\",\"text\":\"remark %d\"}\n", i }'
}
before=$(postmoney --db xai.db head)
endless | timeout --foreground --preserve-status -s INT 2 postmoney --db xai.db apply - >out 2>err
status=$?
[ $status -eq 130 ] || fail "expected status 130 after Ctrl-C, got $status"
grep -qx 'interrupted: the ledger is as it was before' err || fail "expected it to say so, got: $(cat err)"
[ "$(postmoney --db xai.db head)" = "$before" ] || fail "expected the ledger as before"
endless | timeout --foreground --preserve-status -s INT 2 postmoney --db new.db apply - >out 2>err
[ ! -e new.db ] || fail "expected no new ledger"

# Progress is shown where standard error is a terminal, and nothing of it stays in a file.
endless | head -n 30000 >many.jsonl
script -qec "postmoney --db many.db apply many.jsonl" /dev/null </dev/null >progress
grep -q 'MB, [0-9]* kB/s, [0-9?]* s left' progress || fail "expected progress on a terminal"
postmoney --db again.db apply many.jsonl 2>err >/dev/null || fail "expected it to be recorded"
[ ! -s err ] || fail "expected no progress in a file"
exit $failed
