#include "postmoney/ledger/ledger.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <istream>
#include <ostream>
#include <set>
#include <system_error>
#include <utility>

#include "base/callback_threw.hpp"
#include "base/hex.hpp"
#include "base/line_reader.hpp"
#include "base/progress_meter.hpp"
#include "base/read_ahead.hpp"
#include "base/refusal.hpp"
#include "base/sha256.hpp"
#include "ledger/file/ledger_copy.hpp"
#include "ledger/file/merge.hpp"
#include "ledger/file/verification.hpp"
#include "ledger/ledger_state.hpp"
#include "ledger/read/chain_paths.hpp"
#include "ledger/read/entries_reached.hpp"
#include "ledger/read/foreign_amendments.hpp"
#include "ledger/read/name_conflicts.hpp"
#include "ledger/read/resolved_lists.hpp"
#include "ledger/read/standing_reader.hpp"
#include "ledger/write/lines_ahead.hpp"
#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/reconcile.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/fact/facts_line.hpp"
#include "sql/connection.hpp"
#include "sql/dump_reader.hpp"
#include "sql/query_runner.hpp"
#include "sql/schema_objects.hpp"

namespace postmoney {

namespace {

[[nodiscard]] bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// A line of a facts file.
struct TextLine {
    std::string text;
    std::uint64_t number;
    bool too_long;
};

[[nodiscard]] FactsLine line_of(FactsReader& facts, const TextLine& line, const Currencies& currencies) {
    if (line.too_long) {
        throw Error(ErrorCode::bad_json, "the line is too long, expected at most " +
                                             std::to_string(FactsReader::max_line) + " bytes");
    }
    return facts.read(line.text, currencies);
}

[[nodiscard]] FactsLine line_of(FactsReader& facts, const Entry* entry, const Currencies& currencies) {
    return facts.line(*entry, currencies);
}

// The body of an entry, which its id is the hash of: what the file does not hold as it was recorded is not
// passed on.
[[nodiscard]] std::string_view checked_body(detail::Sha256& sha256, const EntryId& id,
                                            std::string_view body) {
    if (sha256(body) == id.bytes) return body;
    throw Error(ErrorCode::damaged,
                "the entry " + detail::quoted(id.to_string()) +
                    " has a body that its id is not the SHA-256 of; the ledger is damaged: restore a backup");
}

// Records one of the entries: what is refused is told with its place among them.
template <class Record>
void at_place(std::span<const Entry> entries, const Entry* entry, const Record& record) {
    try {
        record();
    } catch (const Error& error) {
        if (detail::is_of_the_ledger(error.code())) throw;
        throw error.at("entries", static_cast<std::uint64_t>(entry - entries.data()) + 1);
    }
}

// Records one of the entries, which `record` says was new or not, and counts what became of it.
template <class Record>
void count_each(ApplyReport& report, std::span<const Entry> entries, const Entry* entry,
                const Record& record) {
    ++report.lines;
    try {
        at_place(entries, entry, [&] { ++(record() ? report.recorded : report.repeated); });
    } catch (const Error& error) {
        if (detail::is_of_the_ledger(error.code())) throw;
        report.refused.push_back(error);
    }
}

// Puts entries and lines on record, in the ledger's transactions.
class Recording {
  public:
    explicit Recording(detail::LedgerState& state) : state_(&state) {}

    [[nodiscard]] FactsLine line_of_now(const Entry& entry) {
        return line_of(state_->facts, &entry, state_->dossiers.currencies());
    }

    // Reads inputs ahead and calls `use` for each.
    template <class Input, class Use>
    [[nodiscard]] detail::LinesAhead<Input> lines_ahead(Use use) {
        return {state_->dossiers, state_->facts, state_->facts_ahead,
                [](FactsReader& facts, const Input& input, const Currencies& currencies) {
                    return line_of(facts, input, currencies);
                },
                std::move(use)};
    }

    // Records all or none, in a transaction of its own. How many were not on record before.
    std::int64_t record(std::span<const Entry> entries, std::optional<Timestamp> recorded) {
        std::int64_t count = 0;
        for_each_ahead(entries, recorded, [&](const Entry* entry, const auto& record) {
            at_place(entries, entry, [&] {
                if (record()) ++count;
            });
        });
        return count;
    }

    // Records those that it can, in a transaction of its own.
    [[nodiscard]] ApplyReport record_each(std::span<const Entry> entries, std::optional<Timestamp> recorded) {
        ApplyReport report;
        for_each_ahead(entries, recorded, [&](const Entry* entry, const auto& record) {
            count_each(report, entries, entry, record);
        });
        return report;
    }

    // Records one in a transaction of its own. Its id.
    EntryId record(const Entry& entry, std::optional<Timestamp> recorded) {
        detail::Transaction transaction(state_->connection);
        state_->recorder().begin();
        FactsLine line = line_of_now(entry);
        const EntryId id = line.id;
        state_->recorder().record(std::move(line), state_->options.clock(), recorded);
        state_->recorder().finish();
        transaction.commit();
        return id;
    }

