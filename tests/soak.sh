# The long forms of the fault tests. tests/run.sh sources this file. It runs them, and writes the fault table of
# tests/README.md with the number of tries and the result.
#   sh tests/run.sh soak                 all of it: a day, most of it for the fuzzers
#   sh tests/run.sh soak --short         the short forms only, for the same table
#   sh tests/run.sh soak kill model      some of it: writes these rows of the table anew, and keeps the others
#   sh tests/run.sh soak --count 60 fuzz another count than the form's: the test's own --count, the programs of the
#                                        model, the exits, or the seconds for each fuzzer
# shellcheck shell=sh disable=SC2154

all_faults="kill power_loss disk_error memory_error processes corruption threads properties model merges oracle exits edits structure fuzz"

# wanted FAULT: whether this fault was named, or none was.
wanted() {
    [ -n "$wanted_faults" ] || return 0
    case " $wanted_faults " in
    *" $1 "*) return 0 ;;
    esac
    return 1
}

# fault_row FAULT COMMAND...: runs a fault test, and adds its last line to the table.
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

# fuzz_row TARGET SECONDS: runs libFuzzer on one parser.
fuzz_row() {
    check "libFuzzer: $1" "build/fuzz/tests/fuzz/$1_fuzz" -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 \
        -seed=20241223 "$scratch/corpus-$1" "tests/corpus/$1" && held="all held" || held="**did not hold**"
    # "Done 12345 runs in 61 second(s)"
    runs=$(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) second.*/\1 inputs in \2 s/p' "$scratch/log")
    printf '| libFuzzer: %s | %s | %s | 20241223 |\n' "$1" "$runs" "$held" >>"$scratch/faults"
}

# properties_row PRESET CASES: what holds of any values, with more of them than the ordinary run makes up.
properties_row() {
    check properties env "RC_PARAMS=seed=20241223 max_success=$2" "build/$1/tests/property_tests" && held="all held" ||
        held="**did not hold**"
    printf '| properties | %s cases of each property | %s | 20241223 |\n' "$2" "$held" >>"$scratch/faults"
}

# model_row PRESET PROGRAMS: runs random programs on ledgers and on a naive model of them.
model_row() {
    check model env "POSTMONEY_PROGRAMS=$2" "build/$1/tests/store_property_tests" \
        "--source-file=*/ledger_model_properties.cpp" && held="all held" || held="**did not hold**"
    # "MESSAGE: seeds 1 to 1000", "MESSAGE: 1000 programs of 50 steps, with 2345 merges"
    seeds=$(sed -n 's/.*MESSAGE: seeds \(.*\)$/\1/p' "$scratch/log")
    programs=$(sed -n 's/.*MESSAGE: \([0-9]* programs .*\)$/\1/p' "$scratch/log")
    printf '| model | %s | %s | %s |\n' "$programs" "$held" "$seeds" >>"$scratch/faults"
}

# merges_row PRESET CASES: merges any ledgers in any order.
merges_row() {
    check merges env "RC_PARAMS=seed=20241223 max_success=$2" "build/$1/tests/store_property_tests" \
        "--source-file=*/merging_properties.cpp" && held="all held" || held="**did not hold**"
    printf '| merges | %s cases of each property | %s | 20241223 |\n' "$2" "$held" >>"$scratch/faults"
}

# oracle_row PRESET LEDGERS: made-up ledgers, whose answers the oracle has worked out.
oracle_row() {
    check oracle sh tests/oracle/run.sh "build/$1/tests/oracle/oracle_compare" --count "$2" && held="all held" ||
        held="**did not hold**"
    # "seeds 1 to 2000"
    seeds=$(sed -n 's/^seeds \(.*\)$/\1/p' "$scratch/log")
    printf '| oracle | %s ledgers with all their answers | %s | %s |\n' "$2" "$held" "$seeds" >>"$scratch/faults"
}

# exits_row PRESET EXITS: random exits against a brute force over all sets of conversions.
exits_row() {
    check exits env "POSTMONEY_EXITS=$2" "build/$1/tests/property_tests" \
        "--source-file=*/waterfall_properties.cpp" && held="all held" || held="**did not hold**"
    # "MESSAGE: 1000000 exits, 1000 of 9 to 12 classes (seed 20250611)"
    exits=$(sed -n 's/^.*MESSAGE: \([0-9]* exits.*\) (seed.*$/\1/p' "$scratch/log")
    seed=$(sed -n 's/^.*MESSAGE: .* exits.*(seed \([0-9]*\))$/\1/p' "$scratch/log")
    printf '| exits | %s | %s | %s |\n' "$exits" "$held" "$seed" >>"$scratch/faults"
}

# What compiles most of the library once more: a new kind of entry in a copy, each header by itself. It has no row.
structure() {
    check "structure" ctest --preset dev-unity --label-regex '^long$' --output-on-failure
}

