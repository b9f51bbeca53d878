// Merges ledgers: what one file holds comes to the chains of another.
//
// The places of all chains, by `recorded`, then chain id and seq, give one order, that does not depend on
// what was merged into what; what follows from entries is computed by recording them in it. An entry that a
// merged ledger records is later than all that came from others, so that entries only ever refer to what
// comes before them in this order.
#pragma once

#include "postmoney/ledger/reports.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// Joins what `from` holds to `to`. Throws as Ledger::merge.
[[nodiscard]] MergeReport merge_ledger(Connection& to, Connection& from, const MergeOptions& options);

}  // namespace postmoney::detail
