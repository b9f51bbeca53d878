"""What a round brings as of a day, before converted SAFEs and notes are taken off (conversions.py does that).

Money is kept by instrument and currency, in groups. What a group brings is then told of its tranches by date, each at
its own date, and of what counts beyond them at the round's day.
"""
from dates import COME, END_OF_DAYS, NOT_YET, Begun, last_day, span, timing
from final_word import FILING, filing_day
from status import day_of_cancelling

NOTHING = (0, 0, 0)


#--- Bounds: (known, lower, upper) in one unit; upper is None where it is open above

def bounds(amount):
    return amount.known_minor, amount.lower_minor, amount.upper_minor


def less(whole, part):
    """What is left is never less than nothing. What is surely taken off is the lower bound of it."""
    known, lower, upper = whole
    part_known, part_lower, part_upper = part
    return (max(0, known - part_known), 0 if part_upper is None else max(0, lower - part_upper),
            None if upper is None else max(0, upper - part_lower))


def plus(a, b):
    return a[0] + b[0], a[1] + b[1], None if a[2] is None or b[2] is None else a[2] + b[2]


def at_least(a, b):
    return max(a[0], b[0]), max(a[1], b[1]), None if a[2] is None or b[2] is None else max(a[2], b[2])


def cut(a, limit):
    """None does not limit."""
    if limit is None:
        return a
    return min(a[0], limit), min(a[1], limit), limit if a[2] is None else min(a[2], limit)


def total(amounts):
    result = NOTHING
    for amount in amounts:
        result = plus(result, bounds(amount))
    return result


#--- What a round brings

class Group:
    """Money of one instrument and currency."""

    __slots__ = ("bounds", "come", "tranches", "date")

    def __init__(self, values, come, tranches, date):
        self.bounds, self.come = values, come
        self.tranches = tranches  # those that it may be told of
        self.date = date  # of what counts beyond them


class Brought:
    """What one round brings as of a day."""

    def __init__(self, as_of=None):
        self.as_of = as_of  # earlier than the day asked for a round that was cancelled
        self.groups = {}  # by (instrument, currency)
        self.undisclosed = False  # it has come, and no amount of it has
        self.open_in = set()  # instruments of what has no amount and may have come: there is no upper bound
        self.undisclosed_in = set()  # those of which something has come without an amount
        self.currency = None  # of its rest: that of `raised`
        self.date = None  # the round's day
        self.day_come = False  # surely
        self.cancelled = False
        self.seen = None  # the round's lines and closings that say so

    def counts(self, instruments):
        """Whether totals of these instruments take something of it that has come."""
        return bool(self.undisclosed_in.intersection(instruments)) or any(
            group.come and instrument in instruments for (instrument, _), group in self.groups.items())

    def add(self, instrument, amount, tranche, when):
        """A tranche by itself, from its own date."""
        group = self.groups.setdefault((instrument, amount.currency), Group(NOTHING, False, [], self.date))
        known, lower, upper = bounds(amount)
        group.bounds = plus(group.bounds, (known, lower, upper) if when == COME else (0, 0, upper))
        group.come = group.come or when == COME
        group.tranches.append(tranche)


def gross(one, as_of=None, preferred=None):
    """What a round brings, whatever its conversions."""
    key = as_of, preferred
    if key not in one.brought:
        one.brought[key] = _by_status(one, as_of, preferred)
    return one.brought[key]


def _by_status(one, as_of, preferred):
    seen = one.seen(as_of, preferred)
    status = seen.status_claim
    if status is not None and status[1] == "rumoured":
        return Brought(as_of)
    if status is None or status[1] != "cancelled":
        return _with_amendments(one, as_of, preferred)
    day = day_of_cancelling(one.world, status[0])
    end = day if as_of is None else min(day, as_of)
    return _cancelled(one, end, preferred, one.trust(status[0], preferred), seen.claims("instrument"))


def _cancelled(one, end, preferred, least, instrument):
    """What had come by the day of the cancelling, of what sources of its type or a higher one say. It counts under the
    round's instrument, whoever tells that."""
    seen = _closed_or_filed(one.seen(end, preferred, least), end).with_claims("instrument", instrument)
    result = brought_by(seen, end, True)
    result.cancelled = True
    return result


def _with_amendments(one, as_of, preferred):
    """As long as the round's day has not surely come, what it brought on the day before its latest line began counts
    on."""
    result = brought_by(one.seen(as_of, preferred), as_of)
    if as_of is not None and not result.day_come:
        began = one.last_begin(as_of, preferred)
        if began is not None:
            before = gross(one, began - 1, preferred)
            for key, earlier in before.groups.items():
                group = result.groups.setdefault(key, Group(NOTHING, False, [], result.date))
                group.bounds = at_least(group.bounds, earlier.bounds)
                group.come = group.come or earlier.come
            if result.currency is None:  # nobody says how much it raised
                result.open_in |= before.open_in
                if before.undisclosed and not any(group.come for group in result.groups.values()):
                    result.undisclosed = True
                    result.undisclosed_in |= before.undisclosed_in
    return result


