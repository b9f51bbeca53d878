// EarlyFiling: a notice filed when part of the offering was not yet sold, and the final word on what was
// raised.
//
// A notice of the SEC is due within 15 days of the first sale, so that it often tells a part. What the
// company or a database says later of the whole is used for `raised` (FACTS.md, Early filing, final word).
#pragma once

#include <optional>
#include <vector>

#include "postmoney/answer/resolution.hpp"
#include "postmoney/fact/claim.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// A claim above what an early filing says, and since when it may be true.
struct LaterWord {
    const Claim* claim;
    PartialDate from;

    [[nodiscard]] const Amount& raised() const { return *claim->as<RoundStatement>()->raised; }

    friend bool operator==(const LaterWord& a, const LaterWord& b) noexcept {
        return a.claim->id == b.claim->id && a.from == b.from;
    }
};

struct EarlyFiling {
    const Claim* filing;  // the winner of `raised` by the order
    PartialDate day;      // from which it counts at the latest
    std::optional<LaterWord> final_word = {};
    // Those that are not the final word: they raise the upper bound alone.
    std::vector<LaterWord> others = {};

    [[nodiscard]] const RoundStatement& line() const { return *filing->as<RoundStatement>(); }
    // Whether the final word is used as of a day, the last day of all without one.
    [[nodiscard]] bool is_final(const Viewpoint& viewpoint) const {
        return final_word && viewpoint.sees(final_word->from);
    }

    friend bool operator==(const EarlyFiling& a, const EarlyFiling& b) {
        return a.filing->id == b.filing->id && a.day == b.day && a.final_word == b.final_word &&
               a.others == b.others;
    }
};

// The day of a filing's line: its `filed`, else its `on`, else its source's `published`. Null for a claim of
// another source.
[[nodiscard]] POSTMONEY_EXPORT std::optional<PartialDate> filing_day(const Claim& claim);

// Null where the winner is no filing with a day, or left nothing unsold. `raised` are the claims, best first.
[[nodiscard]] POSTMONEY_EXPORT std::optional<EarlyFiling> early_filing(const Field<Amount>& raised);

//--- Definitions ---

namespace detail {

[[nodiscard]] inline std::optional<PartialDate> published_of(const Claim& claim) {
    return claim.source ? claim.source->published : std::nullopt;
}

// Whether the line itself says that part of the offering is unsold.
[[nodiscard]] bool leaves_unsold(const RoundStatement& line);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/early_filing-inl.hpp"
#endif
