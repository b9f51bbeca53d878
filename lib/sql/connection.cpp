#include "sql/connection.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

#include "sql/busy_timeout.hpp"
#include "sql/file_copy.hpp"
#include "sql/ledger_path.hpp"
#include "sql/schema_objects.hpp"
#include "sql/sql_functions.hpp"

namespace postmoney::detail {

namespace {

void check_path(const std::filesystem::path& path, Connection::Access access) {
    if (path.empty()) throw Error(ErrorCode::no_such_file, "the path is empty; name a ledger file");
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        refuse_path(ErrorCode::not_a_ledger, path, "is a folder, expected a ledger file");
    }
    if (std::filesystem::is_regular_file(path, ignored)) return;
    if (std::filesystem::exists(path, ignored)) {  // a pipe could make us wait for ever
        refuse_path(ErrorCode::not_a_ledger, path, "is no regular file, expected a ledger file");
    }
    if (access != Connection::Access::create) {
        refuse_path(ErrorCode::no_such_file, path, "no such file, expected a ledger");
    }
    check_new_file(path);
}

// Whether the file's header says WAL. It is read without SQLite, which would take a lock and write beside the
// file.
[[nodiscard]] bool is_in_wal_mode(sqlite3* database) {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (file == nullptr || file->pMethods == nullptr) return false;
    constexpr std::size_t read_version = 19;
    std::array<unsigned char, read_version + 1> header{};
    const int result = file->pMethods->xRead(file, header.data(), static_cast<int>(header.size()), 0);
    return result == SQLITE_OK && header[read_version] == 2;
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

// Reading a file in WAL mode writes to files beside it. But without a -wal file nobody has it open, and it
// can be read as one that does not change.
[[nodiscard]] std::unique_ptr<SQLite::Database> open_wal_to_read(const std::filesystem::path& path) {
    std::filesystem::path wal = path;
    wal += "-wal";
    std::error_code ignored;
    if (std::filesystem::exists(wal, ignored)) {
        refuse_path(
            ErrorCode::busy, path,
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
    int flags = SQLite::OPEN_NOMUTEX;  // a ledger is for one thread at a time
    if (access == Connection::Access::read_only) flags |= SQLite::OPEN_READONLY;
    if (access == Connection::Access::read_write) flags |= SQLite::OPEN_READWRITE;
    if (access == Connection::Access::create) flags |= SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    try {
        auto database = std::make_unique<SQLite::Database>(path.string(), flags);
        const bool beside = access == Connection::Access::read_only && is_in_wal_mode(database->getHandle());
        return beside ? open_wal_to_read(path) : std::move(database);
    } catch (const SQLite::Exception& exception) {
        refuse_path(ErrorCode::io, path, std::string("cannot be opened: ") + exception.what());
    }
}

// Whether SQLite of this version can damage a file in WAL mode that two connections have open. The bug came
// with 3.7.0 and is fixed in 3.51.3, 3.50.7 and 3.44.6. (https://www.sqlite.org/wal.html)
[[nodiscard]] constexpr bool has_wal_reset_bug(int version) {
    const bool fixed_early = (version >= 3'044'006 && version < 3'045'000) || version >= 3'050'007;
    const bool never_fixed = version >= 3'051'000 && version < 3'051'003;
    return version >= 3'007'000 && (!fixed_early || never_fixed);
}
static_assert(!has_wal_reset_bug(3'006'023) && has_wal_reset_bug(3'007'000) && has_wal_reset_bug(3'040'001));
static_assert(has_wal_reset_bug(3'044'005) && !has_wal_reset_bug(3'044'006) && has_wal_reset_bug(3'045'000));
static_assert(has_wal_reset_bug(3'050'006) && !has_wal_reset_bug(3'050'007) && has_wal_reset_bug(3'051'002));
static_assert(!has_wal_reset_bug(3'051'003) && !has_wal_reset_bug(3'053'000));

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
    try {
        const int busy = busy_milliseconds(busy_timeout);  // before a file is made
        database_ = open_database(path, access);
        configure(access, busy);
        check_is_ledger(access);
    } catch (const Error& error) {
        throw error.at(path.string(), 0);
    }
}

Connection::Connection() : path_(":memory:"), database_(open_database(":memory:", Access::create)) {
    configure(Access::create, 0);
    create_schema(random_chain());
}

Connection::Connection(Scratch) : path_(""), database_(open_database("", Access::create)) {
    configure(Access::create, 0);
    create_schema(std::nullopt);
}

void Connection::configure(Access access, int busy) {
    sqlite3* const db = handle();
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, busy);
    // A ledger file may come from anyone, so nothing in its schema may act on its own.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    // The triggers keep the SQL of other programs from changing what is recorded. Our own SQL does not need
    // them: it inserts where no row is, and a merge puts back what it takes away. They would take a twelfth
    // of the time of recording.
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    const int registered = register_sql_functions(db, SqlCallers::direct_only);
    if (registered != SQLITE_OK) throw_sqlite(db, registered, "registering the SQL functions");
    limit_resources();
    check_journal(access);
    // Without a memory mapping, a file that is cut off while it is read causes an error and does not end the
    // program.
    execute(
        "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA synchronous = EXTRA; "
        "PRAGMA cache_size = -65536;");
    // References are looked up and values are made right before they are written, and `verify` checks every
    // key and every CHECK. So these only assert; they would take a tenth of the time of recording.
#ifdef NDEBUG
    execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
#else
    execute("PRAGMA foreign_keys = ON");
#endif
    roll_back_.emplace(db, "ROLLBACK");  // last, because the pragmas make statements expire
}

// Limits what a hostile file or somebody's SQL may cost. A ledger needs far less.
void Connection::limit_resources() {
    struct Limit {
        int id;
        int value;
    };
    constexpr std::array<Limit, 8> limits{
        {{SQLITE_LIMIT_LENGTH, 64 << 20},  // a line of facts is at most 16 MiB
         {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
         {SQLITE_LIMIT_COLUMN, 500},
         {SQLITE_LIMIT_EXPR_DEPTH, 200},
         {SQLITE_LIMIT_COMPOUND_SELECT, 200},
         {SQLITE_LIMIT_VDBE_OP, 1 << 20},
         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
         {SQLITE_LIMIT_WORKER_THREADS, 0}}};
    for (const Limit& limit : limits) sqlite3_limit(handle(), limit.id, limit.value);
}

// Keeps other connections away from a file in WAL mode if this SQLite could damage it. A read-only file needs
// no check, because it was opened as one that nobody has open.
void Connection::check_journal(Access access) {
    if (access == Access::read_only || !has_wal_reset_bug(sqlite3_libversion_number()) ||
        !is_in_wal_mode(handle())) {
        return;
    }
    const std::string version = std::string("SQLite ") + sqlite3_libversion();
    execute("PRAGMA locking_mode = EXCLUSIVE");
    try {
        static_cast<void>(integer("PRAGMA user_version"));  // takes the lock
    } catch (const Error& error) {
        if (error.code() != ErrorCode::busy) throw;
        refuse_path(
            ErrorCode::busy, path_,
            "is in WAL mode and in use, and " + version +
                " can damage such a file when two connections have it open; close the other one, set PRAGMA "
                "journal_mode = DELETE, or use SQLite 3.51.3 or later");
    }
}

void Connection::check_is_ledger(Access access) {
    const std::int64_t id = integer("PRAGMA application_id");
    const std::int64_t version = integer("PRAGMA user_version");
    if (id == 0 && version == 0 && integer("SELECT count(*) FROM sqlite_schema") == 0) {
        if (access == Access::create) {
            create_schema(random_chain());
            return;
        }
        refuse_path(ErrorCode::not_a_ledger, path_, "is empty; apply facts to it to make it a ledger");
    }
    if (id == 0 && version == 0 &&
        integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('chain', "
                "'ledger', 'entry', 'currency_unit')") == 4) {
        refuse_path(
            ErrorCode::not_a_ledger, path_,
            "has the tables of a ledger without its application_id and user_version, which .dump and .clone "
            "of "
            "the sqlite3 shell leave out; restore a backup, or restore what .dump prints of this file");
    }
    if (id != application_id) {
        refuse_path(ErrorCode::not_a_ledger, path_,
                    "is an SQLite database of another application (application_id " + std::to_string(id) +
                        ", a ledger has " + std::to_string(application_id) + ")");
    }
    check_version(version, access);
    // A read-only ledger stays open, so that verify can say what else is in the schema.
    if (access != Access::read_only) check_schema_is_ours();
}

namespace {

[[nodiscard]] std::string in_quotes(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char c : text) result.append(c == quote ? 2 : 1, c);
    return result + quote;
}

}  // namespace

// Refuses foreign objects, because a foreign trigger would act on what is recorded. Those of the user are let
// be.
void Connection::check_schema_is_ours() {
    const auto foreign = foreign_object(handle(), known_);
    if (foreign && has_object(known_, foreign->type, foreign->name)) {
        refuse_path(ErrorCode::damaged, path_,
                    "the schema has another " + foreign->to_string() +
                        " than ledgers have; restore a backup, or open it read-only");
    }
    if (foreign) {
        std::string type = foreign->type;
        std::ranges::transform(type, type.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        refuse_path(
            ErrorCode::damaged, path_,
            "the schema has the " + foreign->to_string() + ", which no ledger has. DROP " + type + " " +
                in_quotes(foreign->name, '"') +
                " takes it away. Tables, views and plain indexes of your own are let be when their names "
                "begin with my_, or keep them in another file and there ATTACH " +
                in_quotes(uri_of(path_, "mode=ro"), '\'') + " AS ledger. Read-only it opens as it is");
    }
    // The keys of the user's tables are no concern of ours.
    if (!user_objects(handle()).empty()) execute("PRAGMA foreign_keys = OFF");
}

void Connection::check_version(std::int64_t version, Access access) {
    const auto known = static_cast<std::int64_t>(known_.size());
    if (version == known) return;
    const std::string both =
        "has schema version " + std::to_string(version) + ", this program knows " + std::to_string(known);
    if (version < 1) refuse_path(ErrorCode::damaged, path_, both + "; restore a backup");
    if (version < known) {
        if (access != Access::read_only) return upgrade(version);
        refuse_path(ErrorCode::older_schema, path_, both + "; open it for writing, which upgrades it");
    }
    std::int64_t min_reader = version;
    try {
        min_reader = integer("SELECT min_reader FROM ledger");
    } catch (const Error&) {  // so new that it does not have it
    }
    if (min_reader > known) refuse_path(ErrorCode::newer_schema, path_, both + "; use a newer one");
    if (access == Access::read_only) return;
    refuse_path(ErrorCode::newer_schema, path_, both + "; open it read-only, or use a newer one");
}

void Connection::upgrade(std::int64_t version) {
    Transaction transaction(*this);
    const std::int64_t now = integer("PRAGMA user_version");
    if (now != version) return check_version(now, Access::read_write);  // another program just did it
    const auto backup_path = [&](int attempt) {
        std::filesystem::path path = path_;
        path += ".schema-";
        path += std::to_string(version);
        if (attempt != 1) path += "-" + std::to_string(attempt);
        path += ".backup";
        return path;
    };
    int attempt = 1;
    std::error_code ignored;
    while (std::filesystem::exists(backup_path(attempt), ignored)) ++attempt;
    const std::unique_ptr<SQLite::Database> reader = open_database(path_, Access::read_only);
    // Its pages only: what an earlier schema must hold is not known here.
    copy_file(*reader, path_, backup_path(attempt), page_problem);
    try {
        for (const Migration& migration : known_.subspan(static_cast<std::size_t>(version)))
            execute(migration.sql);
        execute("PRAGMA user_version = " + std::to_string(known_.size()));
        transaction.commit();
    } catch (const Error& error) {
        std::filesystem::remove(backup_path(attempt), ignored);
        refuse_path(error.code(), path_,
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
    roll_back_.emplace(handle(), "ROLLBACK");  // a new schema makes statements expire too
}

void Connection::execute(std::string_view sql) {
    const int result = sqlite3_exec(handle(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) throw_sqlite(handle(), result, "running: " + std::string(sql.substr(0, 80)));
}

void Connection::begin_reading() {
    if (!begin_) begin_ = std::make_unique<Statement>(handle(), "BEGIN");
    begin_->run();
}

void Connection::end_transaction() noexcept {
    if (sqlite3_get_autocommit(handle()) != 0) return;
    try {
        roll_back_->run();
    } catch (const std::exception&) {  // the next transaction will tell
    }
}

void Connection::end_reading(bool failed) noexcept {
    end_transaction();
    if (sqlite3_txn_state(handle(), nullptr) != SQLITE_TXN_NONE) reset_statements();
    if (failed) drop_page_cache();
}

void Connection::drop_page_cache() noexcept {
    sqlite3_db_release_memory(handle());
}

void Connection::reset_statements() noexcept {
    for (sqlite3_stmt* next = sqlite3_next_stmt(handle(), nullptr); next != nullptr;
         next = sqlite3_next_stmt(handle(), next)) {
        if (sqlite3_stmt_busy(next) != 0) sqlite3_reset(next);
    }
}

void Connection::write_waiting() {
    for (RowBuffer* const buffer : buffers_) buffer->write();
}

void Connection::bring_up_to_date() {
    if (!is_writing()) return;
    if (keeper_) {
        keeper_();
    } else {
        write_waiting();
    }
}

void Connection::forget_waiting() noexcept {
    for (RowBuffer* const buffer : buffers_) buffer->forget();
}

void Connection::roll_back() noexcept {
    ++roll_backs_;
    forget_waiting();
    reset_statements();
    end_transaction();
    drop_page_cache();
}

bool Connection::heed_checks(bool heed) {
    const bool heeded = integer("PRAGMA ignore_check_constraints") == 0;
    if (heed == heeded) return heeded;
    execute(heed ? "PRAGMA ignore_check_constraints = OFF" : "PRAGMA ignore_check_constraints = ON");
    roll_back_.emplace(handle(), "ROLLBACK");  // the pragma made statements expire
    return heeded;
}

std::int64_t Connection::integer(std::string_view sql) {
    Statement statement(handle(), sql);
    return statement.step() ? statement.integer(0) : 0;
}

Transaction::Transaction(Connection& connection) : connection_(&connection) {
    if (connection.read_only()) {
        throw Error(ErrorCode::read_only, "the ledger is open read-only").at(connection.path().string(), 0);
    }
    check_may_be_written(connection.path());
    connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (open_) {
        connection_->roll_back();
    } else {
        connection_->reset_statements();
    }
}

void Transaction::commit() {
    if (!open_) throw Error(ErrorCode::misuse, "the transaction is already committed");
    connection_->write_waiting();
    connection_->execute("COMMIT");
    open_ = false;
}

Snapshot::Snapshot(Connection& connection)
    : connection_(sqlite3_get_autocommit(connection.handle()) != 0 ? &connection : nullptr) {
    if (connection_ != nullptr) {
        connection_->begin_reading();
    } else {
        connection.bring_up_to_date();
    }
}

Snapshot::~Snapshot() {
    if (connection_ != nullptr) connection_->end_reading(std::uncaught_exceptions() > exceptions_);
}

}  // namespace postmoney::detail
