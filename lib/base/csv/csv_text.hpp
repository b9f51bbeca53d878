// Text in the cells of tables.
#pragma once

#include <string>
#include <string_view>

namespace postmoney::detail {

// The text without white space at either end; a no-break space, which spreadsheets leave behind, counts as
// such.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

// A heading without case, spaces and punctuation, by which headings are compared: "Amount (in USD)" is
// "amountinusd".
[[nodiscard]] std::string heading_key(std::string_view heading);

// Whether a trimmed cell says nothing: it is empty, "N/A" or a hyphen.
[[nodiscard]] bool says_nothing(std::string_view cell);

}  // namespace postmoney::detail
