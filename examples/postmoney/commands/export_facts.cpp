#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "output_file.hpp"
#include "progress_line.hpp"

using namespace postmoney;

namespace {

class ExportFactsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { parser.argument("FILE", file_); }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        LongCall call;
        const ProgressCall progress = call.progress(!is_standard_output(file_));
        write_output(file_, [&](std::ostream& out) { ledger.export_facts(out, progress); });
        if (is_standard_output(file_)) return 0;
        if (program.json) {
            print({{"file", file_}, {"entries", ledger.size()}});
        } else {
            std::cout << fmt::format("{}: {} entries\n", file_, ledger.size());
        }
        return 0;
    }

  private:
    std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_export_facts() {
    return std::make_unique<ExportFactsCommand>();
}
