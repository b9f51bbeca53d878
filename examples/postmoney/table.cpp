#include "table.hpp"

#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ostream>
#include <string_view>
#include <system_error>
#include <utility>

#include "csv.hpp"
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

// Takes what fits into the width off the front, up to a blank where there is one.
std::string take_line(std::string& text, std::size_t width) {
    std::size_t used = 0;
    std::size_t end = 0;
    std::size_t blank = std::string::npos;
    while (end < text.size()) {
        const auto point = postmoney::first_code_point(std::string_view(text).substr(end));
        used += width_of(std::string_view(text).substr(end, point.bytes));
        if (text[end] == ' ') blank = end;
        if (used > width && end != 0) break;
        end += point.bytes;
    }
    if (end == text.size()) return std::exchange(text, "");
    if (blank != std::string::npos && blank != 0) end = blank;
    std::string line = text.substr(0, end);
    text.erase(0, std::min(text.find_first_not_of(' ', end), text.size()));
    return line;
}

bool is_number(const std::string& text) {
    if (text.empty()) return true;
    const std::size_t sign = text.front() == '-' ? 1 : 0;  // a hyphen further in is a date's
    return text.find_first_not_of(".0123456789%x ", sign) == std::string::npos;
}

// https://no-color.org: a program adds no colour where NO_COLOR is set and not empty.
bool colours_are_wanted() {
    const char* const no_colour = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    return isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0') &&
           (terminal == nullptr || std::string_view(terminal) != "dumb");
}

const char* escape_of(RowStyle style) {
    switch (style) {
        case RowStyle::faint:
            return "\x1b[2m";
        case RowStyle::warning:
            return "\x1b[33m";
        case RowStyle::error:
            return "\x1b[31m";
        case RowStyle::plain:
            break;
    }
    return "";
}

}  // namespace

std::size_t terminal_width() {
    if (isatty(STDOUT_FILENO) == 0) return 0;
    const char* const columns = std::getenv("COLUMNS");
    const std::string_view said = columns == nullptr ? std::string_view() : std::string_view(columns);
    std::size_t width = 0;
    const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), width);
    if (!said.empty() && error == std::errc() && end == said.data() + said.size() && width != 0) return width;
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

TableForm::TableForm(std::vector<std::string> headings) : headings_(std::move(headings)) {
    for (const std::string& heading : headings_)
        columns_.push_back({.width = width_of(postmoney::printable(heading))});
}

void TableForm::measure(const std::vector<std::string>& cells) {
    ++rows_;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        columns_[c].width = std::max(columns_[c].width, width_of(postmoney::printable(cells[c])));
        columns_[c].numbers = columns_[c].numbers && is_number(cells[c]);
    }
}

void TableForm::print_headings(std::ostream& out) const {
    print(out, headings_);
}

void TableForm::print(std::ostream& out, const std::vector<std::string>& cells) const {
    out << line_of(cells) << '\n';
}

std::size_t TableForm::width() const {
    std::size_t sum = 2 * (columns_.size() - 1);
    for (const Column& column : columns_) sum += column.width;
    return sum;
}

void TableForm::fit(std::size_t width) {
    constexpr std::size_t narrowest = 8;
    if (width == 0 || columns_.empty()) return;
    while (this->width() > width) {
        Column* widest = nullptr;
        for (Column& column : columns_) {
            if (column.numbers || column.width <= narrowest) continue;
            if (widest == nullptr || column.width > widest->width) widest = &column;
        }
        if (widest == nullptr) return;
        --widest->width;
    }
}

std::string TableForm::line_of(const std::vector<std::string>& cells) const {
    std::vector<std::string> rest;
    bool fits = true;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        rest.push_back(postmoney::printable(cells[c]));
        fits = fits && (columns_[c].numbers || width_of(rest.back()) <= columns_[c].width);
    }
    if (fits) return one_line(rest);
    std::string text;
    for (bool more = true; more;) {
        std::vector<std::string> line;
        more = false;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            line.push_back(columns_[c].numbers ? std::exchange(rest[c], "")
                                               : take_line(rest[c], columns_[c].width));
            more = more || !rest[c].empty();
        }
        text += (text.empty() ? "" : "\n") + one_line(line);
    }
    return text;
}

std::string TableForm::one_line(const std::vector<std::string>& cells) const {
    std::string text;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::size_t width = width_of(cells[c]);
        const std::string padding(columns_[c].width > width ? columns_[c].width - width : 0, ' ');
        text += (c == 0 ? "" : "  ") + (columns_[c].numbers ? padding + cells[c] : cells[c] + padding);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

void Table::print(std::ostream& out) const {
    const TableForm form = this->form();
    form.print_headings(out);
    print_rows(out, form);
}

void Table::print_rows(std::ostream& out) const {
    print_rows(out, form());
}

void Table::print_rows(std::ostream& out, const TableForm& form) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const std::string line = form.line_of(rows_[i]);
        if (styles_[i] == RowStyle::plain || !colours_are_wanted()) {
            out << line << '\n';
        } else {
            out << escape_of(styles_[i]) << line << "\x1b[0m\n";
        }
    }
}

TableForm Table::form() const {
    TableForm form(headings_);
    for (const auto& row : rows_) form.measure(row);
    form.fit(terminal_width());
    return form;
}

void Table::print_csv() const {
    std::vector<std::string> names = headings_;
    for (std::string& name : names) std::replace(name.begin(), name.end(), ' ', '_');
    print_csv_row(names);
    for (const auto& row : rows_) print_csv_row(row);
}
