// The refusal of a call: the whole what() message, so that a table of cases shows every refusal.
#pragma once

#include <string>

#include "postmoney/value/error.hpp"

namespace postmoney::test {

template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no refusal";
}

}  // namespace postmoney::test
