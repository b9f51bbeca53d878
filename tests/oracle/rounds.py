"""Rounds: which handles are one round, and what the claims on a round resolve to."""
from collections import defaultdict

from dates import last_day, span
from order import best_first

AMOUNTS = ("raised", "offered", "remaining", "includes_conversions", "minimum_investment", "commissions",
           "finders_fees", "proceeds_to_insiders")
COUNTS = ("investors", "non_accredited_investors")
DATES = ("announced", "closed", "first_sale", "filed")
TEXTS = ("name", "stage", "status", "instrument", "fund_type", "use_of_proceeds")
# Every field of a round's line that is a claim; `amends` and `attributes` say which round, and what besides.
FIELDS = TEXTS[:4] + DATES + AMOUNTS + COUNTS + TEXTS[4:]
DATE_OF_ROUND = ("closed", "announced", "first_sale", "filed")
DEFAULT_INSTRUMENTS = ("equity", "safe", "convertible-note", None)


class Round:
    """One round of a company, as of a day (an ordinal; None: nothing is left out) and under a policy."""

    def __init__(self, world, company, handle, members):
        self.world = world
        self.company = company
        self.handle = handle
        self.members = members
        self.lines, self.closing_lines, self.participation_lines, self.valuation_lines = [], [], [], []
        self.preferred = None  # a source whose own claims win everywhere
        self.unseen = 0  # lines that do not hold yet as of the day
        self._fields = {}
        self._views = {}

    def seen(self, as_of=None, preferred=None):
        """The same round as of a day. A line with `on` holds from when that has surely come."""
        hidden = as_of is not None and any("on" in line.line and last_day(line.line["on"]) > as_of
                                           for line in self.lines)
        if not hidden and preferred is None:
            return self
        key = (as_of if hidden else None, preferred)
        if key not in self._views:
            view = Round(self.world, self.company, self.handle, self.members)
            view.lines = [line for line in self.lines
                          if not hidden or "on" not in line.line or last_day(line.line["on"]) <= as_of]
            view.unseen = len(self.lines) - len(view.lines)
            view.closing_lines, view.participation_lines = self.closing_lines, self.participation_lines
            view.valuation_lines, view.preferred = self.valuation_lines, preferred
            self._views[key] = view
        return self._views[key]

    def claims(self, field):
        """The claims on a field, best first: (entry, value)."""
        if field not in self._fields:
            stated = [(line, line.line[field]) for line in self.lines if field in line.line]
            if field in AMOUNTS:
                stated = [(line, self.world.amount(text)) for line, text in stated]
            self._fields[field] = best_first(stated, self.world.ranks, self.preferred) if len(stated) > 1 else stated
        return self._fields[field]

    @property
    def stated(self):
        """Whether something standing states it: a line of its own, or a closing, which says that money came."""
        return bool(self.lines or self.closing_lines)

    def value(self, field):
        claims = self.claims(field)
        return claims[0][1] if claims else None

    def winner(self, field):
        claims = self.claims(field)
        return claims[0][0] if claims else None

    @property
    def date(self):
        """Its closed, else announced, else first_sale, else filed."""
        for field in DATE_OF_ROUND:
            value = self.value(field)
            if value is not None:
                return value
        return None

    def status(self):
        """As stated; without one `open` as long as nothing is sold: none raised, and no first sale told."""
        stated = self.value("status")
        if stated is None and self.value("first_sale") is None:
            raised = self.value("raised")
            if raised is not None and raised.disclosed and raised.upper_minor == 0:
                return "open"
        return stated

    def counts(self, instruments=DEFAULT_INSTRUMENTS):
        """Whether totals take it. `instruments` None: all of them."""
        if self.value("status") in ("rumoured", "cancelled"):
            return False
        return instruments is None or self.value("instrument") in instruments

    def closings(self):
        """The closings, one fact by date and name: (on, name, claims best first)."""
        if "closings" not in self._fields:
            facts = defaultdict(list)
            for entry in self.closing_lines:
                line = entry.line
                facts[line["on"], line.get("name")].append((entry, self.world.amount(line["amount"])))
            self._fields["closings"] = [(on, name, best_first(claims, self.world.ranks, self.preferred))
                                        for (on, name), claims in facts.items()]
        return self._fields["closings"]

    def participations(self):
        """By investor: the claims on the amount, those on the lead, and all, each best first."""
        if "participations" not in self._fields:
            facts = defaultdict(list)
            for entry in self.participation_lines:
                facts[entry.counterparty].append(entry)
            self._fields["participations"] = {
                investor: (best_first([(entry, self.world.amount(entry.line["amount"])) for entry in entries
                                       if "amount" in entry.line], self.world.ranks, self.preferred),
                           best_first([(entry, entry.line["lead"]) for entry in entries if "lead" in entry.line],
                                      self.world.ranks, self.preferred),
                           best_first([(entry, None) for entry in entries], self.world.ranks, self.preferred))
                for investor, entries in facts.items()}
        return self._fields["participations"]

    def valuations(self):
        """By basis: the claims, best first."""
        if "valuations" not in self._fields:
            facts = defaultdict(list)
            for entry in self.valuation_lines:
                facts[entry.line["basis"]].append((entry, self.world.amount(entry.line["amount"])))
            self._fields["valuations"] = {basis: best_first(claims, self.world.ranks, self.preferred)
                                          for basis, claims in facts.items()}
        return self._fields["valuations"]

    def valuation(self):
        """Post-money, else pre-money plus raised, else unspecified: (minor units, currency, origin, entry), or None."""
        valuations = self.valuations()
        post, pre, unspecified = (valuations.get(basis) for basis in ("post-money", "pre-money", "unspecified"))
        if post and post[0][1].disclosed:
            return post[0][1].number_minor, post[0][1].currency, "post-money", post[0][0]
        raised = self.value("raised")
        if pre and raised is not None and pre[0][1].disclosed and raised.disclosed \
                and raised.currency == pre[0][1].currency:
            total = pre[0][1].number_minor + raised.number_minor
            return total, raised.currency, "pre-money + raised", pre[0][0]
        if unspecified and unspecified[0][1].disclosed:
            return unspecified[0][1].number_minor, unspecified[0][1].currency, "unspecified", unspecified[0][0]
        return None

    @property
    def valued(self):
        """Whether anyone says what it values the company at."""
        return self.valuation() is not None or "pre-money" in self.valuations()


