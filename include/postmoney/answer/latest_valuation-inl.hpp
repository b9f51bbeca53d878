// The definitions of latest_valuation.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "postmoney/answer/latest_valuation.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// Of what sources of one rank say of one day, the valuation that holds the new money comes first.
[[nodiscard]] inline bool is_told_better(const Field<Valuation>& a, const Field<Valuation>& b,
                                         const ResolutionPolicy& policy) {
    if (const auto order = policy.by_source(a.winner(), b.winner()); order != 0) return order < 0;
    const auto rank = [](const Field<Valuation>& fact) {
        constexpr std::array order{ValuationBasis::post_money, ValuationBasis::pre_money};
        return std::find(order.begin(), order.end(), fact.value().basis) - order.begin();
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return policy.prefers(a.winner(), b.winner());
}

}  // namespace detail

POSTMONEY_INLINE std::optional<LatestValuation> latest_valuation(const ResolvedCompany& company,
                                                                 ValuationSeries series,
                                                                 const ResolutionPolicy& policy) {
    std::vector<LatestValuation> all;
    const auto add = [&](ValuationBasis basis, const Field<Valuation>& fact, const ResolvedRound* round) {
        if (series_of(basis) == series && detail::disclosed_amount(fact) != nullptr)
            all.push_back({&fact, round});
    };
    for (const ResolvedRound& round : company.rounds) {
        if (!round.takes_place()) continue;
        ResolvedRound::valuations(
            round, [&](ValuationBasis basis, const Field<Valuation>& fact) { add(basis, fact, &round); });
    }
    for (const ResolvedValuation& valuation : company.valuations)
        add(valuation.basis, valuation.valuation, nullptr);
    if (all.empty()) return std::nullopt;
    const auto on = [](const LatestValuation& one) -> const PartialDate& { return one.valuation().on; };
    const auto newest = std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) {
        return on(a).first_day() < on(b).first_day();
    });
    const date::sys_days last_begin = on(*newest).first_day();
    std::erase_if(all, [&](const LatestValuation& one) { return on(one).last_day() < last_begin; });
    return *std::min_element(all.begin(), all.end(), [&](const auto& a, const auto& b) {
        const auto length = [&](const LatestValuation& one) {
            return on(one).last_day() - on(one).first_day();
        };
        if (length(a) != length(b)) return length(a) < length(b);
        return detail::is_told_better(*a.fact, *b.fact, policy.of("valuation"));
    });
}

}  // namespace POSTMONEY_NAMESPACE
