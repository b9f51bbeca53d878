"""Reads layers with ogr2ogr as it is: see tests/readers/tools.py."""

import csv
import io
import subprocess
import sys

asked = {}
for line in sys.stdin:
    name, column = line.split()
    asked.setdefault(name, []).append(column)
version = subprocess.run(["ogrinfo", "--version"], check=True, capture_output=True, text=True).stdout
print(version.split(",")[0].split()[-1])
for name, columns in asked.items():
    command = ["ogr2ogr", "-f", "CSV", "/vsistdout/", sys.argv[1], name]
    layer = subprocess.run(command, check=True, capture_output=True, text=True)
    sys.stderr.write(layer.stderr)
    for row in csv.DictReader(io.StringIO(layer.stdout)):
        for column in columns:
            print(name, column, row[column])
