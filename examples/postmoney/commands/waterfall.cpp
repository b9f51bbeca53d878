#include <iostream>

#include "command.hpp"
#include "model_json.hpp"
#include "model_picture.hpp"
#include "model_text.hpp"
#include "text.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Table payouts_table(const std::vector<model::Payout>& payouts) {
    Table table({"name", "paid", "part", "converts", "why"});
    for (const model::Payout& of : payouts) {
        table.add({of.name, model::number_text(of.amount), percent_number(of.share),
                   of.converts ? "yes" : "no", of.why});
    }
    return table;
}

[[nodiscard]] Table holder_payouts_table(const std::vector<model::NamedAmount>& payouts) {
    Table table({"holder", "paid"});
    for (const model::NamedAmount& of : payouts) table.add({of.name, model::number_text(of.amount)});
    return table;
}

[[nodiscard]] Table breakpoints_table(const std::vector<model::Breakpoint>& breakpoints) {
    Table table({"proceeds", "what changes", "jump"});
    for (const model::Breakpoint& of : breakpoints) {
        table.add({short_number(of.at), of.what + (of.curved ? " (curved above)" : ""),
                   of.jump ? short_number(*of.jump) : "-"});
    }
    return table;
}

void print_outcome(const model::ExitOutcome& outcome) {
    std::cout << "proceeds " << model::number_text(outcome.proceeds) << ", " << model::said(outcome.per_share)
              << " a share of common\n\n";
    payouts_table(outcome.payouts).print(std::cout);
    print_section("by holder", holder_payouts_table(outcome.payouts_by_holder));
    print_section("breakpoints", breakpoints_table(outcome.breakpoints));
    for (std::size_t i = 1; i < outcome.equilibria.size(); ++i)
        print_section("another set of decisions that agrees with itself",
                      payouts_table(outcome.equilibria[i].payouts));
    for (const model::PaymentPayouts& payment : outcome.payments)
        print_section("payment " + payment.name + " of " + model::number_text(payment.amount),
                      payouts_table(payment.payouts));
    print_notes("warnings", outcome.warnings);
    print_notes("conventions", outcome.conventions);
    print_notes("rounded", outcome.residues);
}

class WaterfallCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("SCENARIO", scenario_);
        parser.option("--curve", curve_);
    }

    int run(const ProgramOptions& program) const override {
        const model::ExitOutcome outcome = of_scenario(scenario_, [this](const std::string& text) {
            const model::ExitScenario scenario = read_exit_scenario(text);
            if (!curve_.empty() && !scenario.curve) {
                throw Error(ErrorCode::missing_field,
                            "expected the proceeds from and to which to draw, and in how many steps")
                    .in_field("curve");
            }
            return model::run_exit(scenario);
        });
        if (!curve_.empty()) write_picture(curve_, payouts_picture(outcome));
        if (program.json) {
            print(json_of(outcome));
        } else {
            print_outcome(outcome);
        }
        return 0;
    }

  private:
    std::string scenario_;
    std::string curve_;
};

}  // namespace

std::unique_ptr<Command> make_waterfall() {
    return std::make_unique<WaterfallCommand>();
}
