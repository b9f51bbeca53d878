// FxRate: one unit of the base currency costs `rate` units of the quote currency.
#pragma once

#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

struct FxRate {
    Currency base = Currency::iso("USD");
    Currency quote = Currency::iso("USD");
    PartialDate on;
    Decimal rate{1};  // above 0, at most 10 decimals

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("base", self.base);
        visit("quote", self.quote);
        visit("on", self.on);
        visit("rate", self.rate);
    }
};

}  // namespace postmoney
