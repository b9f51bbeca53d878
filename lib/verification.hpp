// Verifies a ledger by recording its entries anew, in a scratch ledger, and comparing every table row by row.
#pragma once

#include <string>

#include "connection.hpp"

namespace postmoney::detail {

// The first thing wrong, in words; empty when nothing is.
[[nodiscard]] std::string first_problem(Connection& connection);

}  // namespace postmoney::detail
