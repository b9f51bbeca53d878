// CallbackThrew: what a program's callback threw, where errors of our own are findings or are told otherwise.
#pragma once

#include <exception>

#include "postmoney/value/progress.hpp"

namespace postmoney::detail {

// No std::exception, so that it passes who handles those.
struct CallbackThrew {
    std::exception_ptr error;
};

// The call, which has to live as long, with all that it throws as CallbackThrew.
[[nodiscard]] inline ProgressCall told_apart(const ProgressCall& progress) {
    if (!progress) return {};
    return [&progress](const Progress& now) {
        try {
            progress(now);
        } catch (...) {
            throw CallbackThrew{std::current_exception()};
        }
    };
}

}  // namespace postmoney::detail
