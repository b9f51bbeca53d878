// Merging ledgers, case by case: shared chains, forked chains, names used differently, and refusals.
#include <doctest/doctest.h>

#include <algorithm>

#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr std::string_view jan_1 = "2024-01-01T00:00:00Z";
constexpr std::string_view jan_2 = "2024-01-02T00:00:00Z";
constexpr std::string_view jan_3 = "2024-01-03T00:00:00Z";
constexpr std::string_view jan_4 = "2024-01-04T00:00:00Z";

std::string round_line(const std::string& handle, const std::string& company, const std::string& amount,
                       const std::string& more = "") {
    return R"({"kind":"round","round":")" + handle + R"(","company":")" + company + R"(","raised":")" +
           amount + "\"" + more + "}\n";
}

std::string conflicts_of(const Ledger& ledger) {
    std::string text;
    for (const Finding& finding : ledger.reconcile()) {
        if (finding.code != FindingCode::key_conflict) continue;
        if (!text.empty()) text += "; ";
        text += finding.field + " " + std::to_string(finding.entries.size());
    }
    return text.empty() ? "none" : text;
}

bool has(const Ledger& ledger, const Head& head) {
    return ledger.verify(std::span(&head, 1)).ok;
}

// Merges. Checks that both heads are there, that verify passes, and that a second merge changes nothing.
MergeReport merge(Ledger& to, const Ledger& from) {
    const Head own = to.head();
    const Head others = from.head();
    const MergeReport report = to.merge(from);
    CHECK(to.verify().problem == "");
    CHECK(has(to, own));
    CHECK(has(to, others));
    CHECK(report.digest == to.digest());
    CHECK(report.head == to.head());
    const std::string facts = exported(to);
    CHECK(to.merge(from).added == 0);
    CHECK(exported(to) == facts);
    return report;
}

// Changes entries on record as no ledger does, and leaves the schema as it is.
void change_entries(const std::filesystem::path& path, const std::string& sql) {
    Sql file(path);
    const std::string guard = file.rows("SELECT sql FROM sqlite_schema WHERE name = 'entry_no_update'").at(0);
    CHECK(file.run("DROP TRIGGER entry_no_update; " + sql + "; " + guard) == "");
}

EntryId id_of(const Ledger& ledger, const std::string& key) {
    EntryId id;
    ledger.for_each_entry([&](const LogEntry& entry) {
        if (entry.key == key) id = entry.id;
    });
    return id;
}

}  // namespace

TEST_CASE("two ledgers that know nothing of one another become one, whichever comes to which") {
    Ledger laptop = in_memory();
    Ledger server = in_memory();
    apply_text(laptop, round_line("seed", "Acme", "1 million USD"), jan_1);
    apply_text(server, round_line("a", "Acme", "2 million USD"), jan_2);
    apply_text(laptop, round_line("b", "Borealis", "4 million USD"), jan_3);
    const std::string laptop_before = total_of(laptop, "Acme");
    Ledger both = in_memory();
    const MergeReport first = merge(both, laptop);
    CHECK(first.entries == 2);
    CHECK(first.added == 2);
    CHECK(first.chains == 1);
    merge(both, server);
    const MergeReport report = merge(laptop, server);
    CHECK(report.entries == 1);
    CHECK(report.added == 1);
    CHECK(report.chains == 1);
    CHECK(report.conflicts == 0);
    merge(server, both);
    CHECK(exported(laptop) == exported(both));
    CHECK(exported(server) == exported(both));
    CHECK(total_of(laptop, "Acme") == "3000000.00 USD over 2, 0 undisclosed");
    CHECK(total_of(server, "Borealis") == "4000000.00 USD over 1, 0 undisclosed");
    // The merged ledger knew at a time what the two knew then.
    CHECK(total_of(laptop, "Acme", "", jan_1) == laptop_before);
    CHECK(total_of(laptop, "Acme", "", jan_2) == "3000000.00 USD over 2, 0 undisclosed");
}

