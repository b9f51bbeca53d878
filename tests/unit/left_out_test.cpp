#include "postmoney/answer/left_out.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"
#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;
using postmoney::test::refusal;

namespace {

std::string left_out_of(const std::vector<std::string>& lines, std::string_view as_of = {},
                        TotalOptions options = {}) {
    const Dossier dossier = dossier_of(lines);
    if (!as_of.empty()) options.as_of = PartialDate::parse(as_of);
    const ResolvedCompany company = resolve(dossier, {}, {.as_of = options.as_of, .known_at = {}});
    std::string text;
    const std::string refused = refusal([&] {
        for (const LeftOut& left : left_out(company, options)) {
            text += (text.empty() ? "" : "; ") + std::string(to_string(left.reason)) + " " +
                    (left.instrument ? std::string(to_string(*left.instrument)) : "-") + " " +
                    std::to_string(left.rounds) + " " +
                    (left.amount
                         ? left.amount->amount_string() + " " + std::string(left.amount->currency().code())
                         : "?");
        }
    });
    return refused == "no refusal" ? text : refused;
}

const std::string source = "source id=f, type=filing, published=2024-01-02";

}  // namespace

TEST_CASE("each reason leaves out what is on record") {
    const std::string equity = "round round=a, closed=2024-01-10, raised=2 million USD, instrument=equity";
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view as_of;
        TotalOptions options;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"nothing", {equity}, "", {}, ""},
             {"a rumour",
              {"round round=a, status=rumoured, raised=5 million USD"},
              "",
              {},
              "rumoured - 1 5000000.00 USD"},
             {"a rumour of a bound",
              {"round round=a, status=rumoured, raised=at most 5 million USD"},
              "",
              {},
              "rumoured - 1 0.00 USD"},
             {"a rumour without an amount",
              {"round round=a, status=rumoured, announced=2024"},
              "",
              {},
              "rumoured - 1 ?"},
             {"what was cancelled, beyond what had come",
              {"source id=c, type=company, published=2024-03-02",
               "source id=d, type=company, published=2024-02-02",
               "d: round round=a, closed=2024-06-01, raised=5 million USD",
               "d: closing round=a, on=2024-02-01, amount=2 million USD",
               "c: round round=a, status=cancelled"},
              "",
              {},
              "cancelled - 1 3000000.00 USD"},
             {"a fund",
              {"round round=a, closed=2024, raised=5 million USD, fund_type=Hedge Fund"},
              "",
              {.exclude_funds = true},
              "fund - 1 5000000.00 USD"},
             {"a fund that counts",
              {"round round=a, closed=2024, raised=5 million USD, fund_type=Hedge Fund"},
              "",
              {},
              ""},
             {"a business combination",
              {"round round=a, closed=2024, raised=80 million USD, business_combination=true"},
              "",
              {},
              "business-combination - 1 80000000.00 USD"},
             {"another instrument",
              {equity, "round round=b, closed=2024-02-10, raised=5 million USD, instrument=debt"},
              "",
              {},
              "instrument debt 1 5000000.00 USD"},
             {"all instruments",
              {equity, "round round=b, closed=2024-02-10, raised=5 million USD, instrument=debt"},
              "",
              {.instruments = InstrumentFilter::all()},
              ""},
             {"an undisclosed amount",
              {equity, "round round=b, closed=2024-02-10"},
              "",
              {},
              "undisclosed - 1 ?"},
             {"an undisclosed closing of debt",
              {equity, "closing round=a, on=2024-02-10, amount=undisclosed, instrument=debt"},
              "",
              {},
              "instrument debt 1 ?"},
             {"an undisclosed closing of equity beside debt",
              {"round round=a, closed=2024-01-10, raised=2 million USD, instrument=debt",
               "closing round=a, on=2024-02-10, amount=undisclosed, instrument=equity"},
              "",
              {},
              "instrument debt 1 2000000.00 USD; undisclosed equity 1 ?"},
             {"an undisclosed closing of a SAFE beside equity: the round counts once",
              {equity, "closing round=a, on=2024-02-10, amount=undisclosed, instrument=safe"},
              "",
              {},
              ""},
             {"an undisclosed closing of debt after the cancelling",
              {"round round=a, closed=2024-01-10, raised=2 million USD, instrument=equity",
               "closing round=a, on=2024-02-10, amount=undisclosed, instrument=debt",
               "round round=a, status=cancelled, on=2024-02-01"},
              "",
              {},
              "cancelled debt 1 ?"},
             {"two rounds of one reason",
              {"round round=a, status=rumoured, raised=5 million USD",
               "round round=b, status=rumoured, raised=1 million USD"},
              "",
              {},
              "rumoured - 2 6000000.00 USD"},
             {"conversions",
              {"round round=s, closed=2023-01-10, raised=2 million USD, instrument=safe",
               "round round=a, closed=2024-01-10, raised=10 million USD, includes_conversions=2 million USD"},
              "",
              {},
              "converted - 1 2000000.00 USD"},
             {"conversions of a SAFE of undisclosed amount",
              {"round round=s, closed=2023-01-10, instrument=safe",
               "round round=a, closed=2024-01-10, raised=10 million USD, includes_conversions=2 million USD"},
              "",
              {},
              "undisclosed safe 1 ?; converted - 1 2000000.00 USD"},
             {"conversions in another currency",
              {"round round=a, closed=2024-01-10, raised=10 million USD",
               "round round=a, includes_conversions=2 million EUR"},
              "",
              {},
              "perhaps - 1 2000000.00 EUR"},
             {"the same with a rate",
              {"round round=a, closed=2024-01-10, raised=10 million USD",
               "round round=a, includes_conversions=2 million EUR"},
              "",
              {.in = Currency::iso("USD")},
              "converted - 1 2000000.00 EUR"},
             {"what has perhaps come",
              {"round round=a, closed=2024-06, raised=5 million USD"},
              "2024-06-12",
              {},
              "perhaps - 1 5000000.00 USD"},
             {"a round without a date",
              {"round round=a, raised=5 million USD"},
              "2024-06-12",
              {},
              "perhaps - 1 5000000.00 USD"},
             {"what was announced and not yet closed",
              {"round round=a, announced=2024-03-01, closed=2024-12-01, raised=30 million USD",
               "closing round=a, on=2024-03-01, amount=10 million USD"},
              "2024-06-30",
              {},
              "perhaps - 1 20000000.00 USD"},
             {"what has not come yet",
              {"round round=a, closed=2024-06, raised=5 million USD"},
              "2024-05-31",
              {},
              "not-yet - 1 5000000.00 USD"},
             {"a closing that has not come yet",
              {"round round=a, closed=2024-01-10, raised=5 million USD",
               "closing round=a, on=2024-09-01, amount=2 million USD"},
              "2024-06-30",
              {},
              "not-yet - 1 2000000.00 USD"},
             {"a closing alone that has not come yet",
              {"closing round=a, on=2024-09-01, amount=2 million USD"},
              "2024-06-30",
              {},
              "not-yet - 1 2000000.00 USD"},
             {"a line that does not hold yet",
              {"round round=a, raised=5 million USD, on=2024-09-01"},
              "2024-06-30",
              {},
              ""},
             {"an early filing before the final word",
              {source, "source id=c, type=company, published=2024-08-01",
               "f: round round=a, filed=2024-01-02, raised=10 million USD, offered=50 million USD",
               "c: round round=a, raised=40 million USD"},
              "2024-06-30",
              {},
              "not-yet - 1 30000000.00 USD"},
             {"beyond 64 bits",
              {"round round=a, status=rumoured, raised=92000 trillion USD",
               "round round=b, status=rumoured, raised=92000 trillion USD"},
              "",
              {},
              "what is left out for the reason rumoured comes to more than 64 bits [overflow]"}}) {
        CAPTURE(row.what);
        CHECK(left_out_of(row.lines, row.as_of, row.options) == row.expected);
    }
}

