#include "postmoney/answer/total.hpp"

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

std::string text_of_totals(const std::vector<Total>& totals) {
    std::string text;
    for (const Total& total : totals) {
        if (!text.empty()) text += "; ";
        text += total.known ? brief(*total.known) + " [" + brief(*total.lower) + ", " +
                                  (total.upper ? brief(*total.upper) : "open") + "]"
                            : "unknown";
        text +=
            " of " + std::to_string(total.rounds) + ", " + std::to_string(total.undisclosed) + " undisclosed";
    }
    return text.empty() ? "none" : text;
}

std::string total_of(const std::vector<std::string>& lines, std::string_view as_of = {},
                     std::string_view in = {}, const InstrumentFilter& instruments = {}) {
    const Dossier dossier = dossier_of(lines);
    TotalOptions options{.as_of = {}, .in = {}, .instruments = instruments};
    if (!as_of.empty()) options.as_of = PartialDate::parse(as_of);
    if (!in.empty()) options.in = Currency::iso(in);
    const ResolvedCompany company = resolve(dossier, {}, {.as_of = options.as_of, .known_at = {}});
    std::string text;
    const std::string refused = refusal(
        [&] { text = text_of_totals(total_raised(company, options, ExchangeRates(dossier.claims))); });
    return text.empty() ? refused : text;
}

}  // namespace

TEST_CASE("each qualifier counts at what is known, between its bounds") {
    struct Row {
        std::string raised;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"6 million USD", "6 million USD [6 million USD, 6 million USD] of 1, 0 undisclosed"},
             {"6.0 million USD", "6 million USD [6 million USD, 6 million USD] of 1, 0 undisclosed"},
             {"about 6.0 million USD",
              "6 million USD [5.9 million USD, 6.1 million USD] of 1, 0 undisclosed"},
             {"about 6 million USD", "6 million USD [5 million USD, 7 million USD] of 1, 0 undisclosed"},
             {"at least 6 million USD", "6 million USD [6 million USD, open] of 1, 0 undisclosed"},
             {"more than 6 million USD", "6 million USD [6 million USD, open] of 1, 0 undisclosed"},
             {"at most 6 million USD", "0 USD [0 USD, 6 million USD] of 1, 0 undisclosed"},
             {"less than 6 million USD", "0 USD [0 USD, 6 million USD] of 1, 0 undisclosed"},
             {"between 5 and 7 million USD",
              "5 million USD [5 million USD, 7 million USD] of 1, 0 undisclosed"},
             {"undisclosed", "unknown of 1, 1 undisclosed"},
         }) {
        CAPTURE(row.raised);
        CHECK(total_of({"round round=a, raised=" + row.raised}) == row.expected);
    }
}

TEST_CASE("rounds add up by currency; an undisclosed one counts with each and opens it above") {
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"the story",
              {"round round=a, raised=134.68 million USD", "round round=b, raised=6 billion USD",
               "round round=c, raised=6 billion USD"},
              "12.13468 billion USD [12.13468 billion USD, 12.13468 billion USD] of 3, 0 undisclosed"},
             {"no round", {"remark about=xAI, text=t"}, "none"},
             {"no raised", {"round round=a, investors=4"}, "unknown of 1, 1 undisclosed"},
             {"two currencies",
              {"round round=a, raised=5 USD", "round round=b, raised=7 EUR"},
              "7 EUR [7 EUR, 7 EUR] of 1, 0 undisclosed; 5 USD [5 USD, 5 USD] of 1, 0 undisclosed"},
             {"and an undisclosed",
              {"round round=a, raised=5 USD", "round round=b, raised=7 EUR",
               "round round=c, raised=undisclosed"},
              "7 EUR [7 EUR, open] of 2, 1 undisclosed; 5 USD [5 USD, open] of 2, 1 undisclosed"},
             {"only undisclosed",
              {"round round=a", "round round=b, raised=undisclosed"},
              "unknown of 2, 2 undisclosed"},
             {"beyond 64 bits",
              {"round round=a, raised=92000 trillion USD", "round round=b, raised=92000 trillion USD"},
              "92000000000000000.00 USD + 92000000000000000.00 USD is beyond 64-bit minor units [overflow]"},
         }) {
        CAPTURE(row.what);
        CHECK(total_of(row.lines) == row.expected);
    }
}

