// ResolutionPolicy: which of several claims on one fact is used. Field: the claims on one fact, best first.
//
// Sources may state the same fact differently; all stay on record. The default policy takes a filing before a
// company, a database, press, rumour and an entry without a source; then the later publication (a partial
// date ranks by its last day, a source without one before all others); of two filings of one day the one
// with the later accession number, which is the amendment; then the later `recorded`; then the later place by
// (chain id, seq), and by id where two copies of one ledger both grew, so that the order in which ledgers
// were merged never matters. An undisclosed amount never beats a disclosed one.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "postmoney/fact/claim.hpp"

namespace postmoney {

//--- Interface ---

class ResolutionPolicy {
  public:
    // FACTS.md's order.
    ResolutionPolicy() = default;
    // Another order of trust, the most trusted first; entries without a source stay last.
    explicit ResolutionPolicy(std::array<SourceType, 5> order) : order_(order) {}
    // This policy, except that the claims of one source win over all others.
    [[nodiscard]] ResolutionPolicy preferring(std::string source_id) const;

    // Whether a is used rather than b. A strict order, total over the claims of one ledger.
    [[nodiscard]] bool prefers(const Claim& a, const Claim& b) const;

    friend bool operator==(const ResolutionPolicy&, const ResolutionPolicy&) = default;

  private:
    [[nodiscard]] std::size_t rank(const Claim& claim) const;

    std::array<SourceType, 5> order_{SourceType::filing, SourceType::company, SourceType::database,
                                     SourceType::press, SourceType::rumour};
    std::optional<std::string> preferred_source_;
};

// A value with the claim that states it. Both live in the dossier that the claims came from.
template <class T>
struct Stated {
    const T* value;
    const Claim* claim;
};

// The claims on one fact, best first. The dossier they came from must outlive the field.
template <class T>
class Field {
  public:
    Field() = default;
    Field(std::vector<Stated<T>> stated, const ResolutionPolicy& policy) : stated_(std::move(stated)) {
        rank(policy);
    }
    // To gather claims one by one, and then to rank them.
    void add(const Stated<T>& stated) { stated_.push_back(stated); }
    void rank(const ResolutionPolicy& policy);

    [[nodiscard]] bool has_value() const noexcept { return !stated_.empty(); }
    explicit operator bool() const noexcept { return has_value(); }
    // The winner's value and claim. Only when there is one.
    [[nodiscard]] const T& value() const { return *stated_.front().value; }
    [[nodiscard]] const Claim& winner() const { return *stated_.front().claim; }
    [[nodiscard]] std::optional<T> get() const {
        return has_value() ? std::optional<T>(value()) : std::nullopt;
    }
    // All claims; and those that lost, best first.
    [[nodiscard]] std::span<const Stated<T>> all() const noexcept { return stated_; }
    [[nodiscard]] std::span<const Stated<T>> losing() const noexcept {
        return has_value() ? std::span(stated_).subspan(1) : std::span<const Stated<T>>();
    }

  private:
    std::vector<Stated<T>> stated_;
};

// Stands for what belongs to one statement, where the claims of all sources have come to one answer.
struct NotResolved {};

// The form of what the claims of all sources come to: for each fact its claims, best first.
struct ResolvedForm {
    template <class T>
    using Claim = Field<T>;
    template <class T>
    using Said = NotResolved;
};

// The resolved form of a statement: Resolved<RoundStatement> has a Field for each claim of it.
template <class Statement>
struct ResolvedFormOf;
template <template <class> class Claims>
struct ResolvedFormOf<Claims<StatedForm>> {
    using type = Claims<ResolvedForm>;
};
template <class Statement>
using Resolved = typename ResolvedFormOf<Statement>::type;

//--- Definitions ---

namespace detail {

template <class T>
[[nodiscard]] bool is_undisclosed(const T&) {
    return false;
}
[[nodiscard]] inline bool is_undisclosed(const Quantity& quantity) {
    return quantity.qualifier() == Qualifier::undisclosed;
}
[[nodiscard]] inline bool is_undisclosed(const Amount& amount) {
    return is_undisclosed(amount.quantity());
}
[[nodiscard]] inline bool is_undisclosed(const Valuation& valuation) {
    return is_undisclosed(valuation.amount);
}
[[nodiscard]] inline bool is_undisclosed(const StatedTotal& total) {
    return is_undisclosed(total.amount);
}
[[nodiscard]] inline bool is_undisclosed(const MarketTotal& total) {
    return is_undisclosed(total.amount);
}
[[nodiscard]] inline bool is_undisclosed(const Metric& metric) {
    return is_undisclosed(quantity_of(metric.value));
}

}  // namespace detail

inline ResolutionPolicy ResolutionPolicy::preferring(std::string source_id) const {
    ResolutionPolicy policy = *this;
    policy.preferred_source_ = std::move(source_id);
    return policy;
}

inline std::size_t ResolutionPolicy::rank(const Claim& claim) const {
    if (preferred_source_ && claim.entry.source == preferred_source_) return 0;
    if (!claim.source) return order_.size() + 1;
    const auto* const found = std::find(order_.begin(), order_.end(), claim.source->type);
    return static_cast<std::size_t>(found - order_.begin()) + 1;
}

inline bool ResolutionPolicy::prefers(const Claim& a, const Claim& b) const {
    const std::size_t rank_a = rank(a);
    const std::size_t rank_b = rank(b);
    if (rank_a != rank_b) return rank_a < rank_b;
    const auto published = [](const Claim& claim) {
        return claim.source && claim.source->published ? claim.source->published->last_day()
                                                       : date::sys_days::min();
    };
    const auto published_a = published(a);
    const auto published_b = published(b);
    if (published_a != published_b) return published_a > published_b;
    if (a.source && b.source && a.source->accession && b.source->accession &&
        a.source->accession != b.source->accession) {
        return *a.source->accession > *b.source->accession;
    }
    return std::tie(a.recorded, a.place, a.id) > std::tie(b.recorded, b.place, b.id);
}

template <class T>
void Field<T>::rank(const ResolutionPolicy& policy) {
    if (stated_.size() < 2) return;
    std::sort(stated_.begin(), stated_.end(), [&](const Stated<T>& a, const Stated<T>& b) {
        const bool hidden_a = detail::is_undisclosed(*a.value);
        const bool hidden_b = detail::is_undisclosed(*b.value);
        if (hidden_a != hidden_b) return hidden_b;
        return policy.prefers(*a.claim, *b.claim);
    });
}

}  // namespace postmoney
