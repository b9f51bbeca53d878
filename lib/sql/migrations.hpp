// Migrations: the SQL files of schema/, embedded at build time so that a program needs no file beside it.
#pragma once

#include <span>
#include <string_view>

namespace postmoney::detail {

struct Migration {
    int version;            // 1 for schema/0001_*.sql; counts up without a gap
    std::string_view name;  // the file's name without its extension, e.g. "0001_ledger"
    std::string_view sql;   // the file's bytes
};

// Every migration, the oldest first.
[[nodiscard]] std::span<const Migration> migrations() noexcept;

}  // namespace postmoney::detail
