// The job that imports a table of rounds.
#pragma once

#include <filesystem>
#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// The table of the market's rounds that the job leaves, a row a round with its investors in one cell, and the
// map of its columns.
[[nodiscard]] std::filesystem::path table_of_rounds(const Market& market);
[[nodiscard]] std::string map_of_rounds();

// Imports market.scale.csv_rows rows. The floor is libcsv, and the rows of the ledger by hand.
void import_csv(const Market& market, std::vector<Job>& jobs);

}  // namespace benchmark_suite
