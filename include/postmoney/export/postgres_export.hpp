// export_postgres: a ledger as scripts that load it into PostgreSQL and check there that all of it arrived.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>

#include "postmoney/ledger/head.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/progress.hpp"

namespace POSTMONEY_NAMESPACE {

struct PostgresExportOptions {
    // Only what came after this entry, for a database that holds the ledger as it was then.
    std::optional<Head> since = {};
    // By tables; items are rows.
    ProgressCall progress = {};
};

struct PostgresExportReport {
    std::int64_t entries = 0;
    std::int64_t rows = 0;  // of all tables, the entries among them

    friend bool operator==(const PostgresExportReport&, const PostgresExportReport&) = default;
};

// Writes a folder of scripts for psql, from one moment of the ledger. `load.sql` runs the others in one
// transaction: the schema `postmoney` with the tables and views of schema/README.md under the same names, the
// rows, and the checks. Where something fails nothing is loaded.
//
//   psql -X -d DSN -f load.sql                  -v replace=1 replaces what an earlier load left
//   psql -X -d DSN -v reader=ROLE -v loader=ROLE -f append_only.sql
//
// Integers are bigint, texts are as they are and compared byte by byte, ids are bytea, times timestamptz.
// The checks count the rows of each table, sum money by currency, compute each id from its body and each
// hash of the chains, and compare the heads. append_only.sql grants roles what they need, and has triggers
// that refuse to change what is recorded. references.sql has the database follow every reference, which the
// ledger has checked.
//
// What belongs to a company has a first column `home`, with which its keys begin: the lowest number among the
// parties that were ever said to be that company. Views join within it or with reference tables, so that the
// rows can lie on several machines; distribute.sql says so to Citus, untried.
//
// With `since` the rows are the entries after it and the derived rows of the companies that they are about,
// which replace those there; the checks are of these rows and of the heads. It takes as long as they are
// many. A database that holds anything else than the ledger as it was then is refused there: a merge may
// number entries anew, and after one that did only the whole can be loaded.
//
// Throws bad-head for a head that is not in the ledger, file-exists, no-such-folder, io, damaged.
POSTMONEY_EXPORT PostgresExportReport export_postgres(const Ledger& ledger,
                                                      const std::filesystem::path& folder,
                                                      const PostgresExportOptions& options = {});

// The checks alone, in a transaction that only reads: psql ends with an error where the database is not what
// the ledger is.
POSTMONEY_EXPORT void write_postgres_check(const Ledger& ledger, std::ostream& out);

}  // namespace POSTMONEY_NAMESPACE
