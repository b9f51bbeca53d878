// RoundFigures: the named figures of each of a company's rounds.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/value/deal_math.hpp"

namespace postmoney {

//--- Interface ---

// A round's part in its market's funding. When no total covers the round's date, the latest one before it is
// taken, and `in_period` is false: the figure then only gives the scale.
struct MarketShare {
    std::string market;
    PartialDate period;
    Amount total;
    Percentage share;
    bool in_period;
};

// A round's price beside that of the last round before it that set one: the last post-money. A rumoured or
// cancelled round, or one without a date, sets none.
struct PriceStep {
    const ResolvedRound* last = nullptr;  // null: none has set a price before
    std::optional<Money> last_post_money = {};
    // Null without both numbers, or between two currencies.
    std::optional<Ratio> growth = {};   // post-money over the last one
    std::optional<Ratio> step_up = {};  // pre-money over the last post-money
};

// One row a round of the company, in the same order. A valuation beyond 64 bits is none. The rows point into
// the company.
[[nodiscard]] std::vector<PriceStep> price_steps(const ResolvedCompany& company);

// Each is null when a number that it needs is unknown, or is in another currency.
struct RoundFigures {
    std::optional<RoundValuation> valuation;
    std::optional<Percentage> ownership_sold;  // raised over post-money
    std::optional<Ratio> growth;               // see PriceStep
    std::optional<Ratio> step_up;
    std::optional<Ratio> price_to_revenue;  // valuation over the yearly revenue of the round's time
};

// One row a round of the company, in the same order.
[[nodiscard]] std::vector<RoundFigures> figures_of(const ResolvedCompany& company);

// The revenue of a year as of a date: from the latest metric named `revenue` whose own date has begun by
// then, that is no target, and is stated by the year or the month (times 12). Null without one.
[[nodiscard]] std::optional<Money> yearly_revenue(const ResolvedCompany& company, const PartialDate& date);

// The round's share of the market's resolved totals. `market_totals` are the standing claims of that kind.
[[nodiscard]] std::optional<MarketShare> market_share_of(const ResolvedRound& round, std::string_view market,
                                                         const std::vector<Claim>& market_totals,
                                                         const ResolutionPolicy& policy = {});

//--- Definitions ---

inline std::optional<Money> yearly_revenue(const ResolvedCompany& company, const PartialDate& date) {
    const ResolvedMetric* latest = nullptr;
    for (const ResolvedMetric& metric : company.metrics) {
        if (metric.name != "revenue" || metric.target || !metric.per || !metric.on.begun_by(date.last_day()))
            continue;
        const auto* amount = std::get_if<Amount>(&metric.metric.value().value);
        if (amount == nullptr || !amount->disclosed()) continue;
        if (latest == nullptr || metric.on.last_day() > latest->on.last_day()) latest = &metric;
    }
    if (latest == nullptr) return std::nullopt;
    const Money revenue = std::get<Amount>(latest->metric.value().value).number();
    return latest->per == Period::month ? revenue * 12 : revenue;
}

namespace detail {

// Whether one number can be held against another as a ratio.
[[nodiscard]] inline bool are_comparable(const Money& a, const Money& b) {
    return a.currency() == b.currency() && b.minor() != 0;
}

}  // namespace detail

inline std::vector<PriceStep> price_steps(const ResolvedCompany& company) {
    PriceStep last;
    std::vector<PriceStep> steps;
    for (const ResolvedRound& round : company.rounds) {
        PriceStep step = last;
        const auto valuation = detail::valuation_within_range(round);
        const bool priced = valuation && valuation->is_post_money();
        const Amount* pre = detail::disclosed_amount(round.pre_money);
        if (last.last != nullptr) {
            if (priced && detail::are_comparable(valuation->value, *last.last_post_money))
                step.growth = growth(valuation->value, *last.last_post_money);
            if (pre != nullptr && detail::are_comparable(pre->number(), *last.last_post_money))
                step.step_up = step_up(pre->number(), *last.last_post_money);
        }
        steps.push_back(std::move(step));
        if (priced && detail::sets_a_price(round))
            last = {.last = &round, .last_post_money = valuation->value};
    }
    return steps;
}

inline std::vector<RoundFigures> figures_of(const ResolvedCompany& company) {
    const std::vector<PriceStep> steps = price_steps(company);
    std::vector<RoundFigures> result;
    for (const ResolvedRound& round : company.rounds) {
        const PriceStep& step = steps[result.size()];
        RoundFigures figures{.valuation = valuation_of(round),
                             .ownership_sold = {},
                             .growth = step.growth,
                             .step_up = step.step_up,
                             .price_to_revenue = {}};
        if (figures.valuation) {
            const Money value = figures.valuation->value;
            const Amount* raised = detail::disclosed_amount(round.raised);
            if (figures.valuation->is_post_money() && raised != nullptr &&
                detail::are_comparable(raised->number(), value)) {
                figures.ownership_sold = ownership_sold(raised->number(), value);
            }
            const auto date = round.date();
            const auto revenue = date ? yearly_revenue(company, *date) : std::nullopt;
            if (revenue && detail::are_comparable(value, *revenue))
                figures.price_to_revenue = price_to_revenue(value, *revenue);
        }
        result.push_back(std::move(figures));
    }
    return result;
}

inline std::optional<MarketShare> market_share_of(const ResolvedRound& round, std::string_view market,
                                                  const std::vector<Claim>& market_totals,
                                                  const ResolutionPolicy& policy) {
    const Amount* raised = detail::disclosed_amount(round.raised);
    const auto date = round.date();
    if (raised == nullptr || !date) return std::nullopt;
    std::map<detail::FactIndex::DateKey, std::vector<Stated<MarketTotal>>> by_period;
    for (const Claim& claim : market_totals) {
        const auto* total = claim.as<MarketTotal>();
        if (total == nullptr || total->market != market) continue;
        by_period[detail::FactIndex::key(total->period)].push_back({total, &claim});
    }
    const MarketTotal* best = nullptr;
    bool best_covers = false;
    for (auto& [period, stated] : by_period) {
        const MarketTotal& total = Field<MarketTotal>(std::move(stated), policy).value();
        const bool covers = total.period.contains(*date);
        if (!total.amount.disclosed() || total.amount.currency() != raised->currency()) continue;
        if (total.amount.number().minor() == 0 || total.period.first_day() > date->last_day()) continue;
        // Periods come in time order: a later one replaces an earlier one, unless only the earlier covers the
        // date.
        if (best == nullptr || covers || !best_covers) {
            best = &total;
            best_covers = covers;
        }
    }
    if (best == nullptr) return std::nullopt;
    return MarketShare{std::string(market), best->period, best->amount,
                       market_share(raised->number(), best->amount.number()), best_covers};
}

}  // namespace postmoney
