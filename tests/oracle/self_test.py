#!/usr/bin/env python3
"""The oracle's own arithmetic and order, and the cases whose right answers were written by hand.

    python3 tests/oracle/self_test.py
"""
import itertools
import json
import os
import pathlib
import random
import unittest
from fractions import Fraction

import views
from amount import AGREE, DISAGREE, OTHER_CURRENCY, agreement, amount, decimal_text, exact_agrees, half_even
from canonical import canonical, digest, identity
from conversions import bringings
from dates import fixed_text, iso, last_day, microseconds, quarter, span
from doubts import doubts
from findings import Findings, conflicting_names
from generate import generate
from ledger import Store
from left_out import left_out
from oracle import build, line_of
from order import accession_key
from prices import last_priced, latest_valuation, price_to_revenue
from rounds import AMENDMENT
from shares import positions, price_steps, price_times_shares
from totals import NoRate, total_in, totals
from world import World

RECORDED = "2025-01-01T00:00:00Z"


def cases():
    """The folder of hand-written cases, which is beside the repository or beside a folder of worktrees."""
    if os.environ.get("POSTMONEY_CASES"):
        return pathlib.Path(os.environ["POSTMONEY_CASES"])
    places = [parent / "shared/data/cases/correctness" for parent in pathlib.Path(__file__).resolve().parents[3:]]
    return next((place for place in places if place.is_dir()), places[0])


CASES = cases()


def usd(text):
    return amount(text, {})


def store_of(*files):
    """A store after files of lines, each recorded a day after the one before."""
    store = Store()
    for day, lines in enumerate(files, 1):
        refused = store.apply(lines, f"2025-01-{day:02}T00:00:00Z")
        assert not refused, refused
    return store


def world_of(store, time=None):
    return World(store.history(), store.units(), time and microseconds(time))


def dictionaries(table):
    columns, rows = table
    return [dict(zip(columns, row)) for row in rows]


class Values(unittest.TestCase):
    def test_amounts(self):
        for text, known, lower, upper in (
                ("134.68 million USD", 13468000000, 13468000000, 13468000000),
                ("about 2 million USD", 200000000, 100000000, 300000000),
                ("about 1.50 million USD", 150000000, 149000000, 151000000),
                ("about 0 JPY", 0, 0, 1),
                ("at least 5 USD", 500, 500, None),
                ("more than 40 billion USD", 4000000000000, 4000000000000, None),
                ("at most 5 million USD", 0, 0, 500000000),
                ("less than 3 JPY", 0, 0, 3),
                ("between 2 and 3 million USD", 200000000, 200000000, 300000000),
                ("between 900 thousand and 1 million USD", 90000000, 90000000, 100000000),
                ("12345678901234.56 USD", 1234567890123456, 1234567890123456, 1234567890123456),
                ("undisclosed", None, None, None)):
            stated = usd(text)
            self.assertEqual((stated.known_minor, stated.lower_minor, stated.upper_minor), (known, lower, upper), text)

    def test_agreement(self):
        for a, b, outcome in (
                ("12 billion USD", "12134680000.00 USD", AGREE), ("12.0 billion USD", "12134680000.00 USD", DISAGREE),
                ("11 billion USD", "12.13468 billion USD", DISAGREE), ("1.4 million USD", "1 million USD", AGREE),
                ("1.5 million USD", "2 million USD", AGREE), ("2.5 million USD", "2 million USD", AGREE),
                ("about 3 million USD", "3.9 million USD", AGREE), ("undisclosed", "5 USD", AGREE),
                ("5 million USD", "5 million EUR", OTHER_CURRENCY),
                ("more than 1 million USD", "1.4 million USD", AGREE),
                ("at most 4 million USD", "7 million USD", DISAGREE)):
            self.assertEqual(agreement(usd(a), usd(b)), outcome, (a, b))
            self.assertEqual(agreement(usd(b), usd(a)), outcome, (b, a))
        self.assertTrue(exact_agrees(Fraction(25, 2) * 10**9, usd("12 billion USD")))  # half to even
        self.assertFalse(exact_agrees(Fraction(27, 2) * 10**9, usd("13 billion USD")))

    def test_rounding_and_printing(self):
        self.assertEqual([half_even(Fraction(n, 2)) for n in (1, 3, 5, -1, -3)], [0, 2, 2, 0, -2])
        self.assertEqual(decimal_text(-50, 2), "-0.50")
        self.assertEqual(decimal_text(150050, 2), "1500.50")
        self.assertEqual(decimal_text(7, 0), "7")

    def test_dates(self):
        self.assertEqual([iso(day) for day in span("2024-Q1")], ["2024-01-01", "2024-03-31"])
        self.assertEqual([iso(day) for day in span("2024-02")], ["2024-02-01", "2024-02-29"])
        self.assertEqual([iso(day) for day in span("2023")], ["2023-01-01", "2023-12-31"])
        self.assertEqual([quarter(date) for date in ("2024", "2024-Q3", "2024-12", "2024-05-06")],
                         [None, "2024-Q3", "2024-Q4", "2024-Q2"])
        self.assertEqual(fixed_text(microseconds("2024-12-24T09:30:00.5Z")), "2024-12-24T09:30:00.500000Z")
        self.assertEqual(microseconds("1970-01-02T00:00:01Z"), 86_401_000_000)

    def test_identity(self):
        body = canonical({"kind": "source", "id": "ü", "type": "press", "recorded": RECORDED})
        self.assertEqual(body, '{"id":"ü","kind":"source","type":"press"}')
        one = identity(body)
        self.assertEqual(digest([one, "00" * 32]), digest(["00" * 32, one]))


class Order(unittest.TestCase):
    def test_accession_numbers(self):
        ordered = [None, "paper 1", "paper 2", "0000000009-93-000009", "0000000001-99-000001", "0000000001-00-000007",
                   "0000000001-24-000003", "0000000002-24-000003", "0000000001-24-000004"]
        keys = [accession_key(text) for text in ordered]
        self.assertEqual(keys, sorted(keys))

    def test_any_order_of_arrival_gives_the_same(self):
        """Lines recorded at one time have no order, and the order among claims is transitive and total."""
        rng = random.Random(7)
        lines = [{"kind": "source", "id": f"f{n}", "type": "filing", "published": "2024-01-01",
                  **({"accession": f"0000000001-24-00000{n}"} if n % 2 else {})} for n in range(1, 6)]
        claims = [{"kind": "round", "round": "r", "company": "Acme", "raised": f"{n} million USD", "source": f"f{n}"}
                  for n in range(1, 6)]
        outcomes = set()
        for _ in range(20):
            rng.shuffle(claims)
            world = world_of(store_of(lines, claims))
            outcomes.add(tuple(entry.id for entry, _ in world.companies["Acme"].rounds[0].claims("raised")))
        self.assertEqual(len(outcomes), 1)

    def test_ranks_are_total(self):
        for seed in range(1, 40):
            world = world_of(build(generate(seed).steps)[0][0])
            ranks = list(world.ranks.values())
            self.assertEqual(len(set(ranks)), len(ranks))
            for a, b in itertools.combinations(ranks, 2):
                self.assertNotEqual(a < b, b < a)


