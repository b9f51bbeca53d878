// The definitions of round_lines.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/round_lines.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE std::optional<date::sys_days> notice_day(const Claim& claim) {
    const auto& line = *claim.as<RoundStatement>();
    if (line.filed) return line.filed->last_day();
    if (claim.source && claim.source->published) return claim.source->published->last_day();
    return std::nullopt;
}

// Whether a filing amends one of these, though it does not say which: it is later than one of another handle
// that has its file number.
[[nodiscard]] inline bool amends_by_number(const Claim& claim, const std::vector<const Claim*>& claims) {
    const std::string* number = filing_number(claim);
    const auto day = number != nullptr ? notice_day(claim) : std::nullopt;
    return day && std::any_of(claims.begin(), claims.end(), [&](const Claim* other) {
               const std::string* same = filing_number(*other);
               if (same == nullptr || *same != *number) return false;
               const auto before = notice_day(*other);
               return before && *before < *day &&
                      other->as<RoundStatement>()->round != claim.as<RoundStatement>()->round;
           });
}

// From when a line holds beside the others of its round.
[[nodiscard]] inline std::optional<date::sys_days> begin_of(const Claim& claim,
                                                            const std::vector<const Claim*>& claims) {
    const auto& line = *claim.as<RoundStatement>();
    if (line.on) return line.on->last_day();
    if (line.amends || amends_by_number(claim, claims)) return notice_day(claim);
    return std::nullopt;
}

// Whether the later of two lines can take the place of the earlier one.
[[nodiscard]] inline bool follows(const Claim& later, const Claim& earlier) {
    if (source_type(later) != source_type(earlier)) return false;
    if (are_of_one_source(later, earlier)) return true;
    if (later.as<RoundStatement>()->round != earlier.as<RoundStatement>()->round) return true;
    return later.source && later.source->publisher && later.source->publisher == earlier.source->publisher;
}

}  // namespace detail

POSTMONEY_INLINE bool hold_together(const RoundLine& a, const RoundLine& b) noexcept {
    const auto ends_before = [](const RoundLine& one, const RoundLine& other) {
        return one.ends && other.begins && *one.ends <= *other.begins;
    };
    return !ends_before(a, b) && !ends_before(b, a);
}

POSTMONEY_INLINE bool are_of_one_source(const Claim& a, const Claim& b) {
    if (!a.source || !b.source) return !a.source && !b.source;
    return a.source == b.source || *a.source == *b.source;  // merged ledgers may have several of one id
}

POSTMONEY_INLINE std::vector<RoundLine> lines_in_time(const std::vector<const Claim*>& claims,
                                                      const ResolutionPolicy& policy) {
    std::vector<RoundLine> lines;
    lines.reserve(claims.size());
    for (const Claim* claim : claims)
        lines.push_back({.claim = claim, .begins = detail::begin_of(*claim, claims)});
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

}  // namespace POSTMONEY_NAMESPACE
