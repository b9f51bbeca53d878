#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

class InvestorsCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        view_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        List list({{"investor"},
                   {"type"},
                   {"country"},
                   {"rounds", CellType::number},
                   {"companies", CellType::number},
                   {"led", CellType::number},
                   {"last round"}});
        for (const InvestorSummary& investor : view_.view(ledger).investors()) {
            list.add({investor.name, investor.type, investor.country, std::to_string(investor.rounds),
                      std::to_string(investor.companies), std::to_string(investor.led),
                      cell(investor.last_round)});
        }
        list.print(program, list_, "no investor on record");
        return 0;
    }

  private:
    ViewCommandOptions view_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_investors() {
    return std::make_unique<InvestorsCommand>();
}
