#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"

namespace {

class BackupCommand final : public Command {
  public:
    void declare(CommandParser& parser) override { parser.argument("FILE", file_); }

    int run(const ProgramOptions& program) const override {
        LongCall call;
        open_to_read(program).backup(file_, call.progress());
        if (program.json) {
            print({{"backup", file_}});
        } else {
            std::cout << "copied to " << file_ << ", and checked\n";
        }
        return 0;
    }

  private:
    std::string file_;
};

}  // namespace

std::unique_ptr<Command> make_backup() {
    return std::make_unique<BackupCommand>();
}