TEST_CASE("rumoured and cancelled rounds do not count, whatever else they are") {
    struct Row {
        std::string_view status;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{{"rumoured", "none"},
                                           {"cancelled", "none"},
                                           {"announced", "5 USD [5 USD, 5 USD] of 1, 0 undisclosed"},
                                           {"open", "5 USD [5 USD, 5 USD] of 1, 0 undisclosed"},
                                           {"closed", "5 USD [5 USD, 5 USD] of 1, 0 undisclosed"}}) {
        CHECK(total_of({"round round=a, raised=5 USD, status=" + std::string(row.status)}) == row.expected);
        CHECK(total_of({"round round=a, raised=5 USD, status=" + std::string(row.status)}, {}, {},
                       InstrumentFilter::all()) == row.expected);
    }
    CHECK(total_of({"source id=f, type=filing", "f: round round=a, status=closed",
                    "round round=a, raised=5 USD, status=cancelled"}) ==
          "5 USD [5 USD, 5 USD] of 1, 0 undisclosed");
}

TEST_CASE("a total takes what gives a share of the company, unless it says otherwise") {
    using enum Instrument;
    const InstrumentFilter standard;
    const InstrumentFilter all = InstrumentFilter::all();
    const InstrumentFilter debt_or_grant = InstrumentFilter::only({debt, grant});
    const InstrumentFilter nothing = InstrumentFilter::only({});
    struct Row {
        std::optional<Instrument> instrument;
        bool standard;
        bool all;
        bool debt_or_grant;
    };
    for (const Row& row : std::vector<Row>{{equity, true, true, false},
                                           {safe, true, true, false},
                                           {convertible_note, true, true, false},
                                           {debt, false, true, true},
                                           {grant, false, true, true},
                                           {secondary, false, true, false},
                                           {token, false, true, false},
                                           {other, false, true, false},
                                           {std::nullopt, true, true, false}}) {
        CHECK(standard.takes(row.instrument) == row.standard);
        CHECK(all.takes(row.instrument) == row.all);
        CHECK(debt_or_grant.takes(row.instrument) == row.debt_or_grant);
        CHECK_FALSE(nothing.takes(row.instrument));
    }
    const std::vector<std::string> lines{"round round=a, raised=5 USD, instrument=debt",
                                         "round round=b, raised=3 USD"};
    CHECK(total_of(lines) == "3 USD [3 USD, 3 USD] of 1, 0 undisclosed");
    CHECK(total_of(lines, {}, {}, debt_or_grant) == "5 USD [5 USD, 5 USD] of 1, 0 undisclosed");
    CHECK(total_of(lines, {}, {}, all) == "8 USD [8 USD, 8 USD] of 2, 0 undisclosed");
    CHECK(total_of(lines, {}, {}, nothing) == "none");
}

