"""Which claim on a round's status holds: a rumour, or a round called off, yields to word that money came."""
from dates import day_of, last_day
from order import TRUST

FILING, COMPANY = TRUST["filing"], TRUST["company"]


def holding(one):
    """The first claim on `status` that holds, (entry, value), of a round as of a day; None where none does."""
    claims = one.claims("status")
    for entry, value in claims:
        if value not in ("rumoured", "cancelled"):
            return entry, value
        if not _money_before(one, entry) and not (value == "rumoured" and _sold(one, one.trust(entry))):
            return entry, value
    return None


def _money_before(one, doubt):
    """Whether a claim that comes before this one in the order says that money came."""
    rank = one.rank(doubt)
    told = [entry for field in ("closed", "first_sale") for entry, _ in one.claims(field)]
    told += [entry for entry, value in one.claims("status") if value == "closed"]
    told += one.closing_lines
    told += [entry for entry, amount in one.claims("raised") if _tells_of_sales(one, entry, amount)]
    return any(one.rank(entry) > rank for entry in told)


def _sold(one, least):
    """Whether a source of that type or a higher one says that something was raised, whenever it was published."""
    return any(one.trust(entry) >= least and _tells_of_sales(one, entry, amount)
               for entry, amount in one.claims("raised"))


def _tells_of_sales(one, entry, amount):
    """A `raised` of a filing or of the company, unless its own line says that it is a rumour."""
    return (one.world.type_of(entry) >= COMPANY and entry.line.get("status") != "rumoured"
            and amount.disclosed and amount.known_minor > 0)


def day_of_cancelling(world, entry):
    """The line's `on`, else when its source was published, else the day on which it was recorded."""
    source = world.source_of(entry)
    date = entry.line.get("on") or source and source.get("published")
    return last_day(date) if date else day_of(entry.recorded)
