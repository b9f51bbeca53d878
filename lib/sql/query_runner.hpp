// Runs SQL that a caller passes in: one statement that only reads.
#pragma once

#include <string_view>

#include "postmoney/sql/query.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// See Ledger::query.
void run_query(Connection& connection, std::string_view sql, const SqlVisitor& visitor);

}  // namespace postmoney::detail
