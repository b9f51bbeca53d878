// ProgressLine: a line on the terminal that says how far a long command is.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

class ProgressLine {
  public:
    ProgressLine() = default;
    ~ProgressLine();  // takes the line away
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    // Whether standard error is a terminal: elsewhere the line is in the way.
    [[nodiscard]] static bool is_wanted() noexcept;

    // Shows the text that `text` makes of the milliseconds since the start; nothing in the first half second,
    // and later at most five times a second.
    void show(const std::function<std::string(std::uint64_t elapsed_ms)>& text);

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_;
    bool shown_ = false;
};

// How far a reader of a file is: "12 % of 340 MB, 5100 kB/s, 58 s left".
[[nodiscard]] std::string bytes_text(std::uint64_t bytes, std::uint64_t size, std::uint64_t elapsed_ms);

// How long the rest takes if it goes on as before; "?" while nothing is done.
[[nodiscard]] std::string seconds_left(std::uint64_t elapsed_ms, std::uint64_t done, std::uint64_t total);
