"""The findings on a company: which figures agree and which do not.

A finding is (code, severity, round, field, stated, computed); severity, stated and computed may be ANY where the
contract gives no rule for that combination of qualifiers or currencies. `ignored` holds (code, round) pairs, round ANY
for all, whose findings as a whole the contract leaves open.
"""
from fractions import Fraction

from amount import AGREE, DISAGREE, OTHER_CURRENCY, UNDETERMINED, agreement, decimal_text, exact_agrees
from dates import day_of, last_day, one_contains_the_other, span
from doubts import doubts
from order import best_first
from prices import last_priced
from rounds import AMOUNTS, COUNTS, DATES
from shares import Price, Splits, count, plain, price_times_shares, ratio, shares_of
from totals import rounds_that_count, totals

ANY = "*"
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
            self._sum_of_parts(one, "closing-sum", [tranche.amount for tranche in one.tranches])
            self._price_times_shares(one)
            self._offering(one)
            self._commissions(one)
            self._dates_of_round(one)
            if one.value("non_accredited_investors") == 0:
                self._add("non-accredited", "warning", one, "non_accredited_investors")
            self._amended_company(one)
            if any(self.company.round_of[handle] is one for handle in self.company.gaps):
                self._add("amendment-gap", "warning", one, "amends")
        self._competing_facts_without_round()
        self._competing_splits()
        self._dates_after_recording()
        self._step_downs()
        self._stated_totals()
        for code, severity, one in doubts(world, company):
            if severity is None:
                self._ignore(code, one)
            else:
                self._add(code, severity, one, ANY)
        self.rows = [row for row in self.rows if not {(row[0], row[2]), (row[0], ANY)} & self.ignored]

    def _add(self, code, severity, one, field, stated=ANY, computed=ANY):
        self.rows.append((code, severity, one.handle if one else "", field, stated, computed))

    def _ignore(self, code, one):
        self.ignored.add((code, one.handle if one else ANY))

    #--- Competing claims

    def _competing_claims(self, one):
        for field in AMOUNTS:
            winner, losing = self._rivals(one, field)
            self._losing_amounts(one, field, winner, losing)
        for field in (*COUNTS, *DATES):
            winner, losing = self._rivals(one, field)
            for value in losing:
                agree = one_contains_the_other(value, winner) if field in DATES else value == winner
                self._add("competing-claims", "ok" if agree else "warning", one, field, str(value), str(winner))
        self._competing_shares(one)
        winner, losing = self._rivals(one, "business_combination")
        for value in losing:
            self._add("competing-claims", "ok" if value == winner else "warning", one, "business_combination")
        for basis, claims in one.valuations().items():
            self._losing_amounts(one, basis, claims[0][1], [value for _, value in claims[1:]])
        for tranche in one.tranches:
            self._losing_amounts(one, ANY, tranche.amount, [value for _, value in tranche.claims[1:]])
        for amounts, leads, _ in one.participations().values():
            if amounts:
                self._losing_amounts(one, ANY, amounts[0][1], [value for _, value in amounts[1:]])
            for _, lead in leads[1:]:
                self._add("competing-claims", "ok" if lead == leads[0][1] else "warning", one, ANY)

    def _competing_shares(self, one):
        winner, losing = self._rivals(one, "price_per_share")
        for value in losing:
            agree = Price(value).agrees(Price(winner))
            self._add("competing-claims", "info" if agree is None else "ok" if agree else "warning", one,
                      "price_per_share", value, winner)
        winner, losing = self._rivals(one, "shares_issued")
        rivals = [("shares_issued", count(value), count(winner)) for value in losing]
        rivals += [(f"shares {investor}", value, claims[0][1]) for investor, claims in shares_of(one).items()
                   for _, value in claims[1:]]
        for field, value, winner in rivals:
            self._add("competing-claims", "ok" if value == winner else "warning", one, field, value, winner)

    def _competing_splits(self):
        """Each pair once, though a split of all classes can be told as that of one class too."""
        splits = Splits(self.world, self.company)
        for own in (splits.of_all, *splits.of_each.values()):
            for split in own:
                winner, stated = split.claims[0]
                for entry, value in split.claims[1:]:
                    if own is splits.of_all or "security_class" in {**winner.line, **entry.line}:
                        self._add("competing-claims", "ok" if ratio(value) == ratio(stated) else "warning", None, ANY,
                                  value, stated)

    def _rivals(self, one, field):
        """The value that is used, and those that lose to it on some day. The filing does not, to a final word."""
        claims = one.claims(field)
        if not claims:
            return None, []
        winner = one.raised_claim() if field == "raised" else claims[0]
        exempt = claims[0][0] if field == "raised" else None
        return winner[1], [value for entry, value in claims if entry is not winner[0] and entry is not exempt
                           and self._hold_together(one, entry, winner[0])]

    def _hold_together(self, one, a, b):
        """Whether there is a day on which both lines hold."""
        (a_first, a_last), (b_first, b_last) = one.times()[a.id], one.times()[b.id]
        return max(a_first, b_first) <= min(a_last, b_last)

    def _losing_amounts(self, one, field, winner, losing):
        for value in losing:
            self._add("competing-claims", competing_severity(value, winner), one, field, value.text, winner.text)

    def _competing_facts_without_round(self):
        """A valuation without a round is one fact by basis and date, a metric by what it is of and when."""
        facts = {}
        for entry in self.company.statements["valuation"]:
            if entry.handle is None:
                fact = entry.line["basis"], entry.line["on"]
                facts.setdefault(fact, []).append((entry, self.world.amount(entry.line["amount"])))
        for entry in self.company.statements["metric"]:
            line = entry.line
            fact = None, line["name"], line["on"], line.get("per"), line.get("target", False)
            facts.setdefault(fact, []).append((entry, self.world.value(line["value"])))
        for fact, claims in facts.items():
            claims = best_first(claims, self.world.ranks)
            self._losing_amounts(None, fact[0] or ANY, claims[0][1], [value for _, value in claims[1:]])

    #--- Within a round

    def _pre_post(self, one):
        valuations = one.valuations()
        pre, raised = valuations.get("pre-money"), one.raised_for_shares()
        if not one.new_shares or raised is None or not raised.disclosed:
            return
        if not pre:
            self._above_post_money(one, raised)
            return
        stated = valuations.get("post-money") or valuations.get("unspecified")
        if not stated:
            return
        basis = "post-money" if "post-money" in valuations else "unspecified"
        pre, stated = pre[0][1], stated[0][1]
        above = stated.disclosed and stated.currency == raised.currency and raised.number > stated.number
        if pre.currency != raised.currency or {pre.qualifier, raised.qualifier} != {"exact"} or above:
            self._ignore("pre-post", one)  # nor is it said whether it is one finding or two
            return
        if stated.currency != pre.currency:
            self._add("pre-post", "info", one, basis, stated.text)
            return
        # Conversions are within the pre-money, unless their terms say otherwise.
        sums, paid = [pre.number + raised.number], one.paid()
        if paid is not None:
            sums.insert(0, pre.number + paid.number)
        computed = next((one_sum for one_sum in sums if exact_agrees(one_sum, stated)), sums[0])
        severity = "ok" if exact_agrees(computed, stated) else "info" if paid is None else "warning"
        self._add("pre-post", severity, one, basis, stated.text, self._money(computed, stated))

    def _above_post_money(self, one, raised):
        """More than all of the company cannot be sold."""
        post = one.worth("post-money")
        if post is None or post[1].currency != raised.currency:
            return
        if post[1].qualifier != "exact" or raised.qualifier != "exact":
            self._ignore("pre-post", one)
        elif raised.number > post[1].number and agreement(raised, post[1]) != AGREE:
            self._add("pre-post", "warning", one, ANY)

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
        raised = one.raised()
        disclosed = [part for part in parts if part.disclosed]
        if raised is None or not raised.disclosed or not disclosed:
            return
        same = [part for part in disclosed if part.currency == raised.currency]
        if code == "closing-sum" and len(same) < len(disclosed):
            self._add(code, "info", one, ANY)  # those in another currency do not count
            parts = [part for part in parts if part in same or not part.disclosed]
            if not same:
                return
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

    def _price_times_shares(self, one):
        outcome = price_times_shares(one)
        if outcome is None:
            return
        severity, product = outcome
        currency = one.value("price_per_share").split(" ")[1]
        whole, _, decimals = plain(product).partition(".")
        decimals = decimals.ljust(self.world.amount(f"1 {currency}").decimals, "0")
        self._add("price-times-shares", severity, one, "price_per_share", one.raised().text,
                  f"{whole}{'.' if decimals else ''}{decimals} {currency}")

    def _offering(self, one):
        """The sold with the offered, and sold + remaining with the offered."""
        raised, offered, remaining = (one.value(field) for field in ("raised", "offered", "remaining"))
        if raised is None or offered is None:
            return
        if one.raised() is not raised:
            self._ignore("offering", one)  # whether the filing's or the final word is held against it is not said
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
        raised = one.raised()
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
            if any(line.handle == target for company in others for line in company.round_of[target].lines):
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
        steps = last_priced(self.company)
        if steps is None:
            self._ignore("step-down", None)
            return
        for one, last in steps.items():
            pre, post = one.before_new_money(), one.worth("post-money")
            most = pre[2] if pre else post[1].upper_minor if post else None
            price = last.price() if last is not None else None
            if most is not None and price is not None and most < price[2]:
                self._add("step-down", "info", one, "pre-money" if pre else "post-money")

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
        if own is None and any(taken.open for taken in rounds_that_count(self.company, day)):
            upper = None  # a round of undisclosed amount may be in this currency
        minor = 10**stated.decimals
        severity = "warning"
        if exact_agrees(Fraction(known, minor), stated):
            severity = "ok"
        elif self._agrees_by_its_source(entry, stated, day):
            severity = "info"
        elif self._agrees(totals(self.company, day, instruments=None), stated):
            severity = "info"
        elif stated.qualifier != "exact":
            severity = ANY
        elif exact_agrees(Fraction(self._nearest(stated.number_minor, lower, upper), minor), stated):
            severity = "info"
        elif stated.number_minor >= lower and any(
                total.rounds and total.currency not in (None, stated.currency) for total in sums):
            severity = "info"
        computed = f"{decimal_text(known, stated.decimals)} {stated.currency}"
        self._add("stated-total", severity, None, "amount", stated.text, ANY if severity == "info" else computed)

    def _agrees_by_its_source(self, entry, stated, day):
        """Whether the rounds come to the total when its source's own claims win everywhere."""
        source = entry.line.get("source")
        if source is None:
            return False
        return self._agrees(totals(self.company, day, preferred=source), stated)

    @staticmethod
    def _nearest(number, lower, upper):
        """Of what lies within the bounds what is nearest to the number."""
        return max(lower, number if upper is None else min(number, upper))

    @staticmethod
    def _agrees(sums, stated):
        own = next((total.known for total in sums if total.currency == stated.currency), 0)
        return exact_agrees(Fraction(own, 10**stated.decimals), stated)


def findings_of_no_company(world):
    """The rows of competing-claims on exchange rates and market totals."""
    rows = []
    for (base, quote, on), claims in world.rate_claims.items():
        used = plain_rate(claims[0][0].line["rate"])
        for entry, _ in claims[1:]:
            stated = plain_rate(entry.line["rate"])
            agree = Price(f"{stated} {quote}").agrees(Price(f"{used} {quote}"))
            rows.append(("competing-claims", "ok" if agree else "warning", "", f"fx_rate {base}/{quote} {on}", stated, used))
    for (market, period), claims in world.market_claims.items():
        for _, value in claims[1:]:
            rows.append(("competing-claims", competing_severity(value, claims[0][1]), "", f"market_total {market} {period}",
                         value.text, claims[0][1].text))
    return rows


def plain_rate(text):
    """A rate as it is printed: `085.0` is 85.0."""
    whole, point, fraction = text.partition(".")
    return (whole.lstrip("0") or "0") + point + fraction


def competing_severity(value, winner):
    """Of an amount that lost beside the one that is used."""
    if "indefinite" in (value.qualifier, winner.qualifier):
        return SEVERITY[UNDETERMINED]
    return SEVERITY[agreement(value, winner)]


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
