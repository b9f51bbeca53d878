// LedgerTotals: what all companies together raised by year and by currency, as it stands now, kept up by what
// changes of each company.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connection.hpp"
#include "history_table.hpp"
#include "postmoney/detail/integer.hpp"

namespace postmoney::detail {

// What companies come to under one key. `known` is in minor units.
struct CompanySum {
    std::int64_t companies = 0;
    std::int64_t rounds = 0;
    std::int64_t amounts = 0;  // how many amounts `known` is the sum of
    Int128 known = 0;

    // Throws damaged when a count is beyond 64 bits: no ledger has so many.
    void add(const CompanySum& other);
    [[nodiscard]] CompanySum negated() const { return {-companies, -rounds, -amounts, -known}; }
    friend bool operator==(const CompanySum&, const CompanySum&) = default;
};

using CompanySums = std::map<std::vector<std::string>, CompanySum>;

// What one company adds: its rows of `inflow` by year and currency, those of `company_total` by currency. ''
// stands for no date, and for no currency.
[[nodiscard]] CompanySums sums_by_year(std::span<const SqlRow> inflows);
[[nodiscard]] CompanySums sums_by_currency(std::span<const SqlRow> totals);

// A table of sums, and what waits to be added to it.
class SumTable {
  public:
    SumTable(Connection& connection, std::string_view table, std::span<const std::string_view> keys);

    void replace(const CompanySums& before, const CompanySums& after);
    void write();
    void forget() { waiting_.clear(); }

  private:
    void write(const std::vector<std::string>& key, const CompanySum& change);
    [[nodiscard]] CompanySum on_record(const std::vector<std::string>& key);

    Statement select_;
    Statement put_;
    Statement remove_;
    CompanySums waiting_;
};

class LedgerTotals {
  public:
    explicit LedgerTotals(Connection& connection);

    // A company's current rows are others now; to be written with `write`.
    void replace_inflows(std::span<const SqlRow> before, std::span<const SqlRow> after);
    void replace_totals(std::span<const SqlRow> before, std::span<const SqlRow> after);
    void write();
    // What waits was taken back.
    void forget();

  private:
    SumTable by_year_;
    SumTable by_currency_;
};

}  // namespace postmoney::detail
