"""Small ledgers made up from a seed: random.Random(seed), so that the same seed gives the same ledger on any machine.

A ledger is a list of steps on numbered stores: files to apply, copies, merges. The lines are kept to what the contract
determines: a name that chains use differently is never referred to where its meaning would depend on a chain's id.
"""
import random
from fractions import Fraction

from canonical import canonical, identity
from dates import fixed_text, iso, microseconds, span
from ledger import conversions_fit

COMPANIES = ("Acme", "Beta", "Coda")
INVESTORS = ("Blue Fund", "Red Fund", "Green Fund", "Nova Capital")
ALIASES = {"Acme": "Acme Incorporated", "Blue Fund": "Blue Fund LP"}
SOURCE_TYPES = ("filing", "filing", "filing", "company", "database", "press", "press", "rumour")
FIRST_RECORDED = microseconds("2025-01-01T00:00:00Z")
HOUR = 3_600_000_000
OWN_UNIT = {"kind": "currency", "code": "USDC", "decimals": 6, "name": "USD Coin"}
RATES = {("EUR", "USD"): "1.08", ("USD", "JPY"): "151.25", ("EUR", "JPY"): "163", ("GBP", "USD"): "1.27",
         ("EUR", "GBP"): "0.85", ("USD", "HRK"): "6.95"}
REPLACED = ("BGN", "HRK", "DEM", "SLL")  # by the euro, the last by another leone


