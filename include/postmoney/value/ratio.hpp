// Ratio and Percentage: exact quotients. A Ratio is a bare rational number, a Percentage a part of a whole.
//
//   const auto share = postmoney::Percentage::of(Decimal(6), Decimal(50));
//   share.ratio().to_string();                                                   // "3/25"
//   share.to_string(1, Rounding::half_even);                                     // "12.0 %"
//   Ratio::of(Decimal(50), Decimal(24)).to_decimal(4, Rounding::half_even);      // 2.0833
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// A rational number in lowest terms, with a denominator above zero. It is exact; only to_decimal rounds.
// Terms that fit 128 bits never allocate. Arithmetic throws Error overflow when a term would have more than
// max_bits bits, so that no input grows without end.
class POSTMONEY_EXPORT Ratio {
  public:
    static constexpr std::uint32_t max_bits = 332'193;  // as 100,000 digits

    // 0.
    constexpr Ratio() noexcept = default;
    // Compilers leave these as calls, though what they do is less than a call: formulas copy numbers all the
    // time.
    [[gnu::always_inline]] constexpr Ratio(const Ratio&) = default;
    [[gnu::always_inline]] constexpr Ratio(Ratio&&) noexcept = default;
    [[gnu::always_inline]] constexpr Ratio& operator=(const Ratio&) = default;
    [[gnu::always_inline]] constexpr Ratio& operator=(Ratio&&) noexcept = default;
    [[gnu::always_inline]] constexpr ~Ratio() = default;
    // The number itself: 12.5 is 25/2.
    explicit constexpr Ratio(const Decimal& value);
    // numerator / denominator. Both throw Error division_by_zero, and overflow when the exponents of decimals
    // lie further apart than Decimal::max_digits.
    [[nodiscard]] static constexpr Ratio of(const Decimal& numerator, const Decimal& denominator);
    [[nodiscard]] static constexpr Ratio of(const detail::Integer& numerator,
                                            const detail::Integer& denominator);
    // Reads `[-]digits/digits`, not necessarily in lowest terms. Throws Error bad_number, division_by_zero,
    // overflow.
    [[nodiscard]] static constexpr Ratio parse(std::string_view text);

    // "3/25"; "3/1" for a whole number.
    [[nodiscard]] std::string to_string() const;
    friend std::ostream& operator<<(std::ostream& out, const Ratio& value) {
        return out << value.to_string();
    }

    // The value with exactly `scale` digits after the point, rounded once. Throws Error inexact when
    // Rounding::never would cut digits off, overflow.
    [[nodiscard]] constexpr Decimal to_decimal(std::int32_t scale, Rounding mode) const;

    [[nodiscard]] constexpr const detail::Integer& numerator() const noexcept { return numerator_; }
    [[nodiscard]] constexpr const detail::Integer& denominator() const noexcept {
        return denominator_;
    }                                                                                // above 0
    [[nodiscard]] constexpr int sign() const noexcept { return numerator_.sign(); }  // -1, 0 or 1
    [[nodiscard]] constexpr bool is_zero() const noexcept { return numerator_.is_zero(); }

    [[nodiscard]] constexpr Ratio operator-() const { return {-numerator_, denominator_, LowestTerms{}}; }
    // Throws Error division_by_zero for 0.
    [[nodiscard]] constexpr Ratio inverse() const;

    [[nodiscard]] friend constexpr Ratio operator+(const Ratio& a, const Ratio& b) { return a.plus(b); }
    [[nodiscard]] friend constexpr Ratio operator-(const Ratio& a, const Ratio& b) { return a.plus(-b); }
    [[nodiscard]] friend constexpr Ratio operator*(const Ratio& a, const Ratio& b) { return a.times(b); }
    // Throws Error division_by_zero.
    [[nodiscard]] friend constexpr Ratio operator/(const Ratio& a, const Ratio& b) {
        return a.times(b.inverse());
    }

    [[nodiscard]] friend constexpr bool operator==(const Ratio& a, const Ratio& b) {
        return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
    }
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(const Ratio& a, const Ratio& b) {
        if (a.denominator_ == b.denominator_) return a.numerator_ <=> b.numerator_;
        if (a.sign() != b.sign()) return a.sign() <=> b.sign();
        return a.numerator_ * b.denominator_ <=> b.numerator_ * a.denominator_;
    }

    [[nodiscard]] std::size_t hash() const;

