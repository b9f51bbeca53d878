#include <doctest/doctest.h>

#include <functional>
#include <iomanip>
#include <limits>
#include <postmoney/value/decimal.hpp>
#include <postmoney/value/error.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

using postmoney::Decimal;
using postmoney::divide;
using postmoney::Error;
using postmoney::Rounding;
using namespace postmoney::literals;

namespace {

Decimal scientific(const std::string& text) {
    return Decimal::parse_scientific(text);
}

constexpr const char* limits =
    ", expected at most 100000 digits and an exponent within -1000000..1000000 [overflow]";

}  // namespace

TEST_CASE("plain text is read and written") {
    struct Row {
        std::string text, coefficient;
        int exponent;
        std::string written;
    };
    for (const Row& row : std::vector<Row>{
             {"0", "0", 0, "0"},
             {"-0", "0", 0, "0"},
             {"-0.00", "0", -2, "0.00"},
             {"12", "12", 0, "12"},
             {"12.0", "120", -1, "12.0"},
             {"007", "7", 0, "7"},
             {"-0.05", "-5", -2, "-0.05"},
             {"0.5", "5", -1, "0.5"},
             {"1.05", "105", -2, "1.05"},
             {"100", "100", 0, "100"},
             {"9999999999999999999", "9999999999999999999", 0, "9999999999999999999"},
             {"18446744073709551615", "18446744073709551615", 0, "18446744073709551615"},
             {"18446744073709551616", "18446744073709551616", 0, "18446744073709551616"},
             {"999999999999999999.9", "9999999999999999999", -1, "999999999999999999.9"},
             {"-1844674407370955161.6", "-18446744073709551616", -1, "-1844674407370955161.6"},
             {"0.0000000000000000000000000000001", "1", -31, "0.0000000000000000000000000000001"},
             {"0000000000000000000000000000000.1", "1", -1, "0.1"},
             {"10000000000000000000.0000000000000000000", "100000000000000000000000000000000000000", -19,
              "10000000000000000000.0000000000000000000"},
             {"-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728", 0,
              "-170141183460469231731687303715884105728"},
             {"-123456789012345678901234567890.123456789012345",
              "-123456789012345678901234567890123456789012345", -15,
              "-123456789012345678901234567890.123456789012345"},
         }) {
        CAPTURE(row.text);
        const Decimal value = Decimal::parse(row.text);
        CHECK(value.coefficient().to_string() == row.coefficient);
        CHECK(value.exponent() == row.exponent);
        CHECK(value.to_string() == row.written);
        std::string appended = "=";
        value.append_to(appended);
        CHECK(appended == "=" + row.written);
    }
}

TEST_CASE("scientific text is read and written as General Decimal Arithmetic has it") {
    struct Row {
        std::string text, scientific, plain;
    };
    for (const Row& row : std::vector<Row>{
             {"123", "123", "123"},
             {"-123", "-123", "-123"},
             {"1.23E+3", "1.23E+3", "1230"},
             {"123E+1", "1.23E+3", "1230"},
             {"123E+3", "1.23E+5", "123000"},
             {"12.3E-1", "1.23", "1.23"},
             {"123E-10", "1.23E-8", "0.0000000123"},
             {"-123E-12", "-1.23E-10", "-0.000000000123"},
             {"0", "0", "0"},
             {"0.00", "0.00", "0.00"},
             {"0E+2", "0E+2", "0"},
             {"0E-7", "0E-7", "0.0000000"},
             {"-0E+2", "0E+2", "0"},
             {"5E-6", "0.000005", "0.000005"},
             {"50E-7", "0.0000050", "0.0000050"},
             {"5E-7", "5E-7", "0.0000005"},
             {"+1e2", "1E+2", "100"},
             {"1e02", "1E+2", "100"},
             {".5", "0.5", "0.5"},
             {"5.", "5", "5"},
             {"-.5E1", "-5", "-5"},
             {"1E+1000000", "1E+1000000", "1" + std::string(1'000'000, '0')},
         }) {
        CAPTURE(row.text);
        CHECK(scientific(row.text).to_scientific() == row.scientific);
        CHECK(scientific(row.text).to_string() == row.plain);
    }
}

