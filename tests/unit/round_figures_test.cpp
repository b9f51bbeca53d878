#include "postmoney/answer/round_figures.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

namespace {

std::string text_of(const std::optional<Ratio>& ratio) {
    return ratio ? ratio->to_decimal(4, Rounding::half_even).normalized().to_string() : "-";
}

// "VALUATION: OWNERSHIP SOLD, GROWTH, STEP-UP, PRICE TO REVENUE" of the last round.
std::string last_figures(const std::vector<std::string>& lines) {
    const Dossier dossier = dossier_of(lines);
    const RoundFigures figures = figures_of(resolve(dossier)).back();
    return (figures.valuation ? brief(figures.valuation->value) : "-") + ": " +
           (figures.ownership_sold ? figures.ownership_sold->to_string(1, Rounding::half_even) : "-") + ", " +
           text_of(figures.growth) + ", " + text_of(figures.step_up) + ", " +
           text_of(figures.price_to_revenue) + (figures.revenue_forward ? " forward" : "");
}

std::string valuation(std::string_view round, std::string_view basis, std::string_view amount) {
    return "valuation company=xAI, on=2024, round=" + std::string(round) + ", basis=" + std::string(basis) +
           ", amount=" + std::string(amount);
}

}  // namespace

TEST_CASE("the named ratios of a round, each only where its numbers are known and of one currency") {
    const std::string b = "round round=b, closed=2024-05-26, raised=6 billion USD";
    const std::string c = "round round=c, announced=2024-12-23, raised=6 billion USD";
    const std::string b_post = valuation("b", "post-money", "24 billion USD");
    const std::string c_post = valuation("c", "post-money", "50 billion USD");
    const std::string c_pre = valuation("c", "pre-money", "45 billion USD");
    const std::string revenue =
        "metric company=xAI, name=revenue, per=year, on=2024-12, value=about 100 million USD";
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"the story",
              {b, c, b_post, c_post, c_pre, revenue},
              "50 billion USD: 12.0 %, 2.0833, 1.875, 500"},
             {"the first round", {b, b_post}, "24 billion USD: 25.0 %, -, -, -"},
             {"the last post-money from its parts",
              {b, c, valuation("b", "pre-money", "18 billion USD"), c_post, c_pre},
              "50 billion USD: 12.0 %, 2.0833, 1.875, -"},
             {"no valuation", {b, c, b_post}, "-: -, -, -, -"},
             {"pre-money and raised", {b, c, b_post, c_pre}, "51 billion USD: 11.8 %, 2.125, 1.875, -"},
             {"unspecified: nothing that needs a post-money",
              {b, c, b_post, valuation("c", "unspecified", "50 billion USD"), revenue},
              "50 billion USD: -, -, -, 500"},
             {"unspecified before",
              {b, c, valuation("b", "unspecified", "24 billion USD"), c_post, c_pre},
              "50 billion USD: 12.0 %, -, -, -"},
             {"undisclosed raised",
              {"round round=c, announced=2024-12-23", c_post},
              "50 billion USD: -, -, -, -"},
             {"another currency",
              {b, c, valuation("b", "post-money", "24 billion EUR"), c_post, c_pre},
              "50 billion USD: 12.0 %, -, -, -"},
             {"a post-money of nothing",
              {b, c, valuation("b", "post-money", "0 USD"), c_post, c_pre},
              "50 billion USD: 12.0 %, -, -, -"},
             {"one between without a valuation",
              {b, "round round=m, closed=2024-08, raised=1 USD", c, b_post, c_post, c_pre},
              "50 billion USD: 12.0 %, 2.0833, 1.875, -"},
             {"a cancelled one between",
              {b, "round round=m, closed=2024-08, status=cancelled",
               valuation("m", "post-money", "99 billion USD"), c, b_post, c_post, c_pre},
              "50 billion USD: 12.0 %, 2.0833, 1.875, -"},
             {"a rumoured one between",
              {b, "round round=m, closed=2024-08, status=rumoured",
               valuation("m", "post-money", "99 billion USD"), c, b_post, c_post, c_pre},
              "50 billion USD: 12.0 %, 2.0833, 1.875, -"},
             {"conversions are within the pre-money",
              {b, b_post,
               "round round=c, announced=2024-12-23, raised=6 billion USD, "
               "includes_conversions=1 billion USD",
               c_pre},
              "50 billion USD: 10.0 %, 2.0833, 1.875, -"},
             {"undisclosed conversions",
              {b, b_post,
               "round round=c, announced=2024-12-23, raised=6 billion USD, "
               "includes_conversions=undisclosed",
               c_pre},
              "-: -, -, 1.875, -"},
             {"a pre-money that nobody states",
              {b, b_post, c, valuation("c", "post-money", "24 billion USD")},
              "24 billion USD: 25.0 %, 1, 0.75, -"},
             {"of a filing in the middle of an offering the pre-money is not known",
              {"source id=filing, type=filing", b, b_post,
               "filing: round round=c, filed=2024-12-23, raised=2 billion USD, offered=6 billion USD, "
               "remaining=4 billion USD",
               valuation("c", "post-money", "30 billion USD")},
              "30 billion USD: 6.7 %, 1.25, -, -"},
             {"a rumour has no figures",
              {b, b_post, c + ", status=rumoured", c_post, c_pre, revenue},
              "50 billion USD: -, -, -, -"},
             {"nor has what was cancelled",
              {b, b_post, c + ", status=cancelled", c_post, c_pre, revenue},
              "50 billion USD: -, -, -, -"},
             {"at most",
              {"round round=c, raised=at most 6 billion USD, announced=2024-12-23", c_post},
              "50 billion USD: -, -, -, -"},
         }) {
        CAPTURE(row.what);
        CHECK(last_figures(row.lines) == row.expected);
    }
}

