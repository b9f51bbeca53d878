// The proceeds at which payouts change their slope, or jump: exact, each with its reason.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/model/detail/settlement.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney::model::detail {

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

[[nodiscard]] inline Stretch stretch_of(const Waterfall& waterfall, const Ratio& from, const Ratio& to) {
    const Ratio quarter = (to - from) * fraction(1, 4);
    const std::vector<Ratio> first = waterfall.settle(from + quarter).amounts;
    const std::vector<Ratio> middle = waterfall.settle(from + quarter + quarter).amounts;
    const std::vector<Ratio> last = waterfall.settle(to - quarter).amounts;
    Stretch made;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const Ratio step = last[i] - first[i];
        made.curved = made.curved || first[i] + last[i] != middle[i] + middle[i];
        made.low.push_back(first[i] - step * fraction(1, 2));
        made.high.push_back(last[i] + step * fraction(1, 2));
        made.slopes.push_back(step / (quarter + quarter));
    }
    return made;
}

inline std::vector<Breakpoint> breakpoints_of(const Waterfall& waterfall, bool curves) {
    std::map<Ratio, std::string> at;
    for (const auto& [proceeds, what] : waterfall.thresholds()) {
        std::string& text = at[proceeds];
        if (text.find(what) == std::string::npos) text += (text.empty() ? "" : "; ") + what;
    }
    std::vector<Breakpoint> found;
    if (waterfall.is_plain() && !curves) {
        for (auto& [proceeds, what] : at) found.push_back({proceeds, std::move(what), {}, false});
        return found;
    }
    std::optional<Stretch> before;
    Ratio from;
    for (auto point = at.begin(); !at.empty();) {
        const bool past = point == at.end();
        const Ratio to = past ? from + from + whole(1) : point->first;
        Stretch here = stretch_of(waterfall, from, to);
        if (before) {
            Ratio jump;
            for (std::size_t i = 0; i < here.low.size() && !before->curved && !here.curved; ++i) {
                const Ratio change = here.low[i] - before->high[i];
                if (std::max(change, -change) > std::max(jump, -jump)) jump = change;
            }
            if (!jump.is_zero() || here.slopes != before->slopes || here.curved || before->curved)
                found.push_back(
                    {from, at[from], jump.is_zero() ? std::nullopt : std::optional(jump), here.curved});
        }
        before = std::move(here);
        from = to;
        if (past) break;
        ++point;
    }
    return found;
}

}  // namespace postmoney::model::detail