class Sums(unittest.TestCase):
    def test_as_of_a_day_before_the_last_of_a_date_that_days_rate_converts(self):
        rates = [{"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": on, "rate": rate}
                 for on, rate in (("2024-06-05", "2"), ("2024-06-30", "3"))]
        world = world_of(store_of([*rates, {"kind": "round", "round": "r", "company": "Acme", "closed": "2024-06",
                                            "raised": "10 EUR"}]))
        for as_of, known, upper in (("2024-06-12", 0, 2000), ("2024-06-30", 3000, 3000)):
            total, = total_in(world, world.companies["Acme"], "USD", last_day(as_of))
            self.assertEqual((total.known, total.upper), (known, upper))
        with self.assertRaises(NoRate):
            total_in(world, world.companies["Acme"], "USD", last_day("2024-06-13"))

    def test_what_is_sold_agrees_with_what_is_offered_to_the_digits_stated(self):
        for sold, severity in (("13 million USD", "ok"), ("13.0 million USD", "warning")):
            world = world_of(store_of([{"kind": "round", "round": "r", "company": "Acme", "raised": sold,
                                        "offered": "12.75 million USD"}]))
            found = [row[1] for row in Findings(world, world.companies["Acme"]).rows if row[0] == "offering"]
            self.assertEqual(found, [severity])


class Standing(unittest.TestCase):
    CHAIN = [[{"kind": "round", "key": "k0", "round": "r", "company": "Acme", "raised": "1 USD"}],
             [{"kind": "round", "key": "k1", "round": "r", "company": "Acme", "raised": "2 USD", "supersedes": "k0"}],
             [{"kind": "round", "key": "k2", "round": "r", "company": "Acme", "raised": "3 USD", "supersedes": "k1"}]]

    def standing(self, *retractions):
        world = world_of(store_of(*self.CHAIN, *([{"kind": "retraction", "key": f"r-{key}", "of": key, "reason": "x"}]
                                                 for key in retractions)))
        return sorted(entry.line["key"] for entry in world.entries
                      if entry.kind == "round" and world.stands(entry))

    def test_a_correction_is_final(self):
        self.assertEqual(self.standing(), ["k2"])
        self.assertEqual(self.standing("k2"), ["k1"])
        self.assertEqual(self.standing("k1"), ["k2"])
        self.assertEqual(self.standing("k1", "k2"), ["k0"])
        self.assertEqual(self.standing("k0"), ["k2"])
        self.assertEqual(self.standing("k2", "r-k2"), ["k2"])
        self.assertEqual(self.standing("k2", "r-k2", "r-r-k2"), ["k1"])

    def test_at_each_time(self):
        store = store_of(*self.CHAIN)
        for day, key in ((1, "k0"), (2, "k1"), (3, "k2")):
            world = world_of(store, f"2025-01-{day:02}T00:00:00Z")
            self.assertEqual([entry.line["key"] for entry in world.entries if world.stands(entry)], [key])

    def test_a_superseded_retraction(self):
        world = world_of(store_of(*self.CHAIN[:1], [{"kind": "retraction", "key": "r", "of": "k0", "reason": "x"}],
                                  [{"kind": "retraction", "of": "r", "reason": "y", "supersedes": "r"}]))
        self.assertEqual({entry.line.get("key"): world.stands(entry) for entry in world.entries},
                         {"k0": True, "r": False, None: True})


class Rounds(unittest.TestCase):
    def handles(self, *lines):
        return [one.handle for one in world_of(store_of(*[[dict(line, kind="round", company="Acme")] for line in lines])
                                               ).companies["Acme"].rounds]

    def test_joined(self):
        self.assertEqual(self.handles({"round": "b", "amends": "a"}, {"round": "a"}), ["a"])
        self.assertEqual(self.handles({"round": "a"}, {"round": "b", "amends": "a"}, {"round": "c", "amends": "b"}),
                         ["a"])
        self.assertEqual(self.handles({"round": "b", "amends": "x"}, {"round": "c", "amends": "x"}), ["b"])
        same = {"attributes": {"fileNumber": "021-1"}}
        self.assertEqual(self.handles({"round": "b", **same}, {"round": "a", **same}, {"round": "c"}), ["a", "c"])

    def test_amendments_of_what_is_not_on_record(self):
        def notices(*lines):
            filings = [{"kind": "source", "id": f"s{n}", "type": "filing", "published": published}
                       for n, (_, published, _, _) in enumerate(lines)]
            rounds = [{"kind": "round", "company": "Acme", "source": f"s{n}", "round": handle, "first_sale": sale,
                       "attributes": {AMENDMENT: "true"} if amends else {}}
                      for n, (handle, _, sale, amends) in enumerate(lines)]
            company = world_of(store_of(filings + rounds)).companies["Acme"]
            return [one.handle for one in company.rounds], company.gaps

        first = ("d", "2024-03-10", "2024-03-01", False)
        self.assertEqual(notices(first, ("a", "2024-05-10", "2024-03-01", True)), (["d"], []))
        self.assertEqual(notices(first, ("a", "2024-05-10", "2024-03-02", True)), (["a", "d"], []))
        self.assertEqual(notices(first, ("a", "2024-03-09", "2024-03-01", True)), (["a", "d"], []))
        again = ("b", "2024-06-10", "2024-03-01", True)
        self.assertEqual(notices(first, again, ("a", "2024-05-10", "2024-03-01", True)), (["d"], []))
        self.assertEqual(notices(first, ("e", "2024-03-11", "2024-03-01", False), again), (["b", "d", "e"], ["b"]))


MILLION = 10**8  # cents


def source(name, kind=None, published=None, **more):
    line = {"kind": "source", "id": name, "type": kind or name}
    return dict(line, published=published, **more) if published else dict(line, **more)


def of(round_, **fields):
    return {"kind": "round", "round": round_, "company": "Acme", **fields}


def closing(on, millions, source_=None, round_="r", **fields):
    line = {"kind": "closing", "round": round_, "on": on, "amount": f"{millions} million USD", **fields}
    return dict(line, source=source_) if source_ else line


def acme(*lines):
    """Acme after lines, sources first, all recorded at one time."""
    order = {"source": 0, "round": 1}
    return world_of(store_of(sorted(lines, key=lambda line: order.get(line["kind"], 2)))).companies["Acme"]


