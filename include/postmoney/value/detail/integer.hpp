// Integer: a whole number of any size. A native 128-bit value until it overflows, then a heap-held cpp_int.
// Private to the library: Decimal and Ratio are built on it.
//
// A value of -2^127 to 2^127 - 1 is always held natively. So an operation on such values with such a result
// never touches the heap, and equal values have equal representations.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE::detail {

//--- Interface ---

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;
// A number of Boost.Multiprecision, which only the definitions know.
struct BigInt;

// The integral types that are numbers: not bool and not characters.
template <class T>
concept WholeNumber = std::same_as<T, Int128> || std::same_as<T, UInt128> ||
    (std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
     !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>);

// 10^0 to 10^38: the powers of ten that 128 bits hold.
inline constexpr unsigned largest_native_power = 38;
inline constexpr std::array<UInt128, largest_native_power + 1> powers_of_ten = [] {
    std::array<UInt128, largest_native_power + 1> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10U;
    return powers;
}();

// The number of decimal digits of `magnitude`; 1 for zero.
[[nodiscard]] constexpr unsigned count_digits(UInt128 magnitude) noexcept;

class POSTMONEY_EXPORT Integer {
  public:
    constexpr Integer() noexcept = default;
    template <WholeNumber T>
    constexpr Integer(T value);  // NOLINT(google-explicit-constructor): nothing is lost
    explicit Integer(BigInt value);
    [[nodiscard]] static constexpr Integer from_magnitude(UInt128 magnitude, bool negative);

    // The value of ASCII digits; one point among them is skipped. The caller has checked that there is
    // nothing else.
    [[nodiscard]] static constexpr Integer from_digits(std::string_view digits, bool negative);
    // `[-]digits`. Throws Error bad_number.
    [[nodiscard]] static constexpr Integer parse(std::string_view text);

    constexpr Integer(const Integer& other);
    constexpr Integer(Integer&& other) noexcept;
    constexpr Integer& operator=(const Integer& other);
    constexpr Integer& operator=(Integer&& other) noexcept;
    constexpr ~Integer();

    // Whether the value is held natively; then native() is the value and magnitude() its absolute value.
    [[nodiscard]] constexpr bool is_native() const noexcept { return big_ == nullptr; }
    [[nodiscard]] constexpr Int128 native() const noexcept { return native_; }
    [[nodiscard]] constexpr UInt128 magnitude() const noexcept;
    [[nodiscard]] BigInt to_big() const;

    [[nodiscard]] constexpr int sign() const noexcept;  // -1, 0 or 1
    [[nodiscard]] constexpr bool is_zero() const noexcept { return is_native() && native_ == 0; }
    [[nodiscard]] constexpr unsigned last_digit() const;   // of the magnitude: 0 to 9
    [[nodiscard]] constexpr std::uint64_t digits() const;  // decimal digits of the magnitude; 1 for zero
    [[nodiscard]] std::uint64_t bits() const;              // of the magnitude; 0 for zero

    [[nodiscard]] constexpr bool fits_int64() const noexcept;
    // Throws Error overflow unless fits_int64().
    [[nodiscard]] constexpr std::int64_t to_int64() const;

    [[nodiscard]] constexpr Integer abs() const { return sign() < 0 ? -*this : *this; }
    [[nodiscard]] constexpr Integer operator-() const;
    constexpr Integer& operator+=(const Integer& other);
    constexpr Integer& operator-=(const Integer& other);
    constexpr Integer& operator*=(const Integer& other) { return *this = *this * other; }

    [[nodiscard]] friend constexpr Integer operator+(const Integer& a, const Integer& b) {
        Int128 sum{};
        if (add_native(a, b, sum)) [[likely]]
            return sum;
        return add_big(a, b);
    }
    [[nodiscard]] friend constexpr Integer operator-(const Integer& a, const Integer& b) {
        Int128 difference{};
        if (subtract_native(a, b, difference)) [[likely]]
            return difference;
        return subtract_big(a, b);
    }
    [[nodiscard]] friend constexpr Integer operator*(const Integer& a, const Integer& b) {
        Int128 product{};
        if (multiply_native(a, b, product)) [[likely]]
            return product;
        return multiply_big(a, b);
    }

