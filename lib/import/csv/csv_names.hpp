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

// The text without characters that show nothing: zero-width spaces, soft hyphens, word joiners, byte-order
// marks. The two joiners stay between letters of scripts that are written with them.
[[nodiscard]] std::string visible_text(std::string text);

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

// The names in a piece of a list without the words around them: "with participation from Blue Fund", and "and
// Blue Fund" at the end of one.
[[nodiscard]] std::vector<std::string> participants_in(std::string_view piece, bool is_first);

// A name and what stands behind it for nobody: "Blue Fund and others", "Blue Fund et al.".
struct NameAndOthers {
    std::string name;
    std::string others;  // empty: none
};
[[nodiscard]] NameAndOthers without_others(std::string_view name, std::span<const std::string> own);

// Whether a name ends in a figure that a list adds to it: "Blue Fund ($1M)", "Blue Fund (60%)".
[[nodiscard]] bool has_figure_behind(std::string_view name);

// Whether a text has digits and no letter, so that it names nobody: 3, 1,200+.
[[nodiscard]] bool is_only_number(std::string_view text);

}  // namespace postmoney::detail
