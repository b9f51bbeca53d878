// What PostgreSQL compares, to tell that a ledger arrived there as it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "export/postgres_rows.hpp"

namespace postmoney::detail {

// Rows of a table, and the condition for them there: empty for all of them.
struct LoadedRows {
    const ShippedTable* table = nullptr;
    RowTally tally;
    std::string where = {};
};

// All rows of the file.
[[nodiscard]] std::vector<LoadedRows> rows_of_file(const Ledger& ledger,
                                                   std::span<const ShippedTable> tables);

// A statement that fails unless the tables hold these rows: as many, with the same sums of money by currency,
// ids that are those of their bodies, hashes that link, and the heads of the ledger. Ids and hashes are
// computed of the entries behind `last_entry`, as those up to it were checked when they came.
[[nodiscard]] std::string check_of_rows(const Ledger& ledger, std::span<const LoadedRows> rows,
                                        std::int64_t last_entry = 0);

// A statement that fails unless there are the entries up to this number and none behind it.
[[nodiscard]] std::string check_of_start(const Ledger& ledger, std::int64_t last_entry);

}  // namespace postmoney::detail
