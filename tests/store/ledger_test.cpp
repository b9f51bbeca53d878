// Which entries are on record and when they stand: identity, keys, corrections, times, the chain, parties,
// sources, currencies.
#include <doctest/doctest.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "fixtures.hpp"

using namespace store_test;

namespace {

std::vector<LogEntry> log_of(const Ledger& ledger) {
    std::vector<LogEntry> entries;
    ledger.for_each_entry([&](const LogEntry& entry) { entries.push_back(entry); });
    return entries;
}

// The keys of the entries that stand, in order of arrival.
std::string standing(const Ledger& ledger, std::string_view known_at = "") {
    std::string keys;
    ledger.for_each_entry(
        [&](const LogEntry& entry) {
            if (entry.stands && !entry.key.empty()) keys += (keys.empty() ? "" : " ") + entry.key;
        },
        known_at.empty() ? std::nullopt : std::optional(at(known_at)));
    return keys;
}

std::string seed_line(std::string_view key, std::string_view raised, std::string_view rest = "") {
    return R"({"kind":"round","round":"seed","company":"Acme","key":")" + std::string(key) +
           R"(","raised":")" + std::string(raised) + "\"" + std::string(rest) + "}\n";
}

std::string party_problem(const Ledger& ledger, std::string_view name) {
    return error_of([&] { static_cast<void>(ledger.party(name)); });
}

std::string verification(const Ledger& ledger) {
    return ledger.verify().problem;
}

}  // namespace

//--- Identity and keys

TEST_CASE("applying a file twice changes nothing, and a repeat within a file is skipped") {
    Ledger ledger = in_memory();
    const std::string text =
        seed_line("a", "1 million USD") + seed_line("b", "2 million USD") +
        R"({"company":"Acme","raised":"1 million USD","key":"a","kind":"round","round":"seed"})"
        "\n";
    const ApplyReport first = apply_text(ledger, text, "2024-01-01T00:00:00Z");
    CHECK(first.lines == 3);
    CHECK(first.recorded == 2);
    CHECK(first.repeated == 1);
    const Head head = ledger.head();
    const ApplyReport second = apply_text(ledger, text, "2024-02-01T00:00:00Z");
    CHECK(second.recorded == 0);
    CHECK(second.repeated == 3);
    CHECK(ledger.head().hash == head.hash);
    CHECK(ledger.head().length == 2);
}

TEST_CASE("record gives the id of the line, new or not") {
    Ledger ledger = in_memory();
    const Entry entry{.key = "a",
                      .content = RoundStatement{.round = "seed", .company = "Acme", .investors = 3}};
    const EntryId id = ledger.record(entry, at("2024-01-01T00:00:00Z"));
    CHECK(ledger.record(entry) == id);
    CHECK(ledger.size() == 1);
    CHECK(log_of(ledger).front().id == id);
    CHECK(apply_text(ledger, R"({"kind":"round","round":"seed","company":"Acme","key":"a","investors":3})")
              .repeated == 1);
}

TEST_CASE("record takes all entries or none") {
    Ledger ledger = in_memory();
    const std::vector<Entry> entries{Entry{.key = "a", .content = Remark{.about = "Acme", .text = "t"}},
                                     Entry{.key = "a", .content = Remark{.about = "Acme", .text = "u"}}};
    CHECK(
        error_of([&] { ledger.record(entries); }) ==
        R"(entries:2: field "key": got "a", expected a new key, it is on record with other content [key-reused])");
    CHECK(ledger.size() == 0);
    CHECK(ledger.record(std::vector<Entry>(2, entries[0])) == 1);
}

//--- References

TEST_CASE("every kind refuses a source and an entry that are not on record, and an entry of another kind") {
    const std::vector<std::string> lines{
        R"("kind":"source","id":"t","type":"press")",
        R"("kind":"party","name":"Beta")",
        R"("kind":"round","round":"seed")",
        R"("kind":"closing","round":"seed","on":"2024","amount":"1 USD")",
        R"("kind":"participation","round":"seed","investor":"Fund")",
        R"("kind":"valuation","company":"Acme","amount":"1 USD","basis":"mark","on":"2024")",
        R"("kind":"split","company":"Acme","on":"2024","ratio":"3:1")",
        R"("kind":"stated_total","company":"Acme","amount":"1 USD","on":"2024")",
        R"("kind":"metric","company":"Acme","name":"users","value":1,"on":"2024")",
        R"("kind":"market_total","market":"AI","period":"2024-Q3","amount":"1 USD")",
        R"("kind":"relation","from":"Acme","to":"Beta","type":"parent")",
        R"("kind":"remark","about":"Acme","text":"t")",
        R"("kind":"fx_rate","base":"EUR","quote":"USD","on":"2024","rate":"1.08")",
        R"("kind":"currency","code":"ETH","decimals":8)",
        R"("kind":"retraction","of":"k","reason":"x")"};
    REQUIRE(lines.size() == std::variant_size_v<EntryContent::variant>);
    Ledger ledger = in_memory();
    apply_text(ledger,
               seed_line("k", "1 million USD") + R"({"kind":"remark","key":"m","about":"Acme","text":"u"})");
    const auto refused = [&](const std::string& line, const std::string& field) {
        return refusal_of(ledger, "{" + line + "," + field + "}");
    };
    for (const std::string& line : lines) {
        CHECK(refused(line, R"("source":"nobody","supersedes":"nothing")") ==
              R"(f:1: field "source": got "nobody", expected the id of a source on record [unknown-source])");
        CHECK(refused(line, R"("supersedes":"nothing")") ==
              "f:1: field \"supersedes\": got \"nothing\", expected the key of an entry on record, or "
              "sha256: and its "
              "id [unknown-entry]");
        const std::string other = line.find("remark") == std::string::npos ? "m" : "k";
        CHECK(refused(line, R"("supersedes":")" + other + "\"").ends_with(" [wrong-kind]"));
    }
}

TEST_CASE("an exchange rate that was superseded converts nothing more") {
    Ledger ledger = in_memory();
    apply_text(
        ledger,
        R"({"kind":"round","round":"r","company":"Acme","closed":"2024-05-05","raised":"10 million EUR"}
{"kind":"fx_rate","key":"typo","base":"EUR","quote":"USD","on":"2024-05-03","rate":"10.8"}
)",
        "2024-06-01T00:00:00Z");
    apply_text(
        ledger,
        R"({"kind":"fx_rate","base":"EUR","quote":"USD","on":"2024-05-02","rate":"1.08","supersedes":"typo"})",
        "2024-06-02T00:00:00Z");
    const auto in_dollars = [&](std::optional<Timestamp> known_at) {
        return text_of(ledger.total_raised(
            "Acme", {.viewpoint = {.as_of = {}, .known_at = known_at}, .in = Currency::iso("USD")}));
    };
    CHECK(in_dollars({}) == "10800000.00 USD over 1, 0 undisclosed");
    CHECK(in_dollars(at("2024-06-01T00:00:00Z")) == "108000000.00 USD over 1, 0 undisclosed");
}

TEST_CASE("a market's total is ranked by its source, and replaced by what supersedes it") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"source","id":"pb","type":"database"}
{"kind":"source","id":"blog","type":"rumour"}
{"kind":"market_total","key":"m1","market":"AI","period":"2024-Q3","amount":"1 billion USD","source":"pb"}
{"kind":"market_total","key":"m2","market":"AI","period":"2024-Q3","amount":"20 million USD","source":"blog"}
)",
               "2024-06-01T00:00:00Z");
    const auto best = [&](std::optional<Timestamp> known_at) {
        std::vector<Claim> claims =
            ledger.claims_of_kind(EntryKind::market_total, {.as_of = {}, .known_at = known_at});
        const auto first = std::min_element(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
            return ResolutionPolicy().prefers(a, b);
        });
        return first->as<MarketTotal>()->amount.to_string() + " of " + std::to_string(claims.size());
    };
    CHECK(best({}) == "1 billion USD of 2");
    apply_text(
        ledger,
        R"({"kind":"market_total","market":"AI","period":"2024-Q3","amount":"2 billion USD","source":"pb","supersedes":"m1"})",
        "2024-06-02T00:00:00Z");
    CHECK(best({}) == "2 billion USD of 2");
    CHECK(best(at("2024-06-01T00:00:00Z")) == "1 billion USD of 2");
}

