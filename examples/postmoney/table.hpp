// Table: rows of text in aligned columns, safe to print on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
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
    // Makes the columns so narrow that a line takes at most so many columns of a terminal, when all is
    // measured: what does not fit goes on below, in its column. Numbers stay whole. 0: however wide.
    void fit(std::size_t width);
    // How many rows were measured.
    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }

    void print_headings(std::ostream& out) const;
    // A row that was not measured may be out of line.
    void print(std::ostream& out, const std::vector<std::string>& cells) const;
    // Without the end of the last line.
    [[nodiscard]] std::string line_of(const std::vector<std::string>& cells) const;

  private:
    [[nodiscard]] std::string one_line(const std::vector<std::string>& cells) const;
    [[nodiscard]] std::size_t width() const;

    struct Column {
        std::size_t width;
        bool numbers = true;  // and nothing else
    };

    std::vector<std::string> headings_;
    std::vector<Column> columns_;
    std::size_t rows_ = 0;
};

// How many columns the terminal has that standard output is, as COLUMNS says or else the terminal; 0 where it
// is none, or none can be told: nothing is made to fit then.
[[nodiscard]] std::size_t terminal_width();

// How a row stands out on a terminal; elsewhere, and where NO_COLOR is set, all are plain.
enum class RowStyle : std::uint8_t { plain, faint, warning, error };

class Table {
  public:
    explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

    // As many cells as there are headings.
    void add(std::vector<std::string> cells, RowStyle style = RowStyle::plain) {
        rows_.push_back(std::move(cells));
        styles_.push_back(style);
    }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

    void print(std::ostream& out) const;
    // Without the headings.
    void print_rows(std::ostream& out) const;
    // As CSV, to standard output; the names of the columns are the headings with underscores for blanks.
    void print_csv() const;

  private:
    [[nodiscard]] TableForm form() const;
    void print_rows(std::ostream& out, const TableForm& form) const;

    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<RowStyle> styles_;  // of rows_[i]
};
