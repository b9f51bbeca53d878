"""Reads columns into data frames: see tests/readers/tools.py. read_sql makes a column with nulls binary floating point, and loses digits,
whatever it is told; a frame of objects keeps the integers, and Int64 has nulls."""

import sqlite3
import sys

import pandas

ledger = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
print(pandas.__version__)
for line in sys.stdin:
    name, column = line.split()
    rows = ledger.execute(f'SELECT "{column}" FROM {name}').fetchall()
    frame = pandas.DataFrame(rows, columns=[column], dtype=object).astype({column: "Int64"})
    for value in frame[column]:
        print(name, column, "" if value is pandas.NA else value)
