// RoundStatement: what one source says of a round. Each field given is a claim of its own; see
// resolved_round.hpp for what the claims of all sources come to.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney {

enum class RoundStatus : std::uint8_t { rumoured, announced, open, closed, cancelled };

enum class Instrument : std::uint8_t {
    equity,
    safe,  // Simple Agreement for Future Equity
    convertible_note,
    debt,
    grant,
    secondary,  // shares change hands; the company receives nothing
    token,
    other
};

struct RoundStatement {
    std::string round;  // the handle, unique in a ledger
    std::optional<std::string> amends =
        {};  // the handle of an earlier notice of the same round: both are one
    std::optional<std::string> company = {};  // needed on the round's first line
    std::optional<std::string> name = {};     // "Series B"
    std::optional<std::string> stage = {};    // "series-b"
    std::optional<RoundStatus> status = {};
    std::optional<Instrument> instrument = {};
    std::optional<PartialDate> announced = {};
    std::optional<PartialDate> closed = {};
    std::optional<PartialDate> first_sale = {};  // Form D item 7
    std::optional<PartialDate> filed = {};
    std::optional<Amount> raised = {};                // Form D item 13: total amount sold
    std::optional<Amount> offered = {};               // Form D item 13: total offering amount
    std::optional<Amount> remaining = {};             // Form D item 13: total remaining to be sold
    std::optional<Amount> includes_conversions = {};  // part of `raised` that is converted SAFEs and notes
    std::optional<Amount> minimum_investment = {};    // Form D item 11
    std::optional<Amount> commissions = {};           // Form D item 15: sales commissions
    std::optional<Amount> finders_fees = {};          // Form D item 15
    std::optional<Amount> proceeds_to_insiders =
        {};  // Form D item 16: executives', directors' and promoters' part of it
    std::optional<std::int64_t> investors = {};  // Form D item 14: those who already have invested
    std::optional<std::int64_t> non_accredited_investors =
        {};  // Form D item 14: given when there may be such
    std::optional<std::string> fund_type =
        {};  // Form D item 4: it is the round of a pooled investment fund of this type
    std::optional<std::string> use_of_proceeds = {};
    std::optional<PartialDate> signed_on = {};  // when the notice was signed; `signed` in a facts file
    std::map<std::string, std::string> attributes =
        {};                              // what the source says besides, by its own names for it
    std::optional<PartialDate> on = {};  // the claims hold from this day

    // The attribute that has the SEC's file number of the offering: the notices under one number are of one
    // round.
    static constexpr std::string_view file_number_attribute = "fileNumber";

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("round", self.round);
        visit("amends", self.amends);
        visit("company", self.company);
        visit("name", self.name);
        visit("stage", self.stage);
        visit("status", self.status);
        visit("instrument", self.instrument);
        visit("announced", self.announced);
        visit("closed", self.closed);
        visit("first_sale", self.first_sale);
        visit("filed", self.filed);
        visit("raised", self.raised);
        visit("offered", self.offered);
        visit("remaining", self.remaining);
        visit("includes_conversions", self.includes_conversions);
        visit("minimum_investment", self.minimum_investment);
        visit("commissions", self.commissions);
        visit("finders_fees", self.finders_fees);
        visit("proceeds_to_insiders", self.proceeds_to_insiders);
        visit("investors", self.investors);
        visit("non_accredited_investors", self.non_accredited_investors);
        visit("fund_type", self.fund_type);
        visit("use_of_proceeds", self.use_of_proceeds);
        visit("signed", self.signed_on);
        visit("attributes", self.attributes);
        visit("on", self.on);
    }
};

template <>
struct detail::Words<RoundStatus> {
    static constexpr std::array<std::string_view, 5> values{"rumoured", "announced", "open", "closed",
                                                            "cancelled"};
};

template <>
struct detail::Words<Instrument> {
    static constexpr std::array<std::string_view, 8> values{
        "equity", "safe", "convertible-note", "debt", "grant", "secondary", "token", "other"};
};

}  // namespace postmoney
