#include "export/postgres_distribution.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "export/sql_text.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

// What all companies need. The entries behind some of them are of no party, and lie apart.
constexpr std::array<std::string_view, 17> reference_tables{
    "chain",        "ledger",         "party",         "source",     "market_total",     "fx_rate",
    "currency",     "retraction",     "withdrawn",     "party_name", "party_union",      "party_identifier",
    "ledger_total", "outranked_rate", "currency_unit", "parity",     "retractions_known"};

// The one public view that others join, by home as well.
constexpr std::string_view joined_view = "stated";

// What reference tables keep of their entries.
struct KeptOfEntry {
    std::string_view table;
    std::string_view name;
    std::string_view type;
    std::string_view of_entry;
};
constexpr std::array<KeptOfEntry, 3> kept_of_entries{
    {{"source", "recorded", "timestamptz NOT NULL", "recorded"},
     {"source", "entry_id", "bytea NOT NULL", "id"},
     {"fx_rate", "source", "bigint", "source"}}};

// Where views ask entries for that.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> local_words{{
    {" FROM source o JOIN entry oe ON oe.entry = o.entry", " FROM source o"},
    {" ORDER BY oe.recorded DESC, oe.id DESC", " ORDER BY o.recorded DESC, o.entry_id DESC"},
    {"(SELECT s.id FROM entry e JOIN source s ON s.entry = e.source WHERE e.entry = f.entry)",
     "(SELECT s.id FROM source s WHERE s.entry = f.source)"},
    {" AS recorded, e.id FROM party root ", " AS recorded, e.id, e.home FROM party root "},
    // A claim is known from when it was recorded, and again from each time at which it came back.
    {"JOIN (SELECT entry, recorded AS known_from FROM entry UNION ALL SELECT entry, known_to FROM withdrawn "
     "WHERE "
     "known_to < @END) b ON b.entry = st.entry",
     "JOIN LATERAL (SELECT st.recorded AS known_from UNION ALL SELECT w.known_to FROM withdrawn w WHERE "
     "w.entry = "
     "st.entry AND w.known_to < @END) b ON true"},
}};

[[nodiscard]] bool is_reference_table(std::string_view name) {
    return std::ranges::find(reference_tables, name) != reference_tables.end();
}

[[nodiscard]] bool has_column(const PostgresTable& table, std::string_view name) {
    return std::ranges::any_of(table.items, [&](const std::string& item) {
        return item.starts_with(name) && item.substr(name.size()).starts_with(' ');
    });
}

void add_columns(PostgresTable& table) {
    const auto of_entry = [&](std::string_view column) {
        return "(SELECT e." + std::string(column) + " FROM entry e WHERE e.entry = " + table.name + ".entry)";
    };
    std::vector<std::string> items;
    if (!is_reference_table(table.name)) {
        if (table.name == "entry") {
            table.added.push_back({"home", "party"});
        } else if (has_column(table, "company")) {
            table.added.push_back({"home", "company"});
        } else if (has_column(table, "entry")) {
            table.added.push_back({"home", of_entry("party")});
        } else {
            throw Error::refused(ErrorCode::bad_sql, table.name,
                                 "a table whose rows are of a company or an entry");
        }
        items.emplace_back("home bigint NOT NULL");
    }
    for (const KeptOfEntry& kept : kept_of_entries) {
        if (kept.table != table.name) continue;
        table.added.push_back({std::string(kept.name), of_entry(kept.of_entry)});
        items.push_back(std::string(kept.name) + " " + std::string(kept.type));
        if (kept.name == "source") table.references.push_back({"source", "entry"});
    }
    table.items.insert(table.items.begin(), items.begin(), items.end());
}

void begin_with_home(std::string& key) {
    key.insert(key.find('(') + 1, "home, ");
}

//--- Joins of views

// A table in FROM.
struct TableUse {
    std::string_view alias;
    std::size_t end = 0;  // behind the alias
};

class LocalJoins {
  public:
    explicit LocalJoins(const PostgresSchema& schema) : schema_(&schema) {}

