// Names that chains of a merged ledger use differently: nothing is lost by that, and somebody ought to look
// at it.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "postmoney/answer/finding.hpp"
#include "postmoney/value/timestamp.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

struct NameConflict {
    Finding finding;
    std::set<std::int64_t> parties;  // the roots of the parties that its entries are about
};

// Keys of several entries, ids of several sources, handles of rounds of several companies, among what stood
// at that time; each kind by name.
[[nodiscard]] std::vector<NameConflict> name_conflicts(Connection& connection,
                                                       std::optional<Timestamp> known_at);

}  // namespace postmoney::detail
