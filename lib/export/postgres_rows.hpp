// The rows of a ledger as COPY of PostgreSQL takes them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/output_folder.hpp"
#include "export/postgres_homes.hpp"
#include "export/postgres_schema.hpp"
#include "export/public_views.hpp"
#include "postmoney/ledger/ledger.hpp"

namespace postmoney::detail {

// A table there, and the table or view of its name in the file.
struct ShippedTable {
    PostgresTable there;
    std::vector<PublicColumn> columns;  // those that the file has not among them, first

    [[nodiscard]] bool has(std::string_view column) const;
    // Whether its rows say when they were known of a company.
    [[nodiscard]] bool is_company_history() const { return has("company") && has("known_to"); }
    // SQL on the file for a column.
    [[nodiscard]] std::string selected(std::size_t column) const;
};

// The schema of this version for PostgreSQL, as it is laid out there.
[[nodiscard]] PostgresSchema current_postgres_schema();
[[nodiscard]] std::vector<ShippedTable> shipped_tables(const Ledger& ledger, const PostgresSchema& schema);

// The first column of the rows as text, numbers in digits, NULL as an empty text.
[[nodiscard]] std::vector<std::string> first_column(const Ledger& ledger, const std::string& sql);
// The same of rows of integers.
[[nodiscard]] std::vector<std::int64_t> first_numbers(const Ledger& ledger, const std::string& sql);

// How many rows of a table there are, and what their money comes to.
class RowTally {
  public:
    // Sums rest in parts that fit into 64 bits, as the whole need not: what divides by this, and the rest.
    static constexpr std::int64_t part = 1'000'000'000;

    struct Sums {
        std::size_t minor = 0;     // the column
        std::size_t currency = 0;  // that of its currency
        std::map<std::string, std::array<std::int64_t, 2>, std::less<>> by_currency = {};
    };

    explicit RowTally(const ShippedTable& table);
    // Cells in the order of the table's columns.
    void add(std::span<const SqlCell> row);

    [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const std::vector<Sums>& sums() const noexcept { return sums_; }

  private:
    std::int64_t rows_ = 0;
    std::vector<Sums> sums_;
};

// The tally of all rows that the file has.
[[nodiscard]] RowTally tally_of(const Ledger& ledger, const ShippedTable& table);

// Writes rows in the text format of COPY, and counts them.
class CopyWriter {
  public:
    CopyWriter(const Ledger& ledger, const Homes& homes, OutputFile& file)
        : ledger_(&ledger), homes_(&homes), file_(&file) {}

    // COPY into a table of the columns of `table`, if any rows come.
    void begin(const ShippedTable& table, std::string_view target);
    // Rows for which the condition holds: empty, or ` WHERE ...`.
    void rows(const std::string& condition);
    [[nodiscard]] RowTally end();

    RowTally copy(const ShippedTable& table, std::string_view target, const std::string& condition);

  private:
    void write(std::span<const SqlCell> row);
    void append(const SqlCell& cell, const PublicColumn& column);
    void append_text(std::string_view text);
    void append_bytes(std::span<const std::uint8_t> bytes);

    const Ledger* ledger_;
    const Homes* homes_;
    OutputFile* file_;
    const ShippedTable* table_ = nullptr;
    std::vector<RowTally> tally_;  // of the table, from begin to end
    std::string head_;
    std::string selected_;
    std::string line_;
};

}  // namespace postmoney::detail