    [[nodiscard]] ApplyReport apply(std::istream& in, std::string_view name, const ApplyOptions& options,
                                    std::uint64_t bytes) {
        ApplyReport report;
        detail::Transaction transaction(state_->connection);
        state_->recorder().begin();
        apply_lines(in, name, options, bytes, report);
        state_->recorder().finish();
        transaction.commit();
        return report;
    }

    // `bytes` is the size of what is read, 0 where it is not known.
    void apply_lines(std::istream& in, std::string_view name, const ApplyOptions& options_given,
                     std::uint64_t bytes, ApplyReport& report) {
        if (in.fail()) throw Error(ErrorCode::io, "the stream cannot be read").at(name, 0);
        const Timestamp now = state_->options.clock();
        detail::LineReader reader(in, FactsReader::max_line);
        detail::ProgressMeter meter(options_given.progress, "bytes", bytes, 1024);
        auto lines = lines_ahead<TextLine>([&](const TextLine& text, const auto& line) {
            ++report.lines;
            try {
                ++(state_->recorder().record(line(), now, options_given.recorded) ? report.recorded
                                                                                  : report.repeated);
            } catch (const Error& error) {
                if (detail::is_of_the_ledger(error.code()))
                    throw error.at(state_->connection.path().string(), 0);
                report.refused.push_back(error.at(name, text.number));
                if (!options_given.keep_going) throw Error(report.refused.back());
            }
            meter.step(reader.bytes());
        });
        while (reader.next()) {
            if (is_blank(reader.line())) continue;
            lines.add({std::string(reader.line()), reader.number(), reader.too_long()}, reader.line().size());
        }
        lines.finish();
        if (in.bad()) throw Error(ErrorCode::io, "the file cannot be read to its end").at(name, 0);
        meter.finish();
    }

    // Takes the file back to what it was before it became a ledger, unless another process has recorded in it
    // since: nobody can while the transaction is open, and SQLite refuses to write to a file that was
    // removed.
    void leave_nothing(bool remove) noexcept {
        std::error_code ignored;
        try {
            const detail::Transaction transaction(state_->connection);
            if (state_->connection.integer("SELECT count(*) FROM entry") != 0) return;
            if (remove) {
                std::filesystem::remove(state_->connection.path(), ignored);
            } else {
                std::filesystem::resize_file(state_->connection.path(), 0, ignored);
            }
        } catch (const Error&) {  // another process holds it: then it is its ledger now
        }
    }

  private:
    // Calls `use` for each entry, in one transaction, with a function that records it and says whether it is
    // new.
    template <class Use>
    void for_each_ahead(std::span<const Entry> entries, std::optional<Timestamp> recorded, const Use& use) {
        detail::Transaction transaction(state_->connection);
        state_->recorder().begin();
        const Timestamp now = state_->options.clock();
        auto lines = lines_ahead<const Entry*>([&](const Entry* entry, const auto& line) {
            use(entry, [&] { return state_->recorder().record(line(), now, recorded); });
        });
        for (const Entry& entry : entries) lines.add(&entry, sizeof entry);
        lines.finish();
        state_->recorder().finish();
        transaction.commit();
    }

    detail::LedgerState* state_;
};

}  // namespace

Ledger::Ledger(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Ledger::Impl& Ledger::state() const {
    if (impl_ == nullptr)
        throw Error(ErrorCode::misuse, "the Ledger was moved from: use the one that it was moved to");
    return *impl_;
}

Ledger Ledger::open(const std::filesystem::path& path, Options options) {
    try {
        return Ledger(std::make_shared<Impl>(path, std::move(options)));
    } catch (const Error& error) {
        throw error.at(path.string(), 0);
    }
}

void Ledger::open_to_fill(const std::filesystem::path& path, Options options,
                          const std::function<bool(Ledger&)>& work) {
    std::error_code ignored;
    const bool is_new = !std::filesystem::exists(path, ignored);
    const bool was_empty = !is_new && std::filesystem::file_size(path, ignored) == 0;
    Ledger opened = open(path, std::move(options));
    const auto leave_nothing = [&] {
        if (!is_new && !was_empty) return;
        const detail::LedgerState::Use use(opened.state());
        Recording(opened.state()).leave_nothing(is_new);
    };
    try {
        if (!work(opened)) leave_nothing();
    } catch (...) {
        leave_nothing();
        throw;
    }
}

Ledger Ledger::in_memory(Options options) {
    return Ledger(std::make_shared<Impl>(std::move(options)));
}

//--- Writing

EntryId Ledger::record(const Entry& entry, std::optional<Timestamp> recorded) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    return Recording(state()).record(entry, recorded);
}

std::int64_t Ledger::record(std::span<const Entry> entries, std::optional<Timestamp> recorded) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    return Recording(state()).record(entries, recorded);
}

ApplyReport Ledger::record_each(std::span<const Entry> entries, std::optional<Timestamp> recorded) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    return Recording(state()).record_each(entries, recorded);
}

