"""What a round's price is measured by, the last round before it that set one and the revenue, and a company's latest
valuations. No view shows the last two yet."""
from fractions import Fraction

from dates import last_day, precision, span
from order import best_first


def before(a, b):
    """Whether a date surely comes before another."""
    return span(a)[1] < span(b)[0]


def last_before(one, priced):
    """Of priced rounds the one that surely comes before this and surely after all others that do not surely come after
    this; None where none does."""
    others = [other for other in priced if other is not one and not before(one.date, other.date)]
    for last in others:
        if before(last.date, one.date) and all(other is last or before(other.date, last.date) for other in others):
            return last
    return None


def last_priced(company):
    """By round with a valuation the last round before it that set a price, or None.

    A round that is rumoured or cancelled sets no price, and takes part in no step. None instead of all that where the
    contract leaves open what a step is: prices in two currencies.
    """
    valued = [one for one in company.rounds if one.valued]
    paid = [one for one in valued if one.new_shares and one.status() not in ("rumoured", "cancelled")]
    stated = [claims[0][1] for one in paid for basis, claims in one.valuations().items() if basis in
              ("pre-money", "post-money")] + [one.raised() for one in paid if one.raised()]
    if len({amount.currency for amount in stated if amount.disclosed}) > 1:
        return None
    priced = [one for one in paid if one.priced and one.date is not None]
    return {one: last_before(one, priced) if one in paid and one.date is not None else None for one in valued}


def price_to_revenue(company, one):
    """Valuation over yearly revenue, and whether that lies ahead; None without either, or where one is a bound."""
    valuation = one.valuation()
    if valuation is None or one.date is None:
        return None
    figures = _revenues(company, one.world, valuation[1])
    day = last_day(one.date)
    counted = [figure for figure in figures if _counts_from(figure[0].line["on"]) <= day]
    ahead = not counted
    if ahead and figures:
        first = min(last_day(entry.line["on"]) for entry, _ in figures)
        counted = [figure for figure in figures if last_day(figure[0].line["on"]) == first]
    if not counted:
        return None
    _, revenue = max(counted, key=lambda figure: (last_day(figure[0].line["on"]), precision(figure[0].line["on"]),
                                                  one.world.ranks[figure[0].id]))
    if not one.valued_at_one_number() or not revenue.is_one_number:
        return None
    return Fraction(valuation[0], revenue.number_minor), ahead


def _revenues(company, world, currency):
    """The yearly figures in a currency: of each date the claim that is used."""
    facts = {}
    for entry in company.statements["metric"]:
        line = entry.line
        if (line["name"], line.get("per")) == ("revenue", "year") and not line.get("target"):
            facts.setdefault(line["on"], []).append((entry, world.value(line["value"])))
    used = [best_first(claims, world.ranks)[0] for claims in facts.values()]
    return [(entry, value) for entry, value in used if value.currency == currency and value.number_minor]


def _counts_from(on):
    """A figure of a month or a day is a rate of that time; one of a year or a quarter counts when it has ended."""
    first, last = span(on)
    return first if precision(on) >= precision("2024-12") else last


def latest_valuation(company, world, bases=("post-money", "pre-money", "unspecified")):
    """The latest valuation, (entry, amount), or None, of one date and of sources that do not decide the first of the
    bases; marks and 409A valuations are asked for by themselves."""
    facts = {}
    for entry in company.statements["valuation"]:
        if entry.handle is None:
            amount = world.amount(entry.line["amount"])
            facts.setdefault((entry.line["basis"], entry.line["on"]), []).append((entry, amount))
    used = [best_first(claims, world.ranks)[0] for claims in facts.values()]
    for one in company.rounds:
        if one.status() not in ("rumoured", "cancelled"):
            used += [claims[0] for claims in one.valuations().values()]
    used = [(entry, amount) for entry, amount in used if entry.line["basis"] in bases and amount.disclosed]

    # Of those that no other surely follows the most precise.
    newest = max((span(entry.line["on"])[0] for entry, _ in used), default=None)
    used = [(entry, amount) for entry, amount in used if last_day(entry.line["on"]) >= newest]

    def order(claim):
        entry, _ = claim
        *source, recorded, own = world.ranks[entry.id]
        first, last = span(entry.line["on"])
        return first - last, source, -bases.index(entry.line["basis"]), recorded, own
    return max(used, key=order, default=None)
