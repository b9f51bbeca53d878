#include "import/csv/csv_amount.hpp"

#include <algorithm>
#include <utility>

#include "base/csv/csv_text.hpp"
#include "import/csv/csv_words.hpp"
#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/number_text.hpp"
#include "postmoney/text/detail/phrase_reader.hpp"
#include "postmoney/value/detail/hundredth.hpp"

namespace postmoney {

namespace {

using detail::AmountToken;
using detail::PhraseReading;
using detail::TokenKind;

constexpr std::array decimal_marks{DecimalMark::point, DecimalMark::comma};

//--- Numbers

[[nodiscard]] constexpr char separator_of(DigitGrouping grouping) noexcept {
    return grouping == DigitGrouping::indian ? ',' : detail::word(grouping).front();
}

// Whether the rules let a number, as a token's key, have this mark.
[[nodiscard]] bool may_have_mark(std::string_view key, DecimalMark mark, const AmountRules& rules) {
    if (rules.decimal) return *rules.decimal == mark;
    const std::size_t comma = key.find(',');
    // 1,3000 is rather a slip than 1.3.
    const bool is_lone = comma != std::string_view::npos && comma == key.find_last_of(",. '");
    return mark == DecimalMark::point || !is_lone || key.size() - comma <= 4;
}

// The number when `mark` stands before the decimals; null when the rules or the digits do not fit.
[[nodiscard]] std::optional<Decimal> number_by_rules(std::string_view key, DecimalMark mark,
                                                     const AmountRules& rules) {
    if (!may_have_mark(key, mark, rules)) return std::nullopt;
    if (rules.grouping) {
        const char decimal = mark == DecimalMark::point ? '.' : ',';
        const char group = separator_of(*rules.grouping);
        if (decimal == group && key.find(group) != std::string_view::npos) return std::nullopt;
        for (const char c : key)
            if (!detail::is_ascii_digit(c) && c != decimal && c != group) return std::nullopt;
        if (*rules.grouping == DigitGrouping::indian) {
            const auto grouping = detail::grouping_of(key.substr(0, key.find('.')), ',');
            if (grouping == detail::Grouping::thousands) return std::nullopt;
        }
    }
    return detail::number_with_mark(key, mark);
}

[[nodiscard]] detail::MarkEvidence mark_of_number(std::string_view key, const AmountRules& rules) {
    using detail::ShownMark;
    if (key.find_first_not_of("0123456789") == std::string_view::npos) return {};
    const auto with_point = number_by_rules(key, DecimalMark::point, rules);
    const auto with_comma = number_by_rules(key, DecimalMark::comma, rules);
    if (with_point && with_comma)
        return {*with_point == *with_comma ? ShownMark::none : ShownMark::ambiguous, false};
    if (!with_point && !with_comma) return {ShownMark::wrong, false};
    const bool lone =
        std::count_if(key.begin(), key.end(), [](char c) { return !detail::is_ascii_digit(c); }) == 1;
    return {with_point ? ShownMark::point : ShownMark::comma, with_comma && lone};
}

// Whether every language reads the token alike: a number, a sign, or a magnitude such as M.
[[nodiscard]] bool is_of_all_languages(const AmountToken& token) {
    if (token.kind != TokenKind::word) return true;
    bool neutral = false;
    for (const detail::MagnitudeRow& row : detail::magnitude_rows) {
        if (!detail::in_list(row.words, '|', token.key)) continue;
        if (row.language) return false;
        neutral = true;
    }
    return neutral;
}

//--- A cell

class AmountCell {
  public:
    AmountCell(std::string_view cell, const AmountRules& rules, const Currencies& currencies)
        : cell_(cell), rules_(&rules), currencies_(&currencies) {}

    [[nodiscard]] CsvAmount read(const std::optional<Currency>& row_currency) {
        const std::optional<PhraseReading> plain = read_plain();
        const PhraseReading reading = plain ? *plain : read_phrase();
        CsvAmount result{.amount = {}, .style = style_of(reading), .fits_indian = fits_indian_};
        check_style(result);
        check_magnitudes(reading);
        qualified_style(reading, result.style);
        const Quantity quantity = in_units(reading);
        if (quantity.number().digits.sign() == 0 && quantity.qualifier() == Qualifier::exact &&
            !rules_->zero_is_disclosed) {
            return {.amount = Amount::undisclosed(), .style = AmountStyle::zero};
        }
        result.amount = amount(quantity, currency(reading.codes, row_currency));
        return result;
    }

