// HistoryTable: a derived table that keeps what each row was and when: [known_from, known_to).
//
// `Row` is a struct of the table's values. It tells the table's name and the column of those who own rows,
// lists its columns once in `columns(visit, self...)`, and says how many of the first of them identify a row
// of an owner. New rows wait: see RowBuffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sql/connection.hpp"

namespace postmoney::detail {

// The statements on such a table, whatever its rows are.
struct HistoryStatements {
    HistoryStatements(Connection& connection, std::string_view table, std::string_view owner,
                      const std::vector<std::string_view>& columns, std::size_t keys);

    Statement select;      // an owner's current rows: known_from, then the columns
    Statement remove_new;  // the current row of a key that began at a time
    Statement end;         // the current row of a key
    Statement ended;       // whether some row of an owner ended at a time
    Statement reopen;      // a row of these values that ended at a time; a row when there was one
    RowBuffer insert;      // new rows wait until all owners have theirs
};

template <class Row>
class HistoryTable {
  public:
    explicit HistoryTable(Connection& connection)
        : sql_(connection, Row::table, Row::owner, column_names(), Row::keys) {}

    // Makes these the owner's rows from `known_from` on: rows that stay as they are keep their known_from,
    // others end. Several calls for one time come to what the last one alone would. Returns the rows before.
    std::vector<Row> replace(std::int64_t owner, const std::vector<Row>& rows, std::int64_t known_from) {
        std::vector<Row> before = current(owner);
        replace(owner, before, rows, known_from);
        return before;
    }

    // The same where the rows before are known.
    void replace(std::int64_t owner, const std::vector<Row>& before, const std::vector<Row>& rows,
                 std::int64_t known_from) {
        sql_.ended.bind(owner, known_from);
        const bool may_reopen = sql_.ended.step();
        sql_.ended.reset();
        const RowsByKey old_rows(before);
        const RowsByKey new_rows(rows);
        for (const Row& row : before) {
            if (!new_rows.contains(row)) end(owner, row, known_from);
        }
        for (const Row& row : rows) {
            if (old_rows.contains(row)) continue;
            // A row that ended at the same time has not changed after all.
            if (may_reopen && reopen(owner, row, known_from)) continue;
            insert(owner, row, known_from);
        }
    }

    // The same for an owner that has never had a row.
    void insert(std::int64_t owner, const std::vector<Row>& rows, std::int64_t known_from) {
        for (const Row& row : rows) insert(owner, row, known_from);
    }

  private:
    // Rows of one owner, found by what identifies them. They outlive it.
    class RowsByKey {
      public:
        explicit RowsByKey(const std::vector<Row>& rows) {
            rows_.reserve(rows.size());
            for (const Row& row : rows) rows_.emplace(key_of(row), &row);
        }
        // Whether the very same row is among them.
        [[nodiscard]] bool contains(const Row& row) const {
            const auto at = rows_.find(key_of(row));
            return at != rows_.end() && *at->second == row;
        }

      private:
        [[nodiscard]] static std::string key_of(const Row& row) {
            std::string key;
            std::size_t taken = 0;
            Row::columns(
                [&](std::string_view, const auto& value) {
                    if (taken++ < Row::keys) append(key, value);
                },
                row);
            return key;
        }
        static void append(std::string& key, std::int64_t value) { append(key, std::to_string(value)); }
        static void append(std::string& key, const std::string& value) {
            key.append(std::to_string(value.size())).append(":").append(value);
        }
        // No key, but among the columns.
        template <class T>
        static void append(std::string&, const std::optional<T>&) {}

        std::unordered_map<std::string, const Row*> rows_;
    };

    [[nodiscard]] static std::vector<std::string_view> column_names() {
        std::vector<std::string_view> names;
        Row::columns([&](std::string_view name) { names.push_back(name); });
        return names;
    }
    // Binds the first `count` values of a row, from the parameter `index` on.
    static void bind(Statement& statement, int index, const Row& row, std::size_t count) {
        std::size_t bound = 0;
        Row::columns(
            [&](std::string_view, const auto& value) {
                if (bound++ < count) statement.bind_at(index++, value);
            },
            row);
    }
    static void bind(Statement& statement, int index, const Row& row) { bind(statement, index, row, all); }

    static void read(const Statement& statement, int column, std::int64_t& value) {
        value = statement.integer(column);
    }
    static void read(const Statement& statement, int column, std::string& value) {
        value = statement.text(column);
    }
    template <class T>
    static void read(const Statement& statement, int column, std::optional<T>& value) {
        if (!statement.is_null(column)) read(statement, column, value.emplace());
    }

    [[nodiscard]] std::vector<Row> current(std::int64_t owner) {
        sql_.insert.write();  // some may be the owner's
        std::vector<Row> rows;
        sql_.select.bind(owner);
        while (sql_.select.step()) {
            int column = 0;
            Row::columns([&](std::string_view, auto& value) { read(sql_.select, ++column, value); },
                         rows.emplace_back());
        }
        return rows;
    }
    // A row that began at the same time was never known: it goes.
    void end(std::int64_t owner, const Row& row, std::int64_t known_to) {
        for (Statement* statement : {&sql_.remove_new, &sql_.end}) {
            statement->bind(owner);
            bind(*statement, 2, row, Row::keys);
            statement->bind_at(static_cast<int>(Row::keys) + 2, known_to);
            statement->run();
        }
    }
    [[nodiscard]] bool reopen(std::int64_t owner, const Row& row, std::int64_t known_to) {
        sql_.reopen.bind(owner, known_to);
        bind(sql_.reopen, 3, row);
        const bool found = sql_.reopen.step();
        if (found) sql_.reopen.run();
        return found;
    }
    void insert(std::int64_t owner, const Row& row, std::int64_t known_from) {
        sql_.insert.add(owner);
        sql_.insert.add(known_from);
        Row::columns([&](std::string_view, const auto& value) { sql_.insert.add(value); }, row);
        sql_.insert.end_row();
    }

    static constexpr std::size_t all = static_cast<std::size_t>(-1);

    HistoryStatements sql_;
};

}  // namespace postmoney::detail
