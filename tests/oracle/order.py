"""The one order among claims: keys compared in turn, the greater key is used.

Between claims on one fact any number comes before `undisclosed`; see `best_first`. Then: the source's type; when it was
published (the last day, none before all); of filings the accession number; when it was recorded; the id.
"""
import re

from dates import last_day

TRUST = {"filing": 5, "company": 4, "database": 3, "press": 2, "rumour": 1}
NO_SOURCE = (0, 0, (0,))
ACCESSION = re.compile(r"[0-9]{10}-([0-9]{2})-([0-9]{6})")


def accession_key(text):
    """None ranks lowest, then numbers of another form by their text, then by year, sequence and text.

    The year has two digits: the numbers began in 1993.
    """
    if text is None:
        return (0,)
    match = ACCESSION.fullmatch(text)
    if match is None:
        return (1, text)
    year = int(match.group(1))
    return (2, year + (1900 if year >= 93 else 2000), int(match.group(2)), text)


def source_key(source):
    """The part of the key that comes from the source as it stands; no source, or a retracted one, ranks lowest."""
    if source is None:
        return NO_SOURCE
    published = source.get("published")
    filing = source["type"] == "filing"
    return (TRUST[source["type"]], last_day(published) if published else 0,
            accession_key(source.get("accession") if filing else None))


def says_something(value):
    """Anything but `undisclosed`. An `indefinite` offering says that it has no limit."""
    return getattr(value, "qualifier", None) != "undisclosed"


def says_a_number(value):
    """Of other amounts than an offering's `indefinite` says no more than `undisclosed`."""
    return getattr(value, "qualifier", None) not in ("undisclosed", "indefinite")


def best_first(claims, ranks, preferred=None, disclosed=says_a_number):
    """Claims, each an (entry, value), best first. `ranks`: what ranks entries, by id. `preferred`: a source's id whose
    claims come before all others'. `disclosed`: which values say anything."""
    def key(claim):
        entry, value = claim
        return disclosed(value), preferred is not None and entry.line.get("source") == preferred, ranks[entry.id]
    return sorted(claims, key=key, reverse=True)
