#include "import/csv/csv_names.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"
#include "import/csv/csv_words.hpp"
#include "postmoney/text/detail/amount_tokens.hpp"
#include "postmoney/text/detail/amount_words.hpp"
#include "postmoney/text/detail/currency_words.hpp"

namespace postmoney::detail {

namespace {

struct Piece {
    std::size_t start = 0;
    std::size_t end = 0;
};

// Whether a piece of a list belongs to the name before it.
[[nodiscard]] bool is_legal_form(std::string_view piece) {
    constexpr std::size_t longest = 14;
    if (piece.size() > longest) return false;
    std::string word = lower(piece);
    std::erase(word, '.');
    constexpr std::array<std::string_view, 22> forms{
        "inc", "incorporated", "llc", "ltd", "limited", "lp",  "llp",    "plc",  "corp", "co",   "gmbh",
        "ag",  "sa",           "nv",  "bv",  "srl",     "spa", "co ltd", "pllc", "kg",   "lllp", "company"};
    return std::find(forms.begin(), forms.end(), word) != forms.end();
}

[[nodiscard]] std::vector<Piece> pieces_of(std::string_view cell, std::span<const std::string> separators) {
    std::vector<Piece> pieces;
    std::size_t start = 0;
    for (std::size_t at = 0; at < cell.size();) {
        std::size_t longest = 0;
        for (const std::string& separator : separators)
            if (cell.substr(at).starts_with(separator)) longest = std::max(longest, separator.size());
        if (longest == 0) {
            ++at;
            continue;
        }
        pieces.push_back({start, at});
        at += longest;
        start = at;
    }
    pieces.push_back({start, cell.size()});
    return pieces;
}

// What stands behind a name of who led, in brackets or behind a dash, and before it; folded.
constexpr std::string_view lead_words =
    "lead|leads|led|leading|lead investor|lead investors|lead-investor|leadinvestor|co-lead|co lead|colead|"
    "co-leads|co-led|co-lead investor|hauptinvestor|capofila|chef de file|lider|inversor lider|investidor "
    "lider";
constexpr std::string_view lead_beginnings =
    "led by |co-led by |lead: |leads: |lead investor: |lead investors: ";

}  // namespace

NamedInvestor without_lead(std::string_view name) {
    bool led = false;
    for_each_item(lead_beginnings, '|', [&](std::string_view beginning) {
        if (name.size() <= beginning.size() ||
            folded(name.substr(0, beginning.size() - 1)) != beginning.substr(0, beginning.size() - 1))
            return;
        if (name[beginning.size() - 1] != ' ') return;
        name = trimmed(name.substr(beginning.size()));
        led = true;
    });
    const bool in_brackets = name.ends_with(')') || name.ends_with(']');
    constexpr std::string_view dash = " - ";
    const std::size_t open = in_brackets ? name.find_last_of("([") : name.rfind(dash);
    if (open == std::string_view::npos || open == 0) return {std::string(name), led};
    const std::size_t begin = open + (in_brackets ? 1 : dash.size());
    const std::string_view said = name.substr(begin, name.size() - begin - (in_brackets ? 1 : 0));
    if (!in_list(lead_words, '|', folded(trimmed(said)))) return {std::string(name), led};
    return {std::string(trimmed(name.substr(0, open))), true};
}

bool has_figure_behind(std::string_view name) {
    const std::size_t open = name.find_last_of("([");
    if (open == std::string_view::npos || open == 0 || (!name.ends_with(')') && !name.ends_with(']')))
        return false;
    bool has_digit = false;
    bool has_sign = false;
    for (std::string_view rest = name.substr(open + 1); !rest.empty();) {
        const CurrencySign* const sign = sign_at_start(rest);
        has_sign = has_sign || sign != nullptr || rest.front() == '%';
        has_digit = has_digit || is_ascii_digit(rest.front());
        rest.remove_prefix(sign != nullptr ? sign->text.size() : 1);
    }
    return has_digit && has_sign;
}

bool is_only_number(std::string_view text) {
    bool has_digit = false;
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!point.valid || is_text_letter(point.value)) return false;
        has_digit = has_digit || is_ascii_digit(text.front());
        text.remove_prefix(point.bytes);
    }
    return has_digit;
}

std::vector<std::string> split_names(std::string_view cell, std::span<const std::string> separators,
                                     const NameOnRecord& on_record) {
    const std::vector<Piece> pieces = pieces_of(cell, separators);
    std::vector<std::string> names;
    const auto text = [&](std::size_t first, std::size_t last) {
        return trimmed(cell.substr(pieces[first].start, pieces[last].end - pieces[first].start));
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        std::size_t last = i;
        constexpr std::size_t most = 8;  // pieces of one name
        for (std::size_t j = std::min(i + most, pieces.size() - 1); on_record && j > i && last == i; --j)
            if (on_record(text(i, j))) last = j;
        while (last == i && i != 0 && !names.empty() && is_legal_form(text(i, i))) {
            // With the separator that stands before it.
            names.back() = std::string(trimmed(names.back())) +
                           std::string(cell.substr(pieces[i - 1].end, pieces[i].end - pieces[i - 1].end));
            names.back() = std::string(trimmed(names.back()));
            if (++i == pieces.size()) return names;
            last = i;
        }
        names.emplace_back(text(i, last));
        i = last;
    }
    return names;
}

}  // namespace postmoney::detail
