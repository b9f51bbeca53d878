// Runs SQL that a caller passes in: one statement that only reads.
#pragma once

#include <span>
#include <string_view>

#include "postmoney/sql/query.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// Gives the visitor the names of the columns and then each row, until it has seen enough. Throws bad-sql for
// what is not one statement with that many parameters or what SQLite refuses, read-only for what would write.
void run_query(Connection& connection, std::string_view sql, std::span<const SqlCell> parameters,
               const SqlVisitor& visitor);

}  // namespace postmoney::detail
