// Exact figures of the tests of `model`.
#pragma once

#include <string_view>

#include "postmoney/value.hpp"

namespace model_figures {

// "12.5" or "1/3"
[[nodiscard]] inline postmoney::Ratio n(std::string_view text) {
    using namespace postmoney;
    return text.find('/') == std::string_view::npos ? Ratio(Decimal::parse(text)) : Ratio::parse(text);
}

}  // namespace model_figures