def _drop_conversions_that_do_not_fit(content):
    """A line with them is refused."""
    if not conversions_fit(content, {OWN_UNIT["code"]: OWN_UNIT["decimals"]}):
        del content["includes_conversions"]


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
        return rng.choice(("USD", "EUR", "JPY", rng.choice(REPLACED), "USDC" if self.own_unit else "GBP"))

    #--- Lines

    def write(self, content, needs=(), company=None, key_chance=0.5):
        """Puts a line among those to write. Some get a key, under which it can be corrected later."""
        rng = self.rng
        _drop_conversions_that_do_not_fit(content)
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
            published = None
            if rng.random() < 0.8:  # often one day, so that what comes after in the order decides
                published = rng.choice(("2024-03-31", "2024-03", "2024-Q1")) \
                    if rng.random() < 0.6 else self.date(2023, 2024)
            self.write_source(kind, str(number), published)

    def write_source(self, kind, name, published):
        rng = self.rng
        content = {"kind": "source", "id": f"{kind}-{name}", "type": kind}
        if published:
            content["published"] = published
        if rng.random() < (0.7 if kind == "filing" else 0.2):
            content["accession"] = rng.choice((
                f"0000000001-24-{rng.randint(1, 4):06}", f"0000000002-24-{rng.randint(1, 4):06}",
                f"0000000001-{rng.choice(('93', '99', '00', '92'))}-000003", f"paper {rng.randint(1, 3)}"))
        if rng.random() < 0.4:
            content["publisher"] = rng.choice(("SEC EDGAR", "SEC EDGAR", "Wire"))
        if rng.random() < 0.4:
            self.keys += 1
            content["key"] = f"k{self.keys}"
        line = Line(content)
        self.lines.append(line)
        self.sources.append(line)
        if "key" in content:
            self.keyed.append(line)
        return line

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
        """Two rounds one surely after the other, with prices, most of them exact: what a step is measured by."""
        rng = self.rng
        words = rng.choice((("",), ("",), ("", "", "about ", "at least ", "more than ", "at most ", "less than ")))
        large = rng.random() < 0.5
        for number, date in enumerate(("2021-05", "2022-03-04")):
            handle = f"{company.lower()}-{'xy'[number]}{self.desk}"
            unit = "trillion" if large else "million"  # a trillion is 1e14 cents
            raised = rng.randint(1, 9)
            content = {"kind": "round", "round": handle, "company": company, "closed": date, "instrument": "equity",
                       "raised": f"{rng.choice(words)}{raised} {unit} {usual}"}
            if rng.random() < 0.6:
                content["price_per_share"] = f"{rng.choice(('30', '12.50', '7'))} {usual}"
            line = self.write(content, company=company)
            if rng.random() < 0.4:
                self.write({"kind": "participation", "round": handle, "investor": rng.choice(INVESTORS),
                            "shares": rng.choice((1000, "10.5"))}, [line], company)
            pre = rng.randint(11, 90)
            for basis, worth in (("pre-money", pre), ("post-money", pre + raised + rng.choice((0, 0, 1)))):
                if rng.random() < 0.8:
                    self.write({"kind": "valuation", "company": company, "round": handle, "on": date, "basis": basis,
                                "amount": f"{rng.choice(words)}{worth} {unit} {usual}"}, [line], company)
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
        self.write_closings(company, line_of, date, self.currency(usual))
        for _ in range(rng.choice((0, 0, 1, 2, 3))):
            own = rng.choice(handles)
            content = {"kind": "participation", "round": own, "investor": self.name_of(rng.choice(INVESTORS))}
            if rng.random() < 0.7:
                content["amount"] = self.amount(usual, plain=rng.random() < 0.7)
            if rng.random() < 0.5:
                content["lead"] = rng.random() < 0.6
            if rng.random() < 0.4:
                content["shares"] = rng.choice((1000, "250.5", "3", 7, "0.0000000001", "900000000000000000"))
            self.write(content, [line_of[own]], company)
        for _ in range(rng.choice((1, 1, 2, 3)) if priced else 0):
            own = rng.choice(handles)
            content = {"kind": "valuation", "company": self.name_of(company), "round": own, "on": self.near(date),
                       "basis": rng.choice(("pre-money", "post-money", "post-money", "unspecified", "mark")),
                       "amount": f"{self.number(usual)} {usual}"}
            self.write(content, [line_of[own]], company)

    def write_closings(self, company, line_of, date, currency):
        """Tranches, each told of by one source or several, more or less precisely. Two bounds on one sum are left out:
        the contract does not say when they agree."""
        rng = self.rng
        bound = False
        for number in range(rng.choice((0, 0, 1, 1, 2, 2, 3))):
            on = self.near(date) if number == 0 or rng.random() < 0.3 else self.later(date)
            size = rng.choice((1, 2, 5, 5, rng.randint(1, 30)))
            name = rng.choice((None, None, "first", "final"))
            instrument = rng.choice(("equity", "debt", "safe")) if rng.random() < 0.12 else None
            unit = self.currency(currency) if rng.random() < 0.15 else currency
            for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
                own = rng.choice(tuple(line_of))
                form = rng.random()
                content = {"kind": "closing", "round": own, "on": on, "amount": f"{size} million {unit}"}
                if form > 0.9:
                    content["amount"] = "undisclosed"
                elif form > 0.8:
                    content["amount"] = f"about {content['amount']}"
                elif form > 0.72 and not bound:
                    bound = True
                    word = rng.choice(("at least", "at most", "more than", "less than", f"between {size} and"))
                    content["amount"] = f"{word} {size + 2} million {unit}"
                elif form > 0.64:
                    content["amount"] = f"{size + rng.randint(1, 3)} million {unit}"
                if name and rng.random() < 0.7:
                    content["name"] = name
                if instrument and rng.random() < 0.8:
                    content["instrument"] = instrument
                if rng.random() < 0.4:
                    content["on"] = self.vague(on)
                self.write(content, [line_of[own]], company)

    def vague(self, date):
        """The same date less precisely, or one beside it."""
        rng = self.rng
        first = iso(span(date)[0])
        form = rng.random()
        if form < 0.5:
            return first[:7]
        return f"{first[:4]}-Q{(int(first[5:7]) + 2) // 3}" if form < 0.7 else first[:4] if form < 0.8 else \
            iso(span(date)[0] + rng.choice((-1, 1, 20)))

    def later(self, date):
        """Some days after a date."""
        after = iso(span(date)[1] + self.rng.choice((1, 5, 30, 90, 200)))
        return after if self.rng.random() < 0.8 else after[:7]

    def write_offering(self, company, handle, usual):
        """A filing made while its offering went on, its amendments, and what others say of how it ended."""
        rng = self.rng
        date = rng.choice((f"2023-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}", "2024-01-10", "2023-Q4", "2023-11"))
        size = rng.randint(10, 60)
        sold, lines, handles = rng.choice((0, 5, 10)), [], [handle]
        first = {"kind": "round", "round": handle, "company": company, "raised": f"{sold} million {usual}"}
        self.offering_fields(first, date, size, sold, usual)
        lines.append(self.write_by("filing", f"{handle}-d", date, first, [], company))
        for number in range(rng.choice((0, 0, 1, 1, 2))):
            date = self.later(date)
            sold = min(size, sold + rng.choice((0, 3, 10, 40)))
            own = f"{handle}-{number + 1}"
            content = {"kind": "round", "round": own, "company": company, "amends": handles[-1]}
            if rng.random() < 0.85:
                content["raised"] = f"{sold} million {usual}"
            self.offering_fields(content, date, size, sold, usual)
            handles.append(own)
            lines.append(self.write_by(rng.choice(("filing", "filing", "filing", "company")), own, date, content, [],
                                       company))
        self.rounds.append((company, handles, lines, usual, date))
        for number in range(rng.choice((0, 1, 1, 2))):
            after = self.later(date) if rng.random() < 0.8 else self.near(date)
            kind = rng.choice(("company", "company", "database", "press", "rumour"))
            content = {"kind": "round", "round": rng.choice(handles), "company": company}
            self.final_fields(content, after, size, usual)
            self.write_by(kind, f"{handle}-w{number}", after, content, lines, company)
        if rng.random() < 0.8:
            self.write_closings(company, {line.content["round"]: line for line in lines}, date, usual)

    def write_by(self, kind, name, published, content, needs, company):
        """A line with a source of its own."""
        source = self.write_source(kind, f"{name}-{self.desk}", published if self.rng.random() < 0.9 else None)
        content["source"] = source.content["id"]
        return self.write(content, [*needs, source], company)

    def offering_fields(self, content, date, size, sold, usual):
        rng = self.rng
        for field, chance in (("filed", 0.6), ("on", 0.3), ("first_sale", 0.4), ("closed", 0.1)):
            if rng.random() < chance:
                content[field] = self.near(date)
        if rng.random() < 0.8:
            content["offered"] = rng.choice((f"{size} million {usual}", f"{size} million {usual}", "indefinite",
                                             f"at most {size} million {usual}"))
        if rng.random() < 0.6:
            content["remaining"] = f"{max(0, size - sold)} million {usual}"
        if rng.random() < 0.4:
            content["instrument"] = rng.choice(("equity", "equity", "equity", "debt", "safe"))
        if rng.random() < 0.12:
            content["status"] = rng.choice(("closed", "open", "rumoured", "cancelled"))
        if rng.random() < 0.2 and not content.get("raised", "undisclosed").startswith("0"):
            content["includes_conversions"] = rng.choice(("undisclosed", f"at most 1 million {usual}", f"1 {usual}"))

    def final_fields(self, content, date, size, usual):
        rng = self.rng
        word = rng.choice(("", "", "", "about ", "at least ", "at most ", "more than "))
        if rng.random() < 0.9:
            content["raised"] = f"{word}{size + rng.choice((-30, -2, 0, 0, 5, 30))} million {usual}".replace("-", "")
        for field, chance in (("closed", 0.5), ("on", 0.3), ("announced", 0.3)):
            if rng.random() < chance:
                content[field] = self.near(date)
        if rng.random() < 0.4:
            content["status"] = rng.choice(("closed", "announced", "open", "rumoured", "cancelled", "cancelled"))

    def share_fields(self, content, usual):
        """A price and shares, often such that they come to what was raised, or nearly."""
        rng = self.rng
        digits = rng.choice(("2.50", "1.0", "0.125", "30", "12.345", "2.5"))
        shares = rng.choice((1000000, "2000000", "1234567.5", "40000.50", 7))
        currency = content.get("raised", "").rpartition(" ")[2]
        currency = usual if currency in ("", "undisclosed") else currency
        if rng.random() < 0.9:
            content["price_per_share"] = f"{digits} {self.currency(currency) if rng.random() < 0.1 else currency}"
        if rng.random() < 0.8:
            content["shares_issued"] = shares
        if rng.random() < 0.4:
            content["security_class"] = rng.choice(("Common", "A"))
        if rng.random() < 0.6 and currency != "USDC":
            minor = 1 if currency == "JPY" else 100
            half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
            exact = Fraction(str(shares)) * (Fraction(digits) + rng.choice((0, 0, half, -half))) * minor
            money = max(0, int(exact) + rng.choice((0, 0, 1, -1)))
            number = str(money) if minor == 1 else f"{money // 100}.{money % 100:02}"
            content["raised"] = f"{rng.choice(('', '', '', 'about ', 'at least ', 'less than '))}{number} {currency}"
            content.pop("includes_conversions", None)
            if rng.random() < 0.2 and content["raised"][0].isdigit():
                more = rng.choice(("1", "2", "at most 1", "about 1"))
                content["includes_conversions"] = f"{more} {currency}"

    def write_splits(self, company):
        """Splits, each told by one source or several, more or less precisely."""
        rng = self.rng
        for _ in range(rng.choice((1, 1, 1, 2))):
            on, new = self.date(2020, 2024), rng.choice(("3:1", "2:1", "1:10", "3:2"))
            name = rng.choice((None, None, None, "Common", "A"))
            for number in range(rng.choice((1, 1, 2, 3))):
                content = {"kind": "split", "company": self.name_of(company), "on": on, "ratio": new}
                if name and rng.random() < 0.8:
                    content["security_class"] = name
                if number and rng.random() < 0.4:
                    content["on"] = self.vague(on)
                if number and rng.random() < 0.2:
                    content["ratio"] = rng.choice(("6:2", "2:1"))
                self.write(content, company=company)

    def conversions(self, currency):
        """Part of what was raised that is converted SAFEs and notes."""
        rng = self.rng
        if rng.random() < 0.12:
            return "undisclosed"
        number = rng.choice(("1", "1", "2", "0.5", "3", "at most 1", "about 2", "at least 1", "70"))
        return f"{number} million {self.currency(currency)}"

    def write_note(self, company, usual):
        """A SAFE or note, to be converted in a later round."""
        rng = self.rng
        date = rng.choice(("2019-05-06", "2022", "2023-02", "2023-06-30", self.date()))
        content = {"kind": "round", "round": f"{company.lower()}-n{self.desk}{rng.randint(1, 9)}", "company": company,
                   "instrument": rng.choice(("safe", "convertible-note"))}
        if rng.random() < 0.9:
            content[rng.choice(("closed", "announced", "filed"))] = date
        amount = f"{rng.choice((1, 2, 2, 3))} million {usual}"
        if rng.random() < 0.75:
            content["raised"] = rng.choice((amount, amount, f"about {amount}", f"at least {amount}", "undisclosed"))
        if rng.random() < 0.12:
            content["status"] = rng.choice(("rumoured", "cancelled", "closed"))
        if any(content["round"] in handles for _, handles, _, _, _ in self.rounds):
            return
        line = self.write(content, company=company)
        self.rounds.append((company, [content["round"]], [line], usual, date))
        if rng.random() < 0.3:
            self.write_closings(company, {content["round"]: line}, date, usual)

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
        if some(0.35):
            content["status"] = rng.choice(("closed", "closed", "announced", "open",
                                            *("rumoured", "cancelled") * 2))
        if some(0.4):
            content["instrument"] = rng.choice(("equity", "equity", "equity", "safe", "convertible-note", "debt",
                                                "grant"))
        if some(0.2):
            content["offered"] = rng.choice((f"{self.number(usual)} {usual}", "indefinite"))
            if some(0.5):
                content["remaining"] = f"{self.number(usual)} {usual}"
        if some(0.12) and content.get("raised", "undisclosed") != "undisclosed":
            raised = content["raised"].rpartition(" ")[2]
            content["includes_conversions"] = f"{rng.choice(('1', '0.5', 'at most 1', '2'))} million {raised}"
            content["raised"] = f"{rng.randint(2, 40)} million {raised}"
        elif some(0.08):
            content.pop("raised", None)  # of another line's raised, perhaps in another currency, or of closings
            content["includes_conversions"] = self.conversions(usual)
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
        if some(0.06):
            content["business_combination"] = rng.random() < 0.8
        if some(0.05):
            content["attributes"] = {**content.get("attributes", {}),
                                     "securities": rng.choice(("equity, debt", "equity, option", "debt", "option"))}
            if some(0.3):
                content["attributes"]["offeringData/typesOfSecuritiesOffered/descriptionOfOtherType"] = "SAFE"
        if some(0.1):
            content["first_sale"] = "2024-02-01"
            if some(0.6):
                content["attributes"] = {**content.get("attributes", {}),
                                         "offeringData/typeOfFiling/newOrAmendment/isAmendment": "true"}
        if some(0.2):
            self.share_fields(content, usual)
        if some(0.15):
            content["name"] = rng.choice(("Seed", "Series A"))
        if some(0.1):
            content["stage"] = rng.choice(("seed", "series-a"))
        if some(0.05):
            content["use_of_proceeds"] = "research"
        if some(0.1):
            content["signed"] = self.near(date)
        if some(0.25):
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
        dates = [line.content[field] for line in self.lines for field in ("on", "closed", "announced", "filed")
                 if field in line.content]
        used = {line.content.get(field, "").rpartition(" ")[2] for line in self.lines for field in ("raised", "amount")}
        pairs = [pair for pair in RATES if used.issuperset(pair)] or tuple(RATES)
        if rng.random() < 0.4:
            pairs = tuple(RATES)  # perhaps for a crossing
        if rng.random() < 0.25 and len(used - {"", "undisclosed"}) > 1:  # a rate for each of the dates
            pair = rng.choice(pairs)
            for on in sorted({span(date)[1] - rng.choice((0, 0, 3, 7)) for date in dates}):
                self.write({"kind": "fx_rate", "base": pair[0], "quote": pair[1], "on": iso(on),
                            "rate": f"{RATES[pair].partition('.')[0]}.{rng.randint(10, 99)}"}, key_chance=0)
            return
        for _ in range(rng.choice((0, 0, 2, 4, 6))):
            pair = rng.choice(pairs)
            on = iso(span(rng.choice(dates or ["2024-05-03"]))[1] - rng.choice((0, 0, 1, 5, 7, 8)))
            scale = rng.choice((1, 1, 10))  # a slip of the point, to be corrected
            if rng.random() < 0.3:  # of a period
                on = rng.choice((on[:4], on[:7], f"{on[:4]}-Q{(int(on[5:7]) + 2) // 3}"))
            rate = RATES[pair] if scale == 1 else RATES[pair].replace(".", "") + ".0"
            rates[pair, on] = self.write({"kind": "fx_rate", "base": pair[0], "quote": pair[1], "on": on, "rate": rate},
                                         key_chance=0.7)
            if rng.random() < 0.3:  # another word on it, to fewer or other digits
                other = rng.choice((rate[:-1].rstrip("."), rate[:-1] + str(rng.randint(1, 9)), rate + rng.choice("05")
                                    if "." in rate else rate + ".2"))
                self.write({"kind": "fx_rate", "base": pair[0], "quote": pair[1], "on": on, "rate": other},
                           key_chance=0.3)

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
        elif kind == "split":
            content["ratio"] = rng.choice(("4:1", "3:1"))
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


