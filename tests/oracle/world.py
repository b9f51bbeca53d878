"""What a ledger knew at a time: what stood, which source holds, how claims rank, and what there is on each company."""
from amount import amount, count
from order import best_first, source_key
from rounds import joined_rounds
from standing import standing

COMPANY_KINDS = ("round", "closing", "participation", "valuation", "split", "stated_total", "metric")


# What a source line says of its source.
SOURCE_FIELDS = ("id", "type", "publisher", "title", "url", "published", "language", "accession")


class Company:
    """What stands about one company, and the rounds that it makes up."""

    def __init__(self, name):
        self.name = name
        self.handles = set()  # on record, whether or not anything on them stands
        self.statements = {kind: [] for kind in COMPANY_KINDS}
        self.round_of = {}  # a handle: the round that it is a handle of
        self.rounds = []  # those that something standing states
        self.brought = {}  # what they bring, by day and policy


class World:
    """`history` as known at a time (microseconds, None: all of it)."""

    def __init__(self, history, units, time=None):
        self.time = time
        self.units = units
        self.entries = history if time is None else [entry for entry in history if entry.recorded <= time]
        self.standing = standing(self.entries)
        self._find_sources()
        self._find_companies()
        self._find_facts_without_company()

    def stands(self, entry):
        return entry.id in self.standing

    def amount(self, text):
        return amount(text, self.units)

    def value(self, text):
        """A metric's: money or another number."""
        return self.amount(text) if text.rpartition(" ")[2].isupper() else count(text)

    def _find_sources(self):
        """Of several standing lines of one source the latest by (recorded, id) holds: entries are in that order."""
        self.sources = {}  # the id of the entry that first stated it: the entry that holds
        for entry in self.entries:
            if entry.kind == "source" and self.stands(entry):
                self.sources[entry.source.id] = entry
        keys = {first: source_key(entry.line) for first, entry in self.sources.items()}
        without = source_key(None)
        self.ranks = {}  # what ranks an entry against others, by id
        for entry in self.entries:
            key = without if entry.source is None else keys.get(entry.source.id, without)
            self.ranks[entry.id] = (*key, entry.recorded, entry.id)

    def type_of(self, entry):
        """How much its source's type is trusted: what comes first in the order."""
        return self.ranks[entry.id][0]

    def source_id(self, entry):
        """What tells its source from others, what is said of it: lines without a source, or whose source was
        retracted, are of one."""
        return tuple((self.source_of(entry) or {}).get(field) for field in SOURCE_FIELDS)

    def source_of(self, entry):
        """The line of its source as it stands; None without one, or when it was retracted."""
        holding = entry.source and self.sources.get(entry.source.id)
        return holding.line if holding else None

    def _find_companies(self):
        self.companies = {}
        for entry in self.entries:
            if entry.kind not in COMPANY_KINDS:
                continue
            company = self.companies.get(entry.party)
            if company is None:
                company = self.companies[entry.party] = Company(entry.party)
            if entry.kind == "round":
                company.handles.add(entry.handle)
            if self.stands(entry):
                company.statements[entry.kind].append(entry)
        for company in self.companies.values():
            joined_rounds(company, self)

    def _find_facts_without_company(self):
        """The claims on exchange rates and market totals, by the fact that they are on, best first; and the winners."""
        rates, totals = {}, {}
        for entry in self.entries:
            if not self.stands(entry):
                continue
            line = entry.line
            if entry.kind == "fx_rate":
                rates.setdefault((line["base"], line["quote"], line["on"]), []).append((entry, None))
            elif entry.kind == "market_total":
                totals.setdefault((line["market"], line["period"]), []).append((entry, self.amount(line["amount"])))
        self.rate_claims = {fact: best_first(claims, self.ranks) for fact, claims in rates.items()}
        self.market_claims = {fact: best_first(claims, self.ranks) for fact, claims in totals.items()}
        self.rates = {fact: claims[0][0] for fact, claims in self.rate_claims.items()}
        self.market_totals = {fact: claims[0][0] for fact, claims in self.market_claims.items()}

    def standing_of(self, kind):
        return [entry for entry in self.entries if entry.kind == kind and self.stands(entry)]
