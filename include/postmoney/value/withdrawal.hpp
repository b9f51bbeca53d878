// Withdrawal: when ISO 4217 took the code of a currency out of use, and what replaced it.
//
//   withdrawn(Currency::iso("BGN"));    // 2026-01; null for EUR
//   replaced_by(Currency::iso("BGN"));  // EUR
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The month in which ISO 4217 withdrew the currency, as its list three gives it: no day, because old and new
// money often go side by side for some weeks. What is dated after the month is surely after the withdrawal.
// Null for a currency in use and for a unit beyond ISO 4217.
[[nodiscard]] constexpr std::optional<PartialDate> withdrawn(const Currency& unit);

// The currency that took its place, which may have been withdrawn since. Null where none did, for a currency
// in use and for a unit beyond ISO 4217.
[[nodiscard]] constexpr std::optional<Currency> replaced_by(const Currency& unit);

//--- Definitions ---

namespace detail {

// "DEM2 2002-03 EUR " for DEM; empty for what was not withdrawn.
[[nodiscard]] constexpr std::string_view withdrawal_row(const Currency& unit) noexcept {
    for (std::size_t i = 0; i < iso_withdrawn.size(); i += iso_withdrawn_width) {
        const std::string_view row = iso_withdrawn.substr(i, iso_withdrawn_width);
        if (row.substr(0, 3) == unit.code()) return row;
    }
    return {};
}

}  // namespace detail

constexpr std::optional<PartialDate> withdrawn(const Currency& unit) {
    const std::string_view row = detail::withdrawal_row(unit);
    if (row.empty()) return std::nullopt;
    return PartialDate::parse(row.substr(5, 7));
}

constexpr std::optional<Currency> replaced_by(const Currency& unit) {
    const std::string_view row = detail::withdrawal_row(unit);
    if (row.empty()) return std::nullopt;
    return Currency::find_iso(row.substr(13, 3));  // "---" for none
}

}  // namespace POSTMONEY_NAMESPACE