TEST_CASE("what both recorded is there once, known since the first of them") {
    Ledger laptop = in_memory();
    Ledger server = in_memory();
    const std::string line = round_line("seed", "Acme", "1 million USD");
    apply_text(laptop, line, jan_2);
    apply_text(server, line, jan_1);
    apply_text(server, round_line("a", "Acme", "2 million USD"), jan_3);
    for (Ledger* ledger : {&laptop, &server}) {
        merge(*ledger, ledger == &laptop ? server : laptop);
        CHECK(ledger->size() == 2);
        CHECK(total_of(*ledger, "Acme", "", jan_1) == "1000000.00 USD over 1, 0 undisclosed");
        CHECK(ledger->verify().heads.size() == 2);
    }
    CHECK(laptop.digest() == server.digest());
}

TEST_CASE("a copy that grew, and the file that it is a copy of, have one chain") {
    TempFolder folder;
    Ledger file = Ledger::open(folder / "l.db", options());
    apply_text(file, round_line("seed", "Acme", "1 million USD"), jan_1);
    std::filesystem::copy_file(folder / "l.db", folder / "copy.db");
    Ledger copy = Ledger::open(folder / "copy.db", options());
    apply_text(copy, round_line("a", "Acme", "2 million USD"), jan_2);
    const Head grown = copy.head();

    const MergeReport nothing = merge(copy, file);
    CHECK(nothing.added == 0);
    CHECK(nothing.chains == 0);
    CHECK(copy.head() == grown);
    const MergeReport report = merge(file, copy);
    CHECK(report.added == 1);
    CHECK(file.head() == grown);
    CHECK(file.verify().heads.size() == 1);
    apply_text(file, round_line("b", "Acme", "4 million USD"), jan_3);
    CHECK(merge(copy, file).added == 1);
    CHECK(copy.head() == file.head());
}

TEST_CASE("a file and its copy that both grew keep what they share once, and both their ends") {
    TempFolder folder;
    Ledger file = Ledger::open(folder / "l.db", options());
    apply_text(file, round_line("seed", "Acme", "1 million USD"), jan_1);
    for (const char* name : {"copy.db", "third.db"})
        std::filesystem::copy_file(folder / "l.db", folder / name);
    Ledger copy = Ledger::open(folder / "copy.db", options());
    Ledger third = Ledger::open(folder / "third.db", options());
    apply_text(file, round_line("a", "Acme", "2 million USD"), jan_2);
    apply_text(copy, round_line("b", "Acme", "4 million USD"), jan_2);
    apply_text(copy, round_line("c", "Acme", "8 million USD"), jan_3);
    apply_text(third, round_line("d", "Acme", "16 million USD"), jan_4);
    const std::vector<Head> ends{file.head(), copy.head(), third.head()};

    merge(file, copy);
    CHECK(file.head() == ends[0]);
    merge(copy, third);
    merge(copy, file);
    merge(third, file);
    merge(file, third);
    CHECK(exported(file) == exported(copy));
    CHECK(exported(file) == exported(third));
    for (Ledger* ledger : {&file, &copy, &third}) {
        CHECK(ledger->size() == 5);
        CHECK(ledger->verify(ends).problem == "");
        CHECK(ledger->verify().heads.size() == 3);
        CHECK(total_of(*ledger, "Acme") == "31000000.00 USD over 5, 0 undisclosed");
        CHECK(total_of(*ledger, "Acme", "", jan_2) == "7000000.00 USD over 3, 0 undisclosed");
    }
    // Each ledger goes on from its own end.
    apply_text(file, round_line("e", "Acme", "32 million USD"));
    CHECK(file.head().length == ends[0].length + 1);
    apply_text(third, round_line("f", "Acme", "64 million USD"));
    merge(file, third);
    merge(third, file);
    CHECK(exported(file) == exported(third));
    CHECK(file.verify(ends).problem == "");
}

