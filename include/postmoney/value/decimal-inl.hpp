// The definitions of decimal.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer-inl.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

[[noreturn, gnu::cold]] POSTMONEY_INLINE void refuse_plain_number(std::string_view text) {
    throw Error::refused(ErrorCode::bad_number, text, "digits with an optional decimal point");
}

[[noreturn, gnu::cold]] POSTMONEY_INLINE void refuse_scientific_number(std::string_view text) {
    throw Error::refused(ErrorCode::bad_number, text, "digits with an optional decimal point and exponent");
}

[[noreturn, gnu::cold]] POSTMONEY_INLINE void refuse_size(std::string_view what) {
    throw Error::refused(ErrorCode::overflow, what,
                         "at most " + std::to_string(Decimal::max_digits) +
                             " digits and an exponent within -" + std::to_string(Decimal::max_exponent) +
                             ".." + std::to_string(Decimal::max_exponent));
}

// "at most 2 decimals"; when digits before the point would be lost, "a multiple of 1E+3".
[[nodiscard]] inline std::string exponent_in_words(std::int32_t exponent) {
    if (exponent > 0) return "a multiple of 1E+" + std::to_string(exponent);
    if (exponent == 0) return "a whole number";
    return "at most " + std::to_string(-exponent) + (exponent == -1 ? " decimal" : " decimals");
}

[[noreturn, gnu::cold]] POSTMONEY_INLINE void refuse_inexact(std::string_view what, std::int32_t exponent) {
    throw Error::refused(ErrorCode::inexact, what, exponent_in_words(exponent));
}

POSTMONEY_INLINE RoundedQuotient divide_wide(UInt128 dividend, std::uint32_t shift, UInt128 divisor,
                                             bool negative, Rounding mode) {
    using Wide = boost::multiprecision::uint256_t;  // fixed: does not allocate
    const auto widened = [](UInt128 value) {
        Wide wide = static_cast<std::uint64_t>(value >> 64U);
        wide <<= 64U;
        wide |= static_cast<std::uint64_t>(value);
        return wide;
    };
    const auto narrowed = [](const Wide& wide) {
        const Wide mask = std::numeric_limits<std::uint64_t>::max();
        const Wide low = wide & mask;
        const Wide high = wide >> 64U;
        return (UInt128{static_cast<std::uint64_t>(high)} << 64U) | static_cast<std::uint64_t>(low);
    };
    Wide product = widened(dividend);
    for (std::uint32_t left = shift; left != 0;) {
        const std::uint32_t step = left < largest_native_power ? left : largest_native_power;
        product *= widened(powers_of_ten[step]);
        left -= step;
    }
    Wide quotient;
    Wide remainder;
    divide_qr(product, widened(divisor), quotient, remainder);
    const Wide beyond = quotient >> 127U;
    if (beyond.is_zero()) {
        return finish_rounding(narrowed(quotient), narrowed(remainder), divisor, negative, mode);
    }
    return divide_rounded(narrow(CppInt(product)), Integer::from_magnitude(divisor, negative), mode);
}

}  // namespace detail

POSTMONEY_INLINE void Decimal::append_long_text(std::string& out) const {
    std::string digits = coefficient_.to_string();
    if (sign() < 0) {
        digits.erase(0, 1);
        out += '-';
    }
    const auto scale = static_cast<std::size_t>(this->scale());
    if (digits.size() > scale) {
        out.append(digits, 0, digits.size() - scale);
        if (scale != 0) (out += '.').append(digits, digits.size() - scale, scale);
    } else {
        out += "0.";
        out.append(scale - digits.size(), '0');
        out += digits;
    }
    if (exponent_ > 0 && !is_zero()) out.append(static_cast<std::size_t>(exponent_), '0');
}

POSTMONEY_INLINE std::string Decimal::to_scientific() const {
    const std::int64_t adjusted = std::int64_t{exponent_} + digits() - 1;
    if (exponent_ <= 0 && adjusted >= -6) return to_string();
    std::string text = coefficient_.to_string();
    const std::size_t first = sign() < 0 ? 1 : 0;
    if (text.size() - first > 1) text.insert(first + 1, 1, '.');
    text += adjusted < 0 ? "E" : "E+";
    text += std::to_string(adjusted);
    return text;
}

POSTMONEY_INLINE Decimal Decimal::add_big(const Decimal& a, const Decimal& b, bool negate_b) {
    const auto what = [&] { return a.to_scientific() + (negate_b ? " - " : " + ") + b.to_scientific(); };
    const std::int32_t exponent = a.exponent_ < b.exponent_ ? a.exponent_ : b.exponent_;
    const detail::Integer left = detail::shifted(a.coefficient_, a.exponent_ - exponent, what);
    const detail::Integer right = detail::shifted(b.coefficient_, b.exponent_ - exponent, what);
    return {within_limits(negate_b ? left - right : left + right), exponent, Checked{}};
}

POSTMONEY_INLINE Decimal Decimal::multiply_big(const Decimal& a, const Decimal& b) {
    const std::int32_t exponent = a.exponent_ + b.exponent_;
    // A product has as many digits as its factors together, or one less.
    if (!detail::in_exponent_range(exponent) || a.digits() + b.digits() > max_digits + 1) {
        detail::refuse_size(a.to_scientific() + " * " + b.to_scientific());
    }
    return {within_limits(a.coefficient_ * b.coefficient_), exponent, Checked{}};
}

POSTMONEY_INLINE std::weak_ordering Decimal::compare_big(const Decimal& higher, const Decimal& lower) {
    // The places of the leading digits decide unless they are equal, which also bounds the alignment.
    const std::int64_t step = std::int64_t{higher.exponent_} - lower.exponent_;
    const std::int64_t higher_digits = step + higher.digits();
    if (higher_digits != lower.digits()) {
        return (higher_digits > lower.digits()) == (higher.sign() > 0) ? std::weak_ordering::greater
                                                                       : std::weak_ordering::less;
    }
    return higher.coefficient_.times_power_of_ten(static_cast<std::uint32_t>(step)) <=> lower.coefficient_;
}

POSTMONEY_INLINE std::size_t Decimal::hash() const {
    const Decimal value = normalized();
    return value.coefficient_.hash() ^ (static_cast<std::size_t>(value.exponent_) * 0x9E3779B97F4A7C15U);
}

}  // namespace POSTMONEY_NAMESPACE
