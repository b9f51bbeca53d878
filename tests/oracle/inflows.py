"""What a round brings: which amounts count, and from when.

`raised`, less converted SAFEs and notes, counts at the round's date; a round without a disclosed `raised` counts its
closings, each from its own `on`.
"""
from collections import namedtuple

from dates import span

COME, PERHAPS, NOT_YET = "come", "perhaps", "not yet"
# One sum of money. `upper` is None where it is open above. `foreign`: conversions in another currency, which are taken off
# where there is a rate, from (known, lower, upper) as stated; without one it cannot be told what of the sum is new money:
# all of it is in `known` and `upper`, nothing in `lower`.
Inflow = namedtuple("Inflow", "currency known lower upper date timing closing foreign stated_lower",
                    defaults=(None, None))


class Brought:
    """What one round brings as of a day."""

    def __init__(self):
        self.inflows = []
        self.come = False  # it is among the rounds that count
        self.open = False  # something of it has no amount and may have come: no upper bound holds in any currency

    @property
    def undisclosed(self):
        """It has come, and no amount of it has."""
        return self.come and not any(inflow.timing == COME for inflow in self.inflows)


def timing(date, as_of):
    """A partial date has surely come from its last day on, perhaps from its first; without a date perhaps always."""
    if as_of is None:
        return COME
    if date is None:
        return PERHAPS
    first, last = span(date)
    return COME if last <= as_of else PERHAPS if first <= as_of else NOT_YET


def brought(one, as_of=None):
    """`one` is the round as seen as of the day (an ordinal)."""
    result = Brought()
    date = one.date
    when = timing(date, as_of)
    raised = one.value("raised")
    if raised is not None and raised.disclosed:
        if when != NOT_YET:
            result.inflows.append(_new_money(raised, one.value("includes_conversions"), date, when))
            result.come = when == COME
        return result
    if not one.stated:
        return result  # as of the day nothing states it
    closing_seen = False
    for on, name, claims in one.closings():
        closing_when = timing(on, as_of)
        if closing_when == NOT_YET:
            continue
        closing_seen = True
        amount = claims[0][1]
        result.come = result.come or closing_when == COME
        if amount.disclosed:
            result.inflows.append(Inflow(amount.currency, amount.known_minor, amount.lower_minor, amount.upper_minor,
                                         on, closing_when, name))
        else:
            result.open = True
    result.come = result.come or (when == COME and bool(one.lines))
    if not closing_seen and when != NOT_YET and one.lines:
        result.open = True  # the round, of undisclosed amount, may have come
    result.open = result.open or result.undisclosed
    return result


def _new_money(raised, conversions, date, when):
    """Converted SAFEs and notes were counted when they were sold. What is left is never less than nothing."""
    known, lower, upper = raised.known_minor, raised.lower_minor, raised.upper_minor
    foreign = None
    if conversions is not None:
        if not conversions.disclosed:
            lower = 0  # all of it may be converted
        elif conversions.currency != raised.currency:
            foreign, lower = conversions, 0
        else:
            known, lower, upper = less((known, lower, upper), (conversions.known_minor, conversions.lower_minor,
                                                               conversions.upper_minor))
    return Inflow(raised.currency, known, lower, upper, date, when, None, foreign, raised.lower_minor)


def less(whole, part):
    """Both are (known, lower, upper) in one unit. What is left is never less than nothing."""
    known, lower, upper = whole
    part_known, part_lower, part_upper = part
    return (max(0, known - part_known), 0 if part_upper is None else max(0, lower - part_upper),
            None if upper is None else max(0, upper - part_lower))