def _closed_or_filed(seen, as_of):
    """Of a cancelled round only a filing's `raised` counts, but for what was closed by then."""
    closed = seen.value("closed")
    if closed is not None and last_day(closed) <= as_of:
        return seen
    return seen.with_claims("raised", [claim for claim in seen.claims("raised") if seen.world.type_of(claim[0]) == FILING])


def brought_by(seen, as_of, cancelled=False):
    """By the lines that are seen, without what was brought before."""
    result = Brought(as_of)
    result.seen = seen
    result.date = _day(seen)
    if not seen.stated:
        return result  # as of the day nothing states it
    result.day_come = _has_come(result.date, as_of)
    raised = seen.value("raised")
    if raised is not None and raised.disclosed:
        _disclosed(result, seen, as_of)
    else:
        # Of a cancelled round nothing but what was closed has come.
        _undisclosed(result, seen, as_of, seen.value("closed") if cancelled else seen.date, cancelled)
    return result


def _has_come(day, as_of, first=None):
    """Whether the round's day surely has. `first`: of its dates; once that has begun all may have come."""
    if as_of is None or (day is not None and last_day(day) <= as_of):
        return True
    return isinstance(as_of, Begun) and (day is None or span(day)[0] <= as_of or (first is not None and first <= as_of))


def _day(seen):
    """The round's day: its date; by a filing's `raised` that or the filing's day, whichever ends first."""
    date = seen.date
    winner = seen.winner("raised")
    if winner is not None and seen.value("raised").disclosed and seen.world.type_of(winner) == FILING:
        filed = filing_day(seen.world, winner)
        if filed is not None and (date is None or last_day(filed) < last_day(date)):
            return filed
    return date


def _undisclosed(result, seen, as_of, date, cancelled):
    """A round without a disclosed `raised` brings its tranches."""
    own = seen.value("instrument")
    when = timing(date, as_of) if date is not None or not cancelled else NOT_YET
    come = when == COME and bool(seen.lines)
    closing_seen = False
    for tranche in seen.tranches:
        closing_when = timing(tranche.date, as_of)
        if closing_when == NOT_YET:
            continue
        closing_seen = True
        come = come or closing_when == COME
        instrument = tranche.instrument or own
        if tranche.amount.disclosed:
            result.add(instrument, tranche.amount, tranche, closing_when)
        else:
            result.open_in.add(instrument)
            if closing_when == COME:
                result.undisclosed_in.add(instrument)
    result.undisclosed = come and not any(group.come for group in result.groups.values())
    if result.undisclosed:
        result.undisclosed_in.add(own)
    if result.undisclosed or (not closing_seen and when != NOT_YET and seen.lines):
        result.open_in.add(own)  # or the round, of undisclosed amount, has perhaps come


def _disclosed(result, seen, as_of):
    own = seen.value("instrument")
    raised = seen.value("raised")
    early = seen.early
    disclosed = [one for one in seen.tranches if one.amount.disclosed and one.amount.currency == raised.currency]
    inside = [one for one in disclosed if one.instrument in (None, own)]
    others = [one for one in disclosed if one.instrument not in (None, own)]
    result.currency = raised.currency
    for tranche in others:
        when = timing(tranche.date, as_of)
        if when != NOT_YET:
            result.add(tranche.instrument, tranche.amount, tranche, when)
    for tranche in seen.tranches:
        when = timing(tranche.date, as_of)
        if tranche.amount.disclosed or tranche.instrument in (None, own) or when == NOT_YET:
            continue
        result.open_in.add(tranche.instrument)  # nothing is known of it, so nothing is taken off
        if when == COME:
            result.undisclosed_in.add(tranche.instrument)
    off = total(one.amount for one in others)
    if early is None:
        rest = _rest(less(bounds(raised), off), _is_firm(raised), inside, result.date,
                     _first_day(seen, result.date), as_of)
    else:
        rest = _early(early, off, inside, others, result.date, _first_day(seen, result.date), as_of)
    if rest is not None:
        come = result.day_come or any(timing(one.date, as_of) == COME for one in inside)
        begun = [one for one in inside if timing(one.date, as_of) != NOT_YET]
        result.groups[own, raised.currency] = Group(rest, come, begun, result.date)


