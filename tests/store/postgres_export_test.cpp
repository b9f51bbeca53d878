// The scripts for PostgreSQL, as far as they can be looked at without one: they have every table, column and
// view of the file, no type that rounds, and nothing that SQLite alone knows. tests/readers/postgres.py runs
// them.
#include "postmoney/export/postgres_export.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>

#include "export/postgres_distribution.hpp"
#include "export/postgres_homes.hpp"
#include "export/postgres_rows.hpp"
#include "export/postgres_schema.hpp"
#include "fixtures.hpp"
#include "merged_fixture.hpp"

using namespace store_test;

namespace {

std::vector<std::string> objects_of(const Ledger& ledger, const std::string& type) {
    return detail::first_column(ledger, "SELECT name FROM sqlite_schema WHERE type = '" + type +
                                            "' AND name NOT LIKE 'sqlite_%' ORDER BY name");
}

// The first words of texts of which each begins with `start`.
std::vector<std::string> named_in(const std::vector<std::string>& statements, const std::string& start) {
    std::vector<std::string> names;
    for (const std::string& statement : statements) {
        REQUIRE(statement.starts_with(start));
        names.push_back(statement.substr(start.size(), statement.find(' ', start.size()) - start.size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string translated_view(const std::string& select) {
    return detail::postgres_schema("CREATE VIEW v AS " + select + ";\n").views.at(0).substr(17);
}

}  // namespace

TEST_CASE("every table, column, index and view of the file is there") {
    const Ledger ledger = in_memory();
    const detail::PostgresSchema schema = detail::current_postgres_schema();
    std::vector<std::string> tables;
    for (const detail::PostgresTable& table : schema.tables) {
        CAPTURE(table.name);
        tables.push_back(table.name);
        if (table.name == "retractions_known") continue;  // a view of the file
        std::vector<std::string> columns;
        for (const std::string& item : table.items) {
            if (!item.starts_with("CHECK")) columns.push_back(item.substr(0, item.find(' ')));
        }
        // Those that say where the rows lie stand first.
        for (const detail::AddedColumn& added : table.added) {
            REQUIRE(columns.front() == added.name);
            columns.erase(columns.begin());
        }
        CHECK(columns ==
              detail::first_column(ledger, "SELECT name FROM pragma_table_xinfo('" + table.name + "')"));
        CHECK(table.keys.size() >= 1);
    }
    std::vector<std::string> views = named_in(schema.views, "CREATE VIEW ");
    views.emplace_back("retractions_known");
    std::sort(views.begin(), views.end());
    CHECK(views == objects_of(ledger, "view"));
    std::erase(tables, "retractions_known");
    std::sort(tables.begin(), tables.end());
    std::vector<std::string> expected = objects_of(ledger, "table");
    for (const char* only_finds : {"entry_by_id", "source_subject"})
        CHECK(std::erase(expected, only_finds) == 1);
    CHECK(tables == expected);
    CHECK(schema.indexes.size() == objects_of(ledger, "index").size() + 6);  // what keys find in the file
}

TEST_CASE("no column rounds, and nothing is left that SQLite alone knows") {
    const detail::PostgresSchema schema = detail::current_postgres_schema();
    const std::regex column("[a-z_0-9]+ (bigint|bytea|timestamptz|text COLLATE \"C\")( .*)?");
    const std::regex foreign(
        R"(\b(iif|strftime|instr|hex|json_each)[(]|\b(GLOB|INTEGER|BLOB|STRICT|WITHOUT|VIRTUAL|numeric|real|double)\b|@END|253402300799999999)");
    for (const detail::PostgresTable& table : schema.tables) {
        for (const std::string& item : table.items) {
            CAPTURE(item);
            CHECK((item.starts_with("CHECK (") || item == "entry bigint NOT NULL" ||
                   std::regex_match(item, column)));
            CHECK(!std::regex_search(item, foreign));
        }
    }
    for (const std::string& view : schema.views) {
        CAPTURE(view);
        CHECK(!std::regex_search(view, foreign));
    }
    const auto entry = std::ranges::find(schema.tables, "entry", &detail::PostgresTable::name);
    REQUIRE(entry != schema.tables.end());
    CHECK(entry->append_only);
    const auto inflow = std::ranges::find(schema.tables, "inflow", &detail::PostgresTable::name);
    REQUIRE(inflow != schema.tables.end());
    CHECK(!inflow->append_only);
}

TEST_CASE("SQL of SQLite is said in words of PostgreSQL") {
    struct Case {
        std::string sqlite;
        std::string postgres;
    };
    for (const Case& row : std::vector<Case>{
             {"SELECT iif(a IS NULL, NULL, 'x,(y')",
              "SELECT (CASE WHEN a IS NULL THEN NULL ELSE 'x,(y' END)"},
             {"SELECT iif(t.flag, 1, iif(b > 0, 2, 3))",
              "SELECT (CASE WHEN t.flag <> 0 THEN 1 ELSE (CASE WHEN b > 0 THEN 2 ELSE 3 END) END)"},
             {"SELECT instr(a, '/'), lower(hex(id)), min(a), min(a, b)",
              "SELECT strpos(a, '/'), lower(encode(id, 'hex')), min(a), least(a, b)"},
             {"SELECT CAST(substr(a, 1, 2) AS INTEGER), 3 * substr(a, 7)",
              "SELECT CAST(substr(a, 1, 2) AS bigint), 3 * substr(a, 7)::bigint"},
             {"SELECT printf('%d%018d', a, b), substr(a, -u.decimals), substr(a, 1, length(a) - b)",
              "SELECT ((a)::text || lpad((b)::text, 18, '0')), right(a, (u.decimals)::integer), "
              "substr(a, 1, (length(a) - b)::integer)"},
             {"SELECT sum(m), sum(a IS NULL AND b IS NULL)",
              "SELECT sum(m)::bigint, count(*) FILTER (WHERE a IS NULL AND b IS NULL)"},
             {"SELECT 1 -- iif(\n  FROM t\n WHERE a GLOB '*/*' AND b NOT GLOB '*[^0-9]*'",
              "SELECT 1 FROM t WHERE a ~ '^.*/.*$' AND b !~ '^.*[^0-9].*$'"},
             {"SELECT date(a, '+8 days') FROM (VALUES (1, 'a'), (2, 'b'))",
              "SELECT day_after(a, 8) FROM (VALUES (1, 'a'), (2, 'b')) AS listed"},
             {"SELECT 1 WHERE t.known_to = 253402300799999999",
              "SELECT 1 WHERE t.known_to = timestamptz '9999-12-31 23:59:59.999999+00'"}}) {
        CHECK(translated_view(row.sqlite) == row.postgres);
    }
    for (const char* refused :
         {"DROP TABLE t;", "CREATE TABLE t (a REAL) STRICT;", "CREATE VIEW v AS SELECT date(a);",
          "CREATE VIEW v AS SELECT printf('%f', a);", "CREATE VIEW v AS SELECT strftime('%s', a);",
          "CREATE VIEW v AS SELECT (1;"}) {
        CAPTURE(refused);
        CHECK(error_of([&] { static_cast<void>(detail::postgres_schema(refused)); }).ends_with("[bad-sql]"));
    }
}

TEST_CASE("conditions on the types of values are left to the columns") {
    const auto table = detail::postgres_schema(
                           "CREATE TABLE t (a BIGINT CHECK (a >= 0) CHECK (typeof(a) IN ('integer', 'null')),"
                           " b TEXT CHECK (b < x''), CHECK (typeof(a) = 'integer'), CHECK (a <> 7));\n")
                           .tables.at(0);
    CHECK(table.items ==
          std::vector<std::string>{"a bigint CHECK (a >= 0)", "b text COLLATE \"C\"", "CHECK (a <> 7)"});
}

TEST_CASE("what is of a company lies with it, and views join within it") {
    const std::string tables =
        "CREATE TABLE round (round INTEGER PRIMARY KEY, company INTEGER NOT NULL REFERENCES party (party));\n"
        "CREATE TABLE closing (entry INTEGER PRIMARY KEY REFERENCES round (round), source INTEGER REFERENCES "
        "entry (entry), target INTEGER REFERENCES round (round));\n"
        "CREATE TABLE party (party INTEGER PRIMARY KEY REFERENCES round (round));\n";
    struct Case {
        std::string view;
        std::string local;
    };
    for (const Case& row : std::vector<Case>{
             {"SELECT c.entry FROM closing c JOIN round r ON r.round = c.entry",
              "SELECT c.entry FROM closing c JOIN round r ON r.home = c.home AND r.round = c.entry"},
             {"SELECT (SELECT r.round FROM round r WHERE r.round = c.entry) FROM closing c",
              "SELECT (SELECT r.round FROM round r WHERE r.home = c.home AND r.round = c.entry) FROM closing "
              "c"},
             {"SELECT 1 FROM party p JOIN closing c ON c.entry = p.party LEFT JOIN round r ON r.round = 1 "
              "WHERE NOT EXISTS (SELECT ' FROM round x' FROM round s JOIN party q ON q.party = 2 WHERE "
              "s.round = 3)",
              "SELECT 1 FROM party p JOIN closing c ON c.entry = p.party LEFT JOIN round r ON r.home = "
              "c.home AND "
              "r.round = 1 WHERE NOT EXISTS (SELECT ' FROM round x' FROM round s JOIN party q ON q.party = 2 "
              "WHERE "
              "s.home = c.home AND s.round = 3)"},
             {"SELECT t.round FROM (SELECT r.round FROM round r) t UNION ALL SELECT c.entry FROM closing c",
              "SELECT t.round FROM (SELECT r.round FROM round r) t UNION ALL SELECT c.entry FROM closing "
              "c"}}) {
        detail::PostgresSchema schema =
            detail::postgres_schema(tables + "CREATE VIEW v AS " + row.view + ";\n");
        detail::lay_out(schema);
        CHECK(schema.views.at(0) == "CREATE VIEW v AS " + row.local);
        CHECK(schema.tables.at(0).keys == std::vector<std::string>{"PRIMARY KEY (home, round)"});
        CHECK(schema.tables.at(0).items.front() == "home bigint NOT NULL");
        CHECK(schema.tables.at(2).keys == std::vector<std::string>{"PRIMARY KEY (party)"});
        CHECK(detail::foreign_keys(schema, schema.tables.at(0)) ==
              std::vector<std::string>{
                  "round_company_reference FOREIGN KEY (company) REFERENCES party (party) DEFERRABLE"});
        CHECK(
            detail::foreign_keys(schema, schema.tables.at(1)) ==
            std::vector<std::string>{
                "closing_entry_reference FOREIGN KEY (home, entry) REFERENCES round (home, round) DEFERRABLE",
                "closing_source_reference FOREIGN KEY (source) REFERENCES source (entry) DEFERRABLE"});
        CHECK(detail::foreign_keys(schema, schema.tables.at(2)).empty());  // not from everywhere to one place
    }
    for (const char* refused : {"CREATE TABLE unknown (a INTEGER);\n",
                                "CREATE VIEW v AS SELECT 1 FROM closing c CROSS JOIN round r;\n",
                                "CREATE VIEW v AS SELECT 1 FROM closing;\n",
                                "CREATE VIEW v AS SELECT (SELECT r.round FROM round r) FROM closing c;\n"}) {
        CAPTURE(refused);
        detail::PostgresSchema schema = detail::postgres_schema(tables + refused);
        CHECK(error_of([&] { detail::lay_out(schema); }).ends_with("[bad-sql]"));
    }
}

TEST_CASE("a home is the lowest number of all parties that were ever one") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"remark","about":"A","text":"1","recorded":"2024-01-01T00:00:00Z"}
{"kind":"remark","about":"B","text":"2","recorded":"2024-01-02T00:00:00Z"}
{"kind":"remark","about":"C","text":"3","recorded":"2024-01-03T00:00:00Z"}
)");
    const detail::Homes before(ledger);
    apply_text(ledger,
               R"({"kind":"party","name":"C","aliases":["B"],"key":"one","recorded":"2024-01-04T00:00:00Z"}
{"kind":"retraction","of":"one","reason":"no","recorded":"2024-01-05T00:00:00Z"}
)");
    const detail::Homes after(ledger);
    for (std::int64_t party = 0; party <= 3; ++party) {
        CHECK(before.of(party) == party);
        CHECK(after.of(party) == (party == 3 ? 2 : party));
    }
    CHECK(before.parties_of(2) == std::vector<std::int64_t>{2});
    CHECK(after.parties_of(2) == std::vector<std::int64_t>{2, 3});
    CHECK(before.moved_to(after) == std::map<std::int64_t, std::int64_t>{{3, 2}});
    CHECK(after.moved_to(after).empty());
    CHECK(detail::Homes(ledger, 3).moved_to(after) == before.moved_to(after));
}

TEST_CASE("what cannot be shipped is refused, and leaves nothing behind") {
    const TempFolder folder;
    make_merged_ledger(folder, "merged.db");
    const Ledger ledger = Ledger::open(folder / "merged.db", options());
    const Head head = ledger.head();
    Head other = head;
    other.hash.bytes[0] ^= 1U;
    Head longer = head;
    ++longer.length;
    for (const Head& wrong : {other, longer, in_memory().head()}) {
        CHECK(error_of([&] { export_postgres(ledger, folder / "shipped", {.since = wrong}); }) ==
              "got \"" + wrong.to_string().substr(0, 60) +
                  "...\", expected the head of an entry of this ledger, as head.txt of an earlier export has "
                  "it "
                  "[bad-head]");
        CHECK(!std::filesystem::exists(folder / "shipped"));
        CHECK(!std::filesystem::exists(folder / "shipped.unfinished"));
    }
    const PostgresExportReport all = export_postgres(ledger, folder / "shipped");
    CHECK(all.entries == ledger.size());
    CHECK(all.rows > 300);
    CHECK(error_of([&] { export_postgres(ledger, folder / "shipped"); }).ends_with("[file-exists]"));
    const PostgresExportReport since = export_postgres(ledger, folder / "later", {.since = head});
    CHECK(since.entries < all.entries);
}