class CloseDesk(Desk):
    """One who writes of one company what meets in few places of other ledgers: SAFEs and notes of undisclosed amount, what
    converts them, closings and amendments of both, all near in time and some in another currency."""

    def __init__(self, rng, usual):
        super().__init__(rng, 0)
        self.usual = usual
        self.loyalty = rng.choice((1, 0.9, 0.6))  # to one currency

    def date(self, low=2022, high=2023):
        return super().date(low, high)

    def near(self, date):
        return iso(span(date)[0])[:4] if self.rng.random() < 0.1 else super().near(date)

    def currency(self, usual):
        return usual if self.rng.random() < self.loyalty else self.rng.choice(("USD", "EUR"))

    def conversions(self, currency):
        rng = self.rng
        number = rng.choice(("1", "2", "5", "10", "70", "at most 4", "about 2", "at least 1", "between 2 and 5"))
        return "undisclosed" if rng.random() < 0.2 else f"{number} million {self.currency(currency)}"

    def write(self, content, needs=(), company=None, key_chance=0.2):
        rng = self.rng
        if content["kind"] == "round" and content.get("instrument") not in ("safe", "convertible-note"):
            if rng.random() < 0.35:
                content["includes_conversions"] = self.conversions(self.usual)
                if rng.random() < 0.4:
                    content.pop("raised", None)
            if rng.random() < 0.15:
                content["on"] = self.near(self.date())
        if content["kind"] == "closing" and rng.random() < 0.12:
            content["amount"] = "undisclosed"
        return super().write(content, needs, company, key_chance)

    def write_note_with_amendments(self, company, number):
        rng = self.rng
        date = rng.choice(("2022", "2022-02", "2022-06-30", "2023", self.date(), self.date()))
        handles = [f"{company.lower()}-n0{number}"] * 2
        if rng.random() < 0.35:
            handles[1] += "-amended"
        kind, lines = rng.choice(("safe", "convertible-note")), []
        for own in handles[:rng.choice((1, 2)) if handles[0] == handles[1] else 2]:
            content = {"kind": "round", "round": own, "company": company, "instrument": kind}
            if own != handles[0]:
                content["amends"] = handles[0]
            for chance in (0.75, 0.2):
                if rng.random() < chance:
                    content[rng.choice(("closed", "announced", "filed", "first_sale"))] = self.near(date)
            if rng.random() < 0.8:
                content["raised"] = "undisclosed" if rng.random() < 0.45 else self.amount(self.currency(self.usual))
            if rng.random() < 0.12:
                content["status"] = rng.choice(("rumoured", "cancelled", "closed"))
            if rng.random() < 0.1:
                content["includes_conversions"] = self.conversions(self.usual)
            if rng.random() < 0.3:
                content["on"] = self.near(date)
            lines.append(self.write(content, company=company))
        self.rounds.append((company, sorted({line.content["round"] for line in lines}), lines, self.usual, date))
        if rng.random() < 0.6:
            self.write_closings(company, {line.content["round"]: line for line in lines}, date,
                                self.currency(self.usual))

    def write_rates(self):
        """A rate for each day that something is dated, so that most totals can be told in one currency."""
        dates = {line.content[field] for line in self.lines
                 for field in ("on", "closed", "announced", "filed", "first_sale") if field in line.content}
        for on in sorted({day for date in dates if date < "2025" for day in span(date)}):
            self.lines.append(Line({"kind": "fx_rate", "base": "EUR", "quote": "USD", "on": iso(on),
                                    "rate": f"1.{self.rng.randint(10, 99)}"}))

    def write_all(self, company):
        rng = self.rng
        self.write_parties((company,))
        self.write_sources()
        for number in range(rng.choice((0, 1, 1, 1, 2, 2))):
            self.write_note_with_amendments(company, number)
        for handle in (f"{company.lower()}-{name}" for name in "ab"[:rng.choice((1, 1, 2))]):
            if rng.random() < 0.3:
                self.write_offering(company, handle, self.usual)
            else:
                self.write_round(company, handle, self.usual, priced=False)
        if rng.random() < 0.5:
            self.write_rates()
        for _ in range(rng.choice((0, 0, 1, 2))):
            self.correct()


