#include "postmoney/ledger/ledger.hpp"

#include <algorithm>
#include <istream>
#include <ostream>
#include <set>
#include <system_error>

#include "base/hex.hpp"
#include "base/line_reader.hpp"
#include "base/read_ahead.hpp"
#include "base/refusal.hpp"
#include "base/sha256.hpp"
#include "ledger/file/ledger_copy.hpp"
#include "ledger/file/merge.hpp"
#include "ledger/file/verification.hpp"
#include "ledger/read/chain_paths.hpp"
#include "ledger/read/dossier_reader.hpp"
#include "ledger/read/foreign_amendments.hpp"
#include "ledger/read/name_conflicts.hpp"
#include "ledger/read/standing_reader.hpp"
#include "ledger/read/total_reader.hpp"
#include "ledger/write/party_registry.hpp"
#include "ledger/write/recorder.hpp"
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

[[nodiscard]] detail::Connection::Access access_of(Ledger::Access access) {
    switch (access) {
        case Ledger::Access::read_only:
            return detail::Connection::Access::read_only;
        case Ledger::Access::read_write:
            return detail::Connection::Access::read_write;
        case Ledger::Access::create:
            break;
    }
    return detail::Connection::Access::create;
}

}  // namespace

struct Ledger::Impl {
    detail::Connection connection;
    Options options;
    detail::DossierReader dossiers{connection};
    detail::PartyRegistry parties{connection};
    detail::TotalReader totals{connection, dossiers};
    FactsReader facts;
    FactsReader facts_ahead;  // for the thread that reads ahead

    Impl(const std::filesystem::path& path, Options opened)
        : connection(path, access_of(opened.access), opened.busy_timeout), options(std::move(opened)) {}
    explicit Impl(Options opened) : options(std::move(opened)) {}

    // Made when something is first recorded: its statements take a fifth of the time of opening.
    [[nodiscard]] detail::Recorder& recorder() {
        if (!recorder_) recorder_.emplace(connection, dossiers);
        return *recorder_;
    }

    [[nodiscard]] std::int64_t party(std::string_view name) {
        if (const auto found = parties.find(name)) return *found;
        throw Error::refused(ErrorCode::unknown_party, name, "the name of a party on record");
    }

    // The parties that have a round of that handle: one, unless merged ledgers used it for several.
    std::vector<std::int64_t> companies_of(std::string_view handle) {
        std::vector<std::int64_t> companies;
        detail::Statement read(
            connection.handle(),
            "SELECT DISTINCT p.root FROM round r JOIN party p ON p.party = r.company WHERE "
            "r.handle = ?1 ORDER BY r.round");
        read.bind(handle);
        while (read.step()) companies.push_back(read.integer(0));
        if (companies.empty())
            throw Error::refused(ErrorCode::unknown_round, handle, "the handle of a round on record");
        return companies;
    }

    // The companies in whose rounds the party took part, resolved, in the order of their numbers: calls
    // `use(company)` for each.
    template <class Use>
    void for_each_company_of(std::int64_t investor, const Viewpoint& viewpoint,
                             const ResolutionPolicy& policy, const Use& use) {
        for (const std::int64_t company : dossiers.companies_of_investor(investor, viewpoint.known_at)) {
            const Dossier found = dossiers.company(company, viewpoint.known_at).dossier;
            use(resolve(found, policy, viewpoint));
        }
    }

    [[nodiscard]] FactsLine line_of_now(const Entry& entry) {
        return line_of(facts, &entry, dossiers.currencies());
    }

    // What is to be recorded, and the currencies that were known when it came.
    template <class Input>
    struct Incoming {
        Input input;
        std::shared_ptr<const Currencies> currencies;
    };
    template <class Input>
    using LinesAhead = detail::ReadAhead<Incoming<Input>, FactsLine>;

