#include "postmoney/model/cap_table.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>

#include "model_figures.hpp"
#include "postmoney/model.hpp"

using namespace postmoney;

namespace {

namespace tables {

using model_figures::n;

// 6 million common and 2 million Seed, of which a warrant buys more, before 2 million of new money.
[[nodiscard]] model::RoundScenario seeded() {
    model::RoundScenario made;
    made.holdings = {{"Ada", "Common", n("6000000")}, {"Sam", "Seed", n("2000000")}};
    made.classes.emplace_back().name = "Seed";
    made.round.name = "Series A";
    made.round.pre_money = n("8000000");
    made.round.new_money = n("2000000");
    return made;
}

[[nodiscard]] Ratio part_of(const model::RoundOutcome& outcome, std::string_view holder) {
    for (const model::HoldingAfter& row : outcome.holdings) {
        if (row.holder == holder) return row.percent;
    }
    return {};
}

}  // namespace tables

}  // namespace

TEST_CASE("a split of one preferred class moves no part of the company, however the class is written") {
    using tables::n;
    const std::function<void(model::PreferredClass&)> rows[] = {
        [](auto& of) { of.price = n("1"); },
        [](auto& of) { of.conversion_price = of.conversion_ratio = n("1"); },
        [](auto& of) { of.price = of.conversion_price = n("1"); },
        [](auto& of) { of.conversion_ratio = n("1"); },
        [](auto& of) { of.price = of.conversion_price = of.conversion_ratio = n("1"); },
        [](auto&) {},
    };
    for (const auto& write : rows) {
        model::RoundScenario scenario = tables::seeded();
        write(scenario.classes[0]);
        scenario.round.split = model::ShareSplit{"Seed", n("3")};
        const model::RoundOutcome outcome = model::run_round(scenario);
        CHECK(*outcome.price == n("1"));
        CHECK(outcome.shares_before == n("8000000"));
        CHECK(tables::part_of(outcome, "Sam") == n("1/5"));
        CHECK(outcome.holdings[1].shares == n("6000000"));
    }
}

TEST_CASE("a split of common leaves a class its part of the company, however the class is written") {
    using tables::n;
    const std::function<void(model::PreferredClass&)> rows[] = {
        [](auto& of) { of.price = n("1"); },
        [](auto& of) { of.conversion_price = of.conversion_ratio = n("1"); },
        [](auto& of) { of.conversion_ratio = n("1"); },
        [](auto&) {},
    };
    for (const auto& write : rows) {
        model::RoundScenario scenario = tables::seeded();
        write(scenario.classes[0]);
        scenario.round.split = model::ShareSplit{"Common", n("3")};
        const model::RoundOutcome outcome = model::run_round(scenario);
        CHECK(*outcome.price == n("1/3"));
        CHECK(tables::part_of(outcome, "Sam") == n("1/5"));
        CHECK(outcome.holdings[1].shares == n("2000000"));
    }
}

TEST_CASE("a split of one preferred class splits the warrants of that class, and no others") {
    using tables::n;
    model::RoundScenario scenario = tables::seeded();
    scenario.classes[0].price = n("1");
    scenario.warrants = {{"Wes", n("400000"), n("1.5"), "Seed"}, {"Xia", n("100000"), n("1"), ""}};
    scenario.round.split = model::ShareSplit{"Seed", n("3")};
    model::apply_split(scenario);
    CHECK(scenario.warrants[0] == model::Grant{"Wes", n("1200000"), n("0.5"), "Seed"});
    CHECK(scenario.warrants[1] == model::Grant{"Xia", n("100000"), n("1"), ""});
    CHECK(model::count_shares(scenario).fully_diluted() == n("8500000"));
    CHECK(scenario.classes[0].current_conversion_price() == n("1"));
}

