#!/bin/sh
# Checks the completions for shells and the manual: the files to be installed are what the program prints; each names
# every command and option of the help pages; and bash completes with its own.
#   sh examples/completion.sh PROGRAM_FOLDER SHARE_FOLDER
set -u

# shellcheck source=examples/check_frame.sh
. "$(dirname "$0")/check_frame.sh"
share=$(cd "$2" && pwd) || exit 1

bash=$share/bash-completion/completions/postmoney
fish=$share/fish/vendor_completions.d/postmoney.fish
manual=$share/man/man1/postmoney.1
zsh=$share/zsh/site-functions/_postmoney
for pair in "bash $bash" "fish $fish" "man $manual" "zsh $zsh"; do
    what=${pair%% *}
    postmoney completion "$what" >"$scratch/printed" || fail "completion $what: expected status 0"
    cmp "${pair#* }" "$scratch/printed" || fail "completion $what: the file is not what the program prints"
done

# The words that lists of options and commands begin with.
for page in "$here"/postmoney/commands/*.txt; do
    sed -n '1s/ *[^a-z -].*//; 1p' "$page" | tr ' ' '\n'
    grep -o '^  --[a-z-]*' "$page" | tr -d ' '
done | sort -u >"$scratch/words"
[ "$(wc -l <"$scratch/words")" -gt 60 ] || fail "expected more than 60 commands and options"
while IFS= read -r word; do
    for file in "$bash" "$zsh"; do
        grep -qF -e "$word" "$file" || fail "$file does not name $word"
    done
    grep -qF -e "$(printf '%s' "$word" | sed 's/-/\\-/g')" "$manual" || fail "the manual does not name $word"
    case $word in
        --*) grep -qF -e " -l ${word#--} " "$fish" || fail "fish does not know $word" ;;
        *) grep -qF -e " -a $word " "$fish" || fail "fish does not know $word" ;;
    esac
done <"$scratch/words"

# completes LINE EXPECTED: what bash offers for the last word of the line.
completes() {
    got=$(bash -c '. "$1"; COMP_WORDS=($2); [ "${2% }" = "$2" ] || COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _postmoney; echo "${COMPREPLY[*]}"' bash "$bash" "$1") || fail "bash cannot complete: $1"
    [ "$got" = "$2" ] || fail "bash completes '$1' to '$got', expected '$2'"
}
if command -v bash >/dev/null 2>&1; then
    completes 'postmoney comp' 'companies company completion'
    completes 'postmoney --db file.db inv' 'investor investors'
    completes 'postmoney import ' 'csv ecb form-d --db --json --help --version'
    completes 'postmoney --db import rou' 'round rounds'
    completes 'postmoney import csv --pr' '--print-map'
    completes 'postmoney rounds --source' '--source-type'
    completes 'postmoney rounds --min ' ''
fi
for shell in zsh fish; do
    command -v $shell >/dev/null 2>&1 || continue
    eval "file=\$$shell"
    $shell -n "$file" || fail "$shell cannot read $file"
done
if command -v groff >/dev/null 2>&1; then
    warnings=$(groff -K utf8 -man -Tutf8 -ww "$manual" 2>&1 >"$scratch/manual.txt")
    [ -z "$warnings" ] || fail "groff warns of the manual: $warnings"
    grep -q 'Exit status' "$scratch/manual.txt" || fail "the manual has no exit status"
fi
exit $failed
