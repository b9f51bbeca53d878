#include "postmoney/import/csv_import.hpp"

#include <istream>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <vector>

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

// What the rows depend on that is in the ledger.
[[nodiscard]] detail::CsvContext context_of(const Ledger& ledger, const CsvMap& map) {
    detail::CsvContext context;
    context.currencies = ledger.currencies();
    const auto texts_into = [](std::set<std::string, std::less<>>& texts) {
        return SqlVisitor{.columns = {}, .row = [&texts](std::span<const SqlCell> cells) {
                              texts.emplace(std::get<std::string_view>(cells[0]));
                          }};
    };
    ledger.query("SELECT DISTINCT scheme FROM party_identifier", texts_into(context.schemes));
    for (const std::string& separator : map.separator) {
        std::string literal;
        for (const char c : separator) literal.append(c == '\'' ? 2 : 1, c);
        ledger.query("SELECT DISTINCT name FROM party_name WHERE instr(name, '" + literal + "')",
                     texts_into(context.names));
    }
    return context;
}

// The companies of which an entry from `first` on brought a round that may be one with another: those with a
// second round of the same currency in the same year or the next. What is left out here cannot be: the rule
// itself is the finding's.
[[nodiscard]] std::vector<std::string> companies_to_look_at(const Ledger& ledger, std::int64_t first) {
    std::vector<std::string> companies;
    const std::string sql =
        "SELECT DISTINCT p.name FROM resolved_round a JOIN resolved_round b ON b.company = a.company AND "
        "b.round <> "
        "a.round AND b.known_to = a.known_to AND b.raised_currency = a.raised_currency "
        "AND abs(substr(a.date, 1, 4) - substr(b.date, 1, 4)) <= 1 JOIN party own ON own.party = a.company "
        "JOIN party p ON p.party = own.root WHERE a.known_to = 253402300799999999 AND a.raised_entry >= " +
        std::to_string(first);
    ledger.query(sql, {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                           companies.emplace_back(std::get<std::string_view>(cells[0]));
                       }});
    return companies;
}

[[nodiscard]] std::int64_t count_maybe_one_round(const Ledger& ledger, std::int64_t first) {
    std::int64_t count = 0;
    for (const std::string& company : companies_to_look_at(ledger, first)) {
        for (const Finding& finding : ledger.reconcile(company))
            if (finding.code == FindingCode::maybe_one_round) ++count;
    }
    return count;
}

// Rounds of which entries from `first` on, all of this table, give two amounts.
[[nodiscard]] std::int64_t count_two_amounts(const Ledger& ledger, std::int64_t first) {
    std::int64_t count = 0;
    ledger.query(
        "SELECT count(*) FROM (SELECT e.round FROM entry e JOIN round_statement s ON s.entry = e.entry WHERE "
        "e.entry >= " +
            std::to_string(first) +
            " AND s.raised IS NOT NULL GROUP BY e.round HAVING min(s.raised) <> max(s.raised))",
        {.columns = {},
         .row = [&](std::span<const SqlCell> cells) { count = std::get<std::int64_t>(cells[0]); }});
    return count;
}

void record_rows(Ledger::Batch& batch, CsvRows& rows, const CsvOptions& options, CsvReport& report) {
    constexpr std::int64_t rows_a_step = 256;
    while (rows.next()) {
        if (++report.rows % rows_a_step == 0 && options.progress) options.progress(rows.bytes_read());
        try {
            ++(batch.record(rows.entries()) != 0 ? report.imported : report.unchanged);
        } catch (const Error& error) {
            if (detail::is_of_the_ledger(error.code())) throw;
            report.refused.push_back(rows.placed(error));
            if (!options.keep_going && !options.dry_run) throw Error(report.refused.back());
        }
    }
    report.skipped = rows.skipped();
    report.zeros = rows.zeros();
    report.inferred_instruments = rows.inferred();
    report.unused_columns = rows.unused();
    report.amount_styles = rows.amount_styles();
}

// A file that was made for an import that recorded nothing goes again, unless another process has recorded in
// it since: none can while the batch is open.
void leave_nothing(Ledger& ledger, const std::filesystem::path& path, bool is_new) noexcept {
    try {
        const Ledger::Batch batch(ledger);
        if (ledger.size() != 0) return;
        std::error_code ignored;
        if (is_new) {
            std::filesystem::remove(path, ignored);
        } else {
            std::filesystem::resize_file(path, 0, ignored);
        }
    } catch (const std::exception&) {  // another process holds it: then it is its ledger now
    }
}

}  // namespace

CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options) {
    CsvRows rows(csv, name, map, context_of(ledger, map));
    CsvReport report;
    const std::int64_t before = ledger.size();
    {
        Ledger::Batch batch(ledger, options.recorded);
        record_source(batch, rows);
        record_rows(batch, rows, options, report);
        if (options.dry_run || report.imported == 0) return report;
        batch.commit();
    }
    report.two_amounts = count_two_amounts(ledger, before + 1);
    if (options.find_maybe_one_round) report.maybe_one_round = count_maybe_one_round(ledger, before + 1);
    return report;
}

CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv, std::string_view name,
                     const CsvMap& map, const CsvOptions& options, Ledger::Options ledger_options) {
    std::error_code missing;
    const bool is_new = !std::filesystem::exists(ledger, missing);
    const bool was_empty = !is_new && std::filesystem::file_size(ledger, missing) == 0;
    const bool makes_one = is_new || was_empty;
    if (makes_one && options.dry_run) {
        Ledger memory = Ledger::in_memory(std::move(ledger_options));
        return import_csv(memory, csv, name, map, options);
    }
    Ledger opened = Ledger::open(ledger, std::move(ledger_options));
    try {
        CsvReport report = import_csv(opened, csv, name, map, options);
        if (makes_one && report.imported == 0) leave_nothing(opened, ledger, is_new);
        return report;
    } catch (...) {
        if (makes_one) leave_nothing(opened, ledger, is_new);
        throw;
    }
}

}  // namespace postmoney
