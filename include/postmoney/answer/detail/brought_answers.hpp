// What is asked of the rounds of a company once it is worked out what they bring, so that several questions
// share that.
#pragma once

#include <vector>

#include "postmoney/answer/detail/conversions.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

class ExchangeRates;
struct CountedInflow;
struct LeftOut;
struct Total;
struct TotalOptions;
struct UsedRate;

}  // namespace POSTMONEY_NAMESPACE

namespace POSTMONEY_NAMESPACE::detail {

// As the functions of these names that take a company; `brought` is as of the day of the options.
[[nodiscard]] std::vector<Total> total_raised(const BroughtByRounds& brought, const TotalOptions& options,
                                              const ExchangeRates& rates);
[[nodiscard]] std::vector<LeftOut> left_out(const ResolvedCompany& company, const BroughtByRounds& brought,
                                            const TotalOptions& options);
[[nodiscard]] std::vector<UsedRate> used_rates(const BroughtByRounds& brought, const TotalOptions& options,
                                               const ExchangeRates& rates);

// What total_raised adds up of one round; the company is left empty.
[[nodiscard]] std::vector<CountedInflow> counted_inflows(const RoundInflows& brought);

}  // namespace POSTMONEY_NAMESPACE::detail
