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

namespace {

date::sys_days day(std::string_view text) {
    return PartialDate::parse(text).last_day();
}

// The rate and the way, or the refusal.
std::string conversion_of(const ExchangeRates& rates, std::string_view from, std::string_view to,
                          std::string_view on) {
    std::string found;
    const std::string refused = refusal([&] {
        const Conversion conversion = rates.conversion(Currency::iso(from), Currency::iso(to), day(on));
        found = conversion.rate.to_string() + ": " + conversion.way();
    });
    return found.empty() ? refused : found;
}

struct RateRow {
    std::string_view from;
    std::string_view to;
    std::string_view day;
    std::string_view expected;
};

void check_rates(const ExchangeRates& rates, const std::vector<RateRow>& rows) {
    for (const RateRow& row : rows) {
        CAPTURE(row.from);
        CAPTURE(row.to);
        CAPTURE(row.day);
        CHECK(conversion_of(rates, row.from, row.to, row.day) == row.expected);
    }
}

}  // namespace

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
                "round round=a, raised=1 USD",
            })
            .claims);
    check_rates(
        rates,
        {{"EUR", "USD", "2024-06-03", "27/25: EUR, 2024-06-03"},
         {"EUR", "USD", "2024-06-04", "27/25: EUR, 2024-06-03"},
         {"EUR", "USD", "2024-06-05", "11/10: EUR, 2024-06-05"},  // the source ranks before the place
         {"EUR", "USD", "2024-06-07", "5/4: EUR, 2024-06-07"},    // the inverse rate is later
         {"EUR", "USD", "2024-06-14", "5/4: EUR, 2024-06-07"},    // 7 days old
         {"EUR", "USD", "2024-06-15",
          "no rate from EUR to USD for 2024-06-15, nor within the 7 days before it; the nearest on record "
          "are of 2024-06-07 and no day after [no-rate]"},
         {"EUR", "USD", "2024-06-02",
          "no rate from EUR to USD for 2024-06-02, nor within the 7 days before it; the nearest on record "
          "are of no day before and 2024-06-03 [no-rate]"},
         {"CHF", "USD", "2024-06-05",
          "no rate from CHF to USD for 2024-06-05, nor within the 7 days before it; none between them is "
          "on record [no-rate]"},
         {"USD", "EUR", "2024-06-05", "10/11: USD, 2024-06-05"},
         {"USD", "JPY", "2024-06-05", "160/1: USD, 2024-06-05"},
         {"JPY", "USD", "2024-06-05", "1/100: JPY, 2024-06-05"},  // the direct one, not 1/160
         {"CHF", "CHF", "2024-06-05", "1/1: CHF"}});
}

TEST_CASE("how old a day's rate may be can be said") {
    const auto claims = dossier_of({"fx_rate base=EUR, quote=USD, on=2024-06-01, rate=2"}).claims;
    struct AgeRow {
        int age;
        std::string_view last;
    };
    for (const AgeRow& row : {AgeRow{0, "2024-06-01"}, AgeRow{1, "2024-06-02"}, AgeRow{31, "2024-07-02"}}) {
        CAPTURE(row.age);
        const ExchangeRates rates(claims, {}, date::days(row.age));
        CHECK(conversion_of(rates, "EUR", "USD", row.last) == "2/1: EUR, 2024-06-01");
        CHECK(refusal([&] {
                  (void)rates.rate(Currency::iso("EUR"), Currency::iso("USD"), day(row.last) + date::days(1));
              }).ends_with("[no-rate]"));
    }
    CHECK(refusal([&] { static_cast<void>(ExchangeRates(claims, {}, date::days(-1))); }) ==
          R"(got "-1", expected an age of rates of at least 0 days [out-of-range])");
}

TEST_CASE("a rate of a period serves the days in it alone, after those of a day") {
    const ExchangeRates rates(dossier_of({
                                             "fx_rate base=EUR, quote=USD, on=2024, rate=10",
                                             "fx_rate base=EUR, quote=USD, on=2024-06, rate=6",
                                             "fx_rate base=USD, quote=EUR, on=2024-Q2, rate=0.25",
                                             "fx_rate base=EUR, quote=USD, on=2024-12-31, rate=12",
                                             "fx_rate base=EUR, quote=USD, on=2024-06-10, rate=5",
                                             "fx_rate base=GBP, quote=USD, on=2024-05, rate=1.25",
                                         })
                                  .claims);
    check_rates(rates,
                {{"EUR", "USD", "2024-01-01", "10/1: EUR, 2024"},
                 {"EUR", "USD", "2024-05-01", "4/1: EUR, 2024-Q2"},
                 {"EUR", "USD", "2024-06-09", "6/1: EUR, 2024-06"},
                 {"EUR", "USD", "2024-06-10", "5/1: EUR, 2024-06-10"},
                 {"EUR", "USD", "2024-06-17", "5/1: EUR, 2024-06-10"},
                 {"EUR", "USD", "2024-06-18", "6/1: EUR, 2024-06"},
                 {"EUR", "USD", "2024-12-30", "10/1: EUR, 2024"},
                 {"EUR", "USD", "2024-12-31", "12/1: EUR, 2024-12-31"},  // two facts
                 {"EUR", "USD", "2025-01-07", "12/1: EUR, 2024-12-31"},
                 {"GBP", "USD", "2024-05-01", "5/4: GBP, 2024-05"},
                 {"GBP", "USD", "2024-06-01",
                  "no rate from GBP to USD for 2024-06-01, nor within the 7 days before it; the nearest on "
                  "record are of 2024-05 and no day after [no-rate]"}});
}

