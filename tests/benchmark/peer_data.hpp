// The market's rounds as the peers read them, taken from the ledger; and what it answers, to compare.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace benchmark_suite {

// What a key (a company, a year, or none) raised in a currency, in minor units.
using Totals = std::map<std::pair<std::string, std::string>, std::int64_t>;

// rounds.csv, rounds.journal and rounds.beancount: a line or a transaction for each round with an amount, its
// company as an account.
void write_peer_data(const std::filesystem::path& ledger, const std::filesystem::path& folder);

// The known amounts, by question: "company" and "text" the same, "year", "currency".
[[nodiscard]] std::map<std::string, Totals> known_totals(const std::filesystem::path& ledger);

// A peer's answer, see peers/peer.py.
[[nodiscard]] Totals read_totals(const std::filesystem::path& csv);

}  // namespace benchmark_suite
