"""The rows of every public view, from what a ledger knew. Columns with numbers of this file alone are left out.

Each function gives (columns, rows); rows have no order.
"""
from fractions import Fraction

from amount import decimal_text
from dates import fixed_text, iso, last_day, quarter
from inflows import gross
from left_out import left_out as all_left_out
from prices import last_priced, latest_valuation
from rounds import AMOUNTS, DEFAULT_INSTRUMENTS, FIELDS
from shares import count, positions as all_positions
from totals import decimals_of, rounds_that_count, totals

MONEY_KINDS = ("closing", "valuation", "stated_total")


def _text(world, minor, currency):
    return None if minor is None or currency is None else decimal_text(minor, decimals_of(world, currency))


def _source(entry):
    return entry.line.get("source") if entry is not None else None


def _valid_from(date):
    return None if date is None else iso(last_day(date))


def _all_rounds(world):
    return [one for company in world.companies.values() for one in company.rounds]


def _counts(one):
    """1 when totals take some of it that has come."""
    return int(gross(one).counts(DEFAULT_INSTRUMENTS) and not one.business_combination)


def _stated(amount):
    """Text, number to count and currency of an amount as stated."""
    if amount is None:
        return None, None, None
    return amount.text, amount.known_minor, amount.currency


#--- Rounds

ROUNDS = ("round company name stage status instrument fund_type date announced closed first_sale filed raised "
          "raised_minor raised_lower_minor raised_upper_minor raised_currency raised_source offered offered_minor "
          "offered_currency investors named_investors pre_money_minor pre_money_currency valuation_minor "
          "valuation_currency valuation_origin valuation_source counts raised_decimal raised_lower_decimal "
          "raised_upper_decimal offered_decimal pre_money_decimal valuation_decimal valid_from "
          "status_source instrument_source").split()


def rounds(world):
    rows = []
    for one in _all_rounds(world):
        raised, raised_minor, raised_currency = _stated(one.raised())
        lower = upper = None
        if raised_minor is not None:
            lower, upper = one.raised().lower_minor, one.raised().upper_minor
        offered, offered_minor, offered_currency = _stated(one.value("offered"))
        raised_entry, status_entry = (claim and claim[0] for claim in (one.raised_claim(), one.status_claim))
        pre = one.valuations().get("pre-money")
        _, pre_minor, pre_currency = _stated(pre[0][1] if pre else None)
        valuation = one.valuation()
        value_minor, value_currency, origin, value_entry = valuation or (None, None, None, None)
        date = one.date
        texts = [one.value(field) for field in ("name", "stage")]
        rows.append([
            one.handle, one.company, *texts, one.status(), one.value("instrument"), one.value("fund_type"), date,
            *(one.value(field) for field in ("announced", "closed", "first_sale", "filed")), raised, raised_minor,
            lower, upper, raised_currency, _source(raised_entry), offered, offered_minor, offered_currency,
            one.value("investors"), len(one.participations()), pre_minor, pre_currency, value_minor, value_currency,
            origin, _source(value_entry), _counts(one), _text(world, raised_minor, raised_currency),
            _text(world, lower, raised_currency), _text(world, upper, raised_currency),
            _text(world, offered_minor, offered_currency), _text(world, pre_minor, pre_currency),
            _text(world, value_minor, value_currency), _valid_from(date), _source(status_entry),
            _source(one.winner("instrument"))])
    return ROUNDS, rows


ROUND_CHECKS = ("company round status counts raised_currency raised_minor raised_decimal participations_minor "
                "participations_decimal closings_minor closings_decimal offered_currency offered_minor "
                "offered_decimal investors named_investors pre_plus_new_money_minor pre_plus_new_money_decimal "
                "post_money_minor post_money_decimal").split()


