// UsedRate: which rate converts what each round brings to a total in another currency (FACTS.md, Rates).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/answer/total.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// One part of what a round brings, and what converts it.
struct UsedRate {
    std::string round;    // its handle
    std::string closing;  // the name of the tranche; may be empty
    Money amount;         // the known part; below 0 for conversions that are taken off the round
    std::optional<date::sys_days> day = {};     // whose rate it is; null of a round without a date
    std::optional<Conversion> conversion = {};  // null where nothing converts
    std::string missing = {};                   // then why: the message of the refusal

    friend bool operator==(const UsedRate&, const UsedRate&) = default;
};

// What total_raised with these options converts, round by round in the company's order, each part with its
// rate; also parts that no rate converts, for which total_raised refuses. `options.in` says the currency.
// Throws misuse without one.
[[nodiscard]] POSTMONEY_EXPORT std::vector<UsedRate> used_rates(const ResolvedCompany& company,
                                                                const TotalOptions& options,
                                                                const ExchangeRates& rates);

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/used_rates-inl.hpp"
#endif
