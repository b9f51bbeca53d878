// Damage that verify finds: any one value of any table changed behind the ledger's back, rows that come, go
// or change places, and a schema that is not ours.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "../sanitizers.hpp"
#include "merged_fixture.hpp"

using namespace store_test;

namespace {

enum class Of : std::uint8_t { one_chain, merged };

// A ledger and copies of it to spoil. A merged ledger has a row in every table.
class Spoiled {
  public:
    explicit Spoiled(Of of = Of::one_chain) {
        if (of == Of::merged) {
            make_merged_ledger(folder_, "good.db");
        } else {
            Ledger ledger = Ledger::open(folder_ / "good.db", options());
            apply_text(ledger, every_table);
        }
        good_ = read_file(folder_ / "good.db");
    }

    // The verdict of verify on a copy after these statements. The triggers are removed first and come back
    // afterwards.
    std::string problem_after(const std::string& statements, VerifyScope scope = VerifyScope::everything) {
        write_file(path(), good_);
        {
            Sql sql(path());
            const auto names = sql.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
            const auto definitions = sql.rows("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
            std::string all = "PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON; BEGIN;";
            for (const std::string& name : names) all += "DROP TRIGGER " + name + ";";
            all += statements + ";";
            for (const std::string& definition : definitions) all += definition + ";";
            const std::string message = sql.run(all + "COMMIT");
            CHECK_MESSAGE(message.empty(), (statements + ": " + message));
        }
        return problem(scope);
    }

    // The same with the triggers where they are.
    std::string problem_after_with_triggers(const std::string& statements) {
        write_file(path(), good_);
        const std::string message = Sql(path()).run("PRAGMA synchronous = OFF; " + statements);
        CHECK_MESSAGE(message.empty(), (statements + ": " + message));
        return problem();
    }

    [[nodiscard]] std::filesystem::path path() const { return folder_ / "spoiled.db"; }

  private:
    [[nodiscard]] std::string problem(VerifyScope scope = VerifyScope::everything) const {
        try {
            const Ledger ledger = Ledger::open(path(), options(Ledger::Access::read_only));
            const Verification verified = ledger.verify({}, scope);
            CHECK(verified.ok == verified.problem.empty());
            return verified.problem;
        } catch (const Error& error) {  // the damage can be so bad that it does not open
            CHECK(error.code() == ErrorCode::damaged);
            return error.what();
        }
    }

    TempFolder folder_;
    std::string good_;
};

// Another value for the column, of the same type.
std::string other_value(Sql& sql, const std::string& table, const std::string& column) {
    const std::string type =
        sql.cell("SELECT type FROM pragma_table_info('" + table + "') WHERE name = '" + column + "'");
    if (type == "INTEGER" || type == "BIGINT") return "coalesce(" + column + ", 0) + 1000";
    if (type == "BLOB") return "zeroblob(length(" + column + "))";
    return "coalesce(" + column + ", '') || 'x'";
}

}  // namespace

namespace {

// A change to one table, and the tables that the reported problem may name.
struct Edit {
    std::string statement;
    std::vector<std::string> tables;
};

// Makes every third of the changes to a ledger, with sanitizers every fifteenth, and checks that verify names
// the table. With POSTMONEY_EDITS=all it makes each.
void check_each(Spoiled& ledger, const std::vector<Edit>& edits, const std::string& what) {
    const std::size_t every = std::getenv("POSTMONEY_EDITS") != nullptr ? 1 : is_sanitized ? 15 : 3;
    std::size_t tried = 0;
    for (std::size_t i = 0; i < edits.size(); i += every, ++tried) {
        const Edit& edit = edits[i];
        const std::string problem = ledger.problem_after(edit.statement);
        const bool named = std::any_of(edit.tables.begin(), edit.tables.end(), [&](const std::string& table) {
            return problem.find(table) != std::string::npos;
        });
        const std::string message = edit.statement + ": " + problem;
        CHECK_MESSAGE(named, message);
    }
    MESSAGE(tried, " ", what);
}

// When a row of a foreign chain is gone or new, the entries after it are the first that are wrong.
std::vector<std::string> tables_named_for(const std::string& table) {
    if (table == "repeat") return {"repeat", "entry"};
    return {table};
}

}  // namespace

TEST_CASE("verify finds any value that was changed, in the first and in the last row, and names its table") {
    Spoiled ledger(Of::merged);
    CHECK(ledger.problem_after("SELECT 1") == "");
    Sql good(ledger.path());
    std::vector<Edit> edits;
    std::size_t columns = 0;
    for (const std::string& table : good.tables()) {
        CHECK_MESSAGE(good.cell("SELECT count(*) > 0 FROM " + table) == "1", table);
        for (const std::string& column : good.columns(table)) {
            // Nothing in the file depends on these. Only a head kept elsewhere can tell that a chain is the
            // one of that id. Which of its chains a file writes to is not recorded history.
            if (table == "chain" && column == "id") continue;
            ++columns;
            const std::string key = joined(good.columns(table, true));
            for (const char* order : {"", " DESC"}) {
                std::string first = "(SELECT " + key + " FROM " + table + " ORDER BY " + column + " IS NULL";
                for (const std::string& part : good.columns(table, true)) first += ", " + part + order;
                edits.push_back({"UPDATE " + table + " SET " + column + " = " +
                                     other_value(good, table, column) + " WHERE (" + key + ") = " + first +
                                     " LIMIT 1)",
                                 tables_named_for(table)});
            }
        }
    }
    check_each(ledger, edits, "values changed");
    CHECK(columns > 190);
}

TEST_CASE("verify finds a value that was changed in any row, and says what it ought to be") {
    struct Row {
        std::string edit;
        std::string problem;
    };
    const std::vector<Row> rows{
        {"UPDATE round_statement SET raised_minor = 200000001 WHERE entry = 4",
         R"(round_statement row "4": raised_minor is "200000001", but its entries give "200000000")"},
        {"UPDATE metric SET on_date = '2022' WHERE entry = 12",
         R"(metric row "12": on_date is "2022", but its entries give "2023")"},
        {"UPDATE metric SET target = NULL WHERE entry = 13",
         R"(metric row "13": target is null, but its entries give "1")"},
        {"UPDATE company_total SET known_minor = known_minor + 1 WHERE known_to = 253402300799999999",
         R"(company_total row "1": known_minor is "1000000001", but its entries give "1000000000")"},
        {"UPDATE withdrawn SET known_to = 253402300799999998 WHERE known_from = 1704326400000000",
         R"(withdrawn row "4": known_to is "253402300799999998", but its entries give "1704412800000000")"},
        {"UPDATE entry SET recorded = recorded + 1 WHERE entry = 20",
         "entry row \"20\": hash is not what its content gives"},
        {"UPDATE entry SET hash = zeroblob(32) WHERE entry = 20",
         "entry row \"20\": hash is not what its content gives"},
        {"UPDATE entry SET id = zeroblob(32) WHERE entry = 1",
         "entry row \"1\": id is not what its content gives"},
        {"UPDATE entry SET body = replace(body, 'loud', 'soft') WHERE entry = 16",
         "entry row \"16\": id is not what its content gives"},
        {"UPDATE entry SET body = 'x' WHERE entry = 16",
         R"(entry 16 cannot have been recorded: got "x", expected one JSON object [bad-json])"},
        {"UPDATE ledger SET min_reader = 2",
         R"(ledger row "1": min_reader is "2", but its entries give "1")"},
    };
    Spoiled ledger;
    for (const Row& row : rows) CHECK_MESSAGE(ledger.problem_after(row.edit) == row.problem, row.edit);
}

TEST_CASE(
    "verify of the chains alone finds what was changed in an entry, or is gone, and looks at nothing else") {
    struct Row {
        std::string edit;
        std::string problem;
    };
    const std::vector<Row> rows{
        {"UPDATE entry SET body = replace(body, 'loud', 'soft') WHERE entry = 16",
         "entry row \"16\": id is not what its content gives"},
        {"UPDATE entry SET id = zeroblob(32) WHERE entry = 1",
         "entry row \"1\": id is not what its content gives"},
        {"UPDATE entry SET recorded = recorded + 1 WHERE entry = 20",
         "entry row \"20\": hash is not what its content gives"},
        {"UPDATE entry SET hash = zeroblob(32) WHERE entry = 20",
         "entry row \"20\": hash is not what its content gives"},
        {"UPDATE entry SET hash = x'00' WHERE entry = 20",
         "entry row \"20\": hash is not what its content gives"},
        {"DELETE FROM entry WHERE entry = 19",
         R"(entry row "20": seq is "20", but entry 19 of its chain comes next)"},
        {"DELETE FROM entry WHERE entry = 1",
         R"(entry row "2": seq is "2", but entry 1 of its chain comes next)"},
        {"UPDATE entry SET seq = 1000 WHERE entry = 20",
         R"(entry row "20": seq is "1000", but entry 20 of its chain comes next)"},
        {"UPDATE company_total SET known_minor = known_minor + 1", ""},
    };
    Spoiled ledger;
    for (const Row& row : rows)
        CHECK_MESSAGE(ledger.problem_after(row.edit, VerifyScope::chains) == row.problem, row.edit);
    Spoiled merged(Of::merged);
    CHECK(merged.problem_after("SELECT 1", VerifyScope::chains).empty());
    for (const char* table : {"entry", "repeat"}) {
        for (const char* edit : {"hash = zeroblob(32)", "recorded = recorded + 1", "seq = seq + 1000"}) {
            for (const char* order : {"ASC", "DESC"}) {
                const std::string statement = std::string("UPDATE ") + table + " SET " + edit +
                                              " WHERE (chain, seq) = (SELECT chain, seq FROM " + table +
                                              " ORDER BY entry " + order + " LIMIT 1)";
                CHECK_MESSAGE(!merged.problem_after(statement, VerifyScope::chains).empty(), statement);
            }
        }
    }
}

TEST_CASE("verify finds a row that is gone from any table, the first, the last or one between") {
    Spoiled ledger(Of::merged);
    CHECK(ledger.problem_after("SELECT 1") == "");
    std::vector<Edit> edits;
    Sql good(ledger.path());
    for (const std::string& table : good.tables()) {
        const std::string key = joined(good.columns(table, true));
        const int rows = std::stoi(good.cell("SELECT count(*) FROM " + table));
        for (const int row : std::set<int>{0, rows / 2, rows - 1}) {
            edits.push_back({"DELETE FROM " + table + " WHERE (" + key + ") = (SELECT " + key + " FROM " +
                                 table + " ORDER BY " + key + " LIMIT 1 OFFSET " + std::to_string(row) + ")",
                             tables_named_for(table)});
        }
    }
    check_each(ledger, edits, "rows deleted");
}

TEST_CASE("verify finds a row that came to any table, and two that changed places") {
    Spoiled ledger(Of::merged);
    CHECK(ledger.problem_after("SELECT 1") == "");
    std::vector<Edit> inserted;
    std::vector<Edit> swapped;
    Sql good(ledger.path());
    for (const std::string& table : good.tables()) {
        const std::vector<std::string> keys = good.columns(table, true);
        const std::string columns = joined(good.columns(table));
        const std::vector<std::string> unique =
            good.rows("SELECT DISTINCT i.name FROM pragma_index_list('" + table +
                      "') l, pragma_index_info(l.name) i WHERE l.\"unique\" AND l.origin <> 'pk'");
        if (table == "ledger") continue;  // its key allows only one row
        // A copy of the last row, under a key that no row has: each part of the key in turn.
        for (const std::string& part : keys) {
            std::string values;
            for (const std::string& column : good.columns(table)) {
                const bool differs =
                    column == part || std::find(unique.begin(), unique.end(), column) != unique.end();
                values +=
                    (values.empty() ? "" : ", ") + (differs ? other_value(good, table, column) : column);
            }
            inserted.push_back({"INSERT INTO " + table + " (" + columns + ") SELECT " + values + " FROM " +
                                    table + " ORDER BY " + joined(keys) + " DESC LIMIT 1",
                                tables_named_for(table)});
        }
        if (keys.size() != 1 || std::stoi(good.cell("SELECT count(*) FROM " + table)) < 2) continue;
        if (table == "currency_unit") continue;  // its keys are words
        const std::string& key = keys.front();
        const std::string low = good.cell("SELECT min(" + key + ") FROM " + table);
        const std::string high = good.cell("SELECT max(" + key + ") FROM " + table);
        swapped.push_back({"UPDATE " + table + " SET " + key + " = -1 WHERE " + key + " = " + low +
                               "; UPDATE " + table + " SET " + key + " = " + low + " WHERE " + key + " = " +
                               high + "; UPDATE " + table + " SET " + key + " = " + high + " WHERE " + key +
                               " = -1",
                           tables_named_for(table)});
    }
    check_each(ledger, inserted, "rows inserted");
    check_each(ledger, swapped, "pairs of rows swapped");
}

TEST_CASE("verify finds any trigger, index or view that is gone or was changed, by its name") {
    Spoiled ledger;
    CHECK(ledger.problem_after_with_triggers("SELECT 1") == "");
    Sql good(ledger.path());
    std::size_t tried = 0;
    for (const std::string& row : good.rows(
             "SELECT type || ' ' || name FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL")) {
        const std::string problem = ledger.problem_after_with_triggers("DROP " + row);
        // No question works without the one view that the library itself reads.
        const bool named = row == "view withdrawn_now"
                               ? problem.find("no such table: withdrawn_now") != std::string::npos
                               : problem == "the schema lacks the " + row;
        CHECK_MESSAGE(named, (row + ": " + problem));
        ++tried;
    }
    for (const std::string& table : good.tables()) {
        CHECK(ledger.problem_after_with_triggers("ALTER TABLE " + table + " ADD COLUMN extra TEXT") ==
              "the table " + table + " of the schema was changed");
        ++tried;
    }
    MESSAGE(tried, " changes to the schema");
    CHECK(tried > 90);
}

TEST_CASE("verify finds rows that came from nowhere or changed places") {
    struct Row {
        std::string edit;
        std::string problem;
    };
    const std::vector<Row> rows{
        {"INSERT INTO party VALUES (50, 50, 'Nobody', NULL, NULL, NULL, NULL)",
         R"(party has a row that no entry gives: party "50")"},
        {"INSERT INTO party_name VALUES ('Nobody', 1, 3, 0)",
         R"(party_name row "Nobody": name is "Nobody", but its entries give "Rival")"},
        {"INSERT INTO remark VALUES (1, 'out of nowhere')",
         R"(remark row "1": entry is "1", but its entries give "16")"},
        {"INSERT INTO withdrawn VALUES (16, 1704412800000000, 253402300799999999)",
         R"(withdrawn row "16": entry is "16", but its entries give "18")"},
        {"INSERT INTO chain (chain, id) VALUES (2, '00000000000000000000000000000000')",
         R"(chain has a row that no entry gives: chain "2")"},
        {"INSERT INTO round VALUES (9, 'nowhere', 1)", R"(round has a row that no entry gives: round "9")"},
        {"UPDATE entry SET seq = 139 - seq WHERE entry IN (19, 20); UPDATE entry SET seq = seq - 100 WHERE "
         "entry IN (19, 20)",
         R"(entry row "19": seq is "20", but its entries give "19")"},
        {"CREATE TEMP TABLE swap AS SELECT entry, id, body FROM entry WHERE entry IN (15, 16); "
         "UPDATE entry SET body = (SELECT s.body FROM swap s WHERE s.entry = 31 - entry.entry), "
         "id = (SELECT s.id FROM swap s WHERE s.entry = 31 - entry.entry) WHERE entry IN (15, 16)",
         R"(entry row "15": hash is not what its content gives)"},
        {"INSERT INTO entry SELECT 24, chain, 24, id, hash, recorded, kind, key, source, party, "
         "counterparty, round, target, "
         "superseded_retraction, body FROM entry WHERE entry = 16",
         "entry 24 repeats an earlier one"},
    };
    Spoiled ledger;
    for (const Row& row : rows) CHECK_MESSAGE(ledger.problem_after(row.edit) == row.problem, row.edit);
}

TEST_CASE("verify finds a schema that is not ours, and lets statistics be") {
    struct Row {
        std::string edit;
        std::string problem;
    };
    const std::vector<Row> rows{
        {"ANALYZE", ""},
        {"VACUUM", ""},
        {"DROP TRIGGER entry_no_update", "the schema lacks the trigger entry_no_update"},
        {"DROP TRIGGER entry_no_update; CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT "
         "1; END",
         "the trigger entry_no_update of the schema was changed"},
        {"DROP INDEX entry_key", "the schema lacks the index entry_key"},
        {"DROP VIEW claims", "the schema lacks the view claims"},
        {"DROP VIEW parties; CREATE VIEW parties AS SELECT 1", "the view parties of the schema was changed"},
        {"CREATE TABLE extra (x)", "the schema has the table extra, which no ledger has"},
        {"CREATE TRIGGER sly AFTER INSERT ON remark BEGIN SELECT 1; END",
         "the schema has the trigger sly, which no ledger has"},
        {"ALTER TABLE remark ADD COLUMN extra TEXT", "the table remark of the schema was changed"},
    };
    Spoiled ledger;
    for (const Row& row : rows)
        CHECK_MESSAGE(ledger.problem_after_with_triggers(row.edit) == row.problem, row.edit);
}

namespace {

// The verdict of verify on the ledger with this head.
std::string problem_against(const Ledger& ledger, const Head& head,
                            VerifyScope scope = VerifyScope::everything) {
    const Verification verified = ledger.verify(std::span(&head, 1), scope);
    CHECK(verified.ok == verified.problem.empty());
    return verified.problem;
}

constexpr std::string_view three_lines =
    R"({"kind":"source","id":"a","type":"press","recorded":"2024-01-01T00:00:00Z"}
{"kind":"source","id":"b","type":"press","recorded":"2024-01-01T00:00:00Z"}
{"kind":"source","id":"c","type":"press","recorded":"2024-01-01T00:00:00Z"}
)";

}  // namespace