    // The text with conditions on homes: of each table that lies by company the home is that of the first
    // such table, or `anchor`'s where the query is asked for each row of another one.
    [[nodiscard]] std::string query(std::string_view text, std::string_view anchor) const {
        std::string local;
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(find_outside(text, " UNION ALL ", begin), text.size());
            local += select(text.substr(begin, end - begin), anchor);
            begin = std::min(end + std::string_view(" UNION ALL ").size(), text.size());
            if (end < text.size()) local += " UNION ALL ";
        }
        return local;
    }

  private:
    [[nodiscard]] bool lies_by_company(std::string_view name) const {
        if (name == joined_view) return true;
        const auto table = std::ranges::find(schema_->tables, name, &PostgresTable::name);
        return table != schema_->tables.end() && table->lies_by_company();
    }

    // The tables in FROM that lie by company.
    [[nodiscard]] std::vector<TableUse> uses(std::string_view text) const {
        std::vector<TableUse> found;
        for (const std::string_view word : {" FROM ", " JOIN "}) {
            for (std::size_t at = find_outside(text, word, 0); at < text.size();
                 at = find_outside(text, word, at + 1)) {
                const std::size_t name = at + word.size();
                const std::size_t name_end = std::min(text.find_first_of(" ,)", name), text.size());
                if (!lies_by_company(text.substr(name, name_end - name))) continue;
                if (name_end == text.size())
                    throw Error::refused(ErrorCode::bad_sql, text.substr(name), "a table with an alias");
                const std::size_t end = std::min(text.find_first_of(" ,)", name_end + 1), text.size());
                found.push_back({text.substr(name_end + 1, end - name_end - 1), end});
            }
        }
        std::ranges::sort(found, {}, &TableUse::end);
        return found;
    }

    [[nodiscard]] std::string select(std::string_view text, std::string_view outer) const {
        const std::vector<TableUse> tables = uses(text);
        const std::string_view anchor = !outer.empty() || tables.empty() ? outer : tables.front().alias;
        std::map<std::size_t, std::string> conditions;  // by where they come into the text
        for (const TableUse& table : tables) {
            if (table.alias == anchor) continue;
            // The first table of a query within another one has its condition in WHERE.
            const std::string_view word = &table == tables.data() ? " WHERE " : " ON ";
            const std::size_t at = find_outside(text, word, table.end);
            if (at == std::string_view::npos)
                throw Error::refused(ErrorCode::bad_sql, text.substr(0, 80), "a join with a condition");
            conditions[at + word.size()] +=
                std::string(table.alias) + ".home = " + std::string(anchor) + ".home AND ";
        }
        std::string local;
        std::size_t done = 0;
        for (const auto& [at, condition] : conditions) {
            local += within(text.substr(done, at - done), anchor) + condition;
            done = at;
        }
        return local + within(text.substr(done), anchor);
    }

    // What stands in parentheses.
    [[nodiscard]] std::string within(std::string_view text, std::string_view anchor) const {
        std::string local;
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == '\'') {
                const std::size_t end = quote_end(text, at);
                local += text.substr(at, end - at);
                at = end;
            } else if (text[at] == '(') {
                const std::size_t close = closing(text, at);
                const std::string_view inside = text.substr(at + 1, close - at - 1);
                const bool is_table = local.ends_with(" FROM ") || local.ends_with(" JOIN ");
                local += "(" +
                         (inside.starts_with("SELECT ") ? query(inside, is_table ? "" : anchor)
                                                        : within(inside, anchor)) +
                         ")";
                at = close + 1;
            } else {
                local += text[at++];
            }
        }
        return local;
    }

    const PostgresSchema* schema_;
};

}  // namespace

void lay_out(PostgresSchema& schema) {
    for (PostgresTable& table : schema.tables) {
        add_columns(table);
        if (!table.lies_by_company()) continue;
        for (std::string& key : table.keys) begin_with_home(key);
    }
    // What keys of the file find, and those that begin with the company do not.
    for (const char* index : {"entry_number ON entry (entry)", "entry_place ON entry (chain, seq)",
                              "entry_id ON entry (id)", "repeat_place ON repeat (chain, seq)",
                              "round_handle ON round (handle)", "party_name_party ON party_name (party)"})
        schema.indexes.push_back("CREATE INDEX " + std::string(index));
    const LocalJoins local(schema);
    for (std::string& view : schema.views) {
        for (const auto& [from, to] : local_words)
            replace_each(view, with_end(std::string(from)), with_end(std::string(to)));
        const std::size_t query = view.find(" AS ") + 4;
        view = view.substr(0, query) + local.query(std::string_view(view).substr(query), "");
    }
}

std::vector<std::string> foreign_keys(const PostgresSchema& schema, const PostgresTable& table) {
    std::vector<std::string> keys;
    for (const auto& [column, named] : table.references) {
        if (column == "target") continue;  // may be of another company
        std::string target = named;
        if (column == "source" || column == "first_entry")
            target = table.name == "outranked_rate" ? "fx_rate" : "source";
        if (column == "superseded_retraction") target = "retraction";
        const auto there = std::ranges::find(schema.tables, target, &PostgresTable::name);
        const bool by_company = there != schema.tables.end() && there->lies_by_company();
        if (by_company && !table.lies_by_company()) continue;
        const std::string home = by_company ? "home, " : "";
        const std::string key = target == named ? named : "entry";
        keys.push_back(table.name + "_" + column + "_reference FOREIGN KEY (" + home + column +
                       ") REFERENCES " + target + " (" + home + key + ") DEFERRABLE");
    }
    return keys;
}

std::string distribution_script(const PostgresSchema& schema) {
    std::string script =
        "-- For Citus, which load.sql runs with -v citus=1: what belongs to a company lies with it, the rest "
        "on\n"
        "-- every node. Nobody has tried it.\n"
        "CREATE EXTENSION IF NOT EXISTS citus;\n"
        "SET LOCAL citus.multi_shard_modify_mode = 'sequential';\n";
    std::string first;
    for (const PostgresTable& table : schema.tables) {
        if (!table.lies_by_company()) {
            script += "SELECT create_reference_table('" + table.name + "');\n";
            continue;
        }
        script += "SELECT create_distributed_table('" + table.name + "', 'home'" +
                  (first.empty() ? "" : ", colocate_with => '" + first + "'") + ");\n";
        if (first.empty()) first = table.name;
    }
    return script;
}

}  // namespace postmoney::detail
