// LeftOut: what of the money on record a total does not count, and why (FACTS.md, What is left out).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "postmoney/answer/total.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// In the order in which they are asked: money is left out for the first that fits.
enum class LeftOutReason : std::uint8_t {
    rumoured,
    cancelled,             // and it had not come by the day of the cancelling
    fund,                  // what pooled investment funds raise, where the total leaves it out
    business_combination,  // of a merger, an acquisition or an exchange offer
    instrument,            // of an instrument that the total does not take
    undisclosed,           // it counts as a round, and no amount is known
    converted,             // SAFEs and notes that were counted when they were sold
    perhaps,               // it may have come by the day, and may not
    not_yet                // it had not come by the day
};

template <>
struct detail::Words<LeftOutReason> {
    static constexpr std::array<std::string_view, 9> values{
        "rumoured",  "cancelled", "fund",   "business-combination", "instrument", "undisclosed",
        "converted", "perhaps",   "not-yet"};
};

// What is left out for one reason, of one instrument, in one currency.
struct LeftOut {
    LeftOutReason reason;
    std::optional<Instrument> instrument;  // null: the rounds do not say
    std::int64_t rounds = 0;               // of how many rounds
    std::optional<Money> amount;           // what is known; null where nothing is

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

// By reason, instrument and currency, each once. Amounts stay in their own currency, also where the total is
// converted. `company` was resolved with the same as-of date. What the total counts and what is left out come
// to all that is on record, but for conversions in another currency than their round's money: without `in`
// they are `perhaps`, and are in `known` as well. Throws overflow beyond 64-bit minor units.
[[nodiscard]] POSTMONEY_EXPORT std::vector<LeftOut> left_out(const ResolvedCompany& company,
                                                             const TotalOptions& options = {});

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/left_out-inl.hpp"
#endif
