// The definitions of splits.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/splits.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// Whether a claim tells of the split that the others are on, the best of them first.
[[nodiscard]] inline bool tells_of(const Claim& claim, const std::vector<const Claim*>& others) {
    const auto& split = *claim.as<Split>();
    const auto& best = *others.front()->as<Split>();
    if (split.on == best.on) return true;
    return agrees(split.on, best.on) && split.ratio.ratio() == best.ratio.ratio() &&
           std::none_of(others.begin(), others.end(),
                        [&](const Claim* other) { return are_of_one_source(claim, *other); });
}

}  // namespace detail

POSTMONEY_INLINE std::vector<ResolvedSplit> splits_of(std::vector<const Claim*> claims,
                                                      const ResolutionPolicy& policy) {
    std::sort(claims.begin(), claims.end(),
              [&](const Claim* a, const Claim* b) { return detail::is_told_better<Split>(*a, *b, policy); });
    std::vector<std::vector<const Claim*>> found;
    for (const Claim* claim : claims) {
        const auto at = std::find_if(found.begin(), found.end(),
                                     [&](const auto& others) { return detail::tells_of(*claim, others); });
        (at == found.end() ? found.emplace_back() : *at).push_back(claim);
    }
    std::vector<ResolvedSplit> splits;
    for (const auto& told : found) {
        std::vector<Stated<Split>> stated;
        for (const Claim* claim : told) stated.push_back({claim->as<Split>(), claim});
        const Split& best = *stated.front().value;
        splits.push_back({best.on, best.security_class, Field<Split>(std::move(stated), policy, "split")});
    }
    const auto place = [](const ResolvedSplit& split) {
        return std::tuple(split.on.last_day(), split.on.first_day());
    };
    std::stable_sort(splits.begin(), splits.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return splits;
}

POSTMONEY_INLINE SplitsByClass::SplitsByClass(const std::vector<const Claim*>& claims,
                                              const ResolutionPolicy& policy) {
    std::vector<const Claim*> of_all;
    std::map<std::string, std::vector<const Claim*>> of_each;
    for (const Claim* claim : claims) {
        const auto& security_class = claim->as<Split>()->security_class;
        (security_class ? of_each[*security_class] : of_all).push_back(claim);
    }
    for (auto& [security_class, own] : of_each) {
        own.insert(own.end(), of_all.begin(), of_all.end());
        of_each_.emplace(security_class, splits_of(std::move(own), policy));
    }
    of_all_ = splits_of(std::move(of_all), policy);
}

POSTMONEY_INLINE const std::vector<ResolvedSplit>& SplitsByClass::of(
    const std::optional<std::string>& security_class) const {
    if (!security_class) return of_all_;
    const auto at = of_each_.find(*security_class);
    return at == of_each_.end() ? of_all_ : at->second;
}

}  // namespace POSTMONEY_NAMESPACE
