// Ledger: the funding ledger in one SQLite file: records entries, and answers what was raised, who says so,
// what agrees.
//
//   auto ledger = Ledger::open("funding.db");
//   ledger.record(Entry{.content = RoundStatement{.round = "acme-seed", .company = "Acme",
//                                                 .raised = Amount::parse("2 million USD")}});
//   for (const Total& total : ledger.total_raised("Acme")) std::cout << *total.known << '\n';
//
// Nothing recorded is ever changed. Every call that writes is one transaction: all of it is on disk when it
// returns, or nothing. Every question is answered from one moment of the file; several from one moment by a
// View. A Ledger is for one thread at a time, and a call while another thread is in one throws misuse, as
// does every call of one that was moved from; any number of ledgers, in any number of processes, may be open
// on one file. Calls that take many entries, or ask about all companies, have a thread of their own at work
// until they return; callbacks come on the caller's. They may ask the ledger, the same question too, but not
// record in it (misuse); a call that records answers them with what it recorded so far.
// Those that take long tell how far they are: see progress.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/investment.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/position.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/answer/used_rates.hpp"
#include "postmoney/fact/claim.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/fact/entry.hpp"
#include "postmoney/ledger/head.hpp"
#include "postmoney/ledger/reports.hpp"
#include "postmoney/sql/query.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/progress.hpp"
#include "postmoney/value/timestamp.hpp"
#include "postmoney/value/visitor.hpp"

namespace POSTMONEY_NAMESPACE {

class View;
struct FactsLine;
namespace detail {
class CsvImport;
class EcbImport;
class FormDImport;
}  // namespace detail

class POSTMONEY_EXPORT Ledger {
  public:
    enum class Access : std::uint8_t {
        read_only,   // never writes a byte, to the file or beside it
        read_write,  // the file must exist
        create       // a missing file, or an empty one, becomes a ledger
    };

    struct Options {
        Access access = Access::create;
        // How long to wait for another connection that holds the file, be it that of a View; then it is busy.
        // At most 24 days: longer is as long. Less than 0 is out-of-range.
        std::chrono::milliseconds busy_timeout{5000};
        // What time it is, for `recorded`.
        std::function<Timestamp()> clock = &Timestamp::now;
    };

    // Throws no-such-file, no-such-folder, not-a-ledger, newer-schema, damaged, busy, io, out-of-range: the
    // message says what to do.
    [[nodiscard]] static Ledger open(const std::filesystem::path& path, Options options);
    [[nodiscard]] static Ledger open(const std::filesystem::path& path) { return open(path, Options()); }
    // Opens the ledger, creating a missing one, and calls `work`. A file that was missing or empty is so
    // again afterwards when `work` throws or returns false, unless there is an entry in it by then, from
    // whomever. Throws as `open` and `work` do.
    static void open_to_fill(const std::filesystem::path& path, Options options,
                             const std::function<bool(Ledger&)>& work);
    // A ledger that goes with the object.
    [[nodiscard]] static Ledger in_memory(Options options);
    [[nodiscard]] static Ledger in_memory() { return in_memory(Options()); }

    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    ~Ledger();

    //--- Writing

    // Each throws misuse while a Batch or a View of this ledger is there.

    // Records one entry. Its id, whether or not it was on record before. Throws what schema/FACTS.md refuses;
    // busy after the busy_timeout, read-only, io.
    EntryId record(const Entry& entry, std::optional<Timestamp> recorded = {});
    // The same of what an entry says, without a source: record(Party{.name = "Acme"}).
    template <ContentKind Kind>
    EntryId record(Kind content, std::optional<Timestamp> recorded = {}) {
        return record(Entry{.content = std::move(content)}, recorded);
    }
    // Records all or none. How many were not on record before. What is refused is told with its place,
    // counted from 1, in the error's line(), and "entries" as its file().
    std::int64_t record(std::span<const Entry> entries, std::optional<Timestamp> recorded = {});
    std::int64_t record(std::initializer_list<Entry> entries, std::optional<Timestamp> recorded = {}) {
        return record(std::span(entries.begin(), entries.size()), recorded);
    }
    // Records those that it can, in one transaction, and reports the others, each with its place as above.
    ApplyReport record_each(std::span<const Entry> entries, std::optional<Timestamp> recorded = {});
    ApplyReport record_each(std::initializer_list<Entry> entries, std::optional<Timestamp> recorded = {}) {
        return record_each(std::span(entries.begin(), entries.size()), recorded);
    }
    // Records the lines of a facts file: all or none, unless options.keep_going. `name` is the file's, for
    // errors. Throws io for a stream that is bad, at the start or at its end.
    ApplyReport apply(std::istream& facts, std::string_view name, const ApplyOptions& options = {});
    // The same of a file. Throws no-such-file, io.
    ApplyReport apply(const std::filesystem::path& facts, const ApplyOptions& options = {});

