#include "ledger/file/integrity_check.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "sql/schema_objects.hpp"

namespace postmoney::detail {

namespace {

// A file below it is checked faster than another connection is opened.
constexpr std::int64_t least_size = std::int64_t{4} << 20U;

// The arguments of SQLite's own checks: none for the whole file, else each of our tables. The user's tables
// are left out, for the checks would run the expressions of their indexes and follow their keys.
std::vector<std::string> checked_tables(Connection& connection) {
    if (user_objects(connection.handle()).empty()) return {""};
    std::vector<std::string> tables;
    Statement names(connection.handle(), "SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (names.step()) {
        const std::string name(names.text(0));
        if (!is_user_name(name) && !name.starts_with("sqlite_")) tables.push_back("(\"" + name + "\")");
    }
    return tables;
}

std::string problem_of_tables(Connection& connection) {
    for (const std::string& table : checked_tables(connection)) {
        Statement check(connection.handle(),
                        "PRAGMA integrity_check" + (table.empty() ? std::string("(1)") : table));
        if (check.step() && check.text(0) != "ok")
            return "the file is damaged: " + std::string(check.text(0));
        check.reset();
        Statement keys(connection.handle(), "PRAGMA foreign_key_check" + table);
        if (keys.step()) {
            return "a row of " + std::string(keys.text(0)) + " refers to a row of " +
                   std::string(keys.text(2)) + " that is not there (rowid " +
                   std::to_string(keys.integer(1)) + ")";
        }
    }
    return {};
}

std::string problem_in(Connection& connection) {
    const bool heeded = connection.heed_checks(true);
    std::string problem = problem_of_tables(connection);
    connection.heed_checks(heeded);
    return problem;
}

// The bytes of the file.
std::int64_t size_of(Connection& connection) {
    return connection.integer("PRAGMA page_count") * connection.integer("PRAGMA page_size");
}

// Whether another file has come in the place of the one that is open.
bool is_replaced(const Connection& connection) {
    int moved = 0;
    return sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
           moved != 0;
}

}  // namespace

IntegrityCheck::IntegrityCheck(Connection& connection) {
    if (!connection.is_writing() && !connection.path().empty() && size_of(connection) >= least_size)
        begin_beside(connection);
    if (!goes_on()) problem_ = problem_in(connection);
}

IntegrityCheck::~IntegrityCheck() {
    if (!goes_on()) return;
    stopped_ = true;
    thread_.join();
}

// Where there is no second connection to the same file, or no thread, the first one checks.
void IntegrityCheck::begin_beside(const Connection& connection) {
    try {
        // The path in full: the process may have changed its folder.
        beside_ = std::make_unique<Connection>(sqlite3_db_filename(connection.handle(), "main"),
                                               Connection::Access::read_only, std::chrono::milliseconds(0));
        if (is_replaced(connection)) return;
        beside_->execute("PRAGMA cache_size = -16384");
        // Held to the end, so that a writer who waits for the readers to end does not stop this one.
        beside_->begin_reading();
        static_cast<void>(beside_->integer("SELECT count(*) FROM sqlite_schema"));
        // An interruption that comes before the check begins would have no effect.
        constexpr int steps = 10'000;
        sqlite3_progress_handler(
            beside_->handle(), steps,
            [](void* stopped) { return static_cast<int>(static_cast<std::atomic<bool>*>(stopped)->load()); },
            &stopped_);
        thread_ = std::thread([this] {
            try {
                problem_ = problem_in(*beside_);
            } catch (...) {
                error_ = std::current_exception();
            }
        });
    } catch (const std::exception&) {
        beside_.reset();
    }
}

std::string IntegrityCheck::problem() {
    if (goes_on()) thread_.join();
    if (error_) std::rethrow_exception(error_);
    return problem_;
}

}  // namespace postmoney::detail
