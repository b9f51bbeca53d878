#include "progress_line.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <utility>

using namespace postmoney;

namespace {

constexpr const char* clear_line = "\r\x1b[K";

}  // namespace

ProgressLine::~ProgressLine() {
    if (shown_) std::cerr << clear_line << std::flush;
}

bool ProgressLine::is_wanted() noexcept {
    return isatty(STDERR_FILENO) != 0;
}

void ProgressLine::show(const std::function<std::string(std::uint64_t)>& text) {
    using std::chrono::milliseconds;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < milliseconds(200) || now - start_ < milliseconds(500)) return;
    last_ = now;
    shown_ = true;
    const auto elapsed = std::chrono::duration_cast<milliseconds>(now - start_).count();
    std::cerr << clear_line << text(static_cast<std::uint64_t>(elapsed)) << std::flush;
}

namespace {

// How long the rest takes if it goes on as before; "?" while nothing is done.
[[nodiscard]] std::string seconds_left(std::uint64_t elapsed_ms, std::uint64_t done, std::uint64_t total) {
    if (done == 0) return "?";
    return std::to_string(elapsed_ms * (total > done ? total - done : 0) / done / 1000);
}

[[nodiscard]] std::string bytes_text(std::uint64_t bytes, std::uint64_t size, std::uint64_t elapsed_ms) {
    const std::string rate = std::to_string(elapsed_ms == 0 ? 0 : bytes / elapsed_ms) + " kB/s";
    if (size == 0) return std::to_string(bytes / 1'000'000) + " MB, " + rate;
    return std::to_string(100 * bytes / size) + " % of " + std::to_string(size / 1'000'000) + " MB, " + rate +
           ", " + seconds_left(elapsed_ms, bytes, size) + " s left";
}

}  // namespace

std::string progress_text(const Progress& now, const std::string& items, std::uint64_t elapsed_ms) {
    if (now.unit == "bytes") return bytes_text(now.done, now.total, elapsed_ms);
    constexpr std::uint64_t width = 30;
    const std::uint64_t total = std::max<std::uint64_t>(now.total, 1);
    const std::uint64_t done = std::min(now.done, total);
    const std::uint64_t filled = width * done / total;
    const std::string counted = items.empty() ? "" : fmt::format(", {} {}", now.items, items);
    const std::uint64_t steps = items.empty() ? done : now.items;
    return fmt::format("[{:#<{}}{:.<{}}] {} of {} {}{}, {} a second, {} s left", "", filled, "",
                       width - filled, done, now.total, now.unit, counted,
                       elapsed_ms == 0 ? 0 : steps * 1000 / elapsed_ms,
                       seconds_left(elapsed_ms, done, total));
}

ProgressCall LongCall::progress(bool is_shown) {
    return [this, is_wanted = is_shown && ProgressLine::is_wanted()](Progress now) {
        Interrupt::check();
        if (!is_wanted) return;
        if (now.total == 0) now.total = total_;
        line_.show([&](std::uint64_t elapsed_ms) { return progress_text(now, items_, elapsed_ms); });
    };
}