MergeReport Ledger::merge(const std::filesystem::path& other, const MergeOptions& options) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    std::optional<detail::LedgerState::Question> own_question;
    if (options.dry_run) own_question.emplace(state());
    state().forget_recorder();
    detail::Connection connection(other, detail::Connection::Access::read_only, state().options.busy_timeout);
    return detail::merge_ledger(state().connection, connection, options);
}

MergeReport Ledger::merge(const Ledger& other, const MergeOptions& options) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    // What is told of the other meanwhile is of the moment that is merged.
    std::optional<detail::LedgerState::Question> question;
    if (&other.state() != &state()) {
        const detail::LedgerState::Use use_of_other(other.state());
        other.state().check_committed("merge");
        question.emplace(other.state());
    }
    std::optional<detail::LedgerState::Question> own_question;
    if (options.dry_run) own_question.emplace(state());
    state().forget_recorder();
    return detail::merge_ledger(state().connection, other.state().connection, options);
}

struct Ledger::Batch::Impl {
    // What a savepoint needs to undo its part is kept in memory, and not written to a temporary file, as long
    // as this lives. To be made and destroyed outside of a transaction.
    class SavepointsInMemory {
      public:
        explicit SavepointsInMemory(detail::Connection& connection) : connection_(&connection) {
            connection.execute("PRAGMA temp_store = MEMORY");
        }
        ~SavepointsInMemory() {
            try {
                connection_->execute("PRAGMA temp_store = DEFAULT");
            } catch (const std::exception&) {  // the roll-back failed: the next transaction will tell
            }
        }
        SavepointsInMemory(const SavepointsInMemory&) = delete;
        SavepointsInMemory& operator=(const SavepointsInMemory&) = delete;

      private:
        detail::Connection* connection_;
    };

    std::shared_ptr<Ledger::Impl> owner;  // keeps it open
    Ledger::Impl& ledger = *owner;
    detail::LedgerState::Batching batching{ledger};
    SavepointsInMemory savepoints_in_memory{ledger.connection};
    std::optional<Timestamp> recorded;
    Timestamp now = ledger.options.clock();
    detail::Transaction transaction{ledger.connection};
    detail::Statement savepoint{ledger.connection.handle(), "SAVEPOINT step"};
    detail::Statement release{ledger.connection.handle(), "RELEASE step"};
    detail::Statement roll_back{ledger.connection.handle(), "ROLLBACK TO step"};

    // SQLite ends a transaction by itself on some errors, such as a full disk.
    [[nodiscard]] bool ended() const { return !ledger.connection.is_writing(); }
    void check_not_ended() const {
        if (ended())
            throw Error(ErrorCode::misuse, "the batch was rolled back after an error, or is committed");
    }

    // A call that records. Throws misuse from a callback, which reads.
    class Call {
      public:
        explicit Call(Ledger::Batch& batch) : use_(batch.impl_->ledger) {
            batch.impl_->ledger.check_no_callback();
        }

      private:
        detail::LedgerState::Use use_;
    };

    // Records lines, each from `next` until it gives none: all, or none when one is refused. How many were
    // new.
    //
    // A savepoint costs a copy of each page that changes within it: several calls share one. When a call is
    // refused, what those before it recorded since goes with it, and is recorded again.
    template <class Next>
    std::int64_t record(const Next& next) {
        check_not_ended();
        if (!position) open_savepoint();
        const std::size_t before = bodies.size();
        try {
            std::int64_t count = 0;
            while (FactsLine* line = next()) {
                bodies.push_back(line->body);
                bytes += line->body.size();
                if (ledger.recorder().record(std::move(*line), now, recorded)) ++count;
            }
            if (++calls >= most_calls || bytes >= most_bytes) {
                close_savepoint();
                most_calls = std::min(2 * most_calls, limit_of_calls);
            }
            return count;
        } catch (...) {
            ledger.connection.reset_statements();
            if (ended()) throw;
            bodies.resize(before);
            try {
                record_again();
            } catch (...) {
                ledger.connection.roll_back();
                throw;
            }
            throw;
        }
    }

    void open_savepoint() {
        position = ledger.recorder().hold([this] { close_savepoint(); });
        savepoint.run();
    }
    void close_savepoint() {
        release.run();
        ledger.recorder().release();
        position.reset();
        bodies.clear();
        bytes = 0;
        calls = 0;
    }
    void record_again() {
        roll_back.run();
        ledger.recorder().go_back(*position);
        for (std::string& body : bodies)
            ledger.recorder().record(
                ledger.facts.read_canonical(std::move(body), ledger.dossiers.currencies()), now, recorded);
        close_savepoint();
        most_calls = 1;  // where one is refused, others often are
    }
    void finish() {
        check_not_ended();
        if (position) close_savepoint();
        ledger.recorder().finish();
    }
    void commit() {
        finish();
        transaction.commit();
    }

