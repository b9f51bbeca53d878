// Ladder: what all claims come to for each amount that a share of common gets, and back. Every claim is a
// line of straight pieces that never falls, so their sum is one too.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

// base + slope * p for each p of at least `from`, up to the next piece.
struct Piece {
    Ratio from;
    Ratio base;
    Ratio slope;
    const char* what = "";  // what begins here, of the claim
};

// A claim's pieces, from 0 on, each beginning where the one before ends.
using Line = std::vector<Piece>;

[[nodiscard]] const Piece& piece_at(const Line& line, const Ratio& per_share);
[[nodiscard]] Ratio value_at(const Line& line, const Ratio& per_share);

class Ladder {
  public:
    struct Step {
        Ratio from;   // a share of common
        Ratio total;  // of all claims there
        Ratio base;
        Ratio slope;
        std::vector<std::size_t> claims;  // that begin a piece here
    };

    explicit Ladder(const std::vector<Line>& lines);

    // What a share of common gets where the claims come to `total`, which is at least that of the first step.
    // Nothing where no claim takes more.
    [[nodiscard]] std::optional<Ratio> per_share(const Ratio& total) const;
    // The place of the last step that begins at or below it; its first where none does.
    [[nodiscard]] std::size_t step_of(const Ratio& total) const;
    // What all claims come to where a share of common gets that.
    [[nodiscard]] Ratio value_at(const Ratio& per_share) const;
    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
    [[nodiscard]] const Ratio& least() const { return steps_.front().total; }

  private:
    std::vector<Step> steps_;
};

//--- Definitions ---

inline const Piece& piece_at(const Line& line, const Ratio& per_share) {
    std::size_t at = line.size() - 1;
    while (at > 0 && per_share < line[at].from) --at;
    return line[at];
}

inline Ratio value_at(const Line& line, const Ratio& per_share) {
    const Piece& piece = piece_at(line, per_share);
    return piece.slope.is_zero() ? piece.base : piece.base + piece.slope * per_share;
}

inline Ladder::Ladder(const std::vector<Line>& lines) {
    struct Change {
        const Ratio* from;
        std::size_t claim;
        std::size_t piece;
    };
    std::vector<Change> changes;
    Step step;
    for (std::size_t claim = 0; claim < lines.size(); ++claim) {
        step.base = step.base + lines[claim].front().base;
        step.slope = step.slope + lines[claim].front().slope;
        for (std::size_t piece = 1; piece < lines[claim].size(); ++piece)
            changes.push_back({&lines[claim][piece].from, claim, piece});
    }
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return *a.from != *b.from ? *a.from < *b.from : a.claim < b.claim;
    });
    step.total = step.base;
    for (std::size_t i = 0; i < changes.size();) {
        const Ratio from = *changes[i].from;
        if (from != step.from) {
            steps_.push_back(step);
            step.total = step.total + step.slope * (from - step.from);
            step.from = from;
            step.claims.clear();
        }
        for (; i < changes.size() && *changes[i].from == from; ++i) {
            const Line& line = lines[changes[i].claim];
            const Piece& next = line[changes[i].piece];
            const Piece& last = line[changes[i].piece - 1];
            step.base = step.base + next.base - last.base;
            step.slope = step.slope + next.slope - last.slope;
            step.claims.push_back(changes[i].claim);
        }
    }
    steps_.push_back(step);
}

inline std::size_t Ladder::step_of(const Ratio& total) const {
    const auto next =
        std::upper_bound(steps_.begin(), steps_.end(), total,
                         [](const Ratio& value, const Step& step) { return value < step.total; });
    return next == steps_.begin() ? 0 : static_cast<std::size_t>(next - steps_.begin()) - 1;
}

inline Ratio Ladder::value_at(const Ratio& per_share) const {
    const auto next =
        std::upper_bound(steps_.begin(), steps_.end(), per_share,
                         [](const Ratio& value, const Step& step) { return value < step.from; });
    const Step& step = next == steps_.begin() ? *next : *std::prev(next);
    return step.from == per_share ? step.total : step.base + step.slope * per_share;
}

inline std::optional<Ratio> Ladder::per_share(const Ratio& total) const {
    const Step& step = steps_[step_of(total)];
    if (step.total == total) {
        // Where the sum is flat, the first of the amounts that give it.
        const auto first =
            std::lower_bound(steps_.begin(), steps_.end(), total,
                             [](const Step& each, const Ratio& value) { return each.total < value; });
        return first->from;
    }
    if (step.slope.is_zero()) return std::nullopt;
    return (total - step.base) / step.slope;
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
