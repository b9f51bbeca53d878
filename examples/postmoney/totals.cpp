#include "totals.hpp"

#include <iostream>

#include "table.hpp"
#include "text.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string digits_or_zero(const std::optional<Money>& money) {
    return money ? money->amount_string() : "0";
}

}  // namespace

void print_totals(const std::vector<Total>& totals) {
    Table table({"currency", "known", "lower", "upper", "rounds", "undisclosed"});
    for (const Total& total : totals) {
        table.add({total.currency ? std::string(total.currency->code()) : "?", digits_or_zero(total.known),
                   digits_or_zero(total.lower), total.upper ? total.upper->amount_string() : "open",
                   std::to_string(total.rounds), std::to_string(total.undisclosed)});
    }
    print_table(table, "nothing raised that counts");
}

Json json_of(const Total& total, const std::string& company, const Viewpoint& viewpoint) {
    return {{"company", company},
            {"currency", total.currency ? Json(std::string(total.currency->code())) : Json()},
            {"known", digits_or_zero(total.known)},
            {"lower", digits_or_zero(total.lower)},
            {"upper", total.upper ? Json(total.upper->amount_string()) : Json()},
            {"rounds", total.rounds},
            {"undisclosed", total.undisclosed},
            {"as_of", text_or_null(viewpoint.as_of)},
            {"known_at", text_or_null(viewpoint.known_at)}};
}
