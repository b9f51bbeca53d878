"""Reads every column of 64 bits of every table and view of a ledger with other programs, each as it is or with what the table
of tools in schema/README.md says to set, and compares the integers.

    python3 tests/readers/tools.py POSTMONEY_PROGRAM [--all] [TOOL...]

Each tool has a script in the folder tools/: it gets the ledger as its argument and lines `TABLE COLUMN` as input, and prints its
version, then a line `TABLE COLUMN VALUE` a row, or exits with 77 where it cannot read ledgers here. A tool that is not
installed is passed over, with --all it is a failure. Exit status 77: no tool is there.
"""

import argparse
import collections
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Where tests/readers/install_node_packages.sh puts the packages of Node.
ENVIRONMENT = dict(os.environ, NODE_PATH=os.path.join(ROOT, "build", "readers", "node_modules"))
# What the money in money.facts.jsonl comes to, in minor units: beyond 16, 32 and 53 bits.
MONEY = {5000, 1213468000000, 9007199254740993}
# Debian's own Python, which has Debian's packages.
PYTHON = "/usr/bin/python3"

# `stored_only`: it reads what is stored in tables, and neither views nor generated columns.
Tool = collections.namedtuple("Tool", "name command there stored_only", defaults=(False,))


def script(name):
    return os.path.join(HERE, "tools", name)


def has_module(module):
    return [PYTHON, "-c", f"import {module}"]


TOOLS = [
    Tool("sqlite3 shell", ["sh", script("sqlite_shell.sh")], ["sqlite3", "-version"]),
    Tool("better-sqlite3", ["node", script("better_sqlite3.js")], ["node", "-e", "require('better-sqlite3')"]),
    Tool("DuckDB", ["node", script("duckdb_attached.js")], ["node", "-e", "require('@duckdb/node-api')"]),
    Tool("ODBC", [PYTHON, script("odbc.py")], has_module("pyodbc")),
    Tool("ODBC, expressions", [PYTHON, script("odbc_expressions.py")], has_module("pyodbc")),
    Tool("GDAL", [PYTHON, script("gdal.py")], ["ogrinfo", "--version"]),
    Tool("JDBC", ["java", "-cp", "/usr/share/java/xerial-sqlite-jdbc.jar", script("Jdbc.java")],
         ["sh", "-c", "javac -version && test -e /usr/share/java/xerial-sqlite-jdbc.jar"]),
    Tool("RSQLite", ["Rscript", script("rsqlite.R")], ["Rscript", "-e", "library(RSQLite)"]),
    Tool("pgloader", ["sh", script("pgloader.sh")], ["sh", "-c", "pgloader --version && ls /usr/lib/postgresql/*/bin/initdb"],
         True),
    Tool("SQLAlchemy", [PYTHON, script("sqlalchemy_tables.py")], has_module("sqlalchemy")),
    Tool("pandas", [PYTHON, script("pandas_frames.py")], has_module("pandas")),
    Tool("Perl", ["perl", script("perl.pl")], ["perl", "-MDBD::SQLite", "-e", "1"]),
    Tool("PHP", ["php", script("pdo.php")], ["php", "-r", "new PDO('sqlite::memory:');"]),
    Tool("Ruby", ["ruby", script("ruby.rb")], ["ruby", "-e", "require 'sqlite3'"]),
    Tool("Tcl", ["tclsh", script("tcl.tcl")], ["sh", "-c", "echo 'puts [package require sqlite3]' | tclsh | grep ."]),
    Tool("sqlite-utils", [PYTHON, script("sqlite_utils_rows.py")], ["sqlite-utils", "--version"]),
]


def is_there(tool):
    if shutil.which(tool.there[0]) is None:
        return False
    return subprocess.run(tool.there, capture_output=True, env=ENVIRONMENT).returncode == 0


def make_ledger(program, folder):
    path = os.path.join(folder, "money.db")
    facts = script("money.facts.jsonl")
    command = [program, "--db", path, "apply", "--recorded", "2025-01-02T08:00:00Z", facts]
    subprocess.run(command, check=True, capture_output=True)
    os.chmod(path, 0o444)
    return path


