#!/usr/bin/env python3
"""Rounds and exits of the kinds that public guides explain (the SAFE primer of Y Combinator, the NVCA charter, guides of law firms and
cap-table services), with numbers of our own. Each answer is worked out here in fractions from the rule alone, and compared with what the
program says.

usage: by_hand.py PROGRAM
"""
import sys
from datetime import date
from fractions import Fraction as F

from captable import Cases, common

M = 1_000_000


class Hand(Cases):
    def scenario(self, command, name, scenario):
        self.name = name
        answer = self.run(command, scenario)
        self.true(answer.get("error", ""), "error" not in answer)
        return None if "error" in answer else answer

    def same_rows(self, rows, key, want):
        for name, values in want.items():
            found = [each for each in rows if each[key] == name]
            if values is None:
                self.true(f"{name} is there", not found)
                continue
            self.true(f"{name} is missing", bool(found))
            for member, value in values.items() if found else ():
                if isinstance(value, (str, bool)):
                    self.true(f"{name}.{member} is {found[0][member]}", found[0][member] == value)
                else:
                    self.same(f"{name}.{member}", self.number(found[0], member), value, 0)

    def round(self, name, scenario, converts=None, adjusted=None, rights=None, held=None, **figures):
        answer = self.scenario("model", name, scenario)
        if answer is None:
            return
        self.same_rows(answer["conversions"], "id", converts or {})
        self.same_rows(answer["adjustments"], "class", {of: {"to": to} for of, to in (adjusted or {}).items()})
        self.same_rows(answer["entitlements"], "holder", {of: {"amount": is_} for of, is_ in (rights or {}).items()})
        for (holder, of), shares in (held or {}).items():
            mine = [each for each in answer["holdings"] if (each["holder"], each["class"]) == (holder, of)]
            self.same(f"{holder} {of}", sum(self.number(each, "shares") for each in mine), shares, 0)
        for figure, value in figures.items():
            self.same(figure, self.number(answer, figure), value, 0)

    def exit(self, name, scenario, converts=(), keeps=(), **paid):
        answer = self.scenario("waterfall", name, scenario)
        if answer is None:
            return
        self.same_rows(answer["payouts"], "name", {of: {"exact": F(amount)} for of, amount in paid.items()})
        self.same_rows(answer["payouts"], "name", {of: {"converts": True} for of in converts})
        self.same_rows(answer["payouts"], "name", {of: {"converts": False} for of in keeps})
        self.same("sum", sum(self.number(each, "amount") for each in answer["payouts"]),
                  self.number(answer, "proceeds"), 0)


def safe(id_, amount, cap=None, discount=None, form="post-money", **more):
    made = {"id": id_, "type": "safe", "amount": str(amount), "form": form, **more}
    if cap is not None:
        made["cap"] = str(F(cap))
    if discount is not None:
        made["discount"] = str(discount)
    return made


def note(amount, **more):
    return {"id": "N", "type": "note", "amount": str(amount), **more}


def series(name, price, **more):
    return {"name": name, "price": str(price), **more}


def bought(name, shares, invested, **more):
    return {"name": name, "shares": str(shares), "invested": str(invested), **more}


#--- Rounds ---

