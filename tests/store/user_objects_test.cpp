// Tables, views and indexes of the user's own in a ledger's file are let be; what is neither the library's
// nor the user's is refused with the way out; and a dump of a ledger is read back.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "fixtures.hpp"
#include "generated_ledger.hpp"

using namespace store_test;

namespace {

constexpr std::string_view acme_seed =
    R"({"kind":"round","round":"seed","company":"Acme","raised":"1 million USD"})";
constexpr std::string_view more = R"({"kind":"round","round":"a","company":"Acme","raised":"2 million USD"})";

// What people make of their own. The checks and defaults of these would fail if they ran.
const std::vector<std::string> own{
    "CREATE TABLE my_notes (note INTEGER PRIMARY KEY AUTOINCREMENT, company INTEGER REFERENCES party "
    "(party), text TEXT)",
    "INSERT INTO my_notes (company, text) VALUES (1, 'call them'), (99, 'nobody')",
    "CREATE UNIQUE INDEX ix_my_notes_text ON my_notes (text) WHERE text IS NOT NULL",
    "CREATE TABLE My_Frame (\"index\" INTEGER, x FLOAT UNIQUE, CHECK (x IS NULL OR abs(x) >= 0))",
    "CREATE INDEX frame_index ON My_Frame (\"index\")",
    "CREATE VIEW my_totals AS SELECT company, known_minor FROM total_raised",
    "CREATE VIRTUAL TABLE my_search USING fts5(text)",
    "INSERT INTO my_search VALUES ('anvils')",
    "CREATE VIRTUAL TABLE \"my_old search\" USING fts4(text)",
    "CREATE INDEX my_round_names ON round_statement (name COLLATE NOCASE, stage DESC)",
    "CREATE INDEX my_amounts ON company_total (known_minor)",
};

std::string own_statements() {
    std::string statements;
    for (const std::string& statement : own) statements += statement + ";";
    return statements;
}

void make_own_ledger(const std::filesystem::path& path, const std::string& statements,
                     std::string_view facts = acme_seed) {
    {
        Ledger ledger = Ledger::open(path, options());
        apply_text(ledger, facts);
    }
    Sql sql(path);
    const std::string message = sql.run(statements);
    CHECK_MESSAGE(message.empty(), (statements + ": " + message));
}

std::string notes_in(const std::filesystem::path& path) {
    Sql sql(path);
    return sql.cell("SELECT count(*), max(text) FROM my_notes") + " " +
           sql.cell("SELECT text FROM my_search WHERE my_search MATCH 'anvils'");
}

// What `.dump` of the sqlite3 shell prints of the file; empty where there is no shell.
std::string dump_of(const TempFolder& folder, const std::string& name) {
    const std::string file = (folder / name).string();
    const std::string command = "sqlite3 -readonly '" + file + "' .dump >'" + file + ".sql' 2>/dev/null";
    return std::system(command.c_str()) == 0 ? file + ".sql" : "";
}

}  // namespace

TEST_CASE("objects of the user's own are let be by open, apply, verify, backup, restore and merge") {
    TempFolder folder;
    make_own_ledger(folder / "l.db", own_statements());
    const std::string notes = "2|nobody anvils";
    {
        Ledger ledger = Ledger::open(folder / "l.db", options());
        apply_text(ledger, more);
        CHECK(total_of(ledger, "Acme") == "3000000.00 USD over 2, 0 undisclosed");
        const Verification verified = ledger.verify();
        CHECK(verified.problem == "");
        const std::vector<std::string> listed = verified.user_objects;
        for (const char* object : {"table \"my_notes\"", "index \"ix_my_notes_text\"", "table \"My_Frame\"",
                                   "index \"frame_index\"", "view \"my_totals\"", "table \"my_search\"",
                                   "table \"my_search_data\"", "table \"my_old search\"",
                                   "index \"my_round_names\"", "index \"my_amounts\""}) {
            CHECK_MESSAGE(std::ranges::find(listed, object) != listed.end(), object);
        }
        ledger.backup(folder / "backup.db");
    }
    CHECK(notes_in(folder / "l.db") == notes);
    CHECK(notes_in(folder / "backup.db") == notes);
    restore(folder / "backup.db", folder / "restored.db");
    CHECK(notes_in(folder / "restored.db") == notes);
    make_own_ledger(folder / "other.db", "",
                    R"({"kind":"round","round":"b","company":"Beta","raised":"5 million USD"})");
    {
        Ledger ledger = Ledger::open(folder / "restored.db", options());
        ledger.merge(folder / "other.db");
        CHECK(ledger.verify().problem == "");
        Ledger other = Ledger::open(folder / "other.db", options());
        other.merge(folder / "restored.db");
        CHECK(other.verify().user_objects.empty());
        CHECK(total_of(other, "Acme") == "3000000.00 USD over 2, 0 undisclosed");
    }
    CHECK(notes_in(folder / "restored.db") == notes);
}

