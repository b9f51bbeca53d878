// LedgerTotals: what all companies together raised, in all and by year, in each currency, as it stands now;
// kept up by what changes of each company.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/write/derived_rows.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

// What companies come to. `known` is in minor units.
struct CompanySum {
    std::int64_t companies = 0;
    std::int64_t rounds = 0;
    std::int64_t amounts = 0;  // how many amounts `known` is the sum of
    std::int64_t untold = 0;   // of the rounds, how many cannot be told
    Int128 known = 0;

    // Throws damaged when a count is beyond 64 bits: no ledger has so many.
    void add(const CompanySum& other);
    [[nodiscard]] CompanySum negated() const { return {-companies, -rounds, -amounts, -untold, -known}; }
    friend bool operator==(const CompanySum&, const CompanySum&) = default;
};

// By scope and currency. The scope is "all", the year of the inflow, or empty of inflows without a date; the
// currency is empty of what is undisclosed.
using CompanySums = std::map<std::pair<std::string, std::string>, CompanySum>;

// What one company adds: its rows of company_total to "all", those of inflow to the years.
[[nodiscard]] CompanySums sums_of_company(std::span<const TotalRow> totals,
                                          std::span<const InflowRow> inflows);

class LedgerTotals {
  public:
    explicit LedgerTotals(Connection& connection);

    // A company adds something else now; it waits for `write`.
    void replace(const CompanySums& before, const CompanySums& after);
    void write();
    // What waits was taken back.
    void forget() { waiting_.clear(); }

  private:
    void write(std::string_view scope, std::string_view currency, const CompanySum& change);
    [[nodiscard]] CompanySum on_record(std::string_view scope, std::string_view currency);

    Statement select_;
    Statement put_;
    Statement remove_;
    CompanySums waiting_;
};

}  // namespace postmoney::detail
