#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"
#include "text.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Json form_d_report_json(const ImportReport& report) {
    Json refused = Json::array();
    for (const Error& error : report.refused) {
        refused.push_back({{"file", error.file()},
                           {"line", error.line()},
                           {"field", error.field()},
                           {"code", std::string(to_string(error.code()))},
                           {"message", error.message()}});
    }
    return {{"files", report.files},           {"imported", report.imported}, {"unchanged", report.unchanged},
            {"superseded", report.superseded}, {"refused", refused},          {"notes", report.notes}};
}

[[nodiscard]] std::string form_d_report_text(const ImportReport& report) {
    return fmt::format("{} files: {} filings imported, {} unchanged, {} superseded, {} refused\n",
                       report.files, report.imported, report.unchanged, report.superseded,
                       report.refused.size());
}

class ImportFormDCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("PATH", paths_);
        parser.flag("--keep-going", keep_going_);
        parser.option("--recorded", recorded_);
    }

    int run(const ProgramOptions& program) const override {
        Ledger ledger = open_ledger(program, Ledger::Access::create);
        ImportOptions options;
        options.keep_going = keep_going_;
        options.recorded = time_of_option("--recorded", recorded_);
        const ImportReport report = import_into(ledger, options);
        print_refused(report.refused);
        for (const std::string& note : report.notes) std::cerr << printable(note) << '\n';
        if (program.json) {
            print(form_d_report_json(report));
        } else {
            std::cout << form_d_report_text(report);
        }
        return report.refused.empty() ? 0 : 2;
    }

  private:
    [[nodiscard]] ImportReport import_into(Ledger& ledger, ImportOptions options) const {
        LongCall call("filings");
        options.progress = call.progress();
        return import_form_d(ledger, paths_, options);
    }

    std::vector<std::filesystem::path> paths_;
    bool keep_going_ = false;
    std::string recorded_;
};

}  // namespace

std::unique_ptr<Command> make_import_form_d() {
    return std::make_unique<ImportFormDCommand>();
}
