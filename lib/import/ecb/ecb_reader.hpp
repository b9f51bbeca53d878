// Reads the files in which the European Central Bank publishes its reference rates, CSV or XML, a day or all
// days since 1999, into the same values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney::detail {

// One euro costs that much of the currency: above 0, without zeros at its end, as the CSV writes `395.1` for
// the XML's `395.10`.
struct EcbRate {
    Currency currency;
    Decimal rate;
};

struct EcbDay {
    PartialDate day;  // a day
    std::uint64_t line = 0;
    std::vector<EcbRate> rates;  // each currency once; without those that have no rate on that day
};

struct EcbFile {
    std::vector<EcbDay> days;          // as they come; each once, and at least one
    std::vector<Currency> currencies;  // that it names, also without a rate; each once
};

// Reads a whole file: XML when it begins with `<`, else CSV. `file` is its name, for errors. Throws, with
// line and field, bad-text and bad-xml for a file of another kind, missing-field for a row with fewer or more
// cells than the header, duplicate-field for a currency or a day that is there twice, unknown-currency,
// bad-date, bad-number and out-of-range for a rate that is none.
[[nodiscard]] EcbFile read_ecb_file(std::string text, std::string_view file, const Currencies& currencies);

}  // namespace postmoney::detail
