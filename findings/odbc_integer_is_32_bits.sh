#!/bin/sh
# libsqliteodbc 0.9998, the SQLite driver for ODBC, takes a column declared INTEGER for one of 32 bits: a number beyond them comes
# without an error as what its low 32 bits say, through a view too. Declared BIGINT, the same number comes whole. SQLite itself keeps
# 64 bits in either column, so an amount in cents above 21.4 million is read wrong in silence.
#
# Seen with Debian 12's libsqliteodbc 0.9998-3+b1, python3-pyodbc 4.0.34-1+b2 and unixodbc 2.3.11 for 1213468000000 in both columns:
#   INTEGER -2007744768   BIGINT 1213468000000
#
# Exit status: 0 seen again, 1 it behaves otherwise now, 2 a package cannot be had.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
for package in libsqliteodbc=0.9998-3+b1 python3-pyodbc=4.0.34-1+b2 libodbc2=2.3.11-2+deb12u1 libodbcinst2=2.3.11-2+deb12u1 \
    libltdl7=2.4.7-7~deb12u1; do
    apt-get download "$package" >/dev/null 2>&1 || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg -x "$file" . || exit 2; done
driver=$(find . -name 'libsqlite3odbc.so' | head -n 1)
printf '[SQLite3]\nDriver=%s/%s\n' "$folder" "${driver#./}" >odbcinst.ini
libraries=$folder/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -dumpmachine)
cat >read.py <<'PYTHON'
import sqlite3
import pyodbc
made = sqlite3.connect("amounts.db")
made.execute("CREATE TABLE amount (plain INTEGER, wide BIGINT)")
made.execute("INSERT INTO amount VALUES (1213468000000, 1213468000000)")
made.execute("CREATE VIEW seen AS SELECT plain, wide FROM amount")
made.commit()
read = pyodbc.connect("Driver={SQLite3};Database=amounts.db", autocommit=True)
for name in ("amount", "seen"):
    plain, wide = read.execute(f"SELECT plain, wide FROM {name}").fetchone()
    print(f"{name}: INTEGER {plain}   BIGINT {wide}")
PYTHON
output=$(ODBCSYSINI=$folder LD_LIBRARY_PATH=$libraries PYTHONPATH=$folder/usr/lib/python3/dist-packages /usr/bin/python3 read.py 2>&1) || {
    printf '%s\n' "$output" >&2
    exit 2
}
printf '%s\n' "$output"
[ "$output" = "amount: INTEGER -2007744768   BIGINT 1213468000000
seen: INTEGER -2007744768   BIGINT 1213468000000" ]
