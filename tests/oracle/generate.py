"""Small ledgers made up from a seed: random.Random(seed), so that the same seed gives the same ledger on any machine.

A ledger is a list of steps on numbered stores: files to apply, copies, merges. The lines are kept to what the contract
determines: a name that chains use differently is never referred to where its meaning would depend on a chain's id.
"""
import random

from canonical import canonical, identity
from dates import fixed_text, iso, microseconds, span

COMPANIES = ("Acme", "Beta", "Coda")
INVESTORS = ("Blue Fund", "Red Fund", "Green Fund", "Nova Capital")
ALIASES = {"Acme": "Acme Incorporated", "Blue Fund": "Blue Fund LP"}
SOURCE_TYPES = ("filing", "filing", "filing", "company", "database", "press", "press", "rumour")
FIRST_RECORDED = microseconds("2025-01-01T00:00:00Z")
HOUR = 3_600_000_000
OWN_UNIT = {"kind": "currency", "code": "USDC", "decimals": 6, "name": "USD Coin"}
RATES = {("EUR", "USD"): "1.08", ("USD", "JPY"): "151.25", ("EUR", "JPY"): "163", ("GBP", "USD"): "1.27"}


class Line:
    """A line to write, with the lines that must be on record before it."""

    __slots__ = ("content", "needs", "company")

    def __init__(self, content, needs=(), company=None):
        self.content = content
        self.needs = list(needs)
        self.company = company


