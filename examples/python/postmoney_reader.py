"""Reads a ledger with Python's standard library alone: opened read-only, money as Decimal.

    import postmoney_reader

    with postmoney_reader.open_ledger("acme.db") as ledger:
        for total in ledger.total_raised("Acme", as_of="2024-11-30"):
            print(total["known"], total["currency"])

    python3 postmoney_reader.py acme.db "Acme" [--as-of DAY] [--known-at TIME]

What counts, which claim wins and what a total is stands in the rows that the views of schema/README.md read; nothing of
that is decided here. Money is a Decimal in the scale of its currency, None where it is undisclosed, open or cannot be told.
Needs Python 3.9 with SQLite 3.37.
"""

import argparse
import datetime
import decimal
import pathlib
import sqlite3
import sys

APPLICATION_ID = 0x504D4E59  # "PMNY"
KNOWN_SCHEMA = 1
LAST_TIME = 253402300799999998  # the latest time at which something can be known, in microseconds
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class LedgerError(Exception):
    """The file is no ledger that can be read here, or a question cannot be answered."""


def open_ledger(path):
    """The ledger in the file, which is not written to. Raises LedgerError for another file."""
    if sqlite3.sqlite_version_info < (3, 37):
        raise LedgerError(f"SQLite {sqlite3.sqlite_version} does not know STRICT tables; 3.37 does")
    if not pathlib.Path(path).is_file():
        raise LedgerError(f"{path}: there is no such file")
    return Ledger(path)


def microseconds(time):
    """The time as the file keeps it: microseconds since 1970. Takes an aware datetime, or text such as
    2025-01-02T08:00:00Z. Raises LedgerError for anything else."""
    if isinstance(time, str):
        text = time[:-1] + "+00:00" if time.endswith("Z") else time
        try:
            time = datetime.datetime.fromisoformat(text)
        except ValueError as error:
            raise LedgerError(f'got "{time}", expected a time such as 2025-01-02T08:00:00Z') from error
    if not isinstance(time, datetime.datetime) or time.tzinfo is None:
        raise LedgerError(f'got "{time}", expected a time with its offset from UTC, such as 2025-01-02T08:00:00Z')
    return (time - EPOCH) // datetime.timedelta(microseconds=1)


def day_text(day):
    """The day as YYYY-MM-DD. Takes a date, or such a text. Raises LedgerError for anything else."""
    try:
        return (day if isinstance(day, datetime.date) else datetime.datetime.strptime(day, "%Y-%m-%d")).strftime("%Y-%m-%d").zfill(10)
    except (TypeError, ValueError) as error:
        raise LedgerError(f'got "{day}", expected a day such as 2024-11-30') from error


