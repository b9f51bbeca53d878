#include "postmoney/csv_import.hpp"

#include <algorithm>
#include <istream>
#include <iterator>
#include <limits>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <system_error>

#include "csv_rows.hpp"

namespace postmoney {

namespace {

using detail::CsvRows;
using detail::GoodRow;

//--- A copy of a ledger to try things on

class ScratchLedger {
  public:
    // `latest` may be recorded in the copy, whatever the clock says: the ledger itself decides on that.
    ScratchLedger(const Ledger& ledger, std::optional<Timestamp> latest) : folder_(make_folder()) {
        try {
            ledger.backup(folder_ / "ledger.db");
            Ledger::Options options{.access = Ledger::Access::read_write};
            options.clock = [latest] { return latest ? std::max(Timestamp::now(), *latest) : Timestamp::now(); };
            copy_ = Ledger::open(folder_ / "ledger.db", std::move(options));
        } catch (...) {
            remove();
            throw;
        }
    }
    ~ScratchLedger() { remove(); }
    ScratchLedger(const ScratchLedger&) = delete;
    ScratchLedger& operator=(const ScratchLedger&) = delete;

    [[nodiscard]] Ledger& ledger() { return *copy_; }

  private:
    // A new folder that only its owner can look into.
    [[nodiscard]] static std::filesystem::path make_folder() {
        std::random_device random;
        for (;;) {
            const auto folder = std::filesystem::temp_directory_path() / ("postmoney-" + std::to_string(random()));
            if (!std::filesystem::create_directory(folder)) continue;
            std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
            return folder;
        }
    }
    void remove() noexcept {
        copy_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    std::filesystem::path folder_;
    std::optional<Ledger> copy_;
};

//--- Recording

// Records rows as one transaction. Null when all are on record, else which row was refused, and nothing is.
struct RowRefusal {
    std::size_t row;
    Error error;
};

[[nodiscard]] std::optional<RowRefusal> record(Ledger& ledger, const CsvRows& rows, std::span<const GoodRow> good,
                                               const CsvOptions& options) {
    std::string facts = rows.source_line() + "\n";
    std::vector<std::size_t> row_of_line{0, 0};  // lines count from 1, and the first is the source's
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const std::string& line : good[i].lines) {
            facts += line + "\n";
            row_of_line.push_back(i);
        }
    }
    std::istringstream in(std::move(facts));
    try {
        ledger.apply(in, "", {.recorded = options.recorded});
        return std::nullopt;
    } catch (const Error& error) {
        if (error.line() == 0) throw;  // the file's trouble, not a row's
        if (error.line() == 1) throw Error(error.code(), error.message()).in_field("source." + error.field());
        const std::size_t row = row_of_line.at(error.line());
        return RowRefusal{row, rows.placed(error, good[row].number)};
    }
}

// Records what the ledger takes; returns which rows it refused. A refused row costs nothing but itself: the rows before it
// were fine, and are recorded on their own.
[[nodiscard]] std::vector<RowRefusal> record_good(Ledger& ledger, const CsvRows& rows, const CsvOptions& options) {
    std::vector<RowRefusal> refusals;
    const std::span<const GoodRow> good = rows.good();
    for (std::size_t start = 0; start < good.size();) {
        auto refusal = record(ledger, rows, good.subspan(start), options);
        if (!refusal) break;
        const std::size_t count = refusal->row;
        refusal->row += start;
        if (count != 0) {
            if (auto again = record(ledger, rows, good.subspan(start, count), options)) throw again->error;
        }
        start = refusal->row + 1;
        refusals.push_back(*std::move(refusal));
    }
    return refusals;
}

// Those of the rows' ids that are on record already.
[[nodiscard]] std::set<EntryId> on_record(const Ledger& ledger, const CsvRows& rows) {
    std::set<EntryId> known;
    if (ledger.size() == 0) return known;
    std::set<EntryId> wanted;
    for (const GoodRow& row : rows.good()) wanted.insert(row.ids.begin(), row.ids.end());
    ledger.for_each_entry([&](const LogEntry& entry) {
        if (wanted.contains(entry.id)) known.insert(entry.id);
    });
    return known;
}

void count_rows(const CsvRows& rows, std::set<EntryId> known, const std::vector<RowRefusal>& refusals, CsvReport& report) {
    auto refused = refusals.begin();
    for (std::size_t i = 0; i < rows.good().size(); ++i) {
        if (refused != refusals.end() && refused->row == i) {
            ++refused;
            continue;
        }
        bool any_new = false;
        for (const EntryId& id : rows.good()[i].ids) any_new = known.insert(id).second || any_new;
        ++(any_new ? report.imported : report.unchanged);
    }
}

}  // namespace

CsvReport import_csv(Ledger& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options) {
    const Currencies currencies = ledger.currencies();
    CsvRows rows(csv, name, map, currencies);
    rows.read_all();
    const bool all_or_nothing = !options.keep_going && !options.dry_run;
    if (all_or_nothing && !rows.refused().empty()) throw rows.refused().front();
    CsvReport report{.rows = static_cast<std::int64_t>(rows.good().size() + rows.refused().size()),
                     .refused = rows.refused(),
                     .amount_styles = rows.amount_styles()};
    if (rows.good().empty()) return report;
    auto known = on_record(ledger, rows);
    std::vector<RowRefusal> refusals;
    if (all_or_nothing) {
        if (auto refusal = record(ledger, rows, rows.good(), options)) throw refusal->error;
    } else if (options.dry_run) {
        ScratchLedger scratch(ledger, options.recorded);
        refusals = record_good(scratch.ledger(), rows, options);
    } else {
        refusals = record_good(ledger, rows, options);
    }
    count_rows(rows, std::move(known), refusals, report);
    for (const RowRefusal& refusal : refusals) report.refused.push_back(refusal.error);
    std::stable_sort(report.refused.begin(), report.refused.end(),
                     [](const Error& a, const Error& b) { return a.line() < b.line(); });
    return report;
}

CsvReport import_csv(const std::filesystem::path& ledger, std::istream& csv, std::string_view name, const CsvMap& map,
                     const CsvOptions& options, Ledger::Options ledger_options) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(ledger, ignored);
    if (!ignored && size != 0) {
        if (options.dry_run) ledger_options.access = Ledger::Access::read_only;
        Ledger opened = Ledger::open(ledger, std::move(ledger_options));
        return import_csv(opened, csv, name, map, options);
    }
    // A new ledger is only made when there is something to put into it: that is tried out in memory.
    const std::string table(std::istreambuf_iterator<char>(csv), {});
    CsvOptions trial = options;
    trial.dry_run = false;
    trial.keep_going = options.keep_going || options.dry_run;
    Ledger memory = Ledger::in_memory(ledger_options);
    std::istringstream first(table);
    CsvReport report = import_csv(memory, first, name, map, trial);
    if (options.dry_run || report.imported == 0) return report;
    Ledger opened = Ledger::open(ledger, std::move(ledger_options));
    std::istringstream second(table);
    return import_csv(opened, second, name, map, options);
}

}  // namespace postmoney
