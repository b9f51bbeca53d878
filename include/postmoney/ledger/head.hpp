// Head: where a chain of entries ends: what to keep elsewhere, to tell later that nothing before it was
// changed or cut off.
//
//   const std::string kept = ledger.head().to_string();  // kept elsewhere
//   const bool whole = ledger.verify(std::vector{Head::parse(kept)}).ok;
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace POSTMONEY_NAMESPACE {

struct Head {
    ChainId chain = {};
    std::int64_t length = 0;
    Digest hash = {};  // of the last entry; zeros for an empty chain

    // `CHAIN:LENGTH:HASH`: 32 hexadecimal digits, a number, 64 hexadecimal digits.
    [[nodiscard]] std::string to_string() const {
        return chain.to_string() + ":" + std::to_string(length) + ":" + hash.to_string();
    }

    // Throws bad-head for any other text, and for a length of 0 with a hash, or a hash of zeros with a
    // length.
    [[nodiscard]] static Head parse(std::string_view text) {
        const std::size_t first = text.find(':');
        const std::size_t last = text.rfind(':');
        const auto refuse = [&]() -> Error {
            return Error::refused(
                ErrorCode::bad_head, text,
                "CHAIN:LENGTH:HASH, of 32 hexadecimal digits, a number and 64 hexadecimal digits");
        };
        if (first == std::string_view::npos || first == last) throw refuse();
        const auto chain = ChainId::parse(text.substr(0, first));
        const auto hash = Digest::parse(text.substr(last + 1));
        const std::string_view digits = text.substr(first + 1, last - first - 1);
        Head head;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), head.length);
        if (!chain || !hash || error != std::errc() || end != digits.data() + digits.size()) throw refuse();
        head.chain = *chain;
        head.hash = *hash;
        // One text a head: no sign, no leading zeros, zeros for an empty chain only.
        if (head.length < 0 || head.to_string() != text || (head.length == 0) != (head.hash == Digest()))
            throw refuse();
        return head;
    }

    friend bool operator==(const Head&, const Head&) = default;
};

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Head> {
    [[nodiscard]] std::size_t operator()(const postmoney::Head& value) const noexcept {
        return std::hash<postmoney::ChainId>()(value.chain) * 31 + std::hash<postmoney::Digest>()(value.hash);
    }
};
