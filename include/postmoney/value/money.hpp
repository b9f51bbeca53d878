// Money: an exact amount, counted in minor units of one currency.
//
//   const auto usd = postmoney::Currency::iso("USD");
//   const auto price = postmoney::Money::parse("1500.50 USD");        // minor() is 150050
//   (price + postmoney::Money(50, usd)).to_string();                  // "1501.00 USD"
//   price.allocate(std::vector<std::int64_t>{1, 1, 1});               // 500.17, 500.17, 500.16 USD
//   price + postmoney::Money::parse("1 EUR");                         // throws: cannot add EUR to USD
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// 24 bytes, trivially copyable: 64-bit minor units and the currency, whose decimals say how many minor units
// make one unit. Amounts of two currencies do not add and have no order; Balance holds both. Nothing here
// rounds. There is no product of two amounts; what divides is in money_math.hpp.
class POSTMONEY_EXPORT Money {
  public:
    // That many minor units: Money(150050, usd) is 1500.50 USD. Throws overflow beyond 64 bits.
    template <detail::WholeNumber I>
    explicit constexpr Money(I minor, const Currency& currency);

    // That many units: of(1500.50, usd) is 1500.50 USD. Throws fractional_minor_unit when the currency's
    // decimals do not hold it exactly, overflow beyond 64-bit minor units.
    [[nodiscard]] static constexpr Money of(const Decimal& units, const Currency& currency);

    // Reads `[-]NUMBER CURRENCY` with one space between. NUMBER is digits with an optional point and digits;
    // zeros in front or at the end are allowed. Throws bad_amount for another form, unknown_currency,
    // fractional_minor_unit, overflow, checked in this order.
    [[nodiscard]] static Money parse(std::string_view text, const Currencies& known = {});

    [[nodiscard]] constexpr std::int64_t minor() const noexcept { return minor_; }
    [[nodiscard]] constexpr const Currency& currency() const& noexcept { return currency_; }
    [[nodiscard]] constexpr Currency currency() const&& noexcept { return currency_; }

    // The amount in whole units, exact.
    [[nodiscard]] constexpr Decimal to_decimal() const;

    // "1500.50 USD", and without the code "1500.50". There are as many digits after the point as the currency
    // has decimals, and no point when it has none.
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] std::string amount_string() const;

    // Appends what to_string returns.
    void append_to(std::string& text) const;

    // Sums and differences. Throw mixed_currencies, and overflow beyond 64-bit minor units; then `this` is
    // unchanged.
    constexpr Money& operator+=(const Money& other);
    constexpr Money& operator-=(const Money& other);
    [[nodiscard]] constexpr Money operator+(const Money& other) const;
    [[nodiscard]] constexpr Money operator-(const Money& other) const;
    [[nodiscard]] constexpr Money operator+() const noexcept { return *this; }
    [[nodiscard]] constexpr Money operator-() const;

    // The amount that many times. Throws overflow.
    template <detail::WholeNumber I>
    [[nodiscard]] constexpr Money operator*(I times) const;
    template <detail::WholeNumber I>
    [[nodiscard]] friend constexpr Money operator*(I times, const Money& money) {
        return money * times;
    }

    // Whether amount and currency are equal; amounts of two currencies are unequal, even when both are zero.
    [[nodiscard]] constexpr bool operator==(const Money& other) const noexcept;

    // Throws mixed_currencies.
    [[nodiscard]] constexpr std::strong_ordering operator<=>(const Money& other) const;

    // One part for each of the given ratios. The parts sum to this amount exactly, and each is less than one
    // minor unit from its exact share. Every part gets its share without the fraction; the minor units left
    // over go one each to the largest fractions, the first of equal ones first (the largest remainder method
    // of Hamilton and Hare). A negative amount is allocated as the mirror image of the positive one. Throws
    // bad_allocation when a ratio is negative, when all are zero, and when there are none.
    [[nodiscard]] std::vector<Money> allocate(std::span<const std::int64_t> ratios) const;
    [[nodiscard]] std::vector<Money> allocate(std::span<const Decimal> ratios) const;
    [[nodiscard]] std::vector<Money> allocate(std::initializer_list<std::int64_t> ratios) const {
        return allocate(std::span(ratios.begin(), ratios.size()));
    }
    [[nodiscard]] std::vector<Money> allocate(std::initializer_list<Decimal> ratios) const {
        return allocate(std::span(ratios.begin(), ratios.size()));
    }

  private:
    // The minor units of the sum and of the difference. Throw as + and - do.
    [[nodiscard]] constexpr std::int64_t sum_with(const Money& other) const;
    [[nodiscard]] constexpr std::int64_t difference_with(const Money& other) const;

    // Room for a sign, 19 digits and a point; then for a space and a code of 12.
    static constexpr std::size_t max_amount = 21;
    using Text = std::array<char, max_amount + 13>;

    // Writes the amount so that it ends at `end`, backwards because that is faster; returns where it begins.
    char* put_amount(char* end) const noexcept;
    [[nodiscard]] std::string_view put_all(Text& text) const noexcept;

    // In this order a compiler copies the two as they were written, 16 bytes and 8. In the other order a load
    // would straddle two fresh stores, and wait for them.
    Currency currency_;
    std::int64_t minor_;
};

