"""What converts an amount of a day: equal currencies, a parity, a rate, a crossing over one third currency."""
from fractions import Fraction

from dates import last_day, span

MAX_AGE = 7  # days for which a day's rate is good

# Of currencies of ledgers here what one of the currency in the second place comes to, from that day on.
PARITIES = {"DEM": ("EUR", "1.95583", "1999-01-01"), "FRF": ("EUR", "6.55957", "1999-01-01"),
            "BGN": ("EUR", "1.95583", "1999-01-01"), "HRK": ("EUR", "7.5345", "2023-01-01"),
            "TRL": ("TRY", "1000000", "2005-01-01"), "SLL": ("SLE", "1000", "2022-07-01")}


class NoRate(Exception):
    """Nothing converts the amount."""


def rate(world, base, quote, day, max_age=MAX_AGE):
    """How many units of `quote` one of `base` is on a day (an ordinal)."""
    table = Table(world, day, max_age)
    found = table.between(base, quote)
    if found is not None:
        return found[0]
    thirds = []
    for third in sorted(table.codes | {base, quote}):
        one, two = table.between(base, third), table.between(third, quote)
        if third not in (base, quote) and one and two:
            thirds.append((-min(one[1], two[1]), third != "EUR", third != "USD", third, one[0] * two[0]))
    if not thirds:
        raise NoRate
    return min(thirds)[-1]


class Table:
    """What is on record for one day."""

    def __init__(self, world, day, max_age):
        self.day, self.rates = day, {}
        self.codes = {"EUR", *PARITIES, *(to for to, _, _ in PARITIES.values())}
        for (base, quote, on), entry in world.rates.items():
            first, last = span(on)
            value = Fraction(entry.line["rate"])
            self.codes |= {base, quote}
            if len(on) == len("2024-01-01"):
                if day - max_age <= last <= day:
                    key = (1, last)  # a day's comes before a period's, the later before the earlier
                    self._offer(base, quote, key, value, last)
            elif first <= day <= last:
                self._offer(base, quote, (0, first - last), value, day)

    def _offer(self, base, quote, key, value, as_old_as):
        for pair, rank, worth in (((base, quote), (*key, 1), value), ((quote, base), (*key, 0), 1 / value)):
            if pair not in self.rates or rank > self.rates[pair][0]:
                self.rates[pair] = rank, worth, as_old_as

    def between(self, base, quote):
        """(rate, the day that it is as old as), without a crossing; or None."""
        fixed = self._parity(base, quote)
        if fixed is not None:
            return fixed, self.day
        found = self.rates.get((base, quote))
        return found and (found[1], found[2])

    def _parity(self, base, quote):
        down, up = dict(self._followed(base)), dict(self._followed(quote))
        return next((down[code] / up[code] for code in down if code in up), None)

    def _followed(self, code):
        """The currencies that replaced it by the day, and what one of it is in each."""
        value = Fraction(1)
        yield code, value
        while code in PARITIES and last_day(PARITIES[code][2]) <= self.day:
            code, units, _ = PARITIES[code]
            value /= Fraction(units)
            yield code, value
