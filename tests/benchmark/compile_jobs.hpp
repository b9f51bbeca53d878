// What it costs to include the library in a file.
#pragma once

#include <filesystem>
#include <vector>

#include "job.hpp"

namespace benchmark_suite {

void compile_includes(const std::filesystem::path& folder, std::vector<Job>& jobs);

}  // namespace benchmark_suite
