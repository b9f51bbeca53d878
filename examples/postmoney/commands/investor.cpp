#include <iostream>

#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Json investment_json(const Investment& investment) {
    return {{"company", investment.company},
            {"round", investment.round},
            {"round_name", investment.round_name},
            {"date", text_or_null(investment.date)},
            {"status", investment.status ? Json(to_string(*investment.status)) : Json()},
            {"counts", investment.counts},
            {"amount", text_or_null(investment.amount)},
            {"lead", investment.lead ? Json(*investment.lead) : Json()},
            {"co_investors", investment.co_investors},
            {"source", text_or_null(investment.source)},
            {"lead_source", text_or_null(investment.lead_source)}};
}

[[nodiscard]] Json investor_json(const PartyProfile& investor, const std::vector<Investment>& investments) {
    Json array = Json::array();
    for (const Investment& investment : investments) array.push_back(investment_json(investment));
    return {{"investor", investor.name}, {"type", text_or_null(investor.type)}, {"investments", array}};
}

[[nodiscard]] Table investments_table(const std::vector<Investment>& investments) {
    Table table({"date", "company", "round", "status", "counts", "amount", "lead", "with", "source"});
    for (const Investment& investment : investments) {
        std::string with;
        for (const std::string& other : investment.co_investors) with += (with.empty() ? "" : ", ") + other;
        table.add({investment.date ? investment.date->to_string() : "", investment.company,
                   investment.round_name, cell(investment.status), investment.counts ? "yes" : "no",
                   investment.amount ? investment.amount->to_string() : "undisclosed",
                   lead_text(investment.lead, investment.lead_source, investment.source), with,
                   investment.source});
    }
    return table;
}

class InvestorCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("INVESTOR", investor_);
        viewpoint_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const PartyProfile profile = ledger.party(investor_);
        const auto investments = ledger.investments(investor_, viewpoint_.viewpoint());
        if (list_.csv(program)) {
            investments_table(investments).print_csv();
            return 0;
        }
        if (program.json) {
            print(investor_json(profile, investments));
            return 0;
        }
        print_heading(profile);
        if (investments.empty()) std::cout << "no investments on record\n";
        print_section("Investments", investments_table(investments));
        return 0;
    }

  private:
    std::string investor_;
    ViewpointOptions viewpoint_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_investor() {
    return std::make_unique<InvestorCommand>();
}