def wide_columns(ledger):
    """{(table or view, column): the values in order}, of those declared with 64 bits."""
    columns = {}
    for (name,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall():
        for column, declared in ledger.execute("SELECT name, type FROM pragma_table_xinfo(?)", (name,)).fetchall():
            if declared == "BIGINT":
                rows = ledger.execute(f'SELECT "{column}" FROM {name}').fetchall()
                columns[name, column] = sorted("" if value is None else str(value) for (value,) in rows)
    return columns


def check_money(columns):
    """Every column of money of a view has each of the amounts, or what they add up to, so that no bit goes untested."""
    problems = []
    for (name, column), values in columns.items():
        if not re.search(r"(^|_)minor$", column):
            continue
        if not any(value and int(value) >= 2**53 for value in values) and column != "includes_conversions_minor":
            problems.append(f"{name}.{column} has no amount beyond 53 bits")
    stated = {int(value) for value in columns["claims", "minor"] if value}
    if not MONEY <= stated:
        problems.append(f"claims.minor lacks {MONEY - stated}")
    return problems


def problems_of(tool, ledger, columns, references):
    asked = "".join(f"{name} {column}\n" for name, column in columns)
    ran = subprocess.run([*tool.command, ledger], input=asked, capture_output=True, text=True, env=ENVIRONMENT)
    if ran.returncode == SKIPPED:
        return None, [ran.stderr.strip()]
    if ran.returncode != 0:
        return "", [f"exit status {ran.returncode}: {ran.stderr.strip()}"]
    version, *lines = ran.stdout.splitlines()
    found = collections.defaultdict(list)
    for line in filter(None, lines):
        name, column, *value = line.split()
        found[name, column].append(value[0] if value else "")
    problems = []
    for place, values in columns.items():
        expected = values
        if tool.name == "ODBC, expressions":  # a row a value
            expected = sorted(set(values))
        if sorted(found[place]) != expected:
            shown = [value for value in found[place] if value not in expected][:3]
            problems.append(f"{'.'.join(place)}: {len(found[place])} values, {shown}, expected {expected[:3]}")
    keys = re.search(r"^foreign keys: (\d+)$", ran.stderr, re.M)
    if keys and int(keys[1]) != references:
        problems.append(f"{keys[1]} foreign keys, expected {references}")
    return version, problems


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("tools", nargs="*")
    options = parser.parse_args(arguments)
    unknown = set(options.tools) - {tool.name for tool in TOOLS}
    if unknown:
        parser.error(f"no such tool: {', '.join(sorted(unknown))}")
    tried = 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = make_ledger(options.program, folder)
        with open(path, "rb") as file:
            before = file.read()
        ledger = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        columns = wide_columns(ledger)
        tables = {name for (name,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        references = sum(len({row[0] for row in ledger.execute("SELECT id FROM pragma_foreign_key_list(?)", (name,))})
                         for name in tables)
        stored = {(name, column) for name in tables
                  for (column,) in ledger.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        ledger.close()
        for problem in check_money(columns):
            print(problem, file=sys.stderr)
            failed += 1
        for tool in TOOLS:
            if options.tools and tool.name not in options.tools:
                continue
            if not is_there(tool):
                print(f"{tool.name}: not there")
                failed += options.all
                continue
            tried += 1
            of_tool = {place: values for place, values in columns.items() if place in stored or not tool.stored_only}
            version, problems = problems_of(tool, path, of_tool, references)
            if version is None:
                print(f"{tool.name}: passed over: {problems[0]}")
                continue
            print(f"{tool.name} {version}: {len(of_tool)} columns, {len(problems)} not as they are", flush=True)
            for problem in problems[:5]:
                print(f"    {problem}", file=sys.stderr)
            failed += len(problems)
        with open(path, "rb") as file:
            if file.read() != before:
                print("the file was changed", file=sys.stderr)
                failed += 1
    if not tried:
        return SKIPPED
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