TEST_CASE("what parse refuses") {
    for (const std::string text : {"",
                                   "-",
                                   "+1",
                                   "1,5",
                                   ".5",
                                   "5.",
                                   ".",
                                   "-.5",
                                   "1.2.3",
                                   "--1",
                                   " 1",
                                   "1 ",
                                   "1e3",
                                   "0x10",
                                   "NaN",
                                   "Infinity",
                                   "1'000",
                                   "12345678901234567890123x",
                                   "123456789012345678901234.",
                                   ".123456789012345678901234",
                                   "1.2345678901234567890123.4",
                                   "12345678901234567890-"}) {
        CAPTURE(text);
        const std::string message =
            "got \"" + text + "\", expected digits with an optional decimal point [bad-number]";
        CHECK_THROWS_WITH_AS((void)Decimal::parse(text), message.c_str(), Error);
    }
    for (const std::string text : {"", "-", ".", "+", "1e", "1e+", "e5", ".e5", "1e5.0", "1e5e5", "1,5",
                                   "1.2.3", "+-1", "NaN", "sNaN", "Infinity", "1 e5"}) {
        CAPTURE(text);
        const std::string message =
            "got \"" + text + "\", expected digits with an optional decimal point and exponent [bad-number]";
        CHECK_THROWS_WITH_AS((void)Decimal::parse_scientific(text), message.c_str(), Error);
    }
    const std::string_view with_nul("1\0", 2);
    const std::string nul_message = "got " + postmoney::detail::quoted(with_nul) +
                                    ", expected digits with an optional decimal point [bad-number]";
    CHECK_THROWS_WITH_AS((void)Decimal::parse(with_nul), nul_message.c_str(), Error);
    CHECK_THROWS_WITH_AS((void)Decimal::parse(std::string(100'001, '7')),
                         ("got \"" + std::string(60, '7') + "...\"" + limits).c_str(), Error);
    CHECK(Decimal::parse(std::string(100'000, '7')).digits() == 100'000);
    for (const std::string text :
         {"1E+1000001", "1E-1000001", "1E+999999999", "1E+99999999999999999999999999",
          "0E-99999999999999999999999999", "0.1E-1000000"}) {
        CAPTURE(text);
        CHECK_THROWS_WITH_AS((void)Decimal::parse_scientific(text), ("got \"" + text + "\"" + limits).c_str(),
                             Error);
    }
}

TEST_CASE("arithmetic is exact and keeps the scale") {
    struct Row {
        std::string a;
        char operation;
        std::string b, result;
    };
    for (const Row& row : std::vector<Row>{
             {"0.1", '+', "0.2", "0.3"},
             {"1.5", '+', "0.50", "2.00"},
             {"0.50", '+', "1.5", "2.00"},
             {"1.5", '-', "2.25", "-0.75"},
             {"2.25", '-', "1.5", "0.75"},
             {"12", '-', "12.00", "0.00"},
             {"1.20", '*', "3", "3.60"},
             {"-0.05", '*', "0.05", "-0.0025"},
             {"134680000", '+', "12000000000", "12134680000"},
             {"170141183460469231731687303715884105727", '+', "0.1",
              "170141183460469231731687303715884105727.1"},
             {"0.1", '-', "170141183460469231731687303715884105727",
              "-170141183460469231731687303715884105726.9"},
             {"170141183460469231731687303715884105727", '*', "170141183460469231731687303715884105727",
              "28948022309329048855892746252171976962977213799489202546401021394546514198529"},
         }) {
        CAPTURE(row.a);
        CAPTURE(row.operation);
        CAPTURE(row.b);
        const Decimal a = Decimal::parse(row.a);
        const Decimal b = Decimal::parse(row.b);
        Decimal in_place = a;
        if (row.operation == '+') {
            CHECK((a + b).to_string() == row.result);
            CHECK((in_place += b).to_string() == row.result);
        } else if (row.operation == '-') {
            CHECK((a - b).to_string() == row.result);
            CHECK((in_place -= b).to_string() == row.result);
        } else {
            CHECK((a * b).to_string() == row.result);
            CHECK((in_place *= b).to_string() == row.result);
        }
    }
    CHECK((scientific("1E+5") + "0.5"_dec).to_string() == "100000.5");
    CHECK((scientific("1E+5") * scientific("2E+3")).to_scientific() == "2E+8");
    CHECK((-"0.00"_dec).to_string() == "0.00");
    CHECK("-1.50"_dec.abs().to_string() == "1.50");
    CHECK((scientific("0E+1000000") + "1"_dec).to_string() == "1");
    Decimal self = "1.5"_dec;
    self += self;
    CHECK(self.to_string() == "3.0");
    const Decimal& same = self;
    self -= same;
    CHECK(self.to_string() == "0.0");
}

TEST_CASE("decimals compare by value, whatever the scale") {
    const std::vector<std::vector<Decimal>> ascending = {
        {scientific("-1E+1000000")},
        {Decimal::parse("-170141183460469231731687303715884105729")},
        {Decimal::parse("-170141183460469231731687303715884105728")},
        {"-12.01"_dec},
        {"-12"_dec, "-12.00"_dec},
        {"-0.05"_dec},
        {scientific("-1E-1000000")},
        {"0"_dec, "0.00"_dec, scientific("0E+1000000"), scientific("0E-1000000")},
        {scientific("1E-1000000")},
        {"0.05"_dec, "0.0500"_dec, scientific("5E-2")},
        {"1.70141183460469231731687303715884105727"_dec},
        {"12"_dec, "12.0"_dec, scientific("1.2E+1"),
         Decimal::parse("12.0000000000000000000000000000000000000000000")},
        {"1200"_dec, scientific("12E+2")},
        {Decimal::parse("100000000000000000000000000000000000000")},
        {scientific("1E+39"), Decimal::parse("1000000000000000000000000000000000000000.00")},
        {scientific("1E+1000000")},
    };
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t j = 0; j < ascending.size(); ++j) {
            for (const Decimal& a : ascending[i]) {
                for (const Decimal& b : ascending[j]) {
                    CAPTURE(a.to_scientific());
                    CAPTURE(b.to_scientific());
                    CHECK((a <=> b) == (i <=> j));
                    CHECK((a == b) == (i == j));
                    if (i == j) CHECK(a.hash() == b.hash());
                }
            }
        }
    }
    CHECK(std::unordered_set<Decimal>{"12"_dec, "12.0"_dec, scientific("12E+0"), "12.1"_dec}.size() == 2);
}

TEST_CASE("the parts of a decimal") {
    CHECK("12.0"_dec.scale() == 1);
    CHECK(scientific("12E+2").scale() == 0);
    CHECK("0.012"_dec.digits() == 2);
    CHECK("0.000"_dec.digits() == 1);
    CHECK("-0.05"_dec.sign() == -1);
    CHECK(Decimal().is_zero());
    CHECK(Decimal(std::numeric_limits<std::int64_t>::min()).to_string() == "-9223372036854775808");
    CHECK(Decimal(std::numeric_limits<std::uint64_t>::max()).to_string() == "18446744073709551615");
    CHECK(Decimal::of_coefficient(1234, -2).to_string() == "12.34");
    CHECK("1200.00"_dec.normalized().to_scientific() == "1.2E+3");
    CHECK("1200.00"_dec.normalized().to_string() == "1200");
    CHECK("-0.050"_dec.normalized().to_string() == "-0.05");
    CHECK("0.000"_dec.normalized().to_string() == "0");
    CHECK(scientific("10E+1000000").normalized().to_scientific() == "1.0E+1000001");
    std::ostringstream out;
    out << std::setw(6) << "-0.05"_dec << std::setw(3) << Decimal(7);
    CHECK(out.str() == " -0.05  7");
}

TEST_CASE("a whole decimal becomes a 64-bit number") {
    CHECK("12.00"_dec.to_int64() == 12);
    CHECK("-0.0"_dec.to_int64() == 0);
    CHECK(scientific("0E+1000000").to_int64() == 0);
    CHECK(scientific("0E-1000000").to_int64() == 0);
    CHECK(scientific("9E+18").to_int64() == 9'000'000'000'000'000'000);
    CHECK("-9223372036854775808"_dec.to_int64() == std::numeric_limits<std::int64_t>::min());
    CHECK("9223372036854775807.0"_dec.to_int64() == std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE("12.01"_dec.is_integer());
    CHECK("12.00"_dec.is_integer());
    CHECK_FALSE(scientific("1E-1000000").is_integer());
}

TEST_CASE("rounding to a scale in every mode") {
    // The rows of the General Decimal Arithmetic specification's mode definitions, and their negatives.
    struct Row {
        std::string value;
        int half_even, half_up, half_down, up, down, ceiling, floor, zero_five_up;
    };
    for (const Row& row : std::vector<Row>{
             {"0.0", 0, 0, 0, 0, 0, 0, 0, 0},
             {"0.2", 0, 0, 0, 1, 0, 1, 0, 1},
             {"0.5", 0, 1, 0, 1, 0, 1, 0, 1},
             {"0.6", 1, 1, 1, 1, 0, 1, 0, 1},
             {"1.1", 1, 1, 1, 2, 1, 2, 1, 1},
             {"1.5", 2, 2, 1, 2, 1, 2, 1, 1},
             {"2.5", 2, 3, 2, 3, 2, 3, 2, 2},
             {"2.51", 3, 3, 3, 3, 2, 3, 2, 2},
             {"5.1", 5, 5, 5, 6, 5, 6, 5, 6},
             {"9.9", 10, 10, 10, 10, 9, 10, 9, 9},
             {"10.1", 10, 10, 10, 11, 10, 11, 10, 11},
             {"-0.2", 0, 0, 0, -1, 0, 0, -1, -1},
             {"-0.5", 0, -1, 0, -1, 0, 0, -1, -1},
             {"-1.5", -2, -2, -1, -2, -1, -1, -2, -1},
             {"-2.5", -2, -3, -2, -3, -2, -2, -3, -2},
             {"-5.1", -5, -5, -5, -6, -5, -5, -6, -6},
         }) {
        CAPTURE(row.value);
        const Decimal value = Decimal::parse(row.value);
        CHECK(value.round(0, Rounding::half_even) == Decimal(row.half_even));
        CHECK(value.round(0, Rounding::half_up) == Decimal(row.half_up));
        CHECK(value.round(0, Rounding::half_down) == Decimal(row.half_down));
        CHECK(value.round(0, Rounding::up) == Decimal(row.up));
        CHECK(value.round(0, Rounding::down) == Decimal(row.down));
        CHECK(value.round(0, Rounding::ceiling) == Decimal(row.ceiling));
        CHECK(value.round(0, Rounding::floor) == Decimal(row.floor));
        CHECK(value.round(0, Rounding::zero_five_up) == Decimal(row.zero_five_up));
    }
    CHECK("2.5"_dec.round(3, Rounding::never).to_string() == "2.500");
    CHECK("2.500"_dec.round(1, Rounding::never).to_string() == "2.5");
    CHECK("1250"_dec.round(-2, Rounding::half_even).to_scientific() == "1.2E+3");
    CHECK("1250"_dec.quantize(2, Rounding::half_up).to_string() == "1300");
    CHECK(scientific("1E-1000000").round(2, Rounding::up).to_string() == "0.01");
    CHECK(scientific("-1E-1000000").round(2, Rounding::half_up).to_string() == "0.00");
    CHECK("170141183460469231731687303715884105727"_dec.round(-38, Rounding::half_up).to_scientific() ==
          "2E+38");
    CHECK("170141183460469231731687303715884105727"_dec.round(-39, Rounding::half_up).is_zero());
}

TEST_CASE("division rounds the true quotient once") {
    CHECK(divide("6"_dec, "50"_dec, 4, Rounding::half_even).to_string() == "0.1200");
    CHECK(divide("1"_dec, "3"_dec, 5, Rounding::half_even).to_string() == "0.33333");
    CHECK(divide("-1"_dec, "3"_dec, 5, Rounding::floor).to_string() == "-0.33334");
    CHECK(divide("2"_dec, "-3"_dec, 0, Rounding::half_even).to_string() == "-1");
    CHECK(divide("1"_dec, "8"_dec, 2, Rounding::half_even).to_string() == "0.12");
    CHECK(divide("1"_dec, "8"_dec, 3, Rounding::never).to_string() == "0.125");
    // Rounding twice, by way of 0.125, would give 0.12.
    CHECK(
        divide("0.12500000000000000000000000000000000001"_dec, "1"_dec, 2, Rounding::half_even).to_string() ==
        "0.13");
    CHECK(divide("100"_dec, "0.3"_dec, -2, Rounding::half_even).to_scientific() == "3E+2");
    CHECK(divide("0"_dec, "7"_dec, 2, Rounding::up).to_string() == "0.00");
    CHECK(divide(scientific("1E-1000000"), scientific("1E+1000000"), 2, Rounding::up).to_string() == "0.01");
    CHECK(divide(scientific("5E+1000000"), scientific("2E+1000000"), 1, Rounding::never).to_string() ==
          "2.5");
    CHECK(divide("170141183460469231731687303715884105727"_dec, "170141183460469231731687303715884105726"_dec,
                 37, Rounding::up)
              .to_string() == "1.0000000000000000000000000000000000001");
    // The aligned dividend just does not fit 256 bits.
    CHECK(divide("170141183460469231731687303715884105727"_dec, "1"_dec, 39, Rounding::never).to_string() ==
          "170141183460469231731687303715884105727." + std::string(39, '0'));
    CHECK(divide("1"_dec, "7"_dec, 60, Rounding::down).to_string() ==
          "0.142857142857142857142857142857142857142857142857142857142857");
}

TEST_CASE("what arithmetic refuses") {
    struct Row {
        std::function<void()> act;
        std::string message;
    };
    const Decimal huge = scientific("1E+1000000");
    const std::string int64_range =
        ", expected a whole number within -9223372036854775808..9223372036854775807 [overflow]";
    for (const Row& row : std::vector<Row>{
             {[] { (void)divide("1.0"_dec, "0.00"_dec, 2, Rounding::down); },
              "got \"1.0 / 0.00\", expected a divisor other than zero [division-by-zero]"},
             {[] { (void)divide("1"_dec, "3"_dec, 2, Rounding::never); },
              "got \"1 / 3\", expected at most 2 decimals [inexact]"},
             {[] { (void)divide("1"_dec, "3"_dec, 1'000'001, Rounding::down); },
              std::string("got \"1 / 3 at scale 1000001\"") + limits},
             {[&] { (void)divide(huge, "3"_dec, 0, Rounding::down); },
              std::string("got \"1E+1000000 / 3 at scale 0\"") + limits},
             {[] { (void)"1.005"_dec.round(2, Rounding::never); },
              "got \"1.005\", expected at most 2 decimals [inexact]"},
             {[] { (void)"1.05"_dec.round(1, Rounding::never); },
              "got \"1.05\", expected at most 1 decimal [inexact]"},
             {[] { (void)"1.5"_dec.round(0, Rounding::never); },
              "got \"1.5\", expected a whole number [inexact]"},
             {[] { (void)"1500"_dec.round(-3, Rounding::never); },
              "got \"1500\", expected a multiple of 1E+3 [inexact]"},
             {[&] { (void)huge.round(0, Rounding::down); },
              std::string("got \"1E+1000000 at exponent 0\"") + limits},
             {[] { (void)"1"_dec.round(-1'000'001, Rounding::down); },
              std::string("got \"1 at scale -1000001\"") + limits},
             {[] { (void)"1"_dec.round(std::numeric_limits<std::int32_t>::min(), Rounding::down); },
              std::string("got \"1 at scale -2147483648\"") + limits},
             {[] { (void)"1"_dec.quantize(1'000'001, Rounding::down); },
              std::string("got \"1 at exponent 1000001\"") + limits},
             {[&] { (void)(huge + "1"_dec); }, std::string("got \"1E+1000000 + 1\"") + limits},
             {[&] { (void)("1"_dec - huge); }, std::string("got \"1 - 1E+1000000\"") + limits},
             {[&] { (void)(huge * "10"_dec * huge); },
              std::string("got \"1.0E+1000001 * 1E+1000000\"") + limits},
             {[] { (void)Decimal::of_coefficient(1, 1'000'001); }, std::string("got \"1E1000001\"") + limits},
             {[] { (void)"12.5"_dec.to_int64(); }, "got \"12.5\", expected a whole number [inexact]"},
             {[] { (void)"9223372036854775808"_dec.to_int64(); },
              "got \"9223372036854775808\"" + int64_range},
             {[&] { (void)huge.to_int64(); }, "got \"1E+1000000\"" + int64_range},
         }) {
        CAPTURE(row.message);
        CHECK_THROWS_WITH_AS(row.act(), row.message.c_str(), Error);
    }
    const Decimal longest = Decimal::parse(std::string(100'000, '9'));
    CHECK_THROWS_WITH_AS((void)(longest + "1"_dec),
                         (std::string("got \"a result of 100001 digits\"") + limits).c_str(), Error);
    CHECK_THROWS_AS((void)(longest * longest), Error);
    CHECK((longest - "1"_dec).digits() == 100'000);
}

TEST_CASE("rounding modes have words") {
    for (const std::string word :
         {"half_even", "half_up", "half_down", "up", "down", "ceiling", "floor", "05up", "never"}) {
        CHECK(postmoney::to_string(postmoney::rounding_from_word(word)) == word);
    }
    CHECK_THROWS_WITH_AS(
        (void)postmoney::rounding_from_word("bankers"),
        "got \"bankers\", expected half_even, half_up, half_down, up, down, ceiling, floor, 05up or "
        "never [bad-word]",
        Error);
}
