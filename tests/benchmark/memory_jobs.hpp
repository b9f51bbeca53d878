// The jobs that measure memory. Each is a process of its own, so that the peak is its own.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "job.hpp"
#include "market.hpp"

namespace benchmark_suite {

// From text to totals: a process that applies a facts file to a new ledger, then tells all totals.
inline constexpr std::string_view text_to_totals = "from text to totals";
inline constexpr std::string_view text_to_totals_peak = "from text to totals, peak";

// Needs market.facts() and the folder that import_form_d leaves.
void import_in_processes(const Market& market, std::vector<Job>& jobs);

// Needs the table that import_csv leaves.
void import_table_in_processes(const Market& market, std::vector<Job>& jobs);

// The work of such a process, given by the arguments from import_in_processes.
void import_here(std::span<char* const> arguments);

}  // namespace benchmark_suite
