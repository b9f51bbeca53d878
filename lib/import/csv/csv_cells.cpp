#include "import/csv/csv_cells.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "import/csv/csv_amount.hpp"
#include "import/csv/csv_encoding.hpp"
#include "import/csv/csv_words.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/fact/party.hpp"
#include "postmoney/fact/round_statement.hpp"
#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/currency_words.hpp"
#include "postmoney/value/detail/hundredth.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

namespace {

constexpr std::string_view number_unit = "COUNT";

template <class Read>
auto reading(CsvFieldId field, Read read) {
    try {
        return read();
    } catch (const Error& error) {
        throw error.in_field(row_of(field).name);
    }
}

// Whether the text behind a number is a magnitude, as in 1.2k.
[[nodiscard]] bool has_magnitude(std::string_view text) {
    return std::any_of(magnitude_rows.begin(), magnitude_rows.end(),
                       [&](const MagnitudeRow& row) { return in_list(row.words, '|', folded(text)); });
}

// Whether the numbers of a field are whole ones, unless their column shows otherwise.
[[nodiscard]] bool is_whole(const CsvColumn& column, CsvFieldId field) {
    const CellKind kind = row_of(field).kind;
    return kind == CellKind::count || (kind == CellKind::shares && !column.rules.unit);
}

// A name with one space for each gap. Throws bad-text for a formula, which spreadsheets show the result of.
[[nodiscard]] std::string name_in(std::string_view cell) {
    if (cell.size() > 1 && cell.front() == '=' && cell.find('(') != std::string_view::npos)
        throw Error::refused(ErrorCode::bad_text, cell,
                             "a name, not a formula: save what the sheet shows as CSV");
    std::string name;
    bool gap = false;
    for (std::string_view rest = trimmed(cell); !rest.empty();) {
        const CodePoint point = first_code_point(rest);
        if (point.valid && is_text_space(point.value)) {
            gap = true;
        } else {
            if (gap) name += ' ';
            gap = false;
            name += rest.substr(0, point.bytes);
        }
        rest.remove_prefix(point.bytes);
    }
    return name;
}

}  // namespace

CsvCells::CsvCells(const CsvMap& map, CsvColumns& columns, const Currencies& currencies,
                   NameOnRecord on_record, ReadMarks read_marks)
    : map_(&map),
      columns_(&columns),
      currencies_(&currencies),
      on_record_(std::move(on_record)),
      read_marks_(std::move(read_marks)) {
    // Whatever else parts names, a line does.
    separators_ = map.separator;
    for (const std::string line : {"\r\n", "\n", "\r"}) separators_.push_back(line);
    number_units_.add(Currency::user_defined(number_unit, 8));
    for (std::size_t i = 0; i < field_rows.size(); ++i) {
        const auto words = map.words.find(std::string(field_rows.at(i).name));
        if (words != map.words.end()) words_.at(i) = &words->second;
    }
}

std::string CsvCells::cell_at(std::size_t place) const {
    const CsvEncoding encoding = is_utf8_ ? CsvEncoding::utf8 : map_->encoding;
    std::string cell = decode(row_->cells[place], encoding);
    const std::string_view text = trimmed(cell);
    return text.size() == cell.size() ? std::move(cell) : std::string(text);
}

std::string CsvCells::raw(CsvFieldId field) const {
    const CsvColumn* column = columns_->find(field);
    if (column == nullptr) return {};
    const CellKind kind = row_of(field).kind;
    const bool has_words = kind == CellKind::text || kind == CellKind::word || kind == CellKind::names;
    return reading(field, [&] {
        std::string cell = cell_at(column->place);
        if (!has_words) return cell;
        const std::string visible = visible_text(std::move(cell));
        return std::string(trimmed(visible));
    });
}

bool CsvCells::is_translated(CsvFieldId field) const {
    const auto* words = words_[static_cast<std::size_t>(field)];
    return words != nullptr && words->contains(raw(field));
}

std::string CsvCells::text(CsvFieldId field) const {
    std::string cell = raw(field);
    const auto* words = words_[static_cast<std::size_t>(field)];
    if (words == nullptr) return cell;
    const auto word = words->find(cell);
    return word == words->end() ? cell : word->second;
}

