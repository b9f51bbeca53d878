#include <algorithm>
#include <array>
#include <utility>

#include "base/csv/csv_text.hpp"
#include "import/csv/csv_words.hpp"
#include "postmoney/import/csv_values.hpp"
#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"

namespace postmoney {

namespace {

using detail::is_ascii_digit;

// Names and abbreviations of the months in English, Italian, German, French, Spanish and Portuguese, folded.
// No word is of two months.
constexpr std::array<std::string_view, 12> month_names{
    "jan|january|gen|gennaio|januar|janner|janv|janvier|ene|enero|janeiro",
    "feb|february|febbraio|februar|fev|fevr|fevrier|febrero|fevereiro",
    "mar|march|marzo|marz|mrz|maerz|mars|marco",
    "apr|april|aprile|avr|avril|abr|abril",
    "may|mag|maggio|mai|mayo|maio",
    "jun|june|giu|giugno|juni|juin|junio|junho",
    "jul|july|lug|luglio|juli|juil|juillet|julio|julho",
    "aug|august|ago|agosto|aout",
    "sep|sept|september|set|sett|settembre|septembre|septiembre|setiembre|setembro",
    "oct|october|ott|ottobre|okt|oktober|octobre|octubre|out|outubro",
    "nov|november|novembre|noviembre|novembro",
    "dec|december|dic|dicembre|dez|dezember|decembre|diciembre|dezembro"};

[[nodiscard]] int month_of_name(std::string_view name) {
    const std::string key = detail::folded(name);
    for (std::size_t i = 0; i < month_names.size(); ++i)
        if (detail::in_list(month_names.at(i), '|', key)) return static_cast<int>(i) + 1;
    return 0;
}

constexpr std::string_view spreadsheet_days = "spreadsheet-days";
constexpr std::string_view spreadsheet_days_1904 = "spreadsheet-days-1904";

[[nodiscard]] constexpr bool is_format_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] std::size_t count_digits(std::string_view text) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_ascii_digit) -
                                    text.begin());
}

struct DateParts {
    int year = 0;
    int month = 0;
    int day = 0;
};

// Null for what is not in the calendar.
[[nodiscard]] std::optional<PartialDate> date_of(const DateParts& parts) {
    try {
        if (parts.day != 0) return PartialDate::day(parts.year, parts.month, parts.day);
        if (parts.month != 0) return PartialDate::month(parts.year, parts.month);
        return PartialDate::year(parts.year);
    } catch (const Error&) {
        return std::nullopt;
    }
}

[[nodiscard]] int year_of_two(int year, int century_turn) noexcept {
    return (year >= century_turn ? 1900 : 2000) + year;
}

//--- Time of day

// Takes HH:MM, and :SS and a fraction if they are there.
[[nodiscard]] bool take_clock(std::string_view& text) {
    const std::size_t hours = count_digits(text);
    if (hours == 0 || hours > 2 || detail::fixed_digits(text, 0, hours) > 24) return false;
    text.remove_prefix(hours);
    for (int part = 0; part < 2; ++part) {
        if (text.empty() || text.front() != ':') return part != 0;
        if (detail::fixed_digits(text, 1, 2) < 0 || detail::fixed_digits(text, 1, 2) > 60) return false;
        text.remove_prefix(3);
    }
    if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
        const std::size_t digits = count_digits(text.substr(1));
        if (digits == 0) return false;
        text.remove_prefix(1 + digits);
    }
    return true;
}

[[nodiscard]] bool is_zone(std::string_view text) {
    if (text.empty() || text == "Z" || text == "UTC" || text == "GMT") return true;
    if (text.starts_with("UTC") || text.starts_with("GMT")) text.remove_prefix(3);
    if (text.front() != '+' && text.front() != '-') return false;
    std::string digits(text.substr(1));
    std::erase(digits, ':');
    return (digits.size() == 2 || digits.size() == 4) && count_digits(digits) == digits.size();
}

// The text without the time of day behind the date; as it is when there is none.
[[nodiscard]] std::string_view without_time(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return text;
    std::size_t start = colon;
    while (start > 0 && is_ascii_digit(text[start - 1])) --start;
    if (start == 0 || (text[start - 1] != ' ' && text[start - 1] != 'T')) return text;
    std::string_view clock = text.substr(start);
    if (!take_clock(clock)) return text;
    clock = detail::trimmed(clock);
    for (const std::string_view half : {"AM", "PM", "am", "pm", "a.m.", "p.m."})
        if (clock.starts_with(half)) clock.remove_prefix(half.size());
    if (!is_zone(detail::trimmed(clock))) return text;
    std::string_view date = detail::trimmed(text.substr(0, start - 1));
    if (date.ends_with(',')) date.remove_suffix(1);
    return date;
}

//--- Formats

// The letter that the format repeats here, and how often; 0 for a separator.
struct Token {
    char letter = 0;
    std::size_t count = 0;
};

[[nodiscard]] Token next_token(std::string_view format) {
    const char letter = format.front();
    if (!is_format_letter(letter)) return {letter, 0};
    const std::size_t end = format.find_first_not_of(letter);
    return {letter, end == std::string_view::npos ? format.size() : end};
}

