"""The findings on a company: which figures agree and which do not.

A finding is (code, severity, round, field, stated, computed); severity, stated and computed may be ANY where the
contract gives no rule for that combination of qualifiers or currencies. `ignored` holds (code, round) pairs, round ANY
for all, whose findings as a whole the contract leaves open.
"""
from fractions import Fraction

from amount import AGREE, DISAGREE, OTHER_CURRENCY, UNDETERMINED, agreement, decimal_text, exact_agrees
from dates import day_of, last_day, span
from order import best_first
from rounds import AMOUNTS, COUNTS, DATES, spans_disjoint
from totals import rounds_that_count, totals

ANY = "*"
PRICED = ("post-money", "pre-money + raised")
SEVERITY = {AGREE: "ok", DISAGREE: "warning", OTHER_CURRENCY: "info", UNDETERMINED: ANY}


class Findings:
    def __init__(self, world, company):
        self.world = world
        self.company = company
        self.rows = []
        self.ignored = set()
        for one in company.rounds:
            self._competing_claims(one)
            self._pre_post(one)
            self._named_investors(one)
            self._sum_of_parts(one, "participation-sum", [amounts[0][1] for amounts, _, _ in
                                                          one.participations().values() if amounts])
            self._sum_of_parts(one, "closing-sum", [claims[0][1] for _, _, claims in one.closings()])
            self._offering(one)
            self._commissions(one)
            self._dates_of_round(one)
            if one.value("non_accredited_investors") == 0:
                self._add("non-accredited", "warning", one, "non_accredited_investors")
            self._amended_company(one)
        self._competing_prices_without_round()
        self._dates_after_recording()
        self._step_downs()
        self._stated_totals()
        self.rows = [row for row in self.rows if not {(row[0], row[2]), (row[0], ANY)} & self.ignored]

    def _add(self, code, severity, one, field, stated=ANY, computed=ANY):
        self.rows.append((code, severity, one.handle if one else "", field, stated, computed))

    def _ignore(self, code, one):
        self.ignored.add((code, one.handle if one else ANY))

    #--- Competing claims

    def _competing_claims(self, one):
        for field in AMOUNTS:
            self._losing_amounts(one, field, one.claims(field))
        for field in COUNTS:
            claims = one.claims(field)
            for _, value in claims[1:]:
                self._add("competing-claims", "ok" if value == claims[0][1] else "warning", one, field, str(value),
                          str(claims[0][1]))
        for field in DATES:
            claims = one.claims(field)
            for _, value in claims[1:]:
                agree = _one_contains_the_other(value, claims[0][1])
                self._add("competing-claims", "ok" if agree else "warning", one, field, value, claims[0][1])
        for basis, claims in one.valuations().items():
            self._losing_amounts(one, basis, claims)

    def _losing_amounts(self, one, field, claims):
        for _, value in claims[1:]:
            compared = agreement(value, claims[0][1])
            if "indefinite" in (value.qualifier, claims[0][1].qualifier):
                compared = UNDETERMINED
            self._add("competing-claims", SEVERITY[compared], one, field, value.text, claims[0][1].text)

    def _competing_prices_without_round(self):
        """A valuation without a round is one fact by basis and date."""
        facts = {}
        for entry in self.company.statements["valuation"]:
            if entry.handle is None:
                fact = entry.line["basis"], entry.line["on"]
                facts.setdefault(fact, []).append((entry, self.world.amount(entry.line["amount"])))
        for (basis, _), claims in facts.items():
            claims = best_first(claims, self.world.ranks)
            self._losing_amounts(None, basis, claims)

    #--- Within a round

    def _pre_post(self, one):
        valuations = one.valuations()
        pre = valuations.get("pre-money")
        stated = valuations.get("post-money") or valuations.get("unspecified")
        raised = one.value("raised")
        if not pre or not stated or raised is None or not raised.disclosed:
            return
        basis = "post-money" if "post-money" in valuations else "unspecified"
        pre, stated = pre[0][1], stated[0][1]
        if pre.currency != raised.currency or {pre.qualifier, raised.qualifier} != {"exact"}:
            self._ignore("pre-post", one)
            return
        if stated.currency != pre.currency:
            self._add("pre-post", "info", one, basis, stated.text)
            return
        computed = pre.number + raised.number
        agree = exact_agrees(computed, stated)
        self._add("pre-post", "ok" if agree else "warning", one, basis, stated.text, self._money(computed, stated))

    def _money(self, units, stated):
        """Exact units of a currency as a finding prints them."""
        minor = units * 10**stated.decimals
        assert minor.denominator == 1
        return f"{decimal_text(int(minor), stated.decimals)} {stated.currency}"

    def _named_investors(self, one):
        declared = one.value("investors")
        if declared is None:
            return
        named = len(one.participations())
        severity = "ok" if named == declared else "info" if named < declared else "error"
        self._add("named-investors", severity, one, "investors", str(declared), str(named))

    def _sum_of_parts(self, one, code, parts):
        """The participations' amounts, or the closings, with the raised."""
        raised = one.value("raised")
        disclosed = [part for part in parts if part.disclosed]
        if raised is None or not raised.disclosed or not disclosed:
            return
        same = [part for part in disclosed if part.currency == raised.currency]
        computed = sum((part.number for part in same), Fraction(0))
        certain = len(same) == len(parts) and all(part.qualifier == "exact" for part in parts)
        agree = exact_agrees(computed, raised)
        if not certain:
            severity = ANY
        elif agree:
            severity = "ok"
        elif code == "closing-sum":
            severity = "warning"
        elif raised.qualifier not in ("exact", "about"):
            severity = "error" if raised.high is not None and computed > raised.high else ANY
        else:
            severity = "error" if computed > raised.number else "info"
        self._add(code, severity, one, "raised", raised.text, self._money(computed, raised) if certain else ANY)

    def _offering(self, one):
        """The sold with the offered, and sold + remaining with the offered."""
        raised, offered, remaining = (one.value(field) for field in ("raised", "offered", "remaining"))
        if raised is None or offered is None:
            return
        stated = [amount for amount in (raised, offered, remaining) if amount is not None]
        if any(amount.qualifier != "exact" for amount in stated) or len({amount.currency for amount in stated}) > 1:
            self._ignore("offering", one)
            return
        within = raised.number <= offered.number or agreement(raised, offered) == AGREE
        self._add("offering", "ok" if within else "warning", one, "offered", offered.text,
                  self._money(raised.number, raised))
        if remaining is not None:
            computed = raised.number + remaining.number
            agree = exact_agrees(computed, offered)
            self._add("offering", "ok" if agree else "warning", one, "remaining", offered.text,
                      self._money(computed, raised))

    def _commissions(self, one):
        raised = one.value("raised")
        paid = [amount for amount in (one.value("commissions"), one.value("finders_fees")) if amount is not None]
        if raised is None or not paid:
            return
        if any(amount.qualifier != "exact" or amount.currency != raised.currency for amount in (raised, *paid)):
            self._ignore("commissions", one)
            return
        computed = sum(amount.number for amount in paid)
        self._add("commissions", "warning" if computed > raised.number else "ok", one, "commissions")

    def _dates_of_round(self, one):
        closed, first_sale = one.value("closed"), one.value("first_sale")
        if closed and first_sale and span(closed)[1] < span(first_sale)[0]:
            self._add("date-order", "warning", one, "closed")
        for line in one.lines:
            signed, first_sale = line.line.get("signed"), line.line.get("first_sale")
            if signed and first_sale and span(signed)[1] < span(first_sale)[0]:
                self._add("signature-date", "warning", one, "signed")

    def _amended_company(self, one):
        """A round whose `amends` is a round of another company and none of its own."""
        for line in one.lines:
            target = line.line.get("amends")
            if target is None or target in self.company.handles:
                continue
            others = [company for company in self.world.companies.values()
                      if company is not self.company and target in company.handles]
            if any(company.round_of[target].stated for company in others):
                self._add("amends-other-company", "warning", one, "amends")
            elif others:
                self._ignore("amends-other-company", one)

    #--- Of the company

    def _dates_after_recording(self):
        """A date that begins after the day on which it was recorded, unless it is a target's."""
        for kind, entries in self.company.statements.items():
            for entry in entries:
                one = self.company.round_of.get(entry.handle)
                if one is not None and not one.stated:
                    self._ignore("date-order", one)
                    continue
                if entry.line.get("target"):
                    continue
                for field in (*DATES, "on") if kind == "round" else ("on",):
                    if field in entry.line and span(entry.line[field])[0] > day_of(entry.recorded):
                        self._add("date-order", "warning", one, field)

    def _step_downs(self):
        last = last_priced(self.company)
        if last is None:
            self._ignore("step-down", None)
            return
        for one, before in last.items():
            if before is None:
                continue
            pre = one.valuations().get("pre-money")
            now, post = one.valuation()[0], before.valuation()[0]
            if pre and before.valuations().get("post-money"):
                if pre[0][1].number_minor < post:
                    self._add("step-down", "info", one, "pre-money")
            elif one.valuations().get("post-money") and before.valuations().get("post-money"):
                if now < post:
                    self._add("step-down", "info", one, "post-money")
            else:
                self._ignore("step-down", one)

    def _stated_totals(self):
        for entry in self.company.statements["stated_total"]:
            stated = self.world.amount(entry.line["amount"])
            day = last_day(entry.line["on"])
            if not stated.disclosed:
                self._ignore("stated-total", None)
                continue
            self._stated_total(entry, stated, day)

    def _stated_total(self, entry, stated, day):
        sums = totals(self.company, day)
        own = next((total for total in sums if total.currency == stated.currency), None)
        known, lower, upper = (own.known, own.lower, own.upper) if own else (0, 0, 0)
        if own is None and any(brings.open for _, brings in rounds_that_count(self.company, day)):
            upper = None  # a round of undisclosed amount may be in this currency
        minor = 10**stated.decimals
        severity = "warning"
        if exact_agrees(Fraction(known, minor), stated):
            severity = "ok"
        elif self._agrees_by_its_source(entry, stated, day):
            severity = "info"
        elif any(total.currency not in (None, stated.currency) for total in sums) or stated.qualifier != "exact":
            severity = ANY
        elif lower <= stated.number_minor and (upper is None or stated.number_minor <= upper):
            severity = "info"
        computed = f"{decimal_text(known, stated.decimals)} {stated.currency}"
        self._add("stated-total", severity, None, "amount", stated.text, ANY if severity == "info" else computed)

    def _agrees_by_its_source(self, entry, stated, day):
        """Whether the rounds come to the total when its source's own claims win everywhere."""
        source = entry.line.get("source")
        if source is None:
            return False
        own = next((total.known for total in totals(self.company, day, preferred=source)
                    if total.currency == stated.currency), 0)
        return exact_agrees(Fraction(own, 10**stated.decimals), stated)