    [[nodiscard]] friend constexpr bool operator==(const Integer& a, const Integer& b) {
        if (a.is_native() && b.is_native()) [[likely]]
            return a.native_ == b.native_;
        return compare_big(a, b) == 0;
    }
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(const Integer& a, const Integer& b) {
        if (a.is_native() && b.is_native()) [[likely]]
            return a.native_ <=> b.native_;
        return compare_big(a, b);
    }

    // The operation on two native values with a native result. Otherwise returns false, and the last argument
    // has no meaning.
    [[nodiscard]] static constexpr bool add_native(const Integer& a, const Integer& b, Int128& sum) noexcept {
        return a.is_native() && b.is_native() && !__builtin_add_overflow(a.native_, b.native_, &sum);
    }
    [[nodiscard]] static constexpr bool subtract_native(const Integer& a, const Integer& b,
                                                        Int128& difference) noexcept {
        return a.is_native() && b.is_native() && !__builtin_sub_overflow(a.native_, b.native_, &difference);
    }
    [[nodiscard]] static constexpr bool multiply_native(const Integer& a, const Integer& b,
                                                        Int128& product) noexcept;
    [[nodiscard]] static constexpr bool scale_native(const Integer& a, std::uint64_t exponent,
                                                     Int128& product) noexcept;

    // Quotient truncated towards zero, and the remainder, which has the dividend's sign. The divisor is not
    // zero.
    struct Division;
    [[nodiscard]] static constexpr Division divide(const Integer& dividend, const Integer& divisor);

    // This value times 10^exponent. The caller bounds the exponent.
    [[nodiscard]] constexpr Integer times_power_of_ten(std::uint32_t exponent) const;
    // Whether 10^exponent divides this value.
    [[nodiscard]] constexpr bool has_trailing_zeros(std::uint32_t exponent) const;
    // Divides this value by 10 as often as that is exact, at most `limit` times; returns how often. Zero
    // stays as it is.
    constexpr std::uint32_t strip_trailing_zeros(std::uint32_t limit);

    // Never negative; gcd(0, 0) is 0.
    [[nodiscard]] static constexpr Integer gcd(const Integer& a, const Integer& b);

    // Plain decimal digits, with a minus sign in front of a negative value.
    [[nodiscard]] std::string to_string() const;
    void append_to(std::string& out) const;

    [[nodiscard]] std::size_t hash() const;

    // The longest native value as text: a sign and 39 digits.
    static constexpr std::size_t native_text_size = 40;
    // Writes the digits of `magnitude` from `first` on, at most 39, and returns the end.
    static char* write_digits(char* first, UInt128 magnitude) noexcept;

  private:
    [[gnu::cold]] static Integer add_big(const Integer& a, const Integer& b);
    [[gnu::cold]] static Integer subtract_big(const Integer& a, const Integer& b);
    [[gnu::cold]] static Integer multiply_big(const Integer& a, const Integer& b);
    [[gnu::cold]] static std::strong_ordering compare_big(const Integer& a, const Integer& b);
    [[gnu::cold]] static Division divide_big(const Integer& dividend, const Integer& divisor);
    [[gnu::cold]] static Integer scale_big(const Integer& value, std::uint32_t exponent);
    [[gnu::cold]] static Integer gcd_big(const Integer& a, const Integer& b);
    [[gnu::cold]] static Integer negate_big(const Integer& value);
    [[gnu::cold]] static Integer parse_big(std::string_view digits, bool negative);
    [[gnu::cold]] static Integer from_big_magnitude(UInt128 magnitude, bool negative);
    [[gnu::cold]] static BigInt* clone(const BigInt* big);
    [[gnu::cold]] static void destroy(BigInt* big) noexcept;
    [[gnu::cold]] void assign_big(const Integer& other);
    // `other` takes what was held here, which also makes a move onto itself harmless.
    [[gnu::cold]] void swap_big(Integer& other) noexcept;
    [[gnu::cold]] std::uint32_t strip_big(std::uint32_t limit);
    [[gnu::cold]] std::uint64_t digits_big() const;
    [[gnu::cold]] unsigned last_digit_big() const;
    [[gnu::cold]] bool has_trailing_zeros_big(std::uint32_t exponent) const;
    [[gnu::cold]] int sign_big() const noexcept;

