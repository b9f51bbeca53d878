"""The findings on what counts: figures that may count twice, whose counting hangs on a word that is in dispute, or whose
currency was no longer there.

Each is (code, severity, round), round None for what is of none; the contract does not fix their figures.
"""
from itertools import combinations

from amount import AGREE, UNDETERMINED, agreement
from conversions import bringings
from dates import last_day, span
from inflows import brought_by
from rounds import AMOUNTS, DEFAULT_INSTRUMENTS

COUNTING = ("announced", "open", "closed")
A_ROUND_APART, A_CLOSING_APART = 180, 31  # days
# The month in which ISO 4217 withdrew it, of currencies of ledgers here.
WITHDRAWN = {"DEM": "2002-03", "FRF": "2002-03", "HRK": "2023-01", "SLL": "2023-12", "BGN": "2026-01"}


def doubts(world, company):
    """All of a company."""
    rows = []
    for bringing in bringings(company):
        one = bringing.round
        if _counts_or_not(one):
            rows.append(("counts-or-not", "warning", one))
        if bringing.missing and bringing.foreign is None:
            rows.append(("conversions-not-on-record", "info", one))
        if bringing.surely_above:
            rows.append(("conversions", "warning", one))
        elif bringing.foreign is not None:
            rows.append(("conversions", "info", one))
        if one.business_combination and one.raised() is not None and one.raised().disclosed and one.raised().known_minor:
            rows.append(("business-combination", "warning", one))
        rows += [("withdrawn-currency", "warning", one)] * len(_late(_dated_amounts(one)))
        if _mixed_instruments(one):
            rows.append(("mixed-instruments", "warning", one))
        if _instrument_inferred(one):
            rows.append(("instrument-inferred", "warning", one))
        rows += [("maybe-one-closing", "info", one) for a, b in combinations(one.tranches, 2)
                 if _equal(a.amount, b.amount) and _apart(a.date, b.date) <= A_CLOSING_APART]
    for a, b in combinations(sorted(company.rounds, key=_place), 2):
        agree = _maybe_one(a, b)
        if agree in (AGREE, UNDETERMINED):
            rows.append(("maybe-one-round", "warning" if agree == AGREE else None, b))
    rows += [("withdrawn-currency", "warning", None)] * len(_late(_amounts_of_no_round(world, company)))
    return rows


def _late(dated):
    """The currencies in which an amount begins after the month of their withdrawal."""
    return {amount.currency for amount, date in dated if date is not None and amount.currency in WITHDRAWN
            and span(date)[0] > last_day(WITHDRAWN[amount.currency])}


def _dated_amounts(one):
    """What is said of a round and of its participations is of its date, of closings and valuations of their `on`."""
    for field in AMOUNTS:
        yield from ((amount, one.date) for _, amount in one.claims(field))
    for amounts, _, _ in one.participations().values():
        yield from ((amount, one.date) for _, amount in amounts)
    for tranche in one.tranches:
        yield from ((amount, tranche.date) for _, amount in tranche.claims)
    for claims in one.valuations().values():
        yield from ((amount, entry.line["on"]) for entry, amount in claims)


def _amounts_of_no_round(world, company):
    for kind, field in (("valuation", "amount"), ("stated_total", "amount"), ("metric", "value")):
        for entry in company.statements[kind]:
            if entry.handle is None:
                yield world.value(entry.line[field]), entry.line["on"]


def _place(one):
    """Rounds come by the last day of their date, then by handle."""
    return one.date is None, last_day(one.date) if one.date else 0, one.handle


def _counts_or_not(one):
    """Claims that disagree on whether its money counts, or a rumour that holds beside a later claim of money."""
    statuses = {value in COUNTING for _, value in one.claims("status")}
    instruments = {value in DEFAULT_INSTRUMENTS for _, value in one.claims("instrument")}
    if not _would_count(one):
        return False
    if one.status_claim is not None and one.status_claim[1] == "rumoured":
        if any(amount.disclosed and amount.known_minor for entry, amount in one.claims("raised")
               if entry is not one.status_claim[0]):
            return True
    return len(statuses) > 1 or len(instruments) > 1


def _would_count(one):
    """Whether it brings anything whatever its status."""
    brings = brought_by(one, None)
    return brings.undisclosed or any(group.bounds[2] != 0 for group in brings.groups.values())


DESCRIPTION = "offeringData/typesOfSecuritiesOffered/descriptionOfOtherType"
RIGHTS_ALONE = ("option", "security-to-be-acquired", "option, security-to-be-acquired")


def _instrument_inferred(one):
    """The notice that is used only lets one guess, and nobody else says what the instrument is."""
    notice = one.winner("instrument")
    if notice is None:
        return False
    boxes = {entry: entry.line.get("attributes", {}).get("securities", "") for entry, _ in one.claims("instrument")}
    if not all(boxes.values()):
        return False
    attributes = notice.line["attributes"]
    return one.value("instrument") in ("safe", "convertible-note") or (
        attributes["securities"] in RIGHTS_ALONE and DESCRIPTION not in attributes)


def _mixed_instruments(one):
    """Two claims of one type of source say equity and debt, or the notice that is used offers both, without amounts
    apart."""
    if any(tranche.instrument for tranche in one.tranches):
        return False
    notice = one.winner("instrument")
    if notice is not None:
        securities = notice.line.get("attributes", {}).get("securities", "").split(", ")
        if "equity" in securities and "debt" in securities:
            return True
    said = {(one.world.type_of(entry), value) for entry, value in one.claims("instrument")}
    return any((kind, "equity") in said and (kind, "debt") in said for kind, _ in said)


def _equal(a, b):
    return a.disclosed and b.disclosed and (a.currency, a.number, a.high) == (b.currency, b.number, b.high)


def _apart(a, b):
    """The least number of days between two dates."""
    (a_first, a_last), (b_first, b_last) = span(a), span(b)
    return max(0, b_first - a_last, a_first - b_last)


def _maybe_one(a, b):
    """Amounts that agree, dates near one another, and nothing that tells the rounds apart: how the amounts agree."""
    raised = a.raised(), b.raised()
    if any(amount is None or not amount.disclosed for amount in raised):
        return None
    if a.date is None or b.date is None or _apart(a.date, b.date) > A_ROUND_APART:
        return None
    if any(a.value(field) and b.value(field) and a.value(field) != b.value(field) for field in ("stage", "instrument")):
        return None
    posts = a.worth("post-money"), b.worth("post-money")
    agrees = {agreement(*raised), agreement(posts[0][1], posts[1][1]) if all(posts) else AGREE}
    return AGREE if agrees == {AGREE} else UNDETERMINED if agrees <= {AGREE, UNDETERMINED} else None