TEST_CASE("copies of a new ledger share nothing but the chain's id") {
    TempFolder folder;
    Ledger file = Ledger::open(folder / "l.db", options());
    std::filesystem::copy_file(folder / "l.db", folder / "copy.db");
    Ledger copy = Ledger::open(folder / "copy.db", options());
    merge(file, copy);
    apply_text(file, round_line("a", "Acme", "2 million USD"), jan_1);
    apply_text(copy, round_line("b", "Acme", "4 million USD"), jan_1);
    merge(file, copy);
    merge(copy, file);
    CHECK(exported(file) == exported(copy));
    CHECK(total_of(file, "Acme") == "6000000.00 USD over 2, 0 undisclosed");
}

TEST_CASE("after a merge entries name what the other brought, and come after it") {
    Ledger laptop = in_memory();
    Ledger server = in_memory();
    apply_text(server,
               R"({"kind":"source","id":"filing","type":"filing"})"
               "\n" +
                   round_line("seed", "Acme", "1 million USD", R"(,"key":"k","source":"filing")"),
               "2025-01-01T12:00:00Z");
    merge(laptop, server);
    apply_text(laptop, round_line("seed", "Acme", "2 million USD", R"(,"source":"filing","supersedes":"k")"));
    apply_text(laptop, R"({"kind":"participation","round":"seed","investor":"Acme"})");
    CHECK(total_of(laptop, "Acme") == "2000000.00 USD over 1, 0 undisclosed");
    CHECK(total_of(laptop, "Acme", "", "2025-01-01T12:00:00Z") == "1000000.00 USD over 1, 0 undisclosed");
    CHECK(refusal_of(laptop, R"({"kind":"source","id":"late","type":"press"})", "2025-01-01T12:00:00Z") ==
          "f:1: field \"recorded\": got \"2025-01-01T12:00:00Z\", expected a time after the last entry of "
          "the other "
          "chains, 2025-01-01T12:00:00Z [recorded-too-early]");
    apply_text(server, R"({"kind":"retraction","of":"k","reason":"x"})");
    merge(server, laptop);
    merge(laptop, server);
    CHECK(exported(server) == exported(laptop));
    CHECK(total_of(server, "Acme") == "2000000.00 USD over 1, 0 undisclosed");
}

TEST_CASE("a key that both use differently is a finding, and each chain means its own by it") {
    Ledger laptop = in_memory();
    Ledger server = in_memory();
    apply_text(laptop, round_line("seed", "Acme", "1 million USD", R"(,"key":"k")"), jan_1);
    apply_text(server, round_line("a", "Acme", "2 million USD", R"(,"key":"k")"), jan_2);
    apply_text(server, R"({"kind":"retraction","of":"k","reason":"x"})", jan_3);
    apply_text(server, round_line("b", "Acme", "4 million USD", R"(,"key":"l")"), jan_3);
    apply_text(laptop, round_line("c", "Acme", "8 million USD", R"(,"key":"l")"), jan_4);
    const EntryId of_server = id_of(server, "l");
    Ledger third = in_memory();
    merge(third, laptop);
    CHECK(conflicts_of(third) == "none");
    CHECK(merge(third, server).conflicts == 1);
    merge(laptop, server);
    merge(server, laptop);
    for (const Ledger* ledger : {&laptop, &server, &third}) {
        CHECK(total_of(*ledger, "Acme") ==
              "13000000.00 USD over 3, 0 undisclosed");  // the retraction means the server's entry
        CHECK(conflicts_of(*ledger) == "key 2");         // the retracted k makes no conflict
        CHECK(exported(*ledger) == exported(third));
    }
    // In the ledger's own chain the name means its own entry. A chain that used neither must say which it
    // means.
    CHECK(
        refusal_of(third, R"({"kind":"retraction","of":"l","reason":"x"})") ==
        "f:1: field \"of\": got \"l\", expected the key of one entry; other chains use it differently, this "
        "ledger's own does not use it [ambiguous-name]");
    CHECK(refusal_of(laptop, round_line("z", "Acme", "1 USD", R"(,"key":"l")")).ends_with("[key-reused]"));
    apply_text(server, R"({"kind":"retraction","of":"l","reason":"ours was wrong"})");
    CHECK(conflicts_of(server) == "none");
    CHECK(total_of(server, "Acme") == "9000000.00 USD over 2, 0 undisclosed");
    apply_text(third,
               R"({"kind":"retraction","of":"sha256:)" + of_server.to_string() + R"(","reason":"theirs"})");
    CHECK(total_of(third, "Acme") == "9000000.00 USD over 2, 0 undisclosed");
    const auto findings = laptop.reconcile();
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.code == FindingCode::key_conflict; });
    REQUIRE(found != findings.end());
    CHECK(to_string(found->code) == "key-conflict");
    CHECK(found->severity == Severity::warning);
    CHECK(found->company == "Acme");
    CHECK(found->message.starts_with("chains use the key \"l\" differently: sha256:"));
    CHECK(laptop.reconcile("Acme").back().code == FindingCode::key_conflict);
}

