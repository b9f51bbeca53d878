// Closing: one tranche of a round.
#pragma once

#include <optional>
#include <string>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

struct Closing {
    std::string round;
    PartialDate on;
    Amount amount = Amount::undisclosed();
    std::optional<std::string> name = {};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("round", self.round);
        visit("on", self.on);
        visit("amount", self.amount);
        visit("name", self.name);
    }
};

}  // namespace postmoney
