#include <iostream>

#include "command.hpp"
#include "model_json.hpp"
#include "model_picture.hpp"
#include "model_text.hpp"
#include "open_ledger.hpp"
#include "table_page.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Table round_table(const model::RoundOutcome& outcome, NumberForm form) {
    Table table({"figure", "value"});
    const auto add = [&](const char* name, const std::optional<Ratio>& value) {
        if (value)
            table.add({name, form == NumberForm::exact ? number_cell(*value, form) : model::said(*value)});
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

[[nodiscard]] Table conversions_table(const model::RoundOutcome& outcome, NumberForm form) {
    Table table({"converts", "amount", "branch", "price", "shares", "why"});
    for (const model::Conversion& of : outcome.conversions) {
        table.add({of.id, number_cell(of.amount, form), of.branch, number_cell(of.price, form),
                   number_cell(of.shares, form), of.why});
    }
    return table;
}

[[nodiscard]] Table adjustments_table(const model::RoundOutcome& outcome, NumberForm form) {
    Table table({"class", "conversion price", "adjusted", "common a share", "why"});
    for (const model::Adjustment& of : outcome.adjustments) {
        table.add({of.class_name, number_cell(of.from, form), number_cell(of.to, form),
                   number_cell(of.ratio, form), of.why});
    }
    return table;
}

[[nodiscard]] Table entitlements_table(const model::RoundOutcome& outcome, NumberForm form) {
    Table table({"pro rata", "part", "may buy for", "shares", "why"});
    for (const model::Entitlement& of : outcome.entitlements) {
        table.add({of.holder, part_cell(of.part, form), number_cell(of.amount, form),
                   number_cell(of.shares, form), of.why});
    }
    return table;
}

[[nodiscard]] Table played_table(const model::RoundOutcome& outcome, NumberForm form) {
    Table table({"pay-to-play", "class", "required", "bought", "kept", "converted", "common"});
    for (const model::PlayedHolder& of : outcome.pay_to_play) {
        table.add({of.holder, of.class_name, number_cell(of.required, form), number_cell(of.bought, form),
                   number_cell(of.kept, form), number_cell(of.converted, form),
                   number_cell(of.common, form)});
    }
    return table;
}

[[nodiscard]] Table holdings_table(const model::RoundOutcome& outcome, NumberForm form) {
    Table table({"holder", "class", "shares", "as converted", "before", "after"});
    for (const model::HoldingAfter& of : outcome.holdings) {
        table.add({of.holder, of.class_name, number_cell(of.shares, form), number_cell(of.as_converted, form),
                   part_cell(of.before, form), part_cell(of.percent, form)});
    }
    return table;
}

[[nodiscard]] TablePage model_tables(const model::RoundOutcome& outcome, NumberForm form) {
    TablePage page;
    page.add("figures", "", round_table(outcome, form));
    page.add("conversions", "converts", conversions_table(outcome, form));
    page.add("adjustments", "adjusted prices", adjustments_table(outcome, form));
    page.add("entitlements", "rights to buy", entitlements_table(outcome, form));
    page.add("pay-to-play", "pay-to-play", played_table(outcome, form));
    page.add("holdings", "holdings", holdings_table(outcome, form));
    return page;
}

// What --record put into the ledger.
struct Recorded {
    std::string source;
    std::size_t entries = 0;
    std::int64_t recorded = 0;  // of them; the others were on record before
    std::vector<std::string> not_recorded;
};

[[nodiscard]] Json recorded_json(const Recorded& of) {
    return {{"source", of.source},
            {"entries", of.entries},
            {"recorded", of.recorded},
            {"not_recorded", of.not_recorded}};
}

void print_recorded(const std::string& ledger, const Recorded& of) {
    const auto entries = static_cast<std::int64_t>(of.entries);
    std::cout << '\n'
              << printable(ledger) << ": " << entries_text(of.recorded) << " recorded, "
              << entries - of.recorded << " on record already, of source " << of.source << '\n';
    print_notes("not recorded, as no kind of entry holds it", of.not_recorded);
}

class ModelCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("SCENARIO", scenario_);
        parser.option("--svg", svg_);
        parser.flag("--record", record_);
        parser.option("--company", company_);
        viewpoint_.declare(parser);
        table_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const std::string& csv = table_.csv(program);
        if (!company_.empty()) return fill(program);
        if (scenario_.empty())
            throw Error(ErrorCode::missing_field, "missing, expected a scenario, or --company to make one of")
                .in_field("SCENARIO");
        if (const std::string_view option = viewpoint_.given(); !option.empty())
            throw Error(ErrorCode::misuse, "is of what a ledger knows, expected --company with it")
                .in_field(option);
        if (record_) static_cast<void>(ledger_file(program));
        if (record_ && !csv.empty())
            throw Error(ErrorCode::misuse, "prints a table alone, expected no --record with it")
                .in_field("--csv");
        std::optional<ModelledRound> entries;
        const model::RoundOutcome outcome = of_scenario(scenario_, [&](const std::string& text) {
            const model::RoundScenario scenario = read_round_scenario(text);
            model::RoundOutcome made = model::run_round(scenario);
            if (record_) entries = record_of_round(scenario, made, text);
            return made;
        });
        std::optional<Recorded> recorded;
        if (entries) recorded = record(program, std::move(*entries));
        if (!csv.empty()) model_tables(outcome, NumberForm::exact).table(csv).print_csv();
        if (!svg_.empty()) write_picture(svg_, ownership_picture(outcome));
        if (!csv.empty()) return 0;
        if (program.json) {
            Json json = json_of(outcome);
            if (recorded) json["recorded"] = recorded_json(*recorded);
            print(json);
            return 0;
        }
        print_outcome(outcome);
        if (recorded) print_recorded(program.database.string(), *recorded);
        return 0;
    }

  private:
    [[nodiscard]] static Recorded record(const ProgramOptions& program, ModelledRound round) {
        Ledger ledger = open_ledger(program, Ledger::Access::read_write);
        Recorded made;
        made.source = std::get<Source>(round.entries.front().content).id;
        made.entries = round.entries.size();
        made.recorded = ledger.record(round.entries);
        made.not_recorded = std::move(round.not_recorded);
        return made;
    }

    // Prints what the ledger knows as a scenario; blanks and notes go to standard error.
    [[nodiscard]] int fill(const ProgramOptions& program) const {
        if (!scenario_.empty() || record_ || !svg_.empty() || !table_.csv(program).empty())
            throw Error(ErrorCode::misuse,
                        "makes a scenario, expected neither a scenario nor --record, --svg or --csv with it")
                .in_field("--company");
        const Viewpoint viewpoint = viewpoint_.viewpoint();
        const LedgerScenario made =
            scenario_of(open_to_read(program).dossier(company_, viewpoint.known_at), viewpoint);
        print(Json::parse(made.json));
        for (const std::string& note : made.notes) std::cerr << "note: " << printable(note) << '\n';
        for (const std::string& blank : made.blanks) std::cerr << "blank: " << printable(blank) << '\n';
        return 0;
    }

    static void print_outcome(const model::RoundOutcome& outcome) {
        model_tables(outcome, NumberForm::cut).print();
        print_notes("conventions", outcome.conventions);
        print_notes("rounded", outcome.residues);
    }

    std::string scenario_;
    std::string svg_;
    std::string company_;
    bool record_ = false;
    ViewpointOptions viewpoint_;
    TableChoice table_;
};

}  // namespace

std::unique_ptr<Command> make_model() {
    return std::make_unique<ModelCommand>();
}