[[nodiscard]] bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& number) {
    const std::size_t digits = count_digits(text.substr(0, most));
    if (digits < least) return false;
    number = detail::fixed_digits(text, 0, digits);
    text.remove_prefix(digits);
    return true;
}

[[nodiscard]] bool take_month_name(std::string_view& text, int& month) {
    std::size_t size = 0;
    while (size < text.size() &&
           (is_format_letter(text[size]) || static_cast<unsigned char>(text[size]) >= 0x80))
        ++size;
    month = month_of_name(text.substr(0, size));
    if (size < text.size() && text[size] == '.') ++size;
    text.remove_prefix(size);
    return month != 0;
}

[[nodiscard]] bool take_year(std::string_view& text, std::size_t digits, std::optional<int> century_turn,
                             int& year) {
    if (!take_number(text, digits, digits, year)) return false;
    if (digits == 2 && !century_turn) return false;
    if (digits == 2) year = year_of_two(year, *century_turn);
    return year > 0;
}

[[nodiscard]] bool take(std::string_view& text, const Token& token, std::optional<int> century_turn,
                        DateParts& parts) {
    switch (token.letter) {
        case 'Y':
            return take_year(text, token.count, century_turn, parts.year);
        case 'D':
            return take_number(text, token.count, 2, parts.day) && parts.day > 0;
        case 'M':
            if (token.count > 2) return take_month_name(text, parts.month);
            return take_number(text, token.count, 2, parts.month) && parts.month > 0;
        default:
            if (text.empty() || text.front() != token.letter) return false;
            text.remove_prefix(1);
            return true;
    }
}

// The day of a spreadsheet's day number: day 1 is 1900-01-01, and 60 a day that there was not, so that only
// later ones are days; or day 0 is 1904-01-01.
[[nodiscard]] std::optional<PartialDate> date_of_number(std::string_view text, bool since_1904) {
    const std::size_t digits = count_digits(text);
    std::string_view rest = text.substr(digits);
    if (digits == 0 || digits > 7) return std::nullopt;
    if (!rest.empty() && (rest.front() != '.' || count_digits(rest.substr(1)) + 1 != rest.size()))
        return std::nullopt;
    const int number = detail::fixed_digits(text, 0, digits);
    if (!since_1904 && number <= 60) return std::nullopt;
    const date::sys_days start =
        since_1904 ? date::sys_days(date::year{1904} / 1 / 1) : date::sys_days(date::year{1899} / 12 / 30);
    try {
        return PartialDate::day(start + date::days(number));
    } catch (const Error&) {
        return std::nullopt;
    }
}

// Null when the text has another form, or the day is not in the calendar.
[[nodiscard]] std::optional<PartialDate> date_in(std::string_view text, std::string_view format,
                                                 std::optional<int> century_turn) {
    if (format == spreadsheet_days) return date_of_number(text, false);
    if (format == spreadsheet_days_1904) return date_of_number(text, true);
    DateParts parts;
    while (!format.empty()) {
        const Token token = next_token(format);
        if (!take(text, token, century_turn, parts)) return std::nullopt;
        format.remove_prefix(std::max<std::size_t>(token.count, 1));
    }
    if (!text.empty()) return std::nullopt;
    return date_of(parts);
}

//--- Dates that have one reading whatever the format

// The words and numbers of a text; empty when it holds anything else.
[[nodiscard]] std::vector<std::string> words_of_date(std::string_view text) {
    std::vector<std::string> words;
    const std::string key = detail::folded(text);
    for (std::size_t i = 0; i < key.size();) {
        const bool digit = is_ascii_digit(key[i]);
        const bool letter = is_format_letter(key[i]);
        if (!digit && !letter) {
            if (std::string_view(" ,-/'").find(key[i]) == std::string_view::npos) return {};
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < key.size() && (digit ? is_ascii_digit(key[end]) : is_format_letter(key[end]))) ++end;
        const std::string word = key.substr(i, end - i);
        constexpr std::string_view small_words = "st|nd|rd|th|er|de|del|di|of|o|le|il";
        if (digit || !detail::in_list(small_words, '|', word)) words.push_back(word);
        i = end;
    }
    return words;
}

[[nodiscard]] bool is_year(const std::string& word) {
    return word.size() == 4 && is_ascii_digit(word.front());
}

// `Q3 2021`, `2021 Q3`, `3Q 2021`; T is French, Italian, Spanish and Portuguese for Q. A half is no date of
// its own: its year is the finest that holds it.
[[nodiscard]] std::optional<PartialDate> part_of_year(std::vector<std::string> words) {
    if (words.size() != 3) return std::nullopt;
    if (is_year(words[0])) std::rotate(words.begin(), words.begin() + 1, words.end());
    if (!is_year(words[2])) return std::nullopt;
    if (is_ascii_digit(words[0].front())) std::swap(words[0], words[1]);
    if (words[1].size() != 1 || !is_ascii_digit(words[1].front())) return std::nullopt;
    const int part = words[1].front() - '0';
    const int year = detail::fixed_digits(words[2], 0, 4);
    if ((words[0] == "q" || words[0] == "t") && part >= 1 && part <= 4 && year > 0)
        return PartialDate::quarter(year, part);
    if ((words[0] == "h" || words[0] == "s") && (part == 1 || part == 2) && year > 0)
        return PartialDate::year(year);
    return std::nullopt;
}

