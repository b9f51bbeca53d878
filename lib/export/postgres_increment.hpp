// What came to a ledger since a head, as rows for a PostgreSQL that has the ledger as it was then.
//
// It is found from the new entries, so that it takes as long as they are many, and not as the ledger is long.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/output_folder.hpp"
#include "export/postgres_check.hpp"
#include "postmoney/ledger/head.hpp"

namespace postmoney::detail {

struct Increment {
    std::int64_t entry = 0;               // the number of the head's entry, the last one that is there
    std::int64_t round = 0;               // the number of the last round that is there
    std::vector<std::int64_t> touched;    // the entries up to it whose standing may have changed since
    std::vector<std::int64_t> homes;      // of the companies of which something may have changed
    std::vector<std::int64_t> investors;  // homes of other parties that may be new or have another name
    std::map<std::int64_t, std::int64_t> moved;  // homes there that are other ones now, and which
    bool rates = false;                          // whether exchange rates may rank otherwise
    bool retractions = false;                    // whether there is a new retraction
    bool currencies = false;                     // whether units may be others
};

// Throws bad-head for a head that is not in the ledger.
[[nodiscard]] Increment increment_since(const Ledger& ledger, const Head& head);

// Writes the rows as SQL. Conditions of the rows that it returns ask the tables that this SQL makes, which
// last as long as its transaction.
[[nodiscard]] std::vector<LoadedRows> write_increment(const Ledger& ledger,
                                                      std::span<const ShippedTable> tables,
                                                      const Increment& increment, OutputFile& file);

}  // namespace postmoney::detail
