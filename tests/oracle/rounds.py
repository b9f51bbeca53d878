"""Rounds: which handles are one round, and what the claims on a round resolve to."""
import functools
from collections import defaultdict

from amount import decimal_text
from dates import last_day
from final_word import early_filing
from lines import ALWAYS, taking_part, times
from order import TRUST, best_first, says_a_number, says_something
from status import holding
from tranches import tranches

AMOUNTS = ("raised", "offered", "remaining", "includes_conversions", "minimum_investment", "commissions",
           "finders_fees", "proceeds_to_insiders")
UNLIMITED = ("offered", "remaining")  # there `indefinite` says something
COUNTS = ("investors", "non_accredited_investors")
DATES = ("announced", "closed", "first_sale", "filed")
TEXTS = ("name", "stage", "status", "instrument", "fund_type", "business_combination", "use_of_proceeds")
SHARES = ("price_per_share", "shares_issued", "security_class")
AMENDMENT = "offeringData/typeOfFiling/newOrAmendment/isAmendment"

# Every field of a round's line that is a claim; `amends` and `attributes` say which round, and what besides.
FIELDS = TEXTS[:4] + DATES + AMOUNTS + SHARES + COUNTS + TEXTS[4:]
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
        self.preferred = None  # a source whose own claims come first in the order
        self.least = 0  # the lowest type of source that is listened to
        self.ended = frozenset()  # the ids of lines that hold no longer as of the day
        self._fields = {}
        self._views = {}
        self.brought = {}  # by day and policy, see inflows.py
        self._times = {}

    def trust(self, entry, preferred=None):
        """The type of its source; that of a source whose own claims come first is above all."""
        preferred = preferred or self.preferred
        own = preferred is not None and entry.line.get("source") == preferred
        return max(TRUST.values()) + 1 if own else self.world.type_of(entry)

    def times(self, preferred=None):
        """By entry id from when and until when each line holds."""
        if preferred not in self._times:
            self._times[preferred] = times(self.world, self.lines, preferred)
        return self._times[preferred]

    def last_begin(self, as_of, preferred=None, least=0):
        """The day on which the latest of its lines began by a day; None where all of them hold always."""
        days = [begin for line, begin in ((line, self.times(preferred)[line.id][0]) for line in self.lines)
                if ALWAYS < begin <= as_of and self.trust(line, preferred) >= least]
        return max(days, default=None)

    def seen(self, as_of=None, preferred=None, least=0):
        """The same round as of a day, with what sources of a type or a higher one say."""
        hidden, ended = (), frozenset()
        if as_of is not None:
            spans = self.times(preferred)
            hidden = frozenset(one for one, (begin, _) in spans.items() if begin > as_of)
            ended = frozenset(one for one, (begin, end) in spans.items() if begin <= as_of and end < as_of)
        if not hidden and not ended and preferred is None and not least:
            return self
        key = (hidden, ended, preferred, least)
        if key not in self._views:
            view = self._views[key] = Round(self.world, self.company, self.handle, self.members)
            view.lines = [line for line in self.lines
                          if line.id not in hidden and self.trust(line, preferred) >= least]
            view.closing_lines = [line for line in self.closing_lines if self.trust(line, preferred) >= least]
            view.participation_lines, view.valuation_lines = self.participation_lines, self.valuation_lines
            view.preferred, view.least, view.ended = preferred, least, ended
            if preferred is None and not least:
                view.tranches = self.tranches
        return self._views[key]

    def with_claims(self, field, claims):
        """The same with other claims on a field."""
        view = Round(self.world, self.company, self.handle, self.members)
        for name in ("lines", "closing_lines", "participation_lines", "valuation_lines", "preferred", "least", "ended"):
            setattr(view, name, getattr(self, name))
        view._fields = {**{name: told for name, told in self._fields.items() if name in ("raised", "instrument")},
                        field: claims}
        return view

    def claims(self, field):
        """The claims on a field, best first: (entry, value)."""
        if field not in self._fields:
            stated = [(line, line.line[field]) for line in self.lines if field in line.line]
            if field in AMOUNTS:
                stated = [(line, self.world.amount(text)) for line, text in stated]
            if len(stated) > 1:
                disclosed = says_something if field in UNLIMITED else says_a_number
                stated = best_first(stated, self.world.ranks, self.preferred, disclosed)
                if self.ended:
                    stated = taking_part(stated, self.ended, self.world.type_of, disclosed)
            if field == "raised":
                stated = self._placement_first(stated)
            self._fields[field] = stated
        return self._fields[field]

    def _placement_first(self, stated):
        """Beside a business combination the best later word of the company, or of no source, is used."""
        placement = next((claim for claim in stated if self._tells_placement(*claim)), None)
        return stated if placement is None else [placement] + [claim for claim in stated if claim is not placement]

    def _tells_placement(self, entry, amount):
        said = self.claims("business_combination")
        return (bool(said) and said[0][1] and entry.recorded > said[0][0].recorded and amount.disclosed
                and (self.world.source_of(entry) is None or self.world.type_of(entry) == TRUST["company"]))

    @property
    def business_combination(self):
        """Whether totals leave it out as a merger: its best notice says so, and no later word tells the placement."""
        said, raised = self.claims("business_combination"), self.claims("raised")
        return bool(said) and said[0][1] and not (raised and self._tells_placement(*raised[0]))

    def rank(self, entry):
        """What orders its claims as such, without what they say."""
        return self.preferred is not None and entry.line.get("source") == self.preferred, self.world.ranks[entry.id]

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

    @functools.cached_property
    def early(self):
        """Its filing that left part of the offering unsold, where that is the claim on `raised` that wins."""
        return early_filing(self)

    def raised_claim(self):
        """The claim on `raised` that is used when all has come, (entry, amount): the final word where there is one."""
        if self.early is not None and self.early.final:
            return self.early.final
        claims = self.claims("raised")
        return claims[0] if claims else None

    def raised(self):
        claim = self.raised_claim()
        return claim[1] if claim else None

    @functools.cached_property
    def status_claim(self):
        """The claim on `status` that holds, (entry, value), or None."""
        return holding(self)

    def status(self):
        """The one that holds; without one `open` as long as nothing is sold: none raised, and no first sale told."""
        if self.status_claim is not None:
            return self.status_claim[1]
        raised = self.raised()
        if self.value("first_sale") is None and raised is not None and raised.disclosed and raised.upper_minor == 0:
            return "open"
        return None

    @functools.cached_property
    def tranches(self):
        """Its closings: whatever the day, which claims tell of one sum is the same."""
        return tranches(self.world, self.closing_lines, self.preferred)

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

    def worth(self, basis):
        """The claim on its valuation by a basis that is used, (entry, amount); None where it says no number."""
        claims = self.valuations().get(basis)
        return claims[0] if claims and claims[0][1].disclosed else None

    @property
    def new_shares(self):
        """Whether new shares pay for it: then pre-money plus new money is post-money."""
        return self.value("instrument") in (None, "equity")

    def valuation(self):
        """(minor units, currency, origin, entry), or None: post-money, else pre-money plus new money where new shares
        pay for it, pre-money where they do not, else unspecified."""
        pre, paid = self.worth("pre-money"), self.paid()
        if self.worth("post-money"):
            return _value(self.worth("post-money"), "post-money")
        if pre and not self.new_shares:
            return _value(pre, "pre-money")
        if pre and self._in_one_currency(pre[1], paid) and qualifier_of_sum(pre[1], paid):
            total = pre[1].number_minor + paid.number_minor
            return total, paid.currency, "pre-money + new money", pre[0]
        return _value(self.worth("unspecified"), "unspecified")

    def paid(self):
        """The new money that pays for new shares, without tranches of other instruments and conversions; None where that
        is not exact."""
        raised, converted = self.raised_for_shares(), self.value("includes_conversions")
        if raised is None or not raised.disclosed or converted is None:
            return raised
        left = raised.number_minor - (converted.number_minor if converted.qualifier == "exact" else 0)
        if {raised.qualifier, converted.qualifier} != {"exact"} or raised.currency != converted.currency or left < 0:
            return None
        return self.world.amount(f"{decimal_text(left, raised.decimals)} {raised.currency}")

    def before_new_money(self):
        """The pre-money: (minor units, currency, upper minor units, whether it is one number), as stated, else the
        post-money less the new money where both are exact; None without either."""
        pre, post, paid = self.worth("pre-money"), self.worth("post-money"), self.paid()
        if pre:
            return pre[1].number_minor, pre[1].currency, pre[1].upper_minor, pre[1].is_one_number
        if not post or paid is None or not paid.disclosed or post[1].currency != paid.currency:
            return None
        if self.early is not None and not self.early.final:
            return None  # nobody says how much new money there is
        left = post[1].number_minor - paid.number_minor
        return (left, paid.currency, left, True) if {post[1].qualifier, paid.qualifier} == {"exact"} and left >= 0 else None

    def raised_for_shares(self):
        """What of `raised` is in tranches of new shares, conversions with it; None where that is not exact."""
        raised = self.raised()
        if raised is None or not raised.disclosed or not self.new_shares:
            return raised if self.new_shares else None
        others = [tranche.amount for tranche in self.tranches if tranche.instrument not in (None, "equity")
                  and tranche.amount.currency == raised.currency]
        left = raised.number_minor - sum(amount.number_minor for amount in others)
        if not others:
            return raised
        if {raised.qualifier, *(amount.qualifier for amount in others)} != {"exact"} or left < 0:
            return None
        return self.world.amount(f"{decimal_text(left, raised.decimals)} {raised.currency}")

    @staticmethod
    def _in_one_currency(pre, raised):
        return raised is not None and raised.disclosed and raised.currency == pre.currency

    @property
    def priced(self):
        """Whether it sets a price, though the sum of pre-money and raised may not be known."""
        pre = self.worth("pre-money")
        return self.new_shares and bool(self.worth("post-money") or
                                        (pre and self._in_one_currency(pre[1], self.raised())))

    def price(self):
        """Its post-money valuation: (minor units, currency, the least that it can be, whether it is one number); None
        without one."""
        valuation = self.valuation()
        if valuation is None or valuation[2] not in ("post-money", "pre-money + new money"):
            return None
        return (*valuation[:2], sum(amount.lower_minor for amount in self.valuation_amounts()),
                self.valued_at_one_number())

    def valuation_amounts(self):
        """What its valuation is made of, as stated."""
        origin = self.valuation()[2]
        if origin == "pre-money + new money":
            return self.worth("pre-money")[1], self.paid()
        return self.worth(origin)[1],

    def valued_at_one_number(self):
        return all(amount.is_one_number for amount in self.valuation_amounts())

    @property
    def valued(self):
        """Whether anyone says what it values the company at."""
        return self.valuation() is not None or "pre-money" in self.valuations()


