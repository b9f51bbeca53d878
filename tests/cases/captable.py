#!/usr/bin/env python3
"""Brings the worked examples of cap-table arithmetic that lie beside the project, in ../shared/data/cases/captable, into scenarios, and
compares what the program answers. They are no part of the project: without that folder the test is skipped, and says so.

usage: captable.py PROGRAM ROOT
"""
import json
import pathlib
import subprocess
import sys
import tempfile
from fractions import Fraction as F

SKIPPED = 77
NOT_OURS = {"ledger", "vesting", "iso-limit"}  # counts of issued stock, vesting and tax limits are no rounds or exits


class Cases:
    def __init__(self, program):
        self.program, self.failed, self.held, self.left = program, [], 0, []
        self.name = ""

    def run(self, command, scenario):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(scenario, file)
            file.flush()
            done = subprocess.run([self.program, command, file.name, "--json"], capture_output=True, text=True)
        if done.returncode != 0:
            return {"error": done.stderr}
        return json.loads(done.stdout)

    def number(self, of, key):
        return F(of.get(key + "_fraction", of[key]))

    def same(self, what, got, expected, tolerance=F(1, 10**9)):
        expected = F(expected)
        bound = F(tolerance) * max(1, abs(expected)) if tolerance else 0
        if abs(F(got) - expected) <= bound:
            self.held += 1
        else:
            self.failed.append(f"{self.name}: {what}: got {float(got)!r}, expected {float(expected)!r}")

    def true(self, what, held):
        if held:
            self.held += 1
        else:
            self.failed.append(f"{self.name}: {what}")


def row(rows, key, name):
    return next(each for each in rows if each[key] == name)


def common(*pairs):
    return [{"holder": holder, "shares": str(shares)} for holder, shares in pairs]


#--- Rounds ---

def anti_dilution(cases, number, case):
    given, want = case["inputs"], case["expected"]
    kind = "broad-based" if given["kind"] == "broad" else "full-ratchet"
    preferred = given.get("preferred_shares", given.get("preferred"))
    others = F(given["fully_diluted"]) - F(preferred) if "fully_diluted" in given else F(given.get("common", "1000000"))
    shares = given.get("new_shares", "1000000")
    answer = cases.run("model", {
        "holdings": common(("Founders", others)) + [{"holder": "Investor", "class": "A", "shares": preferred}],
        "classes": [{"name": "A", "price": given["conversion_price"], "anti_dilution": kind}],
        "round": {"price": given["new_price"], "shares": shares}})
    made = row(answer["adjustments"], "class", "A")
    if "new_conversion_price" in want:
        cases.same("price", cases.number(made, "to"), want["new_conversion_price"])
    if "ratio" in want:
        cases.same("ratio", cases.number(made, "ratio"), want["ratio"])
    cases.same("as converted", cases.number(made, "as_converted"), want["as_converted"])
    if "total" in want:
        cases.same("total", cases.number(answer, "shares_after"), want["total"])
        cases.same("founder", cases.number(row(answer["holdings"], "holder", "Founders"), "percent"), want["founder_pct"])


def notes(cases, number, case):
    given, want = case["inputs"], case["expected"]
    if "as_of" in given:
        # The interest alone: a round at a price of 1 on the day.
        answer = cases.run("model", {
            "date": given["as_of"], "holdings": common(("Founders", 1000000)),
            "convertibles": [{"id": "N", "type": "note", "amount": given["principal"], "issued": given["issued"],
                              "interest": {"rate": given["rate"], "day_count": "actual/365-fixed"}}],
            "round": {"price": "1", "new_money": "1000000"}})
        cases.same("interest", cases.number(answer["conversions"][0], "interest"), want["interest"])
        return
    note = {"id": "N", "type": "note", "amount": given.get("principal", given.get("note", given.get("note_plus_interest")))}
    if "discount" in given:
        note["discount"] = given["discount"]
    scenario = {"holdings": common(("Founders", given.get("founder_shares", "2000000"))), "convertibles": [note]}
    if "cap" in given:
        note.update(cap=given["cap"], method="pre-money")
    if "method" in given:
        note["method"] = given["method"]
        scenario["round"] = {"pre_money": given["pre_money"], "new_money": given["new_money"]}
    else:
        scenario["round"] = {"price": given["round_price"], "new_money": "1000000"}
    answer = cases.run("model", scenario)
    made = answer["conversions"][0]
    cases.same("price", cases.number(made, "price"), want.get("conversion_price", want.get("note_price", cases.number(made, "price"))))
    cases.same("shares", cases.number(made, "shares"), want.get("shares", want.get("note_shares")))
    if "branch" in want:
        cases.true("branch", made["branch"] == want["branch"])
    if "price" in want:
        cases.same("round", cases.number(answer, "price"), want["price"])
        cases.same("new", cases.number(answer, "new_shares"), want["new_shares"])
    if "pct" in want:
        cases.same("founders", cases.number(row(answer["holdings"], "holder", "Founders"), "percent"), want["pct"]["founders"], F(1, 10**4))
        cases.same("notes", cases.number(row(answer["holdings"], "holder", "N"), "percent"), want["pct"]["notes"], F(1, 10**4))


