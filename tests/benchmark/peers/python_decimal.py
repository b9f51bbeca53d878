"""Python's csv and decimal (libmpdec), sums in a dictionary: over rows in a list, and in a script that reads the text for
each answer."""

import csv
import decimal
import sys

import peer

ZERO = decimal.Decimal(0)


def read(folder):
    with open(f"{folder}/rounds.csv", newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            (company, date[:4], currency, decimal.Decimal(amount)) for company, date, currency, _, amount in rows
        ]


def totals(rows, question):
    sums = {}
    if question == "company":
        for company, _, currency, amount in rows:
            sums[company, currency] = sums.get((company, currency), ZERO) + amount
    elif question == "year":
        for _, year, currency, amount in rows:
            sums[year, currency] = sums.get((year, currency), ZERO) + amount
    else:
        for _, _, currency, amount in rows:
            sums["", currency] = sums.get(("", currency), ZERO) + amount
    return sums


def main(folder, *questions):
    decimal.getcontext().prec = 38
    decimal.getcontext().traps[decimal.Inexact] = True
    answers = peer.Answers(folder)

    def listed(sums):
        return [(key, currency, amount) for (key, currency), amount in sums.items()]

    seconds, sums = peer.median_of(lambda: totals(read(folder), "company"))
    answers.add_plain_text("python csv + decimal", "company", seconds, listed(sums), peer.peak_mib())
    rows = read(folder)
    for question in questions:
        seconds, sums = peer.median_of(lambda q=question: totals(rows, q))
        answers.add("python decimal", question, seconds, "decimal", listed(sums))
    answers.print()


if __name__ == "__main__":
    main(*sys.argv[1:])