// `14 octobre 2021`, `Sept 14, 2021`, `March 2021`.
[[nodiscard]] std::optional<PartialDate> date_with_name(const std::vector<std::string>& words) {
    if (words.size() < 2 || words.size() > 3) return std::nullopt;
    DateParts parts;
    for (const std::string& word : words) {
        int* part = is_year(word) ? &parts.year : is_ascii_digit(word.front()) ? &parts.day : &parts.month;
        if (*part != 0) return std::nullopt;
        *part = part == &parts.month                    ? month_of_name(word)
                : word.size() > 4                       ? 0
                : part == &parts.day && word.size() > 2 ? 0
                                                        : detail::fixed_digits(word, 0, word.size());
        if (*part == 0) return std::nullopt;
    }
    if (parts.year == 0 || parts.month == 0) return std::nullopt;
    return date_of(parts);
}

// A year as programs write numbers: 2021.0.
[[nodiscard]] std::optional<PartialDate> year_with_zeros(std::string_view text) {
    if (text.size() < 6 || count_digits(text) != 4 || text[4] != '.') return std::nullopt;
    if (text.find_first_not_of('0', 5) != std::string_view::npos) return std::nullopt;
    return date_of({.year = detail::fixed_digits(text, 0, 4)});
}

[[nodiscard]] std::optional<PartialDate> worded_date(std::string_view text) {
    if (const auto year = year_with_zeros(text)) return year;
    constexpr std::size_t longest = 40;
    if (text.size() > longest) return std::nullopt;
    const std::vector<std::string> words = words_of_date(text);
    if (!words.empty() && (words.front() == "fy" || words.back() == "fy")) {
        throw Error::refused(ErrorCode::bad_date, text,
                             "a date of the calendar: a fiscal year begins when its company says");
    }
    if (const auto part = part_of_year(words)) return part;
    return date_with_name(words);
}

[[nodiscard]] PartialDate parse_plain(std::string_view text, std::string_view date) {
    try {
        return PartialDate::parse(date);
    } catch (const Error&) {
        throw Error::refused(
            ErrorCode::bad_date, text,
            "YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY, unless the map's \"date_formats\" names another form");
    }
}

}  // namespace

void check_date_format(std::string_view format, std::optional<int> century_turn) {
    if (format == spreadsheet_days || format == spreadsheet_days_1904) return;
    std::string letters;
    bool known = true;
    bool short_year = false;
    for (std::string_view rest = format; !rest.empty();) {
        const Token token = next_token(rest);
        rest.remove_prefix(std::max<std::size_t>(token.count, 1));
        if (token.count == 0) {
            known = known && !is_ascii_digit(token.letter);
            continue;
        }
        letters += token.letter;
        short_year = short_year || (token.letter == 'Y' && token.count == 2);
        known =
            known && ((token.letter == 'Y' && (token.count == 4 || token.count == 2)) ||
                      (token.letter == 'M' && token.count <= 4) || (token.letter == 'D' && token.count <= 2));
    }
    std::sort(letters.begin(), letters.end());
    if (!known || (letters != "Y" && letters != "MY" && letters != "DMY")) {
        throw Error::refused(ErrorCode::bad_date, format,
                             "a format of YYYY or YY, M, MM, MMM or MMMM, and D or DD, such as DD/MM/YYYY; "
                             "spreadsheet-days or spreadsheet-days-1904");
    }
    if (short_year && !century_turn) {
        throw Error::refused(ErrorCode::bad_date, format,
                             "the map's \"century_turn\" too: 70 takes 70 for 1970 and 69 for 2069");
    }
}

PartialDate read_csv_date(std::string_view cell, std::span<const std::string> formats,
                          std::optional<int> century_turn) {
    const std::string_view text = detail::trimmed(cell);
    const std::string_view date = without_time(text);
    if (formats.empty()) {
        const bool is_iso =
            date.size() <= 10 && date.find_first_not_of("0123456789-") == std::string_view::npos;
        if (is_iso) return parse_plain(text, date);
        const auto worded = worded_date(date);
        return worded ? *worded : parse_plain(text, date);
    }
    std::optional<PartialDate> found;
    std::string names;
    for (const std::string& format : formats) {
        names.append(names.empty() ? "" : " or ").append(format);
        const auto read = date_in(date, format, century_turn);
        if (!read) continue;
        if (found && *found != *read) {
            throw Error::refused(ErrorCode::bad_date, text,
                                 "a date that is the same in each of the map's formats that read it: " +
                                     found->to_string() + " or " + read->to_string());
        }
        found = read;
    }
    if (!found) found = worded_date(date);
    if (!found) throw Error::refused(ErrorCode::bad_date, text, "a date of the calendar as " + names);
    return *found;
}

}  // namespace postmoney
