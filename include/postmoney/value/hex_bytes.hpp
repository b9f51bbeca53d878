// HexBytes: a fixed number of bytes that people read as hexadecimal: entry ids, chain ids, hashes.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"

namespace POSTMONEY_NAMESPACE {

template <std::size_t Size, class Tag>
struct HexBytes {
    std::array<std::uint8_t, Size> bytes{};

    // Lower-case hexadecimal, two digits a byte.
    [[nodiscard]] std::string to_string() const {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text;
        text.reserve(2 * Size);
        for (const std::uint8_t byte : bytes) {
            text += digits[byte >> 4U];
            text += digits[byte & 15U];
        }
        return text;
    }

    // Null unless the text is exactly 2 * Size lower-case hexadecimal digits.
    [[nodiscard]] static constexpr std::optional<HexBytes> parse(std::string_view text) noexcept {
        if (text.size() != 2 * Size) return std::nullopt;
        HexBytes result;
        for (std::size_t i = 0; i < Size; ++i) {
            const int high = digit(text[2 * i]);
            const int low = digit(text[2 * i + 1]);
            if (high < 0 || low < 0) return std::nullopt;
            result.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        }
        return result;
    }

    friend constexpr auto operator<=>(const HexBytes&, const HexBytes&) = default;

  private:
    static constexpr int digit(char c) noexcept {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    }
};

// An entry's identity: the SHA-256 of its canonical content.
using EntryId = HexBytes<32, struct EntryIdTag>;
// The random name of one ledger's chain of entries.
using ChainId = HexBytes<16, struct ChainIdTag>;
// A hash that covers a chain up to one place, or a whole ledger's set of entries.
using Digest = HexBytes<32, struct DigestTag>;

}  // namespace POSTMONEY_NAMESPACE

template <std::size_t Size, class Tag>
struct std::hash<postmoney::HexBytes<Size, Tag>> {
    [[nodiscard]] std::size_t operator()(const postmoney::HexBytes<Size, Tag>& value) const noexcept {
        std::size_t first = 0;  // of a hash any part is as good as another, and of a random name too
        for (std::size_t i = 0; i < sizeof first; ++i) first = first << 8U | value.bytes[i];
        return first;
    }
};
