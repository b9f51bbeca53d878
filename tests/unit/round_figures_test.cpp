#include "postmoney/answer/round_figures.hpp"

#include <doctest/doctest.h>

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
           text_of(figures.price_to_revenue);
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
             {"at most",
              {"round round=c, raised=at most 6 billion USD, announced=2024-12-23", c_post},
              "50 billion USD: 12.0 %, -, -, -"},
         }) {
        CAPTURE(row.what);
        CHECK(last_figures(row.lines) == row.expected);
    }
}

TEST_CASE(
    "the yearly revenue is the latest that has begun by a date, stated by the year or the month, and no "
    "target") {
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view expected;  // on 2024-12-23
    };
    for (const Row& row : std::vector<Row>{
             {"none", {"metric company=xAI, name=users, per=year, on=2024, value=5 USD"}, "none"},
             {"no period", {"metric company=xAI, name=revenue, on=2024, value=5 USD"}, "none"},
             {"no money", {"metric company=xAI, name=revenue, per=year, on=2024, value=5"}, "none"},
             {"undisclosed",
              {"metric company=xAI, name=revenue, per=year, on=2024, value=undisclosed"},
              "none"},
             {"a target",
              {"metric company=xAI, name=revenue, per=year, on=2024, value=5 USD, target=true"},
              "none"},
             {"by the year", {"metric company=xAI, name=revenue, per=year, on=2024, value=5 USD"}, "5 USD"},
             {"by the month",
              {"metric company=xAI, name=revenue, per=month, on=2024-12, value=5 USD"},
              "60 USD"},
             {"the latest",
              {"metric company=xAI, name=revenue, per=year, on=2024-06, value=5 USD",
               "metric company=xAI, name=revenue, per=year, on=2023, value=4 USD"},
              "5 USD"},
             {"later than the date",
              {"metric company=xAI, name=revenue, per=year, on=2025-01, value=5 USD",
               "metric company=xAI, name=revenue, per=year, on=2023, value=4 USD"},
              "4 USD"},
             {"at most",
              {"metric company=xAI, name=revenue, per=year, on=2024, value=at most 5 USD"},
              "5 USD"},
         }) {
        CAPTURE(row.what);
        const Dossier dossier = dossier_of(row.lines);
        const auto revenue = yearly_revenue(resolve(dossier), PartialDate::parse("2024-12-23"));
        CHECK((revenue ? brief(*revenue) : "none") == row.expected);
    }
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
             {"no date", "round round=c, raised=6 billion USD", story, "none"},
             {"no amount", "round round=c, closed=2024-08", story, "none"},
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
