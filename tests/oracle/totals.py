"""What a company has raised: the rounds' inflows added up by currency, or converted into one."""
from collections import namedtuple
from fractions import Fraction

from amount import ISO_DECIMALS, half_even
from dates import last_day
from inflows import COME, brought, less
from rounds import DEFAULT_INSTRUMENTS

# Amounts in minor units; `currency` is None when every amount is undisclosed.
Total = namedtuple("Total", "currency known lower upper rounds undisclosed")
MAX_AGE = 7  # days for which a rate is good


class NoRate(Exception):
    """A conversion lacks a rate near enough to its day."""


def rounds_that_count(company, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False, preferred=None):
    """The rounds that a total takes, each with what it brings as of a day (an ordinal)."""
    taken = []
    for one in company.rounds:
        seen = one.seen(as_of, preferred)
        if seen.counts(instruments) and not (exclude_funds and seen.value("fund_type") is not None):
            taken.append((one, brought(seen, as_of)))
    return taken


def totals(company, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False, preferred=None):
    """One total a currency, by code; one without currency when every amount is undisclosed."""
    sums = {}  # by currency: known, lower, upper, rounds
    undisclosed, is_open = 0, False
    for _, brings in rounds_that_count(company, as_of, instruments, exclude_funds, preferred):
        is_open = is_open or brings.open
        undisclosed += brings.undisclosed
        come = set()
        for inflow in brings.inflows:
            entry = sums.setdefault(inflow.currency, [0, 0, 0, 0])
            if inflow.timing == COME:
                entry[0] += inflow.known
                entry[1] += inflow.lower
                come.add(inflow.currency)
            entry[2] = None if entry[2] is None or inflow.upper is None else entry[2] + inflow.upper
        for currency in come:
            sums[currency][3] += 1
    if not sums and undisclosed:
        return [Total(None, None, None, None, undisclosed, undisclosed)]
    return [Total(currency, known, lower, None if is_open else upper, rounds + undisclosed, undisclosed)
            for currency, (known, lower, upper, rounds) in sorted(sums.items())]


def total_in(world, company, currency, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False):
    """The one total in a currency: each inflow converted at the rate of its date, summed, then rounded once."""
    known = lower = Fraction(0)
    upper = Fraction(0)
    counted = undisclosed = 0
    any_inflow = False
    taken = rounds_that_count(company, as_of, instruments, exclude_funds)
    for _, brings in taken:
        undisclosed += brings.undisclosed
        counted += brings.come
        if brings.open:
            upper = None
        for inflow in brings.inflows:
            any_inflow = True
            its_known, its_lower, its_upper = converted(world, inflow, currency, as_of)
            if inflow.timing == COME:
                known += its_known
                lower += its_lower
            upper = None if upper is None or its_upper is None else upper + its_upper
    if not any_inflow and not undisclosed:
        return []
    rounded = [None if value is None else int(half_even(value)) for value in (known, lower, upper)]
    return [Total(currency, *rounded, counted, undisclosed)]


def converted(world, inflow, currency, as_of):
    """(known, lower, upper) of an inflow in another currency, less conversions, before any rounding. As of a day before
    the last of its date, that day's rate is used."""
    def at(own, values):
        rate = 1 if own == currency else minor_rate(world, own, inflow.date, currency, as_of)
        return tuple(None if value is None else value * rate for value in values)
    if inflow.foreign is None:
        return at(inflow.currency, (inflow.known, inflow.lower, inflow.upper))
    part = inflow.foreign
    return less(at(inflow.currency, (inflow.known, inflow.stated_lower, inflow.upper)),
                at(part.currency, (part.known_minor, part.lower_minor, part.upper_minor)))


def decimals_of(world, currency):
    return world.units[currency] if currency in world.units else ISO_DECIMALS[currency]


def minor_rate(world, own, date, currency, as_of):
    """How many minor units of the currency one minor unit of another comes to on a day."""
    if date is None:
        raise NoRate
    day = last_day(date) if as_of is None else min(last_day(date), as_of)
    return rate(world, own, currency, day) * Fraction(
        10 ** decimals_of(world, currency), 10 ** decimals_of(world, own))


def rate(world, base, quote, day):
    """The latest recorded rate on or before the day, at most 7 days old, or the inverse of one; if equally late the
    direct one. A partial date of a rate is its last day; of two rates that come to one day the better claim counts."""
    found = None
    for (one, other, on), entry in world.rates.items():
        direct = (one, other) == (base, quote)
        if not direct and (one, other) != (quote, base):
            continue
        at = last_day(on)
        if not day - MAX_AGE <= at <= day:
            continue
        key = (at, direct, world.ranks[entry.id])
        if found is None or key > found[0]:
            value = Fraction(entry.line["rate"])
            found = key, value if direct else 1 / value
    if found is None:
        raise NoRate
    return found[1]


def day_of_question(date):
    """A partial date means its last day; None leaves nothing out."""
    return None if date is None else last_day(date)
