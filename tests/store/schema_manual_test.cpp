// schema/README.md is the manual of the file. It describes every table, view and column correctly, and its
// example rows are real.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>

#include "fixtures.hpp"
#include "generated_ledger.hpp"

using namespace store_test;

namespace {

struct Column {
    std::string name;
    std::string type;
    std::string null;
    std::string meaning;
    std::string example;
};
using Manual = std::map<std::string, std::vector<Column>>;

// The cells of "| a | b |"; an escaped bar does not end a cell.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cell += line[++i];
        } else if (line[i] == '|') {
            const std::size_t first = cell.find_first_not_of(' ');
            const std::size_t last = cell.find_last_not_of(' ');
            cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

// The sections of one part, such as "## Views", by their names.
Manual part_of(const std::string& manual, const std::string& heading) {
    Manual part;
    std::string section;
    bool inside = false;
    std::istringstream lines(manual);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("## ")) inside = line == heading;
        if (!inside) continue;
        if (line.starts_with("### ")) {
            section = line.substr(4);
            part[section];
        }
        if (!line.starts_with("| ") || line.starts_with("| column |")) continue;
        const std::vector<std::string> cells = cells_of(line);
        REQUIRE_MESSAGE(cells.size() == 5, line);
        part[section].push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
    }
    return part;
}

const std::string& manual() {
    static const std::string text = read_file(POSTMONEY_SOURCE_DIR "/schema/README.md");
    return text;
}

std::vector<std::string> names_of(const Manual& part) {
    std::vector<std::string> names;
    for (const auto& section : part) names.push_back(section.first);
    return names;
}

// What the other ledgers have none of.
constexpr std::string_view marks_and_rates =
    R"({"kind":"valuation","company":"Acme","amount":"9 million USD","basis":"mark","on":"2024-06"}
{"kind":"valuation","company":"Acme","amount":"3 million USD","basis":"409a","on":"2024"}
{"kind":"fx_rate","base":"EUR","quote":"GBP","on":"2024-06-05","rate":"0.85"}
{"kind":"source","id":"bank","type":"database"}
{"kind":"fx_rate","base":"EUR","quote":"GBP","on":"2024-06-05","rate":"0.85048","source":"bank"}
)";

// Ledgers that together have a row in every table and view.
class Ledgers {
  public:
    Ledgers() {
        fill("xai.db", read_file(POSTMONEY_EXAMPLES_DIR "/xai.facts.jsonl"), "2025-01-02T08:00:00Z");
        fill("every.db", every_table, "");
        fill("marks.db", marks_and_rates, "");
        fill("generated.db", FactsGenerator(7).facts(20), "");
    }
    [[nodiscard]] std::vector<std::unique_ptr<Sql>>& all() { return all_; }
    [[nodiscard]] Sql& schema() { return *all_.front(); }

  private:
    void fill(const std::string& name, std::string_view facts, std::string_view recorded) {
        Ledger ledger = Ledger::open(folder_ / name, options(Ledger::Access::create, "2025-06-01T00:00:00Z"));
        apply_text(ledger, facts, recorded);
        all_.push_back(std::make_unique<Sql>(folder_ / name));
    }

    TempFolder folder_;
    std::vector<std::unique_ptr<Sql>> all_;
};

Ledgers& ledgers() {
    static Ledgers all;
    return all;
}

// The type of the values of a declared type.
std::string stored_type(const std::string& declared) {
    return declared == "BIGINT" ? "INTEGER" : declared;
}

// The SQL condition that a row is the example. An empty cell matches anything, and "…" stands for the rest of
// a text.
std::string condition(const std::vector<Column>& columns) {
    const std::string ellipsis = "\u2026";
    std::string sql = "1";
    for (const Column& column : columns) {
        std::string text = column.example;
        if (text.empty()) continue;
        const std::string cell = "iif(typeof(\"" + column.name + "\") = 'blob', lower(hex(\"" + column.name +
                                 "\")), CAST(\"" + column.name + "\" AS TEXT))";
        if (text == "NULL") {
            sql += " AND \"" + column.name + "\" IS NULL";
            continue;
        }
        REQUIRE(text.front() == '`');
        text = text.substr(1, text.size() - 2);
        const bool cut = text.ends_with(ellipsis);
        if (cut) text.resize(text.size() - ellipsis.size());
        std::string quoted = "'";
        for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
        quoted += "'";
        sql += cut ? " AND substr(" + cell + ", 1, length(" + quoted + ")) = " + quoted
                   : " AND " + cell + " = " + quoted;
    }
    return sql;
}

