#include "table.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <ostream>
#include <string_view>

#include "postmoney/value/printable.hpp"

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

struct Column {
    std::size_t width;
    bool numbers;  // and nothing else
};

}  // namespace

void Table::print(std::ostream& out) const {
    std::vector<std::vector<std::string>> lines{headings_};
    for (const auto& row : rows_) {
        auto& line = lines.emplace_back();
        for (const std::string& cell : row) line.push_back(postmoney::printable(cell));
    }
    std::vector<Column> columns(headings_.size(), Column{0, !rows_.empty()});
    for (const auto& line : lines) {
        for (std::size_t c = 0; c < columns.size(); ++c)
            columns[c].width = std::max(columns[c].width, width_of(line[c]));
    }
    for (const auto& row : rows_) {
        for (std::size_t c = 0; c < columns.size(); ++c)
            columns[c].numbers = columns[c].numbers && is_number(row[c]);
    }
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::string padding(columns[c].width - width_of(line[c]), ' ');
            text += (c == 0 ? "" : "  ") + (columns[c].numbers ? padding + line[c] : line[c] + padding);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out << text << '\n';
    }
}
