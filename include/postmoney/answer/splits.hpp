// ResolvedSplit: one split of a company's shares, whoever tells of it. The rule by which claims are of one
// split is FACTS.md's, Splits.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/tranches.hpp"
#include "postmoney/fact/split.hpp"

namespace postmoney {

//--- Interface ---

struct ResolvedSplit {
    PartialDate on;                                  // as the best claim says
    std::optional<std::string> security_class = {};  // likewise; null: of all classes
    Field<Split> split;

    [[nodiscard]] const SplitRatio& ratio() const { return split.value().ratio; }
};

// The splits that the claims come to, by date (last day, first day). Their classes are not compared.
[[nodiscard]] std::vector<ResolvedSplit> splits_of(std::vector<const Claim*> claims,
                                                   const ResolutionPolicy& policy = {});

// All splits of a company, by what they split: a class by itself is split by its own splits and by those of
// all classes, which one and the same split may be told as.
class SplitsByClass {
  public:
    SplitsByClass() = default;
    SplitsByClass(const std::vector<const Claim*>& claims, const ResolutionPolicy& policy);

    // The splits of all classes, by date.
    [[nodiscard]] const std::vector<ResolvedSplit>& of_all() const noexcept { return of_all_; }
    // By class that some split names: those that split it.
    [[nodiscard]] const std::map<std::string, std::vector<ResolvedSplit>>& of_each() const noexcept {
        return of_each_;
    }
    // Those that split a class, by date; of null those of all classes.
    [[nodiscard]] const std::vector<ResolvedSplit>& of(
        const std::optional<std::string>& security_class) const;

  private:
    std::vector<ResolvedSplit> of_all_;
    std::map<std::string, std::vector<ResolvedSplit>> of_each_;
};

//--- Definitions ---

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

inline std::vector<ResolvedSplit> splits_of(std::vector<const Claim*> claims,
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
        splits.push_back({best.on, best.security_class, Field<Split>(std::move(stated), policy)});
    }
    const auto place = [](const ResolvedSplit& split) {
        return std::tuple(split.on.last_day(), split.on.first_day());
    };
    std::stable_sort(splits.begin(), splits.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return splits;
}

inline SplitsByClass::SplitsByClass(const std::vector<const Claim*>& claims, const ResolutionPolicy& policy) {
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

inline const std::vector<ResolvedSplit>& SplitsByClass::of(
    const std::optional<std::string>& security_class) const {
    if (!security_class) return of_all_;
    const auto at = of_each_.find(*security_class);
    return at == of_each_.end() ? of_all_ : at->second;
}

}  // namespace postmoney
