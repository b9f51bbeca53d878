#include "postmoney/value/amount.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::Agreement;
using postmoney::agreement;
using postmoney::Amount;
using postmoney::brief;
using postmoney::Currencies;
using postmoney::Currency;
using postmoney::Money;
using postmoney::Quantity;
using postmoney::test::refusal;

TEST_CASE("an amount is read in whole minor units, and written back as stated") {
    struct Row {
        std::string_view text;
        std::string_view known;
        std::string_view lower;
        std::string_view upper;
    };
    for (const Row& row : std::vector<Row>{
             {"6 billion USD", "6000000000.00 USD", "6000000000.00 USD", "6000000000.00 USD"},
             {"77593 USD", "77593.00 USD", "77593.00 USD", "77593.00 USD"},
             {"1500.50 EUR", "1500.50 EUR", "1500.50 EUR", "1500.50 EUR"},
             {"1.500 USD", "1.50 USD", "1.50 USD", "1.50 USD"},
             {"1.005 KWD", "1.005 KWD", "1.005 KWD", "1.005 KWD"},
             {"1.0 JPY", "1 JPY", "1 JPY", "1 JPY"},
             {"92233720368547758.07 USD", "92233720368547758.07 USD", "92233720368547758.07 USD",
              "92233720368547758.07 USD"},
             {"about 100 million USD", "100000000.00 USD", "99000000.00 USD", "101000000.00 USD"},
             {"about 1.500 USD", "1.50 USD", "1.49 USD",
              "1.51 USD"},  // 0.001 either way, outward to whole cents
             {"at least 5 million USD", "5000000.00 USD", "5000000.00 USD", "open"},
             {"more than 40 billion USD", "40000000000.00 USD", "40000000000.00 USD", "open"},
             {"at most 5 USD", "0.00 USD", "0.00 USD", "5.00 USD"},
             {"less than 5 USD", "0.00 USD", "0.00 USD", "5.00 USD"},
             {"between 40 and 45 billion USD", "40000000000.00 USD", "40000000000.00 USD",
              "45000000000.00 USD"},
         }) {
        CAPTURE(row.text);
        const Amount amount = Amount::parse(row.text);
        CHECK(amount.known().to_string() == row.known);
        CHECK(amount.lower().to_string() == row.lower);
        CHECK((amount.upper() ? amount.upper()->to_string() : "open") == row.upper);
        CHECK(amount.to_string() == row.text);
    }
}

TEST_CASE("the number stated is there whatever the qualifier says of it") {
    CHECK(Amount::parse("at most 5 million USD").number().to_string() == "5000000.00 USD");
    CHECK(Amount::parse("more than 5 million USD").number().to_string() == "5000000.00 USD");
    CHECK(Amount::parse("between 4 and 5 million USD").number().to_string() == "4000000.00 USD");
}