def round_checks(world):
    rows = []
    for one in _all_rounds(world):
        _, raised_minor, currency = _stated(one.raised())
        _, offered_minor, offered_currency = _stated(one.value("offered"))
        given = _sum_in([amounts[0][1] for amounts, _, _ in one.participations().values() if amounts], currency)
        closed = _sum_in([tranche.amount for tranche in one.tranches], currency)
        valuations = one.valuations()
        pre, post = (valuations[basis][0][1] if basis in valuations else None for basis in ("pre-money", "post-money"))
        paid = one.paid()
        both = pre.known_minor + paid.known_minor if pre and paid and paid.disclosed and pre.currency == paid.currency else None
        post_minor = post.number_minor if post and post.currency == currency else None
        rows.append([one.company, one.handle, one.status(), _counts(one), currency, raised_minor,
                     _text(world, raised_minor, currency), given, _text(world, given, currency), closed,
                     _text(world, closed, currency), offered_currency, offered_minor,
                     _text(world, offered_minor, offered_currency), one.value("investors"),
                     len(one.participations()), both, _text(world, both, currency), post_minor,
                     _text(world, post_minor, currency)])
    return ROUND_CHECKS, rows


def _sum_in(amounts, currency):
    """The sum of what is in the currency; nothing where nothing is."""
    same = [amount.known_minor for amount in amounts if amount.disclosed and amount.currency == currency]
    return sum(same) if same else None


#--- Who took part

INVESTMENTS = ("investor company round date status counts amount amount_minor amount_currency amount_decimal lead "
               "source lead_source").split()


def investments(world):
    """Amount and lead each by the best claim that tells, each with its own source."""
    rows = []
    for one in _all_rounds(world):
        for investor, (amounts, leads, claims) in one.participations().items():
            amount, minor, currency = _stated(amounts[0][1] if amounts else None)
            lead = int(leads[0][1]) if leads else None
            source = _source(amounts[0][0] if amounts else claims[0][0])
            rows.append([investor, one.company, one.handle, one.date, one.status(), _counts(one), amount, minor,
                         currency, _text(world, minor, currency), lead, source,
                         _source(leads[0][0] if leads else None)])
    return INVESTMENTS, rows


POSITIONS = ("investor company security_class rounds untold shares shares_whole shares_fraction price currency "
             "price_round adjusted_for value_minor value_decimal gap").split()


def positions(world):
    rows = []
    for company in world.companies.values():
        for investor, name, taken, untold, shares, across, price, currency, source, value, gap in all_positions(
                world, company):
            whole, _, fraction = (shares or "").partition(".")
            exact = shares is not None and "/" not in shares and len(whole) <= 18
            rows.append([investor, company.name, name, taken, untold, shares, int(whole) if exact else None,
                         int(fraction.ljust(10, "0")) if exact else None, price, currency, source, across, value,
                         _text(world, value, currency), gap])
    return POSITIONS, rows


CO_INVESTORS = "investor co_investor company round date status counts lead co_lead".split()


def co_investors(world):
    rows = []
    for one in _all_rounds(world):
        leads = {investor: int(leads[0][1]) if leads else None
                 for investor, (_, leads, _) in one.participations().items()}
        for investor, lead in leads.items():
            rows += [[investor, other, one.company, one.handle, one.date, one.status(), _counts(one), lead,
                      co_lead] for other, co_lead in leads.items() if other != investor]
    return CO_INVESTORS, rows


PARTICIPATIONS = "company round investor amount amount_minor amount_currency lead source amount_decimal".split()


def participations(world):
    rows = []
    for one in _all_rounds(world):
        for entry in one.participation_lines:
            text = entry.line.get("amount")
            amount, minor, currency = _stated(world.amount(text) if text else None)
            lead = entry.line.get("lead")
            rows.append([one.company, one.handle, entry.counterparty, amount, minor, currency,
                         None if lead is None else int(lead), _source(entry), _text(world, minor, currency)])
    return PARTICIPATIONS, rows


#--- Valuations

VALUATIONS = "company round basis amount amount_minor amount_currency on_date source amount_decimal valid_from".split()


def valuations(world):
    """As each standing claim says; those on rounds that nothing standing states are left out."""
    rows = []
    for company in world.companies.values():
        for entry in company.statements["valuation"]:
            one = company.round_of.get(entry.handle)
            if one is not None and not one.stated:
                continue
            amount, minor, currency = _stated(world.amount(entry.line["amount"]))
            rows.append([company.name, one.handle if one else None, entry.line["basis"], amount, minor, currency,
                         entry.line["on"], _source(entry), _text(world, minor, currency),
                         _valid_from(entry.line["on"])])
    return VALUATIONS, rows


