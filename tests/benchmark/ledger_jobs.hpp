// The ledger's jobs: recording, importing, asking and verifying a made-up market.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "job.hpp"

namespace benchmark_suite {

struct Scale {
    std::size_t companies = 1000;  // each with 21 entries
    std::size_t filings = 500;     // Form D
    int rounds = 3;                // of each comparison
};

// Works in the folder, which it fills.
[[nodiscard]] std::vector<Job> ledger_jobs(const Scale& scale, const std::filesystem::path& folder);

}  // namespace benchmark_suite
