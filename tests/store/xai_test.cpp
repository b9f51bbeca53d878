// The reference story: every figure that the ledger of examples/xai.facts.jsonl must give.
#include <doctest/doctest.h>

#include <algorithm>

#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr const char* xai_facts = POSTMONEY_EXAMPLES_DIR "/xai.facts.jsonl";

Ledger xai_ledger() {
    Ledger ledger = in_memory("2025-01-02T08:00:00Z");
    apply_text(ledger, read_file(xai_facts));
    return ledger;
}

// "severity stated / computed / difference", of the findings with that code, round and field, one a line.
std::string findings(const Ledger& ledger, FindingCode code, std::string_view round, std::string_view field) {
    std::string text;
    for (const Finding& finding : ledger.reconcile("xAI")) {
        if (finding.code != code || finding.round != round || finding.field != field) continue;
        text += std::string(to_string(finding.severity)) + " " + finding.stated.value_or("-") + " / " +
                finding.computed.value_or("-") + " / " + finding.difference.value_or("-") + "\n";
    }
    return text;
}

// The message of the finding about this source's statement.
std::string message_of(const Ledger& ledger, FindingCode code, std::string_view start) {
    for (const Finding& finding : ledger.reconcile("xAI")) {
        if (finding.code == code && finding.message.starts_with(start)) return finding.message;
    }
    return "no such finding";
}

const ResolvedRound& round_by_handle(const ResolvedCompany& company, std::string_view handle) {
    const auto at = std::find_if(company.rounds.begin(), company.rounds.end(),
                                 [&](const ResolvedRound& round) { return round.handle == handle; });
    REQUIRE(at != company.rounds.end());
    return *at;
}

}  // namespace

TEST_CASE("xAI raised 12,134,680,000.00 USD in three rounds, none undisclosed") {
    const Ledger ledger = xai_ledger();
    const std::vector<Total> totals = ledger.total_raised("xAI");
    REQUIRE(totals.size() == 1);
    CHECK(totals[0].known->to_string() == "12134680000.00 USD");
    CHECK(totals[0].lower->to_string() == "12134680000.00 USD");
    CHECK(totals[0].upper->to_string() == "12134680000.00 USD");
    CHECK(totals[0].rounds == 3);
    CHECK(totals[0].undisclosed == 0);
    for (const char* name : {"xAI", "X.AI Corp.", "X.AI Corp", "cik:0002002695"}) {
        CHECK(total_of(ledger, name) == "12134680000.00 USD over 3, 0 undisclosed");
    }
}

TEST_CASE("xAI as of a day") {
    const Ledger ledger = xai_ledger();
    struct Row {
        std::string as_of;
        std::string total;
    };
    const std::vector<Row> rows{
        {"2023-11-28", "nothing"},
        {"2023-11-29", "134680000.00 USD over 1, 0 undisclosed"},
        {"2024-05-25", "134680000.00 USD over 1, 0 undisclosed"},
        {"2024-05-26", "6134680000.00 USD over 2, 0 undisclosed"},
        {"2024-11-30", "6134680000.00 USD over 2, 0 undisclosed"},
        {"2024-12-04", "6134680000.00 USD over 2, 0 undisclosed"},
        {"2024-12-05", "12134680000.00 USD over 3, 0 undisclosed"},  // the notice is filed
        {"2024-12-23", "12134680000.00 USD over 3, 0 undisclosed"},
        {"2024-12", "12134680000.00 USD over 3, 0 undisclosed"},
    };
    for (const Row& row : rows) CHECK_MESSAGE(total_of(ledger, "xAI", row.as_of) == row.total, row.as_of);
}

TEST_CASE(
    "the stated 12 billion agrees to its precision; the stated 11 billion would by its source's own 5 "
    "billion") {
    const Ledger ledger = xai_ledger();
    CHECK(findings(ledger, FindingCode::stated_total, "", "amount") ==
          "info 11 billion USD / 6134680000.00 USD / -4865320000.00 USD\n"
          "ok 12 billion USD / 12134680000.00 USD / 134680000.00 USD\n");
    CHECK(message_of(ledger, FindingCode::stated_total, "article") ==
          "article states 12 billion USD by 2024-12; the 3 rounds known by then come to 12.13468 billion "
          "USD, which agrees "
          "to the precision stated");
    CHECK(message_of(ledger, FindingCode::stated_total, "press-2024-11") ==
          "press-2024-11 states 11 billion USD by 2024-11-20; the 2 rounds known by then come to 6.13468 "
          "billion USD, which "
          "does not agree; by its source's own claims they come to 11.13468 billion USD, which does");
}

TEST_CASE("97 investors are declared, 4 named, 93 unnamed") {
    const Ledger ledger = xai_ledger();
    CHECK(findings(ledger, FindingCode::named_investors, "xai-series-c", "investors") ==
          "info 97 / 4 / -93\n");
    CHECK(message_of(ledger, FindingCode::named_investors, "97") ==
          "97 investors declared, 4 named, 93 unnamed");
    CHECK(findings(ledger, FindingCode::named_investors, "xai-2023", "investors") == "info 4 / 0 / -4\n");
}

