#!/usr/bin/env python3
"""Writes small generated ledgers and all the right answers on them, a ledger a line, for compare.cpp.

    python3 tests/oracle/oracle.py --seed 1 --count 2000 --out answers.jsonl
    python3 tests/oracle/oracle.py --seed 17 --show          # one ledger and its answers, to read
"""
import argparse
import json
import multiprocessing
import random
import sys

import views
from canonical import digest
from dates import fixed_text, iso, last_day, microseconds, span
from findings import Findings, conflicting_names, findings_of_no_company
from generate import generate, is_close
from ledger import Store
from left_out import left_out
from rates import MAX_AGE, NoRate
from shares import positions, price_steps
from totals import day_of_question, total_in, totals
from world import World

INSTRUMENT_SETS = (None, ("equity",), ("debt",), ("equity", "safe"), ("convertible-note", "grant", "other"))
SHORT = 16  # digits of an id that are enough to tell it


MOST_MINOR = 2**63 - 1  # what 64 bits hold: a total beyond is refused


def build(steps):
    """The stores after all steps, and what each file of lines was refused."""
    stores, refusals = {}, []
    entries = {}

    def store(number):
        if number not in stores:
            stores[number] = Store()
            stores[number].entries = entries
        return stores[number]

    for step in steps:
        own = store(step["store"])
        if "copy" in step:
            stores[step["store"]] = store(step["copy"]).copy()
        elif "merge" in step:
            own.merge(store(step["merge"]))
        else:
            refusals.append(own.apply(step["apply"], step["recorded"]))
            if refusals[-1] and not step.get("bad"):
                raise AssertionError(f"lines that were not to be refused: {refusals[-1]}")
    return stores, refusals


