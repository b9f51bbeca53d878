#include <iostream>

#include "command.hpp"
#include "json.hpp"
#include "open_ledger.hpp"

namespace {

class HeadCommand final : public Command {
  public:
    int run(const ProgramOptions& program) const override {
        const postmoney::Head head = open_to_read(program).head();
        if (program.json) {
            print(json_of(head));
        } else {
            std::cout << head.to_string() << '\n';
        }
        return 0;
    }
};

}  // namespace

std::unique_ptr<Command> make_head() {
    return std::make_unique<HeadCommand>();
}