TEST_CASE("sources, rounds and parties that were named alike keep to their own chains") {
    Ledger laptop = in_memory();
    Ledger server = in_memory();
    // Two sources share an id, rounds of two companies a handle, and two parties a name.
    apply_text(laptop,
               R"({"kind":"source","id":"s","type":"press"}
{"kind":"party","name":"Acme","ids":{"cik":"1"}}
{"kind":"round","round":"seed","company":"Acme","raised":"1 million USD","source":"s"}
{"kind":"round","round":"other","company":"Solo","raised":"3 million USD","source":"s"}
)",
               jan_1);
    apply_text(server,
               R"({"kind":"source","id":"s","type":"filing"}
{"kind":"party","name":"Acme","ids":{"cik":"2"}}
{"kind":"round","round":"seed","company":"Acme","raised":"2 million USD","source":"s"}
{"kind":"round","round":"other","company":"Solo","raised":"5 million USD","source":"s"}
)",
               jan_2);
    apply_text(laptop, R"({"kind":"closing","round":"seed","on":"2024","amount":"1 million USD"})", jan_3);
    apply_text(server, R"({"kind":"closing","round":"seed","on":"2024","amount":"2 million USD"})", jan_3);
    merge(laptop, server);
    merge(server, laptop);
    CHECK(exported(laptop) == exported(server));
    for (Ledger* ledger : {&laptop, &server}) {
        CHECK(total_of(*ledger, "cik:1") == "1000000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(*ledger, "cik:2") == "2000000.00 USD over 1, 0 undisclosed");
        CHECK(total_of(*ledger, "Solo") ==
              "5000000.00 USD over 1, 0 undisclosed");  // a filing ranks before press
        for (const char* company : {"cik:1", "cik:2"}) {
            std::size_t closings = 0;
            for (const Finding& finding : ledger->reconcile(company)) {
                if (finding.code == FindingCode::closing_sum && finding.severity == Severity::ok) ++closings;
            }
            CHECK(closings == 1);
        }
        CHECK(conflicts_of(*ledger) == "source 2; round 2");
        CHECK(error_of([&] { static_cast<void>(ledger->company_of_round("seed")); }) ==
              "got \"seed\", expected the handle of one round; merged ledgers use it for several: ask for "
              "\"Acme\" or "
              "\"Acme\" [ambiguous-name]");
        CHECK(error_of([&] { static_cast<void>(total_of(*ledger, "Acme")); }).ends_with("[ambiguous-party]"));
    }
    // New entries keep to these meanings.
    apply_text(laptop, R"({"kind":"participation","round":"seed","investor":"Fund","source":"s"})");
    CHECK(laptop.dossier("cik:1").claims.back().as<Participation>() != nullptr);
    CHECK(laptop.dossier("cik:1").claims.back().source->type == SourceType::press);
    CHECK(laptop.investments("Fund").size() == 1);
}