  private:
    struct Reading {
        PhraseReading phrase;
        std::vector<Language> languages;
        std::vector<DecimalMark> marks;
    };

    [[noreturn]] void refuse(std::string_view expected, ErrorCode code = ErrorCode::bad_amount) const {
        throw Error::refused(code, cell_, expected);
    }

    [[nodiscard]] std::optional<PhraseReading> read_plain() const {
        if (!detail::is_plain_number(cell_, *rules_)) return std::nullopt;
        return PhraseReading{Quantity::exact({Decimal::parse(cell_)}), {}, {}};
    }

    [[nodiscard]] PhraseReading read_phrase() {
        tokens_ = detail::AmountTokenizer(cell_, rules_->symbols).tokens();
        const bool is_neutral =
            !rules_->language && std::all_of(tokens_.begin(), tokens_.end(), is_of_all_languages);
        for (std::size_t i = 0; i < detail::Words<Language>::values.size(); ++i) {
            const auto language = static_cast<Language>(i);
            if (rules_->language && *rules_->language != language) continue;
            for (const DecimalMark mark : decimal_marks) read_with(language, mark);
            if (is_neutral) break;
        }
        if (readings_.empty()) refuse_stop();
        if (readings_.size() > 1) refuse_readings();
        return std::move(readings_.front().phrase);
    }

    void read_with(Language language, DecimalMark mark) {
        const bool fits = std::all_of(tokens_.begin(), tokens_.end(), [&](const AmountToken& token) {
            return token.kind != TokenKind::number || number_by_rules(token.key, mark, *rules_);
        });
        if (!fits) return;
        detail::PhraseReader reader(tokens_, *currencies_, language, mark, rules_->language.has_value());
        std::optional<PhraseReading> phrase = reader.read();
        if (!phrase) {
            if (reader.stop().token >= stop_.token) stop_ = reader.stop();
            return;
        }
        // A word for less in the language that writes it most is that, unless the map says the language.
        if (phrase->false_friend && !rules_->language) return;
        const auto same = std::find_if(readings_.begin(), readings_.end(), [&](const Reading& other) {
            return other.phrase.quantity == phrase->quantity && other.phrase.codes == phrase->codes;
        });
        Reading& reading =
            same == readings_.end() ? readings_.emplace_back(Reading{std::move(*phrase), {}, {}}) : *same;
        reading.languages.push_back(language);
        reading.marks.push_back(mark);
    }

    //--- Refusals

    [[noreturn]] void refuse_stop() const {
        for (const AmountToken& token : tokens_) {
            if (token.kind != TokenKind::number) continue;
            if (mark_of_number(token.key, *rules_).mark == detail::ShownMark::wrong) refuse_digits();
        }
        std::string expected =
            "an amount such as 1300000, 1,300,000, 13,00,000, $8.8M, €5-7m, 14,342,000+, N/A or undisclosed";
        if (stop_.token >= tokens_.size()) refuse(expected);
        const AmountToken& token = tokens_[stop_.token];
        if (stop_.code == ErrorCode::mixed_currencies) refuse("one currency");
        const std::string_view code = detail::code_of(token);
        const bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(),
                                                             [](char c) { return c >= 'A' && c <= 'Z'; });
        if (is_code || detail::is_hundredth(code)) refuse_code(code);
        expected += ", and stopped at " + detail::quoted(token.text);
        const bool is_sign =
            token.kind == TokenKind::word || (token.kind == TokenKind::mark && token.key.size() > 1);
        if (is_sign && token.text != "e" && token.text != "E")
            expected += R"(; the map's "symbols" names the currency of a sign)";
        refuse(expected);
    }