std::string CsvCells::blankless(CsvFieldId field) const {
    std::string cell = text(field);
    return says_blank(cell, map_->blank) ? std::string() : cell;
}

std::optional<std::string> CsvCells::optional_text(CsvFieldId field) const {
    std::string cell = blankless(field);
    return cell.empty() ? std::nullopt : std::optional(std::move(cell));
}

std::string CsvCells::required_name(CsvFieldId field) const {
    const std::string cell = text(field);
    if (says_blank(cell, map_->blank))
        throw Error::refused(ErrorCode::missing_field, cell, "a name").in_field(row_of(field).name);
    if (is_sum(cell) && !is_translated(field)) {
        throw Error::refused(
            ErrorCode::missing_field, cell,
            "a name, not the sum of rows: the map's \"skip\" leaves such rows out; if it is a "
            "name, \"words\" says so, as {" +
                detail::quoted(row_of(field).name) + ": {" + detail::quoted(cell) + ": " +
                detail::quoted(cell) + "}}")
            .in_field(row_of(field).name);
    }
    return reading(field, [&] { return name_in(cell); });
}

ListedNames CsvCells::names(CsvFieldId field) const {
    const std::string cell = text(field);
    ListedNames listed;
    if (cell.empty()) return listed;
    const bool are_investors = field == CsvFieldId::investor || field == CsvFieldId::lead;
    const auto add_other = [&](const std::string& text) {
        listed.placeholders.append(listed.placeholders.empty() ? "" : ", ").append(text);
    };
    const auto add = [&](std::string name, bool led) {
        if (led) listed.leads.push_back(name);
        if (std::find(listed.names.begin(), listed.names.end(), name) == listed.names.end())
            listed.names.push_back(std::move(name));
    };
    bool is_first = true;
    for (const std::string& piece : split_names(cell, separators_, on_record_)) {
        if (says_blank(piece, map_->blank)) continue;
        const std::string name = reading(field, [&] { return name_in(piece); });
        if (is_placeholder(name, map_->not_investors)) {
            add_other(name);
        } else if (!are_investors) {
            add(name, false);
        } else {
            for (const std::string& participant : participants_in(name, is_first)) {
                auto [one, others] = without_others(participant, map_->not_investors);
                NamedInvestor investor = investor_in(field, one);
                if (is_placeholder(investor.name, map_->not_investors)) {
                    add_other(investor.name);
                } else {
                    add(std::move(investor.name), investor.led);
                }
                if (!others.empty()) add_other(others);
            }
        }
        is_first = false;
    }
    return listed;
}

NamedInvestor CsvCells::investor() const {
    const std::string cell = text(CsvFieldId::investor);
    if (cell.find_first_of("\r\n") != std::string::npos) {
        throw Error::refused(ErrorCode::bad_text, cell,
                             "one investor, as a row is one's part, and a line stands between two names")
            .in_field(row_of(CsvFieldId::investor).name);
    }
    return investor_in(CsvFieldId::investor, required_name(CsvFieldId::investor));
}

NamedInvestor CsvCells::investor_in(CsvFieldId field, std::string_view name) const {
    NamedInvestor investor = without_lead(name);
    const bool is_number = is_only_number(investor.name);
    if (is_translated(field) || (!is_number && !has_figure_behind(investor.name))) return investor;
    throw Error::refused(
        ErrorCode::bad_text, name,
        (is_number ? "a name, not a number: a column of how many invested stands under \"investors\""
                   : std::string("a name without a figure: what each paid is a row of its own, of a table of "
                                 "investments")) +
            "; if it is a name, \"words\" says so, as {" + detail::quoted(row_of(field).name) + ": {" +
            detail::quoted(raw(field)) + ": " + detail::quoted(raw(field)) + "}}")
        .in_field(row_of(field).name);
}

std::optional<PartialDate> CsvCells::date(CsvFieldId field) const {
    const std::string cell = blankless(field);
    if (cell.empty()) return std::nullopt;
    return reading(field, [&] { return read_csv_date(cell, map_->date_formats, map_->century_turn); });
}