TEST_CASE(
    "a name means in a chain the party that the chain itself calls so, whenever another called one so") {
    for (const std::string other : {"2024-01-01", "2024-01-04"}) {
        CAPTURE(other);
        Ledger aliases = in_memory();
        apply_text(aliases, R"({"kind":"party","name":"Beta","aliases":["Acme"],"recorded":")" + other +
                                "T00:00:00Z\"}\n");
        Ledger rounds = in_memory();
        apply_text(rounds,
                   R"({"kind":"party","name":"Acme","ids":{"cik":"1"},"recorded":"2024-01-02T00:00:00Z"}
{"kind":"party","name":"Beta","ids":{"cik":"2"},"recorded":"2024-01-02T00:00:00Z"}
{"kind":"round","round":"r","company":"Acme","raised":"1 million USD","recorded":"2024-01-02T00:00:00Z"}
{"kind":"round","round":"s","company":"Beta","raised":"2 million USD","recorded":"2024-01-03T00:00:00Z"}
)");
        for (const bool aliases_first : {true, false}) {
            Ledger merged = in_memory();
            merged.merge(aliases_first ? aliases : rounds);
            merged.merge(aliases_first ? rounds : aliases);
            CHECK(total_of(merged, "cik:1") == "1000000.00 USD over 1, 0 undisclosed");
            CHECK(total_of(merged, "cik:2") == "2000000.00 USD over 1, 0 undisclosed");
            CHECK(merged.verify().ok);
        }
    }
}

TEST_CASE("what was taken back in one copy may be named in the other") {
    TempFolder folder;
    Ledger file = Ledger::open(folder / "l.db", options());
    apply_text(file,
               R"({"kind":"party","key":"p","name":"Acme","aliases":["Acme Labs"],"ids":{"cik":"1"}}
{"kind":"round","round":"seed","company":"Acme","raised":"1 million USD"}
)",
               jan_1);
    std::filesystem::copy_file(folder / "l.db", folder / "copy.db");
    Ledger copy = Ledger::open(folder / "copy.db", options());
    apply_text(file, R"({"kind":"retraction","of":"p","reason":"x"})", jan_2);
    apply_text(
        copy,
        round_line("a", "cik:1", "2 million USD") + round_line("seed", "Acme Labs", "1 million USD") +
            R"({"kind":"valuation","company":"Acme Labs","round":"seed","amount":"5 million USD","basis":"post-money","on":"2024"})",
        jan_3);
    merge(file, copy);
    merge(copy, file);
    CHECK(exported(file) == exported(copy));
    CHECK(total_of(file, "Acme") == total_of(copy, "Acme"));
    CHECK(file.size() == 6);
}

TEST_CASE(
    "what is wrong in the rows that follow from entries is not taken over by a merge that makes them anew") {
    TempFolder folder;
    Ledger ledger = in_memory();
    apply_text(ledger, round_line("series-a", "Acme", "5 million USD"), jan_2);
    {
        Ledger other = Ledger::open(folder / "other.db", options());
        apply_text(other, round_line("seed", "Acme", "1 million USD"), jan_1);
    }
    CHECK(Sql(folder / "other.db").run("UPDATE company_total SET known_minor = 5").empty());
    const Ledger other = Ledger::open(folder / "other.db", options(Ledger::Access::read_only));
    CHECK_FALSE(other.verify().ok);
    ledger.merge(other);
    CHECK(ledger.verify().ok);
    CHECK(total_of(ledger, "Acme") == "6000000.00 USD over 2, 0 undisclosed");
}

TEST_CASE("a merge that only adds refuses to add to rows that are wrong") {
    TempFolder folder;
    {
        Ledger own = Ledger::open(folder / "own.db", options());
        apply_text(own, round_line("seed", "Acme", "1 million USD"), jan_1);
    }
    Ledger other = in_memory();
    apply_text(other, round_line("series-a", "Acme", "5 million USD"), jan_2);
    CHECK(Sql(folder / "own.db").run("UPDATE company_total SET known_minor = 5").empty());
    Ledger own = Ledger::open(folder / "own.db", options());
    CHECK(error_of([&] { own.merge(other); }) == (folder / "own.db").string() +
                                                     ": fails verify, nothing is merged: company_total row "
                                                     "\"1\": known_minor is \"5\", but its entries "
                                                     "give \"100000000\" [damaged]");
}

