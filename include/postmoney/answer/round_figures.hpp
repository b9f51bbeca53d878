// RoundFigures: the named figures of each of a company's rounds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/value/deal_math.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// A round's part in its market's funding. When no total covers the round's date, the latest one before it is
// taken, and `in_period` is false: the figure then only gives the scale.
struct MarketShare {
    std::string market;
    PartialDate period;
    Amount total;
    Percentage share;
    bool in_period;

    friend bool operator==(const MarketShare&, const MarketShare&) = default;
};

// A round's price beside that of the last priced round before it: its post-money valuation. Priced are rounds
// for which new shares pay, that have a date and a post-money valuation (or both its parts), and are neither
// rumoured nor cancelled. The last one is the one that surely comes before this round, and surely after all
// other priced ones that do not surely come after this round: where dates leave it open which was the last,
// there is none. Rounds without a date, and those for which no new shares pay, have no step. As of a day the
// rounds of which nothing can have come take no part.
struct PriceStep {
    const ResolvedRound* last = nullptr;
    std::optional<Amount> last_post_money = {};  // null where its parts have no sum
    // Null without both numbers, where one is a bound or a range, and between two currencies.
    std::optional<Ratio> growth = {};   // post-money over the last one
    std::optional<Ratio> step_up = {};  // pre-money over the last post-money

    friend bool operator==(const PriceStep& a, const PriceStep& b) {
        return detail::same_round(a.last, b.last) && a.last_post_money == b.last_post_money &&
               a.growth == b.growth && a.step_up == b.step_up;
    }
};

// One row a round of the company, in the same order. A valuation beyond 64 bits is none. The rows point into
// the company.
[[nodiscard]] POSTMONEY_EXPORT std::vector<PriceStep> price_steps(const ResolvedCompany& company);
// Of a company that is gone at once it would dangle: give it a name first.
std::vector<PriceStep> price_steps(const ResolvedCompany&& company) = delete;

// Each is null when a number that it needs is unknown, is in another currency, or is none: a bound or a
// range.
struct RoundFigures {
    std::optional<RoundValuation> valuation;
    std::optional<Percentage> ownership_sold;  // raised over post-money
    std::optional<Ratio> growth;               // see PriceStep
    std::optional<Ratio> step_up;
    std::optional<Ratio> price_to_revenue;  // valuation over yearly revenue
    bool revenue_forward = false;           // that revenue is of a time after the round, see YearlyRevenue

    friend bool operator==(const RoundFigures&, const RoundFigures&) = default;
};

// One row a round of the company, in the same order; without any figure where nothing of the round can have
// come by the day as of which the company is seen.
[[nodiscard]] POSTMONEY_EXPORT std::vector<RoundFigures> figures_of(const ResolvedCompany& company);

// A company's revenue of a year, as one claim states it.
struct YearlyRevenue {
    Amount value;
    bool forward = false;  // it counts only after the date asked about
    const Claim* claim = nullptr;

    friend bool operator==(const YearlyRevenue& a, const YearlyRevenue& b) {
        return a.value == b.value && a.forward == b.forward && detail::same_entry(a.claim, b.claim);
    }
};

// The yearly revenue that a price of a date is held against: of the metric `revenue` per year where the claim
// that is used is in that currency, never of a target. A figure of a month or a day is a rate of that time
// and counts from its first day on; one of a year or a quarter counts when it has ended. Of those that count
// by the last day of the date the latest: by last day, then the more precise, then the order among claims. If
// none does, the first after it, by the same days. Null without one.
[[nodiscard]] POSTMONEY_EXPORT std::optional<YearlyRevenue> yearly_revenue(const ResolvedCompany& company,
                                                                           const PartialDate& date,
                                                                           const Currency& currency);

// The round's share of the market's resolved total of the period with its date in it, else of the latest
// period before; null where either is a bound or a range, and of a round that is rumoured or cancelled, or of
// an instrument that totals do not count. `market_totals` are the standing claims of that kind.
[[nodiscard]] POSTMONEY_EXPORT std::optional<MarketShare> market_share_of(
    const ResolvedRound& round, std::string_view market, const std::vector<Claim>& market_totals,
    const ResolutionPolicy& policy = {});

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/round_figures-inl.hpp"
#endif
