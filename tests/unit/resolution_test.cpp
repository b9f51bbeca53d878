#include "postmoney/answer/resolution.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"
#include "dossier_builder.hpp"
#include "postmoney/answer/counted_inflow.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/position.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/answer/used_rates.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

namespace {

// Five sources of the five types, and some of one type that differ in when they were published.
const std::vector<std::string> sources_by_trust{
    "source id=filing, type=filing, published=2020",
    "source id=company, type=company, published=2021",
    "source id=database, type=database, published=2022",
    "source id=press, type=press, published=2024-12-30",
    "source id=rumour, type=rumour, published=2025",
    "source id=press-month, type=press, published=2024-12",
    "source id=press-quarter, type=press, published=2024-Q4",
    "source id=press-before, type=press, published=2024-11-30",
    "source id=press-undated, type=press",
};

Dossier with_sources(const std::vector<std::string>& claims) {
    std::vector<std::string> lines = sources_by_trust;
    lines.insert(lines.end(), claims.begin(), claims.end());
    return dossier_of(lines);
}

// The order of the claims, best first: "2 1". Each is a round statement with its own `raised`.
std::string order_of(const std::vector<std::string>& claims, const ResolutionPolicy& policy = {}) {
    const Dossier dossier = with_sources(claims);
    const ResolvedCompany company = resolve(dossier, policy);
    std::string text;
    for (const auto& stated : company.rounds.at(0).raised.all()) {
        text += (text.empty() ? "" : " ") + std::to_string(stated.claim->place.seq);
    }
    return text;
}

}  // namespace

TEST_CASE("claims on one fact rank by the type of source, publication, recording, then place") {
    struct Row {
        std::string_view rule;
        std::vector<std::string> claims;
        std::string_view best_first;
    };
    for (const Row& row : std::vector<Row>{
             {"type, whatever was published later",
              {"round round=a, raised=6 USD", "rumour: round round=a, raised=5 USD",
               "press: round round=a, raised=4 USD", "database: round round=a, raised=3 USD",
               "company: round round=a, raised=2 USD", "filing: round round=a, raised=1 USD"},
              "6 5 4 3 2 1"},
             {"the later publication",
              {"press-before: round round=a, raised=1 USD", "press: round round=a, raised=2 USD"},
              "2 1"},
             {"a month ranks by its last day, here after the 30th",
              {"press-month: round round=a, raised=1 USD", "press: round round=a, raised=2 USD"},
              "1 2"},
             {"a quarter ends with its last month: then the later place decides",
              {"press-quarter: round round=a, raised=1 USD", "press-month: round round=a, raised=2 USD"},
              "2 1"},
             {"one that does not say when it was published comes before all that do, and loses",
              {"press-undated: round round=a, raised=1 USD",
               "press-before: round round=a, raised=2 USD @2024-01-01T00:00:00Z"},
              "2 1"},
             {"the later recording",
              {"press: round round=a, raised=1 USD @2025-02-01T00:00:00Z",
               "press: round round=a, raised=2 USD @2025-01-01T00:00:00Z"},
              "1 2"},
             {"the greater id",
              {"press: round round=a, raised=1 USD", "press: round round=a, raised=2 USD"},
              "2 1"},
             {"undisclosed never beats a disclosed amount",
              {"rumour: round round=a, raised=1 USD", "filing: round round=a, raised=undisclosed",
               "round round=a, raised=at most 2 USD"},
              "1 3 2"},
         }) {
        CAPTURE(row.rule);
        CHECK(order_of(row.claims) == row.best_first);
    }
}

TEST_CASE("of one time, the greater id wins wherever the claim stands in a chain") {
    Dossier dossier = dossier_of({"round round=a, raised=1 USD", "round round=a, raised=2 USD"});
    dossier.claims[0].place.chain.bytes.front() = 1;
    CHECK(resolve(dossier).rounds.at(0).raised.value() == Amount::parse("2 USD"));
    std::swap(dossier.claims[0], dossier.claims[1]);
    CHECK(resolve(dossier).rounds.at(0).raised.value() == Amount::parse("2 USD"));
    dossier.claims[1].id.bytes.front() = 1;
    CHECK(resolve(dossier).rounds.at(0).raised.value() == Amount::parse("1 USD"));
}

