// money: an amount from its text, short enough for tables of cases.
#pragma once

#include <string_view>

#include "postmoney/value/money.hpp"

namespace postmoney::test {

inline Money money(std::string_view text) {
    return Money::parse(text);
}

}  // namespace postmoney::test
