#include "postmoney/answer/round_valuation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

TEST_CASE(
    "a round's valuation is its post-money, else pre-money + new money where new shares pay, else the "
    "pre-money "
    "where they do not, else unspecified, and says which") {
    const std::string pre = "valuation company=xAI, round=a, basis=pre-money, on=2024, amount=";
    const std::string post = "valuation company=xAI, round=a, basis=post-money, on=2024, amount=";
    const std::string unspecified = "valuation company=xAI, round=a, basis=unspecified, on=2024, amount=";
    const std::string mark = "valuation company=xAI, round=a, basis=mark, on=2024, amount=9 USD";
    const std::string round = "round round=a, raised=2 USD";
    const auto of = [&](std::string_view instrument) {
        return round + ", instrument=" + std::string(instrument);
    };
    struct Row {
        std::vector<std::string> lines;
        std::string_view expected;  // with the places of the entries behind it
    };
    for (const Row& row : std::vector<Row>{
             {{round, post + "5 USD", pre + "4 USD", unspecified + "7 USD"}, "5 USD, post-money: 2"},
             {{round, pre + "4 USD", unspecified + "7 USD"}, "6 USD, pre-money + new money: 2, 1"},
             {{round, post + "undisclosed", pre + "4 USD"}, "6 USD, pre-money + new money: 3, 1"},
             {{round, unspecified + "7 USD"}, "7 USD, unspecified: 2"},
             {{round, pre + "4 EUR", unspecified + "7 USD"}, "7 USD, unspecified: 3"},
             {{"round round=a, raised=undisclosed", pre + "4 USD", unspecified + "7 USD"},
              "7 USD, unspecified: 3"},
             {{"round round=a", pre + "4 USD"}, "none"},
             {{round, pre + "undisclosed"}, "none"},
             {{round, mark}, "none"},
             {{round}, "none"},
             {{round, post + "more than 5 USD"}, "more than 5 USD, post-money: 2"},
             {{round, post + "at most 5 USD"}, "at most 5 USD, post-money: 2"},
             {{round, post + "between 5 and 6 USD"}, "between 5 and 6 USD, post-money: 2"},
             {{of("equity"), pre + "4 USD"}, "6 USD, pre-money + new money: 2, 1"},
             {{of("debt"), pre + "4 USD", unspecified + "7 USD"}, "4 USD, pre-money: 2"},
             {{of("grant"), pre + "4 USD"}, "4 USD, pre-money: 2"},
             {{of("secondary"), pre + "4 USD"}, "4 USD, pre-money: 2"},
             {{of("token"), pre + "4 USD"}, "4 USD, pre-money: 2"},
             {{of("other"), pre + "4 USD"}, "4 USD, pre-money: 2"},
             {{of("convertible-note"), pre + "4 USD"}, "4 USD, pre-money: 2"},
             {{of("safe"), pre + "4 USD"}, "4 USD, pre-money: 2"},
             {{of("safe"), pre + "4 USD", post + "9 USD"}, "9 USD, post-money: 3"},
             {{of("debt"), pre + "undisclosed", unspecified + "7 USD"}, "7 USD, unspecified: 3"},
             {{"round round=a, instrument=debt", pre + "4 EUR"}, "4 EUR, pre-money: 2"},
         }) {
        const Dossier dossier = dossier_of(row.lines);
        const ResolvedCompany company = resolve(dossier);
        const auto valuation = valuation_of(company.rounds.at(0));
        std::string text = "none";
        if (valuation) {
            std::vector<EntryId> ids;
            for (const Claim* claim : valuation->claims) ids.push_back(claim->id);
            text = brief(valuation->value) + ", " + std::string(to_string(valuation->origin)) + ": " +
                   test::places(ids);
            CHECK(valuation->is_post_money() == (valuation->origin != ValuationOrigin::unspecified &&
                                                 valuation->origin != ValuationOrigin::pre_money));
        }
        CHECK(text == row.expected);
    }
}

