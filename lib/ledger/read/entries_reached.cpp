#include "ledger/read/entries_reached.hpp"

#include <algorithm>
#include <limits>

#include "ledger/read/chain_paths.hpp"

namespace postmoney::detail {

EntriesReached::EntriesReached(Connection& connection, std::span<const Head> since)
    : first_new_(std::numeric_limits<std::int64_t>::max()) {
    ChainPaths chains(connection);
    chains.refresh();
    Statement first(connection.handle(), "SELECT min(entry) FROM entry WHERE chain = ?1 AND seq > ?2");
    for (const auto& [chain, row] : chains.rows()) {
        std::int64_t& end = ends_[chain];
        for (const Head& head : since) {
            if (head.chain != row.id || head.length <= end) continue;
            // Of two copies of a chain that both grew, a head is of one.
            const auto place = chains.at(chain, head.length);
            if (place && place->hash == head.hash) end = head.length;
        }
        first.bind(chain, end);
        if (first.step() && !first.is_null(0)) first_new_ = std::min(first_new_, first.integer(0));
    }
}

}  // namespace postmoney::detail
