#include "postmoney/answer/latest_valuation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

TEST_CASE("the latest valuation: none surely follows it, then by the order, and each series by itself") {
    const std::string filing = "source id=filing, type=filing, published=2024-01";
    const std::string press = "source id=press, type=press, published=2024-12";
    const auto worth = [](std::string_view amount, std::string_view on, std::string_view basis,
                          std::string_view round = {}) {
        return "valuation company=xAI, amount=" + std::string(amount) + ", on=" + std::string(on) +
               ", basis=" + std::string(basis) + (round.empty() ? "" : ", round=" + std::string(round));
    };
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view
            expected;  // the latest valuation; mark; 409A: each with its round and its entry's place
    };
    for (const Row& row : std::vector<Row>{
             {"none", {"round round=a, raised=2 USD"}, "-; -; -"},
             {"of no round", {worth("5 USD", "2024", "unspecified")}, "5 USD 1; -; -"},
             {"the later",
              {worth("5 USD", "2023", "unspecified"), worth("6 USD", "2024", "unspecified")},
              "6 USD 2; -; -"},
             {"the more precise where neither surely follows the other",
              {worth("5 USD", "2024-Q4", "unspecified"), worth("6 USD", "2024-11-30", "pre-money")},
              "6 USD 2; -; -"},
             {"a year does not follow a day within it",
              {worth("5 USD", "2024", "unspecified"), worth("6 USD", "2024-02-01", "pre-money"),
               worth("7 USD", "2024-Q1", "unspecified")},
              "6 USD 2; -; -"},
             {"a month that follows surely",
              {worth("5 USD", "2024-12", "unspecified"), worth("6 USD", "2024-11-30", "pre-money"),
               worth("7 USD", "2024", "unspecified")},
              "5 USD 1; -; -"},
             {"of a round", {"round round=a", worth("5 USD", "2024", "post-money", "a")}, "5 USD a 2; -; -"},
             {"of a round and of none",
              {"round round=a", worth("5 USD", "2023", "post-money", "a"),
               worth("6 USD", "2024", "unspecified")},
              "6 USD 3; -; -"},
             {"of a loan",
              {"round round=a, instrument=debt", worth("5 USD", "2024", "pre-money", "a")},
              "5 USD a 2; -; -"},
             {"of one day, by the order",
              {filing, press, "press: " + worth("5 USD", "2024", "post-money"),
               "filing: " + worth("6 USD", "2024", "pre-money")},
              "6 USD 2; -; -"},
             {"of one day and one source, the one with the new money, whatever the order of their ids",
              {press, "press: " + worth("5 USD", "2024", "post-money"),
               "press: " + worth("6 USD", "2024", "pre-money")},
              "5 USD 1; -; -"},
             {"the same of other ids",
              {press, "press: " + worth("6 USD", "2024", "pre-money"),
               "press: " + worth("7 USD", "2024", "post-money"),
               "press: " + worth("8 USD", "2024", "unspecified")},
              "7 USD 2; -; -"},
             {"a claim that lost on its fact",
              {filing, press, "round round=a", "press: " + worth("9 USD", "2025", "post-money", "a"),
               "filing: " + worth("6 USD", "2024", "post-money", "a")},
              "6 USD a 3; -; -"},
             {"undisclosed",
              {worth("5 USD", "2023", "unspecified"), worth("undisclosed", "2024", "unspecified")},
              "5 USD 1; -; -"},
             {"of a rumoured round",
              {"round round=a, status=rumoured", worth("9 USD", "2024", "post-money", "a"),
               worth("5 USD", "2023", "unspecified")},
              "5 USD 3; -; -"},
             {"of a cancelled round",
              {"round round=a, status=cancelled", worth("9 USD", "2024", "post-money", "a"),
               worth("5 USD", "2023", "unspecified")},
              "5 USD 3; -; -"},
             {"of a round that nothing stands on", {worth("9 USD", "2024", "post-money", "a")}, "-; -; -"},
             {"marks and 409A apart",
              {worth("5 USD", "2023", "unspecified"), worth("7 USD", "2024", "mark"),
               worth("6 USD", "2023", "mark"), worth("3 USD", "2025", "409a")},
              "5 USD 1; 7 USD 2; 3 USD 4"},
         }) {
        CAPTURE(row.what);
        const Dossier dossier = dossier_of(row.lines);
        const ResolvedCompany company = resolve(dossier);
        std::string text;
        for (const ValuationSeries series :
             {ValuationSeries::valuation, ValuationSeries::mark, ValuationSeries::irc_409a}) {
            text += text.empty() ? "" : "; ";
            const auto latest = latest_valuation(company, series);
            text += latest ? latest->valuation().amount.to_string() +
                                 (latest->round != nullptr ? " " + latest->round->handle : "") + " " +
                                 test::places({latest->claim().id})
                           : "-";
            if (latest) CHECK(series_of(latest->valuation().basis) == series);
        }
        CHECK(text == row.expected);
    }
}

TEST_CASE("the latest valuation as of a day is one of that day") {
    const Dossier dossier =
        dossier_of({"valuation company=xAI, basis=unspecified, on=2023, amount=5 USD",
                    "valuation company=xAI, basis=unspecified, on=2024-06, amount=6 USD"});
    Viewpoint viewpoint;
    viewpoint.as_of = PartialDate::parse("2024-05");
    const ResolvedCompany then = resolve(dossier, {}, viewpoint);
    CHECK(latest_valuation(then)->valuation().amount.to_string() == "5 USD");
    const ResolvedCompany now = resolve(dossier);
    CHECK(latest_valuation(now)->valuation().amount.to_string() == "6 USD");
}
