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
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/visitor.hpp"

namespace POSTMONEY_NAMESPACE {

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

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

// A type of C++ that only views what SQLite holds until the next row.
template <class T>
inline constexpr bool is_view_of_cell = std::is_same_v<T, std::string_view> || std::is_same_v<T, SqlBlob>;
template <class T>
inline constexpr bool is_view_of_cell<std::optional<T>> = is_view_of_cell<T>;

// The value of a cell as a type of C++. Throws bad-type, naming the column.
template <class T>
[[nodiscard]] T cell_as(const SqlCell& cell, std::string_view column) {
    if constexpr (is_optional<T>) {
        if (std::holds_alternative<std::monostate>(cell)) return std::nullopt;
        return cell_as<typename T::value_type>(cell, column);
    } else {
        using Type = std::conditional_t<std::is_same_v<T, std::string>, std::string_view, T>;
        if (const auto* value = std::get_if<Type>(&cell)) return T(*value);
        throw Error(ErrorCode::bad_type, std::holds_alternative<std::monostate>(cell)
                                             ? "the value is NULL, which std::optional would take"
                                             : "the value is of another type than is asked for")
            .in_field(column);
    }
}

}  // namespace detail

// A visitor of rows whose columns have these types: those of SqlCell, std::string, or std::optional of one
// where there may be NULL. `visit` takes a value a column, and may return false to end the query. Throws
// bad-sql for another number of columns, bad-type for a value of another type.
//
//   ledger.query("SELECT company, known_minor FROM total_raised",
//                rows_of<std::string_view, std::optional<std::int64_t>>(
//                    [](std::string_view company, std::optional<std::int64_t> minor) {
//                        std::cout << company << ' ' << minor.value_or(0) << '\n';
//                    }));
template <class... Columns, class Visit>
[[nodiscard]] SqlVisitor rows_of(Visit visit) {
    auto names = std::make_shared<std::vector<std::string>>();
    return {.columns =
                [names](std::span<const std::string_view> columns) {
                    if (columns.size() != sizeof...(Columns)) {
                        throw Error(ErrorCode::bad_sql, "the query has " + std::to_string(columns.size()) +
                                                            " columns, expected " +
                                                            std::to_string(sizeof...(Columns)));
                    }
                    names->assign(columns.begin(), columns.end());
                },
            .row =
                [names, take = Visitor<Columns...>(std::move(visit))](std::span<const SqlCell> cells) {
                    return [&]<std::size_t... I>(std::index_sequence<I...>) {
                        return take(detail::cell_as<Columns>(cells[I], (*names)[I])...);
                    }
                    (std::index_sequence_for<Columns...>());
                }};
}

}  // namespace POSTMONEY_NAMESPACE
