// MarketTotal: a whole market's funding in a period.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

struct MarketTotal {
    std::string market;
    PartialDate period = date_to_be_set;
    Amount amount = Amount::undisclosed();

    static constexpr std::string_view description = "A market's funding in a period.";
    static constexpr bool on_company = false;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("market", "the market"), self.market...);
        visit(FieldName("period").with_last_day(), self.period...);
        visit("amount", self.amount...);
    }

    friend bool operator==(const MarketTotal&, const MarketTotal&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
