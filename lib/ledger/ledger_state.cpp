#include "ledger/ledger_state.hpp"

#include <string>

#include "ledger/read/nearest_names.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] Connection::Access access_of(Ledger::Access access) {
    switch (access) {
        case Ledger::Access::read_only:
            return Connection::Access::read_only;
        case Ledger::Access::read_write:
            return Connection::Access::read_write;
        case Ledger::Access::create:
            break;
    }
    return Connection::Access::create;
}

constexpr std::string_view still_reads =
    "a View of this ledger, or a question whose visitor this is, still reads: record after it";

}  // namespace

LedgerState::LedgerState(const std::filesystem::path& path, Ledger::Options opened)
    : connection(path, access_of(opened.access), opened.busy_timeout), options(std::move(opened)) {}

std::int64_t LedgerState::party(std::string_view name) {
    if (const auto found = parties.find(name)) return *found;
    std::string expected = "the name of a party on record";
    const std::vector<std::string> nearest = nearest_names(connection, name);
    for (std::size_t i = 0; i < nearest.size(); ++i) {
        if (i == 0) expected += nearest.size() == 1 ? "; the nearest is " : "; the nearest are ";
        if (i != 0) expected += i + 1 == nearest.size() ? " and " : ", ";
        expected += detail::quoted(nearest[i]);
    }
    throw Error::refused(ErrorCode::unknown_party, name, expected);
}

std::vector<std::int64_t> LedgerState::companies_of(std::string_view handle) {
    std::vector<std::int64_t> companies;
    Statement read(connection.handle(),
                   "SELECT DISTINCT p.root FROM round r JOIN party p ON p.party = r.company WHERE "
                   "r.handle = ?1 ORDER BY r.round");
    read.bind(handle);
    while (read.step()) companies.push_back(read.integer(0));
    if (companies.empty())
        throw Error::refused(ErrorCode::unknown_round, handle, "the handle of a round on record");
    return companies;
}

std::shared_ptr<Snapshot> LedgerState::moment() {
    if (auto open = moment_.lock()) return open;
    auto begun = std::make_shared<Snapshot>(connection);
    if (!has_batch_) moment_ = begun;
    return begun;
}

void LedgerState::check_may_record() const {
    if (has_batch_)
        throw Error(ErrorCode::misuse,
                    "a Batch of this ledger is open: what is to be recorded meanwhile goes through it");
    if (!moment_.expired()) throw Error(ErrorCode::misuse, std::string(still_reads));
    check_no_callback();
    if (connection.is_writing())
        throw Error(
            ErrorCode::misuse,
            "a call that records in this ledger, whose callback this is, is not over: record after it");
}

void LedgerState::check_no_callback() const {
    if (calls_ != 0) throw Error(ErrorCode::misuse, std::string(still_reads));
}

void LedgerState::check_committed(std::string_view to_do) const {
    if (!connection.is_writing()) return;
    throw Error(ErrorCode::misuse,
                (has_batch_ ? "a Batch of this ledger is open: it has no one moment to "
                            : "a call that records in this ledger is not over: it has no one moment to ") +
                    std::string(to_do));
}

LedgerState::Use::Use(LedgerState& state) : state_(&state) {
    state.thread_.enter();
    if (!state.is_queried_) return;
    state.thread_.leave();
    throw Error(ErrorCode::misuse, "the visitor of a query uses the ledger: ask when the query is over");
}

// Where the moment goes on, a page that was read wrong would stay.
LedgerState::Question::~Question() {
    if (std::uncaught_exceptions() > exceptions_ && moment_.use_count() > 1)
        state_->connection.drop_page_cache();
}

}  // namespace postmoney::detail
