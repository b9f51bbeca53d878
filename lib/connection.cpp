#include "connection.hpp"

#include <openssl/rand.h>

#include <array>
#include <fstream>
#include <system_error>

#include "ledger_copy.hpp"

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

// Whether the header says that the file is in WAL mode.
[[nodiscard]] bool in_wal_mode(const std::filesystem::path& path) {
    constexpr std::size_t read_version = 19;
    std::array<char, read_version + 1> header{};
    std::ifstream in(path, std::ios::binary);
    in.read(header.data(), header.size());
    return in && std::string_view(header.data(), 15) == "SQLite format 3" && header[read_version] == 2;
}

[[nodiscard]] std::string uri_of(const std::filesystem::path& path, std::string_view parameters) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += '%';
            uri += digits[byte >> 4U];
            uri += digits[byte & 15U];
        } else {
            uri += c;
        }
    }
    return uri + "?" + std::string(parameters);
}

// Whoever reads a file in WAL mode writes to files beside it, unless it is sure to stay as it is: then nobody
// has it open, and there is no -wal file.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_wal_to_read(const std::filesystem::path& path) {
    std::filesystem::path wal = path;
    wal += "-wal";
    std::error_code ignored;
    if (std::filesystem::exists(wal, ignored)) {
        refuse(ErrorCode::busy, path,
               "is in WAL mode and " + wal.filename().string() +
                   " is there: it is in use, or was not closed. To read it means to write beside it: open it "
                   "for "
                   "writing, or try again when it is closed");
    }
    return std::make_unique<SQLite::Database>(uri_of(path, "immutable=1"),
                                              SQLite::OPEN_READONLY | SQLite::OPEN_URI);
}

[[nodiscard]] std::unique_ptr<SQLite::Database> open_database(const std::filesystem::path& path,
                                                              Connection::Access access) {
    int flags = SQLite::OPEN_READONLY;
    if (access == Connection::Access::read_write) flags = SQLite::OPEN_READWRITE;
    if (access == Connection::Access::create) flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    try {
        if (access == Connection::Access::read_only && in_wal_mode(path)) return open_wal_to_read(path);
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
                       std::chrono::milliseconds busy_timeout, std::span<const Migration> known)
    : path_(path), known_(known), read_only_(access == Access::read_only) {
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

Connection::Connection(Scratch) : path_(""), database_(open_database("", Access::create)) {
    configure(std::chrono::milliseconds(0));
    create_schema(std::nullopt);
}

void Connection::configure(std::chrono::milliseconds busy_timeout) {
    sqlite3* const db = handle();
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, static_cast<int>(busy_timeout.count()));
    // A ledger file may come from anyone: nothing in its schema may act on its own.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    execute("PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA;");
}

void Connection::check_is_ledger(Access access) {
    const std::int64_t id = integer("PRAGMA application_id");
    const std::int64_t version = integer("PRAGMA user_version");
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
    check_version(version, access);
}

void Connection::check_version(std::int64_t version, Access access) {
    const auto known = static_cast<std::int64_t>(known_.size());
    if (version == known) return;
    const std::string both =
        "has schema version " + std::to_string(version) + ", this program knows " + std::to_string(known);
    if (version < 1) refuse(ErrorCode::damaged, path_, both + "; restore a backup");
    if (version < known) {
        if (access != Access::read_only) return upgrade(version);
        refuse(ErrorCode::older_schema, path_, both + "; open it for writing, which upgrades it");
    }
    std::int64_t min_reader = version;
    try {
        min_reader = integer("SELECT min_reader FROM ledger");
    } catch (const Error&) {  // so new that it does not say
    }
    if (min_reader > known) refuse(ErrorCode::newer_schema, path_, both + "; use a newer one");
    if (access == Access::read_only) return;
    refuse(ErrorCode::newer_schema, path_, both + "; open it read-only, or use a newer one");
}

void Connection::upgrade(std::int64_t version) {
    Transaction transaction(*this);
    const std::int64_t now = integer("PRAGMA user_version");
    if (now != version) return check_version(now, Access::read_write);  // another program has just done it
    const auto backup_path = [&](int attempt) {
        std::filesystem::path path = path_;
        path += ".schema-" + std::to_string(version) + (attempt == 1 ? "" : "-" + std::to_string(attempt)) +
                ".backup";
        return path;
    };
    int attempt = 1;
    std::error_code ignored;
    while (std::filesystem::exists(backup_path(attempt), ignored)) ++attempt;
    const std::unique_ptr<SQLite::Database> reader = open_database(path_, Access::read_only);
    copy_ledger(*reader, path_, backup_path(attempt), {.check = CopyCheck::pages});
    try {
        for (const Migration& migration : known_.subspan(static_cast<std::size_t>(version)))
            execute(migration.sql);
        execute("PRAGMA user_version = " + std::to_string(known_.size()));
        transaction.commit();
    } catch (const Error& error) {
        std::filesystem::remove(backup_path(attempt), ignored);
        refuse(error.code(), path_,
               "cannot be upgraded from schema version " + std::to_string(version) + " to " +
                   std::to_string(known_.size()) + ", and is as it was: " + error.message());
    }
}

void Connection::create_schema(const std::optional<ChainId>& chain) {
    Transaction transaction(*this);
    // Another process may have created it while this one waited for the lock.
    if (integer("PRAGMA application_id") == application_id) return;
    for (const Migration& migration : known_) execute(migration.sql);
    if (chain) {
        execute("INSERT INTO chain (chain, id) VALUES (1, '" + chain->to_string() +
                "'); INSERT INTO ledger VALUES (1, 1, 1)");
    }
    execute("PRAGMA application_id = " + std::to_string(application_id) +
            "; PRAGMA user_version = " + std::to_string(known_.size()));
    transaction.commit();
}

void Connection::execute(std::string_view sql) {
    const int result = sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) throw_sqlite(handle(), result, "running: " + std::string(sql.substr(0, 80)));
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
    if (connection_ != nullptr) connection_->execute("BEGIN");
}

Snapshot::~Snapshot() {
    if (connection_ == nullptr) return;
    connection_->reset_statements();
    sqlite3_exec(connection_->handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace postmoney::detail
