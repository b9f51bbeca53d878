// Names on record that are near to one that is not: what a refusal offers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sql/connection.hpp"

namespace postmoney::detail {

// How many characters are to be put in, left out, changed or swapped with the next to make one text of the
// other (optimal string alignment). Both are folded UTF-8. At most `most` + 1, where it is more than that.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

// At most three names that parties go by, the nearest first: those that differ by no more than a third of
// the characters, and those with a word that begins so.
[[nodiscard]] std::vector<std::string> nearest_names(Connection& connection, std::string_view name);

}  // namespace postmoney::detail
