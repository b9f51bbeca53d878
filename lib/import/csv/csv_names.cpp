#include "import/csv/csv_names.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/csv/csv_text.hpp"

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

}  // namespace

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
