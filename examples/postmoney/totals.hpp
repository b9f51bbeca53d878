// Totals of capital, a line or an object for each currency.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json.hpp"
#include "postmoney/postmoney.hpp"

void print_totals(const std::vector<postmoney::Total>& totals,
                  const std::vector<postmoney::LeftOut>& left_out);
void print_left_out(const std::vector<postmoney::LeftOut>& left_out);

// The ways by which parts were converted, each once with its rate; nothing where none was.
void print_ways(const std::vector<postmoney::UsedRate>& rates);

// What is known, in each currency: "12.00 USD; 5.00 EUR"; where it cannot be told, untold_text.
inline constexpr const char* untold_text = "cannot be told";
[[nodiscard]] std::string raised_text(const std::optional<std::vector<postmoney::Total>>& totals);

// A rate with at least 12 digits after the point, or from its first one on where that comes later, if it has
// so many; "..." stands for the rest.
[[nodiscard]] std::string rate_text(const postmoney::Ratio& rate);

[[nodiscard]] Json json_of(const postmoney::Total& total, const std::string& company,
                           const postmoney::Viewpoint& viewpoint);
[[nodiscard]] Json json_of(const std::vector<postmoney::LeftOut>& left_out);
[[nodiscard]] Json json_of(const std::vector<postmoney::UsedRate>& rates);
