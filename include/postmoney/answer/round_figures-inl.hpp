// The definitions of round_figures.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/detail/dated_rounds.hpp"
#include "postmoney/answer/resolved_company-inl.hpp"
#include "postmoney/answer/round_figures.hpp"
#include "postmoney/answer/total_options.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// The day from which on a yearly figure of that time counts.
[[nodiscard]] inline date::sys_days counts_from(const PartialDate& on) {
    const bool is_rate = on.precision() == DatePrecision::month || on.precision() == DatePrecision::day;
    return is_rate ? on.first_day() : on.last_day();
}

// What the used claim says, if that is a sum of money in the currency; null otherwise.
[[nodiscard]] inline const Amount* amount_in(const ResolvedMetric& metric, const Currency& currency) {
    const auto* amount = std::get_if<Amount>(&metric.metric.value().value);
    return amount != nullptr && amount->disclosed() && amount->currency() == currency ? amount : nullptr;
}

}  // namespace detail

POSTMONEY_INLINE std::optional<YearlyRevenue> yearly_revenue(const ResolvedCompany& company,
                                                             const PartialDate& date,
                                                             const Currency& currency) {
    std::optional<YearlyRevenue> best;
    const PartialDate* best_on = nullptr;
    for (const ResolvedMetric& metric : company.metrics) {
        if (metric.name != "revenue" || metric.target || metric.per != Period::year) continue;
        const Amount* stated = detail::amount_in(metric, currency);
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
        best = {*stated, forward, &metric.metric.winner()};
        best_on = &metric.on;
    }
    return best;
}

namespace detail {

// The figure of two amounts; null where they are in two currencies, one is a bound or a range, or the second
// is nothing.
template <class Figure>
[[nodiscard]] std::optional<Figure> figure_of(Figure (&figure)(const Money&, const Money&), const Amount& a,
                                              const Amount& b) {
    if (a.currency() != b.currency() || !a.is_one_number() || !b.is_one_number()) return std::nullopt;
    if (b.number().minor() == 0) return std::nullopt;
    return figure(a.number(), b.number());
}

// Whether a round sets a price for those after it.
[[nodiscard]] inline bool sets_price(const ResolvedRound& round) {
    return round.date() && round.takes_place() && new_shares_pay_for(round) && states_price(round);
}

// Its post-money valuation.
[[nodiscard]] inline std::optional<RoundValuation> price_of(const ResolvedRound& round) {
    auto valuation = valuation_within_range(round);
    if (valuation && !valuation->is_post_money()) valuation.reset();
    return valuation;
}

[[nodiscard]] inline PriceStep price_step(const ResolvedRound& round, const DatedRounds& priced) {
    const auto date = round.date();
    if (!date || !round.takes_place() || !new_shares_pay_for(round)) return {};
    const ResolvedRound* last = priced.last_before(*date, sets_price(round));
    if (last == nullptr) return {};
    PriceStep step{.last = last};
    const auto before = price_of(*last);
    if (!before) return step;
    step.last_post_money = before->value;
    if (const auto price = price_of(round)) step.growth = figure_of(growth, price->value, before->value);
    if (const auto pre = pre_money_amount(round)) step.step_up = figure_of(step_up, *pre, before->value);
    return step;
}

}  // namespace detail

POSTMONEY_INLINE std::vector<PriceStep> price_steps(const ResolvedCompany& company) {
    const detail::DatedRounds priced(company, [&](const ResolvedRound& round) {
        return company.may_have_begun(round) && detail::sets_price(round);
    });
    std::vector<PriceStep> steps;
    for (const ResolvedRound& round : company.rounds)
        steps.push_back(company.may_have_begun(round) ? detail::price_step(round, priced) : PriceStep());
    return steps;
}

POSTMONEY_INLINE std::vector<RoundFigures> figures_of(const ResolvedCompany& company) {
    const std::vector<PriceStep> steps = price_steps(company);
    std::vector<RoundFigures> result;
    for (const ResolvedRound& round : company.rounds) {
        if (!company.may_have_begun(round)) {
            result.emplace_back();
            continue;
        }
        const PriceStep& step = steps[result.size()];
        RoundFigures figures{.valuation = valuation_of(round),
                             .ownership_sold = {},
                             .growth = step.growth,
                             .step_up = step.step_up,
                             .price_to_revenue = {}};
        if (figures.valuation && round.takes_place()) {
            const Amount& value = figures.valuation->value;
            const auto paid = detail::new_money_for_shares(round);
            if (figures.valuation->is_post_money() && paid)
                figures.ownership_sold = detail::figure_of(ownership_sold, *paid, value);
            const auto date = round.date();
            const auto revenue = date ? yearly_revenue(company, *date, *value.currency()) : std::nullopt;
            if (revenue)
                figures.price_to_revenue = detail::figure_of(price_to_revenue, value, revenue->value);
            figures.revenue_forward = figures.price_to_revenue && revenue->forward;
        }
        result.push_back(std::move(figures));
    }
    return result;
}

POSTMONEY_INLINE std::optional<MarketShare> market_share_of(const ResolvedRound& round,
                                                            std::string_view market,
                                                            const std::vector<Claim>& market_totals,
                                                            const ResolutionPolicy& policy) {
    const Amount* raised = detail::disclosed_amount(round.raised);
    const auto date = round.date();
    if (raised == nullptr || !date || !round.takes_place() ||
        !InstrumentFilter().takes(round.instrument.get()))
        return std::nullopt;
    std::map<detail::DateKey, std::vector<Stated<MarketTotal>>> by_period;
    for (const Claim& claim : market_totals) {
        const auto* total = claim.as<MarketTotal>();
        if (total == nullptr || total->market != market) continue;
        by_period[detail::key_of(total->period)].push_back({total, &claim});
    }
    const MarketTotal* best = nullptr;
    bool best_covers = false;
    for (auto& [period, stated] : by_period) {
        const MarketTotal& total = Field<MarketTotal>(std::move(stated), policy.of("market_total")).value();
        const bool covers = total.period.contains(*date);
        if (!total.amount.disclosed() || total.amount.currency() != raised->currency()) continue;
        if (total.amount.number().minor() == 0 || total.period.first_day() > date->last_day()) continue;
        // A round of some time in a year is held against no month of it.
        if (!covers && date->contains(total.period)) continue;
        // Periods come in time order: a later one replaces an earlier one, unless only the earlier covers the
        // date.
        if (best == nullptr || covers || !best_covers) {
            best = &total;
            best_covers = covers;
        }
    }
    if (best == nullptr) return std::nullopt;
    const auto share = detail::figure_of(market_share, *raised, best->amount);
    if (!share) return std::nullopt;
    return MarketShare{std::string(market), best->period, best->amount, *share, best_covers};
}

}  // namespace POSTMONEY_NAMESPACE
