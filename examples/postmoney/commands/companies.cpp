#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "totals.hpp"
#include "view_options.hpp"

using namespace postmoney;

namespace {

class CompaniesCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        view_.declare_currency(parser);
        view_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        List list({{"company"},
                   {"country"},
                   {"market"},
                   {"rounds", CellType::number},
                   {"counted", CellType::number},
                   {"last round"},
                   {"raised", CellType::several, untold_text}});
        for (const CompanySummary& company : view_.view(ledger).companies()) {
            list.add({company.name, company.country, company.market, std::to_string(company.rounds),
                      std::to_string(company.counted), cell(company.last_round),
                      raised_text(company.raised)});
        }
        list.print(program, list_, "no company on record");
        return 0;
    }

  private:
    ViewCommandOptions view_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_companies() {
    return std::make_unique<CompaniesCommand>();
}
