#!/usr/bin/env python3
"""Runs ledgers with a right answer that lie beside the project, in ../shared/data/cases/correctness. They are no part of it:
without that folder the test is skipped, and says so.

usage: correctness.py PROGRAM ROOT
"""
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77
RECORDED = "2025-01-01T00:00:00Z"

# Answers that are not one number: the files to apply, or to merge; the command; what it prints, as JSON or as text.
BLUE = "SELECT company, participations_decimal FROM round_checks ORDER BY company"
MORE = [
    (["accession-cycle"], ["total", "Acme"], {"known": "1000000.00"}),
    (["perhaps-only-currency"], ["total", "Acme", "--as-of", "2024-06-30"],
     [{"currency": "EUR"}, {"currency": "USD", "known": "0.00", "lower": "0.00", "upper": "5000000.00", "rounds": 0}]),
    (["mixed-currency-conversion"], ["total", "Acme"], [{"currency": "EUR"}, {"currency": "USD"}]),
    (["handle-conflict-a", "handle-conflict-b"], ["sql", BLUE],
     [{"company": "Acme", "participations_decimal": "10000000.00"},
      {"company": "Beta", "participations_decimal": "7000000.00"}]),
    (["handle-conflict-a", "handle-conflict-b"], ["sql", "SELECT DISTINCT company FROM co_investors"],
     [{"company": "Beta"}]),
    (["participation-of-retracted-round"], ["sql", "SELECT * FROM investments"], []),
    (["lead-misattributed"], ["investor", "Blue Fund"],
     {"investments": [{"source": "press", "lead_source": "filing"}]}),
    (["market-total-source-and-supersedes-ignored"], ["sql",
     "SELECT count(*) AS n FROM entries WHERE kind = 'market_total' AND stands"], [{"n": 2}]),
    (["debt-sets-price"], ["sql", "SELECT round, valuation_origin, step_up FROM valuation_steps ORDER BY date"],
     [{"round": "a", "valuation_origin": "post-money"},
      {"round": "loan", "valuation_origin": "pre-money", "step_up": None},
      {"round": "b", "valuation_origin": "pre-money + new money", "step_up": "1.2000"}]),
    (["debt-sets-price"], ["reconcile", "Acme"], []),
    (["competing-participations"], ["reconcile", "Acme", "--severity", "warning"],
     [{"code": "competing-claims", "field": "closing 2024-01-10"},
      {"code": "competing-claims", "field": "participation Blue Fund"},
      {"code": "competing-claims", "field": "metric revenue"}]),
    (["early-filing-beats-final"], ["total", "Acme"], {"known": "50000000.00", "upper": "50000000.00"}),
    (["safe-not-on-record"], ["total", "Acme"], {"lower": "8000000.00", "upper": "10000000.00"}),
    (["safe-not-on-record"], ["reconcile", "Acme", "--severity", "info"],
     [{"code": "conversions-not-on-record", "difference": "-2000000.00 USD"}]),
    (["closing-named-by-one"], ["total", "Acme"], {"known": "20000000.00"}),
    (["same-round-two-handles"], ["reconcile", "Acme", "--severity", "warning"], [{"code": "maybe-one-round"}]),
    (["mixed-equity-debt"], ["total", "WeWork", "--instrument", "equity"], {"known": "1500000000.00"}),
    (["conversions-above-raised"], ["reconcile", "Acme", "--severity", "warning"],
     [{"code": "pre-post"}, {"code": "conversions"}]),
    (["amendments-warn"], ["reconcile", "Acme", "--severity", "warning"], []),
]
REFUSED = {"raised-indefinite": ["out-of-range", "out-of-range", "out-of-range"],
           "unknown-source-accepted": ["unknown-source", "unknown-source", "unknown-source", "unknown-entry"]}


class Cases:
    def __init__(self, program, folder, scratch):
        self.program, self.folder, self.scratch = program, folder, pathlib.Path(scratch)
        self.failed, self.held = [], 0

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, errors="replace", timeout=60)

    def applied(self, story):
        ledger = self.scratch / f"{story}.db"
        if not ledger.exists():
            at = [] if story == "lev-to-euro" else ["--recorded", RECORDED]
            self.run("--db", str(ledger), "apply", *at, "--keep-going", str(self.folder / f"{story}.facts.jsonl"))
        return ledger

    def ledger_of(self, stories):
        first, *others = (self.applied(story) for story in stories)
        for other in others:
            self.run("--db", str(first), "merge", str(other))
        return first

    def check(self, stories, arguments, expected):
        out = self.run("--db", str(self.ledger_of(stories)), *arguments, "--json")
        name = f"{' + '.join(stories)}: {' '.join(arguments)}"
        try:
            got = json.loads(out.stdout)
        except ValueError:
            self.failed.append(f"{name}: {out.stderr.strip()[:200]}")
            return
        if isinstance(expected, dict) and isinstance(got, list) and len(got) == 1:
            got = got[0]
        if self.holds(expected, got):
            self.held += 1
        else:
            self.failed.append(f"{name}: got {got}, expected {expected}")

    def holds(self, expected, got):
        """Whether what is expected is there; more members than expected may be."""
        if isinstance(expected, dict):
            return isinstance(got, dict) and all(k in got and self.holds(v, got[k]) for k, v in expected.items())
        if isinstance(expected, list):
            return isinstance(got, list) and len(got) == len(expected) and all(map(self.holds, expected, got))
        return expected == got

    def check_refusals(self, story, codes):
        ledger = self.scratch / f"{story}.refused.db"
        out = self.run("--db", str(ledger), "apply", "--recorded", RECORDED, "--keep-going", "--json",
                       str(self.folder / f"{story}.facts.jsonl"))
        got = sorted(refusal["code"] for refusal in json.loads(out.stdout)["refused"])
        if got == sorted(codes):
            self.held += 1
        else:
            self.failed.append(f"{story}: refused with {got}, expected {sorted(codes)}")


def main():
    folder = pathlib.Path(sys.argv[2]).resolve().parent / "shared/data/cases/correctness"
    if not folder.is_dir():
        print(f"skipped: there is no folder {folder}")
        return SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        cases = Cases(sys.argv[1], folder, scratch)
        for case in json.loads((folder / "expected.json").read_text()):
            if "expect" in case:
                cases.check([case["story"]], case["args"], case["expect"])
        for stories, arguments, expected in MORE:
            cases.check(stories, arguments, expected)
        for story, codes in REFUSED.items():
            cases.check_refusals(story, codes)
    print(*cases.failed, sep="\n")
    print(f"{cases.held} cases hold, {len(cases.failed)} do not")
    return 1 if cases.failed else 0


if __name__ == "__main__":
    sys.exit(main())