class Questions:
    """Asks everything of one store, from several viewpoints."""

    def __init__(self, store, rng, close=False):
        self.store, self.rng, self.close = store, rng, close
        self.history = store.history()
        self.units = store.units()
        self.now = World(self.history, self.units)
        self.times = self._times()
        self.days = self._days()
        self.pasts = {time: World(self.history, self.units, time) for time in self.times}

    def _times(self):
        """Up to two times of recording, one of them sometimes the moment before."""
        recorded = sorted({entry.recorded for entry in self.history})
        chosen = self.rng.sample(recorded[:-1], min(2, max(0, len(recorded) - 1)))
        return sorted({time - (self.rng.random() < 0.15) for time in chosen})

    def _days(self):
        """Days around those on which something is dated; of a ledger that is `close` more, around those of its rounds."""
        dates = sorted({value for entry in self.history for field, value in entry.line.items()
                        if field in ("on", "closed", "announced", "first_sale", "filed", "published")
                        and (not self.close or entry.line["kind"] in ("round", "closing"))})
        if not dates:
            return ["2024-06-30"]
        days = []
        for date in self.rng.sample(dates, min(6 if self.close else 3, len(dates))):
            first, last = span(date)
            days.append(iso(self.rng.choice((first - 1, first, first, (first + last) // 2, last - 1, last, last,
                                             last + 1))))
        if self.rng.random() < 0.3:
            days[0] = self.rng.choice(dates)  # a partial date is its last day
        return sorted(set(days))

    def answers(self):
        return {"digest": digest([entry.id for entry in self.history]), "totals": self.totals(),
                "claims": self.claims(), "order": self.order(), "markets": self.markets(),
                "findings": self.findings(), "shares": self.shares(), "conflicts": self.conflicts(),
                "views": self.views()}

    #--- The library's questions

    def totals(self):
        rng = self.rng
        asked = []
        for name, company in self.now.companies.items():
            for instruments in (None, *rng.sample(INSTRUMENT_SETS[1:], 2)):
                asked.append(_total(self.now, company, None, None, None, instruments, False))
            asked.append(_total(self.now, company, None, None, None, "all", False))
            asked.append(_total(self.now, company, None, None, None, None, True))
            for currency in ("USD", "EUR"):
                asked.append(_total(self.now, company, None, None, currency, None, False, rng.choice((7, 7, 31))))
            for day in self.days:
                asked.append(_total(self.now, company, day, None, None, None, False))
            for day in self.days if self.close else (rng.choice(self.days),):
                asked.append(_total(self.now, company, day, None, rng.choice(("USD", "EUR", "JPY")),
                                    rng.choice((None, "all")), rng.random() < 0.5))
            for time, world in self.pasts.items():
                if name in world.companies:
                    asked.append(_total(world, world.companies[name], None, time, None, None, False))
                    asked.append(_total(world, world.companies[name], rng.choice(self.days), time, None,
                                        rng.choice(INSTRUMENT_SETS), False))
        return asked

    def claims(self):
        """The ids of the standing claims that a viewpoint sees. From when a metric holds is open: they are asked for
        without a day."""
        asked = []
        for name, company in self.now.companies.items():
            asked.append({"company": name, "as_of": None, "known_at": None, "ids": _seen(company, None)})
            day = self.rng.choice(self.days)
            asked.append({"company": name, "as_of": day, "known_at": None, "ids": _seen(company, last_day(day))})
            for time, world in self.pasts.items():
                if name in world.companies:
                    asked.append({"company": name, "as_of": None, "known_at": fixed_text(time),
                                  "ids": _seen(world.companies[name], None)})
        return asked

    def order(self):
        """The standing claims of each company, best first: every pair of them is to be ordered so."""
        return [{"company": name, "ids": [entry.id[:SHORT] for entry in sorted(
            (entry for entries in company.statements.values() for entry in entries),
            key=lambda entry: self.now.ranks[entry.id], reverse=True)]} for name, company in self.now.companies.items()]

    def markets(self):
        """The standing market totals and rates, and which of them are used."""
        return {"market_total": sorted(entry.id[:SHORT] for entry in self.now.standing_of("market_total")),
                "fx_rate": sorted(entry.id[:SHORT] for entry in self.now.standing_of("fx_rate")),
                "used": sorted(entry.id[:SHORT] for entry in self.now.market_totals.values())}

    def findings(self):
        asked = []
        worlds = [(None, self.now), *list(self.pasts.items())[:1]]
        for time, world in worlds:
            for name, company in world.companies.items():
                found = Findings(world, company)
                asked.append({"company": name, "known_at": None if time is None else fixed_text(time),
                              "rows": found.rows, "ignore": sorted(found.ignored)})
            asked.append({"company": "", "known_at": None if time is None else fixed_text(time),
                          "rows": findings_of_no_company(world), "ignore": []})
        return asked

    def shares(self):
        """The steps of prices per share, and what each investor holds as of a day."""
        asked = []
        for name, company in self.now.companies.items():
            day = self.rng.choice(self.days)
            asked.append({"company": name, "as_of": day, "steps": price_steps(self.now, company),
                          "positions": positions(self.now, company, last_day(day))})
        return asked

    def conflicts(self):
        """How many names are used differently; None where nothing was merged and none can be."""
        return conflicting_names(self.now, self.store.chains) if len(self.store.chains) > 1 else None

    #--- The views

    def views(self):
        now = self.now
        asked = [_view(name, getattr(views, name)(now)) for name in (
            "rounds", "round_checks", "investments", "positions", "co_investors", "participations", "valuations",
            "latest_valuations", "valuation_steps", "inflows", "raised_by_year", "raised_by_quarter", "raised_by_market",
            "raised_by_currency", "left_out", "stated_totals", "claims", "sources", "parties", "attributes", "entries")]
        asked.append(_view("stated", views.stated(now),
                           sql="SELECT * FROM stated WHERE stated IS NOT NULL AND field NOT LIKE 'metric %'"))
        companies, *table = views.last_prices(now)
        asked.append(_view("valuation_steps", table, only=["company", companies]))
        companies, *table = views.total_raised(now)
        asked.append(_view("total_raised", table, only=["company", companies]))
        joined = "JOIN entries e ON e.entry = w.entry"
        asked.append(_view("withdrawn_now", views.standing_ids(now, stands=False),
                           sql=f"SELECT e.id FROM withdrawn_now w {joined} WHERE e.kind <> 'retraction'"))
        for day in self.days:
            companies, *table = views.total_raised(now, last_day(day))
            asked.append(_view("total_raised_over_time", table, only=["company", companies], day=iso(last_day(day))))
        for time, world in ((None, now), *self.pasts.items()):
            asked.append(_view("rounds_known", views.rounds(world), at=time))
            asked.append(_view("left_out_known", views.left_out(world), at=time))
            companies, *table = views.total_raised(world)
            asked.append(_view("total_raised_known", table, only=["company", companies], at=time))
            asked.append(_view("claims_known", views.claims_known(world), at=time, sql=(
                "SELECT w.*, e.id FROM claims_known w JOIN entries e ON e.entry = w.entry WHERE e.kind <> 'metric'")))
            asked.append(_view("entries_known", views.standing_ids(world), at=time, sql=(
                f"SELECT e.id, w.known_from, w.known_to FROM entries_known w {joined} WHERE e.kind <> 'retraction'")))
            day = self.rng.choice(self.days)
            companies, *table = views.total_raised(world, last_day(day))
            asked.append(_view("total_raised_over_time_known", table, only=["company", companies], at=time,
                               day=iso(last_day(day))))
        return asked