def _write_all(rng, desk, companies, handles):
    if rng.random() < 0.3:
        desk.own_unit = Line(dict(OWN_UNIT, key="unit"))
        desk.lines.append(desk.own_unit)
        desk.keyed.append(desk.own_unit)
    desk.write_parties(companies)
    desk.write_sources()
    for company in companies:
        usual = rng.choice(("USD",) * 6 + ("EUR",) * 2 + ("JPY", "JPY", rng.choice(REPLACED)))
        measured = rng.random() < 0.15
        if measured:
            desk.write_prices(company, usual)
        notes = rng.random() < 0.35
        if notes:
            desk.write_note(company, usual)
        if notes and rng.random() < 0.3:
            desk.write_note(company, usual)
        for handle in handles(company)[:1 if measured or notes else 3]:
            if not measured and rng.random() < 0.4:
                desk.write_offering(company, handle, usual)
            else:
                desk.write_round(company, handle, usual, priced=not measured and rng.random() < 0.4)
        desk.write_company_facts(company, usual)
        if rng.random() < 0.3:
            desk.write_splits(company)
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
    ({"kind": "split", "company": "Acme", "on": "2024-05-03", "ratio": "2:2"}, "out-of-range"),
    ({"kind": "split", "company": "Acme", "on": "2024-05-03", "ratio": "0:1"}, "out-of-range"),
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


