#include "postmoney/answer/exchange.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"
#include "dossier_builder.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;
using postmoney::test::refusal;

TEST_CASE("a day's rate is the latest on or before it, at most 7 days old, or the inverse of one") {
    const ExchangeRates rates(
        dossier_of(
            {
                "source id=bank, type=database, published=2024",
                "fx_rate base=EUR, quote=USD, on=2024-06-03, rate=1.08",
                "bank: fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.10",
                "fx_rate base=EUR, quote=USD, on=2024-06-05, rate=9",  // the later place, but no source
                "fx_rate base=USD, quote=EUR, on=2024-06-07, rate=0.8",
                "fx_rate base=USD, quote=JPY, on=2024-06-05, rate=160",
                "fx_rate base=JPY, quote=USD, on=2024-06-05, rate=0.01",  // as late as the inverse
                "fx_rate base=GBP, quote=USD, on=2024-05, rate=1.25",     // counts from the 31st
                "round round=a, raised=1 USD",
            })
            .claims);
    struct Row {
        std::string_view from;
        std::string_view to;
        std::string_view day;
        std::string_view expected;
    };
    const auto no = [](std::string_view pair, std::string_view day) {
        return "no rate from " + std::string(pair) + " for " + std::string(day) +
               ", nor within the 7 days before it [no-rate]";
    };
    const std::string none = no("EUR to USD", "2024-06-02");
    const std::string late = no("EUR to USD", "2024-06-15");
    const std::string other = no("EUR to JPY", "2024-06-05");
    const std::string month = no("GBP to USD", "2024-05-30");
    for (const Row& row : std::vector<Row>{
             {"EUR", "USD", "2024-06-03", "27/25"},
             {"EUR", "USD", "2024-06-04", "27/25"},
             {"EUR", "USD", "2024-06-05", "11/10"},  // the source ranks before the place
             {"EUR", "USD", "2024-06-06", "11/10"},
             {"EUR", "USD", "2024-06-07", "5/4"},  // the inverse rate is later
             {"EUR", "USD", "2024-06-14", "5/4"},  // 7 days old
             {"EUR", "USD", "2024-06-15", late},   // 8 days old
             {"EUR", "USD", "2024-06-02", none},
             {"USD", "EUR", "2024-06-05", "10/11"},
             {"USD", "EUR", "2024-06-07", "4/5"},
             {"USD", "JPY", "2024-06-05", "160/1"},
             {"JPY", "USD", "2024-06-05", "1/100"},  // the direct one, not 1/160
             {"GBP", "USD", "2024-05-31", "5/4"},
             {"GBP", "USD", "2024-05-30", month},
             {"GBP", "USD", "2024-06-07", "5/4"},
             {"EUR", "JPY", "2024-06-05", other},  // no rate by way of a third currency
             {"CHF", "CHF", "2024-06-05", "1/1"},
         }) {
        CAPTURE(row.from);
        CAPTURE(row.day);
        std::string found;
        const std::string refused = refusal([&] {
            found = rates
                        .rate(Currency::iso(row.from), Currency::iso(row.to),
                              PartialDate::parse(row.day).last_day())
                        .to_string();
        });
        CHECK((found.empty() ? refused : found) == row.expected);
    }
}
