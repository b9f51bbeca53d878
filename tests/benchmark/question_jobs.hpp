// The jobs that read market.ledger(): they open it, verify it, reconcile it and ask for totals.
#pragma once

#include <string_view>
#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// Each key, currency and known amount in minor units. The first answer is that of Ledger::for_each_total.
inline constexpr std::string_view totals_of_companies = "totals of all companies";
inline constexpr std::string_view totals_by_year = "totals by year";
inline constexpr std::string_view totals_by_currency = "totals by currency";

void ask_for_totals(const Market& market, std::vector<Job>& jobs);
void reconcile(const Market& market, std::vector<Job>& jobs);
void verify(const Market& market, std::vector<Job>& jobs);
void open(const Market& market, std::vector<Job>& jobs);

}  // namespace benchmark_suite