def safes(at):
    b = F(10 * M) / (1 - F(5 + 10, 100))  # 200,000 at 4 million is 5 %, 800,000 at 8 million is 10 %
    t = (b - 750000) / (1 - F(10 + 25, 100))  # t = b + (t/10 - 750,000) + t/4
    at.round("two post-money SAFEs and a pool", {
        "holdings": common(("F", 9250000)), "options": {"available": "750000"},
        "convertibles": [safe("S", 200000, 4 * M), safe("T", 800000, 8 * M)],
        "round": {"pre_money": "15000000", "new_money": "5000000", "pool": {"target": "0.10", "of": "post-money-available"}}},
        converts={"S": {"shares": b / 20, "branch": "cap"}, "T": {"shares": b / 10}},
        price=20 * M / t, shares_after=t, pool_increase=t / 10 - 750000)
    t = F(10 * M) / (F(27, 40) - F(1, 10))  # t * 3/4 = (10 + t/10) * 10/9
    at.round("a pre-money SAFE counts the pool's increase", {
        "holdings": common(("F", 10 * M)), "convertibles": [safe("S", M, 9 * M, form="pre-money")],
        "round": {"pre_money": "15000000", "new_money": "5000000", "pool": {"target": "0.10", "of": "post-money-available"}}},
        converts={"S": {"shares": (10 * M + t / 10) / 9}}, shares_after=t, price=20 * M / t)
    at.round("discount alone", {
        "holdings": common(("F", 10 * M)), "convertibles": [safe("S", M, None, F(1, 5))],
        "round": {"pre_money": "10000000", "new_money": "2500000"}},
        converts={"S": {"price": F(7, 10), "branch": "discount"}}, price=F(7, 8))  # 10 p = 10 - 1.25
    at.round("the discount beats a high cap", {
        "holdings": common(("F", 10 * M)), "convertibles": [safe("S", M, 12 * M, F(1, 5))],
        "round": {"pre_money": "10000000", "new_money": "2500000"}}, converts={"S": {"branch": "discount"}}, price=F(7, 8))
    b = F(10 * M) / (1 - F(7, 100) - F(375, 10000) - F(5, 100))
    at.round("an accelerator's 7 %, and an MFN that takes a later cap", {
        "holdings": common(("F", 10 * M)),
        "convertibles": [safe("A", 125000, F(12500000, 7)), safe("B", 375000, mfn={"takes": "L"}), safe("L", 500000, 10 * M)],
        "round": {"pre_money": "20000000", "new_money": "5000000"}},
        converts={"A": {"shares": b * 7 / 100}, "B": {"shares": b * 375 / 10000, "branch": "mfn:L"}, "L": {"shares": b / 20}},
        shares_after=b * 5 / 4)
    at.round("an MFN that elects nothing", {
        "holdings": common(("F", 10 * M)), "convertibles": [safe("B", 375000, mfn={})],
        "round": {"pre_money": "20000000", "new_money": "5000000"}}, converts={"B": {"branch": "price"}})
    b = F(11125000) / F(9, 10)  # 10 + 0.625 + 0.5 and itself
    at.round("a post-money SAFE beside a pre-money one and a note", {
        "holdings": common(("F", 10 * M)),
        "convertibles": [safe("P", M, 10 * M), safe("Q", 500000, 8 * M, form="pre-money"), note(500000, cap="10000000")],
        "round": {"pre_money": "20000000", "new_money": "5000000"}},
        converts={"P": {"shares": b / 10}, "Q": {"shares": 625000}, "N": {"shares": 500000}}, shares_after=b * 5 / 4)


