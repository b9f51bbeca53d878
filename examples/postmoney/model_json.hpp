// What the model answers, as JSON.
#pragma once

#include <string>

#include "json.hpp"
#include "postmoney/model.hpp"

// Adds a number: a plain decimal; what does not end is cut at 12 places and has NAME_fraction beside it.
void add_number(Json& to, const std::string& name, const postmoney::Ratio& value);

[[nodiscard]] Json json_of(const postmoney::model::RoundOutcome& outcome);
[[nodiscard]] Json json_of(const postmoney::model::ExitOutcome& outcome);
