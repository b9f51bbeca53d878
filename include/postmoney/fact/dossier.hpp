// Dossier: everything that stands on record about one company, as the pure functions on it take it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/fact/claim.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

// The two dates of a query: the world of that day, as the ledger knew it at that time; both inclusive. A
// partial date means its last day. What is not given leaves nothing out.
struct Viewpoint {
    std::optional<PartialDate> as_of = {};
    std::optional<Timestamp> known_at = {};

    // Whether what holds from `on` is seen: it is not when `on` is not over by `as_of`.
    [[nodiscard]] bool sees(const std::optional<PartialDate>& on) const {
        return !as_of || !on || on->surely_by(as_of->last_day());
    }
    // Whether the claim is seen, by the day from which it holds. A target is seen before its day.
    [[nodiscard]] POSTMONEY_EXPORT bool sees(const Claim& claim) const;
    // Whether something dated may have come: it has not when its date has not begun by `as_of`.
    [[nodiscard]] bool may_have_come(const PartialDate& date) const {
        return !as_of || date.begun_by(as_of->last_day());
    }

    friend bool operator==(const Viewpoint&, const Viewpoint&) = default;
};

struct Dossier {
    std::int64_t party = 0;
    std::string company;  // its current name
    // The standing claims as known at the viewpoint's time, in order of recording.
    std::vector<Claim> claims;

    friend bool operator==(const Dossier&, const Dossier&) = default;
};

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/fact/dossier-inl.hpp"
#endif
