// Totals of capital, a line or an object for each currency.
#pragma once

#include <string>
#include <vector>

#include "json.hpp"
#include "postmoney/postmoney.hpp"

void print_totals(const std::vector<postmoney::Total>& totals,
                  const std::vector<postmoney::LeftOut>& left_out);

[[nodiscard]] Json json_of(const postmoney::Total& total, const std::string& company,
                           const postmoney::Viewpoint& viewpoint);
[[nodiscard]] Json json_of(const std::vector<postmoney::LeftOut>& left_out);
