// HistoryTable: a derived table that keeps what each row was and when: [known_from, known_to).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sql/connection.hpp"

namespace postmoney::detail {

using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;
using SqlRow = std::vector<SqlValue>;

class HistoryTable {
  public:
    // `owner` is the column whose rows are replaced together; `columns` are all others but known_from and
    // known_to, the first `keys` of them identify a row of the owner.
    HistoryTable(Connection& connection, std::string_view table, std::string_view owner,
                 std::span<const std::string_view> columns, std::size_t keys);

    // Makes these the owner's rows from `known_from` on: rows that stay as they are keep their known_from,
    // others end. Several calls for one time come to what the last one alone would. Returns the rows before.
    std::vector<SqlRow> replace(std::int64_t owner, const std::vector<SqlRow>& rows, std::int64_t known_from);

    // The same for an owner that has never had a row.
    void insert(std::int64_t owner, const std::vector<SqlRow>& rows, std::int64_t known_from) {
        for (const SqlRow& row : rows) insert(owner, row, known_from);
    }

  private:
    [[nodiscard]] std::vector<SqlRow> current(std::int64_t owner);
    void end(std::int64_t owner, const SqlRow& row, std::int64_t known_to);
    [[nodiscard]] bool ended_at(std::int64_t owner, std::int64_t known_to);
    [[nodiscard]] bool reopen(std::int64_t owner, const SqlRow& row, std::int64_t known_to);
    void insert(std::int64_t owner, const SqlRow& row, std::int64_t known_from);

    std::size_t columns_;
    std::size_t keys_;
    Statement select_;
    Statement remove_new_;
    Statement end_;
    Statement ended_;
    Statement reopen_;
    Statement insert_;
};

}  // namespace postmoney::detail
