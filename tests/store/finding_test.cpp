// FACTS.md is the manual of the findings: each code has one line in its table, and there is no other line.
// And what all companies of a ledger come to.
#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "analysis_oracle.hpp"

using namespace store_test;

TEST_CASE("each code of a finding has one line in the manual that says what it compares") {
    std::istringstream manual(read_file(POSTMONEY_SOURCE_DIR "/schema/FACTS.md"));
    std::vector<std::string> described;
    bool inside = false;
    for (std::string line; std::getline(manual, line);) {
        if (line == "| code | compares |") inside = true;
        if (line.empty()) inside = false;
        if (!inside || !line.starts_with("| `")) continue;
        const std::size_t end = line.find("` | ");
        REQUIRE_MESSAGE(end != std::string::npos, line);
        described.push_back(line.substr(3, end - 3));
        CHECK_MESSAGE(line.size() > end + std::string("` | a |").size(), line);
    }
    std::vector<std::string> codes;
    for (const std::string_view word : detail::Words<FindingCode>::values) codes.emplace_back(word);
    CHECK(sorted(described) == sorted(codes));
}

TEST_CASE("no two findings of a ledger have one key, and the keys are the same each time") {
    const std::vector<Finding> findings = generated().ledger.reconcile();
    std::set<std::string> keys;
    for (const Finding& finding : findings) keys.insert(finding.key());
    CHECK(keys.size() > 100);
    CHECK(keys.size() == findings.size());
    for (const Finding& finding : generated().ledger.reconcile(name_of(7)))
        CHECK(keys.contains(finding.key()));
}

TEST_CASE("two sources that disagree on a rate or a market total are told where all is reconciled") {
    Ledger ledger = in_memory("2025-06-01T12:00:00Z");
    apply_text(
        ledger,
        R"({"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06-05","rate":"1.0872","recorded":"2025-01-01T00:00:00Z"})"
        "\n"
        R"({"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06-06","rate":"1.0865","recorded":"2025-01-01T00:00:00Z"})"
        "\n"
        R"({"kind":"market_total","market":"AI","period":"2024","amount":"20 billion USD","recorded":"2025-01-01T00:00:00Z"})"
        "\n"
        R"({"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-06-05","rate":"1.80","key":"slip","recorded":"2025-02-01T00:00:00Z"})"
        "\n"
        R"({"kind":"market_total","market":"AI","period":"2024","amount":"30 billion USD","recorded":"2025-03-01T00:00:00Z"})"
        "\n"
        R"({"kind":"retraction","of":"slip","reason":"a slip","recorded":"2025-04-01T00:00:00Z"})"
        "\n");
    const auto told = [&](const Viewpoint& viewpoint) {
        std::string text;
        for (const Finding& finding : ledger.reconcile(viewpoint))
            text += finding.field + ": " + *finding.stated + ", " + *finding.computed + "\n";
        return text;
    };
    const auto known_at = [](const char* time) {
        return Viewpoint{.as_of = {}, .known_at = Timestamp::parse(time)};
    };
    CHECK(told(known_at("2025-01-15T00:00:00Z")).empty());
    CHECK(told(known_at("2025-03-15T00:00:00Z")) ==
          "fx_rate EUR/USD 2024-06-05: 1.0872, 1.80\nmarket_total AI 2024: 20 billion USD, 30 billion USD\n");
    CHECK(told({}) == "market_total AI 2024: 20 billion USD, 30 billion USD\n");
    CHECK(told({.as_of = PartialDate::parse("2024-06"), .known_at = {}}).empty());
}
