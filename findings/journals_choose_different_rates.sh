#!/bin/sh
# ledger 3.3.0 and hledger 1.25 convert one and the same amount of one and the same journal to different sums, both in silence, when its
# P lines lead from one currency to another by two ways. ledger takes the way whose prices are newest, even round a third currency;
# hledger takes the shortest, however old. Here dollars have one rate to pounds of their own, say from a wire, and the ECB's rates of the
# euro to both. A direct rate one day older than the others is enough: ledger passes it over. Dated like them or later, both take it.
#
# Seen with Debian 12's ledger 3.3.0-3 and hledger 1.25-2+b5 for 1000000.00 USD, the ECB's rates being of 2024-01-02:
#   direct rate of 2020-01-02: ledger 790909.09 GBP, hledger 750000.00 GBP
#   direct rate of 2024-01-01: ledger 790909.09 GBP, hledger 750000.00 GBP
#   direct rate of 2024-01-02: ledger 750000.00 GBP, hledger 750000.00 GBP
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
output=$(for day in 2020-01-02 2024-01-01 2024-01-02; do
    cat >seed.journal <<JOURNAL
commodity GBP
    format 1000.00 GBP

P $day USD 0.75 GBP
P 2024-01-02 EUR 1.10 USD
P 2024-01-02 EUR 0.87 GBP

2024-02-02 seed round
    Assets:Cash       1000000.00 USD
    Equity:Paid in   -1000000.00 USD
JOURNAL
    ledger=$(./usr/bin/ledger --args-only -f seed.journal balance Assets -X GBP)
    hledger=$(./usr/bin/hledger -f seed.journal balance Assets -X GBP --no-total)
    # shellcheck disable=SC2086 # split to lose the spaces before the sums
    echo "direct rate of $day: ledger" $ledger hledger $hledger
done 2>&1 | sed 's/ Assets:Cash hledger/, hledger/; s/ Assets:Cash$//')
printf '%s\n' "$output"
[ "$output" = "direct rate of 2020-01-02: ledger 790909.09 GBP, hledger 750000.00 GBP
direct rate of 2024-01-01: ledger 790909.09 GBP, hledger 750000.00 GBP
direct rate of 2024-01-02: ledger 750000.00 GBP, hledger 750000.00 GBP" ]
