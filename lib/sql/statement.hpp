// Statement: a prepared SQL statement, bound and read without copies; Connection: an open database file.
//
// SQLiteCpp opens, configures and copies databases; statements on the hot path go to SQLite directly, because
// SQLiteCpp makes a reference-counted object for every column it reads and copies every text it binds.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

// What to do about a ledger that another connection holds.
inline constexpr std::string_view busy_advice =
    "another program, or a View of this one, is using the ledger, try again";

// Throws SQLite's message as an Error: busy, read-only, damaged, io and so on, with the statement at fault.
[[noreturn]] void throw_sqlite(sqlite3* database, int result, std::string_view doing);

class Statement {
  public:
    // `sql` is one statement; it stays prepared as long as the connection lives.
    Statement(sqlite3* database, std::string_view sql);
    ~Statement() { sqlite3_finalize(statement_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // Binds the arguments to ?1, ?2, ... Texts and blobs are not copied: they must live until the next reset.
    template <class... Args>
    Statement& bind(const Args&... args) {
        reset();
        int index = 0;
        (bind_at(++index, args), ...);
        return *this;
    }

    // Binds one parameter, counted from 1, without a reset.
    void bind_at(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_, index, value)); }
    void bind_at(int index, std::string_view text) {
        check(sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(),
                                  SQLITE_STATIC, SQLITE_UTF8));
    }
    void bind_at(int index, std::span<const std::uint8_t> blob) {
        check(sqlite3_bind_blob64(statement_, index, blob.data(), blob.size(), SQLITE_STATIC));
    }
    void bind_at(int index, std::nullopt_t) { check(sqlite3_bind_null(statement_, index)); }
    template <class T>
    void bind_at(int index, const std::optional<T>& value) {
        if (value) {
            bind_at(index, *value);
        } else {
            bind_at(index, std::nullopt);
        }
    }

    // Binds a column of another statement's current row, whatever its type.
    void bind_value(int index, const Statement& row, int column) {
        check(sqlite3_bind_value(statement_, index, sqlite3_column_value(row.statement_, column)));
    }

    // Steps to the next row; false at the end, where the statement is reset.
    bool step() {
        const int result = sqlite3_step(statement_);
        if (result == SQLITE_ROW) return true;
        if (result != SQLITE_DONE) fail(result);
        sqlite3_reset(statement_);
        return false;
    }
    // Runs a statement that returns no rows.
    void run() {
        while (step()) {
        }
    }
    void reset() { sqlite3_reset(statement_); }

    // Columns of the current row, counted from 0. Texts and blobs live until the next step or reset.
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] std::string_view text(int column) const {
        const auto* data = sqlite3_column_text(statement_, column);
        if (data == nullptr) return {};
        return {reinterpret_cast<const char*>(data),
                static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const {
        const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    [[nodiscard]] bool is_null(int column) const {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    // Whether the column holds the same value, of the same type, as the other statement's.
    [[nodiscard]] bool same_value(const Statement& other, int column) const {
        const int type = sqlite3_column_type(statement_, column);
        if (type != sqlite3_column_type(other.statement_, column)) return false;
        if (type == SQLITE_INTEGER) return integer(column) == other.integer(column);
        if (type == SQLITE_BLOB) return std::ranges::equal(blob(column), other.blob(column));
        return text(column) == other.text(column);
    }
    [[nodiscard]] bool is_integer(int column) const {
        return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
    }
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const {
        return is_null(column) ? std::nullopt : std::optional(integer(column));
    }
    [[nodiscard]] std::optional<std::string> optional_text(int column) const {
        return is_null(column) ? std::nullopt : std::optional(std::string(text(column)));
    }

  private:
    void check(int result) {
        if (result != SQLITE_OK) fail(result);
    }
    [[noreturn]] void fail(int result);

    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace postmoney::detail
