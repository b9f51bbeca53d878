// RoundValuation: the one number that a round says its company is worth, and how it is come by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/value/deal_math.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

enum class ValuationOrigin : std::uint8_t { post_money, pre_money_plus_raised, pre_money, unspecified };

template <>
struct detail::Words<ValuationOrigin> {
    static constexpr std::array<std::string_view, 4> values{"post-money", "pre-money + raised", "pre-money",
                                                            "unspecified"};
};

struct RoundValuation {
    Money value;
    ValuationOrigin origin;
    std::vector<const Claim*> claims;  // behind it

    // Whether it is known to hold the new money.
    [[nodiscard]] bool is_post_money() const noexcept {
        return origin == ValuationOrigin::post_money || origin == ValuationOrigin::pre_money_plus_raised;
    }

    friend bool operator==(const RoundValuation& a, const RoundValuation& b) {
        return a.value == b.value && a.origin == b.origin && detail::same_entries(a.claims, b.claims);
    }
};

// Whether new shares pay for what the round raises: where it says no instrument, or equity. A loan, a grant
// or tokens buy no share; a sale of old shares brings the company nothing; SAFEs and notes become shares
// later.
[[nodiscard]] inline bool new_shares_pay_for(const ResolvedRound& round) {
    return round.instrument.get().value_or(Instrument::equity) == Instrument::equity;
}

namespace detail {
[[nodiscard]] inline const Amount* disclosed_amount(const Field<Amount>& field) {
    return field && field.value().disclosed() ? &field.value() : nullptr;
}
[[nodiscard]] inline const Amount* disclosed_amount(const Field<Valuation>& field) {
    return field && field.value().amount.disclosed() ? &field.value().amount : nullptr;
}
}  // namespace detail

// The post-money valuation, else pre-money + raised where new shares pay for it, else the pre-money where
// they do not, else one of unspecified basis; null without any. An amount with a qualifier gives the number
// stated, a range its lower end. Throws overflow where pre-money + raised is beyond 64 bits.
[[nodiscard]] inline std::optional<RoundValuation> valuation_of(const ResolvedRound& round) {
    if (const Amount* post = detail::disclosed_amount(round.post_money)) {
        return RoundValuation{post->number(), ValuationOrigin::post_money, {&round.post_money.winner()}};
    }
    const Amount* pre = detail::disclosed_amount(round.pre_money);
    const Amount* raised = detail::disclosed_amount(round.raised);
    if (pre != nullptr && !new_shares_pay_for(round)) {
        return RoundValuation{pre->number(), ValuationOrigin::pre_money, {&round.pre_money.winner()}};
    }
    if (pre != nullptr && raised != nullptr && pre->currency() == raised->currency()) {
        return RoundValuation{post_money(pre->number(), raised->number()),
                              ValuationOrigin::pre_money_plus_raised,
                              {&round.pre_money.winner(), &round.raised.winner()}};
    }
    if (const Amount* unspecified = detail::disclosed_amount(round.unspecified)) {
        return RoundValuation{
            unspecified->number(), ValuationOrigin::unspecified, {&round.unspecified.winner()}};
    }
    return std::nullopt;
}

namespace detail {

// The same where a sum beyond 64 bits is no valuation.
[[nodiscard]] inline std::optional<RoundValuation> valuation_within_range(const ResolvedRound& round) {
    try {
        return valuation_of(round);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::overflow) throw;
        return std::nullopt;
    }
}

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE
