"""Python's csv and sqlite3: a table of the rounds in a file, summed by SQL as whole minor units."""

import csv
import os
import sqlite3
import sys

import peer

QUERIES = {
    "company": "SELECT company, currency, sum(minor) FROM rounds GROUP BY 1, 2",
    "year": "SELECT substr(date, 1, 4), currency, sum(minor) FROM rounds GROUP BY 1, 2",
    "currency": "SELECT '', currency, sum(minor) FROM rounds GROUP BY 1, 2",
}


def load(folder, path):
    if os.path.exists(path):
        os.remove(path)
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE rounds (company TEXT, date TEXT, currency TEXT, minor INTEGER, decimal TEXT)")
    with open(f"{folder}/rounds.csv", newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        database.executemany("INSERT INTO rounds VALUES (?, ?, ?, ?, ?)", rows)
    database.commit()
    return database


def main(folder, *questions):
    answers = peer.Answers(folder)
    path = f"{folder}/python.db"

    def totals(database, question):
        return database.execute(QUERIES[question]).fetchall()

    seconds, rows = peer.median_of(lambda: totals(load(folder, path), "company"))
    answers.add("python sqlite3", "text", seconds, "minor", rows, peer.peak_mib())
    database = load(folder, path)
    for question in questions:
        seconds, rows = peer.median_of(lambda q=question: totals(database, q))
        answers.add("python sqlite3", question, seconds, "minor", rows)
    answers.print()


if __name__ == "__main__":
    main(*sys.argv[1:])
