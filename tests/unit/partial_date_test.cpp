#include "postmoney/value/partial_date.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "../refusal.hpp"

using postmoney::agrees;
using postmoney::DatePrecision;
using postmoney::day_text;
using postmoney::PartialDate;
using postmoney::test::refusal;

namespace {

PartialDate on(std::string_view text) {
    return PartialDate::parse(text);
}

}  // namespace

TEST_CASE("each form is read with its precision and its days, and written back") {
    struct Row {
        std::string_view text;
        DatePrecision precision;
        std::string_view first;
        std::string_view last;
    };
    for (const Row& row : std::vector<Row>{
             {"2024-12-23", DatePrecision::day, "2024-12-23", "2024-12-23"},
             {"0001-01-01", DatePrecision::day, "0001-01-01", "0001-01-01"},
             {"9999-12-31", DatePrecision::day, "9999-12-31", "9999-12-31"},
             {"2024-02-29", DatePrecision::day, "2024-02-29", "2024-02-29"},
             {"2000-02-29", DatePrecision::day, "2000-02-29", "2000-02-29"},
             {"2024-12", DatePrecision::month, "2024-12-01", "2024-12-31"},
             {"2024-02", DatePrecision::month, "2024-02-01", "2024-02-29"},
             {"1900-02", DatePrecision::month, "1900-02-01", "1900-02-28"},
             {"2024-Q1", DatePrecision::quarter, "2024-01-01", "2024-03-31"},
             {"2024-Q2", DatePrecision::quarter, "2024-04-01", "2024-06-30"},
             {"2024-Q3", DatePrecision::quarter, "2024-07-01", "2024-09-30"},
             {"2024-Q4", DatePrecision::quarter, "2024-10-01", "2024-12-31"},
             {"2024", DatePrecision::year, "2024-01-01", "2024-12-31"},
             {"0001", DatePrecision::year, "0001-01-01", "0001-12-31"},
             {"9999", DatePrecision::year, "9999-01-01", "9999-12-31"},
         }) {
        CAPTURE(row.text);
        const PartialDate date = on(row.text);
        CHECK(date.precision() == row.precision);
        CHECK(day_text(date.first_day()) == row.first);
        CHECK(day_text(date.last_day()) == row.last);
        CHECK(date.to_string() == row.text);
    }
}

TEST_CASE("what is not one of the four forms is refused") {
    for (const std::string text : {"",
                                   "2",
                                   "202",
                                   "20245",
                                   "2024-",
                                   "2024-1",
                                   "2024-123",
                                   "2024-12-",
                                   "2024-12-2",
                                   "2024-12-231",
                                   "2024/12/23",
                                   "2024-12/23",
                                   "24-12-23",
                                   "23-12-2024",
                                   "2024-Q0",
                                   "2024-Q5",
                                   "2024-q3",
                                   "2024-Q",
                                   "2024-Q33",
                                   "2024Q3",
                                   "2024-Q3-01",
                                   " 2024",
                                   "2024 ",
                                   "+024",
                                   "-2024",
                                   "2O24",
                                   "2024-1x",
                                   "2024-12-2x",
                                   "2024-W52",
                                   "20241223",
                                   "2024-12-23T00:00:00Z",
                                   "12024-12-23"}) {
        CHECK(refusal([&] { (void)PartialDate::parse(text); }) ==
              "got \"" + text + "\", expected YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY [bad-date]");
    }
    CHECK(refusal([&] { (void)PartialDate::parse(std::string_view("2024\0", 5)); }) ==
          R"(got "2024\x00", expected YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY [bad-date])");
}

TEST_CASE("what the calendar lacks is refused") {
    for (const std::string text :
         {"0000", "0000-01", "0000-Q1", "0000-01-01", "2024-00", "2024-13", "2024-00-10", "2024-13-10",
          "2024-12-00", "2024-12-32", "2024-04-31", "2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30"}) {
        CHECK(refusal([&] { (void)PartialDate::parse(text); }) ==
              "got \"" + text +
                  "\", expected a date that the calendar has, in the years 0001 to 9999 [bad-date]");
    }
}

