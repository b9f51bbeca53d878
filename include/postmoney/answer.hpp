// What follows from claims: resolution, totals, exchange, figures, findings. Pure functions.
#pragma once

#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/investment.hpp"
#include "postmoney/answer/reconcile.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_figures.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/stated_fact.hpp"
#include "postmoney/answer/total.hpp"
