#include "total_query_options.hpp"

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

}  // namespace

void TotalQueryOptions::declare(CommandParser& parser) {
    parser.option("--in", currency_);
    parser.option("--rate-age", rate_age_);
    parser.list("--instrument", instruments_);
    parser.flag("--exclude-funds", exclude_funds_);
    viewpoint_.declare(parser);
}

TotalQuery TotalQueryOptions::query(const Ledger& ledger) const {
    return {.viewpoint = viewpoint_.viewpoint(),
            .in = currency_of_option(currency_, ledger),
            .instruments = filter_of(instruments_),
            .exclude_funds = exclude_funds_,
            .rate_age = rate_age_of_option(rate_age_)};
}

TotalFilter TotalQueryOptions::filter() const {
    return {.instruments = filter_of(instruments_), .exclude_funds = exclude_funds_};
}

std::optional<Currency> currency_of_option(const std::string& code, const Ledger& ledger) {
    if (code.empty()) return std::nullopt;
    try {
        return ledger.currencies().get(code);
    } catch (const Error& error) {
        throw error.in_field("--in");
    }
}

date::days rate_age_of_option(const std::string& days) {
    if (days.empty()) return ExchangeRates::default_age;
    constexpr std::size_t most_digits = 5;
    if (days.size() > most_digits || days.find_first_not_of("0123456789") != std::string::npos)
        throw Error::refused(ErrorCode::bad_number, days, "days, a whole number of at most 5 digits")
            .in_field("--rate-age");
    return date::days(std::stoi(days));
}