//--- Standing

TEST_CASE("what stands, step by step, with corrections taken back and put back") {
    struct Step {
        std::string line;
        std::string stands;
        std::string total;
    };
    const std::vector<Step> steps{
        {seed_line("a", "1 million USD"), "a", "1000000.00 USD over 1, 0 undisclosed"},
        {seed_line("b", "2 million USD", R"(,"supersedes":"a")"), "b",
         "2000000.00 USD over 1, 0 undisclosed"},
        {R"({"kind":"retraction","key":"c","of":"b","reason":"wrong after all"})", "a c",
         "1000000.00 USD over 1, 0 undisclosed"},
        {R"({"kind":"retraction","key":"d","of":"c","reason":"right after all"})", "b d",
         "2000000.00 USD over 1, 0 undisclosed"},
        {seed_line("e", "3 million USD", R"(,"supersedes":"a")"), "b d e",
         "3000000.00 USD over 1, 0 undisclosed"},
        {R"({"kind":"retraction","key":"f","of":"b","reason":"one is enough"})", "d e f",
         "3000000.00 USD over 1, 0 undisclosed"},
        {R"({"kind":"retraction","key":"g","of":"e","reason":"none is left"})", "a d f g",
         "1000000.00 USD over 1, 0 undisclosed"},
        {R"({"kind":"retraction","key":"h","of":"a","reason":"nothing is left"})", "d f g h", "nothing"},
        // A retraction that supersedes another takes its place, and takes back what it names itself.
        {R"({"kind":"retraction","key":"i","of":"e","reason":"better said","supersedes":"g"})", "d f h i",
         "nothing"},
        {R"({"kind":"retraction","key":"j","of":"i","reason":"no"})", "d f g h j", "nothing"},
        {R"({"kind":"retraction","key":"k","of":"a","reason":"the other one","supersedes":"g"})",
         "d e f h j k", "3000000.00 USD over 1, 0 undisclosed"},
    };
    Ledger ledger = in_memory();
    std::vector<std::string> times;
    for (const Step& step : steps) {
        times.push_back("2024-01-01T00:00:" + std::to_string(10 + times.size()) + "Z");
        apply_text(ledger, step.line, times.back());
        CHECK_MESSAGE(standing(ledger) == step.stands, step.line);
        CHECK_MESSAGE(total_of(ledger, "Acme") == step.total, step.line);
        CHECK_MESSAGE(verification(ledger).empty(), verification(ledger));
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {  // the past as known at each step stays the same
        CHECK_MESSAGE(standing(ledger, times[i]) == steps[i].stands, steps[i].line);
        CHECK_MESSAGE(total_of(ledger, "Acme", "", times[i]) == steps[i].total, steps[i].line);
    }
    CHECK(standing(ledger, "9999-12-31T23:59:59.999999Z") == steps.back().stands);
    CHECK(total_of(ledger, "Acme", "", "9999-12-31T23:59:59.999999Z") == steps.back().total);
}

TEST_CASE("the correction of a correction does not let the first value stand again") {
    const std::string chain = seed_line("k0", "1 million USD") +
                              seed_line("k1", "2 million USD", R"(,"supersedes":"k0")") +
                              seed_line("k2", "3 million USD", R"(,"supersedes":"k1")");
    const std::string first_back = R"({"kind":"retraction","key":"r1","of":"k1","reason":"x"})";
    const std::string second_back = R"({"kind":"retraction","key":"r2","of":"k2","reason":"x"})";
    TempFolder folder;
    const auto stands_after = [&](const std::vector<std::string>& steps) {
        const std::filesystem::path path = folder / std::to_string(steps.size() + steps.front().size());
        Ledger ledger = Ledger::open(path, options());
        std::string stood;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::string time = "2024-01-0" + std::to_string(i + 1) + "T00:00:00Z";
            if (i > 0) stood = standing(ledger);
            apply_text(ledger, steps[i], time);
            if (i > 0) CHECK(standing(ledger, "2024-01-0" + std::to_string(i) + "T00:00:00Z") == stood);
            CHECK(joined(Sql(path).rows("SELECT key FROM entries WHERE stands ORDER BY entry")) ==
                  joined(Sql(path).rows("SELECT e.key FROM entries_known k JOIN entry e ON e.entry = k.entry "
                                        "WHERE k.known_to = 253402300799999999 ORDER BY k.entry")));
        }
        CHECK_MESSAGE(verification(ledger).empty(), verification(ledger));
        std::filesystem::remove(path);
        return standing(ledger);
    };
    CHECK(stands_after({chain}) == "k2");
    CHECK(stands_after({chain, second_back}) == "k1 r2");
    CHECK(stands_after({chain, first_back}) == "k2 r1");
    CHECK(stands_after({chain, first_back, second_back}) == "k0 r1 r2");
    CHECK(stands_after({chain, second_back, first_back}) == "k0 r2 r1");
    const std::string not_back = R"({"kind":"retraction","key":"n2","of":"r2","reason":"x"})";
    CHECK(stands_after({chain, first_back, second_back, not_back}) == "k2 r1 n2");
    // The claims show one value, not two.
    Ledger ledger = in_memory();
    apply_text(ledger, chain);
    CHECK(ledger.claims("Acme").size() == 1);
    CHECK(total_of(ledger, "Acme") == "3000000.00 USD over 1, 0 undisclosed");
}

TEST_CASE("a retraction that another corrects is final too") {
    Ledger ledger = in_memory();
    apply_text(ledger, seed_line("a", "1 million USD") + seed_line("b", "2 million USD") +
                           R"({"kind":"retraction","key":"r0","of":"a","reason":"x"}
{"kind":"retraction","key":"r1","of":"b","reason":"b was meant","supersedes":"r0"}
{"kind":"retraction","key":"r2","of":"b","reason":"in better words","supersedes":"r1"}
)");
    CHECK(standing(ledger) == "a r2");
    apply_text(ledger, R"({"kind":"retraction","key":"back","of":"r2","reason":"x"})");
    CHECK(standing(ledger) == "a r1 back");
    CHECK(ledger.claims_of_kind(EntryKind::retraction).size() == 2);
}

// Of what is kept of a company some came from the file, with the investor's name, and some did not.
TEST_CASE("an investor in rounds of two times is one position, whether or not they are recorded at once") {
    const auto line = [](const std::string& rest, int second) {
        return rest + R"(,"recorded":"2024-01-01T00:00:0)" + std::to_string(second) + "Z\"}\n";
    };
    const auto round = [&](const std::string& handle, int second) {
        return line(R"({"kind":"round","company":"Acme","price_per_share":"2 USD","round":")" + handle + "\"",
                    second) +
               line(
                   R"({"kind":"participation","investor":"Blue Fund","shares":100,"round":")" + handle + "\"",
                   second);
    };
    const std::string text =
        round("a", 1) +
        line(R"({"kind":"metric","key":"m","company":"Acme","name":"users","on":"2023","value":"1")", 1) +
        line(R"({"kind":"retraction","of":"m","reason":"x")", 1) + round("b", 2);
    Ledger ledger = in_memory();
    apply_text(ledger, text);
    CHECK_MESSAGE(verification(ledger).empty(), verification(ledger));
    const auto positions = ledger.positions("Blue Fund");
    REQUIRE(positions.size() == 1);
    CHECK(positions.front().rounds == 2);
    std::vector<std::int64_t> rows;
    ledger.query("SELECT rounds FROM positions", {.row = [&](std::span<const SqlCell> cells) {
                     rows.push_back(std::get<std::int64_t>(cells[0]));
                 }});
    CHECK(rows == std::vector<std::int64_t>{2});
}

