// Tells errors of the ledger's file from errors of the input. An import that goes on past bad input stops at
// the former.
#pragma once

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

[[nodiscard]] constexpr bool is_of_the_ledger(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::not_a_ledger:
        case ErrorCode::newer_schema:
        case ErrorCode::damaged:
        case ErrorCode::no_such_file:
        case ErrorCode::no_such_folder:
        case ErrorCode::file_exists:
        case ErrorCode::read_only:
        case ErrorCode::busy:
        case ErrorCode::io:
        case ErrorCode::misuse:
        case ErrorCode::out_of_memory:
            return true;
        default:
            return false;
    }
}

}  // namespace postmoney::detail
