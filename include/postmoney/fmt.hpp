// fmt support, for programs that use fmt: the one header that includes it. The values whose text needs no
// arguments can then be formatted, with the width, fill and alignment of a string.
//
//   fmt::print("{:>12}\n", postmoney::Decimal::parse("134.68"));  // "      134.68"
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string_view>

#include "postmoney/amount.hpp"
#include "postmoney/balance.hpp"
#include "postmoney/decimal.hpp"
#include "postmoney/hex_bytes.hpp"
#include "postmoney/money.hpp"
#include "postmoney/partial_date.hpp"
#include "postmoney/quantity.hpp"
#include "postmoney/ratio.hpp"
#include "postmoney/timestamp.hpp"

namespace postmoney::detail {

template <class T, class... Values>
concept OneOf = (std::same_as<T, Values> || ...);

// The values that have a formatter.
template <class T>
concept Formattable = OneOf<T, Decimal, Ratio, Money, Balance, Quantity, Amount, PartialDate, Timestamp,
                            EntryId, ChainId, Digest>;

}  // namespace postmoney::detail

template <postmoney::detail::Formattable T>
struct fmt::formatter<T> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const T& value, Context& context) const {
        return fmt::formatter<std::string_view>::format(value.to_string(), context);
    }
};
