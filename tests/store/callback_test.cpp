// What a visitor or a progress call asks of the ledger that calls it: the walk goes on as if nothing had been
// asked, and the answer is the one that comes without a walk.
#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <map>

#include "fixtures.hpp"

using namespace store_test;

namespace {

constexpr int companies_made = 600;  // more than are read ahead at once

// Each company has a round that two sources tell differently, so that there is a finding on each.
Ledger many_companies() {
    std::vector<Entry> entries{{.content = Source{.id = "form", .type = SourceType::filing}},
                               {.content = Source{.id = "blog", .type = SourceType::press}}};
    for (int i = 0; i < companies_made; ++i) {
        const std::string number = std::to_string(i);
        for (const auto& [source, raised] : {std::pair("form", "2 million USD"), {"blog", "3 million USD"}}) {
            entries.push_back({.source = source,
                               .content = RoundStatement{.round = "r" + number,
                                                         .company = "C" + number,
                                                         .closed = PartialDate::parse("2020-01-01"),
                                                         .raised = Amount::parse(raised)}});
        }
    }
    Ledger ledger = in_memory();
    ledger.record(entries);
    return ledger;
}

// Answers of several kinds, each by a walk of its own.
struct Answers {
    std::int64_t totals = 0;
    std::int64_t entries = 0;
    std::size_t findings = 0;
    std::size_t of_a_day = 0;
    std::string one;

    friend bool operator==(const Answers&, const Answers&) = default;
};

Answers answers_of(const Ledger& ledger) {
    Answers answers;
    ledger.for_each_total([&](std::string_view, const Total&) { ++answers.totals; });
    ledger.for_each_entry([&](const LogEntry&) { ++answers.entries; });
    answers.findings = ledger.reconcile().size();
    answers.of_a_day = ledger.view({.as_of = PartialDate::parse("2024")}).companies().size();
    answers.one = total_of(ledger, "C7");
    return answers;
}

// Asks at the third call, so that the walk is on its way.
class AskOnce {
  public:
    explicit AskOnce(const Ledger& ledger) : ledger_(&ledger), expected_(answers_of(ledger)) {
        CHECK(expected_.totals == companies_made);
        CHECK(expected_.entries == 2 * companies_made + 2);
        CHECK(expected_.findings >= companies_made);
        CHECK(expected_.of_a_day == companies_made);
        CHECK(expected_.one == "2000000.00 USD over 1, 0 undisclosed");
    }
    void operator()() {
        if (++calls != 3) return;
        CHECK(answers_of(*ledger_) == expected_);
        CHECK(ledger_->verify().problem.empty());
    }
    int calls = 0;

  private:
    const Ledger* ledger_;
    const Answers expected_;
};

}  // namespace

TEST_CASE("a visitor may ask all that a ledger answers, the same question too") {
    const Ledger ledger = many_companies();
    AskOnce ask(ledger);
    ledger.for_each_total([&](std::string_view company, const Total& total) {
        const std::string name(company);
        ask();
        CHECK(company == name);
        CHECK(total.known->to_string() == "2000000.00 USD");
    });
    CHECK(ask.calls == companies_made);
    AskOnce of_log(ledger);
    ledger.for_each_entry([&](const LogEntry&) { of_log(); });
    CHECK(of_log.calls == 2 * companies_made + 2);
    AskOnce of_feed(ledger);
    ledger.for_each_entry_since({}, [&](const LogEntry&) { of_feed(); });
    CHECK(of_feed.calls == 2 * companies_made + 2);
    AskOnce at_a_moment(ledger);
    at_a_moment.calls = 2;
    ledger.at_one_moment([&] { at_a_moment(); });
}

TEST_CASE("the progress of reconcile and of verify may ask both, and all else") {
    const Ledger ledger = many_companies();
    AskOnce ask(ledger);
    const auto findings = ledger.reconcile();
    CHECK(ledger.reconcile({}, {}, [&](const Progress&) { ask(); }) == findings);
    CHECK(ask.calls > 8);
    AskOnce of_verify(ledger);
    CHECK(ledger.verify({}, VerifyScope::everything, [&](const Progress&) { of_verify(); }).problem.empty());
    CHECK(of_verify.calls > 4);
}

TEST_CASE("the progress of each export may ask the ledger, and the export is the same") {
    const TempFolder folder;
    const Ledger ledger = many_companies();
    const auto export_to = [&](const std::string& name, const ProgressCall& progress) {
        std::map<std::string, std::string> texts;
        export_csv(ledger, folder / ("csv" + name), progress);
        export_postgres(ledger, folder / ("pg" + name), {.progress = progress});
        for (const std::string kind : {"csv", "pg"}) {
            for (const auto& file : std::filesystem::directory_iterator(folder / (kind + name)))
                texts[kind + "/" + file.path().filename().string()] = read_file(file.path());
        }
        for (const JournalFormat format : {JournalFormat::ledger, JournalFormat::beancount}) {
            std::ostringstream out;
            export_journal(ledger, format, out, progress);
            texts["journal " + std::to_string(static_cast<int>(format))] = out.str();
        }
        std::ostringstream out;
        ledger.export_facts(out, progress);
        texts["facts"] = out.str();
        return texts;
    };
    std::map<std::string_view, int> calls;  // by unit
    const Answers expected = answers_of(ledger);
    const auto asking = [&](const Progress& now) {
        const int of_unit = ++calls[now.unit];
        if (of_unit != 3) static_cast<void>(ledger.size());
        if (of_unit == 3) CHECK(answers_of(ledger) == expected);
    };
    CHECK(export_to("1", asking) == export_to("2", {}));
    for (const std::string_view unit : {"views", "tables", "questions", "entries"}) {
        CAPTURE(unit);
        CHECK(calls[unit] >= 3);
    }
}