class Brings(unittest.TestCase):
    """What a round brings: each rule of the contract and each of its examples, in millions of dollars."""

    def total(self, lines, as_of=None, currency="USD", instruments=("equity", "safe", "convertible-note", None)):
        """(known, lower, upper) in millions, None without a row."""
        rows = totals(acme(*lines), as_of and last_day(as_of), instruments)
        found = [row for row in rows if row.currency == currency]
        return tuple(value if value is None else Fraction(value, MILLION) for value in found[0][1:4]) if found else None

    def known(self, lines, *days):
        return [None if found is None else found[0] for found in (self.total(lines, day) for day in days)]

    def test_an_amendment_holds_from_its_day(self):
        lines = [source("d", "filing", "2024-01-12"), source("da", "filing", "2024-12-12"),
                 of("r", first_sale="2024-01-05", raised="2 million USD", source="d"),
                 of("ra", amends="r", raised="4.5 million USD", source="da")]
        self.assertEqual(self.known(lines, "2024-06-30", "2024-12-11", "2024-12-12", None),
                         [2, 2, Fraction(9, 2), Fraction(9, 2)])

    def test_until_when_a_line_holds(self):
        def spans(first, second):
            company = acme(source("a", "press", "2024-01-01", publisher="Wire"),
                           source("b", "press", "2024-02-01", publisher="Wire"), source("c", "press", "2024-02-01"),
                           source("d", "filing", "2024-03-01"), of("r", **first), of(second.get("round", "r"), **{
                               name: value for name, value in second.items() if name != "round"}))
            one, = company.rounds
            return {line.line["note"]: one.times()[line.id][1] for line in one.lines}["first"]
        start = {"note": "first", "on": "2024-01-01", "raised": "1 USD"}
        later = {"note": "second", "on": "2024-03-01", "raised": "2 USD"}
        end, never = last_day("2024-02-29"), 10**9
        self.assertEqual(spans(dict(start, source="a"), dict(later, source="b")), end)  # of one publisher
        self.assertEqual(spans(dict(start, source="a"), dict(later, source="c")), never)
        self.assertEqual(spans(dict(start, source="a"), dict(later, source="c", round="ra", amends="r")), end)
        self.assertEqual(spans(dict(start, source="a"), dict(later, source="d", round="ra", amends="r")), never)
        self.assertEqual(spans(dict(start, source="b"), dict(later, source="a")), never)  # does not come before it
        self.assertEqual(spans(dict(start), dict(later, round="ra", amends="r")), end)

    def test_what_holds_no_longer_counts_where_its_type_says_nothing_else(self):
        lines = [source("d", "filing", "2024-01-12"), source("da", "filing", "2024-12-12"),
                 of("r", closed="2024-01-05", raised="2 million USD", source="d"),
                 of("ra", amends="r", raised="undisclosed", source="da")]
        self.assertEqual(self.known(lines, "2024-12-31"), [2])

    def test_a_tranche_told_of_twice(self):
        lines = [source("filing", published="2024-02-01"), source("press", published="2024-03-01"),
                 of("r"), closing("2024-01-10", 20, "filing"), closing("2024-01", 20, "press", name="first close")]
        self.assertEqual(self.total(lines), (20, 20, 20))
        lines[-1] = closing("2024-01", 21, "press")  # neither the amount nor the day
        self.assertEqual(self.total(lines), (41, 41, 41))
        lines[-1] = closing("2024-01-10", 21, "press")
        self.assertEqual(self.total(lines), (20, 20, 20))
        lines += [closing("2024-01-10", 5, "filing", name="second")]  # of the same source: another one
        self.assertEqual(self.total(lines), (25, 25, 25))

    def test_a_rumour_yields_to_a_filing(self):
        rumour = of("r", status="rumoured", raised="about 5 billion USD", source="press")
        lines = [source("press", published="2024-10-20"), source("filing", published="2024-09-05"), rumour]
        self.assertIsNone(self.total(lines))
        filed = of("r", raised="6 billion USD", source="filing", first_sale="2024-08-20")
        self.assertEqual(self.total([*lines, filed]), (6000, 6000, 6000))
        self.assertIsNone(self.total([*lines, dict(filed, raised="0 USD", source="press"), of("r", closed="2024")]))

    def test_a_cancelled_round_brings_what_had_come(self):
        lines = [source("press", published="2024-06-30"), source("company", published="2024-07-01"),
                 source("filing", published="2024-01-05"), of("r", status="cancelled", source="company"),
                 closing("2024-07-01", 4, "press"), closing("2024-01-05", 3, "company"),
                 of("r", raised="30 million USD", announced="2023-12-24", source="press")]
        self.assertEqual(self.total(lines), (3, 3, 3))  # not what the press says was sought and closed
        self.assertEqual(self.known(lines, "2024-01-04", "2024-01-05"), [None, 3])
        filed = of("r", raised="10 million USD", source="filing", announced="2024-01-02")
        self.assertIsNone(self.total([*lines[:4], dict(filed, source="press")]))
        late = dict(filed, status="cancelled", on="2024-02")
        self.assertEqual(self.total([*lines[:3], late]), (10, 10, 10))
        self.assertEqual(self.known([*lines[:3], late], "2024-02-29"), [10])
        own = dict(late, source="company", closed="2024-03", on="2024-02")
        self.assertIsNone(self.total([*lines[:3], own]))
        self.assertEqual(self.total([*lines[:3], dict(own, closed="2024-01")]), (10, 10, 10))

    def test_a_rumour_yields_to_its_equals_whenever_they_spoke(self):
        lines = [source("early", "company", "2024-01"), source("late", "company", "2024-09"),
                 of("r", status="rumoured", source="late"), of("r", raised="6 million USD", source="early")]
        self.assertEqual(self.total(lines), (6, 6, 6))
        self.assertIsNone(self.total([*lines[:3], dict(lines[3], status="rumoured")]))
        self.assertIsNone(self.total([*lines[:2], of("r", status="cancelled", source="late"), lines[3]]))
        late = of("r", status="cancelled", source="early")  # the company's word of January does not undo September's
        self.assertEqual(self.total([*lines[:2], late, of("r", raised="6 million USD", source="late")]), (6, 6, 6))

    def test_undisclosed(self):
        lines = [of("r", announced="2024-05"), closing("2024-03-01", 5, instrument="debt"), closing("2024-04", 7)]
        self.assertEqual(self.known(lines, "2024-03-31", "2024-04-29", "2024-04-30"), [None, 0, 7])
        self.assertEqual(self.total(lines, instruments=("debt",)), (5, 5, 5))
        self.assertEqual([row.undisclosed for row in totals(acme(*lines, of("s", closed="2024-01")))], [1])
        self.assertEqual(self.total([*lines, of("s", closed="2024-01")]), (7, 7, None))
        self.assertEqual(self.total([*lines, dict(closing("2024-06-01", 1), amount="undisclosed")]), (7, 7, None))

    def test_other_instruments(self):
        lines = [of("r", announced="2019-10-22", raised="9.5 billion USD", instrument="other"),
                 closing("2019-10-30", 1500, name="equity", instrument="equity"),
                 closing("2020-02", 5000, name="debt", instrument="debt")]
        for instrument, known in (("equity", 1500), ("debt", 5000), ("other", 3000)):
            self.assertEqual(self.total(lines, instruments=(instrument,)), (known, known, known))
        self.assertEqual(self.total(lines, "2019-12-31", instruments=None), (4500, 4500, 4500))

    def test_an_undisclosed_closing_of_another_instrument(self):
        debt = dict(closing("2024-05-01", 0, instrument="debt"), amount="undisclosed")
        for lines in ([of("r", closed="2024-03-01", raised="10 million USD", instrument="equity"), debt],
                      [of("r", announced="2024-03-01", instrument="equity"), closing("2024-03-01", 10), debt]):
            self.assertEqual(self.total(lines), (10, 10, 10))
            self.assertEqual(totals(acme(*lines), last_day("2024-04-30"), ("debt",)), [])
            self.assertEqual(totals(acme(*lines), instruments=("debt",)), [(None, None, None, None, 1, 1, 0)])
            self.assertEqual(self.total(lines, instruments=("equity", "debt")), (10, 10, None))
            self.assertEqual(left_out(acme(*lines)), [("instrument", "debt", 1, None, None)])
            lines[-1] = dict(debt, instrument="safe")
            self.assertEqual((self.total(lines), left_out(acme(*lines))), ((10, 10, None), []))
        lines = [of("r", closed="2024-03-01", raised="10 million USD", instrument="debt"), dict(debt, instrument="equity")]
        self.assertEqual(totals(acme(*lines)), [(None, None, None, None, 1, 1, 0)])
        self.assertEqual(left_out(acme(*lines)), [("instrument", "debt", 1, 10 * MILLION, "USD"),
                                                  ("undisclosed", "equity", 1, None, None)])

    def test_closings_beside_a_bound(self):
        lines = [of("r", announced="2024-03-31", raised="at most 40 billion USD"), closing("2024-04-15", 10_000)]
        self.assertEqual(self.total(lines), (10_000, 10_000, 40_000))
        lines[0]["raised"] = "at most 4 billion USD"
        self.assertEqual(self.total(lines), (4000, 4000, 4000))

    def test_a_first_and_a_final_close(self):
        lines = [of("r", announced="2023-03-01", closed="2024-12-01", raised="30 million USD"),
                 closing("2023-03-01", 10, name="first"), closing("2024-12-01", 20, name="final")]
        self.assertEqual(self.known(lines, "2023-02-28", "2023-06-30", "2024-11-30", "2024-12-01"), [None, 10, 10, 30])
        self.assertEqual(self.total(lines, "2023-06-30"), (10, 10, 30))
        lines[0]["closed"] = "2024-06-30"  # before the last closing
        self.assertEqual(self.total(lines, "2024-07-01"), (10, 10, 10))
        self.assertEqual(self.known(lines, "2024-12-01"), [30])

    def test_without_a_date(self):
        lines = [of("r", raised="30 million USD"), closing("2023-03-01", 10)]
        self.assertEqual(self.total(lines, "2020-01-01"), (0, 0, 30))
        self.assertEqual(self.total(lines, "2024-01-01"), (10, 10, 30))
        self.assertEqual(self.total(lines), (30, 30, 30))

    def test_closings_in_another_currency(self):
        lines = [of("r", closed="2024", raised="30 million USD"),
                 dict(closing("2023-03-01", 1), amount="5 million EUR")]
        self.assertEqual([row.currency for row in totals(acme(*lines))], ["USD"])

    EARLY = (source("d", "filing", "2024-01-10"),
             of("r", filed="2024-01-10", raised="10 million USD", offered="50 million USD", source="d"))

    def test_closings_after_an_early_filing(self):
        lines = [*self.EARLY, closing("2024-05-01", 15), closing("2024-06-01", 25)]
        self.assertEqual(self.known(lines, "2024-01-09", "2024-01-10", "2024-05-01", None), [None, 10, 25, 50])
        self.assertEqual(self.total([*lines, closing("2024-07-01", 25)]), (50, 50, 50))  # no more than was offered
        self.assertEqual(self.total([*lines[:1], dict(lines[1], offered="10 million USD"), *lines[2:]]), (40, 40, 40))

    def test_a_final_word(self):
        final = of("r", closed="2024-09-30", raised="50 million USD", source="blog")
        lines = [*self.EARLY, source("blog", "company", "2024-10-01"), final]
        self.assertEqual(self.total(lines), (50, 50, 50))
        self.assertEqual(self.total(lines, "2024-09-29"), (10, 10, 50))
        self.assertEqual(self.total(lines, "2024-09-30"), (50, 50, 50))
        self.assertEqual(self.total([*lines[:3], dict(final, status="open")]), (10, 10, 50))
        self.assertEqual(self.total([*lines[:2], source("blog", "press", "2024-10-01"), final]), (10, 10, 50))
        self.assertEqual(self.total([*lines[:2], source("blog", "database", "2024-10-01"), final]), (50, 50, 50))
        self.assertEqual(self.total([*lines[:2], source("blog", "company", "2024-01"), final]), (10, 10, 50))
        at_least = dict(final, raised="at least 20 million USD")
        self.assertEqual(self.total([*lines[:3], at_least, closing("2024-05-01", 15)]), (25, 25, None))
        self.assertEqual(acme(*lines).rounds[0].raised().text, "50 million USD")

    def test_a_later_filing_under_one_file_number_holds_from_its_day(self):
        same = {"attributes": {"fileNumber": "021-1"}}
        lines = [source("d", "filing", "2024-01-12"), source("da", "filing", "2024-12-12"),
                 of("r", first_sale="2024-01-05", raised="2 million USD", source="d", **same),
                 of("ra", first_sale="2024-01-05", raised="4.5 million USD", source="da", **same)]
        self.assertEqual(self.known(lines, "2024-06-30", "2024-12-11", "2024-12-12", None), [2, 2, 4.5, 4.5])
        lines[1]["type"] = "company"  # no filing amends by its number alone
        self.assertEqual(self.known(lines, "2024-06-30", None), [2, 2])

    def test_a_final_word_is_not_below_what_is_filed(self):
        word = of("r", raised="3 million USD", source="blog")
        lines = [source("d", "filing", "2024-03-10"), source("blog", "company", "2024-06-10"),
                 of("r", filed="2024-03-10", raised="2 million USD", offered="10 million USD", source="d"), word]
        debt = dict(closing("2025-01-10", 0, instrument="debt"), amount="1.5 million USD")
        for day in ("2024-03-10", "2024-07-01", "2025-02-01", None):
            self.assertEqual(self.total([*lines, debt], day), (2, 2, 3))
        self.assertEqual(self.total([*lines, debt], instruments=None), (3.5, 3.5, 4.5))
        self.assertEqual(self.total([*lines, dict(debt, amount="1 million USD")], "2024-07-01"), (2, 2, 2))
        own = dict(closing("2025-01-10", 0), amount="1.5 million USD")
        self.assertEqual(self.total([*lines, own], "2024-07-01"), (2, 2, 3))
        self.assertEqual(self.total([*lines, own], "2025-02-01"), (3, 3, 3))
        between = dict(word, raised="between 3 and 4 million USD")
        self.assertEqual(self.total([*lines[:3], between, dict(debt, amount="2.5 million USD")]), (2, 2, 4))
        open_word = dict(word, status="open")  # no final one, but it may be right
        self.assertEqual(self.total([*lines[:3], open_word, debt], "2024-07-01"), (2, 2, 3))

    def test_what_was_brought_before_an_amendment_counts_on(self):
        lines = [source("d", "filing", "2024-01-12"), source("da", "filing", "2024-06-12"),
                 of("r", first_sale="2024-01-05", raised="9 million USD", source="d", on="2024-01-12"),
                 of("ra", amends="r", raised="12 million USD", closed="2024-12", filed="2024-12-01", source="da",
                    on="2024-06-12")]
        self.assertEqual(self.total(lines, "2024-06-11"), (9, 9, 9))
        self.assertEqual(self.total(lines, "2024-06-12"), (9, 9, 12))
        self.assertEqual(self.total(lines, "2024-12-01"), (12, 12, 12))

    def test_what_came_undisclosed_before_an_amendment_counts_on(self):
        lines = [of("r", announced="2023-01-10", raised="undisclosed"),
                 of("r", closed="2024-12-31", status="announced", on="2023-06-30")]
        for day in ("2023-06-29", "2023-07-01", "2024-12-31"):
            self.assertEqual(totals(acme(*lines), last_day(day)), [(None, None, None, None, 1, 1, 0)])
        lines[1]["raised"] = "30 million USD"
        self.assertEqual(self.total(lines, "2023-07-01"), (0, 0, 30))

    def test_a_safe_that_converts(self):
        safe = of("s", closed="2023-01-10", raised="2 million USD", instrument="safe")
        lines = [safe, of("r", closed="2024-03-10", instrument="equity", includes_conversions="2 million USD"),
                 closing("2024-01-10", 6), closing("2024-03-10", 4)]
        self.assertEqual(self.total(lines), (10, 10, 10))
        self.assertEqual(self.total(lines, "2024-01-10"), (6, 6, 8))  # which closing it was is not known yet
        self.assertEqual(self.total(lines[1:]), (8, 8, 10))  # not on record
        self.assertEqual(self.total([dict(safe, raised="undisclosed"), *lines[1:]]), (10, 10, None))
        lines[1] = dict(lines[1], includes_conversions="undisclosed")
        self.assertEqual(self.total(lines), (10, 2, 12))

    def test_safes_are_used_up_in_order(self):
        lines = [of("s", closed="2023-01-10", raised="2 million USD", instrument="safe")]
        for name, date in (("a", "2023-05-01"), ("b", "2024-05-01")):
            lines.append(of(name, closed=date, raised="10 million USD", instrument="equity",
                            includes_conversions="2 million USD"))
        self.assertEqual(self.total(lines), (18, 18, 20))
        lines[0]["closed"] = "2023-06"  # after the first of them
        self.assertEqual(self.total(lines), (18, 18, 20))
        self.assertEqual([one.missing for one in bringings(acme(*lines))], [2 * MILLION, 0, 0])

    def test_what_falls_on_a_safe_of_undisclosed_amount(self):
        safe = of("s", filed="2022", raised="undisclosed", instrument="safe")
        lines = [of("r", closed="2023-01-10", raised="100 million USD", includes_conversions="70 million USD"),
                 dict(closing("2022-01", 0, round_="s"), amount="undisclosed")]
        self.assertEqual(self.total([safe, *lines], "2022-03-03"), (0, 0, None))  # that closing may be of less
        self.assertEqual(self.total([safe, *lines], "2022-12-31"), (70, 70, None))
        self.assertEqual(self.total([dict(safe, filed="2022-12-31"), *lines], "2022-03-03"), (0, 0, None))
        self.assertIsNone(self.total([dict(safe, filed="2022-12-31"), lines[0]], "2022-03-03"))

    def test_conversions_above_what_was_raised(self):
        lines = [of("s", closed="2023", raised="9 million USD", instrument="safe"),
                 of("r", closed="2024-01-10", raised="5 million USD"), of("r", includes_conversions="8 million USD")]
        self.assertEqual(self.total(lines), (9, 9, 14))

    def test_conversions_in_another_currency(self):
        lines = [of("r", closed="2024-01-10", raised="10 million USD"), of("r", includes_conversions="2 million EUR")]
        self.assertEqual(self.total(lines), (10, 0, 10))
        self.assertEqual(totals(acme(*lines))[0].untold, 1)
        world = world_of(store_of([*lines, of("s", closed="2023-01-10", raised="2 million EUR", instrument="safe"), {
            "kind": "fx_rate", "base": "EUR", "quote": "USD", "on": "2024-01-09", "rate": "1.5"}]))
        company = world.companies["Acme"]
        self.assertEqual(total_in(world, company, "USD", None, (None,)), [("USD", 7 * MILLION, 7 * MILLION, 7 * MILLION,
                                                                          1, 0, 0)])

    def test_undisclosed_conversions_come_off_what_counts_on_in_another_currency(self):
        lines = [source("p", "press"), source("co", "company"),
                 of("r", closed="2022-03-25", raised="about 9 million USD", includes_conversions="undisclosed", source="p"),
                 of("r", closed="2022", raised="29 million EUR", on="2022-05-25", source="co")]
        for day in ("2022-05-24", "2022-05-25"):  # no new money has come
            self.assertEqual(self.total(lines, day), (9, 0, 10))

    def test_each_tranche_at_its_own_rate(self):
        rates = [{"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": on, "rate": rate}
                 for on, rate in (("2024-01-10", "2"), ("2024-06-10", "1"))]
        world = world_of(store_of([of("r", announced="2024-01-10", closed="2024-06-10", raised="30 million EUR"),
                                   dict(closing("2024-01-10", 0), amount="10 million EUR"), *rates]))
        company = world.companies["Acme"]
        self.assertEqual(total_in(world, company, "USD")[0].known, 40 * MILLION)
        self.assertEqual(sorted(row[4:7] for row in views.inflows(world)[1]),
                         [["2024-01-10", "EUR", 10 * MILLION], ["2024-06-10", "EUR", 20 * MILLION]])


