// RoundInflows: what one round brings as of a day, sum by sum (FACTS.md, What a round brings). Totals add it
// up, less conversions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/money.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Whether something dated has come by a day.
enum class Timing : std::uint8_t { come, perhaps, not_yet };

// The day asked about; without one all has come.
struct AsOf {
    std::optional<PartialDate> day;
    bool begun_has_come = false;  // take what has perhaps come for come

    AsOf() = default;
    AsOf(const PartialDate& as_of) : day(as_of) {}
    AsOf(const std::optional<PartialDate>& as_of, bool with_begun = false)
        : day(as_of), begun_has_come(with_begun) {}
};

[[nodiscard]] inline Timing timing(const std::optional<PartialDate>& date, const AsOf& as_of) {
    if (!as_of.day) return Timing::come;
    const Timing begun = as_of.begun_has_come ? Timing::come : Timing::perhaps;
    if (!date) return begun;
    const auto day = as_of.day->last_day();
    if (date->surely_by(day)) return Timing::come;
    return date->begun_by(day) ? begun : Timing::not_yet;
}

//--- Bounds ---

// The bounds of a sum, as numbers of one unit: minor units of one currency, or exact ratios of several. A
// null upper is open.
template <class Number>
struct Bounds {
    Number known;
    Number lower;
    std::optional<Number> upper;
};

// Minor units in twice the width of Money, so that sums of closings fit.
using MinorBounds = Bounds<Int128>;

[[nodiscard]] inline MinorBounds minor_bounds(const Amount& amount) {
    if (!amount.disclosed()) return {0, 0, std::nullopt};
    MinorBounds bounds{amount.known().minor(), amount.lower().minor(), std::nullopt};
    if (const auto upper = amount.upper()) bounds.upper = upper->minor();
    return bounds;
}

template <class Number>
[[nodiscard]] Number left_of(const Number& whole, const Number& part, const Number& nothing) {
    return whole > part ? whole - part : nothing;
}

// What is left when something stated within bounds is taken off; never less than nothing.
template <class Number>
[[nodiscard]] Bounds<Number> less(const Bounds<Number>& whole, const Bounds<Number>& part,
                                  const Number& nothing) {
    return {left_of(whole.known, part.known, nothing),
            part.upper ? left_of(whole.lower, *part.upper, nothing) : nothing,
            whole.upper ? std::optional(left_of(*whole.upper, part.lower, nothing)) : std::nullopt};
}

[[nodiscard]] inline MinorBounds less(const MinorBounds& whole, const MinorBounds& part) {
    return less(whole, part, Int128(0));
}

[[nodiscard]] inline std::optional<Int128> higher(const std::optional<Int128>& a,
                                                  const std::optional<Int128>& b) {
    return a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
}

[[nodiscard]] inline MinorBounds higher(const MinorBounds& a, const MinorBounds& b) {
    return {std::max(a.known, b.known), std::max(a.lower, b.lower), higher(a.upper, b.upper)};
}

// No part above the limit; a null limit is none.
[[nodiscard]] inline MinorBounds cut(const MinorBounds& bounds, const std::optional<Int128>& limit) {
    if (!limit) return bounds;
    return {std::min(bounds.known, *limit), std::min(bounds.lower, *limit),
            std::min(bounds.upper.value_or(*limit), *limit)};
}

inline void add(MinorBounds& sum, const MinorBounds& more) {
    sum.known += more.known;
    sum.lower += more.lower;
    sum.upper = sum.upper && more.upper ? std::optional(*sum.upper + *more.upper) : std::nullopt;
}

//--- Inflows ---

// One sum of money: a tranche, or what the round brings beyond its tranches.
struct Inflow {
    Money known;
    Money lower;
    std::optional<Money> upper;
    std::optional<Instrument> instrument;
    std::optional<PartialDate> date;
    Timing timing;                             // what has perhaps come has `known` and `lower` 0
    const ResolvedClosing* closing = nullptr;  // null of the rest
};

// What is taken off a round for conversions in another currency, where there are rates.
struct ForeignConversions {
    Currency currency;
    MinorBounds bounds;
    Int128 off_upper = 0;  // what comes off the upper bound
    std::optional<PartialDate> date;
    std::optional<Currency> from;  // that of `raised`, off which they come; null where it is undisclosed
};

// What one round brings to a total.
struct RoundInflows {
    const ResolvedRound* round = nullptr;
    std::vector<Inflow> inflows = {};  // what conversions come off first stands first
    bool counts = false;               // something of it has come
    bool undisclosed = false;          // and without an amount
    // The instruments of the tranches that have come without an amount, and that of an undisclosed round.
    std::vector<std::optional<Instrument>> undisclosed_of = {};
    // The instruments of what has come, or may have, without an amount: no upper bound holds for them.
    std::vector<std::optional<Instrument>> open_above = {};
    std::optional<ForeignConversions> foreign_conversions = {};

    // Whether conversions come off the sum: what is of the round's own instrument, and equity.
    [[nodiscard]] bool takes_conversions(const Inflow& sum) const {
        if (foreign_conversions && foreign_conversions->from &&
            foreign_conversions->from != sum.known.currency())
            return false;
        return sum.instrument == round->instrument.get() || sum.instrument == Instrument::equity;
    }
};

[[nodiscard]] inline Money money_of(Int128 minor, const Currency& currency) {
    return Money(static_cast<std::int64_t>(minor), currency);
}

[[nodiscard]] Inflow inflow_of(const MinorBounds& bounds, const Currency& currency,
                               const std::optional<Instrument>& instrument,
                               const std::optional<PartialDate>& date, Timing timing,
                               const ResolvedClosing* closing = nullptr);

// Calls `visit(closing)` for all tranches, also those that have not begun.
template <class Visit>
void each_closing(const ResolvedRound& round, const Visit& visit) {
    for (const auto* closings : {&round.closings, &round.later_closings}) {
        for (const ResolvedClosing& closing : *closings) visit(closing);
    }
}

[[nodiscard]] inline std::optional<Instrument> instrument_of(const ResolvedClosing& closing,
                                                             const ResolvedRound& round) {
    return closing.instrument ? closing.instrument : round.instrument.get();
}

[[nodiscard]] inline MinorBounds bounds_of(const Inflow& sum) {
    MinorBounds bounds{sum.known.minor(), sum.lower.minor(), std::nullopt};
    if (sum.upper) bounds.upper = sum.upper->minor();
    return bounds;
}

// What a round brings of one instrument and currency.
struct InflowGroup {
    MinorBounds bounds{0, 0, 0};
    bool come = false;  // some of it
};
using InflowGroups = std::map<std::pair<std::optional<Instrument>, Currency>, InflowGroup>;

[[nodiscard]] InflowGroups groups_of(const RoundInflows& round);

// What the round brings as of the day that it was resolved for, whatever its status.
[[nodiscard]] RoundInflows inflows_if_it_counts(const ResolvedRound& round, const AsOf& as_of);

// What comes by a day whatever the status. A final word is used as soon as it has come.
[[nodiscard]] RoundInflows inflows_by(const ResolvedRound& round, const AsOf& as_of);

// What the round brings as of the day that it was resolved for, whatever the instrument, before conversions.
// Without a day all of it has come.
[[nodiscard]] RoundInflows inflows_of(const ResolvedRound& round, const AsOf& as_of);

}  // namespace POSTMONEY_NAMESPACE::detail

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/detail/round_inflows-inl.hpp"
#endif
