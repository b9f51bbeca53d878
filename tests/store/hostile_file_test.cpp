// Files that are made to do harm: schemas with foreign triggers and views, values of wrong types, huge blobs,
// deep expressions, pipes, devices and links, files in WAL mode. Each is refused or answers within its
// limits, and nothing in it acts on its own.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "fixtures.hpp"

using namespace store_test;

namespace {

// A ledger on which another program ran these statements without our triggers.
class Hostile {
  public:
    explicit Hostile(const std::string& statements) {
        {
            Ledger ledger = Ledger::open(path(), options());
            apply_text(ledger, every_table);
        }
        Sql sql(path());
        const std::string message = sql.run(statements);
        CHECK_MESSAGE(message.empty(), (statements + ": " + message));
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "hostile.db"; }

  private:
    TempFolder folder_;
};

// A schema here may use only functions of plain SQLite.
constexpr const char* new_source = R"({"kind":"source","id":"new","type":"press"})";

}  // namespace

TEST_CASE("a schema with anything of its own is not written to, and verify tells it") {
    struct Row {
        std::string statements;
        std::string object;
    };
    const std::vector<Row> rows{
        {"CREATE TRIGGER sly AFTER INSERT ON source BEGIN INSERT INTO remark VALUES (1, 'x'); END",
         "trigger \"sly\""},
        {"CREATE TRIGGER sly BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END", "trigger \"sly\""},
        {"CREATE TRIGGER sly INSTEAD OF INSERT ON claims BEGIN SELECT 1; END", "trigger \"sly\""},
        {"CREATE VIEW sly AS SELECT load_extension('x')", "view \"sly\""},
        {"DROP VIEW parties; CREATE VIEW parties AS SELECT writefile('x', 'y') AS name", "view \"parties\""},
        {"CREATE TABLE sly (x)", "table \"sly\""},
        {"CREATE INDEX sly ON source (lower(id))", "index \"sly\""},
        {"CREATE VIRTUAL TABLE sly USING fts5(x)", "table \"sly\""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.statements);
        const Hostile file(row.statements);
        const std::string before = read_file(file.path());
        for (const Access access : {Access::read_write, Access::create}) {
            const std::string error = open_error(file.path(), access);
            const bool changed = row.statements.starts_with("DROP VIEW parties");
            const std::string said =
                file.path().string() + ": the schema has " +
                (changed ? "another " + row.object + " than ledgers have; restore a backup"
                         : "the " + row.object + ", which no ledger has. DROP ");
            CHECK_MESSAGE(error.starts_with(said), error);
            CHECK(error.ends_with(" [damaged]"));
        }
        const Ledger reader = Ledger::open(file.path(), options(Access::read_only));
        CHECK(total_of(reader, "Acme") != "nothing");
        CHECK_FALSE(reader.verify().ok);
        CHECK(read_file(file.path()) == before);
    }
}

TEST_CASE("statistics are no schema of their own") {
    const Hostile file("ANALYZE; VACUUM");
    Ledger ledger = Ledger::open(file.path(), options());
    CHECK(refusal_of(ledger, new_source, "2024-01-07T00:00:00Z") == "no error");
    CHECK(ledger.verify().ok);
}

TEST_CASE("a view in place of a table answers readers within limits, or not at all") {
    std::string deep = "1";
    for (int i = 0; i < 900; ++i) deep += "+1";
    const std::vector<std::string> bodies{
        "SELECT zeroblob(900000000) AS handle, 1 AS round, 1 AS company",
        "SELECT " + deep + " AS handle, 1 AS round, 1 AS company",
        "SELECT randomblob(900000000) AS handle, 1 AS round, 1 AS company",
        "SELECT printf('%.*c', 900000000, 'x') AS handle, 1 AS round, 1 AS company",
    };
    for (const std::string& body : bodies) {
        CAPTURE(body.substr(0, 80));
        const Hostile file(
            "PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF; ALTER TABLE round RENAME TO other; "
            "CREATE VIEW round AS " +
            body);
        std::string answer;
        try {
            const Ledger ledger = Ledger::open(file.path(), options(Access::read_only));
            const Verification verified = ledger.verify();
            CHECK_FALSE(verified.ok);
            answer = error_of([&] { static_cast<void>(ledger.company_of_round("seed")); });
        } catch (const Error& error) {
            answer = error.what();
        }
        CHECK(answer != "no error");
    }
}

