// An exit: who gets what of the proceeds, who converts, and why.
//
//   model::ExitScenario scenario;                        // classes, common, convertibles, options, debt
//   const model::ExitOutcome outcome = model::run_exit(scenario);
//   outcome.payouts;                                     // they sum to the proceeds, to the last unit
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// Throws Error with the field of the scenario that it refuses: missing_field, out_of_range, unknown_field,
// and misuse for what is not covered.
[[nodiscard]] POSTMONEY_EXPORT ExitOutcome run_exit(const ExitScenario& scenario);

// The scenario with the classes, common, options and pool that the round leaves: a class that the exit states
// without shares keeps its terms. Throws as run_round does, and Error out_of_range for a price or a ratio of
// a class that the exit states and the round has as another.
[[nodiscard]] POSTMONEY_EXPORT ExitScenario sold_after(const ExitScenario& scenario,
                                                       std::vector<std::string>& conventions);

// The amounts rounded to the places so that they sum to the total: each is cut, and what is left goes to
// those that lost most, the earlier first. Throws Error out_of_range when the total has more places.
[[nodiscard]] POSTMONEY_EXPORT std::vector<Ratio> largest_remainder(const std::vector<Ratio>& exact,
                                                                    const Ratio& total, std::int32_t places);

}  // namespace POSTMONEY_NAMESPACE::model

#ifndef POSTMONEY_COMPILED
#include "postmoney/model/waterfall-inl.hpp"
#endif
