#include "postmoney/value/balance.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <sstream>
#include <string>
#include <string_view>

#include "../refusal.hpp"
#include "money_text.hpp"

using postmoney::Balance;
using postmoney::Currency;
using postmoney::Money;
using postmoney::test::money;
using postmoney::test::refusal;

TEST_CASE("a balance keeps one amount a currency, sorted by code") {
    Balance balance;
    balance += money("2 USD");
    balance += money("1 EUR");
    balance += money("500 JPY");
    balance += money("0.50 USD");
    CHECK(balance.to_string() == "1.00 EUR, 500 JPY, 2.50 USD");
    CHECK(balance.size() == 3);
    CHECK(balance.begin()->to_string() == "1.00 EUR");
    CHECK(balance.of(Currency::iso("USD")) == money("2.50 USD"));
    CHECK(balance.of(Currency::iso("GBP")) == money("0 GBP"));
    std::ostringstream out;
    out << balance;
    CHECK(out.str() == "1.00 EUR, 500 JPY, 2.50 USD");
}

TEST_CASE("an amount that comes to zero is dropped") {
    Balance balance(money("2 USD"));
    balance += money("0 EUR");
    CHECK(balance.size() == 1);
    balance -= money("2 USD");
    CHECK(balance.is_zero());
    CHECK(balance == Balance());
    CHECK(balance.to_string() == "0");
    CHECK(Balance(money("0 USD")).is_zero());
}

TEST_CASE("balances add and subtract, also from themselves") {
    const Balance a = Balance(money("2 USD")) + money("1 EUR");
    const Balance b = Balance(money("3 USD")) - money("1 GBP");
    CHECK((a + b).to_string() == "1.00 EUR, -1.00 GBP, 5.00 USD");
    CHECK((a - b).to_string() == "1.00 EUR, 1.00 GBP, -1.00 USD");
    CHECK((-a).to_string() == "-1.00 EUR, -2.00 USD");
    CHECK(a + b == b + a);
    CHECK((a - a).is_zero());
    Balance c = a;
    const Balance& itself = c;
    c += itself;
    CHECK(c.to_string() == "2.00 EUR, 4.00 USD");
    c += *c.begin();
    CHECK(c.to_string() == "4.00 EUR, 4.00 USD");
    c -= *c.begin();
    CHECK(c.to_string() == "4.00 USD");
    c -= itself;
    CHECK(c.is_zero());
}

TEST_CASE("a refused sum leaves the balance as it was") {
    const Currency usd = Currency::iso("USD");
    const Money most(std::numeric_limits<std::int64_t>::max(), usd);
    Balance balance(most);
    const Balance cent_and_euro = Balance(money("0.01 USD")) + money("1 EUR");
    CHECK(refusal([&] { balance += money("0.01 USD"); }) ==
          "92233720368547758.07 USD + 0.01 USD is beyond 64-bit minor units [overflow]");
    CHECK(refusal([&] { balance += cent_and_euro; }) ==
          "92233720368547758.07 USD + 0.01 USD is beyond 64-bit minor units [overflow]");
    CHECK(balance == Balance(most));
    CHECK(refusal([&] { balance -= Balance(money("-1 EUR")) - money("0.01 USD"); }) ==
          "92233720368547758.07 USD - -0.01 USD is beyond 64-bit minor units [overflow]");
    CHECK(balance == Balance(most));
}

TEST_CASE("one code with two numbers of decimals is refused") {
    Balance balance(Money(5, Currency::user_defined("ABC", 2)));
    CHECK(refusal([&] { balance += Money(5, Currency::user_defined("ABC", 3)); }) ==
          "ABC has 2 decimals and cannot be used with 3 [currency-redefined]");
    CHECK(balance.to_string() == "0.05 ABC");
}
