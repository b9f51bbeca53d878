// Indifference: the claimed proceeds at which a SAFE, a note or a class gains nothing by the other decision.
//
// With the classes decided, a SAFE or a note gains by converting exactly where more is claimed than what all
// claims come to at the price at which its shares are worth its money. That sum does not depend on the
// proceeds: it is worked out once for each number of classes that convert, and one class that decides
// otherwise adds the difference of its own two lines. So settling SAFEs and notes anew is a few comparisons.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "postmoney/model/detail/claims.hpp"
#include "postmoney/model/detail/ladder.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

// A class that weighs its conversion.
struct Decider {
    Ratio from;  // the amount a share from which it converts
    std::size_t claim = 0;
    Line keeps;
    Line converts;
    bool is_bounded = false;  // keeps no more above `from` than at it
};

// The first deciders convert, and these SAFEs and notes.
struct ConversionChoice {
    std::size_t classes = 0;
    std::size_t set = 0;
    [[nodiscard]] bool operator==(const ConversionChoice&) const = default;
};

class Indifference {
  public:
    using Sets = std::vector<std::vector<bool>>;  // of convertibles

    // More points are not worth their table: eight pre-money SAFEs at one cap beside a post-money one have as
    // many.
    static constexpr std::size_t most_points = 65536;
    // How many there are at most of so many sets of so many switches.
    [[nodiscard]] static std::size_t points_of(std::size_t sets, std::size_t switches) {
        return sets * switches * switches;
    }

    // The lines of all claims: of deciders that keep, and of switches that take nothing. Somebody holds
    // common.
    Indifference(const Claims& claims, const std::vector<std::size_t>& switches, const Sets& sets,
                 std::vector<Decider> deciders, std::vector<Line> lines);

    [[nodiscard]] const std::vector<Decider>& deciders() const { return deciders_; }
    [[nodiscard]] std::size_t set_count() const { return own_sets_; }
    [[nodiscard]] const std::vector<bool>& set(std::size_t index) const { return sets_[index].on; }
    // All claims' lines in the choice. They live as long as this.
    [[nodiscard]] std::vector<const Line*> lines_in(const ConversionChoice& choice) const;

    // How many deciders convert where SAFEs and notes are that set.
    [[nodiscard]] std::size_t converting_in(std::size_t set, const Ratio& claimed) const;
    // Whether the deciders' own conversions agree with the price in the choice.
    [[nodiscard]] bool converters_gain(const ConversionChoice& choice, const Ratio& claimed) const {
        return choice.classes == 0 || claimed > thresholds_[choice.set][choice.classes - 1];
    }
    [[nodiscard]] bool keepers_lose(const ConversionChoice& choice, const Ratio& claimed) const {
        return choice.classes == deciders_.size() || claimed <= thresholds_[choice.set][choice.classes];
    }
    // The same of any set.
    [[nodiscard]] bool keepers_lose_in_all(std::size_t classes, const Ratio& claimed) const {
        return classes == deciders_.size() || claimed <= least_thresholds_[classes];
    }
    // Whether the decider gains by converting rather than keeping, all else as in the choice.
    [[nodiscard]] bool gains_in(const ConversionChoice& choice, std::size_t decider,
                                const Ratio& claimed) const {
        return claimed > total_at(choice, deciders_[decider].from);
    }

    // Whether each SAFE and note of the set agrees with it; and the first set, of the fewest conversions, in
    // which all do.
    [[nodiscard]] bool agrees(const ConversionChoice& choice, const Ratio& claimed) const;
    [[nodiscard]] std::optional<std::size_t> settled(std::size_t classes, const Ratio& claimed) const;
    // By how much more is claimed than leaves a SAFE or a note indifferent, by point.
    using Gaps = std::vector<Ratio>;
    [[nodiscard]] Gaps gaps(std::size_t classes, const Ratio& claimed) const;
    // The set in which all agree where one decider decides otherwise.
    [[nodiscard]] std::optional<std::size_t> settled_without(std::size_t classes, std::size_t decider,
                                                             const Gaps& gaps) const;

