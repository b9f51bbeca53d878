#include "command.hpp"
#include "list.hpp"
#include "open_ledger.hpp"
#include "text.hpp"
#include "total_query_options.hpp"
#include "totals.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Table rates_table(const std::vector<UsedRate>& rates) {
    Table table({"round", "closing", "day", "amount", "rate", "way"});
    for (const UsedRate& used : rates) {
        table.add({used.round, used.closing, used.day ? PartialDate::day(*used.day).to_string() : "",
                   used.amount.to_string(), used.conversion ? rate_text(used.conversion->rate) : "none",
                   used.conversion ? used.conversion->way() : used.missing});
    }
    return table;
}

class RatesCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        options_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const TotalQuery query = options_.query(ledger);
        if (!query.in) {
            throw Error(ErrorCode::misuse, "to which currency? give --in CUR");
        }
        const auto rates = ledger.used_rates(company_, query);
        if (list_.csv(program)) {
            rates_table(rates).print_csv();
        } else if (program.json) {
            print(json_of(rates));
        } else {
            print_table(rates_table(rates), "nothing to convert");
        }
        return 0;
    }

  private:
    std::string company_;
    TotalQueryOptions options_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_rates() {
    return std::make_unique<RatesCommand>();
}
