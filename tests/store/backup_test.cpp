// Backups and restores are checked copies that exist whole or not at all. A ledger opened to read writes
// nothing.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>

#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr std::string_view facts =
    R"({"kind":"round","round":"seed","company":"Acme","raised":"1 million USD"})";
constexpr std::string_view more_facts =
    R"({"kind":"round","round":"a","company":"Acme","raised":"2 million USD"})";

void make_ledger(const std::filesystem::path& path) {
    Ledger ledger = Ledger::open(path, options());
    apply_text(ledger, facts);
}

std::string total_in(const std::filesystem::path& path) {
    return total_of(Ledger::open(path, options(Ledger::Access::read_only)), "Acme");
}

// Every file below the folder, with its bytes.
std::vector<std::string> contents(const TempFolder& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        files.push_back(entry.path().filename().string() + ": " + read_file(entry.path()));
    }
    std::sort(files.begin(), files.end());
    return files;
}

// Leaves the file as a process that died during a write does: changed pages are in it, the old ones in a
// journal.
void die_while_writing(const std::filesystem::path& path) {
    const pid_t child = ::fork();
    if (child == 0) {
        sqlite3* database = nullptr;
        sqlite3_open(path.c_str(), &database);
        sqlite3_exec(database,
                     "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; CREATE TABLE filler (x);"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                     "INSERT INTO filler SELECT hex(randomblob(500)) FROM n",
                     nullptr, nullptr, nullptr);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
}

// Every question that a read-only ledger must answer.
void ask(const std::filesystem::path& path) {
    const Ledger ledger = Ledger::open(path, options(Ledger::Access::read_only));
    CHECK(total_of(ledger, "Acme", "2024", "2025-01-01T12:00:00Z") != "");
    CHECK(ledger.reconcile().empty());
    CHECK(ledger.verify().ok);
    CHECK(!exported(ledger).empty());
}

}  // namespace

TEST_CASE("a ledger that is restored is the one that was backed up") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    const Ledger original = Ledger::open(folder / "l.db", options());
    original.backup(folder / "backup.db");
    restore(folder / "backup.db", folder / "restored.db");
    const Ledger restored = Ledger::open(folder / "restored.db", options());
    CHECK(restored.verify().ok);
    CHECK(exported(restored) == exported(original));
    CHECK(restored.head().hash == original.head().hash);
    CHECK(restored.head().chain == original.head().chain);
    CHECK(contents(folder).size() == 3);
}

TEST_CASE("a restore replaces a ledger only when told to, and then takes what lies beside it away") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    Ledger::open(folder / "l.db", options()).backup(folder / "backup.db");
    {
        Ledger ledger = Ledger::open(folder / "l.db", options());
        apply_text(ledger, more_facts);
    }
    const std::string path = (folder / "l.db").string();
    CHECK(error_of([&] { restore(folder / "backup.db", path); }) ==
          path + ": is there already; name a new file [file-exists]");
    CHECK(total_in(path) == "3000000.00 USD over 2, 0 undisclosed");
    die_while_writing(path);
    REQUIRE(std::filesystem::exists(path + "-journal"));
    restore(folder / "backup.db", path, {.replace = true});
    CHECK(total_in(path) == "1000000.00 USD over 1, 0 undisclosed");
    CHECK(contents(folder).size() == 2);

    write_file(path, "no database at all");
    restore(folder / "backup.db", path, {.replace = true});
    CHECK(total_in(path) == "1000000.00 USD over 1, 0 undisclosed");
}

TEST_CASE("a ledger that others use is not replaced") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    Ledger::open(folder / "l.db", options()).backup(folder / "backup.db");
    Sql other(folder / "l.db");
    CHECK(other.run("BEGIN IMMEDIATE").empty());
    CHECK(error_of([&] {
              restore(folder / "backup.db", folder / "l.db", {.replace = true, .busy_timeout = {}});
          }) == (folder / "l.db").string() +
                    ": another program, or a View of this one, is using the ledger, try again [busy]");
    CHECK(contents(folder).size() >= 2);
    CHECK(!std::filesystem::exists(folder / "l.db.unfinished"));
}

TEST_CASE(
    "what the progress of a backup or a restore throws comes out as it was, and nothing is left behind") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    const Ledger ledger = Ledger::open(folder / "l.db", options());
    const auto before = contents(folder);
    const auto thrown_by = [&](const ProgressCall& progress, bool restores) -> std::string {
        try {
            if (restores) {
                restore(folder / "l.db", folder / "copy.db", {.progress = progress});
            } else {
                ledger.backup(folder / "copy.db", progress);
            }
        } catch (const Error& error) {
            return error.what();
        } catch (const std::runtime_error& error) {
            return std::string("runtime ") + error.what();
        } catch (int number) {
            return "number " + std::to_string(number);
        }
        return "nothing";
    };
    for (const bool restores : {false, true}) {
        for (const int at : {1, 2}) {
            CAPTURE(restores);
            CAPTURE(at);
            int calls = 0;
            const auto throwing = [&](const auto& thrown) {
                return [&calls, at, thrown](const Progress&) {
                    if (++calls % 2 == at % 2) throw thrown;
                };
            };
            CHECK(thrown_by(throwing(Error(ErrorCode::misuse, "enough")), restores) == "enough [misuse]");
            calls = 0;
            CHECK(thrown_by(throwing(std::runtime_error("enough")), restores) == "runtime enough");
            calls = 0;
            CHECK(thrown_by(throwing(7), restores) == "number 7");
            CHECK(contents(folder) == before);
        }
    }
}