    // Whether the money ahead of common is there in full.
    [[nodiscard]] bool is_enough(const ConversionChoice& choice, const Ratio& claimed) const {
        return claimed >= totals(choice).front();
    }
    // What a share of common gets, nothing where the money ahead of common is not there in full; and where
    // one decider decides otherwise.
    [[nodiscard]] std::optional<Ratio> per_share(const ConversionChoice& choice, const Ratio& claimed) const;
    [[nodiscard]] std::optional<Ratio> per_share_without(const ConversionChoice& choice, std::size_t decider,
                                                         const Ratio& claimed) const;
    // The step of the ladder of the choice in which that is claimed; where it begins, what a share gets by
    // its line, and the shares that take part.
    [[nodiscard]] std::size_t step_of(const ConversionChoice& choice, const Ratio& claimed) const;
    [[nodiscard]] const Ratio& begin_of(const ConversionChoice& choice, std::size_t step) const {
        return ladder(choice.classes).steps()[step].from;
    }
    [[nodiscard]] Ratio shares_in(const ConversionChoice& choice, std::size_t step) const {
        return ladder(choice.classes).steps()[step].slope + sets_[choice.set].shares;
    }
    [[nodiscard]] Ratio per_share_in(const ConversionChoice& choice, std::size_t step,
                                     const Ratio& claimed) const {
        return begin_of(choice, step) + (claimed - totals(choice)[step]) / shares_in(choice, step);
    }

    // What is claimed where a SAFE or a note is indifferent, with a choice on either side.
    struct Turn {
        Ratio claimed;
        std::size_t claim = 0;
    };
    [[nodiscard]] std::vector<Turn> turns() const;

  private:
    struct Set {
        std::vector<bool> on;
        Ratio ahead;                                      // that those outside keep, and those in it are paid
        Ratio shares;                                     // of those in it
        std::vector<Ratio> shares_of;                     // by convertible
        std::vector<std::pair<std::size_t, Line>> lines;  // of the switches' claims
        std::vector<std::size_t> without;                 // by switch: the set in which it decides otherwise
        std::vector<std::optional<std::size_t>> point;    // by switch in it; none where it never gains
    };
    struct Point {
        Ratio per_share;  // at which the shares of the switch are worth its money
        Ratio of_set;     // what SAFEs and notes come to there
        std::size_t claim = 0;
    };
    struct Column {
        explicit Column(const std::vector<Line>& lines) : ladder(lines) {}
        Ladder ladder;
        std::vector<Ratio> at_points;
        std::vector<std::vector<Ratio>> totals;  // by set and step: what all claims come to; empty: not yet
    };

    void add_set(const Claims& claims, std::vector<bool> on, std::map<std::vector<bool>, std::size_t>& known);
    void add_points(const Claims& claims);
    void find_thresholds();
    template <class Gains>
    [[nodiscard]] bool all_agree(std::size_t set, const Gains& gains) const;
    [[nodiscard]] Column& column(std::size_t classes) const;
    [[nodiscard]] const std::vector<Ratio>& totals(const ConversionChoice& choice) const;
    [[nodiscard]] const Ladder& ladder(std::size_t classes) const { return column(classes).ladder; }
    [[nodiscard]] Ratio total_at(const ConversionChoice& choice, const Ratio& per_share) const;

    std::vector<std::size_t> switches_;
    std::size_t own_sets_;
    std::vector<Set> sets_;  // first those that may convert together, then those one decision away
    std::vector<Point> points_;
    std::vector<Decider> deciders_;
    std::vector<Line> lines_;
    std::vector<std::vector<Ratio>>
        thresholds_;  // by set and decider: what is claimed where it is indifferent
    std::vector<Ratio> least_thresholds_;
    std::vector<std::vector<Ratio>> differences_;  // by decider and point: converted less kept
    mutable std::vector<std::unique_ptr<Column>> columns_;
};

//--- Definitions ---

inline Indifference::Indifference(const Claims& claims, const std::vector<std::size_t>& switches,
                                  const Sets& sets, std::vector<Decider> deciders, std::vector<Line> lines)
    : switches_(switches),
      own_sets_(sets.size()),
      deciders_(std::move(deciders)),
      lines_(std::move(lines)),
      columns_(deciders_.size() + 1) {
    std::map<std::vector<bool>, std::size_t> known;
    for (const std::vector<bool>& each : sets) add_set(claims, each, known);
    for (std::size_t set = 0; set < own_sets_; ++set) {
        for (const std::size_t i : switches_) {
            std::vector<bool> other = sets_[set].on;
            other[i] = !other[i];
            if (known.find(other) == known.end()) add_set(claims, other, known);
            sets_[set].without.push_back(known.at(other));
        }
    }
    add_points(claims);
    find_thresholds();
    for (const Decider& each : deciders_) {
        std::vector<Ratio>& made = differences_.emplace_back();
        for (const Point& point : points_)
            made.push_back(value_at(each.converts, point.per_share) - value_at(each.keeps, point.per_share));
    }
}

