"""ledger (ledger-cli.org): reads its journal anew for each question, so that the whole process is timed."""

import sys

import peer

# The arguments of each question; --collapse gives one posting a period.
COMMANDS = {
    "company": ["balance", "Raised", "--flat", "--no-total", "--format", "%(account)\\t%(display_total)\\n"],
    "year": ["register", "Raised", "--yearly", "--collapse", "--format", '%(format_date(date, "%Y"))\\t%(amount)\\n'],
    "currency": ["balance", "Raised", "--depth", "1", "--no-total", "--format", "\\t%(display_total)\\n"],
}


def totals(_, output):
    """One line for each currency; of several lines the first has the key."""
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