def option_pool(cases, number, case):
    given, want = case["inputs"], case["expected"]
    if number == 1:
        # A grant out of the pool moves shares within the fully diluted count.
        pool, grant = F(given["pool_before"]), F(given["grant"])
        answer = cases.run("model", {
            "holdings": common(("Founders", F(given["total_fd_before"]) - pool)),
            "options": {"granted": given["grant"], "available": str(pool - grant)}, "round": {}})
        cases.same("total", cases.number(answer, "shares_after"), want["total_fd_after"])
        cases.same("grant", cases.number(row(answer["holdings"], "holder", "Options granted"), "percent"), want["grant_pct"])
        cases.same("pool", cases.number(row(answer["holdings"], "holder", "Pool"), "percent"), want["pool_left_pct"])
        return
    answer = cases.run("model", {
        "holdings": common(("Founders", given["existing_shares"])),
        "round": {"pre_money": given["pre_money"], "new_money": given["investment"],
                  "pool": {"target": given["post_pool_pct"], "of": "post-money-available"}}})
    for key, name in (("shares_after", "total_shares"), ("price", "price_per_share"), ("pool_increase", "new_pool_shares"),
                      ("new_shares", "new_investor_shares"), ("effective_pre_money", "effective_pre_money")):
        cases.same(name, cases.number(answer, key), want[name], 0)
    cases.same("existing", cases.number(row(answer["holdings"], "holder", "Founders"), "percent"), want["existing_pct"], 0)


def priced_round(cases, number, case):
    given, want = case["inputs"], case["expected"]
    if number == 0:
        answer = cases.run("model", {"holdings": common(("Founders", given["fully_diluted_shares"])),
                                     "round": {"pre_money": given["pre_money"], "new_money": "1000000"}})
        cases.same("price", cases.number(answer, "price"), want["price_per_share"])
    elif number == 1:
        answer = cases.run("model", {"holdings": common(("Founders", 100)),
                                     "round": {"pre_money": given["pre_money_m"], "new_money": given["investment_m"]}})
        cases.same("investor", cases.number(row(answer["holdings"], "holder", "New investors"), "percent"), want["investor_pct"], 0)
        cases.same("post", cases.number(answer, "post_money"), want["post_money_m"], 0)
    else:
        holdings = common(("Holder", 80), ("Others", 20))
        for sold in given["rounds_sold"]:
            answer = cases.run("model", {"holdings": holdings, "round": {"pre_money": "1000000", "sold": sold}})
            holdings = common(("Holder", 80), ("Others", cases.number(answer, "shares_after") - 80))
        cases.same("stake", cases.number(row(answer["holdings"], "holder", "Holder"), "percent"), want["stake_after"], 0)


def pro_rata(cases, number, case):
    given, want = case["inputs"], case["expected"]
    if number == 0:
        answer = cases.run("model", {
            "holdings": common(("Holder", given["holder_shares"]), ("Others", F(given["total_shares"]) - F(given["holder_shares"]))),
            "round": {"pre_money": given["pre_money"], "new_money": given["raise_"], "investors": [{"holder": "Holder", "pro_rata": True}]}})
        made = answer["entitlements"][0]
        cases.same("amount", cases.number(made, "amount"), want["pro_rata_amount"], 0)
        cases.same("shares", cases.number(made, "shares"), want["shares_to_buy"], 0)
        cases.same("price", cases.number(answer, "price"), want["price"], 0)
        after = sum(cases.number(each, "percent") for each in answer["holdings"] if each["holder"] == "Holder")
        cases.same("after", after, want["pct_after"], 0)
        return
    answer = cases.run("model", {
        "holdings": common(("Holder", 10), ("Others", 90)),
        "round": {"pre_money": given["pre_money_m"], "new_money": given["raise_m"],
                  "investors": [{"holder": "Holder", "pro_rata": {"target": given["target_pct"]}}]}})
    cases.same("amount", cases.number(answer["entitlements"][0], "amount"), want["cheque_m"], 0)


def safe(identity, amount, form="post-money", **terms):
    return {"id": identity, "type": "safe", "form": form, "amount": str(amount), **terms}