TEST_CASE("retractions one of another turn what they end at, also where others come between") {
    const auto retraction = [](const std::string& key, const std::string& of) {
        return R"({"kind":"retraction","reason":"x","key":")" + key + R"(","of":")" + of + "\"}\n";
    };
    struct Step {
        std::string line;
        bool stands;  // "a", after it
    };
    const std::vector<Step> steps{{seed_line("a", "1 million USD"), true}, {retraction("r1", "a"), false},
                                  {retraction("r2", "r1"), true},          {retraction("r3", "r2"), false},
                                  {retraction("q", "r1"), true},  // a second one: r2 does not matter any more
                                  {retraction("r4", "r3"), true},          {retraction("r5", "q"), true},
                                  {retraction("r6", "r4"), false}};
    std::string text;
    Ledger one_by_one = in_memory();
    for (const Step& step : steps) {
        CAPTURE(step.line);
        text += step.line;
        apply_text(one_by_one, step.line);
        Ledger at_once = in_memory();
        apply_text(at_once, text);
        CHECK(standing(at_once) == standing(one_by_one));
        CHECK(standing(at_once).starts_with("a") == step.stands);
        CHECK(at_once.claims("Acme").size() == (step.stands ? 1 : 0));
    }
    // What the entry at the end supersedes is turned with it.
    Ledger ledger = in_memory();
    apply_text(ledger, seed_line("a", "1 million USD") +
                           seed_line("b", "2 million USD", R"(,"supersedes":"a")") + retraction("r1", "b") +
                           retraction("r2", "r1") + retraction("r3", "r2"));
    CHECK(standing(ledger) == "a r1 r3");
}

TEST_CASE("n corrections in a chain are n rows, and retractions of retractions turn what they end at") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    constexpr int length = 40;
    std::string text = seed_line("k0", "1 million USD") + seed_line("r0", "1 million USD", R"(,"note":"n")");
    for (int i = 1; i <= length; ++i) {
        const std::string time =
            Timestamp::from_microseconds(1'700'000'000'000'000 + i * 1'000'000).to_string();
        text += seed_line("k" + std::to_string(i), std::to_string(i) + " million USD",
                          R"(,"recorded":")" + time + R"(","supersedes":"k)" + std::to_string(i - 1) + "\"");
        text += R"({"kind":"retraction","reason":"x","key":"r)" + std::to_string(i) + R"(","of":"r)" +
                std::to_string(i - 1) + R"(","recorded":")" + time + "\"}\n";
    }
    apply_text(ledger, text, "2023-01-01T00:00:00Z");
    Sql sql(folder / "l.db");
    const auto rows_of = [&](const std::string& key) {
        return sql.cell(
            "SELECT count(*) FROM withdrawn w JOIN entry e ON e.entry = w.entry WHERE e.key GLOB '" + key +
            "'");
    };
    CHECK(rows_of("k*") == std::to_string(length));
    CHECK(rows_of("r0") == std::to_string(length / 2));
    CHECK(rows_of("r[1-9]*") == "0");
    std::string expected = "r0";
    for (int i = 1; i <= length; ++i) {
        if (i == length) expected += " k" + std::to_string(i);
        if (i % 2 == 0) expected += " r" + std::to_string(i);
    }
    CHECK(standing(ledger) == expected);
    CHECK(sql.cell(
              "SELECT group_concat(key, ' ') FROM (SELECT key FROM entries WHERE stands ORDER BY entry)") ==
          expected);
    CHECK(sql.cell(
              "SELECT count(*) FROM entries_known k JOIN entry e ON e.entry = k.entry WHERE e.key = 'r1'") ==
          std::to_string(length / 2));
    CHECK_MESSAGE(verification(ledger).empty(), verification(ledger));
}

TEST_CASE("what comes at one time comes to the same in any order") {
    const std::string before = seed_line("x", "1 million USD") +
                               seed_line("s1", "2 million USD", R"(,"supersedes":"x")") +
                               R"({"kind":"source","id":"p","key":"p","type":"press"})"
                               "\n" +
                               seed_line("y", "4 million USD", R"(,"source":"p")");
    std::vector<std::string> lines{
        R"({"kind":"retraction","key":"t","of":"s1","reason":"x"})",
        R"({"kind":"round","round":"seed","key":"s2","raised":"3 million USD","supersedes":"x"})",
        R"({"kind":"source","id":"p","key":"p1","type":"rumour","supersedes":"p"})",
        R"({"kind":"source","id":"p","key":"p2","type":"filing","supersedes":"p"})"};
    const std::vector<std::string> parties{R"({"kind":"party","name":"Acme","country":"US"})",
                                           R"({"kind":"party","name":"Acme","country":"DE"})"};
    std::sort(lines.begin(), lines.end());
    std::set<std::string> answers;
    TempFolder folder;
    std::size_t order = 0;
    do {
        std::string text;
        for (const std::string& line : lines) text += line + "\n";
        for (const std::size_t party : {order % 2, 1 - order % 2}) text += parties[party] + "\n";
        ++order;
        const std::filesystem::path path = folder / "l.db";
        std::filesystem::remove(path);
        Ledger ledger = Ledger::open(path, options());
        apply_text(ledger, before, "2024-01-01T00:00:00Z");
        apply_text(ledger, text, "2024-01-02T00:00:00Z");
        Sql sql(path);
        answers.insert(
            total_of(ledger, "Acme") + ", " + ledger.party("Acme").country + ", " +
            sql.cell("SELECT source_type FROM claims WHERE stated = '4 million USD'") + ", " +
            joined(sql.rows(
                "SELECT e.key, known_from, known_to FROM withdrawn w JOIN entry e ON e.entry = w.entry "
                "ORDER BY 1, 2")));
    } while (std::next_permutation(lines.begin(), lines.end()));
    CHECK(answers.size() == 1);
}

TEST_CASE("an entry can be named by its id") {
    Ledger ledger = in_memory();
    const EntryId id = ledger.record(Entry{.content = Remark{.about = "Acme", .text = "t"}});
    ledger.record(Entry{.content = Retraction{.of = "sha256:" + id.to_string(), .reason = "x"}});
    CHECK_FALSE(log_of(ledger)[0].stands);
    CHECK(log_of(ledger)[1].stands);
}

TEST_CASE("several changes at one time, in one file or in several, come to the same, and verify") {
    const std::string first = seed_line("a", "1 million USD");
    const std::string second = seed_line("b", "2 million USD", R"(,"supersedes":"a")");
    const std::string third = R"({"kind":"retraction","of":"b","reason":"x"})"
                              "\n";
    Ledger one = in_memory();
    apply_text(one, first, "2024-01-01T00:00:00Z");
    apply_text(one, second + third, "2024-01-02T00:00:00Z");
    Ledger several = in_memory();
    apply_text(several, first, "2024-01-01T00:00:00Z");
    apply_text(several, second, "2024-01-02T00:00:00Z");
    apply_text(several, third, "2024-01-02T00:00:00Z");
    for (const Ledger* ledger : {&one, &several}) {
        CHECK(verification(*ledger).empty());
        CHECK(total_of(*ledger, "Acme", "", "2024-01-02T00:00:00Z") ==
              "1000000.00 USD over 1, 0 undisclosed");
    }
    CHECK(one.head().hash == several.head().hash);
}

//--- Recorded

