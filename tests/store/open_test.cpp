// Which files are opened and which are not: other files, missing ones, later schemas, damage. Every message
// is checked as a whole.
#include <doctest/doctest.h>

#include <thread>

#include "../sanitizers.hpp"
#include "fixtures.hpp"

using namespace store_test;

namespace {

// A ledger of a few entries at the path.
void make_small_ledger(const std::filesystem::path& path) {
    Ledger ledger = Ledger::open(path, options());
    apply_text(ledger, R"({"kind":"source","id":"s","type":"press"}
{"kind":"party","name":"Acme","aliases":["Acme, Inc."],"ids":{"cik":"1"}}
{"kind":"round","round":"seed","company":"Acme","raised":"1 million USD","source":"s"}
{"kind":"participation","round":"seed","investor":"Fund I"}
)");
}

constexpr std::array all_access{Access::read_only, Access::read_write, Access::create};

}  // namespace

TEST_CASE("what is no ledger is refused, whatever the access, and stays as it is") {
    TempFolder folder;
    write_file(folder / "note.txt", "Dear reader, this is no database.\n");
    write_file(folder / "long.txt", std::string(10000, 'x'));
    CHECK(Sql(folder / "other.db").run("CREATE TABLE t (x)").empty());
    CHECK(Sql(folder / "named.db").run("PRAGMA application_id = 7; CREATE TABLE t (x)").empty());
    struct Row {
        std::string name;
        std::string message;
    };
    const std::string no_database = "is no SQLite database, expected a ledger file [not-a-ledger]";
    const std::vector<Row> rows{
        {"note.txt", no_database},
        {"long.txt", no_database},
        {"other.db",
         "is an SQLite database of another application (application_id 0, a ledger has 1347243609) "
         "[not-a-ledger]"},
        {"named.db",
         "is an SQLite database of another application (application_id 7, a ledger has 1347243609) "
         "[not-a-ledger]"},
        {"", "is a folder, expected a ledger file [not-a-ledger]"},
    };
    for (const Row& row : rows) {
        const std::filesystem::path path = row.name.empty() ? folder.path() : folder / row.name;
        const std::string before = row.name.empty() ? "" : read_file(path);
        for (const Access access : all_access)
            CHECK(open_error(path, access) == path.string() + ": " + row.message);
        if (!row.name.empty()) CHECK(read_file(path) == before);
    }
}

TEST_CASE("a missing file is made a ledger only on demand, and never in a missing folder") {
    TempFolder folder;
    const std::string missing = (folder / "l.db").string();
    CHECK(open_error(missing, Access::read_only) ==
          missing + ": no such file, expected a ledger [no-such-file]");
    CHECK(open_error(missing, Access::read_write) ==
          missing + ": no such file, expected a ledger [no-such-file]");
    const std::string nowhere = (folder / "no" / "l.db").string();
    CHECK(open_error(nowhere, Access::create) == nowhere + ": the folder " + (folder / "no").string() +
                                                     " does not exist; create it first [no-such-folder]");
    CHECK(open_error("", Access::create) == "the path is empty; name a ledger file [no-such-file]");
    CHECK(std::filesystem::is_empty(folder.path()));
    CHECK(open_error(missing, Access::create) == "no error");
    for (const Access access : all_access) CHECK(open_error(missing, access) == "no error");
}

TEST_CASE("an empty file is made a ledger only on demand") {
    TempFolder folder;
    const std::string path = (folder / "l.db").string();
    write_file(path, "");
    const std::string message = path + ": is empty; apply facts to it to make it a ledger [not-a-ledger]";
    CHECK(open_error(path, Access::read_only) == message);
    CHECK(open_error(path, Access::read_write) == message);
    CHECK(std::filesystem::file_size(path) == 0);
    CHECK(open_error(path, Access::create) == "no error");
    CHECK(open_error(path, Access::read_only) == "no error");
}

TEST_CASE("a ledger says what it is in its header") {
    TempFolder folder;
    make_small_ledger(folder / "l.db");
    Sql sql(folder / "l.db");
    CHECK(sql.cell("PRAGMA application_id") == std::to_string(0x504D4E59));
    CHECK(sql.cell("PRAGMA user_version") == "1");
    CHECK(sql.cell("SELECT min_reader FROM ledger") == "1");
    CHECK(sql.cell("PRAGMA journal_mode") == "delete");
}

TEST_CASE("a later schema is read where it allows that, and never written to") {
    TempFolder folder;
    const std::string path = (folder / "l.db").string();
    make_small_ledger(path);
    CHECK(Sql(path).run("PRAGMA user_version = 2").empty());
    CHECK(open_error(path, Access::read_only) == "no error");
    CHECK(total_of(Ledger::open(path, options(Access::read_only)), "Acme") ==
          "1000000.00 USD over 1, 0 undisclosed");
    const std::string newer = path + ": has schema version 2, this program knows 1; ";
    CHECK(open_error(path, Access::read_write) ==
          newer + "open it read-only, or use a newer one [newer-schema]");
    CHECK(open_error(path, Access::create) == newer + "open it read-only, or use a newer one [newer-schema]");
    CHECK(Sql(path).run("DROP TRIGGER ledger_no_update; UPDATE ledger SET min_reader = 2").empty());
    for (const Access access : all_access)
        CHECK(open_error(path, access) == newer + "use a newer one [newer-schema]");
    CHECK(Sql(path).run("PRAGMA user_version = 0").empty());
    for (const Access access : all_access) {
        CHECK(open_error(path, access) ==
              path + ": has schema version 0, this program knows 1; restore a backup [damaged]");
    }
}

