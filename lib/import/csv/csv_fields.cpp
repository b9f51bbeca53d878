#include "import/csv/csv_fields.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/currency_words.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/hundredth.hpp"

namespace postmoney::detail {

namespace {

[[nodiscard]] constexpr bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

struct HeadingWord {
    std::string text;       // folded
    bool is_apart = false;  // from the words before it, in brackets or behind "in"
    std::string written = {};
};

// The exponent of a power of ten in digits, which may be without the one: 3 for 1000, for 000 and for 10^3; 0
// for other texts.
[[nodiscard]] std::int32_t power_of_digits(std::string_view word) {
    if (word.empty() || !is_ascii_digit(word.front())) return 0;
    constexpr std::string_view raised = "10^";
    if (word.starts_with(raised)) {
        word.remove_prefix(raised.size());
        const bool is_digits =
            word.size() <= 2 && word.find_first_not_of("0123456789") == std::string_view::npos;
        std::int32_t power = 0;
        for (const char digit : word) power = 10 * power + (digit - '0');
        return is_digits ? power : 0;
    }
    if (word.starts_with('1')) word.remove_prefix(1);
    return word.find_first_not_of('0') == std::string_view::npos ? static_cast<std::int32_t>(word.size()) : 0;
}

// Punctuation that is as wide as a letter: （ and 、.
[[nodiscard]] constexpr bool is_east_asian_mark(std::uint32_t c) noexcept {
    return (c >= 0x3000 && c < 0x3040) || (c >= 0xFF00 && c < 0xFF10);
}

// The digit that is written as an exponent; negative for other characters.
[[nodiscard]] constexpr std::int32_t superscript(std::uint32_t c) noexcept {
    if (c == 0xB2 || c == 0xB3) return static_cast<std::int32_t>(c - 0xB0);
    return c >= 0x2074 && c <= 0x2079 ? static_cast<std::int32_t>(c - 0x2070) : -1;
}

// The words of a heading; a capital behind a small letter begins one, as in "raisedMn", and `#` is the word
// "number". The digits of 1,000,000 and of 10^6 are one, and those of 100% have their sign.
[[nodiscard]] std::vector<HeadingWord> words_of_heading(std::string_view heading) {
    std::vector<HeadingWord> words;
    std::string word;
    std::string written;
    int brackets = 0;
    const auto end_word = [&] {
        const bool goes_on = word == "000" && !words.empty() &&
                             (words.back().text == "1" || power_of_digits(words.back().text) != 0);
        if (goes_on) {
            words.back().text += word;
            words.back().written += written;
        } else if (!word.empty()) {
            const bool is_behind_in = !words.empty() && words.back().text == "in";
            words.push_back({word, brackets > 0 || is_behind_in, written});
        }
        word.clear();
        written.clear();
    };
    for (char before = ' '; !heading.empty();) {
        const CodePoint point = first_code_point(heading);
        const std::string_view piece = heading.substr(0, point.bytes);
        heading.remove_prefix(point.bytes);
        const bool digit = is_ascii_digit(piece.front());
        const bool letter = point.valid && is_text_letter(point.value) && !is_east_asian_mark(point.value);
        if (!digit && !letter) {
            const std::int32_t exponent = superscript(point.value);
            if (word == "10" && (piece == "^" || exponent >= 0)) {
                word += exponent >= 0 ? "^" + std::to_string(exponent) : "^";
                written += piece;
                before = '0';
                continue;
            }
            if (piece == "%") word += word.empty() ? "" : piece;
            end_word();
            if (piece == "#") words.push_back({"number", brackets > 0, "#"});
            if (piece == "¢") words.push_back({"cents", brackets > 0, "¢"});
            if (piece == "(" || piece == "[" || piece == "（") ++brackets;
            if (piece == ")" || piece == "]" || piece == "）") --brackets;
        } else {
            if (is_lower(before) && is_capital(piece.front())) end_word();
            if (digit != is_ascii_digit(before)) end_word();
            append_folded(word, piece, point.value);
            written += piece;
        }
        before = piece.front();
    }
    end_word();
    return words;
}

// Words of units that only headings have.
constexpr std::string_view thousand_words =
    "ths|thds|thsd|thou|migliaia|milliers|millier|millares|milhares|tausende|tusen|duizend|tys|tis|тыс";
constexpr std::string_view million_words = "mils|miljoen|miljoner|millioner|milj|milyon|млн";
constexpr std::string_view billion_words = "bil|bils|miljard|miljarder|milliarder|milyar|млрд";
constexpr std::string_view crore_words = "crs";
constexpr std::string_view hundred_words =
    "hundred|hundreds|hundert|hunderte|centinaia|centaine|centaines|centenas|cientos";
constexpr std::string_view ten_words = "ten|tens|10";
// What multiplies a million behind it: miles de millones.
constexpr std::string_view spelled_thousands = "thousand|thousands|miles|mil|mille|mila|tausend";
constexpr std::string_view hundredth_words =
    "pence|penny|cent|cents|eurocent|eurocents|centesimi|centime|centimes|centavo|centavos|centimos|agorot|"
    "rappen|groschen|groszy|paise|kopecks|kopeks|pfennig|minor";
constexpr std::string_view hundredth_words_apart = "p|ct|cts|sen|ore|oere";

// Characters of the numbers of East Asia, the longer before what they end in.
struct EastAsianRow {
    std::string_view text;
    std::int32_t power;
};
constexpr auto east_asian_rows = std::to_array<EastAsianRow>({
    {"千億", 11}, {"千亿", 11}, {"百億", 10}, {"百亿", 10}, {"十億", 9}, {"十亿", 9}, {"십억", 9}, {"億", 8},
    {"亿", 8},    {"억", 8},    {"千万", 7},  {"천만", 7},  {"百万", 6}, {"百萬", 6}, {"백만", 6}, {"万", 4},
    {"萬", 4},    {"만", 4},    {"千", 3},    {"천", 3},    {"兆", 12},  {"조", 12},
});

[[nodiscard]] std::int32_t power_of_heading_word(std::string_view word) {
    constexpr std::int32_t least = 3;  // 10 and 100 are of many other things
    if (const std::int32_t zeros = power_of_digits(word); zeros >= least) return zeros;
    for (const EastAsianRow& row : east_asian_rows)
        if (word.find(row.text) != std::string_view::npos) return row.power;
    if (in_list(thousand_words, '|', word)) return 3;
    if (in_list(million_words, '|', word)) return 6;
    if (in_list(crore_words, '|', word)) return 7;
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

// What a word, or several, say of a column's numbers.
struct UnitWord {
    std::int32_t power = 0;  // of ten; 0: no unit
    std::string codes = {};  // of the currencies that it can mean, with spaces between
    std::size_t words = 1;   // of the heading
};

// Names and codes of currencies that headings have as everyday words: in brackets or behind "in" they are
// currencies, as in "Amount (won)" and "Betrag in Mark", and "all" and "top" are so nowhere.
constexpr std::string_view everyday_words = "try|pen|won|wons|real|mark|sol|peso|livre|franco|rand|ft";
constexpr std::string_view never_words = "all|top";

// A unit and the name of a currency in one word.
struct JoinedRow {
    std::string_view words;
    std::int32_t power;
    std::string_view name;
};
constexpr auto joined_rows = std::to_array<JoinedRow>({
    {"tkr", 3, "kr"},
    {"mkr|mnkr", 6, "kr"},
    {"mdkr|mrdkr", 9, "kr"},
    {"keuro|keuros|teuro", 3, "euro"},
    {"meuro|meuros", 6, "euro"},
});

void add_code(std::string& codes, std::string_view code) {
    if (in_list(codes, ' ', code)) return;
    if (!codes.empty()) codes += ' ';
    codes += code;
}

// The currencies that a name means in any language.
[[nodiscard]] std::string codes_of_name(std::string_view name) {
    std::string codes;
    for (const CurrencyRow& row : currency_rows) {
        if (!in_list(row.words, '|', name)) continue;
        for_each_item(row.codes, ' ', [&](std::string_view code) { add_code(codes, code); });
    }
    return codes;
}

// A word that is a unit as a whole is no currency, though a code stands in it: lakhs, mils. Else it is a
// code, or a code or a name joined with a unit: eurm, meur, mkr.
[[nodiscard]] UnitWord unit_word(std::string_view word) {
    if (const std::int32_t power = power_of_heading_word(word)) return {power};
    // Spanish and Portuguese for thousand, and short for million elsewhere: the reader decides.
    if (word == "mil") return {6};
    if (is_code(word)) return {0, capitals(word)};
    for (const JoinedRow& row : joined_rows)
        if (in_list(row.words, '|', word)) return {row.power, codes_of_name(row.name)};
    if (word.size() < 4 || word.size() > 6) return {};
    for (const bool code_first : {true, false}) {
        const std::size_t at = code_first ? 0 : word.size() - 3;
        const std::string_view code = word.substr(at, 3);
        const std::int32_t power =
            power_of_heading_word(code_first ? word.substr(3) : word.substr(0, word.size() - 3));
        if (power != 0 && is_code(code) && !in_list(never_words, '|', code)) return {power, capitals(code)};
    }
    return {};
}

// A hundredth of a currency, or a unit of several words: 10 k, hundreds, miles de millones, lakh crore.
[[nodiscard]] UnitWord uncommon_unit(std::span<const HeadingWord> words) {
    constexpr std::int32_t hundredth = -2;
    const HeadingWord& word = words[0];
    const bool is_code = is_hundredth(word.written) || is_hundredth(capitals(word.text));
    const bool is_word = in_list(hundredth_words, '|', word.text) ||
                         (word.is_apart && in_list(hundredth_words_apart, '|', word.text));
    if (is_code || is_word) return {hundredth};
    const bool is_ten = in_list(ten_words, '|', word.text);
    const bool is_hundred = in_list(hundred_words, '|', word.text) || power_of_digits(word.text) == 2;
    const bool is_thousand = in_list(spelled_thousands, '|', word.text);
    const std::int32_t multiplier = is_ten                                  ? 1
                                    : is_hundred                            ? 2
                                    : is_thousand                           ? 3
                                    : power_of_heading_word(word.text) == 5 ? 5
                                                                            : 0;
    std::size_t next = 1;
    if (next < words.size() && in_list("de|di|d|of", '|', words[next].text)) ++next;
    const bool has_next = next < words.size() && words[next].is_apart == word.is_apart;
    const std::int32_t of = has_next ? power_of_heading_word(words[next].text) : 0;
    const bool is_multiplied = (multiplier == 1 || multiplier == 2) ? of != 0
                               : multiplier == 3                    ? of == 6
                                                                    : multiplier == 5 && of == 7;
    if (is_multiplied) return {multiplier + of, {}, next + 1};
    const bool is_plural = words.size() > 1 && words[1].text == "s";
    if (is_hundred || (is_ten && is_plural)) return {multiplier, {}, is_plural ? 2U : 1U};
    return {};
}

// What the words from the first of these on say: "swiss francs" is one thing.
[[nodiscard]] UnitWord units_at(std::span<const HeadingWord> words) {
    if (UnitWord found = uncommon_unit(words); found.power != 0) return found;
    constexpr std::size_t most = 4;  // words of a name
    for (std::size_t size = std::min(most, words.size()); size != 0; --size) {
        std::string name = words[0].text;
        for (const HeadingWord& next : words.subspan(1, size - 1)) name += " " + next.text;
        UnitWord found = size == 1 ? unit_word(name) : UnitWord{};
        if (found.power == 0 && found.codes.empty()) found.codes = codes_of_name(name);
        const bool is_other_word =
            in_list(never_words, '|', name) || (in_list(everyday_words, '|', name) && !words[0].is_apart);
        if (is_other_word) found.codes.clear();
        found.words = size;
        if (found.power != 0 || !found.codes.empty()) return found;
    }
    return {};
}

template <class Visit>
void for_each_unit(std::span<const HeadingWord> words, const Visit& visit) {
    for (std::size_t i = 0; i < words.size();) {
        const UnitWord unit = units_at(words.subspan(i));
        visit(i, unit);
        i += unit.words;
    }
}

[[nodiscard]] std::optional<AmountUnit> unit_of_power(std::int32_t power) {
    switch (power) {
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
            return std::nullopt;
    }
}

[[nodiscard]] std::string codes_in_both(std::string_view codes, std::string_view others) {
    std::string both;
    for_each_item(codes, ' ', [&](std::string_view code) {
        if (in_list(others, ' ', code)) add_code(both, code);
    });
    return both;
}

}  // namespace

HeadingUnit unit_in_heading(std::string_view heading) {
    HeadingUnit found;
    if (heading.size() == 1) return found;  // a letter for a name
    const std::vector<HeadingWord> words = words_of_heading(heading);
    for_each_unit(words, [&](std::size_t first, const UnitWord& unit) {
        if (unit.power == 0 || !found.other.empty()) return;
        const auto named = unit_of_power(unit.power);
        if (!found.unit) found.unit = named;
        if (named) return;
        for (std::size_t i = first; i < first + unit.words; ++i)
            found.other.append(found.other.empty() ? "" : " ").append(words[i].written);
    });
    if (!found.other.empty()) found.unit.reset();
    return found;
}

HeadingCurrency currency_in_heading(std::string_view heading) {
    HeadingCurrency found;
    bool has_dollar = false;
    bool is_one = true;
    const auto add = [&](std::string_view codes) {
        if (codes.empty()) return;
        const std::string both =
            found.may_be.empty() ? std::string(codes) : codes_in_both(found.may_be, codes);
        is_one = is_one && !both.empty();
        if (!both.empty()) found.may_be = both;
        if (both.empty())
            for_each_item(codes, ' ', [&](std::string_view code) { add_code(found.may_be, code); });
    };
    for (std::string_view rest = heading; !rest.empty();) {
        constexpr std::string_view us_dollar = "US $";
        const CurrencySign* sign = sign_at_start(rest);
        if (rest.starts_with(us_dollar)) {
            add("USD");
            rest.remove_prefix(us_dollar.size());
        } else if (sign != nullptr) {
            add(sign->codes);
            has_dollar = has_dollar || sign->text == "$";
            rest.remove_prefix(sign->text.size());
        } else {
            rest.remove_prefix(first_code_point(rest).bytes);
        }
    }
    const std::vector<HeadingWord> words = words_of_heading(heading);
    for_each_unit(words, [&](std::size_t, const UnitWord& unit) { add(unit.codes); });
    if (!is_one) return found;
    if (found.may_be.find(' ') == std::string::npos) found.code = found.may_be;
    if (has_dollar && in_list(found.may_be, ' ', "USD")) found.code = "USD";
    return found;
}

std::string heading_words(std::string_view heading, bool stem) {
    const std::vector<HeadingWord> words = words_of_heading(heading);
    std::vector<bool> is_unit(words.size() + 1, false);
    const auto mark_unit = [&](std::size_t first, const UnitWord& unit) {
        const std::string& word = words[first].text;
        const bool is_any = unit.power != 0 || !unit.codes.empty() || is_code(word);
        for (std::size_t i = 0; i < unit.words; ++i) is_unit[first + i] = is_any && word != "mil";
        // "1000s"
        if (first != 0 && word == "s" && is_ascii_digit(words[first - 1].text.front()))
            is_unit[first] = is_unit[first - 1];
    };
    if (stem) for_each_unit(words, mark_unit);
    std::string key;
    for (std::size_t i = words.size(); i-- != 0;) {
        const std::string& word = words[i].text;
        // What joins a unit to the words before it: "Montant en milliers d'euros", "Amount x1000".
        const bool joins = is_unit[i + 1] && in_list("en|em|di|d|de|of|x", '|', word);
        is_unit[i] = is_unit[i] || joins || (stem && (word == "in" || word == "us"));
        if (!is_unit[i]) key.insert(0, word);
    }
    return key;
}

}  // namespace postmoney::detail
