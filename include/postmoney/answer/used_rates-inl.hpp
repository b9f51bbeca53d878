// The definitions of used_rates.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/total-inl.hpp"
#include "postmoney/answer/used_rates.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE std::vector<UsedRate> used_rates(const BroughtByRounds& brought, const TotalOptions& options,
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

POSTMONEY_INLINE std::vector<UsedRate> used_rates(const ResolvedCompany& company, const TotalOptions& options,
                                                  const ExchangeRates& rates) {
    detail::check_seen_as_of(company, options.as_of);
    return detail::used_rates(detail::BroughtByRounds(company, options.as_of), options, rates);
}

}  // namespace POSTMONEY_NAMESPACE