TEST_CASE("what is no amount is refused") {
    struct Row {
        std::string_view text;
        std::string_view expected;
    };
    for (
        const Row& row : std::vector<Row>{
            {"6 billion",
             R"(got "6 billion", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: the currency is missing [bad-amount])"},
            {"USD 6",
             R"(got "USD 6", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: "USD" is no number: digits, with an optional point, after an optional qualifier [bad-amount])"},
            {"6 billion usd",
             R"(got "6 billion usd", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: "usd" is neither thousand, million, billion or trillion nor a currency in capital letters [bad-amount])"},
            {"6 billion USD ",
             R"(got "6 billion USD ", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: there is a space at its end [bad-amount])"},
            {"6  USD",
             R"(got "6  USD", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: there are two spaces [bad-amount])"},
            {"1,000 USD",
             R"(got "1,000 USD", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: "1,000" has a comma: a number has digits, with an optional point [bad-amount])"},
            {"-5 USD",
             R"(got "-5 USD", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: it is below 0 [bad-amount])"},
            {"5e6 USD",
             R"(got "5e6 USD", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: "5e6" is no number: digits, with an optional point [bad-amount])"},
            {"undisclosed USD",
             R"(got "undisclosed USD", expected [qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite: "USD" is too much [bad-amount])"},
            {"6 billion QQQ",
             R"(got "QQQ", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
            {"1.005 USD",
             R"(got "1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
            {"0.5 JPY",
             R"(got "0.5 JPY", expected whole minor units of JPY (0 decimals) [fractional-minor-unit])"},
            {"0.0000000005 trillion USD", "no refusal"},
            {"0.000000000000005 trillion USD",
             R"(got "0.000000000000005 trillion USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
            {"between 1 and 1.005 USD",
             R"(got "between 1 and 1.005 USD", expected whole minor units of USD (2 decimals) [fractional-minor-unit])"},
            {"92233720368547758.08 USD",
             R"(got "92233720368547758.08 USD", expected an amount within 64-bit minor units [overflow])"},
            {"between 1 and 92234 trillion USD",
             R"(got "between 1 and 92234 trillion USD", expected an amount within 64-bit minor units [overflow])"},
            {"about 92233720368547758.07 USD",
             R"(got "about 92233720368547758.07 USD", expected an amount within 64-bit minor units [overflow])"},
        }) {
        CAPTURE(row.text);
        CHECK(refusal([&] { static_cast<void>(Amount::parse(row.text)); }) == row.expected);
    }
}

TEST_CASE("an undisclosed amount has neither a currency nor figures") {
    const Amount amount = Amount::parse("undisclosed");
    CHECK_FALSE(amount.disclosed());
    CHECK_FALSE(amount.currency().has_value());
    CHECK(amount.to_string() == "undisclosed");
    CHECK(amount == Amount::undisclosed());
    for (const std::string& refused : {refusal([&] { static_cast<void>(amount.known()); }),
                                       refusal([&] { static_cast<void>(amount.lower()); }),
                                       refusal([&] { static_cast<void>(amount.upper()); }),
                                       refusal([&] { static_cast<void>(amount.number()); })}) {
        CHECK(refused == "an undisclosed amount has no figures [misuse]");
    }
    CHECK(refusal([] { Amount(Quantity::undisclosed(), Currency::iso("USD")); }) ==
          "an undisclosed amount has no currency [misuse]");
}

TEST_CASE("an amount may be in a unit that the ledger defines") {
    Currencies currencies;
    currencies.add(Currency::user_defined("WBTC", 8));
    CHECK(Amount::parse("0.00000001 WBTC", currencies).known().minor() == 1);
}

TEST_CASE("an amount of money is an exact one") {
    CHECK(Amount(Money::parse("1500.50 EUR")).to_string() == "1500.50 EUR");
    CHECK(refusal([] { Amount(Money::parse("-1 EUR")); }) ==
          R"(got "-1.00", expected a number that is not negative [out-of-range])");
}

TEST_CASE("brief says a sum exactly, in the largest magnitude that it reaches") {
    struct Row {
        std::string_view money;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{{"12134680000 USD", "12.13468 billion USD"},
                                           {"6000000000 USD", "6 billion USD"},
                                           {"999999999.99 USD", "999.99999999 million USD"},
                                           {"1000000 USD", "1 million USD"},
                                           {"999999.99 USD", "999999.99 USD"},
                                           {"77593 USD", "77593 USD"},
                                           {"0.50 USD", "0.50 USD"},
                                           {"0 USD", "0 USD"},
                                           {"-1000000 USD", "-1 million USD"},
                                           {"2500000000000 JPY", "2.5 trillion JPY"}}) {
        CHECK(brief(Money::parse(row.money)) == row.expected);
    }
}

TEST_CASE("amounts of two currencies are not compared, and undisclosed agrees with all") {
    const auto amount = [](std::string_view text) { return Amount::parse(text); };
    CHECK(agreement(amount("12 billion USD"), amount("12.13468 billion USD")) == Agreement::agree);
    CHECK(agreement(amount("5 billion USD"), amount("6 billion USD")) == Agreement::disagree);
    CHECK(agreement(amount("5 billion USD"), amount("5 billion EUR")) == Agreement::not_comparable);
    CHECK(agreement(amount("5 billion USD"), amount("undisclosed")) == Agreement::agree);
    CHECK(agreement(Money::parse("12134680000 USD"), amount("12 billion USD")) == Agreement::agree);
    CHECK(agreement(Money::parse("12134680000 USD"), amount("11 billion USD")) == Agreement::disagree);
    CHECK(agreement(Money::parse("12134680000 USD"), amount("12 billion EUR")) == Agreement::not_comparable);
    CHECK(agreement(Money::parse("12134680000 USD"), amount("undisclosed")) == Agreement::agree);
}
