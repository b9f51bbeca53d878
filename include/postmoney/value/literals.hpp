// Literals for what programs and tests write by hand.
//
//   using namespace postmoney::literals;
//   const Amount raised = "6 billion USD"_amount;
//   constexpr PartialDate closed = "2024-12"_date;    // what is no date does not compile
#pragma once

#include <cstddef>
#include <string_view>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

namespace literals {

// As Amount::parse and Money::parse with the currencies of ISO 4217. Throw as they do.
[[nodiscard]] inline Amount operator""_amount(const char* text, std::size_t size) {
    return Amount::parse(std::string_view(text, size));
}
[[nodiscard]] inline Money operator""_money(const char* text, std::size_t size) {
    return Money::parse(std::string_view(text, size));
}

// "134.68"_decimal. Throws as Decimal::parse.
[[nodiscard]] constexpr Decimal operator""_decimal(const char* text, std::size_t size) {
    return Decimal::parse(std::string_view(text, size));
}

// Read while compiling: what PartialDate::parse and Timestamp::parse refuse does not compile.
[[nodiscard]] consteval PartialDate operator""_date(const char* text, std::size_t size) {
    return PartialDate::parse(std::string_view(text, size));
}
[[nodiscard]] consteval Timestamp operator""_time(const char* text, std::size_t size) {
    return Timestamp::parse(std::string_view(text, size));
}

}  // namespace literals

}  // namespace POSTMONEY_NAMESPACE
