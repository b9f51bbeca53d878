// The linear equations of a round, with exact coefficients: counts of shares as sums of the three unknowns,
// and what solves them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "postmoney/model/day_count.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

// The unknowns that all counts of a round follow from: shares a unit of money (one over the price), the
// shares sold, and the pool's increase; and the constant.
enum Term : std::size_t { inverse_price, shares_sold, pool_increase, constant };

// A count of shares: a sum of multiples of the unknowns, and a constant.
class CountForm {
  public:
    [[nodiscard]] const Ratio& operator[](Term term) const { return terms_[term]; }
    void add(Term term, const Ratio& factor) { add_to(terms_[term], factor); }
    void add(const CountForm& other) {
        for (std::size_t i = 0; i < terms_.size(); ++i) add_to(terms_[i], other.terms_[i]);
    }
    void add(const CountForm& other, const Ratio& factor) {
        for (std::size_t i = 0; i < terms_.size(); ++i) {
            if (!other.terms_[i].is_zero()) add_to(terms_[i], other.terms_[i] * factor);
        }
    }
    void scale(const Ratio& factor) {
        for (Ratio& term : terms_) {
            if (!term.is_zero()) term = term * factor;
        }
    }
    // Its value where the unknowns have these.
    [[nodiscard]] Ratio at(const std::array<Ratio, 3>& unknowns) const {
        Ratio sum = terms_[constant];
        for (std::size_t i = 0; i < unknowns.size(); ++i) {
            if (!terms_[i].is_zero() && !unknowns[i].is_zero()) add_to(sum, terms_[i] * unknowns[i]);
        }
        return sum;
    }

  private:
    // Most terms are zero.
    static void add_to(Ratio& sum, const Ratio& term) {
        if (term.is_zero()) return;
        sum = sum.is_zero() ? term : sum + term;
    }

    std::array<Ratio, 4> terms_;
};

// The one solution of three equations, each a form that is zero; nothing where there is none or more than
// one.
[[nodiscard]] std::optional<std::array<Ratio, 3>> solve(std::array<CountForm, 3> equations);

// Numbers by row and column, both from 0 to `size` - 1; 0 at first.
class SquareMatrix {
  public:
    explicit SquareMatrix(std::size_t size) : size_(size), cells_(size * size) {}
    [[nodiscard]] Ratio& at(std::size_t row, std::size_t column) { return cells_[row * size_ + column]; }

  private:
    std::size_t size_;
    std::vector<Ratio> cells_;
};

// Counts that hold parts of one another: the i-th is right[i] plus the sum of parts.at(i, j) times the j-th.
// In their place in `right` the counts without one another; false where there is not one answer.
[[nodiscard]] bool untangle(SquareMatrix& parts, std::vector<CountForm>& right);

//--- Definitions ---

inline std::optional<std::array<Ratio, 3>> solve(std::array<CountForm, 3> equations) {
    // The shares sold and the increase are most often a term by themselves.
    constexpr std::array<Term, 3> order{shares_sold, pool_increase, inverse_price};
    for (std::size_t step = 0; step < 3; ++step) {
        const Term term = order[step];
        std::size_t row = step;
        while (row < 3 && equations[row][term].is_zero()) ++row;
        if (row == 3) return std::nullopt;
        if (row != step) std::swap(equations[row], equations[step]);
        if (equations[step][term] != one) equations[step].scale(equations[step][term].inverse());
        for (std::size_t other = step + 1; other < 3; ++other) {
            if (!equations[other][term].is_zero())
                equations[other].add(equations[step], -equations[other][term]);
        }
    }
    std::array<Ratio, 3> unknowns;
    for (std::size_t step = 3; step-- > 0;) {
        // Its own term counts nothing yet: the unknown is 0 until it is known.
        unknowns[order[step]] = -equations[step].at(unknowns);
    }
    return unknowns;
}

inline bool untangle(SquareMatrix& parts, std::vector<CountForm>& right) {
    const std::size_t count = right.size();
    // (1 - own part) x = right + the others, put into the later ones in turn.
    for (std::size_t i = 0; i < count; ++i) {
        const Ratio own = one - parts.at(i, i);
        if (own.sign() <= 0) return false;
        if (own != one) {
            const Ratio factor = own.inverse();
            right[i].scale(factor);
            for (std::size_t j = 0; j < count; ++j) parts.at(i, j) = parts.at(i, j) * factor;
        }
        parts.at(i, i) = Ratio();
        for (std::size_t other = 0; other < count; ++other) {
            if (other == i || parts.at(other, i).is_zero()) continue;
            const Ratio factor = std::exchange(parts.at(other, i), Ratio());
            right[other].add(right[i], factor);
            for (std::size_t j = 0; j < count; ++j)
                parts.at(other, j) = parts.at(other, j) + factor * parts.at(i, j);
        }
    }
    return true;
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
