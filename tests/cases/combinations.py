#!/usr/bin/env python3
"""Rounds and exits in which several kinds of terms meet. Each answer is worked out here in fractions from the rules alone: a round as the
root of one straight line, an exit by who converts and who does not, and compared with what the program says.

usage: combinations.py PROGRAM
"""
import sys
from datetime import date
from fractions import Fraction as F

from by_hand import M, bought, exit_of, note, run, safe, series
from captable import common


def root(line):
    """Where a straight line is zero."""
    return line(F(0)) / (line(F(0)) - line(F(1)))


def down(number, places):
    return F(int(F(number) * 10**places), 10**places)


#--- Rounds ---

MIXED = {"date": "2024-01-01", "holdings": common(("F", 8 * M)), "options": {"granted": "500000", "available": "300000"},
         "convertibles": [safe("P", 500000, 10 * M), safe("Q", 400000, 8 * M, form="pre-money"),
                          note(250000, issued="2023-01-01", cap="6000000", discount="0.20",
                               interest={"rate": "0.08", "day_count": "actual/365-fixed"})]}


def convertibles(at):
    def parts(increase):
        n = F(270000, 6 * M) * 8800000
        q = F(1, 20) * (8800000 + increase)
        return n, q, (8800000 + n + q) / 19

    for of, counted in (("available", 300000), ("total", 800000)):
        target = F(1, 10) if of == "available" else F(15, 100)
        t = root(lambda t: 8800000 + sum(parts(target * t - counted)) + target * t - counted + t / 5 - t)
        n, q, p = parts(target * t - counted)
        at.round(f"a post-money SAFE, a pre-money one, a note and a pool {of}", {
            **MIXED, "round": {"pre_money": "20000000", "new_money": "5000000",
                               "pool": {"target": str(target), "of": f"post-money-{of}"}}},
            converts={"P": {"shares": p, "price": 500000 / p, "branch": "cap"}, "Q": {"shares": q}, "N": {"shares": n, "interest": 20000}},
            price=25 * M / t, shares_after=t, pool_increase=target * t - counted)
    p = F(8900000) / 19
    t = (8900000 + p) / (1 - F(1, 5) - F(1, 10))
    at.round("promised options beyond the pool", {
        "holdings": common(("F", 8 * M)), "options": {"granted": "500000", "promised": "400000", "available": "300000"},
        "convertibles": [safe("P", 500000, 10 * M)],
        "round": {"pre_money": "20000000", "new_money": "5000000", "pool": {"target": "0.1", "of": "post-money-available"}}},
        converts={"P": {"shares": p}}, shares_after=t, shares_before=8900000)
    at.round("an MFN takes a pre-money SAFE whole", {
        "holdings": common(("F", 9 * M)), "options": {"available": "1000000"},
        "convertibles": [safe("B", 200000, mfn={"takes": "L"}), safe("L", 300000, 5 * M, F(1, 10), form="pre-money")],
        "round": {"pre_money": "12000000", "new_money": "3000000"}},
        converts={"B": {"shares": 400000, "price": F(1, 2), "branch": "mfn:L"}, "L": {"shares": 600000}}, shares_after=13750000)
    at.round("an MFN takes a discount though a cap was there before", {
        "holdings": common(("F", 10 * M)),
        "convertibles": [safe("A", 500000, 5 * M), safe("B", 100000, mfn={"takes": "L"}), safe("L", 200000, None, F(1, 4))],
        "round": {"price": "1", "new_money": "2000000"}},
        converts={"B": {"shares": F(400000, 3), "branch": "mfn:L"}, "L": {"shares": F(800000, 3)},
                  "A": {"shares": (10 * M + 400000) / F(9)}})
    owed = 200000 * F(101, 100)**3 * (1 + F(12, 100) * 10 / 360)
    price = (8 * M + owed - owed / F(4, 5) / F(19, 20)) * F(19, 20) / (8 * M)
    at.round("a compound note for dollars invested, in a SAFE's capitalization", {
        "date": "2022-05-10", "holdings": common(("F", 8 * M)),
        "convertibles": [note(200000, issued="2022-01-31", discount="0.20", method="dollars-invested",
                              interest={"rate": "0.12", "kind": "compound", "periods_a_year": 12, "day_count": "30e/360"}),
                         safe("S", 200000, 4 * M)],
        "round": {"pre_money": "8000000", "new_money": "2000000"}},
        converts={"N": {"amount": owed, "price": price * F(4, 5)}, "S": {"shares": (8 * M + owed / F(4, 5) / price) / 19}}, price=price)
    price = (10 * M - F(1250000) / 19) / (F(10 * M) * 20 / 19)
    at.round("a note outside the pre-money beside a SAFE inside", {
        "holdings": common(("F", 10 * M)), "convertibles": [note(M, discount="0.2", method="pre-money"), safe("S", 500000, 10 * M)],
        "round": {"pre_money": "10000000", "new_money": "2000000"}},
        converts={"S": {"shares": (10 * M + 1250000 / price) / 19, "branch": "cap"}}, price=price)
    at.round("interest in money, principal at the cap", {
        "date": "2024-07-01", "holdings": common(("F", 10 * M)),
        "convertibles": [note(300000, issued="2023-07-01", cap="5000000", discount="0.15",
                              interest={"rate": "0.10", "day_count": "actual/actual-isda", "converts": False})],
        "round": {"pre_money": "10000000", "new_money": "2000000"}},
        converts={"N": {"amount": 300000, "interest": 0, "shares": 600000}}, shares_after=12720000)
    at.round("a note below its threshold is in no SAFE's capitalization", {
        "holdings": common(("F", 9500000)), "convertibles": [note(M, cap="5000000", threshold="3000000"), safe("S", 500000, 10 * M)],
        "round": {"pre_money": "10000000", "new_money": "2000000"}},
        converts={"N": None, "S": {"shares": 500000}}, shares_after=12 * M, price=1)
    at.round("a part sold for new money, a SAFE and a pool in all", {
        "holdings": common(("F", 9 * M)), "options": {"granted": "500000"}, "convertibles": [safe("S", 500000, 5 * M)],
        "round": {"sold": "0.2", "new_money": "3000000", "pool": {"target": "0.15", "of": "post-money-total"}}},
        shares_after=(9500000 / F(9, 10) - 500000) / F(65, 100), post_money=15 * M, pre_money=12 * M)
    base = F(8 * M) / (1 - F(333333, 7 * M))
    price, own = down(10 * M / base, 4), down(7 * M / base, 4)
    at.round("prices down to four places, shares down to whole ones", {
        "holdings": common(("F", 8 * M)), "convertibles": [safe("S", 333333, 7 * M)], "price_places": 4, "price_mode": "down",
        "share_mode": "floor", "round": {"pre_money": "10000000", "new_money": "2000000"}},
        converts={"S": {"price": own, "shares": int(333333 / own), "preference": int(333333 / own) * own,
                        "residue": 333333 - int(333333 / own) * own}}, price=price, new_shares=int(2 * M / price))


