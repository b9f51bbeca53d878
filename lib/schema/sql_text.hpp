// Pieces of SQL that the schema repeats: each is written here once.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// The last day of a partial date in a column: `2024-12-31` of `2024`, `2024-Q4` and `2024-12`.
[[nodiscard]] std::string last_day_sql(const std::string& column);

// The whole part, and the first ten decimals, of the canonical decimal text in a column, as integers.
[[nodiscard]] std::string whole_part_sql(const std::string& column);
[[nodiscard]] std::string fraction_sql(const std::string& column);

// Whether a column is one of the words. Not `IN`: SQLite makes a table for a longer list, at each INSERT.
[[nodiscard]] std::string one_of_sql(const std::string& column, std::span<const std::string_view> words);

// Minor units as exact decimal text, in the currency that the row `unit` of currency_unit describes; null of
// null.
[[nodiscard]] std::string decimal_sql(const std::string& minor, const std::string& unit);
// The same of an amount that may be negative.
[[nodiscard]] std::string signed_decimal_sql(const std::string& minor, const std::string& unit);

// Whether the exchange rate in a row of fx_rate stands and no other claim on its fact comes before it.
[[nodiscard]] std::string used_rate_sql(const std::string& row);

// A time in microseconds since 1970 as ISO 8601 text.
[[nodiscard]] std::string time_sql(const std::string& microseconds);

// The id of the source that the entry in a column names.
[[nodiscard]] std::string source_of_sql(const std::string& entry);
// Of the source that an entry in a column first stated, the line that holds: of its standing lines the latest
// by (recorded, id). Null when none stands.
[[nodiscard]] std::string standing_source_sql(const std::string& first_entry);
// A sum that rests in two integers, as high * 10^digits + low: in minor units, null beyond 64 bits; and as
// exact decimal text of any size, in the currency that the row `unit` of currency_unit describes. Null of
// null.
[[nodiscard]] std::string sum_minor_sql(const std::string& high, const std::string& low, int digits);
[[nodiscard]] std::string sum_decimal_sql(const std::string& high, const std::string& low, int digits,
                                          const std::string& unit);
// The columns companies, rounds, billions, rest and rounds_untold of a group of inflows. What is known comes
// to billions * 10^9 + rest minor units; billions is null where nothing is, or some rounds cannot be told.
[[nodiscard]] std::string inflow_sums_sql();

// An integer expression with the declared type of a column of money. An expression has none, and what reads a
// view would guess one; a subquery has that of its column, of a compound one that of its first or its last
// part.
[[nodiscard]] std::string typed_sql(const std::string& expression);

// What is true of any value that a STRICT table takes into a column of this type, after the conversions that
// both kinds of tables make.
[[nodiscard]] std::string type_check_sql(const std::string& column, std::string_view type, bool may_be_null);

// The triggers that keep rows of a table from being changed, deleted or replaced. Each of `keys` is a
// condition on which a row of the table stands in the way of NEW.
[[nodiscard]] std::string no_update_sql(const std::string& table);
[[nodiscard]] std::string no_delete_sql(const std::string& table);
[[nodiscard]] std::string no_replace_sql(const std::string& table, const std::vector<std::string>& keys);

}  // namespace POSTMONEY_NAMESPACE::detail
