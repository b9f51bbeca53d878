#include "model_jobs.hpp"

#include <cstdint>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>
#include <string>

#include "command.hpp"
#include "postmoney/model.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Decimal;
using postmoney::Ratio;
namespace model = postmoney::model;

class ModelDice {
  public:
    // from 0 to below - 1
    [[nodiscard]] std::int64_t roll(std::int64_t below) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(below));
    }

  private:
    std::mt19937_64 engine_{20250617};
};

[[nodiscard]] Ratio count(std::int64_t value) {
    return Ratio(Decimal(value));
}
[[nodiscard]] Ratio part(std::int64_t numerator, std::int64_t denominator) {
    return Ratio::of(Decimal(numerator), Decimal(denominator));
}

[[nodiscard]] model::Convertible random_safe(ModelDice& dice, std::int64_t number, std::int64_t thousands) {
    model::Convertible made;
    made.id = made.holder = "S" + std::to_string(number);
    made.form = model::SafeForm::post_money;
    made.amount = count(1000 * (1 + dice.roll(thousands)));
    made.cap = count(1'000'000 * (4 + dice.roll(20)));
    if (dice.roll(2) != 0) made.discount = part(1 + dice.roll(6), 20);
    return made;
}

// Founders, options, up to three SAFEs, and a pool with a target in half of them.
[[nodiscard]] model::RoundScenario random_round(ModelDice& dice) {
    model::RoundScenario made;
    made.holdings.push_back({"Founders", "Common", count(1'000'000 * (5 + dice.roll(10)))});
    made.options.granted = count(100'000 * dice.roll(10));
    made.options.available = count(100'000 * dice.roll(10));
    const std::int64_t safes = dice.roll(4);
    for (std::int64_t i = 0; i < safes; ++i) made.convertibles.push_back(random_safe(dice, i, 300));
    made.round.pre_money = count(1'000'000 * (6 + dice.roll(40)));
    made.round.new_money = count(1'000'000 * (1 + dice.roll(10)));
    if (dice.roll(2) != 0)
        made.round.pool =
            model::PoolTerms{part(1 + dice.roll(19), 100), model::PoolOf::post_money_available, {}};
    return made;
}

[[nodiscard]] nlohmann::json terms_of(const model::RoundScenario& of) {
    const auto text = [](const std::optional<Ratio>& value) {
        return value ? nlohmann::json(value->to_string()) : nlohmann::json();
    };
    nlohmann::json safes = nlohmann::json::array();
    for (const model::Convertible& each : of.convertibles)
        safes.push_back({text(each.amount), text(each.cap), text(each.discount)});
    return {{"founders", text(of.holdings.front().shares)},
            {"granted", text(of.options.granted)},
            {"available", text(of.options.available)},
            {"safes", safes},
            {"pre", text(of.round.pre_money)},
            {"new", text(of.round.new_money)},
            {"target", of.round.pool ? text(of.round.pool->target) : nlohmann::json()}};
}

void random_rounds(const std::filesystem::path& folder, std::vector<Job>& jobs) {
    constexpr std::size_t rounds = 2'000;
    ModelDice dice;
    std::vector<model::RoundScenario> scenarios;
    nlohmann::json terms = nlohmann::json::array();
    for (std::size_t i = 0; i < rounds; ++i) {
        scenarios.push_back(random_round(dice));
        terms.push_back(terms_of(scenarios.back()));
    }
    std::vector<double> times;
    for (int i = 0; i < 25; ++i) {
        times.push_back(seconds([&] {
            for (const model::RoundScenario& each : scenarios)
                static_cast<void>(model::run_round(each, model::Explain::no));
        }));
    }
    Job job{.job = "a random round",
            .unit = "us",
            .ours = median(std::move(times)) / rounds * 1e6,
            .target = "<= 1/20 of python"};
    std::ofstream(folder / "rounds.json") << terms;
    const Finished python = run("PYTHONDONTWRITEBYTECODE=1 python3 " +
                                quoted(POSTMONEY_SOURCE_DIR "/tests/benchmark/peers/fractions_rounds.py") +
                                " " + quoted((folder / "rounds.json").string()));
    if (python.status == 0) {
        const nlohmann::json answer = nlohmann::json::parse(python.output);
        for (std::size_t i = 0; i < rounds; ++i) {
            const model::RoundOutcome outcome = model::run_round(scenarios[i], model::Explain::no);
            if (outcome.price->to_string() != answer.at("prices").at(i))
                throw std::runtime_error("another price than the closed form's in round " +
                                         std::to_string(i));
        }
        job.peers["python fractions"] = answer.at("microseconds");
    } else {
        std::cerr << "benchmark_suite: skipped fractions_rounds.py\n";
    }
    jobs.push_back(std::move(job));
}

void many_convertibles(std::vector<Job>& jobs) {
    ModelDice dice;
    model::RoundScenario scenario = random_round(dice);
    scenario.convertibles.clear();
    for (std::int64_t i = 0; i < 200; ++i) scenario.convertibles.push_back(random_safe(dice, i, 30));
    scenario.round.pre_money = count(60'000'000);
    std::vector<double> times;
    for (int i = 0; i < 25; ++i)
        times.push_back(seconds([&] { static_cast<void>(model::run_round(scenario)); }));
    jobs.push_back({.job = "a round of 200 convertibles",
                    .unit = "ms",
                    .ours = median(std::move(times)) * 1e3,
                    .target = "< 10 ms"});
}

[[nodiscard]] model::ExitScenario exit_of_fifty() {
    ModelDice dice;
    model::ExitScenario made;
    for (int i = 0; i < 50; ++i) {
        model::PreferredClass& each = made.classes.emplace_back();
        each.name = "P" + std::to_string(i);
        each.shares = count(1000 + dice.roll(100'000));
        each.invested = count(100'000 + dice.roll(10'000'000));
        each.seniority = count(dice.roll(10));
        if (dice.roll(3) == 0) each.participation = model::Participating::full;
        if (dice.roll(4) == 0) {
            each.participation = model::Participating::capped;
            each.participation_cap = count(2 + dice.roll(3));
        }
    }
    made.common.push_back({"Founders", count(5'000'000)});
    for (int i = 0; i < 10; ++i)
        made.options.grants.push_back(
            {"O" + std::to_string(i), count(10'000 + dice.roll(10'000)), part(dice.roll(1000), 100), {}});
    made.proceeds = count(700'000'000);
    return made;
}

void fifty_classes(std::vector<Job>& jobs) {
    const model::ExitScenario one = exit_of_fifty();
    model::ExitScenario curve = one;
    curve.curve = model::CurveTerms{count(0), count(1'000'000'000), 999};
    const auto time_of = [](const model::ExitScenario& scenario) {
        return seconds([&] { static_cast<void>(model::run_exit(scenario)); });
    };
    const auto [points, point] = compare(
        25, [&] { return time_of(curve); }, [&] { return time_of(one); });
    jobs.push_back({.job = "an exit of 50 classes", .unit = "ms", .ours = point * 1e3, .target = "< 10 ms"});
    jobs.push_back({.job = "its curve of 1,000 points, over one",
                    .unit = "ms",
                    .ours = points * 1e3,
                    .floor = point * 1e3,
                    .target = "<= 30"});
    model::ExitScenario beside = one;
    ModelDice dice;
    for (std::int64_t i = 0; i < 3; ++i) beside.convertibles.push_back(random_safe(dice, i, 3000));
    std::vector<double> times;
    for (int i = 0; i < 25; ++i) times.push_back(time_of(beside));
    jobs.push_back({.job = "and three SAFEs beside them",
                    .unit = "ms",
                    .ours = median(std::move(times)) * 1e3,
                    .target = "< 10 ms"});
}

}  // namespace

void model_rounds_and_exits(const std::filesystem::path& folder, std::vector<Job>& jobs) {
    random_rounds(folder, jobs);
    many_convertibles(jobs);
    fifty_classes(jobs);
}

}  // namespace benchmark_suite