    // Reads inputs ahead and calls `use` for each with a function that gives its line, or throws what is
    // wrong with it.
    template <class Input, class Use>
    [[nodiscard]] LinesAhead<Input> lines_ahead(const Use& use) {
        return LinesAhead<Input>(
            [this](Incoming<Input>& incoming) {
                return line_of(facts_ahead, incoming.input, *incoming.currencies);
            },
            [this, use](Incoming<Input>& incoming, detail::Outcome<FactsLine>& outcome) {
                use(incoming.input, [&]() -> FactsLine&& {
                    // An amount in a currency that was defined since is read with it.
                    const auto& known = dossiers.shared_currencies();
                    if (incoming.currencies != known) {
                        outcome = detail::Outcome<FactsLine>::of(
                            [&] { return line_of(facts, incoming.input, *known); });
                    }
                    return std::move(outcome.value());
                });
            });
    }

    // Records all or none, in a transaction of its own, and calls `use` with the id of each in turn and
    // whether it was not on record before.
    template <class Use>
    void record(std::span<const Entry> entries, std::optional<Timestamp> recorded, const Use& use) {
        detail::Transaction transaction(connection);
        recorder().begin();
        const Timestamp now = options.clock();
        auto lines = lines_ahead<const Entry*>([&](const Entry*, const auto& line_of_entry) {
            FactsLine line = line_of_entry();
            const bool is_new = recorder().record(std::move(line), now, recorded);
            use(line.id, is_new);
        });
        for (const Entry& entry : entries) lines.add({&entry, dossiers.shared_currencies()}, sizeof entry);
        lines.finish();
        recorder().finish();
        transaction.commit();
    }

    void apply_lines(std::istream& in, std::string_view name, const ApplyOptions& options_given,
                     ApplyReport& report) {
        const Timestamp now = options.clock();
        detail::LineReader reader(in, FactsReader::max_line);
        auto lines = lines_ahead<TextLine>([&](const TextLine& text, const auto& line) {
            ++report.lines;
            try {
                ++(recorder().record(line(), now, options_given.recorded) ? report.recorded
                                                                          : report.repeated);
            } catch (const Error& error) {
                if (detail::is_of_the_ledger(error.code())) throw error.at(connection.path().string(), 0);
                report.refused.push_back(error.at(name, text.number));
                if (!options_given.keep_going) throw Error(report.refused.back());
            }
            if (options_given.progress && report.lines % 1024 == 0) options_given.progress(reader.bytes());
        });
        while (reader.next()) {
            if (is_blank(reader.line())) continue;
            lines.add({{std::string(reader.line()), reader.number(), reader.too_long()},
                       dossiers.shared_currencies()},
                      reader.line().size());
        }
        lines.finish();
        if (in.bad()) throw Error(ErrorCode::io, "the file cannot be read to its end").at(name, 0);
    }

    // Takes the file back to what it was before it became a ledger, unless another process has recorded in it
    // since: nobody can while the transaction is open, and SQLite refuses to write to a file that was
    // removed.
    void leave_nothing(bool remove) noexcept {
        std::error_code ignored;
        try {
            const detail::Transaction transaction(connection);
            if (connection.integer("SELECT count(*) FROM entry") != 0) return;
            if (remove) {
                std::filesystem::remove(connection.path(), ignored);
            } else {
                std::filesystem::resize_file(connection.path(), 0, ignored);
            }
        } catch (const Error&) {  // another process holds it: then it is its ledger now
        }
    }

  private:
    std::optional<detail::Recorder> recorder_;
};

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Ledger Ledger::open(const std::filesystem::path& path, Options options) {
    try {
        return Ledger(std::make_unique<Impl>(path, std::move(options)));
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
        if (is_new || was_empty) opened.impl_->leave_nothing(is_new);
    };
    try {
        if (!work(opened)) leave_nothing();
    } catch (...) {
        leave_nothing();
        throw;
    }
}

Ledger Ledger::in_memory(Options options) {
    return Ledger(std::make_unique<Impl>(std::move(options)));
}