TEST_CASE("regression: a bound or a range has no ratio, and is shown as it is stated") {
    const std::string a = "round round=a, closed=2020, raised=10 USD";
    const std::string a_post = valuation("a", "post-money", "100 USD");
    const std::string b = "round round=b, closed=2022, raised=30 USD";
    const std::string revenue = "metric company=xAI, name=revenue, per=year, on=2021, value=20 USD";
    struct Row {
        std::vector<std::string> lines;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {{a, a_post, b, valuation("b", "post-money", "more than 100 USD"), revenue},
              "more than 100 USD: -, -, -, -"},
             {{a, a_post, b, valuation("b", "post-money", "less than 100 USD"), revenue},
              "less than 100 USD: -, -, -, -"},
             {{a, a_post, b, valuation("b", "post-money", "between 100 and 200 USD"), revenue},
              "between 100 and 200 USD: -, -, -, -"},
             {{a, a_post, b, valuation("b", "post-money", "about 200 USD"), revenue},
              "about 200 USD: 15.0 %, 2, -, 10"},
             {{a, a_post, b, valuation("b", "pre-money", "at least 80 USD"), revenue},
              "at least 110 USD: -, -, -, -"},
             {{a, valuation("a", "post-money", "at most 90 USD"), b, valuation("b", "pre-money", "80 USD"),
               revenue},
              "110 USD: 27.3 %, -, -, 5.5"},
             {{a, a_post, "round round=b, closed=2022, raised=at least 30 USD",
               valuation("b", "post-money", "200 USD"),
               "metric company=xAI, name=revenue, per=year, on=2021, value=at least 20 USD"},
              "200 USD: -, 2, -, -"},
             // One without a sum sets a price all the same: the one before it is not the last.
             {{a, a_post, "round round=m, closed=2021, raised=at most 10 USD",
               valuation("m", "pre-money", "at least 100 USD"), b, valuation("b", "post-money", "150 USD")},
              "150 USD: 20.0 %, -, -, -"},
             {{a, a_post, "round round=b, closed=2022, raised=at most 30 USD",
               valuation("b", "pre-money", "at least 50 USD")},
              "-: -, -, -, -"},
         }) {
        CHECK(last_figures(row.lines) == row.expected);
    }
}

