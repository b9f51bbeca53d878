// RoundFigures: the named figures of each of a company's rounds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
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

// A round's price beside that of the last priced round before it: its post-money valuation. Priced are rounds
// for which new shares pay, that have a date and a post-money valuation (or its parts), and are neither
// rumoured nor cancelled. The last one is the one that surely comes before this round, and surely after all
// other priced ones that do not surely come after this round: where dates leave it open which was the last,
// there is none. Rounds without a date, and those for which no new shares pay, have no step.
struct PriceStep {
    const ResolvedRound* last = nullptr;
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
    std::optional<Ratio> price_to_revenue;  // valuation over yearly revenue
    bool revenue_forward = false;           // that revenue is of a time after the round, see YearlyRevenue
};

// One row a round of the company, in the same order.
[[nodiscard]] std::vector<RoundFigures> figures_of(const ResolvedCompany& company);

// A company's revenue of a year, as one claim states it.
struct YearlyRevenue {
    Money value;
    bool forward = false;  // it counts only after the date asked about
    const Claim* claim = nullptr;
};

// The yearly revenue that a price of a date is held against: of the metric `revenue` per year in that
// currency, never of a target. A figure of a month or a day is a rate of that time and counts from its first
// day on; one of a year or a quarter counts when it has ended. Of those that count by the last day of the
// date the latest: by last day, then the more precise, then the order among claims. If none does, the first
// after it, by the same days. Null without one. An amount with a qualifier gives the number stated, a range
// its lower end.
[[nodiscard]] std::optional<YearlyRevenue> yearly_revenue(const ResolvedCompany& company,
                                                          const PartialDate& date, const Currency& currency);

// The round's share of the market's resolved totals. `market_totals` are the standing claims of that kind.
[[nodiscard]] std::optional<MarketShare> market_share_of(const ResolvedRound& round, std::string_view market,
                                                         const std::vector<Claim>& market_totals,
                                                         const ResolutionPolicy& policy = {});

//--- Definitions ---

namespace detail {

// The day from which on a yearly figure of that time counts.
[[nodiscard]] inline date::sys_days counts_from(const PartialDate& on) {
    const bool is_rate = on.precision() == DatePrecision::month || on.precision() == DatePrecision::day;
    return is_rate ? on.first_day() : on.last_day();
}

// The best claim in that currency; null without one.
[[nodiscard]] inline const Stated<Metric>* stated_in(const ResolvedMetric& metric, const Currency& currency) {
    for (const Stated<Metric>& stated : metric.metric.all()) {
        const auto* amount = std::get_if<Amount>(&stated.value->value);
        if (amount != nullptr && amount->disclosed() && amount->currency() == currency) return &stated;
    }
    return nullptr;
}

}  // namespace detail

inline std::optional<YearlyRevenue> yearly_revenue(const ResolvedCompany& company, const PartialDate& date,
                                                   const Currency& currency) {
    std::optional<YearlyRevenue> best;
    const PartialDate* best_on = nullptr;
    for (const ResolvedMetric& metric : company.metrics) {
        if (metric.name != "revenue" || metric.target || metric.per != Period::year) continue;
        const Stated<Metric>* stated = detail::stated_in(metric, currency);
        if (stated == nullptr) continue;
        const bool forward = detail::counts_from(metric.on) > date.last_day();
        if (best) {
            const auto last = metric.on.last_day();
            const auto best_last = best_on->last_day();
            const bool nearer = forward ? last < best_last : last > best_last;
            const bool more_precise = last == best_last && metric.on.first_day() > best_on->first_day();
            const bool better = forward == best->forward ? nearer || more_precise : !forward;
            if (!better) continue;
        }
        best = {std::get<Amount>(stated->value->value).number(), forward, stated->claim};
        best_on = &metric.on;
    }
    return best;
}

