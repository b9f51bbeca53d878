// The definitions of currency.hpp that are neither constexpr nor hot.
#pragma once

#include <functional>
#include <mutex>
#include <set>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/hundredth.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE std::string_view kept_code(std::string_view code) {
    const auto iso = std::lower_bound(iso_table.begin(), iso_table.end(), code,
                                      [](const Currency& one, std::string_view c) { return one.code() < c; });
    if (iso != iso_table.end() && iso->code() == code) return iso->code();
    static std::mutex mutex;
    static std::set<std::string, std::less<>> kept;  // there are few
    const std::scoped_lock lock(mutex);
    const auto at = kept.find(code);
    return at != kept.end() ? *at : *kept.emplace(code).first;
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_iso(std::string_view code) {
    throw Error::refused(ErrorCode::unknown_currency, code,
                         expected_currency(code, "an ISO 4217 currency code"));
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_currency(std::string_view code) {
    throw Error::refused(ErrorCode::unknown_currency, code,
                         expected_currency(code, "an ISO 4217 currency code or a unit that was added"));
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_code(std::string_view code) {
    throw Error::refused(ErrorCode::bad_currency, code,
                         "a code of 3 to 12 capital letters and digits, a letter first");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_decimals(int decimals) {
    throw Error::refused(ErrorCode::bad_currency, std::to_string(decimals), "0 to 8 decimals");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_redefinition(std::string_view code,
                                                                                 int known, int given) {
    throw Error(ErrorCode::currency_redefined, std::string(code) + " has " + std::to_string(known) +
                                                   " decimals and cannot be used with " +
                                                   std::to_string(given));
}

}  // namespace detail

POSTMONEY_INLINE std::optional<Currency> Currencies::find(std::string_view code) const noexcept {
    if (auto found = Currency::find_iso(code)) return found;
    const auto at =
        std::lower_bound(units_.begin(), units_.end(), code,
                         [](const Currency& unit, std::string_view c) { return unit.code() < c; });
    if (at == units_.end() || at->code() != code) return std::nullopt;
    return *at;
}

POSTMONEY_INLINE Currency Currencies::get(std::string_view code) const {
    if (auto found = find(code)) return *found;
    detail::refuse_currency(code);
}

POSTMONEY_INLINE void Currencies::add(const Currency& unit) {
    if (const auto known = find(unit.code())) {
        if (*known != unit) detail::refuse_redefinition(unit.code(), known->decimals(), unit.decimals());
        return;
    }
    units_.insert(std::lower_bound(units_.begin(), units_.end(), unit), unit);
}

}  // namespace POSTMONEY_NAMESPACE
