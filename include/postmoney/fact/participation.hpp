// Participation: who took part in a round.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/share_count.hpp"

namespace POSTMONEY_NAMESPACE {

struct Participation {
    std::string round;
    std::string investor;
    std::optional<Amount> amount = {};
    std::optional<bool> lead = {};              // whether it led the round
    std::optional<Instrument> instrument = {};  // shown, and never added up
    std::optional<ShareCount> shares = {};      // of the round's class, as many as it got then

    static constexpr std::string_view description = "Who took part: `entry.counterparty` in `entry.round`.";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("round", FieldRole::round), self.round...);
        visit(FieldName("investor", FieldRole::counterparty), self.investor...);
        visit("amount", self.amount...);
        visit(FieldName("lead", "1 when it led"), self.lead...);
        visit(FieldName("instrument", "what the investor got"), self.instrument...);
        visit(FieldName("shares", "as many as it got then; canonical decimal text"), self.shares...);
    }

    friend bool operator==(const Participation&, const Participation&) = default;
};

}  // namespace POSTMONEY_NAMESPACE