def qualifier_of_sum(a, b):
    """What holds for the sum of two amounts; None where their qualifiers say nothing together."""
    both = {a.qualifier, b.qualifier} - {"exact"}
    if len(both) < 2:
        return both.pop() if both else "exact"
    for strict, weak in (("more-than", "at-least"), ("less-than", "at-most")):
        if both == {strict, weak}:
            return strict
    return None


def _value(claim, origin):
    return claim and (claim[1].number_minor, claim[1].currency, origin, claim[0])


def _join_amendments(company, world, root, parent, amended):
    """Joins each group of amendments whose notice before is not on record to the one round with a notice of its first sale
    that was not published later and is under no other file number. The
    handles of those that may be of several rounds, or of one of another instrument, which join none."""
    lines = company.statements["round"]

    def published(entry):
        source = world.source_of(entry)
        return last_day(source["published"]) if source and "published" in source else None

    def is_filing(entry):
        return world.type_of(entry) == TRUST["filing"]

    groups = defaultdict(list)
    for entry in lines:
        groups[root(entry.handle)].append(entry)
    orphans = []
    for group in groups.values():
        days = [day for day in map(published, group) if day is not None]
        if days and all(is_filing(entry) and AMENDMENT in entry.line.get("attributes", {}) for entry in group):
            orphans.append((min(days), min(entry.handle for entry in group), group))
    gaps = []
    for day, handle, group in sorted(orphans, key=lambda orphan: orphan[:2]):
        sales = {entry.line.get("first_sale") for entry in group} - {None}
        found, instruments = {}, set()
        numbered = {root(entry.handle) for entry in lines if "fileNumber" in entry.line.get("attributes", {})}
        for entry in lines:
            own = root(entry.handle)
            if {own, root(handle)} <= numbered:
                continue  # two offerings
            if own == root(handle) or not is_filing(entry) or entry.line.get("first_sale") not in sales:
                continue
            if published(entry) is None or published(entry) <= day:
                found[own] = min(found.get(own, entry.handle), entry.handle)
                instruments.add(entry.line.get("instrument"))
        own_instruments = {entry.line.get("instrument") for entry in group} - {None}
        instruments -= {None}
        contradicts = own_instruments and instruments and not own_instruments & instruments
        if len(found) > 1 or (found and contradicts):
            gaps.append(handle)
        for target in found.values() if len(found) == 1 and not contradicts else ():
            parent[root(handle)] = root(target)
            for entry in group:
                amended[entry.handle].add(target)
    return gaps


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
    company.gaps = _join_amendments(company, world, root, parent, amended)
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
