#include "sql/schema_objects.hpp"

#include <algorithm>
#include <array>

#include "sql/statement.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// The module of a virtual table. SQLite keeps the statement as `CREATE VIRTUAL TABLE `, the name as it was
// written, and the rest.
[[nodiscard]] std::string module_of(std::string_view sql) {
    constexpr std::string_view begin = "CREATE VIRTUAL TABLE ";
    sql.remove_prefix(std::min(begin.size(), sql.size()));
    if (sql.empty()) return {};
    const std::size_t quote = std::string_view("\"'`[").find(sql.front());
    const std::size_t end =
        quote == std::string_view::npos ? sql.find_first_of(" \t\n") : sql.find("\"'`]"[quote], 1) + 1;
    std::string words = lower(sql.substr(std::min(end, sql.size())));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    const std::size_t word = words.find_first_not_of(' ');
    constexpr std::string_view key = "using ";
    if (word == std::string::npos || words.compare(word, key.size(), key) != 0) return {};
    const std::size_t module = words.find_first_not_of(' ', word + key.size());
    return module == std::string::npos ? ""
                                       : words.substr(module, words.find_first_of(" (", module) - module);
}

[[nodiscard]] bool is_user_table(const SchemaObject& object) {
    if (!is_user_name(object.name)) return false;
    if (!object.sql.starts_with("CREATE VIRTUAL")) return true;
    constexpr std::array<std::string_view, 4> of_full_text_search{"fts3", "fts4", "fts5", "fts5vocab"};
    return std::ranges::find(of_full_text_search, module_of(object.sql)) != of_full_text_search.end();
}

// An index that SQLite can keep up by itself, and that refuses no row.
[[nodiscard]] bool is_plain_index(sqlite3* database, const SchemaObject& index) {
    Statement list(database, "SELECT \"unique\" OR partial FROM pragma_index_list(?1) WHERE name = ?2");
    list.bind(std::string_view(index.table), std::string_view(index.name));
    if (!list.step() || list.integer(0) != 0) return false;
    Statement columns(
        database,
        "SELECT 1 FROM pragma_index_xinfo(?1) WHERE cid = -2 OR coll NOT IN ('BINARY', 'NOCASE', "
        "'RTRIM')");
    columns.bind(std::string_view(index.name));
    return !columns.step();
}

[[nodiscard]] bool is_of_user(sqlite3* database, const SchemaObject& object) {
    // SQLite makes it for the first table with AUTOINCREMENT, which is none of ours.
    if (object.name == "sqlite_sequence") return true;
    if (object.type == "table") return is_user_table(object);
    if (object.type == "view") return is_user_name(object.name);
    if (object.type != "index") return false;
    return is_user_name(object.table) || (is_user_name(object.name) && is_plain_index(database, object));
}

// The text that a migration must contain for the object to be ours.
[[nodiscard]] std::string words_of(const SchemaObject& object) {
    if (object.type == "table") return "CREATE TABLE " + object.name + " (";
    if (object.type == "index") return "INDEX " + object.name + " ON ";
    return object.sql;
}

[[nodiscard]] int rank_of(std::string_view type) {
    constexpr std::array<std::string_view, 4> order{"table", "view", "trigger", "index"};
    return static_cast<int>(std::ranges::find(order, type) - order.begin());
}

// The objects with a statement of their own of which the condition is true, in the order in which they were
// made; without the tables of statistics.
[[nodiscard]] std::vector<SchemaObject> objects_in(sqlite3* database, const std::string& condition) {
    std::vector<SchemaObject> objects;
    Statement rows(
        database,
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND NOT (type = "
        "'table' AND name GLOB 'sqlite_stat*') AND (" +
            condition + ") ORDER BY rowid");
    while (rows.step()) {
        objects.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                           std::string(rows.text(3))});
    }
    return objects;
}

}  // namespace

std::string SchemaObject::to_string() const {
    return type + " " + detail::quoted(name);
}

bool is_user_name(std::string_view name) {
    return lower(name.substr(0, 3)) == "my_";
}

std::vector<SchemaObject> user_objects(sqlite3* database) {
    std::vector<SchemaObject> objects =
        objects_in(database,
                   "lower(substr(name, 1, 3)) = 'my_' OR lower(substr(tbl_name, 1, 3)) = 'my_' OR name = "
                   "'sqlite_sequence'");
    std::erase_if(objects, [&](const SchemaObject& object) { return !is_of_user(database, object); });
    return objects;
}

std::optional<SchemaObject> foreign_object(sqlite3* database, std::span<const Migration> known) {
    std::optional<SchemaObject> first;
    // Objects come in the order in which migrations create them, so each is found just ahead of the one
    // before.
    std::vector<std::size_t> ahead(known.size(), 0);
    for (SchemaObject& object : objects_in(database, "1")) {
        const std::string words = words_of(object);
        bool ours = false;
        for (std::size_t i = 0; i < known.size() && !ours; ++i) {
            std::size_t at = known[i].sql.find(words, ahead[i]);
            if (at == std::string_view::npos) at = known[i].sql.find(words);
            ours = at != std::string_view::npos;
            if (ours) ahead[i] = at;
        }
        if (ours || is_of_user(database, object)) continue;
        if (!first || rank_of(object.type) < rank_of(first->type)) first = std::move(object);
    }
    return first;
}

bool has_object(std::span<const Migration> known, std::string_view type, std::string_view name) {
    std::string begin = "CREATE " + std::string(type) + " ";
    std::transform(begin.begin(), begin.end(), begin.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return std::ranges::any_of(known, [&](const Migration& migration) {
        return migration.sql.find(begin + std::string(name) + " ") != std::string_view::npos;
    });
}

}  // namespace postmoney::detail
