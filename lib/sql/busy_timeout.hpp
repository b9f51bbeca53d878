// How long SQLite waits for a connection that holds the file, which it counts in an int of milliseconds.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

// What is longer than SQLite can wait, 24 days, is as long as it can. Throws out-of-range for less than none.
[[nodiscard]] inline int busy_milliseconds(std::chrono::milliseconds busy_timeout) {
    if (busy_timeout < std::chrono::milliseconds(0)) {
        throw Error::refused(ErrorCode::out_of_range, std::to_string(busy_timeout.count()),
                             "0 or more milliseconds to wait")
            .in_field("busy_timeout");
    }
    constexpr std::chrono::milliseconds longest(std::numeric_limits<int>::max());
    return static_cast<int>(std::min(busy_timeout, longest).count());
}

}  // namespace postmoney::detail
