// Unicode: names in one form, and as searches compare them.
#pragma once

#include <string>
#include <string_view>

namespace postmoney::detail {

// The text in Normalization Form C, the form in which names are compared. Throws bad-text for invalid UTF-8.
[[nodiscard]] std::string nfc(std::string_view text);

// The text as searches compare it: without case and accents. What is no valid UTF-8 stays as it is.
[[nodiscard]] std::string search_form(std::string_view text);
// The same into a text that is there already, for many of them.
void write_search_form(std::string_view text, std::string& form);

}  // namespace postmoney::detail