    [[noreturn]] void refuse_digits() const {
        if (!rules_->decimal && !rules_->grouping)
            refuse("digits in groups of three (1,300,000), or Indian groups (13,00,000)");
        std::string expected = "a number as the map's";
        if (rules_->decimal)
            expected.append(" \"decimal\" ").append(detail::quoted(to_string(*rules_->decimal)));
        if (rules_->decimal && rules_->grouping) expected += " and";
        if (rules_->grouping)
            expected.append(" \"grouping\" ").append(detail::quoted(to_string(*rules_->grouping)));
        refuse(expected + " has it");
    }

    [[noreturn]] void refuse_readings() const {
        std::string expected = "one reading, but it can be ";
        bool by_mark = false;
        bool by_language = false;
        for (std::size_t i = 0; i < readings_.size(); ++i) {
            const Reading& reading = readings_[i];
            if (i != 0) expected += i + 1 == readings_.size() ? " or " : ", ";
            expected += reading.phrase.quantity.to_string();
            by_mark = by_mark || reading.marks.front() != readings_.front().marks.front();
            by_language = by_language || reading.languages != readings_.front().languages;
            if (!reading.phrase.codes.empty())
                expected.append(" ").append(reading.phrase.codes, 0, reading.phrase.codes.find(' '));
        }
        expected += ": the map's ";
        if (by_mark) expected += "\"decimal\"";
        if (by_mark && by_language) expected += " or ";
        if (by_language || !by_mark) expected += "\"language\"";
        refuse(expected + " says which");
    }

    //--- Style

    [[nodiscard]] static bool has_magnitude(const PhraseReading& reading) {
        return std::any_of(reading.parts.begin(), reading.parts.end(),
                           [](const ReadPart& part) { return part.role == TextRole::magnitude; });
    }

