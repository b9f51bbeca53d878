// The kernels: what one addition, one parse and one print of an amount cost.
#pragma once

#include <vector>

#include "job.hpp"

namespace benchmark_suite {

[[nodiscard]] std::vector<Job> kernels();

}  // namespace benchmark_suite
