// The floor: the rows of a finished ledger, written by hand with SQLite's C interface into the same tables
// with the same indexes, without triggers, checks of ours, hashes or JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace raw_twin {

struct Written {
    std::int64_t rows = 0;
    std::chrono::nanoseconds time{};  // of inserts and commits; reading the ledger is not counted
};

// Writes every row of the ledger into a new file, in the order of the entries. A transaction has
// `entries_per_commit` entries, or all of them when that is 0. Uses synchronous=EXTRA, a rollback journal and
// a page cache of 64 MiB, as the library does.
Written write(const std::filesystem::path& ledger, const std::filesystem::path& twin,
              std::int64_t entries_per_commit);

}  // namespace raw_twin
