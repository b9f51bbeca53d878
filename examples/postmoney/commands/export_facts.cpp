#include <fmt/core.h>

#include <fstream>
#include <iostream>
#include <system_error>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"

using namespace postmoney;

namespace {

// The file has its name only once it is whole.
void write_facts(const Ledger& ledger, const std::string& file) {
    const std::string unfinished = file + ".unfinished";
    std::error_code error;
    try {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (out) ledger.export_facts(out);
        out.close();
        if (out) std::filesystem::rename(unfinished, file, error);
        if (!out || error) throw Error(ErrorCode::io, "cannot be written").at(file, 0);
    } catch (...) {
        std::filesystem::remove(unfinished, error);
        throw;
    }
}

class ExportFactsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { parser.argument("FILE", file_); }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        if (file_.empty() || file_ == "-") {
            ledger.export_facts(std::cout);
            return 0;
        }
        write_facts(ledger, file_);
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