    Int128 native_ = 0;      // the value where big_ is null, else 0
    BigInt* big_ = nullptr;  // owned; only a value that 128 bits do not hold
};

struct Integer::Division {
    Integer quotient;
    Integer remainder;
};

//--- Definitions ---

inline constexpr Int128 native_min = static_cast<Int128>(UInt128{1} << 127U);

inline constexpr Int128 native_max = static_cast<Int128>(~UInt128{0} >> 1U);

// Sets `value` to the magnitude with the sign; false when 128 bits do not hold it.
[[nodiscard]] constexpr bool to_native(UInt128 magnitude, bool negative, Int128& value) noexcept {
    value = static_cast<Int128>(negative ? UInt128{0} - magnitude : magnitude);
    return (value < 0) == negative || magnitude == 0;
}

// The value, moved through two 64-bit registers. Clang would take a vector register, which waits for a value
// just written in halves, as every sum is. That made a sum of decimals five times slower on x86-64.
[[nodiscard]] constexpr Int128 by_halves(Int128 value) noexcept {
#if defined(__clang__) && defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        auto low = static_cast<std::uint64_t>(value);
        auto high = static_cast<std::uint64_t>(static_cast<UInt128>(value) >> 64U);
        __asm__("" : "+r"(low), "+r"(high));
        return static_cast<Int128>((UInt128{high} << 64U) | low);
    }
#endif
    return value;
}

// 64-bit division is several times faster than the library call that divides 128 bits.
[[nodiscard]] constexpr bool fits_64_bits(UInt128 value) noexcept {
    return (value >> 64U) == 0;
}

constexpr unsigned count_digits(UInt128 magnitude) noexcept {
    const auto high = static_cast<std::uint64_t>(magnitude >> 64U);
    const auto low = static_cast<std::uint64_t>(magnitude);
    const auto bits = static_cast<unsigned>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(low | 1U));
    // 1233 / 4096 is so near to log10(2) that the table settles the rest up to 128 bits.
    const unsigned estimate = (bits * 1233U) >> 12U;
    return estimate + (magnitude >= powers_of_ten[estimate] || estimate == 0 ? 1U : 0U);
}

template <WholeNumber T>
constexpr Integer::Integer(T value) {
    if constexpr (std::same_as<T, UInt128>) {
        *this = from_magnitude(value, false);
    } else {
        native_ = value;
    }
}

constexpr Integer Integer::from_magnitude(UInt128 magnitude, bool negative) {
    Int128 value{};
    if (to_native(magnitude, negative, value)) [[likely]]
        return value;
    return from_big_magnitude(magnitude, negative);
}

constexpr Integer Integer::from_digits(std::string_view digits, bool negative) {
    while (!digits.empty() && (digits.front() == '0' || digits.front() == '.')) digits.remove_prefix(1);
    // 38 digits and a point always fit; a 39th digit may.
    if (digits.size() > largest_native_power + 2) return parse_big(digits, negative);
    UInt128 magnitude = 0;
    for (const char c : digits) {
        if (c == '.') continue;
        if (__builtin_mul_overflow(magnitude, UInt128{10}, &magnitude) ||
            __builtin_add_overflow(magnitude, static_cast<UInt128>(c - '0'), &magnitude)) {
            return parse_big(digits, negative);
        }
    }
    return from_magnitude(magnitude, negative);
}

constexpr Integer Integer::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    const std::string_view digits = text.substr(negative ? 1 : 0);
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
        throw Error::refused(ErrorCode::bad_number, text, "digits");
    }
    return from_digits(digits, negative);
}

