#include "progress_line.hpp"

#include <unistd.h>

#include <iostream>

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

std::string seconds_left(std::uint64_t elapsed_ms, std::uint64_t done, std::uint64_t total) {
    if (done == 0) return "?";
    return std::to_string(elapsed_ms * (total > done ? total - done : 0) / done / 1000);
}

std::string bytes_text(std::uint64_t bytes, std::uint64_t size, std::uint64_t elapsed_ms) {
    const std::uint64_t per_second = elapsed_ms == 0 ? 0 : bytes / elapsed_ms;
    return std::to_string(size == 0 ? 0 : 100 * bytes / size) + " % of " + std::to_string(size / 1'000'000) +
           " MB, " + std::to_string(per_second) + " kB/s, " + seconds_left(elapsed_ms, bytes, size) +
           " s left";
}
