// Decimal: an exact decimal number of any size, which keeps the scale it was given.
//
//   using namespace postmoney::literals;
//   const postmoney::Decimal raised = postmoney::Decimal::parse("134.68");
//   raised * "2.50"_dec;                                                     // 336.7000: exact, no rounding
//   postmoney::divide("6"_dec, "50"_dec, 4, postmoney::Rounding::half_even);  // 0.1200
//   "12.0"_dec == "12"_dec;                                                  // true; their texts differ
//
// There is no binary floating point, no NaN, no infinity and no negative zero, and no rounding without a
// scale and a mode. Values whose coefficients fit 128 bits never allocate, nor does arithmetic whose results
// fit.
#pragma once

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

namespace detail {
inline constexpr std::int32_t max_decimal_exponent = 1'000'000;
[[nodiscard]] constexpr bool in_exponent_range(std::int64_t exponent) noexcept {
    return exponent >= -max_decimal_exponent && exponent <= max_decimal_exponent;
}
}  // namespace detail

// The value is coefficient * 10^exponent, as in the General Decimal Arithmetic specification (GDA; Mike
// Cowlishaw, speleotrove.com/decimal): "12.0" is 120 * 10^-1. Every operation throws Error overflow when its
// result would go beyond max_digits or max_exponent, and holds no longer number meanwhile, so that no input
// can exhaust memory.
class POSTMONEY_EXPORT Decimal {
  public:
    static constexpr std::int32_t max_exponent = detail::max_decimal_exponent;  // 1,000,000, either sign
    static constexpr std::int32_t max_digits = 100'000;                         // of the coefficient

    // 0.
    constexpr Decimal() noexcept = default;
    // A whole number, of scale 0.
    template <detail::WholeNumber T>
    explicit constexpr Decimal(T value) : coefficient_(value) {}
    template <std::floating_point T>
    Decimal(T) = delete;  // a binary fraction is rarely the decimal meant: parse its text

    // coefficient * 10^exponent: of_coefficient(1234, -2) is 12.34.
    [[nodiscard]] static constexpr Decimal of_coefficient(detail::Integer coefficient, std::int32_t exponent);

    // `[-]digits[.digits]`, whole. "-0" is 0. Throws Error bad_number, overflow.
    [[nodiscard]] static constexpr Decimal parse(std::string_view text);
    // A finite GDA numeric string: what parse takes, a plus sign, a bare leading or trailing point, and an
    // exponent, as in "-1.23E+5". Throws Error bad_number, overflow.
    [[nodiscard]] static constexpr Decimal parse_scientific(std::string_view text);

    // Plain text, never an exponent: all digits of the scale ("12.0"), no leading zeros, no negative zero.
    [[nodiscard]] std::string to_string() const;
    void append_to(std::string& out) const;
    // GDA's to-scientific-string: plain text when the exponent is at most zero and the number at least 10^-6,
    // else as "1.23E+5". parse_scientific reads back the same coefficient and exponent.
    [[nodiscard]] std::string to_scientific() const;
    friend std::ostream& operator<<(std::ostream& out, const Decimal& value) {
        return out << value.to_string();
    }

    // The same value without trailing zeros: 12.0 and 12 both give 12, and 1200 gives 12 * 10^2, whose text
    // is "1200". Equal values give the same to_string().
    [[nodiscard]] constexpr Decimal normalized() const;

    [[nodiscard]] constexpr const detail::Integer& coefficient() const noexcept { return coefficient_; }
    [[nodiscard]] constexpr std::int32_t exponent() const noexcept { return exponent_; }
    // Digits after the point in the plain text: 1 for 12.0, 0 for 12 and for 12 * 10^2.
    [[nodiscard]] constexpr std::int32_t scale() const noexcept { return exponent_ < 0 ? -exponent_ : 0; }
    // Digits of the coefficient: 3 for 12.0, 2 for 0.012, 1 for 0.
    [[nodiscard]] constexpr std::int32_t digits() const {
        return static_cast<std::int32_t>(coefficient_.digits());
    }
    [[nodiscard]] constexpr int sign() const noexcept { return coefficient_.sign(); }  // -1, 0 or 1
    [[nodiscard]] constexpr bool is_zero() const noexcept { return coefficient_.is_zero(); }
    // Whether the value is whole: true for 12.0.
    [[nodiscard]] constexpr bool is_integer() const;
    // The value as a 64-bit number. Throws Error inexact unless is_integer(), overflow when 64 bits do not
    // hold it.
    [[nodiscard]] constexpr std::int64_t to_int64() const;

