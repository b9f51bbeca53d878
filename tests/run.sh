#!/bin/sh
# Runs every check: installs missing packages (Debian 12, with root or sudo), then builds and tests with g++ (debug) and
# with clang++ (address and undefined behaviour sanitizers), and checks the format. The last line counts the checks; the
# exit status is 0 when none failed.
#   sh tests/run.sh
#   sh tests/run.sh soak [--short] [--count N] [FAULT...]   the fault tests at length; see soak.sh
#   sh tests/run.sh benchmark [--small|--large] [--only csv|form-d|lists] [--json FILE]   every job beside the same work by hand
#   sh tests/run.sh benchmark --million   a ledger of a million companies with the program
#   sh tests/run.sh readers   installs the tools of the table in schema/README.md, and reads a ledger with each
#   sh tests/run.sh growth [--case NAME]   what twice the input takes, doubled up to 8,000
set -u

case "$*" in
"" | soak | soak\ * | benchmark | benchmark\ * | growth | growth\ * | readers) ;;
*)
    echo "usage: sh tests/run.sh [soak [--short] [--count N] [FAULT...] |" \
        "benchmark [--small|--large] [--only csv|form-d|lists] [--json FILE] | benchmark --million | growth [--case NAME] | readers]" >&2
    exit 2
    ;;
esac

here=$(cd "$(dirname "$0")" && pwd) || exit 1
root=$(dirname "$here")
cd "$root" || exit 1

# shellcheck source=examples/setup.sh
. examples/setup.sh
# The runtime of clang's sanitizers is a package of its own. shellcheck disable=SC2086,SC2154
install_packages $build_packages clang clang-format doctest-dev libclang-rt-14-dev librapidcheck-dev python3 \
    pkg-config sqlite3 || exit 1

# Packages for the readers in Node, among them DuckDB.
install_node_packages() {
    node_tools=
    command -v node >/dev/null 2>&1 || node_tools="nodejs libnode-dev"
    command -v npm >/dev/null 2>&1 || node_tools="$node_tools npm"
    command -v make >/dev/null 2>&1 || node_tools="$node_tools make"
    # shellcheck disable=SC2086
    { [ -z "$node_tools" ] || install_packages $node_tools; } &&
        sh tests/readers/install_node_packages.sh build/readers
}

if [ "${1-}" = benchmark ]; then
    shift
    if [ "${1-}" = --million ]; then
        # shellcheck disable=SC2086
        install_packages $build_packages python3 || exit 1
        cmake --preset release-unity >/dev/null &&
            cmake --build --preset release-unity --target postmoney_cli &&
            python3 tests/benchmark/million.py build/release-unity/examples/bin/postmoney
        exit
    fi
    # shellcheck disable=SC2086
    install_packages $build_packages libbenchmark-dev || exit 1
    # The programs to compare with, each only if it exists.
    for peer in python3 ledger hledger beancount; do
        install_packages "$peer" || echo "no $peer: it is not compared" >&2
    done
    install_node_packages || echo "no Node packages: DuckDB is not compared" >&2
    cmake --preset release-unity >/dev/null && cmake --build --preset release-unity --target benchmark_suite &&
        build/release-unity/tests/benchmark_suite "$@"
    exit
fi

if [ "${1-}" = readers ]; then
    install_packages python3-pyodbc libsqliteodbc unixodbc gdal-bin libxerial-sqlite-jdbc-java default-jdk-headless \
        r-cran-rsqlite r-cran-bit64 pgloader postgresql python3-sqlalchemy python3-pandas libdbd-sqlite3-perl php-cli \
        php-sqlite3 ruby-sqlite3 tcl libsqlite3-tcl sqlite-utils || exit 1
    install_node_packages || exit 1
    cmake --preset dev-unity >/dev/null && cmake --build --preset dev-unity --target postmoney_cli || exit
    # Debian's Python, which has Debian's packages.
    /usr/bin/python3 tests/readers/tools.py build/dev-unity/examples/bin/postmoney --all
    exit
fi

if [ "${1-}" = growth ]; then
    shift
    cmake --preset release-unity >/dev/null && cmake --build --preset release-unity --target postmoney_cli &&
        python3 tests/growth/growth.py build/release-unity/examples/bin/postmoney --long "$@"
    exit
fi

install_node_packages || echo "no Node packages: these readers are not tested" >&2

if command -v ccache >/dev/null 2>&1; then
    CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache}
    export CMAKE_CXX_COMPILER_LAUNCHER
fi
jobs=$(nproc 2>/dev/null || echo 2)

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
failures=

# check NAME COMMAND...: runs one check, quiet unless it fails.
check() {
    name=$1
    shift
    echo "== $name"
    if "$@" >"$scratch/log" 2>&1; then
        passed=$((passed + 1))
        return 0
    fi
    cat "$scratch/log"
    failed=$((failed + 1))
    failures="$failures
    $name"
    return 1
}

build() {
    cmake --preset "$1" && cmake --build --preset "$1" --parallel "$jobs"
}

# tests PRESET: runs every test of a build and counts each.
tests() {
    check "build: $1" build "$1" || return
    echo "== tests: $1"
    # Those of the label compile most of the library once more: they are for the soak.
    ctest --preset "$1" --parallel "$jobs" --label-exclude '^long$' >"$scratch/tests" 2>&1
    status=$?
    cat "$scratch/tests"
    # "98% tests passed, 1 tests failed out of 50"
    summary=$(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$scratch/tests")
    tests_failed=${summary% *}
    tests_run=${summary#* }
    if [ -z "$summary" ] || { [ $status -ne 0 ] && [ "$tests_failed" -eq 0 ]; }; then
        failed=$((failed + 1))
        failures="$failures
    tests: $1"
        return
    fi
    passed=$((passed + tests_run - tests_failed))
    failed=$((failed + tests_failed))
    [ "$tests_failed" -eq 0 ] || failures="$failures
    tests: $1"
}

format() {
    find include lib examples tests \( -name '*.hpp' -o -name '*.cpp' \) -exec clang-format --dry-run -Werror {} +
}

# shellcheck source=tests/soak.sh
. tests/soak.sh
if [ "${1-}" = soak ]; then
    shift
    soak "$@" || exit
else
    check format format
    tests dev-unity
    tests clang-asan-ubsan-unity
fi

[ $failed -eq 0 ] || printf '\nFailed:%s\n' "$failures"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