    static constexpr std::size_t limit_of_calls = 64;
    static constexpr std::size_t most_bytes = std::size_t{1} << 20U;
    std::size_t most_calls = limit_of_calls;
    std::size_t calls = 0;                            // since the savepoint
    std::vector<std::string> bodies{};                // that they recorded
    std::size_t bytes = 0;                            // of the bodies
    std::optional<detail::ChainPosition> position{};  // to go back to; null: no savepoint is open
};

Ledger::Batch::Batch(Ledger& ledger, std::optional<Timestamp> recorded)
    : impl_([&] {
          const detail::LedgerState::Use use(ledger.state());
          return new Impl{.owner = ledger.impl_, .recorded = recorded};
      }()) {
    impl_->ledger.recorder().begin();
}

Ledger::Batch::~Batch() = default;

std::int64_t Ledger::Batch::record(std::span<const Entry> entries) {
    const Impl::Call call(*this);
    const Entry* next = entries.data();
    const Entry* const end = next + entries.size();
    std::optional<FactsLine> line;
    const auto read_next = [&]() -> FactsLine* {
        if (next == end) return nullptr;
        return &line.emplace(Recording(impl_->ledger).line_of_now(*next++));
    };
    std::int64_t count = 0;
    try {
        count = impl_->record(read_next);
    } catch (const Error& error) {
        if (next == entries.data() || detail::is_of_the_ledger(error.code())) throw;
        throw error.at("entries", static_cast<std::uint64_t>(next - entries.data()));
    }
    return count;
}

ApplyReport Ledger::Batch::record_each(std::span<const Entry> entries) {
    const Impl::Call call(*this);
    ApplyReport report;
    for (const Entry& entry : entries) {
        count_each(report, entries, &entry, [&] {
            FactsLine line = Recording(impl_->ledger).line_of_now(entry);
            FactsLine* next = &line;
            return impl_->record([&] { return std::exchange(next, nullptr); }) != 0;
        });
    }
    return report;
}

std::int64_t Ledger::Batch::record_lines(std::span<FactsLine> lines) {
    const Impl::Call call(*this);
    std::size_t at = 0;
    return impl_->record([&] { return at == lines.size() ? nullptr : &lines[at++]; });
}

bool Ledger::Batch::has_source(std::string_view id) {
    const detail::LedgerState::Use use(impl_->ledger);
    return impl_->ledger.recorder().has_source(id);
}

void Ledger::Batch::begin_maybe_one_rounds() {
    const detail::LedgerState::Use use(impl_->ledger);
    impl_->ledger.recorder().begin_maybe_one();
}

std::int64_t Ledger::Batch::count_maybe_one_rounds() {
    const Impl::Call call(*this);
    impl_->finish();
    return impl_->ledger.recorder().maybe_one_rounds();
}

void Ledger::Batch::commit() {
    const Impl::Call call(*this);
    impl_->commit();
}

ApplyReport Ledger::apply(std::istream& facts, std::string_view name, const ApplyOptions& options) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    return Recording(state()).apply(facts, name, options, 0);
}

ApplyReport Ledger::apply(const std::filesystem::path& facts, const ApplyOptions& options) {
    const detail::LedgerState::Use use(state());
    state().check_may_record();
    std::error_code ignored;
    std::ifstream in(facts, std::ios::binary);
    if (!in && !std::filesystem::exists(facts, ignored))
        throw Error(ErrorCode::no_such_file, "no such file").at(facts.string(), 0);
    if (!in || std::filesystem::is_directory(facts, ignored))
        throw Error(ErrorCode::io, "the file cannot be read").at(facts.string(), 0);
    const std::uintmax_t bytes = std::filesystem::file_size(facts, ignored);  // of a pipe there is none
    return Recording(state()).apply(in, facts.string(), options, ignored ? 0 : bytes);
}

ApplyReport apply_facts(const std::filesystem::path& ledger, std::istream& facts, std::string_view name,
                        const ApplyOptions& apply_options, Ledger::Options options) {
    ApplyReport report;
    Ledger::open_to_fill(ledger, std::move(options), [&](Ledger& opened) {
        report = opened.apply(facts, name, apply_options);
        return report.recorded != 0 || report.refused.empty();
    });
    return report;
}

//--- Questions on one company

Dossier Ledger::dossier(std::string_view company, std::optional<Timestamp> known_at) const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    return state().dossiers.company(state().party(company), known_at).dossier;
}

std::vector<Claim> Ledger::claims(std::string_view company, const Viewpoint& viewpoint) const {
    std::vector<Claim> claims = dossier(company, viewpoint.known_at).claims;
    std::erase_if(claims, [&](const Claim& claim) { return !viewpoint.sees(claim); });
    return claims;
}

namespace {

// Whether the totals that the ledger keeps up answer it.
[[nodiscard]] bool is_kept(const TotalQuery& query) {
    return !query.in && !query.exclude_funds && query.instruments == InstrumentFilter() &&
           query.policy == ResolutionPolicy();
}

[[nodiscard]] TotalOptions options_of(const TotalQuery& query) {
    return {.as_of = query.viewpoint.as_of,
            .in = query.in,
            .instruments = query.instruments,
            .exclude_funds = query.exclude_funds};
}

// A company as the query sees it. What is resolved points into the dossier.
struct QueriedCompany {
    QueriedCompany(const Ledger& ledger, std::string_view name, const TotalQuery& query)
        : dossier(ledger.dossier(name, query.viewpoint.known_at)),
          resolved(resolve(dossier, query.policy, query.viewpoint)) {}
    QueriedCompany(const QueriedCompany&) = delete;
    QueriedCompany& operator=(const QueriedCompany&) = delete;

