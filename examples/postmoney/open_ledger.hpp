// How a command opens the ledger that --db names.
#pragma once

#include <filesystem>

#include "command.hpp"

// The file that --db names. Throws misuse where nothing is given.
[[nodiscard]] const std::filesystem::path& ledger_file(const ProgramOptions& program);

[[nodiscard]] postmoney::Ledger open_ledger(const ProgramOptions& program, postmoney::Ledger::Access access);

// Opens it only to read, unless a program was cut short while it wrote: then what it left is taken back
// first.
[[nodiscard]] postmoney::Ledger open_to_read(const ProgramOptions& program);
