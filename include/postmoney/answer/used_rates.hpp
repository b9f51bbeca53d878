// UsedRate: which rate converts what each round brings to a total in another currency (FACTS.md, Rates).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/answer/total.hpp"

namespace postmoney {

//--- Interface ---

// One part of what a round brings, and what converts it.
struct UsedRate {
    std::string round;    // its handle
    std::string closing;  // the name of the tranche; may be empty
    Money amount;         // the known part; below 0 for conversions that are taken off the round
    std::optional<date::sys_days> day = {};     // whose rate it is; null of a round without a date
    std::optional<Conversion> conversion = {};  // null where nothing converts
    std::string missing = {};                   // then why: the message of the refusal
};

// What total_raised with these options converts, round by round in the company's order, each part with its
// rate; also parts that no rate converts, for which total_raised refuses. `options.in` says the currency.
// Throws misuse without one.
[[nodiscard]] std::vector<UsedRate> used_rates(const ResolvedCompany& company, const TotalOptions& options,
                                               const ExchangeRates& rates);

//--- Definitions ---

namespace detail {

[[nodiscard]] inline std::vector<UsedRate> used_rates(const BroughtByRounds& brought,
                                                      const TotalOptions& options,
                                                      const ExchangeRates& rates) {
    if (!options.in) throw Error(ErrorCode::misuse, "rates are used where a currency to convert to is given");
    std::vector<UsedRate> used;
    const auto add = [&](const ResolvedRound& round, const ResolvedClosing* closing, const Money& amount,
                         const std::optional<PartialDate>& date) {
        UsedRate& row = used.emplace_back(UsedRate{.round = round.handle,
                                                   .closing = closing == nullptr ? "" : closing->name,
                                                   .amount = amount,
                                                   .day = day_of_rate(date, options)});
        try {
            row.conversion = conversion_of(amount.currency(), date, options, rates);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::no_rate) throw;
            row.missing = error.message();
        }
    };
    for (const RoundInflows& round : CompanyInflows(brought, options).rounds) {
        bool takes_conversions = false;
        for (const Inflow& sum : round.inflows) {
            takes_conversions = takes_conversions || round.takes_conversions(sum);
            if (!is_nothing(sum)) add(*round.round, sum.closing, sum.known, sum.date);
        }
        if (const auto& conversions = round.foreign_conversions; conversions && takes_conversions) {
            add(*round.round, nullptr, -money_of(conversions->bounds.known, conversions->currency),
                conversions->date);
        }
    }
    return used;
}

}  // namespace detail

inline std::vector<UsedRate> used_rates(const ResolvedCompany& company, const TotalOptions& options,
                                        const ExchangeRates& rates) {
    return detail::used_rates(detail::BroughtByRounds(company, options.as_of), options, rates);
}

}  // namespace postmoney
