#include "peer_data.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <span>
#include <stdexcept>
#include <string_view>
#include <variant>

#include "postmoney/postmoney.hpp"

namespace benchmark_suite {

namespace {

using postmoney::Ledger;
using postmoney::SqlCell;

[[nodiscard]] Ledger open_to_read(const std::filesystem::path& ledger) {
    return Ledger::open(ledger, {.access = Ledger::Access::read_only});
}

[[nodiscard]] std::string_view text(const SqlCell& cell) {
    return std::get<std::string_view>(cell);
}

// A name of an account in beancount, which has no spaces.
[[nodiscard]] std::string account(std::string_view company) {
    std::string name(company);
    std::replace(name.begin(), name.end(), ' ', '-');
    return "Assets:" + name;
}

// The answer to a query whose columns are a key, a currency and an amount.
[[nodiscard]] Totals totals_by(const Ledger& ledger, std::string_view sql) {
    Totals totals;
    ledger.query(
        sql, {.row = [&](std::span<const SqlCell> row) {
            totals[{std::string(text(row[0])), std::string(text(row[1]))}] = std::get<std::int64_t>(row[2]);
        }});
    return totals;
}

}  // namespace

void write_peer_data(const std::filesystem::path& ledger, const std::filesystem::path& folder) {
    std::ofstream csv(folder / "rounds.csv", std::ios::binary);
    std::ofstream journal(folder / "rounds.journal", std::ios::binary);
    std::ofstream beancount(folder / "rounds.beancount", std::ios::binary);
    csv << "company,date,currency,minor,decimal\n";
    beancount << "2000-01-01 open Equity:Investors\n";
    std::set<std::string, std::less<>> accounts;
    open_to_read(ledger).query(
        "SELECT company, valid_from, currency, minor, decimal FROM inflows WHERE minor IS NOT NULL",
        {.row = [&](std::span<const SqlCell> row) {
            const auto company = text(row[0]);
            const auto day = text(row[1]);
            const auto currency = text(row[2]);
            const auto amount = text(row[4]);
            csv << company << ',' << day << ',' << currency << ',' << std::get<std::int64_t>(row[3]) << ','
                << amount << '\n';
            journal << day << " Round\n    Raised:" << company << "  " << currency << ' ' << amount
                    << "\n    Investors\n\n";
            if (accounts.emplace(company).second) beancount << "2000-01-01 open " << account(company) << '\n';
            beancount << day << " * \"Round\"\n  " << account(company) << "  " << amount << ' ' << currency
                      << "\n  Equity:Investors\n\n";
        }});
    if (!csv.flush() || !journal.flush() || !beancount.flush())
        throw std::runtime_error("cannot write the rounds to " + folder.string());
}

std::map<std::string, Totals> known_totals(const std::filesystem::path& path) {
    const Ledger ledger = open_to_read(path);
    std::map<std::string, Totals> answers;
    ledger.for_each_total([&](std::string_view company, const postmoney::Total& total) {
        if (total.known)
            answers["company"][{std::string(company), std::string(total.currency->code())}] =
                total.known->minor();
    });
    answers["text"] = answers["company"];
    answers["year"] = totals_by(
        ledger, "SELECT year, currency, known_minor FROM raised_by_year WHERE currency IS NOT NULL");
    answers["currency"] =
        totals_by(ledger,
                  "SELECT '', currency, sum(known_minor) FROM total_raised WHERE currency IS "
                  "NOT NULL GROUP BY 2");
    return answers;
}

Totals read_totals(const std::filesystem::path& path) {
    std::ifstream csv(path);
    std::string line;
    std::getline(csv, line);
    const bool minor = line == "key,currency,minor";
    if (!minor && line != "key,currency,decimal") throw std::runtime_error(path.string() + " has no header");
    Totals totals;
    while (std::getline(csv, line)) {
        const std::size_t second = line.rfind(',');
        const std::size_t first = line.rfind(',', second - 1);
        if (first == std::string::npos) throw std::runtime_error(path.string() + " has the line " + line);
        const std::string currency = line.substr(first + 1, second - first - 1);
        const std::string amount = line.substr(second + 1);
        totals[{line.substr(0, first), currency}] =
            minor ? std::stoll(amount) : postmoney::Money::parse(amount + " " + currency).minor();
    }
    return totals;
}

}  // namespace benchmark_suite
