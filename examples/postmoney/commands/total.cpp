#include "command.hpp"
#include "open_ledger.hpp"
#include "totals.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] InstrumentFilter filter_of(const std::vector<std::string>& words) {
    if (words.empty()) return {};
    std::vector<Instrument> instruments;
    for (const std::string& word : words) {
        if (word == "all") return InstrumentFilter::all();
        try {
            instruments.push_back(detail::from_word<Instrument>(word));
        } catch (const Error& error) {
            throw error.in_field("--instrument");
        }
    }
    return InstrumentFilter::only(instruments);
}

[[nodiscard]] std::optional<Currency> currency_of(const std::string& code, const Ledger& ledger) {
    if (code.empty()) return std::nullopt;
    try {
        return ledger.currencies().get(code);
    } catch (const Error& error) {
        throw error.in_field("--in");
    }
}

// How many days old a rate may be.
[[nodiscard]] date::days rate_age_of(const std::string& days) {
    if (days.empty()) return ExchangeRates::default_age;
    constexpr std::size_t most_digits = 5;
    if (days.size() > most_digits || days.find_first_not_of("0123456789") != std::string::npos)
        throw Error::refused(ErrorCode::bad_number, days, "days, a whole number of at most 5 digits")
            .in_field("--rate-age");
    return date::days(std::stoi(days));
}

// One total is an object, several are an array; none is an object of 0 without a currency. Each has all that
// is left out.
[[nodiscard]] Json totals_json(const std::vector<Total>& totals, const std::vector<LeftOut>& left_out,
                               const std::string& company, const Viewpoint& viewpoint) {
    Json array = Json::array();
    for (const Total& total : totals) array.push_back(json_of(total, company, viewpoint));
    if (totals.empty()) {
        array.push_back(json_of(Total{}, company, viewpoint));
        array.back()["upper"] = "0";
    }
    for (Json& total : array) total["left_out"] = json_of(left_out);
    return array.size() == 1 ? array.front() : array;
}

class TotalCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        parser.option("--in", currency_);
        parser.option("--rate-age", rate_age_);
        parser.list("--instrument", instruments_);
        parser.flag("--exclude-funds", exclude_funds_);
        viewpoint_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const Ledger ledger = open_to_read(program);
        TotalQuery query;
        query.viewpoint = viewpoint_.viewpoint();
        query.instruments = filter_of(instruments_);
        query.exclude_funds = exclude_funds_;
        query.in = currency_of(currency_, ledger);
        query.rate_age = rate_age_of(rate_age_);
        const auto totals = ledger.total_raised(company_, query);
        const auto left_out = ledger.left_out(company_, query);
        if (program.json) {
            print(totals_json(totals, left_out, ledger.party(company_).name, query.viewpoint));
        } else {
            print_totals(totals, left_out);
        }
        return 0;
    }

  private:
    std::string company_;
    std::string currency_;
    std::string rate_age_;
    std::vector<std::string> instruments_;
    bool exclude_funds_ = false;
    ViewpointOptions viewpoint_;
};

}  // namespace

std::unique_ptr<Command> make_total() {
    return std::make_unique<TotalCommand>();
}