def is_close(seed):
    """Whether the ledger is one of a CloseDesk."""
    return seed % 10 == 1


def generate(seed):
    """The steps of one ledger: {"store", "apply": [lines], "recorded"}, {"store", "merge"}, {"store", "copy"}."""
    rng = random.Random(seed)
    if is_close(seed):
        close = CloseDesk(rng, rng.choice(("USD", "USD", "EUR")))
        close.write_all(COMPANIES[0])
        return Made([_apply(0, file, FIRST_RECORDED + number * 24 * HOUR)
                     for number, file in enumerate(close.files(rng.choice((1, 1, 2))))], [0])
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
    if not merges:
        if rng.random() < 0.15:
            steps.append(dict(_apply(0, _bad_lines(rng, desk), clock + 900 * HOUR), bad=True))
        return Made(steps, [0])
    if style < 0.89:
        steps += _grown_copies(rng, desk, clock)
    else:
        steps += _of_another_desk(rng, desk, companies, conflicted, clock)
    return _merged(rng, desk, steps, clock)


def _grown_copies(rng, desk, clock):
    """Two copies of one ledger that both grew."""
    steps = [{"store": 1, "copy": 0}]
    for store in (0, 1):
        before = len(desk.lines)
        for _ in range(rng.choice((1, 2, 3))):
            desk.correct()
        grown = desk.lines[before:]
        steps.append(_apply(store, grown, clock + (100 + store) * 24 * HOUR))
        desk.keyed = [line for line in desk.keyed if line not in grown]  # the other copy does not have them
    return steps


