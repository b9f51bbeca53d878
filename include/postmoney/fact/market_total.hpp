// MarketTotal: a whole market's funding in a period.
#pragma once

#include <string>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

struct MarketTotal {
    std::string market;
    PartialDate period;
    Amount amount = Amount::undisclosed();

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("market", self.market);
        visit("period", self.period);
        visit("amount", self.amount);
    }
};

}  // namespace postmoney
