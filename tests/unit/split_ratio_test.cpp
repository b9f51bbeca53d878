#include "postmoney/value/split_ratio.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::SplitRatio;
using postmoney::test::refusal;

TEST_CASE("a split's ratio is new shares for old ones, kept as stated") {
    struct Row {
        std::string_view text, ratio;
    };
    for (const Row& row : std::vector<Row>{{"3:1", "3/1"},
                                           {"3:2", "3/2"},
                                           {"6:2", "3/1"},
                                           {"1:10", "1/10"},
                                           {"9223372036854775807:1", "9223372036854775807/1"}}) {
        const SplitRatio split = SplitRatio::parse(row.text);
        CHECK(split.to_string() == row.text);
        CHECK(split.ratio().to_string() == row.ratio);
        CHECK(SplitRatio(split.new_shares(), split.old_shares()) == split);
    }
    CHECK(SplitRatio(6, 2) != SplitRatio(3, 1));
}

TEST_CASE("what is no ratio of a split is refused") {
    struct Row {
        std::string_view text, expected;
    };
    constexpr std::string_view form = "NEW:OLD, the new shares for the old ones, such as 3:1 [bad-number]";
    for (const std::string_view text : {"", "3", ":", "3:", ":1", "3 : 1", "3:1 ", "3:1:1", "3/1", "1.5:1",
                                        "-3:1", "+3:1", "03:1", "3:01", "3-for-1"}) {
        CAPTURE(text);
        CHECK(refusal([&] { static_cast<void>(SplitRatio::parse(text)); }) ==
              "got \"" + std::string(text) + "\", expected " + std::string(form));
    }
    for (const Row& row : std::vector<Row>{
             {"0:1", R"(got "0:1", expected numbers of shares above 0 [out-of-range])"},
             {"1:0", R"(got "1:0", expected numbers of shares above 0 [out-of-range])"},
             {"1:1", R"(got "1:1", expected two different numbers of shares [out-of-range])"},
             {"9223372036854775808:1",
              R"(got "9223372036854775808:1", expected numbers within 64 bits [overflow])"},
         }) {
        CHECK(refusal([&] { static_cast<void>(SplitRatio::parse(row.text)); }) == row.expected);
    }
    CHECK(refusal([] { static_cast<void>(SplitRatio(-3, 1)); }) ==
          R"(got "-3:1", expected numbers of shares above 0 [out-of-range])");
}
