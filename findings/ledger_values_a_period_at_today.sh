#!/bin/sh
# ledger 3.3.0 values shares in two ways for one and the same year: with -b and -e at the price of the year's end, and with -p at the
# newest price that there is, so that a report "for 2023" shows what a later round paid. Both choose the same postings. The manual says
# that a valuation is of today, or of --now's date, and of -b, -e and -p only that they limit the postings: that -e moves the day of the
# valuation, and the end of -p's period does not, is said nowhere. hledger 1.25 takes the price of the year's end for either.
#
# Seen with Debian 12's ledger 3.3.0-3 and hledger 1.25-2+b5:
#   ledger -b 2023-01-01 -e 2024-01-01: 1000 ACME, at market $1000.00
#   ledger -p 2023: 1000 ACME, at market $5000.00
#   hledger -b 2023-01-01 -e 2024-01-01: 1000 ACME, at market $1000.00
#   hledger -p 2023: 1000 ACME, at market $1000.00
#
# Exit status: 0 seen again, 1 it behaves otherwise now, 2 a package cannot be had.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
set -- ledger=3.3.0-3 hledger=1.25-2+b5
needed=$(apt-get install -s --no-install-recommends "$@" 2>/dev/null) || { echo "cannot be had: $*" >&2; exit 2; }
for package in "$@" $(printf '%s\n' "$needed" | sed -n 's/^Inst \([^ ]*\) .*(\([^ ]*\) .*/\1=\2/p'); do
    apt-get download "$package" >/dev/null 2>&1 || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg -x "$file" . || exit 2; done
LD_LIBRARY_PATH=$(find "$folder" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH
cat >acme.journal <<'JOURNAL'
P 2023-06-01 ACME $1.00
P 2024-06-01 ACME $5.00

2023-02-02 seed round
    Assets:Shares    1000 ACME
    Equity:Paid in

2024-02-02 legal fees
    Expenses:Fees    $20.00
    Equity:Paid in
JOURNAL
report() {
    # shellcheck disable=SC2086 # the words of $2 are options
    case $1 in
    ledger) ./usr/bin/ledger --args-only -f acme.journal balance Assets $2 ;;
    hledger) ./usr/bin/hledger -f acme.journal balance Assets --no-total $2 ;;
    esac | sed 's/^ *//; s/  *Assets:Shares$//'
}
output=$(for tool in ledger hledger; do
    for year in "-b 2023-01-01 -e 2024-01-01" "-p 2023"; do
        echo "$tool $year: $(report $tool "$year"), at market $(report $tool "$year -V")"
    done
done 2>&1)
printf '%s\n' "$output"
# shellcheck disable=SC2016 # dollars, not variables
[ "$output" = 'ledger -b 2023-01-01 -e 2024-01-01: 1000 ACME, at market $1000.00
ledger -p 2023: 1000 ACME, at market $5000.00
hledger -b 2023-01-01 -e 2024-01-01: 1000 ACME, at market $1000.00
hledger -p 2023: 1000 ACME, at market $1000.00' ]
