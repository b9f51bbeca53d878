#include <algorithm>
#include <iostream>
#include <iterator>

#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] RowStyle style_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return RowStyle::error;
        case Severity::warning:
            return RowStyle::warning;
        case Severity::ok:
            return RowStyle::faint;
        case Severity::info:
            break;
    }
    return RowStyle::plain;
}

[[nodiscard]] Table findings_table(const std::vector<Finding>& findings) {
    Table table({"severity", "code", "company", "round", "field", "what"});
    for (const Finding& finding : findings) {
        table.add({std::string(to_string(finding.severity)), std::string(to_string(finding.code)),
                   finding.company, finding.round, finding.field, finding.message},
                  style_of(finding.severity));
    }
    return table;
}

[[nodiscard]] Json findings_json(const std::vector<Finding>& findings) {
    Json array = Json::array();
    for (const Finding& finding : findings) {
        Json entries = Json::array();
        for (const EntryId& id : finding.entries) entries.push_back(json_text(id));
        array.push_back({{"key", finding.key()},
                         {"code", std::string(to_string(finding.code))},
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

[[nodiscard]] Severity severity_of(const std::string& word) {
    if (word.empty()) return Severity::ok;
    try {
        return detail::from_word<Severity>(word);
    } catch (const Error& error) {
        throw error.in_field("--severity");
    }
}

// "8 ok, 3 info, 5 warning, 0 error"
[[nodiscard]] std::string severities_text(const std::vector<Finding>& findings) {
    std::string text;
    for (const Severity severity : {Severity::ok, Severity::info, Severity::warning, Severity::error}) {
        const auto count = std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
            return finding.severity == severity;
        });
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(to_string(severity));
    }
    return text;
}

void print_findings(const std::vector<Finding>& listed, const std::vector<Finding>& all) {
    if (all.empty()) {
        std::cout << "nothing to compare\n";
        return;
    }
    print_table(findings_table(listed), "no finding of that severity");
    std::cout << severities_text(all) << '\n';
}

class ReconcileCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        parser.option("--severity", severity_);
        viewpoint_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Severity least = severity_of(severity_);
        const Ledger ledger = open_to_read(program);
        const Viewpoint viewpoint = viewpoint_.viewpoint();
        const auto findings =
            company_.empty() ? reconcile_all(ledger, viewpoint) : ledger.reconcile(company_, viewpoint);
        std::vector<Finding> listed;
        std::copy_if(findings.begin(), findings.end(), std::back_inserter(listed),
                     [&](const Finding& finding) { return finding.severity >= least; });
        if (list_.csv(program)) {
            findings_table(listed).print_csv();
        } else if (program.json) {
            print(findings_json(listed));
        } else {
            print_findings(listed, findings);
        }
        const auto is_error = [](const Finding& finding) { return finding.severity == Severity::error; };
        return std::any_of(findings.begin(), findings.end(), is_error) ? 1 : 0;
    }

  private:
    [[nodiscard]] static std::vector<Finding> reconcile_all(const Ledger& ledger,
                                                            const Viewpoint& viewpoint) {
        LongCall call;
        return ledger.reconcile(viewpoint, {}, call.progress());
    }

    std::string company_;   // all companies where it is empty
    std::string severity_;  // all findings where it is empty
    ViewpointOptions viewpoint_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_reconcile() {
    return std::make_unique<ReconcileCommand>();
}
