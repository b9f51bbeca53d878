"""The inputs of the growth tests: facts lines of one kind of size, n of it. Everything is made up."""

import datetime
import json

FIRST_DAY = datetime.date(1990, 1, 1)
FIRST_TIME = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)


def day(i):
    return (FIRST_DAY + datetime.timedelta(days=i)).isoformat()


def at_own_times(lines):
    """The same lines, each recorded a second after the one before."""
    return [
        dict(line, recorded=(FIRST_TIME + datetime.timedelta(seconds=i)).strftime("%Y-%m-%dT%H:%M:%SZ"))
        for i, line in enumerate(lines)
    ]


def a_round(i, **fields):
    line = {"kind": "round", "round": f"round-{i}", "company": "Acme", "closed": day(i), "raised": f"{i + 1} million USD"}
    return {**line, **fields}


def rounds(n):
    return [a_round(i, instrument="equity") for i in range(n)]


def rounds_with_on(n):
    return [a_round(i, on=day(i)) for i in range(n)]


def rounds_at_own_times(n):
    return at_own_times(rounds(n))


def stated_totals(n):
    """Half of them disagree, so that every explanation is tried."""
    source = {"kind": "source", "id": "paper", "type": "press"}
    totals = [
        {"kind": "stated_total", "company": "Acme", "on": day(i), "source": "paper",
         "amount": f"{(i + 1) * (i + 2) // 2 + i % 2 * 7} million USD"}
        for i in range(n)
    ]
    return [source] + rounds(n) + totals


def closings(n):
    lines = [{"kind": "round", "round": "round-0", "company": "Acme"}]
    return lines + [
        {"kind": "closing", "round": "round-0", "on": day(i), "amount": f"{i + 1} million USD"} for i in range(n)
    ]


def closings_of_a_sum(n):
    """The same beside a sum for the whole round."""
    lines = closings(n)
    lines[0]["raised"] = f"{n * (n + 1) // 2} million USD"
    lines[0]["closed"] = day(n)
    return lines


def corrections(n):
    lines = [{"kind": "metric", "key": "k0", "company": "Acme", "name": "users", "on": day(0), "value": "1"}]
    for i in range(1, n):
        lines.append(dict(lines[0], key=f"k{i}", value=str(i + 1), supersedes=f"k{i - 1}"))
    return lines


def corrections_at_own_times(n):
    return at_own_times(corrections(n))


def retractions(n):
    lines = corrections(1)
    for i in range(1, n):
        lines.append({"kind": "retraction", "key": f"k{i}", "of": f"k{i - 1}", "reason": "a mistake"})
    return lines


def retractions_at_own_times(n):
    return at_own_times(retractions(n))


def corrected_source(n):
    lines = [{"kind": "source", "key": "s0", "id": "paper", "type": "press"}]
    for i in range(100):
        lines.append({"kind": "round", "round": f"round-{i}", "company": f"Company {i}", "closed": day(i),
                      "raised": "1 million USD", "source": "paper"})
    for i in range(1, n):
        lines.append({"kind": "source", "key": f"s{i}", "id": "paper", "type": "press", "title": f"Edition {i}",
                      "supersedes": f"s{i - 1}"})
    return lines


def united_parties(n):
    lines = [{"kind": "party", "name": f"Fund {i}", "type": "fund"} for i in range(n)]
    return lines + [{"kind": "party", "name": f"Fund {i}", "aliases": [f"Fund {i + 1}"]} for i in range(n - 1)]


def lines_on_a_party(n):
    return [{"kind": "party", "name": "Acme", "founded": str(1900 + i % 100), "market": f"Market {i}"} for i in range(n)]


def parties_of_an_alias(n):
    return [{"kind": "party", "name": f"Fund {i}", "aliases": ["The Fund"], "ids": {"cik": f"{i:010}"}} for i in range(n)]


def investors(n):
    lines = [{"kind": "round", "round": "round-0", "company": "Acme", "closed": day(0), "raised": "1 billion USD"}]
    return lines + [
        {"kind": "participation", "round": "round-0", "investor": f"Fund {i}", "amount": f"{i + 1} thousand USD"}
        for i in range(n)
    ]


def investors_at_own_times(n):
    return at_own_times(investors(n))


def participations(n):
    """One investor in a round each of n companies."""
    lines = []
    for i in range(n):
        lines.append({"kind": "round", "round": f"round-{i}", "company": f"Company {i}", "closed": day(i),
                      "raised": "1 million USD"})
        lines.append({"kind": "participation", "round": f"round-{i}", "investor": "Fund", "amount": "1 thousand USD"})
    return lines


def companies(n):
    """What a ledger mostly holds: a company with a round, a source and two investors."""
    lines = []
    for i in range(n):
        source = {"source": f"report-{i}"}
        lines.append({"kind": "source", "id": f"report-{i}", "type": "press", "published": day(i)})
        lines.append({"kind": "round", "round": f"round-{i}", "company": f"Company {i}", "closed": day(i),
                      "raised": f"{i + 1} million USD", **source})
        for fund in (i, i + 7):
            lines.append({"kind": "participation", "round": f"round-{i}", "investor": f"Fund {fund % 100}", **source})
    return lines


def market(n, first=0):
    """Some of every kind of line: 10 lines a company, and a few on nothing but rates and markets."""
    lines = []
    for i in range(first, first + n):
        source = {"source": f"report-{i}"}
        company = {"company": f"Company {i}"}
        on_round = {"round": f"round-{i}"}
        lines += [
            {"kind": "source", "id": f"report-{i}", "type": "database", "published": day(i)},
            {"kind": "party", "name": f"Company {i}", "type": "company", "market": f"Market {i % 20}", "aliases": [f"C{i} Inc"]},
            {"kind": "round", **on_round, **company, "closed": day(i), "raised": f"{i + 1} million {('USD', 'EUR')[i % 2]}",
             "instrument": "equity", "stage": "seed", "shares_issued": 1000, "price_per_share": "2.5 USD", **source},
            {"kind": "closing", **on_round, "on": day(i), "amount": f"{i % 7 + 1}00 thousand USD", **source},
            {"kind": "valuation", **company, **on_round, "on": day(i), "basis": "post-money", "amount": f"{i + 9} million USD", **source},
            {"kind": "stated_total", **company, "on": day(i + 1), "amount": f"{i + 1} million USD", **source},
            {"kind": "metric", **company, "name": "revenue", "per": "year", "on": day(i), "value": f"{i + 1} thousand USD", **source},
            {"kind": "remark", "about": f"Company {i}", "text": f"Remark {i}", **source},
        ]
        for fund in (i, i + 7):
            lines.append({"kind": "participation", **on_round, "investor": f"Fund {fund % 100}", "shares": 10, "lead": fund == i, **source})
    for i in range(n // 10 + 1):
        lines.append({"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": day(i), "rate": "1.1"})
        lines.append({"kind": "market_total", "market": f"Market {i}", "period": "2024", "amount": "1 billion USD"})
    return lines


def table(n, path):
    """A table of rounds, for `import csv --map rounds`."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("company,series,date,amount,currency\n")
        for i in range(n):
            out.write(f"Company {i},Seed,{day(i)},{i + 1}000000,USD\n")


def reference_rates(n, path):
    """A table of rates as the ECB has them."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("Date,USD,JPY,\n")
        for i in reversed(range(n)):
            out.write(f"{day(9862 + i)},1.{i % 9000 + 1000},1{i % 90 + 10}.5,\n")


def write(lines, path):
    with open(path, "w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(line) + "\n")