def notes(at):
    owed = 500000 + 500000 * F(6, 100) * (date(2024, 9, 30) - date(2023, 3, 15)).days / 365
    terms = {"issued": "2023-03-15", "discount": "0.20", "interest": {"rate": "0.06", "day_count": "actual/365-fixed"}}
    prices = {"pre-money": F(1), "percent-ownership": (8 * M - owed / F(4, 5)) / (8 * M),
              "dollars-invested": (8 * M + owed - owed / F(4, 5)) / (8 * M)}
    for method, price in prices.items():
        at.round(f"a note, {method}", {
            "date": "2024-09-30", "holdings": common(("F", 8 * M)), "convertibles": [note(500000, method=method, **terms)],
            "round": {"pre_money": "8000000", "new_money": "2000000"}},
            converts={"N": {"amount": owed, "interest": owed - 500000}}, price=price)
    monthly = 100000 * F(101, 100) ** 2 * (1 + F(12, 100) * 15 / 360)  # to the last of February and of March, and 15 days
    spans = [("2023-01-31", "2023-04-15", "0.12", {"kind": "compound", "periods_a_year": 12, "day_count": "actual/360"}, monthly),
             ("2023-02-28", "2024-02-29", "0.10", {"day_count": "30/360-us"}, 100000 + F(10000)),
             ("2023-02-28", "2024-02-29", "0.10", {"day_count": "30e/360"}, 100000 + 10000 * F(361, 360)),
             ("2023-07-01", "2024-07-01", "0.10", {"day_count": "actual/actual-isda"},
              100000 + 10000 * (F(184, 365) + F(182, 366)))]
    for start, end, rate, interest, amount in spans:
        at.round(f"interest {start} {end} {interest['day_count']}", {
            "date": end, "holdings": common(("F", M)),
            "convertibles": [note(100000, method="pre-money", issued=start, interest={"rate": rate, **interest})],
            "round": {"pre_money": "1000000", "new_money": "1000000"}}, converts={"N": {"amount": amount}}, price=1)
    plain = {"holdings": common(("F", M)), "round": {"pre_money": "1000000", "new_money": "1000000"}}
    at.round("below the threshold", {**plain, "convertibles": [note(100000, threshold="2000000", discount="0.2")]},
             converts={"N": None}, price=1)
    at.round("below it, and elected", {**plain, "convertibles": [note(100000, threshold="2000000", discount="0.2", converts=True)]},
             price=F(7, 8))
    t = F(10 * M) / (F(19, 20) * F(4, 5) - F(1, 10))
    at.round("a note whose cap counts itself and the pool's increase", {
        "holdings": common(("F", 10 * M)),
        "convertibles": [note(500000, cap="10000000", cap_counts=["stock", "options", "pool", "pool-increase", "notes"])],
        "round": {"pre_money": "20000000", "new_money": "5000000", "pool": {"target": "0.1", "of": "post-money-available"}}},
        converts={"N": {"shares": t * F(4, 5) / 20}}, shares_after=t)


def pools_and_terms(at):
    pool = {"holdings": common(("F", 8 * M)), "options": {"granted": "1000000", "available": "200000"}}
    money = {"pre_money": "8000000", "new_money": "2000000"}
    t = F(8 * M) / (1 - F(2, 5))
    at.round("a pool in all", {**pool, "round": {**money, "pool": {"target": "0.2", "of": "post-money-total"}}},
             shares_after=t, pool_increase=t / 5 - 1200000, price=10 * M / t)
    t = F(9 * M) / (1 - F(2, 5))
    at.round("a pool available", {**pool, "round": {**money, "pool": {"target": "0.2", "of": "post-money-available"}}},
             shares_after=t, pool_increase=t / 5 - 200000)
    terms = {"pre_money": "10000000", "post_money": "12500000", "price": "1.25", "shares": "2000000", "new_money": "2500000",
             "sold": "0.2"}
    names = list(terms)
    for first in names:
        for second in names[names.index(first) + 1:]:
            if {first, second} in ({"shares", "sold"}, {"pre_money", "price"}):
                continue  # one says nothing of the price, the other nothing of the money
            at.round(f"{first} and {second}", {"holdings": common(("F", 8 * M)),
                                               "round": {first: terms[first], second: terms[second]}},
                     price=F(5, 4), pre_money=10 * M, post_money=12500000, new_shares=2 * M, new_money=2500000)
    at.round("warrants count", {"holdings": common(("F", 9 * M)), "warrants": [{"holder": "Bank", "shares": "1000000", "strike": "0.01"}],
                                "round": {"pre_money": "10000000", "new_money": "1000000"}}, price=1)
    at.round("one holder's lines are rounded once", {
        "holdings": common(("F", 3 * M)), "price_places": 4, "price_mode": "down", "share_mode": "floor",
        "round": {"pre_money": "10000000", "investors": [{"holder": "A", "amount": "600000"}, {"holder": "A", "amount": "400000"}]}},
        price=F("3.3333"), new_shares=300003, held={("A", "New Preferred"): 300003})


