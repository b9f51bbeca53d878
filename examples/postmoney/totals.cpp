#include "totals.hpp"

#include <iostream>

#include "table.hpp"
#include "text.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string digits_or_zero(const std::optional<Money>& money) {
    return money ? money->amount_string() : "0";
}

[[nodiscard]] Json json_or_null(const std::optional<Instrument>& instrument) {
    return instrument ? Json(std::string(to_string(*instrument))) : Json();
}

}  // namespace

void print_totals(const std::vector<Total>& totals, const std::vector<LeftOut>& left_out) {
    Table table({"currency", "known", "lower", "upper", "rounds", "undisclosed"});
    for (const Total& total : totals) {
        table.add({total.currency ? std::string(total.currency->code()) : "?", digits_or_zero(total.known),
                   digits_or_zero(total.lower), total.upper ? total.upper->amount_string() : "open",
                   std::to_string(total.rounds), std::to_string(total.undisclosed)});
    }
    print_table(table, left_out.empty() ? "no round on record" : "nothing raised that counts");
    Table rest({"reason", "instrument", "rounds", "amount", "currency"});
    for (const LeftOut& left : left_out) {
        rest.add({std::string(to_string(left.reason)),
                  left.instrument ? std::string(to_string(*left.instrument)) : "",
                  std::to_string(left.rounds), left.amount ? left.amount->amount_string() : "undisclosed",
                  left.amount ? std::string(left.amount->currency().code()) : ""});
    }
    print_section("left out", rest);
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

Json json_of(const std::vector<LeftOut>& left_out) {
    Json array = Json::array();
    for (const LeftOut& left : left_out) {
        array.push_back(
            {{"reason", std::string(to_string(left.reason))},
             {"instrument", json_or_null(left.instrument)},
             {"rounds", left.rounds},
             {"amount", left.amount ? Json(left.amount->amount_string()) : Json()},
             {"currency", left.amount ? Json(std::string(left.amount->currency().code())) : Json()}});
    }
    return array;
}
