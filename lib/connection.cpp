#include "connection.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <system_error>

#include "migrations.hpp"
#include "sql_functions.hpp"

namespace postmoney::detail {

namespace {

[[noreturn]] void refuse(ErrorCode code, const std::filesystem::path& path, std::string_view what) {
    throw Error(code, std::string(what)).at(path.string(), 0);
}

void check_path(const std::filesystem::path& path, Connection::Access access) {
    if (path.empty()) throw Error(ErrorCode::no_such_file, "the path is empty; name a ledger file");
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        refuse(ErrorCode::not_a_ledger, path, "is a folder, expected a ledger file");
    }
    if (std::filesystem::exists(path, ignored)) return;
    if (access != Connection::Access::create) {
        refuse(ErrorCode::no_such_file, path, "no such file; create a ledger with init");
    }
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    if (!std::filesystem::is_directory(folder, ignored)) {
        refuse(ErrorCode::no_such_folder, path,
               "the folder " + folder.string() + " does not exist; create it first");
    }
}

[[nodiscard]] std::unique_ptr<SQLite::Database> open_database(const std::filesystem::path& path,
                                                              Connection::Access access) {
    int flags = SQLite::OPEN_NOMUTEX;  // a ledger is for one thread at a time
    if (access == Connection::Access::read_only) flags |= SQLite::OPEN_READONLY;
    if (access == Connection::Access::read_write) flags |= SQLite::OPEN_READWRITE;
    if (access == Connection::Access::create) flags |= SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    try {
        return std::make_unique<SQLite::Database>(path.string(), flags);
    } catch (const SQLite::Exception& exception) {
        refuse(ErrorCode::io, path, std::string("cannot be opened: ") + exception.what());
    }
}

[[nodiscard]] ChainId random_chain() {
    ChainId chain;
    if (RAND_bytes(chain.bytes.data(), static_cast<int>(chain.bytes.size())) != 1) {
        throw Error(ErrorCode::io, "the system gives no random bytes for the chain's id");
    }
    return chain;
}

}  // namespace

Connection::Connection(const std::filesystem::path& path, Access access,
                       std::chrono::milliseconds busy_timeout)
    : path_(path), read_only_(access == Access::read_only) {
    check_path(path, access);
    database_ = open_database(path, access);
    try {
        configure(busy_timeout);
        check_is_ledger(access);
    } catch (const Error& error) {
        throw error.at(path.string(), 0);
    }
}

Connection::Connection() : path_(":memory:"), database_(open_database(":memory:", Access::create)) {
    configure(std::chrono::milliseconds(0));
    create_schema(random_chain());
}

Connection::Connection(const ChainId& chain) : path_(""), database_(open_database("", Access::create)) {
    configure(std::chrono::milliseconds(0));
    create_schema(chain);
}

void Connection::configure(std::chrono::milliseconds busy_timeout) {
    sqlite3* const db = handle();
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, static_cast<int>(busy_timeout.count()));
    // A ledger file may come from anyone: nothing in its schema may act on its own.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    const int registered = register_sql_functions(db, SqlCallers::direct_only);
    if (registered != SQLITE_OK) throw_sqlite(db, registered, "registering the SQL functions");
    execute(
        "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA; "
        "PRAGMA cache_size = -65536;");
}

void Connection::check_is_ledger(Access access) {
    const std::int64_t id = integer("PRAGMA application_id");
    const std::int64_t version = integer("PRAGMA user_version");
    const auto known = static_cast<std::int64_t>(migrations().size());
    if (id == 0 && version == 0 && integer("SELECT count(*) FROM sqlite_schema") == 0) {
        if (access == Access::create) {
            create_schema(random_chain());
            return;
        }
        refuse(ErrorCode::not_a_ledger, path_, "is empty; apply facts to it to make it a ledger");
    }
    if (id != application_id) {
        refuse(ErrorCode::not_a_ledger, path_,
               "is an SQLite database of another application (application_id " + std::to_string(id) +
                   ", a ledger has " + std::to_string(application_id) + ")");
    }
    if (version > known) {
        const std::int64_t min_reader = integer("SELECT min_reader FROM ledger");
        if (min_reader > known || access != Access::read_only) {
            refuse(
                ErrorCode::newer_schema, path_,
                "has schema version " + std::to_string(version) + ", this program knows " +
                    std::to_string(known) +
                    (min_reader > known ? "; use a newer one" : "; open it read-only, or use a newer one"));
        }
    }
    if (version < 1) refuse(ErrorCode::damaged, path_, "has no schema version; restore a backup");
}

