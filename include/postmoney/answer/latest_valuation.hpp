// LatestValuation: what a company was last said to be worth.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

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

    friend bool operator==(const LatestValuation& a, const LatestValuation& b) {
        return *a.fact == *b.fact && detail::same_round(a.round, b.round);
    }
};

// Of the valuations of a series that are disclosed, of no round or of one neither rumoured nor cancelled, the
// latest: of those that no other surely follows the one of the most precise date, then by the order among
// claims, in which of sources of one rank post-money comes before pre-money, and that before one of
// unspecified basis. Null without any. Its basis may be another than that of the one before.
// View::latest_valuation gives one that owns what it tells.
[[nodiscard]] POSTMONEY_EXPORT std::optional<LatestValuation> latest_valuation(
    const ResolvedCompany& company, ValuationSeries series = ValuationSeries::valuation,
    const ResolutionPolicy& policy = {});
// Of a company that is gone at once it would dangle: give it a name first.
std::optional<LatestValuation> latest_valuation(const ResolvedCompany&& company,
                                                ValuationSeries series = ValuationSeries::valuation,
                                                const ResolutionPolicy& policy = {}) = delete;

//--- Definitions ---

constexpr ValuationSeries series_of(ValuationBasis basis) noexcept {
    if (basis == ValuationBasis::mark) return ValuationSeries::mark;
    return basis == ValuationBasis::irc_409a ? ValuationSeries::irc_409a : ValuationSeries::valuation;
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/latest_valuation-inl.hpp"
#endif