    // Joins what another ledger holds to this one, in one transaction. The other's chains come in as they
    // are, with their hashes and times, so that every head that either had verifies here; where both hold the
    // beginning of one chain, it is there once. What comes out follows from the entries alone: it does not
    // matter which ledger is merged into which, in which order, or how often. A name that both use
    // differently means in each chain what it meant there, and is a finding (key-conflict). The numbers of
    // entries, parties and rounds in the file may change. Throws damaged when either fails verify,
    // currency-redefined when they give one currency different decimals, misuse while a Batch of the other
    // is open.
    MergeReport merge(const std::filesystem::path& other, const MergeOptions& options = {});
    MergeReport merge(const Ledger& other, const MergeOptions& options = {});

    // Many records in one transaction, each of them all or none: see below.
    class Batch;

    //--- Many questions at one moment

    // Throws misuse while a Batch of this ledger is open, and from the callback of a call that records.
    [[nodiscard]] View view(const ViewOptions& options) const;
    [[nodiscard]] View view() const;

    //--- Questions on one company, by any of its names or `scheme:value`. Each throws unknown-party, which
    // names the nearest names on record, and ambiguous-party.

    // Everything that stands about it, for the pure functions: resolve, reconcile, total_raised, figures_of.
    [[nodiscard]] Dossier dossier(std::string_view company, std::optional<Timestamp> known_at = {}) const;
    // Its standing claims that the viewpoint sees.
    [[nodiscard]] std::vector<Claim> claims(std::string_view company, const Viewpoint& viewpoint = {}) const;
    // What it raised, one total a currency; empty when no round counts. Throws as postmoney::total_raised.
    [[nodiscard]] std::vector<Total> total_raised(std::string_view company,
                                                  const TotalQuery& query = {}) const;
    // What of the money on record that total does not count, and why. Throws as postmoney::left_out.
    [[nodiscard]] std::vector<LeftOut> left_out(std::string_view company, const TotalQuery& query = {}) const;
    // Which rate converts each part of that total. Throws misuse without a currency to convert to.
    [[nodiscard]] std::vector<UsedRate> used_rates(std::string_view company, const TotalQuery& query) const;
    // The three from one moment of the file; no rates without a currency to convert to.
    [[nodiscard]] TotalReport total_report(std::string_view company, const TotalQuery& query = {}) const;
    [[nodiscard]] std::vector<Finding> reconcile(std::string_view company, const Viewpoint& viewpoint = {},
                                                 const ResolutionPolicy& policy = {}) const;
    [[nodiscard]] PartyProfile party(std::string_view name) const;
    // What it invested in, by date; as of a day, the rounds that may have begun by then.
    [[nodiscard]] std::vector<Investment> investments(std::string_view investor,
                                                      const Viewpoint& viewpoint = {},
                                                      const ResolutionPolicy& policy = {}) const;
    // The shares that it holds, by company and class; see Position.
    [[nodiscard]] std::vector<Position> positions(std::string_view investor, const Viewpoint& viewpoint = {},
                                                  const ResolutionPolicy& policy = {}) const;

    //--- Questions on the whole ledger

    // What each company has raised under the default policy and instruments, a call a currency, in the order
    // in which the companies came up. Throws overflow when one of them cannot be told.
    void for_each_total(const Visitor<std::string_view, const Total&>& visit) const;