    [[nodiscard]] AmountStyle style_of(const PhraseReading& reading) {
        if (has_magnitude(reading)) return AmountStyle::short_form;
        for (const AmountToken& token : tokens_) {
            if (token.kind != TokenKind::number) continue;
            const std::string_view key(token.key);
            const auto with_commas = detail::grouping_of(key.substr(0, key.find('.')), ',');
            if (with_commas == detail::Grouping::indian) return AmountStyle::indian;
            fits_indian_ = with_commas == detail::Grouping::either;
            const std::size_t separators = static_cast<std::size_t>(
                std::count_if(key.begin(), key.end(), [](char c) { return !detail::is_ascii_digit(c); }));
            const bool is_decimal_only = separators == 1 && reading.quantity.number().digits.scale() != 0;
            return separators == 0 || is_decimal_only ? AmountStyle::plain : AmountStyle::thousands;
        }
        return AmountStyle::plain;
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

    void check_magnitudes(const PhraseReading& reading) const {
        for (const ReadPart& part : reading.parts) {
            if (part.role != TextRole::magnitude || !part.meaning.starts_with('1')) continue;
            const auto needed = part.meaning.size() == 6 ? IndianMagnitude::lakh : IndianMagnitude::crore;
            const auto& named = rules_->magnitudes;
            if (std::find(named.begin(), named.end(), needed) == named.end())
                refuse("no Indian magnitude, unless the map names it in \"magnitudes\"");
        }
    }

    void qualified_style(const PhraseReading& reading, AmountStyle& style) const {
        switch (reading.quantity.qualifier()) {
            case Qualifier::exact:
            case Qualifier::about:
                return;
            case Qualifier::between:
                style = AmountStyle::range;
                return;
            default:
                style =
                    cell_.find('+') != std::string_view::npos ? AmountStyle::at_least : AmountStyle::bound;
        }
    }

    //--- The amount

    [[nodiscard]] Quantity in_units(const PhraseReading& reading) const {
        const Quantity& quantity = reading.quantity;
        if (!rules_->unit || *rules_->unit == AmountUnit::one) return quantity;
        const auto unit = to_string(*rules_->unit);
        if (has_magnitude(reading)) {
            refuse(
                "a number without a magnitude of its own, as the map's \"units\" says that the column counts "
                "in " +
                std::string(unit));
        }
        const std::int32_t power = detail::power_of_word(unit, Language::en).value_or(0);
        const auto scaled = [&](const StatedNumber& number) {
            return detail::stated_number(number.digits, power);
        };
        if (quantity.qualifier() != Qualifier::between)
            return {quantity.qualifier(), scaled(quantity.number())};
        StatedNumber low = scaled(quantity.number());
        StatedNumber high = scaled(quantity.high());
        const bool shared = low.magnitude == high.magnitude && low.magnitude != Magnitude::one;
        return Quantity::between(std::move(low), std::move(high), shared);
    }

    [[nodiscard]] Currency currency(std::string_view codes, const std::optional<Currency>& row) const {
        const auto means = [&](std::string_view code) { return detail::in_list(codes, ' ', code); };
        if (row) {
            if (codes.empty() || means(row->code())) return *row;
            refuse("an amount in " + std::string(row->code()) + ", the currency of its row",
                   ErrorCode::mixed_currencies);
        }
        if (rules_->currency && (codes.empty() || means(*rules_->currency))) return known(*rules_->currency);
        if (codes.empty()) {
            refuse("a currency: by its sign or code, in a column of its own, or as the map's \"currency\"");
        }
        const bool is_shared = codes.find(' ') != std::string_view::npos;
        if (!is_shared) return known(codes);
        if (std::any_of(tokens_.begin(), tokens_.end(),
                        [](const AmountToken& token) { return token.text == "$"; }))
            return known("USD");
        std::string listed(codes);
        for (std::size_t i = 0; (i = listed.find(' ', i)) != std::string::npos; i += 2)
            listed.replace(i, 1, ", ");
        refuse("one currency: the map's \"currency\" or \"symbols\" says which is meant of " + listed);
    }
    [[nodiscard]] Currency known(std::string_view code) const {
        if (const auto found = currencies_->find(code)) return *found;
        refuse_code(code);
    }
    [[noreturn]] void refuse_code(std::string_view code) const {
        const std::string other = "a currency of ISO 4217 or of the ledger, not " + std::string(code);
        refuse(detail::expected_currency(code, other), ErrorCode::unknown_currency);
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
    const AmountRules* rules_;
    const Currencies* currencies_;
    std::vector<AmountToken> tokens_;
    std::vector<Reading> readings_;
    detail::PhraseStop stop_;
    bool fits_indian_ = false;
};

}  // namespace

CsvAmount read_csv_amount(std::string_view cell, const AmountRules& rules,
                          const std::optional<Currency>& row_currency, const Currencies& currencies) {
    const std::string_view text = detail::trimmed(cell);
    if (text.empty()) return {.amount = {}, .style = AmountStyle::empty};
    if (!detail::is_ascii_digit(text.front())) {
        if (detail::says_null(text)) return {.amount = {}, .style = AmountStyle::empty};
        if (detail::says_blank(text))
            return {.amount = Amount::undisclosed(), .style = AmountStyle::undisclosed};
    }
    return AmountCell(text, rules, currencies).read(row_currency);
}

namespace detail {

bool is_plain_number(std::string_view cell, const AmountRules& rules) {
    const std::size_t point = cell.find_first_not_of("0123456789");
    if (point == std::string_view::npos) return !cell.empty();
    if (cell[point] != '.' || point == 0 || point + 1 == cell.size()) return false;
    const std::string_view decimals = cell.substr(point + 1);
    if (decimals.find_first_not_of("0123456789") != std::string_view::npos) return false;
    const bool settled = rules.decimal == DecimalMark::point && !rules.grouping;
    return settled || (decimals.size() != 3 && !rules.decimal && !rules.grouping);
}

MarkEvidence shown_mark(std::string_view cell, const AmountRules& rules) {
    const std::string_view text = trimmed(cell);
    // Most cells, and all without a separator, need no cutting.
    if (text.find_first_of(",.") == std::string_view::npos) return {};
    MarkEvidence evidence;
    try {
        for (const AmountToken& token : AmountTokenizer(text, rules.symbols).tokens()) {
            if (token.kind != TokenKind::number) continue;
            const MarkEvidence shown = mark_of_number(token.key, rules);
            if (shown.mark != ShownMark::none) evidence = shown;
            if (shown.mark == ShownMark::ambiguous) break;
        }
    } catch (const Error&) {
        return {ShownMark::wrong, false};
    }
    return evidence;
}

}  // namespace detail

}  // namespace postmoney