TEST_CASE("indexes of the user's own on every column change no answer") {
    TempFolder folder;
    const std::string facts = FactsGenerator(11).facts(12);
    const std::size_t half = facts.find('\n', facts.size() / 2) + 1;
    make_own_ledger(folder / "plain.db", "", facts.substr(0, half));
    std::filesystem::copy_file(folder / "plain.db", folder / "indexed.db");
    {
        Sql sql(folder / "indexed.db");
        std::string statements;
        int number = 0;
        for (const std::string& table : sql.tables()) {
            for (const std::string& column : sql.columns(table)) {
                statements += "CREATE INDEX my_" + std::to_string(number++) + " ON " + table + " (\"" +
                              column + "\" DESC);";
            }
        }
        CHECK(sql.run(statements + "ANALYZE").empty());
    }
    std::vector<std::string> answers;
    for (const char* name : {"plain.db", "indexed.db"}) {
        Ledger ledger = Ledger::open(folder / name, options());
        apply_text(ledger, facts.substr(half));
        CHECK(ledger.verify().problem == "");
        std::string answer = ledger.digest().to_string();
        for (const Finding& finding : ledger.reconcile()) answer += finding.message + "\n";
        Sql sql(folder / name);
        for (const std::string& row : sql.rows("SELECT * FROM total_raised ORDER BY company, currency"))
            answer += row;
        answers.push_back(answer);
    }
    CHECK(answers[0] == answers[1]);
}

TEST_CASE("of what is neither the ledger's nor the user's the first is named, with what takes it away") {
    struct Row {
        std::string statements;
        std::string object;
        std::string drop;
    };
    const std::vector<Row> rows{
        {"CREATE TABLE frame (\"index\" INTEGER); CREATE INDEX ix_frame_index ON frame (\"index\")",
         "table \"frame\"", "TABLE \"frame\""},
        // The index was made first, but the table takes its own index with it.
        {"CREATE INDEX fast ON entry (kind); CREATE TABLE frame (x)", "table \"frame\"", "TABLE \"frame\""},
        {"CREATE INDEX fast ON entry (kind)", "index \"fast\"", "INDEX \"fast\""},
        {"CREATE UNIQUE INDEX my_ids ON entry (id)", "index \"my_ids\"", "INDEX \"my_ids\""},
        {"CREATE INDEX my_kinds ON entry (kind) WHERE source IS NULL", "index \"my_kinds\"",
         "INDEX \"my_kinds\""},
        {"CREATE INDEX my_kinds ON entry (upper(kind))", "index \"my_kinds\"", "INDEX \"my_kinds\""},
        {"CREATE VIEW totals AS SELECT 1", "view \"totals\"", "VIEW \"totals\""},
        {"CREATE TRIGGER my_log AFTER INSERT ON entry BEGIN SELECT 1; END", "trigger \"my_log\"",
         "TRIGGER \"my_log\""},
        {"CREATE TABLE my_t (x); CREATE TRIGGER my_log AFTER INSERT ON my_t BEGIN SELECT 1; END",
         "trigger \"my_log\"", "TRIGGER \"my_log\""},
        {"CREATE VIRTUAL TABLE my_box USING rtree(id, a, b)", "table \"my_box\"", "TABLE \"my_box\""},
        {"CREATE VIRTUAL TABLE \"my_ using fts5(\" USING rtree(id, a, b)", "table \"my_ using fts5(\"",
         "TABLE \"my_ using fts5(\""},
        {"CREATE TABLE \"mine \"\"too\" (x)", "table \"mine \"too\"", "TABLE \"mine \"\"too\""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.statements);
        TempFolder folder;
        const std::filesystem::path path = folder / "it's.db";
        make_own_ledger(path, row.statements);
        std::string uri = "file:" + path.string() + "?mode=ro";
        uri.replace(uri.find('\''), 1, "''");
        CHECK(open_error(path, Ledger::Access::read_write) ==
              path.string() + ": the schema has the " + row.object + ", which no ledger has. DROP " +
                  row.drop +
                  " takes it away. Tables, views and plain indexes of your own are let be when their names "
                  "begin with "
                  "my_, or keep them in another file and there ATTACH '" +
                  uri + "' AS ledger. Read-only it opens as it is [damaged]");
        CHECK_FALSE(Ledger::open(path, options(Ledger::Access::read_only)).verify().ok);
        // The recipe works, and so does what takes the object away.
        Sql elsewhere(folder / "mine.db");
        CHECK(elsewhere
                  .run("ATTACH '" + uri +
                       "' AS ledger; CREATE TABLE frame AS SELECT * FROM ledger.total_raised")
                  .empty());
        for (int dropped = 0; dropped < 3; ++dropped) {
            const std::string said = open_error(path, Ledger::Access::read_write);
            if (said == "no error") break;
            const std::size_t begin = said.find("DROP ");
            CHECK(Sql(path).run(said.substr(begin, said.find(" takes it away") - begin)).empty());
        }
        CHECK(Ledger::open(path, options()).verify().problem == "");
    }
}

