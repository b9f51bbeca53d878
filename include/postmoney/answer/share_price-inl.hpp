// The definitions of share_price.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/carried_shares-inl.hpp"
#include "postmoney/answer/round_figures-inl.hpp"
#include "postmoney/answer/share_price.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

[[nodiscard]] inline bool sets_share_price(const ResolvedRound& round) {
    return round.price_per_share && round.date() && round.takes_place() && new_shares_pay_for(round);
}

POSTMONEY_INLINE bool has_surely_come(const ResolvedRound& round, const std::optional<PartialDate>& as_of) {
    const auto date = round.date();
    return !as_of || (date && date->surely_by(as_of->last_day()));
}

[[nodiscard]] inline SharePriceStep share_price_step(const ResolvedCompany& company,
                                                     const ResolvedRound& round, const DatedRounds& priced) {
    if (!sets_share_price(round)) return {};
    const ResolvedRound* last = priced.last_before(*round.date(), true);
    if (last == nullptr) return {};
    SharePriceStep result{.last = last};
    result.carried = carry_shares(company, last->security_class.get(), last->date(), round.date());
    result.gap = result.carried.gap;
    if (result.gap) return result;
    const PricePerShare& price = round.price_per_share.value();
    const PricePerShare& before = last->price_per_share.value();
    result.last_price = Ratio(before.number()) / result.carried.factor;
    if (price.currency() == before.currency()) {
        result.step = Ratio(price.number()) / *result.last_price;
    } else {
        result.gap = ShareGap::currency;
    }
    return result;
}

// A round's price as that of one share of now.
[[nodiscard]] inline LatestSharePrice price_of_now(const ResolvedCompany& company,
                                                   const ResolvedRound& round) {
    LatestSharePrice result{.round = &round};
    result.carried = carry_shares(company, round.security_class.get(), round.date());
    result.gap = result.carried.gap;
    if (result.gap) return result;
    const PricePerShare& stated = round.price_per_share.value();
    result.price = Ratio(stated.number()) / result.carried.factor;
    result.currency = stated.currency();
    return result;
}

}  // namespace detail

POSTMONEY_INLINE std::vector<SharePriceStep> share_price_steps(const ResolvedCompany& company) {
    const detail::DatedRounds priced(company, [&](const ResolvedRound& round) {
        return company.may_have_begun(round) && detail::sets_share_price(round);
    });
    std::vector<SharePriceStep> steps;
    for (const ResolvedRound& round : company.rounds) {
        steps.push_back(company.may_have_begun(round) ? detail::share_price_step(company, round, priced)
                                                      : SharePriceStep());
    }
    return steps;
}

POSTMONEY_INLINE LatestSharePrice latest_share_price(const ResolvedCompany& company,
                                                     const std::optional<std::string>& security_class,
                                                     const std::optional<PartialDate>& as_of) {
    std::vector<const ResolvedRound*> priced;  // by the last days of their dates, as the company's rounds are
    for (const ResolvedRound& round : company.rounds) {
        if (detail::sets_share_price(round) && detail::has_surely_come(round, as_of) &&
            round.security_class.get() == security_class)
            priced.push_back(&round);
    }
    if (priced.empty()) return {.gap = ShareGap::no_price};
    LatestSharePrice latest = detail::price_of_now(company, *priced.back());
    for (const ResolvedRound* round : priced) {
        if (latest.gap || detail::surely_before(*round->date(), *latest.round->date())) continue;
        const LatestSharePrice other = detail::price_of_now(company, *round);
        if (other.price == latest.price && other.currency == latest.currency) continue;
        latest.gap = ShareGap::price_order;
        latest.price.reset();
        latest.currency.reset();
    }
    return latest;
}

}  // namespace POSTMONEY_NAMESPACE
