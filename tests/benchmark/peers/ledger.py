"""ledger (ledger-cli.org): reads its journal anew for each question, so that the whole process is timed."""

import sys

import peer

# What each question is; --collapse gives one posting a period.
COMMANDS = {
    "company": ["balance", "Raised", "--flat", "--no-total", "--format", "%(account)\\t%(display_total)\\n"],
    "year": ["register", "Raised", "--yearly", "--collapse", "--format", '%(format_date(date, "%Y"))\\t%(amount)\\n'],
    "currency": ["balance", "Raised", "--depth", "1", "--no-total", "--format", "\\t%(display_total)\\n"],
}


def totals(_, output):
    """A line a currency; the key stands in the first line of several."""
    rows = []
    key = ""
    for line in output.splitlines():
        if "\t" in line:
            key, line = line.split("\t")
        currency, amount = line.split()
        rows.append((key.removeprefix("Raised:"), currency, amount))
    return rows


def main(folder, *questions):
    journal = ["ledger", "--file", f"{folder}/rounds.journal"]
    peer.ask_program("ledger", folder, questions, lambda question: journal + COMMANDS[question], totals)


if __name__ == "__main__":
    main(*sys.argv[1:])