def protection(at):
    held = common(("F", 8 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}]

    def down(name, kind, terms, more=None, **want):
        at.round(name, {"holdings": held, "classes": [series("A", 2, anti_dilution=kind, **(more or {}))], "round": terms}, **want)

    fixed = {"pre_money": "5000000", "new_money": "1000000"}
    down("a ratchet inside the price", "full-ratchet", fixed, price=F(1, 8), adjusted={"A": F(1, 8)},  # 8 p + 4 = 5
         shares_after=(8 + 32 + 8) * M)
    down("a ratchet outside the price", "full-ratchet", {**fixed, "anti_dilution": {"in_price": False}}, price=F(1, 2),
         shares_after=(8 + 8 + 2) * M)
    k = F(2 * M, 10500000)  # p * (8 + k * (10 + 1/p)) = 5
    price = (5 * M - k * M) / (8 * M + k * 10 * M)
    down("broad-based inside the price", "broad-based", fixed, price=price,
         adjusted={"A": 2 * F(10500000) / (10 * M + M / price)})
    down("narrow-based on the preferred alone", "narrow-based", {"price": "1", "new_money": "1000000"},
         {"anti_dilution_counts": ["preferred"]}, adjusted={"A": F(5, 3)})
    down("adjusted before", "full-ratchet", {"price": "0.5", "new_money": "1000000"}, {"conversion_price": "1"},
         adjusted={"A": F(1, 2)}, shares_before=12 * M, shares_after=(8 + 8 + 2) * M)
    down("not at its own price", "broad-based", {"price": "2", "new_money": "1000000"}, shares_after=10500000)
    two = {"holdings": held, "classes": [series("A", 1, anti_dilution="full-ratchet")],
           "convertibles": [safe("S", 880000, None, F(1, 5))]}
    at.round("a SAFE's price is an issue", {**two, "round": {"price": "1.1", "new_money": "1100000"}}, adjusted={"A": F(88, 100)})
    at.round("unless it is exempt", {**two, "round": {"price": "1.1", "new_money": "1100000", "anti_dilution": {"exempt": ["S"]}}},
             shares_after=12 * M)
    at.round("two issues in one average", {
        "holdings": held, "classes": [series("A", 1, anti_dilution="broad-based")],
        "convertibles": [safe("S", 400000, None, F(1, 5))], "round": {"price": "0.5", "new_money": "1000000"}},
        adjusted={"A": F(10 * M + 1400000, 10 * M + 3 * M)})


def holders(at):
    played = {"holdings": common(("F", 6 * M)) + [{"holder": "X", "class": "A", "shares": "3000000"},
                                                 {"holder": "Y", "class": "A", "shares": "1000000"}],
              "classes": [series("A", 1)]}
    terms = {"new_money": "2000000", "investors": [{"holder": "X", "amount": "1500000"}, {"holder": "Y", "amount": "125000"},
                                                   {"holder": "Z", "amount": "375000"}]}

    def play(ratio, **more):
        return {"classes": [{"name": "A", "ratio": ratio}], "offered": "2000000", **more}

    at.round("a partial taker keeps its part", {**played, "round": {**terms, "price": "1", "pay_to_play": play("1", partial="proportional")}},
             held={("X", "A"): 3 * M, ("Y", "A"): 250000, ("Y", "Common"): 750000})
    at.round("or loses all, ten to one", {**played, "round": {**terms, "pre_money": "10000000", "pay_to_play": play("1/10")}},
             held={("Y", "A"): 0, ("Y", "Common"): 100000}, price=F(100, 91))
    at.round("priced before it", {**played, "round": {**terms, "pre_money": "10000000", "pay_to_play": play("1/10", priced="before")}},
             price=1)
    at.round("a tender moves shares and no money", {
        "holdings": common(("F", 8 * M)),
        "round": {"price": "1", "new_money": "2000000", "secondary": [{"from": "F", "to": "T", "shares": "500000", "price": "0.9"}]}},
        held={("F", "Common"): 7500000, ("T", "Common"): 500000}, shares_after=10 * M, new_money=2 * M)
    at.round("a split of all", {"holdings": common(("F", M)) + [{"holder": "I", "class": "A", "shares": "500000"}],
                                "classes": [series("A", 3)], "options": {"granted": "100", "available": "400"},
                                "round": {"price": "1", "new_money": "1500000", "split": {"ratio": "3:1"}}},
             shares_before=4501500, shares_after=6001500)
    at.round("a split of common alone", {"holdings": common(("F", M)) + [{"holder": "I", "class": "A", "shares": "500000"}],
                                         "classes": [series("A", 3)],
                                         "round": {"price": "1", "new_money": "1500000", "split": {"class": "Common", "ratio": "2:1"}}},
             shares_before=3 * M, held={("I", "A"): 500000, ("F", "Common"): 2 * M})
    at.round("a reverse split", {"holdings": common(("F", 10 * M)),
                                 "round": {"pre_money": "10000000", "new_money": "1000000", "split": {"ratio": "1:10"}}},
             price=10, shares_after=1100000)
    right = {"holdings": common(("F", 8 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}],
             "classes": [series("A", 1)], "options": {"available": "1000000"}}
    for counts, amount in ((True, F(1100000)), ({"counts": ["stock", "options", "pool"]}, F(M)),
                           ({"target": "0.2"}, (F(11 * M) * 5 / 4 / 5 - 2 * M) * 2)):
        at.round(f"pro rata {counts}", {**right, "round": {"pre_money": "22000000", "new_money": "5500000",
                                                           "investors": [{"holder": "I", "pro_rata": counts}]}},
                 rights={"I": amount}, price=2)