TEST_CASE("what fails verify is neither backed up nor restored, and nothing is left behind") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    CHECK(Sql(folder / "l.db")
              .run("DROP TRIGGER entry_no_update; UPDATE entry SET hash = zeroblob(32)")
              .empty());
    const std::string problem =
        (folder / "l.db").string() +
        ": fails verify, nothing is copied: the schema lacks the trigger entry_no_update [damaged]";
    const auto before = contents(folder);
    CHECK(error_of([&] { Ledger::open(folder / "l.db", options()).backup(folder / "copy.db"); }) == problem);
    CHECK(error_of([&] { restore(folder / "l.db", folder / "copy.db"); }) == problem);
    write_file(folder / "note.txt", "Dear reader");
    CHECK(error_of([&] { restore(folder / "note.txt", folder / "copy.db"); }) ==
          (folder / "note.txt").string() + ": is no SQLite database, expected a ledger file [not-a-ledger]");
    CHECK(error_of([&] { restore(folder / "missing.db", folder / "copy.db"); }) ==
          (folder / "missing.db").string() + ": no such file, expected a ledger [no-such-file]");
    std::filesystem::remove(folder / "note.txt");
    CHECK(contents(folder) == before);
}

TEST_CASE("a journal that another file left is not taken for the copy's") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    write_file(folder / "copy.db-journal", "left over");
    CHECK(error_of([&] { Ledger::open(folder / "l.db", options()).backup(folder / "copy.db"); }) ==
          (folder / "copy.db").string() +
              ": copy.db-journal is there, left by another file of that name; remove it or name a new file "
              "[file-exists]");
}

TEST_CASE("a ledger opened read-only writes nothing, to the file or beside it") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    const auto before = contents(folder);
    ask(folder / "l.db");
    CHECK(contents(folder) == before);

    CHECK(Sql(folder / "l.db").run("PRAGMA journal_mode = WAL").empty());
    const auto in_wal_mode = contents(folder);
    REQUIRE(in_wal_mode.size() == 1);
    ask(folder / "l.db");
    CHECK(contents(folder) == in_wal_mode);
}

TEST_CASE("a ledger in a folder that cannot be written to is read") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    std::filesystem::create_directory(folder / "closed");
    std::filesystem::rename(folder / "l.db", folder / "closed" / "l.db");
    using std::filesystem::perms;
    std::filesystem::permissions(folder / "closed" / "l.db", perms::owner_read);
    std::filesystem::permissions(folder / "closed", perms::owner_read | perms::owner_exec);
    if (::geteuid() == 0) MESSAGE("permissions do not bind root: only the listing is compared");
    const std::string bytes = read_file(folder / "closed" / "l.db");
    ask(folder / "closed" / "l.db");
    CHECK(std::distance(std::filesystem::directory_iterator(folder / "closed"), {}) == 1);
    CHECK(read_file(folder / "closed" / "l.db") == bytes);
    std::filesystem::permissions(folder / "closed", perms::owner_all);
}

TEST_CASE("a ledger that was left in the middle of a write is not read without taking that back") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    const std::string path = (folder / "l.db").string();
    const std::string bytes = read_file(path);
    die_while_writing(path);
    const auto before = contents(folder);
    CHECK(before.size() == 2);
    CHECK(error_of([&] { static_cast<void>(Ledger::open(path, options(Ledger::Access::read_only))); }) ==
          path +
              ": was left in the middle of a write, whose journal lies beside it; open it for writing, which "
              "takes "
              "it back to before that write [read-only]");
    CHECK(contents(folder) == before);
    static_cast<void>(Ledger::open(path, options(Ledger::Access::read_write)).size());
    CHECK(read_file(path) == bytes);
    ask(path);
}

TEST_CASE("a ledger in WAL mode that others have open is not read beside them") {
    TempFolder folder;
    make_ledger(folder / "l.db");
    const std::string path = (folder / "l.db").string();
    Sql other(path);
    CHECK(other.run("PRAGMA journal_mode = WAL; CREATE TABLE t (x)").empty());
    const auto before = contents(folder);
    CHECK(error_of([&] { static_cast<void>(Ledger::open(path, options(Ledger::Access::read_only))); }) ==
          path +
              ": is in WAL mode and l.db-wal is there: it is in use, or was not closed. To read it means to "
              "write "
              "beside it: open it for writing, or try again when it is closed [busy]");
    CHECK(contents(folder) == before);
}
