// The views of exchange rates show what the library uses, and the question that converts with them gives its
// answers.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <variant>

#include "../generate/random.hpp"
#include "../sanitizers.hpp"
#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr std::uint64_t seeds = is_sanitized ? 15 : 60;

std::string cell_text(const SqlCell& cell) {
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    return "null";
}

// The rows of a query of the ledger's, which has the SQL functions.
std::vector<std::string> rows_of(const Ledger& ledger, std::string_view sql) {
    std::vector<std::string> rows;
    ledger.query(sql, {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                           std::string row;
                           for (const SqlCell& cell : cells)
                               row += (row.empty() ? "" : "|") + cell_text(cell);
                           rows.push_back(row);
                       }});
    return rows;
}

std::string asked_for(std::string text, std::string_view old, std::string_view now) {
    text.replace(text.find(old), old.size(), now);
    return text;
}

// Rates of days and periods, of three sources, some corrected, some taken back; and rounds.
class RatesGenerator {
  public:
    explicit RatesGenerator(std::uint64_t seed) : random_(seed) {}

    std::string facts() {
        for (const char* type : {"database", "press", "company"}) {
            text_ += R"({"kind":"source","id":")" + std::string(type) + R"(","type":")" + type +
                     R"(","published":"2024-0)" + std::to_string(1 + random_.below(9)) + "\"}\n";
        }
        for (int i = 0; i < 14; ++i) add_rate(i);
        for (int i = 0; i < 4; ++i) {
            text_ += R"({"kind":"round","round":"r)" + std::to_string(i) +
                     R"(","company":"Acme","closed":")" + day() + R"(","raised":")" +
                     std::to_string(1 + random_.below(1'000'000)) + " " + code() + "\"}\n";
        }
        return std::move(text_);
    }

    std::string code() {
        constexpr std::array codes{"EUR", "USD", "GBP", "DEM", "FRF"};
        return random_.of(codes);
    }

  private:
    std::string day() { return "2024-06-0" + std::to_string(1 + random_.below(9)); }

    void add_rate(int number) {
        const std::string base = code();
        std::string quote = code();
        while (quote == base) quote = code();
        constexpr std::array periods{"2024", "2024-06", "2024-Q2", "2024-05-20"};
        const std::string on = random_.one_in(3) ? random_.of(periods) : day();
        text_ += R"({"kind":"fx_rate","key":"k)" + std::to_string(number) + R"(","base":")" + base +
                 R"(","quote":")" + quote + R"(","on":")" + on + R"(","rate":"0.)" +
                 std::to_string(1 + random_.below(99'999)) + "7\"";
        constexpr std::array sources{"", R"(,"source":"database")", R"(,"source":"press")",
                                     R"(,"source":"company")"};
        text_ += random_.of(sources);
        text_ += "}\n";
        if (random_.one_in(6))
            text_ +=
                R"({"kind":"retraction","of":"k)" + std::to_string(number) + R"(","reason":"wrong"})" + "\n";
    }

    generator::Random random_;
    std::string text_;
};

}  // namespace

TEST_CASE("the view of rates has the used one of each pair and date, with the days that it serves") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"source","id":"bank","type":"database","published":"2024-06-30"}
{"kind":"source","id":"news","type":"press","published":"2024-07-01"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06-05","rate":"1.10","source":"news"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06-05","rate":"1.08","source":"bank"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06-10","rate":"1.09","source":"bank"}
{"kind":"fx_rate","base":"USD","quote":"EUR","on":"2024-06-07","rate":"0.92"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06","rate":"1.07"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-Q2","rate":"1.06"}
{"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024","rate":"1.05"}
{"kind":"fx_rate","key":"wrong","base":"EUR","quote":"USD","on":"2024-06-06","rate":"108"}
{"kind":"retraction","of":"wrong","reason":"a hundredfold"}
)");
    const std::string rates =
        "SELECT base, rate, valid_from, valid_to, precedence, source FROM standing_rates ORDER BY entry";
    const std::vector<std::string> expected{
        "EUR|1.08|2024-06-05|2024-06-07|1|bank", "EUR|1.09|2024-06-10|2024-06-18|1|bank",
        "USD|0.92|2024-06-07|2024-06-10|1|null", "EUR|1.07|2024-06-01|2024-07-01|2|null",
        "EUR|1.06|2024-04-01|2024-07-01|3|null", "EUR|1.05|2024-01-01|2025-01-01|4|null"};
    CHECK(rows_of(ledger, rates) == expected);
    CHECK(rows_of(ledger,
                  "SELECT numerator, denominator, inverse FROM exchange_rates WHERE base = 'USD' AND quote = "
                  "'EUR' AND valid_from <= '2024-06-08' AND valid_to > '2024-06-08' ORDER BY precedence") ==
          std::vector<std::string>{"0.92|1|0", "1|1.07|1", "1|1.06|1", "1|1.05|1"});
}

