// RoundValuation: the one amount that a round says its company is worth, and how it is come by.
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

enum class ValuationOrigin : std::uint8_t { post_money, pre_money_plus_new_money, pre_money, unspecified };

template <>
struct detail::Words<ValuationOrigin> {
    static constexpr std::array<std::string_view, 4> values{"post-money", "pre-money + new money",
                                                            "pre-money", "unspecified"};
};

struct RoundValuation {
    Amount value;  // as stated: `more than 100 million USD`; an exact one in full
    Money lower;   // the least that it can be
    ValuationOrigin origin;
    std::vector<const Claim*> claims;  // behind it

    // Whether it is known to hold the new money.
    [[nodiscard]] bool is_post_money() const noexcept {
        return origin == ValuationOrigin::post_money || origin == ValuationOrigin::pre_money_plus_new_money;
    }

    friend bool operator==(const RoundValuation& a, const RoundValuation& b) {
        return a.value == b.value && a.lower == b.lower && a.origin == b.origin &&
               detail::same_entries(a.claims, b.claims);
    }
};

namespace detail {
[[nodiscard]] inline bool are_new_shares(const std::optional<Instrument>& instrument) {
    return instrument.value_or(Instrument::equity) == Instrument::equity;
}
}  // namespace detail

// Whether new shares pay for what the round raises: where it says no instrument, or equity. A loan, a grant
// or tokens buy no share; a sale of old shares brings the company nothing; SAFEs and notes become shares
// later.
[[nodiscard]] inline bool new_shares_pay_for(const ResolvedRound& round) {
    return detail::are_new_shares(round.instrument.get());
}

namespace detail {
[[nodiscard]] inline const Amount* disclosed_amount(const Field<Amount>& field) {
    return field && field.value().disclosed() ? &field.value() : nullptr;
}
[[nodiscard]] inline const Amount* disclosed_amount(const Field<Valuation>& field) {
    return field && field.value().amount.disclosed() ? &field.value().amount : nullptr;
}

// What of `raised` is in closings of new shares, in its currency: conversions are in it. Null where new
// shares do not pay for the round, nothing is disclosed, or closings of other instruments are no exact
// amounts within it.
[[nodiscard]] inline std::optional<Amount> raised_for_new_shares(const ResolvedRound& round) {
    const Amount* raised = disclosed_amount(round.raised);
    if (raised == nullptr || !new_shares_pay_for(round)) return std::nullopt;
    std::optional<Money> left;
    for (const auto* closings : {&round.closings, &round.later_closings}) {
        for (const ResolvedClosing& closing : *closings) {
            const Amount& amount = closing.amount.value();
            if (are_new_shares(closing.instrument) || amount.currency() != raised->currency()) continue;
            if (raised->qualifier() != Qualifier::exact || amount.qualifier() != Qualifier::exact)
                return std::nullopt;
            if (!left) left = raised->number();
            if (*left < amount.number()) return std::nullopt;
            left = *left - amount.number();
        }
    }
    return left ? Amount(*left) : *raised;
}

// Of it the new money, without what SAFEs and notes brought that convert in the round: a pre-money valuation
// is of all shares before the new money, theirs among them. Null too where conversions are no exact amount
// within an exact one in its currency.
[[nodiscard]] inline std::optional<Amount> new_money_for_shares(const ResolvedRound& round) {
    auto raised = raised_for_new_shares(round);
    if (!raised || !round.includes_conversions) return raised;
    const Amount& converted = round.includes_conversions.value();
    if (raised->qualifier() != Qualifier::exact || converted.qualifier() != Qualifier::exact ||
        converted.currency() != raised->currency() || raised->number() < converted.number())
        return std::nullopt;
    return Amount(raised->number() - converted.number());
}

// An exact amount in full, so that it reads alike wherever it comes from.
[[nodiscard]] inline Amount valuation_amount(const Amount& stated) {
    return stated.qualifier() == Qualifier::exact ? Amount(stated.number()) : stated;
}

// The qualifier that holds for a sum. An exact number takes the other's, and two that bound it on the same
// side come to one, strict where either is; null where the two say nothing together.
[[nodiscard]] inline std::optional<Qualifier> qualifier_of_sum(Qualifier a, Qualifier b) {
    if (a == Qualifier::exact || a == b) return b;
    if (b == Qualifier::exact) return a;
    const auto are = [&](Qualifier x, Qualifier y) { return (a == x && b == y) || (a == y && b == x); };
    if (are(Qualifier::at_least, Qualifier::more_than)) return Qualifier::more_than;
    if (are(Qualifier::at_most, Qualifier::less_than)) return Qualifier::less_than;
    return std::nullopt;
}

// Pre-money + raised as an amount. Both are disclosed and in one currency. Throws overflow.
[[nodiscard]] inline std::optional<Amount> post_money_amount(const Amount& pre, const Amount& raised) {
    const auto qualifier = qualifier_of_sum(pre.qualifier(), raised.qualifier());
    if (!qualifier) return std::nullopt;
    const Money sum = post_money(pre.number(), raised.number());
    const auto high = [&](const Amount& amount) {
        return Money::of(amount.quantity().high().value(), sum.currency());
    };
    switch (*qualifier) {
        case Qualifier::about:
            return Amount::about(sum);
        case Qualifier::at_least:
            return Amount::at_least(sum);
        case Qualifier::at_most:
            return Amount::at_most(sum);
        case Qualifier::more_than:
            return Amount::more_than(sum);
        case Qualifier::less_than:
            return Amount::less_than(sum);
        case Qualifier::between:
            return Amount::between(sum, post_money(high(pre), high(raised)));
        case Qualifier::exact:
        case Qualifier::undisclosed:
        case Qualifier::indefinite:
            break;
    }
    return Amount(sum);
}

// What the company was worth before the new money: as stated, else the post-money less the new money where
// both are exact and in one currency; null without either. A filing that left part of its offering unsold
// does not say how much new money there is.
[[nodiscard]] inline std::optional<Amount> pre_money_amount(const ResolvedRound& round) {
    if (const Amount* pre = disclosed_amount(round.pre_money)) return *pre;
    const bool is_partly_sold = round.early_filing && &round.raised.winner() == round.early_filing->filing;
    if (is_partly_sold) return std::nullopt;
    const Amount* post = disclosed_amount(round.post_money);
    const auto paid = new_money_for_shares(round);
    if (post == nullptr || !paid || post->currency() != paid->currency() ||
        post->qualifier() != Qualifier::exact || paid->qualifier() != Qualifier::exact ||
        post->number() < paid->number())
        return std::nullopt;
    return Amount(post->number() - paid->number());
}

// Whether the round says what makes a price: a post-money, or a pre-money and what was raised, in one
// currency. The two may have no sum.
[[nodiscard]] inline bool states_price(const ResolvedRound& round) {
    if (disclosed_amount(round.post_money) != nullptr) return true;
    const Amount* pre = disclosed_amount(round.pre_money);
    const Amount* raised = disclosed_amount(round.raised);
    return pre != nullptr && raised != nullptr && pre->currency() == raised->currency();
}

}  // namespace detail

