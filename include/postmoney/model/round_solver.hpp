// The equations of a priced round: shares a unit of money (the inverse of the price) and all counts are
// linear in one another once it is known which term each convertible takes, which adjustments there are, and
// whether the pool grows. Such a choice is a Branches; the solver moves from the one with the fewest shares
// to one that agrees with its own answer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/model/cap_table.hpp"
#include "postmoney/model/linear_system.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney::model::detail {

//--- Interface ---

// A convertible that converts in the round.
struct Converting {
    const Convertible* of = nullptr;
    Owed owed;
    Ratio amount;  // that converts
    Ratio keeps;   // 1 less the discount
    std::optional<std::size_t> base;
    Method method = Method::percent_ownership;
    bool exempt = false;
};

// A class that the round can adjust.
struct Protected {
    const PreferredClass* of = nullptr;
    Ratio converted;  // its shares before, as converted
    Ratio price;      // its conversion price
    Ratio base;       // A of the weighted average
};

// Issues of the round as anti-dilution sees them: 0 is the new money, 1 + i the i-th convertible.
using Issues = std::vector<std::size_t>;

struct Branches {
    std::vector<bool> at_cap;      // a convertible; else at the discount or the price
    std::vector<Issues> adjusted;  // a class: by which issues; empty: not at all
    bool pool_grows = false;

    [[nodiscard]] bool operator==(const Branches&) const = default;
};

struct RoundSolution {
    Branches branches;
    std::vector<Ratio> unknowns;
    std::vector<Ratio> converted;  // the shares of each convertible
};

class RoundSolver {
  public:
    // The scenario is what holds after splits and pay-to-play; `unplayed` shares are counted in the price
    // only. Keeps a reference to the terms. Throws Error as solve() does.
    RoundSolver(const RoundScenario& scenario, const ShareCounts& counts, const Ratio& unplayed,
                std::vector<Converting> convertibles, std::vector<std::vector<Counted>> bases);

    // Throws Error missing_field when the terms do not determine a price, out_of_range when no price solves
    // them, or two do and the scenario does not choose; misuse for what is not linear.
    [[nodiscard]] RoundSolution solve();

    [[nodiscard]] const std::vector<Converting>& convertibles() const { return convertibles_; }
    [[nodiscard]] const std::vector<Protected>& classes() const { return classes_; }
    [[nodiscard]] const Ratio& inverse_price(const RoundSolution& of) const { return of.unknowns[inverse_]; }
    [[nodiscard]] const Ratio& new_shares(const RoundSolution& of) const { return of.unknowns[new_]; }
    [[nodiscard]] const Ratio& pool_increase(const RoundSolution& of) const { return of.unknowns[increase_]; }
    [[nodiscard]] const Ratio& shares_after(const RoundSolution& of) const { return of.unknowns[after_]; }
    [[nodiscard]] const Ratio& pre_money_shares(const RoundSolution& of) const {
        return of.unknowns[priced_];
    }
    [[nodiscard]] const Ratio& base(const RoundSolution& of, std::size_t base) const {
        return of.unknowns[first_base_ + base];
    }
    [[nodiscard]] const Ratio& added(const RoundSolution& of, std::size_t adjusted) const {
        return of.unknowns[first_added_ + adjusted];
    }
    // The increase that the pool's target asks for, where all other shares are `others`.
    [[nodiscard]] Ratio increase_for(const Ratio& others) const;

