# The frame of the checks here, which are shell scripts: to be read (`.`) with PROGRAM_FOLDER as the first argument. It
# puts the program first on the PATH, makes a folder that goes with the script, and keeps account of what failed.
# shellcheck shell=sh disable=SC2034
here=$(cd "$(dirname "$0")" && pwd) || exit 1
PATH=$(cd "$1" && pwd):$PATH || exit 1
LC_ALL=C.UTF-8
export PATH LC_ALL
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

failed=0
about=
# What is wrong, with what it is about in front.
fail() {
    echo "${about:+$about: }$1" >&2
    failed=1
}