TEST_CASE("the last round of a step is the priced one that surely was the last before it") {
    // A round: its handle, its date, its instrument, its post-money; "-" where it says none.
    using Line = std::array<std::string, 4>;
    const auto lines_of = [](const std::vector<Line>& rounds) {
        std::vector<std::string> lines;
        for (const auto& [handle, date, instrument, post] : rounds) {
            lines.push_back("round round=" + handle + (date == "-" ? "" : ", closed=" + date) +
                            (instrument == "-" ? "" : ", instrument=" + instrument));
            if (post != "-") lines.push_back(valuation(handle, "post-money", post));
        }
        return lines;
    };
    const Line a{"a", "2023-01-10", "-", "10 USD"};
    const Line b{"b", "2024-01-10", "equity", "20 USD"};
    struct Row {
        std::string_view what;
        std::vector<Line> rounds;
        std::string_view expected;  // of each round the last one before it, by their handles
    };
    for (const Row& row : std::vector<Row>{
             {"one after the other", {a, b, {"c", "2025", "-", "30 USD"}}, "a:- b:a c:b"},
             {"a round without a price", {a, b, {"c", "2025", "-", "-"}}, "a:- b:a c:b"},
             {"a loan", {a, {"loan", "2023-06", "debt", "99 USD"}, b}, "a:- loan:- b:a"},
             {"a SAFE", {a, {"s", "2023-06", "safe", "99 USD"}, b}, "a:- s:- b:a"},
             {"a note", {a, {"n", "2023-06", "convertible-note", "99 USD"}, b}, "a:- n:- b:a"},
             {"old shares", {a, {"s", "2023-06", "secondary", "99 USD"}, b}, "a:- s:- b:a"},
             {"tokens", {a, {"t", "2023-06", "token", "99 USD"}, b}, "a:- t:- b:a"},
             {"a grant", {a, {"g", "2023-06", "grant", "99 USD"}, b}, "a:- g:- b:a"},
             {"something else", {a, {"o", "2023-06", "other", "99 USD"}, b}, "a:- o:- b:a"},
             {"without a date", {a, {"u", "-", "-", "99 USD"}, b}, "a:- b:a u:-"},
             {"sometime in the year of the other", {a, {"y", "2023", "-", "15 USD"}, b}, "a:- y:- b:-"},
             {"both on one day", {a, {"c", "2023-01-10", "-", "15 USD"}, b}, "a:- c:- b:-"},
             {"one that may be earlier or later", {a, b, {"y", "2024", "-", "15 USD"}}, "a:- b:- y:-"},
             {"overlapping ones before the last",
              {{"y", "2023", "-", "1 USD"}, a, b, {"c", "2025", "-", "9 USD"}},
              "a:- y:- b:- c:b"},
             {"a long one that began before both", {a, {"y", "2023-Q1", "-", "1 USD"}, b}, "a:- y:- b:-"},
             {"overlapping, but without a price", {a, {"y", "2024", "-", "-"}, b}, "a:- b:a y:-"},
             {"touching days", {{"a", "2023-12", "-", "1 USD"}, {"b", "2024-01", "-", "2 USD"}}, "a:- b:a"},
         }) {
        CAPTURE(row.what);
        const Dossier dossier = dossier_of(lines_of(row.rounds));
        const ResolvedCompany company = resolve(dossier);
        const std::vector<PriceStep> steps = price_steps(company);
        std::string text;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            text += (i == 0 ? "" : " ") + company.rounds[i].handle + ":" +
                    (steps[i].last != nullptr ? steps[i].last->handle : "-");
            CHECK((steps[i].last != nullptr) == steps[i].last_post_money.has_value());
        }
        CHECK(text == row.expected);
    }
}

