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
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE {

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
[[nodiscard]] POSTMONEY_EXPORT Ratio quantile_inclusive(std::vector<Ratio> values, const Ratio& part);
[[nodiscard]] POSTMONEY_EXPORT Ratio median(std::vector<Ratio> values);
[[nodiscard]] POSTMONEY_EXPORT Quartiles<Ratio> quartiles_inclusive(std::vector<Ratio> values);

// Of amounts of one currency, each result rounded once to whole minor units. Throw mixed-currencies too, and
// inexact with Rounding::never where that loses something.
[[nodiscard]] POSTMONEY_EXPORT Money median(std::span<const Money> amounts, Rounding mode);
[[nodiscard]] POSTMONEY_EXPORT Quartiles<Money> quartiles_inclusive(std::span<const Money> amounts,
                                                                    Rounding mode);
[[nodiscard]] inline Money median(std::initializer_list<Money> amounts, Rounding mode) {
    return median(std::span(amounts.begin(), amounts.size()), mode);
}
[[nodiscard]] inline Quartiles<Money> quartiles_inclusive(std::initializer_list<Money> amounts,
                                                          Rounding mode) {
    return quartiles_inclusive(std::span(amounts.begin(), amounts.size()), mode);
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/quantiles-inl.hpp"
#endif
