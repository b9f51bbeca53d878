// Median and quartiles, exact. Quartiles are by the inclusive method: of n sorted values, the p-quantile lies
// at the place (n - 1) p, counted from 0, and between two places on the straight line between their values.
//
//   median({Ratio(Decimal(1)), Ratio(Decimal(2))}).to_string();                     // "3/2"
//   const std::vector sizes{Money::parse("1 USD"), Money::parse("2 USD"), Money::parse("4 USD")};
//   quartiles_inclusive(sizes, Rounding::half_even).upper.to_string();              // "3.00 USD"
//
// The method is type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), which
// spreadsheets call QUARTILE.INC. Other methods give other quartiles; the median is the same by all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace postmoney {

//--- Interface ---

template <class Value>
struct Quartiles {
    Value lower;  // a quarter of the way up
    Value median;
    Value upper;  // three quarters

    friend bool operator==(const Quartiles&, const Quartiles&) = default;
};

// The value that this part of the way up, 0 to 1, comes to. Values may be in any order. Throws misuse without
// a value, out-of-range for another part.
[[nodiscard]] Ratio quantile_inclusive(std::vector<Ratio> values, const Ratio& part);
[[nodiscard]] Ratio median(std::vector<Ratio> values);
[[nodiscard]] Quartiles<Ratio> quartiles_inclusive(std::vector<Ratio> values);

// Of amounts of one currency, each result rounded once to whole minor units. Throw mixed-currencies too, and
// inexact with Rounding::never where that loses something.
[[nodiscard]] Money median(std::span<const Money> amounts, Rounding mode);
[[nodiscard]] Quartiles<Money> quartiles_inclusive(std::span<const Money> amounts, Rounding mode);

//--- Definitions ---

namespace detail {

[[nodiscard]] inline Ratio quantile_of_sorted(const std::vector<Ratio>& sorted, const Ratio& part) {
    const Ratio place = Ratio(Decimal(sorted.size() - 1)) * part;
    const Decimal below = place.to_decimal(0, Rounding::floor);
    const Ratio& lower = sorted[static_cast<std::size_t>(below.to_int64())];
    const Ratio rest = place - Ratio(below);
    if (rest.is_zero()) return lower;
    const Ratio& upper = sorted[static_cast<std::size_t>(below.to_int64()) + 1];
    return lower + (upper - lower) * rest;
}

[[nodiscard]] inline std::vector<Ratio> sorted_values(std::vector<Ratio> values) {
    if (values.empty()) throw Error(ErrorCode::misuse, "no value has a median or a quartile");
    std::sort(values.begin(), values.end());
    return values;
}

[[nodiscard]] inline std::vector<Ratio> values_of(std::span<const Money> amounts) {
    std::vector<Ratio> values;
    values.reserve(amounts.size());
    for (const Money& amount : amounts) {
        if (amount.currency() != amounts.front().currency())
            refuse_mixed("compare", amount.currency(), "with", amounts.front().currency());
        values.emplace_back(amount.to_decimal());
    }
    return values;
}

[[nodiscard]] inline Money rounded_money(const Ratio& value, const Currency& currency, Rounding mode) {
    return Money::of(value.to_decimal(currency.decimals(), mode), currency);
}

}  // namespace detail

inline Ratio quantile_inclusive(std::vector<Ratio> values, const Ratio& part) {
    if (part.sign() < 0 || part > Ratio(Decimal(1)))
        throw Error::refused(ErrorCode::out_of_range, part.to_string(), "a part from 0 to 1");
    return detail::quantile_of_sorted(detail::sorted_values(std::move(values)), part);
}

inline Ratio median(std::vector<Ratio> values) {
    return quantile_inclusive(std::move(values), Ratio::of(Decimal(1), Decimal(2)));
}

inline Quartiles<Ratio> quartiles_inclusive(std::vector<Ratio> values) {
    const std::vector<Ratio> sorted = detail::sorted_values(std::move(values));
    const auto quarters = [&](int count) {
        return detail::quantile_of_sorted(sorted, Ratio::of(Decimal(count), Decimal(4)));
    };
    return {quarters(1), quarters(2), quarters(3)};
}

inline Money median(std::span<const Money> amounts, Rounding mode) {
    const Ratio exact = median(detail::values_of(amounts));
    return detail::rounded_money(exact, amounts.front().currency(), mode);
}

inline Quartiles<Money> quartiles_inclusive(std::span<const Money> amounts, Rounding mode) {
    const Quartiles<Ratio> exact = quartiles_inclusive(detail::values_of(amounts));
    const auto money = [&](const Ratio& value) {
        return detail::rounded_money(value, amounts.front().currency(), mode);
    };
    return {money(exact.lower), money(exact.median), money(exact.upper)};
}

}  // namespace postmoney