TEST_CASE("regression: a loan has no post-money, and sets no price for the round after it") {
    const std::vector<std::string> lines{
        "round round=a, closed=2023-01-10, raised=5 USD, instrument=equity",
        valuation("a", "post-money", "100 USD"),
        "round round=loan, closed=2023-06-10, raised=50 USD, instrument=debt",
        valuation("loan", "pre-money", "100 USD")};
    CHECK(last_figures(lines) == "100 USD: -, -, -, -");
    std::vector<std::string> with_b = lines;
    with_b.push_back("round round=b, closed=2024-06-10, raised=20 USD, instrument=equity");
    with_b.push_back(valuation("b", "pre-money", "120 USD"));
    CHECK(last_figures(with_b) == "140 USD: 14.3 %, 1.4, 1.2, -");
}

TEST_CASE(
    "the revenue that a price is held against: the latest that counts by then, or else the first after it") {
    const auto revenue = [](std::string_view on, std::string_view value, std::string_view more = "per=year") {
        return "metric company=xAI, name=revenue, on=" + std::string(on) + ", value=" + std::string(value) +
               ", " + std::string(more);
    };
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view expected;  // of a round of 2024-12-23
    };
    for (const Row& row : std::vector<Row>{
             {"none", {"metric company=xAI, name=users, per=year, on=2024, value=5 USD"}, "none"},
             {"no period", {"metric company=xAI, name=revenue, on=2023, value=5 USD"}, "none"},
             {"by the month", {revenue("2024-12", "5 USD", "per=month")}, "none"},
             {"no money", {revenue("2023", "5")}, "none"},
             {"undisclosed", {revenue("2023", "undisclosed")}, "none"},
             {"a target", {revenue("2023", "5 USD", "per=year, target=true")}, "none"},
             {"another currency", {revenue("2024-11", "5 EUR"), revenue("2023", "4 USD")}, "4 USD"},
             {"at most", {revenue("2023", "at most 5 USD")}, "at most 5 USD"},
             {"a year that has ended", {revenue("2023", "5 USD")}, "5 USD"},
             {"a year that has not", {revenue("2024", "5 USD")}, "5 USD forward"},
             {"a quarter that has not", {revenue("2024-Q4", "5 USD"), revenue("2024-Q3", "4 USD")}, "4 USD"},
             {"the month of the round", {revenue("2024-12", "5 USD"), revenue("2024-11", "4 USD")}, "5 USD"},
             {"the day after it", {revenue("2024-12-24", "5 USD"), revenue("2023", "4 USD")}, "4 USD"},
             {"the day of it", {revenue("2024-12-23", "5 USD"), revenue("2024-11", "4 USD")}, "5 USD"},
             {"the month ends after the day of it",
              {revenue("2024-12-23", "5 USD"), revenue("2024-12", "4 USD")},
              "4 USD"},
             {"the more precise of one last day",
              {revenue("2024-09", "5 USD"), revenue("2024-09-30", "6 USD"), revenue("2024-Q3", "4 USD")},
              "6 USD"},
             {"the first after it",
              {revenue("2025-06", "7 USD"), revenue("2025-02", "6 USD"), revenue("2025-Q2", "8 USD")},
              "6 USD forward"},
             {"the more precise of those",
              {revenue("2025-Q1", "7 USD"), revenue("2025-03", "6 USD")},
              "6 USD forward"},
             {"the order among claims of one day",
              {"source id=filing, type=filing", "source id=press, type=press",
               "press: " + revenue("2023", "9 USD"), "filing: " + revenue("2023", "5 USD")},
              "5 USD"},
             {"of one day the claim that is used, though another currency is asked for",
              {"source id=filing, type=filing", "source id=press, type=press",
               "press: " + revenue("2023", "9 USD"), "filing: " + revenue("2023", "5 EUR")},
              "none"},
         }) {
        CAPTURE(row.what);
        const Dossier dossier = dossier_of(row.lines);
        const auto found =
            yearly_revenue(resolve(dossier), PartialDate::parse("2024-12-23"), Currency::iso("USD"));
        CHECK((found ? brief(found->value) + (found->forward ? " forward" : "") : "none") == row.expected);
        if (found) CHECK(found->claim->as<Metric>()->name == "revenue");
    }
}

