#include "import/csv/csv_columns.hpp"

#include <algorithm>

#include "base/csv/csv_text.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] std::string list_of(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) result.append(result.empty() ? "" : ", ").append(text);
    return result;
}

// A number in a column that counts in millions is never one that counts in ones.
void check_unit(const CsvColumn& column, const std::string& field) {
    const auto [unit, other] = unit_in_heading(column.heading);
    if (!other.empty() && column.rules.unit != AmountUnit::one) {
        throw Error(ErrorCode::bad_amount,
                    "its heading seems to count in " + detail::quoted(other) +
                        ", which no word of the map's \"units\" means: write its numbers in whole units of "
                        "the currency; {" +
                        detail::quoted(field) + ": \"one\"} says that they are so already")
            .in_field(column.heading);
    }
    if (!unit || column.rules.unit) return;
    throw Error(ErrorCode::missing_field,
                "its heading seems to count in a unit: the map's \"units\" says in which, as {" +
                    detail::quoted(field) + ": " + detail::quoted(to_string(*unit)) + "}, or \"one\"")
        .in_field(column.heading);
}

[[nodiscard]] std::string listed_codes(std::string_view codes) {
    std::string listed;
    for_each_item(codes, ' ',
                  [&](std::string_view code) { listed.append(listed.empty() ? "" : ", ").append(code); });
    return listed;
}

// A heading that names a currency says what its numbers are in, whatever stands in the row. Of those that
// share a sign or a name, as kr, the row or the map says which.
void settle_currency(CsvColumn& column, CsvFieldId field, const CsvMap& map) {
    const std::string name(row_of(field).name);
    const auto fixed = map.currencies.find(name);
    if (fixed != map.currencies.end()) column.currency = fixed->second;
    if (field == CsvFieldId::raised_usd) column.currency = "USD";
    const HeadingCurrency said = currency_in_heading(column.heading);
    if (said.may_be.empty() || column.currency) return;
    const bool has_column = map.columns.contains(std::string(row_of(currency_of(field)).name)) ||
                            map.columns.contains(std::string(row_of(CsvFieldId::currency).name));
    const auto& of_map = map.amounts.currency;
    const bool fits_map = !of_map || in_list(said.may_be, ' ', *of_map);
    if (!has_column && !of_map && !said.code.empty()) column.rules.currency = said.code;
    if (has_column) column.may_be = said.may_be;
    if (fits_map && (!has_column || said.code.empty())) return;
    const std::string codes = listed_codes(said.may_be);
    const std::string which = said.code.empty() ? "one of " + codes : said.code;
    const std::string example = said.code.empty() ? codes.substr(0, codes.find(',')) : said.code;
    throw Error(ErrorCode::mixed_currencies,
                "its heading says " + which +
                    ", and the map another currency or a column of currencies: \"currencies\" "
                    "says which, as {" +
                    detail::quoted(name) + ": " + detail::quoted(example) + "}")
        .in_field(column.heading);
}

}  // namespace

CsvColumns::CsvColumns(const std::vector<std::string>& header, const CsvMap& map)
    : header_(header), used_(header.size(), false) {
    for (const auto& [field, heading] : map.columns) {
        const auto place = place_of(heading);
        const auto& optional = map.optional;
        if (!place && std::find(optional.begin(), optional.end(), field) != optional.end()) continue;
        add(field, place ? *place : needed_place(heading, detail::quoted(field)), map);
    }
    for (const auto& [heading, cells] : map.skip) {
        const std::size_t place = needed_place(heading, "\"skip\"");
        used_[place] = true;
        skips_.push_back({place, cells});
    }
}

void CsvColumns::add(const std::string& field, std::size_t place, const CsvMap& map) {
    const std::size_t number = field_number(field);
    if (number == field_rows.size()) return;  // check_map refuses it
    used_[place] = true;
    CsvColumn column{place, header_[place], {}};
    const FieldRow& row = field_rows.at(number);
    column.rules = map.amounts;
    column.rules.zero_is_disclosed = map.zero == ZeroAmount::disclosed;
    if (has_unit(row)) {
        const auto unit = map.units.find(field);
        if (unit != map.units.end()) column.rules.unit = unit->second;
        check_unit(column, field);
    }
    if (has_currency(row)) settle_currency(column, static_cast<CsvFieldId>(number), map);
    columns_.at(number) = std::move(column);
}

std::size_t CsvColumns::needed_place(const std::string& heading, const std::string& user) const {
    if (const auto place = place_of(heading)) return *place;
    throw Error(ErrorCode::missing_field,
                "no such column, though the map has it for " + user + "; the header has " + list_of(header_))
        .in_field(heading);
}

// Finds exactly this heading, else the only one that differs from it just in case, spaces and punctuation.
std::optional<std::size_t> CsvColumns::place_of(const std::string& heading) const {
    const auto find = [&](const auto& same) -> std::optional<std::size_t> {
        const auto first = std::find_if(header_.begin(), header_.end(), same);
        if (first == header_.end()) return std::nullopt;
        if (std::find_if(first + 1, header_.end(), same) != header_.end()) {
            throw Error(ErrorCode::duplicate_field, "two columns have this heading, expected one")
                .in_field(heading);
        }
        return static_cast<std::size_t>(first - header_.begin());
    };
    if (const auto exact = find([&](const std::string& other) { return other == heading; })) return exact;
    const std::string key = heading_key(heading);
    if (key.empty()) return std::nullopt;
    return find([&](const std::string& other) { return heading_key(other) == key; });
}

std::string CsvColumns::heading_of(std::string_view field) const {
    const std::size_t number = field_number(field);
    if (number == field_rows.size() || !columns_.at(number)) return std::string(field);
    return columns_.at(number)->heading;
}

std::vector<std::string> CsvColumns::unused() const {
    std::vector<std::string> headings;
    for (std::size_t i = 0; i < header_.size(); ++i)
        if (!used_[i]) headings.push_back(header_[i]);
    return headings;
}

}  // namespace postmoney::detail
