// RoundLine: on which days what a line says of a round holds.
//
// A line holds from its `on`; one that amends and has none, from its `filed`, else its source's `published`;
// any other always. It holds until a later line begins that takes its place (FACTS.md, Lines in time).
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "postmoney/answer/resolution.hpp"
#include "postmoney/fact/claim.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct RoundLine {
    const Claim* claim;                         // of a round statement
    std::optional<date::sys_days> begins = {};  // null: it always held
    std::optional<date::sys_days> ends = {};    // the first day on which it holds no longer; null: none

    [[nodiscard]] bool begun_by(date::sys_days day) const noexcept { return !begins || *begins <= day; }
    [[nodiscard]] bool ended_by(date::sys_days day) const noexcept { return ends && *ends <= day; }

    friend bool operator==(const RoundLine& a, const RoundLine& b) noexcept {
        return a.claim->id == b.claim->id && a.begins == b.begins && a.ends == b.ends;
    }
};

// Whether there is a day on which both hold.
[[nodiscard]] POSTMONEY_EXPORT bool hold_together(const RoundLine& a, const RoundLine& b) noexcept;

// Whether two claims are of one source, or both of none.
[[nodiscard]] POSTMONEY_EXPORT bool are_of_one_source(const Claim& a, const Claim& b);

// The lines on one round, with their days, in the order of the claims.
[[nodiscard]] POSTMONEY_EXPORT std::vector<RoundLine> lines_in_time(const std::vector<const Claim*>& claims,
                                                                    const ResolutionPolicy& policy = {});

//--- Definitions ---

namespace detail {

[[nodiscard]] std::optional<date::sys_days> begin_of(const Claim& claim);

[[nodiscard]] inline std::optional<SourceType> source_type(const Claim& claim) {
    return claim.source ? std::optional(claim.source->type) : std::nullopt;
}

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/round_lines-inl.hpp"
#endif
