// How exchanges and vendors of data write a hundredth of a currency: GBp and GBX are pence, ZAc South African
// cents, ILa agorot. Read in capitals such a price would be that of a hundred.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

class Currency;

namespace detail {

// The currency that a code is rather a hundredth of: the code of one with a small letter last always is, and
// GBX and the like where no ledger defines them. Null for other texts, such as KSh, which is a name.
[[nodiscard]] std::optional<Currency> hundredth_of(std::string_view code);
[[nodiscard]] bool is_hundredth(std::string_view code);

// What is expected in the place of a code that no currency has: the whole unit where it is a hundredth.
[[nodiscard]] std::string expected_currency(std::string_view code, std::string_view expected);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/detail/hundredth-inl.hpp"
#endif