    [[nodiscard]] constexpr Decimal abs() const { return {coefficient_.abs(), exponent_, Checked{}}; }
    [[nodiscard]] constexpr Decimal operator-() const { return {-coefficient_, exponent_, Checked{}}; }

    // Exact. A sum has the larger scale of the two (1.5 + 0.50 = 2.00), a product the sum of the scales.
    constexpr Decimal& operator+=(const Decimal& other);
    constexpr Decimal& operator-=(const Decimal& other);
    constexpr Decimal& operator*=(const Decimal& other) { return *this = *this * other; }
    [[nodiscard]] friend constexpr Decimal operator+(const Decimal& a, const Decimal& b) {
        detail::Int128 sum{};
        if (a.exponent_ == b.exponent_ && detail::Integer::add_native(a.coefficient_, b.coefficient_, sum))
            [[likely]] {
            return {sum, a.exponent_, Checked{}};
        }
        return add_aligned(a, b);
    }
    [[nodiscard]] friend constexpr Decimal operator-(const Decimal& a, const Decimal& b) {
        detail::Int128 difference{};
        if (a.exponent_ == b.exponent_ &&
            detail::Integer::subtract_native(a.coefficient_, b.coefficient_, difference)) [[likely]] {
            return {difference, a.exponent_, Checked{}};
        }
        return subtract_aligned(a, b);
    }
    [[nodiscard]] friend constexpr Decimal operator*(const Decimal& a, const Decimal& b) {
        const std::int32_t exponent = a.exponent_ + b.exponent_;
        detail::Int128 product{};
        if (detail::in_exponent_range(exponent) &&
            detail::Integer::multiply_native(a.coefficient_, b.coefficient_, product)) [[likely]] {
            return {product, exponent, Checked{}};
        }
        return multiply_big(a, b);
    }

    // Compares values, whatever their scales. The order is weak, because 12.0 and 12 are equal and yet
    // distinguishable.
    [[nodiscard]] friend constexpr bool operator==(const Decimal& a, const Decimal& b) {
        if (a.exponent_ == b.exponent_) [[likely]]
            return a.coefficient_ == b.coefficient_;
        return compare_aligned(a, b) == 0;
    }
    [[nodiscard]] friend constexpr std::weak_ordering operator<=>(const Decimal& a, const Decimal& b) {
        if (a.exponent_ == b.exponent_) [[likely]]
            return a.coefficient_ <=> b.coefficient_;
        return compare_aligned(a, b);
    }

    // This value with exactly `scale` digits after the point: zeros are added, or digits are rounded away. A
    // negative scale rounds to tens, hundreds and so on. Throws Error inexact when Rounding::never would lose
    // a digit other than zero, overflow.
    [[nodiscard]] constexpr Decimal round(std::int32_t scale, Rounding mode) const;
    // The same by exponent, as GDA's quantize: round(2, mode) is quantize(-2, mode).
    [[nodiscard]] constexpr Decimal quantize(std::int32_t exponent, Rounding mode) const;

    // The same for equal values.
    [[nodiscard]] std::size_t hash() const;

  private:
    // Marks a coefficient and an exponent that are known to be within the limits.
    struct Checked {};
    constexpr Decimal(detail::Integer coefficient, std::int32_t exponent, Checked) noexcept
        : coefficient_(std::move(coefficient)), exponent_(exponent) {}

