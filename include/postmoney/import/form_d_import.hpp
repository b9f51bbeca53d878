// import_form_d: fills a ledger from Form D notices as the SEC hands them out.
//
//   const std::vector<std::filesystem::path> paths{"filings", "2024q4_d.zip"};
//   const ImportReport report = import_form_d(ledger, paths);
//
// Reads any mix of primary_doc.xml files, full EDGAR submissions (.txt, .nc, .ori), the quarterly data set
// (six tables of tab-separated values, of which RECIPIENTS, RELATEDPERSONS and SIGNATURES may be missing),
// and folders and zip archives of these. It skips files in a folder or an archive that by their names are
// none of these. A filing that is imported again changes nothing: it is known by its accession number, or by
// the hash of its values when nothing tells the number.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/progress.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

struct ImportOptions {
    // Import the good filings and list the bad ones, rather than refuse all at the first bad one.
    bool keep_going = false;
    // The time to record; the clock's by default.
    std::optional<Timestamp> recorded = {};
    // By files, an archive being one; items are filings.
    ProgressCall progress = {};
};

struct ImportReport {
    std::int64_t files = 0;       // documents that were read: files, members of archives, tables
    std::int64_t imported = 0;    // filings
    std::int64_t unchanged = 0;   // filings that were on record already
    std::int64_t superseded = 0;  // filings on record that an imported one amends
    std::vector<Error> refused{};
    std::vector<std::string> notes{};  // what was left unread and is no fault: tables that a data set lacks

    friend bool operator==(const ImportReport&, const ImportReport&) = default;
};

// Imports in one transaction: all or nothing, unless options.keep_going. Memory holds one document at a time,
// or the tables of one data set. Throws no-such-file, and the refusals of a filing with file, line, element,
// value and what was expected.
POSTMONEY_EXPORT ImportReport import_form_d(Ledger& ledger, std::span<const std::filesystem::path> paths,
                                            const ImportOptions& options = {});
inline ImportReport import_form_d(Ledger& ledger, std::initializer_list<std::filesystem::path> paths,
                                  const ImportOptions& options = {}) {
    return import_form_d(ledger, std::span(paths.begin(), paths.size()), options);
}

}  // namespace POSTMONEY_NAMESPACE
