#include "postmoney/import/csv_import.hpp"

#include <cstddef>
#include <exception>
#include <istream>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/progress_meter.hpp"
#include "base/read_ahead.hpp"
#include "base/refusal.hpp"
#include "import/csv/csv_repeats.hpp"
#include "import/csv/csv_rows.hpp"
#include "postmoney/fact/facts_line.hpp"

namespace postmoney {

namespace {

using detail::CsvRows;

// A table that comes again is another source each time, and a later one where `published` says so.
[[noreturn]] void refuse_other_source(const Source& source) {
    constexpr std::string_view ending = ".csv";
    std::string id = source.id;
    if (id.ends_with(ending)) id.resize(id.size() - ending.size());
    const std::string other = id + "-" + (source.published ? source.published->to_string() : "2");
    throw Error::refused(
        ErrorCode::source_redefined, source.id,
        "a new id, it is on record with other content: give the map's \"source\" an \"id\" of "
        "its own, such as " +
            detail::quoted(other) + ", or supersede that entry")
        .in_field("source.id");
}

void record_source(Ledger::Batch& batch, const CsvRows& rows) {
    const Entry source = rows.source();
    try {
        batch.record(std::span(&source, 1));
    } catch (const Error& error) {
        if (detail::is_of_the_ledger(error.code()) || error.field().empty()) throw;
        if (error.code() == ErrorCode::source_redefined)
            refuse_other_source(std::get<Source>(source.content));
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
    if (map.table != CsvTable::investments) return context;
    // A name that a correction took from one party and another has is told by itself alone.
    ledger.query(
        "WITH named AS (SELECT DISTINCT n.name, p.root FROM party_name n JOIN party p ON p.party = n.party) "
        "SELECT name, min(root) FROM named GROUP BY name HAVING count(*) = 1 AND min(root) IN "
        "(SELECT root FROM named GROUP BY root HAVING count(*) > 1)",
        {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
             context.parties.emplace(std::get<std::string_view>(cells[0]), std::get<std::int64_t>(cells[1]));
         }});
    return context;
}

[[nodiscard]] std::int64_t count_one(const Ledger& ledger, const std::string& sql) {
    std::int64_t count = 0;
    ledger.query(sql, {.columns = {}, .row = [&](std::span<const SqlCell> cells) {
                           count = std::get<std::int64_t>(cells[0]);
                       }});
    return count;
}

// Rounds of which entries from `first` on, all of this table, give two amounts. Nothing is sorted: a large
// table would not fit into memory.
[[nodiscard]] std::int64_t count_two_amounts(const Ledger& ledger, std::int64_t first) {
    const std::string others =
        "SELECT 1 FROM entry o JOIN round_statement t ON t.entry = o.entry WHERE o.round = e.round AND "
        "o.entry ";
    const std::string from = std::to_string(first);
    return count_one(
        ledger, "SELECT count(*) FROM entry e JOIN round_statement s ON s.entry = e.entry WHERE e.entry >= " +
                    from + " AND s.raised IS NOT NULL AND NOT EXISTS (" + others + ">= " + from +
                    " AND o.entry < e.entry AND t.raised IS NOT NULL) AND EXISTS (" + others +
                    "> e.entry AND t.raised <> s.raised)");
}

}  // namespace

namespace detail {

// Reads a table on another thread, and records on this one what was read before.
class CsvImport {
  public:
    CsvImport(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
              const CsvOptions& options)
        : ledger_(&ledger),
          options_(&options),
          rows_(csv, name, map, context_of(ledger, map)),
          brings_rounds_(map.table != CsvTable::companies),
          batch_(ledger, options.recorded),
          before_(ledger.size()),
          repeats_(ledger, before_) {}

    CsvReport run() && {
        ProgressMeter meter(options_->progress, "bytes", 0);
        meter_ = &meter;
        if (brings_rounds_) batch_.begin_maybe_one_rounds();
        record_source(batch_, rows_);
        // A small table needs no other thread.
        ReadRows first = read_rows();
        use(first);
        while (!ended_) ahead_.add({}, bytes_a_step);
        ahead_.finish();
        rows_.add_to(report_);
        meter.finish();
        if (report_.imported == 0) return std::move(report_);
        if (brings_rounds_) report_.maybe_one_round = batch_.count_maybe_one_rounds();
        if (brings_rounds_) report_.two_amounts = count_two_amounts(*ledger_, before_ + 1);
        if (!options_->dry_run) batch_.commit();
        return std::move(report_);
    }