class Prices(unittest.TestCase):
    def rounds(self, *rounds):
        """Rounds as (handle, date, instrument, pre-money, post-money) in millions, each raising 10 million."""
        lines = []
        for handle, date, instrument, pre, post in rounds:
            lines.append(of(handle, closed=date, raised="10 million USD", instrument=instrument))
            lines += [{"kind": "valuation", "company": "Acme", "round": handle, "basis": basis, "on": date,
                       "amount": f"{worth} million USD"} for basis, worth in (("pre-money", pre), ("post-money", post))
                      if worth]
        return acme(*lines)

    def last(self, company):
        return {one.handle: last and last.handle for one, last in last_priced(company).items()}

    def test_a_loan_is_worth_its_pre_money_and_sets_no_price(self):
        company = self.rounds(("a", "2023-01-10", "equity", None, 100), ("l", "2023-06-10", "debt", 100, None),
                              ("b", "2024-06-10", "equity", 120, None))
        self.assertEqual([one.valuation()[0::2][:2] for one in company.rounds],
                         [(100 * MILLION, "post-money"), (130 * MILLION, "pre-money + new money"),
                          (100 * MILLION, "pre-money")])
        self.assertEqual(self.last(company), {"a": None, "b": "a", "l": None})

    def test_pre_money_and_raised_have_the_qualifier_of_their_sum(self):
        def sums(*pres):
            return [self.rounds(("a", "2023-01-10", "equity", pre, None)).rounds[0].price() for pre in pres]
        self.assertEqual(sums(100, "about 100", "at least 100"),
                         [(110 * MILLION, "USD", 110 * MILLION, True), (110 * MILLION, "USD", 109 * MILLION, True),
                          (110 * MILLION, "USD", 110 * MILLION, False)])
        company = acme(of("r", raised="at most 10 million USD"), {
            "kind": "valuation", "company": "Acme", "round": "r", "basis": "pre-money", "on": "2024",
            "amount": "at least 100 million USD"})
        self.assertIsNone(company.rounds[0].price())
        self.assertTrue(company.rounds[0].priced)

    def test_the_last_round_is_surely_the_last(self):
        a, b = ("a", "2023-01-10", "equity", None, 100), ("b", "2024-06-10", "equity", 120, None)
        self.assertEqual(self.last(self.rounds(a, ("c", "2023-06", "equity", None, 110), b)),
                         {"a": None, "b": "c", "c": "a"})
        for date in ("2023", "2024"):  # it is not told whether c or a came last before b, nor whether c or b came first
            self.assertEqual(self.last(self.rounds(a, ("c", date, "equity", None, 110), b)), dict.fromkeys("abc"))

    def test_price_to_revenue(self):
        def ratio(*figures):
            lines = [of("r", closed="2024-03-10", raised="10 million USD"), {
                "kind": "valuation", "company": "Acme", "round": "r", "basis": "post-money", "on": "2024-03-10",
                "amount": "120 million USD"}]
            lines += [{"kind": "metric", "company": "Acme", "name": "revenue", "per": "year", "on": on,
                       "value": f"{value} million USD"} for on, value in figures]
            company = acme(*lines)
            return price_to_revenue(company, company.rounds[0])
        self.assertIsNone(ratio())
        self.assertEqual(ratio(("2023", 10), ("2024-03", 12), ("2024-Q1", 15), ("2024-04", 20)), (10, False))
        self.assertEqual(ratio(("2023", 10), ("2023-12", 12)), (10, False))
        self.assertEqual(ratio(("2024", 10), ("2024-Q1", 15)), (8, True))

    def test_latest_valuation(self):
        lines = [of("r", status="rumoured"), of("s")]
        for on, basis, worth, name in (("2024-06", "post-money", 5, "r"), ("2024-05", "pre-money", 4, "s"),
                                       ("2024-04", "unspecified", 3, None), ("2024-07", "409a", 1, None)):
            line = {"kind": "valuation", "company": "Acme", "basis": basis, "on": on, "amount": f"{worth} USD"}
            lines.append(dict(line, round=name) if name else line)
        company = acme(*lines)
        world = company.rounds[0].world
        self.assertEqual(latest_valuation(company, world)[1].text, "4 USD")
        self.assertEqual(latest_valuation(company, world, ("409a",))[1].text, "1 USD")
        lines += [dict(lines[-3], basis="post-money", amount="9 USD"), dict(lines[-3], amount="8 USD")]
        company = acme(*lines)
        self.assertEqual(latest_valuation(company, company.rounds[0].world)[1].text, "9 USD")

    def test_step_down(self):
        def steps(*rounds):
            company = self.rounds(*rounds)
            return [row[2:4] for row in Findings(company.rounds[0].world, company).rows if row[0] == "step-down"]
        a = ("a", "2023-01-10", "equity", None, 100)
        self.assertEqual(steps(a, ("b", "2024-01-10", "equity", 99, 120)), [("b", "pre-money")])
        self.assertEqual(steps(a, ("b", "2024-01-10", "equity", None, 99)), [("b", "pre-money")])
        self.assertEqual(steps(a, ("b", "2024-01-10", "equity", "at least 80", None)), [])
        self.assertEqual(steps(a, ("b", "2024-01-10", "equity", "less than 80", None)), [("b", "pre-money")])
        self.assertEqual(steps(a, ("b", "2024-01-10", "equity", "between 80 and 120", None)), [])
        self.assertEqual(steps(a, ("b", "2024-01-10", "equity", 100, None), ("c", "2024-02-10", "debt", 50, None)), [])


