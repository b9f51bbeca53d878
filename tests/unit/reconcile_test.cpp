#include "postmoney/answer/reconcile.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

namespace {

const std::vector<std::string> sources{"source id=filing, type=filing, published=2024-12-05",
                                       "source id=company, type=company, published=2024-12-23",
                                       "source id=press, type=press, published=2024-11-20",
                                       "source id=article, type=press, published=2024-12"};

// "SEVERITY ROUND FIELD: STATED | COMPUTED | DIFFERENCE | MESSAGE <- PLACES OF THE ENTRIES" of one code's
// findings, a line each.
std::string findings(std::string_view code, const std::vector<std::string>& lines,
                     std::string_view as_of = {}) {
    std::vector<std::string> all = sources;
    all.insert(all.end(), lines.begin(), lines.end());
    Viewpoint viewpoint;
    if (!as_of.empty()) viewpoint.as_of = PartialDate::parse(as_of);
    std::string text;
    for (const Finding& finding : reconcile(dossier_of(all), {}, viewpoint)) {
        if (to_string(finding.code) != code) continue;
        CHECK(finding.company == "xAI");
        if (!text.empty()) text += "\n";
        text += std::string(to_string(finding.severity)) + " " + finding.round + " " + finding.field + ": " +
                finding.stated.value_or("-") + " | " + finding.computed.value_or("-") + " | " +
                finding.difference.value_or("-") + " | " + finding.message + " <- " +
                test::places(finding.entries);
    }
    return text.empty() ? "none" : text;
}

struct Row {
    std::vector<std::string> lines;
    std::string expected;
};

void check(std::string_view code, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        CAPTURE(row.lines.back());
        CHECK(findings(code, row.lines) == row.expected);
    }
}

}  // namespace

TEST_CASE("stated-total: ok, info by the source's own claims or within the bounds, warning") {
    const std::string a = "filing: round round=a, filed=2023-12-05, raised=134.68 million USD";
    const std::string b = "company: round round=b, announced=2024-05-26, raised=6 billion USD";
    const std::string c = "filing: round round=c, filed=2024-12-05, raised=6 billion USD";
    const std::string c_press = "press: round round=c, announced=2024-11-20, raised=5 billion USD";
    check(
        "stated-total",
        {
            {{a, b, c, "article: stated_total company=xAI, on=2024-12, amount=12 billion USD"},
             "ok  amount: 12 billion USD | 12134680000.00 USD | 134680000.00 USD | article states 12 billion "
             "USD by 2024-12; the 3 rounds known by then come to 12.13468 billion USD, which agrees to the "
             "precision stated <- 4"},
            {{a, b, c, c_press, "press: stated_total company=xAI, on=2024-11-20, amount=11 billion USD"},
             "info  amount: 11 billion USD | 12134680000.00 USD | 1134680000.00 USD | press states 11 "
             "billion USD by 2024-11-20; the 3 rounds known by then come to 12.13468 billion USD, which does "
             "not agree; by its source's own claims they come to 11.13468 billion USD, which does <- 5"},
            {{a, "press: stated_total company=xAI, on=2024, amount=11 billion USD"},
             "warning  amount: 11 billion USD | 134680000.00 USD | -10865320000.00 USD | press states 11 "
             "billion USD by 2024; the 1 round known by then comes to 134.68 million USD, which does not "
             "agree <- 2"},
            {{a, "round round=d, closed=2024, raised=undisclosed",
              "stated_total company=xAI, on=2024, amount=1 billion USD"},
             "info  amount: 1 billion USD | 134680000.00 USD | -865320000.00 USD | an entry without a source "
             "states 1 billion USD by 2024; the 2 rounds known by then come to 134.68 million USD, and the "
             "bounds of what is not known hold it: 134.68 million USD to no upper bound <- 3"},
            {{"round round=d, closed=2023, raised=between 1 and 3 billion USD",
              "stated_total company=xAI, on=2024, amount=2 billion USD"},
             "info  amount: 2 billion USD | 1000000000.00 USD | -1000000000.00 USD | an entry without a "
             "source states 2 billion USD by 2024; the 1 round known by then comes to 1 billion USD, and the "
             "bounds of what is not known hold it: 1 billion USD to 3 billion USD <- 2"},
            // a round that may have come by the day is within the bounds, though no round surely counts
            {{"round round=d, closed=2024-06, raised=2 USD",
              "stated_total company=xAI, on=2024-06-15, amount=2 USD"},
             "info  amount: 2 USD | 0.00 USD | -2.00 USD | an entry without a source states 2 USD by "
             "2024-06-15; the 0 rounds known by then come to 0 USD, and the bounds of what is not known hold "
             "it: 0 USD to 2 USD <- 2"},
            {{"round round=d, closed=2024-06-20, raised=2 USD",
              "stated_total company=xAI, on=2024-06-15, amount=2 USD"},
             "warning  amount: 2 USD | 0.00 USD | -2.00 USD | an entry without a source states 2 USD by "
             "2024-06-15; the 0 rounds known by then come to 0 USD, which does not agree <- 2"},
            {{"round round=d, closed=2024-06-20, raised=2 USD, instrument=debt",
              "stated_total company=xAI, on=2024, amount=at most 2 USD"},
             "ok  amount: at most 2 USD | 0.00 USD | -2.00 USD | an entry without a source states at most 2 "
             "USD by 2024; the 0 rounds known by then come to 0 USD, which agrees to the precision stated <- "
             "2"},
            {{"round round=d, closed=2023, raised=2 EUR", "round round=e, closed=2023, raised=1 USD",
              "stated_total company=xAI, on=2024, amount=3 USD"},
             "info  amount: 3 USD | 1.00 USD | -2.00 USD | an entry without a source states 3 USD by 2024; "
             "the 1 round known by then comes to 1 USD, which does not agree; rounds in EUR are not compared "
             "<- 3"},
            {{a, "stated_total company=xAI, on=2024, amount=undisclosed"}, "none"},
            // every claim on a total is compared, even those that lose
            {{"round round=d, closed=2023, raised=2 USD",
              "press: stated_total company=xAI, on=2024, amount=2 USD",
              "company: stated_total company=xAI, on=2024, amount=3 USD"},
             "warning  amount: 3 USD | 2.00 USD | -1.00 USD | company states 3 USD by 2024; the 1 round "
             "known by then comes to 2 USD, which does not agree <- 3\n"
             "ok  amount: 2 USD | 2.00 USD | 0.00 USD | press states 2 USD by 2024; the 1 round known by "
             "then comes to 2 USD, which agrees to the precision stated <- 2"},
        });
}

