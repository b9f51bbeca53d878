// What tells facts of a date apart: claims of one key are claims on one fact.
#pragma once

#include <string>
#include <tuple>

#include "postmoney/fact/fx_rate.hpp"
#include "postmoney/fact/market_total.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Ordered by the first and last day, so that facts come out in time order. `2024` and `2024-12-31` are two.
using DateKey = std::tuple<date::sys_days, date::sys_days>;
using RateKey = std::tuple<std::string, std::string, DateKey>;  // base, quote
using MarketKey = std::tuple<std::string, DateKey>;

[[nodiscard]] inline DateKey key_of(const PartialDate& on) {
    return {on.first_day(), on.last_day()};
}

[[nodiscard]] inline RateKey key_of(const FxRate& rate) {
    return {std::string(rate.base.code()), std::string(rate.quote.code()), key_of(rate.on)};
}

[[nodiscard]] inline MarketKey key_of(const MarketTotal& total) {
    return {total.market, key_of(total.period)};
}

}  // namespace POSTMONEY_NAMESPACE::detail
