// CSV import: turns the rows of a table that somebody already has into entries of a ledger.
//
//   std::ifstream file("rounds.csv", std::ios::binary);
//   const CsvReport report = import_csv(ledger, file, "rounds.csv", built_in_map("rounds"));
//   report.imported;             // rows that brought something new
//
// Each table is one source. A table that is imported again changes nothing, nor does a row that is in it
// twice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/import/csv_map.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/timestamp.hpp"

namespace postmoney {

struct CsvOptions {
    // Report what would happen with all refusals, and write nothing: the rows are recorded and rolled back.
    bool dry_run = false;
    // Record the good rows and list the bad ones, rather than refuse the table at its first bad row. A row is
    // recorded whole or not at all.
    bool keep_going = false;
    // The time to record; the clock's time by default.
    std::optional<Timestamp> recorded = {};
};

struct CsvReport {
    std::int64_t rows = 0;       // below the header; rows of empty cells do not count
    std::int64_t imported = 0;   // rows that brought something new, or would
    std::int64_t unchanged = 0;  // rows that repeat an earlier one, or are on record already
    // By row, with keep_going or dry_run; otherwise the first is thrown. Each has the file's name, the row
    // (the header is row 1, as in a spreadsheet; a cell of several lines is in one row) and the column's
    // heading.
    std::vector<Error> refused{};
    // For each column of amounts, the number of cells of each style.
    std::map<std::string, std::map<std::string, std::int64_t>> amount_styles{};
};

// Imports a table in one transaction: all rows or none, unless options.keep_going. Memory holds one row.
// `name` is the file's; errors use it, and so does a source without an id. A row of `rounds` becomes a round
// and its participations, one of `investments` a round and a participation, one of `companies` a party. A
// round's handle is its `round` column. Without one it is the company, the name and the date in lower case
// with hyphens: `acme-robotics-series-a-2018-05-12`. The date is the first of closed, announced, first_sale
// and filed that is there. The same content has the same handle in every table. Throws unknown-kind for a
// table of acquisitions, missing-field for a column that is not in the header, bad-text for a file that is
// not CSV, the first refusal of a row, and as Ledger::apply.
CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options = {});

// Opens the ledger or creates a missing one, and imports. Leaves no new file behind when nothing was
// recorded.
CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv, std::string_view name,
                     const CsvMap& map, const CsvOptions& options = {}, Ledger::Options ledger_options = {});

}  // namespace postmoney
