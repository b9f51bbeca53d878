// Rounds by substitution: what the library answers is put back into the terms, each computed from the
// answer's own counts with Boost's rationals. Terms that hold exactly are a solution, however it was found.
#include <doctest/doctest.h>

#include <vector>

#include "model_numbers.hpp"
#include "postmoney/model.hpp"

using namespace postmoney;

namespace {

namespace rounds {

using namespace model_numbers;

[[nodiscard]] model::Convertible random_convertible(Dice& dice, std::int64_t number) {
    model::Convertible made;
    made.id = made.holder = "S" + std::to_string(number);
    made.amount = ratio(1000 * (1 + dice.roll(300)));
    if (!dice.one_in(4)) made.cap = ratio(1000000 * (4 + dice.roll(20)));
    if (dice.one_in(2)) made.discount = ratio(1 + dice.roll(6), 20);
    if (dice.one_in(3)) {
        made.type = model::ConvertibleType::note;
        made.method = static_cast<model::Method>(dice.roll(3));
    } else {
        made.form = dice.one_in(3) ? model::SafeForm::pre_money : model::SafeForm::post_money;
    }
    return made;
}

[[nodiscard]] model::RoundScenario random_round(Dice& dice) {
    model::RoundScenario made;
    made.holdings.push_back({"Founders", "Common", ratio(1000000 * (5 + dice.roll(10)))});
    made.options.granted = ratio(100000 * dice.roll(10));
    made.options.available = ratio(100000 * dice.roll(10));
    const std::int64_t convertibles = dice.roll(5);
    for (std::int64_t i = 0; i < convertibles; ++i) made.convertibles.push_back(random_convertible(dice, i));
    if (dice.one_in(2)) {
        model::PreferredClass seed;
        seed.name = "Seed";
        seed.price = ratio(1 + dice.roll(30), 10);
        if (dice.one_in(2))
            seed.anti_dilution =
                dice.one_in(2) ? model::AntiDilution::broad_based : model::AntiDilution::full_ratchet;
        made.classes.push_back(seed);
        made.holdings.push_back({"Seed fund", "Seed", ratio(100000 * (1 + dice.roll(20)))});
        for (const model::Convertible& each : made.convertibles)
            made.round.anti_dilution.exempt.push_back(each.id);
    }
    made.round.pre_money = ratio(1000000 * (6 + dice.roll(40)));
    made.round.new_money = ratio(1000000 * (1 + dice.roll(10)));
    if (dice.one_in(2)) {
        made.round.pool = model::PoolTerms{
            ratio(dice.roll(20), 100),
            dice.one_in(2) ? model::PoolOf::post_money_available : model::PoolOf::post_money_total,
            {}};
    }
    return made;
}

// The answer put back into the terms.
class Substituted {
  public:
    Substituted(const model::RoundScenario& of, const model::RoundOutcome& answer)
        : of_(of), answer_(answer), price_(number(*answer.price)), increase_(number(answer.pool_increase)) {
        for (const model::Conversion& each : answer.conversions) converted_.push_back(number(each.shares));
        for (const model::Adjustment& each : answer.adjustments) {
            for (const model::Holding& holding : of.holdings) {
                if (holding.class_name == each.class_name)
                    added_ += number(each.as_converted) - number(holding.shares);
            }
        }
    }

    [[nodiscard]] Number outstanding() const {
        Number sum = number(of_.options.granted) + number(of_.options.available);
        for (const model::Holding& holding : of_.holdings) sum += number(holding.shares);
        return sum;
    }
    [[nodiscard]] Number after() const {
        Number sum = outstanding() + increase_ + added_ + number(answer_.new_shares);
        for (const Number& each : converted_) sum += each;
        return sum;
    }
    // Shares that the pre-money pays for, less the money of notes that the post-money adds.
    [[nodiscard]] Number pre_money() const {
        Number shares = outstanding() + increase_ + added_;
        Number money = 0;
        for (std::size_t i = 0; i < converted_.size(); ++i) {
            const model::Method method =
                of_.convertibles[i].method.value_or(model::Method::percent_ownership);
            if (method != model::Method::pre_money) shares += converted_[i];
            if (method == model::Method::dollars_invested) money += number(of_.convertibles[i].amount);
        }
        return shares * price_ - money;
    }
    [[nodiscard]] Number expected_shares(std::size_t index) const {
        const model::Convertible& each = of_.convertibles[index];
        Number best = price_ * (1 - number(each.discount.value_or(Ratio())));
        if (each.cap) {
            Number base = outstanding();
            if (each.form == model::SafeForm::pre_money) base += increase_;
            if (each.form == model::SafeForm::post_money) {
                for (const Number& other : converted_) base += other;
            }
            best = std::min(best, Number(number(*each.cap) / base));
        }
        return number(each.amount) / best;
    }
    [[nodiscard]] bool pool_holds() const {
        if (!of_.round.pool) return increase_ == 0;
        Number pool = number(of_.options.available) + increase_;
        if (of_.round.pool->of == model::PoolOf::post_money_total) pool += number(of_.options.granted);
        const Number target = number(*of_.round.pool->target) * after();
        return increase_ > 0 ? pool == target : increase_ == 0 && pool >= target;
    }
    [[nodiscard]] Number expected_added() const {
        Number sum = 0;
        for (const model::PreferredClass& each : of_.classes) {
            const Number own = number(*each.price);
            Number shares = 0;
            for (const model::Holding& holding : of_.holdings) {
                if (holding.class_name == each.name) shares += number(holding.shares);
            }
            if (each.anti_dilution == model::AntiDilution::none || price_ >= own) continue;
            const Number base = outstanding() - number(of_.options.available);
            const Number lowered = each.anti_dilution == model::AntiDilution::full_ratchet
                                       ? price_
                                       : Number(own * (base + number(*of_.round.new_money) / own) /
                                                (base + number(answer_.new_shares)));
            sum += shares * own / lowered - shares;
        }
        return sum;
    }
    [[nodiscard]] const Number& added() const { return added_; }