TEST_CASE("recorded: now by default, or the chain's last time where that is later") {
    TempFolder folder;
    {
        Ledger ledger =
            Ledger::open(folder / "l.db", options(Ledger::Access::create, "2025-06-01T00:00:00Z"));
        ledger.record(Entry{.content = Remark{.about = "Acme", .text = "1"}});
        CHECK(log_of(ledger).back().recorded == at("2025-06-01T00:00:00Z"));
    }
    // Now a clock that is five months slow.
    Ledger ledger = Ledger::open(folder / "l.db", options(Ledger::Access::create, "2025-01-01T00:00:00Z"));
    apply_text(ledger, R"({"kind":"remark","about":"Acme","text":"2"})");
    CHECK(log_of(ledger).back().recorded == at("2025-06-01T00:00:00Z"));
    CHECK(
        refusal_of(ledger, R"({"kind":"remark","about":"Acme","text":"3"})", "2025-03-01T00:00:00Z") ==
        R"(f:1: field "recorded": got "2025-03-01T00:00:00Z", expected no time before the chain's last entry, 2025-06-01T00:00:00Z [recorded-too-early])");
}

TEST_CASE("recorded: one time for one file, also when the clock runs") {
    Ledger::Options running = options();
    std::int64_t ticks = 0;
    running.clock = [&ticks] { return Timestamp::from_microseconds(1'700'000'000'000'000 + ticks++); };
    Ledger ledger = Ledger::in_memory(running);
    apply_text(ledger, seed_line("a", "1 USD") + seed_line("b", "2 USD") + seed_line("c", "3 USD"));
    apply_text(ledger, seed_line("d", "4 USD"));
    const auto entries = log_of(ledger);
    CHECK(entries[0].recorded == entries[1].recorded);
    CHECK(entries[1].recorded == entries[2].recorded);
    CHECK(entries[2].recorded < entries[3].recorded);
}

TEST_CASE("recorded: a line's own time goes before that of the file") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               seed_line("a", "1 USD", R"(,"recorded":"2024-01-01T00:00:00Z")") + seed_line("b", "2 USD") +
                   seed_line("c", "3 USD", R"(,"recorded":"2024-03-01T00:00:00Z")"),
               "2024-02-01T00:00:00Z");
    const auto entries = log_of(ledger);
    CHECK(entries[0].recorded == at("2024-01-01T00:00:00Z"));
    CHECK(entries[1].recorded == at("2024-02-01T00:00:00Z"));
    CHECK(entries[2].recorded == at("2024-03-01T00:00:00Z"));
    CHECK(
        refusal_of(ledger, seed_line("d", "4 USD"), "2025-01-01T12:00:00.000001Z") ==
        R"(f:1: field "recorded": got "2025-01-01T12:00:00.000001Z", expected a time not after now, 2025-01-01T12:00:00Z [recorded-in-future])");
    apply_text(ledger, seed_line("d", "4 USD"),
               "2024-03-01T00:00:00Z");  // the time of the chain's last entry is not too early
    apply_text(ledger, seed_line("e", "5 USD"), "2025-01-01T12:00:00Z");  // the present is not the future
    CHECK(ledger.size() == 5);
}

//--- The two dates

TEST_CASE("known-at and as-of are inclusive") {
    Ledger ledger = in_memory();
    apply_text(ledger, seed_line("a", "1 million USD", R"(,"closed":"2023-05-31")"),
               "2024-01-01T00:00:00.5Z");
    struct Row {
        std::string as_of;
        std::string known_at;
        std::string total;
    };
    const std::string one = "1000000.00 USD over 1, 0 undisclosed";
    const std::vector<Row> rows{
        {"", "2024-01-01T00:00:00.499999Z", "nothing"},
        {"", "2024-01-01T00:00:00.5Z", one},
        {"2023-05-30", "", "nothing"},
        {"2023-05-31", "", one},
        {"2023-04", "", "nothing"},
        {"2023-05", "", one},
        {"2023-Q1", "", "nothing"},
        {"2023-Q2", "", one},
        {"2022", "", "nothing"},
        {"2023", "", one},
        {"2023", "2024-01-01T00:00:00.499999Z", "nothing"},
    };
    for (const Row& row : rows)
        CHECK_MESSAGE(total_of(ledger, "Acme", row.as_of, row.known_at) == row.total,
                      (row.as_of + row.known_at));
}

//--- The chain

TEST_CASE("the chain's hash is SHA-256(previous hash, id, recorded) and the digest that of the sorted ids") {
    Ledger ledger = in_memory();
    apply_text(ledger, seed_line("a", "1 USD"), "2024-01-01T00:00:00Z");
    apply_text(ledger, seed_line("b", "2 USD") + seed_line("c", "3 USD"), "2024-01-01T00:00:00.000001Z");
    std::array<unsigned char, 32> hash{};  // zeros before the first entry
    std::vector<std::string> ids;
    for (const LogEntry& entry : log_of(ledger)) {
        std::string bytes(hash.begin(), hash.end());
        bytes.append(entry.id.bytes.begin(), entry.id.bytes.end());
        ids.emplace_back(entry.id.bytes.begin(), entry.id.bytes.end());
        const auto microseconds = static_cast<std::uint64_t>(entry.recorded.microseconds());
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes += static_cast<char>(microseconds >> shift & 0xFFU);
        ::SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
    }
    Digest expected;
    std::copy(hash.begin(), hash.end(), expected.bytes.begin());
    CHECK(ledger.head().hash == expected);
    CHECK(ledger.head().length == 3);
    std::sort(ids.begin(), ids.end());
    std::string sorted;
    for (const std::string& id : ids) sorted += id;
    ::SHA256(reinterpret_cast<const unsigned char*>(sorted.data()), sorted.size(), expected.bytes.data());
    CHECK(ledger.digest() == expected);
    const Verification verified = ledger.verify();
    CHECK(verified.ok);
    CHECK(verified.entries == 3);
    CHECK(verified.digest == expected);
    CHECK(verified.head.hash == ledger.head().hash);
}

TEST_CASE("an empty ledger has a chain of its own, of no entries") {
    const Ledger one = in_memory();
    const Ledger other = in_memory();
    CHECK(one.head().length == 0);
    CHECK(one.head().hash == Digest());
    CHECK(one.head().chain != other.head().chain);
    CHECK(one.verify().ok);
    // SHA-256 of nothing.
    CHECK(one.digest().to_string() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(exported(one).empty());
}

TEST_CASE("what is exported and applied to an empty ledger gives the same ids, digest and chain hashes") {
    Ledger ledger = in_memory();
    apply_text(ledger, read_file(POSTMONEY_EXAMPLES_DIR "/xai.facts.jsonl"), "2024-12-31T00:00:00Z");
    apply_text(ledger, R"({"kind":"retraction","of":"xai-c-november","reason":"\u20ac \" \u0001 test"})",
               "2024-12-31T00:00:00.25Z");
    const std::string facts = exported(ledger);
    Ledger copy = in_memory();
    const ApplyReport report = apply_text(copy, facts);
    CHECK(report.recorded == ledger.size());
    CHECK(report.repeated == 0);
    CHECK(copy.digest() == ledger.digest());
    CHECK(copy.head().hash == ledger.head().hash);
    CHECK(copy.head().length == ledger.head().length);
    CHECK(copy.head().chain != ledger.head().chain);
    CHECK(exported(copy) == facts);
    CHECK(copy.verify().ok);
    CHECK(apply_text(ledger, facts).recorded == 0);
}

TEST_CASE("the digest depends on the set of entries, not on order or time") {
    Ledger one = in_memory();
    apply_text(one, seed_line("a", "1 USD") + seed_line("b", "2 USD"), "2024-01-01T00:00:00Z");
    Ledger other = in_memory();
    apply_text(other, seed_line("b", "2 USD") + seed_line("a", "1 USD"), "2024-05-01T00:00:00Z");
    CHECK(one.digest() == other.digest());
    CHECK(one.head().hash != other.head().hash);
}

//--- Parties

