// Tables of acquisitions, which look like tables of rounds: what a buyer pays is no capital that the company
// raised.
#pragma once

#include <string>
#include <vector>

namespace postmoney::detail {

// Throws unknown-kind when the header is of a table of acquisitions: it has a column for a buyer and one for
// a price or a date, and none for rounds.
void refuse_acquisitions(const std::vector<std::string>& header);

}  // namespace postmoney::detail
