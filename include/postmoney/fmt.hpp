// fmt support, for programs that use fmt: no other header includes it. It formats the values whose text needs
// no arguments, and the words of enumerations, with the width, fill and alignment of a string.
//
//   fmt::print("{:>12}\n", postmoney::Decimal::parse("134.68"));  // "      134.68"
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string_view>

#include "postmoney/fwd.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/balance.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/price_per_share.hpp"
#include "postmoney/value/quantity.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"
#include "postmoney/value/share_count.hpp"
#include "postmoney/value/split_ratio.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE::detail {

template <class T, class... Values>
concept OneOf = (std::same_as<T, Values> || ...);

// The values that have a formatter.
template <class T>
concept Formattable = OneOf<T, Decimal, Ratio, Money, Balance, Quantity, Amount, PricePerShare, ShareCount,
                            SplitRatio, PartialDate, Timestamp, EntryId, ChainId, Digest, Head>;

// The enumerations that have one: those that have words.
template <class T>
concept FormattableWord = Worded<T> || OneOf<T, ErrorCode, DatePrecision, Rounding>;

}  // namespace POSTMONEY_NAMESPACE::detail

template <postmoney::detail::Formattable T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const T& value, Context& context) const {
        return fmt::formatter<std::string_view>::format(value.to_string(), context);
    }
};

template <postmoney::detail::FormattableWord T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(T value, Context& context) const {
        using postmoney::to_string;
        return fmt::formatter<std::string_view>::format(to_string(value), context);
    }
};

template <>
struct fmt::formatter<postmoney::Currency> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const postmoney::Currency& value, Context& context) const {
        return fmt::formatter<std::string_view>::format(value.code(), context);
    }
};
