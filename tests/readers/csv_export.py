"""Reads an exported folder with Python's csv and Decimal, and with R and pandas where they are there, each by the types of
datapackage.json, and compares the sums with the program's answers.

python3 csv_export.py POSTMONEY_PROGRAM
"""

import csv
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal

# Many even amounts, then one with cents; names that readers take for something else; a currency of three decimals.
COMPANIES = ["NA", "NULL", "1e5", "Acme, \"Inc\"", "Café\nNoir"]


def facts():
    for number in range(60):
        amount = "90071992547409.93 USD" if number == 59 else f"{number + 1} million USD"
        yield {"kind": "round", "round": f"r{number}", "company": COMPANIES[number % 5], "raised": amount}
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
        check_python(folder, resources, run, equal)
        print("; ".join([check_r(folder, resources, equal), check_pandas(folder, resources, equal)]))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
