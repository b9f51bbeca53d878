#include "raw_twin.hpp"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace raw_twin {

namespace {

void check(sqlite3* database, int result) {
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
        throw std::runtime_error(sqlite3_errmsg(database));
}

struct Database {
    sqlite3* handle = nullptr;

    explicit Database(const std::filesystem::path& path) {
        check(handle, sqlite3_open(path.c_str(), &handle));
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { sqlite3_close(handle); }
    void execute(const std::string& sql) const {
        check(handle, sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr));
    }
};

struct Statement {
    sqlite3_stmt* handle = nullptr;

    Statement(const Database& database, const std::string& sql) {
        check(database.handle, sqlite3_prepare_v3(database.handle, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT,
                                                  &handle, nullptr));
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_finalize(handle); }
    [[nodiscard]] bool step() const { return sqlite3_step(handle) == SQLITE_ROW; }
    [[nodiscard]] std::string text(int column) const {
        return reinterpret_cast<const char*>(sqlite3_column_text(handle, column));
    }
};

// One table. A cursor reads its rows from the ledger, and an insert writes them to the twin.
struct Table {
    Statement cursor;
    Statement insert;
    int columns;
    bool more;

    Table(const Database& ledger, const Database& twin, const std::string& name,
          const std::string& columns_list, const std::string& order, const std::string& parameters)
        : cursor(ledger, "SELECT " + columns_list + " FROM " + name + " ORDER BY " + order),
          insert(twin, "INSERT INTO " + name + " (" + columns_list + ") VALUES (" + parameters + ")"),
          columns(sqlite3_column_count(cursor.handle)),
          more(cursor.step()) {}
    [[nodiscard]] std::int64_t first() const { return sqlite3_column_int64(cursor.handle, 0); }
};

// A row that is read ahead, so that reading is not timed.
struct Row {
    Table* table;
    std::vector<sqlite3_value*> values;
};

class Writer {
  public:
    Writer(const std::filesystem::path& ledger, const std::filesystem::path& twin)
        : ledger_(ledger), twin_(twin) {
        twin_.execute("PRAGMA synchronous = EXTRA; PRAGMA cache_size = -65536");
        const Statement schema(ledger_,
                               "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', "
                               "'index') ORDER BY rowid");
        while (schema.step()) twin_.execute(schema.text(0));
        // The rows that an entry needs come before it, each found by its own number. The derived rows come at
        // the end.
        const Statement names(ledger_,
                              "SELECT t.name, group_concat(c.name), group_concat('?') FROM sqlite_schema t, "
                              "pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name");
        while (names.step()) {
            const std::string name = names.text(0);
            const std::string columns = names.text(1);
            const bool by_entry = columns.starts_with("entry,") ||
                                  columns.find(",entry,") != std::string::npos || columns.ends_with(",entry");
            tables_[name] = std::make_unique<Table>(ledger_, twin_, name, columns, by_entry ? "entry" : "1",
                                                    names.text(2));
        }
    }

    Written write(std::int64_t entries_per_commit) {
        twin_.execute("BEGIN");
        Table& entries = *tables_.at("entry");
        std::int64_t open = 0;
        while (entries.more) {
            const bool last = read_entry();
            const bool commit = entries_per_commit != 0 && ++open == entries_per_commit;
            if (rows_.size() > 50'000 || last || commit) flush(commit && !last);
            if (commit) open = 0;
        }
        for (const auto& [name, table] : tables_) {
            while (table->more) {
                take(*table);
                if (rows_.size() > 50'000) flush(false);
            }
        }
        flush(false);
        const auto start = std::chrono::steady_clock::now();
        twin_.execute("COMMIT");
        written_.time += std::chrono::steady_clock::now() - start;
        return written_;
    }

  private:
    // Reads the next entry with the rows of its kind. Returns whether it is the last one.
    bool read_entry() {
        Table& entries = *tables_.at("entry");
        const std::int64_t number = entries.first();
        const std::string kind(reinterpret_cast<const char*>(sqlite3_column_text(entries.cursor.handle, 6)));
        const std::int64_t party = std::max(sqlite3_column_int64(entries.cursor.handle, 9),
                                            sqlite3_column_int64(entries.cursor.handle, 10));
        take_up_to("party", party);
        take_up_to("round", sqlite3_column_int64(entries.cursor.handle, 11));
        take(entries);
        const auto own = tables_.find(kind == "party" || kind == "round" ? kind + "_statement" : kind);
        if (own->second->more && own->second->first() == number) take(*own->second);
        for (const char* name : {"party_name", "party_identifier"}) {
            Table& names = *tables_.at(name);
            while (names.more && sqlite3_column_int64(names.cursor.handle,
                                                      names.columns - (name[6] == 'n' ? 2 : 1)) <= number) {
                take(names);
            }
        }
        return !entries.more;
    }

    void take_up_to(const char* name, std::int64_t number) {
        Table& table = *tables_.at(name);
        while (table.more && table.first() <= number) take(table);
    }

    void take(Table& table) {
        Row row{&table, {}};
        row.values.reserve(static_cast<std::size_t>(table.columns));
        for (int i = 0; i < table.columns; ++i)
            row.values.push_back(sqlite3_value_dup(sqlite3_column_value(table.cursor.handle, i)));
        rows_.push_back(std::move(row));
        table.more = table.cursor.step();
    }

    void flush(bool commit) {
        const auto start = std::chrono::steady_clock::now();
        for (const Row& row : rows_) {
            sqlite3_stmt* insert = row.table->insert.handle;
            int index = 0;
            for (sqlite3_value* value : row.values) bind(insert, ++index, value);
            check(twin_.handle, sqlite3_step(insert));
            sqlite3_reset(insert);
        }
        if (commit) twin_.execute("COMMIT; BEGIN");
        written_.time += std::chrono::steady_clock::now() - start;
        written_.rows += static_cast<std::int64_t>(rows_.size());
        for (const Row& row : rows_) {
            for (sqlite3_value* value : row.values) sqlite3_value_free(value);
        }
        rows_.clear();
    }

    // Binds as a program binds its own variables: without copies.
    static void bind(sqlite3_stmt* insert, int index, sqlite3_value* value) {
        switch (sqlite3_value_type(value)) {
            case SQLITE_INTEGER:
                sqlite3_bind_int64(insert, index, sqlite3_value_int64(value));
                break;
            case SQLITE_TEXT:
                sqlite3_bind_text(insert, index, reinterpret_cast<const char*>(sqlite3_value_text(value)),
                                  sqlite3_value_bytes(value), SQLITE_STATIC);
                break;
            case SQLITE_BLOB:
                sqlite3_bind_blob(insert, index, sqlite3_value_blob(value), sqlite3_value_bytes(value),
                                  SQLITE_STATIC);
                break;
            default:
                sqlite3_bind_null(insert, index);
        }
    }

    Database ledger_;
    Database twin_;
    std::map<std::string, std::unique_ptr<Table>> tables_;
    std::vector<Row> rows_;
    Written written_;
};

}  // namespace

Written write(const std::filesystem::path& ledger, const std::filesystem::path& twin,
              std::int64_t entries_per_commit) {
    return Writer(ledger, twin).write(entries_per_commit);
}

}  // namespace raw_twin
