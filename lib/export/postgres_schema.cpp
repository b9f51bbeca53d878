#include "export/postgres_schema.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <span>
#include <utility>

#include "export/sql_text.hpp"
#include "postmoney/value/error.hpp"
#include "schema/end_of_time.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] bool is_word_character(char c) noexcept {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Without comments, and with one blank for white space, none within parentheses at either end.
[[nodiscard]] std::string in_one_line(std::string_view sql) {
    std::string line;
    for (std::size_t at = 0; at < sql.size();) {
        const char c = sql[at];
        if (c == '\'') {
            const std::size_t end = quote_end(sql, at);
            line += sql.substr(at, end - at);
            at = end;
        } else if (sql.substr(at).starts_with("--")) {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            if (!line.empty() && line.back() != ' ' && line.back() != '(') line += ' ';
            ++at;
        } else {
            if ((c == ')' || c == ',') && !line.empty() && line.back() == ' ') line.pop_back();
            line += c;
            ++at;
        }
    }
    while (line.ends_with(' ')) line.pop_back();
    return line;
}

// The statements, each in one line. A trigger has statements within.
[[nodiscard]] std::vector<std::string> statements_of(std::string_view sql) {
    std::vector<std::string> statements;
    std::string statement;
    const auto add_up_to = [&](std::size_t begin, std::size_t end) {
        statement += (statement.empty() ? "" : "; ") + in_one_line(sql.substr(begin, end - begin));
        if (statement.starts_with("CREATE TRIGGER") && !statement.ends_with("END")) return;
        if (!statement.empty()) statements.push_back(std::move(statement));
        statement.clear();
    };
    std::size_t begin = 0;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] == '\'') at = quote_end(sql, at) - 1;
        if (sql.substr(at).starts_with("--")) at = std::min(sql.find('\n', at), sql.size() - 1);
        if (sql[at] != ';') continue;
        add_up_to(begin, at);
        begin = at + 1;
    }
    return statements;
}

//--- Expressions

using CallArguments = std::vector<std::string>;

[[noreturn]] void refuse_call(std::string_view name, const CallArguments& arguments) {
    throw Error::refused(ErrorCode::bad_sql,
                         std::string(name) + "(" + (arguments.empty() ? "" : arguments[0]),
                         "a call that has a translation for PostgreSQL");
}

[[nodiscard]] bool is_column(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_word_character(c) || c == '.'; });
}

// A condition that is a column of 0 and 1 is one of its own in SQLite.
[[nodiscard]] std::string condition_of(const std::string& text) {
    return is_column(text) ? text + " <> 0" : text;
}

[[nodiscard]] std::string call_text(std::string_view name, const CallArguments& arguments) {
    std::string text = std::string(name) + "(";
    for (const std::string& argument : arguments)
        text += (&argument == arguments.data() ? "" : ", ") + argument;
    return text + ")";
}

[[nodiscard]] std::string printf_call(const CallArguments& arguments) {
    if (is_column(arguments[0])) return call_text("printf", arguments);
    if (arguments[0] == "'.%06dZ'") return "''";  // the fraction, which the time before it has already
    if (arguments[0] == "'%s-%02d'")
        return "(" + arguments[1] + " || '-' || lpad((" + arguments[2] + ")::text, 2, '0'))";
    if (arguments[0] == "'%s-Q%d'") return "(" + arguments[1] + " || '-Q' || (" + arguments[2] + ")::text)";
    if (arguments[0].starts_with("'%d%0") && arguments[0].ends_with("d'")) {
        const std::string width = arguments[0].substr(5, arguments[0].size() - 7);
        return "((" + arguments[1] + ")::text || lpad((" + arguments[2] + ")::text, " + width + ", '0'))";
    }
    refuse_call("printf", arguments);
}

// A place counted from the end, or one that is computed, which is a bigint there.
[[nodiscard]] std::string substr_call(const CallArguments& arguments) {
    if (arguments[1].starts_with('-'))
        return "right(" + arguments[0] + ", (" + arguments[1].substr(1) + ")::integer)";
    CallArguments cast = arguments;
    if (cast.size() == 3 && !std::isdigit(static_cast<unsigned char>(cast[2].front())))
        cast[2] = "(" + cast[2] + ")::integer";
    return call_text("substr", cast);
}