def safe_post_money(cases, number, case):
    given, want = case["inputs"], case["expected"]
    holdings = common(("Founders", 9000000))
    if number == 0:
        for amount, sold in zip(given["investments"], want["sold"]):
            answer = cases.run("model", {"holdings": holdings, "convertibles": [safe("S", amount, cap=given["post_money_cap"])],
                                         "round": {"pre_money": "20000000", "new_money": "1000000"}})
            made = cases.number(answer["conversions"][0], "shares")
            cases.same("sold", made / (made + 9000000), sold)
    elif number == 1:
        safes = [safe(f"S{i}", each["inv"], cap=each["cap"]) for i, each in enumerate(given["safes"])]
        answer = cases.run("model", {"holdings": holdings, "convertibles": safes, "round": {"pre_money": "90000000", "new_money": "1"}})
        made = [cases.number(each, "shares") for each in answer["conversions"]]
        cases.same("first", made[0] / (9000000 + sum(made)), want["pct"][0], 0)
        cases.same("second", made[1] / (9000000 + sum(made)), want["pct"][1], 0)
        cases.same("founder", F(9000000) / (9000000 + sum(made)), want["founder_after_both"], 0)
    elif number == 2:
        first, second = given["safes_in_order"]
        answer = cases.run("model", {
            "holdings": holdings, "convertibles": [safe("M", first["inv"], mfn={"takes": "L"}), safe("L", second["inv"], cap=second["cap"])],
            "round": {"pre_money": "60000000", "new_money": "1000000"}})
        made = answer["conversions"]
        cases.true("branch", made[0]["branch"] == "mfn:L")
        cases.same("price", cases.number(made[0], "price"), cases.number(made[1], "price"), 0)
        cases.same("cap", cases.number(made[0], "price") * (9000000 + sum(cases.number(each, "shares") for each in made)),
                   want["mfn_effective_cap"], 0)
    elif number == 3:
        terms = given["safe"]
        answer = cases.run("model", {
            "holdings": common(("Founders", given["company_capitalization"])),
            "convertibles": [safe("S", terms["inv"], form="pre-money", cap=terms["cap"], discount=terms["discount"])],
            "round": {"price": given["round_price"], "new_money": "1000000"}})
        cases.same("price", cases.number(answer["conversions"][0], "price"), want["conversion_price"])
    elif number == 4:
        answer = cases.run("model", {"holdings": holdings, "convertibles": [safe("S", 1, discount=given["discount"])],
                                     "round": {"price": "1", "new_money": "1"}})
        cases.true("refused", "[out-of-range]" in answer.get("error", "") and "discount" in answer["error"])
    else:
        round_safe(cases, given, want)


def round_safe(cases, given, want):
    """The published figures: the price of the round was found from rounded counts, so prices differ in the fifth place."""
    fixed, mfn, capped = given["safes"]
    cap = F(fixed["inv"]) / F(fixed["fixed_pct"])
    scenario = {
        "holdings": common(("Ann", given["founders"][0]), ("Ben", given["founders"][1])), "options": {"available": given["existing_unused_pool"]},
        "convertibles": [safe("fixed", fixed["inv"], cap=str(cap)), safe("mfn", mfn["inv"], mfn={"takes": "angel"}),
                         safe("angel", capped["inv"], cap=capped["post_money_cap"])],
        "round": {"post_money": given["round"]["post_money"], "new_money": given["round"]["raise_"],
                  "pool": {"target": given["round"]["post_pool_pct"], "of": "post-money-available"}}}
    answer = cases.run("model", scenario)
    exact = want["exact_unrounded"]
    made = {each["id"]: cases.number(each, "shares") for each in answer["conversions"]}
    cases.same("cap price", cases.number(row(answer["conversions"], "id", "angel"), "price"), exact["cap_price"])
    for name, key in (("angel", "angel_shares"), ("fixed", "fixed7_shares"), ("mfn", "mfn_shares")):
        cases.same(name, made[name], exact[key])
    cases.same("total", cases.number(answer, "shares_after"), want["total"], F(1, 10**5))
    cases.same("price", cases.number(answer, "price"), want["round_price"], F(1, 10**5))
    scenario["round"].update(price_places=5, price_mode="up", share_mode="floor")
    answer = cases.run("model", scenario)
    cases.same("angel", cases.number(row(answer["conversions"], "id", "angel"), "shares"), want["angel"], F(1, 10**5))
    cases.same("lead", cases.number(answer, "new_shares"), want["lead"], F(1, 10**5))
    cases.same("pool", cases.number(row(answer["holdings"], "holder", "Pool"), "shares"), want["pool"], F(1, 10**5))


def safe_pre_money(cases, number, case):
    given, want = case["inputs"], case["expected"]
    if number == 0:
        terms, series = given["safe"], given["series_a"]
        answer = cases.run("model", {
            "holdings": common(("Founders", given["fd_shares_incl_new_pool"])),
            "convertibles": [safe("S", terms["inv"], form="pre-money", cap=terms["cap"], method="pre-money")],
            "round": {"pre_money": series["pre_money"], "new_money": series["inv"]}})
        cases.same("price", cases.number(answer, "price"), want["exact"]["series_price"])
        cases.same("safe price", cases.number(answer["conversions"][0], "price"), want["exact"]["safe_price"])
        return
    answer = cases.run("model", {
        "holdings": common(("Founders", given["existing_shares"])),
        "convertibles": [safe("S", given["safe"]["inv"], form="pre-money", discount=given["safe"]["discount"])],
        "round": {"price": given["round_price"], "new_money": "0"}})
    made = answer["conversions"][0]
    cases.same("price", cases.number(made, "price"), want["safe_price"], 0)
    cases.same("shares", cases.number(made, "shares"), want["safe_shares"], 0)
    cases.same("total", cases.number(answer, "shares_after"), want["total"], 0)
    cases.same("part", cases.number(row(answer["holdings"], "holder", "S"), "percent"), want["safe_pct"])