    const Dossier dossier;
    const ResolvedCompany resolved;
};

// The rates that can convert what the company's rounds bring; none where nothing is to be converted.
[[nodiscard]] ExchangeRates rates_for(const detail::BroughtByRounds& brought, const TotalQuery& query,
                                      detail::DossierReader& dossiers) {
    if (!query.in) return {};
    auto codes = detail::currencies_of(brought);
    codes.emplace(query.in->code());
    const ViewOptions options{.as_of = query.viewpoint.as_of,
                              .known_at = query.viewpoint.known_at,
                              .policy = query.policy,
                              .in = query.in,
                              .rate_age = query.rate_age};
    return detail::RatesInto(dossiers, options).among(codes);
}

}  // namespace

std::vector<Total> Ledger::total_raised(std::string_view company, const TotalQuery& query) const {
    const detail::LedgerState::Question question(state());
    if (is_kept(query)) {
        state().dossiers.refresh();
        const std::int64_t root = state().dossiers.root_at(state().party(company), query.viewpoint.known_at);
        if (auto totals = state().totals.of_company(root, query.viewpoint)) return *std::move(totals);
    }
    const QueriedCompany found(*this, company, query);
    const detail::BroughtByRounds brought(found.resolved, query.viewpoint.as_of);
    return detail::total_raised(brought, options_of(query), rates_for(brought, query, state().dossiers));
}

std::vector<LeftOut> Ledger::left_out(std::string_view company, const TotalQuery& query) const {
    return postmoney::left_out(QueriedCompany(*this, company, query).resolved, options_of(query));
}

std::vector<UsedRate> Ledger::used_rates(std::string_view company, const TotalQuery& query) const {
    const detail::LedgerState::Question question(state());
    const QueriedCompany found(*this, company, query);
    const detail::BroughtByRounds brought(found.resolved, query.viewpoint.as_of);
    return detail::used_rates(brought, options_of(query), rates_for(brought, query, state().dossiers));
}

TotalReport Ledger::total_report(std::string_view company, const TotalQuery& query) const {
    const detail::LedgerState::Question question(state());
    const QueriedCompany found(*this, company, query);
    const detail::BroughtByRounds brought(found.resolved, query.viewpoint.as_of);
    const ExchangeRates rates = rates_for(brought, query, state().dossiers);
    const TotalOptions options = options_of(query);
    TotalReport report{.totals = detail::total_raised(brought, options, rates),
                       .left_out = detail::left_out(found.resolved, brought, options),
                       .rates = {}};
    if (query.in) report.rates = detail::used_rates(brought, options, rates);
    return report;
}

std::vector<Finding> Ledger::reconcile(std::string_view company, const Viewpoint& viewpoint,
                                       const ResolutionPolicy& policy) const {
    const detail::LedgerState::Question question(state());
    const Dossier found = dossier(company, viewpoint.known_at);
    std::vector<Finding> findings = postmoney::reconcile(found, policy, viewpoint);
    if (const auto amendments = detail::unknown_amendments(found, viewpoint); !amendments.empty())
        detail::ForeignAmendments(state().connection).find(amendments, viewpoint.known_at, findings);
    if (!state().dossiers.has_several_chains()) return findings;
    for (detail::NameConflict& conflict : detail::name_conflicts(state().connection, viewpoint.known_at)) {
        if (conflict.parties.contains(found.party)) findings.push_back(std::move(conflict.finding));
    }
    return findings;
}

PartyProfile Ledger::party(std::string_view name) const {
    const detail::LedgerState::Question question(state());
    PartyProfile profile{.party = state().parties.root(state().party(name)),
                         .name = {},
                         .type = {},
                         .country = {},
                         .founded = {},
                         .market = {}};
    detail::Statement read(state().connection.handle(),
                           "SELECT name, type, country, founded, market FROM party WHERE party = ?1");
    read.bind(profile.party);
    read.step();
    profile.name = read.text(0);
    profile.type = read.text(1);
    profile.country = read.text(2);
    profile.founded = read.text(3);
    profile.market = read.text(4);
    return profile;
}

namespace {

[[nodiscard]] Investment investment_in(const ResolvedCompany& company, const ResolvedRound& round,
                                       const ResolvedParticipation& own) {
    Investment investment{
        .company = company.company,
        .round = round.handle,
        .round_name = std::string(round.label()),
        .date = round.date(),
        .status = round.state(),
        .stage = round.stage.get().value_or(""),
        .instrument = round.instrument.get(),
        .counts = detail::counts_as_raised(round, InstrumentFilter(), company.viewpoint.as_of),
        .amount = own.amount.get(),
        .lead = own.lead.get(),
        .source = own.amount_claim().entry.source.value_or(""),
        .lead_source = own.lead ? own.lead.winner().entry.source.value_or("") : "",
        .co_investors = {}};
    for (const ResolvedParticipation& other : round.participations) {
        if (other.investor != own.investor) investment.co_investors.push_back(other.investor_name);
    }
    return investment;
}

}  // namespace

