// Money times and divided by numbers, and what part one amount is of another. What has to be rounded says
// how.
//
//   const auto price = Money::parse("100.00 USD");
//   multiply(price, Ratio::parse("1/3"), Rounding::half_even);   // 33.33 USD
//   divide(price, 7, Rounding::half_even);                       // 14.29 USD
//   (price / Money::parse("30 USD")).to_string();                // "10/3"
#pragma once

#include <string>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The amount times the ratio, rounded once to whole minor units. Throws inexact with Rounding::never where
// that loses something, overflow.
[[nodiscard]] constexpr Money multiply(const Money& money, const Ratio& ratio, Rounding mode);

// The amount divided by a whole number, rounded once to whole minor units; allocate() divides so that the
// parts add up. Throws division-by-zero, inexact with Rounding::never, overflow.
template <detail::WholeNumber I>
[[nodiscard]] constexpr Money divide(const Money& money, I divisor, Rounding mode);

// How many times the divisor the amount is, exactly. Throws mixed-currencies, division-by-zero.
[[nodiscard]] constexpr Ratio operator/(const Money& money, const Money& divisor);

//--- Definitions ---

constexpr Money multiply(const Money& money, const Ratio& ratio, Rounding mode) {
    const Currency& currency = money.currency();
    return Money::of((Ratio(money.to_decimal()) * ratio).to_decimal(currency.decimals(), mode), currency);
}

template <detail::WholeNumber I>
constexpr Money divide(const Money& money, I divisor, Rounding mode) {
    return multiply(money, Ratio::of(detail::Integer(1), detail::Integer(divisor)), mode);
}

constexpr Ratio operator/(const Money& money, const Money& divisor) {
    if (money.currency() != divisor.currency())
        detail::refuse_mixed("divide", money.currency(), "by", divisor.currency());
    return Ratio::of(detail::Integer(money.minor()), detail::Integer(divisor.minor()));
}

}  // namespace POSTMONEY_NAMESPACE
