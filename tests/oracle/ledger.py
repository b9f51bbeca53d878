"""Ledgers as chains of entries: what each line's names mean, what is refused, what a merge brings together.

A store is what one file of the program is: a chain of its own, to which it writes, and the chains that merges brought.
Chain ids are random in the program and so are none here: nothing that the contract promises depends on them.
"""
from amount import amount
from canonical import canonical, identity
from dates import microseconds

ROUND_KINDS = ("round", "closing", "participation")
AMBIGUOUS = object()


class Entry:
    """A line on record, with what its names mean."""

    __slots__ = ("id", "body", "line", "kind", "source", "party", "counterparty", "handle", "target", "replaces",
                 "recorded")

    def __init__(self, entry_id, body, line):
        self.id = entry_id
        self.body = body
        self.line = line
        self.kind = line["kind"]
        self.source = None  # the entry that first stated its source
        self.party = None  # the company, `from` or `about`; of a party line the party
        self.counterparty = None  # a participation's investor, a relation's `to`
        self.handle = None  # of the line, which is not always the handle that its round goes by
        self.target = None  # what a retraction takes back
        self.replaces = None  # what it supersedes
        self.recorded = None

    def meaning(self):
        """What must be the same wherever the content is recorded, for it is one entry."""
        refers = [one and one.id for one in (self.source, self.target, self.replaces)]
        return refers, self.party, self.counterparty, self.handle


class Chain:
    """Places in order, and what names mean in it."""

    def __init__(self):
        self.places = []  # (entry, recorded)
        self.keys = {}  # a key: its entry
        self.sources = {}  # a source's id: the entry that first stated it
        self.handles = {}  # a round's handle: its company
        self.parties = {}  # a name or alias: the party's name
        self.units = {}  # a unit beyond ISO 4217: its decimals

    def copy(self):
        other = Chain()
        other.places = list(self.places)
        for names in ("keys", "sources", "handles", "parties", "units"):
            setattr(other, names, dict(getattr(self, names)))
        return other


