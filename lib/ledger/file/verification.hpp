// Verifies a ledger by recording its entries anew, in a scratch ledger, and comparing every table row by row.
#pragma once

#include <string>

#include "base/progress_meter.hpp"
#include "postmoney/ledger/head.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// The first thing wrong, in words; empty when nothing is. Each entry is a step of the meter.
[[nodiscard]] std::string first_problem(Connection& connection, ProgressMeter* meter = nullptr);
// The same of what all else follows from: the form of the file, its chains and its entries. `scratch` shows
// what form a ledger has.
[[nodiscard]] std::string entries_problem(Connection& connection, Connection& scratch,
                                          ProgressMeter* meter = nullptr);
// The first entry whose id or place in its chain is not what its content gives, in words; empty when there is
// none.
[[nodiscard]] std::string chain_problem(Connection& connection, ProgressMeter* meter = nullptr);

// Whether the head that was kept elsewhere is still in the ledger: what is wrong, in words; empty when it is.
// Goes by the hashes as they are on record: first_problem checks these.
[[nodiscard]] std::string head_problem(Connection& connection, const Head& kept);

// SHA-256 of the sorted entry ids.
[[nodiscard]] Digest digest_of(Connection& connection);

}  // namespace postmoney::detail