def latest_valuations(world):
    """What each company was last said to be worth."""
    rows = []
    for company in world.companies.values():
        latest = latest_valuation(company, world)
        if latest is None:
            continue
        entry, worth = latest
        one = company.round_of.get(entry.handle)
        amount, minor, currency = _stated(worth)
        rows.append([company.name, one.handle if one else None, entry.line["basis"], amount, minor, currency,
                     entry.line["on"], _source(entry), _text(world, minor, currency), _valid_from(entry.line["on"])])
    return VALUATIONS, rows


VALUATION_STEPS = ("company round name date valid_from status counts valuation_currency valuation_minor "
                   "valuation_decimal valuation_origin pre_money_currency pre_money_minor pre_money_decimal").split()


def valuation_steps(world):
    """The rounds with a valuation, without what they are measured against."""
    rows = []
    for one in _all_rounds(world):
        if not one.valued:
            continue
        minor, currency, origin, _ = one.valuation() or (None, None, None, None)
        pre = one.valuations().get("pre-money")
        _, pre_minor, pre_currency = _stated(pre[0][1] if pre else None)
        rows.append([one.company, one.handle, one.value("name"), one.date, _valid_from(one.date), one.status(),
                     _counts(one), currency, minor, _text(world, minor, currency), origin, pre_currency,
                     pre_minor, _text(world, pre_minor, pre_currency)])
    return VALUATION_STEPS, rows


LAST_PRICES = "company round last_round last_currency last_minor last_decimal growth step_up".split()


def last_prices(world):
    """What each of these rounds is measured against: the companies of which it is certain, and their rows."""
    companies, rows = [], []
    for company in world.companies.values():
        steps = last_priced(company)
        if not steps:
            continue
        companies.append(company.name)
        for one, last in steps.items():
            if last is None:
                rows.append([company.name, one.handle, None, None, None, None, None, None])
                continue
            minor, currency, _, certain = last.price() or (None, None, None, False)
            price, pre = one.price(), one.before_new_money()
            rows.append([company.name, one.handle, last.handle, currency, minor, _text(world, minor, currency),
                         _four_decimals(price[0], minor) if certain and price and price[3] else None,
                         _four_decimals(pre[0], minor) if certain and pre and pre[3] else None])
    return companies, LAST_PRICES, rows


def _four_decimals(numerator, denominator):
    return None if denominator == 0 else decimal_text(round(Fraction(numerator * 10_000, denominator)), 4)


#--- Sums

TOTAL_RAISED = ("company currency known_minor lower_minor upper_minor rounds undisclosed known_decimal "
                "lower_decimal upper_decimal").split()


def total_raised(world, as_of=None):
    """The companies whose totals can be told, and their rows: as of a day those of total_raised_over_time."""
    companies, rows = [], []
    for company in world.companies.values():
        sums = totals(company, as_of)
        companies.append(company.name)
        for total in sums:
            amounts = total.known, total.lower, total.upper
            rows.append([company.name, total.currency, *(amounts if total.currency else (0, 0, None)), total.rounds,
                         total.undisclosed, *(_text(world, minor, total.currency) for minor in amounts)])
    return companies, TOTAL_RAISED, rows


LEFT_OUT = "company reason instrument rounds amount_minor currency amount_decimal".split()


def left_out(world):
    return LEFT_OUT, [[company.name, reason, instrument, rounds, minor, currency, _text(world, minor, currency)]
                      for company in world.companies.values()
                      for reason, instrument, rounds, minor, currency in all_left_out(company)]


def _parts_of(company):
    """What its default total adds up now: (round, part, untold); part None of a round without any amount. `untold`:
    it cannot be told what of it is new money. A round whose tranches are all of it has no part beyond them."""
    for taken in rounds_that_count(company):
        tranches = {(part.instrument, part.currency) for part in taken.parts if part.tranche}
        parts = [part for part in taken.parts if part.come
                 if part.tranche or part.bounds[0] or (part.instrument, part.currency) not in tranches]
        if taken.undisclosed:
            yield taken.round, None, False
        for part in parts:
            yield taken.round, part, id(part) in taken.untold_parts


def _parts(world):
    """The same of all companies: (company, round, part, untold)."""
    return ((company, *part) for company in world.companies.values() for part in _parts_of(company))


INFLOWS = "company round closing date valid_from currency minor decimal".split()


