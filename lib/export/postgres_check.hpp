// What PostgreSQL compares, to tell that a ledger arrived there as it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "export/postgres_rows.hpp"

namespace postmoney::detail {

// A statement that fails unless the tables hold the rows of the ledger: as many, with the same sums of money
// by currency, ids that are those of their bodies, hashes that link, and the same heads. Ids and hashes are
// computed of the entries behind `last_entry`, as those up to it were checked when they came.
[[nodiscard]] std::string check_of_rows(const Ledger& ledger, std::span<const ShippedTable> tables,
                                        std::int64_t last_entry = 0);

// A statement that fails unless there are the entries up to this number and no other ones.
[[nodiscard]] std::string check_of_start(const Ledger& ledger, std::int64_t last_entry);

}  // namespace postmoney::detail