TEST_CASE("a policy may trust in another order, or one source above all") {
    const std::vector<std::string> claims{
        "filing: round round=a, raised=1 USD", "press: round round=a, raised=2 USD",
        "rumour: round round=a, raised=3 USD", "round round=a, raised=4 USD",
        "press-before: round round=a, raised=undisclosed"};
    using enum SourceType;
    CHECK(order_of(claims) == "1 2 3 4 5");
    CHECK(order_of(claims, ResolutionPolicy({rumour, press, database, company, filing})) == "3 2 1 4 5");
    CHECK(order_of(claims, ResolutionPolicy().preferring("rumour")) == "3 1 2 4 5");
    CHECK(order_of(claims, ResolutionPolicy().preferring("press-before")) ==
          "1 2 3 4 5");  // it states no amount
    CHECK(order_of(claims, ResolutionPolicy().preferring("nobody")) == "1 2 3 4 5");
}

TEST_CASE("a claim whose source was taken back ranks as one without a source") {
    Dossier dossier =
        with_sources({"filing: round round=a, raised=1 USD", "rumour: round round=a, raised=2 USD"});
    dossier.claims[0].source = nullptr;
    CHECK(resolve(dossier).rounds.at(0).raised.value() == Amount::parse("2 USD"));
}

TEST_CASE("each field of a round is resolved by itself, and the rest follows") {
    const Dossier dossier = with_sources({
        "press: round round=a, name=Series A, status=announced, announced=2024-12-23, raised=6 billion USD, "
        "investors=90",
        "filing: round round=a, filed=2024-12-05, raised=undisclosed, investors=97",
    });
    const ResolvedRound round = resolve(dossier).rounds.at(0);
    CHECK(round.label() == "Series A");
    CHECK(round.raised.value() == Amount::parse("6 billion USD"));
    CHECK(round.investors.value() == 97);
    CHECK(round.investors.losing().size() == 1);
    CHECK(round.date()->to_string() == "2024-12-23");  // announced comes before filed
    CHECK_FALSE(round.closed.has_value());
    CHECK(round.closed.losing().empty());
    CHECK(round.closed.get() == std::nullopt);
}

TEST_CASE("a round's date is its closed, else announced, else first_sale, else filed") {
    struct Row {
        std::string_view fields;
        std::string_view date;
    };
    for (const Row& row :
         std::vector<Row>{{"closed=2024-04, announced=2024-01, first_sale=2024-02, filed=2024-03", "2024-04"},
                          {"announced=2024-01, first_sale=2024-02, filed=2024-03", "2024-01"},
                          {"first_sale=2024-02, filed=2024-01", "2024-02"},
                          {"filed=2024-03", "2024-03"},
                          {"investors=4", "none"}}) {
        const Dossier dossier = dossier_of({"round round=a, " + std::string(row.fields)});
        const auto date = resolve(dossier).rounds.at(0).date();
        CHECK((date ? date->to_string() : "none") == row.date);
    }
}

TEST_CASE("a round is open as long as it surely sold nothing and no first sale is told") {
    struct Row {
        std::string_view fields;
        bool open;
    };
    for (const Row& row : std::vector<Row>{{"raised=0 USD", true},
                                           {"raised=at most 0 USD", true},
                                           {"raised=about 0 USD", false},
                                           {"raised=more than 0 USD", false},
                                           {"raised=0 USD, first_sale=2024-01-02", false},
                                           {"raised=undisclosed", false}}) {
        CAPTURE(row.fields);
        const Dossier dossier = dossier_of({"round round=a, " + std::string(row.fields)});
        CHECK((resolve(dossier).rounds.at(0).state() == RoundStatus::open) == row.open);
    }
}