# Every change to a row, an index or a trigger that verify has to find; the ordinary run makes some of them. It has no
# row.
edits() {
    check "edits" env POSTMONEY_EDITS=all "build/$1/tests/store_tests" "--source-file=*/verify_test.cpp"
}

# build_faults PRESET: builds the programs of the fault tests.
build_faults() {
    cmake --preset "$1" && cmake --build --preset "$1" --parallel "$jobs" --target tests/crash/all tests/fuzz/all \
        store_tests store_property_tests oracle_compare property_tests
}

# Puts the rows between the table's marks. They replace the rows of the same faults, or all rows when all tests ran.
write_fault_table() {
    awk -F ' \\| ' -v keep="$wanted_faults" '
        function is_row() { return /^\| / && !/^\| fault / }
        FNR == NR { row[$1] = $0; order[++rows] = $1; next }
        /^<!-- end of faults -->/ {
            for (i = 1; i <= rows; ++i) if (!(order[i] in written)) print row[order[i]]
            inside = 0
        }
        inside && is_row() {
            if ($1 in row) { print row[$1]; written[$1] = 1 } else if (keep != "") print
            next
        }
        /^<!-- faults -->/ { inside = 1 }
        { print }' "$scratch/faults" tests/README.md >"$scratch/README.md" && cp "$scratch/README.md" tests/README.md
}

# built PRESET: builds the preset when it is first asked for.
built() {
    case " $built_presets " in
    *" $1 "*) return 0 ;;
    esac
    check "build: $1" build_faults "$1" && built_presets="$built_presets $1"
}

# The short forms, from the first build of the ordinary run. Some are longer here, because the ordinary run repeats them
# for each build and sanitizer.
soak_short() {
    built dev-unity || return
    for test in kill power_loss disk_error memory_error threads; do
        # shellcheck disable=SC2086
        wanted $test && fault_row "$test" "build/dev-unity/tests/crash/${test}_test" $counted
    done
    wanted corruption && fault_row corruption build/dev-unity/tests/crash/corruption_test --count "${soak_count:-5000}"
    wanted processes && fault_row processes build/dev-unity/tests/crash/processes_test --count "${soak_count:-12}"
    wanted properties && properties_row dev-unity "${soak_count:-2000}"
    wanted model && model_row dev-unity "${soak_count:-1000}"
    wanted merges && merges_row dev-unity "${soak_count:-100}"
    wanted oracle && oracle_row dev-unity "${soak_count:-2000}"
    wanted exits && exits_row dev-unity "${soak_count:-20000}"
    wanted edits && edits dev-unity
    wanted structure && structure
    wanted fuzz || return
    for corpus in tests/corpus/*; do
        fault_row "hostile input: ${corpus##*/}" "build/dev-unity/tests/fuzz/${corpus##*/}_replay" "$corpus"
    done
}

soak_long() {
    for test in kill power_loss disk_error memory_error processes; do
        # shellcheck disable=SC2086
        wanted $test && built release && fault_row "$test" "build/release/tests/crash/${test}_test" --long $counted
    done
    # shellcheck disable=SC2086
    wanted corruption && built asan-ubsan &&
        fault_row "corruption, under ASan and UBSan" build/asan-ubsan/tests/crash/corruption_test --long $counted
    # shellcheck disable=SC2086
    wanted threads && built tsan && fault_row "threads, under TSan" build/tsan/tests/crash/threads_test --long $counted
    wanted properties && built release && properties_row release "${soak_count:-100000}"
    wanted model && built release && model_row release "${soak_count:-100000}"
    wanted merges && built release && merges_row release "${soak_count:-1000}"
    wanted oracle && built release && oracle_row release "${soak_count:-100000}"
    wanted exits && built release && exits_row release "${soak_count:-1000000}"
    wanted edits && built release && edits release
    wanted structure && built dev-unity && structure
    wanted fuzz && built fuzz || return
    for corpus in tests/corpus/*; do
        mkdir -p "$scratch/corpus-${corpus##*/}"
        fuzz_row "${corpus##*/}" "${soak_count:-3600}"
    done
}

# soak [--short] [--count N] [FAULT...]
soak() {
    : >"$scratch/faults"
    built_presets=
    soak_count=
    form=soak_long
    if [ "${1-}" = --short ]; then
        form=soak_short
        shift
    fi
    if [ "${1-}" = --count ]; then
        soak_count=${2-}
        case $soak_count in
        "" | *[!0-9]*)
            echo "got --count ${soak_count:-(nothing)}, expected a number" >&2
            return 2
            ;;
        esac
        shift 2
    fi
    counted=${soak_count:+--count $soak_count}
    wanted_faults=$*
    for fault in $wanted_faults; do
        case " $all_faults " in
        *" $fault "*) ;;
        *)
            echo "no fault $fault, expected some of: $all_faults" >&2
            return 2
            ;;
        esac
    done
    $form
    # Some faults have no row.
    [ ! -s "$scratch/faults" ] || check "write the fault table" write_fault_table
}
