// The definitions of tranches.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/tranches.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

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
    return {best.on, best.name.value_or(""), Field<Amount>(std::move(amounts), policy, "amount"), instrument};
}

}  // namespace detail

POSTMONEY_INLINE std::vector<ResolvedClosing> tranches_of(std::vector<const Claim*> closings,
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

}  // namespace POSTMONEY_NAMESPACE
