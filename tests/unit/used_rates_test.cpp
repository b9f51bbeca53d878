#include "postmoney/answer/used_rates.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"
#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;
using postmoney::test::refusal;

namespace {

// What is used for each part: "ROUND CLOSING DAY AMOUNT: WAY", or why nothing is.
std::vector<std::string> used_in_usd(const std::vector<std::string>& lines, std::string_view as_of = {}) {
    const Dossier dossier = dossier_of(lines);
    TotalOptions options{.in = Currency::iso("USD")};
    if (!as_of.empty()) options.as_of = PartialDate::parse(as_of);
    const ResolvedCompany company = resolve(dossier, {}, {.as_of = options.as_of, .known_at = {}});
    std::vector<std::string> texts;
    for (const UsedRate& used : used_rates(company, options, ExchangeRates(dossier.claims))) {
        texts.push_back(used.round + " " + used.closing + " " +
                        (used.day ? PartialDate::day(*used.day).to_string() : "-") + " " +
                        used.amount.to_string() + ": " +
                        (used.conversion ? used.conversion->way() : used.missing));
    }
    return texts;
}

}  // namespace

TEST_CASE("each part of what a round brings has the rate of its own day") {
    const std::vector<std::string> lines{
        "fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.1",
        "fx_rate base=EUR, quote=GBP, on=2024-06-05, rate=0.85",
        "round round=a, closed=2024-06-06, raised=10 million GBP, instrument=equity",
        "closing round=a, on=2024-06-10, amount=4 million GBP, name=second",
        "round round=b, closed=2024-06-06, raised=3 million USD",
        "round round=c, closed=2024-08-01, raised=2 million EUR",
        "round round=d, raised=1 million EUR",
        "round round=e, closed=2024-06-06, raised=undisclosed",
    };
    CHECK(used_in_usd(lines) ==
          std::vector<std::string>{
              "a  2024-06-06 6000000.00 GBP: GBP over EUR, 2024-06-05",
              "a second 2024-06-10 4000000.00 GBP: GBP over EUR, 2024-06-05",
              "b  2024-06-06 3000000.00 USD: USD",
              "c  2024-08-01 2000000.00 EUR: no rate from EUR to USD for 2024-08-01, nor within the 7 days "
              "before it; the nearest on record are of 2024-06-05 and no day after",
              "d  - 1000000.00 EUR: no rate from EUR to USD for a round without a date",
          });
    CHECK(used_in_usd(lines, "2024-06-07") ==
          std::vector<std::string>{
              "a  2024-06-06 6000000.00 GBP: GBP over EUR, 2024-06-05",
              "b  2024-06-06 3000000.00 USD: USD",
              "d  - 0.00 EUR: no rate from EUR to USD for a round without a date",
          });
}

TEST_CASE("conversions in another currency that come off a round are below 0") {
    CHECK(used_in_usd({
              "fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.1",
              "round round=s, closed=2024-01-05, raised=1 million USD, instrument=safe",
              "round round=a, closed=2024-06-06, raised=10 million EUR, includes_conversions=1 million USD",
          }) == std::vector<std::string>{
                    "s  2024-01-05 1000000.00 USD: USD",
                    "a  2024-06-06 10000000.00 EUR: EUR, 2024-06-05",
                    "a  2024-06-06 -1000000.00 USD: USD",
                });
}

TEST_CASE("the rates of a total need a currency to convert to") {
    CHECK(refusal([] { (void)used_rates({}, {}, {}); }) ==
          "rates are used where a currency to convert to is given [misuse]");
}
