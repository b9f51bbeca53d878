// The text of an amount cut into numbers, words, signs of currencies and other marks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/text/detail/currency_words.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/printable.hpp"

namespace POSTMONEY_NAMESPACE::detail {

enum class TokenKind : std::uint8_t { number, word, sign, mark };

struct AmountToken {
    TokenKind kind;
    std::string_view text;  // as written
    // What it is known by: a folded word; digits with their separators as points, commas, spaces and
    // apostrophes; the codes of a sign; a mark, with `-` for every dash.
    std::string key;
};

//--- Characters

[[nodiscard]] constexpr bool is_ascii_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// The spaces that people write in texts and numbers: ASCII's, no-break, narrow and the like.
[[nodiscard]] constexpr bool is_text_space(std::uint32_t c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

[[nodiscard]] constexpr bool is_text_apostrophe(std::uint32_t c) noexcept {
    return c == '\'' || c == 0x2019 || c == 0x02BC;
}

// Hyphens, dashes and the minus sign.
[[nodiscard]] constexpr bool is_text_dash(std::uint32_t c) noexcept {
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

[[nodiscard]] constexpr bool is_text_letter(std::uint32_t c) noexcept {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == 0x02BC) return false;
    return (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || c > 0x3000;
}

[[nodiscard]] constexpr bool starts_with_letter(std::string_view text) {
    return !text.empty() && is_text_letter(first_code_point(text).value);
}

// Appends a letter in lower case without its accent; a combining accent appends nothing, and a letter beyond
// Latin stays as it is.
inline void append_folded(std::string& key, std::string_view letter, std::uint32_t c) {
    constexpr std::string_view latin = "aaaaaaaceeeeiiiidnooooo?ouuuuyty";  // from U+00C0 and U+00E0 on
    if (c >= 'A' && c <= 'Z') {
        key += static_cast<char>(c - 'A' + 'a');
    } else if (c == 0xDF) {
        key += "ss";
    } else if (c >= 0xC0 && c <= 0xFF) {
        key += latin[c & 0x1FU];
    } else if (c == 0x10C || c == 0x10D) {
        key += 'c';
    } else if (c == 0x141 || c == 0x142) {
        key += 'l';
    } else if (c < 0x300 || c > 0x36F) {
        key += letter;
    }
}

//--- Tokens

// Cuts a text; throws bad-text for invalid UTF-8. `symbols` are signs of the caller's, which come first.
class AmountTokenizer {
  public:
    AmountTokenizer(std::string_view text, const std::map<std::string, std::string>& symbols)
        : text_(text), rest_(text), symbols_(&symbols) {}

    [[nodiscard]] std::vector<AmountToken> tokens() {
        while (!rest_.empty()) {
            const CodePoint point = first_code_point(rest_);
            if (!point.valid) throw Error::refused(ErrorCode::bad_text, text_, "valid UTF-8");
            if (is_text_space(point.value)) {
                rest_.remove_prefix(point.bytes);
            } else if (!take_sign()) {
                take_token(point);
            }
        }
        return std::move(tokens_);
    }

  private:
    void add(TokenKind kind, std::size_t size, std::string key) {
        tokens_.push_back({kind, rest_.substr(0, size), std::move(key)});
        rest_.remove_prefix(size);
    }

    void take_token(const CodePoint& point) {
        if (is_ascii_digit(rest_.front())) {
            take_number();
        } else if (is_text_letter(point.value)) {
            take_word();
        } else if (is_text_dash(point.value)) {
            add(TokenKind::mark, point.bytes, "-");
        } else {
            add(TokenKind::mark, point.bytes, std::string(rest_.substr(0, point.bytes)));
        }
    }

    // A symbol that ends in a letter is not the beginning of a longer word: `kr` not of `kroner`.
    bool take_sign() {
        std::string_view longest;
        std::string_view codes;
        for (const auto& [symbol, code] : *symbols_) {
            if (symbol.size() <= longest.size() || !rest_.starts_with(symbol)) continue;
            if (starts_with_letter(symbol) && starts_with_letter(rest_.substr(symbol.size()))) continue;
            longest = symbol;
            codes = code;
        }
        if (longest.empty()) {
            const CurrencySign* sign = sign_at_start(rest_);
            if (sign == nullptr) return false;
            longest = sign->text;
            codes = sign->codes;
        }
        add(TokenKind::sign, longest.size(), std::string(codes));
        return true;
    }

    // Letters, and a point or an apostrophe behind them. A hyphen that joins two words is dropped.
    void take_word() {
        std::string key;
        std::size_t size = 0;
        std::string_view rest = rest_;
        CodePoint point = first_code_point(rest);
        while (point.valid && is_text_letter(point.value)) {
            append_folded(key, rest.substr(0, point.bytes), point.value);
            size += point.bytes;
            rest.remove_prefix(point.bytes);
            point = rest.empty() ? CodePoint{} : first_code_point(rest);
        }
        if (point.valid && (point.value == '.' || is_text_apostrophe(point.value))) size += point.bytes;
        add(TokenKind::word, size, std::move(key));
        if (point.valid && is_text_dash(point.value)) {
            const std::string_view next = rest.substr(point.bytes);
            if (starts_with_letter(next) && sign_at_start(next) == nullptr) rest_ = next;
        }
    }

    // Digits with separators. A space or an apostrophe belongs to the number when groups of three follow it.
    void take_number() {
        std::string key;
        std::string_view rest = rest_;
        const auto take_digits = [&] {
            std::size_t count = 0;
            while (count < rest.size() && is_ascii_digit(rest[count])) ++count;
            key += rest.substr(0, count);
            rest.remove_prefix(count);
            return count;
        };
        std::size_t group = take_digits();
        while (!rest.empty()) {
            const CodePoint point = first_code_point(rest);
            const std::string_view next = rest.substr(point.bytes);
            const bool is_mark = point.value == '.' || point.value == ',';
            const bool is_gap = is_text_space(point.value) || is_text_apostrophe(point.value);
            if (!point.valid || next.empty() || !is_ascii_digit(next.front())) break;
            if (!is_mark && !(is_gap && group <= 3 && starts_with_group(next))) break;
            key += is_mark ? rest.front() : is_text_space(point.value) ? ' ' : '\'';
            rest = next;
            group = take_digits();
        }
        add(TokenKind::number, rest_.size() - rest.size(), std::move(key));
    }

    [[nodiscard]] static bool starts_with_group(std::string_view text) {
        const std::size_t end = text.find_first_not_of("0123456789");
        return (end == std::string_view::npos ? text.size() : end) == 3;
    }

    std::string_view text_;
    std::string_view rest_;
    const std::map<std::string, std::string>* symbols_;
    std::vector<AmountToken> tokens_;
};

}  // namespace POSTMONEY_NAMESPACE::detail
