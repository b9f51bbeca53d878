#include "postmoney/import/csv_import.hpp"

#include <istream>
#include <iterator>
#include <span>
#include <sstream>
#include <system_error>

#include "base/refusal.hpp"
#include "import/csv/csv_rows.hpp"

namespace postmoney {

namespace {

using detail::CsvRows;

void record_source(Ledger::Batch& batch, const CsvRows& rows) {
    const Entry source = rows.source();
    try {
        batch.record(std::span(&source, 1));
    } catch (const Error& error) {
        if (detail::is_of_the_ledger(error.code()) || error.field().empty()) throw;
        throw Error(error.code(), error.message()).in_field("source." + error.field());
    }
}

}  // namespace

CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options) {
    const Currencies currencies = ledger.currencies();
    CsvRows rows(csv, name, map, currencies);
    Ledger::Batch batch(ledger, options.recorded);
    record_source(batch, rows);
    CsvReport report;
    while (rows.next()) {
        ++report.rows;
        try {
            ++(batch.record(rows.entries()) != 0 ? report.imported : report.unchanged);
        } catch (const Error& error) {
            if (detail::is_of_the_ledger(error.code())) throw;
            report.refused.push_back(rows.placed(error));
            if (!options.keep_going && !options.dry_run) throw Error(report.refused.back());
        }
    }
    report.amount_styles = rows.amount_styles();
    if (!options.dry_run && report.imported != 0) batch.commit();
    return report;
}

CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv, std::string_view name,
                     const CsvMap& map, const CsvOptions& options, Ledger::Options ledger_options) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(ledger, missing);
    if (!missing && size != 0) {
        Ledger opened = Ledger::open(ledger, std::move(ledger_options));
        return import_csv(opened, csv, name, map, options);
    }
    // A ledger in memory tries the import first, so that a new file is made only when there is something to
    // record.
    const std::string table(std::istreambuf_iterator<char>(csv), {});
    Ledger memory = Ledger::in_memory(ledger_options);
    std::istringstream first(table);
    CsvReport report = import_csv(memory, first, name, map, options);
    if (options.dry_run || report.imported == 0) return report;
    Ledger opened = Ledger::open(ledger, std::move(ledger_options));
    std::istringstream second(table);
    return import_csv(opened, second, name, map, options);
}

}  // namespace postmoney