  private:
    // The term itself. Throws Error overflow beyond max_bits.
    static constexpr const detail::Integer& bounded(const detail::Integer& term);
    struct LowestTerms {};  // marks terms without a common factor, the denominator above zero
    constexpr Ratio(detail::Integer numerator, detail::Integer denominator, LowestTerms) noexcept
        : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {}
    static constexpr Ratio reduced(const detail::Integer& numerator, const detail::Integer& denominator);
    [[nodiscard]] constexpr Ratio plus(const Ratio& other) const;
    [[nodiscard]] constexpr Ratio times(const Ratio& other) const;
    // The same where all terms fit 64 bits with their sign, as most do: no term of the result is then beyond
    // 128.
    [[nodiscard]] constexpr bool is_short() const noexcept;
    [[nodiscard, gnu::always_inline]] constexpr Ratio plus_short(const Ratio& other) const;
    [[nodiscard, gnu::always_inline]] constexpr Ratio times_short(const Ratio& other) const;

    detail::Integer numerator_ = 0;
    detail::Integer denominator_ = 1;
};

// A part of a whole, written in hundredths. Percentages of the same whole add up; to take a percentage of
// something, multiply by its ratio().
class POSTMONEY_EXPORT Percentage {
  public:
    // 0 %.
    constexpr Percentage() noexcept = default;
    // The part as a ratio of the whole: 3/25 is 12 %.
    explicit constexpr Percentage(Ratio ratio) noexcept : ratio_(std::move(ratio)) {}
    // part / whole: of(6, 50) is 12 %. Throws Error division_by_zero.
    [[nodiscard]] static constexpr Percentage of(const Decimal& part, const Decimal& whole);
    // from_percent(12) is 12 %.
    [[nodiscard]] static constexpr Percentage from_percent(const Decimal& percent);

    // The part as a ratio of the whole: 3/25 for 12 %.
    [[nodiscard]] constexpr const Ratio& ratio() const noexcept { return ratio_; }
    // In percent: 12.0 for 12 % at scale 1. Throws as Ratio::to_decimal does.
    [[nodiscard]] constexpr Decimal to_decimal(std::int32_t scale, Rounding mode) const;
    // "12.0 %" at scale 1.
    [[nodiscard]] std::string to_string(std::int32_t scale, Rounding mode) const;

    [[nodiscard]] constexpr int sign() const noexcept { return ratio_.sign(); }  // -1, 0 or 1
    [[nodiscard]] constexpr bool is_zero() const noexcept { return ratio_.is_zero(); }

    [[nodiscard]] constexpr Percentage operator-() const { return Percentage(-ratio_); }
    [[nodiscard]] friend constexpr Percentage operator+(const Percentage& a, const Percentage& b) {
        return Percentage(a.ratio_ + b.ratio_);
    }
    [[nodiscard]] friend constexpr Percentage operator-(const Percentage& a, const Percentage& b) {
        return Percentage(a.ratio_ - b.ratio_);
    }
    [[nodiscard]] friend constexpr bool operator==(const Percentage& a, const Percentage& b) {
        return a.ratio_ == b.ratio_;
    }
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(const Percentage& a,
                                                                    const Percentage& b) {
        return a.ratio_ <=> b.ratio_;
    }

  private:
    Ratio ratio_;
};

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Ratio> {
    [[nodiscard]] std::size_t operator()(const postmoney::Ratio& value) const { return value.hash(); }
};

template <>
struct std::hash<postmoney::Percentage> {
    [[nodiscard]] std::size_t operator()(const postmoney::Percentage& value) const {
        return value.ratio().hash();
    }
};

