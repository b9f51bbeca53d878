// LineReader: reads the lines of a stream, and holds only one line of limited length at a time.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace postmoney::detail {

class LineReader {
  public:
    LineReader(std::istream& in, std::size_t max_line) : in_(&in), max_line_(max_line) {}

    // Reads the next line without its end; false after the last. A byte-order mark before the first line is
    // skipped. A line that is longer than the limit is cut, and `too_long` says so.
    bool next();

    [[nodiscard]] std::string_view line() const noexcept { return line_; }
    [[nodiscard]] bool too_long() const noexcept { return too_long_; }
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }  // of the line, from 1
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }    // read so far

  private:
    std::istream* in_;
    std::size_t max_line_;
    std::string line_;
    std::string block_;
    std::size_t at_ = 0;
    bool too_long_ = false;
    std::uint64_t number_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace postmoney::detail
