// The encoding of a table's cells.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/import/csv_map.hpp"

namespace postmoney::detail {

// The cell as UTF-8. Throws bad-text for bytes that the encoding does not have.
[[nodiscard]] std::string decode(std::string_view cell, CsvEncoding encoding);

}  // namespace postmoney::detail