  private:
    struct ReadRow {
        std::uint64_t number = 0;
        Outcome<std::vector<FactsLine>> lines;
    };
    // Some rows, and what came behind them.
    struct ReadRows {
        std::vector<ReadRow> rows = {};
        std::uint64_t bytes_read = 0;
        bool ended = false;
        std::exception_ptr refused = {};  // the table as a whole
    };
    struct Step {};

    // These two run on another thread.
    [[nodiscard]] ReadRows read_rows() {
        ReadRows read;
        const std::uint64_t begin = rows_.bytes_read();
        try {
            while (!over_ && read.rows.size() < rows_a_step && rows_.bytes_read() - begin < bytes_a_step) {
                over_ = !rows_.next();
                if (over_) break;
                read.rows.push_back(
                    {rows_.number(), Outcome<std::vector<FactsLine>>::of([&] { return lines(); })});
            }
        } catch (...) {
            over_ = true;
            read.refused = std::current_exception();
        }
        read.ended = over_;
        read.bytes_read = rows_.bytes_read();
        return read;
    }
    [[nodiscard]] std::vector<FactsLine> lines() {
        std::vector<FactsLine> lines;
        for (Entry& entry : rows_.entries())
            lines.push_back(facts_.line(std::move(entry), rows_.currencies()));
        return lines;
    }

    void use(ReadRows& read) {
        for (ReadRow& row : read.rows) record(row);
        count_not_used();
        if (read.refused) std::rethrow_exception(read.refused);
        ended_ = read.ended;
        if (!read.rows.empty()) meter_->at(read.bytes_read, static_cast<std::uint64_t>(report_.rows));
    }

    void record(ReadRow& row) {
        ++report_.rows;
        try {
            std::vector<FactsLine>& lines = row.lines.value();
            std::vector<EntryId> ids;
            for (const FactsLine& line : lines) ids.push_back(line.id);
            const std::int64_t imported = batch_.record_lines(lines);
            ++(imported != 0 ? report_.imported : report_.unchanged);
            // An empty ledger had nothing that a row could say again.
            if (before_ != 0 && imported != static_cast<std::int64_t>(ids.size()))
                repeated_.emplace_back(row.number, std::move(ids));
        } catch (const Error& error) {
            if (is_of_the_ledger(error.code())) throw;
            report_.refused.push_back(rows_.placed(error, row.number));
            if (!options_->keep_going && !options_->dry_run) throw Error(report_.refused.back());
        }
    }

    // Rows are asked about some at a time: a question within a batch brings what follows from it up to date.
    void count_not_used() {
        for (const auto& [number, ids] : repeated_) count_if_not_used(number, ids);
        repeated_.clear();
    }
    void count_if_not_used(std::uint64_t number, const std::vector<EntryId>& ids) {
        for (const EntryId& id : ids) {
            std::optional<CsvNotUsed> instead = repeats_.instead_of(id);
            if (!instead) continue;
            instead->row = number;
            if (report_.not_used++ == 0) report_.first_not_used = std::move(instead);
            return;
        }
    }

    static constexpr std::size_t rows_a_step = 256;
    static constexpr std::size_t bytes_a_step = std::size_t{256} << 10U;

    Ledger* ledger_;
    const CsvOptions* options_;
    ProgressMeter* meter_ = nullptr;  // of run()
    CsvRows rows_;                    // for the other thread, until it has ended
    FactsReader facts_;               // for the other thread
    bool over_ = false;               // for the other thread: no row is left
    bool brings_rounds_;
    Ledger::Batch batch_;
    std::int64_t before_;  // entries of the ledger
    detail::CsvRepeats repeats_;
    std::vector<std::pair<std::uint64_t, std::vector<EntryId>>> repeated_;  // rows that said something again
    CsvReport report_;
    bool ended_ = false;
    // The last member, because its thread uses the others until it is destroyed.
    ReadAhead<Step, ReadRows> ahead_{[this](Step&) { return read_rows(); },
                                     [this](Step&, Outcome<ReadRows>& read) { use(read.value()); }};
};

}  // namespace detail

CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options) {
    return detail::CsvImport(ledger, csv, name, map, options).run();
}

CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv, std::string_view name,
                     const CsvMap& map, const CsvOptions& options, Ledger::Options ledger_options) {
    std::error_code missing;
    const bool is_there = std::filesystem::exists(ledger, missing);
    if (options.dry_run && (!is_there || std::filesystem::file_size(ledger, missing) == 0)) {
        Ledger memory = Ledger::in_memory(std::move(ledger_options));
        return import_csv(memory, csv, name, map, options);
    }
    CsvReport report;
    Ledger::open_to_fill(ledger, std::move(ledger_options), [&](Ledger& opened) {
        report = import_csv(opened, csv, name, map, options);
        return report.imported != 0;
    });
    return report;
}

}  // namespace postmoney
