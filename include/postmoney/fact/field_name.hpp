// FieldName: how a field of a kind is called, and what it is to the ledger besides its value.
//
// Each kind lists its fields once, in a static function `fields(visit, self...)`, which calls
// `visit(name, member)` for each of them in turn. Reading and writing JSON, the checks of an entry, the
// columns of its table, the manual of that table and the resolved form of a round all follow this list. With
// several objects it visits the same member of each: `visit(name, a.member, b.member)`.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

enum class FieldRole : std::uint8_t {
    value,         // says something of the entry's subject
    subject,       // names the party that the entry is about
    counterparty,  // names the other party of the entry
    round,         // the handle of the round that the entry is about
    target         // names the entry that this one takes back
};

struct FieldName {
    std::string_view text;
    FieldRole role = FieldRole::value;
    // What the manual of the file says of its column; empty where its type says it.
    std::string_view meaning = {};
    std::int64_t most = std::numeric_limits<std::int64_t>::max();  // of a whole number
    bool has_last_day = false;       // of a date: its table has the last day of it too, for SQL to compare
    bool may_be_indefinite = false;  // of an amount: there may be no number

    // Most fields are a value under a name: "amount".
    constexpr FieldName(const char* name) noexcept : text(name) {}  // NOLINT(google-explicit-constructor)
    constexpr FieldName(const char* name, std::string_view says) noexcept : text(name), meaning(says) {}
    constexpr FieldName(const char* name, FieldRole does) noexcept : text(name), role(does) {}

    // The same of a whole number that is at most so large.
    [[nodiscard]] constexpr FieldName at_most(std::int64_t number) const noexcept {
        FieldName bounded = *this;
        bounded.most = number;
        return bounded;
    }

    // The same of an amount that may be `indefinite`, as an offering without a limit is.
    [[nodiscard]] constexpr FieldName without_limit() const noexcept {
        FieldName unlimited = *this;
        unlimited.may_be_indefinite = true;
        return unlimited;
    }

    [[nodiscard]] constexpr FieldName with_last_day() const noexcept {
        FieldName dated = *this;
        dated.has_last_day = true;
        return dated;
    }

    // Whether the field has a column in its kind's table. The numbers of parties, rounds and entries that a
    // field names are columns of the table `entry`.
    [[nodiscard]] constexpr bool is_column() const noexcept { return role == FieldRole::value; }

    constexpr operator std::string_view() const noexcept {
        return text;
    }  // NOLINT(google-explicit-constructor)
};

}  // namespace POSTMONEY_NAMESPACE
