#include "ledger/write/history_table.hpp"

#include <algorithm>

namespace postmoney::detail {

namespace {

std::string list(std::span<const std::string_view> columns) {
    std::string text;
    for (const std::string_view column : columns) {
        text += ", ";
        text += column;
    }
    return text;
}

// " AND a = ?2 AND b = ?3", the parameters counted from 2.
std::string key_condition(std::span<const std::string_view> columns, std::size_t keys) {
    std::string text;
    for (std::size_t i = 0; i < keys; ++i) {
        text += " AND " + std::string(columns[i]) + " = ?" + std::to_string(i + 2);
    }
    return text;
}

// " AND a IS ?3 AND b IS ?4", the parameters counted from 3.
std::string same_values(std::span<const std::string_view> columns) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        text += " AND " + std::string(columns[i]) + " IS ?" + std::to_string(i + 3);
    }
    return text;
}

std::string parameters(std::size_t count) {
    std::string text = "?";
    for (std::size_t i = 1; i < count; ++i) text += ", ?";
    return text;
}

void bind(Statement& statement, int index, const SqlValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        statement.bind_at(index, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        statement.bind_at(index, std::string_view(*text));
    } else {
        statement.bind_at(index, std::nullopt);
    }
}

SqlValue read(const Statement& statement, int column) {
    if (statement.is_null(column)) return {};
    if (statement.is_integer(column)) return statement.integer(column);
    return std::string(statement.text(column));
}

}  // namespace

HistoryTable::HistoryTable(Connection& connection, std::string_view table, std::string_view owner,
                           std::span<const std::string_view> columns, std::size_t keys)
    : columns_(columns.size()),
      keys_(keys),
      select_(connection.handle(), "SELECT known_from" + list(columns) + " FROM " + std::string(table) +
                                       " WHERE " + std::string(owner) +
                                       " = ?1 AND known_to = 253402300799999999"),
      remove_new_(connection.handle(), "DELETE FROM " + std::string(table) + " WHERE " + std::string(owner) +
                                           " = ?1" + key_condition(columns, keys) +
                                           " AND known_to = 253402300799999999 AND known_from = ?" +
                                           std::to_string(keys + 2)),
      end_(connection.handle(), "UPDATE " + std::string(table) + " SET known_to = ?" +
                                    std::to_string(keys + 2) + " WHERE " + std::string(owner) + " = ?1" +
                                    key_condition(columns, keys) + " AND known_to = 253402300799999999"),
      ended_(connection.handle(), "SELECT 1 FROM " + std::string(table) + " WHERE " + std::string(owner) +
                                      " = ?1 AND known_to = ?2 LIMIT 1"),
      reopen_(connection.handle(), "UPDATE " + std::string(table) +
                                       " SET known_to = 253402300799999999 WHERE " + std::string(owner) +
                                       " = ?1 AND known_to = ?2" + same_values(columns) + " RETURNING 1"),
      insert_(connection.handle(), "INSERT INTO " + std::string(table) + " (" + std::string(owner) +
                                       ", known_from" + list(columns) + ") VALUES (" +
                                       parameters(columns.size() + 2) + ")") {}

std::vector<SqlRow> HistoryTable::current(std::int64_t owner) {
    std::vector<SqlRow> rows;
    select_.bind(owner);
    while (select_.step()) {
        SqlRow row;
        for (std::size_t i = 0; i < columns_; ++i) row.push_back(read(select_, static_cast<int>(i) + 1));
        rows.push_back(std::move(row));
    }
    return rows;
}

void HistoryTable::end(std::int64_t owner, const SqlRow& row, std::int64_t known_to) {
    for (Statement* statement : {&remove_new_, &end_}) {  // what began at the same time was never known
        statement->bind(owner);
        for (std::size_t i = 0; i < keys_; ++i) bind(*statement, static_cast<int>(i) + 2, row[i]);
        statement->bind_at(static_cast<int>(keys_) + 2, known_to);
        statement->run();
    }
}

bool HistoryTable::ended_at(std::int64_t owner, std::int64_t known_to) {
    ended_.bind(owner, known_to);
    const bool found = ended_.step();
    ended_.reset();
    return found;
}

bool HistoryTable::reopen(std::int64_t owner, const SqlRow& row, std::int64_t known_to) {
    reopen_.bind(owner, known_to);
    for (std::size_t i = 0; i < columns_; ++i) bind(reopen_, static_cast<int>(i) + 3, row[i]);
    const bool found = reopen_.step();
    if (found) reopen_.run();
    return found;
}

void HistoryTable::insert(std::int64_t owner, const SqlRow& row, std::int64_t known_from) {
    insert_.bind(owner, known_from);
    for (std::size_t i = 0; i < columns_; ++i) bind(insert_, static_cast<int>(i) + 3, row[i]);
    insert_.run();
}

std::vector<SqlRow> HistoryTable::replace(std::int64_t owner, const std::vector<SqlRow>& rows,
                                          std::int64_t known_from) {
    std::vector<SqlRow> before = current(owner);
    const bool may_reopen = ended_at(owner, known_from);
    for (const SqlRow& row : before) {
        if (std::find(rows.begin(), rows.end(), row) == rows.end()) end(owner, row, known_from);
    }
    for (const SqlRow& row : rows) {
        if (std::find(before.begin(), before.end(), row) != before.end()) continue;
        // What ended at the same time has not changed after all.
        if (may_reopen && reopen(owner, row, known_from)) continue;
        insert(owner, row, known_from);
    }
    return before;
}

}  // namespace postmoney::detail