TEST_CASE("competing-claims: ok when they agree, info across currencies, warning otherwise") {
    const std::string filing =
        "filing: round round=c, raised=5 billion USD, offered=6 billion USD, investors=97, filed=2024-12-05";
    check("competing-claims",
          {
              {{filing}, "none"},
              {{filing, "press: round round=c, raised=6 billion USD"},
               "warning c raised: 6 billion USD | 5 billion USD | -1000000000.00 USD | press says 6 billion "
               "USD; filing says 5 billion USD and is used; that filing had 1 billion USD of its offering "
               "unsold <- 2, 1"},
              {{filing, "press: round round=c, raised=5.2 billion USD"},
               "ok c raised: 5.2 billion USD | 5 billion USD | -200000000.00 USD | press says 5.2 billion "
               "USD; filing says 5 billion USD and agrees; that filing had 1 billion USD of its offering "
               "unsold <- 2, 1"},
              {{"filing: round round=c, raised=5 USD", "filing: round round=c, offered=7 USD",
                "press: round round=c, raised=6 USD"},
               "warning c raised: 6 USD | 5 USD | -1.00 USD | press says 6 USD; filing says 5 USD and is "
               "used; that filing had 2 USD of its offering unsold <- 3, 1"},
              {{"company: round round=c, raised=5 USD, offered=7 USD", "press: round round=c, raised=6 USD"},
               "warning c raised: 6 USD | 5 USD | -1.00 USD | press says 6 USD; company says 5 USD and is "
               "used <- 2, 1"},
              {{"filing: round round=c, raised=5 USD, offered=5 USD", "press: round round=c, raised=6 USD"},
               "warning c raised: 6 USD | 5 USD | -1.00 USD | press says 6 USD; filing says 5 USD and is "
               "used <- 2, 1"},
              {{filing, "press: round round=c, raised=5 billion EUR"},
               "info c raised: 5 billion EUR | 5 billion USD | - | press says 5 billion EUR; filing says 5 "
               "billion USD and is used; different currencies are not compared; that filing had 1 billion "
               "USD of its offering unsold <- 2, 1"},
              {{filing, "press: round round=c, raised=undisclosed, offered=6 billion USD"},
               "ok c raised: undisclosed | 5 billion USD | - | press says undisclosed; filing says 5 billion "
               "USD and agrees; that filing had 1 billion USD of its offering unsold <- 2, 1\n"
               "ok c offered: 6 billion USD | 6 billion USD | 0.00 USD | press says 6 billion USD; filing "
               "says 6 billion USD and agrees <- 2, 1"},
              {{filing, "press: round round=c, investors=90"},
               "warning c investors: 90 | 97 | 7 | press says 90; filing says 97 and is used <- 2, 1"},
              {{filing, "round round=c, investors=97"},
               "ok c investors: 97 | 97 | 0 | an entry without a source says 97; filing says 97 and agrees "
               "<- 2, 1"},
              {{filing, "press: round round=c, filed=2024-12"},
               "ok c filed: 2024-12 | 2024-12-05 | - | press says 2024-12; filing says 2024-12-05 and agrees "
               "<- 2, 1"},
              {{filing, "press: round round=c, filed=2024-12-06"},
               "warning c filed: 2024-12-06 | 2024-12-05 | - | press says 2024-12-06; filing says 2024-12-05 "
               "and is used <- 2, 1"},
              {{filing, "press: round round=c, name=C", "filing: round round=c, name=Series C"},
               "none"},  // words neither agree nor disagree
              {{filing,
                "press: valuation company=xAI, round=c, basis=pre-money, on=2024, amount=45 billion USD",
                "article: valuation company=xAI, round=c, basis=pre-money, on=2024, amount=more than 40 "
                "billion USD"},
               "ok c pre-money: 45 billion USD | more than 40 billion USD | -5000000000.00 USD | press says "
               "45 billion USD; article says more than 40 billion USD and agrees <- 2, 3"},
              {{"press: valuation company=xAI, basis=409a, on=2024, amount=45 USD",
                "article: valuation company=xAI, basis=409a, on=2024, amount=40 USD"},
               "warning  409a: 45 USD | 40 USD | -5.00 USD | press says 45 USD; article says 40 USD and is "
               "used <- 1, 2"},
          });
}

