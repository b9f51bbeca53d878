// EntriesReached: which entries of the log were there when heads were kept, for a feed of those that came
// since.
#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "postmoney/ledger/head.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class EntriesReached {
  public:
    // The ledger has each of the heads.
    EntriesReached(Connection& connection, std::span<const Head> since);

    // The number of the first entry that is new; those before it are not.
    [[nodiscard]] std::int64_t first_new() const noexcept { return first_new_; }
    // Whether the place in the chain of that number was there.
    [[nodiscard]] bool has(std::int64_t chain, std::int64_t seq) const {
        const auto end = ends_.find(chain);
        return end != ends_.end() && seq <= end->second;
    }

  private:
    std::map<std::int64_t, std::int64_t> ends_;  // by the numbers of chains, as several may share one id
    std::int64_t first_new_;
};

}  // namespace postmoney::detail
