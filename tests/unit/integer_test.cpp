#include <doctest/doctest.h>

#include <postmoney/value/detail/integer.hpp>
#include <postmoney/value/error.hpp>
#include <string>
#include <utility>
#include <vector>

using postmoney::Error;
using postmoney::detail::Integer;

namespace {

Integer number(const std::string& text) {
    return Integer::parse(text);
}

const std::string native_max = "170141183460469231731687303715884105727";
const std::string native_min = "-170141183460469231731687303715884105728";
const std::string past_max = "170141183460469231731687303715884105728";
const std::string past_min = "-170141183460469231731687303715884105729";
const std::string huge = "123456789012345678901234567890123456789012345678901234567890";
const Integer beyond = Integer::parse("10000000000000000000000000000000000000000");

}  // namespace

TEST_CASE("an integer is native exactly from -2^127 to 2^127 - 1") {
    for (const std::string& text : {std::string("0"), std::string("-1"), native_max, native_min}) {
        CAPTURE(text);
        CHECK(number(text).is_native());
        CHECK(number(text).to_string() == text);
        CHECK(number(text) + beyond - beyond == number(text));  // there and back beyond 128 bits
    }
    for (const std::string& text : {past_max, past_min, huge, "-" + huge}) {
        CAPTURE(text);
        CHECK_FALSE(number(text).is_native());
        CHECK(number(text).to_string() == text);
        CHECK(number(text) + beyond - beyond == number(text));  // there and back beyond 128 bits
    }
}

TEST_CASE("integer arithmetic crosses the native limits both ways") {
    struct Row {
        std::string a;
        char operation;
        std::string b;
        std::string result;
        bool native;
    };
    const std::vector<Row> rows = {
        {"2", '+', "3", "5", true},
        {native_max, '+', "1", past_max, false},
        {past_max, '+', "-1", native_max, true},
        {native_min, '+', "-1", past_min, false},
        {past_min, '+', "1", native_min, true},
        {native_min, '-', "1", past_min, false},
        {past_min, '-', "-1", native_min, true},
        {past_max, '-', "1", native_max, true},
        {"0", '-', native_min, past_max, false},
        {native_min, '*', "-1", past_max, false},
        {native_min, '*', "1", native_min, true},
        {"-85070591730234615865843651857942052864", '*', "2", native_min, true},
        {"85070591730234615865843651857942052864", '*', "2", past_max, false},
        {"-3", '*', "4", "-12", true},
        {"0", '*', native_min, "0", true},
        {huge, '*', "0", "0", true},
        {huge, '*', "-10", "-" + huge + "0", false},
        {huge, '-', huge, "0", true},
        {"7", '/', "2", "3", true},
        {"-7", '/', "2", "-3", true},
        {"7", '%', "-2", "1", true},
        {"-7", '%', "2", "-1", true},
        {native_min, '/', "-1", past_max, false},
        {native_min, '%', "-1", "0", true},
        {past_max, '/', "2", "85070591730234615865843651857942052864", true},
        {"100000000000000000000000000000", '/', "10000000000", "10000000000000000000", true},
        {"5", '/', huge, "0", true},
        {"-5", '%', huge, "-5", true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.a);
        CAPTURE(row.operation);
        CAPTURE(row.b);
        const Integer a = number(row.a);
        const Integer b = number(row.b);
        Integer result;
        switch (row.operation) {
            case '+':
                result = a + b;
                break;
            case '-':
                result = a - b;
                break;
            case '*':
                result = a * b;
                break;
            case '/':
                result = Integer::divide(a, b).quotient;
                break;
            default:
                result = Integer::divide(a, b).remainder;
                break;
        }
        CHECK(result.to_string() == row.result);
        CHECK(result.is_native() == row.native);
        Integer in_place = a;
        if (row.operation == '+') CHECK((in_place += b) == result);
        if (row.operation == '-') CHECK((in_place -= b) == result);
        if (row.operation == '*') CHECK((in_place *= b) == result);
    }
}

