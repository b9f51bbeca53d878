// Closing: one tranche of a round.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

struct Closing {
    std::string round;
    PartialDate on = date_to_be_set;
    Amount amount = Amount::undisclosed();
    std::optional<std::string> name = {};
    std::optional<Instrument> instrument = {};  // where it is another than the round's

    static constexpr std::string_view description = "A tranche of a round.";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("round", FieldRole::round), self.round...);
        visit(FieldName("on").with_last_day(), self.on...);
        visit("amount", self.amount...);
        visit(FieldName("name", "the tranche's name"), self.name...);
        visit(FieldName("instrument", "where it is another than the round's"), self.instrument...);
    }

    friend bool operator==(const Closing&, const Closing&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