TEST_CASE("a ledger that lacks a table is damaged") {
    TempFolder folder;
    const std::string path = (folder / "l.db").string();
    make_small_ledger(path);
    CHECK(Sql(path).run("DROP TABLE currency").empty());
    CHECK(open_error(path, Access::read_only) == path +
                                                     ": no such table: currency (SQLite result 1, preparing: "
                                                     "SELECT code, decimals FROM currency); the ledger "
                                                     "is damaged: restore a backup [damaged]");
}

TEST_CASE("a damaged file is refused or told by verify; what verify calls ok holds the same facts") {
    TempFolder folder;
    make_small_ledger(folder / "good.db");
    const std::string good = read_file(folder / "good.db");
    const std::string facts = exported(Ledger::open(folder / "good.db", options(Access::read_only)));
    const std::string path = (folder / "bad.db").string();
    std::size_t told = 0;
    const auto check = [&](const std::string& bytes) {
        write_file(path, bytes);
        try {
            const Ledger ledger = Ledger::open(path, options(Access::read_only));
            const Verification verified = ledger.verify();
            CHECK(verified.ok == verified.problem.empty());
            if (verified.ok) {
                CHECK(exported(ledger) == facts);
            } else {
                ++told;
            }
        } catch (const Error& error) {
            ++told;
            const ErrorCode code = error.code();
            CHECK_MESSAGE((code == ErrorCode::damaged || code == ErrorCode::not_a_ledger ||
                           code == ErrorCode::newer_schema),
                          error.what());
            CHECK(error.file() == path);
        }
    };
    const std::size_t page = 4096;
    for (std::size_t size = page; size < good.size(); size += page) check(good.substr(0, size));
    CHECK(told == good.size() / page - 1);
    check(good.substr(0, good.size() - 1));
    check(good.substr(0, 100));
    told = 0;
    std::size_t flips = 0;
    const std::size_t stride = is_sanitized ? 4001 : 1201;
    for (std::size_t at = 0; at < good.size(); at += at < 100 ? 1 : stride) {  // the header byte by byte
        std::string bytes = good;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        check(bytes);
        ++flips;
    }
    MESSAGE(flips, " flipped bytes, ", told, " of them told");
    CHECK(told > flips / 8);  // much of a small file is empty space
}

TEST_CASE("what cannot be read or written for want of permission is refused") {
    if (::geteuid() == 0) {
        MESSAGE("skipped: permissions do not bind root");
        return;
    }
    TempFolder folder;
    const std::string path = (folder / "l.db").string();
    make_small_ledger(path);
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms::owner_read);
    CHECK(open_error(path, Access::read_only) == "no error");
    Ledger ledger = Ledger::open(path, options(Access::read_write));
    try {
        apply_text(ledger, R"({"kind":"source","id":"t","type":"press"})");
        FAIL("the file cannot be written");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::read_only);
    }
    std::filesystem::permissions(path, perms::none);
    CHECK(open_error(path, Access::read_only).ends_with("[io]"));
    std::filesystem::permissions(folder.path(), perms::owner_read | perms::owner_exec);
    CHECK(open_error(folder / "new.db", Access::create).ends_with("[io]"));
}

TEST_CASE("a busy timeout that is longer than SQLite can wait is waited, and one below 0 is refused") {
    TempFolder folder;
    const auto path = folder / "l.db";
    Ledger::Options negative = options();
    negative.busy_timeout = std::chrono::milliseconds(-1);
    const std::string expected =
        ": field \"busy_timeout\": got \"-1\", expected 0 or more milliseconds to wait [out-of-range]";
    CHECK(error_of([&] { static_cast<void>(Ledger::open(path, negative)); }) == path.string() + expected);
    CHECK_FALSE(std::filesystem::exists(path));
    for (const auto timeout :
         {std::chrono::milliseconds(std::chrono::hours(24 * 30)),
          std::chrono::milliseconds(std::int64_t{1} << 32U), std::chrono::milliseconds::max()}) {
        CAPTURE(timeout.count());
        Ledger::Options patient = options();
        patient.busy_timeout = timeout;
        Ledger ledger = Ledger::open(path, patient);
        // Lets go after a while; who waits for no time at all is busy by then.
        Sql holder(path);
        CHECK(holder.run("BEGIN IMMEDIATE").empty());
        std::thread lets_go([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            holder.run("ROLLBACK");
        });
        CHECK(error_of([&] { ledger.record(Entry{.content = Remark{.about = "Acme", .text = "x"}}); }) ==
              "no error");
        lets_go.join();
        ledger.backup(folder / "copy.db");
        CHECK(error_of([&] {
                  restore(folder / "copy.db", folder / "r.db", {.replace = true, .busy_timeout = timeout});
              }) == "no error");
        CHECK(error_of([&] {
                  restore(folder / "copy.db", folder / "r.db",
                          {.replace = true, .busy_timeout = std::chrono::milliseconds(-1)});
              }) == (folder / "copy.db").string() + expected);
        std::filesystem::remove(folder / "copy.db");
    }
}

TEST_CASE("a ledger that another program holds for longer than the busy timeout is busy") {
    TempFolder folder;
    const std::string path = (folder / "l.db").string();
    make_small_ledger(path);
    Ledger ledger = Ledger::open(path, options());
    Sql holder(path);
    CHECK(holder.run("BEGIN IMMEDIATE").empty());
    CHECK(total_of(ledger, "Acme") == "1000000.00 USD over 1, 0 undisclosed");  // readers go on
    CHECK(refusal_of(ledger, R"({"kind":"source","id":"t","type":"press"})") ==
          "database is locked (SQLite result 5, running: BEGIN IMMEDIATE); another program, or a View "
          "of this one, is using the ledger, try again [busy]");
    CHECK(holder.run("ROLLBACK").empty());
    CHECK(refusal_of(ledger, R"({"kind":"source","id":"t","type":"press"})") == "no error");
}