class Shares(unittest.TestCase):
    A = {"closed": "2023-01-10", "price_per_share": "30 USD"}
    B = {"closed": "2024-06-10", "price_per_share": "12 USD"}
    HELD = {"kind": "participation", "round": "a", "investor": "Blue Fund", "shares": 1000}

    def split(self, on="2024-05-01", ratio="3:1", **fields):
        return {"kind": "split", "company": "Acme", "on": on, "ratio": ratio, **fields}

    def steps(self, *lines):
        company = acme(*lines)
        return [row[1:] for row in price_steps(company.rounds[0].world, company)]

    def held(self, *lines):
        company = acme(*lines)
        return [row[4:] for row in positions(company.rounds[0].world, company)]

    def test_a_price_step_is_adjusted_for_splits(self):
        a, b = of("a", **self.A), of("b", **self.B)
        self.assertEqual(self.steps(a, b), [["a", "30", "0.4", None, None]])
        self.assertEqual(self.steps(a, self.split(), b), [["a", "10", "1.2", "3:1 on 2024-05-01", None]])
        self.assertEqual(self.steps(a, self.split("2024"), b), [["a", None, None, "3:1 on 2024", "split-order"]])

    def test_positions(self):
        a, b = of("a", **self.A), of("b", **self.B)
        self.assertEqual(self.held(a, self.HELD, self.split(), b),
                         [["3000", "3:1 on 2024-05-01", "12", "USD", "b", 3600000, None]])
        self.assertEqual(self.held(a, self.HELD, self.split(ratio="1:3")),
                         [["1000/3", "1:3 on 2024-05-01", "90", "USD", "a", 3000000, None]])
        self.assertEqual(self.held(of("a"), self.HELD, self.split(security_class="A")),
                         [[None, None, None, None, None, None, "split-class"]])

    def test_one_split_told_by_several(self):
        lines = [source("f", "filing", "2024-06-01"), source("p", "press", "2024-06-02")]
        told = self.split(source="f"), self.split("2024-05", "6:2", source="p")
        self.assertEqual(self.held(*lines, of("a", **self.A), self.HELD, *told)[0][0], "3000")
        two = self.split(source="f"), self.split("2024-05", "2:1", source="p")
        self.assertEqual(self.held(*lines, of("a", **self.A), self.HELD, *two)[0][-1], "maybe-one-split")

    def test_price_times_shares(self):
        def outcome(raised, **fields):
            company = acme(of("r", price_per_share="2.50 USD", shares_issued=2000000, raised=raised, **fields))
            return price_times_shares(company.rounds[0])[0]
        self.assertEqual([outcome(raised) for raised in ("5010000 USD", "5010000.01 USD", "5 million EUR")],
                         ["ok", "warning", "info"])
        self.assertEqual(outcome("7 million USD", includes_conversions="2 million USD"), "ok")
        self.assertEqual(outcome("7 million USD", includes_conversions="undisclosed"), "info")


