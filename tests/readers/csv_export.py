"""Reads an exported folder with Python's csv and Decimal, and with R and pandas where they are there, each by the types of
datapackage.json, and compares the sums with the program's answers.

python3 csv_export.py POSTMONEY_PROGRAM
"""

import csv
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

# Many even amounts, then one with cents; names that readers take for something else; a currency of three decimals.
COMPANIES = ["NA", "NULL", "1e5", "Acme, \"Inc\"", "Café\nNoir", "=1+1", "\r\n", "\"", "'", " padded ", "a\rb", "-", "0012", "\ufeffBOM", "true"]


def facts():
    for number in range(60):
        amount = "90071992547409.93 USD" if number == 59 else f"{number + 1} million USD"
        yield {"kind": "round", "round": f"r{number}", "company": COMPANIES[number % len(COMPANIES)], "raised": amount}
    yield {"kind": "round", "round": "three", "company": "NA", "raised": "0.005 KWD"}


def read_exactly(folder, resource):
    """The recipe: integers as int, decimals as Decimal, an empty cell as None."""
    readers = {"integer": int}
    fields = [
        (field["name"], Decimal if field["name"].endswith("decimal") else readers.get(field["type"], str))
        for field in resource["schema"]["fields"]
    ]
    with open(folder / resource["path"], newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield {name: None if row[name] == "" else read(row[name]) for name, read in fields}


TYPES = {
    "integer": re.compile(r"-?(0|[1-9][0-9]*)"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "datetime": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z"),
    "string": re.compile(r".*", re.S),
}


def records_of(text):
    """The records of RFC 4180, each a list of cells: None for nothing at all, a text for one in quotation marks or none. Stricter than
    Python's csv: records end with CRLF, a bare cell has no quotation mark, comma or line break, and a quoted one ends at its mark."""
    cell = re.compile(r'"((?:[^"]|"")*)"|([^",\r\n]*)')
    records, record, at = [], [], 0
    while at < len(text):
        match = cell.match(text, at)
        record.append(match[1].replace('""', '"') if match[1] is not None else match[2] or None)
        at = match.end()
        if text.startswith(",", at):
            at += 1
        elif text.startswith("\r\n", at):
            at += 2
            records.append(record)
            record = []
        else:
            raise ValueError(f"neither a comma nor CRLF behind a cell: {text[at - 40:at + 10]!r}")
    if record:
        raise ValueError("the last record does not end with CRLF")
    return records


def check_package(folder, package, equal):
    """The descriptor is one of Data Package and Table Schema 1, and every cell is as it says: types, constraints, keys and references."""
    equal("profile", package["profile"], "tabular-data-package")
    resources = {resource["name"]: resource for resource in package["resources"]}
    equal("names", len(resources), len(package["resources"]))
    values = {}
    for name, resource in resources.items():
        equal(f"{name}: how it is written", (resource["profile"], resource["encoding"], resource["dialect"]),
              ("tabular-data-resource", "utf-8", {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}))
        equal(f"{name}: name", re.fullmatch(r"[a-z0-9._-]+", name) is not None, True)
        schema, fields = resource["schema"], resource["schema"]["fields"]
        equal(f"{name}: missing values", schema["missingValues"], [""])
        header, *rows = records_of((folder / resource["path"]).read_bytes().decode("utf-8"))
        equal(f"{name}: header", header, [field["name"] for field in fields])
        columns = dict(zip(header, zip(*rows))) if rows else {column: () for column in header}
        values[name] = columns
        equal(f"{name}: cells", {len(row) for row in rows} <= {len(fields)}, True)
        for field in fields:
            cells = [cell for cell in columns[field["name"]] if cell is not None]
            limits = field.get("constraints", {})
            equal(f"{name}.{field['name']}: what it says", set(field) <= {"name", "type", "format", "unit", "currency", "constraints"}, True)
            wrong = [cell for cell in cells if not TYPES[field["type"]].fullmatch(cell)
                     or not re.fullmatch(limits.get("pattern", ".*"), cell, re.S)
                     or not int(limits.get("minimum", -2**63)) <= (int(cell) if field["type"] == "integer" else 0) <= limits.get("maximum", 2**63 - 1)]
            equal(f"{name}.{field['name']}: not of its type", wrong, [])
            if "currency" in field:
                equal(f"{name}.{field['name']}: its currency", resource_type(fields, field["currency"]), "string")
            money = field["name"].endswith(("minor", "decimal"))
            equal(f"{name}.{field['name']}: money has a unit and a currency", money, "currency" in field)
            if money:
                equal(f"{name}.{field['name']}: unit", "currency" in field["unit"], True)
        key = schema.get("primaryKey", [])
        keys = list(zip(*(columns[column] for column in key))) if key else []
        equal(f"{name}: its key", len(set(keys)), len(keys))
        equal(f"{name}: its key is there", any(cell is None for row in keys for cell in row), False)
    for name, resource in resources.items():
        for reference in resource["schema"].get("foreignKeys", []):
            there = set(values[reference["reference"]["resource"]][reference["reference"]["fields"]])
            equal(f"{name}: references", set(values[name][reference["fields"]]) - there - {None}, set())


def resource_type(fields, name):
    return next((field["type"] for field in fields if field["name"] == name), None)


def check_python(folder, resources, run, equal):
    for resource in resources.values():
        with open(folder / resource["path"], newline="", encoding="utf-8") as file:
            header = next(csv.reader(file))
        equal(f"header of {resource['name']}", header, [f["name"] for f in resource["schema"]["fields"]])
    rounds = list(read_exactly(folder, resources["rounds"]))
    for company in COMPANIES:
        answer = json.loads(run("total", company, "--json"))
        for total in answer if isinstance(answer, list) else [answer]:
            own = [r for r in rounds if r["company"] == company and r["raised_currency"] == total["currency"]]
            equal(f"rounds of {company}", len(own), total["rounds"])
            equal(f"total of {company}", f"{sum(r['raised_decimal'] for r in own)}", total["known"])
            decimals = len(total["known"].partition(".")[2])
            equal(f"minor units of {company}", sum(r["raised_minor"] for r in own),
                  int(Decimal(total["known"]).scaleb(decimals)))


R_RECIPE = """
folder <- commandArgs(TRUE)[1]
# All as text: R has no 64-bit integers, and takes "NA" for no value.
rounds <- read.csv(file.path(folder, "rounds.csv"), colClasses = "character", na.strings = "", encoding = "UTF-8")
usd <- rounds[rounds$raised_currency == "USD" & rounds$raised_minor != "9007199254740993", ]
total <- sum(as.numeric(usd$raised_minor))
stopifnot(total < 2^53) # so that each sum on the way is exact
cat(format(total, scientific = FALSE), nrow(rounds), sum(rounds$company == "NA", na.rm = TRUE))
"""


def check_r(folder, resources, equal):
    if shutil.which("Rscript") is None:
        return "R is not here"
    script = folder.parent / "recipe.R"
    script.write_text(R_RECIPE, encoding="utf-8")
    command = ["Rscript", "--vanilla", str(script), str(folder)]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rounds = list(read_exactly(folder, resources["rounds"]))
    usd = sum(r["raised_minor"] for r in rounds if r["raised_currency"] == "USD") - 9007199254740993
    equal("R", found, f"{usd} {len(rounds)} {sum(r['company'] == 'NA' for r in rounds)}")
    return "R agrees"


def check_pandas(folder, resources, equal):
    if importlib.util.find_spec("pandas") is None:
        return "pandas is not here"
    import pandas

    # All as text first: a column with an empty cell would go through floats.
    frame = pandas.read_csv(folder / "rounds.csv", dtype=str, keep_default_na=False, na_values=[""])
    usd = frame[frame["raised_currency"] == "USD"]
    rounds = [r for r in read_exactly(folder, resources["rounds"]) if r["raised_currency"] == "USD"]
    equal("pandas, minor units", sum(usd["raised_minor"].map(int)), sum(r["raised_minor"] for r in rounds))
    equal("pandas, decimals", sum(usd["raised_decimal"].map(Decimal)), sum(r["raised_decimal"] for r in rounds))
    equal("pandas, names", sorted(set(frame["company"])), sorted(COMPANIES))
    return "pandas agrees"


def main(program):
    failures = []

    def equal(what, found, expected):
        if found != expected:
            failures.append(f"{what}: found {found!r}, expected {expected!r}")

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)

        def run(*arguments):
            command = [program, "--db", os.path.join(scratch, "ledger.db"), *arguments]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout

        (scratch / "facts").write_text("".join(json.dumps(line) + "\n" for line in facts()), encoding="utf-8")
        run("apply", "--recorded", "2025-01-02T08:00:00Z", str(scratch / "facts"))
        folder = scratch / "tables"
        run("export", "csv", str(folder))
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        equal("files", sorted(path.name for path in folder.iterdir()),
              sorted([r["path"] for r in resources.values()] + ["datapackage.json"]))
        check_package(folder, package, equal)
        check_python(folder, resources, run, equal)
        print("; ".join([check_r(folder, resources, equal), check_pandas(folder, resources, equal)]))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