constexpr Integer::Integer(const Integer& other) : native_(other.native_) {
    if (other.big_ != nullptr) [[unlikely]]
        big_ = clone(other.big_);
}

constexpr Integer::Integer(Integer&& other) noexcept
    : native_(by_halves(other.native_)), big_(std::exchange(other.big_, nullptr)) {}

// NOLINTNEXTLINE(bugprone-unhandled-self-assignment): assign_big handles it
constexpr Integer& Integer::operator=(const Integer& other) {
    if (big_ != nullptr || other.big_ != nullptr) [[unlikely]] {
        assign_big(other);
    } else {
        native_ = other.native_;
    }
    return *this;
}

constexpr Integer& Integer::operator=(Integer&& other) noexcept {
    if (big_ != nullptr || other.big_ != nullptr) [[unlikely]] {
        swap_big(other);
    } else {
        native_ = by_halves(other.native_);
    }
    return *this;
}

constexpr Integer::~Integer() {
    if (big_ != nullptr) [[unlikely]]
        destroy(big_);
}

constexpr UInt128 Integer::magnitude() const noexcept {
    const auto bits = static_cast<UInt128>(native_);
    return native_ < 0 ? UInt128{0} - bits : bits;
}

constexpr int Integer::sign() const noexcept {
    if (big_ != nullptr) [[unlikely]]
        return sign_big();
    return (native_ > 0 ? 1 : 0) - (native_ < 0 ? 1 : 0);
}

constexpr unsigned Integer::last_digit() const {
    if (big_ != nullptr) [[unlikely]]
        return last_digit_big();
    return static_cast<unsigned>(magnitude() % 10U);
}

constexpr std::uint64_t Integer::digits() const {
    if (big_ != nullptr) [[unlikely]]
        return digits_big();
    return count_digits(magnitude());
}

constexpr bool Integer::fits_int64() const noexcept {
    return is_native() && native_ == static_cast<std::int64_t>(native_);
}

constexpr std::int64_t Integer::to_int64() const {
    if (!fits_int64()) {
        throw Error::refused(ErrorCode::overflow, to_string(),
                             "a whole number within -9223372036854775808..9223372036854775807");
    }
    return static_cast<std::int64_t>(native_);
}

constexpr Integer Integer::operator-() const {
    if (is_native() && native_ != native_min) [[likely]]
        return -native_;
    return negate_big(*this);
}

constexpr Integer& Integer::operator+=(const Integer& other) {
    Int128 sum{};
    if (add_native(*this, other, sum)) [[likely]] {
        native_ = sum;
        return *this;
    }
    return *this = add_big(*this, other);
}

constexpr Integer& Integer::operator-=(const Integer& other) {
    Int128 difference{};
    if (subtract_native(*this, other, difference)) [[likely]] {
        native_ = difference;
        return *this;
    }
    return *this = subtract_big(*this, other);
}

constexpr bool Integer::multiply_native(const Integer& a, const Integer& b, Int128& product) noexcept {
    if (!a.is_native() || !b.is_native()) return false;
    // Unsigned, because Clang may call a compiler-rt function for signed operands that libgcc does not have.
    UInt128 magnitude{};
    return !__builtin_mul_overflow(a.magnitude(), b.magnitude(), &magnitude) &&
           to_native(magnitude, (a.native_ < 0) != (b.native_ < 0), product);
}

constexpr bool Integer::scale_native(const Integer& a, std::uint64_t exponent, Int128& product) noexcept {
    if (!a.is_native() || exponent > largest_native_power) return false;
    UInt128 magnitude{};
    return !__builtin_mul_overflow(a.magnitude(), powers_of_ten[exponent], &magnitude) &&
           to_native(magnitude, a.native_ < 0, product);
}