TEST_CASE("competing-claims: on a closing, an investor's part and lead, and a metric") {
    const std::string round = "round round=c";
    const std::string a_closing = "filing: closing round=c, on=2024-01-10, amount=20 million USD";
    const std::string part = "filing: participation round=c, investor=Blue Fund, amount=5 million USD";
    const std::string lead = "filing: participation round=c, investor=Blue Fund, lead=true";
    const std::string revenue =
        "filing: metric company=xAI, name=revenue, per=year, on=2023, value=10 million USD";
    const std::string users = "filing: metric company=xAI, name=users, on=2023, value=5 million, unit=people";
    const std::string target = "filing: metric company=xAI, name=GPUs, on=2025, value=200000, target=true";
    check(
        "competing-claims",
        {
            {{a_closing, "press: closing round=c, on=2024-01-10, amount=2 million USD"},
             "warning c closing 2024-01-10: 2 million USD | 20 million USD | 18000000.00 USD | "
             "press says 2 million USD; filing says 20 million USD and is used <- 2, 1"},
            {{a_closing, "press: closing round=c, on=2024-01-10, amount=about 20 million USD"},
             "ok c closing 2024-01-10: about 20 million USD | 20 million USD | 0.00 USD | press "
             "says about 20 million USD; filing says 20 million USD and agrees <- 2, 1"},
            {{part, "press: participation round=c, investor=Blue Fund, amount=8 million USD", round},
             "warning c participation Blue Fund: 8 million USD | 5 million USD | -3000000.00 USD "
             "| press says 8 million USD; filing says 5 million USD and is used <- 2, 1"},
            {{part, "press: participation round=c, investor=Blue Fund, amount=8 million EUR", round},
             "info c participation Blue Fund: 8 million EUR | 5 million USD | - | press says 8 "
             "million EUR; filing says 5 million USD and is used; different currencies are not "
             "compared <- 2, 1"},
            {{part, "press: participation round=c, investor=Blue Fund, amount=undisclosed", round},
             "ok c participation Blue Fund: undisclosed | 5 million USD | - | press says "
             "undisclosed; filing says 5 million USD and agrees <- 2, 1"},
            {{part, "press: participation round=c, investor=Blue Fund", round}, "none"},
            {{part, "press: participation round=c, investor=Red Fund, amount=8 million USD", round}, "none"},
            {{lead, "press: participation round=c, investor=Blue Fund, lead=false", round},
             "warning c lead Blue Fund: no | yes | - | press says no; filing says yes and is used <- 2, 1"},
            {{lead, "press: participation round=c, investor=Blue Fund, lead=true", round},
             "ok c lead Blue Fund: yes | yes | - | press says yes; filing says yes and agrees <- 2, 1"},
            {{revenue, "press: metric company=xAI, name=revenue, per=year, on=2023, value=30 million USD"},
             "warning  metric revenue: 30 million USD | 10 million USD | -20000000.00 USD | press "
             "says 30 million USD; filing says 10 million USD and is used <- 2, 1"},
            {{revenue, "press: metric company=xAI, name=revenue, per=year, on=2023, value=30 million EUR"},
             "info  metric revenue: 30 million EUR | 10 million USD | - | press says 30 million "
             "EUR; filing says 10 million USD and is used; different currencies are not compared "
             "<- 2, 1"},
            {{revenue, "press: metric company=xAI, name=revenue, per=year, on=2022, value=30 million USD"},
             "none"},
            {{users, "press: metric company=xAI, name=users, on=2023, value=7 million"},
             "warning  metric users: 7 million | 5 million | -2000000 | press says 7 million; "
             "filing says 5 million and is used <- 2, 1"},
            {{users, "press: metric company=xAI, name=users, on=2023, value=about 6 million, unit=people"},
             "ok  metric users: about 6 million | 5 million | -1000000 | press says about 6 "
             "million; filing says 5 million and agrees <- 2, 1"},
            {{users, "press: metric company=xAI, name=users, on=2023, value=7 million, unit=firms"},
             "info  metric users: 7 million | 5 million | - | press says 7 million; filing says 5 "
             "million and is used; different units are not compared <- 2, 1"},
            {{users, "press: metric company=xAI, name=users, on=2023, value=7 million USD"},
             "info  metric users: 7 million USD | 5 million | - | press says 7 million USD; "
             "filing says 5 million and is used; different units are not compared <- 2, 1"},
            {{users, "press: metric company=xAI, name=users, on=2023, value=undisclosed"},
             "ok  metric users: undisclosed | 5 million | - | press says undisclosed; filing says "
             "5 million and agrees <- 2, 1"},
            {{target, "press: metric company=xAI, name=GPUs, on=2025, value=300000, target=true"},
             "warning  metric GPUs (target): 300000 | 200000 | -100000 | press says 300000; "
             "filing says 200000 and is used <- 2, 1"},
        });
}

TEST_CASE("a finding's key tells what is compared, not what comes out") {
    const std::vector<std::string> lines{"round round=c, raised=6 USD", "round round=c, raised=5 USD",
                                         "round round=c, raised=4 USD, closed=2025, announced=2025 "
                                         "@2024-06-15T00:00:00Z"};
    const auto keys_of = [](const std::vector<std::string>& said) {
        std::vector<std::string> keys;
        for (const Finding& finding : reconcile(dossier_of(said))) keys.push_back(finding.key());
        return keys;
    };
    const std::vector<std::string> keys = keys_of(lines);
    REQUIRE(keys.size() == 4);  // two losing claims, two dates after they were recorded
    CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
    const Finding finding = reconcile(dossier_of(lines)).front();
    CHECK(finding.key() == "competing-claims\txAI\tc\traised\t" + finding.entries.at(0).to_string() + "\t" +
                               finding.entries.at(1).to_string());
    Finding other = finding;
    other.severity = Severity::error;
    other.message = "in other words";
    CHECK(other.key() == finding.key());
    other.round = "d";
    CHECK(other.key() != finding.key());
}

TEST_CASE("pre-post: pre-money + new money with the post-money, or else the unspecified") {
    const std::string round = "filing: round round=c, raised=6 billion USD";
    const std::string pre = "press: valuation company=xAI, round=c, basis=pre-money, on=2024, amount=";
    const std::string post = "press: valuation company=xAI, round=c, basis=post-money, on=2024, amount=";
    const std::string unspecified =
        "article: valuation company=xAI, round=c, basis=unspecified, on=2024, amount=";
    check(
        "pre-post",
        {
            {{round, pre + "18 billion USD", post + "24 billion USD"},
             "ok c post-money: 24 billion USD | 24000000000.00 USD | 0.00 USD | 18 billion USD pre-money + "
             "6 billion USD raised = 24 billion USD, as press says 24 billion USD (post-money) <- 2, 1, 3"},
            {{round, pre + "45 billion USD", unspecified + "40 billion USD", post + "50 billion USD"},
             "warning c post-money: 50 billion USD | 51000000000.00 USD | 1000000000.00 USD | 45 billion "
             "USD pre-money + 6 billion USD raised = 51 billion USD, but press says 50 billion USD "
             "(post-money) <- 2, 1, 4"},
            {{round, pre + "45 billion USD", post + "undisclosed", unspecified + "51 billion USD"},
             "ok c unspecified: 51 billion USD | 51000000000.00 USD | 0.00 USD | 45 billion USD pre-money "
             "+ 6 billion USD raised = 51 billion USD, as article says 51 billion USD (unspecified) <- 2, "
             "1, 4"},
            {{round, pre + "about 45 billion USD", post + "50 billion USD"},
             "ok c post-money: 50 billion USD | 51000000000.00 USD | 1000000000.00 USD | about 45 billion "
             "USD pre-money + 6 billion USD raised = 51 billion USD, as press says 50 billion USD "
             "(post-money) <- 2, 1, 3"},
            {{round, pre + "more than 45 billion USD", post + "50 billion USD"},
             "warning c post-money: 50 billion USD | 51000000000.00 USD | 1000000000.00 USD | more than 45 "
             "billion USD pre-money + 6 billion USD raised = 51 billion USD, but press says 50 billion USD "
             "(post-money) <- 2, 1, 3"},
            {{round, pre + "18 billion EUR", post + "24 billion USD"},
             "info c post-money: 24 billion USD | - | - | 18 billion EUR pre-money + 6 billion USD raised "
             "against 24 billion USD: different currencies are not compared <- 2, 1, 3"},
            {{round, pre + "18 billion USD"}, "none"},
            {{round, post + "24 billion USD"}, "none"},
            {{round, unspecified + "4 billion USD"}, "none"},
            // Conversions are within the pre-money, unless their terms say otherwise.
            {{round + ", includes_conversions=1 billion USD", pre + "18 billion USD",
              post + "23 billion USD"},
             "ok c post-money: 23 billion USD | 23000000000.00 USD | 0.00 USD | 18 billion USD pre-money + "
             "5000000000.00 USD raised without conversions = 23 billion USD, as press says 23 billion USD "
             "(post-money) <- 2, 1, 3"},
            {{round + ", includes_conversions=1 billion USD", pre + "18 billion USD",
              post + "24 billion USD"},
             "ok c post-money: 24 billion USD | 24000000000.00 USD | 0.00 USD | 18 billion USD pre-money + "
             "6 billion USD raised with conversions = 24 billion USD, as press says 24 billion USD "
             "(post-money) <- 2, 1, 3"},
            {{round + ", includes_conversions=1 billion USD", pre + "18 billion USD",
              post + "20 billion USD"},
             "warning c post-money: 20 billion USD | 23000000000.00 USD | 3000000000.00 USD | 18 billion "
             "USD pre-money + 5000000000.00 USD raised without conversions = 23 billion USD, but press says "
             "20 "
             "billion USD (post-money) <- 2, 1, 3"},
            {{round + ", includes_conversions=undisclosed", pre + "18 billion USD", post + "20 billion USD"},
             "info c post-money: 20 billion USD | 24000000000.00 USD | 4000000000.00 USD | 18 billion USD "
             "pre-money + 6 billion USD raised with conversions = 24 billion USD, but press says 20 billion "
             "USD (post-money) <- 2, 1, 3"},
            {{round + ", instrument=debt", pre + "18 billion USD", post + "20 billion USD"}, "none"},
            {{round + ", instrument=safe", pre + "18 billion USD", unspecified + "20 billion USD"}, "none"},
            {{round + ", instrument=equity", pre + "18 billion USD", post + "20 billion USD"},
             "warning c post-money: 20 billion USD | 24000000000.00 USD | 4000000000.00 USD | 18 billion "
             "USD pre-money + 6 billion USD raised = 24 billion USD, but press says 20 billion USD "
             "(post-money) <- 2, 1, 3"},
            {{"round round=c", pre + "18 billion USD", post + "24 billion USD"}, "none"},
        });
}

