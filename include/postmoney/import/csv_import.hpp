// CSV import: the rows of a table that somebody already has become entries of a ledger.
//
//   std::ifstream file("rounds.csv", std::ios::binary);
//   const CsvReport report = import_csv(ledger, file, "rounds.csv", built_in_map("rounds"));
//   report.imported;             // rows that brought something new
//
// Each table is one source. Importing a table again, or a row that stands in it twice, changes nothing.
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
    // Report what would happen, all refusals included, and write nothing: the rows are recorded, and rolled
    // back.
    bool dry_run = false;
    // Record the good rows and list the bad ones, rather than refuse the table at its first bad row. Of a
    // row, all is recorded or nothing.
    bool keep_going = false;
    // The time to record; the clock's time by default.
    std::optional<Timestamp> recorded = {};
};

struct CsvReport {
    std::int64_t rows = 0;       // below the header; rows of empty cells do not count
    std::int64_t imported = 0;   // rows that brought something new, or would
    std::int64_t unchanged = 0;  // rows that repeat an earlier one, or are on record already
    // By row; only with keep_going or dry_run: else the first is thrown. Each has the file's name, the row
    // (the header is row 1, as in a spreadsheet; a cell of several lines is in one row) and the column's
    // heading.
    std::vector<Error> refused{};
    // For each column of amounts, how many cells of which style.
    std::map<std::string, std::map<std::string, std::int64_t>> amount_styles{};
};

// Imports a table in one transaction: all rows or none, unless options.keep_going. Memory holds a row. `name`
// is the file's, for errors and for a source without an id. A row of `rounds` becomes a round and its
// participations, one of `investments` a round and a participation, one of `companies` a party. A round's
// handle is its `round` column, else the company, the name and the date (closed, announced, first_sale or
// filed, the first that is there) in lower case, with hyphens: `acme-robotics-series-a-2018-05-12`; the same
// content has the same handle in every table. Throws unknown-kind for a table of acquisitions, missing-field
// for a column that the header lacks, bad-text for what is no CSV, the first refusal of a row, and as
// Ledger::apply.
CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options = {});

// Opens the ledger, creating a missing one, and imports. Leaves no new file behind when nothing was recorded.
CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv, std::string_view name,
                     const CsvMap& map, const CsvOptions& options = {}, Ledger::Options ledger_options = {});

}  // namespace postmoney
