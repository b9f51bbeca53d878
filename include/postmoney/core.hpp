// Everything that needs no database: the values, amounts as people write them, what sources say, and the pure
// functions on it; what rounds do and exits pay.
#pragma once

#include "postmoney/answer.hpp"
#include "postmoney/fact.hpp"
#include "postmoney/model.hpp"
#include "postmoney/text.hpp"
#include "postmoney/value.hpp"
#include "postmoney/version.hpp"