TEST_CASE("what is one fact, and what are two") {
    const Dossier dossier = dossier_of({
        "round round=a, closed=2024",
        "closing round=a, on=2024-01, amount=1 USD",
        "closing round=a, on=2024-01, amount=2 USD",
        "closing round=a, on=2024-01, amount=3 USD, name=second",
        "closing round=a, on=2024-01-31, amount=4 USD",
        "participation round=a, investor=NVIDIA, amount=5 USD",
        "participation round=a, investor=NVIDIA, lead=true",
        "participation round=a, investor=AMD",
        "valuation company=xAI, round=a, basis=post-money, on=2024-01, amount=6 USD",
        "valuation company=xAI, round=a, basis=post-money, on=2024-02, amount=7 USD",
        "valuation company=xAI, round=a, basis=mark, on=2024-02, amount=8 USD",
        "valuation company=xAI, basis=mark, on=2024-02, amount=9 USD",
        "valuation company=xAI, basis=mark, on=2024-03, amount=10 USD",
        "stated_total company=xAI, on=2024-03, amount=11 USD",
        "stated_total company=xAI, on=2024-03, amount=12 USD",
        "metric company=xAI, name=revenue, on=2024, per=year, value=13 USD",
        "metric company=xAI, name=revenue, on=2024, per=year, value=14 USD",
        "metric company=xAI, name=revenue, on=2024, per=month, value=15 USD",
        "metric company=xAI, name=revenue, on=2024, per=year, value=16 USD, target=true",
        "metric company=xAI, name=revenue, on=2024, per=year, value=17 USD, target=false",
        "participation round=b, investor=AMD",  // a round without a statement
    });
    const ResolvedCompany company = resolve(dossier);
    REQUIRE(company.rounds.size() == 1);
    const ResolvedRound& round = company.rounds[0];
    const auto amounts = [](const auto& facts, auto amount_of) {
        std::string text;
        for (const auto& fact : facts) text += (text.empty() ? "" : ", ") + amount_of(fact);
        return text;
    };
    CHECK(amounts(round.closings, [](const auto& c) {
              return c.on.to_string() + " " + c.name + c.amount.value().to_string();
          }) == "2024-01 second3 USD, 2024-01 2 USD, 2024-01-31 4 USD");
    CHECK(amounts(round.participations, [](const auto& p) { return p.investor_name; }) == "AMD, NVIDIA");
    CHECK(round.participations[1].amount.value() == Amount::parse("5 USD"));
    CHECK(round.participations[1].lead.value());
    CHECK(round.participations[1].claims.size() == 2);
    CHECK(round.participations[1].claims.front()->place.seq == 6);  // the one with the amount
    CHECK(round.post_money.value().amount == Amount::parse("7 USD"));
    CHECK(round.mark.value().amount == Amount::parse("8 USD"));
    CHECK(amounts(company.valuations, [](const auto& v) { return v.valuation.value().amount.to_string(); }) ==
          "9 USD, 10 USD");
    CHECK(amounts(company.stated_totals, [](const auto& t) { return t.total.value().amount.to_string(); }) ==
          "12 USD");
    CHECK(amounts(company.metrics, [](const auto& m) { return to_string(m.metric.value().value); }) ==
          "17 USD, 16 USD, 15 USD");
}

TEST_CASE("as of a day, what holds from a later one is not seen; a partial day means its last") {
    struct Row {
        std::string_view as_of;
        std::string_view seen;
    };
    const Dossier dossier = dossier_of({
        "round round=a, raised=1 USD, closed=2025",
        "round round=a, raised=2 USD, on=2024-06-15",
        "round round=a, raised=3 USD, on=2024-07",
        "round round=b, raised=4 USD, on=2024-06-20",
        "valuation company=xAI, round=a, basis=post-money, on=2024-06-15, amount=5 USD",
        "stated_total company=xAI, on=2024-06-15, amount=6 USD",
        "metric company=xAI, name=GPUs, on=2024-06-15, value=7",
        "metric company=xAI, name=GPUs, on=2030, value=8, target=true",
    });
    for (const Row& row : std::vector<Row>{{"2024-06-14", "1 USD, 1 rounds, none, 0 totals, 1 metrics"},
                                           {"2024-06-15", "2 USD, 1 rounds, 5 USD, 1 totals, 2 metrics"},
                                           {"2024-06", "2 USD, 2 rounds, 5 USD, 1 totals, 2 metrics"},
                                           {"2024-07-30", "2 USD, 2 rounds, 5 USD, 1 totals, 2 metrics"},
                                           {"2024-07-31", "3 USD, 2 rounds, 5 USD, 1 totals, 2 metrics"},
                                           {"2024", "3 USD, 2 rounds, 5 USD, 1 totals, 2 metrics"}}) {
        CAPTURE(row.as_of);
        const ResolvedCompany company = resolve(dossier, {}, {.as_of = PartialDate::parse(row.as_of)});
        const ResolvedRound& round = company.rounds.back();  // b, if it is there, comes last without a date
        const ResolvedRound& a = round.handle == "a" ? round : company.rounds.front();
        CHECK(a.raised.value().to_string() + ", " + std::to_string(company.rounds.size()) + " rounds, " +
                  (a.post_money ? a.post_money.value().amount.to_string() : "none") + ", " +
                  std::to_string(company.stated_totals.size()) + " totals, " +
                  std::to_string(company.metrics.size()) + " metrics" ==
              row.seen);
    }
}