TEST_CASE("converted SAFEs and notes are taken off, never below nothing; without one on record not above") {
    struct Row {
        std::string_view raised;
        std::string_view conversions;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"10 USD", "2 USD", "8 USD [8 USD, 10 USD] of 1, 0 undisclosed"},
             {"10 USD", "10 USD", "0 USD [0 USD, 10 USD] of 1, 0 undisclosed"},
             {"10 USD", "11 USD", "0 USD [0 USD, 10 USD] of 1, 0 undisclosed"},
             {"10 USD", "about 2 USD", "8 USD [7 USD, 10 USD] of 1, 0 undisclosed"},
             {"about 10 USD", "about 2 USD", "8 USD [6 USD, 11 USD] of 1, 0 undisclosed"},
             {"10 USD", "at least 2 USD", "8 USD [0 USD, 10 USD] of 1, 0 undisclosed"},
             {"10 USD", "at most 2 USD", "10 USD [8 USD, 10 USD] of 1, 0 undisclosed"},
             {"10 USD", "between 2 and 3 USD", "8 USD [7 USD, 10 USD] of 1, 0 undisclosed"},
             {"10 USD", "undisclosed", "10 USD [0 USD, 10 USD] of 1, 0 undisclosed"},
             {"at least 10 USD", "2 USD", "8 USD [8 USD, open] of 1, 0 undisclosed"},
             {"at most 10 USD", "2 USD", "0 USD [0 USD, 10 USD] of 1, 0 undisclosed"},
             {"undisclosed", "2 USD", "unknown of 1, 1 undisclosed"},
             {"10 USD", "2 EUR", "10 USD [0 USD, 10 USD] of 1, 0 undisclosed"},  // there is no rate here
         }) {
        CAPTURE(row.raised);
        CAPTURE(row.conversions);
        CHECK(total_of({"round round=a, raised=" + std::string(row.raised),
                        "round round=a, includes_conversions=" + std::string(row.conversions)}) ==
              row.expected);
    }
}

TEST_CASE(
    "as of a day, a round counts from its date; until a partial date is over, or without one, only above") {
    struct Row {
        std::string_view date;
        std::string_view as_of;
        std::string_view expected;  // for this round of 5 USD, next to one of 1 USD
    };
    constexpr std::string_view in = "6 USD [6 USD, 6 USD] of 2, 0 undisclosed";
    constexpr std::string_view above = "1 USD [1 USD, 6 USD] of 1, 0 undisclosed";
    constexpr std::string_view out = "1 USD [1 USD, 1 USD] of 1, 0 undisclosed";
    for (const Row& row : std::vector<Row>{
             {"closed=2024-06-15", "2024-06-14", out},
             {"closed=2024-06-15", "2024-06-15", in},
             {"closed=2024-06-15", "2024-06", in},  // a partial date means its last day
             {"closed=2024-06-15", "2024-Q1", out},
             {"closed=2024-06", "2024-05-31", out},
             {"closed=2024-06", "2024-06-01", above},
             {"closed=2024-06", "2024-06-29", above},
             {"closed=2024-06", "2024-06-30", in},
             {"closed=2024-Q2", "2024-05", above},
             {"closed=2024-Q2", "2024-06", in},
             {"closed=2024", "2024-01-01", above},
             {"closed=2024", "2024-12-31", in},
             {"closed=2024", "2023", out},
             {"announced=2024-06-15", "2024-06-14", out},
             {"announced=2024-06-15, closed=2024-08", "2024-07", above},  // it has begun
             {"first_sale=2024-06-15, filed=2024-01-01", "2024-02", above},
             {"filed=2024-06-15", "2024-06-15", in},
             {"investors=4", "2024-06-15", above},  // no date
             {"investors=4", "2000",
              "0 USD [0 USD, 5 USD] of 0, 0 undisclosed"},  // nor has the other round come
         }) {
        CAPTURE(row.date);
        CAPTURE(row.as_of);
        CHECK(total_of({"round round=a, raised=1 USD, closed=2020",
                        "round round=b, raised=5 USD, " + std::string(row.date)},
                       row.as_of) == row.expected);
    }
    CHECK(total_of({"round round=b, raised=5 USD, investors=4"}) ==
          "5 USD [5 USD, 5 USD] of 1, 0 undisclosed");
}

