// Homes: the company that rows lie with in PostgreSQL, the lowest number among all parties that were ever
// said to be the same one.
//
// Unlike the root of a party it never changes when such a line is taken back, so that what was known by then
// lies together too; it changes only when parties with rows of their own are united for the first time.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "postmoney/ledger/ledger.hpp"

namespace postmoney::detail {

class Homes {
  public:
    // As the entries up to this number have them.
    explicit Homes(const Ledger& ledger, std::int64_t last_entry = std::numeric_limits<std::int64_t>::max());

    // Of party 0, that is of what is of no party, 0.
    [[nodiscard]] std::int64_t of(std::int64_t party) const;
    [[nodiscard]] std::vector<std::int64_t> parties_of(std::int64_t home) const;
    // Of each home that is another one later the one that it is then.
    [[nodiscard]] std::map<std::int64_t, std::int64_t> moved_to(const Homes& later) const;

  private:
    std::map<std::int64_t, std::int64_t> home_;  // of the parties that lines named as one with others
    std::multimap<std::int64_t, std::int64_t> parties_;
};

}  // namespace postmoney::detail
