// Views go by rounds as the library does, and say nothing where nothing can be told.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "fixtures.hpp"

using namespace store_test;

namespace {

// A ledger file with these facts, seen by plain SQL.
class Filled {
  public:
    explicit Filled(std::string_view facts) {
        Ledger ledger = Ledger::open(folder_ / "l.db", options());
        apply_text(ledger, facts, "2025-01-01T00:00:00Z");
    }
    [[nodiscard]] Ledger ledger() const { return Ledger::open(folder_ / "l.db", options(Access::read_only)); }
    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const {
        return Sql(folder_ / "l.db").rows(sql);
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "l.db"; }

  private:
    TempFolder folder_;
};

using SqlRows = std::vector<std::string>;

// Two notices of one round, each with a part of what is known of it.
constexpr std::string_view amended =
    R"({"kind":"round","round":"d","company":"Acme","raised":"9 million USD","closed":"2024-02-01"}
{"kind":"round","round":"da","company":"Acme","amends":"d","status":"closed"}
{"kind":"participation","round":"d","investor":"Red Fund","amount":"2 million USD","lead":true}
{"kind":"participation","round":"da","investor":"Red Fund","amount":"2 million USD"}
{"kind":"participation","round":"da","investor":"Blue Fund","amount":"3 million USD"}
{"kind":"closing","round":"d","on":"2024-01-01","amount":"4 million USD"}
{"kind":"closing","round":"da","on":"2024-02-01","amount":"5 million USD"}
{"kind":"valuation","company":"Acme","round":"da","amount":"40 million USD","basis":"post-money","on":"2024-02-01"}
)";

}  // namespace

TEST_CASE("an amended round is one round in every view") {
    const Filled file(amended);
    CHECK(
        file.rows("SELECT investor, round, amount_decimal, lead, date FROM investments ORDER BY investor") ==
        SqlRows{"Blue Fund|d|3000000.00|null|2024-02-01", "Red Fund|d|2000000.00|1|2024-02-01"});
    CHECK(file.rows("SELECT participations_decimal, closings_decimal FROM round_checks") ==
          SqlRows{"5000000.00|9000000.00"});
    CHECK(file.rows("SELECT investor, co_investor, round FROM co_investors ORDER BY investor") ==
          SqlRows{"Blue Fund|Red Fund|d", "Red Fund|Blue Fund|d"});
    CHECK(file.rows("SELECT DISTINCT round FROM participations") == SqlRows{"d"});
    CHECK(file.rows("SELECT round FROM valuations") == SqlRows{"d"});
    CHECK(file.rows("SELECT DISTINCT round FROM claims") == SqlRows{"d"});
    CHECK(file.rows("SELECT status, counts FROM rounds") == SqlRows{"closed|1"});
}

TEST_CASE("two companies' rounds of one handle do not mix after a merge") {
    TempFolder folder;
    const auto make = [&](const std::string& name, const std::string& company, const std::string& amount) {
        Ledger ledger = Ledger::open(folder / name, options());
        apply_text(ledger,
                   R"({"kind":"round","round":"a","company":")" + company + R"(","raised":")" + amount + R"("}
{"kind":"participation","round":"a","investor":"Fund of )" +
                       company + R"(","amount":")" + amount + R"("}
)",
                   "2025-01-01T00:00:00Z");
    };
    make("one.db", "Acme", "10 million USD");
    make("two.db", "Beta", "7 million USD");
    {
        Ledger ledger = Ledger::open(folder / "one.db", options());
        ledger.merge(folder / "two.db");
    }
    Sql sql(folder / "one.db");
    CHECK(sql.rows("SELECT company, participations_decimal FROM round_checks ORDER BY company") ==
          SqlRows{"Acme|10000000.00", "Beta|7000000.00"});
    CHECK(sql.rows("SELECT * FROM co_investors") == SqlRows{});
}