TEST_CASE("a pool that has its target adds nothing to what a cap counts") {
    using model::PoolOf;
    using tables::n;
    struct Row {
        std::optional<model::PoolTerms> pool;
        const char* shares;
        const char* increase;
    };
    const Row rows[] = {
        {{}, "14000", "0"},
        {model::PoolTerms{{}, {}, n("0")}, "14000", "0"},
        {model::PoolTerms{n("0"), PoolOf::post_money_available, {}}, "14000", "0"},
        {model::PoolTerms{n("0.05"), PoolOf::post_money_total, {}}, "14000", "0"},
        {model::PoolTerms{{}, {}, n("100000")}, "15000", "0"},
        {model::PoolTerms{{}, {}, n("400000")}, "18000", "100000"},
    };
    for (const Row& row : rows) {
        model::RoundScenario scenario;
        scenario.holdings = {{"Ada", "Common", n("1000000")}};
        scenario.options.promised = n("700000");
        scenario.options.available = n("400000");
        model::Convertible& safe = scenario.convertibles.emplace_back();
        safe.id = safe.holder = "S";
        safe.form = model::SafeForm::pre_money;
        safe.amount = n("100000");
        safe.cap = n("10000000");
        scenario.round.pre_money = n("30000000");
        scenario.round.new_money = n("3000000");
        scenario.round.pool = row.pool;
        const model::RoundOutcome outcome = model::run_round(scenario);
        CHECK(outcome.conversions[0].shares == n(row.shares));
        CHECK(outcome.pool_increase == n(row.increase));
    }
}

TEST_CASE("a pool below its target is increased for promised options first, and a cap counts all of it") {
    using tables::n;
    model::RoundScenario scenario;
    scenario.holdings = {{"Ada", "Common", n("1000000")}};
    scenario.options.promised = n("700000");
    scenario.options.available = n("400000");
    model::Convertible& safe = scenario.convertibles.emplace_back();
    safe.id = safe.holder = "S";
    safe.form = model::SafeForm::pre_money;
    safe.amount = n("100000");
    safe.cap = n("10000000");
    scenario.round.pre_money = n("30000000");
    scenario.round.new_money = n("3000000");
    scenario.round.pool = model::PoolTerms{n("0.1"), model::PoolOf::post_money_available, {}};
    const model::RoundOutcome outcome = model::run_round(scenario);
    CHECK(outcome.pool_increase == n("0.1") * outcome.shares_after);
    CHECK(outcome.conversions[0].shares == n("0.01") * (n("1700000") + outcome.pool_increase));
}

TEST_CASE("an investor with neither an amount nor a pro rata is refused") {
    model::RoundScenario scenario = tables::seeded();
    scenario.round.investors.emplace_back().holder = "Nil";
    std::string refusal;
    try {
        static_cast<void>(model::run_round(scenario));
    } catch (const Error& error) {
        refusal = error.what();
    }
    CHECK(
        refusal ==
        R"(field "round.investors.amount": expected the amount of Nil, or pro_rata where it buys its own part [missing-field])");
}

TEST_CASE("a sale that names no class says which it takes, where the seller holds several") {
    using tables::n;
    model::RoundScenario scenario = tables::seeded();
    scenario.holdings = {{"Sam", "Seed", n("2000000")}, {"Sam", "Common", n("500000")}};
    scenario.round.secondary = {{"Sam", "Kim", "", n("400000"), n("1")}};
    const auto taken = [&] {
        const model::RoundOutcome outcome = model::run_round(scenario);
        std::string text;
        for (const model::HoldingAfter& row : outcome.holdings) {
            if (row.holder == "Kim") text = row.class_name;
        }
        for (const std::string& each : outcome.conventions) {
            if (each.find("names no class") != std::string::npos) text += ": " + each;
        }
        return text;
    };
    CHECK(taken() ==
          "Common: the 400000 shares that Sam sells to Kim are taken to be Common: the sale names no class, "
          "and Sam holds Common and Seed");
    scenario.round.secondary[0].shares = n("600000");
    CHECK(taken() ==
          "Seed: the 600000 shares that Sam sells to Kim are taken to be Seed: the sale names no class, and "
          "Sam holds Common and Seed");
    scenario.holdings.erase(scenario.holdings.begin() + 1);
    CHECK(taken() == "Seed");
}
