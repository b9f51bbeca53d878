#include "command.hpp"
#include "open_ledger.hpp"
#include "total_query_options.hpp"
#include "totals.hpp"

using namespace postmoney;

namespace {

// One total is an object, several are an array; none is an object of 0 without a currency. Each has all that
// is left out, and with --in what converted its parts.
[[nodiscard]] Json report_json(const TotalReport& report, const std::string& company,
                               const TotalQuery& query) {
    Json array = Json::array();
    for (const Total& total : report.totals) array.push_back(json_of(total, company, query.viewpoint));
    if (report.totals.empty()) {
        array.push_back(json_of(Total{}, company, query.viewpoint));
        array.back()["upper"] = "0";
    }
    for (Json& total : array) {
        total["left_out"] = json_of(report.left_out);
        if (query.in) total["rates"] = json_of(report.rates);
    }
    return array.size() == 1 ? array.front() : array;
}

class TotalCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        options_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const TotalQuery query = options_.query(ledger);
        const TotalReport report = ledger.total_report(company_, query);
        if (program.json) {
            print(report_json(report, ledger.party(company_).name, query));
        } else {
            print_totals(report.totals, report.left_out);
            print_ways(report.rates);
        }
        return 0;
    }

  private:
    std::string company_;
    TotalQueryOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_total() {
    return std::make_unique<TotalCommand>();
}