def secondary(cases, number, case):
    given, want = case["inputs"], case["expected"]
    shares = round(F(given["tender_amount"]) / (F(given["round_price"]) * F(given["price_multiple"])))
    names = ["F1", "F2", "F3"]
    sold, left = [], shares
    for part in want["sold_by_founder_share"]:
        sold.append(left if len(sold) == 2 else round(shares * F(part)))
        left -= sold[-1]
    answer = cases.run("model", {
        "holdings": common(*zip(names, given["founders_before"])),
        "round": {"secondary": [{"from": name, "to": "Lead", "shares": str(each), "price": "31.7035958"} for name, each in zip(names, sold)]}})
    cases.same("moved", cases.number(row(answer["holdings"], "holder", "Lead"), "shares"), want["shares_moved"], 0)
    cases.same("left", sum(cases.number(row(answer["holdings"], "holder", name), "shares") for name in names), want["founders_total_after"], 0)
    cases.same("new", cases.number(answer, "new_shares"), want["new_shares_issued"], 0)


#--- Exits ---

def exit_class(given):
    made = {"name": given["name"], "shares": given["shares"], "invested": given["invested"], "preference": given["multiple"],
            "seniority": given["seniority"]}
    if given["type"] == "participating":
        made["participation"] = "capped" if given["cap_multiple"] else "full"
        if given["cap_multiple"]:
            made["participation_cap"] = given["cap_multiple"]
    return made


def waterfall(cases, number, case):
    given, want = case["inputs"], case["expected"]
    preferred = [exit_class(each) for each in given["classes"] if each["type"] != "common"]
    answer = cases.run("waterfall", {
        "proceeds": given["exit"], "classes": preferred, "places": "10",
        "ties": "most" if case["note"] == "no common class" else "fewest",
        "common": common(*((each["name"], each["shares"]) for each in given["classes"] if each["type"] == "common"))})
    if "error" in answer:
        cases.true(answer["error"], False)
        return
    for name, amount in want["payout"].items():
        cases.same(name, cases.number(row(answer["payouts"], "name", name), "exact"), amount)
    for name, converts in want["elects_conversion"].items():
        cases.true(f"{name} converts", row(answer["payouts"], "name", name)["converts"] == converts)


#--- The others, one by one ---

def more(cases, number, case):
    run = {5: net_exercise, 6: deck_note, 7: two_notes, 8: note_at_exit, 9: topped_up, 10: note_and_pool, 11: note_and_new_pool,
           12: pro_rata_with_safe, 13: stock_base, 14: adjusted_exit, 15: adjusted_price, 16: rounded_price, 17: standing,
           18: carve_out}.get(number)
    if run is None:
        cases.left.append(f"more {number}: {case['topic']}")
        return
    run(cases, case["inputs"], case["expected"])


def net_exercise(cases, given, want):
    """At an exit that pays the fair value a share, a warrant is worth what a net exercise gives."""
    others, strike, value = F(1000000000), F(given["strike"]), F(given["fair_value"])
    proceeds = (others + F(given["warrants"])) * value - F(given["warrants"]) * strike
    answer = cases.run("waterfall", {"proceeds": str(proceeds), "common": common(("Others", others)),
                                     "warrants": [{"holder": "W", "shares": given["warrants"], "strike": given["strike"]}]})
    paid = cases.number(row(answer["payouts"], "name", "W"), "exact")
    cases.same("value", paid, want["value"], 0)
    cases.same("shares", paid / cases.number(answer, "per_share"), want["shares"], 0)


def deck_note(cases, given, want):
    answer = cases.run("model", {
        "date": "2017-03-01", "holdings": common(("Founders", 1000000)),
        "convertibles": [{"id": "N", "type": "note", "amount": given["principal"], "issued": "2016-03-01", "discount": given["discount"],
                          "interest": {"rate": given["rate"], "kind": "simple", "day_count": "actual/365-fixed"}}],
        "round": {"price": given["round_price"], "new_money": "1000000"}})
    made = answer["conversions"][0]
    for key, name in (("amount", "amount"), ("price", "conversion_price"), ("shares", "shares")):
        cases.same(name, cases.number(made, key), want[name], 0)


def two_notes(cases, given, want):
    def notes_of(equal):
        return [{"id": each["id"], "type": "note", "amount": each["principal"], "issued": each["issued"],
                 "seniority": "1" if equal else str(3 - int(each["ocf_seniority"])),
                 "interest": {"rate": each["rate"], "day_count": "actual/365-fixed"}} for each in given["notes"]]
    for equal, proceeds, expected in ((False, given["exits"][0], want["exit_1500000"]),
                                      (True, given["exits"][1], want["exit_845000_if_equal_seniority"])):
        answer = cases.run("waterfall", {"date": given["as_of"], "proceeds": proceeds, "convertibles": notes_of(equal),
                                         "common": common(("Founders", 1000000))})
        for name, amount in expected.items():
            cases.same(name, cases.number(row(answer["payouts"], "name", name), "exact"), amount, 0)


