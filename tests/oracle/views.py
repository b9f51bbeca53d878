"""The rows of every public view, from what a ledger knew. Columns with numbers of this file alone are left out.

Each function gives (columns, rows); rows have no order.
"""
from fractions import Fraction

from amount import count, decimal_text
from dates import fixed_text, iso, last_day, quarter
from findings import last_priced
from inflows import COME, brought
from rounds import AMOUNTS, FIELDS
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
        raised, raised_minor, raised_currency = _stated(one.value("raised"))
        lower = upper = None
        if raised_minor is not None:
            lower, upper = one.value("raised").lower_minor, one.value("raised").upper_minor
        offered, offered_minor, offered_currency = _stated(one.value("offered"))
        pre = one.valuations().get("pre-money")
        _, pre_minor, pre_currency = _stated(pre[0][1] if pre else None)
        valuation = one.valuation()
        value_minor, value_currency, origin, value_entry = valuation or (None, None, None, None)
        date = one.date
        texts = [one.value(field) for field in ("name", "stage")]
        rows.append([
            one.handle, one.company, *texts, one.status(), one.value("instrument"), one.value("fund_type"), date,
            *(one.value(field) for field in ("announced", "closed", "first_sale", "filed")), raised, raised_minor,
            lower, upper, raised_currency, _source(one.winner("raised")), offered, offered_minor, offered_currency,
            one.value("investors"), len(one.participations()), pre_minor, pre_currency, value_minor, value_currency,
            origin, _source(value_entry), int(one.counts()), _text(world, raised_minor, raised_currency),
            _text(world, lower, raised_currency), _text(world, upper, raised_currency),
            _text(world, offered_minor, offered_currency), _text(world, pre_minor, pre_currency),
            _text(world, value_minor, value_currency), _valid_from(date), _source(one.winner("status")),
            _source(one.winner("instrument"))])
    return ROUNDS, rows


ROUND_CHECKS = ("company round status counts raised_currency raised_minor raised_decimal participations_minor "
                "participations_decimal closings_minor closings_decimal offered_currency offered_minor "
                "offered_decimal investors named_investors pre_plus_raised_minor pre_plus_raised_decimal "
                "post_money_minor post_money_decimal").split()


