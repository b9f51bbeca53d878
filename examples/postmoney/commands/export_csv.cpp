#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"

namespace {

class ExportCsvCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { parser.argument("DIR", folder_); }

    int run(const ProgramOptions& program) const override {
        LongCall call("rows");
        const postmoney::CsvExportReport report =
            postmoney::export_csv(open_to_read(program), folder_, call.progress());
        if (program.json) {
            print({{"folder", folder_}, {"views", report.views}, {"rows", report.rows}});
        } else {
            std::cout << fmt::format("{}: {} views, {} rows\n", folder_, report.views, report.rows);
        }
        return 0;
    }

  private:
    std::string folder_;
};

}  // namespace

std::unique_ptr<Command> make_export_csv() {
    return std::make_unique<ExportCsvCommand>();
}