void check_columns(const std::string& name, const std::vector<Column>& columns, bool is_view) {
    std::vector<std::string> documented;
    for (const Column& column : columns) documented.push_back(column.name);
    CHECK_MESSAGE(
        documented == ledgers().schema().rows("SELECT name FROM pragma_table_xinfo('" + name + "')"), name);
    for (const Column& column : columns) {
        const std::string place = name + "." + column.name;
        CHECK_MESSAGE(!column.meaning.empty(), place);
        const std::string declared = ledgers().schema().cell("SELECT type FROM pragma_table_xinfo('" + name +
                                                             "') WHERE name = '" + column.name + "'");
        CHECK_MESSAGE((declared.empty() || declared == column.type), place);
        const std::string quoted = "\"" + column.name + "\"";
        for (const auto& sql : ledgers().all()) {
            for (const std::string& type :
                 sql->rows("SELECT DISTINCT upper(typeof(" + quoted + ")) FROM " + name)) {
                const bool allowed =
                    type == stored_type(column.type) || (type == "NULL" && column.null == "yes");
                CHECK_MESSAGE(allowed, (place + " has " + type));
            }
        }
        if (!is_view) {
            const std::string never = ledgers().schema().cell(
                "SELECT \"notnull\" OR (pk > 0 AND type = 'INTEGER') FROM pragma_table_xinfo('" + name +
                "') WHERE name = '" + column.name + "'");
            CHECK_MESSAGE(column.null == (never == "1" ? "no" : "yes"), place);
        }
    }
}

void check_part(const std::string& heading, bool is_view) {
    for (const auto& section : part_of(manual(), heading)) {
        const std::string& name = section.first;
        const std::vector<Column>& columns = section.second;
        check_columns(name, columns, is_view);
        const std::string example = condition(columns);
        bool found = example == "1";  // tables that only a merge fills have none
        for (const auto& sql : ledgers().all()) {
            found =
                found || sql->cell("SELECT EXISTS (SELECT 1 FROM " + name + " WHERE " + example + ")") == "1";
        }
        CHECK_MESSAGE(found, (name + ": no ledger has the example row"));
    }
}

}  // namespace

TEST_CASE("the manual names every table and every view, and no other") {
    std::vector<std::string> tables = names_of(part_of(manual(), "## Recorded tables"));
    const std::vector<std::string> derived = names_of(part_of(manual(), "## Derived tables"));
    tables.insert(tables.end(), derived.begin(), derived.end());
    std::sort(tables.begin(), tables.end());
    CHECK(tables == ledgers().schema().tables());
    CHECK(names_of(part_of(manual(), "## Views")) ==
          ledgers().schema().rows("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"));
}

TEST_CASE("the manual has every column of the recorded tables as it is") {
    check_part("## Recorded tables", false);
}
TEST_CASE("the manual has every column of the derived tables as it is") {
    check_part("## Derived tables", false);
}
TEST_CASE("the manual has every column of the views as it is") {
    check_part("## Views", true);
}

TEST_CASE("every column that holds money or can be beyond 32 bits is declared so that all readers see 64") {
    Sql& sql = ledgers().schema();
    std::size_t wide = 0;
    for (const std::string& name :
         sql.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")) {
        for (const std::string& column : sql.rows("SELECT name FROM pragma_table_xinfo('" + name + "')")) {
            const std::string place = name + "." + column;
            const std::string type =
                sql.cell("SELECT type FROM pragma_table_xinfo('" + name + "') WHERE name = '" + column + "'");
            bool found = column == "minor" || column.ends_with("_minor");
            for (const auto& ledger : ledgers().all()) {
                found = found ||
                        ledger->cell("SELECT coalesce(max(typeof(\"" + column + "\") = 'integer' AND \"" +
                                     column + "\" NOT BETWEEN -2147483648 AND 2147483647), 0) FROM " +
                                     name) == "1";
            }
            // The manual names them: their tables stay STRICT, and views show these times as text.
            if (place == "entry.recorded" || place == "repeat.recorded") found = false;
            if (found) CHECK_MESSAGE(type == "BIGINT", place);
            wide += static_cast<std::size_t>(type == "BIGINT");
        }
    }
    MESSAGE(wide, " columns of 64 bits");
}