def round_checks(world):
    rows = []
    for one in _all_rounds(world):
        _, raised_minor, currency = _stated(one.value("raised"))
        _, offered_minor, offered_currency = _stated(one.value("offered"))
        given = _sum_in([amounts[0][1] for amounts, _, _ in one.participations().values() if amounts], currency)
        closed = _sum_in([claims[0][1] for _, _, claims in one.closings()], currency)
        valuations = one.valuations()
        pre, post = (valuations[basis][0][1] if basis in valuations else None for basis in ("pre-money", "post-money"))
        both = pre.known_minor + raised_minor if pre and currency and pre.currency == currency else None
        post_minor = post.number_minor if post and post.currency == currency else None
        rows.append([one.company, one.handle, one.status(), int(one.counts()), currency, raised_minor,
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
            rows.append([investor, one.company, one.handle, one.date, one.status(), int(one.counts()), amount, minor,
                         currency, _text(world, minor, currency), lead, source,
                         _source(leads[0][0] if leads else None)])
    return INVESTMENTS, rows


CO_INVESTORS = "investor co_investor company round date status counts lead co_lead".split()


def co_investors(world):
    rows = []
    for one in _all_rounds(world):
        leads = {investor: int(leads[0][1]) if leads else None
                 for investor, (_, leads, _) in one.participations().items()}
        for investor, lead in leads.items():
            rows += [[investor, other, one.company, one.handle, one.date, one.status(), int(one.counts()), lead,
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
                     int(one.counts()), currency, minor, _text(world, minor, currency), origin, pre_currency,
                     pre_minor, _text(world, pre_minor, pre_currency)])
    return VALUATION_STEPS, rows


LAST_PRICES = "company round last_round last_currency last_minor last_decimal growth step_up".split()


def last_prices(world):
    """What each of these rounds is measured against: the companies of which it is certain, and their rows."""
    companies, rows = [], []
    for company in world.companies.values():
        last = last_priced(company)
        if not last:
            continue
        companies.append(company.name)
        for one, before in last.items():
            if before is None:
                rows.append([company.name, one.handle, None, None, None, None, None, None])
                continue
            minor, currency, _, _ = before.valuation()
            pre = one.valuations().get("pre-money")
            rows.append([company.name, one.handle, before.handle, currency, minor, _text(world, minor, currency),
                         _four_decimals(one.valuation()[0], minor),
                         _four_decimals(pre[0][1].known_minor, minor) if pre else None])
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


def _parts_of(company):
    """What its default total adds up now: (round, inflow); inflow None of a round without any amount."""
    for one, brings in rounds_that_count(company):
        for inflow in brings.inflows or [None]:
            yield one, inflow


def _parts(world):
    """The same of all companies: (company, round, inflow)."""
    return ((company, one, inflow) for company in world.companies.values() for one, inflow in _parts_of(company))


INFLOWS = "company round closing date valid_from currency minor decimal".split()


def inflows(world):
    rows = []
    for company, one, inflow in _parts(world):
        if inflow is None:
            rows.append([company.name, one.handle, None, one.date, _valid_from(one.date), None, None, None])
        else:
            known = inflow.known if inflow.foreign is None else None
            rows.append([company.name, one.handle, inflow.closing, inflow.date, _valid_from(inflow.date),
                         inflow.currency, known, _text(world, known, inflow.currency)])
    return INFLOWS, rows


SUMS = "currency companies rounds known_minor known_decimal rounds_untold".split()


class _Sum:
    """A row of a view that sums up: nothing is known where no amount is, or where one cannot be told."""

    def __init__(self):
        self.companies, self.rounds, self.untold, self.known = set(), set(), set(), None

    def add(self, company, one, inflow):
        self.companies.add(company.name)
        self.rounds.add((company.name, one.handle))
        if inflow is not None and inflow.foreign is not None:
            self.untold.add((company.name, one.handle))
        elif inflow is not None:
            self.known = (self.known or 0) + inflow.known

    def row(self, world, currency):
        known = None if self.untold else self.known
        return [currency, len(self.companies), len(self.rounds), known, _text(world, known, currency),
                len(self.untold)]


def _sums_by(world, name, group):
    """`group`: of (company, date). A round without any amount is in a row without currency."""
    sums = {}
    for company, one, inflow in _parts(world):
        date = inflow.date if inflow else one.date
        sums.setdefault((group(company, date), inflow and inflow.currency), _Sum()).add(company, one, inflow)
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
    """A round of undisclosed amount is among the rounds of each currency that its company has."""
    sums = {}
    for company in world.companies.values():
        parts = list(_parts_of(company))
        currencies = {inflow.currency for _, inflow in parts if inflow}
        for one, inflow in parts:
            for currency in [inflow.currency] if inflow else currencies or [None]:
                sums.setdefault(currency, _Sum()).add(company, one, inflow)
    return SUMS, [entry.row(world, currency) for currency, entry in sums.items()]


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
    for _, brings in rounds_that_count(company, day):
        for inflow in brings.inflows:
            if inflow.currency != currency:
                continue
            if inflow.foreign is not None and inflow.timing == COME:
                untold += 1
            elif inflow.timing == COME:
                known += inflow.known
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
                yield field, str(line[field]), amount, line.get("on")
    elif entry.kind == "participation":
        amount = world.amount(line.get("amount", "undisclosed"))
        yield "participation", amount.text, amount, None
    elif entry.kind == "metric":
        money = line["value"].rpartition(" ")[2].isupper()
        yield f"metric {line['name']}", line["value"], world.amount(line["value"]) if money else count(line["value"]), \
            line["on"]
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
