// Merging any ledgers: the order and the number of merges change neither the entries nor what follows from
// them, totals and findings. Every head stays, nothing is lost and no time changes.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

#include "fixtures.hpp"

using namespace store_test;

namespace {

// RC_PARAMS, with 20 cases unless it says how many. Each case takes a dozen files.
std::string parameters() {
    const char* given = std::getenv("RC_PARAMS");
    std::string text = given == nullptr ? "" : given;
    if (text.find("max_success") == std::string::npos) text += " max_success=20";
    return text;
}
const int configured = ::setenv("RC_PARAMS", parameters().c_str(), 1);

// A desk's day: each number is a line that the desk tries to record; refused lines are left out.
using Lines = std::vector<std::uint32_t>;

// Splits a number into choices.
class Choices {
  public:
    explicit Choices(std::uint32_t number) : number_(number) {}
    std::uint32_t pick(std::uint32_t below) {
        const std::uint32_t result = number_ % below;
        number_ = number_ / below + 7 * result + 1;
        return result;
    }
    bool chance(std::uint32_t in) { return pick(in) == 0; }

  private:
    std::uint32_t number_;
};

constexpr std::array<const char*, 4> companies{"Acme", "Borealis", "Acme Labs", "cik:1"};

std::string quoted_field(const char* name, const std::string& value) {
    return std::string(",\"") + name + "\":\"" + value + "\"";
}

// There are few names, so that desks use them alike and differently.
std::string line_of(std::uint32_t number) {
    Choices choices(number);
    const auto name = [&](const char* stem, std::uint32_t below) {
        return stem + std::to_string(choices.pick(below));
    };
    const std::string company = companies[choices.pick(companies.size())];
    const std::string money = std::to_string(1 + choices.pick(9)) + " million USD";
    std::string fields;
    switch (choices.pick(9)) {
        case 0:
            fields = R"("source")" + quoted_field("id", name("s", 2)) +
                     quoted_field("type", choices.chance(2) ? "press" : "filing");
            break;
        case 1:
            fields = R"("party")" + quoted_field("name", choices.chance(2) ? "Acme" : "Acme Labs");
            if (choices.chance(2)) fields += R"(,"ids":{"cik":")" + name("", 3) + "\"}";
            if (choices.chance(3)) fields += R"(,"aliases":["Borealis"])";
            break;
        case 2:
            fields = R"("retraction")" + quoted_field("of", name("k", 4)) + quoted_field("reason", "x");
            break;
        case 3:
            fields = R"("closing")" + quoted_field("round", name("r", 3)) + quoted_field("on", "2024-01") +
                     quoted_field("amount", money);
            break;
        case 4:
            fields = R"("participation")" + quoted_field("round", name("r", 3)) +
                     quoted_field("investor", choices.chance(2) ? "Fund" : company);
            break;
        case 5:
            fields = R"("valuation")" + quoted_field("company", company) + quoted_field("amount", money) +
                     quoted_field("basis", "post-money") + quoted_field("on", "2024");
            if (choices.chance(2)) fields += quoted_field("round", name("r", 3));
            break;
        default:
            fields = R"("round")" + quoted_field("round", name("r", 3));
            if (!choices.chance(4)) fields += quoted_field("company", company);
            if (!choices.chance(4)) fields += quoted_field("raised", money);
            if (choices.chance(6)) fields += quoted_field("status", "cancelled");
            break;
    }
    if (choices.chance(3)) fields += quoted_field("source", name("s", 2));
    if (choices.chance(3)) fields += quoted_field("key", name("k", 4));
    if (choices.chance(6)) fields += quoted_field("supersedes", name("k", 4));
    return R"({"kind":)" + fields + "}\n";
}

// Ledgers of several desks; some are copies of an earlier one.
class Desks {
  public:
    static constexpr std::size_t count = 3;