  private:
    const model::RoundScenario& of_;
    const model::RoundOutcome& answer_;
    Number price_;
    Number increase_;
    Number added_ = 0;
    std::vector<Number> converted_;
};

}  // namespace rounds

}  // namespace

TEST_CASE("the answer to a round, put back into its terms, holds exactly") {
    rounds::Dice dice(20250614);
    int solved = 0;
    for (int round = 0; round < model_numbers::cases(5000); ++round) {
        const model::RoundScenario scenario = rounds::random_round(dice);
        CAPTURE(round);
        model::RoundOutcome answer;
        try {
            answer = model::run_round(scenario);
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::out_of_range);
            continue;
        }
        ++solved;
        const rounds::Substituted put(scenario, answer);
        REQUIRE(rounds::number(answer.shares_after) == put.after());
        REQUIRE(put.pre_money() == rounds::number(*scenario.round.pre_money));
        REQUIRE(rounds::number(answer.new_shares) * rounds::number(*answer.price) ==
                rounds::number(*scenario.round.new_money));
        REQUIRE(put.pool_holds());
        REQUIRE(put.added() == put.expected_added());
        bool converted = true;
        for (std::size_t i = 0; i < answer.conversions.size(); ++i)
            converted = converted && rounds::number(answer.conversions[i].shares) == put.expected_shares(i);
        REQUIRE(converted);
        Ratio percent;
        Ratio before;
        for (const model::HoldingAfter& row : answer.holdings) {
            percent = percent + row.percent;
            before = before + row.before;
        }
        REQUIRE(percent == rounds::ratio(1));
        REQUIRE(before == rounds::ratio(1));
    }
    CHECK(solved > model_numbers::cases(4000));
}

TEST_CASE("the order of convertibles and holdings changes no figure of a round") {
    rounds::Dice dice(20250615);
    for (int round = 0; round < model_numbers::cases(300); ++round) {
        model::RoundScenario scenario = rounds::random_round(dice);
        std::optional<model::RoundOutcome> one;
        try {
            one = model::run_round(scenario);
        } catch (const Error&) {
            continue;
        }
        std::reverse(scenario.convertibles.begin(), scenario.convertibles.end());
        std::reverse(scenario.holdings.begin(), scenario.holdings.end());
        const model::RoundOutcome other = model::run_round(scenario);
        CAPTURE(round);
        REQUIRE(one->price == other.price);
        REQUIRE(one->shares_after == other.shares_after);
    }
}

TEST_CASE("a pro rata with a target brings all that its holder has after the round to it") {
    rounds::Dice dice(20250617);
    int reached = 0;
    for (int round = 0; round < model_numbers::cases(2000); ++round) {
        model::RoundScenario scenario = rounds::random_round(dice);
        for (model::Convertible& each : scenario.convertibles) {
            if (dice.one_in(3)) each.holder = "Fund";
        }
        for (const model::PreferredClass& each : scenario.classes) {
            scenario.holdings.push_back({"Fund", each.name, rounds::ratio(100000 * dice.roll(10))});
            scenario.warrants.push_back({"Fund", rounds::ratio(1000 * dice.roll(10)), {}, each.name});
        }
        scenario.holdings.push_back({"Fund", "Common", rounds::ratio(100000 * dice.roll(10))});
        if (dice.one_in(3))
            scenario.round.secondary.push_back({"Founders", "Fund", "", rounds::ratio(10000), {}});
        const Ratio target = rounds::ratio(1 + dice.roll(25), 100);
        scenario.round.investors = {{"Fund", rounds::ratio(1000 * dice.roll(100)), {}},
                                    {"Fund", {}, model::ProRata{{}, target}}};
        CAPTURE(round);
        model::RoundOutcome answer;
        try {
            answer = model::run_round(scenario);
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::out_of_range);
            continue;
        }
        Ratio held;
        Ratio all;
        for (const model::HoldingAfter& row : answer.holdings) {
            all = all + row.as_converted;
            if (row.holder == "Fund") held = held + row.as_converted;
        }
        REQUIRE(all == answer.shares_after);
        const bool buys = answer.entitlements.at(0).amount.sign() > 0;
        reached += buys ? 1 : 0;
        REQUIRE((buys ? held == target * all : held >= target * all));
    }
    CHECK(reached > model_numbers::cases(300));
}

TEST_CASE("rounded shares leave their residue: money is price times shares and what is left") {
    rounds::Dice dice(20250616);
    for (int round = 0; round < model_numbers::cases(300); ++round) {
        model::RoundScenario scenario = rounds::random_round(dice);
        scenario.round.share_mode = Rounding::floor;
        scenario.round.price_places = 4;
        scenario.round.price_mode = Rounding::half_even;
        try {
            const model::RoundOutcome answer = model::run_round(scenario);
            CAPTURE(round);
            bool whole = true;
            bool left = true;
            for (const model::Conversion& each : answer.conversions) {
                whole = whole && each.shares.denominator() == 1;
                left = left && each.amount == each.shares * each.price + each.residue &&
                       each.residue.sign() >= 0;
            }
            REQUIRE(whole);
            REQUIRE(left);
            REQUIRE(answer.new_shares.denominator() == 1);
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::out_of_range);
        }
    }
}
