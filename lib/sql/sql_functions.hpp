// The SQL functions: exact decimals, money, stated amounts and partial dates inside SQL. What each one takes
// and gives is in schema/README.md.
#pragma once

#include <cstdint>

#include "postmoney/value/detail/compiled.hpp"

struct sqlite3;

namespace POSTMONEY_NAMESPACE::detail {

// Who may call the functions: also views and triggers of a file, or only SQL that a program passes in.
enum class SqlCallers : std::uint8_t { anyone, direct_only };

// Registers the functions and the collation `decimal` on the connection. Returns SQLite's result code.
[[nodiscard]] int register_sql_functions(sqlite3* database, SqlCallers callers) noexcept;

}  // namespace POSTMONEY_NAMESPACE::detail
