// Errors of the input: which are none, as the ledger's file is at fault, so that an import that goes on past
// bad input stops there; and where in nested input one is.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/value/error.hpp"

namespace postmoney::detail {

[[nodiscard]] constexpr bool is_of_the_ledger(ErrorCode code) noexcept {
    return category_of(code) != ErrorCategory::input;
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