TEST_CASE("a participation without an amount does not beat one with it") {
    const Dossier dossier = with_sources({
        "press: participation round=a, investor=NVIDIA, amount=5 USD",
        "filing: participation round=a, investor=NVIDIA, amount=undisclosed, lead=true",
        "company: participation round=a, investor=NVIDIA",
        "round round=a, closed=2024",
    });
    const ResolvedParticipation participation = resolve(dossier).rounds.at(0).participations.at(0);
    CHECK(participation.amount.value() == Amount::parse("5 USD"));
    CHECK(participation.claims.front() == &participation.amount.winner());
    CHECK(participation.lead.value());
}

//--- Policies

namespace {

using Order = ResolutionPolicy::Order;

constexpr Order press_first{SourceType::press, SourceType::filing, SourceType::company, SourceType::database,
                            SourceType::rumour};

std::string policy_refusal(const auto& make) {
    return postmoney::test::refusal([&] { static_cast<void>(make()); });
}

}  // namespace

TEST_CASE("a policy is checked when it is made") {
    const ResolutionPolicy policy;
    const Order twice{SourceType::press, SourceType::press, SourceType::company, SourceType::database,
                      SourceType::rumour};
    constexpr std::string_view each_once =
        "an order of trust has each of filing, company, database, press and rumour once [out-of-range]";
    CHECK(policy_refusal([&] { return ResolutionPolicy(twice); }) == each_once);
    CHECK(policy_refusal([&] { return policy.with_order("raised", twice); }) == each_once);
    CHECK(policy_refusal([&] { return policy.with_order("rasied", press_first); }) ==
          "got \"rasied\", expected a field of a round, or a kind whose claims compete [unknown-field]");
    CHECK(policy_refusal([&] {
              return policy.with_order("company", press_first);
          }).ends_with("[unknown-field]"));  // no claim that competes
    CHECK(policy_refusal([&] { return policy.preferring(""); }).ends_with("[bad-text]"));
    CHECK(policy_refusal([&] { return policy.comparing({}); }).ends_with("[misuse]"));
}

TEST_CASE("a field or a kind can have an order of trust of its own") {
    const Dossier dossier = with_sources(
        {"filing: round round=a, raised=1 USD, stage=seed", "press: round round=a, raised=2 USD, stage=a",
         "filing: valuation round=a, amount=10 USD, basis=post-money, on=2024",
         "press: valuation round=a, amount=20 USD, basis=post-money, on=2024"});
    const auto winners = [&](const ResolutionPolicy& policy) {
        const ResolvedCompany company = resolve(dossier, policy);
        const ResolvedRound& round = company.rounds.at(0);
        return round.raised->to_string() + ", " + *round.stage + ", " + round.post_money->amount.to_string();
    };
    CHECK(winners({}) == "1 USD, seed, 10 USD");
    CHECK(winners(ResolutionPolicy().with_order("raised", press_first)) == "2 USD, seed, 10 USD");
    CHECK(winners(ResolutionPolicy().with_order("valuation", press_first)) == "1 USD, seed, 20 USD");
    CHECK(winners(ResolutionPolicy(press_first)) == "2 USD, a, 20 USD");
    // What is said later of all facts holds for those with an order of their own too.
    CHECK(winners(ResolutionPolicy().with_order("raised", press_first).preferring("filing")) ==
          "1 USD, seed, 10 USD");
    CHECK(winners(ResolutionPolicy().with_order("raised", press_first).latest_wins()) == "2 USD, a, 20 USD");
}

