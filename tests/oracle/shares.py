"""Prices per share, splits, what a share becomes across them, and positions. All is exact: fractions."""
from fractions import Fraction

from amount import half_even
from dates import last_day, one_contains_the_other, precision, span
from order import best_first
from prices import before, last_before

# Why something cannot be told; of several the first in this order.
GAPS = ("undisclosed-shares", "no-date", "split-order", "split-class", "maybe-one-split", "no-price", "price-order",
        "currency", "overflow")


def decimal(text):
    """The number that digits write, and one unit of the last of them."""
    whole, _, decimals = text.partition(".")
    unit = Fraction(1, 10 ** len(decimals))
    return int(whole + decimals) * unit, unit


def plain(number):
    """A number as text without zeros at the end, or as `1000/3` where ten decimals do not hold it."""
    scaled = number * 10**10
    if scaled.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    whole, fraction = divmod(scaled.numerator, 10**10)
    return f"{whole}.{fraction:010}".rstrip("0").rstrip(".")


def count(shares):
    """Shares as a line states them, text or integer, as views show them."""
    return plain(decimal(str(shares))[0])


class Price:
    """A price per share as stated."""

    __slots__ = ("text", "number", "unit", "currency")

    def __init__(self, text):
        self.text = text
        digits, self.currency = text.split(" ")
        self.number, self.unit = decimal(digits)

    def agrees(self, other):
        """None in two currencies; else whether the finer, rounded to the coarser's last digit, equals it."""
        if self.currency != other.currency:
            return None
        finer, coarser = (self, other) if self.unit < other.unit else (other, self)
        return half_even(finer.number, coarser.unit) == coarser.number


def shares_of(one):
    """By investor the claims on the shares of a round, best first: (entry, text)."""
    told = {}
    for entry in one.participation_lines:
        if "shares" in entry.line:
            told.setdefault(entry.counterparty, []).append((entry, count(entry.line["shares"])))
    return {investor: best_first(claims, one.world.ranks, one.preferred) for investor, claims in told.items()}


#--- Splits

class Split:
    """Claims on one split, best first: (entry, ratio as stated)."""

    def __init__(self, world, told):
        self.on = told[0].line["on"]
        self.claims = best_first([(entry, entry.line["ratio"]) for entry in told], world.ranks)
        self.security_class = told[0].line.get("security_class")
        self.text = self.claims[0][1]
        self.factor = ratio(self.text)


def ratio(text):
    new, old = text.split(":")
    return Fraction(int(new), int(old))


def _joined(world, entries):
    """The splits that claims make up, by date."""
    def key(entry):
        rank = world.ranks[entry.id]
        return (*rank[:3], precision(entry.line["on"]), *rank[3:])
    groups = []
    for entry in sorted(entries, key=key, reverse=True):
        group = next((group for group in groups if _tells_of(world, entry, group)), None)
        if group is None:
            groups.append([entry])
        else:
            group.append(entry)
    return sorted((Split(world, group) for group in groups), key=lambda split: span(split.on)[::-1])


def _tells_of(world, entry, group):
    line, best = entry.line, group[0].line
    if line["on"] == best["on"]:
        return True
    return (ratio(line["ratio"]) == ratio(best["ratio"]) and one_contains_the_other(line["on"], best["on"])
            and all(world.source_id(other) != world.source_id(entry) for other in group))


class Splits:
    """The splits of a company, as of a day."""

    def __init__(self, world, company, day=None):
        entries = [entry for entry in company.statements["split"] if day is None or last_day(entry.line["on"]) <= day]
        without = [entry for entry in entries if "security_class" not in entry.line]
        named = sorted({entry.line["security_class"] for entry in entries if "security_class" in entry.line})
        self.of_all = _joined(world, without)
        self.of_each = {name: _joined(world, without + [entry for entry in entries
                                                        if entry.line.get("security_class") == name]) for name in named}

    def carried(self, security_class, begin, end=None):
        """What a share of a class becomes from a date to another: (factor, splits, gap)."""
        gaps, within, factor = set(), [], Fraction(1)
        for split in self.of_each.get(security_class, self.of_all):
            if not _may_be_between(split.on, begin, end):
                continue
            if begin is None:
                gaps.add("no-date")
            elif not before(begin, split.on) or (end is not None and not before(split.on, end)):
                gaps.add("split-order")
            if any(one_contains_the_other(other.on, split.on) for other in within):
                gaps.add("maybe-one-split")
            within.append(split)
            factor *= split.factor
        if security_class is None and any(split.security_class and _may_be_between(split.on, begin, end)
                                          for splits in self.of_each.values() for split in splits):
            gaps.add("split-class")
        return factor, within, min(gaps, key=GAPS.index, default=None)


def _may_be_between(on, begin, end):
    return not (begin is not None and before(on, begin)) and not (end is not None and before(end, on))


def adjusted_for(splits):
    return ", ".join(f"{split.text} on {split.on}" for split in splits) or None


#--- Prices