TEST_CASE("factories make what parse reads, and refuse what the calendar lacks") {
    CHECK(PartialDate::day(2024, 12, 23) == on("2024-12-23"));
    CHECK(PartialDate::day(on("2024-12-23").first_day()) == on("2024-12-23"));
    CHECK(PartialDate::month(2024, 12) == on("2024-12"));
    CHECK(PartialDate::quarter(2024, 3) == on("2024-Q3"));
    CHECK(PartialDate::year(2024) == on("2024"));

    struct Row {
        std::string refused;
        std::string_view value;
    };
    const std::vector<Row> rows{
        {refusal([] { (void)PartialDate::day(2023, 2, 29); }), "2023-2-29"},
        {refusal([] { (void)PartialDate::day(2024, 257, 1); }), "2024-257-1"},
        {refusal([] { (void)PartialDate::day(2024, 1, 257); }), "2024-1-257"},
        {refusal([] { (void)PartialDate::day(2024, -1, 1); }), "2024--1-1"},
        {refusal([] { (void)PartialDate::day(67560, 1, 1); }), "67560-1-1"},
        {refusal([] { (void)PartialDate::month(2024, 13); }), "2024-13"},
        {refusal([] { (void)PartialDate::quarter(2024, 5); }), "2024-Q5"},
        {refusal([] { (void)PartialDate::quarter(0, 1); }), "0-Q1"},
        {refusal([] { (void)PartialDate::year(10000); }), "10000"},
        {refusal([] { (void)PartialDate::year(0); }), "0"},
        {refusal([] { (void)PartialDate::day(on("9999-12-31").last_day() + date::days{1}); }),
         "2932897 days since 1970-01-01"},
        {refusal([] { (void)day_text(on("0001-01-01").first_day() - date::days{1}); }),
         "-719163 days since 1970-01-01"},
    };
    for (const Row& row : rows)
        CHECK(row.refused ==
              "got \"" + std::string(row.value) +
                  "\", expected a date that the calendar has, in the years 0001 to 9999 [bad-date]");
}

TEST_CASE("dates agree when one contains the other") {
    struct Row {
        std::string_view a;
        std::string_view b;
        bool a_contains_b;
        bool b_contains_a;
    };
    for (const Row& row : std::vector<Row>{
             {"2024", "2024", true, true},
             {"2024", "2024-Q3", true, false},
             {"2024", "2024-12", true, false},
             {"2024", "2024-12-31", true, false},
             {"2024-Q4", "2024-12", true, false},
             {"2024-Q4", "2024-10-01", true, false},
             {"2024-12", "2024-12-23", true, false},
             {"2024", "2025", false, false},
             {"2024-Q3", "2024-10", false, false},
             {"2024-Q3", "2024-Q4", false, false},
             {"2024-12", "2025-12-23", false, false},
             {"2024-12-23", "2024-12-24", false, false},
             {"2024", "2025-01-01", false, false},
             {"2024", "2023-12-31", false, false},
         }) {
        CAPTURE(row.a);
        CAPTURE(row.b);
        CHECK(on(row.a).contains(on(row.b)) == row.a_contains_b);
        CHECK(on(row.b).contains(on(row.a)) == row.b_contains_a);
        CHECK(agrees(on(row.a), on(row.b)) == (row.a_contains_b || row.b_contains_a));
        CHECK(agrees(on(row.b), on(row.a)) == (row.a_contains_b || row.b_contains_a));
    }
}

TEST_CASE("a partial date has surely come from its last day on, perhaps from its first") {
    struct Row {
        std::string_view date;
        std::string_view day;
        bool surely;
        bool begun;
    };
    for (const Row& row : std::vector<Row>{
             {"2024-12", "2024-11-30", false, false},
             {"2024-12", "2024-12-01", false, true},
             {"2024-12", "2024-12-30", false, true},
             {"2024-12", "2024-12-31", true, true},
             {"2024-12-23", "2024-12-22", false, false},
             {"2024-12-23", "2024-12-23", true, true},
             {"2024", "2024-12-30", false, true},
             {"2024", "2025-06-01", true, true},
         }) {
        CAPTURE(row.date);
        CAPTURE(row.day);
        CHECK(on(row.date).surely_by(on(row.day).first_day()) == row.surely);
        CHECK(on(row.date).begun_by(on(row.day).first_day()) == row.begun);
    }
}

TEST_CASE("equality looks at the precision") {
    CHECK(on("2024-01-01") != on("2024-01"));
    CHECK(on("2024-01") != on("2024-Q1"));
    CHECK(on("2024-Q1") != on("2024"));
    CHECK(to_string(on("2024-Q1").precision()) == "quarter");
    CHECK(to_string(on("2024-01").precision()) == "month");
    CHECK(to_string(on("2024-01-01").precision()) == "day");
    CHECK(to_string(on("2024").precision()) == "year");
}
