// The definitions of ratio.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE std::string Ratio::to_string() const {
    std::string text = numerator_.to_string();
    text += '/';
    denominator_.append_to(text);
    return text;
}

POSTMONEY_INLINE std::size_t Ratio::hash() const {
    return numerator_.hash() ^ (denominator_.hash() * std::size_t{0x9E3779B97F4A7C15U});
}

POSTMONEY_INLINE std::string Percentage::to_string(std::int32_t scale, Rounding mode) const {
    return to_decimal(scale, mode).to_string() + " %";
}

}  // namespace POSTMONEY_NAMESPACE