    Desks(const Lines& common, const std::array<Lines, count>& own, std::uint32_t copies) {
        {
            Ledger base = Ledger::open(folder_ / "base.db", options());
            record(base, common);
        }
        for (std::size_t desk = 0; desk < count; ++desk) {
            const std::string name = "desk" + std::to_string(desk) + ".db";
            if ((copies >> desk & 1U) != 0) std::filesystem::copy_file(folder_ / "base.db", folder_ / name);
            ledgers_.push_back(Ledger::open(folder_ / name, options()));
            record(ledgers_.back(), own[desk]);
            heads_.push_back(ledgers_.back().head());
        }
    }

    // The times only grow on each desk, and several desks often share one.
    static void record(Ledger& ledger, const Lines& lines) {
        std::int64_t second = 0;
        std::string text;
        for (const std::uint32_t number : lines) {
            second = std::max<std::int64_t>(second + number % 3, 0);
            std::string line = line_of(number);
            line.resize(line.size() - 2);
            text += line + quoted_field("recorded", time(second)) + "}\n";
        }
        apply_text(ledger, text, "", true);
    }
    static std::string time(std::int64_t second) {
        return Timestamp::from_microseconds(1'700'000'000'000'000 + second * 1'000'000).to_string();
    }

    // A ledger of its own with those merged into the first of them, one after the other.
    Ledger merged(const std::vector<std::size_t>& order) {
        Ledger result = copy(order.front());
        for (std::size_t i = 1; i < order.size(); ++i) result.merge(ledgers_[order[i]]);
        return result;
    }
    Ledger copy(std::size_t desk) {
        const auto path = folder_ / ("copy" + std::to_string(++copies_) + ".db");
        ledgers_[desk].backup(path);
        last_path_ = path;
        return Ledger::open(path, options());
    }
    [[nodiscard]] const std::filesystem::path& last_path() const { return last_path_; }
    [[nodiscard]] const std::vector<Head>& heads() const { return heads_; }
    Ledger& operator[](std::size_t desk) { return ledgers_[desk]; }

  private:
    TempFolder folder_;
    std::vector<Ledger> ledgers_;
    std::vector<Head> heads_;
    std::filesystem::path last_path_;
    int copies_ = 0;
};

// Every row of every table, except the numbers that chains have in the file.
std::string tables_of(const std::filesystem::path& path) {
    Sql sql(path);
    std::string text;
    for (const std::string& table : sql.tables()) {
        if (table == "chain" || table == "ledger") continue;
        std::vector<std::string> columns;
        for (const std::string& column : sql.columns(table)) {
            if (column == "chain")
                columns.emplace_back("(SELECT id FROM chain c WHERE c.chain = " + table + ".chain)");
            else
                columns.push_back(column == "id" || column == "hash" ? "quote(" + column + ")" : column);
        }
        for (const std::string& row :
             sql.rows("SELECT " + joined(columns) + " FROM " + table + " ORDER BY " + joined(columns))) {
            text += table + ": " + row + "\n";
        }
    }
    return text;
}

// The ledger's answers: totals and findings, now and at every time.
std::string answers_of(const Ledger& ledger) {
    std::string text = ledger.digest().to_string() + "\n";
    std::set<std::string> times{""};
    ledger.for_each_entry([&](const LogEntry& entry) { times.insert(entry.recorded.to_string()); });
    for (const std::string& known_at : times) {
        Viewpoint viewpoint;
        if (!known_at.empty()) viewpoint.known_at = at(known_at);
        for (const char* company : companies) {
            text += known_at + " " + company + ": ";
            try {
                text += total_of(ledger, company, "", known_at) + "\n";
            } catch (const Error& error) {
                text += std::string(error.what()) + "\n";
            }
        }
        for (const Finding& finding : ledger.reconcile(viewpoint)) {
            text += finding.company + " " + finding.round + " " + finding.message;
            for (const EntryId& id : finding.entries) text += " " + id.to_string();
            text += "\n";
        }
    }
    return text;
}

// The entries known by each time, with when they were recorded.
using Known = std::map<std::string, Timestamp>;

Known known_of(const Ledger& ledger) {
    Known known;
    ledger.for_each_entry([&](const LogEntry& entry) { known.emplace(entry.body, entry.recorded); });
    return known;
}

rc::Gen<Lines> some_lines(std::size_t most) {
    return rc::gen::resize(static_cast<int>(most),
                           rc::gen::container<Lines>(rc::gen::arbitrary<std::uint32_t>()));
}

Desks any_desks() {
    const Lines common = *some_lines(8);
    std::array<Lines, Desks::count> own;
    for (Lines& lines : own) lines = *some_lines(14);
    return {common, own, *rc::gen::inRange<std::uint32_t>(0, 8)};
}

}  // namespace

