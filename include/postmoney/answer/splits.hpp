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
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct ResolvedSplit {
    PartialDate on;                                  // as the best claim says
    std::optional<std::string> security_class = {};  // likewise; null: of all classes
    Field<Split> split;

    [[nodiscard]] const SplitRatio& ratio() const { return split.value().ratio; }

    friend bool operator==(const ResolvedSplit&, const ResolvedSplit&) = default;
};

// The splits that the claims come to, by date (last day, first day). Their classes are not compared.
[[nodiscard]] POSTMONEY_EXPORT std::vector<ResolvedSplit> splits_of(std::vector<const Claim*> claims,
                                                                    const ResolutionPolicy& policy = {});

// All splits of a company, by what they split: a class by itself is split by its own splits and by those of
// all classes, which one and the same split may be told as.
class POSTMONEY_EXPORT SplitsByClass {
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

    friend bool operator==(const SplitsByClass&, const SplitsByClass&) = default;

  private:
    std::vector<ResolvedSplit> of_all_;
    std::map<std::string, std::vector<ResolvedSplit>> of_each_;
};

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/splits-inl.hpp"
#endif