namespace detail {

// Whether one number can be held against another as a ratio.
[[nodiscard]] inline bool are_comparable(const Money& a, const Money& b) {
    return a.currency() == b.currency() && b.minor() != 0;
}

}  // namespace detail

namespace detail {

// The price that a round sets for those after it; null where it sets none.
[[nodiscard]] inline std::optional<Money> price_set_by(const ResolvedRound& round) {
    if (!round.date() || !round.takes_place() || !new_shares_pay_for(round)) return std::nullopt;
    const auto valuation = valuation_within_range(round);
    return valuation && valuation->is_post_money() ? std::optional(valuation->value) : std::nullopt;
}

// Some of a company's rounds by date, to find the last of them before another.
class DatedRounds {
  public:
    // Those with a date for which `wanted(round)` is true.
    template <class Wanted>
    DatedRounds(const ResolvedCompany& company, const Wanted& wanted) {
        for (const ResolvedRound& round : company.rounds) {
            const auto date = round.date();
            if (!date || !wanted(round)) continue;
            rounds_.push_back({&round, date->first_day(), date->last_day()});
            first_days_.push_back(date->first_day());
        }
        std::sort(first_days_.begin(), first_days_.end());
    }

    // The last one that surely comes before the date, and surely after all others that do not surely come
    // after it; null where there is none, or it is open which it is. `is_one`: the date is that of one of
    // them. The company's rounds are sorted by the last day of their dates, so those that surely come before
    // a round are the first ones of the list.
    [[nodiscard]] const ResolvedRound* last_before(const PartialDate& date, bool is_one) const {
        const auto end = std::partition_point(rounds_.begin(), rounds_.end(), [&](const Dated& other) {
            return other.last < date.first_day();
        });
        const auto before = end - rounds_.begin();
        const auto begun = std::upper_bound(first_days_.begin(), first_days_.end(), date.last_day());
        // Another one that comes neither surely before nor surely after leaves it open.
        if (before == 0 || begun - first_days_.begin() != before + (is_one ? 1 : 0)) return nullptr;
        const Dated& last = *std::prev(end);
        return before == 1 || std::prev(end, 2)->last < last.first ? last.round : nullptr;
    }

  private:
    struct Dated {
        const ResolvedRound* round;
        date::sys_days first;  // of its date
        date::sys_days last;
    };

    std::vector<Dated> rounds_;
    std::vector<date::sys_days> first_days_;
};

[[nodiscard]] inline PriceStep price_step(const ResolvedRound& round, const DatedRounds& priced) {
    const auto date = round.date();
    if (!date || !new_shares_pay_for(round)) return {};
    const ResolvedRound* last = priced.last_before(*date, price_set_by(round).has_value());
    if (last == nullptr) return {};
    const Money last_post_money = *price_set_by(*last);
    PriceStep step{.last = last, .last_post_money = last_post_money};
    const auto valuation = valuation_within_range(round);
    if (valuation && valuation->is_post_money() && are_comparable(valuation->value, last_post_money))
        step.growth = growth(valuation->value, last_post_money);
    const Amount* pre = disclosed_amount(round.pre_money);
    if (pre != nullptr && are_comparable(pre->number(), last_post_money))
        step.step_up = step_up(pre->number(), last_post_money);
    return step;
}

}  // namespace detail

inline std::vector<PriceStep> price_steps(const ResolvedCompany& company) {
    const detail::DatedRounds priced(
        company, [](const ResolvedRound& round) { return detail::price_set_by(round).has_value(); });
    std::vector<PriceStep> steps;
    for (const ResolvedRound& round : company.rounds) steps.push_back(detail::price_step(round, priced));
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
            const auto revenue = date ? yearly_revenue(company, *date, value.currency()) : std::nullopt;
            if (revenue && detail::are_comparable(value, revenue->value)) {
                figures.price_to_revenue = price_to_revenue(value, revenue->value);
                figures.revenue_forward = revenue->forward;
            }
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