TEST_CASE("two sources of merged ledgers that say the same are one") {
    const auto round = [](const std::string& raised, const std::string& more) {
        return round_line("seed", "Acme", raised, more + R"(,"source":"news")");
    };
    const std::string source = R"({"kind":"source","id":"news","type":"press","published":"2024-03-31")";
    Ledger one = in_memory();
    apply_text(one, source + ",\"key\":\"s\"}\n" + round("22 million USD", ""), jan_1);
    Ledger other = in_memory();
    apply_text(other, source + "}\n" + round("39 million USD", R"(,"on":"2021-08-22")"), jan_2);
    merge(one, other);
    for (const Finding& finding : one.reconcile("Acme")) CHECK(finding.code != FindingCode::competing_claims);
}

TEST_CASE(
    "a merge is all or nothing: what fails verify, or cannot be joined, is refused and changes nothing") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, R"({"kind":"currency","code":"USDC","decimals":6})", jan_2);
    {
        Ledger other = Ledger::open(folder / "other.db", options());
        apply_text(other, round_line("seed", "Acme", "1 million USD"), jan_1);
        apply_text(other, R"({"kind":"currency","code":"USDC","decimals":2})", jan_1);
    }
    {
        Ledger broken = Ledger::open(folder / "broken.db", options());
        apply_text(broken, round_line("seed", "Acme", "1 million USD"), jan_1);
    }
    change_entries(folder / "broken.db", "UPDATE entry SET body = replace(body, '1 million', '2 million')");
    const std::string before = read_file(folder / "l.db");
    CHECK(
        error_of([&] { ledger.merge(folder / "broken.db"); }) ==
        (folder / "broken.db").string() +
            ": fails verify, nothing is merged: entry row \"1\": id is not what its content gives [damaged]");
    CHECK(error_of([&] { ledger.merge(folder / "other.db"); }).ends_with("[currency-redefined]"));
    CHECK(error_of([&] { ledger.merge(folder / "missing.db"); }).ends_with("[no-such-file]"));
    CHECK(read_file(folder / "l.db") == before);
    CHECK(ledger.verify().ok);

    Ledger good = in_memory();
    apply_text(good, round_line("seed", "Acme", "1 million USD"), jan_1);
    const MergeReport dry = ledger.merge(good, {.dry_run = true});
    CHECK(dry.added == 1);
    CHECK(read_file(folder / "l.db") == before);
    const MergeReport wet = merge(ledger, good);
    CHECK(wet.added == dry.added);
    CHECK(wet.digest == dry.digest);
    CHECK(wet.head == dry.head);
    Ledger reader = Ledger::open(folder / "l.db", options(Ledger::Access::read_only));
    CHECK(error_of([&] { reader.merge(in_memory()); }).ends_with("the ledger is open read-only [read-only]"));
    CHECK(reader.merge(folder / "l.db", {.dry_run = true}).added == 0);
    CHECK(ledger.merge(folder / "l.db").added == 0);
    CHECK(ledger.merge(ledger).added == 0);
}

TEST_CASE("a merge that fails in the middle leaves the ledger as it was, and in use") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, round_line("seed", "Acme", "1 million USD"), jan_2);
    Ledger other = in_memory();
    apply_text(other, round_line("a", "Acme", "2 million USD"),
               jan_1);  // earlier: all is written anew
    const std::string before = read_file(folder / "l.db");
    {
        Sql reader(folder / "l.db");
        CHECK(reader.run("BEGIN; SELECT count(*) FROM entry").empty());
        CHECK(error_of([&] { ledger.merge(other); }).ends_with("try again [busy]"));
        CHECK(read_file(folder / "l.db") == before);
    }
    CHECK(total_of(ledger, "Acme") == "1000000.00 USD over 1, 0 undisclosed");
    merge(ledger, other);
    CHECK(total_of(ledger, "Acme") == "3000000.00 USD over 2, 0 undisclosed");
    Sql sql(folder / "l.db");
    CHECK(sql.run("DELETE FROM entry") == "append-only: entry rows are never deleted");
    CHECK(sql.run("UPDATE repeat SET seq = seq").empty());  // the table is empty
    CHECK(sql.cell("PRAGMA foreign_key_check; PRAGMA integrity_check") == "ok");
}
