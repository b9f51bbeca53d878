// Instrument: what an investor gets for the money.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"

namespace POSTMONEY_NAMESPACE {

enum class Instrument : std::uint8_t {
    equity,
    safe,  // Simple Agreement for Future Equity
    convertible_note,
    debt,
    grant,
    secondary,  // shares change hands; the company receives nothing
    token,
    other
};

template <>
struct detail::Words<Instrument> {
    static constexpr std::array<std::string_view, 8> values{
        "equity", "safe", "convertible-note", "debt", "grant", "secondary", "token", "other"};
};

}  // namespace POSTMONEY_NAMESPACE
