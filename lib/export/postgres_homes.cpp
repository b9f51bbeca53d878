#include "export/postgres_homes.hpp"

#include <span>
#include <string>
#include <variant>

#include "ledger/read/united_parties.hpp"

namespace postmoney::detail {

Homes::Homes(const Ledger& ledger, std::int64_t last_entry) {
    UnitedParties united;
    std::int64_t line = 0;
    std::int64_t first = 0;
    ledger.query("SELECT entry, party FROM party_union WHERE entry <= " + std::to_string(last_entry) +
                     " ORDER BY entry, party",
                 {.row = [&](std::span<const SqlCell> row) {
                     const std::int64_t party = std::get<std::int64_t>(row[1]);
                     united.add(party);
                     if (std::get<std::int64_t>(row[0]) == line) {
                         united.unite(first, party);
                     } else {
                         line = std::get<std::int64_t>(row[0]);
                         first = party;
                     }
                 }});
    home_ = united.roots();
    for (const auto& [party, home] : home_) parties_.emplace(home, party);
}

std::int64_t Homes::of(std::int64_t party) const {
    const auto found = home_.find(party);
    return found == home_.end() ? party : found->second;
}

std::vector<std::int64_t> Homes::parties_of(std::int64_t home) const {
    std::vector<std::int64_t> parties;
    const auto [begin, end] = parties_.equal_range(home);
    for (auto party = begin; party != end; ++party) parties.push_back(party->second);
    if (parties.empty()) parties.push_back(home);
    return parties;
}

std::map<std::int64_t, std::int64_t> Homes::moved_to(const Homes& later) const {
    std::map<std::int64_t, std::int64_t> moved;
    for (const auto& [party, home] : later.home_) {
        if (of(party) != home) moved.emplace(of(party), home);
    }
    return moved;
}

}  // namespace postmoney::detail
