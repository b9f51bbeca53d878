// How the numbers in a cell are marked off, which the other cells of a column can tell.
#pragma once

#include <string_view>

#include "postmoney/import/csv_values.hpp"

namespace postmoney::detail {

// Which marks a cell's numbers can have before their decimals, when those differ.
enum class ShownMark : std::uint8_t {
    none,       // it has no separator, or means the same with either mark
    point,      // only a point: 1,300,000 or 2.5
    comma,      // only a comma: 1.300.000 or 2,5
    ambiguous,  // 1,250 or 25.000
    wrong       // neither
};
struct MarkEvidence {
    ShownMark mark = ShownMark::none;
    // Whether a lone comma is all that tells it: 2,5. Such a cell can be a slip among 1,300,000.
    bool by_lone_comma = false;
};

// Whether a cell is nothing but digits, with at most one point that is not before just three of them.
[[nodiscard]] bool is_plain_number(std::string_view cell, const AmountRules& rules);

[[nodiscard]] MarkEvidence shown_mark(std::string_view cell, const AmountRules& rules);

}  // namespace postmoney::detail
