#include "ledger/read/total_reader.hpp"

#include <algorithm>
#include <string>

namespace postmoney::detail {

namespace {

// The columns of a total, in the order in which TotalReader reads them.
const std::string total_columns =
    "currency, known_minor, lower_minor, upper_minor, rounds, undisclosed, rounds_untold";

}  // namespace

TotalReader::TotalReader(Connection& connection, DossierReader& dossiers)
    : connection_(&connection),
      dossiers_(&dossiers),
      of_company_(connection.handle(), "SELECT " + total_columns +
                                           " FROM company_total WHERE company = ?1 AND known_from <= ?2 AND "
                                           "known_to > ?2 ORDER BY currency"),
      of_company_by_day_(
          connection.handle(),
          "SELECT " + total_columns +
              " FROM company_total_by_day WHERE company = ?1 AND known_from <= ?2 AND known_to "
              "> ?2 AND valid_from <= ?3 AND valid_to > ?3 ORDER BY currency"),
      all_known_(connection.handle(), "SELECT company, " + total_columns +
                                          " FROM company_total WHERE known_from <= ?1 AND known_to > ?1 "
                                          "ORDER BY company, currency") {}

std::optional<Total> TotalReader::total(const Statement& row, int first) {
    const std::string_view code = row.text(first);
    Total total{.currency = {},
                .known = {},
                .lower = {},
                .upper = {},
                .rounds = row.integer(first + 4),
                .undisclosed = row.integer(first + 5),
                .untold = row.integer(first + 6)};
    if (row.is_null(first + 1)) return std::nullopt;
    if (code.empty()) return total;
    total.currency = dossiers_->currency(code);
    const auto money = [&](int column) { return Money(row.integer(column), *total.currency); };
    total.known = money(first + 1);
    total.lower = money(first + 2);
    if (!row.is_null(first + 3)) total.upper = money(first + 3);
    return total;
}

std::optional<std::vector<Total>> TotalReader::of_company(std::int64_t root, const Viewpoint& viewpoint) {
    const std::int64_t known = known_time(viewpoint.known_at);
    if (!viewpoint.as_of) return totals(of_company_.bind(root, known));
    // No row holds on the end of days itself.
    const auto last = PartialDate::parse(end_of_days).last_day() - date::days(1);
    const std::string day = PartialDate::day(std::min(viewpoint.as_of->last_day(), last)).to_string();
    return totals(of_company_by_day_.bind(root, known, std::string_view(day)));
}

std::optional<std::vector<Total>> TotalReader::totals(Statement& rows) {
    std::vector<Total> totals;
    while (rows.step()) {
        if (auto found = total(rows, 0)) {
            totals.push_back(*found);
        } else {
            rows.reset();
            return std::nullopt;
        }
    }
    return totals;
}

// Both are read in the order of the parties' numbers: nothing is looked up for each.
void TotalReader::for_each(const Visitor<std::string_view, const Total&>& visit) {
    Statement all(connection_->handle(), "SELECT company, " + total_columns +
                                             " FROM company_total WHERE known_to = " +
                                             std::to_string(end_of_time) + " ORDER BY company, currency");
    Statement names(connection_->handle(), "SELECT party, name FROM party ORDER BY party");
    bool named = names.step();
    while (all.step()) {
        const std::int64_t party = all.integer(0);
        while (named && names.integer(0) < party) named = names.step();
        const std::string_view company = named ? names.text(1) : std::string_view();
        const auto found = total(all, 1);
        if (!found) {
            throw Error(ErrorCode::overflow,
                        "the total of " + quoted(company) +
                            " cannot be told: its rounds are beyond 64 bits or mix currencies");
        }
        if (!visit(company, *found)) return;
    }
}

}  // namespace postmoney::detail