    static constexpr std::uint32_t exponent_step(const Decimal& higher, const Decimal& lower) {
        return static_cast<std::uint32_t>(higher.exponent_ - lower.exponent_);
    }
    static constexpr detail::Integer within_limits(detail::Integer coefficient);
    static constexpr Decimal add_aligned(const Decimal& a, const Decimal& b);
    static constexpr Decimal subtract_aligned(const Decimal& a, const Decimal& b);
    [[gnu::cold]] static Decimal add_big(const Decimal& a, const Decimal& b, bool negate_b);
    [[gnu::cold]] static Decimal multiply_big(const Decimal& a, const Decimal& b);
    static constexpr std::weak_ordering compare_aligned(const Decimal& a, const Decimal& b);
    [[gnu::cold]] static std::weak_ordering compare_big(const Decimal& higher, const Decimal& lower);
    static constexpr Decimal parse_long(std::string_view text);

    class ShortText;
    [[nodiscard]] bool has_short_text() const noexcept;
    [[nodiscard]] std::uint64_t short_magnitude() const noexcept {
        return static_cast<std::uint64_t>(coefficient_.magnitude());
    }
    [[gnu::cold]] void append_long_text(std::string& out) const;

    // The exponent lies in the integer's tail padding.
    [[no_unique_address]] detail::Integer coefficient_;
    std::int32_t exponent_ = 0;
};

// a / b with exactly `scale` digits after the point: the true quotient, rounded once. Throws Error
// division_by_zero, inexact when Rounding::never would cut digits off the quotient, overflow.
[[nodiscard]] constexpr Decimal divide(const Decimal& a, const Decimal& b, std::int32_t scale, Rounding mode);

namespace literals {
// "12.5"_dec: Decimal::parse. Not consteval: Clang 14 leaves what such a literal returns uninitialised.
[[nodiscard]] constexpr Decimal operator""_dec(const char* text, std::size_t size);
}  // namespace literals

namespace detail {
struct RoundedQuotient {
    Integer quotient;
    bool exact;  // nothing was lost
};

// dividend / divisor rounded to a whole number; Rounding::never truncates, and `exact` tells. The divisor is
// not zero.
[[nodiscard]] constexpr RoundedQuotient divide_rounded(const Integer& dividend, const Integer& divisor,
                                                       Rounding mode);

// The same for dividend * 10^shift / divisor. Throws Error overflow, with what() as the operation, when the
// quotient would have more than Decimal::max_digits digits.
template <class What>
[[nodiscard]] constexpr RoundedQuotient divide_shifted(const Integer& dividend, std::int64_t shift,
                                                       const Integer& divisor, Rounding mode, What what);
}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Decimal> {
    [[nodiscard]] std::size_t operator()(const postmoney::Decimal& value) const { return value.hash(); }
};

