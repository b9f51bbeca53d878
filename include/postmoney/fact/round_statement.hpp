// RoundStatement: what one source says of a round. Each field given is a claim of its own.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/fact/field_name.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/price_per_share.hpp"
#include "postmoney/value/share_count.hpp"

namespace POSTMONEY_NAMESPACE {

enum class RoundStatus : std::uint8_t { rumoured, announced, open, closed, cancelled };

// The form of what one source states: a claim is there or not.
struct StatedForm {
    template <class T>
    using Claim = std::optional<T>;
    template <class T>
    using Said = T;
};

// What is claimed of a round, with each claim in the form that `Form` gives it: RoundStatement is the form of
// one source, and resolution.hpp has the form that the claims of all sources come to.
template <class Form>
struct RoundClaims {
    template <class T>
    using Claim = typename Form::template Claim<T>;
    // What belongs to the statement itself, and is no claim that competes with others.
    template <class T>
    using Said = typename Form::template Said<T>;

    Said<std::string> round = {};                   // the handle, unique in a ledger
    Said<std::optional<std::string>> amends = {};   // the handle of an earlier notice of the same round
    Said<std::optional<std::string>> company = {};  // needed on the round's first line
    Claim<std::string> name = {};                   // "Series B"
    Claim<std::string> stage = {};                  // "series-b"
    Claim<RoundStatus> status = {};
    Claim<Instrument> instrument = {};
    Claim<PartialDate> announced = {};
    Claim<PartialDate> closed = {};
    Claim<PartialDate> first_sale = {};  // Form D item 7
    Claim<PartialDate> filed = {};
    Claim<Amount> raised = {};                // Form D item 13: total amount sold
    Claim<Amount> offered = {};               // Form D item 13: total offering amount
    Claim<Amount> remaining = {};             // Form D item 13: total remaining to be sold
    Claim<Amount> includes_conversions = {};  // the part of `raised` that is converted SAFEs and notes
    Claim<PricePerShare> price_per_share = {};
    Claim<ShareCount> shares_issued = {};     // for new money, not for what was converted
    Claim<std::string> security_class = {};   // of these shares: "Series B Preferred"
    Claim<Amount> minimum_investment = {};    // Form D item 11
    Claim<Amount> commissions = {};           // Form D item 15: sales commissions
    Claim<Amount> finders_fees = {};          // Form D item 15
    Claim<Amount> proceeds_to_insiders = {};  // Form D item 16: paid to executives, directors, promoters
    Claim<std::int64_t> investors = {};       // Form D item 14: those who already have invested
    Claim<std::int64_t> non_accredited_investors = {};  // Form D item 14: given when there may be such
    Claim<std::string> fund_type = {};                  // Form D item 4: the type of a pooled investment fund
    Claim<bool> business_combination = {};  // Form D item 10: a merger, acquisition or exchange offer
    Claim<std::string> use_of_proceeds = {};
    Said<std::optional<PartialDate>> signed_on = {};  // when the notice was signed; `signed` in a facts file
    // What the source says besides, by its own names for it.
    Said<std::map<std::string, std::string>> attributes = {};
    Said<std::optional<PartialDate>> on = {};  // the claims hold from this day

    // The attribute that has the SEC's file number of the offering: the notices under one number are of one
    // round.
    static constexpr std::string_view file_number_attribute = "fileNumber";
    // The attribute that has the types of securities that a notice says it offers (Form D item 9), by commas.
    static constexpr std::string_view securities_attribute = "securities";
    // The attribute that has what such a notice calls securities of another type.
    static constexpr std::string_view securities_description_attribute =
        "offeringData/typesOfSecuritiesOffered/descriptionOfOtherType";
    // The attribute of a notice that amends an earlier one.
    static constexpr std::string_view amendment_attribute =
        "offeringData/typeOfFiling/newOrAmendment/isAmendment";
    // The attribute that has the type of a notice's submission, where the notice contradicts it.
    static constexpr std::string_view contradicted_type_attribute = "submissionType";

    static constexpr std::string_view description =
        "The round entries: each column that is not null is a claim of its own.";
    static constexpr std::string_view table = "round_statement";
    static constexpr bool on_company = true;

    template <class Visit, class... Self>
    static void fields(Visit&& visit, Self&... self) {
        visit(FieldName("round", FieldRole::round), self.round...);
        visit(FieldName("amends", "the handle of an earlier notice of the same round"), self.amends...);
        visit(FieldName("company", FieldRole::subject), self.company...);
        visit("name", self.name...);
        visit(FieldName("stage", "its stage, such as `series-b`"), self.stage...);
        visit("status", self.status...);
        visit("instrument", self.instrument...);
        visit("announced", self.announced...);
        visit("closed", self.closed...);
        visit("first_sale", self.first_sale...);
        visit("filed", self.filed...);
        visit("raised", self.raised...);
        visit(FieldName("offered").without_limit(), self.offered...);
        visit(FieldName("remaining").without_limit(), self.remaining...);
        visit("includes_conversions", self.includes_conversions...);
        visit("price_per_share", self.price_per_share...);
        visit(FieldName("shares_issued", "for new money; canonical decimal text"), self.shares_issued...);
        visit(FieldName("security_class", "of these shares"), self.security_class...);
        visit("minimum_investment", self.minimum_investment...);
        visit("commissions", self.commissions...);
        visit("finders_fees", self.finders_fees...);
        visit("proceeds_to_insiders", self.proceeds_to_insiders...);
        visit(FieldName("investors", "how many have invested"), self.investors...);
        visit(FieldName("non_accredited_investors",
                        "how many of them are not accredited; given when there may be such"),
              self.non_accredited_investors...);
        visit(FieldName("fund_type", "of a pooled investment fund"), self.fund_type...);
        visit(FieldName("business_combination", "1: made with a merger, an acquisition or an exchange offer"),
              self.business_combination...);
        visit("use_of_proceeds", self.use_of_proceeds...);
        visit(FieldName("signed", "when the notice was signed"), self.signed_on...);
        visit(FieldName("attributes", "JSON object: what the source says besides"), self.attributes...);
        visit(FieldName("on").with_last_day(), self.on...);
    }

    friend bool operator==(const RoundClaims&, const RoundClaims&) = default;
};

using RoundStatement = RoundClaims<StatedForm>;

template <>
struct detail::Words<RoundStatus> {
    static constexpr std::array<std::string_view, 5> values{"rumoured", "announced", "open", "closed",
                                                            "cancelled"};
};

}  // namespace POSTMONEY_NAMESPACE
