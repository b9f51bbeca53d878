#!/bin/sh
# Compares the library with the oracle: run.sh COMPARE [--seed N] [--count N]
#
# COMPARE is the program oracle_compare. The ledgers come in turns of 2000, so that a long run needs little room; the
# first turn that differs ends it. Without python3 it is skipped, exit status 77. POSTMONEY_ORACLE_SEED and
# POSTMONEY_ORACLE_COUNT say what the options do not.
set -u
here=$(dirname "$0")
compare=$1
shift
seed=${POSTMONEY_ORACLE_SEED:-1}
count=${POSTMONEY_ORACLE_COUNT:-2000}
while [ $# -ge 2 ]; do
    case $1 in
        --seed) seed=$2 ;;
        --count) count=$2 ;;
        *) echo "usage: run.sh COMPARE [--seed N] [--count N]" >&2; exit 2 ;;
    esac
    shift 2
done
if ! command -v python3 >/dev/null 2>&1; then
    echo "skipped: the oracle needs python3"
    exit 77
fi
answers=$(mktemp "${TMPDIR:-/tmp}/postmoney-oracle.XXXXXX") || exit 2
trap 'rm -f "$answers"' EXIT
trap 'exit 130' INT TERM
last=$((seed + count))
echo "seeds $seed to $((last - 1))"
while [ "$seed" -lt "$last" ]; do
    turn=$((last - seed))
    [ "$turn" -gt 2000 ] && turn=2000
    python3 "$here/oracle.py" --seed "$seed" --count "$turn" --out "$answers" || exit 2
    "$compare" "$answers" || exit 1
    seed=$((seed + turn))
done
