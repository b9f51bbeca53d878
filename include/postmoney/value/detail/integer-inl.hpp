// The definitions of integer.hpp that are neither constexpr nor hot: all that knows Boost.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"

namespace POSTMONEY_NAMESPACE::detail {

using CppInt = boost::multiprecision::cpp_int;

struct BigInt {
    CppInt value;
};

[[nodiscard]] inline CppInt wide(const Integer& number) {
    return number.to_big().value;
}
[[nodiscard]] inline Integer narrow(CppInt value) {
    return Integer(BigInt{std::move(value)});
}

[[nodiscard]] inline CppInt big_from(UInt128 magnitude, bool negative) {
    CppInt big = static_cast<std::uint64_t>(magnitude >> 64U);
    big <<= 64U;
    big |= static_cast<std::uint64_t>(magnitude);
    if (negative) big = -big;
    return big;
}

// 10^exponent. The caller bounds the exponent.
[[nodiscard]] inline CppInt big_power_of_ten(std::uint32_t exponent) {
    CppInt power = boost::multiprecision::pow(CppInt(5), exponent);
    power <<= exponent;
    return power;
}

// A value that 128 bits hold becomes native.
POSTMONEY_INLINE Integer::Integer(BigInt big) {
    CppInt& value = big.value;
    const bool negative = value.sign() < 0;
    const bool fits = value.is_zero() || msb(negative ? CppInt(-value) : value) < 127 ||
                      value == big_from(UInt128{1} << 127U, true);
    if (!fits) {
        big_ = new BigInt(std::move(big));
        return;
    }
    if (negative) value = -value;
    const CppInt low_mask = std::numeric_limits<std::uint64_t>::max();
    const auto low = static_cast<std::uint64_t>(CppInt(value & low_mask));
    const auto high = static_cast<std::uint64_t>(CppInt(value >> 64U));
    const UInt128 magnitude = (UInt128{high} << 64U) | low;
    native_ = static_cast<Int128>(negative ? UInt128{0} - magnitude : magnitude);
}

POSTMONEY_INLINE BigInt* Integer::clone(const BigInt* big) {
    return new BigInt(*big);
}

POSTMONEY_INLINE void Integer::destroy(BigInt* big) noexcept {
    delete big;
}

POSTMONEY_INLINE int Integer::sign_big() const noexcept {
    return big_->value.sign();
}

POSTMONEY_INLINE std::string Integer::to_string() const {
    std::string text;
    append_to(text);
    return text;
}

POSTMONEY_INLINE void Integer::append_to(std::string& out) const {
    if (!is_native()) {
        out += big_->value.str();
        return;
    }
    std::array<char, native_text_size> buffer;
    char* first = buffer.data();
    if (native_ < 0) *first++ = '-';
    char* const last = write_digits(first, magnitude());
    out.append(buffer.data(), last);
}

POSTMONEY_INLINE char* Integer::write_digits(char* first, UInt128 magnitude) noexcept {
    char* const end = first + native_text_size - 1;
    if (fits_64_bits(magnitude)) [[likely]] {
        return std::to_chars(first, end, static_cast<std::uint64_t>(magnitude)).ptr;
    }
    // 19 digits always fit 64 bits; those after the first group are padded with zeros.
    constexpr unsigned group = 19;
    first = write_digits(first, magnitude / powers_of_ten[group]);
    auto rest = static_cast<std::uint64_t>(magnitude % powers_of_ten[group]);
    for (unsigned i = group; i-- > 0;) {
        first[i] = static_cast<char>('0' + rest % 10U);
        rest /= 10U;
    }
    return first + group;
}

POSTMONEY_INLINE std::size_t Integer::hash() const {
    if (!is_native()) return std::hash<CppInt>{}(big_->value);
    // The finaliser of splitmix64 over both halves.
    const auto bits = static_cast<UInt128>(native_);
    std::uint64_t mixed =
        static_cast<std::uint64_t>(bits) + 0x9E3779B97F4A7C15U * static_cast<std::uint64_t>(bits >> 64U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
}

POSTMONEY_INLINE BigInt Integer::to_big() const {
    return is_native() ? BigInt{big_from(magnitude(), native_ < 0)} : *big_;
}

POSTMONEY_INLINE Integer Integer::from_big_magnitude(UInt128 magnitude, bool negative) {
    return narrow(big_from(magnitude, negative));
}

POSTMONEY_INLINE Integer Integer::parse_big(std::string_view digits, bool negative) {
    std::string text;
    text.reserve(digits.size());
    for (const char c : digits) {
        if (c != '.') text += c;
    }
    CppInt big(text);
    if (negative) big = -big;
    return narrow(std::move(big));
}

POSTMONEY_INLINE Integer Integer::add_big(const Integer& a, const Integer& b) {
    return narrow(wide(a) + wide(b));
}

POSTMONEY_INLINE Integer Integer::subtract_big(const Integer& a, const Integer& b) {
    return narrow(wide(a) - wide(b));
}

POSTMONEY_INLINE Integer Integer::multiply_big(const Integer& a, const Integer& b) {
    return narrow(wide(a) * wide(b));
}

POSTMONEY_INLINE Integer Integer::negate_big(const Integer& value) {
    return narrow(-wide(value));
}

POSTMONEY_INLINE std::strong_ordering Integer::compare_big(const Integer& a, const Integer& b) {
    // A big value lies beyond every native one, so its sign alone decides.
    if (a.is_native()) return 0 <=> b.sign();
    if (b.is_native()) return a.sign() <=> 0;
    return a.big_->value.compare(b.big_->value) <=> 0;
}

POSTMONEY_INLINE Integer::Division Integer::divide_big(const Integer& dividend, const Integer& divisor) {
    CppInt quotient;
    CppInt remainder;
    boost::multiprecision::divide_qr(wide(dividend), wide(divisor), quotient, remainder);
    return {narrow(std::move(quotient)), narrow(std::move(remainder))};
}

POSTMONEY_INLINE Integer Integer::scale_big(const Integer& value, std::uint32_t exponent) {
    return narrow(wide(value) * big_power_of_ten(exponent));
}

POSTMONEY_INLINE Integer Integer::gcd_big(const Integer& a, const Integer& b) {
    return narrow(boost::multiprecision::gcd(wide(a), wide(b)));
}

POSTMONEY_INLINE void Integer::assign_big(const Integer& other) {
    Integer copy(other);
    swap_big(copy);
}

POSTMONEY_INLINE void Integer::swap_big(Integer& other) noexcept {
    std::swap(native_, other.native_);
    std::swap(big_, other.big_);
}

POSTMONEY_INLINE std::uint32_t Integer::strip_big(std::uint32_t limit) {
    CppInt rest = big_->value;
    if (rest.sign() < 0) rest = -rest;
    // There are at least as many factors of two as of ten, so they bound the zeros. Then halving steps find
    // their number.
    const std::uint64_t bound = std::min<std::uint64_t>(lsb(rest), limit);
    std::uint32_t stripped = 0;
    for (std::uint32_t step = std::bit_floor(static_cast<std::uint32_t>(bound)); step != 0; step /= 2) {
        if (stripped + step > bound) continue;
        CppInt quotient;
        CppInt remainder;
        boost::multiprecision::divide_qr(rest, big_power_of_ten(step), quotient, remainder);
        if (!remainder.is_zero()) continue;
        rest = std::move(quotient);
        stripped += step;
    }
    if (big_->value.sign() < 0) rest = -rest;
    *this = narrow(std::move(rest));
    return stripped;
}

POSTMONEY_INLINE std::uint64_t Integer::bits() const {
    const CppInt positive = boost::multiprecision::abs(wide(*this));
    return positive.is_zero() ? 0 : msb(positive) + 1;
}

POSTMONEY_INLINE std::uint64_t Integer::digits_big() const {
    const CppInt positive = boost::multiprecision::abs(big_->value);
    // log10(2) times 10^11, rounded down and up. The two bounds differ only next to a power of ten.
    constexpr std::uint64_t log_below = 30'102'999'566U;
    constexpr std::uint64_t log_above = log_below + 1;
    constexpr std::uint64_t unit = 100'000'000'000U;
    const std::uint64_t top_bit = msb(positive);
    const std::uint64_t least = top_bit * log_below / unit + 1;
    const std::uint64_t most = (top_bit + 1) * log_above / unit + 1;
    if (least == most) return least;
    return positive >= big_power_of_ten(static_cast<std::uint32_t>(least)) ? least + 1 : least;
}

POSTMONEY_INLINE unsigned Integer::last_digit_big() const {
    return boost::multiprecision::integer_modulus(big_->value, 10U);
}

POSTMONEY_INLINE bool Integer::has_trailing_zeros_big(std::uint32_t exponent) const {
    const CppInt positive = boost::multiprecision::abs(big_->value);
    if (lsb(positive) < exponent || digits_big() <= exponent) return false;
    const CppInt rest = positive % big_power_of_ten(exponent);
    return rest.is_zero();
}

}  // namespace POSTMONEY_NAMESPACE::detail
