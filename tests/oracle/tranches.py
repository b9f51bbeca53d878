"""Tranches: which of the claims on a round's closings tell of one sum of money.

A filing's closing of 20 million on 2024-01-10 and the press's "first close" of 20 million in 2024-01 are one.
"""
from amount import same_amount
from dates import one_contains_the_other, precision
from order import best_first


class Tranche:
    """Claims on one closing. Date and name are the best claim's; the amount is that of the first in the order."""

    __slots__ = ("claims", "date", "name", "amount", "instrument", "entry")

    def __init__(self, entry, amount):
        self.claims = [(entry, amount)]
        self.date = entry.line["on"]
        self.name = entry.line.get("name")

    def takes(self, world, entry, amount):
        """Whether a claim tells of this one."""
        line = entry.line
        if not one_contains_the_other(line["on"], self.date):
            return False
        if any(line.get(word, told) != told for word in ("name", "instrument") for told in self._words(word)):
            return False
        own = [(other, stated) for other, stated in self.claims if world.source_id(other) == world.source_id(entry)]
        if own:
            return any(same_amount(amount, stated) or (other.line["on"], other.line.get("name")) ==
                       (line["on"], line.get("name")) for other, stated in own)
        return line["on"] == self.date or any(same_amount(amount, stated) for _, stated in self.claims)

    def _words(self, word):
        return [entry.line[word] for entry, _ in self.claims if word in entry.line]

    def resolve(self, world, preferred):
        if len(self.claims) > 1:
            self.claims = best_first(self.claims, world.ranks, preferred)
        self.entry, self.amount = self.claims[0]
        self.instrument = next((entry.line["instrument"] for entry, _ in self.claims if "instrument" in entry.line),
                               None)


def tranches(world, entries, preferred=None):
    """The tranches that claims on a round's closings make up, in the order in which they were told of."""
    def key(entry):
        own, rank = preferred is not None and entry.line.get("source") == preferred, world.ranks[entry.id]
        return (own, *rank[:3], precision(entry.line["on"]), *rank[3:])
    result = []
    for entry in sorted(entries, key=key, reverse=True) if len(entries) > 1 else entries:
        amount = world.amount(entry.line["amount"])
        joined = next((one for one in result if one.takes(world, entry, amount)), None)
        if joined is None:
            result.append(Tranche(entry, amount))
        else:
            joined.claims.append((entry, amount))
    for one in result:
        one.resolve(world, preferred)
    return result
