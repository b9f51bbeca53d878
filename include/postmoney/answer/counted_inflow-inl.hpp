// The definitions of counted_inflow.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <utility>

#include "postmoney/answer/counted_inflow.hpp"
#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE std::vector<CountedInflow> counted_inflows(const RoundInflows& brought) {
    std::vector<CountedInflow> counted;
    const auto add = [&](const std::optional<PartialDate>& date) -> CountedInflow& {
        CountedInflow inflow;
        inflow.round = brought.round->handle;
        inflow.date = date;
        return counted.emplace_back(std::move(inflow));
    };
    for (const Inflow& sum : brought.inflows) {
        if (sum.timing != Timing::come) continue;  // of a cancelled round, or as of a day
        const bool told = !brought.foreign_conversions || !brought.takes_conversions(sum);
        const auto is_its_tranche = [&](const Inflow& other) {
            return other.closing != nullptr && other.instrument == sum.instrument;
        };
        // Where the tranches are all of it the rest is no sum of its own.
        if (sum.closing == nullptr && sum.known.minor() == 0 &&
            std::any_of(brought.inflows.begin(), brought.inflows.end(), is_its_tranche))
            continue;
        CountedInflow& inflow = add(sum.date);
        if (sum.closing != nullptr) inflow.closing = sum.closing->name;
        inflow.instrument = sum.instrument;
        inflow.currency = sum.known.currency();
        if (told) inflow.known = sum.known;
    }
    if (brought.undisclosed) add(brought.round->date());
    return counted;
}

}  // namespace detail

POSTMONEY_INLINE std::vector<CountedInflow> counted_inflows(const ResolvedCompany& company,
                                                            const TotalOptions& options) {
    detail::check_seen_as_of(company, options.as_of);
    std::vector<CountedInflow> counted;
    for (const detail::RoundInflows& round : detail::CompanyInflows(company, options).rounds) {
        for (CountedInflow& inflow : detail::counted_inflows(round)) {
            inflow.company = company.company;
            counted.push_back(std::move(inflow));
        }
    }
    return counted;
}

}  // namespace POSTMONEY_NAMESPACE
