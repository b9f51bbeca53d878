// What of a file's schema is whose: the library's, by its migrations; the user's, by its name; or neither's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/migrations.hpp"
#include "sql/sqlite_api.hpp"

namespace postmoney::detail {

struct SchemaObject {
    std::string type;  // table, view, index or trigger
    std::string name;
    std::string table;  // of an index or a trigger: its table
    std::string sql;    // as the file has it

    // For people: `table "my_notes"`.
    [[nodiscard]] std::string to_string() const;
};

// Whether the name is one of the user's: it begins with `my_`, in letters of either size.
[[nodiscard]] bool is_user_name(std::string_view name);

// The objects of the user, in the order in which they were made. These are tables, views and tables of
// full-text search of such a name, what belongs to them, and plain indexes of such a name on the library's
// tables: neither unique nor partial, on columns and in an order that SQLite itself has. Triggers are never
// among them.
[[nodiscard]] std::vector<SchemaObject> user_objects(sqlite3* database);

// The first object that is neither the user's nor of the migrations: tables come before views, triggers and
// indexes. A trigger or a view needs its whole text in the migrations, because these act by themselves; a
// table or an index only its beginning, because later migrations may alter it.
[[nodiscard]] std::optional<SchemaObject> foreign_object(sqlite3* database, std::span<const Migration> known);

// Whether the migrations make an object of this type and name, with whatever text.
[[nodiscard]] bool has_object(std::span<const Migration> known, std::string_view type, std::string_view name);

}  // namespace postmoney::detail
