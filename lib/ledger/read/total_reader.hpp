// TotalReader: the totals that are kept up with every entry, read back.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/read/dossier_reader.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/value/visitor.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class TotalReader {
  public:
    TotalReader(Connection& connection, DossierReader& dossiers);

    // A company's totals under the default policy and instruments, by currency code. Null when one of them
    // cannot be told: adding up its rounds says why.
    [[nodiscard]] std::optional<std::vector<Total>> of_company(std::int64_t root, const Viewpoint& viewpoint);
    // Every company's that has one, by name, as known now. Throws overflow for one that cannot be told.
    // `visit` may ask for all again.
    void for_each(const Visitor<std::string_view, const Total&>& visit);

    // Every total that was kept at that time, by company and currency; null for one that cannot be told.
    // `visit` must not ask for all of a time again.
    template <class Visit>
    void for_each_known(std::int64_t known, const Visit& visit) {
        all_known_.bind(known);
        while (all_known_.step()) visit(all_known_.integer(0), total(all_known_, 1));
    }

  private:
    [[nodiscard]] std::optional<std::vector<Total>> totals(Statement& rows);
    // Of the current row, whose columns are those of company_total from `first` on; null when it cannot be
    // told.
    [[nodiscard]] std::optional<Total> total(const Statement& row, int first);

    Connection* connection_;
    DossierReader* dossiers_;
    Statement of_company_;
    Statement of_company_by_day_;
    Statement all_known_;
};

}  // namespace postmoney::detail
