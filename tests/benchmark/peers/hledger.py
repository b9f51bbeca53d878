"""hledger (hledger.org): reads its journal anew for each question, so that the whole process is timed."""

import csv
import sys

import peer

COMMANDS = {
    "company": ["--flat"],
    "year": ["--depth", "1", "--yearly"],
    "currency": ["--depth", "1"],
}


def totals(question, output):
    header, *lines = csv.reader(output.splitlines())
    if question == "year":
        return [
            (year, line[1], amount)
            for line in lines
            for year, amount in zip(header[2:], line[2:])
            if amount != "0"
        ]
    return [("" if question == "currency" else account.removeprefix("Raised:"), *sum) for account, *sum in lines]


def main(folder, *questions):
    balance = ["hledger", "--file", f"{folder}/rounds.journal", "balance", "Raised"]
    form = ["--no-total", "--layout=bare", "--output-format=csv"]
    peer.ask_program("hledger", folder, questions, lambda question: balance + COMMANDS[question] + form, totals)


if __name__ == "__main__":
    main(*sys.argv[1:])
