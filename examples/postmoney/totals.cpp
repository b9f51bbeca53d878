#include "totals.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

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
    const bool any_untold =
        std::any_of(totals.begin(), totals.end(), [](const Total& total) { return total.untold != 0; });
    std::vector<std::string> headings{"currency", "known", "lower", "upper", "rounds", "undisclosed"};
    if (any_untold) headings.emplace_back("untold");
    Table table(headings);
    for (const Total& total : totals) {
        std::vector<std::string> cells{total.currency ? std::string(total.currency->code()) : "?",
                                       digits_or_zero(total.known),
                                       digits_or_zero(total.lower),
                                       total.upper ? total.upper->amount_string() : "open",
                                       std::to_string(total.rounds),
                                       std::to_string(total.undisclosed)};
        if (any_untold) cells.push_back(std::to_string(total.untold));
        table.add(std::move(cells));
    }
    print_table(table, left_out.empty() ? "no round on record" : "nothing raised that counts");
    if (any_untold)
        std::cout << "untold: rounds with conversions in another currency. What of them is new money is "
                     "told with --in.\n";
    print_left_out(left_out);
}

void print_left_out(const std::vector<LeftOut>& left_out) {
    Table rest({"reason", "instrument", "rounds", "amount", "currency"});
    for (const LeftOut& left : left_out) {
        rest.add({std::string(to_string(left.reason)),
                  left.instrument ? std::string(to_string(*left.instrument)) : "",
                  std::to_string(left.rounds), left.amount ? left.amount->amount_string() : "undisclosed",
                  left.amount ? std::string(left.amount->currency().code()) : ""});
    }
    print_section("left out", rest);
}

void print_ways(const std::vector<UsedRate>& rates) {
    std::vector<std::pair<std::string, Ratio>> ways;
    for (const UsedRate& used : rates) {
        if (!used.conversion || !used.conversion->converts()) continue;
        std::pair way(used.conversion->way(), used.conversion->rate);
        if (std::find(ways.begin(), ways.end(), way) == ways.end()) ways.push_back(std::move(way));
    }
    Table table({"way", "rate"});
    for (const auto& [way, rate] : ways) table.add({way, rate_text(rate)});
    print_section("rates", table);
}

std::string raised_text(const std::optional<std::vector<Total>>& totals) {
    if (!totals) return untold_text;
    std::string text;
    for (const Total& total : *totals) {
        text += (text.empty() ? "" : "; ") + (total.known ? total.known->to_string() : "undisclosed");
    }
    return text;
}

std::string rate_text(const Ratio& rate) {
    const auto digits_of = [](const auto& integer) {
        return static_cast<std::int32_t>(integer.to_string().size());
    };
    const std::int32_t zeros = std::max(0, digits_of(rate.denominator()) - digits_of(rate.numerator()));
    const Decimal shown = rate.to_decimal(zeros + 12, Rounding::down);
    return Ratio(shown) == rate ? shown.normalized().to_string() : shown.to_string() + "...";
}

Json json_of(const Total& total, const std::string& company, const Viewpoint& viewpoint) {
    return {{"company", company},
            {"currency", total.currency ? Json(std::string(total.currency->code())) : Json()},
            {"known", digits_or_zero(total.known)},
            {"lower", digits_or_zero(total.lower)},
            {"upper", total.upper ? Json(total.upper->amount_string()) : Json()},
            {"rounds", total.rounds},
            {"undisclosed", total.undisclosed},
            {"untold", total.untold},
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

Json json_of(const std::vector<UsedRate>& rates) {
    Json array = Json::array();
    for (const UsedRate& used : rates) {
        const auto& conversion = used.conversion;
        array.push_back({{"round", used.round},
                         {"closing", text_or_null(used.closing)},
                         {"day", used.day ? Json(PartialDate::day(*used.day).to_string()) : Json()},
                         {"amount", used.amount.amount_string()},
                         {"currency", std::string(used.amount.currency().code())},
                         {"rate", conversion ? Json(conversion->rate.to_string()) : Json()},
                         {"way", conversion ? Json(conversion->way()) : Json()},
                         {"missing", text_or_null(used.missing)}});
    }
    return array;
}
