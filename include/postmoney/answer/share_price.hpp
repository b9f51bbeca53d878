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
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/price_per_share.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The price of a share in a round beside that in the last round before it. Both are rounds for which new
// shares pay, that have a date, state a price per share and are neither rumoured nor cancelled, whatever
// their classes; which was the last is told as for PriceStep, as of a day too. It points into the company.
struct SharePriceStep {
    const ResolvedRound* last = nullptr;
    CarriedShares carried = {};  // what a share of that round had become by this one
    std::optional<Ratio> last_price =
        {};                            // of what one share of this round cost then; null with a gap before
    std::optional<Ratio> step = {};    // this price over it
    std::optional<ShareGap> gap = {};  // why there is no step, though there is a last price

    friend bool operator==(const SharePriceStep& a, const SharePriceStep& b) {
        return detail::same_round(a.last, b.last) && a.carried == b.carried && a.last_price == b.last_price &&
               a.step == b.step && a.gap == b.gap;
    }
};

// One row a round of the company, in the same order.
[[nodiscard]] POSTMONEY_EXPORT std::vector<SharePriceStep> share_price_steps(const ResolvedCompany& company);
// Of a company that is gone at once it would dangle: give it a name first.
std::vector<SharePriceStep> share_price_steps(const ResolvedCompany&& company) = delete;

// What a share of a class costs by the latest round that says so, as one share of now. It points into the
// company.
struct LatestSharePrice {
    const ResolvedRound* round = nullptr;  // null where none states a price
    CarriedShares carried = {};            // what a share of that round has become since
    std::optional<Ratio> price = {};       // null with a gap
    std::optional<Currency> currency = {};
    std::optional<ShareGap> gap = {};  // why it cannot be told

    friend bool operator==(const LatestSharePrice& a, const LatestSharePrice& b) {
        return detail::same_round(a.round, b.round) && a.carried == b.carried && a.price == b.price &&
               a.currency == b.currency && a.gap == b.gap;
    }
};

// Of the rounds of that class (null: that say none) as for SharePriceStep, as of a day those whose date has
// surely come, the latest. `company` was resolved with the same day.
[[nodiscard]] POSTMONEY_EXPORT LatestSharePrice
latest_share_price(const ResolvedCompany& company, const std::optional<std::string>& security_class,
                   const std::optional<PartialDate>& as_of = {});
// Of a company that is gone at once it would dangle: give it a name first.
LatestSharePrice latest_share_price(const ResolvedCompany&& company,
                                    const std::optional<std::string>& security_class,
                                    const std::optional<PartialDate>& as_of = {}) = delete;

//--- Definitions ---

namespace detail {

[[nodiscard]] bool has_surely_come(const ResolvedRound& round, const std::optional<PartialDate>& as_of);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/share_price-inl.hpp"
#endif
