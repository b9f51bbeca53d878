#include "postmoney/value/price_per_share.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::Decimal;
using postmoney::PricePerShare;
using postmoney::test::refusal;

TEST_CASE("a price keeps the digits that it is stated with, and is finer than money") {
    struct Row {
        std::string_view text, half_of_last_digit;
    };
    for (const Row& row : std::vector<Row>{{"11.97 USD", "0.005"},
                                           {"11.970 USD", "0.0005"},
                                           {"30 USD", "0.5"},
                                           {"0.0001 USD", "0.00005"},
                                           {"0.0000000001 JPY", "0.00000000005"},
                                           {"999999999999999999 EUR", "0.5"}}) {
        const PricePerShare price = PricePerShare::parse(row.text);
        CHECK(price.to_string() == row.text);
        CHECK(PricePerShare::parse(price.to_string()) == price);
        CHECK(price.half_of_last_digit() == Decimal::parse(row.half_of_last_digit));
    }
    CHECK(PricePerShare::parse("2.5 USD") != PricePerShare::parse("2.50 USD"));
    CHECK(PricePerShare::parse("2.50 USD").number() == Decimal::parse("2.5"));
}

TEST_CASE("a price in pence is not read as one in pounds") {
    CHECK(refusal([] { static_cast<void>(PricePerShare::parse("125.5 GBp")); }) ==
          "got \"GBp\", expected GBP, as GBp looks like its hundredth: 25 GBp would be 0.25 GBP "
          "[unknown-currency]");
}

TEST_CASE("what is no price is refused") {
    struct Row {
        std::string_view text, expected;
    };
    for (
        const Row& row : std::vector<Row>{
            {"",
             R"(got "", expected NUMBER CURRENCY, such as 11.97 USD: the number is missing [bad-amount])"},
            {"11.97",
             R"(got "11.97", expected NUMBER CURRENCY, such as 11.97 USD: the currency is missing [bad-amount])"},
            {"USD 11.97",
             R"(got "USD 11.97", expected NUMBER CURRENCY, such as 11.97 USD: "USD" is no number: digits, with an optional point, after an optional qualifier [bad-amount])"},
            {"-1 USD",
             R"(got "-1 USD", expected NUMBER CURRENCY, such as 11.97 USD: it is below 0 [bad-amount])"},
            {"about 5 USD",
             R"(got "about 5 USD", expected NUMBER CURRENCY, such as 11.97 USD: "about" is no number: digits, with an optional point, after an optional qualifier [bad-amount])"},
            {"5 million USD",
             R"(got "5 million USD", expected NUMBER CURRENCY, such as 11.97 USD: "million" is neither thousand, million, billion or trillion nor a currency in capital letters [bad-amount])"},
            {"undisclosed",
             R"(got "undisclosed", expected NUMBER CURRENCY, such as 11.97 USD: "undisclosed" is no number: digits, with an optional point, after an optional qualifier [bad-amount])"},
            {"1 USD ",
             R"(got "1 USD ", expected NUMBER CURRENCY, such as 11.97 USD: there is a space at its end [bad-amount])"},
            {"1 QQQ",
             R"(got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"0.00 USD", R"(got "0.00 USD", expected a price above 0 [out-of-range])"},
            {"1000000000000000000 USD",
             R"(got "1000000000000000000 USD", expected at most 18 digits before and 10 after the point [out-of-range])"},
            {"0.00000000001 USD",
             R"(got "0.00000000001 USD", expected at most 18 digits before and 10 after the point [out-of-range])"},
            {"1.00000000000 USD",
             R"(got "1.00000000000 USD", expected at most 10 digits after the point [out-of-range])"},
        }) {
        CAPTURE(row.text);
        CHECK(refusal([&] { static_cast<void>(PricePerShare::parse(row.text)); }) == row.expected);
    }
}
