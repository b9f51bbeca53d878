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

// The words of a heading, folded; a capital behind a small letter begins one, as in "raisedMn".
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

[[nodiscard]] std::int32_t power_of_heading_word(std::string_view word) {
    if (word == "000") return 3;
    // A lone `t` is a ton of other things, but thousands in an amount's heading; `md` is no magnitude there.
    for (const MagnitudeRow& row : magnitude_rows)
        if (in_list(row.words, '|', word)) return word == "t" ? 3 : word == "mil" ? 0 : row.power;
    if (word == "000s" || word == "ths" || word == "thsd" || word == "teur" || word == "tusd") return 3;
    return 0;
}

[[nodiscard]] bool is_code(std::string_view word) {
    if (word.size() != 3) return false;
    std::string code(word);
    for (char& c : code)
        if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
    return Currencies().find(code).has_value();
}

// The power of a word, or of what stands before or behind a currency's code in it: eurm, meur.
[[nodiscard]] std::int32_t power_of_joined(std::string_view word) {
    if (const std::int32_t power = power_of_heading_word(word)) return power;
    if (word.size() < 4 || word.size() > 6) return 0;
    if (is_code(word.substr(0, 3))) return power_of_heading_word(word.substr(3));
    return is_code(word.substr(word.size() - 3)) ? power_of_heading_word(word.substr(0, word.size() - 3)) : 0;
}

}  // namespace

std::optional<AmountUnit> unit_in_heading(std::string_view heading) {
    if (heading.size() == 1) return std::nullopt;  // a letter for a name
    for (const std::string& word : words_of_heading(heading)) {
        // Spanish and Portuguese for thousand, and short for million elsewhere: the reader decides.
        if (word == "mil") return AmountUnit::million;
        switch (power_of_joined(word)) {
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
        for (const std::size_t at : {std::size_t{0}, word.size() < 3 ? 0 : word.size() - 3}) {
            std::string code = word.substr(at, 3);
            if (!is_code(code)) continue;
            if (word.size() != 3 && power_of_joined(word) == 0) continue;
            for (char& c : code) c = static_cast<char>(c - 'a' + 'A');
            // Words that are codes too: "all" is Albania's, "top" Tonga's.
            if (code != "ALL" && code != "TOP" && code != "TRY" && code != "PEN") add(code);
        }
    }
    return found == "?" ? std::string() : found;
}

std::string heading_words(std::string_view heading, bool stem) {
    std::string key;
    for (const std::string& word : words_of_heading(heading)) {
        const bool is_unit = word.size() <= 6 && power_of_joined(word) != 0;
        if (stem && (is_unit || is_code(word) || word == "in" || word == "us")) continue;
        key += word;
    }
    return key;
}

}  // namespace postmoney::detail
