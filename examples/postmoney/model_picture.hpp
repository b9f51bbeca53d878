// Pictures of the model's answers: SVG without scripts, readable in black and white, with a table of the same
// numbers below.
#pragma once

#include <string>

#include "postmoney/postmoney.hpp"

// Who owns which part before and after the round, a bar each.
[[nodiscard]] std::string ownership_picture(const postmoney::model::RoundOutcome& outcome);

// The payouts over the proceeds, a line each, with the breakpoints marked. The outcome has a curve.
[[nodiscard]] std::string payouts_picture(const postmoney::model::ExitOutcome& outcome);

// Writes the picture to a new file, or over an old one. Throws io.
void write_picture(const std::string& file, const std::string& picture);