TEST_CASE(
    "as of a day, an undisclosed round opens the total once it has perhaps come, and counts once it surely "
    "has") {
    const std::vector<std::string> lines{"round round=a, raised=1 USD, closed=2020",
                                         "round round=b, raised=undisclosed, closed=2024-06"};
    CHECK(total_of(lines, "2024-05") == "1 USD [1 USD, 1 USD] of 1, 0 undisclosed");
    CHECK(total_of(lines, "2024-06-15") == "1 USD [1 USD, open] of 1, 0 undisclosed");
    CHECK(total_of(lines, "2024-06") == "1 USD [1 USD, open] of 2, 1 undisclosed");
    CHECK(total_of({"round round=b, raised=undisclosed, closed=2024-06"}, "2024-06-15") == "none");
}

TEST_CASE("as of a day, a currency in which no round surely counts is shown with what may have come") {
    CHECK(
        total_of({"round round=a, raised=1 USD, closed=2020", "round round=b, raised=5 EUR, closed=2024-06"},
                 "2024-06-15") ==
        "0 EUR [0 EUR, 5 EUR] of 0, 0 undisclosed; 1 USD [1 USD, 1 USD] of 1, 0 undisclosed");
}

TEST_CASE("as of a day, claims that hold from a later one are hidden") {
    const std::vector<std::string> lines{"round round=a, raised=1 USD, closed=2020",
                                         "round round=a, raised=5 USD, on=2024-06-15"};
    CHECK(total_of(lines, "2024-06-14") == "1 USD [1 USD, 1 USD] of 1, 0 undisclosed");
    CHECK(total_of(lines, "2024-06-15") == "5 USD [5 USD, 5 USD] of 1, 0 undisclosed");
    CHECK(total_of(lines) == "5 USD [5 USD, 5 USD] of 1, 0 undisclosed");
}

TEST_CASE("a round without a disclosed raised counts its closings, each from its own day") {
    const std::string first = "closing round=a, on=2024-03-01, amount=2 USD";
    const std::string second = "closing round=a, on=2024-06, amount=about 3 USD";
    const std::string hidden = "closing round=a, on=2024-09-01, amount=undisclosed";
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view as_of;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"all", {"round round=a", first, second}, "", "5 USD [4 USD, 6 USD] of 1, 0 undisclosed"},
             {"none yet", {"round round=a, closed=2024-06", first, second}, "2024-02", "none"},
             {"the first",
              {"round round=a, closed=2024-06", first, second},
              "2024-03",
              "2 USD [2 USD, 2 USD] of 1, 0 undisclosed"},
             {"the second perhaps",
              {"round round=a", first, second},
              "2024-06-15",
              "2 USD [2 USD, 6 USD] of 1, 0 undisclosed"},
             {"the second",
              {"round round=a", first, second},
              "2024-06",
              "5 USD [4 USD, 6 USD] of 1, 0 undisclosed"},
             {"the second perhaps, alone",
              {"round round=b, raised=1 USD, closed=2020", "round round=a", second},
              "2024-06-15",
              "1 USD [1 USD, 5 USD] of 1, 0 undisclosed"},
             {"the round has come, its closing perhaps",
              {"round round=a, announced=2024-01", second},
              "2024-06-15",
              "0 USD [0 USD, open] of 1, 1 undisclosed"},
             {"the round has come, its closings have not",
              {"round round=a, announced=2024-01", first},
              "2024-02",
              "unknown of 1, 1 undisclosed"},
             {"one is undisclosed",
              {"round round=a", first, hidden},
              "",
              "2 USD [2 USD, open] of 1, 0 undisclosed"},
             {"all are undisclosed", {"round round=a", hidden}, "", "unknown of 1, 1 undisclosed"},
             {"an undisclosed one that has not come",
              {"round round=a", first, hidden},
              "2024-06",
              "2 USD [2 USD, 2 USD] of 1, 0 undisclosed"},
             {"two currencies in one round",
              {"round round=a", first, "closing round=a, on=2024-04, amount=1 EUR"},
              "",
              "1 EUR [1 EUR, 1 EUR] of 1, 0 undisclosed; 2 USD [2 USD, 2 USD] of 1, 0 undisclosed"},
             {"raised is undisclosed",
              {"round round=a, raised=undisclosed", first},
              "",
              "2 USD [2 USD, 2 USD] of 1, 0 undisclosed"},
             {"raised is disclosed",
              {"round round=a, raised=7 USD, closed=2024-12", first},
              "",
              "7 USD [7 USD, 7 USD] of 1, 0 undisclosed"},
             {"raised is disclosed, and has not come",
              {"round round=a, raised=7 USD, closed=2024-12", first},
              "2024-06",
              "2 USD [2 USD, 7 USD] of 1, 0 undisclosed"},
             {"only a closing speaks of the round", {first}, "", "2 USD [2 USD, 2 USD] of 1, 0 undisclosed"},
         }) {
        CAPTURE(row.what);
        CHECK(total_of(row.lines, row.as_of) == row.expected);
    }
}