    // The findings on every company, in the order in which the companies came up; then on exchange rates and
    // market totals, and the names that merged ledgers use differently. Progress is by companies.
    [[nodiscard]] std::vector<Finding> reconcile(const Viewpoint& viewpoint = {},
                                                 const ResolutionPolicy& policy = {},
                                                 const ProgressCall& progress = {}) const;
    // The company of a round. Throws unknown-round, ambiguous-name.
    [[nodiscard]] std::string company_of_round(std::string_view handle) const;
    // The standing claims of one kind, such as market totals and exchange rates.
    [[nodiscard]] std::vector<Claim> claims_of_kind(EntryKind kind, const Viewpoint& viewpoint = {}) const;
    // The currencies that amounts may be stated in: ISO 4217 and the ledger's own.
    [[nodiscard]] Currencies currencies() const;
    // Calls for every entry in order of arrival, up to known_at.
    void for_each_entry(const Visitor<const LogEntry&>& visit, std::optional<Timestamp> known_at = {}) const;

    // The change feed: calls for every entry that came after the kept heads, in order of arrival, whichever
    // chain it is in. Keep the heads of status() for the next time. After a merge an entry may be told again;
    // none is left out. Throws bad-head for a head that this ledger never had.
    void for_each_entry_since(std::span<const Head> since, const Visitor<const LogEntry&>& visit) const;
    // The same as a list; of no head all entries.
    [[nodiscard]] std::vector<LogEntry> entries(std::span<const Head> since = {}) const;
    [[nodiscard]] std::vector<LogEntry> entries(std::initializer_list<Head> since) const {
        return entries(std::span(since.begin(), since.size()));
    }

    // Runs one SQL statement that only reads, on the tables and views of schema/README.md and with its
    // functions, from one moment of the file. A visitor that uses the ledger is refused (misuse). Throws
    // bad-sql for what is not one statement or what SQLite refuses, read-only for what would write.
    void query(std::string_view sql, const SqlVisitor& visitor) const;
    // The same of a statement with parameters, ?1 and so on, of which each is given its value: bad-sql when
    // there are fewer or more.
    void query(std::string_view sql, std::initializer_list<SqlCell> parameters,
               const SqlVisitor& visitor) const;
    void query(std::string_view sql, std::span<const SqlCell> parameters, const SqlVisitor& visitor) const;
    // Its rows as values, of which each column has a type: std::int64_t, double, std::string, and
    // std::optional of one where there may be NULL; views of what SQLite holds do not compile. Throws bad-sql
    // for another number of columns, bad-type for a value of another type, naming the column.
    template <class... Columns>
    [[nodiscard]] std::vector<std::tuple<Columns...>> rows(
        std::string_view sql, std::initializer_list<SqlCell> parameters = {}) const {
        static_assert((!detail::is_view_of_cell<Columns> && ...),
                      "rows outlive what SQLite holds: take std::string, or visit rows with rows_of");
        std::vector<std::tuple<Columns...>> found;
        query(sql, parameters,
              rows_of<Columns...>([&](Columns... columns) { found.emplace_back(std::move(columns)...); }));
        return found;
    }

    // Calls `ask`. All questions that it asks of this ledger are answered from one moment of the file.
    void at_one_moment(const std::function<void()>& ask) const;

    //--- The file

    [[nodiscard]] Head head() const;
    [[nodiscard]] std::int64_t size() const;  // entries
    [[nodiscard]] LedgerStatus status() const;
    // SHA-256 of the sorted entry ids: the same for the same set of entries.
    [[nodiscard]] Digest digest() const;
    // Checks the ledger as far as the scope says. With heads that were kept elsewhere, also that each of
    // their chains still has that entry at that place, which nothing in the file itself can tell: a file that
    // was cut off or written anew is whole. Progress is by entries.
    [[nodiscard]] Verification verify(std::span<const Head> against = {},
                                      VerifyScope scope = VerifyScope::everything,
                                      const ProgressCall& progress = {}) const;
    [[nodiscard]] Verification verify(std::initializer_list<Head> against,
                                      VerifyScope scope = VerifyScope::everything,
                                      const ProgressCall& progress = {}) const {
        return verify(std::span(against.begin(), against.size()), scope, progress);
    }
    // The whole ledger as a facts file with `recorded`; applying it to an empty ledger gives the same
    // entries, and for a ledger of one chain the same hashes. Not where merged ledgers use one name
    // differently (the finding key-conflict), which apply refuses: such a ledger is kept by its file.
    // Progress is by entries.
    void export_facts(std::ostream& out, const ProgressCall& progress = {}) const;
    // A copy while others read and write, checked as verify does, synced, and then renamed into place. Throws
    // file-exists when there is a file, damaged when the ledger fails verify, misuse while a Batch is open.
    // Progress is by entries of the copy, as they are verified.
    void backup(const std::filesystem::path& path, const ProgressCall& progress = {}) const;

