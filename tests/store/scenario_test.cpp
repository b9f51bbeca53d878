#include "postmoney/import/scenario.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "fixtures.hpp"
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

TEST_CASE("a currency that the exit or its round states is that of both") {
    const auto both = [](const char* json) {
        const model::ExitScenario exit = read_exit_scenario(json);
        return std::string(exit.currency.code()) + " " + std::string(exit.from_model->currency.code());
    };
    CHECK(both(R"({"from_model": {"currency": "JPY"}})") == "JPY JPY");
    CHECK(both(R"({"currency": "EUR", "from_model": {}})") == "EUR EUR");
    CHECK(both(R"({"currency": "EUR", "from_model": {"currency": "JPY"}})") == "EUR JPY");  // is refused
    CHECK(both(R"({"from_model": {}})") == "USD USD");
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

TEST_CASE("stated shares are recorded as sold, for what they cost at the rounded price") {
    const std::string text = R"({
        "company": "Acme", "date": "2025-06-30", "share_mode": "floor", "price_places": 2,
        "holdings": [{"holder": "Ada", "shares": "900000"}],
        "round": {"name": "A", "pre_money": "1000000", "shares": "300000",
                  "investors": [{"holder": "Bo", "amount": "1000000/3"}]}})";
    const model::RoundScenario scenario = read_round_scenario(text);
    const ModelledRound record = record_of_round(scenario, model::run_round(scenario), text);
    const auto& round = std::get<RoundStatement>(record.entries.at(1).content);
    CHECK(round.raised->known().to_string() == "333000.00 USD");
    CHECK(round.shares_issued->number() == Decimal(300000));
    const auto& bought = std::get<Participation>(record.entries.at(4).content);
    CHECK(bought.amount->known().to_string() == "333000.00 USD");
    CHECK(bought.shares->number() == Decimal(300000));
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

namespace {

// What a ledger of these lines gives as the next round's scenario.
[[nodiscard]] LedgerScenario scenario_of_lines(const std::string& lines) {
    Ledger ledger = store_test::in_memory();
    store_test::apply_text(ledger, lines);
    return scenario_of(ledger.dossier("Acme"), Viewpoint{PartialDate::day(2024, 12, 31), {}});
}

[[nodiscard]] bool has_note(const LedgerScenario& of, std::string_view note) {
    return std::find(of.notes.begin(), of.notes.end(), note) != of.notes.end();
}

// The shares of that holder, with the quotes that the file has.
[[nodiscard]] std::string shares_in(const LedgerScenario& of, const std::string& holder) {
    const std::size_t row = of.json.find('"' + holder + '"');
    if (row == std::string::npos) return "none";
    const std::size_t shares = of.json.find("\"shares\": ", row) + 10;
    return of.json.substr(shares, of.json.find('\n', shares) - shares);
}

constexpr const char* two_safes =
    R"({"kind":"round","round":"s1","company":"Acme","closed":"2023-01-01","raised":"500000 USD","instrument":"safe"}
{"kind":"participation","round":"s1","investor":"Angel","amount":"500000 USD"}
{"kind":"round","round":"s2","company":"Acme","closed":"2023-01-01","raised":"100000 USD","instrument":"safe"}
{"kind":"participation","round":"s2","investor":"Delta","amount":"100000 USD"}
)";

constexpr const char* others_unknown =
    "who else holds Series A is not known: the shares that a issued are those for new money, and those who "
    "took part may have got others for SAFEs and notes: leave it out if nobody does";

}  // namespace

TEST_CASE("who else holds a class is not known where its round converted SAFEs") {
    const std::string told = R"({"kind":"participation","round":"a","investor":"Angel","shares":"1000000"}
{"kind":"participation","round":"a","investor":"Delta","amount":"3000000 USD","shares":"2500000"}
)";
    const auto round = [](const std::string& more) {
        return R"({"kind":"round","round":"a","company":"Acme","closed":"2024-06-30","price_per_share":"1.25 USD","shares_issued":"4000000","security_class":"Series A","instrument":"equity",)" +
               more + "}\n";
    };
    const std::string includes = R"("raised":"5600000 USD","includes_conversions":"600000 USD")";
    const std::string alone = R"("raised":"5000000 USD")";
    const LedgerScenario stated = scenario_of_lines(two_safes + round(includes) + told);
    CHECK(shares_in(stated, "Other holders of Series A") == "null");
    CHECK(has_note(stated, others_unknown));
    CHECK(has_note(
        stated, "s1 may have converted in a, which includes conversions of 600000 USD: leave it out if so"));
    // Nobody says that it converted: a participation without a price, or above it, may be of that.
    CHECK(shares_in(scenario_of_lines(two_safes + round(alone) + told), "Other holders of Series A") ==
          "null");
    CHECK(shares_in(scenario_of_lines(round(alone) + told), "Other holders of Series A") == "null");
    // Paid for in full, without SAFEs, or with none converted, the rest is others'.
    const std::string paid =
        R"({"kind":"participation","round":"a","investor":"Delta","amount":"3000000 USD","shares":"2400000"}
)";
    const std::string unpaid =
        R"({"kind":"participation","round":"a","investor":"Angel","shares":"1000000"}
)";
    const std::string none = R"("raised":"5000000 USD","includes_conversions":"0 USD")";
    CHECK(shares_in(scenario_of_lines(two_safes + round(alone) + paid), "Other holders of Series A") ==
          "\"1600000\"");
    CHECK(shares_in(scenario_of_lines(round(alone) + unpaid), "Other holders of Series A") == "\"3000000\"");
    CHECK(shares_in(scenario_of_lines(two_safes + round(none) + told), "Other holders of Series A") ==
          "\"500000\"");
}

TEST_CASE("SAFEs before a recorded round may have converted in it, and its unnamed buyers are not lost") {
    const std::string text =
        R"({"company": "Acme", "date": "2024-06-30", "price_places": 4, "share_mode": "floor",
        "holdings": [{"holder": "Ada", "shares": "9000000"}], "options": {"available": "1000000"},
        "convertibles": [
            {"id": "S1", "holder": "Angel", "type": "safe", "form": "post-money", "amount": "500000", "cap": "5000000"},
            {"id": "S2", "holder": "Delta", "type": "safe", "form": "pre-money", "amount": "100000", "discount": "0.2"}],
        "round": {"name": "Series A", "handle": "a", "pre_money": "15000000", "new_money": "5000000",
                  "investors": [{"holder": "Delta", "amount": "3000000"}, {"holder": "Eps", "amount": "1000000"}]}})";
    const model::RoundScenario scenario = read_round_scenario(text);
    Ledger ledger = store_test::in_memory();
    store_test::apply_text(ledger, two_safes);
    static_cast<void>(ledger.record(record_of_round(scenario, model::run_round(scenario), text).entries));
    const LedgerScenario next =
        scenario_of(ledger.dossier("Acme"), Viewpoint{PartialDate::day(2024, 12, 31), {}});
    CHECK(has_note(next, "s1 may have converted in Series A: leave it out if so"));
    CHECK(has_note(next, "s2 may have converted in Series A: leave it out if so"));
    CHECK(shares_in(next, "Other holders of Series A") == "null");
    // Before the round there was nothing that it could have converted in.
    CHECK(scenario_of(ledger.dossier("Acme"), Viewpoint{PartialDate::day(2024, 6, 29), {}}).notes.empty());
}
