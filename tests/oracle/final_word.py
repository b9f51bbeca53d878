"""A filing made while its offering went on, and the word of the company or of a database on how the round ended."""
from dates import COME, last_day, span, timing
from order import TRUST

FILING, COMPANY, DATABASE, PRESS = (TRUST[kind] for kind in ("filing", "company", "database", "press"))
UNSAID = ("open", "rumoured", "cancelled")


def filing_day(world, entry):
    """The day of a filing, a date: its line's `filed`, else `on`, else when it was published."""
    source = world.source_of(entry)
    return entry.line.get("filed") or entry.line.get("on") or source and source.get("published")


class EarlyFiling:
    """The claim on `raised` that wins, a filing that left part of its offering unsold, and what others say since."""

    def __init__(self, one, entry, amount, day):
        world = one.world
        self.amount, self.day = amount, day
        self.offered = world.amount(entry.line["offered"]) if "offered" in entry.line else None
        above = [(other, stated) for other, stated in one.claims("raised") if other is not entry
                 and stated.currency == amount.currency and stated.lower_minor > amount.known_minor]
        self.final = next((claim for claim in above if self._is_final(world, claim[0])), None)
        self.others = [(stated, _since(world, other)) for other, stated in above
                       if PRESS <= world.type_of(other) <= COMPANY
                       and not (self.final and other is self.final[0])]
        self.used_from = _since(world, self.final[0]) if self.final else None

    def _is_final(self, world, entry):
        """Of the company unless its line says that it goes on, or of a database that gives a later date."""
        source, line = world.source_of(entry), entry.line
        if source is None or not self.is_after(source.get("published")):
            return False
        if world.type_of(entry) == COMPANY:
            return line.get("status") not in UNSAID
        return world.type_of(entry) == DATABASE and (self.is_after(line.get("closed")) or self.is_after(line.get("on")))

    def is_after(self, date):
        """Whether a date begins after the filing's day."""
        return date is not None and span(date)[0] > last_day(self.day)

    def word(self, as_of):
        """The amount of the final word where it is used in place of the filing's; None before."""
        if self.final and timing(self.used_from, as_of) == COME:
            return self.final[1]
        return None

    def cut(self):
        """What later tranches cannot bring the filing above; None where it does not say."""
        offered = self.offered
        if offered is None or not offered.disclosed or offered.currency != self.amount.currency:
            return None
        return offered.upper_minor

    def possible(self, as_of):
        """The higher amounts that may be right by a day."""
        result = [stated for stated, since in self.others
                  if as_of is None or span(since or self.day)[0] <= as_of]
        if self.final and (as_of is None or span(self.day)[0] <= as_of):
            result.append(self.final[1])
        return result


def _since(world, entry):
    source = world.source_of(entry)
    return entry.line.get("on") or entry.line.get("closed") or source and source.get("published")


def early_filing(one):
    """The round's early filing; None where another claim wins, or where all of the offering was sold."""
    claims = one.claims("raised")
    if not claims or not claims[0][1].disclosed or one.world.type_of(claims[0][0]) != FILING:
        return None
    entry, amount = claims[0]
    day = filing_day(one.world, entry)
    if day is None or not _left_unsold(one.world, entry.line, amount):
        return None
    return EarlyFiling(one, entry, amount, day)


def _left_unsold(world, line, raised):
    if "remaining" in line:
        return world.amount(line["remaining"]).upper_minor != 0
    if "offered" not in line:
        return False
    offered = world.amount(line["offered"])
    return offered.qualifier == "indefinite" or (offered.disclosed and offered.currency == raised.currency
                                                 and offered.number_minor > raised.number_minor)
