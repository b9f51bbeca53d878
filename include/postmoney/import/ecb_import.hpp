// import_ecb: fills a ledger with the euro foreign exchange reference rates of the European Central Bank.
//
//   const std::vector<std::filesystem::path> paths{"eurofxref-hist.zip"};
//   const EcbReport report = import_ecb(ledger, paths, {.from = PartialDate::parse("2015")});
//   report.imported;             // rates that were not on record before
//
// Reads the files as they are published: the CSV and the XML of a day, of 90 days and of all days since 1999,
// and a zip of one of them. A rate says what one euro costs: base EUR, quote the currency, on its day. `N/A`
// and an empty cell are no rate. Currencies that ended are read as any other.
//
// A file is a source: the rates as the ECB gave them on the last day that the file has, of type `database`
// and published on that day. So the CSV, the XML and the zip of a day are one source. A rate that the ECB's
// latest standing claim on its pair and day gives already is not recorded again: a file that is imported
// again changes nothing, and a longer history adds its new days and what was corrected since, which wins as
// it was published later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/progress.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

struct EcbOptions {
    // Leave out the days before its first day; by default there are none.
    std::optional<PartialDate> from = {};
    // Import the rates of these only; all when empty. Each file has to name each of them.
    std::vector<Currency> currencies = {};
    // The time to record; the clock's by default.
    std::optional<Timestamp> recorded = {};
    // By files; items are days.
    ProgressCall progress = {};
};

// A rate that is on record, of which another claim of the same source is used instead.
struct EcbNotUsed {
    PartialDate day;
    Currency currency;
    Decimal rate;   // in the file
    Decimal used;   // of the claim that is used
    EntryId entry;  // that claim; without it the file's rate is used again

    friend bool operator==(const EcbNotUsed&, const EcbNotUsed&) = default;
};

struct EcbReport {
    std::int64_t files = 0;
    std::int64_t days = 0;           // in the files
    std::int64_t imported = 0;       // rates that were not on record before
    std::int64_t already_there = 0;  // rates that the ledger has from the ECB
    std::int64_t left_out = 0;       // rates that the options leave out
    // Of those already there, the ones that are not used, as a later claim of the same source says something
    // else: importing a file again restores nothing that was corrected.
    std::int64_t not_used = 0;
    std::optional<EcbNotUsed> first_not_used = {};

    friend bool operator==(const EcbReport&, const EcbReport&) = default;
};

// The id of the source of a file whose last day that is: "ecb:" and the day, "ecb:2024-12-02".
[[nodiscard]] POSTMONEY_EXPORT std::string ecb_source_id(const PartialDate& last_day);

// Imports the files, and those of folders, in one transaction: all or nothing. Memory holds one file and what
// the ECB last said of each day. Throws no-such-file, io, and for a file that is not as the ECB publishes it,
// or larger than 64 MiB, a refusal with file, line, column, value and what was expected: bad-text, bad-xml,
// bad-date, bad-number, out-of-range, missing-field, duplicate-field, and unknown-currency for a code that
// neither ISO 4217 nor the ledger has.
POSTMONEY_EXPORT EcbReport import_ecb(Ledger& ledger, std::span<const std::filesystem::path> paths,
                                      const EcbOptions& options = {});
inline EcbReport import_ecb(Ledger& ledger, std::initializer_list<std::filesystem::path> paths,
                            const EcbOptions& options = {}) {
    return import_ecb(ledger, std::span(paths.begin(), paths.size()), options);
}

}  // namespace POSTMONEY_NAMESPACE
