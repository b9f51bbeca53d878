// ResolutionPolicy: which of several claims on one fact is used. Field: the claims on one fact, best first.
//
// Sources may state the same fact differently; all stay on record. One order decides, its keys compared in
// turn: the source's type (a filing before a company, a database, press, rumour, and last an entry without a
// source); the later publication (a partial date ranks by its last day, a source without one after all
// others); among filings the accession number, see AccessionRank; the later `recorded`; the greater id.
// Before all of them, any number beats `undisclosed`. An entry's place in a chain is no part of it, so that
// the order of arrival never matters.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/fact/claim.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// A small value. Each call that changes it gives another policy; what it is made of is checked then.
//
//   const auto policy = ResolutionPolicy()
//                           .with_order("raised", {SourceType::company, SourceType::filing,
//                                                  SourceType::database, SourceType::press,
//                                                  SourceType::rumour})
//                           .preferring("audit-2024");
class POSTMONEY_EXPORT ResolutionPolicy {
  public:
    // Types of sources, the most trusted first.
    using Order = std::array<SourceType, 5>;
    // Which of two claims on one fact is used: `less` the first, `greater` the second; neither leaves it
    // to the rest of the policy. Called by many threads at once.
    using Comparator = std::function<std::weak_ordering(const Claim&, const Claim&)>;

    // FACTS.md's order.
    ResolutionPolicy() = default;
    // Another order of trust; entries without a source stay last. Throws out-of-range unless each type is
    // there once.
    explicit ResolutionPolicy(const Order& order);
    // This policy, except that the claims of one source win over all others. Throws bad-text for an empty id.
    [[nodiscard]] ResolutionPolicy preferring(std::string source_id) const;
    // This policy with another order for one fact: a field of a round by its name in a facts file, such as
    // "raised"; or the claims of a kind that are not on a round's fields: closing, participation, valuation,
    // split, stated_total, metric, market_total, fx_rate. Throws unknown-field; out-of-range as above.
    [[nodiscard]] ResolutionPolicy with_order(std::string_view field, const Order& order) const;
    // This policy, except that the later publication wins, and the type of source only between two of one
    // day.
    [[nodiscard]] ResolutionPolicy latest_wins() const;
    // This policy, except that this is asked before all else, the preferred source too. Throws misuse for an
    // empty function; asking the policy does when it says of two claims that each is better.
    [[nodiscard]] ResolutionPolicy comparing(Comparator comparator) const;
    // The policy for one fact, see with_order.
    [[nodiscard]] const ResolutionPolicy& of(std::string_view field) const noexcept;

    // Whether a is used rather than b. A strict order, in which any two entries have a place: no two of them
    // have one id.
    [[nodiscard]] bool prefers(const Claim& a, const Claim& b) const;
    // The same by the comparator and by what their sources are alone: type, publication, accession number.
    // `equal` where these do not tell two claims apart; `less` where a is used rather than b.
    [[nodiscard]] std::strong_ordering by_source(const Claim& a, const Claim& b) const;
    // Whether the source of a is of the type of b's, or of a higher one.
    [[nodiscard]] bool trusts_as_much(const Claim& a, const Claim& b) const { return rank(a) <= rank(b); }

    // Two policies with a comparator are equal when one is a copy of the other, or was made of it with the
    // same changes.
    [[nodiscard]] bool operator==(const ResolutionPolicy& other) const;

  private:
    using ByField = std::map<std::string, ResolutionPolicy, std::less<>>;

    [[nodiscard]] std::size_t rank(const Claim& claim) const;
    [[nodiscard]] std::strong_ordering compared(const Claim& a, const Claim& b) const;
    // This policy, and that of each field that has its own, changed.
    template <class Change>
    [[nodiscard]] ResolutionPolicy changed(const Change& change) const;

    Order order_{SourceType::filing, SourceType::company, SourceType::database, SourceType::press,
                 SourceType::rumour};
    bool latest_wins_ = false;
    std::optional<std::string> preferred_source_;
    std::shared_ptr<const Comparator> comparator_;  // null: none
    std::shared_ptr<const ByField> by_field_;       // null: none has its own
};

namespace detail {

// Whether two pointers are to one entry, or to none.
[[nodiscard]] inline bool same_entry(const Claim* a, const Claim* b) noexcept {
    return a == b || (a != nullptr && b != nullptr && a->id == b->id);
}

[[nodiscard]] inline bool same_entries(const std::vector<const Claim*>& a,
                                       const std::vector<const Claim*>& b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_entry);
}

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_empty_field(std::string_view name);

}  // namespace detail

// A value with the claim that states it. Both live in the dossier that the claims came from.
template <class T>
struct Stated {
    const T* value;
    const Claim* claim;

