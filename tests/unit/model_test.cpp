#include "postmoney/model.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "model_figures.hpp"

using namespace postmoney;

namespace {

namespace models {

using model_figures::n;

[[nodiscard]] date::sys_days on_day(std::string_view text) {
    return PartialDate::parse(text).first_day();
}

// 9 million shares of founders, a pre-money of 20 million and 5 million of new money.
[[nodiscard]] model::RoundScenario plain_round() {
    model::RoundScenario made;
    made.holdings.push_back({"Founders", "Common", n("9000000")});
    made.round.pre_money = n("20000000");
    made.round.new_money = n("5000000");
    return made;
}

[[nodiscard]] model::Convertible safe(std::string_view amount, std::optional<Ratio> cap,
                                      std::optional<Ratio> discount = {}) {
    model::Convertible made;
    made.id = made.holder = "S";
    made.form = model::SafeForm::post_money;
    made.amount = n(amount);
    made.cap = std::move(cap);
    made.discount = std::move(discount);
    return made;
}

// A class before a round, whose shares are in the holdings.
[[nodiscard]] model::PreferredClass sold(std::string_view name) {
    model::PreferredClass made;
    made.name = name;
    return made;
}

[[nodiscard]] model::PreferredClass preferred(std::string name, std::string_view shares,
                                              std::string_view invested) {
    model::PreferredClass made;
    made.name = std::move(name);
    made.shares = n(shares);
    made.invested = n(invested);
    return made;
}

// 60 common beside a class of 40 shares that invested 10.
[[nodiscard]] model::ExitScenario plain_exit(std::string_view proceeds) {
    model::ExitScenario made;
    made.proceeds = n(proceeds);
    made.classes.push_back(preferred("A", "40", "10"));
    made.common.push_back({"Founders", n("60")});
    return made;
}

[[nodiscard]] Ratio paid(const model::ExitScenario& scenario, std::string_view name) {
    for (const model::Payout& row : model::run_exit(scenario).payouts) {
        if (row.name == name) return row.exact;
    }
    return n("-1");
}

template <class Scenario>
[[nodiscard]] std::string refusal(const Scenario& scenario) {
    try {
        if constexpr (std::is_same_v<Scenario, model::RoundScenario>) {
            static_cast<void>(model::run_round(scenario));
        } else {
            static_cast<void>(model::run_exit(scenario));
        }
    } catch (const Error& error) {
        return error.field() + " " + std::string(to_string(error.code()));
    }
    return "accepted";
}

}  // namespace models

}  // namespace

TEST_CASE("one loan, five day counts") {
    using model::DayCount;
    const auto years = [](DayCount count) {
        return model::year_fraction(count, models::on_day("2023-12-31"), models::on_day("2024-08-31"));
    };
    CHECK(years(DayCount::actual_365_fixed) == models::n("244/365"));
    CHECK(years(DayCount::actual_360) == models::n("244/360"));
    CHECK(years(DayCount::actual_actual_isda) == models::n("1/365") + models::n("243/366"));
    CHECK(years(DayCount::thirty_360_us) == models::n("2/3"));
    CHECK(years(DayCount::thirty_e_360) == models::n("2/3"));
    // The last of February is a 30th in the US rule only.
    CHECK(model::year_fraction(DayCount::thirty_360_us, models::on_day("2024-02-29"),
                               models::on_day("2024-08-31")) == models::n("1/2"));
    CHECK(model::year_fraction(DayCount::thirty_e_360, models::on_day("2024-02-29"),
                               models::on_day("2024-08-31")) == models::n("181/360"));
}

TEST_CASE("whole periods compound, the rest runs simple") {
    const model::Accrual accrual{models::n("0.08"), models::on_day("2024-01-31"),
                                 model::AccrualKind::compound, 4, model::DayCount::actual_360};
    // Two quarters to the last of July, and 31 days.
    const Ratio two = models::n("100000") * models::n("1.02") * models::n("1.02");
    CHECK(model::accrued(models::n("100000"), accrual, models::on_day("2024-08-31")) ==
          two + two * models::n("0.08") * models::n("31/360") - models::n("100000"));
}

