// How the model writes numbers: exact where the decimals end, else cut with the fraction beside it.
#pragma once

#include <cstdint>
#include <string>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// Places at which a number is cut, half-even, whose decimals do not end.
inline constexpr std::int32_t cut_places = 12;

// Whether the value has a decimal form that ends.
[[nodiscard]] bool ends(const Ratio& value);

// The value as a plain decimal, without trailing zeros: exact where it ends, else cut at 12 places.
[[nodiscard]] std::string number_text(const Ratio& value);

// The same for people: "4/3 = 1.333333333333" for what does not end.
[[nodiscard]] std::string said(const Ratio& value);

//--- Definitions ---

namespace detail {

// The fewest places that hold the value exactly; nothing where it does not end within 60.
[[nodiscard]] inline std::int32_t places_of(const Ratio& value) {
    constexpr std::int32_t most = 60;
    auto rest = value.denominator();
    std::int32_t twos = 0;
    std::int32_t fives = 0;
    const auto strip = [&rest](std::int64_t factor, std::int32_t& count) {
        while (count <= most) {
            const auto divided = postmoney::detail::Integer::divide(rest, factor);
            if (!divided.remainder.is_zero()) return;
            rest = divided.quotient;
            ++count;
        }
    };
    strip(2, twos);
    strip(5, fives);
    return rest == 1 && twos <= most && fives <= most ? (twos > fives ? twos : fives) : -1;
}

}  // namespace detail

inline bool ends(const Ratio& value) {
    return detail::places_of(value) >= 0;
}

inline std::string number_text(const Ratio& value) {
    const std::int32_t places = detail::places_of(value);
    if (places >= 0) return value.to_decimal(places, Rounding::never).to_string();
    return value.to_decimal(cut_places, Rounding::half_even).normalized().to_string();
}

inline std::string said(const Ratio& value) {
    return ends(value) ? number_text(value) : value.to_string() + " = " + number_text(value);
}

}  // namespace POSTMONEY_NAMESPACE::model
