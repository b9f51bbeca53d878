// A priced round: its price, what converts into it, what it adjusts, and who owns what after it.
//
//   model::RoundScenario scenario;                        // holdings, convertibles, terms
//   const model::RoundOutcome outcome = model::run_round(scenario);
//   outcome.price;                                        // exact: a Ratio
//
// Every figure is exact. Only price_places, conversion_price_places and share_mode of the scenario round, and
// then each residue is said. Sources of the formulas: the SAFE's capitalization is that of Y Combinator's
// forms (post-money 1.2, and the form before it); the weighted average is that of the NVCA model charter, CP2
// = CP1 * (A + B) / (A + C).
#pragma once

#include <cstdint>

#include "postmoney/model/round_scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// Whether the answer carries its reasoning in words: each `why`, the conventions, and the residues. Where
// only figures are wanted, they take half the time.
enum class Explain : std::uint8_t { yes, no };

// What the round makes of the holdings: splits first, then pay-to-play, the round, and secondary sales.
// Throws Error out_of_range, missing_field, unknown_field with the field of the scenario that it refuses, and
// misuse for terms that are not linear.
[[nodiscard]] POSTMONEY_EXPORT RoundOutcome run_round(const RoundScenario& scenario,
                                                      Explain explain = Explain::yes);

}  // namespace POSTMONEY_NAMESPACE::model

#ifndef POSTMONEY_COMPILED
#include "postmoney/model/priced_round-inl.hpp"
#endif