POSTMONEY_EXPORT std::ostream& operator<<(std::ostream& out, const Money& money);

//--- Definitions ---

namespace detail {

// `cannot VERB a LINK b`, e.g. `cannot add EUR to USD`. This and refuse_sum are out of line and take values,
// because a running total whose address is passed on cannot stay in a register.
[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_mixed(const char* verb, Currency a, const char* link,
                                                           Currency b);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_sum(std::int64_t a, const char* sign, std::int64_t b,
                                                         Currency unit);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_product(const Money& a, const Integer& times);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_negation(const Money& a);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_minor(const Integer& minor, const Currency& currency);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_fraction(std::string_view value,
                                                              const Currency& currency);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_beyond(std::string_view value);

// The text that parse would have read, in scientific form, which stays short when the exponent is wide.
[[nodiscard]] std::string money_text(const Decimal& units, const Currency& currency);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_fraction(const Decimal& units, const Currency& currency);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_beyond(const Decimal& units, const Currency& currency);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_ratios();

// Writes a number below 100 as two digits before `end`; returns where they begin.
constexpr char* put_pair(char* end, std::uint64_t number) noexcept {
    *--end = digit_pairs[2 * number + 1];
    *--end = digit_pairs[2 * number];
    return end;
}

// The absolute value; works for the lowest integer too.
[[nodiscard]] constexpr std::uint64_t magnitude(std::int64_t value) noexcept {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

// The amount of that magnitude and sign. The magnitude is at most 2^63, and below that for a positive amount.
[[nodiscard]] constexpr std::int64_t with_sign(std::uint64_t value, bool negative) noexcept {
    return static_cast<std::int64_t>(negative ? 0 - value : value);
}

// Digits read from the front of a text, and the number they write, modulo 2^64.
struct LeadingDigits {
    std::string_view text;
    std::uint64_t value;
};

[[nodiscard]] constexpr LeadingDigits leading_digits(std::string_view text) noexcept {
    std::size_t size = 0;
    std::uint64_t value = 0;
    for (; size < text.size(); ++size) {
        const auto digit = static_cast<unsigned char>(text[size] - '0');
        if (digit > 9) break;
        value = value * 10 + digit;
    }
    return {text.substr(0, size), value};
}

[[nodiscard]] constexpr std::size_t significant_digits(std::string_view whole) noexcept {
    return whole.size() - std::min(whole.find_first_not_of('0'), whole.size());
}

[[nodiscard]] constexpr std::uint64_t power_of_ten(std::size_t exponent) noexcept {
    return static_cast<std::uint64_t>(powers_of_ten[exponent]);
}

// The largest remainder method, given each part's floor and its remainder: adds one to the `units` parts with
// the largest remainders, the first of equal ones first.
template <typename Remainder>
void raise_largest(std::vector<std::uint64_t>& parts, const std::vector<Remainder>& remainders,
                   std::uint64_t units) {
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[b] < remainders[a]; });
    for (std::uint64_t i = 0; i < units; ++i) ++parts[order[i]];
}

// The magnitudes of the parts of `total` in ratios that are not negative. Wide holds total times a ratio, and
// the ratios' sum.
template <typename Wide, typename Ratio>
[[nodiscard]] std::vector<std::uint64_t> shares(std::uint64_t total, std::span<const Ratio> ratios) {
    Wide sum = 0;
    for (const Ratio& ratio : ratios) sum += static_cast<Wide>(ratio);
    if (sum == 0) refuse_ratios();
    std::vector<std::uint64_t> parts;
    std::vector<Wide> remainders;
    parts.reserve(ratios.size());
    remainders.reserve(ratios.size());
    std::uint64_t left = total;
    for (const Ratio& ratio : ratios) {
        const Wide product = static_cast<Wide>(total) * static_cast<Wide>(ratio);
        const Wide share = product / sum;
        parts.push_back(static_cast<std::uint64_t>(share));
        remainders.push_back(Wide(product - share * sum));
        left -= parts.back();
    }
    raise_largest(parts, remainders, left);
    return parts;
}

}  // namespace detail