[[nodiscard]] std::string time_call(const CallArguments& arguments) {
    constexpr std::string_view seconds = " / 1000000";
    if (arguments.size() != 3 || !arguments[1].ends_with(seconds)) refuse_call("strftime", arguments);
    return "to_char(" + arguments[1].substr(0, arguments[1].size() - seconds.size()) +
           " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
}

// date(DAY, '+8 days')
[[nodiscard]] std::string day_call(const CallArguments& arguments) {
    if (arguments.size() != 2 || !arguments[1].starts_with("'+")) refuse_call("date", arguments);
    return "day_after(" + arguments[0] + ", " + arguments[1].substr(2, arguments[1].find(' ') - 2) + ")";
}

[[nodiscard]] std::string cast_call(const CallArguments& arguments) {
    std::string text = call_text("CAST", arguments);
    replace_each(text, " AS INTEGER)", " AS bigint)");
    return text;
}

[[nodiscard]] std::string sum_call(const CallArguments& arguments) {
    // Of conditions it counts. Of numbers it is numeric in PostgreSQL, and fails beyond 64 bits as in SQLite.
    if (arguments[0].ends_with(" IS NULL")) return "count(*) FILTER (WHERE " + arguments[0] + ")";
    return "sum(" + arguments[0] + ")::bigint";
}

struct CallTranslation {
    std::string_view name;
    std::string (*text)(const CallArguments& arguments);
};

constexpr std::array<CallTranslation, 10> call_translations{{
    {"iif",
     [](const CallArguments& a) {
         return "(CASE WHEN " + condition_of(a[0]) + " THEN " + a[1] + " ELSE " + a[2] + " END)";
     }},
    {"printf", printf_call},
    {"substr", substr_call},
    {"strftime", time_call},
    {"date", day_call},
    {"instr", [](const CallArguments& a) { return call_text("strpos", a); }},
    {"hex", [](const CallArguments& a) { return "encode(" + a[0] + ", 'hex')"; }},
    {"min", [](const CallArguments& a) { return call_text(a.size() > 1 ? "least" : "min", a); }},
    {"sum", sum_call},
    {"CAST", cast_call},
}};

[[nodiscard]] std::string translated(std::string_view sql);

[[nodiscard]] std::string translated_call(std::string_view name, std::string_view inside) {
    const auto known = std::ranges::find(call_translations, name, &CallTranslation::name);
    if (known == call_translations.end()) return std::string(name) + "(" + translated(inside) + ")";
    CallArguments arguments;
    for (const std::string& part : parts_at_commas(inside)) arguments.push_back(translated(part));
    return known->text(arguments);
}

// SQLite reads a piece of text as a number where it is part of a sum or a product.
[[nodiscard]] bool is_part_of_sum(std::string_view before, std::string_view after) {
    return before.ends_with(" * ") || after.starts_with(" + ") || after.starts_with(" - ");
}

// Calls with their translations, from the innermost out.
[[nodiscard]] std::string translated(std::string_view sql) {
    std::string text;
    for (std::size_t at = 0; at < sql.size();) {
        if (sql[at] == '\'') {
            const std::size_t end = quote_end(sql, at);
            text += sql.substr(at, end - at);
            at = end;
            continue;
        }
        std::size_t end = at;
        while (end < sql.size() && is_word_character(sql[end])) ++end;
        if (end < sql.size() && sql[end] == '(') {
            const std::size_t close = closing(sql, end);
            const std::string_view name = sql.substr(at, end - at);
            const std::string_view inside = sql.substr(end + 1, close - end - 1);
            const bool as_number = name == "substr" && is_part_of_sum(text, sql.substr(close + 1));
            text += translated_call(name, inside);
            if (as_number) text += "::bigint";
            if (inside.starts_with("VALUES ")) text += " AS listed";
            at = close + 1;
            continue;
        }
        end = std::max(end, at + 1);
        text += sql.substr(at, end - at);
        at = end;
    }
    return text;
}