def inflows(world):
    rows = []
    for company, one, part, untold in _parts(world):
        if part is None:
            rows.append([company.name, one.handle, None, one.date, _valid_from(one.date), None, None, None])
        else:
            known = None if untold else part.bounds[0]
            rows.append([company.name, one.handle, part.closing, part.date, _valid_from(part.date),
                         part.currency, known, _text(world, known, part.currency)])
    return INFLOWS, rows


SUMS = "currency companies rounds known_minor known_decimal rounds_untold".split()


def _in_64_bits(known):
    """What a column of minor units can hold of a sum; its text holds all of it."""
    return None if known is None or known >= 2**63 else known


class _Sum:
    """A row of a view that sums up: nothing is known where no amount is, or where one cannot be told."""

    def __init__(self):
        self.companies, self.rounds, self.untold, self.known = set(), set(), set(), None

    def add(self, company, one, part, untold):
        self.companies.add(company.name)
        self.rounds.add((company.name, one.handle))
        if untold:
            self.untold.add((company.name, one.handle))
        elif part is not None:
            self.known = (self.known or 0) + part.bounds[0]

    def row(self, world, currency):
        known = None if self.untold else self.known
        return [currency, len(self.companies), len(self.rounds), _in_64_bits(known), _text(world, known, currency),
                len(self.untold)]


def _sums_by(world, name, group):
    """`group`: of (company, date). A round without any amount is in a row without currency."""
    sums = {}
    for company, one, part, untold in _parts(world):
        date = part.date if part else one.date
        sums.setdefault((group(company, date), part and part.currency), _Sum()).add(company, one, part, untold)
    rows = [[key, *entry.row(world, currency)] for (key, currency), entry in sums.items()]
    return [name, *SUMS], rows


def raised_by_year(world):
    return _sums_by(world, "year", lambda company, date: date[:4] if date else None)


def raised_by_quarter(world):
    return _sums_by(world, "quarter", lambda company, date: quarter(date) if date else None)


def raised_by_market(world):
    profiles = _profiles(world)
    return _sums_by(world, "market", lambda company, date: profiles[company.name].get("market"))


def raised_by_currency(world):
    """The totals of all companies. A round of undisclosed amount is among the rounds of each currency that its company
    has."""
    sums = {}
    for company in world.companies.values():
        untold = {(one.handle, part.currency) for one, part, untold in _parts_of(company) if untold}
        for total in totals(company):
            row = sums.setdefault(total.currency, [0, 0, None, 0])
            row[0] += 1
            row[1] += total.rounds
            row[2] = row[2] if total.known is None else (row[2] or 0) + total.known
            row[3] += sum(currency == total.currency for _, currency in untold)
    rows = []
    for currency, (companies, rounds, known, untold) in sums.items():
        known = None if untold else known
        rows.append([currency, companies, rounds, _in_64_bits(known), _text(world, known, currency), untold])
    return SUMS, rows


STATED_TOTALS = ("company on_date valid_from amount amount_currency amount_minor amount_decimal computed_minor "
                 "computed_decimal difference_minor difference_decimal source rounds_untold").split()


def stated_totals(world):
    rows = []
    for company in world.companies.values():
        for entry in company.statements["stated_total"]:
            on = entry.line["on"]
            amount, minor, currency = _stated(world.amount(entry.line["amount"]))
            computed, untold = _known_in(company, currency, last_day(on))
            difference = None if computed is None or minor is None else computed - minor
            rows.append([company.name, on, _valid_from(on), amount, currency, minor, _text(world, minor, currency),
                         computed, _text(world, computed, currency), difference,
                         _text(world, difference, currency), _source(entry), untold])
    return STATED_TOTALS, rows


def _known_in(company, currency, day):
    """What had surely come in a currency by a day, and how many rounds cannot be told, of which one makes it None."""
    if currency is None:
        return None, 0
    known = untold = 0
    for taken in rounds_that_count(company, day):
        parts = [part for part in taken.parts if part.currency == currency and part.come]
        known += sum(part.bounds[0] for part in parts)
        untold += any(id(part) in taken.untold_parts for part in parts)
    return (None if untold else known), untold


#--- Claims

CLAIMS = ("company round field stated minor currency source source_type source_published recorded stands id "
          "decimal").split()
CLAIMS_KNOWN = "company field stated minor currency decimal source valid_from id".split()
STATED = "company field stated minor currency on_date recorded id".split()


