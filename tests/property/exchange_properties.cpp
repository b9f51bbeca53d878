#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "postmoney/answer/exchange.hpp"

using namespace postmoney;

namespace {

const std::vector<std::string> codes{"USD", "EUR", "GBP", "DEM", "BGN", "HRK"};

Currency any_rated_currency() {
    return Currency::iso(*rc::gen::elementOf(codes));
}

PartialDate any_rate_date() {
    const int month = *rc::gen::inRange(1, 4);
    if (*rc::gen::inRange(0, 4) == 0) return PartialDate::month(2023, month);
    return PartialDate::day(2023, month, *rc::gen::inRange(1, 29));
}

ExchangeRates any_rates() {
    std::vector<Claim> claims;
    for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
        const Currency base = any_rated_currency();
        const Currency quote = any_rated_currency();
        // Rates of both ways round on one day need not be inverses of one another.
        if (base.code() >= quote.code()) continue;
        const auto rate = Decimal::of_coefficient(*rc::gen::inRange<std::int64_t>(1, 100000), -4);
        claims.push_back({.entry = {.content = FxRate{base, quote, any_rate_date(), rate}},
                          .id = {},
                          .recorded = Timestamp::parse("2025-01-01T00:00:00Z"),
                          .place = {{}, static_cast<std::int64_t>(claims.size()) + 1}});
    }
    return ExchangeRates(claims);
}

std::optional<Ratio> rate_of(const ExchangeRates& rates, const Currency& from, const Currency& to,
                             date::sys_days day) {
    try {
        return rates.rate(from, to, day);
    } catch (const Error& error) {
        RC_ASSERT(error.code() == ErrorCode::no_rate);
        return std::nullopt;
    }
}

}  // namespace

TEST_CASE("there and back by exact ratios gives the amount again") {
    CHECK(rc::check([] {
        const ExchangeRates rates = any_rates();
        const Currency from = any_rated_currency();
        const Currency to = any_rated_currency();
        const auto day = any_rate_date().last_day();
        const auto there = rate_of(rates, from, to, day);
        const auto back = rate_of(rates, to, from, day);
        RC_ASSERT(there.has_value() == back.has_value());
        if (!there) return;
        const Ratio amount(Decimal::of_coefficient(*rc::gen::inRange<std::int64_t>(0, 1'000'000), -2));
        RC_ASSERT(amount * *there * *back == amount);
    }));
}
