"""Has ledger, hledger and beancount add up an exported journal, each if it is there, and compares the balances with the
totals of the program: by company, by investor and by currency.

python3 journals.py POSTMONEY_PROGRAM SOURCE_FOLDER; exit status 77: skipped.
"""

import collections
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from random import Random

SKIPPED = 77
# Names that a program of plain-text accounting could take for signs of its own, in pairs that must not become one.
NAMES = [
    "Acme: Labs", "Acme%3A Labs", "two  blanks", "two blanks", "; note", "(virtual)", "[balanced]", "{cost}", "* starred",
    "! marked", "=assertion", "@price", "$", "\"quoted\"", "back\\slash", "Café Noir", "株式会社", "no\u00a0break", "no break",
    "xAI", "XAI", "0-xAI", "1st", "a 0 b", "a-0 b", "tab\there", "line\nbreak", " leading", "trailing ", "|pipe", "~", "#tag:x",
    "-", "Assets:Raised:X", "e\u0301", "evil\u202egpj", "~ Monthly", "P 2024-01-01 USD 5", "end", "%", "/", "Inc., the 'B' & C+",
]


def hostile_facts():
    yield {"kind": "currency", "code": "INCH1", "decimals": 8}
    yield {"kind": "currency", "code": "A1B", "decimals": 3}
    yield {"kind": "currency", "code": "LONGCODE12AB", "decimals": 0}
    for number, name in enumerate(NAMES):
        rounds = {"kind": "round", "round": f"{name} r", "company": name, "raised": f"{number + 1}.07 USD"}
        if number % 4:
            rounds["announced"] = ["2024", "2024-Q1", "2024-02-29"][number % 3]
        yield rounds
        investor = NAMES[(number * 7 + 3) % len(NAMES)]
        yield {"kind": "participation", "round": f"{name} r", "investor": investor, "amount": f"{number}.01 USD"}
    # Beyond 64 bits together, other currencies, and what has no exact amount.
    for number in range(3):
        yield {"kind": "round", "round": f"huge {number}", "company": f"Huge {number}", "raised": "92233720368547758.07 USD"}
    for number, amount in enumerate(["0.00000001 INCH1", "0.005 A1B", "7 LONGCODE12AB", "1.234 KWD", "100 JPY", "about 3 million EUR",
                                     "at least 4 million USD", "at most 5 million USD", "between 6 and 7 million USD",
                                     "more than 1 million USD", "less than 1 million USD", "undisclosed"]):
        yield {"kind": "round", "round": f"sort {number}", "company": "Sorts", "raised": amount}
        yield {"kind": "participation", "round": f"sort {number}", "investor": "Sorter", "amount": amount}
    yield {"kind": "round", "round": "debt", "company": "Sorts", "instrument": "debt", "raised": "9 million USD"}
    yield {"kind": "participation", "round": "debt", "investor": "Sorter", "amount": "9 million USD"}
    yield {"kind": "round", "round": "more", "company": "Sorts", "raised": "1 million USD"}
    yield {"kind": "participation", "round": "more", "investor": "Sorter", "amount": "2 million USD"}
    # Of the tranche in another currency it cannot be told what is new money: the journal says so, and has none of it.
    yield {"kind": "round", "round": "converted", "company": "Converter", "raised": "1000 JPY", "includes_conversions": "900 JPY"}
    yield {"kind": "closing", "round": "converted", "on": "2024-03-01", "amount": "458.90 EUR"}
    # What is not to count.
    for number, status in enumerate(("rumoured", "cancelled", "closed")):
        yield {"kind": "round", "round": f"status {number}", "company": "Stated", "raised": f"{number + 1}.5 USD", "status": status,
               "includes_conversions": "0.25 USD"}
        yield {"kind": "participation", "round": f"status {number}", "investor": "Sorter", "amount": "0.75 USD"}
    # Two parties of one name.
    for number in (1, 2):
        yield {"kind": "party", "name": "Twin", "ids": {"cik": f"000000000{number}"}}
        yield {"kind": "round", "round": f"twin {number}", "company": f"cik:000000000{number}", "raised": f"{number} million USD"}


