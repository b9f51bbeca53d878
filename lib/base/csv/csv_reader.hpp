// CsvReader: reads the rows of a table after RFC 4180, by libcsv. Its cells are bytes; decode makes UTF-8 of
// them.
#pragma once

#include <cstdint>
#include <deque>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/import/csv_map.hpp"

namespace postmoney::detail {

struct CsvRow {
    std::uint64_t number = 0;  // the header is row 1; empty lines count, as in a spreadsheet
    std::vector<std::string> cells;
};

class CsvReader {
  public:
    // Longer rows are refused.
    static constexpr std::size_t max_row = std::size_t{16} << 20U;

    // `name` is the file's, for errors. A byte-order mark is skipped.
    CsvReader(std::istream& in, std::string_view name, char delimiter);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // Reads the next row in which a cell is not empty; false after the last. Throws bad-text for a file that
    // is not CSV, io.
    bool next(CsvRow& row);

  private:
    struct Parser;
    void read_block();

    std::istream* in_;
    std::string name_;
    std::unique_ptr<Parser> parser_;
    std::size_t unfinished_ = 0;  // bytes since the last block in which a row ended
    bool started_ = false;
    bool ended_ = false;
};

// The cell as UTF-8. Throws bad-text for bytes that are not in the encoding.
[[nodiscard]] std::string decode(std::string_view cell, CsvEncoding encoding);

// The column that marks a table of acquisitions, which has a buyer and a price or a date, and nothing about
// rounds. Empty for another table. The price that a buyer pays is not capital that the company raised.
[[nodiscard]] std::string acquisitions_column(const std::vector<std::string>& header);
// Throws unknown-kind for such a table.
void refuse_acquisitions(const std::vector<std::string>& header);

}  // namespace postmoney::detail
