// Other programs cannot change recorded rows either: triggers refuse UPDATE, DELETE, and INSERT in place of a
// row.
#include <doctest/doctest.h>

#include <algorithm>

#include "merged_fixture.hpp"

using namespace store_test;

namespace {

// These tables follow from the recorded ones and change with them; `verify` compares them.
const std::vector<std::string> derived{"company_total",     "company_total_by_day",
                                       "currency_unit",     "inflow",
                                       "company_left_out",  "latest_valuation",
                                       "ledger_total",      "outranked_rate",
                                       "own_round",         "parity",
                                       "party_name",        "party_union",
                                       "party_identifier",  "resolved_participation",
                                       "resolved_position", "resolved_round",
                                       "source_subject",    "withdrawn",
                                       "entry_by_id"};

}  // namespace

TEST_CASE("no row of a recorded table can be updated, deleted or replaced") {
    TempFolder folder;
    make_merged_ledger(folder, "l.db");
    Sql sql(folder / "l.db");
    const std::string before = read_file(folder / "l.db");
    std::size_t tables = 0;
    for (const std::string& table : sql.tables()) {
        CHECK_MESSAGE(sql.cell("SELECT count(*) > 0 FROM " + table) == "1", table);
        if (std::find(derived.begin(), derived.end(), table) != derived.end()) continue;
        ++tables;
        const std::string columns = joined(sql.columns(table));
        const std::string append_only = "append-only: " + table + " rows are never ";
        CHECK_MESSAGE(sql.run("DELETE FROM " + table) == append_only + "deleted", table);
        for (const char* verb : {"INSERT OR REPLACE", "REPLACE", "INSERT", "INSERT OR IGNORE"}) {
            std::string copy = std::string(verb) + " INTO " + table + " (" + columns + ") SELECT " + columns +
                               " FROM " + table;
            CHECK_MESSAGE(sql.run(copy) == append_only + "replaced", table);
        }
        if (table == "party") continue;
        for (const std::string& column : sql.columns(table)) {
            for (const char* verb : {"UPDATE ", "UPDATE OR REPLACE "}) {
                CHECK_MESSAGE(sql.run(verb + table + " SET " + column + " = " + column) ==
                                  "append-only: " + table + " rows never change",
                              (table + "." + column));
            }
        }
    }
    CHECK(tables == 21);
    CHECK(sql.run("UPDATE party SET party = party + 100") == "append-only: party numbers never change");
    CHECK(sql.run(
              "INSERT INTO party SELECT * FROM party WHERE party = 1 ON CONFLICT DO UPDATE SET name = 'x'") ==
          "append-only: party rows are never replaced");
    CHECK(read_file(folder / "l.db") == before);
}

namespace {

// What each statement says, or the value and its type as the column then has them.
std::string outcome(Sql& sql, const std::string& table, const std::string& column, const std::string& value) {
    const std::string refusal =
        sql.run("SAVEPOINT one; UPDATE " + table + " SET \"" + column + "\" = " + value);
    std::string result = "refused";
    if (refusal.empty()) {
        result = sql.cell("SELECT typeof(\"" + column + "\") || ' ' || quote(\"" + column + "\") FROM " +
                          table + " LIMIT 1");
    }
    CHECK(sql.run("ROLLBACK TO one; RELEASE one").empty());
    return result;
}

}  // namespace

TEST_CASE(
    "what a STRICT table refuses is refused by those that cannot be STRICT, and the rest is converted as "
    "there") {
    TempFolder folder;
    make_merged_ledger(folder, "l.db");
    Sql sql(folder / "l.db");
    for (const std::string& trigger : sql.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
        CHECK(sql.run("DROP TRIGGER " + trigger).empty());
    }
    const std::vector<std::string> values{"'abc'",
                                          "''",
                                          "'12'",
                                          "' 12 '",
                                          "'1e3'",
                                          "'12.5'",
                                          "12.0",
                                          "12.5",
                                          "-1.5",
                                          "x''",
                                          "x'3132'",
                                          "1e300",
                                          "-1e300",
                                          "9.3e18",
                                          "9223372036854775808",
                                          "-9223372036854775808.0",
                                          "'9223372036854775808'",
                                          "9e999",
                                          "12",
                                          "9223372036854775807",
                                          "NULL"};
    std::size_t loose = 0;
    std::size_t taken = 0;
    std::size_t refused = 0;
    for (const std::string& table : sql.tables()) {
        if (sql.cell("SELECT strict FROM pragma_table_list('" + table + "')") == "1") continue;
        ++loose;
        // One row is left, so that no key is there twice.
        const std::string key = joined(sql.columns(table, true));
        CHECK(sql.run("DELETE FROM " + table + " WHERE (" + key + ") <> (SELECT " + key + " FROM " + table +
                      " LIMIT 1); CREATE TEMP TABLE one AS SELECT * FROM " + table)
                  .empty());
        for (const std::string& column : sql.columns(table)) {
            const std::string declared = sql.cell(
                "SELECT replace(type, 'BIGINT', 'INTEGER') || iif(\"notnull\", "
                "' NOT NULL', '') || iif(pk = 1 AND type = 'INTEGER' AND name = "
                "'entry', ' PRIMARY KEY', '') FROM pragma_table_xinfo('" +
                table + "') WHERE name = '" + column + "'");
            CHECK(sql.run("CREATE TEMP TABLE twin (\"" + column + "\" " + declared +
                          ") STRICT; INSERT INTO twin "
                          "SELECT \"" +
                          column + "\" FROM one")
                      .empty());
            for (const std::string& value : values) {
                const std::string strict = outcome(sql, "temp.twin", column, value);
                const std::string found = outcome(sql, "main." + table, column, value);
                // A column can refuse more, such as a word that is none.
                const std::string message =
                    table + "." + column + " = " + value + ": " + found + ", STRICT " + strict;
                CHECK_MESSAGE((found == strict || found == "refused"), message);
                ++(found == "refused" ? refused : taken);
            }
            CHECK(sql.run("DROP TABLE temp.twin").empty());
        }
        CHECK(sql.run("DROP TABLE temp.one").empty());
    }
    CHECK(loose > 10);
    CHECK(taken > 1000);
    MESSAGE(taken, " values taken and ", refused, " refused by ", loose, " tables");
}

TEST_CASE("a chain has one entry a place, and a round one handle, whatever the row's number") {
    TempFolder folder;
    {
        Ledger ledger = Ledger::open(folder / "l.db", options());
        apply_text(ledger, every_table);
    }
    Sql sql(folder / "l.db");
    const auto others = [&](const std::string& table, const std::string& key) {
        std::vector<std::string> columns = sql.columns(table);
        const std::string into = joined(columns);
        std::replace(columns.begin(), columns.end(), key, key + " + 1000");
        return sql.run("INSERT OR REPLACE INTO " + table + " (" + into + ") SELECT " + joined(columns) +
                       " FROM " + table + " LIMIT 1");
    };
    CHECK(others("entry", "entry") == "append-only: entry rows are never replaced");
    CHECK(others("round", "round") == "append-only: round rows are never replaced");
    CHECK(others("chain", "chain") == "append-only: chain rows are never replaced");
}