def _of_another_desk(rng, desk, companies, conflicted, clock):
    """Another ledger, on some of the same companies."""
    other = Desk(rng, 1)
    others = list(reversed(companies)) if len(companies) > 1 else [companies[0], "Beta"]
    used = [f"{company.lower()}-d" for company in others]
    own = others[0]

    def handles(company):
        return ["series-a"] if conflicted and company == own else [used[others.index(company)]]
    _write_all(rng, other, others, handles)
    if not conflicted:  # what both desks have on record word for word is one entry
        shared = [line for line in desk.lines
                  if line.content["kind"] == "party" and "key" not in line.content and not line.needs]
        other.lines = [Line(dict(line.content)) for line in shared] + other.lines
    return [_apply(1, file, clock + number * 24 * HOUR + rng.choice((0, 12)) * HOUR)
            for number, file in enumerate(other.files(rng.choice((1, 2))))]


def _merged(rng, desk, steps, clock):
    """Store 1 is merged into store 0, sometimes also the other way, and sometimes that grows."""
    merged = [{"store": 0, "merge": 1}]
    asked = [0]
    if rng.random() < 0.3:
        merged.append({"store": 1, "merge": 0})
        asked = [0, 1]
    steps += merged
    if rng.random() < 0.5 and asked == [0]:
        desk.keys = 100  # keys that no other chain has
        before = len(desk.lines)
        for _ in range(rng.choice((1, 2))):
            desk.correct()
        steps.append(_apply(0, desk.lines[before:], clock + 300 * 24 * HOUR))
    return Made(steps, asked)


def _apply(store, lines, recorded):
    return {"store": store, "apply": [line.content for line in lines], "about": [line.company or "" for line in lines],
            "recorded": fixed_text(recorded)}
