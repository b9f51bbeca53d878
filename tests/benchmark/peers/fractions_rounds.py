"""Priced rounds with post-money SAFEs in closed form, in Python's fractions: every figure of the library's answer without its words.
Prints the time of a round, and each price.

usage: fractions_rounds.py ROUNDS.json
"""
import json
import sys
import time
from fractions import Fraction


def solved(pre, new, before, available, target, safes):
    """The price, all shares after, the pool's increase, the SAFEs' capitalization and who converts at the cap."""
    post = pre + new
    sold = new / post
    at_cap = [cap < pre * keeps for _, cap, keeps in safes]
    grows = bool(target)
    while True:
        own = sum((amount / cap for (amount, cap, _), capped in zip(safes, at_cap) if capped), Fraction(0))
        part = sum((amount / keeps / post for (amount, _, keeps), capped in zip(safes, at_cap) if not capped), Fraction(0))
        times = 1 / (1 - own)
        if grows:
            after = (before * times - available) / (1 - sold - target - part * times)
            increase = target * after - available
        else:
            after, increase = before * times / (1 - sold - part * times), Fraction(0)
        base = (before + part * after) * times
        price = post / after
        worth = base * price
        decided = [cap < worth * keeps for _, cap, keeps in safes]
        grown = bool(target) and available < target * (after - increase)
        if (decided, grown) == (at_cap, grows):
            return price, after, increase, base, at_cap
        at_cap, grows = decided, grown


def figures(case):
    founders, granted, available, pre, new, target, safes = case
    before = founders + granted + available
    price, after, increase, base, at_cap = solved(pre, new, before, available, target, safes)
    shares = new / price
    conversions = []
    for (amount, cap, keeps), capped in zip(safes, at_cap):
        own = cap / base if capped else price * keeps
        got = amount / own
        preference = got * own
        conversions.append((own, got, preference, amount - preference))
    rows = [(founders, founders), (granted, granted), (available, available + increase), (Fraction(0), shares)]
    rows += [(Fraction(0), got) for _, got, _, _ in conversions]
    holdings = [(now, now / after, was / before) for was, now in rows]
    return price, price * before, price * after, shares, increase, conversions, holdings


def read(of):
    number = Fraction
    safes = [(number(amount), number(cap), 1 - number(discount or 0)) for amount, cap, discount in of["safes"]]
    return (number(of["founders"]), number(of["granted"]), number(of["available"]), number(of["pre"]), number(of["new"]),
            number(of["target"] or 0), safes)


def main():
    with open(sys.argv[1]) as file:
        cases = [read(of) for of in json.load(file)]
    times = []
    for _ in range(5):
        start = time.perf_counter()
        answers = [figures(case) for case in cases]
        times.append(time.perf_counter() - start)
    print(json.dumps({"microseconds": sorted(times)[2] / len(cases) * 1e6,
                      "prices": [f"{price.numerator}/{price.denominator}" for price, *_ in answers]}))


if __name__ == "__main__":
    main()