TEST_CASE("regression: what buys no new shares sells no part of the company") {
    const std::string post = "valuation company=xAI, round=a, basis=post-money, on=2024, amount=100 USD";
    const auto sold = [&](const std::vector<std::string>& lines) {
        const Dossier dossier = dossier_of(lines);
        const ResolvedCompany company = resolve(dossier);
        const auto ratio = figures_of(company).at(0).ownership_sold;
        return ratio ? ratio->to_string(1, Rounding::half_even) : "none";
    };
    CHECK(sold({"round round=a, raised=60 USD", post}) == "60.0 %");
    for (const char* instrument : {"debt", "secondary", "grant", "token"})
        CHECK(sold({"round round=a, raised=60 USD, instrument=" + std::string(instrument), post}) == "none");
    CHECK(sold({"round round=a, raised=60 USD", post,
                "closing round=a, on=2024, amount=40 USD, instrument=debt"}) == "20.0 %");
}

TEST_CASE("regression: a price is not held against the revenue of a year that has not ended") {
    CHECK(last_figures({"round round=c, announced=2024-03-01, raised=6 USD",
                        valuation("c", "post-money", "50 USD"),
                        "metric company=xAI, name=revenue, per=year, on=2024, value=10 USD",
                        "metric company=xAI, name=revenue, per=year, on=2023, value=5 USD"}) ==
          "50 USD: 12.0 %, -, -, 10");
    CHECK(last_figures({"round round=b, announced=2024-05-26, raised=6 USD",
                        valuation("b", "post-money", "24 USD"),
                        "metric company=xAI, name=revenue, per=year, on=2024-12, value=10 USD"}) ==
          "24 USD: 25.0 %, -, -, 2.4 forward");
}

TEST_CASE("regression: as of a day a round of which nothing can have come has no figures and sets no price") {
    const Dossier dossier = dossier_of(
        {"round round=a, closed=2023-01-10, raised=2 USD", "round round=b, closed=2024-Q4, raised=2 USD",
         "valuation company=xAI, on=2023, round=a, basis=post-money, amount=10 USD",
         "valuation company=xAI, on=2023, round=b, basis=post-money, amount=20 USD",
         "round round=c, closed=2023-06-10, raised=2 USD",
         "valuation company=xAI, on=2023-05, round=c, basis=pre-money, amount=15 USD"});
    // Of each round its valuation, growth and step-up.
    const auto figures = [&](std::string_view as_of) {
        const ResolvedCompany company =
            resolve(dossier, {}, {.as_of = PartialDate::parse(as_of), .known_at = {}});
        std::string text;
        for (const RoundFigures& row : figures_of(company)) {
            text += (row.valuation ? brief(row.valuation->value) : "-") + ", " + text_of(row.growth) + ", " +
                    text_of(row.step_up) + "; ";
        }
        return text;
    };
    CHECK(figures("2023-05-31") == "-, -, -; -, -, -; -, -, -; ");
    CHECK(figures("2023-12-31") == "10 USD, -, -; 17 USD, 1.7, 1.5; -, -, -; ");
    CHECK(figures("2024-10-01") == "10 USD, -, -; 17 USD, 1.7, 1.5; 20 USD, 1.1765, 1.0588; ");
    CHECK(figures("2024") == "10 USD, -, -; 17 USD, 1.7, 1.5; 20 USD, 1.1765, 1.0588; ");
}

