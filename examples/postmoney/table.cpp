#include "table.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <ostream>
#include <string_view>

#include "postmoney/printable.hpp"

namespace {

// How many columns of a terminal the text takes.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto point = postmoney::first_code_point(text);
        const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.value));
        width += columns > 0 ? static_cast<std::size_t>(columns) : 0;
        text.remove_prefix(point.bytes);
    }
    return width;
}

bool is_number(const std::string& text) {
    if (text.empty()) return true;
    const std::size_t sign = text.front() == '-' ? 1 : 0;  // a hyphen further in is a date's
    return text.find_first_not_of(".0123456789%x ", sign) == std::string::npos;
}

}  // namespace

void Table::print(std::ostream& out) const {
    std::vector<std::vector<std::string>> lines{headings_};
    for (const auto& row : rows_) {
        auto& line = lines.emplace_back();
        for (const std::string& cell : row) line.push_back(postmoney::printable(cell));
    }
    for (std::size_t r = 0; r < lines.size(); ++r) {
        std::string text;
        for (std::size_t c = 0; c < headings_.size(); ++c) {
            std::size_t width = 0;
            for (const auto& line : lines) width = std::max(width, width_of(line[c]));
            const bool right =
                !rows_.empty() &&
                std::all_of(rows_.begin(), rows_.end(), [&](const auto& row) { return is_number(row[c]); });
            const std::string padding(width - width_of(lines[r][c]), ' ');
            text += (c == 0 ? "" : "  ") + (right ? padding + lines[r][c] : lines[r][c] + padding);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out << text << '\n';
    }
}
