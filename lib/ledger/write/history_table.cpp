#include "ledger/write/history_table.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::string list(const std::vector<std::string_view>& columns) {
    std::string text;
    for (const std::string_view column : columns) text.append(", ").append(column);
    return text;
}

// " AND a = ?2 AND b = ?3": the first columns, with the parameters from 2 on.
[[nodiscard]] std::string key_condition(const std::vector<std::string_view>& columns, std::size_t keys) {
    std::string text;
    for (std::size_t i = 0; i < keys; ++i)
        text += " AND " + std::string(columns[i]) + " = ?" + std::to_string(i + 2);
    return text;
}

// " AND a IS ?3 AND b IS ?4": all columns, with the parameters from 3 on.
[[nodiscard]] std::string same_values(const std::vector<std::string_view>& columns) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i)
        text += " AND " + std::string(columns[i]) + " IS ?" + std::to_string(i + 3);
    return text;
}

[[nodiscard]] std::string of_owner(std::string_view table, std::string_view owner) {
    return std::string(table) + " WHERE " + std::string(owner) + " = ?1";
}

const std::string is_current = " AND known_to = " + std::to_string(end_of_time);

}  // namespace

HistoryStatements::HistoryStatements(Connection& connection, std::string_view table, std::string_view owner,
                                     const std::vector<std::string_view>& columns, std::size_t keys)
    : select(connection.handle(),
             "SELECT known_from" + list(columns) + " FROM " + of_owner(table, owner) + is_current),
      remove_new(connection.handle(), "DELETE FROM " + of_owner(table, owner) + key_condition(columns, keys) +
                                          is_current + " AND known_from = ?" + std::to_string(keys + 2)),
      end(connection.handle(), "UPDATE " + std::string(table) + " SET known_to = ?" +
                                   std::to_string(keys + 2) + " WHERE " + std::string(owner) + " = ?1" +
                                   key_condition(columns, keys) + is_current),
      ended(connection.handle(), "SELECT 1 FROM " + of_owner(table, owner) + " AND known_to = ?2 LIMIT 1"),
      reopen(connection.handle(),
             "UPDATE " + std::string(table) + " SET known_to = " + std::to_string(end_of_time) + " WHERE " +
                 std::string(owner) + " = ?1 AND known_to = ?2" + same_values(columns) + " RETURNING 1"),
      insert(connection,
             "INSERT OR FAIL INTO " + std::string(table) + " (" + std::string(owner) + ", known_from" +
                 list(columns) + ")",
             columns.size() + 2) {}

}  // namespace postmoney::detail