def note_at_exit(cases, given, want):
    note = given["note"]
    rate = F(note["rate"]) * F(note["days"]) / 365
    scenario = {"date": "2022-12-31", "common": common(("Founders", given["common"])),
                "options": {"grants": [{"holder": "Staff", "shares": given["options"]["count"], "strike": given["options"]["strike"]}]},
                "pool": {"available": given["unissued_pool"]},
                "convertibles": [{"id": "N", "type": "note", "amount": note["principal"], "issued": "2021-01-01", "cap": note["pre_money_cap"],
                                  "cap_counts": ["stock"], "multiple": note["exit_multiple_of_principal_and_interest"],
                                  "multiple_of": "principal-and-interest",
                                  "interest": {"rate": str(rate / 2), "day_count": "30e/360", "from": "2020-12-30"}}]}
    scenario["proceeds"] = given["exit"]
    answer = cases.run("waterfall", scenario)
    cases.same("converted", cases.number(row(answer["payouts"], "name", "N"), "exact"), want["note_payout"])
    cases.true("switch", any(cases.number(each, "at") == F(want["switch_exit"]) for each in answer["breakpoints"]))
    scenario["proceeds"] = "18000000"
    answer = cases.run("waterfall", scenario)
    cases.same("below", cases.number(row(answer["payouts"], "name", "N"), "exact"), want["note_payout_below_switch"], 0)


def topped_up(cases, given, want):
    answer = cases.run("model", {
        "holdings": common(("Holders", given["issued_and_options"])), "options": {"available": given["unissued_pool"]},
        "round": {"pre_money": given["pre_money"], "new_money": given["new_money"],
                  "pool": {"target": given["post_unissued_pool_pct"], "of": "post-money-available"}}})
    for key, name in (("shares_after", "total"), ("price", "price"), ("new_shares", "new_shares"), ("pool_increase", "pool_increase")):
        cases.same(name, cases.number(answer, key), want[name], 0)


def pool_scenario(given, note):
    return {"date": "2022-01-01",
            "holdings": common(("Founders", given.get("common", "0")), ("Others", F(given["issued_and_options"]) - F(given.get("common", "0")))),
            "options": {"available": given.get("unissued_pool", "0")}, "convertibles": [note],
            "round": {"pre_money": given["pre_money"], "new_money": given["new_money"],
                      "pool": {"target": given["post_unissued_pool_pct"], "of": "post-money-available"}}}


