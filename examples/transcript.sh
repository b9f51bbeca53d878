#!/bin/sh
# Runs the commands of a transcript and compares what they print with what the transcript says.
#   sh examples/transcript.sh [--update] PROGRAM_FOLDER TRANSCRIPT...
# A line `$ COMMAND` is run, with the programs on the PATH, in an empty folder that shows this one as `examples`. What
# it prints on either stream follows, and `[exit N]` unless N is 0. With --update the transcripts are written anew.
set -u

update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi
if [ $# -lt 2 ]; then
    echo "usage: sh examples/transcript.sh [--update] PROGRAM_FOLDER TRANSCRIPT..." >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd) || exit 1
programs=$(cd "$1" && pwd) || exit 1
shift

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

run_commands() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in '$ '*) ;; *) continue ;; esac
        printf '%s\n' "$line"
        (cd "$scratch/work" && PATH="$programs:$PATH" LC_ALL=C.UTF-8 TZ=UTC sh -c "${line#??}" </dev/null 2>&1)
        status=$?
        [ $status -eq 0 ] || printf '[exit %d]\n' $status
    done
}

failed=0
for transcript; do
    rm -rf "$scratch/work"
    mkdir "$scratch/work"
    ln -s "$here" "$scratch/work/examples"
    run_commands <"$transcript" >"$scratch/actual"
    if [ ! -s "$scratch/actual" ]; then
        echo "$transcript: expected a line that starts with '\$ ', found none" >&2
        failed=1
    elif cmp -s "$transcript" "$scratch/actual"; then
        :
    elif [ $update = yes ]; then
        cp "$scratch/actual" "$transcript"
        echo "$transcript: written anew" >&2
    else
        diff -u "$transcript" "$scratch/actual"
        failed=1
    fi
done
exit $failed