TEST_CASE("a later word on the placement beside a business combination counts") {
    const std::vector<std::string> lines{source, "source id=c, type=company, published=2024-01-03",
                                         "source id=p, type=press, published=2024-01-03"};
    const std::string notice =
        "f: round round=a, filed=2024-01-02, raised=80 million USD, business_combination=true "
        "@2025-01-01T00:00:00Z";
    struct Row {
        std::string_view line;
        std::string_view known;  // empty: nothing counts
    };
    for (const Row& row :
         std::vector<Row>{{"round round=a, raised=20 million USD @2025-01-02T00:00:00Z", "20 million USD"},
                          {"c: round round=a, raised=20 million USD @2025-01-02T00:00:00Z", "20 million USD"},
                          {"p: round round=a, raised=20 million USD @2025-01-02T00:00:00Z", ""},
                          {"c: round round=a, raised=20 million USD @2025-01-01T00:00:00Z", ""},
                          {"c: round round=a, raised=undisclosed @2025-01-02T00:00:00Z", ""}}) {
        CAPTURE(row.line);
        std::vector<std::string> all = lines;
        all.push_back(notice);
        all.emplace_back(row.line);
        const Dossier dossier = dossier_of(all);
        const std::vector<Total> totals = total_raised(resolve(dossier));
        CHECK((totals.empty() ? "" : brief(*totals.front().known)) == row.known);
    }
}

TEST_CASE("conversions come off what counts on from before, and then off closings of equity") {
    CHECK(left_out_of(
              {"source id=c, type=company, published=2024-01-03",
               "c: round round=r, announced=2023-01-10, raised=10 million USD, instrument=convertible-note, "
               "includes_conversions=2 million USD",
               "c: closing round=r, on=2023-02-01, amount=1 million USD",
               "c: closing round=r, on=2023-03-01, amount=5 million USD, instrument=equity",
               "c: round round=r, closed=2024-12-31, raised=less than 1 million USD, on=2023-06-30"},
              "2023-12-31") == "converted convertible-note 1 2000000.00 USD");
}

TEST_CASE("a closing before the line that gives the instrument is no sum of its own") {
    CHECK(left_out_of({"source id=c, type=company, published=2024-03-31",
                       "source id=r, type=rumour, published=2024-03-31",
                       "c: round round=a, raised=9 million USD, announced=2031-05, status=cancelled, "
                       "instrument=equity, "
                       "on=2022",
                       "r: closing round=a, on=2022-01, amount=5 million USD, name=final"},
                      "2024-09-17") == "cancelled equity 1 9000000.00 USD");
}

TEST_CASE("conversions in another currency than what was raised come off no earlier sum in their own") {
    CHECK(left_out_of({"source id=c, type=company, published=2024-01-03",
                       "c: round round=a, closed=2022-03-11, raised=37 million JPY, includes_conversions=0.5 "
                       "million JPY",
                       "c: round round=a, announced=2022-03-01, closed=2022-06-09, raised=less than 150 "
                       "thousand EUR, on=2022-03-20"},
                      "2022-03-25") == "perhaps - 1 500000 JPY");
}