def note_and_pool(cases, given, want):
    note = given["note"]
    answer = cases.run("model", pool_scenario(given, {
        "id": "N", "type": "note", "amount": note["principal"], "issued": "2021-01-01", "cap": note["pre_money_cap"],
        "discount": note["discount"], "cap_counts": ["stock", "options", "pool"],
        "interest": {"rate": note["rate"], "day_count": "actual/365-fixed"}}))
    made = answer["conversions"][0]
    cases.true("branch", made["branch"] == want["branch"])
    for key, name in (("amount", "amount"), ("price", "cap_price"), ("shares", "note_shares")):
        cases.same(name, cases.number(made, key), want[name], 0)
    cases.same("total", cases.number(answer, "shares_after"), want["total"])
    cases.same("price", cases.number(answer, "price"), want["price"])
    cases.same("new", cases.number(answer, "new_shares") // 1, want["new_shares_floor"], 0)
    cases.same("founders", cases.number(row(answer["holdings"], "holder", "Founders"), "percent"), want["founders_pct"])


def note_and_new_pool(cases, given, want):
    answer = cases.run("model", pool_scenario(given, {
        "id": "N", "type": "note", "amount": given["note_amount"], "cap": given["pre_money_cap"],
        "cap_counts": ["stock", "options", "pool", "pool-increase"]}))
    cases.same("total", cases.number(answer, "shares_after"), want["total"])
    cases.same("price", cases.number(answer, "price"), want["price"])
    cases.same("cap price", cases.number(answer["conversions"][0], "price"), want["cap_price"])
    cases.same("shares", cases.number(answer["conversions"][0], "shares") // 1, want["note_shares_floor"], 0)


def pro_rata_with_safe(cases, given, want):
    answer = cases.run("model", {
        "holdings": common(("Founders", given["common"])) + [{"holder": "Seed fund", "class": "Seed", "shares": given["seed"]}],
        "classes": [{"name": "Seed", "price": "1"}], "convertibles": [safe("S", given["safe"]["inv"], cap=given["safe"]["post_money_cap"])],
        "round": {"pre_money": given["pre_money"], "new_money": given["new_money"], "investors": [{"holder": "Seed fund", "pro_rata": True}]}})
    cases.same("safe", cases.number(answer["conversions"][0], "shares"), want["safe_shares"], 0)
    cases.same("total", cases.number(answer, "shares_after"), want["total"], 0)
    made = answer["entitlements"][0]
    cases.same("part", cases.number(made, "part"), want["pro_rata_pct"])
    cases.same("amount", cases.number(made, "amount"), want["entitlement"])


def stock_base(cases, given, want):
    answer = cases.run("model", {
        "holdings": common(("Founders", given["common"])) + [{"holder": "S", "class": "Seed", "shares": given["seed"]["shares"]},
                                                              {"holder": "A", "class": "A", "shares": given["series_a"]["shares"]}],
        "classes": [{"name": "Seed", "price": given["seed"]["price"]},
                    {"name": "A", "price": given["series_a"]["price"], "anti_dilution": "narrow-based", "anti_dilution_counts": ["stock"]}],
        "options": {"granted": given["options_granted"], "available": given["unissued_pool"]},
        "round": {"new_money": given["new_money"], "shares": given["new_shares"]}})
    made = row(answer["adjustments"], "class", "A")
    for key, name in (("to", "series_a_price"), ("ratio", "ratio"), ("as_converted", "as_converted")):
        cases.same(name, cases.number(made, key), want[name])


def adjusted_exit(cases, given, want):
    """The base that gives the stated ratio: the stock without the pool, 8 + 2 million."""
    answer = cases.run("model", {
        "holdings": common(("Founders", given["common"])) + [{"holder": "A", "class": "A", "shares": given["series_a"]["shares"]}],
        "classes": [{"name": "A", "price": given["series_a"]["price"], "anti_dilution": "broad-based"}],
        "options": {"available": given["unissued_pool"]}, "round": {"price": given["new_series"]["price"], "shares": given["new_series"]["shares"]}})
    ratio = cases.number(row(answer["adjustments"], "class", "A"), "ratio")
    cases.same("ratio", ratio, want["ratio"])
    for kind, used in (("protected", ratio), ("unprotected", F(1))):
        paid = cases.run("waterfall", {
            "proceeds": given["exit"], "common": common(("Founders", given["common"])), "pool": {"available": given["unissued_pool"]},
            "classes": [{"name": "A", "shares": given["series_a"]["shares"], "price": given["series_a"]["price"], "conversion_ratio": str(used)},
                        {"name": "B", "shares": given["new_series"]["shares"], "price": given["new_series"]["price"]}]})
        for name, key in (("Founders", "common"), ("A", "series_a"), ("B", "series_b")):
            cases.same(f"{kind} {name}", cases.number(row(paid["payouts"], "name", name), "exact"), want[kind][key])


def down_round(given, places=None, **anti_dilution):
    held = F(given["series_a"]["shares"])
    scenario = {"holdings": common(("Founders", F(given["fully_diluted"]) - held - 2000000)) + [{"holder": "A", "class": "A", "shares": str(held)}],
                "options": {"available": "2000000"},
                "classes": [{"name": "A", "price": given["series_a"]["conversion_price"], "anti_dilution": "broad-based"}],
                "round": {"pre_money": given["pre_money"], "new_money": given["new_money"], "anti_dilution": anti_dilution}}
    if places:
        scenario["round"].update(conversion_price_places=places, conversion_price_mode="half-up")
    return scenario


EDGE_16A = {}


def adjusted_price(cases, given, want):
    EDGE_16A.update(given)
    scenario = down_round(given, in_price=True)
    scenario["classes"][0]["anti_dilution_counts"] = ["stock", "options", "pool"]
    answer = cases.run("model", scenario)
    cases.same("total", cases.number(answer, "shares_after"), want["total_exact"])
    cases.same("price", cases.number(answer, "price"), want["price"])
    investor = cases.number(row(answer["holdings"], "holder", "New investors"), "percent")
    cases.same("investor", investor, want["new_investor_pct_exact"], 0)
    scenario["round"]["share_mode"] = "floor"
    answer = cases.run("model", scenario)
    made = row(answer["adjustments"], "class", "A")
    cases.same("new", cases.number(answer, "new_shares"), want["new_shares_floor"], 0)
    cases.same("conversion price", cases.number(made, "to"), want["new_conversion_price"])
    cases.same("as converted", cases.number(made, "as_converted"), want["as_converted"])


def rounded_price(cases, given, want):
    answer = cases.run("model", down_round(EDGE_16A, places=4, in_price=False))
    made = row(answer["adjustments"], "class", "A")
    cases.same("conversion price", cases.number(made, "to"), want["new_conversion_price"], 0)
    cases.same("as converted", cases.number(made, "as_converted"), want["as_converted"])


def standing(cases, given, want):
    def run(proceeds, equal):
        classes = [{"name": each["name"], "shares": each["shares"], "price": each["price"], "preference": each["multiple"],
                    "seniority": "1" if equal else each["ocf_seniority"]} for each in given["classes"][1:]]
        return cases.run("waterfall", {"proceeds": proceeds, "classes": classes, "common": common(("common", given["classes"][0]["shares"]))})
    for key, proceeds, equal in (("exit_10M", "10000000", False), ("exit_20M", "20000000", False), ("exit_10M_equal_seniority", "10000000", True)):
        answer = run(proceeds, equal)
        for name, amount in want[key].items():
            cases.same(f"{key} {name}", cases.number(row(answer["payouts"], "name", name), "exact"), amount)


def carve_out(cases, given, want):
    series = given["series_a"]
    scenario = {"common": common(("Common", 60)),
                "classes": [{"name": "A", "shares": "40", "invested": series["preference"]}],
                "carve_outs": [{"name": "Management", "tiers": [{"to": each["to"], "share": each["pct"]} for each in given["carve_out_tiers"]]}]}
    for key, proceeds in (("exit_5M", "5000000"), ("exit_15M", "15000000"), ("exit_30M", "30000000")):
        answer = cases.run("waterfall", {**scenario, "proceeds": proceeds})
        for name, amount in (("Management", want[key]["carve_out"]), ("A", want[key]["series_a"]), ("Common", want[key]["common"])):
            cases.same(f"{key} {name}", cases.number(row(answer["payouts"], "name", name), "exact"), amount, 0)
    got = [cases.number(each, "at") for each in answer["breakpoints"]]
    for each in want["breakpoints"]:
        cases.true(f"breakpoint {each} in {[float(x) for x in got]}", any(abs(F(each) - at) < F(1, 10**6) for at in got))


#--- Two rounds, adjusted prices, notes and an exit, in one ---

class Kelvin:
    """Series E lowers the price of D; series F those of D and E, beside two notes and a larger pool."""

    def __init__(self, cases, given, pre_money, pool):
        self.cases, self.given, prior = cases, given, given["prior"]
        everything = ["stock", "options", "pool"]
        self.classes = [{"name": name, "price": prior[name]["price"]} for name in ("seed", "a", "b", "c")]
        self.classes.append({"name": "d", "price": prior["d"]["price"], "anti_dilution": "broad-based", "anti_dilution_counts": everything})
        holdings = common(("founders", prior["founders"]), ("employees", prior["employees"]))
        holdings += [{"holder": name, "class": name, "shares": prior[name]["shares"]} for name in ("seed", "a", "b", "c", "d")]
        first = cases.run("model", {
            "holdings": holdings, "classes": self.classes,
            "options": {"granted": prior["options_issued"], "available": prior["options_unissued_before_e"]},
            "round": {"name": "e", "pre_money": given["series_e"]["pre_money"], "new_money": given["series_e"]["raise_"],
                      "pool": {"target": given["series_e"]["post_pool_pct"], "of": "post-money-total"}}})
        self.classes[-1]["conversion_price"] = str(cases.number(row(first["adjustments"], "class", "d"), "to"))
        self.classes.append({"name": "e", "price": str(cases.number(first, "price")), "anti_dilution": "broad-based",
                             "anti_dilution_counts": everything})
        holdings.append({"holder": "e", "class": "e", "shares": str(cases.number(first, "new_shares"))})
        available = F(prior["options_unissued_before_e"]) + cases.number(first, "pool_increase")
        series = given["series_f"]
        counted = ["stock", "options", "pool", "pool-increase", "notes", "adjustments"]
        notes = [{"id": f"note_{name}", "type": "note", "amount": given["notes"][name]["principal"], "cap": given["notes"][name]["cap"],
                  "discount": given["notes"][name]["discount"], "cap_counts": counted} for name in ("a", "b")]
        self.answer = cases.run("model", {
            "holdings": holdings, "classes": self.classes, "convertibles": notes,
            "options": {"granted": prior["options_issued"], "available": str(available)},
            "round": {"name": "f", "pre_money": pre_money, "new_money": series["primary"],
                      "investors": [{"holder": "lead", "amount": series["lead_primary"]}, {"holder": "our_fund", "amount": series["fund_primary"]}],
                      "pool": {"target": pool, "of": "post-money-total"}, "anti_dilution": {"exempt": ["note_a", "note_b"]}}})
        self.holdings = {each["holder"]: cases.number(each, "as_converted") for each in self.answer["holdings"]}

    def exit(self, proceeds):
        prior = self.given["prior"]
        classes = []
        for level, name in enumerate(("seed", "a", "b", "c", "d", "e")):
            held = prior.get(name, {}).get("shares")
            invested = {"d": "100000000", "e": self.given["series_e"]["raise_"]}.get(name)
            invested = invested or str(F(held) * F(prior[name]["price"]))
            classes.append({"name": name, "shares": str(self.holdings[name]), "invested": invested, "seniority": level})
        classes.append({"name": "f", "shares": str(self.holdings["lead"] + self.holdings["our_fund"]),
                        "invested": self.given["series_f"]["primary"], "seniority": 6})
        return self.cases.run("waterfall", {
            "proceeds": str(proceeds), "classes": classes, "ties": "most",
            "common": common(("common", F(prior["founders"]) + F(prior["employees"])),
                             ("notes", self.holdings["note_a"] + self.holdings["note_b"])),
            "options": {"grants": [{"holder": "options_issued", "shares": prior["options_issued"], "strike": prior["option_strike"]}]}})


def complex_round(cases, number, case):
    given, want = case["inputs"], case["expected"]
    made = Kelvin(cases, given, given["series_f"]["pre_money"], given["series_f"]["post_pool_pct"])
    answer = made.answer
    for name in ("d", "e"):
        one = row(answer["adjustments"], "class", name)
        cases.same(f"{name} price", cases.number(one, "to"), want[f"antidilution.series_{name}.new_conversion_price_usd"], F(1, 10**7))
        cases.same(f"{name} ratio", cases.number(one, "ratio"), want[f"antidilution.series_{name}.new_ratio"], F(1, 10**8))
    price = cases.number(answer, "price")
    cases.same("price", price, want["round.f_pps_usd"], F(1, 10**7))
    for name in ("note_a", "note_b"):
        one = row(answer["conversions"], "id", name)
        cases.true(f"{name} branch", one["branch"] == want[f"notes.{name}.conversion_branch"])
        cases.same(name, round(cases.number(one, "shares")), want[f"notes.{name}.shares_issued"], 0)
    cases.same("after", round(cases.number(answer, "shares_after")), want["round.post_f_fd_shares"], 0)
    cases.same("lead", made.holdings["lead"], want["round.f_lead_primary_shares"], F(1, 10**5))
    sold = F(given["series_f"]["secondary"]) / (price * F(given["series_f"]["secondary_price_multiple"]))
    cases.same("tender", round(sold), want["tender.shares_transferred"], 0)
    after = cases.number(answer, "shares_after")
    for key, holder in (("employees", "employees"), ("note_a", "note_a"), ("note_b", "note_b"), ("options_issued", "Options granted"),
                        ("options_unissued", "Pool"), ("our_fund", "our_fund"), ("seed", "seed"), ("series_a", "a"), ("series_b", "b"),
                        ("series_c", "c"), ("series_d", "d"), ("series_e", "e")):
        cases.same(key, made.holdings[holder] / after, want[f"ownership.{key}.pct"], F(1, 10**8))
    cases.same("founders", (made.holdings["founders"] - sold) / after, want["ownership.founders.pct"], F(1, 10**7))
    for proceeds in given["exits_m"]:
        paid = made.exit(F(proceeds) * 10**6)
        for key in [key for key in want if key.startswith(f"waterfall.{proceeds}M.")]:
            name, what = key.split(".")[2:]
            one = row(paid["payouts"], "name", name.removeprefix("series_"))
            if what == "election":
                cases.true(f"{key}: {want[key]}", one["converts"] == (want[key] == "convert"))
            else:
                cases.same(key, cases.number(one, "exact"), want[key], F(1, 10**7))
    for key in [key for key in want if key.startswith("sensitivity.") and key.endswith("exit")]:
        _, pool, pre, what = key.split(".")
        made = Kelvin(cases, given, str(F(pre.split("_")[1].removesuffix("M")) * 10**6), str(F(pool.split("_")[1]) / 100))
        paid = made.exit(F(what.split("_")[2].removesuffix("M")) * 10**6)
        ours = cases.number(row(paid["payouts"], "name", "f"), "exact") * made.holdings["our_fund"] / (made.holdings["lead"] + made.holdings["our_fund"])
        cases.same(key, ours, want[key], F(1, 10**6))


TOPICS = {"complex-round": complex_round, "anti-dilution": anti_dilution, "convertible-notes": notes, "option-pool": option_pool, "priced-round": priced_round,
          "pro-rata": pro_rata, "safe-post-money": safe_post_money, "safe-pre-money": safe_pre_money, "secondary": secondary,
          "waterfall": waterfall, "more": more}


def run_all(cases, folder):
    for file in sorted(folder.glob("*.json")):
        for number, case in enumerate(json.loads(file.read_text())):
            cases.name = f"{file.stem} {number}"
            run = TOPICS.get(file.stem)
            if run is None:
                cases.left.append(cases.name)
                continue
            try:
                run(cases, number, case)
            except (KeyError, StopIteration, IndexError, TypeError) as error:
                cases.failed.append(f"{cases.name}: no such answer: {error!r}")


def main():
    program, root = sys.argv[1], pathlib.Path(sys.argv[2])
    folder = root.parent / "shared/data/cases/captable"
    if not folder.is_dir():
        print(f"{folder} is not there, so the worked examples are skipped")
        return SKIPPED
    cases = Cases(program)
    run_all(cases, folder)
    for failed in cases.failed:
        print(failed)
    print(f"{cases.held} figures held, {len(cases.failed)} did not; of another kind: {', '.join(cases.left)}")
    return 1 if cases.failed else 0


if __name__ == "__main__":
    sys.exit(main())
