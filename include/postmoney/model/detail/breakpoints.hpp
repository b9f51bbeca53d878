// The proceeds at which payouts change their slope, or jump: exact, each with its reason.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/model/detail/settlement.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

// In ascending order. Where one ladder gives all answers they are its steps. Else they are those of all
// ladders, and of them the ones at which the payouts beside them differ; each interval is looked at in three
// places.
[[nodiscard]] std::vector<Breakpoint> breakpoints_of(const Waterfall& waterfall, bool curves);

//--- Definitions ---

// Payouts in the inside of an interval, as lines: what they tend to at its ends, and their slopes.
struct Stretch {
    std::vector<Ratio> low;
    std::vector<Ratio> high;
    std::vector<Ratio> slopes;
    bool curved = false;
};

// Proceeds between which nothing is known to change. Where no set of decisions agrees with itself there is no
// stretch, and that is said; payouts elsewhere are none the worse for it.
struct Interval {
    Ratio from;
    Ratio to;
    std::optional<Waterfall::Regime> regime;  // in which all of it is
    std::optional<Stretch> stretch;           // once it is asked for
    bool has_answer = true;

    // Near so many quarters of it; a whole number where there is one, as long terms take longer.
    [[nodiscard]] Ratio at_quarter(std::int64_t quarters) const {
        const Ratio exact = from + (to - from) * fraction(quarters, 4);
        const Ratio rounded(exact.to_decimal(0, Rounding::floor));
        return rounded > exact - (to - from) * fraction(1, 8) ? rounded : exact;
    }
};

[[nodiscard]] inline Interval interval_of(const Waterfall& waterfall, const Ratio& from, const Ratio& to) {
    Interval made{from, to, {}, {}, true};
    made.regime = waterfall.regime_of(made.at_quarter(1));
    if (made.regime && waterfall.regime_of(made.at_quarter(3)) != made.regime) made.regime.reset();
    return made;
}

inline const Stretch& stretch_of(const Waterfall& waterfall, Interval& of) {
    if (of.stretch) return *of.stretch;
    const auto at = [&](std::int64_t quarters) {
        return of.regime ? waterfall.amounts_in(*of.regime, of.at_quarter(quarters))
                         : waterfall.settle(of.at_quarter(quarters)).amounts;
    };
    const std::vector<Ratio> first = at(1);
    const std::vector<Ratio> last = at(3);
    const std::vector<Ratio> middle = of.regime ? std::vector<Ratio>() : at(2);
    const Ratio begin = of.at_quarter(1);
    const Ratio length = (of.at_quarter(3) - begin).inverse();
    Stretch& made = of.stretch.emplace();
    for (std::size_t i = 0; i < first.size(); ++i) {
        const Ratio slope = (last[i] - first[i]) * length;
        made.curved =
            made.curved || (!middle.empty() && middle[i] != first[i] + slope * (of.at_quarter(2) - begin));
        made.low.push_back(first[i] - slope * (begin - of.from));
        made.high.push_back(first[i] + slope * (of.to - begin));
        made.slopes.push_back(slope);
    }
    return made;
}

// Adds the point between two intervals, if payouts change their slope there, or jump.
inline void add_change(const Stretch& before, const Stretch& here, const Ratio& at, std::string what,
                       std::vector<Breakpoint>& found) {
    const bool curved = before.curved || here.curved;
    Ratio jump;
    for (std::size_t i = 0; i < here.low.size() && !curved; ++i) {
        const Ratio change = here.low[i] - before.high[i];
        if (std::max(change, -change) > std::max(jump, -jump)) jump = change;
    }
    if (jump.is_zero() && here.slopes == before.slopes && !curved) return;
    found.push_back({at, std::move(what), jump.is_zero() ? std::nullopt : std::optional(jump), here.curved});
}

using Points = std::map<Ratio, std::string>;  // the proceeds at which something may change, each with what

inline void add_point(Points& to, const Ratio& at, const std::string& what) {
    std::string& text = to[at];
    if (text.find(what) == std::string::npos) text += (text.empty() ? "" : "; ") + what;
}