inline void Indifference::add_set(const Claims& claims, std::vector<bool> on,
                                  std::map<std::vector<bool>, std::size_t>& known) {
    Set made;
    made.shares_of = claims.shares_where(on);
    for (const std::size_t i : switches_) {
        const std::size_t claim = claims.convertibles()[i].claim;
        const Ratio& ahead = on[i] ? claims.all()[claim].paid : claims.all()[claim].ahead;
        made.ahead = made.ahead + ahead;
        made.shares = made.shares + made.shares_of[i];
        made.lines.emplace_back(claim, Line{{Ratio(), ahead, made.shares_of[i]}});
    }
    known.emplace(on, sets_.size());
    made.on = std::move(on);
    sets_.push_back(std::move(made));
}

inline void Indifference::add_points(const Claims& claims) {
    for (Set& set : sets_) {
        for (const std::size_t i : switches_) {
            std::optional<std::size_t>& at = set.point.emplace_back();
            if (!set.on[i] || set.shares_of[i].is_zero()) continue;
            at = points_.size();
            Point made;
            made.claim = claims.convertibles()[i].claim;
            made.per_share = claims.all()[made.claim].given_up() / set.shares_of[i];
            made.of_set = set.ahead + set.shares * made.per_share;
            points_.push_back(std::move(made));
        }
    }
}

// Where each decider is indifferent, all others deciding by themselves.
inline void Indifference::find_thresholds() {
    std::vector<Line> free = lines_;
    for (const Decider& each : deciders_) {
        Line& line = free[each.claim];
        if (each.from.is_zero()) line.clear();
        while (!line.empty() && line.back().from >= each.from) line.pop_back();
        line.push_back({each.from, each.converts.front().base, each.converts.front().slope});
    }
    const Ladder ladder(free);
    std::vector<Ratio> alone;
    for (const Decider& each : deciders_) alone.push_back(ladder.value_at(each.from));
    for (std::size_t set = 0; set < own_sets_; ++set) {
        std::vector<Ratio>& made = thresholds_.emplace_back();
        for (std::size_t i = 0; i < deciders_.size(); ++i) {
            made.push_back(alone[i] + sets_[set].ahead + sets_[set].shares * deciders_[i].from);
            if (set == 0) least_thresholds_.push_back(made[i]);
            least_thresholds_[i] = std::min(least_thresholds_[i], made[i]);
        }
    }
}

inline Indifference::Column& Indifference::column(std::size_t classes) const {
    std::unique_ptr<Column>& at = columns_[classes];
    if (at != nullptr) return *at;
    std::vector<Line> lines = lines_;
    for (std::size_t i = 0; i < classes; ++i) lines[deciders_[i].claim] = deciders_[i].converts;
    at = std::make_unique<Column>(lines);
    for (const Point& point : points_)
        at->at_points.push_back(at->ladder.value_at(point.per_share) + point.of_set);
    at->totals.resize(own_sets_);
    return *at;
}

inline const std::vector<Ratio>& Indifference::totals(const ConversionChoice& choice) const {
    Column& in = column(choice.classes);
    std::vector<Ratio>& made = in.totals[choice.set];
    if (!made.empty()) return made;
    const Set& set = sets_[choice.set];
    for (const Ladder::Step& step : in.ladder.steps())
        made.push_back(step.total + set.ahead + set.shares * step.from);
    return made;
}

inline std::vector<const Line*> Indifference::lines_in(const ConversionChoice& choice) const {
    std::vector<const Line*> made;
    made.reserve(lines_.size());
    for (const Line& each : lines_) made.push_back(&each);
    for (std::size_t i = 0; i < choice.classes; ++i) made[deciders_[i].claim] = &deciders_[i].converts;
    for (const auto& [claim, line] : sets_[choice.set].lines) made[claim] = &line;
    return made;
}

inline std::size_t Indifference::converting_in(std::size_t set, const Ratio& claimed) const {
    const std::vector<Ratio>& of = thresholds_[set];
    return static_cast<std::size_t>(std::lower_bound(of.begin(), of.end(), claimed) - of.begin());
}

inline Indifference::Gaps Indifference::gaps(std::size_t classes, const Ratio& claimed) const {
    Gaps made;
    const std::vector<Ratio>& at = column(classes).at_points;
    made.reserve(at.size());
    for (const Ratio& each : at) made.push_back(claimed - each);
    return made;
}