namespace POSTMONEY_NAMESPACE {

//--- Definitions ---

constexpr const detail::Integer& Ratio::bounded(const detail::Integer& term) {
    if (!term.is_native() && term.bits() > max_bits)
        throw Error(ErrorCode::overflow, "a fraction has a term of more than 332193 bits, expected fewer");
    return term;
}

constexpr Ratio Ratio::reduced(const detail::Integer& numerator, const detail::Integer& denominator) {
    if (denominator == 1) return {bounded(numerator), denominator, LowestTerms{}};
    const detail::Integer common = detail::Integer::gcd(numerator, denominator);
    if (common == 1) return {bounded(numerator), bounded(denominator), LowestTerms{}};
    return {detail::Integer::divide(numerator, common).quotient,
            detail::Integer::divide(denominator, common).quotient, LowestTerms{}};
}

constexpr Ratio Ratio::of(const detail::Integer& numerator, const detail::Integer& denominator) {
    if (denominator.is_zero()) {
        throw Error::refused(ErrorCode::division_by_zero, numerator.to_string() + "/0",
                             "a denominator other than zero");
    }
    if (denominator.sign() < 0) return reduced(-numerator, -denominator);
    return reduced(numerator, denominator);
}

constexpr Ratio Ratio::of(const Decimal& numerator, const Decimal& denominator) {
    const auto what = [&] { return numerator.to_scientific() + "/" + denominator.to_scientific(); };
    if (denominator.is_zero()) {
        throw Error::refused(ErrorCode::division_by_zero, what(), "a denominator other than zero");
    }
    const std::int64_t step = std::int64_t{numerator.exponent()} - denominator.exponent();
    if (step >= 0) return of(detail::shifted(numerator.coefficient(), step, what), denominator.coefficient());
    if (numerator.is_zero()) return {};
    return of(numerator.coefficient(), detail::shifted(denominator.coefficient(), -step, what));
}

constexpr Ratio::Ratio(const Decimal& value) : Ratio(of(value, Decimal(1))) {}

constexpr Ratio Ratio::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const bool negative = text.starts_with('-');
    const std::string_view numerator = text.substr(0, slash).substr(negative ? 1 : 0);
    const std::string_view denominator = slash == std::string_view::npos ? "" : text.substr(slash + 1);
    for (const std::string_view digits : {numerator, denominator}) {
        if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
            throw Error::refused(ErrorCode::bad_number, text, "digits, a slash and digits");
        }
        if (digits.size() > static_cast<std::size_t>(Decimal::max_digits)) detail::refuse_size(text);
    }
    return of(detail::Integer::from_digits(numerator, negative),
              detail::Integer::from_digits(denominator, false));
}

constexpr Decimal Ratio::to_decimal(std::int32_t scale, Rounding mode) const {
    const auto at_scale = [&] { return to_string() + " at scale " + std::to_string(scale); };
    if (!detail::in_exponent_range(scale)) detail::refuse_size(at_scale());
    detail::RoundedQuotient rounded = detail::divide_shifted(numerator_, scale, denominator_, mode, at_scale);
    if (mode == Rounding::never && !rounded.exact) detail::refuse_inexact(to_string(), -scale);
    return Decimal::of_coefficient(std::move(rounded.quotient), -scale);
}

constexpr Ratio Ratio::inverse() const {
    if (is_zero())
        throw Error::refused(ErrorCode::division_by_zero, to_string(), "a divisor other than zero");
    if (sign() < 0) return {-denominator_, -numerator_, LowestTerms{}};
    return {denominator_, numerator_, LowestTerms{}};
}

namespace detail {

// A number and a divisor that it has, which is often 1.
[[nodiscard]] constexpr std::uint64_t exact_quotient(std::uint64_t value, std::uint64_t divisor) noexcept {
    return divisor == 1 ? value : value / divisor;
}
// Both are above zero.
[[nodiscard]] constexpr std::uint64_t short_gcd(std::uint64_t a, std::uint64_t b) noexcept {
    if (a == 1 || b == 1) return 1;
    // One division where the sizes lie far apart, as the shares of one and of all do.
    constexpr std::uint64_t far = 256;
    if (a / far > b) {
        a %= b;
        if (a == 0) return b;
    } else if (b / far > a) {
        b %= a;
        if (b == 0) return a;
    }
    return binary_gcd(a, b);
}

}  // namespace detail

constexpr bool Ratio::is_short() const noexcept {
    return numerator_.fits_int64() && denominator_.fits_int64();
}