TEST_CASE("a party goes by its name, its aliases in any Unicode form, and its ids") {
    Ledger ledger = in_memory();
    const std::string composed = "Soci\xC3\xA9t\xC3\xA9";      // NFC
    const std::string decomposed = "Socie\xCC\x81te\xCC\x81";  // NFD
    apply_text(ledger, R"({"kind":"party","name":")" + decomposed +
                           R"(","aliases":["X.AI Corp."],"ids":{"cik":"0002002695"}})");
    const std::int64_t party = ledger.party(composed).party;
    for (const std::string& name :
         {composed, decomposed, std::string("X.AI Corp."), std::string("cik:0002002695")}) {
        CHECK_MESSAGE(ledger.party(name).party == party, name);
    }
    CHECK(ledger.party(composed).name == decomposed);  // as written
    const std::map<std::string, std::string> nearest{
        {"x.ai corp.", "X.AI Corp."}, {"X.AI Corp. ", "X.AI Corp."}, {"Soci", composed}};
    for (const auto& [name, near] : nearest) {
        CHECK(party_problem(ledger, name) ==
              "got \"" + name + "\", expected the name of a party on record; the nearest is \"" + near +
                  "\" [unknown-party]");
    }
    CHECK(party_problem(ledger, "cik:2002695") ==
          R"(got "cik:2002695", expected the id of a party on record [unknown-party])");
}

TEST_CASE("naming a party is enough to have it, and a later party line with that name is the same party") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"relation","from":"Acme","to":"Rival","type":"competitor"}
{"kind":"round","round":"seed","company":"Acme","raised":"1 million USD"}
{"kind":"participation","round":"seed","investor":"Fund I"}
{"kind":"party","name":"Acme, Inc.","aliases":["Acme"],"country":"US"}
{"kind":"party","name":"Fund I","type":"fund"}
{"kind":"stated_total","company":"Acme, Inc.","amount":"1 million USD","on":"2024"}
)");
    CHECK(ledger.party("Acme").party == ledger.party("Acme, Inc.").party);
    CHECK(ledger.party("Acme").name == "Acme, Inc.");
    CHECK(ledger.party("Acme").country == "US");
    CHECK(ledger.party("Fund I").type == "fund");
    CHECK(ledger.party("Rival").name == "Rival");
    CHECK(ledger.claims("Acme").size() == 5);
    CHECK(ledger.investments("Fund I").size() == 1);
    CHECK(ledger.verify().ok);
}

TEST_CASE("a name that fits two parties is refused and both are shown; their ids tell them apart") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"party","name":"Acme","ids":{"cik":"1"},"country":"US"}
{"kind":"party","name":"Acme","ids":{"cik":"2"},"country":"IT"}
{"kind":"round","round":"one","company":"cik:1","raised":"1 USD"}
{"kind":"round","round":"two","company":"cik:2","raised":"2 USD"}
)",
               "2024-01-01T00:00:00Z");
    const std::string message =
        R"(got "Acme", expected a name of one party; it fits "Acme" (cik:1) and "Acme" (cik:2): name it by an id [ambiguous-party])";
    CHECK(party_problem(ledger, "Acme") == message);
    CHECK(error_of([&] { static_cast<void>(ledger.total_raised("Acme")); }) == message);
    CHECK(refusal_of(ledger, R"({"kind":"round","round":"three","company":"Acme"})") ==
          "f:1: field \"company\": " + message);
    CHECK(ledger.party("cik:1").country == "US");
    CHECK(total_of(ledger, "cik:2") == "2.00 USD over 1, 0 undisclosed");
    // A line that says which party it means adds to that one. A line that would merge two parties is refused.
    apply_text(ledger, R"({"kind":"party","name":"Acme","ids":{"cik":"2","lei":"L"},"market":"anvils"})",
               "2024-01-02T00:00:00Z");
    CHECK(ledger.party("lei:L").market == "anvils");
    CHECK(
        refusal_of(ledger, R"({"kind":"party","name":"Acme Group","ids":{"lei":"L"},"aliases":["cik:1"]})") ==
        "no error");
    CHECK(
        party_problem(ledger, "cik:1") ==
        R"(got "cik:1", expected a name of one party; it fits "Acme" (cik:1) and "Acme Group" (cik:2, lei:L): name it by an id [ambiguous-party])");
}

TEST_CASE("a line with the ids of two parties that cannot be one is refused") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"party","name":"One","ids":{"cik":"1"}}
{"kind":"party","name":"Two","ids":{"cik":"2","lei":"L"}}
)");
    CHECK(
        refusal_of(ledger, R"({"kind":"party","name":"One","ids":{"cik":"1","lei":"L"}})") ==
        R"(f:1: field "name": got "One", expected names and ids of one party; they are of "One" (cik:1) and "Two" (cik:2, lei:L) [ambiguous-party])");
}

TEST_CASE("a party line can show two parties to be one, as long as it stands") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"round","round":"one","company":"Foo","raised":"1 USD"}
{"kind":"round","round":"two","company":"Bar","raised":"2 USD"}
{"kind":"round","round":"three","company":"Third","raised":"4 USD"}
{"kind":"participation","round":"three","investor":"Foo"}
{"kind":"participation","round":"three","investor":"Bar"}
)",
               "2024-01-01T00:00:00Z");
    apply_text(ledger, R"({"kind":"party","key":"same","name":"Foo","aliases":["Bar"]})",
               "2024-01-01T00:00:00Z");
    CHECK(ledger.verify().ok);
    CHECK(total_of(ledger, "Foo") == "3.00 USD over 2, 0 undisclosed");
    CHECK(total_of(ledger, "Bar") == "3.00 USD over 2, 0 undisclosed");
    CHECK(ledger.investments("Bar").size() == 1);
    apply_text(ledger, R"({"kind":"round","round":"four","company":"Bar","raised":"8 USD"})",
               "2024-02-01T00:00:00Z");
    apply_text(ledger, R"({"kind":"retraction","key":"not-same","of":"same","reason":"two companies"})",
               "2024-03-01T00:00:00Z");
    CHECK(ledger.verify().ok);
    CHECK(total_of(ledger, "Foo") == "1.00 USD over 1, 0 undisclosed");
    CHECK(total_of(ledger, "Bar") == "10.00 USD over 2, 0 undisclosed");
    CHECK(ledger.investments("Bar").size() == 1);
    apply_text(ledger, R"({"kind":"retraction","of":"not-same","reason":"one after all"})",
               "2024-03-01T00:00:00Z");
    CHECK(ledger.verify().ok);
    CHECK(total_of(ledger, "Bar") == "11.00 USD over 3, 0 undisclosed");
}

TEST_CASE("the number of named investors follows who is one, in the file too") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger,
               R"({"kind":"round","round":"r","company":"Acme","investors":2}
{"kind":"participation","round":"r","investor":"a16z"}
{"kind":"participation","round":"r","investor":"Andreessen Horowitz"}
)",
               "2024-01-01T00:00:00Z");
    const auto named = [&] { return Sql(folder / "l.db").cell("SELECT named_investors FROM rounds"); };
    CHECK(named() == "2");
    apply_text(ledger, R"({"kind":"party","key":"p","name":"Andreessen Horowitz","aliases":["a16z"]})",
               "2024-01-02T00:00:00Z");
    CHECK(named() == "1");
    apply_text(ledger, R"({"kind":"retraction","of":"p","reason":"x"})", "2024-01-03T00:00:00Z");
    CHECK(named() == "2");
    CHECK(ledger.verify().ok);
}

TEST_CASE("a party keeps the name that standing claims use when the line that first named it is taken back") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"party","key":"p","name":"Acme","aliases":["Acme Corp."],"country":"US"}
{"kind":"round","round":"seed","company":"Acme","raised":"1 USD"}
{"kind":"retraction","of":"p","reason":"x"}
)");
    CHECK(total_of(ledger, "Acme") == "1.00 USD over 1, 0 undisclosed");
    CHECK(ledger.party("Acme").country.empty());
    CHECK(party_problem(ledger, "Acme Corp.") ==
          R"(got "Acme Corp.", expected the name of a party on record [unknown-party])");
    apply_text(ledger, R"({"kind":"round","round":"a","company":"Acme","raised":"2 USD"}
{"kind":"party","name":"Acme","country":"IT"})");
    CHECK(total_of(ledger, "Acme") == "3.00 USD over 2, 0 undisclosed");
    CHECK(ledger.party("Acme").country == "IT");
    CHECK(ledger.verify().ok);
}

