// SharePriceStep and LatestSharePrice: what a share cost in one round and another, across splits.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/answer/carried_shares.hpp"
#include "postmoney/answer/round_figures.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/price_per_share.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney {

//--- Interface ---

// The price of a share in a round beside that in the last round before it. Both are rounds for which new
// shares pay, that have a date, state a price per share and are neither rumoured nor cancelled, whatever
// their classes; which was the last is told as for PriceStep. It points into the company.
struct SharePriceStep {
    const ResolvedRound* last = nullptr;
    CarriedShares carried = {};  // what a share of that round had become by this one
    std::optional<Ratio> last_price =
        {};                            // of what one share of this round cost then; null with a gap before
    std::optional<Ratio> step = {};    // this price over it
    std::optional<ShareGap> gap = {};  // why there is no step, though there is a last price
};

// One row a round of the company, in the same order.
[[nodiscard]] std::vector<SharePriceStep> share_price_steps(const ResolvedCompany& company);

// What a share of a class costs by the latest round that says so, as one share of now. It points into the
// company.
struct LatestSharePrice {
    const ResolvedRound* round = nullptr;  // null where none states a price
    CarriedShares carried = {};            // what a share of that round has become since
    std::optional<Ratio> price = {};       // null with a gap
    std::optional<Currency> currency = {};
    std::optional<ShareGap> gap = {};  // why it cannot be told
};

// Of the rounds of that class (null: that say none) as for SharePriceStep, as of a day those whose date has
// surely come, the latest. `company` was resolved with the same day.
[[nodiscard]] LatestSharePrice latest_share_price(const ResolvedCompany& company,
                                                  const std::optional<std::string>& security_class,
                                                  const std::optional<PartialDate>& as_of = {});

//--- Definitions ---

namespace detail {

[[nodiscard]] inline bool sets_share_price(const ResolvedRound& round) {
    return round.price_per_share && round.date() && round.takes_place() && new_shares_pay_for(round);
}

[[nodiscard]] inline bool has_surely_come(const ResolvedRound& round,
                                          const std::optional<PartialDate>& as_of) {
    const auto date = round.date();
    return !as_of || (date && date->surely_by(as_of->last_day()));
}

[[nodiscard]] inline SharePriceStep share_price_step(const ResolvedCompany& company,
                                                     const ResolvedRound& round, const DatedRounds& priced) {
    if (!sets_share_price(round)) return {};
    const ResolvedRound* last = priced.last_before(*round.date(), true);
    if (last == nullptr) return {};
    SharePriceStep result{.last = last};
    result.carried = carry_shares(company, last->security_class.get(), last->date(), round.date());
    result.gap = result.carried.gap;
    if (result.gap) return result;
    const PricePerShare& price = round.price_per_share.value();
    const PricePerShare& before = last->price_per_share.value();
    result.last_price = Ratio(before.number()) / result.carried.factor;
    if (price.currency() == before.currency()) {
        result.step = Ratio(price.number()) / *result.last_price;
    } else {
        result.gap = ShareGap::currency;
    }
    return result;
}

// A round's price as that of one share of now.
[[nodiscard]] inline LatestSharePrice price_of_now(const ResolvedCompany& company,
                                                   const ResolvedRound& round) {
    LatestSharePrice result{.round = &round};
    result.carried = carry_shares(company, round.security_class.get(), round.date());
    result.gap = result.carried.gap;
    if (result.gap) return result;
    const PricePerShare& stated = round.price_per_share.value();
    result.price = Ratio(stated.number()) / result.carried.factor;
    result.currency = stated.currency();
    return result;
}

}  // namespace detail

inline std::vector<SharePriceStep> share_price_steps(const ResolvedCompany& company) {
    const detail::DatedRounds priced(company, detail::sets_share_price);
    std::vector<SharePriceStep> steps;
    for (const ResolvedRound& round : company.rounds)
        steps.push_back(detail::share_price_step(company, round, priced));
    return steps;
}

inline LatestSharePrice latest_share_price(const ResolvedCompany& company,
                                           const std::optional<std::string>& security_class,
                                           const std::optional<PartialDate>& as_of) {
    std::vector<const ResolvedRound*> priced;  // by the last days of their dates, as the company's rounds are
    for (const ResolvedRound& round : company.rounds) {
        if (detail::sets_share_price(round) && detail::has_surely_come(round, as_of) &&
            round.security_class.get() == security_class)
            priced.push_back(&round);
    }
    if (priced.empty()) return {.gap = ShareGap::no_price};
    LatestSharePrice latest = detail::price_of_now(company, *priced.back());
    for (const ResolvedRound* round : priced) {
        if (latest.gap || detail::surely_before(*round->date(), *latest.round->date())) continue;
        const LatestSharePrice other = detail::price_of_now(company, *round);
        if (other.price == latest.price && other.currency == latest.currency) continue;
        latest.gap = ShareGap::price_order;
        latest.price.reset();
        latest.currency.reset();
    }
    return latest;
}

}  // namespace postmoney
