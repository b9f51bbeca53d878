// The jobs that list what market.ledger() holds, search it and rank it.
#pragma once

#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// Each beside plain SQL that reads the same rows.
void list(const Market& market, std::vector<Job>& jobs);

}  // namespace benchmark_suite
