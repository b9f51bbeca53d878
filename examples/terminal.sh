#!/bin/sh
# Checks what the program does on a terminal and not elsewhere: colours, progress; and that Ctrl-C takes back what a
# command recorded. The exit status is 77 without script(1).
#   sh examples/terminal.sh PROGRAM_FOLDER
set -u

# shellcheck source=examples/check_frame.sh
. "$(dirname "$0")/check_frame.sh"
TERM=xterm
export TERM
command -v script >/dev/null 2>&1 || {
    echo "skipped: there is no script(1)"
    exit 77
}
cd "$scratch" || exit 1
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

# Lines are as long as the terminal is wide; what is printed stays the same, and a pipe has no width.
NO_COLOR=1 COLUMNS=78 script -qec "$command" /dev/null </dev/null | tr -d '\r' >narrow
[ "$(awk 'length > 78' narrow | wc -l)" -eq 0 ] || fail "expected lines of at most 78 columns"
[ "$(wc -l <narrow)" -gt "$(wc -l <piped)" ] || fail "expected more lines on a narrow terminal"
tr -d ' \n' <narrow | fold -w 1 | sort >characters
tr -d ' \n' <piped | fold -w 1 | sort | cmp -s - characters || fail "expected all of the text on a narrow terminal"
NO_COLOR=1 script -qec "stty cols 78; $command" /dev/null </dev/null | tr -d '\r' | cmp -s - narrow ||
    fail "expected the terminal's own width"
COLUMNS=78 $command | cmp -s - piped || fail "expected no width in a pipe"

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

# Progress is shown where standard error is a terminal, and nothing of it stays in a file. It begins after half a second,
# so the ledger grows until each command takes that long on this machine.
# expect_progress PATTERN COMMAND: sets too_short when the command ended before it had to say anything.
expect_progress() {
    begun=$(date +%s%3N)
    script -qec "postmoney --db many.db $2" /dev/null </dev/null >progress
    took=$(($(date +%s%3N) - begun))
    grep -q "$1" progress && return
    if [ "$took" -lt 1500 ]; then too_short=$2; else fail "expected progress of $2 in $took ms, got: $(cat progress)"; fi
}
of_entries='of [0-9]* entries, [0-9]* a second, [0-9?]* s left'
lines=4000
while :; do
    too_short=
    rm -f many.db* again.db* copy.db*
    endless | head -n "$lines" >many.jsonl
    expect_progress 'MB, [0-9]* kB/s, [0-9?]* s left' "apply many.jsonl"
    postmoney --db again.db apply many.jsonl 2>err >/dev/null || fail "expected it to be recorded"
    for long in verify "backup copy.db" "merge --dry-run again.db"; do
        expect_progress "$of_entries" "$long"
    done
    [ -n "$too_short" ] || break
    lines=$((lines * 3))
    [ "$lines" -le 2000000 ] || {
        fail "expected $too_short to take longer than half a second at some size"
        break
    }
done
[ ! -s err ] || fail "expected no progress in a file"
postmoney --db many.db verify 2>err >/dev/null || fail "expected it to verify"
[ ! -s err ] || fail "expected no progress of verify in a file"
exit $failed
