#include "list_jobs.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "postmoney/postmoney.hpp"
#include "raw_connection.hpp"

namespace benchmark_suite {

namespace {

using postmoney::View;

// What the kept tables say now.
const std::string now = "known_to = 253402300799999999";

class ListJobs {
  public:
    ListJobs(const Market& market, std::vector<Job>& jobs)
        : market_(&market),
          jobs_(&jobs),
          ledger_(postmoney::Ledger::open(market.ledger(), {.access = postmoney::Ledger::Access::read_only})),
          raw_(market.ledger()) {}

    // Milliseconds of one question, and of the statements that read its rows.
    void add(std::string name, const std::vector<std::string>& sql,
             const std::function<void(const View&)>& ask) {
        const auto [ours, floor] = compare(
            market_->scale.rounds, [&] { return seconds([&] { ask(ledger_.view()); }); },
            [&] {
                return seconds([&] {
                    for (const std::string& statement : sql) raw_.rows(statement);
                });
            });
        jobs_->push_back({.job = std::move(name),
                          .unit = "ms",
                          .ours = ours * 1e3,
                          .floor = floor * 1e3,
                          .target = "<= 2"});
    }

  private:
    const Market* market_;
    std::vector<Job>* jobs_;
    postmoney::Ledger ledger_;
    RawConnection raw_;
};

}  // namespace

void list(const Market& market, std::vector<Job>& jobs) {
    ListJobs lists(market, jobs);
    lists.add("list companies",
              {"SELECT rr.company, p.name, p.country, p.market, count(*), sum(rr.counts), max(rr.date) FROM "
               "resolved_round rr JOIN party p ON p.party = rr.company WHERE rr." +
                   now + " GROUP BY rr.company ORDER BY p.name, p.party",
               "SELECT company, currency, known_minor, lower_minor, upper_minor, rounds, undisclosed FROM "
               "company_total WHERE " +
                   now},
              [](const View& view) { (void)view.companies(); });
    lists.add("list investors",
              {"SELECT pr.investor, p.name, p.type, p.country, count(*), count(DISTINCT pr.company), "
               "sum(pr.lead), max(rr.date) FROM resolved_participation pr JOIN resolved_round rr ON rr.round "
               "= pr.round AND rr.company = pr.company AND rr." +
               now + " JOIN party p ON p.party = pr.investor WHERE pr." + now +
               " GROUP BY pr.investor ORDER BY p.name, p.party"},
              [](const View& view) { (void)view.investors(); });
    lists.add("list rounds",
              {"SELECT rr.company, p.name, r.handle, rr.name, rr.stage, rr.status, rr.instrument, rr.date, "
               "rr.raised, s.id, s.type, rr.investors, rr.named_investors, rr.valuation_minor, "
               "rr.valuation_currency, rr.counts FROM resolved_round rr JOIN round r ON r.round = rr.round "
               "JOIN party p ON p.party = rr.company LEFT JOIN entry e ON e.entry = rr.raised_entry LEFT "
               "JOIN source s ON s.entry = e.source WHERE rr." +
               now + " ORDER BY rr.date, p.name, r.handle"},
              [](const View& view) { (void)view.rounds(); });
    lists.add("list sources",
              {"SELECT s.id, s.type, s.publisher, s.title, s.url, s.published, s.language, s.accession, "
               "n.entries FROM source s LEFT JOIN (SELECT source, count(*) AS entries FROM entry GROUP BY "
               "source) n "
               "ON n.source = s.first_entry ORDER BY s.id"},
              [](const View& view) { (void)view.sources(); });
    // A text of each kind is looked at; LIKE knows no accents.
    const std::string like = " LIKE '%robo%'";
    lists.add(
        "search",
        {"SELECT name FROM party_name WHERE name" + like, "SELECT handle FROM round WHERE handle" + like,
         "SELECT name FROM resolved_round WHERE " + now + " AND name" + like,
         "SELECT id, title FROM source WHERE id" + like + " OR title" + like,
         "SELECT text FROM remark WHERE text" + like},
        [](const View& view) { (void)view.find("robo"); });
    lists.add("league of companies",
              {"SELECT i.company, p.name, i.currency, count(DISTINCT i.round), sum(i.minor) AS total FROM "
               "inflow i JOIN party p ON p.party = i.company WHERE i." +
               now + " GROUP BY i.company, i.currency ORDER BY i.currency, total DESC"},
              [](const View& view) { (void)view.league(); });
    lists.add("league of investors",
              {"SELECT pr.investor, p.name, count(*) AS rounds, sum(pr.lead), sum(pr.amount_minor) FROM "
               "resolved_participation pr JOIN resolved_round rr ON rr.round = pr.round AND rr.company = "
               "pr.company AND rr." +
               now + " JOIN party p ON p.party = pr.investor WHERE pr." + now +
               " GROUP BY pr.investor ORDER BY rounds DESC"},
              [](const View& view) { (void)view.league({.of = postmoney::LeagueOf::investor}); });
}

}  // namespace benchmark_suite