def protection(at):
    held = common(("F", 8 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}]
    s = F(10 * M) / 19
    price = (6 * M - F(2 * M) / F(10600000) * M) / (10 * M + s + 2 * M * (10 * M + s) / F(10600000) - 2 * M)
    at.round("broad-based, a SAFE at its cap and the new money as two issues", {
        "holdings": held, "classes": [series("A", 2, anti_dilution="broad-based")], "convertibles": [safe("S", 200000, 4 * M)],
        "round": {"pre_money": "6000000", "new_money": "1000000"}},
        price=price, adjusted={"A": 2 * F(10600000) / (10 * M + s + M / price)})
    options = {"holdings": common(("F", 6 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}],
               "options": {"granted": "2000000", "available": "1000000"}, "round": {"price": "1", "new_money": "2000000"}}
    for kind, to in (("narrow-based", F(26, 10)), ("broad-based", F(8, 3)), ("full-ratchet", F(1))):
        at.round(f"{kind} beside options and a pool", {**options, "classes": [series("A", 3, anti_dilution=kind)]}, adjusted={"A": to},
                 shares_after=11 * M + 2 * M * 3 / to)
    at.round("two series, each against its own price", {
        "holdings": common(("F", 5 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}, {"holder": "J", "class": "B", "shares": "1000000"}],
        "classes": [series("A", 1, anti_dilution="broad-based"), series("B", 3, anti_dilution="full-ratchet")],
        "round": {"price": "1.5", "new_money": "3000000"}}, adjusted={"B": F(3, 2)}, shares_after=11 * M)
    rounded = F("1.9206")  # 2 * (10,000,000 + 350,000) / (10,000,000 + 777,777.78)
    at.round("an adjusted price to four places", {
        "holdings": held, "classes": [series("A", 2, anti_dilution="broad-based")],
        "round": {"price": "0.9", "new_money": "700000", "conversion_price_places": 4}},
        adjusted={"A": rounded}, shares_after=8 * M + 4 * M / rounded + F(7000000, 9))
    split = F(1, 2)
    at.round("a split before a ratchet", {
        "holdings": held, "classes": [series("A", 2, anti_dilution="full-ratchet")],
        "round": {"price": "0.5", "new_money": "1000000", "split": {"ratio": "2:1"}}},
        adjusted={"A": split}, shares_before=20 * M, shares_after=16 * M + 8 * M + 2 * M)


