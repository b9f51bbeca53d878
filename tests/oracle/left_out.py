"""What of the money on record a total does not count, and for which reason.

On record is what each round brings with all its days come, by the lines that hold as of the day, whatever its status,
its instrument and its conversions.
"""
from collections import defaultdict

from conversions import bringings
from dates import Begun
from inflows import brought_by
from rounds import DEFAULT_INSTRUMENTS

REASONS = ("rumoured", "cancelled", "fund", "business-combination", "instrument", "undisclosed", "converted", "perhaps",
           "not-yet")
INSTRUMENTS = (None, "equity", "safe", "convertible-note", "debt", "grant", "secondary", "token", "other")


def left_out(company, as_of=None, instruments=DEFAULT_INSTRUMENTS, exclude_funds=False, converted=False):
    """Rows (reason, instrument, rounds, minor units, currency), by reason; the last two None where nothing is known.
    `converted`: the total is in one currency, so that conversions in another can be taken off."""
    sums = defaultdict(lambda: [set(), 0])
    for bringing in bringings(company, as_of):
        one = bringing.round
        for reason, instrument, currency, minor in _of(bringing, as_of, instruments, exclude_funds, converted):
            entry = sums[reason, instrument, currency]
            entry[0].add(one.handle)
            entry[1] += minor
    rows = [(reason, instrument, len(rounds), None if currency is None else minor, currency)
            for (reason, instrument, currency), (rounds, minor) in sums.items()]
    return sorted(rows, key=lambda row: (REASONS.index(row[0]), INSTRUMENTS.index(row[1]), row[4] or ""))


def _known(brought):
    return {key: group.bounds[0] for key, group in brought.groups.items()}


def _undisclosed_tranches(bringing, whole, status, kept_out):
    """Of a round that brings amounts: the instruments of which it brings none. Where the total takes an amount of it too
    the round is not told once more."""
    def counts(brought):
        return any(kept_out(one) is None for one in brought.undisclosed_in) and not any(
            group.come and kept_out(instrument) is None for (instrument, _), group in brought.groups.items())

    come = bringing.undisclosed_in
    for instrument in whole.undisclosed_in - {instrument for instrument, _ in whole.groups}:
        if status == "rumoured" or (status == "cancelled" and instrument not in come):
            yield status, instrument, None, 0
        elif kept_out(instrument):
            yield kept_out(instrument), instrument, None, 0
        elif counts(bringing.gross) or counts(whole):
            yield "undisclosed", instrument, None, 0


def _of(bringing, as_of, instruments, exclude_funds, converted):
    """Of one round: (reason, instrument, currency, minor units)."""
    one = bringing.round
    seen = one.seen(as_of)
    status = seen.status_claim[1] if seen.status_claim else None
    own = seen.value("instrument")

    def kept_out(instrument):
        if exclude_funds and seen.value("fund_type") is not None:
            return "fund"
        if seen.business_combination:
            return "business-combination"
        return None if instruments is None or instrument in instruments else "instrument"

    whole = brought_by(seen, None)
    begun = _known(brought_by(seen, Begun(as_of))) if as_of is not None else {}
    before = _known(bringing.gross)
    after = defaultdict(int)
    for part in bringing.parts:
        after[part.instrument, part.currency] += part.bounds[0]
    come = {key for key, group in bringing.gross.groups.items() if group.come}
    come |= {(part.instrument, part.currency) for part in bringing.parts if part.come}
    record = _known(whole)
    for instrument, currency in {**record, **before, **after}:
        key = instrument, currency
        now = max(before.get(key, 0), after.get(key, 0))
        there = max(record.get(key, 0), now)
        if status == "rumoured":
            yield "rumoured", instrument, currency, there
            continue
        if status == "cancelled":
            if there > now or key not in come:
                yield "cancelled", instrument, currency, there - now
            if key not in come:
                continue
            there = now
        if kept_out(instrument):
            yield kept_out(instrument), instrument, currency, there
            continue
        may_be = min(there, max(now, begun.get(key, 0)))
        for reason, minor in (("converted", now - after.get(key, 0)), ("perhaps", may_be - now),
                              ("not-yet", there - may_be)):
            if minor > 0:
                yield reason, instrument, currency, minor
    if whole.undisclosed or bringing.undisclosed:
        if status == "rumoured" or (status == "cancelled" and not bringing.undisclosed):
            yield status, own, None, 0
        else:
            told = bringing.undisclosed_in if bringing.undisclosed else whole.undisclosed_in
            # It counts where one of its instruments does.
            reasons = {kept_out(one) for one in {own, *told}}
            yield "undisclosed" if None in reasons else kept_out(own), own, None, 0
    else:
        yield from _undisclosed_tranches(bringing, whole, status, kept_out)
    foreign = bringing.foreign
    if foreign is not None and bringing.conversions.known_minor and not kept_out(own):
        yield "converted" if converted else "perhaps", own, foreign.currency, bringing.conversions.known_minor
