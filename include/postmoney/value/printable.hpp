// printable: text for people that can neither drive a terminal nor reorder what is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

// One code point of UTF-8, or one byte that is not UTF-8.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

[[nodiscard]] constexpr CodePoint first_code_point(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {lead, 1, false};
    std::uint32_t value = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {lead, 1, false};
        value = value << 6U | (byte(i) & 0x3FU);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF) return {lead, 1, false};
    return {value, size, true};
}

// Whether it is a control character, a line or paragraph separator, sets the direction of text (Unicode bidi
// controls), or shows nothing: a soft hyphen, a zero-width space, a word joiner, a byte-order mark. The two
// joiners show how the letters beside them are written.
[[nodiscard]] constexpr bool is_unprintable(std::uint32_t c) noexcept {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x061C || c == 0x200B || c == 0x200E ||
           c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

// The text with each unprintable character written as \xHH, or \u{HEX} beyond ASCII, and each byte that is
// not UTF-8 as \xHH.
[[nodiscard]] inline std::string printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!point.valid || (point.value < 0x80 && is_unprintable(point.value))) {
            result += "\\x";
            result += digits[point.value >> 4U];
            result += digits[point.value & 15U];
        } else if (is_unprintable(point.value)) {
            std::string hex;
            for (std::uint32_t rest = point.value; hex.empty() || rest != 0; rest >>= 4U)
                hex.insert(hex.begin(), digits[rest & 15U]);
            result += "\\u{" + hex + "}";
        } else {
            result += text.substr(0, point.bytes);
        }
        text.remove_prefix(point.bytes);
    }
    return result;
}

}  // namespace POSTMONEY_NAMESPACE
