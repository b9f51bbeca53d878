// Files of other schema versions: earlier ones are upgraded after a backup, or left as they are. A file that
// cannot be read is refused, and both versions are named.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "base/sha256.hpp"
#include "fixtures.hpp"
#include "sql/connection.hpp"

using namespace store_test;
using detail::Connection;
using detail::Migration;

namespace {

// Schemas that may follow the present one.
constexpr std::string_view second_schema =
    "CREATE TABLE second (x INTEGER); ALTER TABLE second ADD COLUMN y TEXT;";
constexpr std::string_view third_schema = "CREATE VIEW third AS SELECT x FROM second;";
constexpr std::string_view wrong_schema = "CREATE TABLE fourth (x); INSERT INTO nowhere VALUES (1);";

// The present migrations and these.
class Later {
  public:
    Later(std::initializer_list<std::string_view> more) {
        migrations_.assign(detail::migrations().begin(), detail::migrations().end());
        for (const std::string_view sql : more) {
            migrations_.push_back({static_cast<int>(migrations_.size()) + 1, "later", sql});
        }
    }
    [[nodiscard]] std::string open(const std::filesystem::path& path, Connection::Access access) const {
        return error_of([&] { Connection(path, access, std::chrono::milliseconds(0), migrations_); });
    }

  private:
    std::vector<Migration> migrations_;
};

void make_old_ledger(const std::filesystem::path& path) {
    Ledger ledger = Ledger::open(path, options());
    apply_text(ledger, R"({"kind":"round","round":"seed","company":"Acme","raised":"1 million USD"})");
}

std::vector<std::string> names_in(const TempFolder& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST_CASE("a migration that ledgers were made with is never edited: what changes is the next one") {
    const std::vector<std::string> frozen{"72514fb83a1a4087b2d076ce9b4d59420a176613c279de46d4fab06d0251e67c"};
    detail::Sha256 sha256;
    const auto known = detail::migrations();
    REQUIRE(known.size() >= frozen.size());
    for (std::size_t i = 0; i < frozen.size(); ++i) {
        CAPTURE(known[i].name);
        CHECK(EntryId{sha256(known[i].sql)}.to_string() == frozen[i]);
    }
}

TEST_CASE("an earlier schema is upgraded step by step, in one transaction, after a backup") {
    TempFolder folder;
    make_old_ledger(folder / "l.db");
    const std::string before = read_file(folder / "l.db");
    CHECK(Later({second_schema, third_schema}).open(folder / "l.db", Connection::Access::read_write) ==
          "no error");
    CHECK(names_in(folder) == std::vector<std::string>{"l.db", "l.db.schema-1.backup"});
    CHECK(read_file(folder / "l.db.schema-1.backup").substr(100) ==
          before.substr(100));  // the same but for the change counter
    Sql sql(folder / "l.db");
    CHECK(sql.cell("PRAGMA user_version") == "3");
    CHECK(sql.rows("SELECT * FROM third").empty());
    CHECK(sql.cell("SELECT count(*) FROM entry") == "1");
    // Nothing is left to do. A program of the old version can read the backup but not the new file.
    CHECK(Later({second_schema, third_schema}).open(folder / "l.db", Connection::Access::create) ==
          "no error");
    CHECK(total_of(Ledger::open(folder / "l.db.schema-1.backup", options()), "Acme") ==
          "1000000.00 USD over 1, 0 undisclosed");
    CHECK(names_in(folder).size() == 2);
}

TEST_CASE("an upgrade that fails leaves the file as it was") {
    TempFolder folder;
    make_old_ledger(folder / "l.db");
    const std::string path = (folder / "l.db").string();
    const std::string before = read_file(path);
    CHECK(Later({second_schema, wrong_schema}).open(path, Connection::Access::read_write) ==
          path +
              ": cannot be upgraded from schema version 1 to 3, and is as it was: no such table: nowhere "
              "(SQLite "
              "result 1, running: CREATE TABLE fourth (x); INSERT INTO nowhere VALUES (1);); the ledger is "
              "damaged: restore a backup [damaged]");
    CHECK(read_file(path) == before);
    CHECK(names_in(folder).size() == 1);
    CHECK(Later({second_schema}).open(path, Connection::Access::read_write) == "no error");
    CHECK(Sql(path).cell("PRAGMA user_version") == "2");
}

TEST_CASE("a backup of an earlier upgrade is never written over") {
    TempFolder folder;
    make_old_ledger(folder / "l.db");
    write_file(folder / "l.db.schema-1.backup", "dear to somebody");
    CHECK(Later({second_schema}).open(folder / "l.db", Connection::Access::read_write) == "no error");
    CHECK(read_file(folder / "l.db.schema-1.backup") == "dear to somebody");
    CHECK(std::filesystem::exists(folder / "l.db.schema-1-2.backup"));
}

TEST_CASE("what a program does not know it refuses, with both versions named, and leaves as it is") {
    struct Row {
        std::string statements;
        Connection::Access access;
        std::string message;
    };
    const std::vector<Row> rows{
        // The program knows schemas 1 to 2.
        {"SELECT 1", Connection::Access::read_only,
         "has schema version 1, this program knows 2; open it for writing, which upgrades it [older-schema]"},
        {"PRAGMA user_version = 3", Connection::Access::read_only, "no error"},
        {"PRAGMA user_version = 3", Connection::Access::read_write,
         "has schema version 3, this program knows 2; open it read-only, or use a newer one [newer-schema]"},
        {"PRAGMA user_version = 9; DROP TRIGGER ledger_no_update; UPDATE ledger SET min_reader = 9",
         Connection::Access::read_only,
         "has schema version 9, this program knows 2; use a newer one [newer-schema]"},
        {"PRAGMA user_version = 9; DROP TRIGGER ledger_no_update; UPDATE ledger SET min_reader = 9",
         Connection::Access::create,
         "has schema version 9, this program knows 2; use a newer one [newer-schema]"},
        {"PRAGMA user_version = 9; ALTER TABLE ledger RENAME TO elsewhere", Connection::Access::read_only,
         "has schema version 9, this program knows 2; use a newer one [newer-schema]"},
        {"PRAGMA user_version = 0", Connection::Access::read_write,
         "has schema version 0, this program knows 2; restore a backup [damaged]"},
        {"PRAGMA user_version = -1", Connection::Access::read_only,
         "has schema version -1, this program knows 2; restore a backup [damaged]"},
        {"PRAGMA application_id = 7", Connection::Access::create,
         "is an SQLite database of another application (application_id 7, a ledger has 1347243609) "
         "[not-a-ledger]"},
        // The file has half of schema 2, and version 1.
        {"CREATE TABLE second (x INTEGER)", Connection::Access::read_write,
         "cannot be upgraded from schema version 1 to 2, and is as it was: table second already exists "
         "(SQLite result "
         "1, running: CREATE TABLE second (x INTEGER); ALTER TABLE second ADD COLUMN y TEXT;); the ledger is "
         "damaged: "
         "restore a backup [damaged]"},
    };
    for (const Row& row : rows) {
        TempFolder folder;
        make_old_ledger(folder / "l.db");
        CHECK(Sql(folder / "l.db").run(row.statements).empty());
        const std::string before = read_file(folder / "l.db");
        const std::string prefix = row.message == "no error" ? "" : (folder / "l.db").string() + ": ";
        CHECK(Later({second_schema}).open(folder / "l.db", row.access) == prefix + row.message);
        CHECK_MESSAGE(read_file(folder / "l.db") == before, row.message);
        CHECK_MESSAGE(names_in(folder).size() == 1, row.message);
    }
    MESSAGE(rows.size(), " files of other versions");
}

TEST_CASE("a new ledger has the latest schema") {
    TempFolder folder;
    CHECK(Later({second_schema}).open(folder / "l.db", Connection::Access::create) == "no error");
    CHECK(Sql(folder / "l.db").cell("PRAGMA user_version") == "2");
    CHECK(names_in(folder).size() == 1);
}