#--- Exits ---

def exit_of(proceeds, *classes, common_shares=8 * M, **more):
    return {"proceeds": str(proceeds), "classes": list(classes), "common": common(("F", common_shares)), **more}


def preferences(at):
    a = bought("A", 2 * M, 5 * M)
    at.exit("below the preference", exit_of(4 * M, a), A=4 * M, F=0)
    at.exit("kept", exit_of(20 * M, a), A=5 * M, F=15 * M)
    at.exit("a tie keeps", exit_of(25 * M, a), keeps=["A"], A=5 * M)
    at.exit("converted", exit_of(30 * M, a), converts=["A"], A=6 * M, F=24 * M)
    at.exit("a preference of twice the money", exit_of(30 * M, bought("A", 2 * M, 5 * M, preference="2")), A=10 * M)
    at.exit("participating", exit_of(30 * M, bought("A", 2 * M, 5 * M, participation="full")), A=10 * M, F=20 * M)
    capped = bought("A", 2 * M, 5 * M, participation="capped", participation_cap="3")
    at.exit("below its cap", exit_of(30 * M, capped), A=10 * M)
    at.exit("at its cap", exit_of(70 * M, capped), keeps=["A"], A=15 * M, F=55 * M)
    at.exit("converting beats the cap", exit_of(80 * M, capped), converts=["A"], A=16 * M)
    stack = [bought("A", M, 2 * M, seniority="1"), bought("B", M, 5 * M, seniority="2"), bought("C", 2 * M, 10 * M, seniority="3")]
    at.exit("the senior first", exit_of(13 * M, *stack, common_shares=6 * M), C=10 * M, B=3 * M, A=0, F=0)
    at.exit("side by side", exit_of(8500000, *[{**each, "seniority": "1"} for each in stack], common_shares=6 * M),
            C=5 * M, B=2500000, A=M)
    at.exit("one of three converts", exit_of(45 * M, *stack, common_shares=6 * M), converts=["A"], keeps=["B", "C"],
            A=F(30 * M, 7), B=5 * M, C=10 * M)
    at.exit("all convert", exit_of(60 * M, *stack, common_shares=6 * M), A=6 * M, B=6 * M, C=12 * M)
    mixed = [bought("A", M, M, participation="full"), bought("B", 2 * M, 4 * M, seniority="2")]
    at.exit("beside one that participates", exit_of(20 * M, *mixed, common_shares=6 * M), converts=["B"],
            A=M + F(19 * M, 9), B=F(38 * M, 9))
    caps = [bought(name, 2 * M, money * M, participation="capped", participation_cap="2") for name, money in (("A", 2), ("B", 6))]
    at.exit("a cap reached by one of two", exit_of(30 * M, *caps, common_shares=6 * M), converts=["A"], keeps=["B"],
            A=4800000, B=10800000, F=14400000)
    at.exit("a class whose conversion price fell", exit_of(30 * M, bought("A", 2 * M, 5 * M, price="2.5", conversion_price="1.25")),
            converts=["A"], A=10 * M)
    at.exit("a group of which too few gain", exit_of(20 * M, bought("A", M, M), bought("B", 3 * M, 9 * M), common_shares=6 * M,
                                                     conversion_groups=[{"classes": ["A", "B"], "threshold": "0.5"}]), A=M, B=9 * M)


