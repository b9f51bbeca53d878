// Numbers as people write them: which separators group digits, and which stands before the decimals.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/text/language.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/quantity.hpp"

namespace POSTMONEY_NAMESPACE::detail {

enum class Grouping : std::uint8_t { none, thousands, indian, either, wrong };

// How the separator groups the digits of a whole number: 1,300,000 in thousands, 13,00,000 as in India,
// 13,000 either way.
[[nodiscard]] inline Grouping grouping_of(std::string_view whole, char separator) {
    if (whole.find(separator) == std::string_view::npos) return Grouping::none;
    std::vector<std::size_t> groups;
    for (std::string_view rest = whole;;) {
        const std::size_t end = rest.find(separator);
        groups.push_back(end == std::string_view::npos ? rest.size() : end);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    // A zero in front of a separator is not a grouping, because 0,500 may mean a half.
    if (groups.front() == 0 || whole.front() == '0' || groups.back() != 3) return Grouping::wrong;
    const auto all_inner = [&](std::size_t size) {
        return std::all_of(groups.begin() + 1, groups.end() - 1,
                           [&](std::size_t group) { return group == size; });
    };
    const bool thousands = groups.front() <= 3 && all_inner(3);
    const bool indian = groups.front() <= 2 && all_inner(2);
    if (thousands && indian) return Grouping::either;
    return thousands ? Grouping::thousands : indian ? Grouping::indian : Grouping::wrong;
}

// The number that digits with separators write when `mark` stands before the decimals; null when they then
// write none. The separators are points, commas, spaces and apostrophes, one a place. Only commas make Indian
// groups.
[[nodiscard]] inline std::optional<Decimal> number_with_mark(std::string_view text, DecimalMark mark) {
    const std::size_t point = text.find(mark == DecimalMark::point ? '.' : ',');
    std::string number(text.substr(0, point));
    const std::size_t first = number.find_first_not_of("0123456789");
    if (first != std::string::npos) {
        const char separator = number[first];
        const Grouping grouping = grouping_of(number, separator);
        if (grouping == Grouping::wrong || (grouping == Grouping::indian && separator != ','))
            return std::nullopt;
        std::erase(number, separator);
    }
    if (point != std::string_view::npos) number.append(".").append(text.substr(point + 1));
    if (number.find_first_not_of("0123456789.") != std::string::npos ||
        std::count(number.begin(), number.end(), '.') > 1) {
        return std::nullopt;
    }
    return Decimal::parse(number);
}

// The number times 10^power under a magnitude of the facts file, with the precision as written: 8 crore is
// 0.08 billion, 1.5 lakh is 0.15 million. The power is at most 12.
[[nodiscard]] inline StatedNumber stated_number(const Decimal& digits, std::int32_t power) {
    if (power % 3 == 0) return {digits, static_cast<Magnitude>(power / 3)};
    const std::int32_t last_digit = power - digits.scale();
    std::int32_t magnitude = 0;
    while (3 * magnitude < last_digit) ++magnitude;
    return {Decimal::of_coefficient(digits.coefficient(), last_digit - 3 * magnitude),
            static_cast<Magnitude>(magnitude)};
}

}  // namespace POSTMONEY_NAMESPACE::detail