TEST_CASE("a dump of a ledger is read back as it was, without what is the user's own") {
    TempFolder folder;
    make_own_ledger(folder / "l.db", own_statements(),
                    FactsGenerator(5).facts(8) +
                        R"({"kind":"remark","about":"Acme","text":"two\nlines; it's 'quoted';\r\nand \\n"})");
    const std::string dump = dump_of(folder, "l.db");
    if (dump.empty()) {
        MESSAGE("skipped: there is no sqlite3 shell");
        return;
    }
    // What the shell makes of it is no ledger, and the message says how it becomes one.
    CHECK(Sql(folder / "loaded.db").run(read_file(dump)).empty());
    CHECK(open_error(folder / "loaded.db", Ledger::Access::read_write) ==
          (folder / "loaded.db").string() +
              ": has the tables of a ledger without its application_id and user_version, which .dump and "
              ".clone of the "
              "sqlite3 shell leave out; restore a backup, or restore what .dump prints of this file "
              "[not-a-ledger]");
    const std::vector<std::string> left_out = restore(dump, folder / "restored.db");
    for (const char* object : {"table my_notes", "view my_totals", "index my_amounts", "index frame_index"})
        CHECK_MESSAGE(std::ranges::find(left_out, object) != left_out.end(), object);
    const Ledger before = Ledger::open(folder / "l.db", options(Ledger::Access::read_only));
    Ledger after = Ledger::open(folder / "restored.db", options());
    CHECK(after.verify().problem == "");
    CHECK(after.head().to_string() == before.head().to_string());
    CHECK(after.digest() == before.digest());
    CHECK(error_of([&] { restore(dump, folder / "restored.db"); }) ==
          (folder / "restored.db").string() + ": is there already; name a new file [file-exists]");
    restore(dump, folder / "restored.db", {.replace = true});
    // Of the file that the shell made of the dump too.
    CHECK(restore(dump_of(folder, "loaded.db"), folder / "again.db").size() == left_out.size());
    CHECK(Ledger::open(folder / "again.db", options()).head().to_string() == before.head().to_string());
}

TEST_CASE("a dump that is none of a ledger restores nothing") {
    struct Row {
        std::string what;
        std::string message;
    };
    const std::string inserts = " (line 2) ";
    const std::vector<Row> rows{
        {"SELECT load_extension('x');",
         "got \"SELECT load_extension('x');\", expected a statement of a dump of a ledger"},
        {"ATTACH 'x.db' AS x;", "got \"ATTACH 'x.db' AS x;\", expected a statement of a dump of a ledger"},
        {"UPDATE entry SET body = '';", "expected a statement of a dump of a ledger"},
        {"DROP TABLE entry;", "expected a statement of a dump of a ledger"},
        {"CREATE TABLE sly (x);",
         "expected a statement of a ledger's schema, or one of a name that begins with my_"},
        {"CREATE TABLE entry (x);", "expected a statement of a ledger's schema"},
        {"CREATE TRIGGER my_t AFTER INSERT ON entry BEGIN SELECT 1; END;",
         "expected a statement of a ledger's schema"},
        {"CREATE TEMP VIEW my_v AS SELECT 1;", "expected a statement of a ledger's schema"},
        {"INSERT INTO nowhere VALUES (1);", "no such table: nowhere"},
        {"INSERT INTO source SELECT 1;", "table source has"},
        {"INSERT INTO ledger SELECT only_row, own_chain, min_reader FROM ledger;", "access to"},
        {"INSERT INTO ledger VALUES (1, (SELECT count(*) FROM entry), 1);", "not authorized"},
        {"INSERT INTO ledger VALUES (1, length(randomblob(1000)), 1);", "not authorized to use function"},
        {"INSERT INTO ledger VALUES (1, 1, 1) RETURNING *;", "expected an INSERT of values"},
        {"INSERT INTO ledger VALUES (1, 1, 1); DROP TABLE entry;", "there is more on the line"},
        {"INSERT INTO ledger VALUES (2, 1, 1);", "CHECK constraint failed"},
        {"INSERT INTO ledger VALUES (1, 'x', 1);", "cannot store TEXT value"},
        {"INSERT INTO ledger VALUES (1", "syntax error"},
        {"ROLLBACK; -- due to errors", "expected a statement of a dump of a ledger"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        TempFolder folder;
        write_file(folder / "dump.sql",
                   "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n" + row.what + "\nCOMMIT;\n");
        const std::string said = error_of([&] { restore(folder / "dump.sql", folder / "l.db"); });
        CHECK_MESSAGE(said.find(row.message) != std::string::npos, said);
        CHECK_MESSAGE(said.starts_with((folder / "dump.sql").string() + ":3: "), said);
        CHECK_MESSAGE(said.ends_with(" [bad-sql]"), said);
        CHECK_FALSE(std::filesystem::exists(folder / "l.db"));
    }
    TempFolder folder;
    write_file(folder / "cut.sql", "BEGIN TRANSACTION;\nINSERT INTO ledger VALUES (1,\n");
    CHECK(error_of([&] { restore(folder / "cut.sql", folder / "l.db"); }) ==
          (folder / "cut.sql").string() +
              ":2: got \"INSERT INTO ledger VALUES (1,\", expected a whole statement [bad-sql]");
    write_file(folder / "cut.sql", "BEGIN TRANSACTION;\n");
    CHECK(error_of([&] { restore(folder / "cut.sql", folder / "l.db"); }).find("COMMIT at the end") !=
          std::string::npos);
    // Rows that make no ledger fail verify, as those of a backup do.
    write_file(folder / "empty.sql", "BEGIN TRANSACTION;\nCOMMIT;\n");
    const std::string said = error_of([&] { restore(folder / "empty.sql", folder / "l.db"); });
    CHECK_MESSAGE(said.find("fails verify, nothing is copied") != std::string::npos, said);
    CHECK_FALSE(std::filesystem::exists(folder / "l.db"));
}

TEST_CASE("a file or a folder that may not be written is named, with the way out") {
    TempFolder folder;
    const std::filesystem::path inner = folder / "inner";
    std::filesystem::create_directory(inner);
    make_own_ledger(inner / "l.db", "");
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    using std::filesystem::perms;
    const auto said = [&] {
        return error_of([&] {
            Ledger ledger = Ledger::open(inner / "l.db", options());
            apply_text(ledger, more);
        });
    };
    // The superuser may write everything, so the rights of nobody are taken on where that is possible.
    const uid_t user = ::geteuid();
    if (user == 0) {
        std::filesystem::permissions(inner, perms(0777));
        constexpr uid_t nobody = 65534;
        REQUIRE(::seteuid(nobody) == 0);
    }
    const auto as_owner = [&](auto&& change) {
        if (user == 0) REQUIRE(::seteuid(0) == 0);
        change();
        if (user == 0) REQUIRE(::seteuid(65534) == 0);
    };
    as_owner([&] { std::filesystem::permissions(inner / "l.db", perms(0444)); });
    const std::string of_file = said();
    as_owner([&] {
        std::filesystem::permissions(inner / "l.db", perms(0666));
        std::filesystem::permissions(inner, perms(0555));
    });
    const std::string of_folder = said();
    const std::string of_new = open_error(inner / "new.db", Ledger::Access::create);
    const std::string total =
        total_of(Ledger::open(inner / "l.db", options(Ledger::Access::read_only)), "Acme");
    if (user == 0) REQUIRE(::seteuid(0) == 0);
    std::filesystem::permissions(inner, perms(0755));
    const std::string path = (inner / "l.db").string();
    CHECK(of_file ==
          path +
              ": the file may not be written by this user; open it read-only, or ask for the right to write "
              "it [read-only]");
    CHECK(of_folder ==
          path + ": the folder " + inner.string() +
              " may not be written by this user, and a journal lies there while the ledger is written; open "
              "it read-only, or ask for the right to write there [read-only]");
    CHECK(of_new ==
          (inner / "new.db").string() + ": the folder " + inner.string() +
              " may not be written by this user; choose another, or ask for the right to write there "
              "[read-only]");
    CHECK(total == "1000000.00 USD over 1, 0 undisclosed");
}