TEST_CASE("regression: as of a day a market's total of a period that has not ended is not seen") {
    const Dossier totals = dossier_of({"market_total market=AI, period=2024, amount=1 billion USD"});
    const auto sees = [&](std::string_view as_of) {
        const Viewpoint viewpoint{.as_of = PartialDate::parse(as_of), .known_at = {}};
        return viewpoint.sees(totals.claims.front());
    };
    CHECK_FALSE(sees("2024-01-31"));
    CHECK_FALSE(sees("2024-12-30"));
    CHECK(sees("2024-12-31"));
}

TEST_CASE("a round's share of its market: of the period that covers it, else of the latest before") {
    const std::vector<std::string> story{
        "source id=article, type=press, published=2024-12",
        "source id=database, type=database, published=2024-10",
        "article: market_total market=AI, period=2024-Q3, amount=31 billion USD",
        "database: market_total market=AI, period=2024-Q3, amount=31.1 billion USD"};
    const std::string year = "market_total market=AI, period=2024, amount=100 billion USD";
    const std::string fourth = "market_total market=AI, period=2024-Q4, amount=50 billion USD";
    const auto with = [&](std::vector<std::string> more) {
        std::vector<std::string> lines = story;
        lines.insert(lines.end(), more.begin(), more.end());
        return lines;
    };
    struct Row {
        std::string_view what;
        std::string round;
        std::vector<std::string> totals;
        std::string_view expected;
    };
    const std::string raised = "round round=c, raised=6 billion USD, announced=2024-12-23";
    for (const Row& row : std::vector<Row>{
             {"the story", raised, story, "19.3 % of 31.1 billion USD in 2024-Q3, not in period"},
             {"the quarter's own round", "round round=c, raised=6 billion USD, closed=2024-08", story,
              "19.3 % of 31.1 billion USD in 2024-Q3"},
             {"the year covers it", raised, with({year}), "6.0 % of 100 billion USD in 2024"},
             {"the narrower covers it too", raised, with({year, fourth}),
              "12.0 % of 50 billion USD in 2024-Q4"},
             {"only the year contains the whole date", "round round=c, raised=6 billion USD, closed=2024",
              with({year, fourth}), "6.0 % of 100 billion USD in 2024"},
             {"only later ones", "round round=c, raised=6 billion USD, closed=2023", story, "none"},
             {"another market",
              raised,
              {"market_total market=Cars, period=2024, amount=1 billion USD"},
              "none"},
             {"another currency",
              raised,
              {"market_total market=AI, period=2024, amount=1 billion EUR"},
              "none"},
             {"undisclosed", raised, {"market_total market=AI, period=2024, amount=undisclosed"}, "none"},
             {"nothing", raised, {"market_total market=AI, period=2024, amount=0 USD"}, "none"},
             {"a bound",
              raised,
              {"market_total market=AI, period=2024, amount=at least 9 billion USD"},
              "none"},
             {"a bound raised", "round round=c, raised=at most 6 billion USD, closed=2024-12", story, "none"},
             {"no date", "round round=c, raised=6 billion USD", story, "none"},
             {"no amount", "round round=c, closed=2024-08", story, "none"},
             {"debt", "round round=c, raised=6 billion USD, closed=2024-12-23, instrument=debt", story,
              "none"},
             {"a rumour", "round round=c, raised=6 billion USD, closed=2024-12-23, status=rumoured", story,
              "none"},
             {"a month of the round's year",
              "round round=c, raised=6 billion USD, closed=2024",
              {"market_total market=AI, period=2024-05, amount=9 billion USD"},
              "none"},
         }) {
        CAPTURE(row.what);
        const Dossier dossier = dossier_of({row.round});
        const ResolvedCompany company = resolve(dossier);
        const auto share = market_share_of(company.rounds.at(0), "AI", dossier_of(row.totals).claims);
        std::string text = "none";
        if (share) {
            text = share->share.to_string(1, Rounding::half_even) + " of " + share->total.to_string() +
                   " in " + share->period.to_string() + (share->in_period ? "" : ", not in period");
        }
        CHECK(text == row.expected);
    }
}
