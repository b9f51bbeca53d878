// The jobs that write entries in bulk and by few, facts files, Form D and exchange rates, and the size of the
// files.
#pragma once

#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// Writes market.ledger(), which the other jobs read.
void record_in_bulk(const Market& market, std::vector<Job>& jobs);
// Writes market.facts().
void apply_facts(const Market& market, std::vector<Job>& jobs);
void commit_entries(const Market& market, std::vector<Job>& jobs);
void import_form_d(const Market& market, std::vector<Job>& jobs);
void import_ecb(const Market& market, std::vector<Job>& jobs);

}  // namespace benchmark_suite
