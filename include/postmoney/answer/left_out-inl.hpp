// The definitions of left_out.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/left_out.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace postmoney {

namespace detail {

POSTMONEY_INLINE std::vector<LeftOut> left_out(const ResolvedCompany& company, const BroughtByRounds& brought,
                                               const TotalOptions& options) {
    std::vector<LeftOut> result;
    const LeftOutSums all(company, brought, options);
    for (const auto& [key, sum] : all.sums()) {
        LeftOut& left = result.emplace_back(
            LeftOut{key.reason, key.instrument, static_cast<std::int64_t>(sum.rounds.size()), std::nullopt});
        if (!key.currency) continue;
        left.amount = money_within_range(sum.minor, *key.currency);
        if (!left.amount) {
            throw Error(ErrorCode::overflow, "what is left out for the reason " +
                                                 std::string(to_string(key.reason)) +
                                                 " comes to more than 64 bits");
        }
    }
    return result;
}

}  // namespace detail

POSTMONEY_INLINE std::vector<LeftOut> left_out(const ResolvedCompany& company, const TotalOptions& options) {
    return detail::left_out(company, detail::BroughtByRounds(company, options.as_of), options);
}

}  // namespace postmoney