void Connection::create_schema(const ChainId& chain) {
    Transaction transaction(*this);
    // Another process may have created it while this one waited for the lock.
    if (integer("PRAGMA application_id") == application_id) return;
    for (const Migration& migration : migrations()) execute(migration.sql);
    execute("INSERT INTO chain VALUES (1, '" + chain.to_string() +
            "'); INSERT INTO ledger VALUES (1, 1, 1);" +
            "PRAGMA application_id = " + std::to_string(application_id) +
            "; PRAGMA user_version = " + std::to_string(migrations().size()));
    transaction.commit();
}

void Connection::execute(std::string_view sql) {
    const int result = sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) throw_sqlite(handle(), result, "running: " + std::string(sql.substr(0, 80)));
}

void Connection::begin_reading() {
    if (!begin_) {
        begin_ = std::make_unique<Statement>(handle(), "BEGIN");
        commit_ = std::make_unique<Statement>(handle(), "COMMIT");
    }
    begin_->run();
}

void Connection::end_reading() noexcept {
    reset_statements();
    try {
        commit_->run();
    } catch (const Error&) {  // a read transaction has nothing to lose
    }
}

void Connection::reset_statements() noexcept {
    for (sqlite3_stmt* next = sqlite3_next_stmt(handle(), nullptr); next != nullptr;
         next = sqlite3_next_stmt(handle(), next)) {
        if (sqlite3_stmt_busy(next) != 0) sqlite3_reset(next);
    }
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement statement(handle(), sql);
    return statement.step() ? statement.integer(0) : 0;
}

namespace {

// A rename is on disk only once its folder is.
void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) refuse(ErrorCode::io, folder, "the folder cannot be synced to disk");
}

void copy_database(SQLite::Database& from, const std::filesystem::path& path) {
    SQLite::Database copy(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    copy.exec("PRAGMA synchronous = EXTRA");
    const int result = SQLite::Backup(copy, from).executeStep(-1);
    if (result != SQLITE_DONE) throw_sqlite(nullptr, result, "copying the ledger");
    Statement check(copy.getHandle(), "PRAGMA integrity_check(1)");
    if (!check.step() || check.text(0) != "ok") {
        refuse(ErrorCode::damaged, path, "the copy is damaged: " + std::string(check.text(0)));
    }
}

}  // namespace

void Connection::backup(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        refuse(ErrorCode::file_exists, path, "is there already; name a new file");
    check_path(path, Access::create);
    std::filesystem::path unfinished = path;
    unfinished += ".unfinished";
    std::filesystem::remove(unfinished, ignored);
    try {
        copy_database(*database_, unfinished);
        std::filesystem::rename(unfinished, path);
        sync_folder(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
    } catch (const Error& error) {
        std::filesystem::remove(unfinished, ignored);
        throw error.at(path.string(), 0);
    } catch (const std::exception& exception) {  // of SQLiteCpp and of the file system
        std::filesystem::remove(unfinished, ignored);
        refuse(ErrorCode::io, path, std::string("cannot be written: ") + exception.what());
    }
}

Transaction::Transaction(Connection& connection) : connection_(&connection) {
    if (connection.read_only()) {
        throw Error(ErrorCode::read_only, "the ledger is open read-only").at(connection.path().string(), 0);
    }
    connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    connection_->reset_statements();
    if (open_) sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    if (!open_) throw Error(ErrorCode::misuse, "the transaction is already committed");
    connection_->execute("COMMIT");
    open_ = false;
}

Snapshot::Snapshot(Connection& connection)
    : connection_(sqlite3_get_autocommit(connection.handle()) != 0 ? &connection : nullptr) {
    if (connection_ != nullptr) connection_->begin_reading();
}

Snapshot::~Snapshot() {
    if (connection_ != nullptr) connection_->end_reading();
}

}  // namespace postmoney::detail
