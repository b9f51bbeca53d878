// Other programs that the benchmark runs: compilers, peers, itself.
#pragma once

#include <string>

namespace benchmark_suite {

// The text as one word of a command line.
[[nodiscard]] std::string quoted(const std::string& word);

struct Finished {
    int status = 0;
    std::string output;
};

// Runs a command of the shell and returns its output.
[[nodiscard]] Finished run(const std::string& command);

}  // namespace benchmark_suite
