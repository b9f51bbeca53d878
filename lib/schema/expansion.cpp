#include "schema/expansion.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "postmoney/answer/carried_shares.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/latest_valuation.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/parity.hpp"
#include "postmoney/value/withdrawal.hpp"
#include "schema/end_of_time.hpp"
#include "schema/kind_table.hpp"
#include "schema/sql_text.hpp"

namespace POSTMONEY_NAMESPACE::detail {

namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view expected) {
    throw Error::refused(ErrorCode::bad_sql, text, expected);
}

[[nodiscard]] std::string_view trimmed_blanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

[[nodiscard]] std::vector<std::string> parts_of(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        const std::string_view part = trimmed_blanks(text.substr(at, end - at));
        if (!part.empty()) parts.emplace_back(part);
        at = end + 1;
    }
    return parts;
}

//--- The kinds' tables

[[nodiscard]] std::string column_sql(const TableColumn& column) {
    std::string sql = "    " + column.name + " " + column.type;
    if (!column.generated.empty()) return sql + " GENERATED ALWAYS AS (" + column.generated + ") VIRTUAL";
    if (!column.may_be_null) sql += " NOT NULL";
    if (column.name == "first_entry") sql += " REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED";
    if (!column.condition.empty()) sql += " CHECK (" + column.condition + ")";
    return sql;
}

[[nodiscard]] std::string table_sql(const KindTable& table) {
    std::string sql =
        "-- " + table.description + "\nCREATE TABLE " + table.name +
        " (\n    entry INTEGER PRIMARY KEY REFERENCES entry (entry) DEFERRABLE INITIALLY DEFERRED";
    for (const TableColumn& column : table.columns) sql += ",\n" + column_sql(column);
    for (const std::string& condition : table.conditions) sql += ",\n    CHECK (" + condition + ")";
    return sql + "\n) STRICT;\n";
}

[[nodiscard]] std::string kind_tables() {
    std::string sql;
    for_each_kind([&](EntryKind kind) { sql += (sql.empty() ? "" : "\n") + table_sql(kind_table(kind)); });
    return sql;
}

[[nodiscard]] std::string append_only(const std::string& table, const std::vector<std::string>& keys) {
    return no_update_sql(table) + no_delete_sql(table) + no_replace_sql(table, keys);
}

[[nodiscard]] std::string append_only_kinds() {
    std::string sql;
    for_each_kind([&](EntryKind kind) {
        sql += (sql.empty() ? "" : "\n") + append_only(std::string(table_of(kind)), {"entry = NEW.entry"});
    });
    return sql;
}

//--- Other lists of the library

[[nodiscard]] std::string one_of(const std::vector<std::string>& arguments) {
    if (arguments.size() == 2 && arguments[1] == "EntryKind")
        return one_of_sql(arguments[0], Words<EntryKind>::values);
    if (arguments.size() == 2 && arguments[1] == "PartyType")
        return one_of_sql(arguments[0], Words<PartyType>::values);
    if (arguments.size() == 2 && arguments[1] == "ValuationOrigin")
        return one_of_sql(arguments[0], Words<ValuationOrigin>::values);
    if (arguments.size() == 2 && arguments[1] == "ValuationSeries")
        return one_of_sql(arguments[0], Words<ValuationSeries>::values);
    if (arguments.size() == 2 && arguments[1] == "LeftOutReason")
        return one_of_sql(arguments[0], Words<LeftOutReason>::values);
    if (arguments.size() == 2 && arguments[1] == "ShareGap")
        return one_of_sql(arguments[0], Words<ShareGap>::values);
    refuse(arguments.empty() ? "" : arguments.back(),
           "a column and EntryKind, PartyType, ValuationOrigin, ValuationSeries, LeftOutReason or ShareGap");
}

// The units of ISO 4217 in use, as rows to insert: code and decimals.
[[nodiscard]] std::string iso_units() {
    std::string sql;
    for (const Currency& unit : iso_currencies()) {
        if (withdrawn(unit)) continue;
        sql += sql.empty() ? "    " : ", ";
        sql += "('" + std::string(unit.code()) + "', " + std::to_string(unit.decimals()) + ")";
    }
    return sql;
}

