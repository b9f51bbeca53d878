// CsvReader: the rows of a table as RFC 4180 has them, by libcsv. It takes bytes and gives bytes, as a file
// does not say its encoding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

}  // namespace postmoney::detail
