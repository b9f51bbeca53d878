#include <iostream>

#include "command.hpp"
#include "model_json.hpp"
#include "model_picture.hpp"
#include "model_text.hpp"
#include "text.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Table round_table(const model::RoundOutcome& outcome) {
    Table table({"figure", "value"});
    const auto add = [&](const char* name, const std::optional<Ratio>& value) {
        if (value) table.add({name, model::said(*value)});
    };
    add("price", outcome.price);
    add("pre-money", outcome.pre_money);
    add("effective pre-money", outcome.effective_pre_money);
    add("new money", outcome.new_money);
    add("post-money", outcome.post_money);
    add("shares before", outcome.shares_before);
    add("pool increase", outcome.pool_increase);
    add("new shares", outcome.new_shares);
    add("shares after", outcome.shares_after);
    return table;
}

[[nodiscard]] Table conversions_table(const model::RoundOutcome& outcome) {
    Table table({"converts", "amount", "branch", "price", "shares", "why"});
    for (const model::Conversion& of : outcome.conversions) {
        table.add({of.id, short_number(of.amount), of.branch, short_number(of.price), short_number(of.shares),
                   of.why});
    }
    return table;
}

[[nodiscard]] Table adjustments_table(const model::RoundOutcome& outcome) {
    Table table({"class", "conversion price", "adjusted", "common a share", "why"});
    for (const model::Adjustment& of : outcome.adjustments) {
        table.add(
            {of.class_name, short_number(of.from), short_number(of.to), short_number(of.ratio), of.why});
    }
    return table;
}

[[nodiscard]] Table entitlements_table(const model::RoundOutcome& outcome) {
    Table table({"pro rata", "part", "may buy for", "shares", "why"});
    for (const model::Entitlement& of : outcome.entitlements) {
        table.add(
            {of.holder, percent_number(of.part), short_number(of.amount), short_number(of.shares), of.why});
    }
    return table;
}

[[nodiscard]] Table played_table(const model::RoundOutcome& outcome) {
    Table table({"pay-to-play", "class", "required", "bought", "kept", "converted", "common"});
    for (const model::PlayedHolder& of : outcome.pay_to_play) {
        table.add({of.holder, of.class_name, short_number(of.required), short_number(of.bought),
                   short_number(of.kept), short_number(of.converted), short_number(of.common)});
    }
    return table;
}

[[nodiscard]] Table holdings_table(const model::RoundOutcome& outcome) {
    Table table({"holder", "class", "shares", "as converted", "before", "after"});
    for (const model::HoldingAfter& of : outcome.holdings) {
        table.add({of.holder, of.class_name, short_number(of.shares), short_number(of.as_converted),
                   percent_number(of.before), percent_number(of.percent)});
    }
    return table;
}

class ModelCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("SCENARIO", scenario_);
        parser.option("--svg", svg_);
    }

    int run(const ProgramOptions& program) const override {
        const model::RoundOutcome outcome = of_scenario(
            scenario_, [](const std::string& text) { return model::run_round(read_round_scenario(text)); });
        if (!svg_.empty()) write_picture(svg_, ownership_picture(outcome));
        if (program.json) {
            print(json_of(outcome));
            return 0;
        }
        round_table(outcome).print(std::cout);
        print_section("converts", conversions_table(outcome));
        print_section("adjusted prices", adjustments_table(outcome));
        print_section("rights to buy", entitlements_table(outcome));
        print_section("pay-to-play", played_table(outcome));
        print_section("holdings", holdings_table(outcome));
        print_notes("conventions", outcome.conventions);
        print_notes("rounded", outcome.residues);
        return 0;
    }

  private:
    std::string scenario_;
    std::string svg_;
};

}  // namespace

std::unique_ptr<Command> make_model() {
    return std::make_unique<ModelCommand>();
}
