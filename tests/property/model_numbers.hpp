// Numbers of the tests of `model`, which are not the library's, and choices from a seed.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <random>

#include "../sanitizers.hpp"
#include "postmoney/value.hpp"

namespace model_numbers {

using Number = boost::multiprecision::cpp_rational;

[[nodiscard]] inline Number number(const postmoney::Ratio& value) {
    using boost::multiprecision::cpp_int;
    return Number(cpp_int(value.numerator().to_string()), cpp_int(value.denominator().to_string()));
}
[[nodiscard]] inline postmoney::Ratio ratio(std::int64_t numerator, std::int64_t denominator = 1) {
    return postmoney::Ratio::of(postmoney::Decimal(numerator), postmoney::Decimal(denominator));
}

// How many cases are tried.
[[nodiscard]] constexpr int cases(int all) {
    return is_sanitized ? all / 10 : all;
}

// Random choices from a seed.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    // 0 to below - 1
    [[nodiscard]] std::int64_t roll(std::int64_t below) {
        return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(below));
    }
    [[nodiscard]] bool one_in(std::int64_t count) { return roll(count) == 0; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace model_numbers