constexpr Integer::Division Integer::divide(const Integer& dividend, const Integer& divisor) {
    if (dividend.is_native() && divisor.is_native()) [[likely]] {
        const UInt128 n = dividend.magnitude();
        const UInt128 d = divisor.magnitude();
        const bool negative = dividend.native_ < 0;
        if (fits_64_bits(n) && fits_64_bits(d)) {
            const auto n64 = static_cast<std::uint64_t>(n);
            const auto d64 = static_cast<std::uint64_t>(d);
            return {from_magnitude(n64 / d64, negative != (divisor.native_ < 0)),
                    from_magnitude(n64 % d64, negative)};
        }
        return {from_magnitude(n / d, negative != (divisor.native_ < 0)), from_magnitude(n % d, negative)};
    }
    return divide_big(dividend, divisor);
}

constexpr Integer Integer::times_power_of_ten(std::uint32_t exponent) const {
    if (is_zero()) return 0;
    Int128 product{};
    if (scale_native(*this, exponent, product)) [[likely]]
        return product;
    return scale_big(*this, exponent);
}

constexpr bool Integer::has_trailing_zeros(std::uint32_t exponent) const {
    if (exponent == 0 || is_zero()) return true;
    if (is_native()) [[likely]] {
        return exponent <= largest_native_power && magnitude() % powers_of_ten[exponent] == 0;
    }
    return has_trailing_zeros_big(exponent);
}

constexpr std::uint32_t Integer::strip_trailing_zeros(std::uint32_t limit) {
    if (is_zero()) return 0;
    if (!is_native()) [[unlikely]]
        return strip_big(limit);
    UInt128 rest = magnitude();
    std::uint32_t stripped = 0;
    while (!fits_64_bits(rest) && stripped < limit && rest % 10U == 0) {
        rest /= 10U;
        ++stripped;
    }
    if (fits_64_bits(rest)) {
        auto low = static_cast<std::uint64_t>(rest);
        while (stripped < limit && low % 10U == 0) {
            low /= 10U;
            ++stripped;
        }
        rest = low;
    }
    native_ = static_cast<Int128>(native_ < 0 ? UInt128{0} - rest : rest);
    return stripped;
}

// Stein's binary algorithm: shifts and subtractions, where divisions would take ten times as long. Neither is
// zero.
template <class Word>
[[nodiscard]] constexpr Word binary_gcd(Word a, Word b) noexcept {
    const auto zeros = [](Word value) {
        if constexpr (sizeof(Word) == sizeof(std::uint64_t)) {
            return std::countr_zero(value);
        } else {
            const auto low = static_cast<std::uint64_t>(value);
            return low != 0 ? std::countr_zero(low)
                            : 64 + std::countr_zero(static_cast<std::uint64_t>(value >> 64U));
        }
    };
    const int shift = zeros(a | b);
    a >>= zeros(a);
    b >>= zeros(b);
    // Both are odd here. The larger gives way to the difference, without a branch that could be guessed
    // wrong.
    while (a != b) {
        const Word difference = a > b ? a - b : b - a;
        a = a < b ? a : b;
        b = difference >> zeros(difference);
        if constexpr (sizeof(Word) != sizeof(std::uint64_t)) {
            if (fits_64_bits(a) && fits_64_bits(b))
                return static_cast<Word>(
                           binary_gcd(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b)))
                       << shift;
        }
    }
    return a << shift;
}

constexpr Integer Integer::gcd(const Integer& a, const Integer& b) {
    if (a.is_native() && b.is_native()) [[likely]] {
        UInt128 x = a.magnitude();
        UInt128 y = b.magnitude();
        if (x < y) std::swap(x, y);
        if (y == 0) return from_magnitude(x, false);
        // One division where the sizes lie far apart.
        if (!fits_64_bits(x) && fits_64_bits(y)) {
            x = std::exchange(y, x % y);
            if (y == 0) return from_magnitude(x, false);
        }
        if (fits_64_bits(x)) return binary_gcd(static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y));
        return from_magnitude(binary_gcd(x, y), false);
    }
    return gcd_big(a, b);
}

}  // namespace POSTMONEY_NAMESPACE::detail

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/detail/integer-inl.hpp"
#endif
