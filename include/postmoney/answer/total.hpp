// Total: what a company has raised, exactly: what is known, how many amounts are not, and between which
// bounds.
//
// It adds up what the rounds bring (detail/round_inflows.hpp), less what of it is converted SAFEs and notes,
// whose money was counted when they were sold (detail/conversions.hpp).
#pragma once

#include <vector>

#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/total_options.hpp"
#include "postmoney/answer/turning_day.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// The totals by currency code; empty when no round counts. As of a day, a currency of which nothing has
// surely come but something may have has `known` 0, its `upper`, and 0 rounds. `company` was resolved with
// the same as-of date. Throws overflow beyond 64-bit minor units, and no-rate, naming the round and the day,
// when a conversion to `in` lacks a rate.
[[nodiscard]] POSTMONEY_EXPORT std::vector<Total> total_raised(const ResolvedCompany& company,
                                                               const TotalOptions& options = {},
                                                               const ExchangeRates& rates = {});

// By day, none twice. As of any other day the totals are those of the last of these before it, and there are
// none before the first.
[[nodiscard]] POSTMONEY_EXPORT std::vector<TurningDay> turning_days(const Dossier& dossier);

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/total-inl.hpp"
#endif
