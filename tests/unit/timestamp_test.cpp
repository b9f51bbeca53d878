#include "postmoney/value/timestamp.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::day_text;
using postmoney::Timestamp;
using postmoney::test::refusal;

TEST_CASE("a time is read to the microsecond and written in both forms") {
    struct Row {
        std::string_view text;
        std::int64_t microseconds;
        std::string_view shortest;
        std::string_view fixed;
        std::string_view day;
    };
    for (const Row& row : std::vector<Row>{
             {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000000Z", "1970-01-01"},
             {"1970-01-01T00:00:00.000001Z", 1, "1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:00.000001Z",
              "1970-01-01"},
             {"1970-01-01T23:59:59.999999Z", 86'399'999'999, "1970-01-01T23:59:59.999999Z",
              "1970-01-01T23:59:59.999999Z", "1970-01-01"},
             {"2024-12-24T09:30:00Z", 1'735'032'600'000'000, "2024-12-24T09:30:00Z",
              "2024-12-24T09:30:00.000000Z", "2024-12-24"},
             {"2024-12-24T09:30:00.5Z", 1'735'032'600'500'000, "2024-12-24T09:30:00.5Z",
              "2024-12-24T09:30:00.500000Z", "2024-12-24"},
             {"2024-12-24T09:30:00.50Z", 1'735'032'600'500'000, "2024-12-24T09:30:00.5Z",
              "2024-12-24T09:30:00.500000Z", "2024-12-24"},
             {"2024-12-24T09:30:00.000000Z", 1'735'032'600'000'000, "2024-12-24T09:30:00Z",
              "2024-12-24T09:30:00.000000Z", "2024-12-24"},
             {"2024-12-24T09:30:10.012340Z", 1'735'032'610'012'340, "2024-12-24T09:30:10.01234Z",
              "2024-12-24T09:30:10.012340Z", "2024-12-24"},
             {"2024-02-29T00:00:00Z", 1'709'164'800'000'000, "2024-02-29T00:00:00Z",
              "2024-02-29T00:00:00.000000Z", "2024-02-29"},
             {"9999-12-31T23:59:59.999999Z", 253'402'300'799'999'999, "9999-12-31T23:59:59.999999Z",
              "9999-12-31T23:59:59.999999Z", "9999-12-31"},
         }) {
        CAPTURE(row.text);
        const Timestamp time = Timestamp::parse(row.text);
        CHECK(time.microseconds() == row.microseconds);
        CHECK(time.to_string() == row.shortest);
        CHECK(time.to_fixed_string() == row.fixed);
        CHECK(day_text(time.day()) == row.day);
        CHECK(Timestamp::from_microseconds(row.microseconds) == time);
    }
}

TEST_CASE("what is not the form is refused") {
    for (const std::string text : {"",
                                   "2024-12-24",
                                   "2024-12-24T09:30:00",
                                   "2024-12-24T09:30Z",
                                   "2024-12-24 09:30:00Z",
                                   "2024-12-24t09:30:00Z",
                                   "2024-12-24T09:30:00z",
                                   "2024-12-24T09:30:00.Z",
                                   "2024-12-24T09:30:00.1234567Z",
                                   "2024-12-24T09:30:00,5Z",
                                   "2024-12-24T09:30:00+00:00",
                                   "2024-12-24T9:30:00Z",
                                   "2024-12-24T09:30:0Z",
                                   "2024-12-24T09-30-00Z",
                                   "2024/12/24T09:30:00Z",
                                   "2024-12-24T09:30:00Z ",
                                   " 2024-12-24T09:30:00Z",
                                   "2024-12-24T09:30:00ZZ",
                                   "2024-12-24T09:30:00.5",
                                   "2024-12-24T09:30:00.x5Z",
                                   "2024-12-24T09:30:-1Z",
                                   "20241224T093000Z",
                                   "2024-Q4T09:30:00Z",
                                   "10000-01-01T00:00:00Z",
                                   "2024-12-24T09:30:00.5 Z"}) {
        CHECK(refusal([&] { (void)Timestamp::parse(text); }) ==
              "got \"" + text + "\", expected YYYY-MM-DDTHH:MM:SS[.ffffff]Z [bad-time]");
    }
}

TEST_CASE("what does not exist or is out of range is refused") {
    for (const std::string text :
         {"2024-12-24T24:00:00Z", "2024-12-24T09:60:00Z", "2016-12-31T23:59:60Z", "2024-12-24T09:30:61Z",
          "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z",
          "2024-04-31T00:00:00Z", "1969-12-31T23:59:59.999999Z", "0000-01-01T00:00:00Z"}) {
        CHECK(refusal([&] { (void)Timestamp::parse(text); }) ==
              "got \"" + text + "\", expected a time that exists, in the years 1970 to 9999 [bad-time]");
    }
    CHECK(
        refusal([] { (void)Timestamp::from_microseconds(-1); }) ==
        R"(got "-1 microseconds since 1970-01-01", expected a time that exists, in the years 1970 to 9999 [bad-time])");
    CHECK(refusal([] { (void)Timestamp::from_microseconds(Timestamp::max().microseconds() + 1); }) ==
          R"(got "253402300800000000 microseconds since 1970-01-01", )"
          "expected a time that exists, in the years 1970 to 9999 [bad-time]");
}

TEST_CASE("times are ordered, and so are their fixed texts") {
    const std::vector<std::string_view> texts{"1970-01-01T00:00:00Z",   "2024-12-24T09:29:59.999999Z",
                                              "2024-12-24T09:30:00Z",   "2024-12-24T09:30:00.000001Z",
                                              "2024-12-24T09:30:00.5Z", "9999-12-31T23:59:59.999999Z"};
    for (std::size_t i = 1; i < texts.size(); ++i) {
        const Timestamp a = Timestamp::parse(texts[i - 1]);
        const Timestamp b = Timestamp::parse(texts[i]);
        CHECK(a < b);
        CHECK(a.to_fixed_string() < b.to_fixed_string());
    }
    CHECK(Timestamp::min() == Timestamp::parse(texts.front()));
    CHECK(Timestamp::max() == Timestamp::parse(texts.back()));
}

TEST_CASE("the clock's time lies after this was written") {
    CHECK(Timestamp::now() > Timestamp::parse("2020-01-01T00:00:00Z"));
}
