// Unicode normalization of names.
#pragma once

#include <string>
#include <string_view>

namespace postmoney::detail {

// The text in Normalization Form C, the form in which names are compared. Throws bad-text for invalid UTF-8.
[[nodiscard]] std::string nfc(std::string_view text);

}  // namespace postmoney::detail