// Adds where a class comes to gain by the other decision, its own or its group's, between the two points:
// what it gains is a straight line there. Whether there was any. `open`: the interval has no end.
[[nodiscard]] inline bool add_turns(const Waterfall& waterfall, const Interval& of, bool open,
                                    const Ratio& first, const Ratio& second, Points& to) {
    const std::vector<Waterfall::Gain> low = waterfall.gains(first);
    const std::vector<Waterfall::Gain> high = waterfall.gains(second);
    bool any = false;
    for (std::size_t i = 0; i < std::min(low.size(), high.size()); ++i) {
        const Ratio rise = high[i].more - low[i].more;
        if (rise.is_zero() || low[i].claim != high[i].claim) continue;
        const Ratio turn = first - low[i].more * (second - first) / rise;
        if (turn <= of.from || (!open && turn >= of.to)) continue;
        const bool known = to.find(turn) != to.end();
        add_point(to, turn,
                  waterfall.name_of(low[i].claim) +
                      (waterfall.has_group() ? " gains by the group's conversion" : " converts"));
        any = any || !known;
    }
    return any;
}

// The same wherever its payouts are looked at.
[[nodiscard]] inline bool add_turns_in(const Waterfall& waterfall, Interval& of, bool open, Points& to) {
    const bool curved = stretch_of(waterfall, of).curved;
    bool any =
        waterfall.has_group() && add_turns(waterfall, of, open, of.at_quarter(1), of.at_quarter(3), to);
    if (!curved) return any;
    const Ratio part = (of.to - of.from) * fraction(1, 16);
    if (add_turns(waterfall, of, open, of.from + part, of.from + part + part, to)) any = true;
    if (add_turns(waterfall, of, open, of.to - part - part, of.to - part, to)) any = true;
    return any;
}

// The interval from that point on to the next, cut short where something in its inside turns out to change.
[[nodiscard]] inline Interval settled_interval(const Waterfall& waterfall, const Ratio& from, Points& at) {
    constexpr int most_cuts = 4;
    for (int cuts = 0;; ++cuts) {
        const auto next = at.upper_bound(from);
        const bool open = next == at.end();
        Interval made = interval_of(waterfall, from, open ? from + from + one : next->first);
        if (made.regime || cuts == most_cuts) return made;
        try {
            if (!add_turns_in(waterfall, made, open, at)) return made;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::out_of_range) throw;
            made.has_answer = false;
            return made;
        }
    }
}

inline std::vector<Breakpoint> breakpoints_of(const Waterfall& waterfall, bool curves) {
    Points at;
    for (const auto& [proceeds, what] : waterfall.thresholds()) add_point(at, proceeds, what);
    std::vector<Breakpoint> found;
    if (waterfall.is_plain() && !curves) {
        for (auto& [proceeds, what] : at) found.push_back({proceeds, std::move(what), {}, false});
        return found;
    }
    if (at.empty()) return found;
    Interval before = settled_interval(waterfall, Ratio(), at);
    for (auto point = at.begin(); point != at.end(); ++point) {
        const Ratio& from = point->first;
        Interval here = settled_interval(waterfall, from, at);
        if (here.regime && here.regime == before.regime) {
            before.to = here.to;
            before.stretch.reset();
            continue;
        }
        if (!here.has_answer || !before.has_answer) {
            if (!here.has_answer) add_point(at, from, "above it no set of decisions agrees with itself");
            found.push_back({from, std::move(point->second), {}, !here.has_answer});
        } else if (here.regime && before.regime) {
            const Waterfall::Change change = waterfall.change_of(*before.regime, *here.regime, from);
            if (change.bends || !change.jump.is_zero())
                found.push_back({from, std::move(point->second),
                                 change.jump.is_zero() ? std::nullopt : std::optional(change.jump), false});
        } else {
            add_change(stretch_of(waterfall, before), stretch_of(waterfall, here), from,
                       std::move(point->second), found);
        }
        before = std::move(here);
    }
    return found;
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