namespace POSTMONEY_NAMESPACE {

//--- Definitions ---

namespace detail {

// The refusals. They are not constexpr, so that reaching one while compiling is the compile error.
[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_plain_number(std::string_view text);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_scientific_number(std::string_view text);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_size(std::string_view what);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_inexact(std::string_view what, std::int32_t exponent);

// "00" to "99".
inline constexpr std::array<char, 200> digit_pairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// value * 10^shift; refuses a product of too many digits before any work. `what` composes the text for the
// error.
template <class What>
[[nodiscard]] constexpr Integer shifted(const Integer& value, std::int64_t shift, What what) {
    if (value.is_zero()) return 0;
    if (shift > largest_native_power &&
        shift + static_cast<std::int64_t>(value.digits()) > Decimal::max_digits) {
        refuse_size(what());
    }
    return value.times_power_of_ten(static_cast<std::uint32_t>(shift));
}

[[nodiscard]] constexpr RoundedQuotient finish_rounding(UInt128 quotient, UInt128 remainder, UInt128 divisor,
                                                        bool negative, Rounding mode) {
    if (remainder == 0) return {Integer::from_magnitude(quotient, negative), true};
    // Compares the remainder with the rest of the divisor, because doubling it could overflow.
    const auto lost_to_half = remainder <=> divisor - remainder;
    const auto last_digit = static_cast<unsigned>(quotient % 10U);
    // A remainder needs a divisor of at least 2, so the quotient is below 2^127 and can be stepped.
    if (rounds_away(mode, negative, last_digit, lost_to_half)) ++quotient;
    return {Integer::from_magnitude(quotient, negative), false};
}

[[nodiscard]] constexpr RoundedQuotient divide_native(UInt128 dividend, UInt128 divisor, bool negative,
                                                      Rounding mode) {
    if (fits_64_bits(dividend) && fits_64_bits(divisor)) {
        const auto n = static_cast<std::uint64_t>(dividend);
        const auto d = static_cast<std::uint64_t>(divisor);
        return finish_rounding(n / d, n % d, d, negative, mode);
    }
    return finish_rounding(dividend / divisor, dividend % divisor, divisor, negative, mode);
}

// dividend * 10^shift / divisor in 256 bits: the quotient may fit 128 bits though the product does not.
[[nodiscard]] POSTMONEY_EXPORT RoundedQuotient divide_wide(UInt128 dividend, std::uint32_t shift,
                                                           UInt128 divisor, bool negative, Rounding mode);

constexpr RoundedQuotient divide_rounded(const Integer& dividend, const Integer& divisor, Rounding mode) {
    const bool negative = (dividend.sign() < 0) != (divisor.sign() < 0);
    if (dividend.is_native() && divisor.is_native()) {
        return divide_native(dividend.magnitude(), divisor.magnitude(), negative, mode);
    }
    Integer::Division division = Integer::divide(dividend, divisor);
    if (division.remainder.is_zero()) return {std::move(division.quotient), true};
    const Integer lost = division.remainder.abs();
    const auto lost_to_half = lost <=> divisor.abs() - lost;
    if (rounds_away(mode, negative, division.quotient.last_digit(), lost_to_half)) {
        division.quotient += negative ? -1 : 1;
    }
    return {std::move(division.quotient), false};
}

template <class What>
constexpr RoundedQuotient divide_shifted(const Integer& dividend, std::int64_t shift, const Integer& divisor,
                                         Rounding mode, What what) {
    const bool native = dividend.is_native() && divisor.is_native();
    const bool negative = (dividend.sign() < 0) != (divisor.sign() < 0);
    const std::int64_t distance = shift < 0 ? -shift : shift;
    if (native && distance <= largest_native_power) [[likely]] {
        const UInt128 power = powers_of_ten[static_cast<std::size_t>(distance)];
        UInt128 product{};
        if (shift >= 0 && !__builtin_mul_overflow(dividend.magnitude(), power, &product)) {
            return divide_native(product, divisor.magnitude(), negative, mode);
        }
        if (shift < 0 && !__builtin_mul_overflow(divisor.magnitude(), power, &product)) {
            return divide_native(dividend.magnitude(), product, negative, mode);
        }
    }
    if (dividend.is_zero()) return {0, true};
    // The quotient lies between 10^(places - 1) and 10^(places + 1).
    const auto dividend_digits = static_cast<std::int64_t>(dividend.digits());
    const std::int64_t places = dividend_digits + shift - static_cast<std::int64_t>(divisor.digits());
    if (places > Decimal::max_digits) {
        refuse_size(what());
    }
    if (places <= -2) {
        // The quotient is below a tenth, so less than half of a step is lost, however small the remainder is.
        const int away = negative ? -1 : 1;
        return {rounds_away(mode, negative, 0, std::strong_ordering::less) ? away : 0, false};
    }
    const auto steps = static_cast<std::uint32_t>(distance);
    if (shift < 0) return divide_rounded(dividend, divisor.times_power_of_ten(steps), mode);
    // 77 digits always fit 256 bits, and a longer product gives no quotient that fits 128.
    if (native && dividend_digits + shift <= 77) {
        return divide_wide(dividend.magnitude(), steps, divisor.magnitude(), negative, mode);
    }
    return divide_rounded(dividend.times_power_of_ten(steps), divisor, mode);
}

// Reads a short text that Decimal::parse takes; `read` is false for any other text, right or wrong.
struct ShortPlainNumber {
    bool read = false;
    std::int32_t exponent = 0;
    Int128 coefficient = 0;
};

[[nodiscard]] constexpr ShortPlainNumber short_plain_number(std::string_view text) noexcept {
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    const std::size_t size = text.size();
    // 19 digits and a point always fit 64 bits.
    if (size == first || size - first > 20) return {};
    std::uint64_t magnitude = 0;
    std::size_t i = first;
    for (; i < size && is_digit(text[i]); ++i)
        magnitude = magnitude * 10U + static_cast<unsigned>(text[i] - '0');
    std::int32_t exponent = 0;
    if (i < size) {
        const std::size_t point = i;
        if (text[point] != '.' || point == first || point + 1 == size) return {};
        for (++i; i < size && is_digit(text[i]); ++i) {
            magnitude = magnitude * 10U + static_cast<unsigned>(text[i] - '0');
        }
        if (i < size) return {};
        exponent = -static_cast<std::int32_t>(size - point - 1);
    } else if (size - first > 19) {
        return {};
    }
    const auto value = static_cast<Int128>(magnitude);
    return {true, exponent, first != 0 ? -value : value};
}

}  // namespace detail

constexpr detail::Integer Decimal::within_limits(detail::Integer coefficient) {
    if (!coefficient.is_native() && coefficient.digits() > static_cast<std::uint64_t>(max_digits)) {
        detail::refuse_size("a result of " + std::to_string(coefficient.digits()) + " digits");
    }
    return coefficient;
}

constexpr Decimal Decimal::of_coefficient(detail::Integer coefficient, std::int32_t exponent) {
    if (!detail::in_exponent_range(exponent)) detail::refuse_size("1E" + std::to_string(exponent));
    return {within_limits(std::move(coefficient)), exponent, Checked{}};
}

constexpr Decimal Decimal::parse(std::string_view text) {
    const auto number = detail::short_plain_number(text);
    if (!number.read) [[unlikely]]
        return parse_long(text);
    return {number.coefficient, number.exponent, Checked{}};
}

constexpr Decimal Decimal::parse_long(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = text.substr(negative ? 1 : 0);
    const std::size_t point = digits.find('.');
    const std::size_t fraction = point == std::string_view::npos ? 0 : digits.size() - point - 1;
    if (digits.empty() || point == 0 || (point != std::string_view::npos && fraction == 0)) {
        detail::refuse_plain_number(text);
    }
    std::size_t significant = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i == point) continue;
        if (!detail::is_digit(digits[i])) detail::refuse_plain_number(text);
        if (significant != 0 || digits[i] != '0') ++significant;
    }
    if (significant > static_cast<std::size_t>(max_digits) ||
        fraction > static_cast<std::size_t>(max_exponent)) {
        detail::refuse_size(text);
    }
    return {detail::Integer::from_digits(digits, negative), -static_cast<std::int32_t>(fraction), Checked{}};
}