def dividends(at):
    terms = {"rate": "0.08", "from": "2022-06-30", "day_count": "30e/360"}

    def paid(name, proceeds, amount, more=None, **of):
        at.exit(name, exit_of(proceeds, bought("A", 2 * M, 5 * M, price="2.5", dividends={**terms, **of}, **(more or {})),
                              date="2024-06-30"), A=amount)

    paid("dividends on top", 20 * M, 5800000)
    paid("forfeited by converting", 40 * M, 8 * M)
    paid("paid on conversion", 30 * M, 800000 + F(29200000, 5), on_conversion="paid")
    paid("converted too", 30 * M, F(30 * M) * 232 / 1032, on_conversion="converted")
    paid("compound", 20 * M, 5 * M * F(108, 100) ** 2, kind="compound", periods_a_year=1)
    paid("by the quarter", 20 * M, 5 * M * F(102, 100) ** 8, kind="compound", periods_a_year=4)
    paid("with participation", 20 * M, 5800000 + F(14200000, 5), {"participation": "full"})


def ahead_of_classes(at):
    a = bought("A", 2 * M, 5 * M)
    tiers = [{"to": "10000000", "share": "0.05"}, {"to": "15000000", "share": "0.08"}, {"share": "0.10"}]
    at.exit("a carve-out in tiers", exit_of(20 * M, a, carve_outs=[{"name": "M", "tiers": tiers}]), M=1400000, A=5 * M)
    at.exit("of the proceeds before debt", exit_of(20 * M, a, debt=[{"name": "Bank", "amount": "3000000"}],
                                                   carve_outs=[{"name": "M", "share": "0.10"}]), Bank=3 * M, M=2 * M, A=5 * M, F=10 * M)
    at.exit("beside the preference", exit_of(3 * M, a, carve_outs=[{"name": "M", "amount": "1000000", "when": "alongside"}]),
            M=500000, A=2500000)
    at.exit("debt beyond the proceeds", exit_of(2 * M, a, debt=[{"name": "X", "amount": "3000000"}, {"name": "Y", "amount": "1000000"}]),
            X=1500000, Y=500000, A=0)
    for name, amounts, last in (("an escrow", (20, 10), {"A": M, "F": 9 * M}), ("a claw-back", (30, -10), {"A": -M, "F": -9 * M})):
        answer = at.scenario("waterfall", name, {"payments": [{"name": f"p{i}", "amount": str(each * M)} for i, each in enumerate(amounts)],
                                                 "classes": [a], "common": common(("F", 8 * M))})
        at.same_rows(answer["payments"][1]["payouts"], "name", {of: {"exact": F(amount)} for of, amount in last.items()})