def random_facts(random):
    """Rounds of names that only signs tell apart, or that are made of signs, of any amount, currency and standing."""
    signs = [*" :;()[]{}\"'\t\\/|-_*!=@$%&#~+.,<>?^`0123456789aAzZ", "\u00e9", "\u65e5", "\u2028", "\u00a0", "\u200b", "\u0301", "\U0001f680",
             "\u0085", "\x7f", "\x01", "  ", "; ", "-0", "%3A", "0-", "A:"]
    names = {"".join(random.choice(signs) for _ in range(random.choice((1, 2, 3, 5, 8, 300)))) for _ in range(80)}
    names = sorted(names | {word.replace(" ", sign) for word in ("Acme Inc", " X", "X ") for sign in ".,-:;/|'\"&+_()[]"})
    decimals = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3, "INCH1": 8, "A1B": 3}

    def amount():
        code = random.choice(sorted(decimals))
        whole = random.randint(1, random.choice((9, 10**6, 2**63 // 10**decimals[code] - 9)))
        part = f".{random.randrange(10**decimals[code]):0{decimals[code]}}" if decimals[code] else ""
        if random.random() < 0.1:
            return random.choice(("undisclosed", f"between {whole} and {whole + 5} {code}"))
        return random.choice(("", "", "", "about ", "at least ", "at most ", "more than ", "less than ")) + f"{whole}{part} {code}"

    yield {"kind": "currency", "code": "INCH1", "decimals": 8}
    yield {"kind": "currency", "code": "A1B", "decimals": 3}
    for number, name in enumerate(names):
        round_ = {"kind": "round", "round": f"{name} {number}", "company": name, "raised": amount()}
        round_["status"] = random.choice(("closed", "closed", "announced", "rumoured", "cancelled"))
        round_["instrument"] = random.choice(("equity", "equity", "safe", "convertible-note", "debt", "grant"))
        if random.random() < 0.6:
            round_["announced"] = random.choice(("2024", "2024-Q2", "2023-05", "2024-02-29"))
        if random.random() < 0.2 and round_["raised"] != "undisclosed":
            round_["includes_conversions"] = "1 " + round_["raised"].split()[-1]
        yield round_
        for _ in range(random.randint(0, 3)):
            part = {"kind": "participation", "round": round_["round"], "investor": random.choice(names)}
            yield part | ({"amount": amount()} if random.random() < 0.8 else {})
        if random.random() < 0.2:
            yield {"kind": "closing", "round": round_["round"], "on": "2024-03-01", "amount": amount()}


def name_of_ledger(part):
    raw = re.sub(rb"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), part.encode())
    return raw.decode()


def name_of_beancount(part):
    part = part.removeprefix("0-")
    pattern = rb"-0([0-9A-F]{2})|(-)"
    raw = re.sub(pattern, lambda m: b" " if m[2] else bytes([int(m[1], 16)]), part.encode())
    return raw.decode()


class Expected:
    """What the ledger says, through its views; names of two parties have the party's number behind a NUL."""

    def __init__(self, sql):
        rows = sql("SELECT p.party, p.name, i.currency, i.decimal FROM inflows i JOIN parties p ON p.party = i.party "
                   "WHERE i.minor IS NOT NULL AND i.minor > 0")
        shared = {row["name"] for row in sql("SELECT name FROM parties GROUP BY name HAVING count(*) > 1")}
        self.raised = collections.Counter()
        for row in rows:
            name = row["name"] + (f"\0{row['party']}" if row["name"] in shared else "")
            self.raised[name, row["currency"]] += Decimal(row["decimal"])
        # Where the total of a company fits into 64 bits, it is that sum.
        self.failures = [
            f"the total of {row['company']!r} is {row['known_decimal']}"
            for row in sql("SELECT company, currency, known_decimal FROM total_raised WHERE known_minor > 0 AND rounds_untold = 0")
            if row["company"] not in shared
            and self.raised[row["company"], row["currency"]] != Decimal(row["known_decimal"])
        ]
        # Of a round nothing is attributed where what its investors put in is more than what counts of it.
        left = collections.Counter()
        for row in sql("SELECT round, currency, decimal FROM inflows WHERE minor > 0"):
            left[row["round"], row["currency"]] += Decimal(row["decimal"])
        parts = sql("SELECT investor, round, counts, amount_currency, amount_decimal FROM investments WHERE amount_minor > 0")
        for row in parts:
            left[row["round"], row["amount_currency"]] -= Decimal(row["amount_decimal"])
        self.invested = collections.Counter()
        for row in parts:
            if row["counts"] and left[row["round"], row["amount_currency"]] >= 0:
                self.invested[row["investor"], row["amount_currency"]] += Decimal(row["amount_decimal"])


def ledger_balances(path):
    form = "%(account)\\t%(display_total)\\n"
    command = ["ledger", "--file", path, "balance", "--flat", "--no-total", "--format", form]
    account = ""
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        if "\t" in line:
            account, line = line.split("\t")
        number, currency = line.split()
        yield account, currency.strip('"'), Decimal(number)


def hledger_balances(path):
    command = ["hledger", "--file", path, "balance", "--flat", "--no-total", "--layout=bare", "--output-format=csv"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    for account, currency, number in list(csv.reader(output.splitlines()))[1:]:
        if Decimal(number):
            yield account, currency, Decimal(number)


def beancount_balances(path):
    checked = subprocess.run(["bean-check", path], capture_output=True, text=True)
    if checked.returncode or checked.stderr or checked.stdout:
        sys.exit(f"bean-check: {checked.stdout}{checked.stderr}")
    # Not bean-query, which raises an error on large amounts.
    output = subprocess.run(["bean-report", path, "balances"], check=True, capture_output=True, text=True).stdout
    for line in output.splitlines():
        if len(line.split()) == 3:  # not an account without a balance
            account, number, currency = line.split()
            yield account, currency, Decimal(number)


PROGRAMS = {
    "ledger": ("ledger", "ledger", ledger_balances, name_of_ledger),
    "hledger": ("hledger", "ledger", hledger_balances, name_of_ledger),
    "beancount": ("bean-report", "beancount", beancount_balances, name_of_beancount),
}


def compare(program, balances, name_of, expected):
    """The differences between the balances and what is expected."""
    raised, invested, rest = collections.Counter(), collections.Counter(), collections.Counter()
    for account, currency, number in balances:
        kind, _, part = account.partition(":")
        group, _, part = part.partition(":")
        if (kind, group) == ("Assets", "Raised"):
            raised[name_of(part), currency] += number
        elif (kind, group) == ("Equity", "Invested"):
            invested[name_of(part), currency] -= number
        elif account == "Equity:Unattributed":
            rest[currency] -= number
        else:
            yield f"{program}: an account {account!r}"
    for what, found, wanted in (("raised", raised, expected.raised), ("invested", invested, expected.invested)):
        for key in sorted(found.keys() | wanted.keys()):
            if found[key] != wanted[key]:
                yield f"{program}: {what} by {key!r}: the journal has {found[key]}, the ledger {wanted[key]}"
    for currency in {currency for _, currency in expected.raised}:
        total = sum(v for (_, c), v in raised.items() if c == currency)
        named = sum(v for (_, c), v in invested.items() if c == currency)
        if rest[currency] < 0:
            yield f"{program}: more {currency} are attributed than were raised: {-rest[currency]}"
        if total - named != rest[currency]:
            yield f"{program}: {rest[currency]} {currency} are unattributed, expected {total - named}"


def main(program, source):
    failures, done = [], []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        hostile = scratch / "hostile.facts.jsonl"
        hostile.write_text("".join(json.dumps(line) + "\n" for line in hostile_facts()), encoding="utf-8")
        inputs = [("xai", pathlib.Path(source) / "examples/xai.facts.jsonl"), ("hostile", hostile)]
        for seed in range(3):
            inputs.append((f"random {seed}", scratch / f"random-{seed}.facts.jsonl"))
            lines = "".join(json.dumps(line) + "\n" for line in random_facts(Random(seed)))
            inputs[-1][1].write_text(lines, encoding="utf-8")
        for name, facts in inputs:

            def run(*arguments, database=scratch / f"{name}.db"):
                command = [program, "--db", str(database), *arguments]
                return subprocess.run(command, check=True, capture_output=True, text=True).stdout

            # Of random lines some are refused, such as conversions beyond what was raised.
            command = [program, "--db", str(scratch / f"{name}.db"), "apply", "--keep-going", "--recorded", "2025-01-02T08:00:00Z", str(facts)]
            applied = subprocess.run(command, capture_output=True, text=True)
            if applied.returncode and not name.startswith("random"):
                failures.append(f"{name}: {applied.stderr}")
            expected = Expected(lambda query: json.loads(run("sql", query, "--json")))
            failures += expected.failures
            for journal in ("ledger", "beancount"):
                run("export", journal, str(scratch / f"{name}.{journal}"))
            for which, (command, journal, balances, name_of) in PROGRAMS.items():
                if shutil.which(command) is None:
                    print(f"{which} is not here")
                    continue
                done.append(which)
                failures += compare(f"{name}, {which}", list(balances(str(scratch / f"{name}.{journal}"))), name_of, expected)
    for failure in failures:
        print(failure, file=sys.stderr)
    if failures:
        return 1
    print(f"agree: {', '.join(sorted(set(done)))}")
    return 0 if done else SKIPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
