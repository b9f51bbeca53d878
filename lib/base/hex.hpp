// Ids and hashes as the database holds them: blobs, and chain ids as hexadecimal text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"

namespace postmoney::detail {

// Throws damaged when the length is not that of the type.
template <class Hex>
[[nodiscard]] Hex hex_from_blob(std::span<const std::uint8_t> blob) {
    Hex hex;
    if (blob.size() != hex.bytes.size())
        throw Error(ErrorCode::damaged, "an id of the wrong length; restore a backup");
    std::copy(blob.begin(), blob.end(), hex.bytes.begin());
    return hex;
}

// Throws damaged when the text is not hexadecimal of the type's length.
template <class Hex>
[[nodiscard]] Hex hex_from_text(std::string_view text) {
    const auto hex = Hex::parse(text);
    if (!hex) throw Error(ErrorCode::damaged, "an id that is no hexadecimal text; restore a backup");
    return *hex;
}

}  // namespace postmoney::detail
