// ProgressLine: a line on the terminal that says how far a long command is. LongCall: a call of the library
// that shows one, and that Ctrl-C ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "interrupt.hpp"
#include "postmoney/value/progress.hpp"

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

// How far a call is: "12 % of 340 MB, 5100 kB/s, 58 s left", "[###...] 12 of 340 files, 3001 filings, 17 a
// second, 58 s left". `items` says what the items are; they are not told where it is empty.
[[nodiscard]] std::string progress_text(const postmoney::Progress& now, const std::string& items,
                                        std::uint64_t elapsed_ms);

// As long as it lives, Ctrl-C ends the call that is given `progress`, which takes back what it wrote; and on
// a terminal a line says how far it is.
class LongCall {
  public:
    // `total` is that of a call that cannot know it, such as the size of what it reads from a stream.
    explicit LongCall(std::string items = {}, std::uint64_t total = 0)
        : items_(std::move(items)), total_(total) {}

    // Not shown where the call writes to standard output as it goes.
    [[nodiscard]] postmoney::ProgressCall progress(bool is_shown = true);

  private:
    Interrupt interrupt_;
    ProgressLine line_;
    std::string items_;
    std::uint64_t total_;
};