class Finds(unittest.TestCase):
    def rows(self, *lines, code="competing-claims"):
        company = acme(*lines)
        return [row[1] for row in Findings(company.rounds[0].world, company).rows if row[0] == code]

    def doubts(self, *lines):
        company = acme(*lines)
        return [(code, severity, one and one.handle) for code, severity, one in doubts(company.rounds[0].world, company)]

    def test_claims_that_never_hold_together(self):
        lines = [source("d", "filing", "2024-01-12"), source("da", "filing", "2024-12-12"),
                 of("r", raised="2 million USD", source="d", on="2024-01-12"),
                 of("ra", amends="r", raised="4.5 million USD", source="da")]
        self.assertEqual(self.rows(*lines), [])
        self.assertEqual(self.rows(*lines, of("r", raised="3 million USD")), ["warning"])

    def test_a_final_word_is_not_held_against_the_filing(self):
        lines = [*Brings.EARLY, source("blog", "company", "2024-10-01"),
                 of("r", raised="50 million USD", source="blog")]
        self.assertEqual(self.rows(*lines), [])
        self.assertEqual(self.rows(*lines, of("r", raised="40 million USD")), ["warning"])

    def test_tranches_participations_metrics(self):
        lines = [source("filing"), source("press"), of("r")]
        for name, amount, lead in (("filing", 5, True), ("press", 8, False)):
            lines += [closing("2024-01-10", amount, name), {
                "kind": "participation", "round": "r", "investor": "Blue Fund", "source": name, "lead": lead,
                "amount": f"{amount} million USD"}, {
                "kind": "metric", "company": "Acme", "name": "revenue", "value": f"{amount}", "on": "2023",
                "source": name}]
        self.assertEqual(self.rows(*lines), ["warning"] * 4)

    def test_closings_in_another_currency(self):
        lines = [of("r", raised="5 million USD"), closing("2024-01-10", 5)]
        self.assertEqual(self.rows(*lines, code="closing-sum"), ["ok"])
        lines.append(dict(closing("2024-03-10", 1), amount="7 million EUR"))
        self.assertEqual(sorted(self.rows(*lines, code="closing-sum")), ["info", "ok"])

    def test_more_sold_than_the_company_is_worth(self):
        post = {"kind": "valuation", "company": "Acme", "round": "r", "basis": "post-money", "on": "2024",
                "amount": "4 million USD"}
        self.assertEqual(self.rows(of("r", raised="5 million USD"), post, code="pre-post"), ["warning"])
        self.assertEqual(self.rows(of("r", raised="5 million USD", instrument="debt"), post, code="pre-post"), [])

    def test_doubts(self):
        raised = of("r", closed="2024-01-10", raised="10 million USD")
        self.assertEqual(self.doubts(raised), [])
        self.assertEqual(self.doubts(raised, of("r", status="closed"), of("r", status="cancelled")),
                         [("counts-or-not", "warning", "r")])
        self.assertEqual(self.doubts(raised, of("r", includes_conversions="1 million USD")),
                         [("conversions-not-on-record", "info", "r")])
        self.assertEqual(self.doubts(raised, of("r", includes_conversions="1 million EUR")),
                         [("conversions", "info", "r")])
        self.assertEqual(self.doubts(raised, of("r", instrument="equity"), of("r", instrument="debt")),
                         [("counts-or-not", "warning", "r"), ("mixed-instruments", "warning", "r")])
        self.assertEqual(self.doubts(raised, closing("2024-01-10", 5, name="a"), closing("2024-02-10", 5, name="b")),
                         [("maybe-one-closing", "info", "r")])
        self.assertEqual(self.doubts(raised, dict(raised, round="s", closed="2024-07-08")),
                         [("maybe-one-round", "warning", "s")])
        self.assertEqual(self.doubts(raised, dict(raised, round="s", closed="2024-07-09")), [])


    def test_currencies_used_after_their_withdrawal(self):
        raised = of("r", closed="2002-04", raised="10 million DEM", offered="12 million DEM")
        self.assertEqual(self.doubts(raised), [("withdrawn-currency", "warning", "r")])
        self.assertEqual(self.doubts(dict(raised, offered="12 million FRF")), [("withdrawn-currency", "warning", "r")] * 2)
        for closed in ("2002-03-31", "2002"):
            self.assertEqual(self.doubts(dict(raised, closed=closed)), [])
        post = {"kind": "valuation", "company": "Acme", "basis": "mark", "on": "2026-02", "amount": "4 million BGN"}
        self.assertEqual(self.doubts(of("r"), post), [("withdrawn-currency", "warning", None)])
        self.assertEqual(self.doubts(of("r"), dict(post, on="2026-01-31")), [])
        self.assertEqual(self.doubts(of("r"), dict(post, round="r")), [("withdrawn-currency", "warning", "r")])