def options_and_warrants(at):
    a = bought("A", 2 * M, 5 * M)
    grants = {"grants": [{"holder": "E", "shares": "1000000", "strike": "1"}, {"holder": "G", "shares": "1000000", "strike": "4"}]}
    price = F(31 * M, 11 * M)
    at.exit("options inside the decision", exit_of(30 * M, a, options=grants), converts=["A"], A=2 * M * price, E=M * (price - 1), G=0)
    price = F(22 * M, 9 * M)  # with them A would get 27/11 a share, less than its 2.50
    at.exit("and against it", exit_of(26 * M, a, options=grants), keeps=["A"], A=5 * M, F=8 * M * price, E=M * (price - 1))
    price = F(55 * M, 12 * M)
    at.exit("both exercised", exit_of(50 * M, a, options=grants), A=2 * M * price, G=M * (price - 4))
    at.exit("a warrant", exit_of(30 * M, warrants=[{"holder": "Bank", "shares": "2000000", "strike": "1"}]), Bank=F(44 * M, 10))
    at.exit("a warrant of preferred", exit_of(30 * M, a, warrants=[{"holder": "Bank", "shares": "100000", "strike": "2.5", "of": "A"}]),
            Bank=100000 * (F(30250000, 10100000) - F(5, 2)))


def convertibles_at_exit(at):
    nine = {"common_shares": 9 * M}
    one = safe("S", M, 10 * M)
    at.exit("a SAFE takes its money", exit_of(5 * M, convertibles=[one], **nine), S=M, F=4 * M)
    at.exit("or a tenth", exit_of(20 * M, convertibles=[one], **nine), converts=["S"], S=2 * M, F=18 * M)
    at.exit("or what there is", exit_of(500000, convertibles=[one], **nine), S=500000, F=0)
    at.exit("beside the most junior class", exit_of(3 * M, bought("A", 2 * M, 5 * M), convertibles=[one], **nine), S=500000, A=2500000)
    at.exit("two tenths", exit_of(30 * M, convertibles=[one, safe("T", 2 * M, 20 * M)]), S=3 * M, T=3 * M, F=24 * M)
    at.exit("a discount alone", exit_of(10 * M, convertibles=[safe("S", M, None, F(1, 5))]), S=1250000, F=8750000)
    at.exit("neither", exit_of(10 * M, convertibles=[safe("S", M)]), S=M)
    at.exit("a pre-money SAFE", exit_of(20 * M, convertibles=[safe("S", M, 9 * M, form="pre-money")], **nine), S=2 * M)
    owed = note(M, issued="2023-06-30", interest={"rate": "0.08", "day_count": "30e/360"})
    for name, terms, amount in (("repaid", {}, 1080000), ("twice the principal", {"multiple": "2", "multiple_of": "principal"}, 2080000),
                                ("twice both", {"multiple": "2", "multiple_of": "principal-and-interest"}, 2160000)):
        at.exit(f"a note {name}", exit_of(10 * M, convertibles=[{**owed, **terms}], date="2024-06-30", **nine), N=amount)
    at.exit("a note at its cap", exit_of(20 * M, convertibles=[{**owed, "cap": "9000000"}], date="2024-06-30", **nine),
            N=F(20 * M) * 108 / 1008)
    at.exit("a note before preferences", exit_of(2 * M, bought("A", 2 * M, 5 * M), convertibles=[owed], date="2024-06-30", **nine),
            N=1080000, A=920000)
    sold = {"holdings": common(("F", 9 * M)), "convertibles": [safe("S", M, 10 * M)],
            "round": {"name": "A", "pre_money": "20000000", "new_money": "5000000"}}  # 10 million shares at 2, S has 1 at 1
    at.exit("after a round: a SAFE prefers its own money", {"proceeds": "4000000", "from_model": sold},
            A=F(5, 6) * 4 * M, F=0, **{"A (S)": F(1, 6) * 4 * M})
    at.exit("after a round: all convert", {"proceeds": "50000000", "from_model": sold}, A=10 * M, F=36 * M, **{"A (S)": 4 * M})


def run(*groups):
    """Holds the figures of the groups against the program that is named on the command line; the exit status."""
    at = Hand(sys.argv[1])
    for group in groups:
        group(at)
    for failed in at.failed:
        print(failed)
    print(f"{at.held} figures held, {len(at.failed)} did not")
    return 1 if at.failed else 0


if __name__ == "__main__":
    sys.exit(run(safes, notes, pools_and_terms, protection, holders, preferences, dividends, ahead_of_classes,
                 options_and_warrants, convertibles_at_exit))