class Desk:
    """Whoever writes to one store. Desks of one ledger may share lines, and may use one name for different things."""

    def __init__(self, rng, number):
        self.rng = rng
        self.desk = number  # 0 for the first
        self.sources, self.rounds, self.keyed, self.keys = [], [], [], 0
        self.own_unit = None
        self.lines = []

    #--- Values

    def date(self, low=2019, high=2024):
        rng = self.rng
        year, month, day = rng.randint(low, high), rng.randint(1, 12), rng.randint(1, 28)
        form = rng.random()
        if form < 0.68:
            return f"{year}-{month:02}-{day:02}"
        if form < 0.82:
            return f"{year}-{month:02}"
        return f"{year}-Q{(month + 2) // 3}" if form < 0.91 else f"{year}"

    def near(self, date):
        """A date beside another one, often the same, or the same more or less precisely."""
        rng = self.rng
        form = rng.random()
        first, last = span(date)
        if form < 0.4:
            return date
        if form < 0.55:
            return iso(first)[:7]
        return iso(max(1, first + rng.choice((-40, -7, -1, 0, 1, 20, 90))) if form < 0.8 else last)

    def number(self, currency):
        rng = self.rng
        form = rng.random()
        if form < 0.70:
            return f"{rng.randint(1, 40)} million"
        if form < 0.82:
            return f"{rng.randint(1, 12)}.{rng.choice(('5', '25', '0', '75'))} million"
        if form < 0.88:
            return str(rng.randint(100_000, 9_999_999)) + ("" if currency == "JPY" else f".{rng.randint(0, 99):02}")
        if currency == "USDC":
            return "5"
        if form < 0.94:
            return f"{rng.randint(10, 60)} trillion"  # beyond 9e14 cents, where binary floating point loses them
        return "0" if form < 0.96 else "12345678901234" + ("" if currency == "JPY" else ".56")

    def amount(self, currency, plain=False):
        rng = self.rng
        number = self.number(currency)
        form = rng.random()
        if plain or form < 0.66 or number == "0":
            return f"{number} {currency}"
        if form < 0.74:
            return f"about {number} {currency}"
        if form < 0.90:
            return f"{rng.choice(('at least', 'at most', 'more than', 'less than'))} {number} {currency}"
        if form < 0.94:
            low = rng.randint(1, 9)
            return f"between {low} and {low + rng.randint(1, 9)} million {currency}"
        return "undisclosed"

    def currency(self, usual):
        rng = self.rng
        if rng.random() < 0.85:
            return usual
        return rng.choice(("USD", "EUR", "JPY", "USDC" if self.own_unit else "GBP"))

    #--- Lines

    def write(self, content, needs=(), company=None, key_chance=0.5):
        """Puts a line among those to write. Some get a key, under which it can be corrected later."""
        rng = self.rng
        if "source" not in content and content["kind"] not in ("source", "currency") and self.sources:
            if rng.random() < 0.85:
                source = rng.choice(self.sources)
                content["source"] = source.content["id"]
                needs = [*needs, source]
        if content["kind"] != "source" and self.desk and "note" not in content:
            content["note"] = f"desk {self.desk}"
        if rng.random() < key_chance and "key" not in content:
            self.keys += 1
            content["key"] = f"k{self.keys}"
        line = Line(content, needs, company)
        self.lines.append(line)
        if "key" in content:
            self.keyed.append(line)
        return line

    def write_sources(self):
        rng = self.rng
        for number in range(rng.choice((2, 3, 3, 4))):
            kind = rng.choice(SOURCE_TYPES)
            content = {"kind": "source", "id": f"{kind}-{number}", "type": kind}
            if rng.random() < 0.8:  # often one day, so that what comes after in the order decides
                content["published"] = rng.choice(("2024-03-31", "2024-03", "2024-Q1")) \
                    if rng.random() < 0.6 else self.date(2023, 2024)
            if rng.random() < (0.7 if kind == "filing" else 0.2):
                content["accession"] = rng.choice((
                    f"0000000001-24-{rng.randint(1, 4):06}", f"0000000002-24-{rng.randint(1, 4):06}",
                    f"0000000001-{rng.choice(('93', '99', '00', '92'))}-000003", f"paper {rng.randint(1, 3)}"))
            if rng.random() < 0.3:
                content["publisher"] = "SEC EDGAR"
            if rng.random() < 0.4:
                self.keys += 1
                content["key"] = f"k{self.keys}"
            line = Line(content)
            self.lines.append(line)
            self.sources.append(line)
            if "key" in content:
                self.keyed.append(line)

    def write_parties(self, companies):
        for name in (*companies, *INVESTORS[:2]):
            content = {"kind": "party", "name": name}
            if name in ALIASES:
                content["aliases"] = [ALIASES[name]]
            if name in companies:
                content.update(type="company", market=self.rng.choice(("AI", "Energy")))
            if self.rng.random() < 0.3:
                content["attributes"] = {"city": "Oslo"}
            self.lines.append(Line(content))
            if self.rng.random() < 0.2:
                self.keys += 1
                country = self.rng.choice(("US", "DE"))
                again = Line({"kind": "party", "name": name, "country": country, "type": "company",
                              "key": f"k{self.keys}", "note": f"desk {self.desk}"}, [self.lines[-1]])
                self.lines.append(again)
                self.keyed.append(again)

    def name_of(self, party):
        """The party by its name or, once its party line is written, by an alias."""
        return ALIASES.get(party, party) if self.rng.random() < 0.15 else party

    def write_prices(self, company, usual):
        """Two rounds one surely after the other, with prices that are exact: what a step is measured by."""
        rng = self.rng
        large = rng.random() < 0.5
        for number, date in enumerate(("2021-05", "2022-03-04")):
            handle = f"{company.lower()}-{'xy'[number]}{self.desk}"
            unit = "trillion" if large else "million"  # a trillion is 1e14 cents
            raised = rng.randint(1, 9)
            content = {"kind": "round", "round": handle, "company": company, "closed": date, "instrument": "equity",
                       "raised": f"{raised} {unit} {usual}"}
            line = self.write(content, company=company)
            pre = rng.randint(11, 90)
            for basis, worth in (("pre-money", pre), ("post-money", pre + raised + rng.choice((0, 0, 1)))):
                if rng.random() < 0.8:
                    self.write({"kind": "valuation", "company": company, "round": handle, "on": date, "basis": basis,
                                "amount": f"{worth} {unit} {usual}"}, [line], company)
        self.rounds.append((company, [handle], [line], usual, date))

    def write_round(self, company, handle, usual, priced):
        """The lines of one round by several sources, often amended under another handle."""
        rng = self.rng
        date = self.date()
        lines = []
        file_number = f"021-{rng.randint(1, 999):03}"
        joins_by_number = rng.random() < 0.25
        handles = [handle]
        if rng.random() < 0.4:
            handles.append(handle + "-amended")
        if len(handles) == 2 and rng.random() < 0.3:
            handles.append(handle + "-amended-again")
        for number in range(max(len(handles), rng.randint(1, 3))):
            own = handles[number] if number < len(handles) else rng.choice(handles)
            content = {"kind": "round", "round": own, "company": self.name_of(company)}
            before = handles.index(own) - 1
            by_number = joins_by_number and own != handle
            if before >= 0 and not by_number:
                content["amends"] = handles[rng.randint(0, before)]
            elif not joins_by_number and rng.random() < 0.03:
                content["amends"] = rng.choice(("acme-a", "beta-a", "series-a"))  # perhaps of another company
            if joins_by_number:
                content["attributes"] = {"fileNumber": file_number}
            self.round_fields(content, date, usual, priced)
            lines.append(self.write(content, company=company))
        self.rounds.append((company, handles, lines, usual, date))
        line_of = {line.content["round"]: line for line in reversed(lines)}
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
            own = rng.choice(handles)
            content = {"kind": "closing", "round": own, "on": self.near(date),
                       "amount": self.amount(self.currency(usual))}
            if rng.random() < 0.4:
                content["name"] = rng.choice(("first", "final"))
            self.write(content, [line_of[own]], company)
        for _ in range(rng.choice((0, 0, 1, 2, 3))):
            own = rng.choice(handles)
            content = {"kind": "participation", "round": own, "investor": self.name_of(rng.choice(INVESTORS))}
            if rng.random() < 0.7:
                content["amount"] = self.amount(usual, plain=rng.random() < 0.7)
            if rng.random() < 0.5:
                content["lead"] = rng.random() < 0.6
            self.write(content, [line_of[own]], company)
        for _ in range(rng.choice((1, 1, 2, 3)) if priced else 0):
            own = rng.choice(handles)
            content = {"kind": "valuation", "company": self.name_of(company), "round": own, "on": self.near(date),
                       "basis": rng.choice(("pre-money", "post-money", "post-money", "unspecified", "mark")),
                       "amount": f"{self.number(usual)} {usual}"}
            self.write(content, [line_of[own]], company)

    def round_fields(self, content, date, usual, priced):
        rng = self.rng

        def some(chance):
            return rng.random() < chance
        if some(0.8):
            # A price is made of numbers that count: bounds belong to rounds without one.
            content["raised"] = f"{self.number(usual)} {usual}" if priced else self.amount(self.currency(usual))
        if some(0.8):
            content[rng.choice(("announced", "closed", "closed", "first_sale", "filed"))] = self.near(date)
        if some(0.15):
            content.setdefault("closed", self.near(date))
            content.setdefault("first_sale", self.near(date))
        if some(0.3):
            content["status"] = rng.choice(("closed", "closed", "announced", "open", "rumoured", "cancelled"))
        if some(0.4):
            content["instrument"] = rng.choice(("equity", "equity", "equity", "safe", "convertible-note", "debt",
                                                "grant"))
        if some(0.2):
            content["offered"] = rng.choice((f"{self.number(usual)} {usual}", "indefinite"))
            if some(0.5):
                content["remaining"] = f"{self.number(usual)} {usual}"
        if some(0.1) and content.get("raised", "undisclosed") != "undisclosed":
            raised = content["raised"].rpartition(" ")[2]
            content["includes_conversions"] = f"{rng.choice(('1', '0.5', 'at most 1'))} million {raised}"
            content["raised"] = f"{rng.randint(2, 40)} million {raised}"
        elif some(0.04):
            content.pop("raised", None)  # conversions of another line's raised, perhaps in another currency
            content["includes_conversions"] = f"1 million {self.currency(usual)}"
        if some(0.25):
            content["investors"] = rng.randint(0, 5)
        if some(0.08):
            content["non_accredited_investors"] = rng.randint(0, 2)
        if some(0.1):
            content["commissions"] = f"{rng.randint(1, 900)} thousand {usual}"
        if some(0.06):
            content["finders_fees"] = f"{rng.randint(1, 9)} million {usual}"
        if some(0.06):
            content["proceeds_to_insiders"] = f"{rng.randint(1, 9)} thousand {usual}"
        if some(0.06):
            content["minimum_investment"] = f"{rng.randint(1, 90)}000 {usual}"
        if some(0.07):
            content["fund_type"] = rng.choice(("Venture Capital Fund", "Hedge Fund"))
        if some(0.15):
            content["name"] = rng.choice(("Seed", "Series A"))
        if some(0.1):
            content["stage"] = rng.choice(("seed", "series-a"))
        if some(0.05):
            content["use_of_proceeds"] = "research"
        if some(0.1):
            content["signed"] = self.near(date)
        if some(0.15):
            content["on"] = self.near(date)
        if some(0.02):
            content["announced"] = "2031-05"  # after it was recorded

    def write_company_facts(self, company, usual):
        rng = self.rng
        for _ in range(rng.choice((0, 1, 1, 2))):
            content = {"kind": "stated_total", "company": self.name_of(company), "on": self.date(2020, 2025),
                       "amount": f"{rng.choice(('', '', '', '', 'about ', 'more than '))}{self.number(usual)} {usual}"}
            self.write(content, company=company)
        if rng.random() < 0.15:
            self.write({"kind": "valuation", "company": company, "basis": "409a", "on": rng.choice(("2023-05", "2024")),
                        "amount": f"{self.number(usual)} {usual}"}, company=company)
        if rng.random() < 0.25:
            content = {"kind": "metric", "company": company, "name": "revenue", "per": "year",
                       "on": self.date(2021, 2026), "value": f"{self.number(usual)} {usual}"}
            if rng.random() < 0.3:
                content["target"] = True
            self.write(content, company=company)
        if rng.random() < 0.1:
            self.write({"kind": "metric", "company": company, "name": "users", "value": "about 3 thousand",
                        "on": "2024-05"}, company=company)
        if rng.random() < 0.1:
            self.write({"kind": "relation", "from": company, "to": "Rival", "type": "competitor"}, company=company)
        if rng.random() < 0.1:
            self.write({"kind": "remark", "about": company, "text": "hires"}, company=company)

    def write_market(self):
        rng = self.rng
        for _ in range(rng.choice((0, 0, 1, 2, 3))):
            self.write({"kind": "market_total", "market": "AI", "period": "2024-Q3",
                        "amount": f"{rng.randint(20, 40)}.{rng.randint(0, 9)} billion USD"}, key_chance=0.7)
        rates = {}
        dates = [date for _, _, _, _, date in self.rounds]
        for _ in range(rng.choice((0, 0, 2, 4, 6))):
            pair = rng.choice(tuple(RATES))
            on = iso(span(rng.choice(dates))[1] - rng.choice((0, 0, 1, 5, 7, 8)))
            scale = rng.choice((1, 1, 10))  # a slip of the point, to be corrected
            rate = RATES[pair] if scale == 1 else RATES[pair].replace(".", "") + ".0"
            rates[pair, on] = self.write({"kind": "fx_rate", "base": pair[0], "quote": pair[1], "on": on, "rate": rate},
                                         key_chance=0.7)

    #--- Corrections

    def correct(self):
        """A line that supersedes or takes back an earlier one: often one that itself corrects."""
        rng = self.rng
        if not self.keyed:
            return None
        old = rng.choice(self.keyed[-4:] if rng.random() < 0.5 else self.keyed)
        reference = old.content["key"]
        if rng.random() < 0.15:
            reference = "sha256:" + identity(canonical(old.content))
        if rng.random() < 0.5:
            return self.write({"kind": "retraction", "of": reference, "reason": rng.choice(("wrong", "doubled"))},
                              [old], old.company, key_chance=0.8)
        content = {name: value for name, value in old.content.items() if name not in ("key", "supersedes", "recorded")}
        self.change(content, old)
        content["supersedes"] = reference
        if content["kind"] == "source":
            self.keys += 1
            content["key"] = f"k{self.keys}"
            content["note"] = f"corrected by desk {self.desk}"
            line = Line(content, [old])
            self.lines.append(line)
            self.keyed.append(line)
            return line
        return self.write(content, [*old.needs, old], old.company, key_chance=0.8)

    def change(self, content, old):
        rng = self.rng
        kind = content["kind"]
        if kind == "source":
            content["type"] = rng.choice(SOURCE_TYPES)
            content["published"] = self.date(2023, 2024)
        elif kind == "round":
            like = content.get("includes_conversions") or content.get("raised")
            currency = like.rpartition(" ")[2] if like and like != "undisclosed" else "USD"
            content["raised"] = f"{rng.randint(2, 40)} million {currency}"
        elif kind == "fx_rate":
            content["rate"] = RATES[content["base"], content["quote"]]
            if rng.random() < 0.3:
                content["on"] = iso(span(content["on"])[0] + 1)
        elif kind == "party":
            content["country"] = rng.choice(("FR", "NO"))
        elif kind == "currency":
            content["name"] = "USD Coin, corrected"
        elif kind == "retraction":
            content["reason"] = "wrong too"
        elif kind == "metric":
            content["value"] = "7 million USD"
        elif "amount" in content and content["amount"] != "undisclosed":
            content["amount"] = f"{rng.randint(1, 40)} million {content['amount'].rpartition(' ')[2]}"
        elif kind == "participation":
            content["lead"] = not content.get("lead", False)

    #--- Files

    def files(self, count):
        """The lines as files: a line in a file no earlier than what it needs, the lines of a file in any order that
        leaves what they need before them."""
        rng = self.rng
        place = {}

        def file_of(line):
            if line.content["kind"] in ("currency", "party") and not line.needs:
                place[id(line)] = 0
            if id(line) not in place:
                needed = max((file_of(other) for other in line.needs), default=0)
                own = rng.randrange(count) if rng.random() < 0.6 else 0
                place[id(line)] = max(needed, own)
            return place[id(line)]

        files = [[] for _ in range(count)]
        for line in self.lines:
            files[file_of(line)].append(line)
        written = set()
        result = []

        def emit(line, out):
            if id(line) in written:
                return
            written.add(id(line))
            for other in line.needs:
                emit(other, out)
            out.append(line)

        for file in files:
            out = []
            # Units first, for amounts need them; then parties, for names are matched when a line is recorded.
            first = [line for line in file if line.content["kind"] in ("currency", "party")]
            first.sort(key=lambda line: line.content["kind"])
            rest = [line for line in file if line.content["kind"] not in ("currency", "party")]
            rng.shuffle(rest)
            for line in first + rest:
                emit(line, out)
            if out and rng.random() < 0.1:
                out.append(rng.choice(out))  # said twice: nothing new
            result.append(out)
        return result