TEST_CASE("rounds: one of each kind") {
    struct Row {
        const char* what;
        std::function<void(model::RoundScenario&)> change;
        const char* price;
        const char* after;
    };
    using models::n;
    using models::safe;
    const Row rows[] = {
        {"plain", [](auto&) {}, "20/9", "11250000"},
        {"a pool of a tenth, inside",
         [](auto& of) {
             of.round.pool = model::PoolTerms{n("0.1"), model::PoolOf::post_money_available, {}};
         },
         "35/18", "90000000/7"},
        {"a pool that has its target does not shrink",
         [](auto& of) {
             of.options.available = n("3000000");
             of.round.pool = model::PoolTerms{n("0.1"), model::PoolOf::post_money_available, {}};
         },
         "5/3", "15000000"},
        {"post-money SAFE: a tenth of what is there before the money",
         [](auto& of) { of.convertibles = {safe("1000000", n("10000000"))}; }, "2", "12500000"},
        {"the discount is lower than the cap",
         [](auto& of) { of.convertibles = {safe("1000000", n("18000000"), n("0.5"))}; }, "2", "12500000"},
        {"a note outside the pre-money",
         [](auto& of) {
             of.convertibles = {safe("1000000", {}, n("0.2"))};
             of.convertibles[0].type = model::ConvertibleType::note;
             of.convertibles[0].form.reset();
             of.convertibles[0].method = model::Method::pre_money;
         },
         "20/9", "11812500"},
        {"a note whose money is added to the post-money",
         [](auto& of) {
             of.convertibles = {safe("1000000", {}, n("0.2"))};
             of.convertibles[0].type = model::ConvertibleType::note;
             of.convertibles[0].form.reset();
             of.convertibles[0].method = model::Method::dollars_invested;
         },
         "79/36", "936000000/79"},
        {"promised options are a part of the pool: the cap counts them once",
         [](auto& of) {
             of.options.promised = n("500000");
             of.options.available = n("1000000");
             of.convertibles = {safe("1000000", n("10000000"))};
         },
         "9/5", "125000000/9"},
        {"of promised options the cap counts what exceeds the pool, and not the increase beside it",
         [](auto& of) {
             of.options.promised = n("500000");
             of.options.available = n("200000");
             of.convertibles = {safe("1000000", n("10000000"))};
             of.round.pool = model::PoolTerms{{}, {}, n("400000")};
         },
         "1800/959", "119875000/9"},
        {"an increase below the excess adds nothing",
         [](auto& of) {
             of.options.promised = n("500000");
             of.options.available = n("200000");
             of.round.pool = model::PoolTerms{{}, {}, n("100000")};
         },
         "40/19", "11875000"},
        {"a pre-money SAFE counts the whole pool and its whole increase, promised or not",
         [](auto& of) {
             of.options.promised = n("500000");
             of.options.available = n("200000");
             of.convertibles = {safe("1000000", n("10000000"))};
             of.convertibles[0].form = model::SafeForm::pre_money;
             of.round.pool = model::PoolTerms{{}, {}, n("400000")};
         },
         "125/66", "13200000"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        model::RoundScenario scenario = models::plain_round();
        row.change(scenario);
        const model::RoundOutcome outcome = model::run_round(scenario);
        CHECK(*outcome.price == n(row.price));
        CHECK(outcome.shares_after == n(row.after));
    }
}

TEST_CASE("a down round adjusts each class against its own price, from one base") {
    model::RoundScenario scenario;
    scenario.holdings = {{"Founders", "Common", models::n("9000000")},
                         {"S", "Seed", models::n("2000000")},
                         {"A", "A", models::n("4000000")}};
    scenario.options.granted = models::n("1000000");
    scenario.options.available = models::n("700000");
    model::PreferredClass seed = models::sold("Seed");
    seed.price = models::n("1");
    seed.anti_dilution = model::AntiDilution::broad_based;
    model::PreferredClass series = models::sold("A");
    series.price = models::n("2");
    series.anti_dilution = model::AntiDilution::full_ratchet;
    scenario.classes = {seed, series};
    scenario.round.price = models::n("0.8");
    scenario.round.new_money = models::n("4000000");
    const model::RoundOutcome outcome = model::run_round(scenario);
    REQUIRE(outcome.adjustments.size() == 2);
    CHECK(outcome.adjustments[0].to == models::n("20/21"));  // 1 * (16 + 4) / (16 + 5), the pool left out
    CHECK(outcome.adjustments[1].to == models::n("0.8"));
    CHECK(outcome.adjustments[1].ratio == models::n("2.5"));
    scenario.round.price = models::n("1");  // not below the seed's price
    CHECK(model::run_round(scenario).adjustments.size() == 1);
}

TEST_CASE("pay-to-play, pro rata, a secondary sale and a split") {
    model::RoundScenario scenario = models::plain_round();
    scenario.holdings.push_back({"Ida", "A", models::n("600000")});
    scenario.holdings.push_back({"Jo", "A", models::n("400000")});
    scenario.classes = {models::sold("A")};
    scenario.round.investors = {{"Ida", models::n("600000"), {}}, {"Jo", models::n("100000"), {}}};
    scenario.round.pay_to_play = model::PayToPlay{
        {{"A", models::n("1/10")}}, models::n("1000000"), model::Partial::proportional, model::Priced::after};
    const model::RoundOutcome played = model::run_round(scenario);
    REQUIRE(played.pay_to_play.size() == 2);
    CHECK(played.pay_to_play[0].converted.is_zero());
    CHECK(played.pay_to_play[1].required == models::n("400000"));
    CHECK(played.pay_to_play[1].converted == models::n("300000"));
    CHECK(played.pay_to_play[1].common == models::n("30000"));
    CHECK(*played.price == models::n("20000000") / models::n("9730000"));
    // Without a ratio a share becomes what its class converts into; a stated one stays.
    scenario.round.pay_to_play->classes[0].ratio.reset();
    scenario.classes[0].price = models::n("1");
    scenario.classes[0].conversion_price = models::n("0.5");
    CHECK(model::run_round(scenario).pay_to_play[1].common == models::n("600000"));
    scenario.round.pay_to_play->classes[0].ratio = models::n("1");
    CHECK(model::run_round(scenario).pay_to_play[1].common == models::n("300000"));
    // What a pro rata without an amount buys is not known while it is asked who plays.
    scenario.round.investors.push_back({"Jo", {}, model::ProRata{}});
    CHECK(models::refusal(scenario) == "round.investors.amount missing-field");
    scenario.round.investors[2].holder = "Founders";
    CHECK(models::refusal(scenario) == "accepted");

    scenario = models::plain_round();
    scenario.holdings.push_back({"Ida", "Common", models::n("1000000")});
    scenario.options.available = models::n("1000000");
    scenario.round.investors = {{"Ida", {}, model::ProRata{}}};
    CHECK(model::run_round(scenario).entitlements[0].amount ==
          models::n("500000"));  // a tenth: the pool is not in the base
    scenario.round.investors[0].pro_rata->target = models::n("0.2");
    const model::RoundOutcome super = model::run_round(scenario);
    CHECK((models::n("1000000") + super.entitlements[0].shares) / super.shares_after == models::n("0.2"));

    scenario = models::plain_round();
    scenario.round.split = model::ShareSplit{"", models::n("3")};
    scenario.round.secondary = {{"Founders", "Kim", "", models::n("2700000"), models::n("0.5")}};
    const model::RoundOutcome split = model::run_round(scenario);
    CHECK(*split.price == models::n("20/27"));
    CHECK(split.shares_after == models::n("33750000"));
    CHECK(split.holdings[1].percent == models::n("2/25"));
}

TEST_CASE("a holder's own part of the round has what its base counts") {
    using models::n;
    model::RoundScenario scenario = models::plain_round();
    scenario.holdings.push_back({"Ida", "Common", n("1000000")});
    scenario.convertibles = {models::safe("4000000", n("10000000"))};
    scenario.convertibles[0].holder = "Ida";
    scenario.warrants = {{"Ida", n("500000"), n("1"), ""}};
    scenario.round.investors = {{"Ida", {}, model::ProRata{{model::Counted::stock}, {}}}};
    const auto part = [&] { return model::run_round(scenario).entitlements.at(0).part; };
    CHECK(part() == n("1/10"));
    scenario.round.investors[0].pro_rata->counts.push_back(model::Counted::options);
    CHECK(part() == n("1/7"));
    scenario.round.investors[0].pro_rata->counts.push_back(model::Counted::notes);
    CHECK(part() == n("1/7"));
    scenario.round.investors[0].pro_rata->counts.push_back(model::Counted::safes);
    CHECK(part() == n("17/35"));  // the SAFE is 0.4 of 10.5 / 0.6 million
    scenario.round.investors[0].pro_rata->counts.push_back(model::Counted::adjustments);
    CHECK(models::refusal(scenario) == "round.investors.pro_rata.counts misuse");
    scenario.round.investors[0].pro_rata->counts.pop_back();
    scenario.round.investors.push_back(scenario.round.investors[0]);
    CHECK(models::refusal(scenario) == "round.investors.pro_rata duplicate-field");
}

TEST_CASE("a target of pro rata counts adjusted prices and the holder's other purchases") {
    using models::n;
    model::RoundScenario scenario;
    scenario.holdings = {{"Founders", "Common", n("8000000")}, {"Ida", "A", n("1000000")}};
    scenario.classes = {models::sold("A")};
    scenario.classes[0].price = n("2");
    scenario.classes[0].anti_dilution = model::AntiDilution::full_ratchet;
    scenario.round.price = n("1");
    scenario.round.new_money = n("5000000");
    scenario.round.investors = {{"Ida", n("300000"), {}}, {"Ida", {}, model::ProRata{{}, n("0.2")}}};
    // 15,000,000 shares after, of which 3,000,000: 2,000,000 by the ratchet, 300,000 by the other line.
    CHECK(model::run_round(scenario).entitlements.at(0).amount == n("700000"));
    scenario.round.price_places = 0;
    scenario.round.price = n("1.25");  // is rounded to 1
    CHECK(model::run_round(scenario).entitlements.at(0).amount == n("700000"));
}

TEST_CASE("shares that are stated are sold, and the money gives way to a rounded price") {
    using models::n;
    model::RoundScenario scenario;
    scenario.holdings = {{"Founders", "Common", n("900000")}};
    scenario.round.pre_money = n("1000000");
    scenario.round.shares = n("300000");
    scenario.round.price_places = 2;
    scenario.round.share_mode = Rounding::floor;
    const model::RoundOutcome one = model::run_round(scenario);
    CHECK(*one.price == n("1.11"));
    CHECK(one.new_shares == n("300000"));
    CHECK(one.new_money == n("333000"));
    CHECK(*one.post_money == n("1333000"));
    CHECK(one.shares_after == n("1200000"));
    REQUIRE(one.residues.size() == 3);  // the price, the buyer, the new money
    CHECK(one.residues[2] ==
          "new money: 1000000/3 = 333333.333333333333 gives way to 333000, for 300000 of "
          "the shares stated at 1.11; residue 1000/3 = 333.333333333333");
    // Several buyers get all of them, in the proportion of their money.
    scenario.round.investors = {
        {"Ida", n("100000"), {}}, {"Jo", n("50001"), {}}, {"Kim", {}, model::ProRata{}}};
    scenario.holdings.push_back({"Kim", "Common", n("300000")});
    scenario.holdings[0].shares = n("600000");
    scenario.round.investors[2].pro_rata->target = n("0.26");
    const model::RoundOutcome several = model::run_round(scenario);
    REQUIRE(several.purchases.size() == 4);
    CHECK(several.purchases[0].shares == n("90000"));
    CHECK(several.purchases[0].amount == n("99900"));
    CHECK(several.purchases[1].shares == n("45001"));  // 45,000.9, the largest remainder
    CHECK(several.purchases[2].shares == n("12000"));
    CHECK(several.purchases[3].shares == n("152999"));
    CHECK(several.new_shares == n("300000"));
    CHECK(several.new_money == n("333000"));
}

TEST_CASE("exits: one of each kind") {
    struct Row {
        const char* what;
        const char* proceeds;
        std::function<void(model::ExitScenario&)> change;
        const char* name;
        const char* amount;
    };
    using models::n;
    using models::safe;
    const Row rows[] = {
        {"kept", "20", [](auto&) {}, "A", "10"},
        {"converted", "50", [](auto&) {}, "A", "20"},
        {"participating", "50", [](auto& of) { of.classes[0].participation = model::Participating::full; },
         "A", "26"},
        {"capped", "50",
         [](auto& of) {
             of.classes[0].participation = model::Participating::capped;
             of.classes[0].participation_cap = n("2");
         },
         "A", "20"},
        {"senior first", "12",
         [](auto& of) {
             of.classes.push_back(models::preferred("B", "10", "8"));
             of.classes[1].seniority = n("1");
         },
         "A", "4"},
        {"pari passu", "12", [](auto& of) { of.classes.push_back(models::preferred("B", "10", "8")); }, "A",
         "20/3"},
        {"debt first", "12",
         [](auto& of) {
             of.debt.push_back({"Bank", n("5")});
         },
         "A", "7"},
        {"options join where it pays", "50",
         [](auto& of) {
             of.options.grants.push_back({"Staff", n("20"), n("0.25"), {}});
         },
         "Staff", "25/6"},
        {"dividends on top", "20",
         [](auto& of) {
             of.date = models::on_day("2025-01-01");
             of.classes[0].dividends =
                 model::Dividends{{n("0.1"), models::on_day("2023-01-01"), model::AccrualKind::simple, 0,
                                   model::DayCount::thirty_e_360},
                                  model::OnConversion::forfeited};
         },
         "A", "12"},
        {"a SAFE takes its money", "20", [](auto& of) { of.convertibles = {safe("5", n("100"))}; }, "S", "5"},
        {"or converts", "200", [](auto& of) { of.convertibles = {safe("5", n("100"))}; }, "S", "10"},
        {"a discount is there in full", "50", [](auto& of) { of.convertibles = {safe("5", {}, n("0.2"))}; },
         "S", "25/4"},
        {"or not", "16", [](auto& of) { of.convertibles = {safe("5", {}, n("0.2"))}; }, "S", "5"},
        {"or is filled", "16",
         [](auto& of) {
             of.convertibles = {safe("5", {}, n("0.2"))};
             of.convertibles[0].exit_discount = model::ExitDiscount::fill;
         },
         "S", "6"},
        {"a note is debt", "12",
         [](auto& of) {
             of.convertibles = {safe("5", {})};
             of.convertibles[0].type = model::ConvertibleType::note;
             of.convertibles[0].form.reset();
             of.convertibles[0].multiple = n("2");
             of.convertibles[0].multiple_of = model::MultipleOf::principal;
         },
         "S", "10"},
        {"a carve-out beside the preference", "8",
         [](auto& of) {
             model::CarveOut carve;
             carve.name = "Team";
             carve.amount = n("6");
             carve.when = model::When::alongside;
             of.carve_outs.push_back(carve);
         },
         "Team", "3"},
        {"a group converts when most of it gains", "60",
         [](auto& of) {
             of.classes.push_back(models::preferred("B", "10", "10"));
             of.conversion_groups.push_back(
                 {{"A", "B"}, n("0.5"), model::GroupOf::as_converted, model::GroupNeeds::more_than});
         },
         "B", "60/11"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        model::ExitScenario scenario = models::plain_exit(row.proceeds);
        row.change(scenario);
        CHECK(models::paid(scenario, row.name) == n(row.amount));
        Ratio sum;
        for (const model::Payout& each : model::run_exit(scenario).payouts) sum = sum + each.amount;
        CHECK(sum == *scenario.proceeds);
    }
}

TEST_CASE("two SAFEs near their cap have two answers: the fewest conversions are taken, and both are said") {
    model::ExitScenario scenario = models::plain_exit("115");
    scenario.classes.clear();
    scenario.convertibles = {models::safe("10", models::n("100")), models::safe("10", models::n("100"))};
    scenario.convertibles[1].id = scenario.convertibles[1].holder = "T";
    // Alone, one would be worth 10 % of 105; together, 10 % of 115 each.
    scenario.proceeds = models::n("105");
    const model::ExitOutcome outcome = model::run_exit(scenario);
    REQUIRE(outcome.equilibria.size() == 2);
    CHECK(outcome.equilibria[0].converting.empty());
    CHECK(outcome.equilibria[1].converting.size() == 2);
    CHECK(outcome.equilibria[1].payouts[0].exact == models::n("21/2"));
    CHECK(outcome.warnings.size() == 1);
}

// Once one answer only: of two at the same cap the one that is listed first was taken to convert first.
TEST_CASE(
    "a small pre-money SAFE can convert beside a post-money one where a large one at its cap does not") {
    model::ExitScenario scenario = models::plain_exit("5115");
    scenario.classes.clear();
    scenario.common = {{"C", models::n("824")}};
    scenario.options.grants = {{"O", models::n("248"), models::n("0.25"), {}},
                               {"P", models::n("416"), models::n("9.75"), {}}};
    const auto safe = [](const char* name, model::SafeForm form, const char* amount, const char* seniority) {
        model::Convertible made = models::safe(amount, models::n("5000"));
        made.id = made.holder = name;
        made.form = form;
        made.seniority = models::n(seniority);
        return made;
    };
    scenario.convertibles = {safe("S", model::SafeForm::pre_money, "799", "2"),
                             safe("T", model::SafeForm::post_money, "517", "1"),
                             safe("U", model::SafeForm::pre_money, "99", "3")};
    const auto payout = [](const model::Equilibrium& of, std::string_view name) {
        for (const model::Payout& row : of.payouts) {
            if (row.name == name) return row.exact;
        }
        return models::n("-1");
    };
    // 5,000 / 1,488 a share is 3.3602. With T and U a share gets 4,378 / 1,276.464 = 3.4298; were S to
    // convert too, T would get 202.4 shares in place of 175.0, and a share 3.3581.
    const model::ExitOutcome outcome = model::run_exit(scenario);
    REQUIRE(outcome.equilibria.size() == 2);
    CHECK(outcome.equilibria[0].converting == std::vector<std::string>{"S", "T"});
    CHECK(payout(outcome.equilibria[0], "U") == models::n("99"));
    CHECK(outcome.equilibria[1].converting == std::vector<std::string>{"T", "U"});
    CHECK(payout(outcome.equilibria[1], "S") == models::n("799"));
    CHECK(payout(outcome.equilibria[1], "U") == models::n("90350933409/894122500"));
    CHECK(payout(outcome.equilibria[1], "C") == models::n("824") * models::n("9813287/2861192"));
    CHECK(outcome.warnings.size() == 1);
}

TEST_CASE(
    "a class that takes part converts for its dividends only above its own threshold, beside SAFEs too") {
    // P takes part in full with 536 shares; its dividends of 472.80 become 160.8 more when it converts.
    model::ExitScenario scenario = models::plain_exit("57837");
    scenario.date = models::on_day("2025-06-30");
    scenario.common = {{"C", models::n("2058")}};
    scenario.classes = {models::preferred("P", "536", "1576"), models::preferred("Q", "526", "276.5")};
    scenario.classes[0].preference = scenario.classes[1].preference = models::n("3");
    scenario.classes[0].participation = model::Participating::full;
    scenario.classes[0].seniority = models::n("1");
    scenario.classes[0].price = models::n("1576/536");
    scenario.classes[0].dividends =
        model::Dividends{{models::n("0.1"), models::on_day("2022-06-30"), model::AccrualKind::simple, 0,
                          model::DayCount::thirty_e_360},
                         model::OnConversion::converted};
    scenario.convertibles = {models::safe("412", models::n("6000")), models::safe("283", models::n("8000"))};
    scenario.convertibles[1].id = scenario.convertibles[1].holder = "T";
    const model::ExitOutcome outcome = model::run_exit(scenario);
    REQUIRE(outcome.payouts.size() == 5);
    CHECK_FALSE(outcome.payouts[0].converts);  // it would have to give up 5,200.80 for 160.8 shares
    CHECK(outcome.payouts[1].converts);
    CHECK(outcome.payouts[2].converts);
    CHECK(outcome.payouts[3].converts);
    CHECK(outcome.payouts[0].preference == models::n("5200.8"));
    CHECK(outcome.payouts[0].participation == models::n("536") * outcome.per_share);
}

TEST_CASE("a curve has at each point what an exit there pays") {
    model::ExitScenario scenario = models::plain_exit("60");
    scenario.classes.push_back(models::preferred("B", "7", "3"));
    scenario.classes[1].participation = model::Participating::capped;
    scenario.classes[1].participation_cap = models::n("2");
    scenario.options.grants.push_back({"Staff", models::n("20"), models::n("0.25"), {}});
    scenario.curve = model::CurveTerms{models::n("0"), models::n("60"), 120};
    const model::ExitOutcome outcome = model::run_exit(scenario);
    REQUIRE(outcome.curve.size() == 121);
    scenario.curve.reset();
    for (const model::CurvePoint& point : outcome.curve) {
        scenario.proceeds = point.proceeds;
        const model::ExitOutcome here = model::run_exit(scenario);
        for (std::size_t i = 0; i < here.payouts.size(); ++i)
            CHECK(here.payouts[i].exact == point.amounts[i]);
    }
}

TEST_CASE("an earn-out pays what it adds") {
    model::ExitScenario scenario = models::plain_exit("0");
    scenario.proceeds.reset();
    scenario.payments = {{"closing", models::n("20")}, {"earn-out", models::n("30")}};
    const model::ExitOutcome outcome = model::run_exit(scenario);
    REQUIRE(outcome.payments.size() == 2);
    CHECK(outcome.payments[0].payouts[0].exact == models::n("10"));
    CHECK(outcome.payments[1].payouts[0].exact == models::n("10"));
    CHECK(outcome.payments[1].payouts[1].exact == models::n("20"));
}

TEST_CASE("what a round refuses") {
    struct Row {
        std::function<void(model::RoundScenario&)> change;
        const char* refusal;
    };
    using models::n;
    using models::safe;
    const Row rows[] = {
        {[](auto& of) { of.round.new_money.reset(); }, "round missing-field"},
        {[](auto& of) {
             of.round = {};
             of.convertibles = {safe("1", n("5"))};
         },
         "round missing-field"},
        {[](auto& of) {
             of.round = {};
             of.round.investors = {{"X", n("1"), {}}};
         },
         "round missing-field"},
        {[](auto& of) {
             of.round = {};
             of.round.pool = model::PoolTerms{n("0.1"), model::PoolOf::post_money_total, {}};
         },
         "round missing-field"},
        {[](auto& of) {
             of.round = {};
             of.round.pool = model::PoolTerms{{}, {}, n("1")};
             of.convertibles = {safe("1", n("5"))};
             of.convertibles[0].converts = false;
         },
         "accepted"},
        {[](auto& of) { of.round.post_money = n("26000000"); }, "round.post_money out-of-range"},
        {[](auto& of) { of.convertibles = {safe("1", n("5"), n("1"))}; },
         "convertibles.S.discount out-of-range"},
        {[](auto& of) { of.convertibles = {safe("1", n("0"))}; }, "convertibles.S.cap out-of-range"},
        {[](auto& of) { of.convertibles = {safe("20000000", n("10000000"))}; }, "round out-of-range"},
        {[](auto& of) {
             of.convertibles = {safe("1", n("5"))};
             of.convertibles[0].form.reset();
         },
         "convertibles.S.form missing-field"},
        {[](auto& of) {
             of.convertibles = {safe("1", n("5"))};
             of.convertibles[0].mfn_takes = "T";
         },
         "convertibles.S.mfn.takes unknown-field"},
        {[](auto& of) {
             of.convertibles = {safe("1", n("5"))};
             of.convertibles[0].interest =
                 model::ConvertibleInterest{{n("0.1"), {}, model::AccrualKind::simple, 0, {}}, true};
         },
         "date missing-field"},
        {[](auto& of) {
             of.date = models::on_day("2025-01-01");
             of.convertibles = {safe("1", n("5"))};
             of.convertibles[0].issued = models::on_day("2025-01-02");
             of.convertibles[0].interest = model::ConvertibleInterest{
                 {n("0.1"), models::on_day("2025-01-02"), model::AccrualKind::simple, 0, {}}, true};
         },
         "convertibles.S.issued out-of-range"},
        {[](auto& of) {
             of.date = models::on_day("2025-01-01");
             of.convertibles = {safe("1", n("5"))};
             of.convertibles[0].interest = model::ConvertibleInterest{
                 {n("0.1"), models::on_day("2025-01-02"), model::AccrualKind::compound, 4, {}}, true};
         },
         "convertibles.S.interest.from out-of-range"},
        {[](auto& of) {  // the post-money is that of the note too
             of.round.new_money.reset();
             of.round.post_money = n("25000000");
             of.convertibles = {safe("1000000", n("5000000"))};
             of.convertibles[0].method = model::Method::pre_money;
             of.convertibles[0].threshold = n("4500000");
         },
         "round.new_money missing-field"},
        {[](auto& of) {
             of.round.new_money.reset();
             of.round.post_money = n("25000000");
             of.convertibles = {safe("1000000", n("5000000"))};
             of.convertibles[0].threshold = n("4500000");
         },
         "accepted"},
        {[](auto& of) {
             of.classes = {models::sold("A")};
             of.classes[0].conversion_price = n("1");
         },
         "classes.A.price missing-field"},
        {[](auto& of) { of.holdings[0].class_name = "B"; }, "class unknown-field"},
        {[](auto& of) {
             of.round.pool = model::PoolTerms{n("0.1"), {}, {}};
         },
         "round.pool.of missing-field"},
        {[](auto& of) {
             of.round.pool = model::PoolTerms{{}, {}, n("-1")};
         },
         "round.pool.increase out-of-range"},
        {[](auto& of) {
             of.round.investors = {{"X", n("6000000"), {}}};
         },
         "round.investors out-of-range"},
        {[](auto& of) {
             of.round.secondary = {{"Founders", "X", "", n("9000001"), {}}};
         },
         "round.secondary.shares out-of-range"},
        {[](auto& of) { of.round.anti_dilution.exempt = {"X"}; }, "round.anti_dilution.exempt unknown-field"},
        {[](auto& of) {
             of.classes = {models::sold("A")};
             of.classes[0].price = n("1");
             of.classes[0].anti_dilution = model::AntiDilution::broad_based;
             of.classes[0].anti_dilution_counts = {model::Counted::stock, model::Counted::safes};
         },
         "classes.A.anti_dilution_counts misuse"},
        {[](auto& of) { of.options.granted = n("-1"); }, "options.granted out-of-range"},
        {[](auto& of) { of.options.promised = n("-1"); }, "options.promised out-of-range"},
        {[](auto& of) { of.options.available = n("-1"); }, "options.available out-of-range"},
        {[](auto& of) {
             of.warrants = {{"W", n("-1"), n("1"), {}}};
         },
         "warrants.shares out-of-range"},
        {[](auto& of) {
             of.round.investors = {{"X", n("-1"), {}}};
         },
         "round.investors.amount out-of-range"},
        {[](auto& of) {
             of.round.secondary = {{"Founders", "X", "", n("1"), n("-1")}};
         },
         "round.secondary.price out-of-range"},
        {[](auto& of) {
             of.round.pay_to_play = model::PayToPlay{{}, n("0"), {}, {}};
         },
         "round.pay_to_play.offered out-of-range"},
        {[](auto& of) {
             of.convertibles = {safe("1", {})};
             of.convertibles[0].threshold = n("-1");
         },
         "convertibles.S.threshold out-of-range"},
        {[](auto& of) {
             of.convertibles = {safe("1", {})};
             of.convertibles[0].type = model::ConvertibleType::note;
         },
         "convertibles.S.form misuse"},
        {[](auto& of) { of.classes = {models::sold("Options")}; }, "classes.name out-of-range"},
        {[](auto& of) {
             of.classes = {models::sold("A")};
             of.classes[0].shares = n("5");
         },
         "classes.A.shares misuse"},
        {[](auto& of) {
             of.classes = {models::sold("A")};
             of.round.name = "A";
         },
         "round.name out-of-range"},
        {[](auto& of) {
             of.classes = {models::sold("A")};
             of.classes[0].price = n("10");
             of.classes[0].anti_dilution = model::AntiDilution::full_ratchet;
             of.holdings.push_back({"X", "A", n("1")});
             of.round.anti_dilution.conversion_price_places = 0;
             of.round.pre_money = n("1000");
         },
         "round.conversion_price_places out-of-range"},
    };
    for (const Row& row : rows) {
        model::RoundScenario scenario = models::plain_round();
        row.change(scenario);
        CHECK(models::refusal(scenario) == row.refusal);
    }
}

TEST_CASE("what an exit refuses") {
    struct Row {
        std::function<void(model::ExitScenario&)> change;
        const char* refusal;
    };
    using models::n;
    const Row rows[] = {
        {[](auto& of) { of.proceeds.reset(); }, "proceeds missing-field"},
        {[](auto& of) {
             of.payments = {{"x", n("1")}};
         },
         "proceeds misuse"},
        {[](auto& of) { of.proceeds = n("1/3"); }, "places out-of-range"},
        {[](auto& of) { of.classes[0].invested.reset(); }, "classes.A.invested missing-field"},
        {[](auto& of) { of.classes[0].shares.reset(); }, "classes.A.shares missing-field"},
        {[](auto& of) { of.options.granted = n("5"); }, "options.grants missing-field"},
        {[](auto& of) { of.conversion_groups.resize(2); }, "conversion_groups misuse"},
        {[](auto& of) { of.carve_outs.resize(1); }, "carve_outs.carve-out 1 misuse"},
        {[](auto& of) {
             of.curve = model::CurveTerms{n("5"), n("5"), 3};
         },
         "curve out-of-range"},
        {[](auto& of) {
             of.classes.clear();
             of.common.clear();
             of.debt = {{"Bank", n("1")}};
         },
         "proceeds out-of-range"},
        {[](auto& of) {
             of.warrants = {{"W", n("1"), n("0.1"), "A"}};
         },
         "warrants.of misuse"},
        {[](auto& of) { of.classes[0].invested = n("-1"); }, "classes.A.invested out-of-range"},
        {[](auto& of) { of.classes[0].preference = n("-1"); }, "classes.A.preference out-of-range"},
        {[](auto& of) { of.classes[0].conversion_ratio = n("0"); },
         "classes.A.conversion_ratio out-of-range"},
        {[](auto& of) {
             of.classes[0].participation = model::Participating::capped;
             of.classes[0].participation_cap = n("1/2");
         },
         "classes.A.participation_cap out-of-range"},
        {[](auto& of) { of.pool.available = n("-1"); }, "pool.available out-of-range"},
        {[](auto& of) {
             of.carve_outs = {{"M", n("1.1"), {}, {}, {}, {}}};
         },
         "carve_outs.M.share out-of-range"},
        {[](auto& of) {
             of.carve_outs = {{"M", {}, n("-1"), {}, {}, {}}};
         },
         "carve_outs.M.amount out-of-range"},
        {[](auto& of) {
             of.carve_outs = {{"M", {}, {}, {{n("5"), n("0.1")}, {n("5"), n("0.2")}}, {}, {}}};
         },
         "carve_outs.M.tiers.to out-of-range"},
        {[](auto& of) {
             of.carve_outs = {{"M", n("0.1"), {}, {}, {}, {{"X", n("0.9")}}}};
         },
         "carve_outs.M.recipients.share out-of-range"},
        {[](auto& of) {
             of.conversion_groups = {{{"A", "A"}, n("0.5"), {}, {}}};
         },
         "conversion_groups.classes out-of-range"},
        {[](auto& of) {
             of.common.push_back({"A", n("1")});
         },
         "name duplicate-field"},
    };
    for (const Row& row : rows) {
        model::ExitScenario scenario = models::plain_exit("20");
        row.change(scenario);
        CHECK(models::refusal(scenario) == row.refusal);
    }
}