TEST_CASE("what still speaks of a round that was taken back is a claim, and no investment") {
    const Filled file(R"({"kind":"round","key":"r","round":"a","company":"Acme","raised":"1 million USD"}
{"kind":"participation","round":"a","investor":"Blue Fund","lead":true}
{"kind":"retraction","of":"r","reason":"never was"}
)");
    CHECK(file.rows("SELECT field, stated FROM claims WHERE stands") == SqlRows{"participation|undisclosed"});
    CHECK(file.rows("SELECT * FROM investments") == SqlRows{});
    const Ledger ledger = file.ledger();
    CHECK(ledger.investments("Blue Fund").empty());
    const Dossier dossier = ledger.dossier("Acme");
    const ResolvedCompany company = resolve(dossier);
    const auto facts = stated_facts(company);
    REQUIRE(facts.size() == 1);
    CHECK(facts.front().field == "participation Blue Fund");
}

TEST_CASE("the view of claims has every field of a round") {
    const Filled file(every_table);
    std::set<std::string> fields;
    const ResolvedRound blank;
    ResolvedRound::fields(blank, [&](std::string_view name, const auto&) { fields.emplace(name); });
    for (const std::string& field : fields) {
        CAPTURE(field);
        CHECK(file.rows("SELECT 1 FROM claims WHERE field = '" + field + "' LIMIT 1").size() == 1);
    }
}

TEST_CASE("conversions in another currency make one round untold, and no question but --in unanswerable") {
    const Filled file(
        R"({"kind":"round","round":"seed","company":"Acme","closed":"2023-01-10","raised":"30 million EUR"}
{"kind":"round","round":"seed","company":"Acme","includes_conversions":"5 million USD"}
{"kind":"round","round":"a","company":"Acme","closed":"2023-05-01","raised":"20 million EUR"}
{"kind":"stated_total","company":"Acme","amount":"50 million EUR","on":"2023-12-31"}
)");
    const Ledger ledger = file.ledger();
    const auto totals = ledger.total_raised("Acme");
    REQUIRE(totals.size() == 1);
    CHECK(totals.front().known->to_string() == "50000000.00 EUR");
    CHECK(totals.front().lower->to_string() == "20000000.00 EUR");
    CHECK(totals.front().untold == 1);
    CHECK(error_of([&] { static_cast<void>(ledger.total_raised("Acme", {.in = Currency::iso("EUR")})); }) ==
          "round \"seed\": no rate from USD to EUR for 2023-01-10, nor within the 7 days before it; none "
          "between "
          "them is on record [no-rate]");
    CHECK(file.rows("SELECT computed_minor, difference_decimal, rounds_untold FROM stated_totals") ==
          SqlRows{"null|null|1"});
    CHECK(file.rows("SELECT year, known_minor, rounds, rounds_untold FROM raised_by_year") ==
          SqlRows{"2023|null|2|1"});
    CHECK(file.rows("SELECT known_minor, rounds, rounds_untold FROM raised_by_currency") ==
          SqlRows{"null|2|1"});
    CHECK(file.rows("SELECT known_minor FROM raised_by_quarter ORDER BY quarter") ==
          SqlRows{"null", "2000000000"});
    CHECK(file.rows("SELECT known_minor FROM raised_by_market") == SqlRows{"null"});
}

TEST_CASE("a total in one currency converts what is in another one exactly, conversions too") {
    const Filled file(R"({"kind":"fx_rate","base":"USD","quote":"EUR","on":"2023-01-10","rate":"0.5"}
{"kind":"round","round":"seed","company":"Acme","closed":"2023-01-10","raised":"30 million EUR"}
{"kind":"round","round":"seed","company":"Acme","includes_conversions":"5 million USD"}
)");
    const auto totals = file.ledger().total_raised("Acme", {.in = Currency::iso("EUR")});
    REQUIRE(totals.size() == 1);
    CHECK(totals.front().known->to_string() == "27500000.00 EUR");
    CHECK(totals.front().upper->to_string() == "30000000.00 EUR");
}

