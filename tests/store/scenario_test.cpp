#include "postmoney/import/scenario.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "postmoney/ledger.hpp"
#include "postmoney/model.hpp"
#include "postmoney/value/error.hpp"

using namespace postmoney;

namespace {

// The refusal of a scenario's text: field, value and code.
[[nodiscard]] std::string scenario_refusal(const std::string& json, bool exit) {
    try {
        if (exit) {
            static_cast<void>(read_exit_scenario(json));
        } else {
            static_cast<void>(read_round_scenario(json));
        }
    } catch (const Error& error) {
        return error.field() + " " + std::string(to_string(error.code()));
    }
    return "read";
}

}  // namespace

TEST_CASE("a scenario is read as it stands") {
    const model::RoundScenario round = read_round_scenario(R"({
        "currency": "EUR", "date": "2025-03-31",
        "holdings": [{"holder": "F", "shares": 900}, {"holder": "I", "class": "A", "shares": "100.5"}],
        "classes": [{"name": "A", "price": "1/3", "anti_dilution": "full-ratchet", "issued": "2024-01-01",
                     "dividends": {"rate": "0.08", "day_count": "30e/360"}}],
        "convertibles": [{"id": "N", "type": "note", "amount": "1000", "issued": "2024-03-31", "cap": "10",
                          "interest": {"rate": "0.05", "kind": "compound", "periods_a_year": 4, "day_count": "actual/360"}}],
        "round": {"pre_money": "1000", "new_money": "100", "split": {"ratio": "3:2"}, "share_mode": "half-up",
                  "investors": [{"holder": "I", "pro_rata": true}]}})");
    CHECK(round.currency.code() == "EUR");
    CHECK(round.holdings[1].shares == Ratio::parse("201/2"));
    CHECK(*round.classes[0].price == Ratio::parse("1/3"));
    CHECK(day_text(round.classes[0].dividends->accrual.from) == "2024-01-01");
    CHECK(day_text(round.convertibles[0].interest->accrual.from) == "2024-03-31");
    CHECK(round.convertibles[0].holder == "N");
    CHECK(round.round.split->ratio == Ratio::parse("3/2"));
    CHECK(round.round.share_mode == Rounding::half_up);
    CHECK(round.round.investors[0].pro_rata.has_value());
}

TEST_CASE("what the reading of a scenario refuses") {
    struct Row {
        const char* json;
        bool exit;
        const char* refusal;
    };
    const Row rows[] = {
        {"[]", false, " bad-type"},
        {"{", false, " bad-json"},
        {R"({"round": {"price": 1.5}})", false, "round.price float-number"},
        {R"({"round": {"price": "1.5.1"}})", false, "round.price bad-number"},
        {R"({"round": {"price": null}})", false, "round.price missing-field"},
        {R"({"round": {"price": "1/0"}})", false, "round.price division-by-zero"},
        {R"({"round": {"prize": "1"}})", false, "round.prize unknown-field"},
        {R"({"round": {}, "round": {}})", false, "round duplicate-field"},
        {R"({"holdings": [{"holder": "F"}]})", false, "holdings.1.shares missing-field"},
        {R"({"currency": "XYZ"})", false, "currency unknown-currency"},
        {R"({"date": "2025-03"})", false, "date bad-date"},
        {R"({"convertibles": [{"id": "S", "type": "bond", "amount": "1"}]})", false,
         "convertibles.1.type bad-word"},
        {R"({"convertibles": [{"id": "S", "type": "note", "amount": "1", "interest": {"rate": "0.1"}}]})",
         false, "convertibles.1.interest.day_count missing-field"},
        {R"({"convertibles": [{"id": "S", "type": "note", "amount": "1", "interest": {"rate": "0.1", "day_count": "actual/360"}}]})",
         false, "convertibles.S.interest.from missing-field"},
        {R"({"convertibles": [{"id": "S", "type": "note", "amount": "1", "multiple": "2"}]})", false,
         "convertibles.S.multiple_of missing-field"},
        {R"({"convertibles": [{"id": "S", "type": "safe", "amount": "1"}, {"id": "S", "type": "safe", "amount": "1"}]})",
         false, "convertibles.id duplicate-field"},
        {R"({"classes": [{"name": "A", "participation": "capped"}]})", true,
         "classes.A.participation_cap misuse"},
        {R"({"convertibles": [{"id": "S", "type": "safe", "amount": "1", "cap_counts": ["stock", "stock"]}]})",
         false, "convertibles.1.cap_counts.2 bad-type"},
        {R"({"classes": [{"name": "A"}, {"name": "A"}]})", true, "classes.name duplicate-field"},
        {R"({"round": {"share_mode": "never"}})", false, "round.share_mode bad-word"},
        {R"({"round": {"split": {"ratio": "3"}}})", false, "round.split.ratio bad-number"},
        {R"({"curve": {"from": "0", "to": "1"}})", true, "curve.steps missing-field"},
        {R"({"round": {}})", true, "round unknown-field"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.json);
        CHECK(scenario_refusal(row.json, row.exit) == row.refusal);
    }
}