TEST_CASE("a party line that supersedes another changes names and profile") {
    Ledger ledger = in_memory();
    apply_text(
        ledger,
        R"({"kind":"party","key":"p","name":"Acme","aliases":["Wrong"],"ids":{"cik":"1"},"country":"US","market":"anvils"}
{"kind":"party","name":"Acme GmbH","ids":{"cik":"2"},"country":"DE","supersedes":"p"}
)");
    CHECK(ledger.party("Acme GmbH").country == "DE");
    CHECK(ledger.party("cik:2").market.empty());
    for (const char* gone : {"Acme", "Wrong"}) CHECK_FALSE(party_problem(ledger, gone) == "no error");
    CHECK(party_problem(ledger, "cik:1") ==
          R"(got "cik:1", expected the id of a party on record [unknown-party])");
    CHECK(ledger.verify().ok);
}

//--- Sources

TEST_CASE("a source that is superseded ranks its claims anew; one that is retracted ranks them last") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"source","key":"p","id":"paper","type":"press"}
{"kind":"source","key":"w","id":"wire","type":"press","published":"2024-01"}
{"kind":"round","round":"seed","company":"Acme","raised":"1 USD","source":"paper"}
{"kind":"round","round":"seed","raised":"2 USD","source":"wire"}
{"kind":"round","round":"seed","raised":"3 USD"}
)",
               "2024-01-01T00:00:00Z");
    CHECK(total_of(ledger, "Acme") == "2.00 USD over 1, 0 undisclosed");  // the published source wins
    apply_text(ledger, R"({"kind":"source","key":"p2","id":"paper","type":"filing","supersedes":"p"})",
               "2024-01-02T00:00:00Z");
    CHECK(total_of(ledger, "Acme") == "1.00 USD over 1, 0 undisclosed");
    apply_text(ledger, R"({"kind":"source","key":"p3","id":"sec-paper","type":"rumour","supersedes":"p2"})",
               "2024-01-03T00:00:00Z");
    CHECK(total_of(ledger, "Acme") == "2.00 USD over 1, 0 undisclosed");
    apply_text(ledger, R"({"kind":"retraction","of":"w","reason":"no such paper"})", "2024-01-04T00:00:00Z");
    CHECK(total_of(ledger, "Acme") == "1.00 USD over 1, 0 undisclosed");
    apply_text(ledger, R"({"kind":"retraction","of":"p3","reason":"x"})", "2024-01-05T00:00:00Z");
    apply_text(ledger, R"({"kind":"retraction","of":"p2","reason":"x"})", "2024-01-06T00:00:00Z");
    apply_text(ledger, R"({"kind":"retraction","of":"p","reason":"x"})", "2024-01-07T00:00:00Z");
    CHECK(total_of(ledger, "Acme") ==
          "2.00 USD over 1, 0 undisclosed");  // no source is left, and of one time the greater id wins
    CHECK(total_of(ledger, "Acme", "", "2024-01-02T12:00:00Z") == "1.00 USD over 1, 0 undisclosed");
    CHECK(total_of(ledger, "Acme", "", "2024-01-03T12:00:00Z") == "2.00 USD over 1, 0 undisclosed");
    CHECK(ledger.verify().ok);
}

//--- Currencies

TEST_CASE("a currency is there for amounts once it is defined, to the minor unit that it has") {
    Ledger ledger = in_memory();
    const std::string line = R"({"kind":"round","round":"seed","company":"Acme","raised":"1.000001 USDC"})";
    CHECK(
        refusal_of(ledger, line) ==
        R"(f:1: field "raised": got "USDC", expected an ISO 4217 currency code or a unit that was added [unknown-currency])");
    apply_text(ledger, R"({"kind":"currency","code":"USDC","decimals":6,"name":"USD Coin"})"
                       "\n" +
                           line);
    CHECK(total_of(ledger, "Acme") == "1.000001 USDC over 1, 0 undisclosed");
    apply_text(ledger, R"({"kind":"currency","code":"USDC","decimals":6,"name":"the same unit again"})");
    apply_text(ledger, R"({"kind":"currency","code":"EUR","decimals":2,"name":"as in ISO 4217"})");
    CHECK(ledger.currencies().user_defined().size() == 1);
    CHECK(ledger.verify().ok);
}

TEST_CASE("of a currency only the name can be corrected") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"currency","key":"u","code":"USDC","decimals":6})");
    CHECK(
        refusal_of(ledger, R"({"kind":"currency","code":"USDC","decimals":2,"supersedes":"u"})") ==
        R"(f:1: field "code": got "USDC", expected a new code, it has 6 decimals already [currency-redefined])");
    CHECK(refusal_of(ledger, R"({"kind":"currency","code":"USDX","decimals":6,"supersedes":"u"})") ==
          "f:1: field \"code\": got \"USDX\", expected the code of the entry that it supersedes, \"USDC\": "
          "only the "
          "name of a currency can be corrected [currency-redefined]");
    apply_text(
        ledger,
        R"({"kind":"currency","key":"v","code":"USDC","decimals":6,"name":"USD Coin","supersedes":"u"})");
    const std::vector<Claim> known = ledger.claims_of_kind(EntryKind::currency);
    REQUIRE(known.size() == 1);
    CHECK(known[0].as<CurrencyDefinition>()->name == "USD Coin");
    CHECK_MESSAGE(verification(ledger).empty(), verification(ledger));
}

TEST_CASE("a currency of a file that was refused is not known afterwards") {
    Ledger ledger = in_memory();
    CHECK_FALSE(refusal_of(ledger, R"({"kind":"currency","code":"USDC","decimals":6})"
                                   "\nnonsense") == "no error");
    CHECK(
        refusal_of(ledger, R"({"kind":"round","round":"seed","company":"Acme","raised":"1 USDC"})") ==
        R"(f:1: field "raised": got "USDC", expected an ISO 4217 currency code or a unit that was added [unknown-currency])");
    CHECK_FALSE(ledger.currencies().find("USDC").has_value());
}

//--- All or nothing

TEST_CASE("a file is recorded whole or not at all, unless it is told to keep going") {
    const std::string text =
        seed_line("a", "1 USD") + "nonsense\n" + seed_line("b", "2 USD") + seed_line("a", "3 USD") +
        R"({"kind":"closing","round":"seed","on":"2024","amount":"1 USD","source":"nobody"})"
        "\n";
    Ledger strict = in_memory();
    CHECK(refusal_of(strict, text) == R"(f:2: got "nonsense", expected one JSON object [bad-json])");
    CHECK(strict.size() == 0);
    CHECK(party_problem(strict, "Acme") ==
          R"(got "Acme", expected the name of a party on record [unknown-party])");
    CHECK(strict.verify().ok);

    Ledger lenient = in_memory();
    const ApplyReport report = apply_text(lenient, text, "", true);
    CHECK(report.lines == 5);
    CHECK(report.recorded == 2);
    REQUIRE(report.refused.size() == 3);
    CHECK(std::string(report.refused[0].what()) ==
          R"(f:2: got "nonsense", expected one JSON object [bad-json])");
    CHECK(
        std::string(report.refused[1].what()) ==
        R"(f:4: field "key": got "a", expected a new key, it is on record with other content [key-reused])");
    CHECK(std::string(report.refused[2].what()) ==
          R"(f:5: field "source": got "nobody", expected the id of a source on record [unknown-source])");
    CHECK(standing(lenient) == "a b");
    CHECK(lenient.verify().ok);
}