constexpr Decimal Decimal::parse_scientific(std::string_view text) {
    if (const auto number = detail::short_plain_number(text); number.read) [[likely]]
        return {number.coefficient, number.exponent, Checked{}};
    const std::size_t mark = text.find_first_of("eE");
    std::int64_t exponent = 0;
    if (mark != std::string_view::npos) {
        std::string_view digits = text.substr(mark + 1);
        const bool negative = digits.starts_with('-');
        if (negative || digits.starts_with('+')) digits.remove_prefix(1);
        if (digits.empty()) detail::refuse_scientific_number(text);
        for (const char c : digits) {
            if (!detail::is_digit(c)) detail::refuse_scientific_number(text);
            // No fraction of the text could bring such an exponent back into range.
            if (exponent < 1'000'000'000'000'000) exponent = exponent * 10 + (c - '0');
        }
        if (negative) exponent = -exponent;
    }
    std::string_view digits = text.substr(0, mark);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    const std::size_t point = digits.find('.');
    if (digits.size() == (point == std::string_view::npos ? 0U : 1U)) detail::refuse_scientific_number(text);
    std::size_t significant = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i == point) continue;
        if (!detail::is_digit(digits[i])) detail::refuse_scientific_number(text);
        if (significant != 0 || digits[i] != '0') ++significant;
    }
    if (point != std::string_view::npos) exponent -= static_cast<std::int64_t>(digits.size() - point - 1);
    if (significant > static_cast<std::size_t>(max_digits) || !detail::in_exponent_range(exponent)) {
        detail::refuse_size(text);
    }
    return {detail::Integer::from_digits(digits, negative), static_cast<std::int32_t>(exponent), Checked{}};
}

