// The names in a cell of several.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postmoney::detail {

// Whether a name is on record.
using NameOnRecord = std::function<bool(std::string_view)>;

// The pieces between the separators, trimmed. What is on record as one name stays one, and so does a legal
// form with the name before it: "Blue Fund, LLC".
[[nodiscard]] std::vector<std::string> split_names(std::string_view cell,
                                                   std::span<const std::string> separators,
                                                   const NameOnRecord& on_record);

}  // namespace postmoney::detail
