#include "kernels.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "postmoney/core.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Currency;
using postmoney::Decimal;
using postmoney::Money;

constexpr std::size_t numbers = 1024;
__extension__ using Wide = __int128;

// Amounts in cents, of the size of funding rounds.
[[nodiscard]] std::vector<std::int64_t> cents() {
    std::vector<std::int64_t> values;
    std::uint64_t state = 42;
    for (std::size_t i = 0; i < numbers; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        values.push_back(static_cast<std::int64_t>(state >> 24U));
    }
    return values;
}

void add_wide(benchmark::State& state) {
    std::vector<Wide> values;
    for (const std::int64_t value : cents()) values.push_back(value);
    for (auto _ : state) {
        Wide sum = 0;
        for (const Wide value : values) {
            if (__builtin_add_overflow(sum, value, &sum)) throw std::overflow_error("sum");
        }
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

void add_money(benchmark::State& state) {
    const Currency usd = Currency::iso("USD");
    std::vector<Money> values;
    for (const std::int64_t value : cents()) values.emplace_back(value, usd);
    for (auto _ : state) {
        Money sum(0, usd);
        for (const Money& value : values) sum += value;
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

void add_decimal(benchmark::State& state) {
    std::vector<Decimal> values;
    for (const std::int64_t value : cents())
        values.push_back(Money(value, Currency::iso("USD")).to_decimal());
    for (auto _ : state) {
        Decimal sum;
        for (const Decimal& value : values) sum += value;
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

[[nodiscard]] std::vector<std::string> texts() {
    std::vector<std::string> texts;
    for (const std::int64_t value : cents()) {
        texts.push_back(Money(value, Currency::iso("USD")).to_decimal().to_string());
    }
    return texts;
}

void parse_integer(benchmark::State& state) {
    std::vector<std::string> texts;
    for (const std::int64_t value : cents()) texts.push_back(std::to_string(value));
    for (auto _ : state) {
        for (const std::string& text : texts) {
            std::int64_t value = 0;
            std::from_chars(text.data(), text.data() + text.size(), value);
            benchmark::DoNotOptimize(value);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

void parse_decimal(benchmark::State& state) {
    const auto all = texts();
    for (auto _ : state) {
        for (const std::string& text : all) {
            Decimal value = Decimal::parse(text);
            benchmark::DoNotOptimize(value);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

void format_integer(benchmark::State& state) {
    const auto values = cents();
    std::array<char, 32> buffer{};
    for (auto _ : state) {
        for (const std::int64_t value : values) {
            const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
            benchmark::DoNotOptimize(end);
            benchmark::DoNotOptimize(buffer);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

void format_decimal(benchmark::State& state) {
    std::vector<Decimal> values;
    for (const std::string& text : texts()) values.push_back(Decimal::parse(text));
    for (auto _ : state) {
        for (const Decimal& value : values) {
            std::string text = value.to_string();
            benchmark::DoNotOptimize(text);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(numbers));
}

// Keeps the nanoseconds of each item rather than printing them.
class Collector : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context& /*context*/) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type == Run::RT_Aggregate && run.aggregate_name != "median") continue;
            nanoseconds_[run.run_name.function_name] = 1e9 / run.counters.at("items_per_second").value;
        }
    }
    [[nodiscard]] double operator[](const std::string& name) const { return nanoseconds_.at(name); }

  private:
    std::map<std::string, double> nanoseconds_;
};

}  // namespace

std::vector<Job> kernels() {
    const auto run = [](const char* name, void (*function)(benchmark::State&)) {
        benchmark::RegisterBenchmark(name, function)->Repetitions(3)->ReportAggregatesOnly()->MinTime(0.1);
    };
    run("add_wide", add_wide);
    run("add_money", add_money);
    run("add_decimal", add_decimal);
    run("parse_integer", parse_integer);
    run("parse_decimal", parse_decimal);
    run("format_integer", format_integer);
    run("format_decimal", format_decimal);
    Collector times;
    benchmark::RunSpecifiedBenchmarks(&times);
    return {
        {"add Money, checked", "ns", times["add_money"], times["add_wide"], "<= 2"},
        {"add Decimal", "ns", times["add_decimal"], times["add_wide"], "<= 5"},
        {"parse Decimal", "ns", times["parse_decimal"], times["parse_integer"], "<= 2"},
        {"format Decimal", "ns", times["format_decimal"], times["format_integer"], "<= 2"},
    };
}

}  // namespace benchmark_suite
