// An exit: who gets what of the proceeds, who converts, and why.
//
//   model::ExitScenario scenario;                        // classes, common, convertibles, options, debt
//   const model::ExitOutcome outcome = model::run_exit(scenario);
//   outcome.payouts;                                     // they sum to the proceeds, to the last unit
#pragma once

#include <string>
#include <vector>

#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/largest_remainder.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// Throws Error with the field of the scenario that it refuses: missing_field, out_of_range, unknown_field,
// and misuse for what is not covered.
[[nodiscard]] POSTMONEY_EXPORT ExitOutcome run_exit(const ExitScenario& scenario);

// The scenario with the classes, common, options and pool that the round leaves: a class that the exit states
// without shares keeps its terms. Throws as run_round does, and Error out_of_range for what the exit states
// and the round has as another: a price or a ratio of a class, a currency, a convertible that converted.
[[nodiscard]] POSTMONEY_EXPORT ExitScenario sold_after(const ExitScenario& scenario,
                                                       std::vector<std::string>& conventions);

}  // namespace POSTMONEY_NAMESPACE::model

#ifndef POSTMONEY_COMPILED
#include "postmoney/model/waterfall-inl.hpp"
#endif
