#include <algorithm>
#include <iostream>

#include "command.hpp"
#include "list.hpp"
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

struct CompanyTotal {
    std::string company;
    Total total;
};

[[nodiscard]] std::vector<CompanyTotal> one_company(const std::string& company,
                                                    const std::vector<Total>& totals) {
    std::vector<CompanyTotal> rows;
    for (const Total& total : totals) rows.push_back({company, total});
    return rows;
}

// After all codes where nothing is disclosed.
[[nodiscard]] std::string_view code_of(const CompanyTotal& row) {
    return row.total.currency ? row.total.currency->code() : std::string_view("~");
}

// In the order of the currencies.
void sort_largest_first(std::vector<CompanyTotal>& totals) {
    const auto minor = [](const CompanyTotal& row) { return row.total.known ? row.total.known->minor() : 0; };
    std::stable_sort(totals.begin(), totals.end(), [&](const CompanyTotal& a, const CompanyTotal& b) {
        return code_of(a) != code_of(b) ? code_of(a) < code_of(b) : minor(a) > minor(b);
    });
}

// So many of each currency.
void keep_first(std::vector<CompanyTotal>& totals, std::size_t top) {
    std::size_t place = 0;
    std::string last;
    std::erase_if(totals, [&](const CompanyTotal& row) {
        place = code_of(row) == last ? place + 1 : 1;
        last = code_of(row);
        return place > top;
    });
}

class TotalCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        parser.option("--top", top_);
        options_.declare(parser);
        list_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        const TotalQuery query = options_.query(ledger);
        if (company_.empty()) {
            print_all(program, ledger, query);
            return 0;
        }
        if (!top_.empty()) throw Error(ErrorCode::misuse, "--top is for the totals of all companies");
        const TotalReport report = ledger.total_report(company_, query);
        if (list_.csv(program)) {
            print_list(program, one_company(ledger.party(company_).name, report.totals));
        } else if (program.json) {
            print(report_json(report, ledger.party(company_).name, query));
        } else {
            print_totals(report.totals, report.left_out);
            print_ways(report.rates);
        }
        return 0;
    }

  private:
    void print_list(const ProgramOptions& program, const std::vector<CompanyTotal>& totals,
                    std::string_view empty = "no round on record") const {
        List list({{"company"},
                   {"currency"},
                   {"known"},
                   {"lower"},
                   {"upper"},
                   {"rounds", CellType::number},
                   {"undisclosed", CellType::number},
                   {"untold", CellType::number}});
        const auto digits = [](const std::optional<Money>& money) {
            return money ? money->amount_string() : "";
        };
        for (const auto& [company, total] : totals) {
            list.add({company, total.currency ? std::string(total.currency->code()) : "", digits(total.known),
                      digits(total.lower), digits(total.upper), std::to_string(total.rounds),
                      std::to_string(total.undisclosed), std::to_string(total.untold)});
        }
        list.print(program, list_, empty);
    }

    // The most first, in each currency.
    void print_all(const ProgramOptions& program, const Ledger& ledger, const TotalQuery& query) const {
        const View view = ledger.view({.as_of = query.viewpoint.as_of,
                                       .known_at = query.viewpoint.known_at,
                                       .in = query.in,
                                       .rate_age = query.rate_age});
        std::vector<CompanyTotal> totals;
        std::vector<std::string> untold;
        for (CompanySummary& company : view.companies(options_.filter())) {
            if (!company.raised) {
                untold.push_back(company.name);
                continue;
            }
            for (Total& total : *company.raised) totals.push_back({company.name, std::move(total)});
        }
        sort_largest_first(totals);
        if (const auto top = count_of_option("--top", top_)) keep_first(totals, *top);
        print_list(program, totals, untold.empty() ? "no round on record" : "no total that can be told");
        say_untold(untold);
    }

    // On standard error, so that it reaches whoever reads the rows as CSV or JSON too.
    static void say_untold(const std::vector<std::string>& companies) {
        constexpr std::size_t most = 10;
        if (companies.empty()) return;
        std::cerr << "not in the list, as they cannot be told (`total COMPANY` says why):";
        for (std::size_t i = 0; i < std::min(most, companies.size()); ++i)
            std::cerr << (i == 0 ? " " : ", ") << companies[i];
        if (companies.size() > most) std::cerr << " and " << companies.size() - most << " more";
        std::cerr << '\n';
    }

    std::string company_;  // all companies where it is empty
    std::string top_;
    TotalQueryOptions options_;
    ListOptions list_;
};

}  // namespace

std::unique_ptr<Command> make_total() {
    return std::make_unique<TotalCommand>();
}
