// StatedTotal: all that a company has raised to date, as someone says.
#pragma once

#include <string>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

struct StatedTotal {
    std::string company;
    Amount amount = Amount::undisclosed();
    PartialDate on;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("company", self.company);
        visit("amount", self.amount);
        visit("on", self.on);
    }
};

}  // namespace postmoney
