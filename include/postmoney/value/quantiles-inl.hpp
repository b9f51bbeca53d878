// The definitions of quantiles.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/quantiles.hpp"

namespace POSTMONEY_NAMESPACE {

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

POSTMONEY_INLINE Ratio quantile_inclusive(std::vector<Ratio> values, const Ratio& part) {
    if (part.sign() < 0 || part > Ratio(Decimal(1)))
        throw Error::refused(ErrorCode::out_of_range, part.to_string(), "a part from 0 to 1");
    return detail::quantile_of_sorted(detail::sorted_values(std::move(values)), part);
}

POSTMONEY_INLINE Ratio median(std::vector<Ratio> values) {
    return quantile_inclusive(std::move(values), Ratio::of(Decimal(1), Decimal(2)));
}

POSTMONEY_INLINE Quartiles<Ratio> quartiles_inclusive(std::vector<Ratio> values) {
    const std::vector<Ratio> sorted = detail::sorted_values(std::move(values));
    const auto quarters = [&](int count) {
        return detail::quantile_of_sorted(sorted, Ratio::of(Decimal(count), Decimal(4)));
    };
    return {quarters(1), quarters(2), quarters(3)};
}

POSTMONEY_INLINE Money median(std::span<const Money> amounts, Rounding mode) {
    const Ratio exact = median(detail::values_of(amounts));
    return detail::rounded_money(exact, amounts.front().currency(), mode);
}

POSTMONEY_INLINE Quartiles<Money> quartiles_inclusive(std::span<const Money> amounts, Rounding mode) {
    const Quartiles<Ratio> exact = quartiles_inclusive(detail::values_of(amounts));
    const auto money = [&](const Ratio& value) {
        return detail::rounded_money(value, amounts.front().currency(), mode);
    };
    return {money(exact.lower), money(exact.median), money(exact.upper)};
}

}  // namespace POSTMONEY_NAMESPACE
