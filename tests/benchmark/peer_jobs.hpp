// What others take for the same questions on the same rounds: the programs of peers/.
#pragma once

#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// Adds the peers to the jobs that are theirs too. One that is not installed is passed over and told of on
// the standard error. Throws when one comes to other totals than the ledger.
void ask_peers(const Market& market, std::vector<Job>& jobs);

}  // namespace benchmark_suite
