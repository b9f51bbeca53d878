"""Times the SQL functions against those of SQLite's own decimal extension, which the sqlite3 shell has, in one run.

python3 tests/benchmark/sql_functions.py build/release/lib/postmoney_sql.so
"""

import os
import re
import subprocess
import sys
import tempfile

ROWS = 500_000
RUNS = 9
QUERIES = [
    "SELECT count(x) FROM t",
    "SELECT decimal_sum(x) FROM t",
    "SELECT count(decimal(x)) FROM t",
    "SELECT count(decimal_add(x, x)) FROM t",
    "SELECT count(decimal_sub(x, '1.5')) FROM t",
    "SELECT count(decimal_mul(x, '1.1')) FROM t",
    "SELECT sum(decimal_cmp(x, '5000')) FROM t",
    "SELECT count(x) FROM t WHERE x = '5' COLLATE decimal",
]
FILL = f"""CREATE TABLE t (x TEXT);
WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {ROWS})
INSERT INTO t SELECT (i * 7919 % 1000003) || '.' || printf('%02d', i % 100) FROM c;"""


def shell(path, script):
    return subprocess.run(["sqlite3", "-bail", path], input=script, check=True, capture_output=True, text=True).stdout


def times(path, setup):
    """The least user time of each query, in milliseconds."""
    script = setup + "PRAGMA cache_size = -200000;\n.timer on\n" + "".join((q + ";\n") * RUNS for q in QUERIES)
    seconds = [float(text) for text in re.findall(r"user ([\d.]+)", shell(path, script))]
    return [1000 * min(seconds[i * RUNS : (i + 1) * RUNS]) for i in range(len(QUERIES))]


def main(extension):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.db")
        shell(path, FILL)
        theirs = times(path, "")
        ours = times(path, f".load {extension}\n")
    scan = min(theirs[0], ours[0])
    print(f"{ROWS} rows, least of {RUNS} runs, user time")
    print(f"{'query':54} {'SQLite ms':>9} {'ours ms':>8} {'ratio':>6} {'without reading the rows':>25}")
    for query, slow, fast in zip(QUERIES, theirs, ours):
        net = f"{(slow - scan) / (fast - scan):.1f}" if fast > scan and slow > scan and query != QUERIES[0] else "-"
        print(f"{query:54} {slow:9.1f} {fast:8.1f} {slow / fast:6.1f} {net:>25}")


if __name__ == "__main__":
    main(sys.argv[1])
