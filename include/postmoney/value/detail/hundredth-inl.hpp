// The definitions of hundredth.hpp that are neither constexpr nor hot.
#pragma once

#include <array>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/hundredth.hpp"

namespace POSTMONEY_NAMESPACE::detail {

POSTMONEY_INLINE std::optional<Currency> hundredth_of(std::string_view code) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() != 3 || !is_capital(code[0]) || !is_capital(code[1])) return std::nullopt;
    const bool is_small = code[2] >= 'a' && code[2] <= 'z';
    const char last = is_small ? static_cast<char>(code[2] - 'a' + 'A') : code[2];
    const std::array<char, 3> capitals{code[0], code[1], last};
    if (is_small) {
        if (const auto whole = Currency::find_iso({capitals.data(), capitals.size()})) return whole;
    }
    constexpr std::array<std::string_view, 10> written_so{"GBXGBP", "ZACZAR", "ZAXZAR", "ILAILS", "ILXILS",
                                                          "USCUSD", "USXUSD", "EUCEUR", "EUXEUR", "CACCAD"};
    for (const std::string_view row : written_so) {
        const bool fits = row.substr(0, 3) == std::string_view(capitals.data(), capitals.size());
        if (fits) return Currency::find_iso(row.substr(3));
    }
    return std::nullopt;
}

POSTMONEY_INLINE bool is_hundredth(std::string_view code) {
    return hundredth_of(code).has_value();
}

POSTMONEY_INLINE std::string expected_currency(std::string_view code, std::string_view expected) {
    const auto whole = hundredth_of(code);
    if (!whole) return std::string(expected);
    const std::string name(whole->code());
    return name + ", as " + std::string(code) + " looks like its hundredth: 25 " + std::string(code) +
           " would be 0.25 " + name;
}

}  // namespace POSTMONEY_NAMESPACE::detail
