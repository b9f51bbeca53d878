// StatedTotal: all that a company has raised to date, as someone says.
#pragma once

#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

struct StatedTotal {
    std::string company;
    Amount amount = Amount::undisclosed();
    PartialDate on;

    static constexpr std::string_view description = "All that `entry.party` raised to date, as someone says.";
    static constexpr bool on_company = true;
    // To be filled in, field by field.
    [[nodiscard]] static StatedTotal blank() { return {.company = {}, .on = PartialDate::year(1)}; }

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit("amount", self.amount...);
        visit(FieldName("on").with_last_day(), self.on...);
    }
};

}  // namespace postmoney
