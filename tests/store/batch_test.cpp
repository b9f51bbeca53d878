// A batch that is open: what questions answer meanwhile, and who may do what.
#include <doctest/doctest.h>

#include <optional>

#include "fixtures.hpp"
#include "generated_ledger.hpp"

using namespace store_test;

namespace {

Entry round(std::string handle, std::string_view raised) {
    return {.content = RoundStatement{.round = std::move(handle),
                                      .company = "Acme",
                                      .closed = PartialDate::parse("2024-05-01"),
                                      .raised = Amount::parse(raised)}};
}

Ledger one_round() {
    Ledger ledger = in_memory();
    ledger.record(std::vector{round("a", "1 million USD")});
    return ledger;
}

// The total of Acme as the tables keep it and as its claims come to, and what SQL and the walk over all say.
std::string answers(const Ledger& ledger) {
    std::string text = total_of(ledger, "Acme") + " | " + text_of(ledger.total_report("Acme").totals) + " | ";
    for (const auto& [minor] : ledger.rows<std::int64_t>("SELECT known_minor FROM total_raised"))
        text += std::to_string(minor) + " ";
    text += "| ";
    ledger.for_each_total([&](std::string_view company, const Total& total) {
        text += std::string(company) + " " + total.known->to_string() + " ";
    });
    return text + "| " + std::to_string(ledger.status().rounds) + " of " + std::to_string(ledger.size());
}

constexpr std::string_view of_one =
    "1000000.00 USD over 1, 0 undisclosed | 1000000.00 USD over 1, 0 undisclosed | 100000000 | Acme "
    "1000000.00 USD | 1 of 1";
constexpr std::string_view of_two =
    "3000000.00 USD over 2, 0 undisclosed | 3000000.00 USD over 2, 0 undisclosed | 300000000 | Acme "
    "3000000.00 USD | 2 of 2";

}  // namespace

TEST_CASE(
    "within a batch every question answers with what it recorded, and nothing of it stays when dropped") {
    Ledger ledger = one_round();
    CHECK(answers(ledger) == of_one);
    {
        Ledger::Batch batch(ledger);
        batch.record(std::vector{round("b", "2 million USD")});
        CHECK(answers(ledger) == of_two);
        CHECK(ledger.verify().problem.empty());
        // After an answer too, what is refused is taken back alone.
        batch.record(std::vector{round("c", "4 million USD")});
        const Entry bad{.source = "t", .content = Remark{.about = "Acme", .text = "x"}};
        CHECK(error_of([&] { batch.record(std::vector{round("d", "8 million USD"), bad}); }) != "no error");
        CHECK(total_of(ledger, "Acme") == "7000000.00 USD over 3, 0 undisclosed");
        CHECK(ledger.verify().problem.empty());
    }
    CHECK(answers(ledger) == of_one);
    CHECK(ledger.verify().problem.empty());
    {
        Ledger::Batch batch(ledger);
        batch.record(std::vector{round("b", "2 million USD")});
        CHECK(answers(ledger) == of_two);
        batch.commit();
        CHECK(answers(ledger) == of_two);
        CHECK(error_of([&] { batch.commit(); }) ==
              "the batch was rolled back after an error, or is committed [misuse]");
    }
    CHECK(answers(ledger) == of_two);
    CHECK(ledger.verify().problem.empty());
}

TEST_CASE("each question of a batch comes first: SQL, the walk over all totals, status, verify") {
    Ledger ledger = one_round();
    int rounds = 1;
    Ledger::Batch batch(ledger);
    const auto add = [&] {
        ++rounds;
        batch.record(std::vector{round("r" + std::to_string(rounds), "1 million USD")});
        return std::to_string(rounds);
    };
    std::string expected = add();
    CHECK(ledger.rows<std::int64_t>("SELECT rounds FROM total_raised") ==
          std::vector{std::tuple(std::int64_t{rounds})});
    expected = add();
    std::string found;
    ledger.for_each_total(
        [&](std::string_view, const Total& total) { found = std::to_string(total.rounds); });
    CHECK(found == expected);
    add();
    CHECK(ledger.status().rounds == rounds);
    add();
    CHECK(ledger.verify().problem.empty());
    expected = add();
    CHECK(std::to_string(ledger.total_raised("Acme").front().rounds) == expected);
}

TEST_CASE("a batch that is asked after each entry comes to what one that is not asked does") {
    const std::string lines = FactsGenerator(7).facts(30);
    Ledger asked = in_memory();
    Ledger not_asked = in_memory();
    apply_text(not_asked, lines, "", true);
    std::vector<Entry> entries;
    FactsReader reader;
    Ledger::Batch batch(asked);
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        try {
            batch.record(std::vector{reader.read_entry(line, asked.currencies())});
        } catch (const Error&) {  // the generator has lines that are refused
            continue;
        }
        asked.for_each_total([](std::string_view, const Total&) {});
    }
    CHECK(asked.verify().problem.empty());
    batch.commit();
    CHECK(asked.verify().problem.empty());
    CHECK(asked.digest() == not_asked.digest());
}