TEST_CASE("regression: a closing of debt in a round of equity is no part of its post-money") {
    const std::string pre = "valuation company=xAI, round=a, basis=pre-money, on=2024, amount=400 USD";
    const auto closing = [](std::string_view amount, std::string_view instrument) {
        return "closing round=a, on=2024, amount=" + std::string(amount) +
               ", instrument=" + std::string(instrument);
    };
    struct Row {
        std::vector<std::string> lines;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {{"round round=a, raised=100 USD", pre, closing("80 USD", "debt")}, "420.00 USD"},
             {{"round round=a, raised=100 USD", pre, closing("80 USD", "equity")}, "500.00 USD"},
             {{"round round=a, raised=100 USD", pre, closing("80 EUR", "debt")}, "500.00 USD"},
             {{"round round=a, raised=100 USD", pre, closing("undisclosed", "debt")}, "500.00 USD"},
             {{"round round=a, raised=100 USD", pre, closing("about 80 USD", "debt")}, "none"},
             {{"round round=a, raised=at least 100 USD", pre, closing("80 USD", "debt")}, "none"},
             {{"round round=a, raised=100 USD", pre, closing("180 USD", "debt")}, "none"},
         }) {
        CAPTURE(row.lines.front() + "; " + row.lines.back());
        const Dossier dossier = dossier_of(row.lines);
        const ResolvedCompany company = resolve(dossier);
        const auto valuation = valuation_of(company.rounds.at(0));
        CHECK((valuation ? valuation->value.to_string() : "none") == row.expected);
    }
}

TEST_CASE(
    "regression: pre-money + new money keeps the qualifier that holds for the sum, or is no valuation") {
    struct Row {
        std::string_view pre;
        std::string_view raised;
        std::string_view expected;  // the sum, and the least that it can be
    };
    for (const Row& row : std::vector<Row>{
             {"4 USD", "2 USD", "6 USD, 6.00 USD"},
             {"about 4 USD", "2 USD", "about 6 USD, 5.00 USD"},
             {"about 4 USD", "about 2 USD", "about 6 USD, 4.00 USD"},
             {"4 USD", "at least 2 USD", "at least 6 USD, 6.00 USD"},
             {"at least 4 USD", "2 USD", "at least 6 USD, 6.00 USD"},
             {"at least 4 USD", "more than 2 USD", "more than 6 USD, 6.00 USD"},
             {"at least 4 USD", "at least 2 USD", "at least 6 USD, 6.00 USD"},
             {"at most 4 USD", "2 USD", "at most 6 USD, 2.00 USD"},
             {"at most 4 USD", "less than 2 USD", "less than 6 USD, 0.00 USD"},
             {"between 4 and 5 USD", "2 USD", "between 6 and 7 USD, 6.00 USD"},
             {"between 4 and 5 USD", "between 1 and 3 USD", "between 5 and 8 USD, 5.00 USD"},
             {"at least 4 USD", "at most 2 USD", "none"},
             {"more than 4 USD", "less than 2 USD", "none"},
             {"about 4 USD", "at least 2 USD", "none"},
             {"about 4 USD", "at most 2 USD", "none"},
             {"between 4 and 5 USD", "at least 2 USD", "none"},
             {"between 4 and 5 USD", "about 2 USD", "none"},
         }) {
        CAPTURE(row.pre);
        CAPTURE(row.raised);
        const Dossier dossier = dossier_of(
            {"round round=a, raised=" + std::string(row.raised),
             "valuation company=xAI, round=a, basis=pre-money, on=2024, amount=" + std::string(row.pre)});
        const ResolvedCompany company = resolve(dossier);
        const auto valuation = valuation_of(company.rounds.at(0));
        CHECK((valuation ? brief(valuation->value) + ", " + valuation->lower.to_string() : "none") ==
              row.expected);
    }
}
