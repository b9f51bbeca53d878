// TotalReader: the totals that are kept up with every entry, read back.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/read/dossier_reader.hpp"
#include "postmoney/answer/total.hpp"
#include "sql/connection.hpp"

namespace postmoney::detail {

class TotalReader {
  public:
    TotalReader(Connection& connection, DossierReader& dossiers);

    // A company's totals under the default policy and instruments, by currency code. Null when one of them
    // cannot be told: adding up its rounds says why.
    [[nodiscard]] std::optional<std::vector<Total>> of_company(std::int64_t root, const Viewpoint& viewpoint);
    // Every company's that has one, by name, as known now. Throws overflow for one that cannot be told.
    void for_each(const std::function<void(std::string_view company, const Total&)>& visit);

  private:
    [[nodiscard]] std::optional<std::vector<Total>> totals(Statement& rows);
    // Of the current row, whose columns are those of company_total from `first` on; null when it cannot be
    // told.
    [[nodiscard]] std::optional<Total> total(const Statement& row, int first);

    DossierReader* dossiers_;
    Statement of_company_;
    Statement of_company_by_day_;
    Statement all_;
    Statement names_;
};

}  // namespace postmoney::detail