def joined_rounds(company, world):
    """Joins the handles of a company into rounds, and gives each what stands on it.

    The handles that `amends` links are one round, whichever line comes first, and so are those of one `fileNumber`:
    what links is the standing line, whatever day is asked about. Two notices that amend a third are one round also
    before that one is on record. A company's handle is another round than the same handle of another company.
    """
    parent = {}

    def root(handle):
        while parent.setdefault(handle, handle) != handle:
            handle = parent[handle]
        return handle

    amended = defaultdict(set)
    file_numbers = {}
    for entry in company.statements["round"]:
        target = entry.line.get("amends")
        if target is not None:
            amended[entry.handle].add(target)
            parent[root(entry.handle)] = root(target)
        number = entry.line.get("attributes", {}).get("fileNumber")
        if number is not None:
            parent[root(entry.handle)] = root(file_numbers.setdefault(number, entry.handle))
    groups = defaultdict(set)
    for handle in company.handles:
        groups[root(handle)].add(handle)
    standing = {entry.handle for entry in company.statements["round"]}
    for members in groups.values():
        joined = Round(world, company.name, main_handle(members & standing or members, amended), members)
        for handle in members:
            company.round_of[handle] = joined
    for kind, lines in (("round", "lines"), ("closing", "closing_lines"), ("participation", "participation_lines"),
                        ("valuation", "valuation_lines")):
        for entry in company.statements[kind]:
            if entry.handle is not None:
                getattr(company.round_of[entry.handle], lines).append(entry)
    company.rounds = sorted({joined.handle: joined for joined in company.round_of.values() if joined.stated}.values(),
                            key=lambda joined: joined.handle)


def main_handle(handles, amended):
    """A round goes by the handle that amends none of the others; of several the first by its text. Handles whose lines
    were all taken back give no name to a round that has others."""
    first = [handle for handle in handles if not (amended.get(handle, set()) & handles) - {handle}]
    return min(first or handles)


def spans_disjoint(dates):
    """Whether each of the dates has surely come before the next one, in some order: then they have one order."""
    spans = sorted(span(date) for date in dates)
    return all(before[1] < after[0] for before, after in zip(spans, spans[1:]))