def last_priced(company):
    """By round with a valuation the last round before it that set a price, None for the first.

    None instead where the contract leaves open which round came last: dates that overlap or are missing, and prices
    that are not exact, in two currencies, of unspecified basis, or of rounds that may not set one.
    """
    priced = [one for one in company.rounds if one.valued]
    if not all(_sets_a_price(one) for one in priced):
        return None
    stated = [claims[0][1] for one in priced for basis, claims in one.valuations().items() if basis in
              ("pre-money", "post-money")] + [one.value("raised") for one in priced if one.value("raised")]
    if any(amount.qualifier != "exact" for amount in stated) or len({amount.currency for amount in stated}) > 1:
        return None
    if not spans_disjoint([one.date for one in priced]):
        return None
    priced.sort(key=lambda one: span(one.date))
    return {one: before for one, before in zip(priced, [None, *priced])}


def _sets_a_price(one):
    """Whether it surely does. Which other rounds do, and when, the contract leaves open."""
    valuation = one.valuation()
    return (one.date is not None and valuation is not None and valuation[2] in PRICED
            and one.value("instrument") in (None, "equity") and one.value("status") not in ("rumoured", "cancelled"))


def _one_contains_the_other(a, b):
    (a_first, a_last), (b_first, b_last) = span(a), span(b)
    return a_first <= b_first and b_last <= a_last or b_first <= a_first and a_last <= b_last


def conflicting_names(world, chains):
    """How many keys, sources' ids and rounds' handles mean several things that stand. A merge alone brings that."""
    conflicts = 0
    for names in ("keys", "sources", "handles"):
        meanings = {}
        for chain in chains:
            for name, meaning in getattr(chain, names).items():
                meanings.setdefault(name, {})[meaning if names == "handles" else meaning.id] = meaning
        conflicts += sum(sum(_in_force(world, names, name, meaning) for meaning in different.values()) > 1
                         for name, different in meanings.items() if len(different) > 1)
    return conflicts


def _in_force(world, names, name, meaning):
    if names == "keys":
        return meaning.id in world.standing
    if names == "sources":
        return meaning.id in world.sources
    company = world.companies.get(meaning)
    return company is not None and name in company.round_of and any(
        line.handle == name for line in company.round_of[name].lines)
