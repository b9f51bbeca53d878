// export_csv: every public view of a ledger as a CSV file, with a description that says what each column is.
#pragma once

#include <cstdint>
#include <filesystem>

#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/progress.hpp"

namespace POSTMONEY_NAMESPACE {

struct CsvExportReport {
    std::int64_t views = 0;
    std::int64_t rows = 0;

    friend bool operator==(const CsvExportReport&, const CsvExportReport&) = default;
};

// Writes a folder with a file NAME.csv for each view of schema/README.md, and datapackage.json, a Tabular
// Data Package, which gives the type, the key, the unit and the currency's column of every column.
//
// The files are UTF-8 after RFC 4180, from one moment of the ledger. NULL is an empty cell, an empty text is
// "". Money is whole minor units, and exact decimal text in the scale of its currency; a blob is hexadecimal
// text. The rows of a view have no order. At most a row is held in memory.
//
// The folder has its name only once all of it is written: throws file-exists when there is something of that
// name or of the name with `.unfinished`, no-such-folder, io, and damaged for a value of another type than
// its column's. Progress is by views; items are rows.
POSTMONEY_EXPORT CsvExportReport export_csv(const Ledger& ledger, const std::filesystem::path& folder,
                                            const ProgressCall& progress = {});

}  // namespace POSTMONEY_NAMESPACE