  private:
    // One over the issue's own price.
    [[nodiscard]] Ratio inverse_of(const RoundSolution& of, std::size_t issue) const;
    [[nodiscard]] Issues issues_below(const RoundSolution& of, const Protected& adjusted) const;
    [[nodiscard]] Branches agreed(const RoundSolution& of) const;
    [[nodiscard]] std::optional<RoundSolution> solve_in(const Branches& branches) const;
    [[nodiscard]] std::optional<RoundSolution> follow(Branches branches) const;
    [[nodiscard]] LinearForm form() const { return LinearForm(unknowns_); }
    void add_converted(LinearForm& to, std::size_t convertible, const Branches& branches,
                       const Ratio& factor) const;
    void add_issue(LinearForm& to, std::size_t issue, const Branches& branches, const Ratio& factor) const;
    [[nodiscard]] Ratio money_of(std::size_t issue) const;
    [[nodiscard]] LinearForm pool_equation(const Branches& branches) const;
    [[nodiscard]] LinearForm base_equation(std::size_t base, const Branches& branches) const;
    [[nodiscard]] LinearForm added_equation(std::size_t adjusted, const Branches& branches) const;
    [[nodiscard]] LinearForm after_equation(const Branches& branches) const;
    [[nodiscard]] LinearForm priced_equation(const Branches& branches) const;
    [[nodiscard]] std::vector<LinearForm> terms() const;
    void find_money();
    [[nodiscard]] Ratio pool_counted() const;
    // Of the pool's whole increase, what goes to promised options that the unissued pool does not hold.
    [[nodiscard]] Ratio increase_promised() const;

    const RoundTerms& round_;
    ShareCounts counts_;
    Ratio unplayed_;
    std::vector<Converting> convertibles_;
    std::vector<std::vector<Counted>> bases_;  // what the shares of a cap price are counted from
    std::vector<Protected> classes_;
    std::optional<Ratio> money_;  // the new money, where it is known before the price

    static constexpr std::size_t inverse_ = 0;
    static constexpr std::size_t new_ = 1;
    static constexpr std::size_t increase_ = 2;
    static constexpr std::size_t after_ = 3;
    static constexpr std::size_t priced_ = 4;  // the shares that the pre-money is a price for
    static constexpr std::size_t first_base_ = 5;
    std::size_t first_added_ = 0;
    std::size_t unknowns_ = 0;
};

//--- Definitions ---

[[nodiscard]] inline std::vector<Counted> base_of(const PreferredClass& of) {
    if (!of.anti_dilution_counts.empty()) return of.anti_dilution_counts;
    return of.anti_dilution == AntiDilution::narrow_based ? std::vector{Counted::stock}
                                                          : std::vector{Counted::stock, Counted::options};
}

inline RoundSolver::RoundSolver(const RoundScenario& scenario, const ShareCounts& counted,
                                const Ratio& unplayed, std::vector<Converting> convertibles,
                                std::vector<std::vector<Counted>> bases)
    : round_(scenario.round),
      counts_(counted),
      unplayed_(unplayed),
      convertibles_(std::move(convertibles)),
      bases_(std::move(bases)) {
    for (const PreferredClass& each : scenario.classes) {
        if (each.anti_dilution == AntiDilution::none) continue;
        Ratio converted;
        for (const Holding& holding : scenario.holdings) {
            if (holding.class_name == each.name) converted = converted + holding.shares * each.ratio();
        }
        const std::vector<Counted> base = base_of(each);
        if (lists(base, Counted::notes) || lists(base, Counted::safes) ||
            lists(base, Counted::pool_increase) || lists(base, Counted::adjustments)) {
            throw Error(
                ErrorCode::misuse,
                "not linear: the base of an adjusted price counts shares that the price itself decides, "
                "expected a base of stock, options, promised, pool or preferred")
                .in_field("classes." + each.name + ".anti_dilution_counts");
        }
        classes_.push_back({&each, converted, each.current_conversion_price(), counts_.sum_of(base)});
    }
    first_added_ = first_base_ + bases_.size();
    unknowns_ = first_added_ + classes_.size();
    find_money();
}

inline void RoundSolver::find_money() {
    const auto& [post, pre] = std::pair(round_.post_money, round_.pre_money);
    const bool plain =
        std::all_of(convertibles_.begin(), convertibles_.end(),
                    [](const Converting& each) { return each.method == Method::percent_ownership; }) &&
        unplayed_.is_zero() && round_.anti_dilution.in_price;
    if (round_.new_money) {
        money_ = round_.new_money;
    } else if (round_.price && round_.shares) {
        money_ = *round_.price * *round_.shares;
    } else if (post && round_.sold) {
        money_ = *post * *round_.sold;
    } else if (plain && post && pre) {
        money_ = *post - *pre;
    } else if (plain && pre && round_.sold && *round_.sold < whole(1)) {
        money_ = *pre * *round_.sold / (whole(1) - *round_.sold);
    }
}

