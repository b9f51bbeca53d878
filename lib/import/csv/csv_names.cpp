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

// What stands before the names of those who took part.
constexpr std::array<std::string_view, 15> participation_words{"with participation from ",
                                                               "with participation by ",
                                                               "with participation of ",
                                                               "with the participation of ",
                                                               "with support from ",
                                                               "participation from ",
                                                               "participation by ",
                                                               "along with ",
                                                               "joined by ",
                                                               "followed by ",
                                                               "mit beteiligung von ",
                                                               "avec la participation de ",
                                                               "con la partecipazione di ",
                                                               "con la participación de ",
                                                               "com participação de "};

// What stands for nobody and can be a part of a name: `Bread & More`. Written small it is none.
constexpr std::string_view namely_words =
    "more|self|angel|angels|investor|investors|insiders|divers|diverse|vari|varios|various";

// What joins one to a list, or several to a name.
constexpr std::array<std::string_view, 8> joiners{" and ", " & ",  " + ", " plus ",
                                                  " und ", " et ", " y ", " e "};

[[nodiscard]] constexpr bool is_invisible(std::uint32_t c) noexcept {
    return c == 0xAD || c == 0x200B || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}
[[nodiscard]] constexpr bool is_joiner(std::uint32_t c) noexcept {
    return c == 0x200C || c == 0x200D;
}
// Letters from Hebrew to the scripts of India and beyond, and the pictures that joiners make one of.
[[nodiscard]] constexpr bool is_joined(std::uint32_t c) noexcept {
    return (c >= 0x0590 && c < 0x1E00) || (c >= 0x2190 && c < 0x2C00) || c >= 0xA800;
}

// The first character that shows something.
[[nodiscard]] std::uint32_t first_visible(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!point.valid) return 0;
        if (!is_invisible(point.value) && !is_joiner(point.value)) return point.value;
        text.remove_prefix(point.bytes);
    }
    return 0;
}

}  // namespace

std::string visible_text(std::string text) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(text.begin(), text.end(), is_ascii)) return text;
    std::string visible;
    visible.reserve(text.size());
    std::uint32_t before = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const CodePoint point = first_code_point(rest);
        const std::string_view piece = rest.substr(0, point.bytes);
        rest.remove_prefix(point.bytes);
        const bool is_kept =
            !point.valid || (is_joiner(point.value) ? is_joined(before) && is_joined(first_visible(rest))
                                                    : !is_invisible(point.value));
        if (!is_kept) continue;
        visible += piece;
        if (!is_joiner(point.value)) before = point.valid ? point.value : 0;
    }
    return visible;
}

std::vector<std::string> participants_in(std::string_view piece, bool is_first) {
    std::vector<std::string> names;
    const std::string key = lower(piece);
    std::size_t start = 0;
    const auto add = [&](std::size_t end) {
        const std::string_view name = trimmed(piece.substr(start, end - start));
        if (!name.empty()) names.emplace_back(name);
    };
    for (std::size_t at = 0; at < key.size(); ++at) {
        if (at != 0 && key[at - 1] != ' ') continue;
        for (const std::string_view words : participation_words) {
            if (!std::string_view(key).substr(at).starts_with(words)) continue;
            add(at);
            start = at + words.size();
            at = start - 1;
            break;
        }
    }
    add(piece.size());
    constexpr std::array<std::string_view, 3> beginnings{"and ", "& ", "und "};
    for (const std::string_view beginning : beginnings) {
        if (is_first || names.empty() || !names.front().starts_with(beginning)) continue;
        names.front() = std::string(trimmed(std::string_view(names.front()).substr(beginning.size())));
        break;
    }
    return names;
}

NameAndOthers without_others(std::string_view name, std::span<const std::string> own) {
    const auto cut = [&](std::size_t at, std::size_t joiner) {
        return NameAndOthers{std::string(trimmed(name.substr(0, at))),
                             std::string(trimmed(name.substr(at + joiner)))};
    };
    const std::string key = lower(name);
    for (const std::string_view joiner : joiners) {
        const std::size_t at = key.rfind(joiner);
        if (at == std::string::npos || at == 0) continue;
        const std::string_view others = trimmed(name.substr(at + joiner.size()));
        if (others.empty() || !is_placeholder(others, own)) continue;
        const bool is_written_small = !(others.front() >= 'A' && others.front() <= 'Z');
        if (is_written_small || !in_list(namely_words, '|', folded(others))) return cut(at, joiner.size());
    }
    for (const std::string_view end : {" et al.", " et al", " among others", " u.a.", " u. a."})
        if (key.size() > end.size() && key.ends_with(end)) return cut(name.size() - end.size(), 0);
    return {std::string(name), {}};
}

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
    std::size_t end = 0;  // of the last name
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (text(i, i).empty()) continue;
        std::size_t last = i;
        constexpr std::size_t most = 8;  // pieces of one name
        for (std::size_t j = std::min(i + most, pieces.size() - 1); on_record && j > i && last == i; --j)
            if (on_record(text(i, j))) last = j;
        while (last == i && i != 0 && !names.empty() && is_legal_form(text(i, i))) {
            // With the separator that stands before it.
            names.back() += cell.substr(end, pieces[i].end - end);
            names.back() = std::string(trimmed(names.back()));
            end = pieces[i].end;
            if (++i == pieces.size()) return names;
            last = i;
        }
        names.emplace_back(text(i, last));
        end = pieces[last].end;
        i = last;
    }
    return names;
}

}  // namespace postmoney::detail
