// Scenario files: the JSON that `postmoney model` and `postmoney waterfall` read; examples/MODEL.md is its
// manual.
#pragma once

#include <string_view>

#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/round_scenario.hpp"

namespace postmoney {

// Reads a scenario of a round. Numbers are strings, "12.5" or "1/3", or JSON integers. Throws Error bad_json,
// bad_type, float_number, bad_number, bad_word, bad_date, unknown_field, duplicate_field, missing_field, with
// the field's path.
[[nodiscard]] model::RoundScenario read_round_scenario(std::string_view json);

// Reads a scenario of an exit, in the same way; `from_model` in it is not run.
[[nodiscard]] model::ExitScenario read_exit_scenario(std::string_view json);

}  // namespace postmoney