template <detail::WholeNumber I>
constexpr Money::Money(I minor, const Currency& currency)
    : currency_(currency), minor_(static_cast<std::int64_t>(minor)) {
    std::int64_t checked = 0;
    if (__builtin_add_overflow(minor, I{0}, &checked)) [[unlikely]]
        detail::refuse_minor(detail::Integer(minor), currency);
}

constexpr Money Money::of(const Decimal& units, const Currency& currency) {
    if (units.is_zero()) return Money(0, currency);
    // This check comes before any arithmetic, which a wide exponent would make long.
    const std::int32_t shift = units.exponent() + currency.decimals();
    if (shift < 0 && (units.digits() <= -shift ||
                      !units.coefficient().has_trailing_zeros(static_cast<std::uint32_t>(-shift))))
        detail::refuse_fraction(units, currency);
    constexpr std::int32_t most_digits = 19;
    if (shift > most_digits) detail::refuse_beyond(units, currency);
    const Decimal minor = units.quantize(-currency.decimals(), Rounding::never);
    if (!minor.coefficient().fits_int64()) detail::refuse_beyond(units, currency);
    return Money(minor.coefficient().to_int64(), currency);
}

constexpr Decimal Money::to_decimal() const {
    return Decimal::of_coefficient(minor_, -currency_.decimals());
}

constexpr std::int64_t Money::sum_with(const Money& other) const {
    if (currency_ != other.currency_) [[unlikely]]
        detail::refuse_mixed("add", other.currency_, "to", currency_);
    std::int64_t sum = 0;
    if (__builtin_add_overflow(minor_, other.minor_, &sum)) [[unlikely]]
        detail::refuse_sum(minor_, "+", other.minor_, currency_);
    return sum;
}

constexpr std::int64_t Money::difference_with(const Money& other) const {
    if (currency_ != other.currency_) [[unlikely]]
        detail::refuse_mixed("subtract", other.currency_, "from", currency_);
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(minor_, other.minor_, &difference)) [[unlikely]]
        detail::refuse_sum(minor_, "-", other.minor_, currency_);
    return difference;
}

constexpr Money& Money::operator+=(const Money& other) {
    minor_ = sum_with(other);
    return *this;
}

constexpr Money& Money::operator-=(const Money& other) {
    minor_ = difference_with(other);
    return *this;
}

constexpr Money Money::operator+(const Money& other) const {
    return Money(sum_with(other), currency_);
}

constexpr Money Money::operator-(const Money& other) const {
    return Money(difference_with(other), currency_);
}

constexpr Money Money::operator-() const {
    if (minor_ == std::numeric_limits<std::int64_t>::min()) [[unlikely]]
        detail::refuse_negation(*this);
    return Money(-minor_, currency_);
}

template <detail::WholeNumber I>
constexpr Money Money::operator*(I times) const {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(minor_, times, &product)) [[unlikely]]
        detail::refuse_product(*this, detail::Integer(times));
    return Money(product, currency_);
}

constexpr bool Money::operator==(const Money& other) const noexcept {
    return minor_ == other.minor_ && currency_ == other.currency_;
}

constexpr std::strong_ordering Money::operator<=>(const Money& other) const {
    if (currency_ != other.currency_) [[unlikely]]
        detail::refuse_mixed("compare", currency_, "with", other.currency_);
    return minor_ <=> other.minor_;
}

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Money> {
    [[nodiscard]] std::size_t operator()(const postmoney::Money& value) const noexcept {
        return std::hash<std::int64_t>()(value.minor()) * 31 +
               std::hash<postmoney::Currency>()(value.currency());
    }
};

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/money-inl.hpp"
#endif
