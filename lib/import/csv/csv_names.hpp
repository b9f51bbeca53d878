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

// A name without what a list adds to it of who led: "Blue Fund (lead)", "led by Blue Fund".
struct NamedInvestor {
    std::string name;
    bool led = false;
};
[[nodiscard]] NamedInvestor without_lead(std::string_view name);

// Whether a name ends in a figure that a list adds to it: "Blue Fund ($1M)", "Blue Fund (60%)".
[[nodiscard]] bool has_figure_behind(std::string_view name);

// Whether a text has digits and no letter, so that it names nobody: 3, 1,200+.
[[nodiscard]] bool is_only_number(std::string_view text);

}  // namespace postmoney::detail
