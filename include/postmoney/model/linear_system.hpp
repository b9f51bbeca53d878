// Linear equations with exact coefficients, solved by elimination.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "postmoney/value/ratio.hpp"

namespace postmoney::model::detail {

//--- Interface ---

// A sum of multiples of unknowns and a constant.
class LinearForm {
  public:
    explicit LinearForm(std::size_t unknowns) : terms_(unknowns + 1) {}

    void add(std::size_t unknown, const Ratio& factor) { terms_[unknown] = terms_[unknown] + factor; }
    void add_constant(const Ratio& value) { terms_.back() = terms_.back() + value; }
    void add(const LinearForm& other, const Ratio& factor) {
        for (std::size_t i = 0; i < terms_.size(); ++i) {
            if (!other.terms_[i].is_zero()) terms_[i] = terms_[i] + other.terms_[i] * factor;
        }
    }
    [[nodiscard]] const Ratio& operator[](std::size_t unknown) const { return terms_[unknown]; }
    [[nodiscard]] const Ratio& constant() const { return terms_.back(); }
    [[nodiscard]] Ratio at(const std::vector<Ratio>& values) const {
        Ratio sum = terms_.back();
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!terms_[i].is_zero()) sum = sum + terms_[i] * values[i];
        }
        return sum;
    }
    void scale(const Ratio& factor) {
        for (Ratio& term : terms_) {
            if (!term.is_zero()) term = term * factor;
        }
    }

  private:
    std::vector<Ratio> terms_;
};

// The one solution of `equations`, each a form that is zero; nothing where there is none or more than one.
[[nodiscard]] std::optional<std::vector<Ratio>> solve(std::vector<LinearForm> equations,
                                                      std::size_t unknowns);

//--- Definitions ---

inline std::optional<std::vector<Ratio>> solve(std::vector<LinearForm> equations, std::size_t unknowns) {
    std::vector<bool> used(equations.size());
    std::vector<std::size_t> row_of(unknowns);
    for (std::size_t column = 0; column < unknowns; ++column) {
        std::size_t row = 0;
        while (row < equations.size() && (used[row] || equations[row][column].is_zero())) ++row;
        if (row == equations.size()) return std::nullopt;
        used[row] = true;
        row_of[column] = row;
        equations[row].scale(equations[row][column].inverse());
        for (std::size_t other = 0; other < equations.size(); ++other) {
            if (other == row || equations[other][column].is_zero()) continue;
            equations[other].add(equations[row], -equations[other][column]);
        }
    }
    std::vector<Ratio> values;
    values.reserve(unknowns);
    for (std::size_t column = 0; column < unknowns; ++column)
        values.push_back(-equations[row_of[column]].constant());
    return values;
}

}  // namespace postmoney::model::detail
