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

namespace postmoney {

//--- Interface ---

struct ResolvedClosing {
    PartialDate on;    // as the best claim says
    std::string name;  // likewise; may be empty
    Field<Amount> amount;
    std::optional<Instrument> instrument = {};  // null: the round's
};

// The tranches that the closings on one round come to, by date (last day, first
// day), those of one date in the order in which they are told best.
[[nodiscard]] std::vector<ResolvedClosing> tranches_of(std::vector<const Claim*> closings,
                                                       const ResolutionPolicy& policy = {});

//--- Definitions ---

namespace detail {

// The claims on one tranche, the best first.
class TrancheClaims {
  public:
    explicit TrancheClaims(const Claim& claim) : claims_{&claim} {}

    [[nodiscard]] const std::vector<const Claim*>& claims() const noexcept { return claims_; }
    void add(const Claim& claim) { claims_.push_back(&claim); }

    [[nodiscard]] bool takes(const Claim& claim) const {
        const auto& closing = *claim.as<Closing>();
        if (!agrees(best().on, closing.on) || has_other_words(closing)) return false;
        bool of_its_source = false;
        bool same_amount = false;
        for (const Claim* other : claims_) {
            const auto& told = *other->as<Closing>();
            const bool equal = agreement(closing.amount, told.amount) == Agreement::agree;
            same_amount = same_amount || equal;
            if (!are_of_one_source(claim, *other)) continue;
            of_its_source = true;
            if (equal || (told.on == closing.on && told.name == closing.name)) return true;
        }
        return !of_its_source && (same_amount || best().on == closing.on);
    }

  private:
    [[nodiscard]] const Closing& best() const { return *claims_.front()->as<Closing>(); }

    // Whether some claim on the tranche has another name or instrument.
    [[nodiscard]] bool has_other_words(const Closing& closing) const {
        const auto differ = [](const auto& a, const auto& b) { return a && b && *a != *b; };
        return std::any_of(claims_.begin(), claims_.end(), [&](const Claim* claim) {
            const auto& told = *claim->as<Closing>();
            return differ(told.name, closing.name) || differ(told.instrument, closing.instrument);
        });
    }

    std::vector<const Claim*> claims_;
};

// The order in which claims on closings and on splits are taken: as the one order has it, but of one source's
// type and day the more precise date comes first.
template <ContentKind Kind>
[[nodiscard]] bool is_told_better(const Claim& a, const Claim& b, const ResolutionPolicy& policy) {
    if (const auto order = policy.by_source(a, b); order != 0) return order < 0;
    const auto precision = [](const Claim& claim) { return claim.as<Kind>()->on.precision(); };
    if (precision(a) != precision(b)) return precision(a) < precision(b);  // a day comes before a year
    return policy.prefers(a, b);
}

[[nodiscard]] inline ResolvedClosing resolved_tranche(const TrancheClaims& tranche,
                                                      const ResolutionPolicy& policy) {
    const auto& best = *tranche.claims().front()->as<Closing>();
    std::vector<Stated<Amount>> amounts;
    std::optional<Instrument> instrument;
    for (const Claim* claim : tranche.claims()) {
        const auto& closing = *claim->as<Closing>();
        amounts.push_back({&closing.amount, claim});
        if (!instrument) instrument = closing.instrument;
    }
    return {best.on, best.name.value_or(""), Field<Amount>(std::move(amounts), policy), instrument};
}

}  // namespace detail

inline std::vector<ResolvedClosing> tranches_of(std::vector<const Claim*> closings,
                                                const ResolutionPolicy& policy) {
    std::sort(closings.begin(), closings.end(), [&](const Claim* a, const Claim* b) {
        return detail::is_told_better<Closing>(*a, *b, policy);
    });
    std::vector<detail::TrancheClaims> found;
    for (const Claim* claim : closings) {
        const auto at = std::find_if(found.begin(), found.end(),
                                     [&](const auto& tranche) { return tranche.takes(*claim); });
        if (at == found.end()) {
            found.emplace_back(*claim);
        } else {
            at->add(*claim);
        }
    }
    std::vector<ResolvedClosing> tranches;
    tranches.reserve(found.size());
    for (const auto& tranche : found) tranches.push_back(detail::resolved_tranche(tranche, policy));
    const auto place = [](const ResolvedClosing& closing) {
        return std::tuple(closing.on.last_day(), closing.on.first_day());
    };
    std::stable_sort(tranches.begin(), tranches.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return tranches;
}

}  // namespace postmoney
