// Rounding: what happens to the digits that a result cannot hold. It is always an argument, never a default
// or a setting.
//
//   postmoney::Decimal::parse("2.5").round(0, postmoney::Rounding::half_even);  // 2
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The eight modes of the General Decimal Arithmetic specification (Mike Cowlishaw, speleotrove.com/decimal),
// and the mode that refuses to round.
enum class Rounding : std::uint8_t {
    half_even,     // to nearest; a tie goes to the even digit
    half_up,       // to nearest; a tie goes away from zero
    half_down,     // to nearest; a tie goes towards zero
    up,            // away from zero
    down,          // towards zero: truncates
    ceiling,       // towards positive infinity
    floor,         // towards negative infinity
    zero_five_up,  // towards zero, but away from it where the last digit kept would be 0 or 5
    never,         // throws ErrorCode::inexact when a digit other than zero would be lost
};

// The mode's word as in the specification: "half_even" to "floor", "05up"; and "never".
[[nodiscard]] constexpr std::string_view to_string(Rounding mode) noexcept;
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, Rounding mode) {
    return out << to_string(mode);
}

// The mode that to_string writes as `word`. Throws Error bad_word for any other text.
[[nodiscard]] constexpr Rounding rounding_from_word(std::string_view word);

namespace detail {
// Whether a magnitude that lost digits grows by one step. `last_digit` is the last digit kept, 0 to 9;
// `lost_to_half` compares the lost part, which is not zero, with half of a step. False for Rounding::never.
[[nodiscard]] constexpr bool rounds_away(Rounding mode, bool negative, unsigned last_digit,
                                         std::strong_ordering lost_to_half) noexcept;
}  // namespace detail

//--- Definitions ---

constexpr std::string_view to_string(Rounding mode) noexcept {
    switch (mode) {
        case Rounding::half_even:
            return "half_even";
        case Rounding::half_up:
            return "half_up";
        case Rounding::half_down:
            return "half_down";
        case Rounding::up:
            return "up";
        case Rounding::down:
            return "down";
        case Rounding::ceiling:
            return "ceiling";
        case Rounding::floor:
            return "floor";
        case Rounding::zero_five_up:
            return "05up";
        case Rounding::never:
            return "never";
    }
    return "unknown";
}

constexpr Rounding rounding_from_word(std::string_view word) {
    constexpr Rounding modes[] = {Rounding::half_even, Rounding::half_up,      Rounding::half_down,
                                  Rounding::up,        Rounding::down,         Rounding::ceiling,
                                  Rounding::floor,     Rounding::zero_five_up, Rounding::never};
    for (const Rounding mode : modes) {
        if (to_string(mode) == word) return mode;
    }
    throw Error::refused(ErrorCode::bad_word, word,
                         "half_even, half_up, half_down, up, down, ceiling, floor, 05up or never");
}

namespace detail {
constexpr bool rounds_away(Rounding mode, bool negative, unsigned last_digit,
                           std::strong_ordering lost_to_half) noexcept {
    switch (mode) {
        case Rounding::half_even:
            return lost_to_half > 0 || (lost_to_half == 0 && last_digit % 2 == 1);
        case Rounding::half_up:
            return lost_to_half >= 0;
        case Rounding::half_down:
            return lost_to_half > 0;
        case Rounding::up:
            return true;
        case Rounding::down:
            return false;
        case Rounding::ceiling:
            return !negative;
        case Rounding::floor:
            return negative;
        case Rounding::zero_five_up:
            return last_digit == 0 || last_digit == 5;
        case Rounding::never:
            return false;
    }
    return false;
}
}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE
