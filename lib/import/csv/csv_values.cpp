#include "postmoney/import/csv_values.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/currency_words.hpp"
#include "postmoney/text/detail/number_text.hpp"

namespace postmoney {

namespace {

using detail::Grouping;
using detail::trimmed;

[[nodiscard]] bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
[[nodiscard]] bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] bool is_letter(char c) noexcept {
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

template <class Predicate>
[[nodiscard]] std::string_view run_of(std::string_view text, Predicate belongs) {
    return text.substr(
        0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) - text.begin()));
}

//--- An amount, from left to right

class AmountCell {
  public:
    AmountCell(std::string_view cell, const AmountRules& rules, const Currencies& currencies)
        : cell_(cell), rest_(cell), rules_(&rules), currencies_(&currencies) {}

    [[nodiscard]] CsvAmount read(const std::optional<Currency>& row_currency) {
        const bool about = accept("~");
        take_currency();
        skip_spaces();
        const Decimal digits = take_digits();
        skip_spaces();
        const std::optional<std::int32_t> power = take_power();
        bool at_least = accept("+");
        skip_spaces();
        take_currency();
        at_least = accept("+") || at_least;
        if (!rest_.empty() || (about && at_least)) refuse();
        CsvAmount result{
            .amount = {}, .style = style(power.has_value()), .fits_indian = grouping_ == Grouping::either};
        check_style(result);
        if (at_least) result.style = AmountStyle::at_least;
        const Qualifier qualifier = about      ? Qualifier::about
                                    : at_least ? Qualifier::at_least
                                               : Qualifier::exact;
        result.amount =
            amount({qualifier, detail::stated_number(digits, power.value_or(0))}, currency(row_currency));
        return result;
    }

  private:
    [[noreturn]] void refuse(std::string_view expected =
                                 "an amount such as 1300000, 1,300,000, 13,00,000, $8.8M, "
                                 "14,342,000+, N/A or undisclosed",
                             ErrorCode code = ErrorCode::bad_amount) const {
        throw Error::refused(code, cell_, expected);
    }

    bool accept(std::string_view text) {
        if (!rest_.starts_with(text)) return false;
        rest_.remove_prefix(text.size());
        return true;
    }
    void skip_spaces() { rest_ = trimmed(rest_); }

    [[nodiscard]] bool means(std::string_view code) const {
        return std::find(codes_.begin(), codes_.end(), code) != codes_.end();
    }

    // Reads a sign or a code, if there is one here.
    void take_currency() {
        std::vector<std::string_view> codes;
        std::string_view longest;
        for (const auto& [sign, code] : rules_->symbols) {
            if (!rest_.starts_with(sign) || sign.size() <= longest.size()) continue;
            longest = sign;
            codes = {code};
        }
        const detail::CurrencySign* sign = detail::sign_at_start(rest_);
        if (sign != nullptr && sign->text.size() > longest.size()) {
            longest = sign->text;
            codes.clear();
            detail::for_each_item(sign->codes, ' ', [&](std::string_view code) { codes.push_back(code); });
        }
        if (longest.empty()) {
            longest = run_of(rest_, is_upper);
            if (longest.size() < 3) return;
            codes = {longest};
        }
        if (!codes_.empty()) {  // the cell names the currency twice: "$5M USD" is fine
            std::erase_if(codes, [&](std::string_view code) { return !means(code); });
            if (codes.empty()) refuse("one currency");
        }
        codes_ = std::move(codes);
        rest_.remove_prefix(longest.size());
    }

    Decimal take_digits() {
        const std::string_view whole = run_of(rest_, [](char c) { return is_digit(c) || c == ','; });
        rest_.remove_prefix(whole.size());
        std::string number(whole);
        if (number.empty()) refuse();
        grouping_ = detail::grouping_of(whole, ',');
        if (grouping_ == Grouping::wrong) {
            refuse("digits in groups of three (1,300,000), or Indian groups (13,00,000)");
        }
        std::erase(number, ',');
        if (accept(".")) {
            const std::string_view fraction = run_of(rest_, is_digit);
            if (fraction.empty()) refuse();
            rest_.remove_prefix(fraction.size());
            number.append(".").append(fraction);
        }
        return Decimal::parse(number);
    }

