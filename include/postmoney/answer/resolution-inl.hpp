// The definitions of resolution.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/resolution.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace postmoney {

POSTMONEY_INLINE ResolutionPolicy ResolutionPolicy::preferring(std::string source_id) const {
    ResolutionPolicy policy = *this;
    policy.preferred_source_ = std::move(source_id);
    return policy;
}

POSTMONEY_INLINE std::size_t ResolutionPolicy::rank(const Claim& claim) const {
    if (preferred_source_ && claim.entry.source == preferred_source_) return 0;
    if (!claim.source) return order_.size() + 1;
    const auto* const found = std::find(order_.begin(), order_.end(), claim.source->type);
    return static_cast<std::size_t>(found - order_.begin()) + 1;
}

POSTMONEY_INLINE std::strong_ordering ResolutionPolicy::by_source(const Claim& a, const Claim& b) const {
    if (const auto order = rank(a) <=> rank(b); order != 0) return order;
    const auto published = [](const Claim& claim) {
        return claim.source && claim.source->published ? claim.source->published->last_day()
                                                       : date::sys_days::min();
    };
    const auto published_a = published(a);
    const auto published_b = published(b);
    if (published_a != published_b)
        return published_a > published_b ? std::strong_ordering::less : std::strong_ordering::greater;
    const auto accession = [](const Claim& claim) {
        const bool filing = claim.source && claim.source->type == SourceType::filing;
        return filing ? detail::accession_rank(*claim.source) : detail::AccessionRank();
    };
    return accession(b) <=> accession(a);
}

POSTMONEY_INLINE bool ResolutionPolicy::prefers(const Claim& a, const Claim& b) const {
    if (const auto order = by_source(a, b); order != 0) return order < 0;
    return std::tie(a.recorded, a.id) > std::tie(b.recorded, b.id);
}

}  // namespace postmoney
