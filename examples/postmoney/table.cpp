#include "table.hpp"

#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <string_view>

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

std::string TableForm::line_of(const std::vector<std::string>& cells) const {
    std::string text;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const std::string cell = postmoney::printable(cells[c]);
        const std::size_t width = width_of(cell);
        const std::string padding(columns_[c].width > width ? columns_[c].width - width : 0, ' ');
        text += (c == 0 ? "" : "  ") + (columns_[c].numbers ? padding + cell : cell + padding);
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
    return form;
}

void Table::print_csv() const {
    std::vector<std::string> names = headings_;
    for (std::string& name : names) std::replace(name.begin(), name.end(), ' ', '_');
    print_csv_row(names);
    for (const auto& row : rows_) print_csv_row(row);
}