// Those withdrawn: code, decimals, the month of the withdrawal, what replaced it.
[[nodiscard]] std::string withdrawn_units() {
    std::string sql;
    for (const Currency& unit : iso_currencies()) {
        const auto end = withdrawn(unit);
        if (!end) continue;
        const auto next = replaced_by(unit);
        sql += sql.empty() ? "    " : ", ";
        sql += "('" + std::string(unit.code()) + "', " + std::to_string(unit.decimals()) + ", '" +
               end->to_string() + "', " + (next ? "'" + std::string(next->code()) + "'" : "NULL") + ")";
    }
    return sql;
}

// What a currency comes to on a day, over all that replaced it.
struct Anchor {
    std::string code;
    Decimal units = Decimal(1);  // how many units of the currency come to one of it

    friend bool operator==(const Anchor&, const Anchor&) = default;
};
[[nodiscard]] Anchor anchor_of(std::string_view code, date::sys_days day) {
    Anchor anchor{std::string(code)};
    anchor.code = follow_parities(
        code, day, [&](const Parity& row) { anchor.units = anchor.units * Decimal::parse(row.units); });
    return anchor;
}

// The rows of the table parity.
[[nodiscard]] std::string parity_rows_sql() {
    std::set<std::string_view> codes;
    std::set<date::sys_days> days;  // on which some anchor changes
    for (const Parity& row : parities()) {
        codes.insert(row.code);
        days.insert({row.from, row.until});
    }
    days.erase(date::sys_days::max());
    std::string sql;
    for (const std::string_view code : codes) {
        for (auto day = days.begin(); day != days.end();) {
            const Anchor anchor = anchor_of(code, *day);
            const auto begin = day;
            while (day != days.end() && anchor_of(code, *day) == anchor) ++day;
            if (anchor.code == code) continue;
            sql += std::string(sql.empty() ? "" : ",\n") + "    ('" + std::string(code) + "', '" +
                   day_text(*begin) + "', '" +
                   (day == days.end() ? std::string(end_of_days) : day_text(*day)) + "', '" + anchor.code +
                   "', '" + anchor.units.normalized().to_string() + "')";
        }
    }
    return sql;
}

//--- The view of claims

// The fields of round statements that are claims, with the type of each.
template <class Visit>
void for_each_round_claim(const Visit& visit) {
    Resolved<RoundStatement> fields;
    Resolved<RoundStatement>::fields(
        [&]<class Field>(const FieldName& name, const Field& field) {
            if constexpr (!std::is_same_v<Field, NotResolved>) visit(std::string(name.text), field);
        },
        fields);
}

// The other claims: their field, and the column of what they state.
struct OtherClaim {
    std::string_view kind;
    std::string_view column;
    bool is_money = true;
};
constexpr std::array<OtherClaim, 6> other_claims{{{"closing", "cl.amount"},
                                                  {"participation", "pa.amount"},
                                                  {"valuation", "va.amount"},
                                                  {"split", "sp.ratio", false},
                                                  {"stated_total", "tt.amount"},
                                                  {"metric", "me.value"}}};

[[nodiscard]] std::string when(std::string_view field, const std::string& value) {
    return "WHEN '" + std::string(field) + "' THEN " + value + " ";
}

[[nodiscard]] std::string stated_text() {
    std::string sql;
    for_each_round_claim([&]<class T>(const std::string& name, const Field<T>&) {
        const std::string column = "rs." + name;
        if constexpr (std::is_same_v<T, bool>) {
            sql += when(name, "iif(" + column + " IS NULL, NULL, iif(" + column + ", 'true', 'false'))");
        } else if constexpr (std::is_same_v<T, ShareCount>) {
            sql += when(name, column + "_number");
        } else {
            sql += when(name, std::is_same_v<T, std::int64_t> ? "CAST(" + column + " AS TEXT)" : column);
        }
    });
    for (const OtherClaim& claim : other_claims) {
        const std::string column(claim.column);
        // Who says that an investor took part may say nothing of an amount.
        sql += when(claim.kind,
                    claim.kind == "participation" ? "coalesce(" + column + ", 'undisclosed')" : column);
    }
    sql.pop_back();
    return sql;
}