// Plain text of a magnitude of 64 bits and a scale that is not much longer. It is written from its end, so
// that the digits are neither counted first nor moved to make room for the point.
class Decimal::ShortText {
  public:
    static constexpr std::int32_t longest_scale = 24;

    ShortText(std::uint64_t magnitude, std::int32_t scale, bool negative) noexcept {
        if (scale != 0) {
            for (; scale >= 2; scale -= 2) push_pair(magnitude);
            if (scale != 0) push_digit(magnitude);
            *--first_ = '.';
        }
        while (magnitude >= 100) push_pair(magnitude);
        if (magnitude >= 10) {
            push_pair(magnitude);
        } else {
            push_digit(magnitude);
        }
        if (negative) *--first_ = '-';
    }
    ShortText(const ShortText&) = delete;
    ShortText& operator=(const ShortText&) = delete;

    [[nodiscard]] std::string_view view() const noexcept {
        return {first_, static_cast<std::size_t>(buffer_.data() + buffer_.size() - first_)};
    }

  private:
    void push_digit(std::uint64_t& magnitude) noexcept {
        *--first_ = static_cast<char>('0' + magnitude % 10U);
        magnitude /= 10U;
    }
    void push_pair(std::uint64_t& magnitude) noexcept {
        const std::size_t pair = 2 * (magnitude % 100U);
        magnitude /= 100U;
        first_ -= 2;
        first_[0] = detail::digit_pairs[pair];
        first_[1] = detail::digit_pairs[pair + 1];
    }

    std::array<char, 48> buffer_;
    char* first_ = buffer_.data() + buffer_.size();
};

inline std::string Decimal::to_string() const {
    if (has_short_text()) [[likely]]
        return std::string(ShortText(short_magnitude(), scale(), sign() < 0).view());
    std::string text;
    append_long_text(text);
    return text;
}

inline void Decimal::append_to(std::string& out) const {
    if (has_short_text()) [[likely]] {
        out.append(ShortText(short_magnitude(), scale(), sign() < 0).view());
    } else {
        append_long_text(out);
    }
}

inline bool Decimal::has_short_text() const noexcept {
    return exponent_ <= 0 && exponent_ >= -ShortText::longest_scale && coefficient_.is_native() &&
           detail::fits_64_bits(coefficient_.magnitude());
}

constexpr Decimal Decimal::normalized() const {
    if (is_zero()) return {};
    Decimal result = *this;
    const auto limit = static_cast<std::uint32_t>(max_exponent - exponent_);
    result.exponent_ += static_cast<std::int32_t>(result.coefficient_.strip_trailing_zeros(limit));
    return result;
}

constexpr bool Decimal::is_integer() const {
    return exponent_ >= 0 || coefficient_.has_trailing_zeros(static_cast<std::uint32_t>(-exponent_));
}

constexpr std::int64_t Decimal::to_int64() const {
    if (!is_integer()) detail::refuse_inexact(to_scientific(), 0);
    if (is_zero()) return 0;
    // More than 19 digits never fit; the bound also keeps the work small.
    if (std::int64_t{exponent_} + digits() <= 19) {
        const Decimal whole = quantize(0, Rounding::down);
        if (whole.coefficient_.fits_int64()) return whole.coefficient_.to_int64();
    }
    throw Error::refused(ErrorCode::overflow, to_scientific(),
                         "a whole number within -9223372036854775808..9223372036854775807");
}

constexpr Decimal& Decimal::operator+=(const Decimal& other) {
    if (exponent_ == other.exponent_ && coefficient_.is_native() && other.coefficient_.is_native())
        [[likely]] {
        coefficient_ += other.coefficient_;
        return *this;
    }
    return *this = *this + other;
}

constexpr Decimal& Decimal::operator-=(const Decimal& other) {
    if (exponent_ == other.exponent_ && coefficient_.is_native() && other.coefficient_.is_native())
        [[likely]] {
        coefficient_ -= other.coefficient_;
        return *this;
    }
    return *this = *this - other;
}

constexpr Decimal Decimal::add_aligned(const Decimal& a, const Decimal& b) {
    if (a.exponent_ < b.exponent_) return add_aligned(b, a);
    detail::Int128 aligned{};
    detail::Int128 sum{};
    if (detail::Integer::scale_native(a.coefficient_, exponent_step(a, b), aligned) &&
        detail::Integer::add_native(aligned, b.coefficient_, sum)) [[likely]] {
        return {sum, b.exponent_, Checked{}};
    }
    return add_big(a, b, false);
}