TEST_CASE("a rate yields, and is used again, as the sources and standing of its rivals change") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    const auto used = [&] { return rows_of(ledger, "SELECT rate FROM standing_rates ORDER BY rate"); };
    apply_text(ledger, R"({"kind":"source","id":"bank","type":"database"}
{"kind":"source","key":"s","id":"news","type":"press"}
{"kind":"fx_rate","key":"a","base":"EUR","quote":"USD","on":"2024-06-05","rate":"1.1","source":"news"}
)",
               "2024-07-01T00:00:00Z");
    CHECK(used() == std::vector<std::string>{"1.1"});
    apply_text(
        ledger,
        R"({"kind":"fx_rate","key":"b","base":"EUR","quote":"USD","on":"2024-06-05","rate":"1.2","source":"bank"}
)",
        "2024-07-02T00:00:00Z");
    CHECK(used() == std::vector<std::string>{"1.2"});
    apply_text(ledger, R"({"kind":"source","id":"news","type":"filing","supersedes":"s"}
)",
               "2024-07-03T00:00:00Z");
    CHECK(used() == std::vector<std::string>{"1.1"});
    apply_text(ledger, R"({"kind":"retraction","key":"t","of":"a","reason":"in doubt"}
)",
               "2024-07-04T00:00:00Z");
    CHECK(used() == std::vector<std::string>{"1.2"});
    apply_text(ledger, R"({"kind":"retraction","of":"t","reason":"it was right"}
)",
               "2024-07-05T00:00:00Z");
    CHECK(used() == std::vector<std::string>{"1.1"});
    CHECK(
        rows_of(ledger,
                "SELECT e.key, o.known_from / 86400000000 - 19905, iif(o.known_to = 253402300799999999, "
                "'still', o.known_to / 86400000000 - 19905) FROM outranked_rate o JOIN entry e USING (entry) "
                "ORDER BY o.known_from") == std::vector<std::string>{"a|1|2", "b|2|3", "b|4|still"});
    CHECK(ledger.verify().problem.empty());
}

TEST_CASE("a ledger reads no rate that cannot serve, and its totals are those of all rates") {
    const auto answer = [](const auto& call) {
        try {
            return call().at(0).known->to_string();
        } catch (const Error& error) {
            return error.message();
        }
    };
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        CAPTURE(seed);
        RatesGenerator generator(seed);
        Ledger ledger = in_memory();
        apply_text(ledger, generator.facts());
        const Currency currency = Currency::iso(generator.code());
        const Dossier dossier = ledger.dossier("Acme");
        const ExchangeRates all(ledger.claims_of_kind(EntryKind::fx_rate));
        CHECK(answer([&] { return ledger.total_raised("Acme", {.in = currency}); }) ==
              answer([&] { return total_raised(resolve(dossier), {.in = currency}, all); }));
    }
}

TEST_CASE("the question of a total in another currency gives the library's answer") {
    const std::string question = read_file(POSTMONEY_SOURCE_DIR "/schema/queries/21_in_another_currency.sql");
    int answered = 0;
    int refused = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        CAPTURE(seed);
        RatesGenerator generator(seed);
        Ledger ledger = in_memory();
        apply_text(ledger, generator.facts());
        const std::string currency = generator.code();
        CAPTURE(currency);
        const auto rows =
            rows_of(ledger, asked_for(question, "('xAI', 'EUR')", "('Acme', '" + currency + "')"));
        REQUIRE(rows.size() == 1);
        std::string expected;
        try {
            const auto totals = ledger.total_raised("Acme", {.in = Currency::iso(currency)});
            expected = totals.at(0).known->amount_string() + "|0";
            ++answered;
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::no_rate);
            expected = "null";
            ++refused;
        }
        CHECK(rows[0].starts_with("Acme|" + currency + "|" + expected));
    }
    CHECK(answered > (is_sanitized ? 5 : 20));
    CHECK(refused > (is_sanitized ? 0 : 2));
}
