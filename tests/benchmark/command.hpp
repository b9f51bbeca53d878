// Other programs that the benchmark runs: compilers, peers, itself.
#pragma once

#include <string>

namespace benchmark_suite {

// As one word of a command line.
[[nodiscard]] std::string quoted(const std::string& word);

struct Finished {
    int status = 0;
    std::string output;
};

// Runs a line of the shell and takes what it prints.
[[nodiscard]] Finished run(const std::string& command);

}  // namespace benchmark_suite
