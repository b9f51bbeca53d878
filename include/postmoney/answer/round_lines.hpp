// RoundLine: on which days what a line says of a round holds.
//
// A line holds from its `on`; one that amends and has none, as a later filing under one file number does,
// from its `filed`, else its source's `published`; any other always. It holds until a later line begins that
// takes its place (FACTS.md, Lines in time).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
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

// The last day of the line's `filed`, else of its source's `published`.
[[nodiscard]] std::optional<date::sys_days> notice_day(const Claim& claim);

// The SEC's number of the offering that a line is of; null where it gives none.
[[nodiscard]] inline const std::string* file_number(const RoundStatement& line) {
    const auto found = line.attributes.find(std::string(RoundStatement::file_number_attribute));
    return found == line.attributes.end() ? nullptr : &found->second;
}

[[nodiscard]] inline std::optional<SourceType> source_type(const Claim& claim) {
    return claim.source ? std::optional(claim.source->type) : std::nullopt;
}

// The same of a filing; null of any other line.
[[nodiscard]] inline const std::string* filing_number(const Claim& claim) {
    return source_type(claim) == SourceType::filing ? file_number(*claim.as<RoundStatement>()) : nullptr;
}

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/round_lines-inl.hpp"
#endif