TEST_CASE("as of a day a currency of which nothing has surely come is shown with its upper bound") {
    const Filled file(
        R"({"kind":"round","round":"a","company":"Acme","closed":"2024-01-05","raised":"1 million EUR"}
{"kind":"round","round":"b","company":"Acme","closed":"2024","raised":"5 million USD"}
)");
    const Ledger ledger = file.ledger();
    const auto totals =
        ledger.total_raised("Acme", {.viewpoint = {.as_of = PartialDate::parse("2024-06-30")}});
    CHECK(text_of(totals) == "1000000.00 EUR over 1, 0 undisclosed; 0.00 USD over 0, 0 undisclosed");
    REQUIRE(totals.size() == 2);
    CHECK(totals.back().upper->to_string() == "5000000.00 USD");
    CHECK(file.rows("SELECT known_decimal, upper_decimal, rounds FROM total_raised_over_time WHERE currency "
                    "= 'USD' AND "
                    "valid_from <= '2024-06-30' AND valid_to > '2024-06-30'") ==
          SqlRows{"0.00|5000000.00|0"});
}

TEST_CASE("growth is told of amounts of any size") {
    const Filled file(R"({"kind":"round","round":"a","company":"Acme","closed":"2023"}
{"kind":"valuation","company":"Acme","round":"a","amount":"30 trillion USD","basis":"post-money","on":"2023"}
{"kind":"round","round":"b","company":"Acme","closed":"2024"}
{"kind":"valuation","company":"Acme","round":"b","amount":"80 trillion USD","basis":"post-money","on":"2024"}
)");
    CHECK(file.rows("SELECT growth, last_round FROM valuation_steps WHERE round = 'b'") ==
          SqlRows{"2.6667|a"});
}

TEST_CASE("regression: a loan has no post-money in views, and sets no price for the round after it") {
    const Filled file(
        R"({"kind":"round","round":"a","company":"Acme","closed":"2023-01-10","raised":"5 million USD","instrument":"equity"}
{"kind":"valuation","company":"Acme","round":"a","basis":"post-money","amount":"100 million USD","on":"2023-01-10"}
{"kind":"round","round":"loan","company":"Acme","closed":"2023-06-10","raised":"50 million USD","instrument":"debt"}
{"kind":"valuation","company":"Acme","round":"loan","basis":"pre-money","amount":"100 million USD","on":"2023-06-10"}
{"kind":"round","round":"b","company":"Acme","closed":"2024-06-10","raised":"20 million USD","instrument":"equity"}
{"kind":"valuation","company":"Acme","round":"b","basis":"pre-money","amount":"120 million USD","on":"2024-06-10"}
)");
    CHECK(file.rows("SELECT round, valuation_decimal, valuation_origin, last_round, growth, step_up FROM "
                    "valuation_steps ORDER BY date") ==
          SqlRows{"a|100000000.00|post-money|null|null|null", "loan|100000000.00|pre-money|null|null|null",
                  "b|140000000.00|pre-money + new money|a|1.4000|1.2000"});
    CHECK(file.rows("SELECT round, pre_plus_new_money_decimal FROM round_checks ORDER BY round") ==
          SqlRows{"a|null", "b|140000000.00", "loan|null"});
    CHECK(file.ledger().reconcile("Acme").empty());
}

