// The definitions of latest_valuation.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/latest_valuation.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE std::optional<LatestValuation> latest_valuation(const ResolvedCompany& company,
                                                                 ValuationSeries series,
                                                                 const ResolutionPolicy& policy) {
    std::optional<LatestValuation> latest;
    const auto add = [&](ValuationBasis basis, const Field<Valuation>& fact, const ResolvedRound* round) {
        if (series_of(basis) != series || detail::disclosed_amount(fact) == nullptr) return;
        if (latest) {
            const auto last = fact.value().on.last_day();
            const auto latest_last = latest->valuation().on.last_day();
            if (last < latest_last) return;
            if (last == latest_last && policy.of("valuation").prefers(latest->claim(), fact.winner())) return;
        }
        latest = {&fact, round};
    };
    for (const ResolvedRound& round : company.rounds) {
        if (!round.takes_place()) continue;
        ResolvedRound::valuations(
            round, [&](ValuationBasis basis, const Field<Valuation>& fact) { add(basis, fact, &round); });
    }
    for (const ResolvedValuation& valuation : company.valuations)
        add(valuation.basis, valuation.valuation, nullptr);
    return latest;
}

}  // namespace POSTMONEY_NAMESPACE
