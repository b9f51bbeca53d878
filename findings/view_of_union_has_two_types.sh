#!/bin/sh
# SQLite tells two declared types for a column of a view that is a UNION ALL: PRAGMA table_info the type of the first SELECT, and a
# prepared statement (sqlite3_column_decltype) that of the last one. A reader that goes by the statement, as drivers for ODBC, JDBC and
# Node do, so finds no type where the last SELECT has NULL or an expression, though the schema shows BIGINT. The order of the SELECTs
# of such a view decides what each kind of reader sees; a NULL that has a type needs a subquery of a typed column.
#
# Seen with Debian 12's libsqlite3-0 3.40.1-2+deb12u2:
#   typed first: schema BIGINT, statement none
#   typed last: schema none, statement BIGINT
#   both typed: schema BIGINT, statement BIGINT
#
# Exit status: 0 seen again, 1 it behaves otherwise now, 2 a package cannot be had.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
package=libsqlite3-0=3.40.1-2+deb12u2
apt-get download "$package" >/dev/null 2>&1 || { echo "cannot be had: $package" >&2; exit 2; }
for file in *.deb; do dpkg -x "$file" . || exit 2; done
cat >ask.py <<'PYTHON'
import ctypes
import sys

sqlite = ctypes.CDLL(sys.argv[1])
for name in ("sqlite3_column_decltype", "sqlite3_column_text"):
    getattr(sqlite, name).restype = ctypes.c_char_p
database = ctypes.c_void_p()
assert sqlite.sqlite3_open(b":memory:", ctypes.byref(database)) == 0


def prepared(sql):
    statement = ctypes.c_void_p()
    assert sqlite.sqlite3_prepare_v2(database, sql.encode(), -1, ctypes.byref(statement), None) == 0, sql
    return statement


def word(text):
    return text.decode() if text else "none"


sqlite.sqlite3_step(prepared("CREATE TABLE amount (cents BIGINT)"))
TYPED, NULL = "SELECT cents FROM amount", "SELECT NULL AS cents"
SUBQUERY = "SELECT (SELECT cents FROM amount WHERE 0) AS cents"
for label, view, first, last in (("typed first", "a", TYPED, NULL), ("typed last", "b", NULL, TYPED), ("both typed", "c", TYPED, SUBQUERY)):
    sqlite.sqlite3_step(prepared(f"CREATE VIEW {view} AS {first} UNION ALL {last}"))
    schema = prepared(f"SELECT type FROM pragma_table_info('{view}')")
    sqlite.sqlite3_step(schema)
    told = sqlite.sqlite3_column_decltype(prepared(f"SELECT cents FROM {view}"), 0)
    print(f"{label}: schema {word(sqlite.sqlite3_column_text(schema, 0))}, statement {word(told)}")
PYTHON
output=$(/usr/bin/python3 ask.py "$(find . -name 'libsqlite3.so.0' | head -n 1)" 2>&1) || {
    printf '%s\n' "$output" >&2
    exit 2
}
printf '%s\n' "$output"
[ "$output" = "typed first: schema BIGINT, statement none
typed last: schema none, statement BIGINT
both typed: schema BIGINT, statement BIGINT" ]