class Generated(unittest.TestCase):
    FIELDS = ("on", "closed", "announced", "first_sale", "filed", "published")

    def days(self, world, rng):
        days = {day for entry in world.entries for field in self.FIELDS if field in entry.line
                for first, last in [span(entry.line[field])] for day in (first - 1, first, last, last + 1)}
        return [None, *sorted(rng.sample(sorted(days), min(6, len(days))))]

    def test_bounds_and_order(self):
        rng = random.Random(1)
        for seed in range(1, 150):
            world = world_of(build(generate(seed).steps)[0][0])
            for company in world.companies.values():
                for day in self.days(world, rng):
                    for instruments in (None, ("equity",), ("equity", "safe", "convertible-note", None)):
                        rows = [*totals(company, day, instruments)]
                        try:
                            rows += total_in(world, company, "USD", day, instruments)
                        except NoRate:
                            pass
                        for total in rows:
                            if total.currency is not None:
                                self.assertLessEqual(0, total.lower, (seed, day))
                                self.assertLessEqual(total.lower, total.known, (seed, day))
                                self.assertTrue(total.upper is None or total.known <= total.upper, (seed, day))

    def test_any_order_of_lines_recorded_at_one_time(self):
        """Keys and ids are no part of it: they are the same, and each line has what it needs before it."""
        rng = random.Random(2)
        for seed in range(1, 60):
            made = generate(seed)
            if len(made.steps) != 1 or made.steps[0].get("bad"):
                continue
            lines = made.steps[0]["apply"]
            answers = set()
            for _ in range(3):
                store = Store()
                lines = rng.sample(lines, len(lines))
                left = sorted(lines, key=lambda line: line["kind"] not in ("currency", "party"))
                for _ in range(9):  # a line that is refused needs one that comes later
                    refused = {number - 1 for number, _ in store.apply(left, RECORDED)}
                    left = [line for number, line in enumerate(left) if number in refused]
                self.assertEqual(left, [])
                world = world_of(store)
                companies = sorted(world.companies.items())
                answers.add(str(([(name, totals(company, day)) for name, company in companies
                                  for day in self.days(world, random.Random(seed))],
                                 [sorted(map(str, Findings(world, company).rows)) for _, company in companies],
                                 [sorted(map(str, table(world)[1])) for table in (views.rounds, views.inflows)])))
            self.assertEqual(len(answers), 1, seed)

    def test_what_was_known_stays_known(self):
        """What is recorded later changes no answer as of an earlier time."""
        for seed in range(1, 60):
            steps = [step for step in generate(seed).steps if "apply" in step and step["store"] == 0]
            seen = {}
            for count in range(1, len(steps) + 1):
                store = build(steps[:count])[0][0]
                for step in steps[:count]:
                    world = world_of(store, step["recorded"])
                    answer = str([(name, totals(company, day)) for name, company in sorted(world.companies.items())
                                  for day in (None, last_day("2024-01-15"))])
                    self.assertEqual(seen.setdefault(step["recorded"], answer), answer, seed)

    def test_the_same_seed_gives_the_same(self):
        self.assertEqual(line_of(3), line_of(3))


