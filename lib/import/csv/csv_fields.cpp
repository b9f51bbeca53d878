#include "import/csv/csv_fields.hpp"

#include <algorithm>
#include <vector>

#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/currency_words.hpp"
#include "postmoney/value/currency.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

// The words of a heading, folded; a capital behind a small letter begins one, as in "raisedMn", and `#` is
// the word "number".
[[nodiscard]] std::vector<std::string> words_of_heading(std::string_view heading) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (char before = ' '; !heading.empty();) {
        const CodePoint point = first_code_point(heading);
        const std::string_view piece = heading.substr(0, point.bytes);
        heading.remove_prefix(point.bytes);
        const bool digit = is_ascii_digit(piece.front());
        const bool letter = point.valid && is_text_letter(point.value);
        if (!digit && !letter) {
            end_word();
            if (piece == "#") words.emplace_back("number");
        } else {
            if (is_lower(before) && is_capital(piece.front())) end_word();
            if (digit != is_ascii_digit(before)) end_word();
            append_folded(word, piece, point.value);
        }
        before = piece.front();
    }
    end_word();
    return words;
}

// Words of units that only headings have.
constexpr std::string_view thousand_words = "000|000s|ths|thsd";
constexpr std::string_view million_words = "mils";
constexpr std::string_view billion_words = "bil|bils";

[[nodiscard]] std::int32_t power_of_heading_word(std::string_view word) {
    if (in_list(thousand_words, '|', word)) return 3;
    if (in_list(million_words, '|', word)) return 6;
    if (in_list(billion_words, '|', word)) return 9;
    // A lone `t` is a ton of other things, but thousands in an amount's heading; `md` is no magnitude there.
    for (const MagnitudeRow& row : magnitude_rows)
        if (in_list(row.words, '|', word)) return word == "t" ? 3 : word == "mil" ? 0 : row.power;
    return 0;
}

[[nodiscard]] std::string capitals(std::string_view word) {
    std::string code(word);
    for (char& c : code)
        if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
    return code;
}

[[nodiscard]] bool is_code(std::string_view word) {
    return word.size() == 3 && Currency::find_iso(capitals(word)).has_value();
}

// What a word says of a column's numbers.
struct UnitWord {
    std::int32_t power = 0;  // 0: no unit
    std::string code = {};   // in capitals; empty: no currency
};

// A word that is a unit as a whole is no currency, though a code stands in it: lakhs, mils. Else it is a
// code, or a code joined with a unit: eurm, meur.
[[nodiscard]] UnitWord unit_word(std::string_view word) {
    if (const std::int32_t power = power_of_heading_word(word)) return {power};
    // Spanish and Portuguese for thousand, and short for million elsewhere: the reader decides.
    if (word == "mil") return {6};
    if (is_code(word)) return {0, capitals(word)};
    if (word.size() < 4 || word.size() > 6) return {};
    for (const bool code_first : {true, false}) {
        const std::size_t at = code_first ? 0 : word.size() - 3;
        const std::string_view code = word.substr(at, 3);
        const std::int32_t power =
            power_of_heading_word(code_first ? word.substr(3) : word.substr(0, word.size() - 3));
        if (power != 0 && is_code(code)) return {power, capitals(code)};
    }
    return {};
}

}  // namespace

std::optional<AmountUnit> unit_in_heading(std::string_view heading) {
    if (heading.size() == 1) return std::nullopt;  // a letter for a name
    for (const std::string& word : words_of_heading(heading)) {
        switch (unit_word(word).power) {
            case 3:
                return AmountUnit::thousand;
            case 5:
                return AmountUnit::lakh;
            case 6:
                return AmountUnit::million;
            case 7:
                return AmountUnit::crore;
            case 9:
                return AmountUnit::billion;
            case 12:
                return AmountUnit::trillion;
            default:
                break;
        }
    }
    return std::nullopt;
}

std::string currency_in_heading(std::string_view heading) {
    std::string found;
    const auto add = [&](std::string_view code) {
        if (!found.empty() && found != code) found = "?";
        if (found.empty()) found = code;
    };
    for (std::string_view rest = heading; !rest.empty();) {
        if (const CurrencySign* sign = sign_at_start(rest)) {
            const std::string_view codes = sign->codes;
            add(sign->text == "$" ? "USD" : codes.find(' ') == std::string_view::npos ? codes : "?");
            rest.remove_prefix(sign->text.size());
        } else {
            rest.remove_prefix(first_code_point(rest).bytes);
        }
    }
    for (const std::string& word : words_of_heading(heading)) {
        const std::string code = unit_word(word).code;
        // Words that are codes too: "all" is Albania's, "top" Tonga's.
        if (!in_list("|ALL|TOP|TRY|PEN", '|', code)) add(code);
    }
    return found == "?" ? std::string() : found;
}

std::string heading_words(std::string_view heading, bool stem) {
    std::string key;
    for (const std::string& word : words_of_heading(heading)) {
        const UnitWord unit = stem ? unit_word(word) : UnitWord{};
        const bool is_unit = unit.power != 0 && word != "mil";
        if (is_unit || !unit.code.empty() || (stem && (word == "in" || word == "us"))) continue;
        key += word;
    }
    return key;
}

}  // namespace postmoney::detail
