// CarriedShares: what one share of a day has become by another, across the splits between them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// Why shares, a price of a share, or what they are worth cannot be told; of several the first in this order.
enum class ShareGap : std::uint8_t {
    undisclosed_shares,  // nobody says how many
    no_date,             // a split may have come before the round or after it: the round has no date
    split_order,         // likewise: its date and the split's leave it open which was first
    split_class,         // a split of one class, and the round does not say which class it is of
    maybe_one_split,     // two splits whose dates leave it open whether they are one
    no_price,            // no round with a date states a price of that class
    price_order,         // dates leave open which price is the latest
    currency,            // two prices in different currencies
    overflow             // the value is beyond 64-bit minor units
};

template <>
struct detail::Words<ShareGap> {
    static constexpr std::array<std::string_view, 9> values{
        "undisclosed-shares", "no-date",     "split-order", "split-class", "maybe-one-split",
        "no-price",           "price-order", "currency",    "overflow"};
};

// It points into the company.
struct POSTMONEY_EXPORT CarriedShares {
    Ratio factor = Ratio(Decimal(1));               // how many one share has become
    std::vector<const ResolvedSplit*> splits = {};  // by which, by date
    std::optional<ShareGap> gap = {};               // why it cannot be told; the factor is then meaningless

    // "3:1 on 2024-05-01, 2:1 on 2025"; empty without a split.
    [[nodiscard]] std::string splits_text() const;

    friend bool operator==(const CarriedShares& a, const CarriedShares& b) {
        return a.factor == b.factor && a.gap == b.gap &&
               std::equal(a.splits.begin(), a.splits.end(), b.splits.begin(), b.splits.end(),
                          [](const ResolvedSplit* x, const ResolvedSplit* y) { return *x == *y; });
    }
};

// Shares or a price for people, exact: "1500.5", "1000/3" where ten decimals do not hold it.
[[nodiscard]] POSTMONEY_EXPORT std::string share_text(const Ratio& number);

// A share of a class (null: not said) carried from a date to another; without `to`, across all splits after
// `from`. `company` was resolved with the day that is asked about: later splits are no part of it.
[[nodiscard]] POSTMONEY_EXPORT CarriedShares carry_shares(const ResolvedCompany& company,
                                                          const std::optional<std::string>& security_class,
                                                          const std::optional<PartialDate>& from,
                                                          const std::optional<PartialDate>& to = {});
// Of a company that is gone at once it would dangle: give it a name first.
CarriedShares carry_shares(const ResolvedCompany&& company, const std::optional<std::string>& security_class,
                           const std::optional<PartialDate>& from,
                           const std::optional<PartialDate>& to = {}) = delete;

//--- Definitions ---

namespace detail {

// Notes why something cannot be told, where it is not noted for a reason that comes first.
void note(std::optional<ShareGap>& gap, ShareGap found);

[[nodiscard]] bool surely_before(const PartialDate& a, const PartialDate& b);

// Which side of the span from `from` to `to` a split is on, as far as dates tell.
enum class SplitPlace : std::uint8_t { outside, within, open };

[[nodiscard]] SplitPlace place_of(const PartialDate& split, const std::optional<PartialDate>& from,
                                  const std::optional<PartialDate>& to);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/carried_shares-inl.hpp"
#endif
