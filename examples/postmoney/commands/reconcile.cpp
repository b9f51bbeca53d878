#include <algorithm>

#include "command.hpp"
#include "open_ledger.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Table findings_table(const std::vector<Finding>& findings) {
    Table table({"severity", "code", "company", "round", "field", "what"});
    for (const Finding& finding : findings) {
        table.add({std::string(to_string(finding.severity)), std::string(to_string(finding.code)),
                   finding.company, finding.round, finding.field, finding.message});
    }
    return table;
}

[[nodiscard]] Json findings_json(const std::vector<Finding>& findings) {
    Json array = Json::array();
    for (const Finding& finding : findings) {
        Json entries = Json::array();
        for (const EntryId& id : finding.entries) entries.push_back(json_text(id));
        array.push_back({{"code", std::string(to_string(finding.code))},
                         {"severity", std::string(to_string(finding.severity))},
                         {"company", finding.company},
                         {"round", text_or_null(finding.round)},
                         {"field", text_or_null(finding.field)},
                         {"stated", text_or_null(finding.stated)},
                         {"computed", text_or_null(finding.computed)},
                         {"difference", text_or_null(finding.difference)},
                         {"message", finding.message},
                         {"entries", entries}});
    }
    return array;
}

class ReconcileCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        viewpoint_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const Viewpoint viewpoint = viewpoint_.viewpoint();
        const auto findings =
            company_.empty() ? ledger.reconcile(viewpoint) : ledger.reconcile(company_, viewpoint);
        if (program.json) {
            print(findings_json(findings));
        } else {
            print_table(findings_table(findings), "nothing to compare");
        }
        const auto is_error = [](const Finding& finding) { return finding.severity == Severity::error; };
        return std::any_of(findings.begin(), findings.end(), is_error) ? 1 : 0;
    }

  private:
    std::string company_;  // all companies where it is empty
    ViewpointOptions viewpoint_;
};

}  // namespace

std::unique_ptr<Command> make_reconcile() {
    return std::make_unique<ReconcileCommand>();
}
