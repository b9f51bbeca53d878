#include <algorithm>
#include <iostream>
#include <utility>

#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "text.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string price_text(const Position& position) {
    if (!position.price) return "";
    return share_text(*position.price) + " " + std::string(position.currency->code());
}

[[nodiscard]] Json position_json(const Position& position, const std::optional<Currency>& in) {
    Json json{{"company", position.company},
              {"security_class", text_or_null(position.security_class)},
              {"rounds", position.rounds},
              {"untold", position.untold},
              {"shares", position.shares ? Json(share_text(*position.shares)) : Json()},
              {"price", text_or_null(price_text(position))},
              {"price_round", text_or_null(position.price_round)},
              {"adjusted_for", text_or_null(position.splits)},
              {"value", text_or_null(position.value)},
              {"gap", position.gap ? Json(std::string(to_string(*position.gap))) : Json()}};
    if (!in) return json;
    json["converted"] = text_or_null(position.converted);
    json["way"] = position.converted ? Json(position.conversion->way()) : Json();
    json["missing"] = text_or_null(position.missing);
    return json;
}

// What the values that there are come to in one currency.
[[nodiscard]] Money sum_of(const std::vector<Position>& positions, const Currency& in) {
    Money sum(0, in);
    for (const Position& position : positions) {
        if (position.converted) sum += *position.converted;
    }
    return sum;
}

[[nodiscard]] Json positions_json(const PartyProfile& investor, const std::vector<Position>& positions,
                                  const std::optional<Currency>& in) {
    Json array = Json::array();
    for (const Position& position : positions) array.push_back(position_json(position, in));
    Json json{{"investor", investor.name}, {"type", text_or_null(investor.type)}, {"positions", array}};
    const auto is_converted = [](const Position& position) { return position.converted.has_value(); };
    const bool any = std::any_of(positions.begin(), positions.end(), is_converted);
    if (in) json["converted"] = any ? Json(sum_of(positions, *in).to_string()) : Json();
    return json;
}

[[nodiscard]] Table positions_table(const std::vector<Position>& positions,
                                    const std::optional<Currency>& in) {
    std::vector<std::string> headings{"company", "class", "rounds",   "untold",
                                      "shares",  "price", "of round", "value"};
    if (in) headings.push_back("in " + std::string(in->code()));
    headings.push_back("note");
    Table table(headings);
    for (const Position& position : positions) {
        std::string note = position.splits.empty() ? "" : "adjusted for " + position.splits;
        if (position.gap)
            note = "no value: " + std::string(to_string(*position.gap)) + (note.empty() ? "" : "; ") + note;
        if (!position.missing.empty()) note += (note.empty() ? "" : "; ") + position.missing;
        std::vector<std::string> cells{position.company,
                                       position.security_class.value_or(""),
                                       std::to_string(position.rounds),
                                       std::to_string(position.untold),
                                       position.shares ? share_text(*position.shares) : "",
                                       price_text(position),
                                       position.price_round,
                                       position.value ? position.value->to_string() : ""};
        if (in) cells.push_back(position.converted ? position.converted->amount_string() : "");
        cells.push_back(note);
        table.add(std::move(cells));
    }
    return table;
}

// "1234.50 EUR in all; 1 position has no value in it"
[[nodiscard]] std::string sum_text(const std::vector<Position>& positions, const Currency& in) {
    const auto without = std::count_if(positions.begin(), positions.end(),
                                       [](const Position& position) { return !position.converted; });
    if (static_cast<std::size_t>(without) == positions.size())
        return "no position has a value in " + std::string(in.code());
    std::string text = sum_of(positions, in).to_string() + " in all";
    if (without != 0)
        text += "; " + std::to_string(without) + (without == 1 ? " position has" : " positions have") +
                " no value in it";
    return text;
}

class PositionsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("INVESTOR", investor_);
        view_.declare_currency(parser);
        view_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const View view = view_.view(ledger);
        const std::optional<Currency> in = view.options().in;
        const PartyProfile profile = view.party(investor_);
        const auto positions = view.positions(investor_);
        if (list_.csv(program)) {
            positions_table(positions, in).print_csv();
            return 0;
        }
        if (program.json) {
            print(positions_json(profile, positions, in));
            return 0;
        }
        print_heading(profile);
        if (positions.empty()) std::cout << "no positions on record\n";
        print_section("Positions", positions_table(positions, in));
        if (in && !positions.empty()) std::cout << '\n' << sum_text(positions, *in) << '\n';
        return 0;
    }

  private:
    std::string investor_;
    ViewCommandOptions view_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_positions() {
    return std::make_unique<PositionsCommand>();
}
