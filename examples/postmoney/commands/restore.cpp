#include <iostream>
#include <string>
#include <vector>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "progress_line.hpp"

namespace {

class RestoreCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("BACKUP", backup_);
        parser.flag("--replace", replace_);
    }

    int run(const ProgramOptions& program) const override {
        postmoney::RestoreOptions options;
        options.replace = replace_;
        LongCall call;
        options.progress = call.progress();
        const std::vector<std::string> left_out = postmoney::restore(backup_, ledger_file(program), options);
        if (program.json) {
            print({{"backup", backup_}, {"ledger", program.database.string()}, {"left_out", left_out}});
        } else {
            for (const std::string& object : left_out) std::cout << "left out: " << object << ", your own\n";
            std::cout << "restored " << program.database.string() << " from " << backup_ << ", checked\n";
        }
        return 0;
    }

  private:
    std::string backup_;
    bool replace_ = false;
};

}  // namespace

std::unique_ptr<Command> make_restore() {
    return std::make_unique<RestoreCommand>();
}