TEST_CASE("pre-post: more raised than the post-money, which holds it") {
    const std::string round = "filing: round round=c, raised=5 million USD";
    const auto post = [](std::string_view amount) {
        return "press: valuation company=xAI, round=c, basis=post-money, on=2024, amount=" +
               std::string(amount);
    };
    const std::string pre = "press: valuation company=xAI, round=c, basis=pre-money, on=2024, amount=";
    check("pre-post",
          {
              {{round, post("4 million USD")},
               "warning c post-money: 4 million USD | 5000000.00 USD | 1000000.00 USD | 5 million "
               "USD raised is above the post-money of 4 million USD that press says <- 1, 2"},
              {{round, post("5 million USD")}, "none"},
              {{round, post("4.8 million USD")}, "none"},
              {{round, post("more than 4 million USD")}, "none"},
              {{round, post("4 million EUR")}, "none"},
              {{round + ", instrument=secondary", post("4 million USD")}, "none"},
              // One finding tells that the parts are more than the whole.
              {{round, pre + "1 million USD", post("4 million USD")},
               "warning c post-money: 4 million USD | 6000000.00 USD | 2000000.00 USD | 1 million "
               "USD pre-money + 5 million USD raised = 6 million USD, but press says 4 million USD "
               "(post-money) <- 2, 1, 3"},
              {{round, pre + "1 million EUR", post("4 million USD")},
               "info c post-money: 4 million USD | - | - | 1 million EUR pre-money + 5 million USD "
               "raised against 4 million USD: different currencies are not compared <- 2, 1, 3\n"
               "warning c post-money: 4 million USD | 5000000.00 USD | 1000000.00 USD | 5 million "
               "USD raised is above the post-money of 4 million USD that press says <- 1, 3"},
          });
}

TEST_CASE("named-investors: as many is ok, fewer is info, more is an error") {
    const std::string nvidia = "participation round=c, investor=NVIDIA";
    const std::string again = "press: participation round=c, investor=NVIDIA, amount=1 USD";
    const std::string amd = "participation round=c, investor=AMD";
    check("named-investors",
          {
              {{"round round=c, investors=2", nvidia, again, amd},
               "ok c investors: 2 | 2 | 0 | 2 investors declared, 2 named <- 1, 4, 3"},
              {{"round round=c, investors=97", nvidia, amd},
               "info c investors: 97 | 2 | -95 | 97 investors declared, 2 named, 95 unnamed <- 1, 3, 2"},
              {{"round round=c, investors=4"},
               "info c investors: 4 | 0 | -4 | 4 investors declared, 0 named, 4 unnamed <- 1"},
              {{"round round=c, investors=1", nvidia, amd},
               "error c investors: 1 | 2 | 1 | 1 investors declared, 2 named <- 1, 3, 2"},
              {{"round round=c, raised=1 USD", nvidia}, "none"},
          });
}

TEST_CASE("participation-sum: a remainder is info, more than was raised is an error") {
    const std::string round = "round round=c, raised=";
    const std::string nvidia = "participation round=c, investor=NVIDIA, amount=";
    const std::string amd = "participation round=c, investor=AMD, amount=";
    check("participation-sum",
          {
              {{round + "6 USD", nvidia + "4 USD", amd + "2 USD"},
               "ok c raised: 6 USD | 6.00 USD | 0.00 USD | the investors' amounts come to 6 USD of 6 USD "
               "raised <- 3, 2, 1"},
              {{round + "6 USD", nvidia + "4 USD", amd + "undisclosed"},
               "info c raised: 6 USD | 4.00 USD | -2.00 USD | the investors' amounts come to 4 USD of 6 USD "
               "raised, 2 USD less <- 2, 1"},
              {{round + "6 USD", nvidia + "at least 4 USD"},
               "info c raised: 6 USD | 4.00 USD | -2.00 USD | the investors' amounts come to 4 USD of 6 USD "
               "raised, 2 USD less <- 2, 1"},
              {{round + "6 USD", nvidia + "4 USD", amd + "3 USD"},
               "error c raised: 6 USD | 7.00 USD | 1.00 USD | the investors' amounts come to 7 USD of 6 USD "
               "raised, 1 USD more <- 3, 2, 1"},
              {{round + "6 USD", nvidia + "4 USD", amd + "about 3 USD"},
               "ok c raised: 6 USD | 7.00 USD | 1.00 USD | the investors' amounts come to 7 USD of 6 USD "
               "raised <- 3, 2, 1"},
              {{round + "at most 6 USD", nvidia + "7 USD"},
               "error c raised: at most 6 USD | 7.00 USD | 1.00 USD | the investors' amounts come to 7 USD "
               "of at most 6 USD raised, 1 USD more <- 2, 1"},
              {{round + "between 4 and 6 USD", nvidia + "7 USD"},
               "error c raised: between 4 and 6 USD | 7.00 USD | 1.00 USD | the investors' amounts come to 7 "
               "USD of between 4 and 6 USD raised, 1 USD more <- 2, 1"},
              {{round + "between 4 and 6 USD", nvidia + "5 USD"},
               "ok c raised: between 4 and 6 USD | 5.00 USD | 0.00 USD | the investors' amounts come to 5 "
               "USD of between 4 and 6 USD raised <- 2, 1"},
              {{round + "6 USD", nvidia + "4 USD", amd + "2 EUR"},
               "info c raised: 6 USD | 4.00 USD | -2.00 USD | the investors' amounts come to 4 USD of 6 USD "
               "raised, 2 USD less; 2 EUR: different currencies are not compared <- 3, 2, 1"},
              {{round + "6 USD", nvidia + "undisclosed"}, "none"},
              {{round + "undisclosed", nvidia + "4 USD"}, "none"},
          });
}

