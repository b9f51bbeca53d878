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

# model_row PRESET PROGRAMS: random programs on ledgers and on a naive model of them.
model_row() {
    check model env "POSTMONEY_PROGRAMS=$2" "build/$1/tests/store_property_tests" \
        "--source-file=*/ledger_model_properties.cpp" && held="all held" || held="**did not hold**"
    # "MESSAGE: seeds 1 to 1000", "MESSAGE: 1000 programs of 50 steps, with 2345 merges"
    seeds=$(sed -n 's/.*MESSAGE: seeds \(.*\)$/\1/p' "$scratch/log")
    programs=$(sed -n 's/.*MESSAGE: \([0-9]* programs .*\)$/\1/p' "$scratch/log")
    printf '| model | %s | %s | %s |\n' "$programs" "$held" "$seeds" >>"$scratch/faults"
}

# build_faults PRESET: what the fault tests need of a build.
build_faults() {
    cmake --preset "$1" && cmake --build --preset "$1" --parallel "$jobs" --target tests/crash/all tests/fuzz/all \
        store_property_tests
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

# The short forms, from the build that the ordinary run makes first. Some are longer than there, where each build and each
# sanitizer runs them anew.
soak_short() {
    check "build: dev-unity" build_faults dev-unity || return
    for test in kill power_loss disk_error memory_error threads; do
        fault_row "$test" "build/dev-unity/tests/crash/${test}_test"
    done
    fault_row corruption build/dev-unity/tests/crash/corruption_test --count 5000
    fault_row processes build/dev-unity/tests/crash/processes_test --count 12
    model_row dev-unity 1000
    for corpus in tests/corpus/*; do
        fault_row "hostile input: ${corpus##*/}" "build/dev-unity/tests/fuzz/${corpus##*/}_replay" "$corpus"
    done
}

soak_long() {
    for preset in release asan-ubsan tsan fuzz; do
        check "build: $preset" build_faults "$preset" || return
    done
    for test in kill power_loss disk_error memory_error processes; do
        fault_row "$test" "build/release/tests/crash/${test}_test" --long
    done
    fault_row "corruption, under ASan and UBSan" build/asan-ubsan/tests/crash/corruption_test --long
    fault_row "threads, under TSan" build/tsan/tests/crash/threads_test --long
    model_row release 100000
    for corpus in tests/corpus/*; do
        mkdir -p "$scratch/corpus-${corpus##*/}"
        fuzz_row "${corpus##*/}" 3600
    done
}

# soak [--short]
soak() {
    : >"$scratch/faults"
    if [ "${1-}" = --short ]; then
        soak_short
    else
        soak_long
    fi
    check "write the fault table" write_fault_table
}
