// Standing: keeps the table `withdrawn`: when each entry did not stand.
#pragma once

#include <cstdint>
#include <vector>

#include "ledger/write/references.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class Standing {
  public:
    explicit Standing(Connection& connection);

    // Takes in an entry that was just written and refers to others so. Returns the entries on record that
    // stand from that time on, or no more, the latest first.
    [[nodiscard]] std::vector<std::int64_t> take_in(const References& references, Timestamp recorded);

  private:
    // One entry; whether that changed.
    [[nodiscard]] bool refresh(std::int64_t entry, Timestamp recorded);

    Statement targets_of_;
    Statement withdrawn_since_;
    Statement withdrawer_;
    Statement withdraw_;
    Statement restore_;
    Statement forget_;
};

}  // namespace postmoney::detail
