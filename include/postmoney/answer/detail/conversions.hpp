// Conversions: what a round includes of SAFEs and notes that became shares. Their money was counted when they
// were sold, and is taken off once (FACTS.md, Conversions).
#pragma once

#include <optional>
#include <vector>

#include "postmoney/answer/detail/round_inflows.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// What of a round's conversions the SAFEs and notes on record can be.
struct ConversionCover {
    const ResolvedRound* round = nullptr;
    Int128 missing = 0;         // what is not on record, in minor units
    bool above_raised = false;  // surely
    bool is_foreign = false;    // in another currency than the round's money
};

// Takes the conversions off what the rounds of a company bring; `rounds` are all of them, whatever is asked
// for. Returns the rounds with conversions whose amount is stated, in the order in which they took up SAFEs
// and notes.
std::vector<ConversionCover> take_off_conversions(std::vector<RoundInflows>& rounds,
                                                  const std::optional<PartialDate>& as_of);

// What the rounds of a company bring as of a day, before and after conversions are taken off.
struct BroughtByRounds {
    std::vector<RoundInflows> before;  // of company.rounds[i]
    std::vector<RoundInflows> after;
    std::vector<ConversionCover> covers;

    BroughtByRounds(const ResolvedCompany& company, const std::optional<PartialDate>& as_of);
};

}  // namespace POSTMONEY_NAMESPACE::detail

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/detail/conversions-inl.hpp"
#endif
