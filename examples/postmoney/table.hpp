// Table: rows of text in aligned columns, safe to print on a terminal.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

class Table {
  public:
    explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}

    // As many cells as there are headings.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }

    // Columns of numbers only are aligned to the right, others to the left; characters that could drive a
    // terminal are escaped.
    void print(std::ostream& out) const;

  private:
    std::vector<std::string> headings_;
    std::vector<std::vector<std::string>> rows_;
};