END_OF_TIME = microseconds("9999-12-31T23:59:59.999998Z")


def _view(name, table, sql=None, only=None, at=False, day=None):
    """`at`: the rows known at that time (None: now). `day`: those as of it. `only`: those where a column has one of
    these values."""
    columns, rows = table
    asked = {"view": name, "columns": columns, "rows": rows}
    if sql:
        asked["sql"] = sql
    if only:
        asked["only"] = only
    if at is not False:
        asked["at"] = END_OF_TIME if at is None else at
    if day:
        asked["day"] = day
    return asked


def _total(world, company, as_of, time, currency, instruments, exclude_funds, rate_age=MAX_AGE):
    asked = {"company": company.name, "as_of": as_of, "known_at": None if time is None else fixed_text(time),
             "in": currency, "instruments": instruments, "exclude_funds": exclude_funds, "rate_age": rate_age}
    options = {} if instruments is None else {"instruments": None if instruments == "all" else instruments}
    day = day_of_question(as_of)
    try:
        if currency is None:
            rows = totals(company, day, exclude_funds=exclude_funds, **options)
        else:
            rows = total_in(world, company, currency, day, exclude_funds=exclude_funds, max_age=rate_age, **options)
        if any(isinstance(value, int) and value > MOST_MINOR for row in rows for value in row[1:4]):
            asked["error"] = "overflow"
        else:
            asked["rows"] = [list(row) for row in rows]
    except NoRate:
        asked["error"] = "no-rate"
    asked["left_out"] = [list(row) for row in left_out(company, day, exclude_funds=exclude_funds,
                                                       converted=currency is not None, **options)]
    return asked


def _seen(company, day):
    return sorted(entry.id[:SHORT] for kind, entries in company.statements.items() for entry in entries
                  if day is None or kind != "metric" and ("on" not in entry.line or last_day(entry.line["on"]) <= day))


def answer_of(seed, steps, asked, stores, refusals):
    """The steps of a ledger and all answers on it; `asked` are the stores that give them."""
    applied = iter(refusals)
    written = []
    for step in steps:
        if "apply" in step:
            lines = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in step["apply"]]
            step = dict(step, apply=lines, refused=next(applied))
        written.append(step)
    questions = Questions(stores[0], random.Random(seed + 1), is_close(seed))
    return {"seed": seed, "steps": written, "asked": asked, **questions.answers()}


def answer(seed):
    """One line of the file."""
    made = generate(seed)
    return answer_of(seed, made.steps, made.asked, *build(made.steps))


def line_of(seed):
    try:
        return json.dumps(answer(seed), ensure_ascii=False, separators=(",", ":"))
    except Exception as error:
        raise RuntimeError(f"the ledger of seed {seed}: {error!r}") from error


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="of the first ledger; each next one has the next seed")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--out", default="-", help="the file to write, or - for standard output")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--show", action="store_true", help="one ledger and its answers, indented")
    options = parser.parse_args()
    if options.show:
        print(json.dumps(answer(options.seed), ensure_ascii=False, indent=1))
        return
    seeds = range(options.seed, options.seed + options.count)
    with open(sys.stdout.fileno() if options.out == "-" else options.out, "w", encoding="utf-8") as out:
        if options.jobs > 1:
            with multiprocessing.Pool(options.jobs) as pool:
                out.writelines(line + "\n" for line in pool.imap(line_of, seeds, chunksize=16))
        else:
            out.writelines(line_of(seed) + "\n" for seed in seeds)


if __name__ == "__main__":
    main()