  private:
    struct Impl;
    explicit Ledger(std::shared_ptr<Impl> impl);
    // Throws misuse when the ledger was moved from.
    [[nodiscard]] Impl& state() const;
    friend class View;

    std::shared_ptr<Impl> impl_;
};

// One transaction on a ledger, for an import: what was recorded is there after commit(), and nothing of it
// without. Meanwhile the ledger records nothing else (misuse), and answers with what the batch recorded. For
// a question what follows from the entries is brought up to date: to ask after each record takes longer.
class Ledger::Batch {
  public:
    // All entries get one time: `recorded`, or the clock's. Throws misuse while a Batch or a View of this
    // ledger is there.
    explicit Batch(Ledger& ledger, std::optional<Timestamp> recorded = {});
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    // Rolls back what was not committed.
    ~Batch();

    // Records these or, when one is refused, none of them; the batch goes on. How many were not on record
    // before. What is refused is told with its place, as by Ledger::record.
    std::int64_t record(std::span<const Entry> entries);
    std::int64_t record(std::initializer_list<Entry> entries) {
        return record(std::span(entries.begin(), entries.size()));
    }
    // Records those that it can, and reports the others, as Ledger::record_each.
    ApplyReport record_each(std::span<const Entry> entries);
    ApplyReport record_each(std::initializer_list<Entry> entries) {
        return record_each(std::span(entries.begin(), entries.size()));
    }
    // Whether a source of this id is on record.
    [[nodiscard]] bool has_source(std::string_view id);
    // Throws misuse when called twice.
    void commit();

  private:
    friend class detail::CsvImport;  // these read ahead on another thread
    friend class detail::EcbImport;
    friend class detail::FormDImport;
    std::int64_t record_lines(std::span<FactsLine> lines);
    // To call first, if count_maybe_one_rounds is to be.
    void begin_maybe_one_rounds();
    // Brings the derived rows up to date, and counts the findings maybe-one-round on the companies of which
    // the batch recorded something.
    [[nodiscard]] std::int64_t count_maybe_one_rounds();

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// What a ledger of these entries alone has on record about a company, with their ids, sources, aliases and
// standing: for the pure functions on values of one's own. Throws as Ledger::record and Ledger::dossier.
[[nodiscard]] POSTMONEY_EXPORT Dossier dossier_of(std::string_view company, std::span<const Entry> entries);
[[nodiscard]] inline Dossier dossier_of(std::string_view company, std::initializer_list<Entry> entries) {
    return dossier_of(company, std::span(entries.begin(), entries.size()));
}

// Opens the ledger, creating a missing one, applies the facts, and leaves no new file behind when nothing was
// recorded because the facts were refused.
POSTMONEY_EXPORT ApplyReport apply_facts(const std::filesystem::path& ledger, std::istream& facts,
                                         std::string_view name, const ApplyOptions& apply_options = {},
                                         Ledger::Options options = {});

// Puts a copy of the backup in the ledger's place, checked as verify does, synced, and then renamed: after a
// crash there is what was before, or all of the backup. A backup is a ledger's file, or the SQL text that
// `.dump` of the sqlite3 shell prints of one. Of such a text only the rows of a ledger's own tables are
// taken: returns what of the user's own is left out, such as `table my_notes`. Throws file-exists unless told
// to replace, damaged when the backup fails verify, bad-sql for a statement that no dump of a ledger has.
POSTMONEY_EXPORT std::vector<std::string> restore(const std::filesystem::path& backup,
                                                  const std::filesystem::path& ledger,
                                                  const RestoreOptions& options = {});

}  // namespace POSTMONEY_NAMESPACE