def holders(at):
    two = {"holdings": common(("F", 4 * M)) + [{"holder": "X", "class": "A", "shares": "2000000"},
                                               {"holder": "X", "class": "B", "shares": "1000000"}, {"holder": "Y", "class": "B", "shares": "1000000"}],
           "classes": [series("A", 1), series("B", 1)]}
    at.round("pay-to-play over two classes: what is bought counts for them in turn", {
        **two, "round": {"price": "1", "new_money": "1000000", "investors": [{"holder": "X", "amount": "500000"}, {"holder": "Y", "amount": "125000"}],
                         "pay_to_play": {"classes": [{"name": "A"}, {"name": "B"}], "offered": "1000000", "partial": "proportional"}}},
        held={("X", "A"): 2 * M, ("X", "B"): 0, ("X", "Common"): M, ("Y", "B"): 500000, ("Y", "Common"): 500000}, shares_after=9 * M)
    at.round("pay-to-play, then a ratchet for those who played", {
        "holdings": common(("F", 6 * M)) + [{"holder": "X", "class": "A", "shares": "2000000"}, {"holder": "Y", "class": "A", "shares": "1000000"}],
        "classes": [series("A", 2, anti_dilution="full-ratchet")],
        "round": {"price": "1", "new_money": "1000000", "investors": [{"holder": "X", "amount": "700000"}],
                  "pay_to_play": {"classes": [{"name": "A"}], "offered": "1000000"}}},
        adjusted={"A": 1}, held={("X", "A"): 2 * M, ("Y", "A"): 0, ("Y", "Common"): M}, shares_after=12 * M)
    s = F(8 * M) / 19
    at.round("pro rata with the SAFE that the holder has too", {
        "holdings": common(("F", 7 * M), ("I", M)), "convertibles": [safe("S", 400000, 8 * M, holder="I")],
        "round": {"pre_money": "16000000", "new_money": "4000000", "investors": [{"holder": "I", "pro_rata": True}]}},
        rights={"I": 4 * M * (M + s) / (8 * M + s)}, converts={"S": {"shares": s}})
    at.round("a secondary sale of preferred beside new money", {
        "holdings": common(("F", 8 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}], "classes": [series("A", 1)],
        "round": {"pre_money": "20000000", "new_money": "5000000", "secondary": [{"from": "I", "to": "T", "shares": "500000", "price": "1.8"}]}},
        held={("I", "A"): 1500000, ("T", "A"): 500000}, price=2, new_money=5 * M, shares_after=12500000)
    at.round("a split leaves a SAFE's part as it is", {
        "holdings": common(("F", M)), "convertibles": [safe("S", 500000, 5 * M)],
        "round": {"pre_money": "9000000", "new_money": "1000000", "split": {"ratio": "5:1"}}},
        shares_after=F(5 * M) / F(9, 10) / F(9, 10), converts={"S": {"shares": F(5 * M) / 9}})


#--- Exits ---