constexpr Decimal Decimal::subtract_aligned(const Decimal& a, const Decimal& b) {
    const bool a_is_higher = a.exponent_ >= b.exponent_;
    const Decimal& higher = a_is_higher ? a : b;
    const Decimal& lower = a_is_higher ? b : a;
    detail::Int128 aligned{};
    detail::Int128 difference{};
    if (detail::Integer::scale_native(higher.coefficient_, exponent_step(higher, lower), aligned) &&
        (a_is_higher ? detail::Integer::subtract_native(aligned, b.coefficient_, difference)
                     : detail::Integer::subtract_native(a.coefficient_, aligned, difference))) [[likely]] {
        return {difference, lower.exponent_, Checked{}};
    }
    return add_big(a, b, true);
}

constexpr std::weak_ordering Decimal::compare_aligned(const Decimal& a, const Decimal& b) {
    if (a.sign() != b.sign() || a.sign() == 0) return a.sign() <=> b.sign();
    if (a.exponent_ < b.exponent_) return 0 <=> compare_aligned(b, a);
    if (!a.coefficient_.is_native() || !b.coefficient_.is_native()) return compare_big(a, b);
    const std::int64_t step = std::int64_t{a.exponent_} - b.exponent_;
    detail::UInt128 aligned{};
    // An aligned magnitude beyond 128 bits is larger than any within them.
    std::weak_ordering magnitudes = std::weak_ordering::greater;
    if (step <= detail::largest_native_power &&
        !__builtin_mul_overflow(a.coefficient_.magnitude(),
                                detail::powers_of_ten[static_cast<std::size_t>(step)], &aligned)) {
        magnitudes = aligned <=> b.coefficient_.magnitude();
    }
    return a.sign() > 0 ? magnitudes : 0 <=> magnitudes;
}

constexpr Decimal Decimal::round(std::int32_t scale, Rounding mode) const {
    if (!detail::in_exponent_range(scale)) {
        detail::refuse_size(to_scientific() + " at scale " + std::to_string(scale));
    }
    return quantize(-scale, mode);
}

constexpr Decimal Decimal::quantize(std::int32_t exponent, Rounding mode) const {
    const auto what = [&] { return to_scientific() + " at exponent " + std::to_string(exponent); };
    if (!detail::in_exponent_range(exponent)) detail::refuse_size(what());
    const std::int64_t step = std::int64_t{exponent_} - exponent;
    if (step >= 0) return {within_limits(detail::shifted(coefficient_, step, what)), exponent, Checked{}};
    detail::RoundedQuotient rounded = detail::divide_shifted(coefficient_, step, 1, mode, what);
    if (mode == Rounding::never && !rounded.exact) detail::refuse_inexact(to_scientific(), exponent);
    return {std::move(rounded.quotient), exponent, Checked{}};
}

constexpr Decimal divide(const Decimal& a, const Decimal& b, std::int32_t scale, Rounding mode) {
    const auto what = [&] { return a.to_scientific() + " / " + b.to_scientific(); };
    const auto at_scale = [&] { return what() + " at scale " + std::to_string(scale); };
    if (b.is_zero()) throw Error::refused(ErrorCode::division_by_zero, what(), "a divisor other than zero");
    if (!detail::in_exponent_range(scale)) {
        detail::refuse_size(at_scale());
    }
    const std::int64_t shift = std::int64_t{a.exponent()} - b.exponent() + scale;
    detail::RoundedQuotient rounded =
        detail::divide_shifted(a.coefficient(), shift, b.coefficient(), mode, at_scale);
    if (mode == Rounding::never && !rounded.exact) detail::refuse_inexact(what(), -scale);
    return Decimal::of_coefficient(std::move(rounded.quotient), -scale);
}

namespace literals {

constexpr Decimal operator""_dec(const char* text, std::size_t size) {
    return Decimal::parse({text, size});
}

}  // namespace literals

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/decimal-inl.hpp"
#endif