inline Ratio RoundSolver::pool_counted() const {
    const bool total = round_.pool->of == PoolOf::post_money_total;
    return counts_.pool + (total ? counts_.options + counts_.promised : Ratio());
}

inline Ratio RoundSolver::increase_promised() const {
    if (!round_.pool) return {};
    const Ratio beyond = counts_.promised_beyond();
    return round_.pool->increase ? std::min(*round_.pool->increase, beyond) : beyond;
}

inline Ratio RoundSolver::increase_for(const Ratio& others) const {
    // pool + increase = target * (others + increase)
    const Ratio target = *round_.pool->target;
    return std::max(Ratio(), (target * others - pool_counted()) / (whole(1) - target));
}

inline void RoundSolver::add_converted(LinearForm& to, std::size_t convertible, const Branches& branches,
                                       const Ratio& factor) const {
    const Converting& each = convertibles_[convertible];
    if (branches.at_cap[convertible]) {
        to.add(first_base_ + *each.base, factor * each.amount / *each.of->cap);
    } else {
        to.add(inverse_, factor * each.amount / each.keeps);
    }
}

inline void RoundSolver::add_issue(LinearForm& to, std::size_t issue, const Branches& branches,
                                   const Ratio& factor) const {
    if (issue == 0) {
        to.add(new_, factor);
    } else {
        add_converted(to, issue - 1, branches, factor);
    }
}

inline Ratio RoundSolver::money_of(std::size_t issue) const {
    if (issue != 0) return convertibles_[issue - 1].amount;
    if (money_) return *money_;
    throw Error(ErrorCode::misuse,
                "not linear: an adjusted price depends on new money that the price itself decides, expected "
                "new_money")
        .in_field("round");
}

inline LinearForm RoundSolver::pool_equation(const Branches& branches) const {
    LinearForm equation = form();
    equation.add(increase_, whole(1));
    if (round_.pool && round_.pool->increase) {
        equation.add_constant(increase_promised() - *round_.pool->increase);
    } else if (branches.pool_grows) {
        equation.add_constant(pool_counted());
        equation.add(after_, -*round_.pool->target);
    }
    return equation;
}

inline LinearForm RoundSolver::base_equation(std::size_t base, const Branches& branches) const {
    const std::vector<Counted>& counted = bases_[base];
    LinearForm equation = form();
    equation.add(first_base_ + base, -whole(1));
    equation.add_constant(counts_.sum_of(counted));
    if (lists(counted, Counted::pool_increase)) {
        equation.add(increase_, whole(1));
        if (!lists(counted, Counted::promised)) equation.add_constant(increase_promised());
    }
    if (lists(counted, Counted::adjustments)) {
        for (std::size_t i = 0; i < classes_.size(); ++i) equation.add(first_added_ + i, whole(1));
    }
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const bool note = convertibles_[i].of->type == ConvertibleType::note;
        if (lists(counted, note ? Counted::notes : Counted::safes))
            add_converted(equation, i, branches, whole(1));
    }
    return equation;
}

inline LinearForm RoundSolver::added_equation(std::size_t adjusted, const Branches& branches) const {
    LinearForm equation = form();
    equation.add(first_added_ + adjusted, -whole(1));
    const Issues& issues = branches.adjusted[adjusted];
    if (issues.empty()) return equation;
    const Protected& each = classes_[adjusted];
    if (each.of->anti_dilution == AntiDilution::full_ratchet) {
        // converted * price / lowest price - converted
        const std::size_t lowest = issues.front();
        const Ratio worth = each.converted * each.price;
        if (lowest == 0) {
            equation.add(inverse_, worth);
        } else {
            add_converted(equation, lowest - 1, branches, worth / money_of(lowest));
        }
        equation.add_constant(-each.converted);
        return equation;
    }
    // converted * (A + issued) / (A + money / price) - converted
    Ratio whole_base = each.base;
    for (const std::size_t issue : issues) whole_base = whole_base + money_of(issue) / each.price;
    const Ratio factor = each.converted / whole_base;
    for (const std::size_t issue : issues) add_issue(equation, issue, branches, factor);
    equation.add_constant(each.base * factor - each.converted);
    return equation;
}

