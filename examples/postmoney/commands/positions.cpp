#include <iostream>

#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string price_text(const Position& position) {
    if (!position.price) return "";
    return share_text(*position.price) + " " + std::string(position.currency->code());
}

[[nodiscard]] Json position_json(const Position& position) {
    return {{"company", position.company},
            {"security_class", text_or_null(position.security_class)},
            {"rounds", position.rounds},
            {"untold", position.untold},
            {"shares", position.shares ? Json(share_text(*position.shares)) : Json()},
            {"price", text_or_null(price_text(position))},
            {"price_round", text_or_null(position.price_round)},
            {"adjusted_for", text_or_null(position.splits)},
            {"value", text_or_null(position.value)},
            {"gap", position.gap ? Json(std::string(to_string(*position.gap))) : Json()}};
}

[[nodiscard]] Json positions_json(const PartyProfile& investor, const std::vector<Position>& positions) {
    Json array = Json::array();
    for (const Position& position : positions) array.push_back(position_json(position));
    return {{"investor", investor.name}, {"type", text_or_null(investor.type)}, {"positions", array}};
}

[[nodiscard]] Table positions_table(const std::vector<Position>& positions) {
    Table table({"company", "class", "rounds", "untold", "shares", "price", "of round", "value", "note"});
    for (const Position& position : positions) {
        std::string note = position.splits.empty() ? "" : "adjusted for " + position.splits;
        if (position.gap)
            note = "no value: " + std::string(to_string(*position.gap)) + (note.empty() ? "" : "; ") + note;
        table.add({position.company, position.security_class.value_or(""), std::to_string(position.rounds),
                   std::to_string(position.untold), position.shares ? share_text(*position.shares) : "",
                   price_text(position), position.price_round,
                   position.value ? position.value->to_string() : "", note});
    }
    return table;
}

class PositionsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("INVESTOR", investor_);
        viewpoint_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const PartyProfile profile = ledger.party(investor_);
        const auto positions = ledger.positions(investor_, viewpoint_.viewpoint());
        if (list_.csv(program)) {
            positions_table(positions).print_csv();
            return 0;
        }
        if (program.json) {
            print(positions_json(profile, positions));
            return 0;
        }
        print_heading(profile);
        if (positions.empty()) std::cout << "no positions on record\n";
        print_section("Positions", positions_table(positions));
        return 0;
    }

  private:
    std::string investor_;
    ViewpointOptions viewpoint_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_positions() {
    return std::make_unique<PositionsCommand>();
}
