// The definitions of money.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer-inl.hpp"
#include "postmoney/value/money.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// The units' codes, with the decimals when both codes are the same.
[[nodiscard]] inline std::string unit_name(const Currency& unit, const Currency& other) {
    std::string name(unit.code());
    if (unit.code() == other.code()) name += " (" + std::to_string(unit.decimals()) + " decimals)";
    return name;
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_mixed(const char* verb, Currency a,
                                                                          const char* link, Currency b) {
    throw Error(ErrorCode::mixed_currencies,
                std::string("cannot ") + verb + " " + unit_name(a, b) + " " + link + " " + unit_name(b, a));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_overflow(const std::string& operation) {
    throw Error(ErrorCode::overflow, operation + " is beyond 64-bit minor units");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_sum(std::int64_t a, const char* sign,
                                                                        std::int64_t b, Currency unit) {
    refuse_overflow(Money(a, unit).to_string() + " " + sign + " " + Money(b, unit).to_string());
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_product(const Money& a,
                                                                            const Integer& times) {
    refuse_overflow(a.to_string() + " * " + times.to_string());
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_negation(const Money& a) {
    refuse_overflow(std::string("-(") + a.to_string() + ")");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_minor(const Integer& minor,
                                                                          const Currency& currency) {
    refuse_overflow(minor.to_string() + " minor units of " + std::string(currency.code()));
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_fraction(std::string_view value,
                                                                             const Currency& currency) {
    throw Error::refused(ErrorCode::fractional_minor_unit, value,
                         "whole minor units of " + std::string(currency.code()) + " (" +
                             std::to_string(currency.decimals()) + " decimals)");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_beyond(std::string_view value) {
    throw Error::refused(ErrorCode::overflow, value, "at most 64-bit minor units");
}

POSTMONEY_INLINE std::string money_text(const Decimal& units, const Currency& currency) {
    return units.to_scientific() + " " + std::string(currency.code());
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_fraction(const Decimal& units,
                                                                             const Currency& currency) {
    refuse_fraction(money_text(units, currency), currency);
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_beyond(const Decimal& units,
                                                                           const Currency& currency) {
    refuse_beyond(money_text(units, currency));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_money_form(std::string_view text) {
    throw Error::refused(ErrorCode::bad_amount, text, "NUMBER CURRENCY, such as 1500.50 EUR");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_ratio(const std::string& ratio) {
    throw Error::refused(ErrorCode::bad_allocation, ratio, "ratios of zero or more");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_ratios() {
    throw Error(ErrorCode::bad_allocation, "cannot allocate by ratios that sum to zero");
}

// The unit that the text of an amount ends with.
[[nodiscard]] inline Currency unit_at_end(std::string_view text, std::string_view code,
                                          const Currencies& known) {
    if (const auto found = known.find(code)) return *found;
    if (code.empty() || code.find(' ') != std::string_view::npos) refuse_money_form(text);
    refuse_currency(code);
}

// A fraction cut to the currency's decimals. `text` is the whole amount.
[[nodiscard]] inline LeadingDigits without_zeros(LeadingDigits fraction, std::string_view text,
                                                 const Currency& currency) {
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    if (fraction.text.find_first_not_of('0', decimals) != std::string_view::npos)
        refuse_fraction(text, currency);
    return leading_digits(fraction.text.substr(0, decimals));
}

[[nodiscard]] inline std::vector<Money> with_signs(const std::vector<std::uint64_t>& magnitudes,
                                                   const Money& whole) {
    std::vector<Money> parts;
    parts.reserve(magnitudes.size());
    for (const std::uint64_t part : magnitudes)
        parts.emplace_back(with_sign(part, whole.minor() < 0), whole.currency());
    return parts;
}

}  // namespace detail

POSTMONEY_INLINE Money Money::parse(std::string_view text, const Currencies& known) {
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    const detail::LeadingDigits whole = detail::leading_digits(rest);
    rest.remove_prefix(whole.text.size());
    detail::LeadingDigits fraction{};
    const bool pointed = rest.starts_with('.');
    if (pointed) {
        fraction = detail::leading_digits(rest.substr(1));
        rest.remove_prefix(1 + fraction.text.size());
    }
    if (whole.text.empty() || (pointed && fraction.text.empty()) || !rest.starts_with(' '))
        detail::refuse_money_form(text);

    const Currency currency = detail::unit_at_end(text, rest.substr(1), known);
    const auto decimals = static_cast<std::size_t>(currency.decimals());
    if (fraction.text.size() > decimals) fraction = detail::without_zeros(fraction, text, currency);
    // With 19 digits in all, neither the numbers read nor their sum wrap, because 10^19 is below 2^64.
    constexpr std::size_t most_digits = 19;
    if (whole.text.size() + decimals > most_digits &&
        detail::significant_digits(whole.text) + decimals > most_digits)
        detail::refuse_beyond(text);
    const std::uint64_t value = whole.value * detail::power_of_ten(decimals) +
                                fraction.value * detail::power_of_ten(decimals - fraction.text.size());
    constexpr std::uint64_t highest = std::numeric_limits<std::int64_t>::max();
    if (value > highest + (negative ? 1U : 0U)) detail::refuse_beyond(text);
    return Money(detail::with_sign(value, negative), currency);
}

POSTMONEY_INLINE char* Money::put_amount(char* end) const noexcept {
    std::uint64_t rest = detail::magnitude(minor_);
    int decimals = currency_.decimals();
    if (decimals != 0) {
        for (; decimals > 1; decimals -= 2, rest /= 100) end = detail::put_pair(end, rest % 100);
        for (; decimals > 0; --decimals, rest /= 10) *--end = static_cast<char>('0' + rest % 10);
        *--end = '.';
    }
    for (; rest > 99; rest /= 100) end = detail::put_pair(end, rest % 100);
    if (rest > 9)
        end = detail::put_pair(end, rest);
    else
        *--end = static_cast<char>('0' + rest);
    if (minor_ < 0) *--end = '-';
    return end;
}

POSTMONEY_INLINE std::string_view Money::put_all(Text& text) const noexcept {
    const std::string_view code = currency_.code();
    char* const at = text.data() + max_amount;
    *at = ' ';
    for (std::size_t i = 0; i < code.size(); ++i) at[1 + i] = code[i];
    const char* const begin = put_amount(at);
    return {begin, static_cast<std::size_t>(at + 1 + code.size() - begin)};
}

POSTMONEY_INLINE std::string Money::to_string() const {
    Text text;
    return std::string(put_all(text));
}

POSTMONEY_INLINE std::string Money::amount_string() const {
    Text text;
    char* const end = text.data() + max_amount;
    return {put_amount(end), end};
}

POSTMONEY_INLINE void Money::append_to(std::string& text) const {
    Text own;
    text.append(put_all(own));
}

POSTMONEY_INLINE std::vector<Money> Money::allocate(std::span<const std::int64_t> ratios) const {
    for (const std::int64_t ratio : ratios)
        if (ratio < 0) detail::refuse_ratio(std::to_string(ratio));
    return detail::with_signs(detail::shares<detail::UInt128>(detail::magnitude(minor_), ratios), *this);
}

POSTMONEY_INLINE std::vector<Money> Money::allocate(std::span<const Decimal> ratios) const {
    Decimal sum;
    for (const Decimal& ratio : ratios) {
        if (ratio.sign() < 0) detail::refuse_ratio(ratio.to_scientific());
        if (!ratio.is_zero()) sum += ratio;
    }
    // The sum has the finest scale of all ratios, in which each of them is a whole number.
    std::vector<detail::CppInt> whole;
    whole.reserve(ratios.size());
    for (const Decimal& ratio : ratios)
        whole.push_back(ratio.quantize(sum.exponent(), Rounding::never).coefficient().to_big().value);
    const std::span<const detail::CppInt> view(whole);
    return detail::with_signs(detail::shares<detail::CppInt>(detail::magnitude(minor_), view), *this);
}

POSTMONEY_INLINE std::ostream& operator<<(std::ostream& out, const Money& money) {
    return out << money.to_string();
}

}  // namespace POSTMONEY_NAMESPACE
