#include "postmoney/value/currency.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "../refusal.hpp"
#include "postmoney/value/money.hpp"

using postmoney::Currencies;
using postmoney::Currency;
using postmoney::Error;
using postmoney::ErrorCode;
using postmoney::Money;
using postmoney::test::refusal;

TEST_CASE("ISO 4217 gives each code its decimals") {
    struct Row {
        std::string_view code;
        int decimals;
    };
    for (const Row& row : std::vector<Row>{
             {"USD", 2}, {"EUR", 2}, {"GBP", 2}, {"CHF", 2}, {"ILS", 2}, {"INR", 2}, {"CNY", 2}, {"SEK", 2},
             {"AED", 2}, {"ZWL", 2}, {"IQD", 3}, {"AFN", 2}, {"MGA", 2}, {"MRU", 2},  // first, last, odd ones
             {"JPY", 0}, {"KRW", 0}, {"CLP", 0}, {"ISK", 0}, {"VND", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0},
             {"BHD", 3}, {"JOD", 3}, {"KWD", 3}, {"LYD", 3}, {"OMR", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4},
             {"UYI", 0}, {"CHE", 2}, {"CHW", 2}, {"MXV", 2}, {"USN", 2},  // funds codes
             {"SLE", 2}, {"VED", 2}, {"XCG", 2}, {"ZWG", 2}, {"XAD", 2},  // recent
             {"HRK", 2}, {"BGN", 2}, {"LTL", 2}, {"DEM", 2}, {"ITL", 0}, {"ANG", 2}, {"VEF", 2},  // withdrawn
             {"BGL", 2}, {"BYB", 0}, {"CSD", 2}, {"ECS", 2}, {"MGF", 0}, {"RUR", 2}, {"TPE", 0}, {"ZWR", 2},
         }) {
        CAPTURE(row.code);
        const Currency found = Currency::iso(row.code);
        CHECK(found.code() == row.code);
        CHECK(found.decimals() == row.decimals);
    }
}

TEST_CASE("the ISO table is sorted, without repeats, and each of its codes is found") {
    const auto table = postmoney::iso_currencies();
    CHECK(std::adjacent_find(table.begin(), table.end(), [](const Currency& a, const Currency& b) {
              return !(a < b) || a.code() >= b.code();
          }) == table.end());
    for (const Currency& unit : table) CHECK(Currency::find_iso(unit.code()) == unit);
}

TEST_CASE("no code besides the table's is found among all of three letters") {
    std::size_t found = 0;
    std::string code(3, 'A');
    for (code[0] = 'A'; code[0] <= 'Z'; ++code[0])
        for (code[1] = 'A'; code[1] <= 'Z'; ++code[1])
            for (code[2] = 'A'; code[2] <= 'Z'; ++code[2]) found += Currency::find_iso(code) ? 1U : 0U;
    CHECK(found == postmoney::iso_currencies().size());
}

TEST_CASE("what is no ISO currency is not found") {
    for (const std::string_view code :
         {"",    "U",   "US",  "usd", "USDC", "US ", "U\0D",         "XAU", "XDR", "XTS",
          "XEU", "XFU", "PLZ", "GWP", "XXX",  "BTC", "\xFF\xFF\xFF", "ZZZ", "AAA", "US1"}) {
        CAPTURE(code);
        CHECK_FALSE(Currency::find_iso(code));
    }
}

TEST_CASE("a user-defined unit keeps its code and decimals") {
    struct Row {
        std::string_view code;
        int decimals;
    };
    for (const Row& row : std::vector<Row>{
             {"BTC", 8}, {"USDC", 6}, {"XAU", 4}, {"A00", 0}, {"ABCDEFGHIJKL", 8}, {"USD", 2}, {"JPY", 0}}) {
        const Currency unit = Currency::user_defined(row.code, row.decimals);
        CHECK(unit.code() == row.code);
        CHECK(unit.decimals() == row.decimals);
    }
    CHECK(Currency::user_defined("USD", 2) == Currency::iso("USD"));
}

TEST_CASE("currencies compare by code, and are equal only with the same decimals") {
    const Currency a = Currency::user_defined("ABC", 2);
    CHECK(a == Currency::user_defined("ABC", 2));
    CHECK(a != Currency::user_defined("ABC", 3));
    CHECK(a < Currency::user_defined("ABC", 3));
    CHECK(a < Currency::user_defined("ABCD", 0));
    CHECK(a < Currency::user_defined("ABD", 0));
    CHECK(Currency::user_defined("ABCDEFGHI", 8) < Currency::user_defined("ABCDEFGHJ", 0));
    CHECK(Currency::user_defined("ABCDEFGH", 8) < Currency::user_defined("ABCDEFGHA", 0));
    CHECK(Currency::iso("EUR") < Currency::iso("USD"));
    static_assert(sizeof(Currency) == 16 && std::is_trivially_copyable_v<Currency>);
}

