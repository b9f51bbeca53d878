// ExchangeRates: the resolved rates of a ledger, and the one to use for a day.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "postmoney/answer/resolution.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney {

//--- Interface ---

class ExchangeRates {
  public:
    // A rate is used for its own day and the 7 days after it.
    static constexpr date::days max_age{7};

    ExchangeRates() = default;
    // The claims' rates, resolved by base, quote and day. Claims of other kinds are passed over.
    explicit ExchangeRates(const std::vector<Claim>& claims, const ResolutionPolicy& policy = {});

    // How many units of `to` one unit of `from` costs on that day: the latest rate on or before it, at most 7
    // days old, or the inverse of one; of two equally late ones the direct one. A partial date of a rate
    // counts as its last day. 1 for the same currency. Throws no-rate, naming the pair and the day.
    [[nodiscard]] Ratio rate(const Currency& from, const Currency& to, date::sys_days day) const;

  private:
    struct Dated {
        date::sys_days on;
        Decimal rate;
    };
    [[nodiscard]] std::optional<Dated> latest(const Currency& base, const Currency& quote,
                                              date::sys_days day) const;

    // Base, quote, day.
    std::map<std::tuple<std::string, std::string, date::sys_days>, Decimal> rates_;
};

//--- Definitions ---

inline ExchangeRates::ExchangeRates(const std::vector<Claim>& claims, const ResolutionPolicy& policy) {
    std::map<std::tuple<std::string, std::string, date::sys_days>, const Claim*> winners;
    for (const Claim& claim : claims) {
        const auto* rate = claim.as<FxRate>();
        if (rate == nullptr) continue;
        const auto [at, is_new] = winners.try_emplace(
            {std::string(rate->base.code()), std::string(rate->quote.code()), rate->on.last_day()}, &claim);
        if (!is_new && policy.prefers(claim, *at->second)) at->second = &claim;
    }
    for (const auto& [fact, claim] : winners) rates_.emplace(fact, claim->as<FxRate>()->rate);
}

inline std::optional<ExchangeRates::Dated> ExchangeRates::latest(const Currency& base, const Currency& quote,
                                                                 date::sys_days day) const {
    const std::string base_code(base.code());
    const std::string quote_code(quote.code());
    auto at = rates_.upper_bound({base_code, quote_code, day});
    if (at == rates_.begin()) return std::nullopt;
    --at;
    const auto& [from, to, on] = at->first;
    if (from != base_code || to != quote_code || day - on > max_age) return std::nullopt;
    return Dated{on, at->second};
}

inline Ratio ExchangeRates::rate(const Currency& from, const Currency& to, date::sys_days day) const {
    if (from == to) return Ratio::of(Decimal(1), Decimal(1));
    const auto direct = latest(from, to, day);
    const auto inverse = latest(to, from, day);
    if (direct && (!inverse || direct->on >= inverse->on)) return Ratio::of(direct->rate, Decimal(1));
    if (inverse) return Ratio::of(Decimal(1), inverse->rate);
    throw Error(ErrorCode::no_rate, "no rate from " + std::string(from.code()) + " to " +
                                        std::string(to.code()) + " for " + day_text(day) +
                                        ", nor within the 7 days before it");
}

}  // namespace postmoney
