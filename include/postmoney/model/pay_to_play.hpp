// Pay-to-play: preferred shares of holders who do not buy their part of a round become common.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "postmoney/model/cap_table.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// Common for each share of the class that does not play: stated, or as the class converts before the round.
[[nodiscard]] Ratio ratio_of(const PayToPlayClass& of, const std::vector<PreferredClass>& classes);

// Converts in `scenario` the shares of those who bought too little, and says for each holder of these classes
// what was required: its part, as converted, of what is offered to them. What it bought counts for its
// classes in turn. Throws Error missing_field for a holder of these classes whose pro rata has no amount: its
// part depends on what it buys.
std::vector<PlayedHolder> apply_pay_to_play(RoundScenario& scenario);

//--- Definitions ---

namespace detail {

[[nodiscard]] inline Ratio bought_by(const RoundScenario& scenario, const std::string& holder) {
    Ratio sum;
    for (const RoundInvestor& investor : scenario.round.investors) {
        if (investor.holder == holder && investor.amount) sum = sum + *investor.amount;
    }
    return sum;
}

[[nodiscard]] inline const PayToPlayClass* played_class(const PayToPlay& terms, const std::string& name) {
    for (const PayToPlayClass& each : terms.classes) {
        if (each.name == name) return &each;
    }
    return nullptr;
}

inline void check_amounts(const RoundScenario& scenario, const Holding& played) {
    for (const RoundInvestor& investor : scenario.round.investors) {
        if (investor.holder != played.holder || investor.amount) continue;
        throw Error(ErrorCode::missing_field,
                    "expected the amount of " + investor.holder + ": it holds " + played.class_name +
                        ", and pay-to-play asks what it buys before its pro rata is known")
            .in_field("round.investors.amount");
    }
}

}  // namespace detail

inline Ratio ratio_of(const PayToPlayClass& of, const std::vector<PreferredClass>& classes) {
    return of.ratio ? *of.ratio : ratio_of(classes, of.name);
}

inline std::vector<PlayedHolder> apply_pay_to_play(RoundScenario& scenario) {
    std::vector<PlayedHolder> played;
    if (!scenario.round.pay_to_play) return played;
    const PayToPlay& terms = *scenario.round.pay_to_play;
    Ratio all;
    for (const PayToPlayClass& each : terms.classes) {
        if (class_of(scenario.classes, each.name) == nullptr)
            throw Error::refused(ErrorCode::out_of_range, each.name, "a preferred class")
                .in_field("round.pay_to_play.classes");
    }
    for (const Holding& holding : scenario.holdings) {
        if (detail::played_class(terms, holding.class_name) != nullptr)
            all = all + holding.shares * ratio_of(scenario.classes, holding.class_name);
    }
    std::vector<Holding> made;
    for (Holding& holding : scenario.holdings) {
        const PayToPlayClass* of = detail::played_class(terms, holding.class_name);
        if (of == nullptr || holding.shares.is_zero()) continue;
        detail::check_amounts(scenario, holding);
        PlayedHolder row{holding.holder, holding.class_name, {}, {}, holding.shares, {}, {}};
        row.required = terms.offered * holding.shares * ratio_of(scenario.classes, holding.class_name) / all;
        Ratio money = detail::bought_by(scenario, holding.holder);
        for (const PlayedHolder& other : played) {
            if (other.holder == holding.holder) money = money - other.bought;
        }
        row.bought = std::min(std::max(money, Ratio()), row.required);
        if (row.bought < row.required) {
            row.converted = terms.partial == Partial::all
                                ? holding.shares
                                : holding.shares * (detail::one - row.bought / row.required);
            row.kept = holding.shares - row.converted;
            row.common = row.converted * ratio_of(*of, scenario.classes);
            made.push_back({holding.holder, std::string(common_class), row.common});
            holding.shares = row.kept;
        }
        played.push_back(std::move(row));
    }
    scenario.holdings.insert(scenario.holdings.end(), made.begin(), made.end());
    return played;
}

}  // namespace POSTMONEY_NAMESPACE::model