TEST_CASE("a crossing goes over the third currency whose older rate is latest, then EUR, USD, the code") {
    const ExchangeRates rates(dossier_of({
                                             "fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.0872",
                                             "fx_rate base=EUR, quote=GBP, on=2024-06-05, rate=0.85048",
                                             "fx_rate base=CHF, quote=GBP, on=2024-06-05, rate=2",
                                             "fx_rate base=CHF, quote=USD, on=2024-06-05, rate=3",
                                             "fx_rate base=SEK, quote=GBP, on=2024-06-06, rate=4",
                                             "fx_rate base=SEK, quote=USD, on=2024-06-07, rate=5",
                                             "fx_rate base=NOK, quote=DKK, on=2024-06-05, rate=1",
                                             "fx_rate base=JPY, quote=GBP, on=2024, rate=7",
                                             "fx_rate base=JPY, quote=USD, on=2024-06-09, rate=8",
                                         })
                                  .claims);
    check_rates(rates,
                {{"GBP", "USD", "2024-06-05", "13590/10631: GBP over EUR, 2024-06-05"},
                 {"USD", "GBP", "2024-06-05", "10631/13590: USD over EUR, 2024-06-05"},
                 {"GBP", "USD", "2024-06-07", "5/4: GBP over SEK, 2024-06-06"},
                 {"GBP", "USD", "2024-06-09", "8/7: GBP over JPY, 2024"},  // a period is as old as the day
                 {"GBP", "DKK", "2024-06-05",
                  "no rate from GBP to DKK for 2024-06-05, nor within the 7 days before it; none between "
                  "them is on record [no-rate]"}});
}

TEST_CASE("a parity comes before every rate, and takes part in crossings") {
    const ExchangeRates rates(dossier_of({
                                             "fx_rate base=BGN, quote=EUR, on=2024-06-05, rate=0.9",
                                             "fx_rate base=EUR, quote=USD, on=2024-06-05, rate=2",
                                             "fx_rate base=DEM, quote=USD, on=1998-12-31, rate=0.6",
                                         })
                                  .claims);
    check_rates(rates,
                {{"BGN", "EUR", "2024-06-05", "100000/195583: BGN at parity"},
                 {"DEM", "FRF", "2024-06-05", "655957/195583: DEM at parity"},
                 {"BGN", "USD", "2024-06-05", "200000/195583: BGN over EUR, 2024-06-05"},
                 {"DEM", "USD", "1998-12-31", "3/5: DEM, 1998-12-31"},
                 {"HRK", "EUR", "2022-12-31",
                  "no rate from HRK to EUR for 2022-12-31, nor within the 7 days before it; none between "
                  "them is on record [no-rate]"},
                 {"HRK", "EUR", "2023-01-01", "2000/15069: HRK at parity"}});
}

TEST_CASE("amounts of several days are converted exactly and rounded once") {
    const ExchangeRates rates(dossier_of({
                                             "fx_rate base=EUR, quote=USD, on=2024-06-05, rate=1.005",
                                             "fx_rate base=EUR, quote=USD, on=2024-06-06, rate=1.015",
                                         })
                                  .claims);
    const Currency eur = Currency::iso("EUR");
    const Currency usd = Currency::iso("USD");
    const Money one = Money::of(Decimal(1), eur);
    CHECK(rates.convert(one, usd, day("2024-06-05"), Rounding::half_even).to_string() == "1.00 USD");
    CHECK(rates.convert(one, usd, day("2024-06-06"), Rounding::half_even).to_string() == "1.02 USD");
    const std::vector<DatedMoney> amounts{{one, day("2024-06-05")}, {one, day("2024-06-06")}};
    CHECK(rates.convert(amounts, usd, Rounding::half_even).to_string() == "2.02 USD");
    CHECK(refusal([&] {
              (void)rates.convert(one, usd, day("2024-06-05"), Rounding::never);
          }).ends_with("[inexact]"));
    CHECK(rates.convert(std::vector<DatedMoney>{}, usd, Rounding::never).to_string() == "0.00 USD");
}
