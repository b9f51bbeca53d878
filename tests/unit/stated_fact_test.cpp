#include "postmoney/answer/stated_fact.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

TEST_CASE("every claim on every fact is listed, the used one first and marked") {
    const Dossier dossier = dossier_of({
        "source id=filing, type=filing",
        "source id=press, type=press",
        "press: round round=c, name=Series C, status=closed, announced=2024-12, raised=5 billion USD",
        "filing: round round=c, raised=6 billion USD, investors=97",
        "press: closing round=c, on=2024-12-05, amount=1 billion USD",
        "filing: participation round=c, investor=NVIDIA",
        "press: participation round=c, investor=NVIDIA, amount=1 billion USD",
        "press: valuation company=xAI, round=c, basis=post-money, on=2024, amount=50 billion USD",
        "press: valuation company=xAI, basis=mark, on=2024, amount=45 billion USD",
        "press: stated_total company=xAI, on=2024-12, amount=12 billion USD",
        "filing: stated_total company=xAI, on=2024-12, amount=undisclosed",
        "press: metric company=xAI, name=GPUs, on=2024-12, value=100000",
        "press: metric company=xAI, name=GPUs, on=2025, value=200000, target=true",
    });
    const std::vector<std::string> expected{
        "c name: Series C by 1, used",
        "c status: closed by 1, used",
        "c announced: 2024-12 by 1, used",
        "c raised: 6 billion USD by 2, used",
        "c raised: 5 billion USD by 1",
        "c investors: 97 by 2, used",
        "c post-money: 50 billion USD by 6, used",
        "c closing 2024-12-05: 1 billion USD by 3, used",
        "c participation NVIDIA: 1 billion USD by 5, used",
        "c participation NVIDIA: undisclosed by 4",
        " mark: 45 billion USD by 7, used",
        " stated_total 2024-12: 12 billion USD by 8, used",
        " stated_total 2024-12: undisclosed by 9",
        " metric GPUs: 100000 by 10, used",
        " metric GPUs (target): 200000 by 11, used",
    };
    std::vector<std::string> listed;
    const ResolvedCompany company = resolve(dossier);
    for (const StatedFact& fact : stated_facts(company)) {
        listed.push_back(fact.round + " " + fact.field + ": " + fact.stated + " by " +
                         std::to_string(fact.claim->place.seq) + (fact.used ? ", used" : ""));
    }
    REQUIRE(listed.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(listed[i] == expected[i]);
}

TEST_CASE("a company of which nothing is stated has no facts") {
    CHECK(stated_facts(ResolvedCompany{}).empty());
}
