// The table of the jobs: printed, and as JSON.
#pragma once

#include <string>
#include <vector>

#include "job.hpp"

namespace benchmark_suite {

// The table in Markdown.
void print(const std::vector<Job>& jobs);

// An array of {job, unit, ours, floor, ratio, target, peers, growth}: floor and ratio may be null, peers are
// an object of name to value, growth is one of companies to ours.
void write_json(const std::vector<Job>& jobs, const std::string& file);

}  // namespace benchmark_suite
