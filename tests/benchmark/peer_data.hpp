// The market's rounds in the peers' formats, taken from the ledger, and the ledger's answers to compare.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace benchmark_suite {

// The sum that a key (a company, a year, or none) raised in a currency, in minor units.
using Totals = std::map<std::pair<std::string, std::string>, std::int64_t>;

// rounds.csv, rounds.journal and rounds.beancount: a line or a transaction for each round with an amount, its
// company as an account.
void write_peer_data(const std::filesystem::path& ledger, const std::filesystem::path& folder);

// The known amounts by question: "company", "text" (the same), "year", "currency".
[[nodiscard]] std::map<std::string, Totals> known_totals(const std::filesystem::path& ledger);

// A peer's answer, see peers/peer.py.
[[nodiscard]] Totals read_totals(const std::filesystem::path& csv);

}  // namespace benchmark_suite
