// CSV as the commands print it.
#pragma once

#include <span>
#include <string>

// Prints a row to standard output as RFC 4180 has it, ended by CR LF.
void print_csv_row(std::span<const std::string> cells);
