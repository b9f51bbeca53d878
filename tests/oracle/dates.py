"""Days, partial dates and times.

A day is its proleptic Gregorian ordinal (0001-01-01 is 1), so that days compare as integers. A partial date is kept as
its text; `span` gives its first and last day. A time is an integer: microseconds since 1970-01-01T00:00:00Z.
"""
import datetime
import functools

EPOCH = datetime.date(1970, 1, 1).toordinal()
MICROSECONDS_A_DAY = 86_400 * 1_000_000
END_OF_DAYS = "9999-12-31"


@functools.lru_cache(maxsize=None)
def span(text):
    """The first and the last day of `2024`, `2024-Q3`, `2024-12` or `2024-12-23`."""
    if len(text) == 10:
        day = datetime.date.fromisoformat(text).toordinal()
        return day, day
    year = int(text[:4])
    if len(text) == 4:
        first_month, months = 1, 12
    elif text[5] == "Q":
        first_month, months = 3 * int(text[6]) - 2, 3
    else:
        first_month, months = int(text[5:]), 1
    first = datetime.date(year, first_month, 1).toordinal()
    after = first_month + months
    if after <= 12:
        return first, datetime.date(year, after, 1).toordinal() - 1
    return first, datetime.date(year, 12, 31).toordinal()


def last_day(text):
    """The day from which something dated so has surely come."""
    return span(text)[1]


def precision(text):
    """How precise a date is: a day most, a year least."""
    return 3 if len(text) == 10 else 0 if len(text) == 4 else 1 if text[5] == "Q" else 2


def one_contains_the_other(a, b):
    if a == b:
        return True
    (a_first, a_last), (b_first, b_last) = span(a), span(b)
    return a_first <= b_first and b_last <= a_last or b_first <= a_first and a_last <= b_last


@functools.lru_cache(maxsize=None)
def iso(day):
    """The day as text: `2024-12-23`."""
    return datetime.date.fromordinal(day).isoformat()


def quarter(text):
    """The quarter that a date falls into, `2024-Q3`; nothing for a date that is a year."""
    if len(text) == 4:
        return None
    return text if text[5] == "Q" else f"{text[:4]}-Q{(int(text[5:7]) + 2) // 3}"


@functools.lru_cache(maxsize=None)
def microseconds(time):
    """A time such as `2024-12-24T09:30:00.5Z` as an integer."""
    day = datetime.date.fromisoformat(time[:10]).toordinal() - EPOCH
    seconds, _, fraction = time[11:-1].partition(".")
    hour, minute, second = (int(part) for part in seconds.split(":"))
    return day * MICROSECONDS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1_000_000 + int((fraction + "000000")[:6])


@functools.lru_cache(maxsize=None)
def fixed_text(time):
    """Microseconds as text with six digits of fraction, as views print it."""
    day, rest = divmod(time, MICROSECONDS_A_DAY)
    seconds, fraction = divmod(rest, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{iso(EPOCH + day)}T{hour:02}:{minute:02}:{second:02}.{fraction:06}Z"


def day_of(time):
    """The day in UTC that a time falls into."""
    return EPOCH + time // MICROSECONDS_A_DAY


#--- What has come by a day

COME, PERHAPS, NOT_YET = "come", "perhaps", "not yet"


class Begun(int):
    """A day by which what has perhaps come is taken for come."""


def timing(date, as_of):
    """A partial date has surely come from its last day on, perhaps from its first; without a date perhaps always."""
    if as_of is None:
        return COME
    begun = COME if isinstance(as_of, Begun) else PERHAPS
    if date is None:
        return begun
    first, last = span(date)
    return COME if last <= as_of else begun if first <= as_of else NOT_YET
