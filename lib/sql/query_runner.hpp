// Runs SQL that a caller passes in: one statement that only reads.
#pragma once

#include <string_view>

#include "postmoney/sql/query.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// Gives the visitor the names of the columns and then each row. Throws bad-sql for what is not one statement
// or what SQLite refuses, read-only for what would write.
void run_query(Connection& connection, std::string_view sql, const SqlVisitor& visitor);

}  // namespace postmoney::detail
