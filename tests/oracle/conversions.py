"""Converted SAFEs and notes: money that was counted when they were sold comes off the round that converts them, once.

The SAFEs and notes on record are used up in the order of their dates by the converting rounds in the order of theirs.
"""
from dates import COME, last_day, span, timing
from inflows import Part, brought_by, by_date, gross, parts_of

NOTES = ("safe", "convertible-note")
ALL = None  # of what is taken off: whatever there is


class Bringing:
    """What one round brings after conversions, as parts."""

    def __init__(self, one, gross_brought, seen, as_told):
        """`seen`: by whom it counts; `as_told`: by all."""
        self.round, self.gross, self.seen = one, gross_brought, seen
        self.parts = parts_of(gross_brought)
        self.fallen = []  # what a SAFE of undisclosed amount surely came to, by those that it was converted in
        self.undisclosed = gross_brought.undisclosed
        self.open_in, self.undisclosed_in = gross_brought.open_in, gross_brought.undisclosed_in
        self.as_of = gross_brought.as_of
        self.fund = as_told.value("fund_type") is not None
        self.business_combination = as_told.business_combination
        self.conversions = None  # the amount
        self.missing = 0  # what of it is not on record
        self.foreign = None  # what is taken off in another currency
        self.surely_above = False


class Foreign:
    """Conversions in another currency than the money that they come off: taken off where there is a rate."""

    def __init__(self, currency, off, date, parts):
        self.currency, self.off, self.date = currency, off, date
        self.parts = {id(part) for part in parts}


def bringings(company, as_of=None, preferred=None):
    """All rounds of a company, each with what it brings after conversions."""
    key = as_of, preferred
    if key not in company.brought:
        result = []
        for one in company.rounds:
            brings = gross(one, as_of, preferred)
            seen = one.seen(as_of, preferred)
            result.append(Bringing(one, brings, brings.seen or seen, seen))
        if any("includes_conversions" in line.line for one in company.rounds for line in one.lines):
            _convert(result)
        company.brought[key] = result
    return company.brought[key]


#--- What is on record

class Note:
    """A SAFE or note, good for its upper bound with all its days come."""

    def __init__(self, bringing):
        self.bringing = bringing
        self.round, self.seen = bringing.round, bringing.seen
        self.date = self.seen.date
        brings = brought_by(self.seen, None)
        own = self.seen.value("instrument")
        self.worth = {currency: group.bounds for (instrument, currency), group in brings.groups.items()
                      if instrument == own}
        self.is_open = own in brings.open_in
        self.undisclosed = not brings.groups
        self.used = {}  # by currency

    def is_for(self, converting, currency):
        """Whether the conversions of a round can come from it."""
        if converting.round is self.round or not (self.undisclosed or currency in self.worth):
            return False
        day = converting.seen.date
        return self.date is None or day is None or span(self.date)[0] <= last_day(day)

    def take(self, currency, wanted):
        """Uses it up by as much as there is of what is wanted."""
        used = self.used.get(currency, 0)
        upper = None if self.undisclosed or self.is_open else self.worth[currency][2]
        taken = wanted if upper is None else min(wanted, max(0, upper - used))
        self.used[currency] = used + taken
        if self.undisclosed and taken:
            _fall_on(self.bringing, currency, taken)
        return taken

    def known_left(self, currency):
        known = self.worth[currency][0] if currency in self.worth else 0
        return max(0, known - self.used.get(currency, 0))


def _fall_on(bringing, currency, taken):
    """A SAFE of undisclosed amount came to at least that, and stays undisclosed. It counts from its date on, as a `raised`
    would: that a closing of it has come says nothing of how much."""
    own, date = bringing.seen.value("instrument"), bringing.seen.date
    come = timing(date, bringing.as_of) == COME
    if own in bringing.open_in:
        lower = taken if come else 0
        bringing.fallen.append(Part(own, currency, (lower, lower, None), date, None, come))


def _notes(rounds):
    notes = [Note(one) for one in rounds if one.seen.value("instrument") in NOTES and one.seen.stated
             and (one.seen.status_claim is None or one.seen.status_claim[1] not in ("rumoured", "cancelled"))
             and not one.gross.cancelled]
    return sorted(notes, key=lambda note: (note.undisclosed, by_date(note.date), note.round.handle))


#--- What is taken off

def _convert(rounds):
    notes = _notes(rounds)
    for one in sorted(rounds, key=lambda one: (by_date(one.seen.date), one.round.handle)):
        amount = one.seen.value("includes_conversions")
        if amount is None or one.gross.seen is None or (one.gross.cancelled and not one.gross.groups):
            continue  # a rumour converts nothing, and neither does what was cancelled before anything came
        one.conversions = amount
        if amount.disclosed:
            _disclosed(one, amount, notes)
        else:
            _undisclosed(one, notes)
    for one in rounds:
        one.parts += one.fallen


def _chain(one, currency):
    """What conversions come off: the money under the round's own instrument, then that under `equity`."""
    own = one.seen.value("instrument")
    parts = [part for part in one.parts if currency is ALL or part.currency == currency]
    return ([part for part in parts if part.instrument == own],
            [part for part in parts if part.instrument == "equity" != own])


def _disclosed(one, amount, notes):
    found = 0
    for note in notes:
        if note.is_for(one, amount.currency):
            found += note.take(amount.currency, amount.known_minor - found)
    one.missing = amount.known_minor - found
    raised = _raised(one)
    one.surely_above = raised is not None and raised.currency == amount.currency \
        and raised.upper_minor is not None and amount.lower_minor > raised.upper_minor
    off_upper = 0 if one.surely_above or not _all_come(one) else min(found, amount.lower_minor)
    off = amount.known_minor, amount.upper_minor, off_upper  # off known, lower and upper
    chain = _chain(one, amount.currency)
    elsewhere = one.gross.currency not in (None, amount.currency)
    if elsewhere or (one.gross.currency is None and not any(chain)):
        chain = _chain(one, one.gross.currency)
        if any(chain):
            one.foreign = Foreign(amount.currency, off, one.gross.date, chain[0] + chain[1])
        return
    _take_off(chain[0] + chain[1], off)


def _raised(one):
    """The `raised` that is used as of the day."""
    early = one.seen.early
    return (early and early.word(one.as_of)) or one.seen.value("raised") if one.gross.currency else None


def _undisclosed(one, notes):
    """They take off what is known of the SAFEs and notes that are left, and perhaps all. Nobody says in which currency they
    are: also of a sum that counts on from before, in another than `raised`, perhaps nothing is new money."""
    for currency in sorted({part.currency for part in one.parts}):
        chain = _chain(one, currency)
        if not any(chain):
            continue
        found = 0
        for note in notes:
            if note.is_for(one, currency):
                left = note.known_left(currency)
                note.used[currency] = note.used.get(currency, 0) + left
                found += left
        _take_off(chain[0] + chain[1], (found, ALL, 0))


def _all_come(one):
    """Whether the round's day or, where it has some, all of its closings have surely come."""
    dates = [tranche.date for tranche in one.seen.tranches]
    return one.gross.day_come or (bool(dates) and all(timing(date, one.as_of) == COME for date in dates))


def _take_off(parts, off):
    """Off each bound in turn: off known, lower and upper what `off` says."""
    left = list(off)
    for part in parts:
        rest = []
        for place, value in enumerate(part.bounds):
            if value is None:  # open above: the whole of it stays open
                rest.append(None)
                left[place] = 0
            elif left[place] is ALL:
                rest.append(0)
            else:
                taken = min(value, left[place])
                left[place] -= taken
                rest.append(value - taken)
        part.bounds = tuple(rest)
