// The times of others for the same questions on the same rounds: the programs in peers/.
#pragma once

#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// Adds the peers to the jobs that they do too. Skips one that is not installed, and says so on the standard
// error. Throws when one comes to other totals than the ledger.
void ask_peers(const Market& market, std::vector<Job>& jobs);

}  // namespace benchmark_suite
