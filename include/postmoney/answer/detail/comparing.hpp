// How findings compare figures: what of them agrees with what is stated, and by how much they differ.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "postmoney/fact/claim.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/quantity.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Whether some number from lower to upper agrees with what is stated. A null upper is open.
[[nodiscard]] inline bool some_agrees(const Money& lower, const std::optional<Money>& upper,
                                      const Amount& stated) {
    Interval range{lower.to_decimal(), std::nullopt};
    if (upper) range.high = upper->to_decimal();
    if (stated.is_one_number()) {
        const std::int32_t digit = stated.quantity().number().last_digit();
        range.low = range.low->quantize(digit, Rounding::half_even);
        if (range.high) range.high = range.high->quantize(digit, Rounding::half_even);
    }
    return overlap(range, interval(stated.quantity()));
}

[[nodiscard]] inline Money nearest(const Money& computed, const Amount& stated) {
    if (stated.qualifier() != Qualifier::between) return stated.number();
    return std::clamp(computed, stated.lower(), *stated.upper());
}

[[nodiscard]] inline std::string brief_difference(const Money& computed, const Amount& stated) {
    return (computed - nearest(computed, stated)).to_string();
}

[[nodiscard]] inline std::string source_name(const Claim& claim) {
    return claim.entry.source ? *claim.entry.source : "an entry without a source";
}

}  // namespace POSTMONEY_NAMESPACE::detail
