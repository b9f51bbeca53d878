// Table: rows of text in aligned columns, safe to print on a terminal.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

// How the columns of a table are printed, as its rows need it. For rows that are too many to be kept: each is
// measured, and then, when it is read again, printed.
//
// Columns of numbers only are aligned to the right, others to the left; characters that could drive a
// terminal are escaped.
class TableForm {
  public:
    explicit TableForm(std::vector<std::string> headings);

    // As many cells as there are headings.
    void measure(const std::vector<std::string>& cells);
    // How many rows were measured.
    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }

    void print_headings(std::ostream& out) const;
    // A row that was not measured may be out of line.
    void print(std::ostream& out, const std::vector<std::string>& cells) const;

  private:
    struct Column {
        std::size_t width;
        bool numbers = true;  // and nothing else
    };

    std::vector<std::string> headings_;
    std::vector<Column> columns_;
    std::size_t rows_ = 0;
};

class Table {
  public:
    explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

    // As many cells as there are headings.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

    void print(std::ostream& out) const;

  private:
    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_;
};