    // Whether the same entry says the same.
    friend bool operator==(const Stated& a, const Stated& b) {
        return a.claim->id == b.claim->id && *a.value == *b.value;
    }
};

// The claims on one fact, best first. The dossier they came from must outlive the field.
template <class T>
class Field {
  public:
    Field() = default;
    // The name is for refusals, and lives as long as the program.
    Field(std::vector<Stated<T>> stated, const ResolutionPolicy& policy, std::string_view name = {})
        : stated_(std::move(stated)), name_(name) {
        rank(policy);
    }
    void set_name(std::string_view name) noexcept { name_ = name; }
    // To gather claims one by one, and then to rank them.
    void add(const Stated<T>& stated) { stated_.push_back(stated); }
    void rank(const ResolutionPolicy& policy);
    // Leaves out the claims for which `unwanted(stated)` is true.
    template <class Unwanted>
    void leave_out(const Unwanted& unwanted) {
        std::erase_if(stated_, unwanted);
    }
    // Puts a claim before all others, which keep their order. Only a claim of this field.
    void put_first(const Claim& claim);

    [[nodiscard]] bool has_value() const noexcept { return !stated_.empty(); }
    explicit operator bool() const noexcept { return has_value(); }
    // The winner's value and claim. Throw misuse, naming the field, when there is none.
    [[nodiscard]] const T& value() const { return *first().value; }
    [[nodiscard]] const Claim& winner() const { return *first().claim; }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    // The winner's value, or nothing, or something instead.
    [[nodiscard]] std::optional<T> get() const {
        return has_value() ? std::optional<T>(value()) : std::nullopt;
    }
    [[nodiscard]] const T* get_if() const noexcept { return has_value() ? stated_.front().value : nullptr; }
    [[nodiscard]] T value_or(T other) const { return has_value() ? value() : std::move(other); }
    // All claims; and those that lost, best first.
    [[nodiscard]] std::span<const Stated<T>> all() const noexcept { return stated_; }
    [[nodiscard]] std::span<const Stated<T>> losing() const noexcept {
        return has_value() ? std::span(stated_).subspan(1) : std::span<const Stated<T>>();
    }

    // Whether the same entries say the same, in the same order.
    friend bool operator==(const Field& a, const Field& b) { return a.stated_ == b.stated_; }

  private:
    [[nodiscard]] const Stated<T>& first() const {
        if (stated_.empty()) detail::refuse_empty_field(name_);
        return stated_.front();
    }

    std::vector<Stated<T>> stated_;
    std::string_view name_;  // may be empty
};

// Stands for what belongs to one statement, where the claims of all sources have come to one answer.
struct NotResolved {
    friend bool operator==(const NotResolved&, const NotResolved&) = default;
};

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

// An accession number of the SEC as it ranks among filings of one day: `nnnnnnnnnn-yy-nnnnnn` by its year and
// then its sequence, as an amendment has a later one; then a number of another form; and last a filing
// without one. EDGAR began in 1993, so that 93 to 99 are years of 19yy.
struct AccessionRank {
    int form = 0;  // 2: of that form, 1: of another one, 0: none
    int year = 0;
    int sequence = 0;
    std::string_view text = {};

    friend std::strong_ordering operator<=>(const AccessionRank&, const AccessionRank&) = default;
    friend bool operator==(const AccessionRank&, const AccessionRank&) = default;
};

[[nodiscard]] inline AccessionRank accession_rank(const Source& filing) noexcept {
    if (!filing.accession) return {};
    const std::string_view text = *filing.accession;
    constexpr std::string_view form = "nnnnnnnnnn-nn-nnnnnn";
    const auto fits = [&](char c, char expected) {
        return expected == '-' ? c == '-' : c >= '0' && c <= '9';
    };
    if (text.size() != form.size() || !std::equal(text.begin(), text.end(), form.begin(), fits))
        return {.form = 1, .text = text};
    const auto number = [&](std::size_t at, std::size_t digits) {
        int value = 0;
        for (const char c : text.substr(at, digits)) value = value * 10 + (c - '0');
        return value;
    };
    const int year = number(11, 2);
    return {
        .form = 2, .year = year >= 93 ? 1900 + year : 2000 + year, .sequence = number(14, 6), .text = text};
}

}  // namespace detail

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

template <class T>
void Field<T>::put_first(const Claim& claim) {
    const auto at = std::find_if(stated_.begin(), stated_.end(),
                                 [&](const Stated<T>& stated) { return stated.claim == &claim; });
    std::rotate(stated_.begin(), at, std::next(at));
}

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/resolution-inl.hpp"
#endif