//--- Writing

EntryId Ledger::record(const Entry& entry, std::optional<Timestamp> recorded) {
    EntryId id;
    impl_->record(std::span(&entry, 1), recorded, [&](const EntryId& its_id, bool) { id = its_id; });
    return id;
}

std::int64_t Ledger::record(std::span<const Entry> entries, std::optional<Timestamp> recorded) {
    std::int64_t count = 0;
    impl_->record(entries, recorded, [&](const EntryId&, bool is_new) { count += is_new ? 1 : 0; });
    return count;
}

MergeReport Ledger::merge(const std::filesystem::path& other, const MergeOptions& options) {
    detail::Connection connection(other, detail::Connection::Access::read_only, impl_->options.busy_timeout);
    return detail::merge_ledger(impl_->connection, connection, options);
}

MergeReport Ledger::merge(const Ledger& other, const MergeOptions& options) {
    return detail::merge_ledger(impl_->connection, other.impl_->connection, options);
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

    Ledger::Impl& ledger;
    SavepointsInMemory savepoints_in_memory{ledger.connection};
    std::optional<Timestamp> recorded;
    Timestamp now = ledger.options.clock();
    detail::Transaction transaction{ledger.connection};
    detail::Statement savepoint{ledger.connection.handle(), "SAVEPOINT step"};
    detail::Statement release{ledger.connection.handle(), "RELEASE step"};
    detail::Statement roll_back{ledger.connection.handle(), "ROLLBACK TO step"};

    // SQLite ends a transaction by itself on some errors, such as a full disk.
    [[nodiscard]] bool ended() const { return sqlite3_get_autocommit(ledger.connection.handle()) != 0; }
    void check_not_ended() const {
        if (ended())
            throw Error(ErrorCode::misuse, "the batch was rolled back after an error, or is committed");
    }

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
        position = ledger.recorder().hold();
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
    : impl_(new Impl{.ledger = *ledger.impl_, .recorded = recorded}) {
    impl_->ledger.recorder().begin();
}

Ledger::Batch::~Batch() = default;

std::int64_t Ledger::Batch::record(std::span<const Entry> entries) {
    std::size_t at = 0;
    std::optional<FactsLine> line;
    return impl_->record([&]() -> FactsLine* {
        if (at == entries.size()) return nullptr;
        return &line.emplace(impl_->ledger.line_of_now(entries[at++]));
    });
}

std::int64_t Ledger::Batch::record_lines(std::span<FactsLine> lines) {
    std::size_t at = 0;
    return impl_->record([&] { return at == lines.size() ? nullptr : &lines[at++]; });
}

bool Ledger::Batch::has_source(std::string_view id) {
    return impl_->ledger.recorder().has_source(id);
}

std::int64_t Ledger::Batch::count_maybe_one_rounds() {
    impl_->finish();
    return impl_->ledger.recorder().maybe_one_rounds();
}

void Ledger::Batch::commit() {
    impl_->commit();
}

ApplyReport Ledger::apply(std::istream& facts, std::string_view name, const ApplyOptions& options) {
    ApplyReport report;
    detail::Transaction transaction(impl_->connection);
    impl_->recorder().begin();
    impl_->apply_lines(facts, name, options, report);
    impl_->recorder().finish();
    transaction.commit();
    return report;
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
    const detail::Snapshot snapshot(impl_->connection);
    impl_->dossiers.refresh();
    return impl_->dossiers.company(impl_->party(company), known_at).dossier;
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
    std::set<std::string, std::less<>> codes{std::string(query.in->code())};
    for (const detail::RoundInflows& round : brought.after) {
        for (const detail::Inflow& sum : round.inflows) codes.emplace(sum.known.currency().code());
        if (round.foreign_conversions) codes.emplace(round.foreign_conversions->currency.code());
    }
    std::vector<Claim> claims = dossiers.rates_among(codes, query.viewpoint.known_at);
    std::erase_if(claims, [&](const Claim& claim) { return !query.viewpoint.sees(claim); });
    return ExchangeRates(claims, query.policy, query.rate_age);
}

}  // namespace

