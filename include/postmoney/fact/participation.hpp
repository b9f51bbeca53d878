// Participation: who took part in a round.
#pragma once

#include <optional>
#include <string>

#include "postmoney/value/amount.hpp"

namespace postmoney {

struct Participation {
    std::string round;
    std::string investor;
    std::optional<Amount> amount = {};
    std::optional<bool> lead = {};  // whether it led the round

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("round", self.round);
        visit("investor", self.investor);
        visit("amount", self.amount);
        visit("lead", self.lead);
    }
};

}  // namespace postmoney