TEST_CASE("the latest valuation, marks and 409A each in a view of its own, also as it was known") {
    const Filled file(
        R"({"kind":"source","id":"press","type":"press","recorded":"2024-02-01T00:00:00Z"}
{"kind":"round","round":"a","company":"Acme","closed":"2024-01-10","recorded":"2024-02-01T00:00:00Z"}
{"kind":"valuation","company":"Acme","round":"a","basis":"post-money","amount":"100 million USD","on":"2024-01-10","source":"press","recorded":"2024-02-01T00:00:00Z"}
{"kind":"valuation","company":"Acme","basis":"mark","amount":"90 million USD","on":"2024-06","recorded":"2024-07-01T00:00:00Z"}
{"kind":"valuation","company":"Acme","basis":"409a","amount":"30 million USD","on":"2024","recorded":"2024-07-01T00:00:00Z"}
{"kind":"valuation","company":"Acme","basis":"unspecified","amount":"120 million EUR","on":"2024-03","recorded":"2024-08-01T00:00:00Z"}
{"kind":"round","round":"b","company":"Acme","status":"rumoured","recorded":"2024-08-01T00:00:00Z"}
{"kind":"valuation","company":"Acme","round":"b","basis":"post-money","amount":"1 billion USD","on":"2024-12","recorded":"2024-08-01T00:00:00Z"}
)");
    CHECK(file.rows("SELECT company, round, basis, amount, amount_decimal, on_date, valid_from, source FROM "
                    "latest_valuations") ==
          SqlRows{"Acme|null|unspecified|120 million EUR|120000000.00|2024-03|2024-03-31|null"});
    CHECK(file.rows("SELECT company, round, amount, on_date FROM latest_marks") ==
          SqlRows{"Acme|null|90 million USD|2024-06"});
    CHECK(file.rows("SELECT company, round, amount, on_date FROM latest_409a_valuations") ==
          SqlRows{"Acme|null|30 million USD|2024"});
    CHECK(
        file.rows("SELECT round, amount, source FROM latest_valuations_known WHERE series = 'valuation' AND "
                  "known_from <= strftime('%s', '2024-07-01') * 1000000 AND known_to > strftime('%s', "
                  "'2024-07-01') * 1000000") == SqlRows{"a|100 million USD|press"});
}

TEST_CASE("an amount and the lead each name their own source") {
    const Filled file(R"({"kind":"source","id":"filing","type":"filing"}
{"kind":"source","id":"press","type":"press"}
{"kind":"round","round":"a","company":"Acme","raised":"50 million USD"}
{"kind":"participation","round":"a","investor":"Blue Fund","lead":true,"source":"filing"}
{"kind":"participation","round":"a","investor":"Blue Fund","amount":"5 million USD","lead":false,"source":"press"}
)");
    CHECK(file.rows("SELECT amount, source, lead, lead_source FROM investments") ==
          SqlRows{"5 million USD|press|1|filing"});
    const auto investments = file.ledger().investments("Blue Fund");
    REQUIRE(investments.size() == 1);
    CHECK(investments.front().source == "press");
    CHECK(investments.front().lead_source == "filing");
}

TEST_CASE("a filing without an accession number ranks after those with one, in any order of arrival") {
    const std::vector<std::string> lines{
        R"({"kind":"round","round":"a","company":"Acme","raised":"1 million USD","source":"f1"})",
        R"({"kind":"round","round":"a","company":"Acme","raised":"2 million USD","source":"f2"})",
        R"({"kind":"round","round":"a","company":"Acme","raised":"3 million USD","source":"f3"})"};
    std::vector<std::size_t> order{0, 1, 2};
    do {
        Ledger ledger = in_memory();
        apply_text(
            ledger,
            R"({"kind":"source","id":"f1","type":"filing","published":"2024-01-01","accession":"0000000001-24-000009"}
{"kind":"source","id":"f2","type":"filing","published":"2024-01-01"}
{"kind":"source","id":"f3","type":"filing","published":"2024-01-01","accession":"0000000001-24-000003"}
)",
            "2025-01-01T00:00:00Z");
        for (const std::size_t i : order) apply_text(ledger, lines[i]);
        CHECK(total_of(ledger, "Acme") == "1000000.00 USD over 1, 0 undisclosed");
    } while (std::next_permutation(order.begin(), order.end()));
}