def _claims_of(world, entry):
    """Each claim of a line: (field, text, amount or None, the date from which it holds)."""
    line = entry.line
    if entry.kind == "round":
        for field in FIELDS:
            if field in line:
                amount = world.amount(line[field]) if field in AMOUNTS else None
                text = count(line[field]) if field == "shares_issued" else str(line[field])
                yield field, text.lower() if isinstance(line[field], bool) else text, amount, line.get("on")
    elif entry.kind == "participation":
        amount = world.amount(line.get("amount", "undisclosed"))
        yield "participation", amount.text, amount, None
    elif entry.kind == "split":
        yield "split", line["ratio"], None, line["on"]
    elif entry.kind == "metric":
        yield f"metric {line['name']}", line["value"], world.value(line["value"]), line["on"]
    elif entry.kind in MONEY_KINDS:
        field = line["basis"] if entry.kind == "valuation" else entry.kind
        yield field, line["amount"], world.amount(line["amount"]), line["on"]


def claims(world):
    """Every claim, whether it stands or not; a round goes by its own handle where nothing standing states it."""
    rows = []
    for entry in world.entries:
        company = world.companies.get(entry.party)
        one = company.round_of.get(entry.handle) if company else None
        source = world.source_of(entry)
        for field, text, amount, _ in _claims_of(world, entry):
            _, minor, currency = _stated(amount)
            rows.append([entry.party, one.handle if one else None, field, text, minor, currency, _source(entry),
                         source and source["type"], source and source.get("published"), fixed_text(entry.recorded),
                         int(world.stands(entry)), "sha256:" + entry.id, _text(world, minor, currency)])
    return CLAIMS, rows


def claims_known(world):
    """Those that stood at the world's time. From when a metric holds the contract leaves open: metrics are left out."""
    rows = []
    for entry in world.entries:
        if entry.kind == "metric" or not world.stands(entry):
            continue
        for field, text, amount, on in _claims_of(world, entry):
            _, minor, currency = _stated(amount)
            rows.append([entry.party, field, text, minor, currency, _text(world, minor, currency), _source(entry),
                         _valid_from(on), "sha256:" + entry.id])
    return CLAIMS_KNOWN, rows


def stated(world):
    rows = []
    for entry in world.entries:
        if entry.kind == "metric":
            continue
        for field, text, amount, on in _claims_of(world, entry):
            _, minor, currency = _stated(amount)
            rows.append([entry.party, field, text, minor, currency, on, entry.recorded, entry.id])
    return STATED, rows


#--- Sources, parties, entries

SOURCES = "id type publisher title url published language accession".split()


def sources(world):
    """One row a source that stands: the line that holds."""
    return SOURCES, [[entry.line.get(column) for column in SOURCES] for entry in world.sources.values()]


PARTIES = "name type country founded market".split()


def _profiles(world):
    """By party what the latest standing line that gives it says."""
    profiles = {}
    for entry in world.entries:
        for party in (entry.party, entry.counterparty):
            if party is not None:
                profiles.setdefault(party, {})
        if entry.kind == "party" and world.stands(entry):
            profiles[entry.party].update({column: entry.line[column] for column in PARTIES[1:]
                                          if column in entry.line})
    return profiles


def parties(world):
    return PARTIES, [[party, *(profile.get(column) for column in PARTIES[1:])]
                     for party, profile in _profiles(world).items()]


ATTRIBUTES = "party round name value source".split()


def attributes(world):
    rows = []
    for entry in world.entries:
        if entry.kind in ("round", "party") and world.stands(entry):
            one = world.companies[entry.party].round_of[entry.handle] if entry.kind == "round" else None
            rows += [[entry.party, one.handle if one else None, name, value, _source(entry)]
                     for name, value in entry.line.get("attributes", {}).items()]
    return ATTRIBUTES, rows


ENTRIES = "id recorded kind key source party counterparty stands body".split()


def entries(world):
    return ENTRIES, [["sha256:" + entry.id, fixed_text(entry.recorded), entry.kind, entry.line.get("key"),
                      _source(entry), entry.party, entry.counterparty, int(world.stands(entry)), entry.body]
                     for entry in world.entries]


def standing_ids(world, stands=True):
    """The ids of what stands, or does not, without retractions, whose standing is computed when asked and not kept."""
    return ["id"], [["sha256:" + entry.id] for entry in world.entries
                    if entry.kind != "retraction" and world.stands(entry) == stands]
