// LatestValuation: what a company was last said to be worth.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"

namespace postmoney {

//--- Interface ---

// Valuations that are never mixed: what a company is said to be worth (post-money, pre-money, unspecified),
// how a holder marks it, and what its shares are appraised at for taxes.
enum class ValuationSeries : std::uint8_t { valuation, mark, irc_409a };

template <>
struct detail::Words<ValuationSeries> {
    static constexpr std::array<std::string_view, 3> values{"valuation", "mark", "409a"};
};

[[nodiscard]] constexpr ValuationSeries series_of(ValuationBasis basis) noexcept;

// It points into the company.
struct LatestValuation {
    const Field<Valuation>* fact = nullptr;
    const ResolvedRound* round = nullptr;  // null of a valuation that names no round

    // With its basis, amount and date.
    [[nodiscard]] const Valuation& valuation() const { return fact->value(); }
    // Who says so.
    [[nodiscard]] const Claim& claim() const { return fact->winner(); }
};

// Of the valuations of a series that are disclosed, of no round or of one neither rumoured nor cancelled, the
// latest: by the last day of its date, then by the order among claims. Null without any.
[[nodiscard]] std::optional<LatestValuation> latest_valuation(
    const ResolvedCompany& company, ValuationSeries series = ValuationSeries::valuation,
    const ResolutionPolicy& policy = {});

//--- Definitions ---

constexpr ValuationSeries series_of(ValuationBasis basis) noexcept {
    if (basis == ValuationBasis::mark) return ValuationSeries::mark;
    return basis == ValuationBasis::irc_409a ? ValuationSeries::irc_409a : ValuationSeries::valuation;
}

inline std::optional<LatestValuation> latest_valuation(const ResolvedCompany& company, ValuationSeries series,
                                                       const ResolutionPolicy& policy) {
    std::optional<LatestValuation> latest;
    const auto add = [&](ValuationBasis basis, const Field<Valuation>& fact, const ResolvedRound* round) {
        if (series_of(basis) != series || detail::disclosed_amount(fact) == nullptr) return;
        if (latest) {
            const auto last = fact.value().on.last_day();
            const auto latest_last = latest->valuation().on.last_day();
            if (last < latest_last) return;
            if (last == latest_last && policy.prefers(latest->claim(), fact.winner())) return;
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

}  // namespace postmoney
