"""What a company has raised: what its rounds bring added up by currency, or converted into one."""
from collections import namedtuple
from fractions import Fraction

from amount import ISO_DECIMALS, half_even
from conversions import ALL, bringings
from dates import last_day
from rates import MAX_AGE, NoRate, rate
from rounds import DEFAULT_INSTRUMENTS

# Amounts in minor units; `currency` is None when every amount is undisclosed. `untold`: of the rounds, those of which it
# cannot be told without a rate what is new money.
Total = namedtuple("Total", "currency known lower upper rounds undisclosed untold", defaults=(0,))


class Taken:
    """What a total takes of one round."""

    def __init__(self, bringing, instruments):
        self.round, self.bringing = bringing.round, bringing

        def passes(instrument):
            return instruments is None or instrument in instruments
        self.parts = [part for part in bringing.parts if passes(part.instrument)]
        # Something that is taken has come, and of the round, or of what is taken of it, no amount has.
        self.undisclosed = any(passes(one) for one in bringing.undisclosed_in) and (
            bringing.undisclosed or not any(part.come for part in self.parts))
        self.open = any(passes(one) for one in bringing.open_in)
        foreign = bringing.foreign
        self.untold_parts = foreign.parts if foreign else ()
        self.untold = any(id(part) in self.untold_parts for part in self.parts)

    def lower_of(self, part):
        """Without a rate it cannot be told what is new money: perhaps nothing."""
        return 0 if id(part) in self.untold_parts else part.bounds[1]


def rounds_that_count(company, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False, preferred=None):
    """What a total takes of each round as of a day (an ordinal)."""
    return [Taken(one, instruments) for one in bringings(company, as_of, preferred)
            if not (exclude_funds and one.fund) and not one.business_combination]


def totals(company, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False, preferred=None):
    """One total a currency, by code; one without currency when every amount is undisclosed."""
    sums = {}  # by currency: known, lower, upper, rounds, untold
    undisclosed, is_open = 0, False
    for taken in rounds_that_count(company, as_of, instruments, exclude_funds, preferred):
        is_open = is_open or taken.open
        undisclosed += taken.undisclosed
        come, untold = set(), set()
        for part in taken.parts:
            entry = sums.setdefault(part.currency, [0, 0, 0, 0, 0])
            known, _, upper = part.bounds
            entry[0] += known
            entry[1] += taken.lower_of(part)
            entry[2] = None if entry[2] is None or upper is None else entry[2] + upper
            if part.come and not taken.undisclosed:
                come.add(part.currency)
                if id(part) in taken.untold_parts:
                    untold.add(part.currency)
        for currency in come:
            sums[currency][3] += 1
        for currency in untold:
            sums[currency][4] += 1
    if not sums and undisclosed:
        return [Total(None, None, None, None, undisclosed, undisclosed)]
    return [Total(currency, known, lower, None if is_open else upper, rounds + undisclosed, undisclosed, untold)
            for currency, (known, lower, upper, rounds, untold) in sorted(sums.items())]


def total_in(world, company, currency, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False,
             max_age=MAX_AGE):
    """The one total in a currency: each part converted at the rate of its date, summed, then rounded once."""
    sums = [Fraction(0), Fraction(0), Fraction(0)]
    counted = undisclosed = 0
    any_part = False
    for taken in rounds_that_count(company, as_of, instruments, exclude_funds):
        undisclosed += taken.undisclosed
        counted += taken.undisclosed or any(part.come for part in taken.parts)
        any_part = any_part or bool(taken.parts)
        values = converted(world, taken, currency, as_of, max_age)
        if taken.open:
            values[2] = None
        sums = [None if old is None or new is None else old + new for old, new in zip(sums, values)]
    if not any_part and not undisclosed:
        return []
    rounded = [None if value is None else int(half_even(value)) for value in sums]
    return [Total(currency, *rounded, counted, undisclosed)]


def converted(world, taken, currency, as_of, max_age):
    """[known, lower, upper] of what a total takes of a round, in another currency and before any rounding. The bounds
    stay in order where parts have different rates."""
    foreign = taken.bringing.foreign
    sums, mixed = [0, 0, 0], [0, 0, 0]  # mixed: what conversions in another currency come off
    for part in taken.parts:
        share = mixed if id(part) in taken.untold_parts else sums
        rate_of = _rate_for(world, part.currency, part.bounds, part.date, currency, as_of, max_age)
        for place, value in enumerate(part.bounds):
            share[place] = None if share[place] is None or value is None else share[place] + value * rate_of
    if taken.untold:  # both at the rate of the round's day
        rate_of = _rate_for(world, foreign.currency, foreign.off, foreign.date, currency, as_of, max_age)
        mixed = [value if value is None else 0 if off is ALL else max(0, value - off * rate_of)
                 for value, off in zip(mixed, foreign.off)]
    known, lower, upper = (None if a is None or b is None else a + b for a, b in zip(sums, mixed))
    return [known, min(lower, known), None if upper is None else max(upper, known)]


def _rate_for(world, own, values, date, currency, as_of, max_age):
    """The rate at which values in a currency count in another one; where they are all nothing none is needed."""
    if own == currency or not any(values):
        return Fraction(1)
    return minor_rate(world, own, date, currency, as_of, max_age)


def decimals_of(world, currency):
    return world.units[currency] if currency in world.units else ISO_DECIMALS[currency]


def minor_rate(world, own, date, currency, as_of, max_age):
    """How many minor units of the currency one minor unit of another comes to on a day."""
    if date is None:
        raise NoRate
    day = last_day(date) if as_of is None else min(last_day(date), as_of)
    return rate(world, own, currency, day, max_age) * Fraction(
        10 ** decimals_of(world, currency), 10 ** decimals_of(world, own))


def day_of_question(date):
    """A partial date means its last day; None leaves nothing out."""
    return None if date is None else last_day(date)
