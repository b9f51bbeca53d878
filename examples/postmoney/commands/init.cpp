#include <iostream>
#include <system_error>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"

using namespace postmoney;

namespace {

class InitCommand final : public Command {
  public:
    int run(const ProgramOptions& program) const override {
        std::error_code ignored;
        if (std::filesystem::exists(program.database, ignored)) {
            throw Error(ErrorCode::file_exists, "is there already; a ledger is never overwritten")
                .at(program.database.string(), 0);
        }
        const Ledger ledger = open_ledger(program, Ledger::Access::create);
        if (program.json) {
            print({{"ledger", program.database.string()}, {"head", json_of(ledger.head())}});
        } else {
            std::cout << "made the ledger " << program.database.string() << '\n';
        }
        return 0;
    }
};

}  // namespace

std::unique_ptr<Command> make_init() {
    return std::make_unique<InitCommand>();
}