TEST_CASE(
    "closing-sum: as much as was raised is ok, and so is what an open closing may bring; else a warning") {
    const std::string round = "round round=c, raised=";
    const std::string first = "closing round=c, on=2024-01, amount=";
    const std::string second = "closing round=c, on=2024-02, amount=";
    check("closing-sum",
          {
              {{round + "6 USD", first + "4 USD", second + "2 USD"},
               "ok c raised: 6 USD | 6.00 USD | 0.00 USD | the closings come to 6 USD of 6 "
               "USD raised <- 2, 3, 1"},
              {{round + "6 USD", first + "4 USD"},
               "warning c raised: 6 USD | 4.00 USD | -2.00 USD | the closings come to 4 USD "
               "of 6 USD raised, 2 USD less <- 2, 1"},
              {{round + "6 USD", first + "8 USD"},
               "warning c raised: 6 USD | 8.00 USD | 2.00 USD | the closings come to 8 USD of "
               "6 USD raised, 2 USD more <- 2, 1"},
              {{round + "6 USD", first + "4 USD", second + "undisclosed"},
               "ok c raised: 6 USD | 4.00 USD | -2.00 USD | the closings come to 4 USD of 6 "
               "USD raised <- 2, 1"},
              {{round + "6 USD", first + "at least 7 USD"},
               "warning c raised: 6 USD | 7.00 USD | 1.00 USD | the closings come to 7 USD of "
               "6 USD raised, 1 USD more <- 2, 1"},
              {{round + "6 USD", first + "4 EUR"},
               "info c closing: 6 USD | 4 EUR | - | closings of 4 EUR do not count beside 6 USD "
               "raised: different currencies are not compared <- 2, 1"},
              {{round + "6 USD", first + "undisclosed"}, "none"},
              {{round + "6 USD"}, "none"},
          });
}

TEST_CASE("price-times-shares: within half of the price's last digit for each share") {
    const std::string round = "round round=c, price_per_share=2.50 USD, shares_issued=2000000, raised=";
    const std::string sum = "2.50 USD x 2000000 shares = 5000000.00 USD";
    check("price-times-shares",
          {
              {{round + "5 million USD"},
               "ok c price_per_share: 5 million USD | 5000000.00 USD | 0.00 USD | " + sum +
                   ", as 5 million USD raised <- 1, 1, 1"},
              {{round + "5010000 USD"},
               "ok c price_per_share: 5010000 USD | 5000000.00 USD | -10000.00 USD | " + sum +
                   ", as 5010000 USD raised <- 1, 1, 1"},
              {{round + "4990000 USD"},
               "ok c price_per_share: 4990000 USD | 5000000.00 USD | 10000.00 USD | " + sum +
                   ", as 4990000 USD raised <- 1, 1, 1"},
              {{round + "5010000.01 USD"},
               "warning c price_per_share: 5010000.01 USD | 5000000.00 USD | -10000.01 USD | " + sum +
                   ", but 5010000.01 USD raised <- 1, 1, 1"},
              {{round + "about 5.1 million USD"},
               "ok c price_per_share: about 5.1 million USD | 5000000.00 USD | 0.00 USD | " + sum +
                   ", as about 5.1 million USD raised <- 1, 1, 1"},
              {{round + "at least 5 million USD"},
               "ok c price_per_share: at least 5 million USD | 5000000.00 USD | 0.00 USD | " + sum +
                   ", as at least 5 million USD raised <- 1, 1, 1"},
              {{round + "at most 4 million USD"},
               "warning c price_per_share: at most 4 million USD | 5000000.00 USD | 1000000.00 USD | " + sum +
                   ", but at most 4 million USD raised <- 1, 1, 1"},
              {{round + "less than 4990000 USD"},
               "warning c price_per_share: less than 4990000 USD | 5000000.00 USD | 10000.00 USD | " + sum +
                   ", but less than 4990000 USD raised <- 1, 1, 1"},
              {{round + "7 million USD, includes_conversions=2 million USD"},
               "ok c price_per_share: 7 million USD | 5000000.00 USD | 0.00 USD | " + sum +
                   ", as 7 million USD raised less 2 million USD converted <- 1, 1, 1, 1"},
              {{round + "5 million USD, includes_conversions=2 million USD"},
               "warning c price_per_share: 5 million USD | 5000000.00 USD | 2000000.00 USD | " + sum +
                   ", but 5 million USD raised less 2 million USD converted <- 1, 1, 1, 1"},
              {{round + "7 million USD, includes_conversions=at least 1 million USD"},
               "ok c price_per_share: 7 million USD | 5000000.00 USD | 0.00 USD | " + sum +
                   ", as 7 million USD raised less at least 1 million USD converted <- 1, 1, 1, 1"},
              {{round + "7 million USD, includes_conversions=undisclosed"},
               "info c price_per_share: 7 million USD | 5000000.00 USD | - | " + sum +
                   " against 7 million USD raised less undisclosed converted: what is new money is not known "
                   "<- 1, 1, 1, 1"},
              {{round + "5 million EUR"},
               "info c price_per_share: 5 million EUR | 5000000.00 USD | - | " + sum +
                   " against 5 million EUR raised: different currencies are not compared <- 1, 1, 1"},
              {{round + "undisclosed"}, "none"},
              {{"round round=c, price_per_share=2.50 USD, raised=7 million USD, includes_conversions=2 "
                "million USD"},
               "none"},
              {{"round round=c, shares_issued=2000000, raised=7 million USD"}, "none"},
          });
}

