// Expands the template of a migration into the SQL that is checked in, and brings the manual of the file in
// line.
//
// A template is SQL in which `{{name arguments}}` stands for a piece that follows from the kinds' lists of
// fields, or that would be written many times: see expansion.cpp for the names.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// The longest line of SQL.
constexpr std::size_t max_sql_line = 120;

// The SQL that the template stands for; longer lines are broken. Throws bad-sql for a name that means
// nothing.
[[nodiscard]] std::string expanded(std::string_view sql_template);

// The manual with the rows of the kinds' tables as the kinds say: column, type, whether it may be null,
// meaning. The example in the last cell of a row stays. Throws bad-sql when the manual has no section on a
// kind's table.
[[nodiscard]] std::string with_kind_tables(const std::string& manual);

}  // namespace POSTMONEY_NAMESPACE::detail
