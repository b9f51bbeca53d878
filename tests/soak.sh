# The long forms of the fault tests, for tests/run.sh, which sources this: runs them, and writes the fault table of
# tests/README.md with what was tried and the result.
#   sh tests/run.sh soak          all of it: a day, most of it for the fuzzers
#   sh tests/run.sh soak --short  the short forms only, for the same table
# shellcheck shell=sh disable=SC2154

# fault_row FAULT COMMAND...: runs one, and adds its last line to the table.
fault_row() {
    fault=$1
    shift
    check "$fault" "$@"
    line=$(tail -n 1 "$scratch/log")
    case $line in
    *": all held (seed "*) held="all held" ;;
    *) held="**did not hold**" ;;
    esac
    # "kill -9: 200 kills, 495 acknowledged steps: all held (seed 1)"
    tried=$(printf '%s\n' "$line" | sed 's/^[^:]*: //; s/: [^:]*(seed [0-9]*)$//')
    seed=$(printf '%s\n' "$line" | sed -n 's/.*(seed \([0-9]*\))$/\1/p')
    printf '| %s | %s | %s | %s |\n' "$fault" "$tried" "$held" "${seed:--}" >>"$scratch/faults"
}

# fuzz_row TARGET SECONDS: libFuzzer on one parser.
fuzz_row() {
    check "libFuzzer: $1" "build/fuzz/tests/fuzz/$1_fuzz" -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 \
        -seed=20241223 "$scratch/corpus-$1" "tests/corpus/$1" && held="all held" || held="**did not hold**"
    # "Done 12345 runs in 61 second(s)"
    runs=$(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) second.*/\1 inputs in \2 s/p' "$scratch/log")
    printf '| libFuzzer: %s | %s | %s | 20241223 |\n' "$1" "$runs" "$held" >>"$scratch/faults"
}

build_for_soak() {
    build release && build asan-ubsan && build tsan || return
    [ -n "$short" ] || build fuzz
}

# Puts the rows between the table's marks.
write_fault_table() {
    {
        printf '| fault | tried | result | seed |\n|---|---|---|---|\n'
        cat "$scratch/faults"
    } >"$scratch/table"
    sed -e '/<!-- faults -->/,/<!-- end of faults -->/{/<!-- faults -->/{p;r '"$scratch/table"'
};/<!-- end of faults -->/p;d;}' tests/README.md >"$scratch/README.md" && cp "$scratch/README.md" tests/README.md
}

soak() {
    short=
    length=--long
    if [ "${1-}" = --short ]; then
        short=yes
        length=
    fi
    check "build for the soak" build_for_soak || return
    : >"$scratch/faults"
    for test in "kill -9:kill" "power loss:power_loss" "disk errors:disk_error" "out of memory:memory_error" \
        "processes:processes"; do
        # shellcheck disable=SC2086
        fault_row "${test%%:*}" "build/release/tests/crash/${test#*:}_test" $length
    done
    # shellcheck disable=SC2086
    fault_row "corruption, under ASan and UBSan" build/asan-ubsan/tests/crash/corruption_test $length
    # shellcheck disable=SC2086
    fault_row "threads, under TSan" build/tsan/tests/crash/threads_test $length
    for corpus in tests/corpus/*; do
        target=${corpus##*/}
        mkdir -p "$scratch/corpus-$target"
        if [ -n "$short" ]; then
            fault_row "hostile input, under ASan and UBSan: $target" "build/asan-ubsan/tests/fuzz/${target}_replay" "$corpus"
        else
            fuzz_row "$target" 3600
        fi
    done
    check "write the fault table" write_fault_table
}
