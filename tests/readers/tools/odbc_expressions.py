"""Reads expressions of a query, which have no declared type, with BigInt=1: see tests/readers/tools.py."""

import sys

import pyodbc

ledger = pyodbc.connect(f"Driver=SQLite3;Database={sys.argv[1]};ReadOnly=1;BigInt=1")
print(ledger.getinfo(pyodbc.SQL_DRIVER_VER))
for line in sys.stdin:
    name, column = line.split()
    for (value,) in ledger.execute(f'SELECT max("{column}") FROM {name} GROUP BY "{column}"'):
        print(name, column, "" if value is None else value)
