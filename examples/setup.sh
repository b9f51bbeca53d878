# Sourced by examples/run.sh and tests/run.sh: installs the Debian packages that are missing.
# shellcheck shell=sh

# What the library and the example programs are built with and from.
# shellcheck disable=SC2034
build_packages="cmake g++ ninja-build
    libarchive-dev libboost-dev libcli11-dev libcsv-dev libfmt-dev libhowardhinnant-date-dev libpugixml-dev libsimdjson-dev libsqlite3-dev libsqlitecpp-dev
    libssl-dev libutf8proc-dev nlohmann-json3-dev"

# install_packages PACKAGE...: asks for nothing and changes nothing when all are there.
install_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
        cat >&2 <<EOF
This script installs what it needs with apt, as Debian 12 has it, and there is no apt here.
Install what these Debian packages hold, then build with \`cmake --preset release && cmake --build --preset release\`:
$(printf '    %s\n' "$@")
EOF
        return 1
    fi

    missing=
    for package; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
        [ "$state" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0

    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "These packages are missing, and installing them needs root or sudo:$missing" >&2
            return 1
        fi
        as_root=sudo
    fi
    echo "Installing:$missing ..." >&2
    apt_log=$(mktemp) || return 1
    # The list is meant to split at spaces.
    # shellcheck disable=SC2086
    if $as_root env DEBIAN_FRONTEND=noninteractive sh -c '
            apt-get -qq update && apt-get -qq install -y --no-install-recommends "$@"' sh $missing \
            >"$apt_log" 2>&1 </dev/null; then
        rm -f "$apt_log"
    else
        cat "$apt_log" >&2
        rm -f "$apt_log"
        return 1
    fi
}
