// ResolvedClosing: one tranche of a round, whoever tells of it. Sources name it and date it differently; the
// rule by which their claims are of one tranche is FACTS.md's, Tranches.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "postmoney/answer/round_lines.hpp"
#include "postmoney/fact/closing.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct ResolvedClosing {
    PartialDate on;    // as the best claim says
    std::string name;  // likewise; may be empty
    Field<Amount> amount;
    std::optional<Instrument> instrument = {};  // null: the round's

    friend bool operator==(const ResolvedClosing&, const ResolvedClosing&) = default;
};

// The tranches that the closings on one round come to, by date (last day, first
// day), those of one date in the order in which they are told best.
[[nodiscard]] POSTMONEY_EXPORT std::vector<ResolvedClosing> tranches_of(std::vector<const Claim*> closings,
                                                                        const ResolutionPolicy& policy = {});

//--- Definitions ---

namespace detail {

// The order in which claims on closings and on splits are taken: as the one order has it, but of one source's
// type and day the more precise date comes first.
template <ContentKind Kind>
[[nodiscard]] bool is_told_better(const Claim& a, const Claim& b, const ResolutionPolicy& policy) {
    if (const auto order = policy.by_source(a, b); order != 0) return order < 0;
    const auto precision = [](const Claim& claim) { return claim.as<Kind>()->on.precision(); };
    if (precision(a) != precision(b)) return precision(a) < precision(b);  // a day comes before a year
    return policy.prefers(a, b);
}

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/tranches-inl.hpp"
#endif