TEST_CASE("apply_facts leaves nothing behind of a ledger that it made for facts that it refused") {
    TempFolder folder;
    const auto apply_to = [&](std::string_view name, const std::string& text, bool keep_going = false) {
        std::istringstream in(text);
        ApplyOptions apply_options;
        apply_options.keep_going = keep_going;
        return error_of([&] { apply_facts(folder / name, in, "f", apply_options, options()); });
    };
    CHECK(apply_to("l.db", seed_line("a", "1 USD") + "nonsense") ==
          R"(f:2: got "nonsense", expected one JSON object [bad-json])");
    CHECK(apply_to("l.db", "nonsense", true) == "no error");
    CHECK(std::filesystem::is_empty(folder.path()));

    write_file(folder / "empty.db", "");
    CHECK_FALSE(apply_to("empty.db", "nonsense") == "no error");
    CHECK(std::filesystem::file_size(folder / "empty.db") == 0);

    CHECK(apply_to("l.db", seed_line("a", "1 USD")) == "no error");
    const std::string before = read_file(folder / "l.db");
    CHECK_FALSE(apply_to("l.db", seed_line("b", "2 USD") + "nonsense") == "no error");
    CHECK(read_file(folder / "l.db") == before);
    CHECK(apply_to("l.db", seed_line("a", "1 USD")) == "no error");  // a repeat writes nothing
    CHECK(read_file(folder / "l.db") == before);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("sums beyond 64 bits do not keep facts from being recorded") {
    Ledger ledger = in_memory();
    apply_text(ledger,
               R"({"kind":"round","round":"one","company":"Acme","raised":"90000 trillion USD"}
{"kind":"round","round":"two","company":"Acme","raised":"90000 trillion USD"}
{"kind":"valuation","round":"one","company":"Acme","amount":"90000 trillion USD","basis":"pre-money","on":"2024"}
)");
    CHECK(ledger.size() == 3);
    CHECK(ledger.verify().ok);
    try {
        static_cast<void>(ledger.total_raised("Acme"));
        FAIL("the total is beyond 64 bits");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::overflow);
    }
}

//--- Several at once

TEST_CASE("a ledger that was read or written holds up no other one") {
    TempFolder folder;
    Ledger one = Ledger::open(folder / "l.db", options());
    Ledger other = Ledger::open(folder / "l.db", options());
    for (int i = 0; i < 3; ++i) {  // the busy timeout is 0, so a lock that is still held gives an error
        Ledger& writer = i % 2 == 0 ? one : other;
        Ledger& reader = i % 2 == 0 ? other : one;
        apply_text(writer, seed_line("a" + std::to_string(i), std::to_string(i + 1) + " USD"),
                   "2025-01-01T0" + std::to_string(i) + ":00:00Z");
        CHECK(total_of(reader, "Acme") == std::to_string(i + 1) + ".00 USD over 1, 0 undisclosed");
        CHECK(reader.company_of_round("seed") == "Acme");
        CHECK(reader.party("Acme").name == "Acme");
        CHECK(party_problem(reader, "Nobody") ==
              R"(got "Nobody", expected the name of a party on record [unknown-party])");
        CHECK(reader.reconcile().empty() == (i == 0));
        reader.for_each_entry([](const LogEntry&) {});
        static_cast<void>(reader.currencies());
        static_cast<void>(reader.head());
        CHECK(reader.verify().ok);
    }
    CHECK(one.size() == 3);
}

TEST_CASE("a ledger opened read-only refuses to write, and never writes a byte") {
    TempFolder folder;
    static_cast<void>(Ledger::open(folder / "l.db", options()));
    const std::string before = read_file(folder / "l.db");
    Ledger ledger = Ledger::open(folder / "l.db", options(Ledger::Access::read_only));
    CHECK(refusal_of(ledger, seed_line("a", "1 USD")) ==
          (folder / "l.db").string() + ": the ledger is open read-only [read-only]");
    CHECK(ledger.verify().ok);
    CHECK(read_file(folder / "l.db") == before);
}

TEST_CASE("a backup is a ledger with the same entries; it never replaces a file") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(ledger, seed_line("a", "1 USD"));
    ledger.backup(folder / "copy.db");
    const Ledger copy = Ledger::open(folder / "copy.db", options(Ledger::Access::read_only));
    CHECK(copy.head().hash == ledger.head().hash);
    CHECK(copy.head().chain == ledger.head().chain);
    CHECK(copy.verify().ok);
    CHECK(error_of([&] { ledger.backup(folder / "copy.db"); }) ==
          (folder / "copy.db").string() + ": is there already; name a new file [file-exists]");
    CHECK(error_of([&] { ledger.backup(folder / "no" / "copy.db"); }) ==
          (folder / "no" / "copy.db").string() + ": the folder " + (folder / "no").string() +
              " does not exist; create it first [no-such-folder]");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("each of two ledgers on a file sees what the other one recorded between its own records") {
    TempFolder folder;
    std::vector<Ledger> writers;
    for (int i = 0; i < 2; ++i) writers.push_back(Ledger::open(folder / "l.db", options()));
    std::ostringstream all;
    int number = 0;
    const auto record = [&](const std::string& line) {
        apply_text(writers[static_cast<std::size_t>(number++ % 2)], line);
        all << line << '\n';
    };
    record(R"({"kind":"source","id":"s","type":"press"})");
    record(
        R"({"kind":"round","key":"k","round":"a","company":"Acme","closed":"2023","raised":"1 million USD","source":"s"})");
    record(
        R"({"kind":"round","round":"b","company":"Acme Inc","closed":"2023-02","raised":"2 million USD"})");
    record(R"({"kind":"participation","round":"a","investor":"Red Fund","source":"s"})");
    record(R"({"kind":"closing","round":"a","on":"2023","amount":"3 million USD","source":"s"})");
    record(R"({"kind":"party","key":"one","name":"Acme","aliases":["Acme Inc"]})");
    record(R"({"kind":"round","round":"b","company":"Acme","raised":"5 million USD"})");
    record(R"({"kind":"source","id":"s","type":"filing","key":"t","supersedes":"sha256:)" +
           FactsReader().read(R"({"kind":"source","id":"s","type":"press"})", Currencies()).id.to_string() +
           R"("})");
    record(R"({"kind":"retraction","of":"k","reason":"wrong"})");
    for (Ledger& writer : writers)
        CHECK_THROWS(apply_text(writer, R"({"kind":"closing","round":"none","on":"2023","amount":"1 USD"})"));
    record(R"({"kind":"retraction","of":"one","reason":"two companies"})");
    record(
        R"({"kind":"round","round":"c","company":"Acme","closed":"2024","raised":"7 million USD","source":"s"})");
    for (const Ledger& writer : writers) CHECK(writer.verify().ok);
    Ledger alone = Ledger::open(folder / "alone.db", options());
    apply_text(alone, all.str());
    CHECK(alone.digest() == writers.front().digest());
    const auto rows = [&](const char* name) {
        return joined(Sql(folder / name)
                          .rows("SELECT company, currency, known_decimal FROM total_raised ORDER BY 1, 2"));
    };
    CHECK(rows("l.db") == rows("alone.db"));
}

TEST_CASE("a position of undisclosed shares shows its priced round, and takes no row where there is none") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    // A split on the day of the round leaves open what the price is now.
    apply_text(
        ledger,
        R"({"kind":"round","round":"a","company":"Acme","announced":"2024-05-03","price_per_share":"2 USD"}
{"kind":"participation","round":"a","investor":"Red Fund"}
{"kind":"split","company":"Acme","on":"2024-05-03","ratio":"2:1"}
{"kind":"round","round":"b","company":"Beta","announced":"2024-05-03"}
{"kind":"round","round":"c","company":"Beta","announced":"2024-06-03"}
{"kind":"participation","round":"b","investor":"Red Fund"}
{"kind":"participation","round":"c","investor":"Red Fund"}
)",
        "2025-01-01T00:00:00Z");
    Sql sql(folder / "l.db");
    CHECK(joined(sql.rows(
              "SELECT company, rounds, untold, price, price_round, gap FROM positions ORDER BY company")) ==
          "Acme|1|1|null|a|undisclosed-shares, Beta|2|2|null|null|undisclosed-shares");
    CHECK(joined(sql.rows("SELECT rounds FROM resolved_position")) == "1");
}

