// The fields that the columns of a table can hold: the one list of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/import/csv_map.hpp"

namespace postmoney::detail {

// clang-format off
// field, what its cells are, need in rounds, investments and companies, what it says
#define POSTMONEY_CSV_FIELDS(field)                                                                        \
    field(company, text, needed, needed, none, "the company")                                              \
    field(round, text, may, may, none, "a handle for the round, unique in a ledger")                       \
    field(name, text, may, may, needed, "the round's name, such as Series A; of companies, theirs")        \
    field(stage, text, may, may, none, "its stage")                                                        \
    field(status, word, may, may, none, "a word of FACTS.md, or one for it such as `Completed`")           \
    field(instrument, word, may, may, none, "a word of FACTS.md, or one for it such as `Common Stock`")    \
    field(announced, date, may, may, none, "a day, month, quarter or year")                                \
    field(closed, date, may, may, none, "the same")                                                        \
    field(first_sale, date, may, may, none, "the same")                                                    \
    field(filed, date, may, may, none, "the same")                                                         \
    field(raised, amount, may, may, none, "what the round raised in all")                                  \
    field(raised_usd, amount, may, may, none, "the same in US dollars, as the source converted it")        \
    field(currency, code, may, may, may, "of the row's amounts")                                           \
    field(investor, names, may, needed, none, "one investor, or in rounds several")                        \
    field(lead, names, may, may, none, "who led; in investments, yes or no for the row's investor")        \
    field(amount, amount, none, may, none, "what the row's investor paid")                                 \
    field(investors, count, may, may, none, "how many invested")                                           \
    field(pre_money, amount, may, may, none, "the company's value before the new money")                   \
    field(pre_money_currency, code, may, may, none, "of that")                                             \
    field(post_money, amount, may, may, none, "its value with it")                                         \
    field(post_money_currency, code, may, may, none, "of that")                                            \
    field(valuation, amount, may, may, may, "its value, when the source does not say which")               \
    field(valuation_currency, code, may, may, may, "of that")                                              \
    field(price_per_share, price, may, may, none, "of the new shares")                                     \
    field(shares, shares, may, may, none, "new shares; in investments, those of the row's investor")       \
    field(total_raised, amount, may, may, may, "all that the company raised to date, as the source says")  \
    field(total_currency, code, may, may, may, "of that")                                                  \
    field(as_of, date, may, may, may, "the day of the total, and of a company's value; else the source's") \
    field(type, word, none, none, may, "a word of FACTS.md")                                               \
    field(aliases, names, none, none, may, "other names")                                                  \
    field(country, text, none, none, may, "two letters")                                                   \
    field(founded, date, none, none, may, "a day, month, quarter or year")                                 \
    field(market, text, none, none, may, "the market that it is in")                                       \
    field(source_id, text, may, may, may, "the row's own source; else its URL is its id")                  \
    field(source_url, text, may, may, may, "where it is")                                                  \
    field(source_date, date, may, may, may, "when it was published")                                       \
    field(source_type, word, may, may, may, "a word of FACTS.md")                                          \
    field(source_publisher, text, may, may, may, "who published it")
// clang-format on

enum class CsvFieldId : std::uint8_t {
#define POSTMONEY_NAME(name, kind, in_rounds, in_investments, in_companies, says) name,
    POSTMONEY_CSV_FIELDS(POSTMONEY_NAME)
#undef POSTMONEY_NAME
};

enum class CellKind : std::uint8_t { text, word, date, amount, code, names, count, price, shares };

enum class FieldNeed : std::uint8_t { none, may, needed };

struct FieldRow {
    std::string_view name;
    CellKind kind;
    std::array<FieldNeed, 3> needs;  // by CsvTable
    std::string_view says;
};

inline constexpr auto field_rows = std::to_array<FieldRow>({
#define POSTMONEY_ROW(name, kind, in_rounds, in_investments, in_companies, says) \
    {#name, CellKind::kind, {FieldNeed::in_rounds, FieldNeed::in_investments, FieldNeed::in_companies}, says},
    POSTMONEY_CSV_FIELDS(POSTMONEY_ROW)
#undef POSTMONEY_ROW
});

[[nodiscard]] constexpr const FieldRow& row_of(CsvFieldId field) {
    return field_rows[static_cast<std::size_t>(field)];
}

// Whether the cells of a field are numbers that can count in millions, and whether they have a currency.
[[nodiscard]] constexpr bool has_currency(const FieldRow& row) {
    return row.kind == CellKind::amount || row.kind == CellKind::price;
}
[[nodiscard]] constexpr bool has_unit(const FieldRow& row) {
    return has_currency(row) || row.kind == CellKind::shares;
}

// The name of a field, as maps have it.
[[nodiscard]] inline std::string field_name(CsvFieldId field) {
    return std::string(row_of(field).name);
}

// The number of the field with this name; as many as there are fields when none has it.
[[nodiscard]] constexpr std::size_t field_number(std::string_view name) {
    std::size_t i = 0;
    while (i < field_rows.size() && field_rows[i].name != name) ++i;
    return i;
}

// The field that has the currency of an amount's column, besides the row's.
[[nodiscard]] constexpr CsvFieldId currency_of(CsvFieldId amount) {
    switch (amount) {
        case CsvFieldId::pre_money:
            return CsvFieldId::pre_money_currency;
        case CsvFieldId::post_money:
            return CsvFieldId::post_money_currency;
        case CsvFieldId::valuation:
            return CsvFieldId::valuation_currency;
        case CsvFieldId::total_raised:
            return CsvFieldId::total_currency;
        default:
            return CsvFieldId::currency;
    }
}

// What a heading says its numbers count in: million for "Amount (CHF m)".
struct HeadingUnit {
    std::optional<AmountUnit> unit;  // null when it says none
    // What counts in anything else than one of these, as the heading has it: pence, hundreds, 10,000. `unit`
    // is then null.
    std::string other;
};
[[nodiscard]] HeadingUnit unit_in_heading(std::string_view heading);

// The currency that a heading says its numbers are in, by a code, a sign or a name in any language.
struct HeadingCurrency {
    std::string code;    // the one that is meant, USD for `$`; empty when it says none or can mean several
    std::string may_be;  // the codes of all that it can mean, with spaces between; empty when it says none
};
[[nodiscard]] HeadingCurrency currency_in_heading(std::string_view heading);

// A heading's words, folded and joined, by which headings are compared: with `stem` without what names a unit
// or a currency, so that "Amount (CHF m)" is "amount".
[[nodiscard]] std::string heading_words(std::string_view heading, bool stem);

}  // namespace postmoney::detail
