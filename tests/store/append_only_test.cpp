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
                                       "withdrawn"};

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
