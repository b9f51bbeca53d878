// The definitions of early_filing.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/early_filing.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE bool leaves_unsold(const RoundStatement& line) {
    if (line.remaining) return !line.remaining->disclosed() || line.remaining->number().minor() != 0;
    if (!line.offered) return false;
    if (line.offered->qualifier() == Qualifier::indefinite) return true;
    return line.offered->disclosed() && line.offered->currency() == line.raised->currency() &&
           line.offered->number() > line.raised->number();
}

// Whether a claim above the filing can be the final word.
[[nodiscard]] inline bool can_be_final(const Claim& claim, const PartialDate& filing_day) {
    const auto published = published_of(claim);
    if (!published || published->first_day() <= filing_day.last_day()) return false;
    const auto& line = *claim.as<RoundStatement>();
    if (claim.source->type == SourceType::company) {
        return line.status != RoundStatus::open && line.status != RoundStatus::rumoured &&
               line.status != RoundStatus::cancelled;
    }
    const auto is_later = [&](const std::optional<PartialDate>& date) {
        return date && date->first_day() > filing_day.last_day();
    };
    return claim.source->type == SourceType::database && (is_later(line.closed) || is_later(line.on));
}

// Whether the claim is of the company, a database or the press, and surely above the filing's.
[[nodiscard]] inline bool is_above(const Stated<Amount>& stated, const Amount& filed) {
    const auto& source = stated.claim->source;
    if (!source || source->type == SourceType::filing || source->type == SourceType::rumour) return false;
    return stated.value->disclosed() && stated.value->currency() == filed.currency() &&
           stated.value->lower() > filed.known();
}

// Without a date of its own the claim may be true from the filing's day on.
[[nodiscard]] inline LaterWord later_word(const Claim& claim, const PartialDate& filing_day) {
    const auto& line = *claim.as<RoundStatement>();
    if (line.on) return {&claim, *line.on};
    return {&claim, line.closed ? *line.closed : published_of(claim).value_or(filing_day)};
}

}  // namespace detail

POSTMONEY_INLINE std::optional<PartialDate> filing_day(const Claim& claim) {
    if (!claim.source || claim.source->type != SourceType::filing) return std::nullopt;
    const auto& line = *claim.as<RoundStatement>();
    if (line.filed) return line.filed;
    return line.on ? line.on : claim.source->published;
}

POSTMONEY_INLINE std::optional<EarlyFiling> early_filing(const Field<Amount>& raised) {
    if (!raised || !raised.value().disclosed()) return std::nullopt;
    const Claim& filing = raised.winner();
    const auto day = filing_day(filing);
    if (!day || !detail::leaves_unsold(*filing.as<RoundStatement>())) return std::nullopt;
    EarlyFiling early{.filing = &filing, .day = *day};
    for (const Stated<Amount>& stated : raised.losing()) {
        if (!detail::is_above(stated, raised.value())) continue;
        const LaterWord word = detail::later_word(*stated.claim, *day);
        if (!early.final_word && detail::can_be_final(*stated.claim, *day)) {
            early.final_word = word;
        } else {
            early.others.push_back(word);
        }
    }
    return early;
}

}  // namespace POSTMONEY_NAMESPACE