// The post-money valuation, else pre-money + new money where new shares pay for it, else the pre-money where
// they do not, else one of unspecified basis; null without any. New money is what was raised without closings
// of other instruments and without conversions. The two have no sum where their qualifiers say nothing
// together, as `at least` and `at most` do. Throws overflow where pre-money + new money is beyond 64 bits.
[[nodiscard]] inline std::optional<RoundValuation> valuation_of(const ResolvedRound& round) {
    const auto stated = [](const Amount& amount, ValuationOrigin origin, const Claim& claim) {
        return RoundValuation{detail::valuation_amount(amount), amount.lower(), origin, {&claim}};
    };
    if (const Amount* post = detail::disclosed_amount(round.post_money))
        return stated(*post, ValuationOrigin::post_money, round.post_money.winner());
    const Amount* pre = detail::disclosed_amount(round.pre_money);
    if (pre != nullptr && !new_shares_pay_for(round))
        return stated(*pre, ValuationOrigin::pre_money, round.pre_money.winner());
    const auto paid = detail::new_money_for_shares(round);
    if (pre != nullptr && paid && pre->currency() == paid->currency()) {
        if (const auto sum = detail::post_money_amount(*pre, *paid)) {
            return RoundValuation{*sum,
                                  post_money(pre->lower(), paid->lower()),
                                  ValuationOrigin::pre_money_plus_new_money,
                                  {&round.pre_money.winner(), &round.raised.winner()}};
        }
    }
    if (const Amount* unspecified = detail::disclosed_amount(round.unspecified))
        return stated(*unspecified, ValuationOrigin::unspecified, round.unspecified.winner());
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
