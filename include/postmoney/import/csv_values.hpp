// Values in the cells of tables: amounts and dates as people write them, read exactly or refused.
//
//   AmountRules rules;
//   read_csv_amount("€8.8M", rules).amount->to_string();               // "8.8 million EUR"
//   read_csv_amount("14,342,000+", {.currency = "USD"}).amount;        // at least 14342000 USD
//   read_csv_date("22/01/2015", {{"DD/MM/YYYY"}}).to_string();         // "2015-01-22"
//
// Nothing here guesses: a cell that can be read in two ways, or in none, is refused.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

// How an amount is written in a cell.
enum class AmountStyle : std::uint8_t {
    plain,        // 1300000 or 1500.50
    thousands,    // 1,300,000
    indian,       // 13,00,000 or 1,51,09,500.00
    short_form,   // $2.3B, €8.8M, 8.8 million
    at_least,     // any of these with a plus sign behind: 14,342,000+
    undisclosed,  // N/A, undisclosed, not disclosed, unknown or a hyphen
    empty         // nothing at all
};

// Indian magnitudes, which a cell may use only when the rules name them: lakh (100,000; also lakhs, lac,
// lacs) and cr (10,000,000; also crore, crores).
enum class IndianMagnitude : std::uint8_t { lakh, crore };

// What may stand in the amount cells of a table.
struct AmountRules {
    // The styles that numbers may have; all when empty. Every style also allows a number without separators,
    // `+`, the words for undisclosed, and an empty cell.
    std::vector<AmountStyle> styles = {};
    std::vector<IndianMagnitude> magnitudes = {};
    // Signs for currencies beyond those of text/detail/currency_words.hpp ($ € £ ¥ ₹ ₩, US$ and the like), or
    // other meanings of these.
    std::map<std::string, std::string> symbols = {};
    // The currency of an amount when neither its cell nor its row names one.
    std::optional<std::string> currency = {};
};

struct CsvAmount {
    std::optional<Amount> amount;  // null for an empty cell
    AmountStyle style = AmountStyle::empty;
    // Whether both groupings write the number this way, as 13,000; `style` is then thousands.
    bool fits_indian = false;
};

// The amount in a cell. `row_currency` is the text of the row's currency column. Several currencies share
// signs such as $ and ¥. Such a sign means the row's currency if that is one of them, else the rules' default
// if that is, else USD and JPY. K, M, B and T (mn, bn and the words too)
// are thousand to trillion, as in English. Throws bad-amount, mixed-currencies for a cell and a row of two
// currencies, unknown-currency, fractional-minor-unit, overflow.
[[nodiscard]] CsvAmount read_csv_amount(std::string_view cell, const AmountRules& rules,
                                        const std::optional<Currency>& row_currency = {},
                                        const Currencies& currencies = {});

// The date in a cell. One of the formats must read it; without formats, it has a form of PartialDate. A
// format is made of YYYY, MM, M (one or two digits), MMM (Jan), MMMM (January), DD, D and separators, as in
// `DD/MM/YYYY`. A format without a day or a month gives a date of that precision. Throws bad-date, also when
// two formats read different dates.
[[nodiscard]] PartialDate read_csv_date(std::string_view cell, std::span<const std::string> formats);

// Throws bad-date for a format that read_csv_date does not know, such as one with two digits for the year.
void check_date_format(std::string_view format);

template <>
struct detail::Words<AmountStyle> {
    static constexpr std::array<std::string_view, 7> values{"plain",    "thousands",   "indian", "short",
                                                            "at-least", "undisclosed", "empty"};
};

template <>
struct detail::Words<IndianMagnitude> {
    static constexpr std::array<std::string_view, 2> values{"lakh", "cr"};
};

}  // namespace postmoney