def takes_place(one):
    return one.status() not in ("rumoured", "cancelled")


def sets_price(one):
    return (one.new_shares and one.date is not None and one.value("price_per_share") is not None
            and takes_place(one))


def price_steps(world, company):
    """Of each round that sets a price after another: (round, last round, its price carried, step, splits, gap)."""
    splits = Splits(world, company)
    priced = [one for one in company.rounds if sets_price(one)]
    rows = []
    for one in priced:
        last = last_before(one, priced)
        if last is None:
            continue
        price, old = Price(one.value("price_per_share")), Price(last.value("price_per_share"))
        factor, across, gap = splits.carried(last.value("security_class"), last.date, one.date)
        carried = None if gap else old.number / factor
        if gap is None and price.currency != old.currency:
            gap = "currency"
        rows.append([one.handle, last.handle, carried and plain(carried),
                     None if gap else plain(price.number / carried), adjusted_for(across), gap])
    return rows


def price_times_shares(one):
    """(severity, computed) of the finding, or None where nothing is compared."""
    raised, price, shares = one.raised(), one.value("price_per_share"), one.value("shares_issued")
    if raised is None or not raised.disclosed or price is None or shares is None:
        return None
    price, shares = Price(price), decimal(str(shares))[0]
    product = price.number * shares
    conversions = one.value("includes_conversions")
    if conversions is not None and not conversions.disclosed:
        return "info", product
    if any(stated.currency != price.currency for stated in (raised, conversions) if stated is not None):
        return "info", product
    low, low_open, high, high_open = _range(raised)
    if conversions is not None:
        off_low, off_low_open, off_high, off_high_open = _range(conversions)
        low = None if low is None or off_high is None else low - off_high
        high = None if high is None else high - (off_low or 0)
        low_open, high_open = low_open or off_high_open, high_open or off_low_open
    tolerance = shares * price.unit / 2
    fits = (low is None or product + tolerance > low or (product + tolerance == low and not low_open)) and \
        (high is None or product - tolerance < high or (product - tolerance == high and not high_open))
    return "ok" if fits else "warning", product


def _range(stated):
    """The numbers that an amount allows: (lowest, whether it is left out, highest, whether it is left out)."""
    if stated.qualifier in ("at-most", "less-than"):
        return None, False, stated.number, stated.qualifier == "less-than"
    low, high = stated.bounds()
    return low, stated.qualifier == "more-than", high, False


#--- Positions

def positions(world, company, day=None):
    """Rows: investor, class, rounds, untold, shares, splits, price, currency, its round, value in minor units, gap."""
    splits = Splits(world, company, day)
    rounds = [one.seen(day) for one in company.rounds]
    rounds = [one for one in rounds if takes_place(one)
              and (day is None or (one.date is not None and last_day(one.date) <= day))]
    held = {}
    for one in rounds:
        shares = shares_of(one)
        for investor in one.participations():
            if one.value("instrument") == "token":  # tokens are no shares
                continue
            if investor in shares or one.value("instrument") in (None, "equity", "secondary"):
                held.setdefault((investor, one.value("security_class")), []).append((one, shares.get(investor)))
    return [[*key, *_position(world, splits, rounds, key[1], lots)] for key, lots in held.items()]


def _position(world, splits, rounds, security_class, lots):
    gaps, total, across = set(), None, []
    for one, claims in lots:
        factor, own, gap = splits.carried(security_class, one.date)
        gap = gap if claims else "undisclosed-shares"
        if gap:
            gaps.add(gap)
            continue
        total = (total or 0) + decimal(claims[0][1])[0] * factor
        across = max(across, own, key=len)
    untold = sum(1 for one, claims in lots if not claims or splits.carried(security_class, one.date)[2])
    price, currency, source, own, gap = _latest_price(splits, rounds, security_class)
    if gap:
        gaps.add(gap)
    else:
        across = max(across, own, key=len)
    gap = min(gaps, key=GAPS.index, default=None)
    value = None
    if gap is None:
        value = half_even(total * price * 10**world.amount(f"1 {currency}").decimals)
        if value >= 2**63:
            value, gap = None, "overflow"
    return [len(lots), untold, None if total is None else plain(total), adjusted_for(across),
            None if price is None else plain(price), currency, source, value, gap]


def _latest_price(splits, rounds, security_class):
    priced = [one for one in rounds if sets_price(one) and one.value("security_class") == security_class]
    if not priced:
        return None, None, None, [], "no-price"

    def of_now(one):
        stated = Price(one.value("price_per_share"))
        factor, own, gap = splits.carried(security_class, one.date)
        return (None if gap else stated.number / factor), stated.currency, own, gap
    latest = max(priced, key=lambda one: (last_day(one.date), one.handle))
    price, currency, own, gap = of_now(latest)
    if gap is None and any(of_now(one)[:2] != (price, currency) for one in priced
                           if one is not latest and not before(one.date, latest.date)):
        gap = "price-order"
    return (None, None, latest.handle, [], gap) if gap else (price, currency, latest.handle, own, None)