constexpr Ratio Ratio::plus_short(const Ratio& other) const {
    const auto own = static_cast<std::uint64_t>(denominator_.native());
    const auto its = static_cast<std::uint64_t>(other.denominator_.native());
    const std::uint64_t common = own == its ? own : detail::short_gcd(own, its);
    const std::uint64_t own_rest = detail::exact_quotient(own, common);
    const std::uint64_t its_rest = detail::exact_quotient(its, common);
    const detail::Int128 sum = numerator_.native() * static_cast<detail::Int128>(its_rest) +
                               other.numerator_.native() * static_cast<detail::Int128>(own_rest);
    if (sum == 0) return {};
    const detail::UInt128 magnitude =
        sum < 0 ? detail::UInt128{0} - static_cast<detail::UInt128>(sum) : static_cast<detail::UInt128>(sum);
    if (common == 1)
        return {sum, static_cast<detail::Int128>(detail::UInt128{own} * its_rest), LowestTerms{}};
    const auto rest = static_cast<std::uint64_t>(detail::fits_64_bits(magnitude)
                                                     ? static_cast<std::uint64_t>(magnitude) % common
                                                     : magnitude % common);
    const std::uint64_t shared = rest == 0 ? common : detail::short_gcd(common, rest);
    const detail::Int128 denominator =
        static_cast<detail::Int128>(detail::UInt128{own_rest} * detail::exact_quotient(its, shared));
    if (shared == 1) return {sum, denominator, LowestTerms{}};
    const detail::UInt128 quotient =
        detail::fits_64_bits(magnitude) ? static_cast<std::uint64_t>(magnitude) / shared : magnitude / shared;
    return {sum < 0 ? -static_cast<detail::Int128>(quotient) : static_cast<detail::Int128>(quotient),
            denominator, LowestTerms{}};
}

constexpr Ratio Ratio::times_short(const Ratio& other) const {
    const detail::Int128 a = numerator_.native();
    const detail::Int128 b = other.numerator_.native();
    if (a == 0 || b == 0) return {};
    const auto own = static_cast<std::uint64_t>(denominator_.native());
    const auto its = static_cast<std::uint64_t>(other.denominator_.native());
    const auto left = static_cast<std::uint64_t>(a < 0 ? -a : a);
    const auto right = static_cast<std::uint64_t>(b < 0 ? -b : b);
    // Common factors are taken out crosswise, so that the products are in lowest terms.
    const std::uint64_t with_its = detail::short_gcd(left, its);
    const std::uint64_t with_own = detail::short_gcd(right, own);
    const auto product = static_cast<detail::Int128>(detail::UInt128{detail::exact_quotient(left, with_its)} *
                                                     detail::exact_quotient(right, with_own));
    const auto denominator = static_cast<detail::Int128>(
        detail::UInt128{detail::exact_quotient(own, with_own)} * detail::exact_quotient(its, with_its));
    return {(a < 0) != (b < 0) ? -product : product, denominator, LowestTerms{}};
}

// As Knuth adds fractions (The Art of Computer Programming, 4.5.1): what the denominators share is taken out
// first, so that the products are as small as they can be.
constexpr Ratio Ratio::plus(const Ratio& other) const {
    if (is_short() && other.is_short()) [[likely]]
        return plus_short(other);
    if (denominator_ == other.denominator_) return reduced(numerator_ + other.numerator_, denominator_);
    const detail::Integer common = denominator_ == 1 || other.denominator_ == 1
                                       ? 1
                                       : detail::Integer::gcd(denominator_, other.denominator_);
    if (common == 1) {
        return {bounded(numerator_ * other.denominator_ + other.numerator_ * denominator_),
                bounded(denominator_ * other.denominator_), LowestTerms{}};
    }
    const detail::Integer own = detail::Integer::divide(denominator_, common).quotient;
    const detail::Integer sum =
        numerator_ * detail::Integer::divide(other.denominator_, common).quotient + other.numerator_ * own;
    const detail::Integer shared = detail::Integer::gcd(sum, common);
    return {bounded(detail::Integer::divide(sum, shared).quotient),
            bounded(own * detail::Integer::divide(other.denominator_, shared).quotient), LowestTerms{}};
}

constexpr Ratio Ratio::times(const Ratio& other) const {
    if (is_short() && other.is_short()) [[likely]]
        return times_short(other);
    // Takes common factors out crosswise first, so that the products are in lowest terms and as small as they
    // can be.
    if (denominator_ == 1 && other.denominator_ == 1)
        return {bounded(numerator_ * other.numerator_), denominator_, LowestTerms{}};
    const Ratio left = reduced(numerator_, other.denominator_);
    const Ratio right = reduced(other.numerator_, denominator_);
    return {bounded(left.numerator_ * right.numerator_), bounded(left.denominator_ * right.denominator_),
            LowestTerms{}};
}

constexpr Percentage Percentage::of(const Decimal& part, const Decimal& whole) {
    return Percentage(Ratio::of(part, whole));
}

constexpr Percentage Percentage::from_percent(const Decimal& percent) {
    return Percentage(Ratio::of(percent, Decimal(100)));
}

constexpr Decimal Percentage::to_decimal(std::int32_t scale, Rounding mode) const {
    return (ratio_ * Ratio(Decimal(100))).to_decimal(scale, mode);
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/ratio-inl.hpp"
#endif
