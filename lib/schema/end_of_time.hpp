// What stands in the file for times and days that have no end.
#pragma once

#include <cstdint>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Stands in `known_to` for what is known still: 9999-12-31T23:59:59.999999Z, in microseconds since 1970.
constexpr std::int64_t end_of_time = 253402300799999999;
// Stands in `valid_to` for what holds still.
constexpr std::string_view end_of_days = "9999-12-31";

}  // namespace POSTMONEY_NAMESPACE::detail
