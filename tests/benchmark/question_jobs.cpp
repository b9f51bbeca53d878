#include "question_jobs.hpp"

#include <sqlite3.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "hasher.hpp"
#include "postmoney/postmoney.hpp"
#include "raw_connection.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Ledger;

constexpr int questions = 1000;
const std::string totals_target = "<= 1.2; duckdb / 3; python / 100";

[[nodiscard]] Ledger ledger_of(const Market& market) {
    return Ledger::open(market.ledger(), {.access = Ledger::Access::read_only});
}

// Asks one question about a thousand companies all over the ledger; microseconds each.
void ask_companies(const Market& market, std::vector<Job>& jobs, Job job, const std::string& sql,
                   const std::function<void(const Ledger&, const std::string&)>& ask) {
    const Ledger ledger = ledger_of(market);
    RawConnection raw(market.ledger());
    std::vector<std::string> names;
    for (int i = 0; i < questions; ++i) {
        names.push_back(
            market_generator::company_name(static_cast<std::size_t>(i) * 7919 % market.scale.companies));
    }
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] {
            return seconds([&] {
                for (const std::string& company : names) ask(ledger, company);
            });
        },
        [&] { return seconds([&] { raw.rows(sql, names); }); });
    job.ours = ours * 1e6 / questions;
    job.floor = floor * 1e6 / questions;
    jobs.push_back(std::move(job));
}

// Asks a question about the whole ledger that many times; milliseconds each.
void ask_ledger(const Market& market, std::vector<Job>& jobs, Job job, int times, const std::string& sql,
                const std::function<void(const Ledger&)>& ask) {
    const Ledger ledger = ledger_of(market);
    RawConnection raw(market.ledger());
    const auto repeated = [&](const auto& question) {
        return seconds([&] {
            for (int i = 0; i < times; ++i) question();
        });
    };
    const auto [ours, floor] = compare(
        market.scale.rounds, [&] { return repeated([&] { ask(ledger); }); },
        [&] { return repeated([&] { raw.rows(sql); }); });
    job.ours = ours * 1e3 / times;
    job.floor = floor * 1e3 / times;
    jobs.push_back(std::move(job));
}

void query(const Ledger& ledger, std::string_view sql) {
    ledger.query(sql, {.row = [](std::span<const postmoney::SqlCell>) {}});
}

}  // namespace

void ask_for_totals(const Market& market, std::vector<Job>& jobs) {
    const std::string lookup =
        "SELECT t.known_minor, t.lower_minor, t.upper_minor, t.rounds, t.undisclosed FROM party_name n "
        "JOIN company_total t ON t.company = n.party AND t.known_to = 253402300799999999 WHERE n.name = ?1";
    ask_companies(
        market, jobs, {.job = "total of a company", .unit = "us", .target = "<= 1.3"}, lookup,
        [](const Ledger& ledger, const std::string& company) { (void)ledger.total_raised(company); });
    const auto now = postmoney::Timestamp::now();
    ask_companies(market, jobs, {.job = "total as known at a time", .unit = "us", .target = "<= 2"}, lookup,
                  [&](const Ledger& ledger, const std::string& company) {
                      (void)ledger.total_raised(company, {.viewpoint = {.known_at = now}});
                  });
    const auto day = postmoney::PartialDate::parse("2010-06-30");
    ask_companies(market, jobs, {.job = "total as of a day", .unit = "us", .target = "<= 2"}, lookup,
                  [&](const Ledger& ledger, const std::string& company) {
                      (void)ledger.total_raised(company, {.viewpoint = {.as_of = day}});
                  });
    ask_ledger(market, jobs, {.job = std::string(totals_of_companies), .unit = "ms", .target = totals_target},
               1,
               "SELECT company, currency, known_minor, lower_minor, upper_minor, rounds, undisclosed FROM "
               "company_total WHERE known_to = 253402300799999999",
               [](const Ledger& ledger) {
                   ledger.for_each_total([](std::string_view, const postmoney::Total&) {});
               });
    ask_ledger(market, jobs, {.job = std::string(totals_by_year), .unit = "ms", .target = totals_target},
               questions,
               "SELECT scope, currency, companies, rounds, known_high, known_low FROM ledger_total WHERE "
               "scope <> 'all'",
               [](const Ledger& ledger) {
                   query(ledger, "SELECT year, currency, companies, rounds, known_minor FROM raised_by_year");
               });
    ask_ledger(market, jobs, {.job = std::string(totals_by_currency), .unit = "ms", .target = totals_target},
               questions,
               "SELECT currency, companies, known_high, known_low FROM ledger_total WHERE scope = 'all'",
               [](const Ledger& ledger) {
                   query(ledger, "SELECT currency, companies, known_minor FROM raised_by_currency");
               });
}

void reconcile(const Market& market, std::vector<Job>& jobs) {
    ask_companies(market, jobs, {.job = "reconcile a company", .unit = "us", .target = "ours < 100 us"},
                  "SELECT e.body FROM party_name n JOIN entry e ON e.party = n.party WHERE n.name = ?1",
                  [](const Ledger& ledger, const std::string& company) { (void)ledger.reconcile(company); });
    const Ledger ledger = ledger_of(market);
    RawConnection raw(market.ledger());
    const double ours = seconds([&] { (void)ledger.reconcile(); });
    const double twice = seconds([&] {
        raw.rows("SELECT * FROM entry");
        raw.rows("SELECT * FROM entry");
    });
    jobs.push_back(
        {.job = "reconcile all", .unit = "ms", .ours = ours * 1e3, .floor = twice * 1e3, .target = "<= 1"});
}

void verify(const Market& market, std::vector<Job>& jobs) {
    const Ledger ledger = ledger_of(market);
    RawConnection raw(market.ledger());
    const auto verified = [&](postmoney::VerifyScope scope) {
        return seconds([&] {
            if (!ledger.verify({}, scope).ok) throw std::runtime_error("the ledger does not verify");
        });
    };
    const auto read_and_hashed = [&] {
        return seconds([&] {
            Hasher hasher;
            const std::string once;
            raw.rows("SELECT body, recorded FROM entry ORDER BY entry", {&once, 1}, [&](sqlite3_stmt* row) {
                const auto* body = sqlite3_column_text(row, 0);
                hasher.entry(body, static_cast<std::size_t>(sqlite3_column_bytes(row, 0)),
                             sqlite3_column_int64(row, 1));
            });
        });
    };
    const auto [chains, floor] = compare(
        market.scale.rounds, [&] { return verified(postmoney::VerifyScope::chains); }, read_and_hashed);
    const double each = 1e6 / market.count();
    jobs.push_back({.job = "verify the chains",
                    .unit = "us an entry",
                    .ours = chains * each,
                    .floor = floor * each,
                    .target = "<= 1.43"});
    jobs.push_back({.job = "verify everything",
                    .unit = "us an entry",
                    .ours = verified(postmoney::VerifyScope::everything) * each,
                    .floor = floor * each});
}

void open(const Market& market, std::vector<Job>& jobs) {
    const auto [ours, floor] = compare(
        market.scale.rounds,
        [&] { return seconds([&] { const Ledger ledger = Ledger::open(market.ledger()); }); },
        [&] {
            return seconds([&] {
                RawConnection raw(market.ledger());
                raw.rows("SELECT name FROM sqlite_schema");
            });
        });
    jobs.push_back({.job = "open a ledger",
                    .unit = "ms",
                    .ours = ours * 1e3,
                    .floor = floor * 1e3,
                    .target = "ours < 5 ms"});
}

}  // namespace benchmark_suite
