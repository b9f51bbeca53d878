// What a program that links the library gets from it beside answers: reports, rows as values, a feed of what
// is new, and how far a call is.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <stdexcept>

#include "fixtures.hpp"
#include "merged_fixture.hpp"
#include "postmoney/export/csv_export.hpp"
#include "postmoney/export/journal_export.hpp"
#include "postmoney/export/postgres_export.hpp"
#include "postmoney/import/csv_import.hpp"
#include "postmoney/import/ecb_import.hpp"
#include "postmoney/import/form_d_import.hpp"
#include "postmoney/ledger/view.hpp"
#include "postmoney/value/literals.hpp"

using namespace store_test;
using namespace postmoney::literals;

namespace {

std::vector<Entry> good_and_bad() {
    return {Entry{.key = "a", .content = Remark{.about = "Acme", .text = "t"}},
            Entry{.key = "a", .content = Remark{.about = "Acme", .text = "u"}},
            Entry{.key = "a", .content = Remark{.about = "Acme", .text = "t"}},
            Entry{.source = "nobody", .content = Remark{.about = "Acme", .text = "v"}},
            Entry{.content = Party{.name = "Acme"}}};
}

std::string report_text(const ApplyReport& report) {
    std::string text = std::to_string(report.recorded) + " recorded, " + std::to_string(report.repeated) +
                       " repeated, " + std::to_string(report.lines) + " in all";
    for (const Error& error : report.refused) text += "\n" + std::string(error.what());
    return text;
}

constexpr std::string_view each_of_good_and_bad =
    "2 recorded, 1 repeated, 5 in all\n"
    "entries:2: field \"key\": got \"a\", expected a new key, it is on record with other content "
    "[key-reused]\n"
    "entries:4: field \"source\": got \"nobody\", expected the id of a source on record [unknown-source]";

std::string remark(std::string_view text) {
    return R"({"kind":"remark","about":"Acme","text":")" + std::string(text) + "\"}\n";
}

std::vector<std::string> bodies_since(const Ledger& ledger, const std::vector<Head>& since) {
    std::vector<std::string> bodies;
    for (const LogEntry& entry : ledger.entries(since)) bodies.push_back(entry.body);
    return bodies;
}

}  // namespace

//--- Recording

TEST_CASE("record_each records what it can and says which entries were refused") {
    Ledger ledger = in_memory();
    CHECK(report_text(ledger.record_each(good_and_bad())) == each_of_good_and_bad);
    CHECK(ledger.size() == 2);
    CHECK(ledger.verify().ok);
    Ledger other = in_memory();
    {
        Ledger::Batch batch(other);
        CHECK(report_text(batch.record_each(good_and_bad())) == each_of_good_and_bad);
        batch.commit();
    }
    CHECK(other.digest() == ledger.digest());
}

TEST_CASE("what is refused of a batch is told with its place among the entries") {
    Ledger ledger = in_memory();
    Ledger::Batch batch(ledger);
    CHECK(error_of([&] { batch.record(good_and_bad()); }).starts_with("entries:2: field \"key\""));
    batch.commit();
    CHECK(ledger.size() == 0);
}

TEST_CASE("what an entry says is recorded without more around it") {
    Ledger ledger = in_memory();
    const EntryId id = ledger.record(Party{.name = "Acme", .aliases = {"Acme Inc."}});
    CHECK(ledger.entries().front().id == id);
    CHECK(ledger.record({Entry{.content = Remark{.about = "Acme", .text = "a"}},
                         Entry{.content = Remark{.about = "Acme", .text = "b"}}}) == 2);
    CHECK(ledger.verify({ledger.head()}).ok);
}

TEST_CASE("a dossier of entries alone is what a ledger of them has") {
    const std::vector<Entry> entries{
        Entry{.content = Source{.id = "s", .type = SourceType::filing}},
        Entry{.content = Party{.name = "Acme", .aliases = {"Acme Inc."}}},
        Entry{.key = "a",
              .source = "s",
              .content =
                  RoundStatement{.round = "seed", .company = "Acme Inc.", .raised = "1 million USD"_amount}},
        Entry{
            .key = "b",
            .supersedes = "a",
            .content = RoundStatement{.round = "seed", .company = "Acme", .raised = "2 million USD"_amount}},
        Entry{.content = Participation{.round = "seed", .investor = "Fund"}},
    };
    Ledger ledger = in_memory();
    ledger.record(entries, at("2024-01-01T00:00:00Z"));
    const Dossier dossier = dossier_of("Acme Inc.", entries);
    CHECK(dossier.company == "Acme");
    const Dossier kept = ledger.dossier("Acme");
    REQUIRE(dossier.claims.size() == kept.claims.size());
    for (std::size_t i = 0; i < dossier.claims.size(); ++i) {
        CHECK(dossier.claims[i].id == kept.claims[i].id);
        CHECK(dossier.claims[i].entry == kept.claims[i].entry);
    }
    CHECK(error_of([&] {
              auto nameless = entries;
              nameless.push_back(Entry{.content = Participation{.round = "seed", .investor = ""}});
              static_cast<void>(dossier_of("Acme", nameless));
          }) == R"(entries:6: field "investor": got "", expected a text that is not empty [bad-text])");
}