@unittest.skipUnless(CASES.is_dir(), f"the folder of hand-written cases is not there: {CASES}")
class Cases(unittest.TestCase):
    """The cases that these rules decide, with the answers that their README gives."""

    def lines(self, name):
        with open(CASES / f"{name}.facts.jsonl", encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]

    def world(self, name):
        store = Store()
        self.assertEqual(store.apply(self.lines(name), RECORDED), [])
        return world_of(store)

    def known(self, world, company, currency=None, as_of=None):
        day = as_of and last_day(as_of)
        rows = totals(world.companies[company], day) if currency is None else \
            total_in(world, world.companies[company], currency, day)
        return [(total.currency, decimal_text(total.known, 2)) for total in rows]

    def test_totals(self):
        for name, as_of, known in (
                ("rumour-then-filing", None, "6000000000.00"), ("early-filing-beats-final", None, "50000000.00"),
                ("final-close-hides-first", "2023-12-31", "10000000.00"),
                ("conversions-of-closings", None, "10000000.00"),
                ("closing-named-by-one", None, "20000000.00"), ("raised-indefinite", None, "10000000.00"),
                ("conversions-above-raised", None, "0.00"), ("safe-not-on-record", None, "8000000.00"),
                ("amendments-warn", "2024-06-30", "2000000.00"), ("amendments-warn", None, "4500000.00")):
            self.assertEqual(self.known(self.world(name), "Acme", None, as_of), [("USD", known)], name)
        total, = totals(self.world("safe-not-on-record").companies["Acme"])
        self.assertEqual((total.lower, total.upper), (800000000, 1000000000))
        total, = totals(self.world("up-to-hides-closings").companies["OpenAI"])
        self.assertEqual(total[1:4], (10**12, 10**12, 4 * 10**12))
        company = self.world("mixed-equity-debt").companies["WeWork"]
        self.assertEqual([total.known for total in totals(company, instruments=("equity",))], [150000000000])

    def findings(self, name, company="Acme"):
        world = self.world(name)
        company = world.companies[company]
        return [row[:4] for row in Findings(world, company).rows]

    def test_findings(self):
        warnings = {name: sorted(row[0] for row in self.findings(name) if row[1] == "warning") for name in (
            "amendments-warn", "competing-participations", "conversions-above-raised", "same-round-two-handles",
            "stated-total-two-findings", "debt-sets-price", "rumour-then-filing")}
        self.assertEqual(warnings, {
            "amendments-warn": [], "competing-participations": ["competing-claims"] * 3,
            "conversions-above-raised": ["conversions", "pre-post"], "same-round-two-handles": ["maybe-one-round"],
            "stated-total-two-findings": ["stated-total"], "debt-sets-price": [],
            "rumour-then-filing": []})
        self.assertIn(("conversions-not-on-record", "info", "a", "*"), self.findings("safe-not-on-record"))

    def test_a_loan_between_two_prices(self):
        _, *table = views.last_prices(self.world("debt-sets-price"))
        self.assertEqual({row["round"]: (row["last_round"], row["step_up"]) for row in dictionaries(table)},
                         {"a": (None, None), "loan": (None, None), "b": ("a", "1.2000")})

    def test_a_corrected_rate(self):
        self.assertEqual(self.known(self.world("fx-supersedes-ignored"), "Acme", "USD"), [("USD", "10800000.00")])

    def test_a_rumoured_market_total(self):
        world = self.world("market-total-source-and-supersedes-ignored")
        self.assertEqual([entry.line["key"] for entry in world.market_totals.values()], ["m1"])

    def test_unknown_references(self):
        refused = Store().apply(self.lines("unknown-source-accepted"), RECORDED)
        self.assertEqual(refused, [(1, "unknown-source"), (2, "unknown-entry"), (3, "unknown-source"),
                                   (4, "unknown-source")])

    def test_accession_numbers(self):
        self.assertEqual(self.known(self.world("accession-cycle"), "Acme"), [("USD", "1000000.00")])

    def test_a_currency_of_which_nothing_has_surely_come(self):
        company = self.world("perhaps-only-currency").companies["Acme"]
        usd_total = totals(company, last_day("2024-06-30"))[1]
        self.assertEqual(usd_total, ("USD", 0, 0, 500000000, 0, 0, 0))

    def test_amended_rounds(self):
        world = self.world("amends-investments-doubled")
        blue = [row for row in dictionaries(views.investments(world)) if row["investor"] == "Blue Fund"]
        self.assertEqual([(row["round"], row["amount_minor"], row["lead"], row["counts"]) for row in blue],
                         [("acme-d", 600000000, 1, 1)])
        checks, = dictionaries(views.round_checks(world))
        self.assertEqual((checks["participations_decimal"], checks["closings_decimal"]), ("15000000.00", "15000000.00"))

    def test_one_handle_of_two_companies(self):
        stores = []
        for name in ("handle-conflict-a", "handle-conflict-b"):
            stores.append(Store())
            self.assertEqual(stores[-1].apply(self.lines(name), RECORDED), [])
        stores[0].merge(stores[1])
        world = world_of(stores[0])
        checks = dictionaries(views.round_checks(world))
        self.assertEqual({row["company"]: row["participations_decimal"] for row in checks},
                         {"Acme": "10000000.00", "Beta": "7000000.00"})
        self.assertEqual([row["company"] for row in dictionaries(views.co_investors(world))], ["Beta", "Beta"])
        self.assertEqual(conflicting_names(world, stores[0].chains), 1)

    def test_what_cannot_be_told(self):
        world = self.world("mixed-currency-conversion")
        stated, = dictionaries(views.stated_totals(world))
        self.assertEqual((stated["computed_decimal"], stated["difference_decimal"], stated["rounds_untold"]),
                         (None, None, 1))
        year, = [row for row in dictionaries(views.raised_by_year(world)) if row["year"] == "2024"]
        self.assertEqual((year["currency"], year["rounds"], year["known_minor"], year["rounds_untold"]),
                         ("EUR", 2, None, 1))

    def test_a_retracted_round(self):
        world = self.world("participation-of-retracted-round")
        self.assertEqual(dictionaries(views.investments(world)), [])
        standing = [row["field"] for row in dictionaries(views.claims(world)) if row["stands"]]
        self.assertEqual(standing, ["participation"])

    def test_claims_have_every_field(self):
        fields = {row["field"] for row in dictionaries(views.claims(self.world("claims-view-lacks-fields")))}
        self.assertLessEqual({"remaining", "commissions", "finders_fees", "proceeds_to_insiders",
                              "non_accredited_investors", "fund_type"}, fields)

    def test_amount_and_lead_each_with_its_source(self):
        row, = dictionaries(views.investments(self.world("lead-misattributed")))
        self.assertEqual((row["amount"], row["source"], row["lead"], row["lead_source"]),
                         ("5 million USD", "press", 1, "filing"))


class Story(unittest.TestCase):
    """The story of xAI, whose figures the project's examples print."""

    FACTS = pathlib.Path(__file__).resolve().parents[2] / "examples/xai.facts.jsonl"

    def setUp(self):
        store = Store()
        with open(self.FACTS, encoding="utf-8") as file:
            self.assertEqual(store.apply([json.loads(line) for line in file], "2025-01-02T08:00:00Z"), [])
        self.world = world_of(store)
        self.company = self.world.companies["xAI"]

    def test_digest(self):
        self.assertEqual(digest([entry.id for entry in self.world.entries]),
                         "0289a8f49a70fdfb057603afb9244cce87ba6ee8a7a99c5f3fcc874805ad0846")

    def test_totals(self):
        self.assertEqual([total.known for total in totals(self.company)], [1213468000000])
        self.assertEqual([total.known for total in totals(self.company, last_day("2024-11-30"))], [613468000000])
        with self.assertRaises(NoRate):
            total_in(self.world, self.company, "EUR")

    def test_findings(self):
        found = {(code, severity, one, field) for code, severity, one, field, _, _ in
                 Findings(self.world, self.company).rows}
        self.assertIn(("pre-post", "warning", "xai-series-c", "post-money"), found)
        self.assertIn(("named-investors", "info", "xai-series-c", "investors"), found)
        self.assertIn(("stated-total", "info", "", "amount"), found)
        self.assertIn(("stated-total", "ok", "", "amount"), found)

    def test_price_to_revenue(self):
        ratios = {one.handle: price_to_revenue(self.company, one) for one in self.company.rounds}
        self.assertEqual(ratios, {"xai-2023": None, "xai-series-b": (240, True), "xai-series-c": (500, False)})

    def test_growth(self):
        companies, *table = views.last_prices(self.world)
        self.assertEqual(companies, ["xAI"])
        last = next(row for row in dictionaries(table) if row["round"] == "xai-series-c")
        self.assertEqual((last["last_round"], last["growth"], last["step_up"]), ("xai-series-b", "2.0833", "1.8750"))


if __name__ == "__main__":
    unittest.main()
