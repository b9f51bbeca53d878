// FxRate: one unit of the base currency costs `rate` units of the quote currency.
#pragma once

#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

struct FxRate {
    Currency base = Currency::iso("USD");
    Currency quote = Currency::iso("USD");
    PartialDate on = date_to_be_set;
    Decimal rate = {};  // to be set: above 0, at most 10 decimals

    static constexpr std::string_view description = "One unit of base costs rate_number of quote.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit("base", self.base...);
        visit("quote", self.quote...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit("rate", self.rate...);
    }

    friend bool operator==(const FxRate&, const FxRate&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
