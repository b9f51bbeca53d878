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

    // `name` is the file's, for errors. A byte-order mark is skipped; UTF-16 that begins with one is read as
    // UTF-8.
    CsvReader(std::istream& in, std::string_view name, char delimiter);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // Reads the next row in which a cell is not empty; false after the last. Throws bad-text for a file that
    // is not CSV, io.
    bool next(CsvRow& row);

    // Whether a byte-order mark said the encoding: the cells are UTF-8 then. Known once a row was read.
    [[nodiscard]] bool has_byte_order_mark() const noexcept { return mark_ != ByteOrder::unknown; }
    // How far the file was read, in bytes.
    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return bytes_read_; }

  private:
    struct Parser;
    enum class ByteOrder : std::uint8_t { unknown, utf8, little, big };

    void read_block();
    // Finds the byte-order mark and takes it away. Throws bad-text for a workbook.
    void begin(std::string& block);
    [[nodiscard]] std::string utf8_of(std::string_view block);

    std::istream* in_;
    std::string name_;
    std::unique_ptr<Parser> parser_;
    std::size_t unfinished_ = 0;  // bytes since the last block in which a row ended
    std::uint64_t bytes_read_ = 0;
    ByteOrder mark_ = ByteOrder::unknown;
    std::string rest_;  // bytes of UTF-16 that the last block ended with before their character was whole
    bool started_ = false;
    bool ended_ = false;
};

}  // namespace postmoney::detail