std::vector<Total> Ledger::total_raised(std::string_view company, const TotalQuery& query) const {
    const detail::Snapshot snapshot(impl_->connection);
    if (is_kept(query)) {
        impl_->dossiers.refresh();
        const std::int64_t root = impl_->dossiers.root_at(impl_->party(company), query.viewpoint.known_at);
        if (auto totals = impl_->totals.of_company(root, query.viewpoint)) return *std::move(totals);
    }
    const QueriedCompany found(*this, company, query);
    const detail::BroughtByRounds brought(found.resolved, query.viewpoint.as_of);
    return detail::total_raised(brought, options_of(query), rates_for(brought, query, impl_->dossiers));
}

std::vector<LeftOut> Ledger::left_out(std::string_view company, const TotalQuery& query) const {
    return postmoney::left_out(QueriedCompany(*this, company, query).resolved, options_of(query));
}

std::vector<UsedRate> Ledger::used_rates(std::string_view company, const TotalQuery& query) const {
    const detail::Snapshot snapshot(impl_->connection);
    const QueriedCompany found(*this, company, query);
    const detail::BroughtByRounds brought(found.resolved, query.viewpoint.as_of);
    return detail::used_rates(brought, options_of(query), rates_for(brought, query, impl_->dossiers));
}

TotalReport Ledger::total_report(std::string_view company, const TotalQuery& query) const {
    const detail::Snapshot snapshot(impl_->connection);
    const QueriedCompany found(*this, company, query);
    const detail::BroughtByRounds brought(found.resolved, query.viewpoint.as_of);
    const ExchangeRates rates = rates_for(brought, query, impl_->dossiers);
    const TotalOptions options = options_of(query);
    TotalReport report{.totals = detail::total_raised(brought, options, rates),
                       .left_out = detail::left_out(found.resolved, brought, options),
                       .rates = {}};
    if (query.in) report.rates = detail::used_rates(brought, options, rates);
    return report;
}

std::vector<Finding> Ledger::reconcile(std::string_view company, const Viewpoint& viewpoint,
                                       const ResolutionPolicy& policy) const {
    const detail::Snapshot snapshot(impl_->connection);
    const Dossier found = dossier(company, viewpoint.known_at);
    std::vector<Finding> findings = postmoney::reconcile(found, policy, viewpoint);
    if (const auto amendments = detail::unknown_amendments(found, viewpoint); !amendments.empty())
        detail::ForeignAmendments(impl_->connection).find(amendments, viewpoint.known_at, findings);
    if (!impl_->dossiers.has_several_chains()) return findings;
    for (detail::NameConflict& conflict : detail::name_conflicts(impl_->connection, viewpoint.known_at)) {
        if (conflict.parties.contains(found.party)) findings.push_back(std::move(conflict.finding));
    }
    return findings;
}

