// UnitedParties: which parties are one, and the lowest number of each such group, its root.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

namespace postmoney::detail {

class UnitedParties {
  public:
    // A party is its own root until it is united with another one.
    void add(std::int64_t party) { parent_.emplace(party, party); }

    // Both are to be there.
    void unite(std::int64_t a, std::int64_t b) {
        std::int64_t low = root(a);
        std::int64_t high = root(b);
        if (high < low) std::swap(low, high);
        parent_.at(high) = low;
    }

    [[nodiscard]] std::map<std::int64_t, std::int64_t> roots() {
        for (auto& [party, parent] : parent_) parent = root(party);
        return parent_;
    }

  private:
    // Halves the way to the root as it goes.
    [[nodiscard]] std::int64_t root(std::int64_t party) {
        while (parent_.at(party) != party) {
            std::int64_t& parent = parent_.at(party);
            parent = parent_.at(parent);
            party = parent;
        }
        return party;
    }

    std::map<std::int64_t, std::int64_t> parent_;
};

}  // namespace postmoney::detail