    std::optional<std::int32_t> take_power() {
        const std::string_view letters = run_of(rest_, is_letter);
        const std::optional<std::int32_t> power = detail::power_of_word(detail::lower(letters), Language::en);
        if (!power) return power;
        if (*power % 3 != 0 && !allows(*power == 5 ? IndianMagnitude::lakh : IndianMagnitude::crore)) {
            refuse("no Indian magnitude, unless the map names it in \"magnitudes\"");
        }
        rest_.remove_prefix(letters.size());
        return power;
    }
    [[nodiscard]] bool allows(IndianMagnitude magnitude) const {
        const auto& named = rules_->magnitudes;
        return std::find(named.begin(), named.end(), magnitude) != named.end();
    }

    [[nodiscard]] AmountStyle style(bool with_power) const {
        if (with_power) return AmountStyle::short_form;
        if (grouping_ == Grouping::none) return AmountStyle::plain;
        return grouping_ == Grouping::indian ? AmountStyle::indian : AmountStyle::thousands;
    }

    // Only styles of numbers restrict numbers.
    void check_style(const CsvAmount& found) const {
        std::string names;
        bool allowed = found.style == AmountStyle::plain;
        for (const AmountStyle named : rules_->styles) {
            if (named > AmountStyle::short_form) continue;
            names.append(names.empty() ? "" : ", ").append(to_string(named));
            allowed = allowed || named == found.style || (named == AmountStyle::indian && found.fits_indian);
        }
        if (!allowed && !names.empty()) refuse("an amount in a style that the map names: " + names);
    }

    [[nodiscard]] Currency currency(const std::optional<Currency>& row) const {
        if (row) {
            if (codes_.empty() || means(row->code())) return *row;
            refuse("an amount in " + std::string(row->code()) + ", the currency of its row",
                   ErrorCode::mixed_currencies);
        }
        if (rules_->currency && (codes_.empty() || means(*rules_->currency))) return known(*rules_->currency);
        if (codes_.empty()) {
            refuse("a currency: by its sign or code, in a column of its own, or as the map's \"currency\"");
        }
        return known(codes_.front());
    }
    [[nodiscard]] Currency known(std::string_view code) const {
        if (const auto found = currencies_->find(code)) return *found;
        refuse("a currency of ISO 4217 or of the ledger, not " + std::string(code),
               ErrorCode::unknown_currency);
    }

    // The library's own refusals quote the amount; the reader of this one looks for the cell.
    [[nodiscard]] Amount amount(Quantity quantity, const Currency& currency) const {
        try {
            return {std::move(quantity), currency};
        } catch (const Error& error) {
            if (error.code() == ErrorCode::fractional_minor_unit) {
                refuse("whole minor units of " + std::string(currency.code()) + " (" +
                           std::to_string(currency.decimals()) + " decimals)",
                       error.code());
            }
            refuse("an amount within 64-bit minor units", ErrorCode::overflow);
        }
    }

    std::string_view cell_;
    std::string_view rest_;
    const AmountRules* rules_;
    const Currencies* currencies_;
    std::vector<std::string_view> codes_;
    Grouping grouping_ = Grouping::none;
};

}  // namespace

CsvAmount read_csv_amount(std::string_view cell, const AmountRules& rules,
                          const std::optional<Currency>& row_currency, const Currencies& currencies) {
    const std::string_view text = trimmed(cell);
    if (text.empty()) return {.amount = {}, .style = AmountStyle::empty};
    if (detail::says_undisclosed(detail::lower(text), Language::en)) {
        return {.amount = Amount::undisclosed(), .style = AmountStyle::undisclosed};
    }
    return AmountCell(text, rules, currencies).read(row_currency);
}

//--- Dates