std::optional<Decimal> CsvCells::number(CsvFieldId field) {
    const std::string cell = blankless(field);
    if (cell.empty()) return std::nullopt;
    return reading(field, [&] { return std::optional(number_in(field, cell)); });
}

Decimal CsvCells::number_in(CsvFieldId field, std::string_view cell) {
    CsvColumn& column = *columns_->find(field);
    Styles& styles = styles_[static_cast<std::size_t>(field)];
    settle_mark(column, styles, cell);
    AmountRules rules = column.rules;
    rules.currency = number_unit;
    rules.styles.clear();
    rules.zero_is_disclosed = true;
    const bool is_known = styles.read || row_of(field).kind == CellKind::count;
    if (is_known && is_whole(column, field) && shown_mark(cell, rules).mark == ShownMark::ambiguous)
        rules.decimal = cell.find(',') != std::string_view::npos ? DecimalMark::point : DecimalMark::comma;
    const CsvAmount amount = read_csv_amount(cell, rules, {}, number_units_);
    const bool is_number = amount.amount && amount.amount->qualifier() == Qualifier::exact &&
                           amount.amount->currency()->code() == number_unit;
    if (!is_number) throw Error::refused(ErrorCode::bad_amount, cell, "a number");
    return amount.amount->quantity().number().value();
}

// A price may have more decimals than its currency, so that its number is read apart from its sign or code.
std::optional<WrittenPrice> CsvCells::price(CsvFieldId field) {
    const std::string cell = blankless(field);
    if (cell.empty()) return std::nullopt;
    return reading(field, [&] {
        std::optional<Currency> currency = currency_of_column(field);
        const auto& of_column = columns_->find(field)->rules.currency;
        const std::size_t first = cell.find_first_of("0123456789");
        const std::size_t end = first == std::string::npos ? 0 : cell.find_last_of("0123456789") + 1;
        const std::string before(trimmed(std::string_view(cell).substr(0, std::min(first, cell.size()))));
        const std::string behind(trimmed(std::string_view(cell).substr(end)));
        const bool has_sign = first != std::string::npos && before.empty() != behind.empty();
        if (!has_sign || has_magnitude(behind)) {
            if (!currency && of_column) currency = currencies_->get(*of_column);
            return std::optional(WrittenPrice{number_in(field, cell), currency});
        }
        currency = currency_beside(field, cell, before + behind, currency);
        return std::optional(
            WrittenPrice{number_in(field, std::string_view(cell).substr(first, end - first)), currency});
    });
}

// The currency that the text beside a price names: the row's, or its own where the row names none.
Currency CsvCells::currency_beside(CsvFieldId field, std::string_view cell, const std::string& text,
                                   const std::optional<Currency>& row) const {
    AmountRules rules = columns_->find(field)->rules;
    rules.styles.clear();
    rules.unit = {};
    try {
        const CsvAmount one = read_csv_amount("1 " + text, rules, row, *currencies_);
        const bool is_one = one.amount && one.amount->disclosed() &&
                            one.amount->qualifier() == Qualifier::exact &&
                            one.amount->quantity().number().value() == Decimal(1);
        if (is_one) return *one.amount->currency();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::mixed_currencies)
            throw Error::refused(error.code(), cell,
                                 "a price in " + std::string(row->code()) + ", the currency of its row");
    }
    throw Error::refused(ErrorCode::bad_amount, cell,
                         expected_currency(text, "a price such as 2.50, $2.50 or 2.50 EUR"));
}

std::optional<std::int64_t> CsvCells::count(CsvFieldId field) {
    const std::optional<Decimal> found = number(field);
    if (!found) return std::nullopt;
    const std::string digits = found->normalized().to_string();
    constexpr std::size_t most = 9;
    if (digits.size() > most || digits.find_first_not_of("0123456789") != std::string::npos) {
        throw Error::refused(ErrorCode::bad_text, raw(field), "a whole number").in_field(row_of(field).name);
    }
    return std::stoll(digits);
}

std::optional<Currency> CsvCells::currency(CsvFieldId field) const {
    const std::string cell = blankless(field);
    if (cell.empty()) return std::nullopt;
    return reading(field, [&] { return std::optional(named_currency(cell)); });
}