TEST_CASE("competing-claims: on prices, shares and splits") {
    const std::string round = "round round=c, ";
    const std::string shares = "participation round=c, investor=NVIDIA, shares=";
    const std::string split = "split company=xAI, on=2024-05-01, ratio=";
    check(
        "competing-claims",
        {
            {{"filing: " + round + "price_per_share=11.97 USD", "press: " + round + "price_per_share=12 USD"},
             "ok c price_per_share: 12 USD | 11.97 USD | -0.03 | press says 12 USD; filing says 11.97 USD "
             "and "
             "agrees <- 2, 1"},
            {{"filing: " + round + "price_per_share=11.97 USD",
              "press: " + round + "price_per_share=12.0 USD"},
             "ok c price_per_share: 12.0 USD | 11.97 USD | -0.03 | press says 12.0 USD; filing says 11.97 "
             "USD "
             "and agrees <- 2, 1"},
            {{"filing: " + round + "price_per_share=11.97 USD",
              "press: " + round + "price_per_share=12.00 USD"},
             "warning c price_per_share: 12.00 USD | 11.97 USD | -0.03 | press says 12.00 USD; filing says "
             "11.97 USD and is used <- 2, 1"},
            {{"filing: " + round + "price_per_share=11.97 USD", "press: " + round + "price_per_share=12 EUR"},
             "info c price_per_share: 12 EUR | 11.97 USD | - | press says 12 EUR; filing says 11.97 USD and "
             "is used; different currencies are not compared <- 2, 1"},
            {{"filing: " + round + "shares_issued=100", "press: " + round + "shares_issued=100.5"},
             "warning c shares_issued: 100.5 | 100 | -0.5 | press says 100.5; filing says 100 and is used <- "
             "2, 1"},
            {{round + "raised=1 USD", "filing: " + shares + "5", "press: " + shares + "5.0"},
             "ok c shares NVIDIA: 5 | 5 | 0 | press says 5; filing says 5 and agrees <- 3, 2"},
            {{"filing: " + split + "3:1", "press: " + split + "2:1"},
             "warning  split 2024-05-01: 2:1 | 3:1 | - | press says 2:1; filing says 3:1 and is used <- 2, "
             "1"},
            {{"filing: " + split + "3:1", "press: " + split + "6:2, security_class=Common"},
             "ok  split 2024-05-01: 6:2 | 3:1 | - | press says 6:2; filing says 3:1 and agrees <- 2, 1"},
        });
}

TEST_CASE("offering: what was sold with what was offered") {
    check("offering", {
                          {{"round round=c, raised=6 billion USD, offered=6 billion USD"},
                           "ok c offered: 6 billion USD | 6000000000.00 USD | 0.00 USD | 6 billion USD sold "
                           "of 6 billion USD offered <- 1, 1"},
                          {{"round round=c, raised=134.68 million USD, offered=1 billion USD"},
                           "ok c offered: 1 billion USD | 134680000.00 USD | -865320000.00 USD | 134.68 "
                           "million USD sold of 1 billion USD offered, 865.32 million USD unsold <- 1, 1"},
                          {{"round round=c, raised=6 billion USD, offered=6.2 billion USD"},
                           "ok c offered: 6.2 billion USD | 6000000000.00 USD | -200000000.00 USD | 6 "
                           "billion USD sold of 6.2 billion USD offered <- 1, 1"},
                          {{"round round=c, raised=7 USD, offered=6 USD"},
                           "warning c offered: 6 USD | 7.00 USD | 1.00 USD | 7 USD sold of 6 USD offered, 1 "
                           "USD more than offered <- 1, 1"},
                          {{"round round=c, raised=7 USD, offered=6 EUR"},
                           "info c offered: 6 EUR | 7.00 USD | - | 7 USD sold of 6 EUR offered: different "
                           "currencies are not compared <- 1, 1"},
                          {{"round round=c, raised=7 USD, offered=undisclosed"}, "none"},
                      });
}