def _first_day(seen, day):
    """The first day of the first of the round's dates; before it nothing has come."""
    dates = [seen.value(field) for field in ("closed", "announced", "first_sale", "filed")]
    return min((span(date)[0] for date in (*dates, day, *(one.date for one in seen.tranches)) if date is not None),
               default=None)


def _is_firm(amount):
    return amount.qualifier in ("exact", "about")


def _rest(whole, firm, tranches, day, first, as_of):
    """What is left of what was raised, as far as it has come: bounds, or None before the round has begun."""
    if _has_come(day, as_of, first):
        come = total(one.amount for one in tranches if timing(one.date, as_of) == COME)
        if not firm:
            come = cut(come, whole[2])
        after = [one for one in tranches if day is not None and span(one.date)[0] > last_day(day)]
        pending = total(one.amount for one in after if timing(one.date, as_of) != COME)
        not_begun = total(one.amount for one in after if timing(one.date, as_of) == NOT_YET)
        known, lower, _ = less(whole, pending)
        return at_least((known, lower, less(whole, not_begun)[2]), come)
    if day is not None and as_of < first:
        return None
    known, lower, _ = cut(total(one.amount for one in tranches if timing(one.date, as_of) == COME), whole[2])
    return known, lower, whole[2]


def _early(early, off, inside, others, day, first, as_of):
    """The same where a filing left part of its offering unsold."""
    filed = less(bounds(early.amount), total(one.amount for one in others if not early.is_after(one.date)))
    sold = _rest(filed, _is_firm(early.amount), [one for one in inside if not early.is_after(one.date)], day, first,
                 as_of)
    added = _with_later(sold, [one for one in inside if early.is_after(one.date)], early.cut(), as_of)

    def left_of(stated):
        """Where a word would be less than the filing without all the money of other instruments it is open what is in it."""
        known, lower, upper = less(bounds(stated), off)
        return known, lower, stated.upper_minor if upper is not None and upper < filed[0] else upper

    rest, word = added, early.word(as_of)
    if word is not None and sold is not None:
        whole = left_of(word)
        known, lower, upper = _rest(whole, _is_firm(word), inside, day, first, as_of)
        floors = [cut(sold, word.upper_minor)]
        if not _is_firm(word):
            floors.append(cut(added, whole[2]))
            upper = None if upper is None or floors[1][2] is None else max(upper, floors[1][2])
        known = max(known, *(floor[0] for floor in floors))
        lower = max(lower, *(floor[1] for floor in floors))
        rest = known, lower, word.upper_minor if upper is not None and upper < known else upper
    for stated in early.possible(as_of):
        known, lower, upper = rest or NOTHING
        above = left_of(stated)[2]
        rest = known, lower, None if upper is None or above is None else max(upper, above)
    return rest


def _with_later(sold, later, limit, as_of):
    """Tranches after the filing's day are added as they come, up to what was offered."""
    come = total(one.amount for one in later if timing(one.date, as_of) == COME)
    perhaps = total(one.amount for one in later if timing(one.date, as_of) != NOT_YET)
    if sold is None:
        return None
    summed = plus(sold, (come[0], come[1], perhaps[2]))
    return at_least(cut(summed, limit), sold)


#--- Parts

class Part:
    """One sum of money at one date: what counts of a tranche, or of the round beyond its tranches."""

    __slots__ = ("instrument", "currency", "bounds", "date", "closing", "tranche", "come")

    def __init__(self, instrument, currency, values, date, tranche, come):
        self.instrument, self.currency, self.bounds, self.date = instrument, currency, values, date
        self.tranche, self.come = tranche, come
        self.closing = tranche.name if tranche else None


def by_date(date):
    """What orders dates: the last day, then the first; none comes after all."""
    first, last = span(date or END_OF_DAYS)
    return date is None, last, first


def parts_of(brings):
    """The groups as parts: of each first what counts beyond its tranches, then these by date."""
    result = []
    for (instrument, currency), group in brings.groups.items():
        left, told = group.bounds, []
        for tranche in sorted(group.tranches, key=lambda one: by_date(one.date)):
            when = timing(tranche.date, brings.as_of)
            if when == NOT_YET:
                continue
            known, lower, upper = bounds(tranche.amount)
            if when != COME:
                known = lower = 0
            share = (min(left[0], known), min(left[1], lower),
                     None if left[2] is None else left[2] if upper is None else min(left[2], upper))
            left = (left[0] - share[0], left[1] - share[1], None if left[2] is None else left[2] - share[2])
            told.append(Part(instrument, currency, share, tranche.date, tranche, when == COME))
        result.append(Part(instrument, currency, left, group.date, None, group.come))
        result += told
    return result
