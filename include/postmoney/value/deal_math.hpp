// The named figures of a round, exact. The terms follow the glossary of the National Venture Capital
// Association.
//
//   const auto raised = Money::parse("6000000000 USD");
//   const auto post_money = Money::parse("50000000000 USD");
//   ownership_sold(raised, post_money).to_string(1, Rounding::half_even);  // "12.0 %"
//
// All throw mixed-currencies unless their arguments are of one currency, and division-by-zero for a divisor
// of 0.
#pragma once

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {
[[nodiscard]] inline Ratio ratio_of(const Money& a, const Money& b, std::string_view what) {
    if (a.currency() != b.currency()) {
        throw Error(ErrorCode::mixed_currencies, std::string(what) + " takes one currency, not " +
                                                     std::string(a.currency().code()) + " and " +
                                                     std::string(b.currency().code()));
    }
    return Ratio::of(a.to_decimal(), b.to_decimal());
}
}  // namespace detail

// What the company is worth with the new money in it: pre-money + new money.
[[nodiscard]] inline Money post_money(const Money& pre_money, const Money& raised) {
    return pre_money + raised;
}

// The share of the company that the new money bought: raised / post-money.
[[nodiscard]] inline Percentage ownership_sold(const Money& raised, const Money& post_money) {
    return Percentage(detail::ratio_of(raised, post_money, "ownership sold"));
}

// How the value grew between two rounds without the new money: pre-money / last post-money. Below 1 it is a
// down round.
[[nodiscard]] inline Ratio step_up(const Money& pre_money, const Money& last_post_money) {
    return detail::ratio_of(pre_money, last_post_money, "step-up");
}

// Post-money / last post-money.
[[nodiscard]] inline Ratio growth(const Money& post_money, const Money& last_post_money) {
    return detail::ratio_of(post_money, last_post_money, "growth");
}

// Valuation / yearly revenue.
[[nodiscard]] inline Ratio price_to_revenue(const Money& valuation, const Money& yearly_revenue) {
    return detail::ratio_of(valuation, yearly_revenue, "price to revenue");
}

// The share of a round in all that its market raised.
[[nodiscard]] inline Percentage market_share(const Money& raised, const Money& market_total) {
    return Percentage(detail::ratio_of(raised, market_total, "market share"));
}

}  // namespace POSTMONEY_NAMESPACE
