#include "export/public_views.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <variant>

#include "sql/migrations.hpp"

namespace postmoney::detail {

namespace {

//--- What columns mean, by their names

constexpr std::array<std::string_view, 2> names_of_times{"known_from", "known_to"};
constexpr std::array<std::string_view, 2> names_of_days{"valid_from", "valid_to"};
constexpr std::array<std::string_view, 5> names_of_flags{"stands", "counts", "lead", "co_lead", "inverse"};
// SQLite declares no type for a column that a view computes: these are integers.
constexpr std::array<std::string_view, 6> computed_integers{
    "companies", "rounds", "rounds_untold", "shares_whole", "shares_fraction", "precedence"};

[[nodiscard]] bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

// Whether the name is the word, or ends with `_` and the word.
[[nodiscard]] bool names_its(std::string_view name, std::string_view word) {
    return name == word || (name.ends_with(word) && name.substr(0, name.size() - word.size()).ends_with('_'));
}

// `declared`: the type that SQLite gives for the column, empty where it gives none.
[[nodiscard]] ColumnMeaning meaning_of(std::string_view name, std::string_view declared) {
    const bool integer = declared.find("INT") != std::string_view::npos;
    if (names_its(name, "minor")) return ColumnMeaning::minor;
    if (names_its(name, "decimal")) return ColumnMeaning::decimal;
    if (is_one_of(name, names_of_times)) return ColumnMeaning::micros;
    if (name == "recorded") return integer ? ColumnMeaning::micros : ColumnMeaning::instant;
    if (is_one_of(name, names_of_flags)) return ColumnMeaning::flag;
    if (is_one_of(name, names_of_days)) return ColumnMeaning::date;
    return integer || is_one_of(name, computed_integers) ? ColumnMeaning::count : ColumnMeaning::text;
}

[[nodiscard]] std::string without_end(const std::string& text, std::string_view end) {
    return text.ends_with(end) ? text.substr(0, text.size() - end.size()) : text;
}

// The column with the currency of a sum: that of its own name, else `currency`, else the first of the view.
[[nodiscard]] std::string currency_of(const PublicColumn& money, const std::vector<PublicColumn>& columns) {
    const std::string own = without_end(without_end(money.name, "_minor"), "_decimal");
    const std::string bounded = without_end(without_end(own, "_lower"), "_upper");
    for (const std::string& wanted : {own + "_currency", bounded + "_currency", std::string("currency")}) {
        if (std::ranges::find(columns, wanted, &PublicColumn::name) != columns.end()) return wanted;
    }
    const auto first = std::ranges::find_if(
        columns, [](const PublicColumn& column) { return names_its(column.name, "currency"); });
    return first == columns.end() ? std::string() : first->name;
}

//--- Keys

struct Key {
    std::string_view view;
    std::array<std::string_view, 3> columns;
};

// Names are no keys: two parties may have one. Other views have no key.
constexpr std::array<Key, 18> keys{{{"withdrawn_now", {"entry"}},
                                    {"retractions_known", {"entry", "known_from"}},
                                    {"entries_known", {"entry", "known_from"}},
                                    {"entries", {"entry"}},
                                    {"sources", {"entry"}},
                                    {"parties", {"party"}},
                                    {"standing_rates", {"entry"}},
                                    {"exchange_rates", {"entry", "inverse"}},
                                    {"stated", {"entry", "field"}},
                                    {"claims", {"entry", "field"}},
                                    {"claims_known", {"entry", "field", "known_from"}},
                                    {"participations", {"entry"}},
                                    {"valuations", {"entry"}},
                                    {"latest_valuations", {"entry"}},
                                    {"latest_marks", {"entry"}},
                                    {"latest_409a_valuations", {"entry"}},
                                    {"stated_totals", {"entry"}},
                                    {"attributes", {"entry", "name"}}}};

[[nodiscard]] std::vector<std::string> key_of(std::string_view view) {
    const auto found = std::ranges::find(keys, view, &Key::view);
    std::vector<std::string> columns;
    if (found == keys.end()) return columns;
    for (const std::string_view column : found->columns) {
        if (!column.empty()) columns.emplace_back(column);
    }
    return columns;
}

//--- The views of the migrations

constexpr std::string_view create_view = "CREATE VIEW ";

// The comment that ends right above a place of the text, in one line.
[[nodiscard]] std::string comment_above(std::string_view sql, std::size_t place) {
    std::string comment;
    while (place > 0) {
        const std::size_t begin = sql.rfind('\n', place - 2) + 1;  // npos + 1 is the begin of the text
        const std::string_view line = sql.substr(begin, place - 1 - begin);
        if (!line.starts_with("-- ")) break;
        comment = std::string(line.substr(3)) + (comment.empty() ? "" : " ") + comment;
        place = begin;
    }
    return comment;
}

template <class Visit>
void for_each_view(const Visit& visit) {
    for (const Migration& migration : migrations()) {
        const std::string_view sql = migration.sql;
        for (std::size_t at = sql.find(create_view); at != std::string_view::npos;
             at = sql.find(create_view, at + 1)) {
            if (at != 0 && sql[at - 1] != '\n') continue;
            const std::size_t begin = at + create_view.size();
            const std::size_t end = sql.find_first_of(" (\n", begin);
            visit(std::string(sql.substr(begin, end - begin)), comment_above(sql, at));
        }
    }
}

}  // namespace

std::vector<PublicView> public_views(const Ledger& ledger) {
    std::vector<PublicView> views;
    for_each_view([&](const std::string& name, const std::string& description) {
        views.push_back({.name = name,
                         .description = description,
                         .columns = columns_of(ledger, name),
                         .key = key_of(name)});
    });
    return views;
}

std::vector<PublicColumn> columns_of(const Ledger& ledger, std::string_view name) {
    std::vector<PublicColumn> columns;
    ledger.query("SELECT name, upper(type) FROM pragma_table_xinfo('" + std::string(name) + "')",
                 {.row = [&](std::span<const SqlCell> cells) {
                     const auto column = std::get<std::string_view>(cells[0]);
                     const auto* declared = std::get_if<std::string_view>(&cells[1]);
                     columns.push_back({.name = std::string(column),
                                        .meaning = meaning_of(column, declared == nullptr ? "" : *declared)});
                 }});
    for (PublicColumn& column : columns) {
        if (column.meaning == ColumnMeaning::minor || column.meaning == ColumnMeaning::decimal)
            column.currency = currency_of(column, columns);
    }
    return columns;
}

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

}  // namespace postmoney::detail