//--- Rows as values

TEST_CASE("the rows of a query are values of the types asked for") {
    Ledger ledger = in_memory();
    ledger.record(Party{.name = "Acme"});
    using Row = std::tuple<std::string, std::int64_t, std::optional<std::string>>;
    CHECK(ledger.rows<std::string, std::int64_t, std::optional<std::string>>(
              "SELECT 'a', ?1 + 1, NULL UNION ALL SELECT 'b', 2, 'x'", {std::int64_t{6}}) ==
          std::vector<Row>{{"a", 7, std::nullopt}, {"b", 2, "x"}});
    int seen = 0;
    ledger.query("SELECT 1 UNION ALL SELECT 2", rows_of<std::int64_t>([&](std::int64_t value) {
                     seen += static_cast<int>(value);
                     return false;
                 }));
    CHECK(seen == 1);
    CHECK(error_of([&] { static_cast<void>(ledger.rows<std::string>("SELECT 1 AS one")); }) ==
          "field \"one\": the value is of another type than is asked for [bad-type]");
    CHECK(error_of([&] { static_cast<void>(ledger.rows<std::int64_t>("SELECT NULL AS nil")); }) ==
          "field \"nil\": the value is NULL, which std::optional would take [bad-type]");
    CHECK(error_of([&] { static_cast<void>(ledger.rows<std::int64_t>("SELECT 1, 2")); }) ==
          "the query has 2 columns, expected 1 [bad-sql]");
}

//--- What is new

TEST_CASE("the feed tells what came after the heads that were kept") {
    Ledger ledger = in_memory();
    CHECK(ledger.entries().empty());
    apply_text(ledger, remark("a") + remark("b"));
    const std::vector<Head> kept = ledger.status().heads;
    CHECK(ledger.entries(kept).empty());
    apply_text(ledger, remark("c"));
    REQUIRE(ledger.entries({kept.front()}).size() == 1);
    CHECK(ledger.entries(kept).front().body.find("\"c\"") != std::string::npos);
    int seen = 0;
    ledger.for_each_entry_since({}, [&](const LogEntry&) { return ++seen < 2; });
    CHECK(seen == 2);
    Head other = kept.front();
    other.hash.bytes[0] = static_cast<std::uint8_t>(other.hash.bytes[0] + 1);
    CHECK(error_of([&] { static_cast<void>(ledger.entries({other})); }).ends_with("[bad-head]"));
}

TEST_CASE("the feed tells what a merge brought, however old, and of a copy that grew all of its own") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "a.db", options());
    apply_text(ledger, remark("shared"), "2024-01-05T00:00:00Z");
    std::filesystem::copy_file(folder / "a.db", folder / "copy.db");
    {
        Ledger copy = Ledger::open(folder / "copy.db", options());
        apply_text(copy, remark("of the copy"), "2024-01-06T00:00:00Z");
        apply_text(ledger, remark("of the file"), "2024-01-07T00:00:00Z");
        Ledger other = in_memory();
        apply_text(other, remark("older"), "2024-01-01T00:00:00Z");
        const std::vector<Head> kept = ledger.status().heads;
        ledger.merge(copy);
        ledger.merge(other);
        const auto since = bodies_since(ledger, kept);
        REQUIRE(since.size() == 2);
        CHECK(since[0].find("older") != std::string::npos);
        CHECK(since[1].find("of the copy") != std::string::npos);
        CHECK(bodies_since(ledger, ledger.status().heads).empty());
        CHECK(ledger.entries().size() == 4);
    }
}

//--- How far a call is