// A code, also behind a name as in `US Dollars (USD)`, or a sign or a name as amounts have them.
Currency CsvCells::named_currency(const std::string& cell) const {
    std::string code = is_hundredth(cell) ? cell : in_capitals(cell);
    if (const auto known = currencies_->find(code)) return *known;
    const std::size_t open = cell.rfind('(');
    if (open != std::string::npos && cell.back() == ')') {
        code = cell.substr(open + 1, cell.size() - open - 2);
        if (const auto known = currencies_->find(code)) return *known;
    }
    AmountRules rules = map_->amounts;
    rules.styles.clear();
    // First without the map's currency, which it would take for what says none; then with it, for signs that
    // several currencies share.
    for (const bool with_default : {false, true}) {
        if (!with_default) rules.currency.reset();
        if (with_default) rules.currency = map_->amounts.currency;
        try {
            const CsvAmount one = read_csv_amount("1 " + cell, rules, {}, *currencies_);
            const bool is_one = one.amount && one.amount->disclosed() &&
                                one.amount->qualifier() == Qualifier::exact &&
                                one.amount->quantity().number().value() == Decimal(1);
            if (!is_one) break;
            if (with_default || !map_->amounts.currency) return *one.amount->currency();
        } catch (const Error&) {
            break;
        }
    }
    throw Error::refused(
        ErrorCode::unknown_currency, cell,
        expected_currency(code,
                          "a code of ISO 4217 or of the ledger, or the sign or name of one currency; the "
                          "map's \"words\" translates others"));
}

std::optional<Currency> CsvCells::currency_of_column(CsvFieldId field) const {
    const CsvColumn* column = columns_->find(field);
    if (column != nullptr && column->currency) return currencies_->get(*column->currency);
    const auto row = has(currency_of(field)) ? currency(currency_of(field)) : currency(CsvFieldId::currency);
    if (row && column != nullptr && !column->may_be.empty() && !in_list(column->may_be, ' ', row->code())) {
        throw Error::refused(ErrorCode::mixed_currencies, row->code(),
                             "a currency that the heading " + detail::quoted(column->heading) +
                                 " can mean; the map's \"currencies\" says another, as {" +
                                 detail::quoted(row_of(field).name) + ": " + detail::quoted(row->code()) +
                                 "}")
            .in_field(row_of(field).name);
    }
    return row;
}

std::optional<bool> CsvCells::yes(CsvFieldId field) const {
    return yes_or_no(text(field));
}

template <class Enum>
std::optional<Enum> CsvCells::word(CsvFieldId field) const {
    const std::string cell = blankless(field);
    if (cell.empty()) return std::nullopt;
    if (const auto found = word_of_cell<Enum>(cell)) return found;
    throw Error::refused(ErrorCode::bad_word, cell,
                         list_words<Enum>() + "; the map's \"words\" translates others")
        .in_field(row_of(field).name);
}
template std::optional<Instrument> CsvCells::word<Instrument>(CsvFieldId) const;
template std::optional<RoundStatus> CsvCells::word<RoundStatus>(CsvFieldId) const;
template std::optional<PartyType> CsvCells::word<PartyType>(CsvFieldId) const;
template std::optional<SourceType> CsvCells::word<SourceType>(CsvFieldId) const;

bool CsvCells::is_skipped() const {
    return std::any_of(columns_->skips().begin(), columns_->skips().end(), [&](const CsvSkip& skip) {
        if (skip.place >= row_->cells.size()) return false;
        std::string cell;
        try {
            cell = cell_at(skip.place);
        } catch (const Error&) {
            return false;  // refused where it is read
        }
        return std::find(skip.cells.begin(), skip.cells.end(), cell) != skip.cells.end();
    });
}

//--- Amounts

void ColumnMarks::add(std::string_view cell, const AmountRules& rules) {
    const ShownMark shown = shown_mark(cell, rules).mark;
    point = point || shown == ShownMark::point;
    comma = comma || shown == ShownMark::comma;
}

