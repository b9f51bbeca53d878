// Fractions against Boost's rationals, with terms of all sizes around those that the short ways take.
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

#include "model_numbers.hpp"

using namespace postmoney;

namespace {

// Up to 64 bits, each length as likely as another.
[[nodiscard]] std::int64_t ratio_term(model_numbers::Dice& dice) {
    const std::int64_t bits = dice.roll(64);
    const std::int64_t magnitude = dice.roll(std::numeric_limits<std::int64_t>::max()) >> (63 - bits);
    return dice.one_in(2) ? magnitude : -magnitude;
}

[[nodiscard]] Ratio random_ratio(model_numbers::Dice& dice) {
    const std::int64_t denominator = ratio_term(dice);
    return model_numbers::ratio(ratio_term(dice), denominator == 0 ? 1 : denominator);
}

[[nodiscard]] bool in_lowest_terms(const Ratio& value) {
    return value.denominator().sign() > 0 &&
           detail::Integer::gcd(value.numerator(), value.denominator()) == detail::Integer(1);
}

}  // namespace

TEST_CASE("fractions add, subtract and multiply as Boost's rationals do, in lowest terms") {
    using model_numbers::number;
    model_numbers::Dice dice(20250618);
    for (int round = 0; round < model_numbers::cases(20000); ++round) {
        const Ratio a = random_ratio(dice);
        Ratio b = random_ratio(dice);
        if (dice.one_in(3)) b = Ratio::of(b.numerator(), a.denominator());  // parts that share a denominator
        CAPTURE(round);
        const bool same = number(a + b) == number(a) + number(b) && number(a - b) == number(a) - number(b) &&
                          number(a * b) == number(a) * number(b);
        REQUIRE(same);
        const bool lowest = in_lowest_terms(a + b) && in_lowest_terms(a - b) && in_lowest_terms(a * b);
        REQUIRE(lowest);
    }
}