TEST_CASE("a ledger that grew has every head that it had") {
    Ledger ledger = in_memory();
    std::vector<Head> heads{ledger.head()};
    std::istringstream lines{std::string(three_lines)};
    for (std::string line; std::getline(lines, line);) {
        apply_text(ledger, line);
        heads.push_back(ledger.head());
    }
    CHECK(heads.back().length == 3);
    for (const Head& head : heads) CHECK(problem_against(ledger, Head::parse(head.to_string())).empty());
    CHECK(ledger.verify(heads).ok);
}

TEST_CASE("what was cut off, written anew, or never there is told by a head that was kept elsewhere") {
    TempFolder folder;
    Head kept;
    {
        Ledger ledger = Ledger::open(folder / "l.db", options());
        std::filesystem::copy_file(folder / "l.db", folder / "cut.db");
        std::filesystem::copy_file(folder / "l.db", folder / "empty.db");
        std::filesystem::copy_file(folder / "l.db", folder / "anew.db");
        apply_text(ledger, three_lines);
        kept = ledger.head();
    }
    const std::string chain = kept.chain.to_string();
    // The same file without its last entries, or with other ones. It is whole, and nothing in it shows this.
    Ledger cut = Ledger::open(folder / "cut.db", options());
    std::istringstream lines{std::string(three_lines)};
    std::string line;
    std::getline(lines, line);
    apply_text(cut, line);
    CHECK(cut.verify().ok);
    CHECK(problem_against(cut, kept) ==
          "the head given is entry 3 of chain " + chain + ", which ends at 1: the last 2 are gone");
    CHECK(problem_against(Ledger::open(folder / "empty.db", options()), kept) ==
          "the ledger has nothing of the chain of the head given: entry 3 of chain " + chain);
    Ledger anew = Ledger::open(folder / "anew.db", options());
    apply_text(anew, std::string(three_lines).replace(std::string(three_lines).find("press"), 5, "filing"));
    CHECK(anew.verify().ok);
    CHECK(anew.size() == 3);
    CHECK(problem_against(anew, kept) ==
          "entry 3 of chain " + chain +
              " is not that of the head given: the chain was written anew before or at it");
    Ledger other = in_memory();
    apply_text(other, three_lines);
    CHECK(problem_against(other, kept) ==
          "the ledger has nothing of the chain of the head given: entry 3 of chain " + chain);
}