TEST_CASE("the filing's 6 billion wins over the press's 5; dates and valuations compete too") {
    const Ledger ledger = xai_ledger();
    const auto competing = [&](std::string_view field) {
        return findings(ledger, FindingCode::competing_claims, "xai-series-c", field);
    };
    CHECK(competing("raised") ==
          "ok 6 billion USD / 6 billion USD / 0.00 USD\n"
          "ok 6 billion USD / 6 billion USD / 0.00 USD\n"
          "warning 5 billion USD / 6 billion USD / 1000000000.00 USD\n");
    CHECK(competing("announced") == "ok 2024-12 / 2024-12-23 / -\nwarning 2024-11-20 / 2024-12-23 / -\n");
    CHECK(competing("investors") == "ok 97 / 97 / 0\n");
    CHECK(competing("pre-money") == "warning 40 billion USD / 45 billion USD / 5000000000.00 USD\n");
    CHECK(competing("unspecified") ==
          "warning 45 billion USD / 50 billion USD / 5000000000.00 USD\n"
          "ok more than 40 billion USD / 50 billion USD / 10000000000.00 USD\n");
    CHECK(competing("post-money").empty());
    CHECK(message_of(ledger, FindingCode::competing_claims, "press-2024-11 says 5") ==
          "press-2024-11 says 5 billion USD; form-d-2024 says 6 billion USD and is used");
}

TEST_CASE("18 + 6 is 24, as stated; 45 + 6 is not 50; 134.68 million of 1 billion was sold") {
    const Ledger ledger = xai_ledger();
    CHECK(findings(ledger, FindingCode::pre_post, "xai-series-b", "post-money") ==
          "ok 24 billion USD / 24000000000.00 USD / 0.00 USD\n");
    CHECK(findings(ledger, FindingCode::pre_post, "xai-series-c", "post-money") ==
          "warning 50 billion USD / 51000000000.00 USD / 1000000000.00 USD\n");
    CHECK(findings(ledger, FindingCode::offering, "xai-2023", "offered") ==
          "ok 1 billion USD / 134680000.00 USD / -865320000.00 USD\n");
}

TEST_CASE("there are no findings but these") {
    const Ledger ledger = xai_ledger();
    std::array<int, 4> count{};
    for (const Finding& finding : ledger.reconcile()) {
        // A market's total is of no company.
        CHECK(finding.company == (finding.field == "market_total AI venture capital 2024-Q3" ? "" : "xAI"));
        CHECK_FALSE(finding.entries.empty());
        ++count[static_cast<std::size_t>(finding.severity)];
    }
    CHECK(count == std::array{9, 3, 5, 0});  // ok, info, warning, error
}

TEST_CASE("6 of 50 billion is 12 %, the value grew 2.0833-fold, a step-up of 1.875, 500 times the revenue") {
    const Ledger ledger = xai_ledger();
    const Dossier dossier = ledger.dossier("xAI");
    const ResolvedCompany company = resolve(dossier);
    const std::vector<RoundFigures> figures = figures_of(company);
    REQUIRE(company.rounds.size() == 3);
    const RoundFigures& series_c = figures[2];
    CHECK(company.rounds[2].handle == "xai-series-c");
    CHECK(series_c.valuation->value.to_string() == "50000000000.00 USD");
    CHECK(series_c.valuation->origin == ValuationOrigin::post_money);
    CHECK(series_c.ownership_sold->to_string(1, Rounding::half_even) == "12.0 %");
    CHECK(series_c.growth->to_decimal(4, Rounding::half_even).to_string() == "2.0833");
    CHECK(series_c.step_up->to_decimal(4, Rounding::half_even).to_string() == "1.8750");
    CHECK(series_c.price_to_revenue->to_decimal(4, Rounding::half_even).to_string() == "500.0000");
    CHECK_FALSE(series_c.revenue_forward);
    const RoundFigures& series_b = figures[1];
    CHECK(series_b.price_to_revenue->to_decimal(4, Rounding::half_even).to_string() == "240.0000");
    CHECK(series_b.revenue_forward);
    const auto share = market_share_of(company.rounds[2], ledger.party("xAI").market,
                                       ledger.claims_of_kind(EntryKind::market_total));
    REQUIRE(share.has_value());
    CHECK(share->share.to_string(1, Rounding::half_even) == "19.3 %");
    CHECK(share->total.to_string() == "31.1 billion USD");
    CHECK_FALSE(share->in_period);
}

TEST_CASE("the round as resolved, each figure from whom it is") {
    const Ledger ledger = xai_ledger();
    const Dossier dossier = ledger.dossier("xAI");
    const ResolvedCompany company = resolve(dossier);
    const ResolvedRound& round = round_by_handle(company, "xai-series-c");
    CHECK(round.raised.value().to_string() == "6 billion USD");
    CHECK(round.raised.winner().entry.source == "form-d-2024");
    CHECK(round.investors.value() == 97);
    CHECK(round.minimum_investment.value().to_string() == "77593 USD");
    CHECK(round.date()->to_string() == "2024-12-23");
    CHECK(round.announced.winner().entry.source == "company-2024-12");
    CHECK(round.participations.size() == 4);
    CHECK(round_by_handle(company, "xai-2023").date()->to_string() == "2023-11-29");
    CHECK(ledger.investments("Nvidia").size() == 1);
    CHECK(ledger.investments("a16z").at(0).co_investors ==
          std::vector<std::string>{"AMD", "BlackRock", "NVIDIA"});
}

TEST_CASE("applying the story twice changes nothing") {
    Ledger ledger = xai_ledger();
    const Digest digest = ledger.digest();
    const ApplyReport report = apply_text(ledger, read_file(xai_facts));
    CHECK(report.lines == 56);
    CHECK(report.recorded == 0);
    CHECK(report.repeated == 56);
    CHECK(ledger.digest() == digest);
    CHECK(ledger.verify().ok);
}
