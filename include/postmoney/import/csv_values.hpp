// Values in the cells of tables: amounts and dates as people write them, read exactly or refused.
//
//   AmountRules rules;
//   read_csv_amount("€8.8M", rules).amount->to_string();               // "8.8 million EUR"
//   read_csv_amount("14,342,000+", {.currency = "USD"}).amount;        // at least 14342000 USD
//   read_csv_amount("1.500.000,00 €", rules).amount;                   // 1500000.00 EUR
//   read_csv_date("22/01/2015", {{"DD/MM/YYYY"}}).to_string();         // "2015-01-22"
//
// The words of amounts are those of text/. Nothing here guesses: a cell that can be read in two ways, or in
// none, is refused, and the refusal names the rule that settles it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/text/language.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

// How an amount is written in a cell.
enum class AmountStyle : std::uint8_t {
    plain,        // 1300000 or 1500.50
    thousands,    // 1,300,000 or 1.300.000,00 or 1 300 000
    indian,       // 13,00,000 or 1,51,09,500.00
    short_form,   // $2.3B, €8.8M, 8.8 million
    at_least,     // any of these with a plus sign behind: 14,342,000+
    range,        // two of these: 5-7m, between 5 and 7 million
    bound,        // with another bound: >$8M, up to 3M
    zero,         // 0, where the rules do not say that it is an amount
    undisclosed,  // N/A, undisclosed, not disclosed, confidential, a dash and the like
    empty         // nothing at all, or what programs write for that: null, None, NaN
};

// What a number without a magnitude counts in.
enum class AmountUnit : std::uint8_t { one, thousand, million, billion, trillion, lakh, crore };

// Magnitudes, which a cell may use only when the rules name them: lakh (100,000; also lakhs, lac,
// lacs) and cr (10,000,000; also crore, crores).
enum class IndianMagnitude : std::uint8_t { lakh, crore };

// What separates the digits of a number in groups. A space is any of those that people write, such as a
// no-break one.
enum class DigitGrouping : std::uint8_t { comma, point, space, apostrophe, indian };

// What may stand in the amount cells of a table.
struct AmountRules {
    // The styles that numbers may have; all when empty. Every style also allows a number without separators,
    // `+`, the words for undisclosed, and an empty cell.
    std::vector<AmountStyle> styles = {};
    std::vector<IndianMagnitude> magnitudes = {};
    // Signs for currencies beyond those of text/detail/currency_words.hpp ($ € £ ₹ ₩, US$ and the like), or
    // other meanings of these.
    std::map<std::string, std::string> symbols = {};
    // The currency of an amount when neither its cell nor its row names one.
    std::optional<std::string> currency = {};
    // The mark before the decimals. Without it, and without a grouping that tells it, a number is refused
    // that has a lone separator before exactly three digits: 1,250 or 25.000.
    std::optional<DecimalMark> decimal = {};
    // The only grouping that numbers may have.
    std::optional<DigitGrouping> grouping = {};
    // The language of words and magnitudes; without it, all that read a cell have to agree.
    std::optional<Language> language = {};
    // What numbers count in. A cell with a magnitude of its own is then refused.
    std::optional<AmountUnit> unit = {};
    // Whether 0 is an amount; else it is undisclosed.
    bool zero_is_disclosed = false;
};

struct CsvAmount {
    std::optional<Amount> amount;  // null for an empty cell
    AmountStyle style = AmountStyle::empty;
    // Whether both groupings write the number this way, as 13,000; `style` is then thousands.
    bool fits_indian = false;
};

// The amount in a cell. `row_currency` is the text of the row's currency column. Several currencies share
// signs such as $ and names such as kr. Such a sign means the row's currency if that is one of them, else the
// rules' default if that is. $ is else USD; others are refused. Throws bad-amount, mixed-currencies for a
// cell and a row of two currencies, unknown-currency, fractional-minor-unit, overflow, bad-text for invalid
// UTF-8.
[[nodiscard]] POSTMONEY_EXPORT CsvAmount read_csv_amount(std::string_view cell, const AmountRules& rules,
                                                         const std::optional<Currency>& row_currency = {},
                                                         const Currencies& currencies = {});

// The date in a cell. One of the formats must read it; without formats, it has a form of PartialDate. A
// format is made of YYYY, YY, MM, M (one or two digits), MMM and MMMM (Jan, January, in English, Italian,
// German, French, Spanish or Portuguese), DD, D and separators, as in `DD/MM/YYYY`. A format without a day or
// a month gives a date of that precision. YY is 1900 + YY from `century_turn` on, else 2000 + YY. The formats
// `spreadsheet-days` and `spreadsheet-days-1904` read the day numbers of spreadsheets. A time of day behind a
// date is dropped, whatever its zone: the day is the one that is written. Whatever the formats, these are
// read: a month's name with a day and a year of four digits, `March 2021`, `Q3 2021`, `2021.0`, and `H1
// 2021`, as its year. Throws bad-date, also when two formats read different dates.
[[nodiscard]] POSTMONEY_EXPORT PartialDate read_csv_date(std::string_view cell,
                                                         std::span<const std::string> formats,
                                                         std::optional<int> century_turn = {});

// Throws bad-date for a format that read_csv_date does not know, and for one with YY when there is no
// century_turn.
POSTMONEY_EXPORT void check_date_format(std::string_view format, std::optional<int> century_turn = {});

template <>
struct detail::Words<AmountStyle> {
    static constexpr std::array<std::string_view, 10> values{"plain",       "thousands", "indian", "short",
                                                             "at-least",    "range",     "bound",  "zero",
                                                             "undisclosed", "empty"};
};

template <>
struct detail::Words<AmountUnit> {
    static constexpr std::array<std::string_view, 7> values{"one",      "thousand", "million", "billion",
                                                            "trillion", "lakh",     "crore"};
};

template <>
struct detail::Words<IndianMagnitude> {
    static constexpr std::array<std::string_view, 2> values{"lakh", "cr"};
};

template <>
struct detail::Words<DigitGrouping> {
    static constexpr std::array<std::string_view, 5> values{",", ".", " ", "'", "indian"};
};

}  // namespace POSTMONEY_NAMESPACE