TEST_CASE("integers are ordered across the native limits") {
    const std::vector<std::string> ascending = {"-" + huge, past_min,   native_min, "-1", "0",
                                                "1",        native_max, past_max,   huge};
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t j = 0; j < ascending.size(); ++j) {
            CHECK((number(ascending[i]) <=> number(ascending[j])) == (i <=> j));
            CHECK((number(ascending[i]) == number(ascending[j])) == (i == j));
        }
    }
}

TEST_CASE("integers copy, move and assign in every pairing of native and big") {
    for (const std::string& from : {std::string("42"), huge}) {
        for (const std::string& onto : {std::string("7"), "-" + huge}) {
            const Integer source = number(from);
            Integer copied = number(onto);
            copied = source;
            CHECK(copied.to_string() == from);
            Integer moved = number(onto);
            moved = Integer(source);
            CHECK(moved.to_string() == from);
            Integer& same = moved;
            moved = same;
            CHECK(moved.to_string() == from);
            moved = std::move(same);
            CHECK(moved.to_string() == from);
            const Integer constructed(std::move(moved));
            CHECK(constructed.to_string() == from);
            CHECK(constructed.hash() == source.hash());
        }
    }
}

TEST_CASE("the digits of an integer are counted on both sides of every power of ten") {
    CHECK(number("0").digits() == 1);
    std::string nines;
    std::string power = "1";
    for (std::uint64_t n = 1; n <= 120; ++n) {
        nines += '9';
        power += '0';
        CAPTURE(n);
        CHECK(number(nines).digits() == n);
        CHECK(number(power).digits() == n + 1);
        CHECK(number("-" + power).digits() == n + 1);
    }
}

TEST_CASE("powers of ten multiply, and trailing zeros strip again") {
    for (const std::uint32_t exponent : {0U, 1U, 18U, 19U, 20U, 37U, 38U, 39U, 77U, 500U}) {
        for (const int digits : {1, -1, 12, -305}) {
            CAPTURE(exponent);
            CAPTURE(digits);
            Integer value = Integer(digits).times_power_of_ten(exponent);
            CHECK(value.to_string() == std::to_string(digits) + std::string(exponent, '0'));
            CHECK(value.has_trailing_zeros(exponent));
            CHECK_FALSE(value.has_trailing_zeros(exponent + 1));
            Integer halfway = value;
            CHECK(halfway.strip_trailing_zeros(exponent / 2) == exponent / 2);
            CHECK(halfway == Integer(digits).times_power_of_ten(exponent - exponent / 2));
            CHECK(value.strip_trailing_zeros(100'000) == exponent);
            CHECK(value == Integer(digits));
        }
    }
    CHECK(Integer(0).times_power_of_ten(99) == Integer(0));
    CHECK(Integer(0).has_trailing_zeros(99));
}

TEST_CASE("the greatest common divisor") {
    struct Row {
        std::string a, b, result;
    };
    for (const Row& row : std::vector<Row>{{"0", "0", "0"},
                                           {"12", "0", "12"},
                                           {"0", "-12", "12"},
                                           {"12", "18", "6"},
                                           {"-12", "18", "6"},
                                           {"100000000000000000000000000", "15", "5"},
                                           {native_min, native_min, past_max},
                                           {huge + "000", "2000", "2000"}}) {
        CAPTURE(row.a);
        CHECK(Integer::gcd(number(row.a), number(row.b)).to_string() == row.result);
    }
}

TEST_CASE("what an integer refuses") {
    CHECK_THROWS_WITH_AS((void)Integer::parse(""), "got \"\", expected digits [bad-number]", Error);
    CHECK_THROWS_WITH_AS((void)Integer::parse("-"), "got \"-\", expected digits [bad-number]", Error);
    CHECK_THROWS_WITH_AS((void)Integer::parse("1.5"), "got \"1.5\", expected digits [bad-number]", Error);
    CHECK_THROWS_WITH_AS((void)number("9223372036854775808").to_int64(),
                         "got \"9223372036854775808\", expected a whole number within "
                         "-9223372036854775808..9223372036854775807 [overflow]",
                         Error);
    CHECK(number("-9223372036854775808").to_int64() == std::numeric_limits<std::int64_t>::min());
}
