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
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

    // Whether a is used rather than b. A strict order, in which any two entries have a place: no two of them
    // have one id.
    [[nodiscard]] bool prefers(const Claim& a, const Claim& b) const;
    // The same by what their sources are alone: type, publication, accession number. `equal` where these do
    // not tell two claims apart; `less` where a is used rather than b.
    [[nodiscard]] std::strong_ordering by_source(const Claim& a, const Claim& b) const;
    // Whether the source of a is of the type of b's, or of a higher one.
    [[nodiscard]] bool trusts_as_much(const Claim& a, const Claim& b) const { return rank(a) <= rank(b); }

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
    // Leaves out the claims for which `unwanted(stated)` is true.
    template <class Unwanted>
    void leave_out(const Unwanted& unwanted) {
        std::erase_if(stated_, unwanted);
    }
    // Puts a claim before all others, which keep their order. Only a claim of this field.
    void put_first(const Claim& claim);

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

}  // namespace postmoney

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/resolution-inl.hpp"
#endif
