// What the pure functions come to on a company, as rows of the derived tables.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/write/history_table.hpp"

namespace postmoney::detail {

struct DerivedRows {
    std::vector<SqlRow> rounds;
    std::vector<SqlRow> inflows;
    std::vector<SqlRow> totals;
    std::vector<SqlRow> totals_by_day;
};

// The columns that the values of a row are for, in their order.
inline constexpr auto round_columns = std::to_array<std::string_view>({"round",
                                                                       "counts",
                                                                       "name",
                                                                       "stage",
                                                                       "status",
                                                                       "instrument",
                                                                       "fund_type",
                                                                       "date",
                                                                       "announced",
                                                                       "closed",
                                                                       "first_sale",
                                                                       "filed",
                                                                       "raised",
                                                                       "raised_minor",
                                                                       "raised_lower_minor",
                                                                       "raised_upper_minor",
                                                                       "raised_currency",
                                                                       "raised_entry",
                                                                       "offered",
                                                                       "offered_minor",
                                                                       "offered_currency",
                                                                       "offered_entry",
                                                                       "investors",
                                                                       "investors_entry",
                                                                       "named_investors",
                                                                       "pre_money_minor",
                                                                       "pre_money_currency",
                                                                       "pre_money_entry",
                                                                       "valuation_minor",
                                                                       "valuation_currency",
                                                                       "valuation_origin",
                                                                       "valuation_entry"});

inline constexpr auto inflow_columns =
    std::to_array<std::string_view>({"round", "part", "closing", "date", "valid_from", "currency", "minor"});

inline constexpr auto total_columns = std::to_array<std::string_view>(
    {"currency", "known_minor", "lower_minor", "upper_minor", "rounds", "undisclosed"});

inline constexpr auto total_by_day_columns =
    std::to_array<std::string_view>({"valid_from", "currency", "valid_to", "known_minor", "lower_minor",
                                     "upper_minor", "rounds", "undisclosed"});

// The number of the round of that handle.
using RoundNumber = std::function<std::int64_t(const std::string& handle)>;

// Under the default policy and instruments.
[[nodiscard]] DerivedRows derived_rows(const NumberedDossier& dossier, const RoundNumber& number_of);

}  // namespace postmoney::detail
