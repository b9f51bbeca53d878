// The key by which an id is found: see entry_by_id in the schema.
#pragma once

#include <cstddef>
#include <cstdint>

#include "postmoney/value/hex_bytes.hpp"

namespace postmoney::detail {

// The first eight bytes, as a big-endian number with a sign. Ids that differ can have one start.
[[nodiscard]] constexpr std::int64_t start_of(const EntryId& id) noexcept {
    std::uint64_t start = 0;
    for (std::size_t i = 0; i < 8; ++i) start = (start << 8U) | id.bytes[i];
    return static_cast<std::int64_t>(start);
}

}  // namespace postmoney::detail