WrittenAmount CsvCells::amount(CsvFieldId field) {
    CsvColumn* column = columns_->find(field);
    if (column == nullptr) return {};
    std::string cell = text(field);
    Styles& styles = styles_[static_cast<std::size_t>(field)];
    if (says_blank(cell, map_->blank)) {
        const bool is_empty = says_null(cell);
        ++styles.counts[static_cast<std::size_t>(is_empty ? AmountStyle::empty : AmountStyle::undisclosed)];
        if (is_empty) return {};
        return {Amount::undisclosed(), std::move(cell)};
    }
    return reading(field, [&]() -> WrittenAmount {
        settle_mark(*column, styles, cell);
        CsvAmount found = read_csv_amount(cell, column->rules, currency_of_column(field), *currencies_);
        ++styles.counts[static_cast<std::size_t>(found.style)];
        if (found.fits_indian && found.style == AmountStyle::thousands) ++styles.fits_indian;
        if (!found.amount) return {};
        refuse_small(field, column->rules, *found.amount, cell);
        return {std::move(found.amount), std::move(cell)};
    });
}

// No round raises a few units of money, and no company is worth that: the column counts in more.
void CsvCells::refuse_small(CsvFieldId field, const AmountRules& rules, const Amount& amount,
                            std::string_view cell) const {
    constexpr int least = 1000;
    if (field == CsvFieldId::amount || rules.unit || !amount.disclosed()) return;
    const Decimal known = amount.quantity().bounds().known;
    if (known.sign() == 0 || known >= Decimal(least) || !Currency::find_iso(amount.currency()->code()))
        return;
    throw Error::refused(ErrorCode::bad_amount, cell,
                         "an amount of 1000 or more, unless the map's \"units\" says what the column counts "
                         "in, as {" +
                             detail::quoted(row_of(field).name) + ": \"million\"} or \"one\"");
}

// Lets the other cells of the column say what a lone separator is.
void CsvCells::settle_mark(CsvColumn& column, Styles& styles, std::string_view cell) {
    AmountRules& rules = column.rules;
    if (rules.decimal || rules.grouping || is_plain_number(cell, rules)) return;
    const MarkEvidence shown = shown_mark(cell, rules);
    if (shown.mark != ShownMark::ambiguous && !shown.by_lone_comma) return;
    if (!styles.settled) {
        styles.settled = true;
        if (const auto marks = read_marks_ ? read_marks_(column) : std::nullopt) {
            styles.read = true;
            styles.mixed = marks->point && marks->comma;
            if (marks->point != marks->comma)
                rules.decimal = marks->point ? DecimalMark::point : DecimalMark::comma;
        }
    }
    if (!styles.mixed) return;
    throw Error::refused(
        ErrorCode::bad_amount, cell,
        "one mark before the decimals, but cells of the column have either: the map's \"decimal\" "
        "says which");
}

std::int64_t CsvCells::zeros() const {
    std::int64_t count = 0;
    for (const Styles& styles : styles_) count += styles.counts[static_cast<std::size_t>(AmountStyle::zero)];
    return count;
}

// A number that both groupings write alike, as 13,000, counts for the style of the rest of its column.
std::map<std::string, std::map<std::string, std::int64_t>> CsvCells::amount_styles() const {
    std::map<std::string, std::map<std::string, std::int64_t>> result;
    for (std::size_t i = 0; i < field_rows.size(); ++i) {
        const CsvColumn* column = columns_->find(static_cast<CsvFieldId>(i));
        if (column == nullptr || field_rows.at(i).kind != CellKind::amount) continue;
        auto counts = styles_.at(i).counts;
        auto& indian = counts[static_cast<std::size_t>(AmountStyle::indian)];
        auto& thousands = counts[static_cast<std::size_t>(AmountStyle::thousands)];
        if (indian != 0 && thousands == styles_.at(i).fits_indian) {
            indian += thousands;
            thousands = 0;
        }
        for (std::size_t style = 0; style < counts.size(); ++style) {
            if (counts.at(style) == 0) continue;
            result[column->heading].emplace(to_string(static_cast<AmountStyle>(style)), counts.at(style));
        }
    }
    return result;
}

}  // namespace postmoney::detail
