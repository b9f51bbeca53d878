// What verify finds: any one value of any table changed behind the ledger's back, rows that come, go or
// change places, and a schema that is not ours.
#include <doctest/doctest.h>

#include "fixtures.hpp"

using namespace store_test;

namespace {

// A ledger with a row in every table, and copies of it to spoil.
class Spoiled {
  public:
    Spoiled() {
        Ledger ledger = Ledger::open(folder_ / "good.db", options());
        apply_text(ledger, every_table);
        good_ = read_file(folder_ / "good.db");
    }

    // What verify says of a copy that these statements were run on, without the triggers, which come back
    // afterwards.
    std::string problem_after(const std::string& statements) {
        write_file(path(), good_);
        {
            Sql sql(path());
            const auto names = sql.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
            const auto definitions = sql.rows("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
            std::string all = "PRAGMA ignore_check_constraints = ON; BEGIN;";
            for (const std::string& name : names) all += "DROP TRIGGER " + name + ";";
            all += statements + ";";
            for (const std::string& definition : definitions) all += definition + ";";
            const std::string message = sql.run(all + "COMMIT");
            CHECK_MESSAGE(message.empty(), (statements + ": " + message));
        }
        return problem();
    }

    // The same with the triggers where they are.
    std::string problem_after_with_triggers(const std::string& statements) {
        write_file(path(), good_);
        const std::string message = Sql(path()).run(statements);
        CHECK_MESSAGE(message.empty(), (statements + ": " + message));
        return problem();
    }

    [[nodiscard]] std::filesystem::path path() const { return folder_ / "spoiled.db"; }

  private:
    [[nodiscard]] std::string problem() const {
        try {
            const Ledger ledger = Ledger::open(path(), options(Ledger::Access::read_only));
            const Verification verified = ledger.verify();
            CHECK(verified.ok == verified.problem.empty());
            return verified.problem;
        } catch (const Error& error) {  // it can be so bad that nothing is opened
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
    if (type == "INTEGER") return "coalesce(" + column + ", 0) + 1000";
    if (type == "BLOB") return "zeroblob(length(" + column + "))";
    return "coalesce(" + column + ", '') || 'x'";
}

}  // namespace

TEST_CASE("verify finds any value that was changed, and names its table") {
    Spoiled ledger;
    CHECK(ledger.problem_after("SELECT 1").empty());
    std::size_t columns = 0;
    Sql good(ledger.path());
    std::vector<std::pair<std::string, std::string>> edits;
    for (const std::string& table : good.tables()) {
        for (const std::string& column : good.columns(table)) {
            // Nothing in the file depends on the chain's id: only a head kept elsewhere can tell.
            if (table == "chain" && column == "id") continue;
            const std::string key = joined(good.columns(table, true));
            edits.emplace_back(table, "UPDATE " + table + " SET " + column + " = " +
                                          other_value(good, table, column) + " WHERE (" + key +
                                          ") = (SELECT " + key + " FROM " + table + " ORDER BY " + column +
                                          " IS NULL, " + key + " LIMIT 1)");
        }
    }
    for (const auto& [table, edit] : edits) {
        const std::string problem = ledger.problem_after(edit);
        const std::string what = edit + ": " + problem;
        CHECK_MESSAGE(problem.find(table) != std::string::npos, what);
        ++columns;
    }
    CHECK(columns > 180);
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

TEST_CASE("verify finds a row that is gone from any table") {
    Spoiled ledger;
    CHECK(ledger.problem_after("SELECT 1").empty());
    std::vector<std::pair<std::string, std::string>> edits;
    {
        Sql good(ledger.path());
        for (const std::string& table : good.tables()) {
            const std::string key = joined(good.columns(table, true));
            for (const char* order : {"", " DESC"}) {
                edits.emplace_back(table, "DELETE FROM " + table + " WHERE (" + key + ") = (SELECT " + key +
                                              " FROM " + table + " ORDER BY 1" + order + " LIMIT 1)");
            }
        }
    }
    for (const auto& [table, edit] : edits) {
        const std::string problem = ledger.problem_after(edit);
        const std::string what = edit + ": " + problem;
        CHECK_MESSAGE(problem.find(table) != std::string::npos, what);
    }
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
        {"INSERT INTO chain VALUES (2, '00000000000000000000000000000000')",
         R"(chain has a row that no entry gives: chain "2")"},
        {"INSERT INTO round VALUES (9, 'nowhere', 1)", R"(round has a row that no entry gives: round "9")"},
        {"UPDATE entry SET seq = 139 - seq WHERE entry IN (19, 20); UPDATE entry SET seq = seq - 100 WHERE "
         "entry IN (19, 20)",
         R"(entry row "19": seq is "20", but its entries give "19")"},
        {"CREATE TEMP TABLE swap AS SELECT entry, id, body FROM entry WHERE entry IN (15, 16); "
         "UPDATE entry SET body = (SELECT s.body FROM swap s WHERE s.entry = 31 - entry.entry), "
         "id = (SELECT s.id FROM swap s WHERE s.entry = 31 - entry.entry) WHERE entry IN (15, 16)",
         R"(entry row "15": hash is not what its content gives)"},
        {"INSERT INTO entry SELECT 21, chain, 21, id, hash, recorded, kind, key, source, party, "
         "counterparty, round, target, "
         "superseded_retraction, body FROM entry WHERE entry = 16",
         "entry 21 repeats an earlier one"},
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