std::vector<Investment> Ledger::investments(std::string_view investor, const Viewpoint& viewpoint,
                                            const ResolutionPolicy& policy) const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    const std::int64_t party = state().party(investor);
    const std::int64_t root = state().dossiers.root_at(party, viewpoint.known_at);
    std::vector<Investment> result;
    state().for_each_company_of(party, viewpoint, policy, [&](const ResolvedCompany& company) {
        for (const ResolvedRound& round : company.rounds) {
            if (!round.may_have_begun(viewpoint.as_of)) continue;
            for (const ResolvedParticipation& participation : round.participations) {
                if (participation.investor == root)
                    result.push_back(investment_in(company, round, participation));
            }
        }
    });
    std::stable_sort(result.begin(), result.end(), [](const Investment& a, const Investment& b) {
        const auto day = [](const Investment& i) {
            return i.date ? i.date->last_day() : date::sys_days::max();
        };
        return day(a) < day(b);
    });
    return result;
}

std::vector<Position> Ledger::positions(std::string_view investor, const Viewpoint& viewpoint,
                                        const ResolutionPolicy& policy) const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    const std::int64_t party = state().party(investor);
    const std::int64_t root = state().dossiers.root_at(party, viewpoint.known_at);
    std::vector<Position> result;
    state().for_each_company_of(party, viewpoint, policy, [&](const ResolvedCompany& company) {
        for (Position& position : postmoney::positions(company, viewpoint.as_of)) {
            if (position.investor == root) result.push_back(std::move(position));
        }
    });
    std::stable_sort(result.begin(), result.end(),
                     [](const Position& a, const Position& b) { return a.company < b.company; });
    return result;
}

//--- Questions on the whole ledger

void Ledger::for_each_total(const Visitor<std::string_view, const Total&>& visit) const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    state().totals.for_each(visit);
}

std::vector<Finding> Ledger::reconcile(const Viewpoint& viewpoint, const ResolutionPolicy& policy,
                                       const ProgressCall& progress) const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    std::vector<Finding> findings;
    detail::ForeignAmendments foreign(state().connection);
    const auto companies = state().connection.integer(
        "SELECT count(*) FROM party p WHERE EXISTS (SELECT 1 FROM entry e WHERE e.party = p.party)");
    detail::ProgressMeter meter(progress, "companies", static_cast<std::uint64_t>(companies), 64);
    struct Reconciled {
        std::vector<Finding> findings;
        std::vector<detail::UnknownAmendment> amendments;
    };
    FactsReader facts;  // of the other thread, and of this question alone: its progress may ask another
    detail::ReadAhead<detail::UnreadDossier, Reconciled> reconciled(
        [&, currencies = state().dossiers.shared_currencies()](detail::UnreadDossier& unread) {
            const Dossier found = std::move(unread).read(facts, *currencies).dossier;
            return Reconciled{postmoney::reconcile(found, policy, viewpoint),
                              detail::unknown_amendments(found, viewpoint)};
        },
        [&](const auto&, detail::Outcome<Reconciled>& outcome) {
            auto& [own, amendments] = outcome.value();
            std::move(own.begin(), own.end(), std::back_inserter(findings));
            foreign.find(amendments, viewpoint.known_at, findings);
            meter.step();
        });
    state().dossiers.for_each_root(viewpoint.known_at, [&](detail::UnreadDossier unread) {
        const std::size_t bytes = unread.ends.size() * sizeof(Claim);
        if (bytes != 0) reconciled.add(std::move(unread), bytes);
    });
    reconciled.finish();
    std::vector<Claim> shared = state().dossiers.rival_rates_and_markets(viewpoint.known_at);
    std::erase_if(shared, [&](const Claim& claim) { return !viewpoint.sees(claim); });
    std::vector<Finding> competing = reconcile_rates_and_markets(shared, policy);
    std::move(competing.begin(), competing.end(), std::back_inserter(findings));
    for (detail::NameConflict& conflict : detail::name_conflicts(state().connection, viewpoint.known_at)) {
        findings.push_back(std::move(conflict.finding));
    }
    meter.finish();
    return findings;
}

std::string Ledger::company_of_round(std::string_view handle) const {
    const detail::LedgerState::Question question(state());
    const auto companies = state().companies_of(handle);
    if (companies.size() > 1) {
        throw Error::refused(ErrorCode::ambiguous_name, handle,
                             "the handle of one round; merged ledgers use it for several: ask for " +
                                 detail::quoted(state().parties.name(companies[0])) + " or " +
                                 detail::quoted(state().parties.name(companies[1])));
    }
    return state().parties.name(companies.front());
}

