// Copies a ledger's file while others use it, and puts the copy in its place in one step.
#pragma once

#include <SQLiteCpp/Database.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace postmoney::detail {

// Says in words what is wrong with the copy at a path; empty when nothing is. The caller knows what the file
// holds.
using CopyCheck = std::function<std::string(const std::filesystem::path& copy)>;

// The check of a file of which no more is known than that it is a database: what SQLite says of its pages.
[[nodiscard]] std::string page_problem(const std::filesystem::path& file);

struct CopyOptions {
    bool replace = false;                      // what is at the path, rather than refuse
    std::chrono::milliseconds busy_timeout{};  // how long to wait for those who use what is to be replaced
};

// Copies the file at `original`, which `from` has open, to a temporary name beside `path`, checks the copy,
// syncs it, renames it to `path` and syncs the folder: after a crash there is the whole copy, or what was at
// `path` before. Another connection than `from` may be writing to the file, but `from` itself may not. Throws
// file-exists, no-such-folder, damaged (the check found a problem), busy, io.
void copy_file(SQLite::Database& from, const std::filesystem::path& original,
               const std::filesystem::path& path, const CopyCheck& problem_of,
               const CopyOptions& options = {});

}  // namespace postmoney::detail
