"""Amounts as sources state them: their qualifier, their precision, their bounds, and whether two of them agree.

All is exact: integers for minor units, fractions for what lies between them.
"""
import functools
from fractions import Fraction
from math import ceil, floor

# Decimals of the minor unit. Units beyond ISO 4217 are added where a ledger defines them.
ISO_DECIMALS = {"USD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "BHD": 3, "CHF": 2, "DEM": 2, "FRF": 2, "BGN": 2, "HRK": 2,
                "SLL": 2}
MAGNITUDES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
QUALIFIERS = {("about",): "about", ("at", "least"): "at-least", ("at", "most"): "at-most",
              ("more", "than"): "more-than", ("less", "than"): "less-than"}


def half_even(value, unit=1):
    """The multiple of `unit` nearest to value; of two equally near ones the even multiple."""
    return round(Fraction(value) / unit) * unit  # round() of a fraction is half to even


class Stated:
    """A number as stated: `about 12.5 million`, `between 2 and 3 thousand`. `undisclosed` has no numbers."""

    __slots__ = ("text", "qualifier", "number", "high", "unit", "high_unit", "currency", "decimals", "known_minor",
                 "lower_minor", "upper_minor", "number_minor")

    def __init__(self, text, currency_decimals):
        self.text = text
        self.currency = None
        self.decimals = None
        self.number = self.high = None
        self.known_minor = self.lower_minor = self.upper_minor = self.number_minor = None
        self.qualifier = "exact"
        if text in ("undisclosed", "indefinite"):
            self.qualifier = text
            return
        words = text.split(" ")
        if currency_decimals is not None:
            self.currency = words.pop()
            self.decimals = currency_decimals[self.currency]
        for prefix, name in QUALIFIERS.items():
            if tuple(words[: len(prefix)]) == prefix:
                self.qualifier = name
                words = words[len(prefix):]
        if words[0] == "between":
            self.qualifier = "between"
            middle = words.index("and")
            high, high_magnitude = _number(words[middle + 1:])
            low, low_magnitude = _number(words[1:middle])
            low_magnitude = low_magnitude or high_magnitude  # the last magnitude goes for both
            self.number, self.unit = _scaled(low, low_magnitude)
            self.high, self.high_unit = _scaled(high, high_magnitude)
        else:
            self.number, self.unit = _scaled(*_number(words))
            self.high, self.high_unit = self.number, self.unit
        if self.currency is not None:
            self._count()

    def _count(self):
        """The minor units that a total counts, and those that bound it."""
        minor = 10**self.decimals
        self.number_minor = int(self.number * minor)
        assert self.number_minor == self.number * minor, self.text
        self.known_minor = 0 if self.qualifier in ("at-most", "less-than") else self.number_minor
        low, high = self.bounds()
        self.lower_minor = floor(low * minor)
        self.upper_minor = None if high is None else ceil(high * minor)

    @property
    def disclosed(self):
        return self.number is not None

    @property
    def is_one_number(self):
        """Neither a bound nor a range: what ratios are given of."""
        return self.qualifier in ("exact", "about")

    def bounds(self):
        """The lowest and the highest number that it may stand for; nothing where it is open above."""
        number = self.number
        if self.qualifier == "about":
            return max(Fraction(0), number - self.unit), number + self.unit
        if self.qualifier in ("at-least", "more-than"):
            return number, None
        if self.qualifier in ("at-most", "less-than"):
            return Fraction(0), number
        return number, self.high


def _number(words):
    """The digits and the magnitude of `12.5 million`."""
    return words[0], words[1] if len(words) > 1 else None


def _scaled(digits, magnitude):
    """The value of the digits, and that of one unit of the last of them."""
    factor = MAGNITUDES.get(magnitude, 1)
    whole, _, decimals = digits.partition(".")
    unit = Fraction(factor, 10 ** len(decimals))
    return int(whole + decimals) * unit, unit


@functools.lru_cache(maxsize=None)
def _of_iso(text):
    return Stated(text, ISO_DECIMALS)


def amount(text, own_units):
    """An amount of money; `own_units` are the decimals of the ledger's units beyond ISO 4217."""
    code = text.rpartition(" ")[2]
    return Stated(text, own_units) if code in own_units else _of_iso(text)


@functools.lru_cache(maxsize=None)
def count(text):
    """A number that is no money, such as a metric's value."""
    return Stated(text, None)


def decimal_text(minor, decimals):
    """Minor units as exact text: `1500.50`."""
    if minor is None:
        return None
    sign = "-" if minor < 0 else ""
    if decimals == 0:
        return str(minor)
    whole, fraction = divmod(abs(minor), 10**decimals)
    return f"{sign}{whole}.{fraction:0{decimals}}"


# What a comparison comes to. UNDETERMINED is where the contract gives no rule for these two qualifiers: such a pair
# is never held against the program.
AGREE, DISAGREE, OTHER_CURRENCY, UNDETERMINED = "agree", "disagree", "other-currency", "undetermined"


def exact_agrees(value, stated):
    """Whether an exact number of units agrees with a stated one."""
    if stated.qualifier in ("exact", "about"):
        rounded = half_even(value, stated.unit)
        return abs(rounded - stated.number) <= (stated.unit if stated.qualifier == "about" else 0)
    if stated.qualifier == "at-least":
        return value >= stated.number
    if stated.qualifier == "more-than":
        return value > stated.number
    if stated.qualifier == "at-most":
        return value <= stated.number
    if stated.qualifier == "less-than":
        return value < stated.number
    return stated.number <= value <= stated.high


def agreement(a, b):
    """Whether two stated amounts agree."""
    if not a.disclosed or not b.disclosed:
        return AGREE
    if a.currency != b.currency:
        return OTHER_CURRENCY
    plain = ("exact", "about")
    if a.qualifier in plain and b.qualifier in plain:
        finer, coarser = (a, b) if a.unit < b.unit else (b, a)
        if finer.qualifier == "about" and not (finer.number == coarser.number or finer.unit == coarser.unit):
            return UNDETERMINED
        widened = coarser.unit * sum(one.qualifier == "about" for one in (a, b))
        distance = abs(half_even(finer.number, coarser.unit) - coarser.number)
        return AGREE if distance <= widened else DISAGREE
    if a.qualifier == "exact" or b.qualifier == "exact":
        number, bound = (a, b) if a.qualifier == "exact" else (b, a)
        ends = {exact_agrees(number.number + step * number.unit / 2, bound) for step in (-1, 0, 1)}
        if len(ends) == 1:  # whatever the digits that were not stated
            return AGREE if ends.pop() else DISAGREE
    return UNDETERMINED


def same_amount(a, b):
    """Whether two claims on a closing may tell of one amount. Here every pair has an answer: a number agrees with a
    bound that it satisfies as it is stated, and two bounds with one another where one number satisfies both."""
    if a.text == b.text:
        return True
    outcome = agreement(a, b)
    if outcome != UNDETERMINED:
        return outcome == AGREE
    for number, bound in ((a, b), (b, a)):
        if number.qualifier == "exact" and bound.qualifier != "about":
            return exact_agrees(number.number, bound)
    return _can_be_below(a, b) and _can_be_below(b, a)


def _can_be_below(a, b):
    """Whether the least that a says is within what b says at most."""
    low, high = a.bounds()[0], b.bounds()[1]
    ends_out = a.qualifier == "more-than" or b.qualifier == "less-than"
    return high is None or low < high or (low == high and not ends_out)
