// RoundValuation: the one number that a round says its company is worth, and how it is come by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/value/deal_math.hpp"

namespace postmoney {

enum class ValuationOrigin : std::uint8_t { post_money, pre_money_plus_raised, unspecified };

template <>
struct detail::Words<ValuationOrigin> {
    static constexpr std::array<std::string_view, 3> values{"post-money", "pre-money + raised",
                                                            "unspecified"};
};

struct RoundValuation {
    Money value;
    ValuationOrigin origin;
    std::vector<const Claim*> claims;  // behind it

    // Whether it is known to hold the new money.
    [[nodiscard]] bool is_post_money() const noexcept { return origin != ValuationOrigin::unspecified; }
};

namespace detail {
[[nodiscard]] inline const Amount* disclosed_amount(const Field<Amount>& field) {
    return field && field.value().disclosed() ? &field.value() : nullptr;
}
[[nodiscard]] inline const Amount* disclosed_amount(const Field<Valuation>& field) {
    return field && field.value().amount.disclosed() ? &field.value().amount : nullptr;
}

// Whether later rounds can be held against this one: it has a place in time, and took or takes place.
[[nodiscard]] inline bool sets_a_price(const ResolvedRound& round) {
    const auto status = round.status.get();
    return round.date() && status != RoundStatus::rumoured && status != RoundStatus::cancelled;
}
}  // namespace detail

// The post-money valuation, else pre-money + raised, else one of unspecified basis; null without any. An
// amount with a qualifier gives the number stated, a range its lower end.
[[nodiscard]] inline std::optional<RoundValuation> valuation_of(const ResolvedRound& round) {
    if (const Amount* post = detail::disclosed_amount(round.post_money)) {
        return RoundValuation{post->number(), ValuationOrigin::post_money, {&round.post_money.winner()}};
    }
    const Amount* pre = detail::disclosed_amount(round.pre_money);
    const Amount* raised = detail::disclosed_amount(round.raised);
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

}  // namespace postmoney
