// SqlVisitor: takes what a query reads: the names of the columns, then row after row.
//
//   ledger.query("SELECT company, known_minor FROM total_raised",
//                {.row = [](std::span<const SqlCell> cells) {
//                     std::cout << std::get<std::string_view>(cells[0]) << ' '
//                               << std::get<std::int64_t>(cells[1]) << '\n';
//                 }});
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <variant>

namespace postmoney {

struct SqlBlob {
    std::span<const std::uint8_t> bytes;
};

// A value in the type that SQLite gives it; monostate is NULL. Texts and blobs live until the visit returns.
using SqlCell = std::variant<std::monostate, std::int64_t, double, std::string_view, SqlBlob>;

struct SqlVisitor {
    std::function<void(std::span<const std::string_view> names)> columns = {};  // once, also without rows
    std::function<void(std::span<const SqlCell> cells)> row = {};
};

}  // namespace postmoney
