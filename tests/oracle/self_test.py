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
from dates import fixed_text, iso, last_day, microseconds, quarter, span
from findings import Findings, conflicting_names
from generate import generate
from ledger import Store
from oracle import build, line_of
from order import accession_key
from totals import NoRate, total_in, totals
from world import World

RECORDED = "2025-01-01T00:00:00Z"
CASES = pathlib.Path(os.environ.get("POSTMONEY_CASES") or
                     pathlib.Path(__file__).resolve().parents[3] / "shared/data/cases/correctness")


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


class Generated(unittest.TestCase):
    def test_bounds_and_order(self):
        for seed in range(1, 120):
            world = world_of(build(generate(seed).steps)[0][0])
            for company in world.companies.values():
                for day in (None, last_day("2022-06-30")):
                    for total in totals(company, day):
                        if total.currency is not None:
                            self.assertLessEqual(total.lower, total.known)
                            self.assertTrue(total.upper is None or total.known <= total.upper)

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
        self.assertEqual(usd_total, ("USD", 0, 0, 500000000, 0, 0))

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

    def test_growth(self):
        companies, *table = views.last_prices(self.world)
        self.assertEqual(companies, ["xAI"])
        last = next(row for row in dictionaries(table) if row["round"] == "xai-series-c")
        self.assertEqual((last["last_round"], last["growth"], last["step_up"]), ("xai-series-b", "2.0833", "1.8750"))


if __name__ == "__main__":
    unittest.main()