TEST_CASE("the order of merging never matters") {
    CHECK(configured == 0);
    CHECK(rc::check("merges commute and associate, down to every derived row", [] {
        Desks desks = any_desks();
        const Ledger forwards = desks.merged({0, 1, 2});
        const std::string tables = tables_of(desks.last_path());
        RC_ASSERT(forwards.verify(desks.heads()).problem.empty());
        const std::string answers = answers_of(forwards);
        for (const std::vector<std::size_t>& order :
             {std::vector<std::size_t>{2, 1, 0}, std::vector<std::size_t>{1, 0, 2}}) {
            const Ledger other = desks.merged(order);
            RC_ASSERT(tables_of(desks.last_path()) == tables);
            RC_ASSERT(other.verify(desks.heads()).problem.empty());
            RC_ASSERT(answers_of(other) == answers);
        }
        // a + (b + c)
        Ledger nested = desks.copy(0);
        const std::filesystem::path path = desks.last_path();
        nested.merge(desks.merged({1, 2}));
        RC_ASSERT(tables_of(path) == tables);
        RC_ASSERT(answers_of(nested) == answers);
    }));
}

TEST_CASE("to merge again changes nothing") {
    CHECK(rc::check("a merge is idempotent", [] {
        Desks desks = any_desks();
        Ledger both = desks.merged({0, 1});
        const std::filesystem::path path = desks.last_path();
        const std::string bytes = read_file(path);
        for (const std::size_t desk : {1U, 0U}) {
            RC_ASSERT(both.merge(desks[desk]).chains == 0);
            RC_ASSERT(both.merge(both).chains == 0);
            RC_ASSERT(read_file(path) == bytes);
        }
        desks[0].merge(both);
        desks[1].merge(both);
        RC_ASSERT(answers_of(desks[0]) == answers_of(both));
        RC_ASSERT(answers_of(desks[1]) == answers_of(both));
    }));
}

TEST_CASE("a merge loses nothing and changes no time") {
    CHECK(rc::check("what was known at a time is what any of the ledgers knew", [] {
        Desks desks = any_desks();
        Known expected = known_of(desks[0]);
        for (const auto& [body, recorded] : known_of(desks[1])) {
            const auto [at, is_new] = expected.emplace(body, recorded);
            if (!is_new) at->second = std::min(at->second, recorded);
        }
        RC_ASSERT(known_of(desks.merged({0, 1})) == expected);
    }));
}

TEST_CASE("desks that merge in turns, and work on what the others recorded, come to the same") {
    CHECK(rc::check("merging and recording in turns converges", [] {
        Desks desks = any_desks();
        for (int turn = 0; turn < 4; ++turn) {
            const auto from = *rc::gen::inRange<std::size_t>(0, Desks::count);
            const auto to = *rc::gen::inRange<std::size_t>(0, Desks::count);
            if (from != to) desks[to].merge(desks[from]);
            std::string text;
            for (const std::uint32_t number : *some_lines(5)) text += line_of(number);
            apply_text(desks[to], text, "", true);
            RC_ASSERT(desks[to].verify(std::span(&desks.heads()[to], 1)).problem.empty());
        }
        const std::string answers = answers_of(desks.merged({0, 1, 2}));
        RC_ASSERT(answers_of(desks.merged({2, 0, 1})) == answers);
        RC_ASSERT(answers_of(desks.merged({1, 2, 0, 1})) == answers);
        RC_ASSERT(desks.merged({1, 2, 0}).verify(desks.heads()).problem.empty());
    }));
}