TEST_CASE("positions are asked by investor, as of a day and as known at a time, and kept for SQL") {
    TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    apply_text(
        ledger,
        R"({"kind":"round","round":"a","company":"Acme","closed":"2023-01-10","price_per_share":"30 USD"}
{"kind":"participation","round":"a","investor":"Blue Fund","shares":1000}
{"kind":"round","round":"b","company":"Beta","closed":"2023-01-10","price_per_share":"0.001 EUR","security_class":"A"}
{"kind":"participation","round":"b","investor":"Blue","shares":"999999999999999999"}
{"kind":"participation","round":"b","investor":"Red Fund","shares":"1000"}
{"kind":"party","name":"Blue Fund","aliases":["Blue"]}
)",
        "2024-01-01T00:00:00Z");
    apply_text(ledger, R"({"kind":"split","key":"s","company":"Acme","on":"2024-05-01","ratio":"1:3"})",
               "2024-06-01T00:00:00Z");
    const auto texts = [&](const Viewpoint& viewpoint) {
        std::vector<std::string> rows;
        for (const Position& position : ledger.positions("Blue Fund", viewpoint))
            rows.push_back(
                position.company + " " + share_text(*position.shares) + " " +
                (position.value ? position.value->to_string() : std::string(to_string(*position.gap))));
        return joined(rows);
    };
    const std::string beta = ", Beta 999999999999999999 1000000000000000.00 EUR";
    CHECK(texts({}) == "Acme 1000/3 30000.00 USD" + beta);
    CHECK(texts({.as_of = PartialDate::parse("2024-04-30"), .known_at = {}}) ==
          "Acme 1000 30000.00 USD" + beta);
    CHECK(texts({.as_of = {}, .known_at = at("2024-01-02T00:00:00Z")}) == "Acme 1000 30000.00 USD" + beta);
    CHECK(texts({.as_of = PartialDate::parse("2022"), .known_at = {}}).empty());
    CHECK(
        joined(
            Sql(folder / "l.db")
                .rows(
                    "SELECT investor, company, security_class, shares, shares_whole, shares_fraction, price, "
                    "value_minor, value_decimal, adjusted_for, gap FROM positions ORDER BY company, "
                    "investor")) ==
        "Blue Fund|Acme|null|1000/3|null|null|90|3000000|30000.00|1:3 on 2024-05-01|null, "
        "Blue "
        "Fund|Beta|A|999999999999999999|999999999999999999|0|0.001|100000000000000000|1000000000000000.00|"
        "null|null, "
        "Red Fund|Beta|A|1000|1000|0|0.001|100|1.00|null|null");
    apply_text(ledger, R"({"kind":"retraction","of":"s","reason":"never happened"})", "2024-07-01T00:00:00Z");
    CHECK(texts({}) == "Acme 1000 30000.00 USD" + beta);
    CHECK(ledger.verify().ok);
    CHECK(error_of([&] { static_cast<void>(ledger.positions("Nobody")); }) ==
          R"(got "Nobody", expected the name of a party on record [unknown-party])");
}

TEST_CASE("who is one with whom is seen as it was known at the time") {
    Ledger ledger = in_memory();
    apply_text(
        ledger,
        R"({"kind":"round","round":"one","company":"Foo","raised":"1 USD","recorded":"2024-01-01T00:00:00Z"}
{"kind":"round","round":"two","company":"Bar","raised":"2 USD","recorded":"2024-01-01T00:00:00Z"}
{"kind":"round","round":"three","company":"Third","raised":"4 USD","recorded":"2024-01-01T00:00:00Z"}
{"kind":"participation","round":"three","investor":"Foo","recorded":"2024-01-01T00:00:00Z"}
{"kind":"participation","round":"three","investor":"Bar","recorded":"2024-01-01T00:00:00Z"}
{"kind":"party","key":"same","name":"Foo","aliases":["Bar"],"recorded":"2024-01-02T00:00:00Z"}
{"kind":"retraction","of":"same","reason":"x","recorded":"2024-01-03T00:00:00Z"}
)");
    struct Row {
        std::string known_at;
        std::string foo;
        std::string bar;
        std::size_t investors;
    };
    const std::string one = "1.00 USD over 1, 0 undisclosed";
    const std::string two = "2.00 USD over 1, 0 undisclosed";
    const std::string both = "3.00 USD over 2, 0 undisclosed";
    const std::vector<Row> rows{{"2024-01-01T00:00:00Z", one, two, 2},
                                {"2024-01-02T00:00:00Z", both, both, 1},
                                {"2024-01-03T00:00:00Z", one, two, 2}};
    for (const Row& row : rows) {
        CHECK_MESSAGE(total_of(ledger, "Foo", "", row.known_at) == row.foo, row.known_at);
        CHECK_MESSAGE(total_of(ledger, "Bar", "", row.known_at) == row.bar, row.known_at);
        const Dossier third = ledger.dossier("Third", at(row.known_at));
        CHECK_MESSAGE(resolve(third).rounds.at(0).participations.size() == row.investors, row.known_at);
        CHECK_MESSAGE(ledger.investments("Bar", {.as_of = {}, .known_at = at(row.known_at)}).size() == 1,
                      row.known_at);
    }
}

TEST_CASE("the totals of all companies are those of each") {
    Ledger ledger = in_memory();
    apply_text(ledger, R"({"kind":"round","round":"a","company":"Acme","raised":"1 million USD"})"
                       "\n"
                       R"({"kind":"round","round":"b","company":"Acme","raised":"at least 2 million EUR"})"
                       "\n"
                       R"({"kind":"round","round":"c","company":"Bolt","raised":"undisclosed"})"
                       "\n"
                       R"({"kind":"round","round":"d","company":"Cord","status":"rumoured","raised":"1 USD"})"
                       "\n");
    std::map<std::string, std::vector<Total>> totals;
    ledger.for_each_total(
        [&](std::string_view company, const Total& total) { totals[std::string(company)].push_back(total); });
    CHECK(totals.size() == 2);
    for (const auto& [company, found] : totals) CHECK(text_of(found) == total_of(ledger, company));
}

TEST_CASE("the totals of all companies: one that cannot be told is an error, not left out") {
    Ledger ledger = in_memory();
    const std::string most = R"(","company":"Acme","raised":"90000000000000000 USD"})"
                             "\n";
    apply_text(ledger, R"({"kind":"round","round":"a)" + most + R"({"kind":"round","round":"b)" + most);
    CHECK(error_of([&] { ledger.for_each_total([](std::string_view, const Total&) {}); }) ==
          "the total of \"Acme\" cannot be told: its rounds are beyond 64 bits or mix currencies [overflow]");
    CHECK(!error_of([&] { static_cast<void>(ledger.total_raised("Acme")); }).empty());
}

TEST_CASE("a body that was changed is told as damage, whatever is asked") {
    TempFolder folder;
    {
        Ledger ledger = Ledger::open(folder / "l.db", options());
        apply_text(ledger, seed_line("a", "1 USD"));
    }
    CHECK(Sql(folder / "l.db").run("DROP TRIGGER entry_no_update; UPDATE entry SET body = '{}'").empty());
    const Ledger ledger = Ledger::open(folder / "l.db", options());
    try {
        static_cast<void>(ledger.dossier("Acme"));
        FAIL("the body is no entry");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::damaged);
    }
}
