// The definitions of resolution.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/resolution.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE void refuse_empty_field(std::string_view name) {
    Error error(ErrorCode::misuse, "nobody states a value: ask has_value, get, get_if or value_or");
    throw name.empty() ? error : error.in_field(name);
}

inline void check_order(const ResolutionPolicy::Order& order) {
    ResolutionPolicy::Order sorted = order;
    std::sort(sorted.begin(), sorted.end());
    const bool valid = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end() &&
                       sorted.back() <= SourceType::rumour;
    if (valid) return;
    throw Error(ErrorCode::out_of_range,
                "an order of trust has each of filing, company, database, press and rumour once");
}

// Kinds whose claims have an order of their own, beside the fields of a round.
inline constexpr std::array<EntryKind, 8> ordered_kinds{
    EntryKind::closing,      EntryKind::participation, EntryKind::valuation,    EntryKind::split,
    EntryKind::stated_total, EntryKind::metric,        EntryKind::market_total, EntryKind::fx_rate};

inline void check_ordered(std::string_view field) {
    bool is_known = std::any_of(ordered_kinds.begin(), ordered_kinds.end(),
                                [&](EntryKind kind) { return to_string(kind) == field; });
    const Resolved<RoundStatement> none;
    Resolved<RoundStatement>::fields(
        [&]<class Claims>(const FieldName& name, const Claims&) {
            if constexpr (!std::is_same_v<Claims, NotResolved>) is_known = is_known || name.text == field;
        },
        none);
    if (is_known) return;
    throw Error::refused(ErrorCode::unknown_field, field,
                         "a field of a round, or a kind whose claims compete");
}

}  // namespace detail

POSTMONEY_INLINE ResolutionPolicy::ResolutionPolicy(const Order& order) : order_(order) {
    detail::check_order(order);
}

template <class Change>
ResolutionPolicy ResolutionPolicy::changed(const Change& change) const {
    ResolutionPolicy policy = *this;
    change(policy);
    if (!by_field_) return policy;
    auto by_field = std::make_shared<ByField>(*by_field_);
    for (auto& [field, own] : *by_field) change(own);
    policy.by_field_ = std::move(by_field);
    return policy;
}

POSTMONEY_INLINE ResolutionPolicy ResolutionPolicy::preferring(std::string source_id) const {
    if (source_id.empty())
        throw Error::refused(ErrorCode::bad_text, source_id, "the id of a source to be preferred");
    return changed([&](ResolutionPolicy& policy) { policy.preferred_source_ = source_id; });
}

POSTMONEY_INLINE ResolutionPolicy ResolutionPolicy::latest_wins() const {
    return changed([](ResolutionPolicy& policy) { policy.latest_wins_ = true; });
}

POSTMONEY_INLINE ResolutionPolicy ResolutionPolicy::comparing(Comparator comparator) const {
    if (!comparator) throw Error(ErrorCode::misuse, "a policy cannot compare by a function that is empty");
    const auto shared = std::make_shared<const Comparator>(std::move(comparator));
    return changed([&](ResolutionPolicy& policy) { policy.comparator_ = shared; });
}

POSTMONEY_INLINE ResolutionPolicy ResolutionPolicy::with_order(std::string_view field,
                                                               const Order& order) const {
    detail::check_ordered(field);
    detail::check_order(order);
    ResolutionPolicy policy = *this;
    auto by_field = by_field_ ? std::make_shared<ByField>(*by_field_) : std::make_shared<ByField>();
    ResolutionPolicy& own = (*by_field)[std::string(field)];
    own = *this;
    own.by_field_ = nullptr;
    own.order_ = order;
    policy.by_field_ = std::move(by_field);
    return policy;
}

POSTMONEY_INLINE const ResolutionPolicy& ResolutionPolicy::of(std::string_view field) const noexcept {
    if (!by_field_) return *this;
    const auto own = by_field_->find(field);
    return own == by_field_->end() ? *this : own->second;
}

POSTMONEY_INLINE bool ResolutionPolicy::operator==(const ResolutionPolicy& other) const {
    const bool same_fields =
        by_field_ == other.by_field_ || (by_field_ && other.by_field_ && *by_field_ == *other.by_field_);
    return same_fields && order_ == other.order_ && latest_wins_ == other.latest_wins_ &&
           preferred_source_ == other.preferred_source_ && comparator_ == other.comparator_;
}

POSTMONEY_INLINE std::size_t ResolutionPolicy::rank(const Claim& claim) const {
    if (preferred_source_ && claim.entry.source == preferred_source_) return 0;
    if (!claim.source) return order_.size() + 1;
    const auto* const found = std::find(order_.begin(), order_.end(), claim.source->type);
    return static_cast<std::size_t>(found - order_.begin()) + 1;
}

// What the comparator says; equal without one.
POSTMONEY_INLINE std::strong_ordering ResolutionPolicy::compared(const Claim& a, const Claim& b) const {
    if (!comparator_) return std::strong_ordering::equal;
    const std::weak_ordering order = (*comparator_)(a, b);
    if (((*comparator_)(b, a) <=> 0) != (0 <=> order)) {
        throw Error(ErrorCode::misuse, "the comparator of the policy contradicts itself: it orders " +
                                           detail::quoted(a.id.to_string()) + " and " +
                                           detail::quoted(b.id.to_string()) +
                                           " otherwise than the other way round");
    }
    if (order == 0) return std::strong_ordering::equal;
    return order < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
}

POSTMONEY_INLINE std::strong_ordering ResolutionPolicy::by_source(const Claim& a, const Claim& b) const {
    if (const auto order = compared(a, b); order != 0) return order;
    const std::size_t rank_a = rank(a);
    const std::size_t rank_b = rank(b);
    const bool is_preferred = rank_a == 0 || rank_b == 0;
    if (rank_a != rank_b && (!latest_wins_ || is_preferred)) return rank_a <=> rank_b;
    const auto published = [](const Claim& claim) {
        return claim.source && claim.source->published ? claim.source->published->last_day()
                                                       : date::sys_days::min();
    };
    const auto published_a = published(a);
    const auto published_b = published(b);
    if (published_a != published_b)
        return published_a > published_b ? std::strong_ordering::less : std::strong_ordering::greater;
    if (rank_a != rank_b) return rank_a <=> rank_b;
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

}  // namespace POSTMONEY_NAMESPACE