class Ledger:
    """A ledger that is open for reading. Each question takes `known_at`, what was recorded by then, and where it says so
    `as_of`, the world of that day; without them, what is known now of all days."""

    def __init__(self, path):
        uri = pathlib.Path(path).resolve().as_uri() + "?mode=ro"
        try:
            self._file = sqlite3.connect(uri, uri=True)
            self._file.row_factory = sqlite3.Row
            (application,) = self._file.execute("PRAGMA application_id").fetchone()
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{path}: {error}") from error
        if application != APPLICATION_ID:
            self.close()
            raise LedgerError(f"{path}: is no ledger of postmoney")
        (reader,) = self._file.execute("SELECT min_reader FROM ledger").fetchone()
        if reader > KNOWN_SCHEMA:
            self.close()
            raise LedgerError(f"{path}: needs a reader of schema {reader}, this one knows {KNOWN_SCHEMA}")

    def close(self):
        """Closes the file."""
        self._file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def query(self, sql, parameters=()):
        """The rows of any SELECT as dicts: ..._decimal as Decimal, all else as SQLite has it."""
        return [_row(row) for row in self._file.execute(sql, parameters)]

    def companies(self):
        """The names of the companies that have a round, in order."""
        return [row["company"] for row in self.query("SELECT DISTINCT company FROM rounds ORDER BY company")]

    def total_raised(self, company, as_of=None, known_at=None):
        """What a company raised, a dict a currency: company, currency, known, lower, upper (None: open), rounds, undisclosed,
        rounds_untold. The currency is None, and known 0, of a company of which nothing is disclosed."""
        by_day = as_of is not None
        sql = (
            "SELECT company, currency, known_minor, known_decimal, lower_decimal, upper_decimal, rounds, undisclosed, rounds_untold "
            f"FROM {'total_raised_over_time_known' if by_day else 'total_raised_known'} "
            "WHERE company = :company AND known_from <= :time AND known_to > :time "
            + ("AND valid_from <= :day AND valid_to > :day " if by_day else "")
            + "ORDER BY currency"
        )
        rows = self.query(sql, self._point(company, as_of, known_at))
        return [
            {
                "company": row["company"],
                "currency": row["currency"],
                "known": decimal.Decimal(0) if row["currency"] is None else row["known_decimal"],
                "lower": decimal.Decimal(0) if row["currency"] is None else row["lower_decimal"],
                "upper": row["upper_decimal"],
                "rounds": row["rounds"],
                "undisclosed": row["undisclosed"],
                "rounds_untold": row["rounds_untold"],
            }
            for row in rows
        ]

    def rounds(self, company, as_of=None, known_at=None):
        """The rounds of a company as resolved, by date: the columns of the view rounds. As of a day, those that had surely
        happened by then, and what is known of them."""
        sql = (
            "SELECT * FROM rounds_known WHERE company = :company AND known_from <= :time AND known_to > :time "
            + ("" if as_of is None else "AND valid_from <= :day ")
            + "ORDER BY valid_from, round"
        )
        return self.query(sql, self._point(company, as_of, known_at))

    def claims(self, company, as_of=None, known_at=None):
        """Every claim on a company that stood: the columns of the view claims_known. As of a day, those that held by then."""
        sql = (
            "SELECT * FROM claims_known WHERE company = :company AND known_from <= :time AND known_to > :time "
            + ("" if as_of is None else "AND (valid_from IS NULL OR valid_from <= :day) ")
            + "ORDER BY round, field, entry"
        )
        return self.query(sql, self._point(company, as_of, known_at))

    def left_out(self, company, known_at=None):
        """What of the money on record totals leave out, and why: the columns of the view left_out."""
        sql = (
            "SELECT company, reason, instrument, rounds, amount_minor, currency, amount_decimal FROM left_out_known "
            "WHERE company = :company AND known_from <= :time AND known_to > :time ORDER BY reason, instrument, currency"
        )
        return self.query(sql, self._point(company, None, known_at))

    def investments(self, investor):
        """What an investor took part in, as it stands now: the columns of the view investments."""
        return self.query("SELECT * FROM investments WHERE investor = ? ORDER BY date, company, round", (investor,))

    def _point(self, company, as_of, known_at):
        names = self.query("SELECT count(*) AS n FROM parties WHERE name = ?", (company,))[0]["n"]
        if names != 1:
            told = "no party has this name; the views go by the current one" if names == 0 else f"{names} parties have this name"
            raise LedgerError(f'got "{company}": {told}')
        time = LAST_TIME if known_at is None else min(microseconds(known_at), LAST_TIME)
        return {"company": company, "day": None if as_of is None else day_text(as_of), "time": time}


def _row(row):
    return {
        name: decimal.Decimal(row[name]) if row[name] is not None and name.endswith("decimal") else row[name] for name in row.keys()
    }


def main():
    parser = argparse.ArgumentParser(description="Prints what a company raised, of a ledger of postmoney.")
    parser.add_argument("ledger")
    parser.add_argument("company")
    parser.add_argument("--as-of", help="the world of that day, such as 2024-11-30")
    parser.add_argument("--known-at", help="what was recorded by then, such as 2025-01-02T08:00:00Z")
    arguments = parser.parse_args()
    try:
        with open_ledger(arguments.ledger) as ledger:
            for total in ledger.total_raised(arguments.company, arguments.as_of, arguments.known_at):
                print(f"{total['known']} {total['currency']} in {total['rounds']} rounds, {total['undisclosed']} undisclosed")
    except (LedgerError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