def _write_all(rng, desk, companies, handles):
    if rng.random() < 0.3:
        desk.own_unit = Line(dict(OWN_UNIT, key="unit"))
        desk.lines.append(desk.own_unit)
        desk.keyed.append(desk.own_unit)
    desk.write_parties(companies)
    desk.write_sources()
    for company in companies:
        usual = rng.choice(("USD", "USD", "USD", "EUR", "JPY"))
        measured = rng.random() < 0.15
        if measured:
            desk.write_prices(company, usual)
        for handle in handles(company)[:1 if measured else 3]:
            desk.write_round(company, handle, usual, priced=not measured and rng.random() < 0.4)
        desk.write_company_facts(company, usual)
    desk.write_market()
    for _ in range(rng.choice((0, 1, 2, 3, 5))):
        desk.correct()


BAD_LINES = (
    ({"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": "2024-05-03", "rate": "1.08", "source": "nobody"},
     "unknown-source"),
    ({"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": "2024-05-04", "rate": "1.09", "supersedes": "nothing"},
     "unknown-entry"),
    ({"kind": "market_total", "market": "AI", "period": "2024-Q3", "amount": "1 billion USD", "source": "nobody"},
     "unknown-source"),
    ({"kind": "market_total", "market": "AI", "period": "2024-Q3", "amount": "2 billion USD", "supersedes": "nothing"},
     "unknown-entry"),
    ({"kind": "currency", "code": "ETHX", "decimals": 8, "source": "nobody", "supersedes": "nothing"},
     "unknown-source"),
    ({"kind": "currency", "code": "BTCX", "decimals": 8, "supersedes": "nothing"}, "unknown-entry"),
    ({"kind": "fx_rate", "base": "USD", "quote": "USD", "on": "2024-05-03", "rate": "1"}, None),
    ({"kind": "retraction", "of": "nothing", "reason": "wrong"}, "unknown-entry"),
    ({"kind": "closing", "round": "nowhere", "on": "2024", "amount": "1 USD"}, "unknown-round"),
    ({"kind": "remark", "about": "Acme", "text": "x", "source": "nobody"}, "unknown-source"),
)


