// CountedInflow: one sum that totals add up: a tranche of a round, or what the round brings beyond its
// tranches.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/total_options.hpp"
#include "postmoney/fact/instrument.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// What a round brings is less what of it was counted before, as converted SAFEs and notes.
struct CountedInflow {
    std::string company;
    std::string round;                     // the handle
    std::string closing;                   // the name of the tranche; may be empty
    std::optional<PartialDate> date;       // when it came
    std::optional<Instrument> instrument;  // null where nobody says
    std::optional<Currency> currency;      // null where nothing is disclosed
    // Null where nothing is disclosed; and, with a currency, where it cannot be told without a rate which
    // part of the round was counted before.
    std::optional<Money> known;

    friend bool operator==(const CountedInflow&, const CountedInflow&) = default;
};

// What total_raised with these options adds up in `known`, round by round in the company's order. `company`
// was resolved with the same as-of date; options.in is not looked at.
[[nodiscard]] POSTMONEY_EXPORT std::vector<CountedInflow> counted_inflows(const ResolvedCompany& company,
                                                                          const TotalOptions& options = {});

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/counted_inflow-inl.hpp"
#endif
