#include "postmoney/value/quantiles.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using namespace postmoney;
using postmoney::test::refusal;

namespace {

std::vector<Ratio> numbers(const std::vector<std::string_view>& texts) {
    std::vector<Ratio> values;
    for (const std::string_view text : texts) values.emplace_back(Decimal::parse(text));
    return values;
}

std::vector<Money> amounts(const std::vector<std::string_view>& texts) {
    std::vector<Money> values;
    for (const std::string_view text : texts) values.push_back(Money::parse(text));
    return values;
}

}  // namespace

TEST_CASE("quartiles by the inclusive method lie on the line between two values") {
    struct Row {
        std::vector<std::string_view> values;
        std::string_view lower, median, upper;
    };
    for (const Row& row : std::vector<Row>{
             {{"7"}, "7/1", "7/1", "7/1"},
             {{"2", "1"}, "5/4", "3/2", "7/4"},
             {{"3", "1", "2"}, "3/2", "2/1", "5/2"},
             {{"4", "1", "3", "2"}, "7/4", "5/2", "13/4"},
             {{"1", "2", "3", "4", "5"}, "2/1", "3/1", "4/1"},
             {{"6", "7", "15", "36", "39", "40", "41", "42", "43", "47", "49"}, "51/2", "40/1", "85/2"},
             {{"-0.1", "0.1"}, "-1/20", "0/1", "1/20"},
         }) {
        const auto quartiles = quartiles_inclusive(numbers(row.values));
        CAPTURE(row.values.size());
        CHECK(quartiles.lower.to_string() == row.lower);
        CHECK(quartiles.median.to_string() == row.median);
        CHECK(quartiles.upper.to_string() == row.upper);
        CHECK(median(numbers(row.values)) == quartiles.median);
    }
}

TEST_CASE("the ends of the inclusive method are the least and the greatest value") {
    const auto values = numbers({"5", "1", "9"});
    CHECK(quantile_inclusive(values, Ratio()).to_string() == "1/1");
    CHECK(quantile_inclusive(values, Ratio(Decimal(1))).to_string() == "9/1");
    CHECK(quantile_inclusive(values, Ratio::parse("1/10")).to_string() == "9/5");
}

TEST_CASE("the median and quartiles of amounts are rounded once, as told") {
    const auto odd = amounts({"0.01 USD", "0.02 USD"});
    CHECK(median(odd, Rounding::half_even).to_string() == "0.02 USD");
    CHECK(median(odd, Rounding::down).to_string() == "0.01 USD");
    const auto quartiles = quartiles_inclusive(amounts({"1 USD", "2 USD", "4 USD"}), Rounding::never);
    CHECK(quartiles.lower.to_string() == "1.50 USD");
    CHECK(quartiles.median.to_string() == "2.00 USD");
    CHECK(quartiles.upper.to_string() == "3.00 USD");
}

TEST_CASE("what has no median") {
    CHECK(refusal([] { (void)median({}); }) == "no value has a median or a quartile [misuse]");
    CHECK(refusal([] { (void)median(std::span<const Money>(), Rounding::up); }) ==
          "no value has a median or a quartile [misuse]");
    CHECK(refusal([] { (void)quantile_inclusive({Ratio()}, Ratio::parse("3/2")); }) ==
          "got \"3/2\", expected a part from 0 to 1 [out-of-range]");
    CHECK(refusal([] { (void)quantile_inclusive({Ratio()}, Ratio::parse("-1/2")); }) ==
          "got \"-1/2\", expected a part from 0 to 1 [out-of-range]");
    CHECK(refusal([] {
              (void)median(amounts({"1 USD", "1 EUR"}), Rounding::half_even);
          }) == "cannot compare EUR with USD [mixed-currencies]");
    CHECK(refusal([] {
              (void)median(amounts({"0.01 USD", "0.02 USD"}), Rounding::never);
          }) == "got \"3/200\", expected at most 2 decimals [inexact]");
}