TEST_CASE("currency refusals") {
    struct Row {
        std::string refused;
        std::string_view message;
    };
    const auto iso = [](std::string_view code) { return refusal([&] { (void)Currency::iso(code); }); };
    const auto unit = [](std::string_view code, int decimals) {
        return refusal([&] { (void)Currency::user_defined(code, decimals); });
    };
    const auto get = [](std::string_view code) { return refusal([&] { (void)Currencies().get(code); }); };
    const std::vector<Row> rows{
        {iso("XYZ"), R"(got "XYZ", expected an ISO 4217 currency code [unknown-currency])"},
        {iso("usd"), R"(got "usd", expected an ISO 4217 currency code [unknown-currency])"},
        {iso(""), R"(got "", expected an ISO 4217 currency code [unknown-currency])"},
        {iso("XAU"), R"(got "XAU", expected an ISO 4217 currency code [unknown-currency])"},
        {get("USDC"),
         R"(got "USDC", expected an ISO 4217 currency code or a unit that was added [unknown-currency])"},
        {unit("AB", 2),
         R"(got "AB", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        {unit("ABCDEFGHIJKLM", 2),
         R"(got "ABCDEFGHIJKLM", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        {unit("1INCH", 2),
         R"(got "1INCH", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        {unit("usdc", 2),
         R"(got "usdc", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        {unit("USD C", 2),
         R"(got "USD C", expected a code of 3 to 12 capital letters and digits, a letter first [bad-currency])"},
        {unit("USDC", -1), R"(got "-1", expected 0 to 8 decimals [bad-currency])"},
        {unit("USDC", 9), R"(got "9", expected 0 to 8 decimals [bad-currency])"},
        {unit("USD", 4), "USD has 2 decimals and cannot be used with 4 [currency-redefined]"},
        {unit("JPY", 2), "JPY has 0 decimals and cannot be used with 2 [currency-redefined]"},
    };
    for (const Row& row : rows) CHECK(row.refused == row.message);
}

TEST_CASE("a hundredth of a currency is not the currency, and the refusal names it") {
    Currencies known;
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{{"GBp", "GBP"},
                                                                            {"GBX", "GBP"},
                                                                            {"ZAc", "ZAR"},
                                                                            {"ZAC", "ZAR"},
                                                                            {"ILa", "ILS"},
                                                                            {"ILA", "ILS"},
                                                                            {"USc", "USD"},
                                                                            {"USX", "USD"},
                                                                            {"EUc", "EUR"},
                                                                            {"CHf", "CHF"}}) {
        const std::string code = row.first;
        const std::string whole = row.second;
        CHECK(refusal([&] { static_cast<void>(known.get(code)); }) ==
              "got \"" + code + "\", expected " + whole + ", as " + code + " looks like its hundredth: 25 " +
                  code + " would be 0.25 " + whole + " [unknown-currency]");
        CHECK(refusal([&] { static_cast<void>(Currency::iso(code)); }).find("looks like its hundredth") !=
              std::string::npos);
    }
    for (const std::string code : {"gbp", "Gbp", "GbP", "gBp", "AAX", "GB", "GBPp"})
        CHECK(refusal([&] { static_cast<void>(known.get(code)); }).find("hundredth") == std::string::npos);
    known.add(Currency::user_defined("GBX", 0));
    CHECK(known.get("GBX").code() == "GBX");
}

TEST_CASE("a lookup knows ISO 4217 and what was added, in any order") {
    Currencies known;
    CHECK(known.get("USD") == Currency::iso("USD"));
    CHECK_FALSE(known.find("USDC"));
    known.add(Currency::user_defined("USDC", 6));
    known.add(Currency::user_defined("BTC", 8));
    known.add(Currency::user_defined("ETH", 8));
    known.add(Currency::iso("EUR"));
    CHECK(known.get("USDC").decimals() == 6);
    CHECK(known.get("BTC").decimals() == 8);
    CHECK_FALSE(known.find("DOGE"));
    REQUIRE(known.user_defined().size() == 3);
    CHECK(known.user_defined()[0].code() == "BTC");
    CHECK(known.user_defined()[1].code() == "ETH");
    CHECK(known.user_defined()[2].code() == "USDC");
}

TEST_CASE("adding a unit again changes nothing, and with other decimals is refused") {
    Currencies known;
    known.add(Currency::user_defined("USDC", 6));
    known.add(Currency::user_defined("USDC", 6));
    CHECK(known.user_defined().size() == 1);
    CHECK(refusal([&] { known.add(Currency::user_defined("USDC", 2)); }) ==
          "USDC has 6 decimals and cannot be used with 2 [currency-redefined]");
    CHECK(known.get("USDC").decimals() == 6);
}

TEST_CASE("two lookups are independent") {
    Currencies one;
    one.add(Currency::user_defined("USDC", 6));
    Currencies two = one;
    two.add(Currency::user_defined("BTC", 8));
    CHECK_FALSE(one.find("BTC"));
    CHECK_FALSE(Currencies().find("USDC"));
}

TEST_CASE("the code of a temporary outlives it") {
    const std::string_view iso = Currency::iso("USD").code();
    const std::string_view own = Currency::user_defined("LONGNAME", 6).code();
    const std::string_view of_money = Money(5, Currency::user_defined("LONGNAME", 6)).currency().code();
    std::string overwritten(64, '#');
    CHECK(overwritten.size() == 64);
    CHECK(iso == "USD");
    CHECK(own == "LONGNAME");
    CHECK(own.data() == of_money.data());
    static_assert(Currency::iso("EUR").code() == "EUR");
}