TEST_CASE("a call that records is asked from its progress: the answers have what it recorded so far") {
    std::string lines;
    for (int i = 0; i < 3000; ++i) {
        lines += R"({"kind":"round","round":"r)" + std::to_string(i) + R"(","company":"C)" +
                 std::to_string(i % 7) + R"(","raised":"1 million USD"})" + "\n";
    }
    Ledger ledger = in_memory();
    std::istringstream in(lines);
    int calls = 0;
    ledger.apply(in, "f", {.progress = [&](const Progress&) {
                     ++calls;
                     if (ledger.size() == 0) return;
                     CHECK(total_of(ledger, "C1") == text_of(ledger.total_report("C1").totals));
                     CHECK(ledger.reconcile().empty());
                     CHECK(ledger.verify().problem.empty());
                 }});
    CHECK(calls > 3);
    CHECK(ledger.verify().problem.empty());
}

TEST_CASE("nothing is recorded from a callback, and nothing kept of what may be taken back") {
    const TempFolder folder;
    Ledger ledger = Ledger::open(folder / "l.db", options());
    ledger.record(std::vector{round("a", "1 million USD")});
    Ledger other = in_memory();
    const Entry entry = round("b", "2 million USD");
    const std::string reads =
        "a View of this ledger, or a question whose visitor this is, still reads: record after it [misuse]";
    {
        Ledger::Batch batch(ledger);
        batch.record(std::vector{entry});
        const std::string batched = "a Batch of this ledger is open: it has no one moment to ";
        CHECK(error_of([&] { ledger.backup(folder / "copy.db"); }) == batched + "copy [misuse]");
        CHECK(error_of([&] { other.merge(ledger); }) == batched + "merge [misuse]");
        CHECK(error_of([&] { static_cast<void>(ledger.view()); }) == batched + "view [misuse]");
        CHECK_FALSE(std::filesystem::exists(folder / "copy.db"));
        CHECK(other.size() == 0);
        ledger.for_each_entry([&](const LogEntry&) {
            CHECK(error_of([&] { batch.record(std::vector{round("c", "4 million USD")}); }) == reads);
            CHECK(error_of([&] { batch.record_each(std::vector{entry}); }) == reads);
            CHECK(error_of([&] { batch.commit(); }) == reads);
        });
        batch.commit();
        ledger.backup(folder / "copy.db");
        CHECK(other.merge(ledger).added == 2);
    }
    const std::string records =
        "a call that records in this ledger, whose callback this is, is not over: record after it [misuse]";
    const std::string no_moment = "a call that records in this ledger is not over: it has no one moment to ";
    int calls = 0;
    std::istringstream in(R"({"kind":"remark","about":"Acme","text":"x"})");
    ledger.apply(
        in, "f", {.progress = [&](const Progress&) {
            ++calls;
            CHECK(error_of([&] { ledger.record(entry); }) == records);
            CHECK(error_of([&] { Ledger::Batch batch(ledger); }) == records);
            CHECK(error_of([&] { static_cast<void>(ledger.view()); }) == no_moment + "view [misuse]");
            CHECK(error_of([&] { ledger.backup(folder / "b.db"); }) == no_moment + "copy [misuse]");
            CHECK(error_of([&] { other.merge(ledger); }) == no_moment + "merge [misuse]");
        }});
    CHECK(calls == 2);
    CHECK(ledger.size() == 3);
    ledger.backup(folder / "another.db",
                  [&](const Progress&) { CHECK(error_of([&] { ledger.record(entry); }) == reads); });
    CHECK(ledger.verify().problem.empty());
}

TEST_CASE("a merge keeps both ledgers at their moments, which its callback may view but not record in") {
    Ledger ledger = one_round();
    Ledger other = in_memory("2025-01-02T12:00:00Z");
    other.record(std::vector{round("b", "2 million USD")});
    const Entry entry = round("c", "4 million USD");
    for (const bool dry_run : {true, false}) {
        CAPTURE(dry_run);
        std::optional<View> kept;
        std::optional<View> of_own;
        ledger.merge(other,
                     {.dry_run = dry_run, .progress = [&](const Progress&) {
                          CHECK(error_of([&] { other.record(entry); }).ends_with("[misuse]"));
                          CHECK(error_of([&] { ledger.record(entry); }).ends_with("[misuse]"));
                          CHECK(total_of(ledger, "Acme") == text_of(ledger.total_report("Acme").totals));
                          kept.emplace(other.view());
                          if (dry_run) of_own.emplace(ledger.view());
                      }});
        CHECK(error_of([&] { other.record(entry); }).ends_with("[misuse]"));
        CHECK(kept->companies().size() == 1);
    }
    CHECK(total_of(ledger, "Acme") == "3000000.00 USD over 2, 0 undisclosed");
    CHECK(ledger.merge(ledger).added == 0);
    CHECK(ledger.verify().problem.empty());
}