std::vector<Claim> Ledger::claims_of_kind(EntryKind kind, const Viewpoint& viewpoint) const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    std::vector<Claim> claims = state().dossiers.of_kind(kind, viewpoint.known_at);
    std::erase_if(claims, [&](const Claim& claim) { return !viewpoint.sees(claim); });
    return claims;
}

Currencies Ledger::currencies() const {
    const detail::LedgerState::Question question(state());
    state().dossiers.refresh();
    return state().dossiers.currencies();
}

namespace {

// The entries of the log, in order of arrival; without those that are reached.
void for_each_log_entry(detail::LedgerState& state, std::optional<Timestamp> known_at,
                        const detail::EntriesReached* reached, const Visitor<const LogEntry&>& visit) {
    detail::Statement read(
        state.connection.handle(),
        "SELECT e.id, c.id, e.seq, e.recorded, e.kind, e.key, "
        "(SELECT s.id FROM source s WHERE s.entry = e.source), root.name, r.handle, "
        "NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = e.entry AND w.known_from <= ?1 AND "
        "w.known_to > ?1), e.body, e.entry, e.chain FROM entry e JOIN chain c ON c.chain = e.chain "
        "LEFT JOIN party p ON p.party = e.party LEFT JOIN party root ON root.party = p.root "
        "LEFT JOIN round r ON r.round = e.round WHERE e.recorded <= ?1 AND e.entry >= ?2 ORDER BY e.entry");
    read.bind(detail::known_time(known_at), reached == nullptr ? 0 : reached->first_new());
    detail::StandingReader retractions(state.connection);
    retractions.look_at(known_at);
    detail::Sha256 sha256;
    while (read.step()) {
        if (reached != nullptr && reached->has(read.integer(12), read.integer(2))) continue;
        const EntryId id = detail::hex_from_blob<EntryId>(read.blob(0));
        const auto kind = detail::from_word<EntryKind>(read.text(4));
        const bool stands = kind == EntryKind::retraction
                                ? retractions.of(read.integer(11)) == detail::Standing::stands
                                : read.integer(9) != 0;
        LogEntry entry{.id = id,
                       .place = {detail::hex_from_text<ChainId>(read.text(1)), read.integer(2)},
                       .recorded = Timestamp::from_microseconds(read.integer(3)),
                       .kind = kind,
                       .key = std::string(read.text(5)),
                       .source = std::string(read.text(6)),
                       .party = std::string(read.text(7)),
                       .round = std::string(read.text(8)),
                       .stands = stands,
                       .body = std::string(checked_body(sha256, id, read.text(10)))};
        if (!visit(entry)) return;
    }
}

}  // namespace

void Ledger::for_each_entry(const Visitor<const LogEntry&>& visit, std::optional<Timestamp> known_at) const {
    const detail::LedgerState::Question question(state());
    for_each_log_entry(state(), known_at, nullptr, visit);
}

void Ledger::for_each_entry_since(std::span<const Head> since, const Visitor<const LogEntry&>& visit) const {
    const detail::LedgerState::Question question(state());
    for (const Head& head : since) {
        const std::string problem = detail::head_problem(state().connection, head);
        if (!problem.empty()) throw Error(ErrorCode::bad_head, problem);
    }
    const detail::EntriesReached reached(state().connection, since);
    for_each_log_entry(state(), std::nullopt, &reached, visit);
}

std::vector<LogEntry> Ledger::entries(std::span<const Head> since) const {
    std::vector<LogEntry> found;
    for_each_entry_since(since, [&](const LogEntry& entry) { found.push_back(entry); });
    return found;
}

void Ledger::query(std::string_view sql, const SqlVisitor& visitor) const {
    query(sql, std::span<const SqlCell>(), visitor);
}

void Ledger::query(std::string_view sql, std::initializer_list<SqlCell> parameters,
                   const SqlVisitor& visitor) const {
    query(sql, std::span(parameters.begin(), parameters.size()), visitor);
}

void Ledger::query(std::string_view sql, std::span<const SqlCell> parameters,
                   const SqlVisitor& visitor) const {
    const detail::LedgerState::Use use(state());
    const detail::LedgerState::Querying querying(state());
    state().connection.bring_up_to_date();
    detail::run_query(state().connection, sql, parameters, visitor);
}

void Ledger::at_one_moment(const std::function<void()>& ask) const {
    const detail::LedgerState::Question question(state());
    ask();
}

//--- The file

Head Ledger::head() const {
    const detail::LedgerState::Question question(state());
    return detail::head_of(state().connection);
}

std::int64_t Ledger::size() const {
    const detail::LedgerState::Question question(state());
    return state().connection.integer("SELECT count(*) FROM entry");
}

