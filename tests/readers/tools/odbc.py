"""Reads columns through ODBC with the driver's default settings: see tests/readers/tools.py."""

import sys

import pyodbc

ledger = pyodbc.connect(f"Driver=SQLite3;Database={sys.argv[1]};ReadOnly=1")
print(ledger.getinfo(pyodbc.SQL_DRIVER_VER))
for line in sys.stdin:
    name, column = line.split()
    for (value,) in ledger.execute(f'SELECT "{column}" FROM {name}'):
        print(name, column, "" if value is None else value)