// Calls visit(field, column) of each claim on a sum of money, with the column of its text.
template <class Visit>
void for_each_money_claim(const Visit& visit) {
    for_each_round_claim([&]<class T>(const std::string& name, const Field<T>&) {
        if (std::is_same_v<T, Amount>) visit(std::string_view(name), "rs." + name);
    });
    for (const OtherClaim& claim : other_claims) {
        if (claim.is_money) visit(claim.kind, std::string(claim.column));
    }
}

[[nodiscard]] std::string stated_currency() {
    std::string sql;
    for_each_money_claim(
        [&](std::string_view field, const std::string& column) { sql += when(field, column + "_currency"); });
    sql.pop_back();
    return sql;
}

// A subquery and no CASE, for it has the declared type of its columns.
[[nodiscard]] std::string stated_minor() {
    std::string sql;
    for_each_money_claim([&](std::string_view field, const std::string& column) {
        sql += sql.empty() ? "(" : "\n        UNION ALL ";
        sql += "SELECT " + column + "_minor WHERE f.field = '" + std::string(field) + "'";
    });
    return sql + ")";
}

[[nodiscard]] std::string stated_fields() {
    std::string sql;
    for_each_round_claim([&](const std::string& name, const auto&) { sql += "('round', '" + name + "'), "; });
    for (const OtherClaim& claim : other_claims)
        sql += "('" + std::string(claim.kind) + "', '" + std::string(claim.kind) + "'), ";
    return sql.substr(0, sql.size() - 2);
}

//--- Expansion

// `table: key; key`
[[nodiscard]] std::string with_keys(
    std::string_view arguments,
    const std::function<std::string(const std::string&, const std::vector<std::string>&)>& use) {
    const std::size_t colon = arguments.find(':');
    if (colon == std::string_view::npos) refuse(arguments, "TABLE: CONDITION; CONDITION");
    return use(std::string(trimmed_blanks(arguments.substr(0, colon))),
               parts_of(arguments.substr(colon + 1), ';'));
}

[[nodiscard]] int digit_count(const std::string& text) {
    if (text.size() != 1 || text < "1" || text > "9") {
        if (text != "18") refuse(text, "a number of digits: 1 to 9, or 18");
    }
    return std::stoi(text);
}

[[nodiscard]] std::string piece(std::string_view text) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view name = text.substr(0, space);
    const std::string_view arguments = trimmed_blanks(text.substr(space));
    const std::vector<std::string> words = parts_of(arguments, ' ');
    if (name == "end_of_time") return std::to_string(end_of_time);
    if (name == "end_of_days") return std::string(end_of_days);
    if (name == "kind_tables") return kind_tables();
    if (name == "append_only_kinds") return append_only_kinds();
    if (name == "append_only") return with_keys(arguments, append_only);
    if (name == "no_delete") {
        return with_keys(arguments, [](const std::string& table, const std::vector<std::string>& keys) {
            return no_delete_sql(table) + no_replace_sql(table, keys);
        });
    }
    if (name == "one_of") return one_of(words);
    if (name == "iso_units") return iso_units();
    if (name == "rate_days") return std::to_string(ExchangeRates::default_age.count() + 1);
    if (name == "used_rate" && words.size() == 1) return used_rate_sql(words[0]);
    if (name == "parities") return parity_rows_sql();
    if (name == "withdrawn_units") return withdrawn_units();
    if (name == "stated_text") return stated_text();
    if (name == "stated_minor") return stated_minor();
    if (name == "stated_currency") return stated_currency();
    if (name == "stated_fields") return stated_fields();
    if (name == "inflow_sums") return inflow_sums_sql();
    if (name == "typed") return typed_sql(std::string(arguments));
    if (name == "sum_minor" && words.size() == 3)
        return sum_minor_sql(words[0], words[1], digit_count(words[2]));
    if (name == "sum_decimal" && words.size() == 4)
        return sum_decimal_sql(words[0], words[1], digit_count(words[2]), words[3]);
    if (name == "whole_part" && words.size() == 1) return whole_part_sql(words[0]);
    if (name == "fraction" && words.size() == 1) return fraction_sql(words[0]);
    if (name == "source_of" && words.size() == 1) return source_of_sql(words[0]);
    if (name == "standing_source" && words.size() == 1) return standing_source_sql(words[0]);
    if (name == "time" && words.size() == 1) return time_sql(words[0]);
    if (name == "decimal" && words.size() == 2) return decimal_sql(words[0], words[1]);
    if (name == "signed_decimal" && words.size() == 2) return signed_decimal_sql(words[0], words[1]);
    refuse(text, "the name of a piece of SQL with its arguments");
}

