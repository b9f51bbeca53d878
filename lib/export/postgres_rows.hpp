// The rows of a ledger as COPY of PostgreSQL takes them: all of them, or what came since a head.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/output_folder.hpp"
#include "export/postgres_schema.hpp"
#include "export/public_views.hpp"
#include "postmoney/ledger/head.hpp"
#include "postmoney/ledger/ledger.hpp"

namespace postmoney::detail {

// A table there, and the table or view of its name in the file.
struct ShippedTable {
    PostgresTable there;
    std::vector<PublicColumn> columns;

    [[nodiscard]] bool has(std::string_view column) const;
    // Whether each row is of a company, and says when it was known.
    [[nodiscard]] bool is_company_history() const { return has("company") && has("known_to"); }
};

// The schema of this version for PostgreSQL.
[[nodiscard]] PostgresSchema current_postgres_schema();
[[nodiscard]] std::vector<ShippedTable> shipped_tables(const Ledger& ledger, const PostgresSchema& schema);

// The first column of the rows as text, numbers in digits, NULL as an empty text.
[[nodiscard]] std::vector<std::string> first_column(const Ledger& ledger, const std::string& sql);

// What a head leaves to ship.
struct SinceHead {
    std::int64_t entry = 0;              // the number of the head's entry, the last one that is there
    std::int64_t round = 0;              // the highest number of a round by then
    std::vector<std::string> companies;  // the numbers of those of which something changed since
};
// Throws bad-head for a head that is not in the ledger.
[[nodiscard]] SinceHead since_head(const Ledger& ledger, std::span<const ShippedTable> tables,
                                   const Head& head);

// Write the rows as SQL, and return how many they are.
std::int64_t write_all_rows(const Ledger& ledger, std::span<const ShippedTable> tables, OutputFile& file);
std::int64_t write_rows_since(const Ledger& ledger, std::span<const ShippedTable> tables,
                              const SinceHead& since, OutputFile& file);

}  // namespace postmoney::detail