def stacks(at):
    terms = {"rate": "0.10", "from": "2022-06-30", "day_count": "30e/360"}
    stack = [bought("A", M, 2 * M, seniority="1"), bought("B", M, 4 * M, price="4", seniority="2", dividends=terms),
             bought("C", M, 5 * M, seniority="3", participation="capped", participation_cap="2")]
    more = {"common_shares": 5 * M, "date": "2024-06-30", "options": {"grants": [{"holder": "E", "shares": "1000000", "strike": "1"}]}}
    p = F(92, 70)  # 5 p + (p - 1) + (5 + p) + 4.8 + 2 = 20
    at.exit("a stack of three, dividends and options: none converts", exit_of(20 * M, *stack, **more), keeps=["A", "B", "C"],
            A=2 * M, B=4800000, C=5 * M + M * p, F=5 * M * p, E=M * (p - 1))
    p = F(51, 8)  # 5 p + (p - 1) + p + p + 10 = 60
    at.exit("the same: two convert, one is at its cap", exit_of(60 * M, *stack, **more), converts=["A", "B"], keeps=["C"],
            A=M * p, B=M * p, C=10 * M, F=5 * M * p)
    p = F(101, 9)
    at.exit("the same: all convert", exit_of(100 * M, *stack, **more), converts=["A", "B", "C"], C=M * p, E=M * (p - 1))
    at.exit("the same: not enough for the second", exit_of(8 * M, *stack, **more), C=5 * M, B=3 * M, A=0, F=0, E=0)
    twice = [bought("A", M, 4 * M), bought("B", M, 3 * M, preference="2")]
    at.exit("side by side by claim, not by money", exit_of(5 * M, *twice), A=2 * M, B=3 * M)
    capped = bought("A", M, 3 * M, participation="capped", participation_cap="2")
    grants = {"grants": [{"holder": "E", "shares": "1000000", "strike": "2"}, {"holder": "G", "shares": "500000", "strike": "6"}]}
    at.exit("a cap beside options by strike", exit_of(30 * M, capped, common_shares=4 * M, options=grants), keeps=["A"],
            A=6 * M, F=20800000, E=3200000, G=0)
    p = F(500, 65)
    at.exit("past the cap all are exercised", exit_of(45 * M, capped, common_shares=4 * M, options=grants), converts=["A"],
            A=M * p, G=M * (p - 6) / 2)
    grown = {"rate": "0.08", "from": "2022-06-30", "day_count": "30e/360", "kind": "compound", "periods_a_year": 1,
             "on_conversion": "converted"}
    at.exit("compound dividends become shares", exit_of(60 * M, bought("A", M, 4 * M, price="4", dividends=grown), common_shares=5 * M,
                                                        date="2024-06-30"), converts=["A"], A=60 * M * F(11664, 61664))
    at.exit("or are kept", exit_of(20 * M, bought("A", M, 4 * M, price="4", dividends=grown), common_shares=5 * M, date="2024-06-30"),
            keeps=["A"], A=4665600, F=20 * M - 4665600)


def ahead(at):
    pair = [bought("A", M, 3 * M), bought("B", 2 * M, 6 * M, seniority="1")]
    beside = {"carve_outs": [{"name": "M", "amount": "1000000", "when": "alongside"}]}
    at.exit("a carve-out beside the senior class", exit_of(3500000, *pair, **beside), B=3 * M, M=500000, A=0)
    at.exit("the junior class gets the rest", exit_of(8 * M, *pair, **beside), B=6 * M, M=M, A=M, F=0)
    tiers = [{"to": "10000000", "share": "0"}, {"share": "0.1"}]
    at.exit("a carve-out from ten million on, after debt", exit_of(25 * M, pair[0], debt=[{"name": "Bank", "amount": "2000000"}],
                                                                  carve_outs=[{"name": "M", "tiers": tiers}]),
            Bank=2 * M, M=1500000, A=3 * M, F=18500000)
    at.exit("debt, a carve-out and a discount without a cap", exit_of(
        10 * M, debt=[{"name": "Bank", "amount": "2000000"}], carve_outs=[{"name": "M", "share": "0.05"}],
        convertibles=[safe("S", 800000, None, F(1, 5))]), Bank=2 * M, M=500000, S=M, F=6500000)
    a = bought("A", 2 * M, 5 * M)
    answer = at.scenario("waterfall", "an escrow and an earn-out across a conversion", {
        "payments": [{"name": "closing", "amount": "10000000"}, {"name": "escrow", "amount": "5000000"}, {"name": "earn-out", "amount": "15000000"}],
        "classes": [a], "common": common(("F", 8 * M))})
    for number, paid in enumerate(({"A": 5, "F": 5}, {"A": 0, "F": 5}, {"A": 1, "F": 14})):
        at.same_rows(answer["payments"][number]["payouts"], "name", {of: {"exact": F(amount * M)} for of, amount in paid.items()})
    p = F(155, 90)
    at.exit("a warrant in the pot", exit_of(20 * M, a, warrants=[{"holder": "Bank", "shares": "1000000", "strike": "0.5"}]), keeps=["A"],
            A=5 * M, Bank=M * (p - F(1, 2)), F=8 * M * p)


