#include <iostream>

#include "command.hpp"
#include "model_json.hpp"
#include "model_picture.hpp"
#include "model_text.hpp"
#include "table_page.hpp"
#include "text.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::vector<std::string> payout_cells(const model::Payout& of, NumberForm form) {
    return {of.name, model::number_text(of.amount), part_cell(of.share, form), of.converts ? "yes" : "no",
            of.why};
}

[[nodiscard]] Table payouts_table(const std::vector<model::Payout>& payouts, NumberForm form) {
    Table table({"name", "paid", "part", "converts", "why"});
    for (const model::Payout& of : payouts) table.add(payout_cells(of, form));
    return table;
}

[[nodiscard]] Table holder_payouts_table(const std::vector<model::NamedAmount>& payouts) {
    Table table({"holder", "paid"});
    for (const model::NamedAmount& of : payouts) table.add({of.name, model::number_text(of.amount)});
    return table;
}

[[nodiscard]] Table breakpoints_table(const std::vector<model::Breakpoint>& breakpoints, NumberForm form) {
    const char* const no_jump = form == NumberForm::cut ? "-" : "";
    Table table({"proceeds", "what changes", "jump"});
    for (const model::Breakpoint& of : breakpoints) {
        table.add({number_cell(of.at, form), of.what + (of.curved ? " (curved above)" : ""),
                   of.jump ? number_cell(*of.jump, form) : no_jump});
    }
    return table;
}

void print_outcome(const model::ExitOutcome& outcome) {
    constexpr NumberForm form = NumberForm::cut;
    std::cout << "proceeds " << model::number_text(outcome.proceeds) << ", " << model::said(outcome.per_share)
              << " a share of common\n\n";
    payouts_table(outcome.payouts, form).print(std::cout);
    print_section("by holder", holder_payouts_table(outcome.payouts_by_holder));
    print_section("breakpoints", breakpoints_table(outcome.breakpoints, form));
    for (std::size_t i = 1; i < outcome.equilibria.size(); ++i)
        print_section("another set of decisions that agrees with itself",
                      payouts_table(outcome.equilibria[i].payouts, form));
    for (const model::PaymentPayouts& payment : outcome.payments)
        print_section("payment " + payment.name + " of " + model::number_text(payment.amount),
                      payouts_table(payment.payouts, form));
    print_notes("warnings", outcome.warnings);
    print_notes("conventions", outcome.conventions);
    print_notes("rounded", outcome.residues);
}

//--- As CSV ---

// All payments in one table.
[[nodiscard]] Table payments_table(const std::vector<model::PaymentPayouts>& payments) {
    Table table({"payment", "amount", "name", "paid", "part", "converts", "why"});
    for (const model::PaymentPayouts& payment : payments) {
        for (const model::Payout& of : payment.payouts) {
            std::vector<std::string> cells{payment.name, number_cell(payment.amount, NumberForm::exact)};
            for (std::string& cell : payout_cells(of, NumberForm::exact)) cells.push_back(std::move(cell));
            table.add(std::move(cells));
        }
    }
    return table;
}

// A row for each name at each point.
[[nodiscard]] Table curve_table(const model::ExitOutcome& outcome) {
    Table table({"proceeds", "name", "paid"});
    for (const model::CurvePoint& point : outcome.curve) {
        for (std::size_t i = 0; i < point.amounts.size(); ++i) {
            table.add({number_cell(point.proceeds, NumberForm::exact), outcome.payouts[i].name,
                       number_cell(point.amounts[i], NumberForm::exact)});
        }
    }
    return table;
}

[[nodiscard]] TablePage exit_tables(const model::ExitOutcome& outcome) {
    TablePage page;
    page.add("payouts", "", payouts_table(outcome.payouts, NumberForm::exact));
    page.add("holders", "", holder_payouts_table(outcome.payouts_by_holder));
    page.add("breakpoints", "", breakpoints_table(outcome.breakpoints, NumberForm::exact));
    page.add("payments", "", payments_table(outcome.payments));
    page.add("curve", "", curve_table(outcome));
    return page;
}

// What a table of one answer does not show.
void print_warnings(const model::ExitOutcome& outcome) {
    for (const std::string& warning : outcome.warnings)
        std::cerr << "warning: " << printable(warning) << '\n';
    if (outcome.equilibria.size() > 1)
        std::cerr << "warning: " << outcome.equilibria.size()
                  << " sets of decisions agree with themselves; --json prints all\n";
}

class WaterfallCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("SCENARIO", scenario_);
        parser.option("--curve", curve_);
        table_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const std::string& csv = table_.csv(program);
        const model::ExitOutcome outcome = of_scenario(scenario_, [&](const std::string& text) {
            const model::ExitScenario scenario = read_exit_scenario(text);
            if ((!curve_.empty() || csv == "curve") && !scenario.curve) {
                throw Error(ErrorCode::missing_field,
                            "expected the proceeds from and to which to draw, and in how many steps")
                    .in_field("curve");
            }
            return model::run_exit(scenario);
        });
        if (!csv.empty()) {
            exit_tables(outcome).table(csv).print_csv();
            print_warnings(outcome);
        }
        if (!curve_.empty()) write_picture(curve_, payouts_picture(outcome));
        if (!csv.empty()) return 0;
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
    TableChoice table_;
};

}  // namespace

std::unique_ptr<Command> make_waterfall() {
    return std::make_unique<WaterfallCommand>();
}