TEST_CASE("the latest publication can go before trust, and a comparator before all") {
    const std::vector<std::string> claims{
        "filing: round round=a, raised=1 USD", "press: round round=a, raised=2 USD",
        "press-before: round round=a, raised=3 USD", "round round=a, raised=4 USD"};
    CHECK(order_of(claims) == "1 2 3 4");
    CHECK(order_of(claims, ResolutionPolicy().latest_wins()) == "2 3 1 4");
    CHECK(order_of(claims, ResolutionPolicy().latest_wins().preferring("filing")) == "1 2 3 4");
    const auto largest_first = [](const Claim& a, const Claim& b) {
        const auto known = [](const Claim& claim) {
            return claim.as<RoundStatement>()->raised->known().minor();
        };
        return known(b) <=> known(a);
    };
    CHECK(order_of(claims, ResolutionPolicy().comparing(largest_first)) == "4 3 2 1");
    CHECK(order_of(claims, ResolutionPolicy().preferring("filing").comparing(largest_first)) == "4 3 2 1");
    const auto no_matter = [](const Claim&, const Claim&) { return std::weak_ordering::equivalent; };
    CHECK(order_of(claims, ResolutionPolicy().comparing(no_matter)) == "1 2 3 4");
    const auto each_is_better = [](const Claim&, const Claim&) { return std::weak_ordering::less; };
    CHECK(postmoney::test::refusal([&] {
              order_of(claims, ResolutionPolicy().comparing(each_is_better));
          }).ends_with("[misuse]"));
}

TEST_CASE("policies are equal when they are made the same") {
    const ResolutionPolicy policy;
    CHECK(policy.with_order("raised", press_first) == policy.with_order("raised", press_first));
    CHECK(policy.with_order("raised", press_first) != policy);
    CHECK(policy.latest_wins() != policy);
    CHECK(policy.preferring("a") == policy.preferring("a"));
    const ResolutionPolicy compared =
        policy.comparing([](const Claim&, const Claim&) { return std::weak_ordering::equivalent; });
    CHECK(compared == ResolutionPolicy(compared));
    CHECK(compared != policy);
}

TEST_CASE("a field without a value says so, and can be asked without one") {
    const Dossier dossier = with_sources({"filing: round round=a, raised=1 USD"});
    const ResolvedCompany company = resolve(dossier);
    const ResolvedRound& round = company.rounds.at(0);
    CHECK(round.raised->to_string() == "1 USD");
    CHECK((*round.raised).to_string() == "1 USD");
    CHECK(round.raised.get_if() == &round.raised.value());
    CHECK(round.stage.get_if() == nullptr);
    CHECK(round.stage.value_or("none") == "none");
    CHECK(postmoney::test::refusal([&] { static_cast<void>(round.stage.value()); }) ==
          "field \"stage\": nobody states a value: ask has_value, get, get_if or value_or [misuse]");
    CHECK(postmoney::test::refusal([&] { static_cast<void>(round.stage.winner()); }).ends_with("[misuse]"));
    CHECK(postmoney::test::refusal([&] { static_cast<void>(round.stage->size()); }).ends_with("[misuse]"));
}

TEST_CASE("a company carries where it is seen from, and questions of another day are refused") {
    const Dossier dossier = with_sources({"filing: round round=a, raised=1 USD, closed=2024-05-01"});
    const Viewpoint viewpoint{.as_of = PartialDate::parse("2024-12-31")};
    const ResolvedCompany company = resolve(dossier, {}, viewpoint);
    CHECK(company.viewpoint == viewpoint);
    CHECK(total_raised(company, {.as_of = PartialDate::parse("2024")}).size() ==
          1);  // its last day is the same
    constexpr std::string_view refused =
        "the company is resolved as of 2024-12-31, and asked about as of no day: resolve it as of that day "
        "[misuse]";
    CHECK(postmoney::test::refusal([&] { static_cast<void>(total_raised(company)); }) == refused);
    CHECK(postmoney::test::refusal([&] { static_cast<void>(left_out(company)); }) == refused);
    CHECK(postmoney::test::refusal([&] { static_cast<void>(counted_inflows(company)); }) == refused);
    CHECK(postmoney::test::refusal([&] { static_cast<void>(positions(company)); }) == refused);
    CHECK(postmoney::test::refusal([&] {
              static_cast<void>(used_rates(company, {.in = Currency::iso("USD")}, ExchangeRates()));
          }) == refused);
    CHECK(resolve(dossier, {}, viewpoint) == company);
    CHECK(resolve(dossier) != company);
}