TEST_CASE("values of wrong types and sizes are told, by the question or by verify") {
    const std::vector<std::string> edits{
        "UPDATE entry SET body = CAST(zeroblob(100) AS TEXT) WHERE entry = 4",
        "UPDATE entry SET body = '{' WHERE entry = 4",
        "UPDATE entry SET body = '[' || body || ']' WHERE entry = 4",
        "UPDATE entry SET body = '' WHERE entry = 4",
        "UPDATE entry SET id = zeroblob(32) WHERE entry = 4",
        "UPDATE entry SET id = zeroblob(70000000) WHERE entry = 4",
        "UPDATE entry SET body = body || printf('%.*c', 70000000, ' ') WHERE entry = 4",
        "UPDATE entry SET kind = 'remark' WHERE entry = 4",
        "UPDATE entry SET recorded = -9223372036854775808 WHERE entry = 4",
        "UPDATE entry SET recorded = 9223372036854775807 WHERE entry = 4",
        "UPDATE entry SET party = 9223372036854775807 WHERE entry = 4",
        "UPDATE party SET root = 99",
        "UPDATE party SET name = CAST(x'80ff' AS TEXT)",
        "UPDATE chain SET id = 'g'",
        "DELETE FROM ledger",
        "UPDATE ledger SET own_chain = 7",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', ''); PRAGMA "
        "writable_schema = RESET; UPDATE entry SET body = 7, id = 'text', seq = 'x', recorded = 'y' WHERE "
        "entry = 4",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE entry (' WHERE name = "
        "'entry'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'entry'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2147483647 WHERE type = 'table'",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'entry_key'",
    };
    for (const std::string& edit : edits) {
        CAPTURE(edit);
        const TempFolder folder;
        const std::filesystem::path path = folder / "hostile.db";
        {
            Ledger ledger = Ledger::open(path, options());
            apply_text(ledger, every_table);
        }
        {
            Sql sql(path);
            std::string drop;
            for (const std::string& name : sql.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
                drop += "DROP TRIGGER " + name + ";";
            static_cast<void>(sql.run("PRAGMA ignore_check_constraints = ON;" + drop));
            static_cast<void>(sql.run(edit));
        }
        for (const Access access : {Access::read_only, Access::read_write}) {
            bool told = false;
            try {
                Ledger ledger = Ledger::open(path, options(access));
                told = !ledger.verify().ok;
                for (const auto& question : std::vector<std::function<void()>>{
                         [&] { static_cast<void>(total_of(ledger, "Acme")); },
                         [&] { static_cast<void>(ledger.reconcile()); },
                         [&] { static_cast<void>(ledger.investments("Fund I")); },
                         [&] { static_cast<void>(exported(ledger)); },
                         [&] { ledger.for_each_entry([](const LogEntry&) {}); },
                         [&] { static_cast<void>(ledger.head()); }}) {
                    static_cast<void>(error_of(question));  // answers or refuses
                }
            } catch (const Error&) {
                told = true;
            }
            CHECK(told);
        }
    }
}

TEST_CASE("pipes and devices are refused at once, and links are followed") {
    const TempFolder folder;
    const std::filesystem::path pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::filesystem::path& path :
         {pipe, std::filesystem::path("/dev/null"), std::filesystem::path("/dev/zero")}) {
        for (const Access access : {Access::read_only, Access::read_write, Access::create}) {
            CHECK(open_error(path, access) ==
                  path.string() + ": is no regular file, expected a ledger file [not-a-ledger]");
        }
    }
    static_cast<void>(Ledger::open(folder / "l.db", options()));
    std::filesystem::create_symlink("l.db", folder / "link");
    std::filesystem::create_symlink("loop", folder / "loop");
    CHECK(open_error(folder / "link", Access::read_only) == "no error");
    CHECK(open_error(folder / "loop", Access::create).ends_with("[io]"));
    // An import from a file that never ends does not begin.
    Ledger ledger = Ledger::open(folder / "l.db", options());
    for (const std::filesystem::path& path : {pipe, std::filesystem::path("/dev/zero")}) {
        const std::vector<std::filesystem::path> paths{path};
        CHECK(error_of([&] { static_cast<void>(import_form_d(ledger, paths)); }) ==
              path.string() + ": cannot be read: it is no regular file [io]");
    }
}

TEST_CASE("a file in WAL mode is for one connection, where SQLite can damage it otherwise") {
    const TempFolder folder;
    const std::filesystem::path path = folder / "wal.db";
    static_cast<void>(Ledger::open(path, options()));
    REQUIRE(Sql(path).cell("PRAGMA journal_mode = WAL") == "wal");
    const std::string sqlite = std::string("SQLite ") + sqlite3_libversion();
    Ledger first = Ledger::open(path, options());
    if (open_error(path, Access::read_write) == "no error") {
        MESSAGE("skipped: ", sqlite, " lets several connections have such a file open");
        return;
    }
    CHECK(open_error(path, Access::read_write) ==
          path.string() + ": is in WAL mode and in use, and " + sqlite +
              " can damage such a file when two connections have it open; close the other one, set PRAGMA "
              "journal_mode = DELETE, or use SQLite 3.51.3 or later [busy]");
    CHECK(
        open_error(path, Access::read_only) ==
        path.string() +
            ": is in WAL mode and wal.db-wal is there: it is in use, or was not closed. To read it means to "
            "write beside it: open it for writing, or try again when it is closed [busy]");
    // Another program, which knows nothing of this, cannot get in either.
    CHECK(Sql(path).run("SELECT * FROM entry") == "database is locked");
    CHECK(refusal_of(first, new_source) == "no error");
    CHECK(first.verify().ok);
    first = in_memory();
    CHECK(Ledger::open(path, options(Access::read_write)).size() == 1);
    REQUIRE(Sql(path).cell("PRAGMA journal_mode = DELETE") == "delete");
    CHECK(Ledger::open(path, options(Access::read_only)).size() == 1);
}

TEST_CASE("a filing twice in a data set does not take its rows twice") {
    // There are as many filings of one number as rows of issuers, which would make billions of pairs.
    const TempFolder folder;
    std::string submissions = "ACCESSIONNUMBER\tSUBMISSIONTYPE\n";
    std::string issuers = "ACCESSIONNUMBER\tENTITYNAME\n";
    for (int i = 0; i < 20000; ++i) {
        submissions += "0007100001-24-000001\tD" + std::to_string(i) + "\n";
        issuers += "0007100001-24-000001\tIssuer\n";
    }
    write_file(folder / "FORMDSUBMISSION.tsv", submissions);
    write_file(folder / "ISSUERS.tsv", issuers);
    for (const char* table : {"OFFERING", "RECIPIENTS", "RELATEDPERSONS", "SIGNATURES"})
        write_file(folder / (std::string(table) + ".tsv"), "ACCESSIONNUMBER\n");
    Ledger ledger = in_memory();
    ImportOptions keep_going;
    keep_going.keep_going = true;
    const std::vector<std::filesystem::path> paths{folder.path()};
    const ImportReport report = import_form_d(ledger, paths, keep_going);
    CHECK(report.imported == 0);
    REQUIRE(report.refused.size() >= 20000);
    CHECK(report.refused[1].code() == ErrorCode::duplicate_field);
}

TEST_CASE("a row of a table that never ends is refused") {
    // An open quote takes the rest of the file into one cell.
    Ledger ledger = in_memory();
    std::istringstream csv("company,date,series,amount,currency,investors\n\"" +
                           std::string(40U << 20U, 'x'));
    CHECK(error_of([&] { static_cast<void>(import_csv(ledger, csv, "t.csv", built_in_map("rounds"))); }) ==
          "t.csv:2: a row is longer than 16 MiB; perhaps a quote is not closed [bad-text]");
}