inline LinearForm RoundSolver::after_equation(const Branches& branches) const {
    LinearForm equation = form();
    equation.add(after_, -whole(1));
    equation.add_constant(counts_.fully_diluted());
    equation.add(increase_, whole(1));
    equation.add(new_, whole(1));
    for (std::size_t i = 0; i < classes_.size(); ++i) equation.add(first_added_ + i, whole(1));
    for (std::size_t i = 0; i < convertibles_.size(); ++i) add_converted(equation, i, branches, whole(1));
    return equation;
}

inline LinearForm RoundSolver::priced_equation(const Branches& branches) const {
    LinearForm equation = form();
    equation.add(priced_, -whole(1));
    equation.add_constant(counts_.fully_diluted() + unplayed_);
    equation.add(increase_, whole(1));
    if (round_.anti_dilution.in_price) {
        for (std::size_t i = 0; i < classes_.size(); ++i) equation.add(first_added_ + i, whole(1));
    }
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        if (convertibles_[i].method == Method::pre_money) continue;
        add_converted(equation, i, branches, whole(1));
        if (convertibles_[i].method == Method::dollars_invested)
            equation.add(inverse_, -convertibles_[i].amount);
    }
    return equation;
}

// The stated terms as equations, those that fix the price first.
inline std::vector<LinearForm> RoundSolver::terms() const {
    std::vector<LinearForm> stated;
    const auto equation = [&](std::size_t unknown, std::size_t other, const Ratio& factor) {
        LinearForm made = form();
        made.add(unknown, -whole(1));
        made.add(other, factor);
        stated.push_back(std::move(made));
    };
    const auto constant = [&](std::size_t unknown, const Ratio& value) {
        LinearForm made = form();
        made.add(unknown, -whole(1));
        made.add_constant(value);
        stated.push_back(std::move(made));
    };
    if (round_.price) constant(inverse_, round_.price->inverse());
    if (round_.new_money) equation(new_, inverse_, *round_.new_money);
    if (round_.pre_money) equation(priced_, inverse_, *round_.pre_money);
    if (round_.post_money) equation(after_, inverse_, *round_.post_money);
    if (round_.shares) constant(new_, *round_.shares);
    if (round_.sold) equation(new_, after_, *round_.sold);
    return stated;
}

inline std::optional<RoundSolution> RoundSolver::solve_in(const Branches& branches) const {
    std::vector<LinearForm> equations{after_equation(branches), priced_equation(branches),
                                      pool_equation(branches)};
    for (std::size_t i = 0; i < bases_.size(); ++i) equations.push_back(base_equation(i, branches));
    for (std::size_t i = 0; i < classes_.size(); ++i) equations.push_back(added_equation(i, branches));
    const std::vector<LinearForm> stated = terms();
    for (std::size_t first = 0; first < stated.size(); ++first) {
        for (std::size_t second = first + 1; second < stated.size(); ++second) {
            std::vector<LinearForm> all = equations;
            all.push_back(stated[first]);
            all.push_back(stated[second]);
            auto values = detail::solve(std::move(all), unknowns_);
            if (!values || (*values)[inverse_].sign() <= 0 || (*values)[after_].sign() <= 0) continue;
            RoundSolution solution{branches, std::move(*values), {}};
            for (std::size_t i = 0; i < convertibles_.size(); ++i) {
                LinearForm shares = form();
                add_converted(shares, i, branches, whole(1));
                solution.converted.push_back(shares.at(solution.unknowns));
            }
            return solution;
        }
    }
    return std::nullopt;
}

inline Ratio RoundSolver::inverse_of(const RoundSolution& of, std::size_t issue) const {
    return issue == 0 ? inverse_price(of) : of.converted[issue - 1] / convertibles_[issue - 1].amount;
}

