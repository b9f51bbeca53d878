// KindTable: the table of a kind's contents, as the kind's list of fields gives it.
#pragma once

#include <string>
#include <vector>

#include "postmoney/fact/entry.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// The declared type of an integer that can be beyond 32 bits: money, times, counts that sources state, the
// parts of numbers. Drivers of other languages take INTEGER for 32 bits and this word for 64.
constexpr std::string_view wide_integer = "BIGINT";

struct TableColumn {
    std::string name;
    std::string type;  // TEXT, INTEGER or wide_integer
    bool may_be_null = true;
    std::string condition = {};  // of its CHECK; may be empty
    std::string generated = {};  // the expression of a generated column; empty of one that is written
    std::string meaning = {};    // for the manual of the file
};

struct KindTable {
    std::string name;
    std::string description;
    std::vector<TableColumn> columns;     // after `entry`
    std::vector<std::string> conditions;  // of CHECKs on several columns
};

[[nodiscard]] KindTable kind_table(EntryKind kind);

// The columns of the table that a row is written with, in their order, `entry` first.
[[nodiscard]] std::vector<std::string> written_columns(EntryKind kind);

// Calls visit(kind) of every kind, in the order of their words.
template <class Visit>
void for_each_kind(const Visit& visit) {
    for (std::size_t kind = 0; kind < Words<EntryKind>::values.size(); ++kind)
        visit(static_cast<EntryKind>(kind));
}

// The names of the kinds' fields that have this role, each once.
[[nodiscard]] std::vector<std::string> fields_of_role(FieldRole role);

// The name of a field's column: ON is a word of SQL.
[[nodiscard]] std::string column_name(std::string_view field);

}  // namespace POSTMONEY_NAMESPACE::detail
