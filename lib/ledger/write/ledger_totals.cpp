#include "ledger/write/ledger_totals.hpp"

#include <limits>
#include <set>

namespace postmoney::detail {

namespace {

// A sum rests in two columns, as known_high * 10^18 + known_low.
constexpr Int128 high_unit = 1'000'000'000'000'000'000;

[[noreturn]] void refuse_sum() {
    throw Error(
        ErrorCode::damaged,
        "a sum of all companies is none that companies give; the ledger is damaged: restore a backup");
}

void add_count(std::int64_t& count, std::int64_t change) {
    if (__builtin_add_overflow(count, change, &count)) refuse_sum();
}

void add_amount(CompanySum& sum, const std::optional<std::int64_t>& minor) {
    if (!minor) return;
    ++sum.amounts;
    sum.known += *minor;
}

}  // namespace

void CompanySum::add(const CompanySum& other) {
    add_count(companies, other.companies);
    add_count(rounds, other.rounds);
    add_count(amounts, other.amounts);
    add_count(untold, other.untold);
    known += other.known;
}

CompanySums sums_of_company(std::span<const TotalRow> totals, std::span<const InflowRow> inflows) {
    CompanySums sums;
    for (const TotalRow& row : totals) {
        CompanySum& sum = sums[{"all", row.currency}];
        sum.companies = 1;
        add_count(sum.rounds, row.figures.rounds);
        add_count(sum.untold, row.figures.rounds_untold);
        add_amount(sum, row.figures.known_minor);
    }
    std::set<std::pair<CompanySum*, std::int64_t>> rounds;
    std::set<std::pair<CompanySum*, std::int64_t>> untold;
    for (const InflowRow& row : inflows) {
        CompanySum& sum = sums[{row.date.value_or("").substr(0, 4), row.currency.value_or("")}];
        sum.companies = 1;
        if (rounds.emplace(&sum, row.round).second) ++sum.rounds;
        if (row.currency && !row.minor && untold.emplace(&sum, row.round).second) ++sum.untold;
        add_amount(sum, row.minor);
    }
    return sums;
}

LedgerTotals::LedgerTotals(Connection& connection)
    : select_(connection.handle(),
              "SELECT companies, rounds, amounts, untold, known_high, known_low FROM ledger_total WHERE "
              "scope = ?1 AND "
              "currency = ?2"),
      put_(connection.handle(),
           "INSERT OR REPLACE INTO ledger_total (scope, currency, companies, rounds, amounts, untold, "
           "known_high, "
           "known_low) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      remove_(connection.handle(), "DELETE FROM ledger_total WHERE scope = ?1 AND currency = ?2") {}

void LedgerTotals::replace(const CompanySums& before, const CompanySums& after) {
    for (const auto& [key, sum] : before) waiting_[key].add(sum.negated());
    for (const auto& [key, sum] : after) waiting_[key].add(sum);
}

void LedgerTotals::write() {
    for (const auto& [key, change] : waiting_) {
        if (change != CompanySum{}) write(key.first, key.second, change);
    }
    waiting_.clear();
}

CompanySum LedgerTotals::on_record(std::string_view scope, std::string_view currency) {
    CompanySum sum;
    select_.bind(scope, currency);
    if (select_.step()) {
        sum = {select_.integer(0), select_.integer(1), select_.integer(2), select_.integer(3),
               Int128{select_.integer(4)} * high_unit + select_.integer(5)};
    }
    select_.reset();
    return sum;
}

void LedgerTotals::write(std::string_view scope, std::string_view currency, const CompanySum& change) {
    CompanySum sum = on_record(scope, currency);
    sum.add(change);
    if (sum.companies < 0 || sum.known < 0 ||
        sum.known / high_unit > std::numeric_limits<std::int64_t>::max())
        refuse_sum();
    if (sum.companies == 0) return remove_.bind(scope, currency).run();
    put_.bind(scope, currency, sum.companies, sum.rounds, sum.amounts, sum.untold,
              static_cast<std::int64_t>(sum.known / high_unit),
              static_cast<std::int64_t>(sum.known % high_unit))
        .run();
}

}  // namespace postmoney::detail
