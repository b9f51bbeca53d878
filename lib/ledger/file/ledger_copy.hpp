// Copies a ledger's file: while others use it, checked, and put in its place in one step.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "sql/connection.hpp"

namespace postmoney::detail {

// How the copy is checked: as `verify` does, or its pages only, where the schema is an earlier one.
enum class CopyCheck : std::uint8_t { verify, pages };

struct CopyOptions {
    bool replace = false;                      // what is at the path, rather than refuse
    std::chrono::milliseconds busy_timeout{};  // how long to wait for those who use what is to be replaced
    CopyCheck check = CopyCheck::verify;
};

// Copies the ledger to a temporary name beside `path`, checks the copy, syncs it, renames it to `path` and
// syncs the folder: after a crash there is the whole copy, or what was at `path` before. Throws file-exists,
// no-such-folder, damaged (the ledger fails verify), busy, io.
void copy_ledger(Connection& from, const std::filesystem::path& path, const CopyOptions& options = {});
// The same of a file that is at `original`, by another connection than one that is writing to it.
void copy_ledger(SQLite::Database& from, const std::filesystem::path& original,
                 const std::filesystem::path& path, const CopyOptions& options);

}  // namespace postmoney::detail