// The issues that lower the class's price, of a ratchet only the lowest.
inline Issues RoundSolver::issues_below(const RoundSolution& of, const Protected& adjusted) const {
    Issues candidates;
    const bool sells = new_shares(of).sign() > 0;
    if (sells) candidates.push_back(0);
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        if (!convertibles_[i].exempt && of.converted[i].sign() > 0) candidates.push_back(i + 1);
    }
    const bool ratchet = adjusted.of->anti_dilution == AntiDilution::full_ratchet;
    if (round_.anti_dilution.pieces == Pieces::one_issue && !ratchet) {
        Ratio shares;
        Ratio money;
        for (const std::size_t issue : candidates) {
            shares = shares + (issue == 0 ? new_shares(of) : of.converted[issue - 1]);
            money = money + money_of(issue);
        }
        return shares * adjusted.price > money ? candidates : Issues{};
    }
    Issues below;
    for (const std::size_t issue : candidates) {
        if (inverse_of(of, issue) * adjusted.price > whole(1)) below.push_back(issue);
    }
    if (!ratchet || below.empty()) return below;
    return {*std::max_element(below.begin(), below.end(), [&](std::size_t a, std::size_t b) {
        return inverse_of(of, a) < inverse_of(of, b);
    })};
}

// What the solution itself says of each branch.
inline Branches RoundSolver::agreed(const RoundSolution& of) const {
    Branches next = of.branches;
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const Converting& each = convertibles_[i];
        if (!each.base) continue;
        const Ratio at_cap = base(of, *each.base) / *each.of->cap;  // shares for a unit of money
        const Ratio at_price = inverse_price(of) / each.keeps;
        if (at_cap != at_price) next.at_cap[i] = at_cap > at_price;
    }
    for (std::size_t i = 0; i < classes_.size(); ++i) next.adjusted[i] = issues_below(of, classes_[i]);
    if (round_.pool && round_.pool->target)
        next.pool_grows = pool_counted() < *round_.pool->target * (shares_after(of) - pool_increase(of));
    return next;
}

inline std::optional<RoundSolution> RoundSolver::follow(Branches branches) const {
    std::vector<Branches> seen;
    while (std::find(seen.begin(), seen.end(), branches) == seen.end()) {
        seen.push_back(branches);
        auto solution = solve_in(branches);
        if (!solution) return std::nullopt;
        branches = agreed(*solution);
        if (branches == solution->branches) return solution;
    }
    return std::nullopt;
}

inline RoundSolution RoundSolver::solve() {
    if (terms().size() < 2) {
        throw Error(ErrorCode::missing_field,
                    "expected two of pre_money, post_money, price, shares, new_money and sold that determine "
                    "the rest")
            .in_field("round");
    }
    Branches least{std::vector<bool>(convertibles_.size()), std::vector<Issues>(classes_.size()), false};
    Branches most = least;
    for (std::size_t i = 0; i < convertibles_.size(); ++i) most.at_cap[i] = convertibles_[i].base.has_value();
    Branches adjusted = most;
    for (Issues& issues : adjusted.adjusted) issues = {0};
    std::vector<RoundSolution> found;
    for (const Branches& start : {least, most, adjusted}) {
        if (!found.empty() && classes_.empty()) break;
        auto solution = follow(start);
        const auto same = [&](const RoundSolution& other) { return other.unknowns == solution->unknowns; };
        if (solution && std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(*solution));
    }
    if (found.empty()) {
        throw Error(
            ErrorCode::out_of_range,
            "no price solves these terms: what converts, the pool and the new money together take more than "
            "the whole company, or the terms do not determine a price")
            .in_field("round");
    }
    std::sort(found.begin(), found.end(), [&](const RoundSolution& a, const RoundSolution& b) {
        return inverse_price(a) < inverse_price(b);
    });
    if (found.size() > 1 && !round_.choose) {
        std::string prices;
        for (const RoundSolution& each : found)
            prices += (prices.empty() ? "" : " and ") + said(inverse_price(each).inverse());
        throw Error(ErrorCode::out_of_range,
                    "the prices " + prices +
                        " agree with these terms, expected a choice of least-dilution or "
                        "most-dilution")
            .in_field("round.choose");
    }
    return round_.choose == Choice::most_dilution ? found.back() : found.front();
}

}  // namespace postmoney::model::detail
