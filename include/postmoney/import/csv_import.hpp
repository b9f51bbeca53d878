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
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/progress.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

struct CsvOptions {
    // Report what would happen with all refusals, and write nothing: the rows are recorded and rolled back.
    bool dry_run = false;
    // Record the good rows and list the bad ones, rather than refuse the table at its first bad row. A row is
    // recorded whole or not at all.
    bool keep_going = false;
    // The time to record; the clock's time by default.
    std::optional<Timestamp> recorded = {};
    // By bytes read; items are rows.
    ProgressCall progress = {};
};

// A row whose amount in US dollars is not what its `raised_usd` says, beyond rounding.
struct CsvDisagreement {
    std::uint64_t row = 0;
    std::string raised;      // which is taken
    std::string raised_usd;  // which the round keeps as an attribute

    friend bool operator==(const CsvDisagreement&, const CsvDisagreement&) = default;
};

// A row that is on record, of which another line of the same source is used instead: one that was recorded
// later, as a corrected table was, or that supersedes it.
struct CsvNotUsed {
    std::uint64_t row = 0;
    std::string field;  // of the facts file
    std::string said;   // by the row
    std::string used;   // by the other line
    std::string entry;  // that line, as sha256:ID; without it the row's is used again

    friend bool operator==(const CsvNotUsed&, const CsvNotUsed&) = default;
};

struct CsvReport {
    std::int64_t rows = 0;       // below the header; rows of empty cells do not count
    std::int64_t imported = 0;   // rows that brought something new, or would
    std::int64_t unchanged = 0;  // rows that repeat an earlier one, or are on record already
    std::int64_t skipped = 0;    // rows that the map leaves out; the others above do not count them
    std::int64_t zeros = 0;      // amounts of 0 that were taken for undisclosed
    // The findings maybe-one-round on companies of which the table brought a round or a part of one.
    std::int64_t maybe_one_round = 0;
    // Rounds of which the table gives two amounts. Rows that share company, name and date are one round.
    std::int64_t two_amounts = 0;
    // Rows that give one amount in US dollars twice, and differently beyond rounding.
    std::int64_t usd_disagreements = 0;
    std::vector<CsvDisagreement> first_disagreements{};  // at most ten of them
    // Of the unchanged rows those that are not used, as their source says something else later. Importing a
    // table again restores nothing that was corrected: retract the line that is used, or give the table a
    // source of its own, published later.
    std::int64_t not_used = 0;
    std::optional<CsvNotUsed> first_not_used{};
    // Rows by the instrument that the round's name or stage told, where no column did: grant, debt.
    std::map<std::string, std::int64_t> inferred_instruments{};
    std::vector<std::string> unused_columns{};  // the headings that the map does not use
    // By row, with keep_going or dry_run; otherwise the first is thrown. Each has the file's name, the row
    // (the header is row 1, as in a spreadsheet; a cell of several lines is in one row) and the column's
    // heading.
    std::vector<Error> refused{};
    // For each column of amounts, the number of cells of each style.
    std::map<std::string, std::map<std::string, std::int64_t>> amount_styles{};

    friend bool operator==(const CsvReport&, const CsvReport&) = default;
};

// Imports a table in one transaction: all rows or none, unless options.keep_going. Rows are read ahead on
// another thread, so the stream is not for the caller's meanwhile. Memory holds some hundred rows; with
// `investor_rows` in the map also the handle of each round, and of `investments` some hundred bytes for each
// part. Where a number's separator can mean two things, the stream is read a second time for what the rest of
// its column says, if it can seek. `name` is the file's; errors use it, and so does a source without an id. A
// row of `rounds` becomes a round and its participations, one of `investments` a round and a participation (a
// second row of one investor in one round with another amount or other shares is refused), one of `companies`
// a party. A round's handle is its `round` column. Without one it is the company, the name and the date in
// lower case with hyphens: `acme-robotics-series-a-2018-05-12`. The date is the first of closed, announced,
// first_sale and filed that is there. A name with a colon is a party's name, unless what stands before it is
// the scheme of an id on record, or cik, lei, isin, uei or crunchbase. The same content has the same handle
// in every table. Throws unknown-kind for a table of acquisitions, missing-field for a column that is not in
// the header, bad-text for a file that is not CSV, the first refusal of a row, and as Ledger::apply.
POSTMONEY_EXPORT CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name,
                                      const CsvMap& map, const CsvOptions& options = {});

// Opens the ledger or creates a missing one, and imports. Leaves no new file behind when nothing was
// recorded.
POSTMONEY_EXPORT CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv,
                                      std::string_view name, const CsvMap& map,
                                      const CsvOptions& options = {}, Ledger::Options ledger_options = {});

}  // namespace POSTMONEY_NAMESPACE
