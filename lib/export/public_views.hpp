// The public views of a ledger with what their columns mean, for exports that say so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/ledger/ledger.hpp"

namespace postmoney::detail {

enum class ColumnMeaning : std::uint8_t {
    text,
    date,     // a day, such as 2024-12-31
    instant,  // a time as text
    decimal,  // money as exact decimal text
    count,    // an integer
    flag,     // 0 or 1
    minor,    // money in minor units
    micros,   // a time in microseconds since 1970
};

// Whether its values are integers; those of the others are texts and blobs.
[[nodiscard]] constexpr bool is_integer(ColumnMeaning meaning) noexcept {
    return meaning >= ColumnMeaning::count;
}

struct PublicColumn {
    std::string name;
    ColumnMeaning meaning = ColumnMeaning::text;
    std::string currency = {};  // of money: the column of the same view that has its currency
};

struct PublicView {
    std::string name;
    std::string description;
    std::vector<PublicColumn> columns;
    std::vector<std::string> key;  // columns that tell its rows apart; empty where names alone would do so
};

// The views that the migrations create, in their order, and none that others made.
[[nodiscard]] std::vector<PublicView> public_views(const Ledger& ledger);

// The columns of a table or view of the file, those that it computes among them.
[[nodiscard]] std::vector<PublicColumn> columns_of(const Ledger& ledger, std::string_view name);

// The name of an object of the file in SQL.
[[nodiscard]] std::string quoted_name(std::string_view name);

}  // namespace postmoney::detail
