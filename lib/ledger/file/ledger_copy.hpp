// Backups and restores: a ledger's file is copied while others use it, and the copy is put in its place only
// when it verifies.
#pragma once

#include <filesystem>

#include "sql/connection.hpp"
#include "sql/file_copy.hpp"

namespace postmoney::detail {

// Copies the ledger to `path` as copy_file does, with the check that `verify` makes. Throws as copy_file:
// damaged when the copy fails verify.
void copy_ledger(Connection& from, const std::filesystem::path& path, const CopyOptions& options = {});

}  // namespace postmoney::detail
