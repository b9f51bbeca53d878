// Errors of the input: which are none, as the ledger's file is at fault, so that an import that goes on past
// bad input stops there; and where in nested input one is.
#pragma once

#include <string>
#include <string_view>

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

// Calls read(), and puts the field in front of what it refuses: a refusal in `units` within `map` is one in
// map.units.
template <class Read>
void within_field(std::string_view field, Read read) {
    try {
        read();
    } catch (const Error& error) {
        throw error.field().empty()
            ? error.in_field(field)
            : Error(error.code(), error.message()).in_field(std::string(field) + "." + error.field());
    }
}

}  // namespace postmoney::detail
