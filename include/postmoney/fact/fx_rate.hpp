// FxRate: one unit of the base currency costs `rate` units of the quote currency.
#pragma once

#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

struct FxRate {
    Currency base = Currency::iso("USD");
    Currency quote = Currency::iso("USD");
    PartialDate on;
    Decimal rate{1};  // above 0, at most 10 decimals

    static constexpr std::string_view description = "One unit of base costs rate_number of quote.";
    static constexpr bool on_company = false;
    // To be filled in, field by field.
    [[nodiscard]] static FxRate blank() { return {.on = PartialDate::year(1)}; }

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit("base", self.base...);
        visit("quote", self.quote...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit("rate", self.rate...);
    }
};

}  // namespace postmoney