template <class Gains>
bool Indifference::all_agree(std::size_t set, const Gains& gains) const {
    for (std::size_t i = 0; i < switches_.size(); ++i) {
        const bool on = sets_[set].on[switches_[i]];
        const auto& point = on ? sets_[set].point[i] : sets_[sets_[set].without[i]].point[i];
        if ((point && gains(*point)) != on) return false;
    }
    return true;
}

inline bool Indifference::agrees(const ConversionChoice& choice, const Ratio& claimed) const {
    const std::vector<Ratio>& at = column(choice.classes).at_points;
    return all_agree(choice.set, [&](std::size_t point) { return claimed > at[point]; });
}

inline std::optional<std::size_t> Indifference::settled(std::size_t classes, const Ratio& claimed) const {
    for (std::size_t set = 0; set < own_sets_; ++set) {
        if (agrees({classes, set}, claimed)) return set;
    }
    return std::nullopt;
}

inline std::optional<std::size_t> Indifference::settled_without(std::size_t classes, std::size_t decider,
                                                                const Gaps& gaps) const {
    const std::vector<Ratio>& more = differences_[decider];
    const bool converts = decider < classes;
    for (std::size_t set = 0; set < own_sets_; ++set) {
        if (all_agree(set, [&](std::size_t point) {
                return converts ? gaps[point] > -more[point] : gaps[point] > more[point];
            }))
            return set;
    }
    return std::nullopt;
}

inline Ratio Indifference::total_at(const ConversionChoice& choice, const Ratio& per_share) const {
    const Set& set = sets_[choice.set];
    return ladder(choice.classes).value_at(per_share) + set.ahead + set.shares * per_share;
}

inline std::optional<Ratio> Indifference::per_share(const ConversionChoice& choice,
                                                    const Ratio& claimed) const {
    return is_enough(choice, claimed) ? std::optional(per_share_in(choice, step_of(choice, claimed), claimed))
                                      : std::nullopt;
}

inline std::size_t Indifference::step_of(const ConversionChoice& choice, const Ratio& claimed) const {
    const std::vector<Ratio>& sums = totals(choice);
    return static_cast<std::size_t>(std::upper_bound(sums.begin(), sums.end(), claimed) - sums.begin()) - 1;
}

inline std::optional<Ratio> Indifference::per_share_without(const ConversionChoice& choice,
                                                            std::size_t decider, const Ratio& claimed) const {
    const Decider& of = deciders_[decider];
    const bool converts = decider < choice.classes;
    const Line& now = converts ? of.converts : of.keeps;
    const Line& then = converts ? of.keeps : of.converts;
    const std::vector<Ladder::Step>& steps = ladder(choice.classes).steps();
    const std::vector<Ratio>& sums = totals(choice);
    const auto sum_at = [&](std::size_t step) {
        return sums[step] + (value_at(then, steps[step].from) - value_at(now, steps[step].from));
    };
    std::size_t low = 0;  // steps before it come to what is claimed at most
    for (std::size_t high = steps.size(); low < high;) {
        const std::size_t middle = low + (high - low) / 2;
        if (sum_at(middle) <= claimed) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) return std::nullopt;
    const Ladder::Step& step = steps[low - 1];
    // Within the step all but the decider's own lines are straight.
    Ratio from = step.from;
    Ratio sum = sum_at(low - 1);
    const Ratio others = step.slope + sets_[choice.set].shares - piece_at(now, from).slope;
    for (const Piece& piece : then) {
        if (piece.from <= from || (low < steps.size() && piece.from >= steps[low].from)) continue;
        const Ratio next = sum + (others + piece_at(then, from).slope) * (piece.from - from);
        if (next > claimed) break;
        from = piece.from;
        sum = next;
    }
    return from + (claimed - sum) / (others + piece_at(then, from).slope);
}

inline std::vector<Indifference::Turn> Indifference::turns() const {
    std::vector<Turn> made;
    for (std::size_t classes = 0; classes <= deciders_.size(); ++classes) {
        for (std::size_t point = 0; point < points_.size(); ++point) {
            const Ratio& claimed = column(classes).at_points[point];
            std::size_t least = deciders_.size();
            std::size_t most = 0;
            for (std::size_t set = 0; set < own_sets_; ++set) {
                const std::size_t count = converting_in(set, claimed);
                least = std::min(least, count);
                most = std::max(most, count);
            }
            if (classes + 1 >= least && classes <= most + 1) made.push_back({claimed, points_[point].claim});
        }
    }
    return made;
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