namespace {

// A scenario that can be recorded; `change` may take that away.
[[nodiscard]] std::string record_refusal(const std::function<void(model::RoundScenario&)>& change) {
    model::RoundScenario scenario = read_round_scenario(R"({
        "company": "Acme", "date": "2025-06-30", "share_mode": "floor", "price_places": 4,
        "holdings": [{"holder": "Ada", "shares": "7000000"}],
        "round": {"name": "Seed", "pre_money": "3000000", "new_money": "1000000"}})");
    change(scenario);
    try {
        static_cast<void>(record_of_round(scenario, model::run_round(scenario), "{}"));
    } catch (const Error& error) {
        return error.field() + " " + std::string(to_string(error.code()));
    }
    return "recorded";
}

}  // namespace

TEST_CASE("what --record refuses") {
    struct Row {
        std::function<void(model::RoundScenario&)> change;
        const char* refusal;
    };
    const Row rows[] = {
        {[](auto&) {}, "recorded"},
        {[](auto& of) { of.company.clear(); }, "company missing-field"},
        {[](auto& of) { of.date.reset(); }, "date missing-field"},
        {[](auto& of) { of.round.name = model::unnamed_round; }, "round.name missing-field"},
        {[](auto& of) { of.round.share_mode.reset(); }, "share_mode inexact"},
        {[](auto& of) { of.round.price_places.reset(); }, "price_places inexact"},
        {[](auto& of) {
             of.round.split = model::ShareSplit{"", Ratio::parse("2/1")};
         },
         "round.split misuse"},
        {[](auto& of) { of.round.pre_money.reset(), of.round.new_money.reset(); }, "round missing-field"},
        {[](auto& of) { of.round.pre_money = of.round.new_money = Ratio::parse("100000000000000000000/1"); },
         "round.new_money overflow"},
    };
    for (const Row& row : rows) CHECK(record_refusal(row.change) == row.refusal);
}

TEST_CASE("a recorded round is what the ledger then knows of the company") {
    const std::string text = R"({
        "company": "Acme", "date": "2025-06-30", "share_mode": "floor", "price_places": 2,
        "holdings": [{"holder": "Ada", "shares": "9000000"}],
        "convertibles": [{"id": "S", "holder": "Bo", "type": "safe", "form": "post-money", "amount": "1000000", "cap": "10000000"},
                         {"id": "T", "holder": "Cy", "type": "safe", "form": "post-money", "amount": "500000", "cap": "10000000"}],
        "round": {"name": "Series A", "handle": "acme-a", "price": "2", "new_money": "5000000",
                  "investors": [{"holder": "Bo", "amount": "1000001"}, {"holder": "Di", "amount": "3000000"}]}})";
    const model::RoundScenario scenario = read_round_scenario(text);
    const ModelledRound record = record_of_round(scenario, model::run_round(scenario), text);
    Ledger ledger = Ledger::in_memory();
    CHECK(ledger.record(record.entries) == 7);  // source, round, two valuations, three holders
    CHECK(ledger.record(record.entries) == 0);
    CHECK(record.not_recorded.size() == 3);  // who buys the rest, and two classes at their own price
    const auto held = ledger.positions("Bo");
    REQUIRE(held.size() == 1);
    // Bought: 1,000,001 / 2. Converted: 1,000,000 at 0.94, which is 10,000,000 / (9,000,000 / 0.85) in two
    // places.
    CHECK(*held[0].shares == Ratio(Decimal(500000 + 1063829)));
    const LedgerScenario next =
        scenario_of(ledger.dossier("Acme"), Viewpoint{PartialDate::day(2025, 12, 31), {}});
    CHECK(next.json.find(R"("shares": "1563829")") != std::string::npos);
    CHECK(next.blanks.front() == "holdings.1.shares");
    CHECK(scenario_refusal(next.json, false) == "holdings.1.shares missing-field");
    const LedgerScenario before =
        scenario_of(ledger.dossier("Acme"), Viewpoint{PartialDate::day(2025, 6, 29), {}});
    CHECK(before.json.find("Series A") == std::string::npos);
}
