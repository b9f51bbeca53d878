// Reading ahead on another thread: only the time shows it. The inputs here take more than one block.
#include "base/read_ahead.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <thread>

#include "fixtures.hpp"

using namespace postmoney;
using namespace store_test;

namespace {

constexpr int many = 2000;

std::string acme_line(int number, std::string_view amount) {
    return R"({"kind":"round","round":"r)" + std::to_string(number) + R"(","company":"Acme","raised":")" +
           std::string(amount) + "\"}\n";
}

Entry round_of(const std::string& company, const std::string& handle) {
    return {.content = RoundStatement{.round = handle, .company = company}};
}

}  // namespace

TEST_CASE("what is prepared ahead is used in order, and on the thread that asks") {
    std::vector<int> used;
    std::size_t elsewhere = 0;
    const auto here = std::this_thread::get_id();
    detail::ReadAhead<int, int> ahead([](int& number) { return number * 2; },
                                      [&](int& number, detail::Outcome<int>& outcome) {
                                          CHECK(outcome.value() == number * 2);
                                          if (std::this_thread::get_id() != here) ++elsewhere;
                                          used.push_back(number);
                                      });
    std::vector<int> added;
    for (int i = 0; i < many; ++i) {
        ahead.add(i, 1);
        added.push_back(i);
    }
    ahead.finish();
    CHECK(used == added);
    CHECK(elsewhere == 0);
}

TEST_CASE("what preparing an input throws comes in its place, and what using one throws ends it") {
    std::vector<std::string> used;
    detail::ReadAhead<int, int> ahead(
        [](int& number) {
            if (number % 500 == 7) throw std::runtime_error(std::to_string(number));
            return number;
        },
        [&](int& number, detail::Outcome<int>& outcome) {
            try {
                static_cast<void>(outcome.value());
            } catch (const std::runtime_error& error) {
                used.push_back(std::to_string(number) + " " + error.what());
            }
            if (number == 1100) throw std::out_of_range("enough");
        });
    const auto add_all = [&] {
        for (int i = 0; i < many; ++i) ahead.add(i, 1);
        ahead.finish();
    };
    CHECK_THROWS_AS(add_all(), std::out_of_range);
    CHECK(used == std::vector<std::string>{"7 7", "507 507", "1007 1007"});
}

TEST_CASE("a line far into a facts file is refused as the first is: by its number, with nothing recorded") {
    std::string text;
    for (int i = 1; i < 1500; ++i) text += acme_line(i, "1 USD");
    text += acme_line(1500, "1 dollar");
    text += "no JSON\n";
    Ledger ledger = Ledger::in_memory(options());
    std::istringstream facts(text);
    CHECK(error_of([&] { ledger.apply(facts, "f"); }).starts_with("f:1500: field \"raised\": "));
    CHECK(ledger.size() == 0);
    std::istringstream again(text);
    const ApplyReport report = ledger.apply(again, "f", {.keep_going = true});
    CHECK(report.lines == 1501);
    CHECK(report.recorded == 1499);
    REQUIRE(report.refused.size() == 2);
    CHECK(report.refused[1].line() == 1501);
}

TEST_CASE(
    "amounts after the definition of their currency are read with it, in the same block and in later ones") {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += acme_line(i, i < 300 ? "1 USD" : "1.5 GEM");
    const std::size_t definition = text.find(R"({"kind":"round","round":"r300")");
    text.insert(definition, "{\"kind\":\"currency\",\"code\":\"GEM\",\"decimals\":3}\n");
    Ledger ledger = Ledger::in_memory(options());
    std::istringstream facts(text);
    CHECK(ledger.apply(facts, "f").recorded == 1001);
    const std::vector<Total> totals = ledger.total_raised("Acme");
    REQUIRE(totals.size() == 2);
    CHECK(totals[0].known->to_string() == "1050.000 GEM");
}

TEST_CASE(
    "a batch keeps what was recorded before and after what is refused, however many share a savepoint") {
    Ledger ledger = Ledger::in_memory(options());
    const auto key_of = [](Entry entry, std::string key) {
        entry.key = std::move(key);
        return entry;
    };
    std::int64_t refused = 0;
    {
        Ledger::Batch batch(ledger);
        for (int i = 0; i < 300; ++i) {
            const std::string number = std::to_string(i);
            // The first entry of each refused call is good.
            const bool bad = i == 40 || i == 41 || i == 170;
            const std::vector<Entry> entries{
                key_of(round_of("Company " + number, "round " + number), "key " + number),
                key_of(round_of("Company " + number, "second round " + number),
                       bad ? "key 1" : "second key " + number)};
            if (!bad) {
                CHECK(batch.record(entries) == 2);
                continue;
            }
            CHECK(error_of([&] { batch.record(entries); }).find("key-reused") != std::string::npos);
            ++refused;
        }
        CHECK(batch.record({}) == 0);
        batch.commit();
    }
    CHECK(refused == 3);
    CHECK(ledger.size() == 2 * (300 - refused));
    CHECK(error_of([&] { static_cast<void>(ledger.party("Company 40")); }).find("unknown-party") !=
          std::string::npos);
    const Verification verified = ledger.verify();
    CHECK_MESSAGE(verified.ok, verified.problem);
}