// Where the piece that begins at `begin` ends: a piece may be among the arguments of another.
[[nodiscard]] std::size_t end_of_piece(std::string_view text, std::size_t begin) {
    int open = 0;
    for (std::size_t at = begin; at + 1 < text.size(); ++at) {
        const std::string_view two = text.substr(at, 2);
        if (two == "{{") ++open;
        if (two == "}}" && --open == 0) return at;
        if (two == "{{" || two == "}}") ++at;
    }
    refuse(text.substr(begin, 40), "}} behind {{");
}

[[nodiscard]] std::string with_pieces(std::string_view text) {
    std::string sql;
    std::size_t at = 0;
    for (;;) {
        const std::size_t begin = text.find("{{", at);
        sql.append(text.substr(at, begin - at));
        if (begin == std::string_view::npos) return sql;
        const std::size_t end = end_of_piece(text, begin);
        std::string one = piece(with_pieces(text.substr(begin + 2, end - begin - 2)));
        at = end + 2;
        // A piece of whole lines ends with the end of its own line.
        if (one.ends_with('\n') && text.substr(at).starts_with('\n')) one.pop_back();
        sql += one;
    }
}

//--- Declared types
// STRICT refuses the word BIGINT. A table with a column of that type gets CHECKs that refuse what STRICT
// would.

// A line of CREATE TABLE that declares a column: `    name TYPE ...`.
struct ColumnLine {
    std::string_view name;
    std::string_view type;
    std::string_view rest;
};
[[nodiscard]] std::optional<ColumnLine> column_line(std::string_view line) {
    constexpr std::string_view indent = "    ";
    if (!line.starts_with(indent) || line.substr(indent.size()).starts_with(' ')) return std::nullopt;
    line.remove_prefix(indent.size());
    ColumnLine column;
    column.name = line.substr(0, line.find(' '));
    line = trimmed_blanks(line.substr(column.name.size()));
    column.type = line.substr(0, line.find_first_of(" ,"));
    column.rest = line.substr(column.type.size());
    if (column.type != "TEXT" && column.type != "INTEGER" && column.type != wide_integer) return std::nullopt;
    return column;
}

[[nodiscard]] std::string with_type_check(std::string line) {
    const auto column = column_line(line);
    if (!column) return line;
    // The rest follows from other columns, or is a number of a row, which is always an integer.
    if (column->rest.find("GENERATED ALWAYS") != std::string_view::npos) return line;
    if (column->type == "INTEGER" && column->rest.starts_with(" PRIMARY KEY")) return line;
    const bool may_be_null = column->rest.find("NOT NULL") == std::string_view::npos;
    const std::string check =
        " CHECK (" + type_check_sql(std::string(column->name), column->type, may_be_null) + ")";
    return line.insert(line.ends_with(',') ? line.size() - 1 : line.size(), check);
}

[[nodiscard]] std::string with_type_checks(const std::string& sql) {
    std::string result;
    std::istringstream lines(sql);
    std::vector<std::string> table;  // the lines of the one that is read
    for (std::string line; std::getline(lines, line);) {
        if (table.empty() && !line.starts_with("CREATE TABLE ")) {
            result += line + "\n";
            continue;
        }
        table.push_back(line);
        if (!line.starts_with(')')) continue;
        const bool wide = std::any_of(table.begin(), table.end(), [](const std::string& text) {
            const auto column = column_line(text);
            return column && column->type == wide_integer;
        });
        if (wide) {
            for (std::string& text : table) text = with_type_check(std::move(text));
            table.back() = line == ") STRICT;" ? ");" : ") WITHOUT ROWID;";
        }
        for (const std::string& text : table) result += text + "\n";
        table.clear();
    }
    return result;
}

//--- Lines