def _bad_lines(rng, desk):
    lines = [Line(dict(content)) for content, _ in rng.sample(BAD_LINES, 3)]
    rates = [line for line in desk.keyed if line.content["kind"] == "round"]
    if rates:
        lines.append(Line({"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": "2024-05-05", "rate": "1.1",
                           "supersedes": rates[0].content["key"]}))
    if desk.own_unit:
        lines.append(Line(dict(OWN_UNIT, decimals=5, note="a sixth was lost")))
    return lines


class Made:
    """A generated ledger: its steps, and the numbers of the stores to ask, which hold all of it."""

    def __init__(self, steps, asked):
        self.steps, self.asked = steps, asked


def generate(seed):
    """The steps of one ledger: {"store", "apply": [lines], "recorded"}, {"store", "merge"}, {"store", "copy"}."""
    rng = random.Random(seed)
    companies = COMPANIES[: rng.choice((1, 1, 1, 1, 2, 2, 3))]
    style = rng.random()
    desk = Desk(rng, 0)
    names = ("a", "b", "c")

    def own_handles(company):
        return [f"{company.lower()}-{names[number]}" for number in range(rng.choice((1, 1, 2, 3) if len(companies) == 1
                                                                                    else (1, 1, 2)))]
    # Merges take the program most of the time: it verifies both ledgers.
    merges = style > 0.87
    conflicted = style > 0.92
    # In a merged ledger each desk calls a round `series-a`, of a company of its own.
    _write_all(rng, desk, companies, own_handles if not conflicted else
               lambda company: ["series-a"] if company == companies[0] else own_handles(company))
    steps = []
    clock = FIRST_RECORDED
    first = desk.files(rng.choice((1, 2, 2, 3)))
    for number, file in enumerate(first):
        steps.append(_apply(0, file, clock + number * 24 * HOUR))
    asked = [0]
    if not merges:
        if rng.random() < 0.15:
            steps.append(dict(_apply(0, _bad_lines(rng, desk), clock + 900 * HOUR), bad=True))
        return Made(steps, asked)
    if style < 0.89:  # two copies of one ledger that both grew
        steps.append({"store": 1, "copy": 0})
        for store in (0, 1):
            before = len(desk.lines)
            for _ in range(rng.choice((1, 2, 3))):
                desk.correct()
            grown = desk.lines[before:]
            steps.append(_apply(store, grown, clock + (100 + store) * 24 * HOUR))
            desk.keyed = [line for line in desk.keyed if line not in grown]  # the other copy does not have them
    else:
        other = Desk(rng, 1)
        others = list(reversed(companies)) if len(companies) > 1 else [companies[0], "Beta"]
        used = [f"{company.lower()}-d" for company in others]
        own = others[0]

        def handles(company):
            return ["series-a"] if conflicted and company == own else [used[others.index(company)]]
        _write_all(rng, other, others, handles)
        if not conflicted:  # what both desks have on record word for word is one entry
            shared = [line for line in desk.lines if line.content["kind"] == "party" and "key" not in line.content]
            other.lines = [Line(dict(line.content)) for line in shared] + other.lines
        for number, file in enumerate(other.files(rng.choice((1, 2)))):
            steps.append(_apply(1, file, clock + number * 24 * HOUR + rng.choice((0, 12)) * HOUR))
    merged = [{"store": 0, "merge": 1}]
    if rng.random() < 0.3:
        merged.append({"store": 1, "merge": 0})
        asked = [0, 1]
    steps += merged
    if rng.random() < 0.5 and asked == [0]:
        desk.keys = 100  # keys that no other chain has
        before = len(desk.lines)
        for _ in range(rng.choice((1, 2))):
            desk.correct()
        grown = desk.lines[before:]
        steps.append(_apply(0, grown, clock + 300 * 24 * HOUR))
    return Made(steps, asked)


def _apply(store, lines, recorded):
    return {"store": store, "apply": [line.content for line in lines], "about": [line.company or "" for line in lines],
            "recorded": fixed_text(recorded)}
