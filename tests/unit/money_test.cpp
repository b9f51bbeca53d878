#include "postmoney/value/money.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "../refusal.hpp"
#include "money_text.hpp"

using postmoney::Currencies;
using postmoney::Currency;
using postmoney::Decimal;
using postmoney::Money;
using postmoney::test::money;
using postmoney::test::refusal;

namespace {

constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr Currency usd = Currency::iso("USD");
constexpr Currency eur = Currency::iso("EUR");

std::string joined(const std::vector<Money>& parts) {
    std::string text;
    for (const Money& part : parts) {
        if (!text.empty()) text += ' ';
        text += part.amount_string();
    }
    return text;
}

std::vector<Decimal> decimals(const std::vector<std::string_view>& texts) {
    std::vector<Decimal> values;
    for (const std::string_view text : texts) values.push_back(Decimal::parse(text));
    return values;
}

}  // namespace

TEST_CASE("an amount is written with its currency's decimals, and read back") {
    struct Row {
        std::int64_t minor;
        std::string_view code;
        std::string_view text;
    };
    for (const Row& row : std::vector<Row>{
             {1'213'468'000'000, "USD", "12134680000.00 USD"},
             {150'050, "EUR", "1500.50 EUR"},
             {105, "USD", "1.05 USD"},
             {100, "USD", "1.00 USD"},
             {99, "USD", "0.99 USD"},
             {5, "USD", "0.05 USD"},
             {0, "USD", "0.00 USD"},
             {-5, "USD", "-0.05 USD"},
             {-99, "USD", "-0.99 USD"},
             {-100, "USD", "-1.00 USD"},
             {-105, "USD", "-1.05 USD"},
             {highest, "USD", "92233720368547758.07 USD"},
             {lowest, "USD", "-92233720368547758.08 USD"},
             {0, "JPY", "0 JPY"},
             {-7, "JPY", "-7 JPY"},
             {highest, "JPY", "9223372036854775807 JPY"},
             {lowest, "JPY", "-9223372036854775808 JPY"},
             {1, "BHD", "0.001 BHD"},
             {-12'345, "BHD", "-12.345 BHD"},
             {1, "CLF", "0.0001 CLF"},
             {-1, "ABCDEFGHIJKL", "-0.00000001 ABCDEFGHIJKL"},
             {lowest, "ABCDEFGHIJKL", "-92233720368.54775808 ABCDEFGHIJKL"},
         }) {
        CAPTURE(row.text);
        Currencies known;
        known.add(Currency::user_defined("ABCDEFGHIJKL", 8));
        const Money value(row.minor, known.get(row.code));
        CHECK(value.to_string() == row.text);
        CHECK(value.amount_string() + " " + std::string(row.code) == row.text);
        CHECK(Money::parse(row.text, known) == value);
        std::string appended = "of ";
        value.append_to(appended);
        CHECK(appended == "of " + std::string(row.text));
        std::ostringstream out;
        out << value;
        CHECK(out.str() == row.text);
        CHECK(Money::of(value.to_decimal(), value.currency()) == value);
        CHECK(value.to_decimal().to_string() == value.amount_string());
    }
}

TEST_CASE("parse reads fewer digits, zeros too many, and leading zeros") {
    struct Row {
        std::string_view text;
        std::int64_t minor;
    };
    for (const Row& row : std::vector<Row>{{"77593 USD", 7'759'300},
                                           {"1500.5 EUR", 150'050},
                                           {"1.500 USD", 150},
                                           {"1.50000000000000000000000000000 USD", 150},
                                           {"007.10 USD", 710},
                                           {"0000000000000000000000000001 USD", 100},
                                           {"-0 USD", 0},
                                           {"-0.00 USD", 0},
                                           {"5.0 JPY", 5},
                                           {"0 USD", 0},
                                           {"00000 USD", 0},
                                           {"92233720368547758.070 USD", highest}})
        CHECK(Money::parse(row.text).minor() == row.minor);
}

TEST_CASE("Money::of takes a decimal exactly") {
    struct Row {
        std::string_view units;
        std::string_view code;
        std::string_view outcome;
    };
    const auto outcome = [](const Row& row) {
        return Money::of(Decimal::parse_scientific(row.units), Currency::iso(row.code)).to_string();
    };
    for (const Row& row : std::vector<Row>{
             {"1500.5", "EUR", "1500.50 EUR"},
             {"1.500", "USD", "1.50 USD"},
             {"-0.05", "USD", "-0.05 USD"},
             {"6E9", "USD", "6000000000.00 USD"},
             {"9E18", "JPY", "9000000000000000000 JPY"},
             {"0E-1000000", "USD", "0.00 USD"},
             {"0E1000000", "USD", "0.00 USD"},
             {"-92233720368547758.08", "USD", "-92233720368547758.08 USD"},
             {"100000000000000000000000000000000000000000000E-44", "USD", "1.00 USD"},
         }) {
        CAPTURE(row.units);
        CHECK(outcome(row) == row.outcome);
    }
    for (
        const Row& row : std::vector<Row>{
            {"1.005", "USD",
             R"(got "1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
            {"0.5", "JPY",
             R"(got "0.5 JPY", expected whole minor units of JPY (0 decimals) [fractional-minor-unit])"},
            {"1E-3", "EUR",
             R"(got "0.001 EUR", expected whole minor units of EUR (2 decimals) [fractional-minor-unit])"},
            {"1E-1000000", "EUR",
             R"(got "1E-1000000 EUR", expected whole minor units of EUR (2 decimals) [fractional-minor-unit])"},
            {"92233720368547758.08", "USD",
             R"(got "92233720368547758.08 USD", expected at most 64-bit minor units [overflow])"},
            {"-92233720368547758.09", "USD",
             R"(got "-92233720368547758.09 USD", expected at most 64-bit minor units [overflow])"},
            {"1E19", "JPY", R"(got "1E+19 JPY", expected at most 64-bit minor units [overflow])"},
            {"1E1000000", "USD", R"(got "1E+1000000 USD", expected at most 64-bit minor units [overflow])"},
        }) {
        CAPTURE(row.units);
        CHECK(refusal([&] { (void)outcome(row); }) == row.outcome);
    }
}

TEST_CASE("what parse refuses") {
    for (const std::string text : {"",
                                   " ",
                                   "USD",
                                   "1",
                                   "1 ",
                                   "1USD",
                                   "1  USD",
                                   " 1 USD",
                                   "1 USD ",
                                   "1. USD",
                                   ".5 USD",
                                   "-.5 USD",
                                   "- 1 USD",
                                   "+1 USD",
                                   "--1 USD",
                                   "1,000 USD",
                                   "1 000 USD",
                                   "1e3 USD",
                                   "1.2.3 USD",
                                   "5 million USD",
                                   "about 5 USD",
                                   "undisclosed",
                                   "-USD",
                                   "$5",
                                   "0x10 USD"})
        CHECK(refusal([&] { (void)Money::parse(text); }) ==
              "got \"" + text + "\", expected NUMBER CURRENCY, such as 1500.50 EUR [bad-amount]");

    struct Row {
        std::string_view text;
        std::string_view message;
    };
    for (
        const Row& row : std::vector<Row>{
            {"1 usd",
             R"(got "usd", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"1 USDC",
             R"(got "USDC", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"1.005 USD",
             R"(got "1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
            {"1.5 JPY",
             R"(got "1.5 JPY", expected whole minor units of JPY (0 decimals) [fractional-minor-unit])"},
            {"92233720368547758.08 USD",
             R"(got "92233720368547758.08 USD", expected at most 64-bit minor units [overflow])"},
            {"-92233720368547758.09 USD",
             R"(got "-92233720368547758.09 USD", expected at most 64-bit minor units [overflow])"},
            {"99999999999999999.99 USD",
             R"(got "99999999999999999.99 USD", expected at most 64-bit minor units [overflow])"},
            {"184467440737095516.16 USD",
             R"(got "184467440737095516.16 USD", expected at most 64-bit minor units [overflow])"},
            {"1000000000000000000000000000000 JPY",
             R"(got "1000000000000000000000000000000 JPY", expected at most 64-bit minor units [overflow])"},
            // of two faults, the first one checked is reported
            {"99999999999999999999.001 XYZ",
             R"(got "XYZ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"99999999999999999999.001 USD",
             R"(got "99999999999999999999.001 USD", )"
             R"(expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
        })
        CHECK(refusal([&] { (void)Money::parse(row.text); }) == row.message);
}

TEST_CASE("sums, differences and multiples are exact") {
    CHECK(money("0.10 USD") + money("0.20 USD") == money("0.30 USD"));
    CHECK(money("1 USD") - money("1.05 USD") == money("-0.05 USD"));
    CHECK(-money("1.05 USD") == money("-1.05 USD"));
    CHECK(+money("1.05 USD") == money("1.05 USD"));
    CHECK(money("1.05 USD") * 3 == money("3.15 USD"));
    CHECK(-2 * money("1.05 USD") == money("-2.10 USD"));
    CHECK(money("1.05 USD") * std::uint64_t{2} == money("2.10 USD"));
    CHECK(Money(-1, usd) * std::uint64_t{9'223'372'036'854'775'808U} == Money(lowest, usd));
    CHECK(money("0 USD") * std::numeric_limits<std::uint64_t>::max() == money("0 USD"));
    Money total = money("1 USD");
    total += total;
    total -= money("0.50 USD");
    CHECK(total == money("1.50 USD"));
    CHECK(Money(highest, usd) + Money(lowest, usd) == Money(-1, usd));
}

TEST_CASE("amounts of one currency are ordered; of two they are unequal") {
    CHECK(money("1 USD") < money("1.01 USD"));
    CHECK(money("-1 USD") < money("-0.99 USD"));
    CHECK(money("1 USD") >= money("1.00 USD"));
    CHECK(money("1 USD") != money("1 EUR"));
    CHECK(money("0 USD") != money("0 EUR"));
    CHECK(Money(1, Currency::user_defined("ABC", 2)) != Money(1, Currency::user_defined("ABC", 3)));
}

TEST_CASE("arithmetic refusals") {
    const Money most(highest, usd);
    const Money least(lowest, usd);
    const Money abc2(1, Currency::user_defined("ABC", 2));
    const Money abc3(1, Currency::user_defined("ABC", 3));
    struct Row {
        std::string refused;
        std::string_view message;
    };
    const std::vector<Row> rows{
        {refusal([] { (void)(money("1 USD") + money("1 EUR")); }),
         "cannot add EUR to USD [mixed-currencies]"},
        {refusal([] { (void)(money("1 USD") - money("1 EUR")); }),
         "cannot subtract EUR from USD [mixed-currencies]"},
        {refusal([] { (void)(money("1 USD") < money("1 EUR")); }),
         "cannot compare USD with EUR [mixed-currencies]"},
        {refusal([&] { (void)(abc2 + abc3); }),
         "cannot add ABC (3 decimals) to ABC (2 decimals) [mixed-currencies]"},
        {refusal([&] { (void)(most + money("0.01 USD")); }),
         "92233720368547758.07 USD + 0.01 USD is beyond 64-bit minor units [overflow]"},
        {refusal([&] { (void)(least - money("0.01 USD")); }),
         "-92233720368547758.08 USD - 0.01 USD is beyond 64-bit minor units [overflow]"},
        {refusal([&] { (void)-least; }),
         "-(-92233720368547758.08 USD) is beyond 64-bit minor units [overflow]"},
        {refusal([&] { (void)(most * 2); }),
         "92233720368547758.07 USD * 2 is beyond 64-bit minor units [overflow]"},
        {refusal([&] { (void)(least * -1); }),
         "-92233720368547758.08 USD * -1 is beyond 64-bit minor units [overflow]"},
        {refusal([] { (void)(money("0.01 USD") * std::numeric_limits<std::uint64_t>::max()); }),
         "0.01 USD * 18446744073709551615 is beyond 64-bit minor units [overflow]"},
        {refusal([] { (void)Money(std::uint64_t{9'223'372'036'854'775'808U}, usd); }),
         "9223372036854775808 minor units of USD is beyond 64-bit minor units [overflow]"},
    };
    for (const Row& row : rows) CHECK(row.refused == row.message);
}

TEST_CASE("a refused sum leaves the amount as it was") {
    Money total(highest, usd);
    CHECK(refusal([&] { total += Money(1, usd); }) != "no refusal");
    CHECK(refusal([&] { total += Money(1, eur); }) != "no refusal");
    CHECK(refusal([&] { total -= Money(-1, usd); }) != "no refusal");
    CHECK(total == Money(highest, usd));
}

TEST_CASE("allocate gives what is left over to the largest remainders, the first of equal ones first") {
    struct Row {
        std::string_view amount;
        std::vector<std::int64_t> ratios;
        std::string_view parts;
    };
    for (const Row& row : std::vector<Row>{
             {"1.00 USD", {1, 1, 1}, "0.34 0.33 0.33"},
             {"0.05 USD", {1, 1, 1}, "0.02 0.02 0.01"},
             {"-0.05 USD", {1, 1, 1}, "-0.02 -0.02 -0.01"},
             {"0.05 USD", {3, 7}, "0.02 0.03"},  // 1.5 and 3.5: a tie
             {"0.01 USD", {0, 1, 0}, "0.00 0.01 0.00"},
             {"0.01 USD", {1, 2}, "0.00 0.01"},
             {"0.00 USD", {1, 2}, "0.00 0.00"},
             {"100 JPY", {1, 1, 1, 1, 1, 1, 1}, "15 15 14 14 14 14 14"},
             {"100 JPY", {5}, "100"},
             {"6000000000.00 USD", {93, 4}, "5752577319.59 247422680.41"},
             {"92233720368547758.07 USD", {highest, highest}, "46116860184273879.04 46116860184273879.03"},
             {"-92233720368547758.08 USD", {highest, 0}, "-92233720368547758.08 0.00"},
         }) {
        CAPTURE(row.amount);
        CHECK(joined(money(row.amount).allocate(row.ratios)) == row.parts);
        std::vector<Decimal> same;
        for (const std::int64_t ratio : row.ratios) same.emplace_back(ratio);
        CHECK(joined(money(row.amount).allocate(same)) == row.parts);
    }
}

TEST_CASE("allocate takes decimal ratios of any scale") {
    CHECK(joined(money("-0.05 USD").allocate(decimals({"0.5", "0.25", "0.250"}))) == "-0.03 -0.01 -0.01");
    CHECK(joined(money("1.00 USD").allocate(decimals({"0.1", "0.10", "0.1000000000"}))) == "0.34 0.33 0.33");
    CHECK(joined(money("1.00 USD")
                     .allocate(decimals({"123456789012345678901234567890123456789012.5", "0",
                                         "370370367037037036703703703670370367037037.5"}))) ==
          "0.25 0.00 0.75");
    const std::vector<Decimal> mixed{Decimal::parse_scientific("1E+3"), Decimal::parse("1000"),
                                     Decimal::parse_scientific("0E-1000000")};
    CHECK(joined(money("1.00 USD").allocate(mixed)) == "0.50 0.50 0.00");
}

TEST_CASE("allocation refusals") {
    const auto whole = [](std::vector<std::int64_t> ratios) {
        return refusal([&] { (void)money("1 USD").allocate(ratios); });
    };
    const auto decimal = [](const std::vector<std::string_view>& ratios) {
        return refusal([&] { (void)money("1 USD").allocate(decimals(ratios)); });
    };
    struct Row {
        std::string refused;
        std::string_view message;
    };
    const std::vector<Row> rows{
        {whole({}), "cannot allocate by ratios that sum to zero [bad-allocation]"},
        {whole({0, 0}), "cannot allocate by ratios that sum to zero [bad-allocation]"},
        {whole({2, -1}), R"(got "-1", expected ratios of zero or more [bad-allocation])"},
        {whole({1, -1}), R"(got "-1", expected ratios of zero or more [bad-allocation])"},
        {decimal({}), "cannot allocate by ratios that sum to zero [bad-allocation]"},
        {decimal({"0", "0.00"}), "cannot allocate by ratios that sum to zero [bad-allocation]"},
        {decimal({"1", "-0.5"}), R"(got "-0.5", expected ratios of zero or more [bad-allocation])"},
    };
    for (const Row& row : rows) CHECK(row.refused == row.message);
}