// Where a line of SQL can be broken: behind the last space before the limit that is in no text.
[[nodiscard]] std::size_t break_of(std::string_view line, std::size_t limit) {
    std::size_t found = 0;
    bool in_text = false;
    const std::size_t indent = line.find_first_not_of(' ');
    for (std::size_t i = 0; i < std::min(limit, line.size()); ++i) {
        if (line[i] == '\'') in_text = !in_text;
        const bool at_word = line[i] == ' ' && !in_text && i > indent;
        // A break before AND and OR, or behind a comma, reads better than one elsewhere: only the last third
        // gives way.
        const bool good = at_word && (line[i - 1] == ',' || line.substr(i + 1).starts_with("OR ") ||
                                      line.substr(i + 1).starts_with("AND "));
        if (good || (at_word && found < limit * 2 / 3)) found = i + 1;
    }
    return found;
}

void append_broken(std::string& sql, std::string line) {
    const std::string indent(
        line.find_first_not_of(' ') == std::string::npos ? 0 : line.find_first_not_of(' '), ' ');
    const bool comment = line.substr(indent.size()).starts_with("--");
    while (line.size() > max_sql_line) {
        const std::size_t at = comment ? line.rfind(' ', max_sql_line) + 1 : break_of(line, max_sql_line);
        if (at <= indent.size() + 3) break;
        sql += line.substr(0, at - 1) + "\n";
        line = indent + (comment ? "-- " : "    ") + line.substr(at);
    }
    sql += line + "\n";
}

[[nodiscard]] std::string with_short_lines(const std::string& sql) {
    std::string result;
    std::istringstream lines(sql);
    for (std::string line; std::getline(lines, line);) append_broken(result, std::move(line));
    return result;
}

//--- The manual

[[nodiscard]] std::string manual_row(const TableColumn& column, const std::string& example) {
    return "| " + column.name + " | " + column.type + " | " +
           (column.may_be_null || !column.generated.empty() ? "yes" : "no") + " | " + column.meaning + " | " +
           example + " |\n";
}

// The example of each column in a section of the manual.
[[nodiscard]] std::map<std::string, std::string> examples_in(const std::string& section) {
    std::map<std::string, std::string> examples;
    std::istringstream lines(section);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("| ") || line.starts_with("| column |")) continue;
        const std::string column = line.substr(2, line.find(" |") - 2);
        const std::size_t end = line.rfind(" |");
        std::size_t begin = end;  // of the last cell; an escaped bar is part of it
        do begin = line.rfind(" | ", begin - 1);
        while (begin != std::string::npos && begin > 0 && line[begin - 1] == '\\');
        examples[column] =
            begin == std::string::npos || begin + 3 > end ? "" : line.substr(begin + 3, end - begin - 3);
    }
    return examples;
}

[[nodiscard]] std::string manual_section(const KindTable& table, const std::string& before) {
    const auto examples = examples_in(before);
    const auto example = [&](const std::string& column) {
        const auto at = examples.find(column);
        return at == examples.end() ? std::string() : at->second;
    };
    std::string section = "### " + table.name + "\n" + table.description +
                          "\n\n| column | type | null | meaning | example |\n|---|---|---|---|---|\n";
    const TableColumn entry{.name = "entry", .type = "INTEGER", .may_be_null = false, .meaning = "the entry"};
    section += manual_row(entry, example("entry"));
    for (const TableColumn& column : table.columns) section += manual_row(column, example(column.name));
    return section + "\n";
}

}  // namespace

std::string expanded(std::string_view sql_template) {
    return with_short_lines(with_type_checks(with_pieces(sql_template)));
}

std::string with_kind_tables(const std::string& manual) {
    std::string result = manual;
    for_each_kind([&](EntryKind kind) {
        const KindTable table = kind_table(kind);
        const std::size_t begin = result.find("\n### " + table.name + "\n");
        if (begin == std::string::npos) refuse(table.name, "a section of the manual of this name");
        const std::size_t end = std::min(result.find("\n##", begin + 1), result.size() - 1) + 1;
        result.replace(begin + 1, end - begin - 1,
                       manual_section(table, result.substr(begin + 1, end - begin - 1)));
    });
    return result;
}

}  // namespace POSTMONEY_NAMESPACE::detail