namespace {

// Calls that report their progress, each with what stands before it.
struct LongCallCase {
    std::string_view name;
    std::string_view unit;
    bool writes;
    std::function<void(Ledger&, const TempFolder&, const ProgressCall&)> call;
};

std::vector<LongCallCase> long_calls() {
    const auto path = [](const TempFolder& folder, std::string_view name) {
        return folder / std::string(name);
    };
    return {
        {"apply", "bytes", true,
         [=](Ledger& ledger, const TempFolder& folder, const ProgressCall& progress) {
             std::string lines;
             for (int i = 0; i < 3000; ++i) lines += remark(std::to_string(i));
             write_file(path(folder, "facts"), lines);
             ledger.apply(path(folder, "facts"), {.progress = progress});
         }},
        {"apply of a stream", "bytes", true,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             std::istringstream in(remark("x"));
             ledger.apply(in, "x", {.progress = progress});
         }},
        {"import_csv", "bytes", true,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             std::istringstream in("company,date,amount\nNew,2024-01-01,1000 USD\n");
             const CsvMap map = read_csv_map(
                 R"({"table":"rounds","source":{"id":"t","type":"database"},"columns":{"company":"company","closed":"date","raised":"amount"}})");
             import_csv(ledger, in, "t.csv", map, {.progress = progress});
         }},
        {"import_ecb", "files", true,
         [=](Ledger& ledger, const TempFolder& folder, const ProgressCall& progress) {
             write_file(path(folder, "ecb.csv"), "Date,USD,\n2024-12-03,1.05,\n");
             import_ecb(ledger, {path(folder, "ecb.csv")}, {.progress = progress});
         }},
        {"import_form_d", "files", true,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             import_form_d(ledger, {std::filesystem::path(POSTMONEY_SOURCE_DIR) / "tests/fixtures/form-d"},
                           {.keep_going = true, .progress = progress});
         }},
        {"merge", "entries", true,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             Ledger other = in_memory();
             apply_text(other, remark("of another"));
             ledger.merge(other, {.progress = progress});
         }},
        {"verify", "entries", false,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             const bool ok = ledger.verify({}, VerifyScope::everything, progress).ok;
             CHECK(ok);
         }},
        {"verify of the chains", "entries", false,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             const bool ok = ledger.verify({}, VerifyScope::chains, progress).ok;
             CHECK(ok);
         }},
        {"backup", "entries", false,
         [=](Ledger& ledger, const TempFolder& folder, const ProgressCall& progress) {
             ledger.backup(path(folder, "backup.db"), progress);
         }},
        {"export_facts", "entries", false,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             std::ostringstream out;
             ledger.export_facts(out, progress);
         }},
        {"export_csv", "views", false,
         [=](Ledger& ledger, const TempFolder& folder, const ProgressCall& progress) {
             std::filesystem::remove_all(path(folder, "csv"));
             export_csv(ledger, path(folder, "csv"), progress);
         }},
        {"export_postgres", "tables", false,
         [=](Ledger& ledger, const TempFolder& folder, const ProgressCall& progress) {
             std::filesystem::remove_all(path(folder, "postgres"));
             export_postgres(ledger, path(folder, "postgres"), {.progress = progress});
         }},
        {"export_journal", "questions", false,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             std::ostringstream out;
             export_journal(ledger, JournalFormat::ledger, out, progress);
         }},
        {"reconcile", "companies", false,
         [](Ledger& ledger, const TempFolder&, const ProgressCall& progress) {
             static_cast<void>(ledger.reconcile({}, {}, progress));
         }},
    };
}

}  // namespace

TEST_CASE("each long call says how far it is: first with nothing done, last with all") {
    for (const LongCallCase& one : long_calls()) {
        CAPTURE(one.name);
        TempFolder folder;
        Ledger ledger = in_memory();
        apply_text(ledger, every_table);
        std::vector<Progress> told;
        one.call(ledger, folder, [&](const Progress& now) { told.push_back(now); });
        REQUIRE(told.size() >= 2);
        CHECK(told.front().done == 0);
        CHECK(told.front().items == 0);
        CHECK(told.back().done == told.back().total);
        CHECK(told.back().total > 0);
        for (std::size_t i = 0; i < told.size(); ++i) {
            CHECK(told[i].unit == one.unit);
            CHECK((i == 0 || told[i - 1].done <= told[i].done));
        }
    }
}

TEST_CASE("what the callback of a long call throws ends it and takes back what it wrote") {
    for (const LongCallCase& one : long_calls()) {
        CAPTURE(one.name);
        TempFolder folder;
        Ledger ledger = in_memory();
        apply_text(ledger, every_table);
        const Digest before = ledger.digest();
        std::size_t calls = 0;
        one.call(ledger, folder, [&](const Progress&) { ++calls; });
        Ledger again = in_memory();
        apply_text(again, every_table);
        std::filesystem::remove(folder / "backup.db");
        for (const std::size_t at : {std::size_t{1}, calls}) {  // the first call and the last
            std::size_t seen = 0;
            CHECK_THROWS_AS(one.call(again, folder,
                                     [&](const Progress&) {
                                         if (++seen == at) throw std::runtime_error("enough");
                                     }),
                            std::runtime_error);
            CHECK(seen == at);
            CHECK(again.digest() == before);
            CHECK(again.verify().ok);
            CHECK(!std::filesystem::exists(folder / "backup.db"));
        }
        // An error of the library's own type comes out too, though `verify` has findings of such.
        CHECK(error_of([&] {
                  one.call(again, folder,
                           [](const Progress&) { throw Error(ErrorCode::bad_word, "enough"); });
              }) == "enough [bad-word]");
        one.call(again, folder, {});  // it can be used on
        CHECK(again.digest() == ledger.digest());
    }
}
