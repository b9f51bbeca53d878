// Backups and restores: a ledger's file is copied while others use it, and the copy is put in its place only
// when it verifies.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "postmoney/value/progress.hpp"
#include "sql/connection.hpp"
#include "sql/file_copy.hpp"

namespace postmoney::detail {

// Copies the ledger to `path` as copy_file does, with the check that `verify` makes. Throws as copy_file:
// damaged when the copy fails verify.
void copy_ledger(Connection& from, const std::filesystem::path& path, const CopyOptions& options = {},
                 const ProgressCall& progress = {});

// The same of the ledger that a dump holds: SQL text, as `.dump` of the sqlite3 shell prints it. Returns what
// of the user's own was left out. Throws as copy_ledger does, and as read_dump.
[[nodiscard]] std::vector<std::string> copy_dump(const std::filesystem::path& dump,
                                                 const std::filesystem::path& path,
                                                 const CopyOptions& options = {},
                                                 const ProgressCall& progress = {});

}  // namespace postmoney::detail
