"""beancount through its own Python interface, as bean-query uses it: each answer reads the text and runs the
query. Its cache of read files is off, because the others have none."""

import os
import sys
import time

import peer

os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
try:
    from beancount import loader
    from beancount.query import query
except ImportError:
    sys.exit(peer.NOT_INSTALLED)

QUERIES = {
    "company": "SELECT account, currency, sum(number) WHERE account ~ '^Assets:' GROUP BY account, currency",
    "year": "SELECT year, currency, sum(number) WHERE account ~ '^Assets:' GROUP BY year, currency",
    "currency": "SELECT currency, sum(number) WHERE account ~ '^Assets:' GROUP BY currency",
}


def company(account):
    """An account's name has no spaces."""
    return account.removeprefix("Assets:").replace("-", " ")


def main(folder, *questions):
    start = time.perf_counter()
    entries, errors, options = loader.load_file(f"{folder}/rounds.beancount")
    reading = time.perf_counter() - start
    if errors:
        sys.exit(f"beancount: {errors[0]}")
    answers = peer.Answers(folder)
    for question in questions:
        seconds, (_, rows) = peer.median_of(lambda q=question: query.run_query(entries, options, QUERIES[q]))
        totals = [(company(str(row[0])) if len(row) == 3 else "", *row[-2:]) for row in rows]
        answers.add_plain_text("beancount", question, reading + seconds, totals, peer.peak_mib())
    answers.print()


if __name__ == "__main__":
    main(*sys.argv[1:])
