#include "postmoney/value/money_math.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using namespace postmoney;
using postmoney::test::refusal;

TEST_CASE("an amount times a ratio, or divided by a number, is rounded once as told") {
    struct Row {
        std::string_view amount;
        std::string_view ratio;
        Rounding mode;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"100 USD", "1/3", Rounding::half_even, "33.33 USD"},
             {"100 USD", "1/3", Rounding::up, "33.34 USD"},
             {"-100 USD", "1/3", Rounding::floor, "-33.34 USD"},
             {"0.05 USD", "1/2", Rounding::half_even, "0.02 USD"},
             {"0.05 USD", "1/2", Rounding::half_up, "0.03 USD"},
             {"10 USD", "-1/4", Rounding::never, "-2.50 USD"},
             {"1000 JPY", "2/3", Rounding::half_even, "667 JPY"},
             {"92233720368547758.07 USD", "1/1", Rounding::never, "92233720368547758.07 USD"},
             {"0 USD", "7/3", Rounding::never, "0.00 USD"},
         }) {
        CAPTURE(row.amount);
        CAPTURE(row.ratio);
        CHECK(multiply(Money::parse(row.amount), Ratio::parse(row.ratio), row.mode).to_string() ==
              row.expected);
    }
    CHECK(divide(Money::parse("100 USD"), 7, Rounding::half_even).to_string() == "14.29 USD");
    CHECK(divide(Money::parse("100 USD"), -8, Rounding::never).to_string() == "-12.50 USD");
    CHECK(Money::parse("6 USD") / Money::parse("50 USD") == Ratio::parse("3/25"));
    CHECK(Money::parse("-1 USD") / Money::parse("0.03 USD") == Ratio::parse("-100/3"));
}

TEST_CASE("what amounts refuse to be divided by") {
    const Money ten = Money::parse("10 USD");
    CHECK(refusal([&] { (void)(ten / Money::parse("5 EUR")); }) ==
          "cannot divide USD by EUR [mixed-currencies]");
    CHECK(refusal([&] { (void)(ten / Money::parse("0 USD")); }) ==
          "got \"1000/0\", expected a denominator other than zero [division-by-zero]");
    CHECK(refusal([&] { (void)divide(ten, 0, Rounding::half_even); }) ==
          "got \"1/0\", expected a denominator other than zero [division-by-zero]");
    CHECK(refusal([&] { (void)divide(ten, 3, Rounding::never); }) ==
          "got \"10/3\", expected at most 2 decimals [inexact]");
    CHECK(refusal([&] {
              (void)multiply(Money::parse("92233720368547758.07 USD"), Ratio::parse("2/1"), Rounding::never);
          }) == "got \"184467440737095516.14 USD\", expected at most 64-bit minor units [overflow]");
}
