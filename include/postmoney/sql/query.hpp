// SqlVisitor: takes what a query reads: the names of the columns, then row after row, until it has seen
// enough.
//
//   ledger.query("SELECT company, known_minor FROM total_raised",
//                {.row = [](std::span<const SqlCell> cells) {
//                     std::cout << std::get<std::string_view>(cells[0]) << ' '
//                               << std::get<std::int64_t>(cells[1]) << '\n';
//                 }});
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "postmoney/value/error.hpp"
#include "postmoney/value/visitor.hpp"

namespace postmoney {

struct SqlBlob {
    std::span<const std::uint8_t> bytes;
};

// A value in the type that SQLite gives it; monostate is NULL. Texts and blobs live until the visit returns.
using SqlCell = std::variant<std::monostate, std::int64_t, double, std::string_view, SqlBlob>;

// A row by the names of its columns.
class SqlRow {
  public:
    SqlRow(std::span<const std::string_view> names, std::span<const SqlCell> cells)
        : names_(names), cells_(cells) {}

    // The first column of that name. Throws bad-sql when there is none.
    [[nodiscard]] const SqlCell& operator[](std::string_view column) const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i] == column) return cells_[i];
        }
        throw Error::refused(ErrorCode::bad_sql, column, "the name of a column of the query");
    }

    // The value as one of the types of SqlCell, or as std::string; null for NULL. Throws bad-type for a value
    // of another type, naming the column.
    template <class T>
    [[nodiscard]] std::optional<T> get(std::string_view column) const {
        using Type = std::conditional_t<std::is_same_v<T, std::string>, std::string_view, T>;
        const SqlCell& cell = (*this)[column];
        if (std::holds_alternative<std::monostate>(cell)) return std::nullopt;
        if (const auto* value = std::get_if<Type>(&cell)) return T(*value);
        throw Error(ErrorCode::bad_type, "the value is of another type than is asked for").in_field(column);
    }

  private:
    std::span<const std::string_view> names_;
    std::span<const SqlCell> cells_;
};

struct SqlVisitor {
    std::function<void(std::span<const std::string_view> names)> columns = {};  // once, also without rows
    Visitor<std::span<const SqlCell>> row = {};                                 // false ends the query
    Visitor<const SqlRow&> named_row = {};                                      // likewise
};

}  // namespace postmoney
