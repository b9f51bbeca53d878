// The jobs of `model`: rounds and exits, and Python's fractions on the same rounds.
#pragma once

#include <filesystem>
#include <vector>

#include "job.hpp"

namespace benchmark_suite {

// Throws when Python's closed forms come to other prices.
void model_rounds_and_exits(const std::filesystem::path& folder, std::vector<Job>& jobs);

}  // namespace benchmark_suite
