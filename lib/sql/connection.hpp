// Connection: an SQLite database opened as a ledger, with a ledger's settings, and its transactions.
#pragma once

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/value/hex_bytes.hpp"
#include "postmoney/value/timestamp.hpp"
#include "schema/end_of_time.hpp"
#include "sql/migrations.hpp"
#include "sql/row_buffer.hpp"
#include "sql/statement.hpp"

namespace postmoney::detail {

// The time at which rows with [known_from, known_to) are looked at: the latest there is, when none is given.
[[nodiscard]] inline std::int64_t known_time(std::optional<Timestamp> known_at) {
    return known_at ? std::min(known_at->microseconds(), end_of_time - 1) : end_of_time - 1;
}
// SQL that says whether the entry `e`, which is no retraction, stood at the time that a parameter such as
// "?1" gives.
[[nodiscard]] inline std::string stood_at(const std::string& time) {
    return "e.recorded <= " + time +
           " AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.entry = e.entry AND w.known_from <= " + time +
           " AND w.known_to > " + time + ")";
}

// Marks a file as a ledger, in the header's application_id: "PMNY".
constexpr std::int64_t application_id = 0x504D4E59;

class Connection {
  public:
    enum class Access : std::uint8_t { read_only, read_write, create };

    // Opens the file; refuses one that is not a ledger or has a schema that this version does not know. With
    // the access `create` an empty database becomes a ledger; with `read_only` nothing is written to the file
    // or beside it. Throws no-such-file, no-such-folder, not-a-ledger, newer-schema, older-schema, read-only
    // (a write was cut short, and reading the file would undo it), busy, damaged, io. An earlier schema is
    // upgraded in one transaction after a backup beside the file, unless the access is read_only. `known`
    // holds all migrations, the oldest first.
    Connection(const std::filesystem::path& path, Access access, std::chrono::milliseconds busy_timeout,
               std::span<const Migration> known = migrations());
    // A ledger in memory that writes to a chain with a random id.
    Connection();
    // A scratch ledger without a chain. It goes to a temporary file when it outgrows the cache.
    struct Scratch {};
    explicit Connection(Scratch);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] sqlite3* handle() const noexcept { return database_->getHandle(); }
    [[nodiscard]] SQLite::Database& database() noexcept { return *database_; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] bool read_only() const noexcept { return read_only_; }
    // Whether a transaction is open that writes, so that what is read may yet be taken back.
    [[nodiscard]] bool is_writing() const noexcept {
        return sqlite3_txn_state(handle(), "main") == SQLITE_TXN_WRITE;
    }
    // One or more statements without parameters or rows.
    void execute(std::string_view sql);
    [[nodiscard]] std::int64_t integer(std::string_view sql);
    // Whether SQLite refuses from now on what a CHECK does, and looks at CHECKs when it is asked to check the
    // file. Returns whether it did before.
    bool heed_checks(bool heed);
    // Begins a read transaction, which end_reading() ends. The statement is kept prepared, because questions
    // are short.
    void begin_reading();
    // Ends the reading, with statements that a question left unfinished. A question that failed may have read
    // a page wrong, so the next one reads it anew.
    void end_reading(bool failed) noexcept;
    // Ends every statement that is being stepped, because an unfinished one would hold the file's lock.
    void reset_statements() noexcept;
    // Needed after a short read: SQLite takes such a page for one that ends in zeros, and keeps it.
    void drop_page_cache() noexcept;
    // Rolls the open transaction back, if there is one. Needs no memory.
    void roll_back() noexcept;
    // How often that was called.
    [[nodiscard]] std::int64_t roll_backs() const noexcept { return roll_backs_; }

    // Writes the rows that wait in buffers: to call before a table is read that such rows go into.
    void write_waiting();
    void forget_waiting() noexcept;
    // To call before a question within a transaction that writes: what is kept of the entries is brought up
    // to date by whoever records them, and written with the rows that wait.
    void bring_up_to_date();
    // What that calls, which has to write the rows that wait too; empty: nobody records.
    void set_keeper(std::function<void()> keeper) { keeper_ = std::move(keeper); }
    void add_buffer(RowBuffer& buffer) { buffers_.push_back(&buffer); }
    void remove_buffer(RowBuffer& buffer) { std::erase(buffers_, &buffer); }

  private:
    void end_transaction() noexcept;
    // `busy` in milliseconds.
    void configure(Access access, int busy);
    void limit_resources();
    void check_journal(Access access);
    void check_is_ledger(Access access);
    void check_schema_is_ours();
    void check_version(std::int64_t version, Access access);
    void upgrade(std::int64_t version);
    // Without a chain there is none to write to.
    void create_schema(const std::optional<ChainId>& chain);

    std::filesystem::path path_;
    std::span<const Migration> known_ = migrations();
    std::unique_ptr<SQLite::Database> database_;
    std::optional<Statement> roll_back_;  // prepared early, because it is too late when memory has run out
    bool read_only_ = false;
    std::int64_t roll_backs_ = 0;
    std::unique_ptr<Statement> begin_;
    std::vector<RowBuffer*> buffers_;  // in the order of their tables
    std::function<void()> keeper_;
};

// A write transaction. It takes the write lock at once, so that no lock is upgraded later. Rolls back unless
// committed.
class Transaction {
  public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

  private:
    Connection* connection_;
    bool open_ = true;
};

// A read transaction: everything read within it is from one moment.
class Snapshot {
  public:
    explicit Snapshot(Connection& connection);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

  private:
    Connection* connection_;  // null inside a transaction that was already open
    int exceptions_ = std::uncaught_exceptions();
};

}  // namespace postmoney::detail