PartyProfile Ledger::party(std::string_view name) const {
    const detail::Snapshot snapshot(impl_->connection);
    PartyProfile profile{.party = impl_->parties.root(impl_->party(name)),
                         .name = {},
                         .type = {},
                         .country = {},
                         .founded = {},
                         .market = {}};
    detail::Statement read(impl_->connection.handle(),
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
    Investment investment{.company = company.company,
                          .round = round.handle,
                          .round_name = std::string(round.label()),
                          .date = round.date(),
                          .status = round.state(),
                          .counts = detail::counts_as_raised(round, InstrumentFilter()),
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
    const detail::Snapshot snapshot(impl_->connection);
    impl_->dossiers.refresh();
    const std::int64_t party = impl_->party(investor);
    const std::int64_t root = impl_->dossiers.root_at(party, viewpoint.known_at);
    std::vector<Investment> result;
    impl_->for_each_company_of(party, viewpoint, policy, [&](const ResolvedCompany& company) {
        for (const ResolvedRound& round : company.rounds) {
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
    const detail::Snapshot snapshot(impl_->connection);
    impl_->dossiers.refresh();
    const std::int64_t party = impl_->party(investor);
    const std::int64_t root = impl_->dossiers.root_at(party, viewpoint.known_at);
    std::vector<Position> result;
    impl_->for_each_company_of(party, viewpoint, policy, [&](const ResolvedCompany& company) {
        for (Position& position : postmoney::positions(company, viewpoint.as_of)) {
            if (position.investor == root) result.push_back(std::move(position));
        }
    });
    std::stable_sort(result.begin(), result.end(),
                     [](const Position& a, const Position& b) { return a.company < b.company; });
    return result;
}

//--- Questions on the whole ledger

void Ledger::for_each_total(const std::function<void(std::string_view, const Total&)>& visit) const {
    const detail::Snapshot snapshot(impl_->connection);
    impl_->dossiers.refresh();
    impl_->totals.for_each(visit);
}

std::vector<Finding> Ledger::reconcile(const Viewpoint& viewpoint, const ResolutionPolicy& policy) const {
    const detail::Snapshot snapshot(impl_->connection);
    impl_->dossiers.refresh();
    std::vector<Finding> findings;
    detail::ForeignAmendments foreign(impl_->connection);
    struct Reconciled {
        std::vector<Finding> findings;
        std::vector<detail::UnknownAmendment> amendments;
    };
    detail::ReadAhead<detail::UnreadDossier, Reconciled> reconciled(
        [&, currencies = impl_->dossiers.shared_currencies()](detail::UnreadDossier& unread) {
            const Dossier found = std::move(unread).read(impl_->facts_ahead, *currencies).dossier;
            return Reconciled{postmoney::reconcile(found, policy, viewpoint),
                              detail::unknown_amendments(found, viewpoint)};
        },
        [&](const auto&, detail::Outcome<Reconciled>& outcome) {
            auto& [own, amendments] = outcome.value();
            std::move(own.begin(), own.end(), std::back_inserter(findings));
            foreign.find(amendments, viewpoint.known_at, findings);
        });
    for (const std::int64_t company : impl_->dossiers.roots_at(viewpoint.known_at)) {
        auto unread = impl_->dossiers.unread_company(company, viewpoint.known_at);
        const std::size_t bytes = unread.bodies.size() * sizeof(Claim);
        reconciled.add(std::move(unread), bytes);
    }
    reconciled.finish();
    for (detail::NameConflict& conflict : detail::name_conflicts(impl_->connection, viewpoint.known_at)) {
        findings.push_back(std::move(conflict.finding));
    }
    return findings;
}

std::string Ledger::company_of_round(std::string_view handle) const {
    const detail::Snapshot snapshot(impl_->connection);
    const auto companies = impl_->companies_of(handle);
    if (companies.size() > 1) {
        throw Error::refused(ErrorCode::ambiguous_name, handle,
                             "the handle of one round; merged ledgers use it for several: ask for " +
                                 detail::quoted(impl_->parties.name(companies[0])) + " or " +
                                 detail::quoted(impl_->parties.name(companies[1])));
    }
    return impl_->parties.name(companies.front());
}

std::vector<Claim> Ledger::claims_of_kind(EntryKind kind, const Viewpoint& viewpoint) const {
    const detail::Snapshot snapshot(impl_->connection);
    impl_->dossiers.refresh();
    std::vector<Claim> claims = impl_->dossiers.of_kind(kind, viewpoint.known_at);
    std::erase_if(claims, [&](const Claim& claim) { return !viewpoint.sees(claim); });
    return claims;
}

Currencies Ledger::currencies() const {
    impl_->dossiers.refresh();
    return impl_->dossiers.currencies();
}

void Ledger::for_each_entry(const std::function<void(const LogEntry&)>& visit,
                            std::optional<Timestamp> known_at) const {
    const detail::Snapshot snapshot(impl_->connection);
    detail::Statement read(
        impl_->connection.handle(),
        "SELECT e.id, c.id, e.seq, e.recorded, e.kind, e.key, "
        "(SELECT s.id FROM source s WHERE s.entry = e.source), root.name, r.handle, "
        "NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = e.entry AND w.known_from <= ?1 AND "
        "w.known_to > ?1), e.body, e.entry FROM entry e JOIN chain c ON c.chain = e.chain "
        "LEFT JOIN party p ON p.party = e.party LEFT JOIN party root ON root.party = p.root "
        "LEFT JOIN round r ON r.round = e.round WHERE e.recorded <= ?1 ORDER BY e.entry");
    read.bind(detail::known_time(known_at));
    detail::StandingReader retractions(impl_->connection);
    retractions.look_at(known_at);
    detail::Sha256 sha256;
    while (read.step()) {
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
        visit(entry);
    }
}

void Ledger::query(std::string_view sql, const SqlVisitor& visitor) const {
    detail::run_query(impl_->connection, sql, visitor);
}

void Ledger::at_one_moment(const std::function<void()>& ask) const {
    const detail::Snapshot snapshot(impl_->connection);
    ask();
}

//--- The file

Head Ledger::head() const {
    const detail::Snapshot snapshot(impl_->connection);
    return detail::head_of(impl_->connection);
}

std::int64_t Ledger::size() const {
    return impl_->connection.integer("SELECT count(*) FROM entry");
}

Digest Ledger::digest() const {
    return detail::digest_of(impl_->connection);
}

Verification Ledger::verify(std::span<const Head> against, VerifyScope scope) const {
    Verification result;
    try {
        const detail::Snapshot snapshot(impl_->connection);
        result.problem = scope == VerifyScope::chains ? detail::chain_problem(impl_->connection)
                                                      : detail::first_problem(impl_->connection);
        for (const Head& kept : against) {
            if (result.problem.empty()) result.problem = detail::head_problem(impl_->connection, kept);
        }
        for (const detail::SchemaObject& object : detail::user_objects(impl_->connection.handle()))
            result.user_objects.push_back(object.to_string());
        result.entries = size();
        result.digest = digest();
        result.heads = detail::heads_of(impl_->connection);
        result.head = result.heads.front();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::busy) throw;
        if (result.problem.empty()) result.problem = error.what();
    }
    result.ok = result.problem.empty();
    return result;
}

void Ledger::export_facts(std::ostream& out) const {
    const detail::Snapshot snapshot(impl_->connection);
    detail::Statement entries(impl_->connection.handle(),
                              "SELECT id, body, recorded FROM entry ORDER BY recorded, entry");
    detail::Sha256 sha256;
    while (entries.step()) {
        const EntryId id = detail::hex_from_blob<EntryId>(entries.blob(0));
        std::string_view body = checked_body(sha256, id, entries.text(1));
        body.remove_suffix(1);  // the closing brace: `recorded` goes before it
        out << body << ",\"recorded\":\"" << Timestamp::from_microseconds(entries.integer(2)).to_string()
            << "\"}\n";
    }
    out.flush();
    if (!out) throw Error(ErrorCode::io, "the facts cannot be written to the end");
}

void Ledger::backup(const std::filesystem::path& path) const {
    detail::copy_ledger(impl_->connection, path);
}

std::vector<std::string> restore(const std::filesystem::path& backup, const std::filesystem::path& ledger,
                                 const RestoreOptions& options) {
    const detail::CopyOptions copy{.replace = options.replace, .busy_timeout = options.busy_timeout};
    if (detail::is_dump(backup)) return detail::copy_dump(backup, ledger, copy);
    detail::Connection connection(backup, detail::Connection::Access::read_only, options.busy_timeout);
    detail::copy_ledger(connection, ledger, copy);
    return {};
}

}  // namespace postmoney