TEST_CASE("date-order: closed before the first sale, and dates after they were recorded") {
    const auto after = [](std::string_view line) { return std::string(line) + " @2024-06-15T23:59:59Z"; };
    check("date-order", {
                            {{"round round=c, closed=2023-12-04, first_sale=2023-12-05"},
                             "warning c closed: 2023-12-04 | 2023-12-05 | - | closed 2023-12-04, before the "
                             "first sale of 2023-12-05 <- 1, 1"},
                            {{"round round=c, closed=2023-12, first_sale=2023-12-05"}, "none"},
                            {{"round round=c, closed=2023-12-05, first_sale=2023-12"}, "none"},
                            {{after("round round=c, announced=2024-06-15")}, "none"},
                            {{after("round round=c, announced=2024-06-16")},
                             "warning c announced: 2024-06-16 | 2024-06-15T23:59:59Z | - | announced "
                             "2024-06-16 is after it was recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("round round=c, announced=2024")}, "none"},  // it may have been before
                            {{after("round round=c, closed=2025, on=2024-07")},
                             "warning c closed: 2025 | 2024-06-15T23:59:59Z | - | closed 2025 is after it "
                             "was recorded, 2024-06-15T23:59:59Z <- 1\n"
                             "warning c on: 2024-07 | 2024-06-15T23:59:59Z | - | on 2024-07 is after it was "
                             "recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("closing round=c, on=2025, amount=1 USD")},
                             "warning c on: 2025 | 2024-06-15T23:59:59Z | - | on 2025 is after it was "
                             "recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("valuation company=xAI, round=c, basis=mark, on=2025, amount=1 USD")},
                             "warning c on: 2025 | 2024-06-15T23:59:59Z | - | on 2025 is after it was "
                             "recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("stated_total company=xAI, on=2025, amount=1 USD")},
                             "warning  on: 2025 | 2024-06-15T23:59:59Z | - | on 2025 is after it was "
                             "recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("party name=xAI, founded=2025")},
                             "warning  founded: 2025 | 2024-06-15T23:59:59Z | - | founded 2025 is after it "
                             "was recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("metric company=xAI, name=GPUs, on=2025, value=1")},
                             "warning  on: 2025 | 2024-06-15T23:59:59Z | - | on 2025 is after it was "
                             "recorded, 2024-06-15T23:59:59Z <- 1"},
                            {{after("metric company=xAI, name=GPUs, on=2025, value=1, target=true")}, "none"},
                        });
}

TEST_CASE(
    "step-down: the pre-money, or without one the post-money, below the last priced round's post-money") {
    const auto round = [](std::string_view handle, std::string_view rest) {
        return "round round=" + std::string(handle) + ", " + std::string(rest);
    };
    const auto worth = [](std::string_view handle, std::string_view basis, std::string_view amount) {
        return "valuation company=xAI, on=2024, round=" + std::string(handle) +
               ", basis=" + std::string(basis) + ", amount=" + std::string(amount);
    };
    const std::string b = round("b", "closed=2024-05, raised=6 USD, name=Series B");
    const std::string c = round("c", "closed=2024-12, raised=6 USD");
    const std::string b_post = worth("b", "post-money", "24 USD");
    check("step-down",
          {
              {{b, c, b_post, worth("c", "pre-money", "20 USD")},
               "info c pre-money: 20.00 USD | 24.00 USD | 4.00 USD | 20 USD pre-money is below the "
               "post-money 24 USD of Series B <- 4, 3"},
              {{b, c, b_post, worth("c", "pre-money", "20 USD"), worth("c", "post-money", "30 USD")},
               "info c pre-money: 20.00 USD | 24.00 USD | 4.00 USD | 20 USD pre-money is below the "
               "post-money 24 USD of Series B <- 4, 3"},
              {{b, c, b_post, worth("c", "pre-money", "24 USD")}, "none"},
              {{b, c, b_post, worth("c", "post-money", "23 USD")},
               "info c pre-money: 17.00 USD | 24.00 USD | 7.00 USD | 17 USD pre-money (post-money - new "
               "money) is below the post-money 24 USD of Series B <- 4, 2, 3"},
              // A down round of which only the post-money is said.
              {{b, c, b_post, worth("c", "post-money", "24 USD")},
               "info c pre-money: 18.00 USD | 24.00 USD | 6.00 USD | 18 USD pre-money (post-money - new "
               "money) is below the post-money 24 USD of Series B <- 4, 2, 3"},
              {{b, round("c", "closed=2024-12"), b_post, worth("c", "post-money", "23 USD")},
               "info c post-money: 23.00 USD | 24.00 USD | 1.00 USD | 23 USD post-money is below the "
               "post-money 24 USD of Series B <- 4, 3"},
              {{b, round("c", "closed=2024-12, raised=more than 6 USD"), b_post,
                worth("c", "post-money", "24 USD")},
               "none"},
              {{b, c, worth("b", "pre-money", "18 USD"), worth("c", "post-money", "23 USD")},
               "info c pre-money: 17.00 USD | 24.00 USD | 7.00 USD | 17 USD pre-money (post-money - new "
               "money) is below the post-money 24 USD of Series B <- 4, 2, 3, 1"},
              {{b, c, b_post, worth("c", "pre-money", "at most 20 USD")},
               "info c pre-money: at most 20 USD | 24.00 USD | 4.00 USD | at most 20 USD pre-money is below "
               "the "
               "post-money 24 USD of Series B <- 4, 3"},
              // Only what is surely below.
              {{b, c, b_post, worth("c", "pre-money", "at least 20 USD")}, "none"},
              {{b, c, b_post, worth("c", "pre-money", "between 20 and 25 USD")}, "none"},
              {{b, c, b_post, worth("c", "pre-money", "about 23 USD")}, "none"},
              {{b, c, worth("b", "post-money", "at most 24 USD"), worth("c", "pre-money", "20 USD")}, "none"},
              {{b, c, worth("b", "post-money", "more than 24 USD"), worth("c", "pre-money", "20 USD")},
               "info c pre-money: 20.00 USD | more than 24 USD | 4.00 USD | 20 USD pre-money is below the "
               "post-money more than 24 USD of Series B <- 4, 3"},
              {{b, c, b_post, worth("c", "post-money", "24 USD"), worth("c", "post-money", "20 USD"),
                worth("c", "post-money", "30 USD")},
               "none"},
              {{b, c, b_post, worth("c", "unspecified", "1 USD"), worth("c", "mark", "1 USD"),
                worth("c", "409a", "1 USD")},
               "none"},
              {{b, c, worth("b", "unspecified", "99 USD"), worth("b", "mark", "99 USD"),
                worth("c", "post-money", "1 USD")},
               "none"},
              {{b, c, b_post, worth("c", "pre-money", "20 EUR")}, "none"},
              {{b, round("c", "closed=2024-12, status=rumoured"), b_post, worth("c", "pre-money", "20 USD")},
               "none"},
              {{b, round("c", "status=open"), b_post, worth("c", "pre-money", "20 USD")},
               "none"},  // it is unknown which came first
              {{b, round("m", "closed=2024-08, status=cancelled"), c, b_post,
                worth("m", "post-money", "99 USD"), worth("c", "pre-money", "30 USD")},
               "none"},
              {{b, round("m", "closed=2024-08"), c, b_post, worth("c", "pre-money", "20 USD")},
               "info c pre-money: 20.00 USD | 24.00 USD | 4.00 USD | 20 USD pre-money is below the "
               "post-money 24 USD of Series B <- 5, 4"},
              {{b, round("m", "closed=2024-08, raised=50 USD, instrument=debt"), c, b_post,
                worth("m", "pre-money", "100 USD"), worth("c", "pre-money", "30 USD")},
               "none"},  // a loan sets no price
              {{b, round("c", "closed=2024-12, instrument=safe"), b_post, worth("c", "pre-money", "20 USD")},
               "none"},
              {{b, round("m", "closed=2024"), c, b_post, worth("m", "post-money", "99 USD"),
                worth("c", "pre-money", "20 USD")},
               "none"},  // it is unknown which was the last
          });
}

TEST_CASE("withdrawn-currency: an amount that begins after the month of its currency's withdrawal") {
    // `end`: the month, and what replaced it.
    const auto late = [](const std::string& field, const std::string& amount, const std::string& on,
                         const std::string& end, const std::string& entries) {
        return "warning " + field + ": " + on + " | " + end.substr(0, 7) + " | - | " + amount + " of " + on +
               ": " + amount.substr(amount.size() - 3) + " was withdrawn in " + end +
               ". Supersede what has the wrong date or currency <- " + entries;
    };
    const std::string mark = "2002-03, replaced by EUR";
    const std::string round = "round round=r, closed=2003-05, ";
    CHECK(
        findings("withdrawn-currency", {round + "raised=10 million DEM"}) ==
        "warning r raised: 2003-05 | 2002-03 | - | 10 million DEM of 2003-05: DEM was withdrawn in 2002-03, "
        "replaced by EUR. Supersede what has the wrong date or currency <- 1");
    struct Case {
        std::vector<std::string> lines;
        std::string expected;
    };
    const std::vector<Case> cases{
        {{"round round=r, closed=2002-03-31, raised=10 million DEM"}, "none"},
        {{"round round=r, closed=2002-04-01, raised=10 million DEM"},
         late("r raised", "10 million DEM", "2002-04-01", mark, "1")},
        {{"round round=r, closed=2002, raised=10 million DEM"}, "none"},  // may have been before
        {{"round round=r, raised=10 million DEM"}, "none"},               // of no date
        {{round + "raised=10 million EUR"}, "none"},
        {{round + "raised=undisclosed"}, "none"},
        // One for a round and a currency, with every line that states it.
        {{round + "raised=10 million DEM, offered=12 million DEM",
          "press: round round=r, raised=9 million DEM"},
         late("r raised", "9 million DEM", "2003-05", mark, "2, 1")},
        {{round + "raised=5 million EUR, offered=9 million BYB, commissions=1 million DEM"},
         late("r offered", "9 million BYB", "2003-05", "2001-01, replaced by BYR", "1") + "\n" +
             late("r commissions", "1 million DEM", "2003-05", mark, "1")},
        // Of a participation the date is the round's, of a closing and a valuation its own.
        {{round + "name=A", "participation round=r, investor=Blue Fund, amount=1 million DEM"},
         late("r participation", "1 million DEM", "2003-05", mark, "2")},
        {{round + "name=A", "closing round=r, on=2002-02, amount=1 million DEM"}, "none"},
        {{"round round=r, announced=2002-01", "closing round=r, on=2002-Q2, amount=1 million DEM"},
         late("r closing", "1 million DEM", "2002-Q2", mark, "2")},
        {{"round round=r, closed=2001",
          "valuation company=xAI, round=r, basis=post-money, on=2003, amount=1 million DEM"},
         late("r post-money", "1 million DEM", "2003", mark, "2")},
        // Of no round.
        {{"valuation company=xAI, basis=mark, on=2015, amount=1 million USS"},
         late(" mark", "1 million USS", "2015", "2014-03", "1")},
        {{"stated_total company=xAI, on=2026-02-01, amount=1 million BGN",
          "metric company=xAI, name=revenue, on=2026-Q2, value=2 million BGN",
          "metric company=xAI, name=users, on=2026-Q2, value=2 million",
          "metric company=xAI, name=revenue, on=2026-01, value=2 million BGN"},
         late(" stated_total", "1 million BGN", "2026-02-01", "2026-01, replaced by EUR", "1, 2")}};
    for (const Case& one : cases) {
        CAPTURE(one.lines.back());
        CHECK(findings("withdrawn-currency", one.lines) == one.expected);
    }
}

TEST_CASE("as of a day, later claims and totals are not held against one another") {
    const std::vector<std::string> lines{"round round=c, raised=5 USD, closed=2024-01",
                                         "round round=c, raised=6 USD, on=2024-06-15",
                                         "stated_total company=xAI, on=2024-06-15, amount=6 USD"};
    CHECK(findings("competing-claims", lines, "2024-06-14") == "none");
    CHECK(findings("stated-total", lines, "2024-06-14") == "none");
    // The first line holds until the second begins.
    CHECK(findings("competing-claims", lines, "2024-06-15") == "none");
    CHECK(findings("stated-total", lines, "2024-06-15") ==
          "ok  amount: 6 USD | 6.00 USD | 0.00 USD | an entry without a source states 6 USD by 2024-06-15; "
          "the 1 round known by then comes to 6 USD, which agrees to the precision stated <- 3");
}

TEST_CASE("competing-claims: on exchange rates and market totals, which are of no company") {
    std::vector<std::string> lines = sources;
    for (const char* line : {"filing: fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.0872",
                             "press: fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.09",
                             "article: fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.80",
                             "press: fx_rate base=USD, quote=EUR, on=2024-06-05, rate=0.5",
                             "press: fx_rate base=EUR, quote=USD, on=2024, rate=1.5",
                             "press: market_total market=AI, period=2024, amount=20 billion USD",
                             "company: market_total market=AI, period=2024, amount=25 billion USD",
                             "article: market_total market=AI, period=2024, amount=25 billion EUR",
                             "press: market_total market=AI, period=2023, amount=20 billion USD",
                             "round round=c, raised=6 USD", "press: round round=c, raised=7 USD"}) {
        lines.emplace_back(line);
    }
    std::string text;
    for (const Finding& finding : reconcile_rates_and_markets(dossier_of(lines).claims)) {
        CHECK(finding.code == FindingCode::competing_claims);
        CHECK(finding.company.empty());
        CHECK(finding.round.empty());
        text += std::string(to_string(finding.severity)) + " " + finding.field + ": " + *finding.stated +
                " | " + *finding.computed + " | " + finding.difference.value_or("-") + " | " +
                finding.message + " <- " + test::places(finding.entries) + "\n";
    }
    CHECK(text ==
          "warning fx_rate EUR/USD 2024-06-05: 1.80 | 1.0872 | -0.7128 | article says 1.80; filing says "
          "1.0872 and "
          "is used <- 3, 1\n"
          "ok fx_rate EUR/USD 2024-06-05: 1.09 | 1.0872 | -0.0028 | press says 1.09; filing says 1.0872 and "
          "agrees "
          "<- 2, 1\n"
          "info market_total AI 2024: 25 billion EUR | 25 billion USD | - | article says 25 billion EUR; "
          "company says "
          "25 billion USD and is used; different currencies are not compared <- 8, 7\n"
          "warning market_total AI 2024: 20 billion USD | 25 billion USD | 5000000000.00 USD | press says 20 "
          "billion "
          "USD; company says 25 billion USD and is used <- 6, 7\n");
}

TEST_CASE("regression: figures that cannot be added up are a finding, and the others are compared") {
    const std::vector<std::string> lines{
        "round round=c, raised=60000 trillion USD, offered=60000 trillion USD, remaining=60000 trillion USD, "
        "commissions=60000 trillion USD, finders_fees=60000 trillion USD",
        "participation round=c, investor=Blue, amount=60000 trillion USD",
        "participation round=c, investor=Red, amount=60000 trillion USD",
        "closing round=c, on=2024-01-05, amount=60000 trillion USD",
        "closing round=c, on=2024-03-05, amount=60000 trillion USD",
        "valuation company=xAI, round=c, basis=pre-money, amount=60000 trillion USD, on=2024-01-05",
        "valuation company=xAI, round=c, basis=post-money, amount=60000 trillion USD, on=2024-01-05"};
    for (const std::string_view code :
         {"pre-post", "participation-sum", "closing-sum", "offering", "commissions"}) {
        CAPTURE(code);
        CHECK(findings(code, lines).find("warning c raised: - | - | - | cannot be compared: ") == 0);
    }
}

TEST_CASE("nothing to compare gives no findings") {
    CHECK(reconcile(dossier_of({})).empty());
}
