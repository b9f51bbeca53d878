// What rounds do and what exits pay: pure functions on scenarios, exact and explained.
#pragma once

#include "postmoney/model/cap_table.hpp"
#include "postmoney/model/day_count.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/interest.hpp"
#include "postmoney/model/largest_remainder.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/pay_to_play.hpp"
#include "postmoney/model/priced_round.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/model/waterfall.hpp"
