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
