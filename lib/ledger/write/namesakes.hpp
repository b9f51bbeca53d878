// Namesakes: of a name that very many parties have, those that a line with an id of some scheme may mean:
// each party has one id of a scheme, so that all the others are told from it by theirs.
//
// It keeps what was read, and follows what is added. A party that it gives may have got such an id since
// then, or be one with a party that has one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace postmoney::detail {

class Namesakes {
  public:
    using Parties = std::set<std::int64_t>;
    using Identifiers = std::map<std::string, std::string>;  // by scheme

    // Of fewer it is quicker to ask.
    static constexpr std::size_t many = 32;

    // Those of the name without an id of the line's scheme of which they are fewest; null: that is not kept.
    [[nodiscard]] const Parties* without_id_of(const std::string& name, const Identifiers& line) const {
        const auto at = by_name_.find(name);
        if (at == by_name_.end()) return nullptr;
        const Parties* fewest = nullptr;
        for (const auto& id : line) {
            const auto of_scheme = at->second.find(id.first);
            if (of_scheme == at->second.end()) continue;
            if (fewest == nullptr || of_scheme->second.size() < fewest->size()) fewest = &of_scheme->second;
        }
        return fewest;
    }
    void keep(const std::string& name, const std::string& scheme, Parties parties) {
        constexpr std::size_t most_kept = 4096;
        if (by_name_.size() >= most_kept) by_name_.clear();
        by_name_[name].insert_or_assign(scheme, std::move(parties));
    }
    // A party has the name from now on, and these ids.
    void add(const std::string& name, std::int64_t party, const Identifiers& ids) {
        const auto at = by_name_.find(name);
        if (at == by_name_.end()) return;
        for (auto& [scheme, parties] : at->second) {
            if (!ids.contains(scheme)) parties.insert(party);
        }
    }
    [[nodiscard]] bool keeps(const std::string& name) const { return by_name_.contains(name); }
    void forget() { by_name_.clear(); }

  private:
    std::unordered_map<std::string, std::map<std::string, Parties>> by_name_;  // of a name by scheme
};

}  // namespace postmoney::detail