TEST_CASE("an undisclosed closing of another instrument counts under its own") {
    const std::string debt = "closing round=a, on=2024-05-01, amount=undisclosed, instrument=debt";
    const std::vector<std::string> raised{
        "round round=a, closed=2024-03-01, raised=10 million USD, instrument=equity", debt};
    const std::vector<std::string> closed{"round round=a, announced=2024-03-01, instrument=equity",
                                          "closing round=a, on=2024-03-01, amount=10 million USD", debt};
    const auto of = [](const std::vector<std::string>& lines, Instrument instrument, std::string_view as_of) {
        return total_of(lines, as_of, {}, InstrumentFilter::only({instrument}));
    };
    for (const auto& lines : {raised, closed}) {
        CHECK(of(lines, Instrument::equity, "2024-05-01") ==
              "10 million USD [10 million USD, 10 million USD] of 1, 0 undisclosed");
        CHECK(of(lines, Instrument::debt, "2024-05-01") == "unknown of 1, 1 undisclosed");
        CHECK(of(lines, Instrument::debt, "2024-04-30") == "none");
        CHECK(total_of(lines, {}, {}, InstrumentFilter::all()) ==
              "10 million USD [10 million USD, open] of 1, 0 undisclosed");
    }
}

TEST_CASE("in one currency, each round is converted at the rate of its date, and the sum rounded once") {
    const std::string june = "fx_rate base=EUR, quote=USD, on=2024-06-03, rate=1.5";
    const std::string half = "fx_rate base=EUR, quote=USD, on=2024-06-03, rate=0.5";
    const std::string inverse = "fx_rate base=USD, quote=EUR, on=2024-06-03, rate=3";
    const std::string cent = "raised=0.01 EUR, closed=2024-06-03";
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view as_of;
        std::string_view expected;
    };
    for (
        const Row& row : std::vector<Row>{
            {"direct",
             {june, "round round=a, raised=10 EUR, closed=2024-06-03", "round round=b, raised=1 USD"},
             "",
             "16 USD [16 USD, 16 USD] of 2, 0 undisclosed"},
            {"the inverse",
             {inverse, "round round=a, raised=10 EUR, closed=2024-06-03"},
             "",
             "3.33 USD [3.33 USD, 3.33 USD] of 1, 0 undisclosed"},
            {"three thirds are one",
             {inverse, "round round=a, raised=1 EUR, closed=2024-06-03",
              "round round=b, raised=1 EUR, closed=2024-06-03",
              "round round=c, raised=1 EUR, closed=2024-06-03"},
             "",
             "1 USD [1 USD, 1 USD] of 3, 0 undisclosed"},
            {"7 days old",
             {june, "round round=a, raised=10 EUR, closed=2024-06-10"},
             "",
             "15 USD [15 USD, 15 USD] of 1, 0 undisclosed"},
            {"8 days old",
             {june, "round round=a, raised=10 EUR, closed=2024-06-11"},
             "",
             R"(round "a": no rate from EUR to USD for 2024-06-11, nor within the 7 days before it; the nearest on record are of 2024-06-03 and no day after [no-rate])"},
            {"before the first rate",
             {june, "round round=a, raised=10 EUR, closed=2024-06-02"},
             "",
             R"(round "a": no rate from EUR to USD for 2024-06-02, nor within the 7 days before it; the nearest on record are of no day before and 2024-06-03 [no-rate])"},
            {"the last day of a partial date",
             {june, "round round=a, raised=10 EUR, closed=2024-06"},
             "",
             R"(round "a": no rate from EUR to USD for 2024-06-30, nor within the 7 days before it; the nearest on record are of 2024-06-03 and no day after [no-rate])"},
            {"no date",
             {june, "round round=a, raised=10 EUR"},
             "",
             R"(round "a": no rate from EUR to USD for a round without a date [no-rate])"},
            {"undisclosed needs none",
             {"round round=a, raised=undisclosed", "round round=b, raised=2 USD"},
             "",
             "2 USD [2 USD, open] of 2, 1 undisclosed"},
            {"only undisclosed",
             {"round round=a, raised=undisclosed"},
             "",
             "0 USD [0 USD, open] of 1, 1 undisclosed"},
            {"half a cent, to even",
             {half, "round round=a, " + cent},
             "",
             "0 USD [0 USD, 0 USD] of 1, 0 undisclosed"},
            {"two halves, rounded once",
             {half, "round round=a, " + cent, "round round=b, " + cent},
             "",
             "0.01 USD [0.01 USD, 0.01 USD] of 2, 0 undisclosed"},
            {"three halves, to even",
             {half, "round round=a, " + cent, "round round=b, " + cent, "round round=c, " + cent},
             "",
             "0.02 USD [0.02 USD, 0.02 USD] of 3, 0 undisclosed"},
            {"bounds are converted too",
             {june, "round round=a, raised=about 10 EUR, closed=2024-06-03"},
             "",
             "15 USD [13.50 USD, 16.50 USD] of 1, 0 undisclosed"},
            {"closings at their own days",
             {june, "round round=a, closed=2025", "closing round=a, on=2024-06-04, amount=2 EUR"},
             "",
             "3 USD [3 USD, 3 USD] of 1, 0 undisclosed"},
            {"closings that count on after a line that says less too",
             {june, "fx_rate base=EUR, quote=USD, on=2024-07-15, rate=2",
              "round round=a, closed=2024-08-01, raised=10 EUR",
              "closing round=a, on=2024-06-04, amount=8 EUR",
              "round round=a, closed=2024-12-31, raised=2 EUR, on=2024-07-01 @2025-01-02T00:00:00Z"},
             "2024-07-15",
             "12 USD [12 USD, 16 USD] of 1, 0 undisclosed"},
            {"a round that does not count needs none",
             {"round round=a, raised=10 EUR, status=cancelled"},
             "",
             "none"},
            {"one that counts needs one",
             {"round round=a, raised=10 EUR, closed=2024-06-03", "round round=b, raised=2 USD, closed=2020"},
             "2024",
             R"(round "a": no rate from EUR to USD for 2024-06-03, nor within the 7 days before it; none between them is on record [no-rate])"},
            {"one that has not come needs none",
             {"round round=a, raised=10 EUR, closed=2024-06-03", "round round=b, raised=2 USD, closed=2020"},
             "2024-05",
             "2 USD [2 USD, 2 USD] of 1, 0 undisclosed"},
            {"one that has perhaps come, at the day's rate",
             {june, "round round=a, raised=10 EUR, closed=2024-06",
              "round round=b, raised=2 USD, closed=2020"},
             "2024-06-05",
             "2 USD [2 USD, 17 USD] of 1, 0 undisclosed"},
        }) {
        CAPTURE(row.what);
        CHECK(total_of(row.lines, row.as_of, "USD") == row.expected);
    }
}