TEST_CASE("a chain that was cut off anywhere, and is whole in itself, is told by any later head") {
    TempFolder folder;
    static_cast<void>(Ledger::open(folder / "0.db", options()));
    std::vector<Head> heads;
    std::istringstream lines{std::string(every_table)};
    std::string line;
    int length = 0;
    while (std::getline(lines, line)) {  // one file for each length of one chain
        const auto before = folder / (std::to_string(length) + ".db");
        const auto after = folder / (std::to_string(++length) + ".db");
        std::filesystem::copy_file(before, after);
        Ledger ledger = Ledger::open(after, options());
        apply_text(ledger, line);
        heads.push_back(ledger.head());
    }
    std::size_t tried = 0;
    for (int cut = 0; cut <= length; ++cut) {
        const Ledger ledger =
            Ledger::open(folder / (std::to_string(cut) + ".db"), options(Ledger::Access::read_only));
        REQUIRE(ledger.verify().ok);
        for (const Head& head : heads) {
            const std::string problem = problem_against(ledger, head, VerifyScope::chains);
            CHECK(problem.empty() == (head.length <= cut));
            ++tried;
        }
    }
    MESSAGE(tried, " heads held against ", length + 1, " lengths of a chain");
}

TEST_CASE("SQLite checks a large file on a thread of its own, and what it finds comes first") {
    TempFolder folder;
    const auto path = folder / "large.db";
    {
        Ledger ledger = Ledger::open(path, options());
        std::string lines;
        for (int i = 0; i < 700; ++i) {
            lines += R"({"kind":"remark","about":"Acme","text":")" + std::to_string(i) + " " +
                     std::string(8000, 'x') + "\"}\n";
        }
        apply_text(ledger, lines);
        REQUIRE(std::filesystem::file_size(path) > std::uintmax_t{4} << 20U);
        CHECK(ledger.verify().ok);
        struct Enough {};
        const auto stop = [&] {
            static_cast<void>(
                ledger.verify({}, VerifyScope::everything, [](const Progress&) { throw Enough(); }));
        };
        CHECK_THROWS_AS(stop(), Enough);
        CHECK(ledger.verify().ok);
        // A writer waits for the readers to end.
        Sql writer(path);
        std::string refused;
        CHECK(ledger
                  .verify({}, VerifyScope::everything,
                          [&](const Progress& now) {
                              if (now.done == 0 || !refused.empty()) return;
                              refused = writer.run("BEGIN IMMEDIATE; CREATE TABLE my_notes (note); COMMIT");
                          })
                  .ok);
        CHECK(refused == "database is locked");
        CHECK(writer.run("ROLLBACK").empty());
    }
    std::filesystem::copy_file(path, folder / "good.db");
    // Two indexes on one page. Neither is read where the rows are compared.
    const std::string message = Sql(path).run(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM "
        "sqlite_schema "
        "WHERE name = 'market_total_market') WHERE name = 'currency_code'");
    CHECK_MESSAGE(message.empty(), message);
    const auto problem = [&] {
        return Ledger::open(path, options(Ledger::Access::read_only)).verify().problem;
    };
    CHECK(problem().starts_with("the file is damaged: "));
    const std::string other = Sql(path).run(
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'entry_no_update'");
    CHECK_MESSAGE(other.empty(), other);
    CHECK(problem().starts_with("the file is damaged: "));
    // Another file in its place does not speak for the one that is open.
    const Ledger open = Ledger::open(path, options(Ledger::Access::read_only));
    std::filesystem::rename(folder / "good.db", path);
    CHECK(open.verify().problem.starts_with("the file is damaged: "));
    CHECK(Ledger::open(path, options(Ledger::Access::read_only)).verify().ok);
}