// The patterns of GLOB as regular expressions.
void translate_globs(std::string& text) {
    for (std::size_t at = text.find(" GLOB '"); at != std::string::npos; at = text.find(" GLOB '", at)) {
        const std::size_t open = at + 6;
        const std::size_t end = quote_end(text, open);
        std::string pattern = "'^";
        for (const char c : text.substr(open + 1, end - open - 2)) {
            if (c == '*' || c == '?') pattern += '.';
            if (c != '?') pattern += c;
        }
        const bool negated = text.substr(0, at).ends_with(" NOT");
        const std::size_t begin = negated ? at - 4 : at;
        text.replace(begin, end - begin, (negated ? " !~ " : " ~ ") + pattern + "$'");
    }
}

// Where SQLite takes a truth for a number, or has a function of its own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> rewordings{{
    {"NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = st.entry) AS stands",
     "(NOT EXISTS (SELECT 1 FROM withdrawn_now w WHERE w.entry = st.entry))::integer::bigint AS stands"},
    {"CASE WHEN e.kind <> 'retraction' THEN NOT EXISTS", "(CASE WHEN e.kind <> 'retraction' THEN NOT EXISTS"},
    {" THEN 1 ELSE e.entry NOT IN (SELECT k.entry FROM retractions_known k WHERE k.known_to = @END AND NOT "
     "k.stands) END AS "
     "stands",
     " THEN true ELSE e.entry NOT IN (SELECT k.entry FROM retractions_known k WHERE k.known_to = @END AND "
     "k.stands = 0) "
     "END)::integer::bigint AS stands"},
    {" FROM retractions_known k WHERE k.stands", " FROM retractions_known k WHERE k.stands <> 0"},
    {"JOIN json_each(e.body, '$.attributes') a",
     "JOIN LATERAL jsonb_each_text(e.body::jsonb -> 'attributes') AS a(key, value) ON true"},
    // These hand a declared type on, which PostgreSQL does by itself.
    {" UNION ALL SELECT minor FROM inflow typed WHERE 0)", ")"},
    {"(SELECT minor FROM inflow typed WHERE 0 UNION ALL SELECT ", "("},
    {" BETWEEN 0 AND @END", " BETWEEN timestamptz '1970-01-01 00:00:00+00' AND @END"},
}};

[[nodiscard]] std::string expression_of(std::string_view sql) {
    std::string text(sql);
    replace_each(text, std::to_string(end_of_time), "@END");
    for (const auto& [from, to] : rewordings) replace_each(text, from, to);
    translate_globs(text);
    text = translated(text);
    return with_end(std::move(text));
}

//--- Statements

constexpr std::array<std::string_view, 3> times{"recorded", "known_from", "known_to"};
// Views that others cannot compute as SQLite does.
constexpr std::string_view kept_view = "retractions_known";

// Whether a condition asks for the type of a value, which PostgreSQL's columns do by themselves.
[[nodiscard]] bool is_of_type(std::string_view condition) {
    return condition.find("typeof(") != std::string_view::npos ||
           condition.find(" < x''") != std::string_view::npos;
}

// Takes such conditions off what follows a column's type.
void remove_type_checks(std::string& rest) {
    constexpr std::string_view check = " CHECK (";
    for (std::size_t at = rest.find(check); at != std::string::npos;) {
        const std::size_t end = closing(rest, at + check.size() - 1) + 1;
        const bool removed = is_of_type(std::string_view(rest).substr(at, end - at));
        if (removed) rest.erase(at, end - at);
        at = rest.find(check, removed ? at : end);
    }
}

// `NAME TYPE REST` of a column; adds the column, and its key to those of the table.
void add_column(PostgresTable& table, const std::string& item) {
    const std::size_t blank = item.find(' ');
    const std::string name = item.substr(0, blank);
    std::string rest = item.substr(blank + 1);
    std::string type = rest.substr(0, rest.find(' '));
    rest = rest.substr(std::min(type.size(), rest.size()));
    const bool is_time = std::ranges::find(times, name) != times.end();
    if (type.find("INT") != std::string::npos) {
        type = is_time ? "timestamptz" : "bigint";
    } else if (type == "TEXT") {
        type = "text COLLATE \"C\"";
    } else if (type == "BLOB") {
        type = "bytea";
    } else {
        throw Error::refused(ErrorCode::bad_sql, item, "a column of type INTEGER, TEXT or BLOB");
    }
    if (const std::size_t at = rest.find(" PRIMARY KEY"); at != std::string::npos) {
        table.keys.push_back("PRIMARY KEY (" + name + ")");
        rest.erase(at, 12);
    }
    if (const std::size_t at = rest.find(" GENERATED ALWAYS AS "); at != std::string::npos) rest.erase(at);
    constexpr std::string_view references = " REFERENCES ";
    if (const std::size_t at = rest.find(references); at != std::string::npos) {
        const std::size_t target = at + references.size();
        table.references.push_back({name, rest.substr(target, rest.find(' ', target) - target)});
        const std::size_t check = rest.find(" CHECK ", at);
        rest.erase(at, check == std::string::npos ? std::string::npos : check - at);
    }
    remove_type_checks(rest);
    table.items.push_back(name + " " + type + expression_of(rest));
}

