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

namespace postmoney {

//--- Interface ---

struct RoundLine {
    const Claim* claim;                         // of a round statement
    std::optional<date::sys_days> begins = {};  // null: it always held
    std::optional<date::sys_days> ends = {};    // the first day on which it holds no longer; null: none

    [[nodiscard]] bool begun_by(date::sys_days day) const noexcept { return !begins || *begins <= day; }
    [[nodiscard]] bool ended_by(date::sys_days day) const noexcept { return ends && *ends <= day; }
};

// Whether there is a day on which both hold.
[[nodiscard]] bool hold_together(const RoundLine& a, const RoundLine& b) noexcept;

// Whether two claims are of one source, or both of none.
[[nodiscard]] bool are_of_one_source(const Claim& a, const Claim& b);

// The lines on one round, with their days, in the order of the claims.
[[nodiscard]] std::vector<RoundLine> lines_in_time(const std::vector<const Claim*>& claims,
                                                   const ResolutionPolicy& policy = {});

//--- Definitions ---

namespace detail {

[[nodiscard]] inline std::optional<date::sys_days> begin_of(const Claim& claim) {
    const auto& line = *claim.as<RoundStatement>();
    if (line.on) return line.on->last_day();
    if (!line.amends) return std::nullopt;
    if (line.filed) return line.filed->last_day();
    if (claim.source && claim.source->published) return claim.source->published->last_day();
    return std::nullopt;
}

[[nodiscard]] inline std::optional<SourceType> source_type(const Claim& claim) {
    return claim.source ? std::optional(claim.source->type) : std::nullopt;
}

// Whether the later of two lines can take the place of the earlier one.
[[nodiscard]] inline bool follows(const Claim& later, const Claim& earlier) {
    if (source_type(later) != source_type(earlier)) return false;
    if (are_of_one_source(later, earlier)) return true;
    if (later.as<RoundStatement>()->round != earlier.as<RoundStatement>()->round) return true;
    return later.source && later.source->publisher && later.source->publisher == earlier.source->publisher;
}

}  // namespace detail

inline bool hold_together(const RoundLine& a, const RoundLine& b) noexcept {
    const auto ends_before = [](const RoundLine& one, const RoundLine& other) {
        return one.ends && other.begins && *one.ends <= *other.begins;
    };
    return !ends_before(a, b) && !ends_before(b, a);
}

inline bool are_of_one_source(const Claim& a, const Claim& b) {
    if (!a.source || !b.source) return !a.source && !b.source;
    return a.source == b.source || *a.source == *b.source;  // merged ledgers may have several of one id
}

inline std::vector<RoundLine> lines_in_time(const std::vector<const Claim*>& claims,
                                            const ResolutionPolicy& policy) {
    std::vector<RoundLine> lines;
    lines.reserve(claims.size());
    for (const Claim* claim : claims) lines.push_back({.claim = claim, .begins = detail::begin_of(*claim)});
    for (RoundLine& line : lines) {
        for (const RoundLine& next : lines) {
            const bool later = next.begins && (!line.begins || *next.begins > *line.begins);
            if (!later || (line.ends && *line.ends <= *next.begins)) continue;
            if (policy.prefers(*next.claim, *line.claim) && detail::follows(*next.claim, *line.claim))
                line.ends = next.begins;
        }
    }
    return lines;
}

}  // namespace postmoney
