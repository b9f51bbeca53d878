// StatedTotal: all that a company has raised to date, as someone says.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

struct StatedTotal {
    std::string company;
    Amount amount = Amount::undisclosed();
    PartialDate on = date_to_be_set;

    static constexpr std::string_view description = "All that `entry.party` raised to date, as someone says.";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit("amount", self.amount...);
        visit(FieldName("on").with_last_day(), self.on...);
    }

    friend bool operator==(const StatedTotal&, const StatedTotal&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
