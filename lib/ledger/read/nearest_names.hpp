// Names on record that are near to one that is not: what a refusal offers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/connection.hpp"

namespace postmoney::detail {

// At most three names that parties go by now, the nearest first: those that differ by no more than a third of
// the characters, and those with a word that begins so.
[[nodiscard]] std::vector<std::string> nearest_names(Connection& connection, std::string_view name);

}  // namespace postmoney::detail
