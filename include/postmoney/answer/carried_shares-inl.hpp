// The definitions of carried_shares.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/carried_shares.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE std::string share_text(const Ratio& number) {
    const Decimal decimal = number.to_decimal(10, Rounding::half_even).normalized();
    return Ratio(decimal) == number ? decimal.to_string() : number.to_string();
}

POSTMONEY_INLINE std::string CarriedShares::splits_text() const {
    std::string text;
    for (const ResolvedSplit* split : splits)
        text += (text.empty() ? "" : ", ") + split->ratio().to_string() + " on " + split->on.to_string();
    return text;
}

namespace detail {

POSTMONEY_INLINE void note(std::optional<ShareGap>& gap, ShareGap found) {
    gap = gap ? std::min(*gap, found) : found;
}

POSTMONEY_INLINE bool surely_before(const PartialDate& a, const PartialDate& b) {
    return a.last_day() < b.first_day();
}

POSTMONEY_INLINE SplitPlace place_of(const PartialDate& split, const std::optional<PartialDate>& from,
                                     const std::optional<PartialDate>& to) {
    if ((from && surely_before(split, *from)) || (to && surely_before(*to, split)))
        return SplitPlace::outside;
    const bool after = from && surely_before(*from, split);
    return after && (!to || surely_before(split, *to)) ? SplitPlace::within : SplitPlace::open;
}

}  // namespace detail

POSTMONEY_INLINE CarriedShares carry_shares(const ResolvedCompany& company,
                                            const std::optional<std::string>& security_class,
                                            const std::optional<PartialDate>& from,
                                            const std::optional<PartialDate>& to) {
    CarriedShares carried;
    for (const ResolvedSplit& split : company.splits.of(security_class)) {
        const detail::SplitPlace place = detail::place_of(split.on, from, to);
        if (place == detail::SplitPlace::outside) continue;
        if (place == detail::SplitPlace::open)
            detail::note(carried.gap, from ? ShareGap::split_order : ShareGap::no_date);
        for (const ResolvedSplit* other : carried.splits) {
            if (agrees(other->on, split.on)) detail::note(carried.gap, ShareGap::maybe_one_split);
        }
        carried.factor = carried.factor * split.ratio().ratio();
        carried.splits.push_back(&split);
    }
    if (security_class) return carried;
    for (const auto& [other, splits] : company.splits.of_each()) {
        for (const ResolvedSplit& split : splits) {
            if (split.security_class && detail::place_of(split.on, from, to) != detail::SplitPlace::outside)
                detail::note(carried.gap, ShareGap::split_class);
        }
    }
    return carried;
}

}  // namespace POSTMONEY_NAMESPACE