namespace {

constexpr std::array<std::string_view, 12> month_names{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};

// The letter that the format repeats here, and how often; 0 for a separator.
struct Token {
    char letter = 0;
    std::size_t count = 0;
};

[[nodiscard]] Token next_token(std::string_view format) {
    const char letter = format.front();
    if (!is_letter(letter)) return {letter, 0};
    return {letter, run_of(format, [&](char c) { return c == letter; }).size()};
}

struct DateParts {
    int year = 0;
    int month = 0;
    int day = 0;
};

[[nodiscard]] bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& number) {
    const std::string_view digits = run_of(text.substr(0, most), is_digit);
    if (digits.size() < least) return false;
    number = detail::fixed_digits(digits, 0, digits.size());
    text.remove_prefix(digits.size());
    return number > 0;
}

[[nodiscard]] bool take_month_name(std::string_view& text, bool whole, int& month) {
    const std::string_view letters = run_of(text, is_letter);
    const std::string word = detail::lower(letters);
    for (std::size_t i = 0; i < month_names.size(); ++i) {
        if (word != (whole ? month_names.at(i) : month_names.at(i).substr(0, 3))) continue;
        month = static_cast<int>(i) + 1;
        text.remove_prefix(letters.size());
        return true;
    }
    return false;
}

[[nodiscard]] bool take(std::string_view& text, const Token& token, DateParts& parts) {
    switch (token.letter) {
        case 'Y':
            return take_number(text, 4, 4, parts.year);
        case 'D':
            return take_number(text, token.count, 2, parts.day);
        case 'M':
            if (token.count > 2) return take_month_name(text, token.count == 4, parts.month);
            return take_number(text, token.count, 2, parts.month);
        default:
            if (text.empty() || text.front() != token.letter) return false;
            text.remove_prefix(1);
            return true;
    }
}

// Null when the text has another form, or the day is not in the calendar.
[[nodiscard]] std::optional<PartialDate> date_in(std::string_view text, std::string_view format) {
    DateParts parts;
    while (!format.empty()) {
        const Token token = next_token(format);
        if (!take(text, token, parts)) return std::nullopt;
        format.remove_prefix(std::max<std::size_t>(token.count, 1));
    }
    if (!text.empty()) return std::nullopt;
    try {
        if (parts.day != 0) return PartialDate::day(parts.year, parts.month, parts.day);
        if (parts.month != 0) return PartialDate::month(parts.year, parts.month);
        return PartialDate::year(parts.year);
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace

void check_date_format(std::string_view format) {
    std::string letters;
    bool known = true;
    for (std::string_view rest = format; !rest.empty();) {
        const Token token = next_token(rest);
        rest.remove_prefix(std::max<std::size_t>(token.count, 1));
        if (token.count == 0) {
            known = known && !is_digit(token.letter);
            continue;
        }
        letters += token.letter;
        known =
            known && ((token.letter == 'Y' && token.count == 4) ||
                      (token.letter == 'M' && token.count <= 4) || (token.letter == 'D' && token.count <= 2));
    }
    std::sort(letters.begin(), letters.end());
    if (!known || (letters != "Y" && letters != "MY" && letters != "DMY")) {
        throw Error::refused(ErrorCode::bad_date, format,
                             "a format of YYYY, M, MM, MMM or MMMM, and D or DD, such as DD/MM/YYYY");
    }
}

PartialDate read_csv_date(std::string_view cell, std::span<const std::string> formats) {
    const std::string_view text = trimmed(cell);
    if (formats.empty()) return PartialDate::parse(text);
    std::optional<PartialDate> found;
    std::string names;
    for (const std::string& format : formats) {
        names.append(names.empty() ? "" : " or ").append(format);
        const auto date = date_in(text, format);
        if (!date) continue;
        if (found && *found != *date) {
            throw Error::refused(ErrorCode::bad_date, text,
                                 "a date that is the same in each of the map's formats that read it: " +
                                     found->to_string() + " or " + date->to_string());
        }
        found = date;
    }
    if (!found) throw Error::refused(ErrorCode::bad_date, text, "a date of the calendar as " + names);
    return *found;
}

}  // namespace postmoney
