#!/bin/sh
# Checks the help pages: `postmoney COMMAND --help` prints the page of the command, in lines that fit a terminal; the
# page's examples run; README.md names the page.
#   sh examples/pages.sh PROGRAM_FOLDER
# That a page lists the options that its command knows is checked by the program itself, each time it starts.
set -u

# shellcheck source=examples/check_frame.sh
. "$(dirname "$0")/check_frame.sh"

# The files that the examples name.
mkdir "$scratch/files" && cd "$scratch/files" || exit 1
cp "$here/xai.facts.jsonl" "$here/tables/rounds.csv" "$here/tables/eurofxref-hist.csv" "$here"/scenarios/*.json .
cp -R "$here/../tests/fixtures/form-d" filings
postmoney --db xai.db apply xai.facts.jsonl >made && postmoney --db xai.db backup laptop.db >>made || exit 1

# Runs each example of the page in a folder of its own.
run_examples() {
    rm -rf "$scratch/run"
    cp -R "$scratch/files" "$scratch/run"
    sed -n '/^Examples:$/,/^$/s/^  //p' "$page" >"$scratch/examples"
    [ -s "$scratch/examples" ] || fail "expected examples"
    while IFS= read -r example; do
        (cd "$scratch/run" && sh -c "$example" </dev/null >"$scratch/output" 2>&1)
        status=$?
        [ $status -le 1 ] && continue
        fail "the example ends in status $status: $example"
        cat "$scratch/output" >&2
    done <"$scratch/examples"
}

check() {
    # The words of a command are in lower case, and its arguments are not; so the shell splits them.
    # shellcheck disable=SC2086
    postmoney $words --help >"$scratch/help" || fail "expected --help to print it"
    sed '1d; /^  @/d; /^$/d' "$page" | grep -Fxv -f "$scratch/help" >&2 && fail "--help lacks these lines"
    [ "$(awk 'length > 80' "$scratch/help" | wc -l)" -eq 0 ] || fail "--help has lines of more than 80 columns"
    if [ -n "$words" ] && [ -e "${page%.txt}.cpp" ]; then
        grep -q '^Exit status:$' "$page" || fail "expected what its exit status means"
        grep -qF "(postmoney/commands/${page##*/})" "$here/README.md" || fail "README.md does not name it"
        run_examples
    fi
}

for page in "$here"/postmoney/commands/*.txt; do
    about=$page
    words=$(sed -n '1s/ *[^a-z -].*//p; 1q' "$page")
    [ -n "$words" ] || words=$(head -n 1 "$page")
    check
done
page=$here/postmoney/program.txt
about=$page
words=
check
exit $failed