[[nodiscard]] PostgresTable postgres_table(const std::string& statement) {
    const std::size_t open = statement.find('(');
    PostgresTable table;
    table.name = statement.substr(13, open - 14);
    for (const std::string& item :
         parts_at_commas(std::string_view(statement).substr(open + 1, closing(statement, open) - open - 1))) {
        if (item.starts_with("PRIMARY KEY") || item.starts_with("UNIQUE")) {
            table.keys.push_back(item);
        } else if (item.starts_with("CHECK") && is_of_type(item)) {
            continue;
        } else if (item.starts_with("CHECK")) {
            table.items.push_back(expression_of(item));
        } else {
            add_column(table, item);
        }
    }
    return table;
}

// The table whose rows a trigger keeps from being changed; empty of another trigger.
[[nodiscard]] std::string kept_from_change(const std::string& trigger) {
    constexpr std::string_view form = "_no_update BEFORE UPDATE ON ";
    const std::size_t at = trigger.find(form);
    if (at == std::string::npos) return {};
    return trigger.substr(at + form.size(), trigger.find(' ', at + form.size()) - at - form.size());
}

// They only serve the ledger to find an id, and what a corrected source touches; a server has an index and
// joins for that.
constexpr std::array<std::string_view, 2> finding_tables{"entry_by_id", "source_subject"};

}  // namespace

PostgresSchema postgres_schema(std::string_view migration) {
    PostgresSchema schema;
    for (const std::string& statement : statements_of(migration)) {
        if (statement.starts_with("CREATE TABLE ")) {
            PostgresTable table = postgres_table(statement);
            if (std::ranges::find(finding_tables, table.name) == finding_tables.end())
                schema.tables.push_back(std::move(table));
        } else if (statement.starts_with("CREATE INDEX ") || statement.starts_with("CREATE UNIQUE INDEX ")) {
            schema.indexes.push_back(expression_of(statement));
        } else if (statement.starts_with("CREATE TRIGGER ")) {
            const auto table =
                std::ranges::find(schema.tables, kept_from_change(statement), &PostgresTable::name);
            if (table != schema.tables.end()) table->append_only = true;
        } else if (statement.starts_with("CREATE VIEW " + std::string(kept_view) + " ")) {
            schema.tables.push_back(
                {.name = std::string(kept_view),
                 .items = {"entry bigint NOT NULL", "stands bigint NOT NULL",
                           "known_from timestamptz NOT NULL", "known_to timestamptz NOT NULL"},
                 .keys = {"PRIMARY KEY (entry, known_from)"}});
        } else if (statement.starts_with("CREATE VIEW ")) {
            schema.views.push_back(expression_of(statement));
        } else if (!statement.starts_with("INSERT INTO ")) {
            throw Error::refused(ErrorCode::bad_sql, statement,
                                 "a table, an index, a trigger, a view or rows");
        }
    }
    return schema;
}

std::string_view postgres_functions() noexcept {
    return R"(-- Money as exact text: the format is that of currency_unit.
CREATE FUNCTION printf(format text, whole bigint, rest bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN format = '%d' THEN whole::text
            ELSE whole::text || '.' || lpad(rest::text, substr(format, 6, 1)::integer, '0') END $$;
-- The day so many days after another one.
CREATE FUNCTION day_after(day text, days integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT to_char(make_date(substr(day, 1, 4)::integer, substr(day, 6, 2)::integer, substr(day, 9, 2)::integer) + days,
               'YYYY-MM-DD') $$;
)";
}

}  // namespace postmoney::detail