class Refused(Exception):
    """A line that the contract refuses; `code` is the error's word, nothing where the contract names none."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Store:
    """A file: the chain it writes to, and others."""

    def __init__(self, own=None):
        self.own = own or Chain()
        self.chains = [self.own]
        self.entries = {}  # id: entry, of all stores of one history

    def copy(self):
        """Another file with the same content, which goes on by itself."""
        other = Store(self.own.copy())
        other.chains += self.chains[1:]
        other.entries = self.entries
        return other

    def merge(self, other):
        """Brings in the chains of another file as they are now."""
        self.chains += [chain.copy() for chain in other.chains]

    def apply(self, lines, recorded):
        """Records what is not refused. The refusals: (number of the line, code)."""
        refused = []
        for number, line in enumerate(lines, 1):
            try:
                self._record(line, microseconds(line.get("recorded", recorded)))
            except Refused as refusal:
                refused.append((number, refusal.code))
        return refused

    def _record(self, line, recorded):
        if line["kind"] == "fx_rate" and line["base"] == line["quote"]:
            raise Refused(None)
        if not conversions_fit(line, self.units()) or not _splits_something(line):
            raise Refused("out-of-range")
        body = canonical(line)
        entry_id = identity(body)
        if any(entry.id == entry_id for entry, _ in self.own.places):
            return  # a repeat
        entry = Entry(entry_id, body, line)
        self._resolve(entry)
        self._take_names(entry)
        known = self.entries.setdefault(entry_id, entry)
        assert known.meaning() == entry.meaning(), f"one content, two meanings: {body}"
        self.own.places.append((known, recorded))

    def _meaning(self, names, name, unknown):
        """What a name means to this file's own chain: what it meant there, else what the one other chain means."""
        own = getattr(self.own, names)
        if name in own:
            return own[name]
        meanings = {id(chain_names[name]) if names == "keys" else str(chain_names[name]): chain_names[name]
                    for chain_names in (getattr(chain, names) for chain in self.chains[1:]) if name in chain_names}
        if len(meanings) == 1:
            return next(iter(meanings.values()))
        raise Refused("ambiguous-name" if meanings else unknown)

    def _entry(self, reference):
        if reference.startswith("sha256:"):
            places = (entry for chain in self.chains for entry, _ in chain.places)
            found = next((entry for entry in places if entry.id == reference[7:]), None)
            if found is None:
                raise Refused("unknown-entry")
            return found
        return self._meaning("keys", reference, "unknown-entry")

    def _party(self, name):
        for chain in self.chains:
            if name in chain.parties:
                return chain.parties[name]
        return name  # naming an unknown party is enough to have it

    def _resolve(self, entry):
        """Finds what the line refers to, in the order in which the contract checks it."""
        line = entry.line
        kind = entry.kind
        if "round" in line:
            entry.handle = line["round"]
            try:
                company = self._meaning("handles", entry.handle, "unknown-round")
            except Refused as refusal:
                if kind != "round" or refusal.code != "unknown-round":
                    raise
                if "company" not in line:
                    raise Refused("missing-field") from None
                company = self._party(line["company"])
            if "company" in line and self._party(line["company"]) != company:
                raise Refused("wrong-company")
            entry.party = company
        if "source" in line:
            entry.source = self._meaning("sources", line["source"], "unknown-source")
        if "supersedes" in line:
            entry.replaces = self._entry(line["supersedes"])
            if entry.replaces.kind != kind:
                raise Refused("wrong-kind")
        if kind == "retraction":
            entry.target = self._entry(line["of"])
        if kind in ("valuation", "split", "stated_total", "metric"):
            entry.party = self._party(line["company"])
        elif kind == "party":
            entry.party = self._party(line["name"])
        elif kind == "relation":
            entry.party, entry.counterparty = self._party(line["from"]), self._party(line["to"])
        elif kind == "remark":
            entry.party = self._party(line["about"])
        elif kind == "participation":
            entry.counterparty = self._party(line["investor"])
        if kind == "source":
            entry.source = self._first_of_source(entry)
        if kind == "currency" and self.own.units.get(line["code"], line["decimals"]) != line["decimals"]:
            raise Refused("currency-redefined")  # decimals are for good

    def _first_of_source(self, entry):
        """The entry that first stated the source's id: itself unless it replaces one."""
        if entry.replaces is not None:
            return entry.replaces.source
        if any(entry.line["id"] in chain.sources for chain in self.chains):
            raise Refused("source-redefined")
        return entry

    def _take_names(self, entry):
        line = entry.line
        if "key" in line:
            if any(line["key"] in chain.keys for chain in self.chains):
                raise Refused("key-reused")
            self.own.keys[line["key"]] = entry
        if entry.kind == "source":
            self.own.sources.setdefault(line["id"], entry.source)
        if entry.kind == "round":
            self.own.handles.setdefault(entry.handle, entry.party)
        if entry.kind == "currency":
            self.own.units[line["code"]] = line["decimals"]
        if entry.kind == "party":
            for name in [line["name"], *line.get("aliases", ())]:
                self.own.parties.setdefault(name, entry.party)

    def history(self):
        """Every entry once, with the first time at which it was recorded."""
        first = {}
        for chain in self.chains:
            for entry, recorded in chain.places:
                if entry.id not in first or recorded < first[entry.id].recorded:
                    entry = _recorded(entry, recorded)
                    first[entry.id] = entry
        return _linked(first)

    def units(self):
        """The decimals of all units beyond ISO 4217."""
        return {code: decimals for chain in self.chains for code, decimals in chain.units.items()}


def _splits_something(line):
    """Whether a line's ratio, if it has one, is of two different numbers above 0."""
    new, old = map(int, line.get("ratio", "2:1").split(":"))
    return new > 0 and old > 0 and new != old


def conversions_fit(line, units):
    """Whether a line's conversions can be part of its `raised`: in its currency, and not surely above it."""
    if not {"raised", "includes_conversions"} <= line.keys():
        return True
    raised, conversions = amount(line["raised"], units), amount(line["includes_conversions"], units)
    if not raised.disclosed or not conversions.disclosed:
        return True
    return conversions.currency == raised.currency and (
        raised.upper_minor is None or conversions.lower_minor <= raised.upper_minor)


def _recorded(entry, time):
    copy = Entry(entry.id, entry.body, entry.line)
    copy.source, copy.target, copy.replaces = entry.source, entry.target, entry.replaces
    copy.party, copy.counterparty, copy.handle, copy.recorded = entry.party, entry.counterparty, entry.handle, time
    return copy


def _linked(entries):
    """The copies of one history refer to one another, not to those of another store."""
    for entry in entries.values():
        entry.source = entry.source and entries[entry.source.id]
        entry.target = entry.target and entries[entry.target.id]
        entry.replaces = entry.replaces and entries[entry.replaces.id]
    return sorted(entries.values(), key=lambda entry: (entry.recorded, entry.id))
