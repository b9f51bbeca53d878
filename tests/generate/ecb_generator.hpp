// Makes up reference rates of the European Central Bank, and writes them as its files have them. The same
// seed gives the same rates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/partial_date.hpp"
#include "random.hpp"

namespace ecb_generator {

struct Shape {
    std::size_t days = 7000;
    std::string_view last_day = "2024-12-31";
    std::uint64_t seed = 1;
};

struct Day {
    std::string day;                 // 2024-12-31
    std::vector<std::string> rates;  // one a currency, with four digits after the point; empty for none
};

constexpr std::array<std::string_view, 41> currencies{
    "USD", "JPY", "BGN", "CYP", "CZK", "DKK", "EEK", "GBP", "HUF", "LTL", "LVL", "MTL", "PLN", "ROL",
    "RON", "SEK", "SIT", "SKK", "CHF", "ISK", "NOK", "HRK", "RUB", "TRL", "TRY", "AUD", "BRL", "CAD",
    "CNY", "HKD", "IDR", "ILS", "INR", "KRW", "MXN", "MYR", "NZD", "PHP", "SGD", "THB", "ZAR"};

// The newest day first. With `gaps` a fifth of the rates are not there.
[[nodiscard]] inline std::vector<Day> days(const Shape& shape, bool gaps = true) {
    generator::Random random(shape.seed);
    std::vector<Day> result;
    auto day = postmoney::PartialDate::parse(shape.last_day).first_day();
    while (result.size() < shape.days) {
        Day made{postmoney::PartialDate::day(day).to_string(), {}};
        for (std::size_t i = 0; i < currencies.size(); ++i) {
            const std::string digits =
                std::to_string(10'000 + random.below(90'000) * (1 + random.below(200)));
            made.rates.push_back(gaps && random.one_in(5) ? ""
                                                          : digits.substr(0, digits.size() - 4) + "." +
                                                                digits.substr(digits.size() - 4));
        }
        result.push_back(std::move(made));
        day -= date::days(1 + random.below(3));
    }
    return result;
}

// `eurofxref-hist.csv`: no zeros at the end of a rate, N/A for none, a comma behind each line.
[[nodiscard]] inline std::string csv(const std::vector<Day>& days) {
    std::string text = "Date,";
    for (const std::string_view currency : currencies) text.append(currency).append(",");
    text += '\n';
    for (const Day& day : days) {
        text += day.day + ",";
        for (std::string rate : day.rates) {
            while (rate.ends_with('0')) rate.pop_back();
            if (rate.ends_with('.')) rate.pop_back();
            text += (rate.empty() ? "N/A" : rate) + ",";
        }
        text += '\n';
    }
    return text;
}

// `eurofxref-hist.xml`: all digits of a rate, nothing for none.
[[nodiscard]] inline std::string xml(const std::vector<Day>& days) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><gesmes:Envelope "
        "xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" "
        "xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\"><gesmes:subject>Reference "
        "rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central "
        "Bank</gesmes:name></gesmes:Sender>\n<Cube>";
    for (const Day& day : days) {
        text += "<Cube time=\"" + day.day + "\">";
        for (std::size_t i = 0; i < currencies.size(); ++i) {
            if (day.rates[i].empty()) continue;
            text.append("<Cube currency=\"").append(currencies[i]);
            text += "\" rate=\"" + day.rates[i] + "\"/>";
        }
        text += "</Cube>\n";
    }
    return text + "</Cube></gesmes:Envelope>\n";
}

}  // namespace ecb_generator
