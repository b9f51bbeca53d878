// Other programs, run with what they read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Runs a program of the PATH, by its name and arguments and through no shell, with the text as its standard
// input. Returns its exit status, 128 and more for one that a signal ended. Throws no-such-file when there is
// no such program, io.
[[nodiscard]] int run_program(const std::vector<std::string>& command, std::string_view input);