def convertibles_at_exit(at):
    a = bought("A", 2 * M, 5 * M)
    at.exit("a SAFE that counts a class which keeps", exit_of(30 * M, a, convertibles=[safe("S", M, 10 * M)],
                                                              carve_outs=[{"name": "M", "share": "0.1"}]),
            converts=["S"], keeps=["A"], M=3 * M, A=5 * M, S=22 * M * F(10, 82), F=22 * M * F(72, 82))
    at.exit("a post-money SAFE over a pre-money one", exit_of(22 * M, common_shares=9 * M, convertibles=[
        safe("P", M, 10 * M), safe("Q", 900000, 9 * M, form="pre-money")]), converts=["P", "Q"], P=2200000, Q=1800000, F=18 * M)
    at.exit("a SAFE ahead of the class", exit_of(3 * M, a, convertibles=[safe("S", M, 10 * M, seniority="5")]), S=M, A=2 * M, F=0)
    owed = 500000 * F(103, 100)**4
    n = owed / (5 * M) * 6 * M
    p = 18 * M / (6 * M + n)
    at.exit("a compound note at its cap beside participation", exit_of(
        20 * M, bought("A", M, 2 * M, participation="full"), common_shares=5 * M, date="2024-06-30",
        convertibles=[note(500000, issued="2022-06-30", cap="5000000",
                           interest={"rate": "0.06", "kind": "compound", "periods_a_year": 2, "day_count": "30e/360"})]),
        converts=["N"], N=n * p, A=2 * M + M * p, F=5 * M * p)
    at.exit("a note of twice the principal before a class that falls short", exit_of(
        5 * M, a, date="2024-06-30", convertibles=[note(M, issued="2023-06-30", multiple="2", multiple_of="principal",
                                                        interest={"rate": "0.08", "day_count": "30e/360"})]),
        N=2080000, A=2920000, F=0)
    three = [safe("S", 500000, 5 * M), safe("T", M, 10 * M), safe("U", 2 * M, 40 * M)]  # 10 %, 10 % and 5 %
    at.exit("of three SAFEs two convert", exit_of(24 * M, common_shares=8 * M, convertibles=three), converts=["S", "T"], keeps=["U"],
            S=2200000, T=2200000, U=2 * M, F=17600000)
    at.exit("and then all", exit_of(60 * M, common_shares=7500000, convertibles=three), converts=["S", "T", "U"],
            S=6 * M, T=6 * M, U=3 * M, F=45 * M)


def votes_and_models(at):
    pair = [bought("A", M, M), bought("B", M, 9 * M)]
    group = {"classes": ["A", "B"], "threshold": "0.5"}
    at.exit("half of the votes is not more than half", exit_of(20 * M, *pair, common_shares=6 * M, conversion_groups=[group]),
            keeps=["A", "B"], A=M, B=9 * M, F=10 * M)
    at.exit("but at least half", exit_of(20 * M, *pair, common_shares=6 * M, conversion_groups=[{**group, "needs": "at-least"}]),
            converts=["A", "B"], A=2500000, B=2500000, F=15 * M)
    fallen = {"holdings": common(("F", 8 * M)) + [{"holder": "I", "class": "A", "shares": "2000000"}],
              "classes": [series("A", 2, anti_dilution="full-ratchet")],
              "round": {"name": "B", "pre_money": "5000000", "new_money": "1000000"}}  # at 1/8; A becomes 32 of 48 million
    at.exit("after a ratchet: preferences are of what was paid", {"proceeds": "4000000", "from_model": fallen}, A=3200000, B=800000, F=0)
    at.exit("after a ratchet: shares are as adjusted", {"proceeds": "12000000", "from_model": fallen}, converts=["A", "B"],
            A=8 * M, B=2 * M, F=2 * M)


if __name__ == "__main__":
    sys.exit(run(convertibles, protection, holders, stacks, ahead, convertibles_at_exit, votes_and_models))
