"""Reads tables and views with the program sqlite-utils: see tests/readers/tools.py."""

import csv
import io
import subprocess
import sys

asked = {}
for line in sys.stdin:
    name, column = line.split()
    asked.setdefault(name, []).append(column)
version = subprocess.run(["sqlite-utils", "--version"], check=True, capture_output=True, text=True).stdout
print(version.split()[-1])
for name, columns in asked.items():
    command = ["sqlite-utils", "rows", sys.argv[1], name, "--csv"]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for row in csv.DictReader(io.StringIO(rows)):
        for column in columns:
            print(name, column, row[column])
