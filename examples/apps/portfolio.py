"""What an investor put in and what it holds, from the views of a ledger's file.

    python3 portfolio.py LEDGER INVESTOR

Prints what portfolio.cpp prints. INVESTOR is the name that the ledger uses.
"""
import collections
import decimal
import pathlib
import sqlite3
import sys


def main(ledger, investor):
    file = sqlite3.connect(pathlib.Path(ledger).absolute().as_uri() + "?mode=ro", uri=True)
    file.execute("BEGIN")  # both questions see one moment
    print(investor + "\n")
    put_in = collections.defaultdict(decimal.Decimal)
    # Also what was paid to a holder of old shares, which the company did not raise.
    for date, company, round_, amount, currency, lead, paid in file.execute(
            "SELECT date, company, round, amount_decimal, amount_currency, lead,"
            " counts OR coalesce(status, '') NOT IN ('rumoured', 'cancelled') FROM investments"
            " WHERE investor = ? ORDER BY coalesce(date, '~'), company, round", [investor]):
        if amount is not None and paid:
            put_in[currency] += decimal.Decimal(amount)
        print(date or "no date", company, round_, f"{amount} {currency}" if amount is not None else "undisclosed",
              *["lead"] * bool(lead), *["not paid"] * (not paid), sep="  ")
    for currency, amount in sorted(put_in.items()):
        print("put in", amount, currency)
    print()
    worth = collections.defaultdict(decimal.Decimal)
    for company, security_class, shares, value, currency, gap in file.execute(
            "SELECT company, security_class, shares, value_decimal, currency, gap FROM positions"
            " WHERE investor = ? ORDER BY company, security_class", [investor]):
        if value is not None:
            worth[currency] += decimal.Decimal(value)
        print(company, security_class or "all classes", f"{shares or 'untold'} shares",
              f"{value} {currency}" if value is not None else gap, sep="  ")
    for currency, amount in sorted(worth.items()):
        print("worth", amount, currency)


if __name__ == "__main__":
    decimal.getcontext().prec = 60
    main(*sys.argv[1:])
