#!/bin/sh
# GDAL 3.6.2 cuts the fraction off every price of a SQLite column declared NUMERIC(18,6), DECIMAL(18,6) or MONEY when the column's first
# row is a whole number: it takes the column for 32-bit integers then, and says nothing. Declared NUMERIC, the same numbers come whole.
# The driver's documentation says that it goes by the first record, but it goes by the declared type where it knows the word, and
# a precision in brackets makes it no longer know that; SQLite itself keeps 2.00 in such a column as the integer 2. So
# the order of the rows decides what all that reads through GDAL makes of a price per share.
#
# Seen with Debian 12's gdal-bin 3.6.2+dfsg-1+b2 for the prices 2.00, 2.5 and 0.0001, with nothing on standard error:
#   NUMERIC(18,6): Integer 2, Integer 2, Integer 0
#   DECIMAL(18,6): Integer 2, Integer 2, Integer 0
#   MONEY: Integer 2, Integer 2, Integer 0
#   NUMERIC: Real 2, Real 2.5, Real 0.0001
#   NUMERIC(18,6), 2.5 first: Real 2.5, Real 2, Real 0.0001
#
# Exit status: 0 seen again, 1 it behaves otherwise now, 2 a package cannot be had.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
set -- gdal-bin=3.6.2+dfsg-1+b2 libgdal32=3.6.2+dfsg-1+b2
needed=$(apt-get install -s --no-install-recommends "$@" 2>/dev/null) || { echo "cannot be had: $*" >&2; exit 2; }
for package in "$@" $(printf '%s\n' "$needed" | sed -n 's/^Inst \([^ ]*\) .*(\([^ ]*\) .*/\1=\2/p'); do
    apt-get download "$package" >/dev/null 2>&1 || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg -x "$file" . || exit 2; done
libraries=$(find "$folder" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
cat >make.py <<'PYTHON'
import sqlite3
made = sqlite3.connect("prices.db")
for table, declared, prices in (("a", "NUMERIC(18,6)", "(2.00), (2.5), (0.0001)"), ("b", "DECIMAL(18,6)", "(2.00), (2.5), (0.0001)"),
                                ("c", "MONEY", "(2.00), (2.5), (0.0001)"), ("d", "NUMERIC", "(2.00), (2.5), (0.0001)"),
                                ("e", "NUMERIC(18,6)", "(2.5), (2.00), (0.0001)")):
    made.execute(f"CREATE TABLE {table} (price {declared})")
    made.execute(f"INSERT INTO {table} VALUES {prices}")
made.commit()
PYTHON
/usr/bin/python3 make.py || exit 2
read_by_gdal() {
    LD_LIBRARY_PATH=$libraries ./usr/bin/ogrinfo -ro -q prices.db "$1" 2>&1 |
        sed -n 's/^ *price (\([^)]*\)) = /\1 /p; /[Ww]arning\|ERROR/p' | paste -sd, | sed 's/,/, /g'
}
output=$(
    echo "NUMERIC(18,6): $(read_by_gdal a)"
    echo "DECIMAL(18,6): $(read_by_gdal b)"
    echo "MONEY: $(read_by_gdal c)"
    echo "NUMERIC: $(read_by_gdal d)"
    echo "NUMERIC(18,6), 2.5 first: $(read_by_gdal e)"
)
printf '%s\n' "$output"
[ "$output" = "NUMERIC(18,6): Integer 2, Integer 2, Integer 0
DECIMAL(18,6): Integer 2, Integer 2, Integer 0
MONEY: Integer 2, Integer 2, Integer 0
NUMERIC: Real 2, Real 2.5, Real 0.0001
NUMERIC(18,6), 2.5 first: Real 2.5, Real 2, Real 0.0001" ]