LedgerStatus Ledger::status() const {
    const detail::LedgerState::Question question(state());
    detail::Connection& connection = state().connection;
    LedgerStatus status;
    status.schema = connection.integer("PRAGMA user_version");
    status.bytes = connection.integer("PRAGMA page_count") * connection.integer("PRAGMA page_size");
    detail::Statement kinds(connection.handle(), "SELECT kind, count(*) FROM entry GROUP BY kind");
    while (kinds.step()) {
        status.kinds[detail::from_word<EntryKind>(kinds.text(0))] = kinds.integer(1);
        status.entries += kinds.integer(1);
    }
    status.heads = detail::heads_of(connection);
    status.parties = connection.integer("SELECT count(*) FROM party WHERE root = party");
    detail::Statement rounds(connection.handle(),
                             "SELECT date, valid_from FROM resolved_round WHERE known_to > ?1");
    std::string first_day;
    std::string last_day;
    rounds.bind(detail::known_time(std::nullopt));
    while (rounds.step()) {
        ++status.rounds;
        if (rounds.is_null(1)) continue;
        const std::string_view day = rounds.text(1);
        const bool is_first = first_day.empty() || day < first_day;
        const bool is_last = last_day < day;
        if (is_first) first_day = day;
        if (is_first) status.first_round = PartialDate::parse(rounds.text(0));
        if (is_last) last_day = day;
        if (is_last) status.last_round = PartialDate::parse(rounds.text(0));
    }
    detail::Statement ends(connection.handle(),
                           "SELECT (SELECT recorded FROM entry ORDER BY entry LIMIT 1), recorded, id FROM "
                           "entry ORDER BY entry DESC LIMIT 1");
    if (ends.step()) {
        status.first_recorded = Timestamp::from_microseconds(ends.integer(0));
        status.last_recorded = Timestamp::from_microseconds(ends.integer(1));
        status.last_entry = detail::hex_from_blob<EntryId>(ends.blob(2));
    }
    return status;
}

Digest Ledger::digest() const {
    const detail::LedgerState::Question question(state());
    return detail::digest_of(state().connection);
}

Verification Ledger::verify(std::span<const Head> against, VerifyScope scope,
                            const ProgressCall& progress) const {
    static_cast<void>(state());
    Verification result;
    const ProgressCall call = detail::told_apart(progress);
    try {
        const detail::LedgerState::Question question(state());
        detail::ProgressMeter meter(call, "entries", static_cast<std::uint64_t>(size()));
        result.problem = scope == VerifyScope::chains ? detail::chain_problem(state().connection, &meter)
                                                      : detail::first_problem(state().connection, &meter);
        for (const Head& kept : against) {
            if (result.problem.empty()) result.problem = detail::head_problem(state().connection, kept);
        }
        for (const detail::SchemaObject& object : detail::user_objects(state().connection.handle()))
            result.user_objects.push_back(object.to_string());
        result.entries = size();
        result.digest = digest();
        result.heads = detail::heads_of(state().connection);
        result.head = result.heads.front();
        meter.finish();
    } catch (const detail::CallbackThrew& threw) {
        std::rethrow_exception(threw.error);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::busy || error.code() == ErrorCode::misuse) throw;
        if (result.problem.empty()) result.problem = error.what();
    }
    result.ok = result.problem.empty();
    return result;
}

void Ledger::export_facts(std::ostream& out, const ProgressCall& progress) const {
    const detail::LedgerState::Question question(state());
    detail::ProgressMeter meter(progress, "entries", static_cast<std::uint64_t>(size()), 1024);
    detail::Statement entries(state().connection.handle(),
                              "SELECT id, body, recorded FROM entry ORDER BY recorded, entry");
    detail::Sha256 sha256;
    while (entries.step()) {
        const EntryId id = detail::hex_from_blob<EntryId>(entries.blob(0));
        std::string_view body = checked_body(sha256, id, entries.text(1));
        body.remove_suffix(1);  // the closing brace: `recorded` goes before it
        out << body << ",\"recorded\":\"" << Timestamp::from_microseconds(entries.integer(2)).to_string()
            << "\"}\n";
        meter.step();
    }
    out.flush();
    if (!out) throw Error(ErrorCode::io, "the facts cannot be written to the end");
    meter.finish();
}

void Ledger::backup(const std::filesystem::path& path, const ProgressCall& progress) const {
    const detail::LedgerState::Use use(state());
    state().check_committed("copy");
    const detail::LedgerState::Calling calling(state());
    detail::copy_ledger(state().connection, path, {}, progress);
}

Dossier dossier_of(std::string_view company, std::span<const Entry> entries) {
    Ledger ledger = Ledger::in_memory();
    ledger.record(entries);
    return ledger.dossier(company);
}

std::vector<std::string> restore(const std::filesystem::path& backup, const std::filesystem::path& ledger,
                                 const RestoreOptions& options) {
    const detail::CopyOptions copy{.replace = options.replace, .busy_timeout = options.busy_timeout};
    if (detail::is_dump(backup)) return detail::copy_dump(backup, ledger, copy, options.progress);
    detail::Connection connection(backup, detail::Connection::Access::read_only, options.busy_timeout);
    detail::copy_ledger(connection, ledger, copy, options.progress);
    return {};
}

}  // namespace postmoney
