#include "postmoney/value/share_count.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::Decimal;
using postmoney::ShareCount;
using postmoney::test::refusal;

TEST_CASE("a count of shares is an exact number, and its text the same for equal ones") {
    struct Row {
        std::string_view text, printed;
    };
    for (const Row& row :
         std::vector<Row>{{"0", "0"},
                          {"1500000", "1500000"},
                          {"1500000.50", "1500000.5"},
                          {"0.0000000001", "0.0000000001"},
                          {"1.00000000000", "1"},
                          {"999999999999999999.9999999999", "999999999999999999.9999999999"}}) {
        const ShareCount shares = ShareCount::parse(row.text);
        CHECK(shares.to_string() == row.printed);
        CHECK(ShareCount::parse(shares.to_string()) == shares);
    }
    CHECK(ShareCount::parse("12.0") == ShareCount(Decimal(12)));
    CHECK(ShareCount::parse("2") < ShareCount::parse("10"));
    CHECK(ShareCount().to_string() == "0");
}

TEST_CASE("what is no count of shares is refused") {
    struct Row {
        std::string_view text, expected;
    };
    constexpr std::string_view range = "at most 18 digits before and 10 after the point [out-of-range]";
    for (const Row& row : std::vector<Row>{
             {"", R"(got "", expected digits with an optional decimal point [bad-number])"},
             {"1,000", R"(got "1,000", expected digits with an optional decimal point [bad-number])"},
             {"1e3", R"(got "1e3", expected digits with an optional decimal point [bad-number])"},
             {"-1", R"(got "-1", expected shares that are not negative [out-of-range])"}}) {
        CHECK(refusal([&] { static_cast<void>(ShareCount::parse(row.text)); }) == row.expected);
    }
    for (const std::string text : {"1000000000000000000", "0.00000000001"}) {
        CHECK(refusal([&] { static_cast<void>(ShareCount::parse(text)); }) ==
              "got \"" + text + "\", expected " + std::string(range));
    }
}
