// Words and lines that several commands print.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "json.hpp"
#include "postmoney/postmoney.hpp"
#include "table.hpp"

//--- Pieces of text ---

[[nodiscard]] std::string entries_text(std::int64_t count);
[[nodiscard]] std::string ratio_text(const std::optional<postmoney::Ratio>& ratio);
[[nodiscard]] std::string percent_text(const std::optional<postmoney::Percentage>& percentage);

// The id of the source, which may be empty.
[[nodiscard]] std::string source_of(const postmoney::Claim& claim);

// The value that is used; empty for a field that nobody states.
template <class T>
[[nodiscard]] std::string text_of(const postmoney::Field<T>& field) {
    if (!field) return {};
    if constexpr (std::is_same_v<T, std::string>) {
        return field.value();
    } else if constexpr (std::is_same_v<T, bool>) {
        return field.value() ? "true" : "false";
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(field.value());
    } else if constexpr (std::is_enum_v<T>) {
        return std::string(to_string(field.value()));
    } else {
        return field.value().to_string();
    }
}

// The source of the value that is used.
template <class T>
[[nodiscard]] std::string source_of(const postmoney::Field<T>& field) {
    return field ? source_of(field.winner()) : "";
}

template <class T>
[[nodiscard]] Json json_of(const postmoney::Field<T>& field) {
    if (!field) return {};
    return {{"value", text_of(field)},
            {"source", text_or_null(source_of(field))},
            {"entry", json_text(field.winner().id)}};
}

// Whether an investor led, and who says so where that is another source than the amount's.
[[nodiscard]] std::string lead_text(const std::optional<bool>& lead, std::string_view lead_source,
                                    std::string_view amount_source);

//--- Lines on the streams ---

// The table, or the other words where it has no row.
void print_table(const Table& table, std::string_view if_empty);
// A title and the table below it; nothing where it has no row.
void print_section(std::string_view title, const Table& table);
// The party's name and what is known of it.
void print_heading(const postmoney::PartyProfile& profile);
// What was refused, a line each on standard error.
void print_refused(const std::vector<postmoney::Error>& refused);
