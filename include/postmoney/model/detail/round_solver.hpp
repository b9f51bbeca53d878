// The equations of a priced round: shares a unit of money (the inverse of the price) and all counts are
// linear in one another once it is known which term each convertible takes, which adjustments there are, and
// whether the pool grows. Such a choice is a Branches; the solver moves from the likeliest, and from the one
// with the fewest shares, to one that agrees with its own answer.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/model/cap_table.hpp"
#include "postmoney/model/detail/linear_system.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

// A convertible that converts in the round.
struct Converting {
    const Convertible* of = nullptr;
    Owed owed;
    Ratio amount;    // that converts
    Ratio keeps;     // 1 less the discount
    Ratio at_round;  // amount / keeps: what it buys at the round's price
    Ratio at_cap;    // amount / cap: the part of its base that it is at the cap
    Ratio worth;     // cap / keeps: it converts at the cap where its base is worth more at the round's price
    std::optional<std::size_t> base;
    Method method = Method::percent_ownership;
    bool exempt = false;
};

// A class that the round can adjust.
struct Protected {
    const PreferredClass* of = nullptr;
    Ratio converted;  // its shares before and those of its warrants, as converted
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
    std::array<Ratio, 3> unknowns;  // by Term
    Ratio after;
    Ratio priced;                  // the shares that the pre-money is a price for
    std::vector<Ratio> bases;      // of caps
    std::vector<Ratio> converted;  // the shares of each convertible
};

class RoundSolver {
  public:
    // The scenario is what holds after splits and pay-to-play; `unplayed` shares are counted in the price
    // only. Keeps references to the terms, the convertibles and the bases. Throws Error as solve() does.
    RoundSolver(const RoundScenario& scenario, const ShareCounts& counts, const Ratio& unplayed,
                const std::vector<Converting>& convertibles, const std::vector<std::vector<Counted>>& bases);

    // Throws Error missing_field when the terms do not determine a price, out_of_range when no price solves
    // them, or two do and the scenario does not choose; misuse for what is not linear.
    [[nodiscard]] RoundSolution solve();

    [[nodiscard]] const std::vector<Converting>& convertibles() const { return convertibles_; }
    [[nodiscard]] const std::vector<Protected>& classes() const { return classes_; }
    // The increase that the pool's target asks for, where all other shares are `others`.
    [[nodiscard]] Ratio increase_for(const Ratio& others) const;

  private:
    // One over the issue's own price.
    [[nodiscard]] Ratio inverse_of(const RoundSolution& of, std::size_t issue) const;
    [[nodiscard]] Issues issues_below(const RoundSolution& of, const Protected& adjusted) const;
    [[nodiscard]] Branches agreed(const RoundSolution& of, const Branches& branches) const;
    [[nodiscard]] std::optional<RoundSolution> solve_in(const Branches& branches) const;
    [[nodiscard]] std::optional<RoundSolution> follow(Branches branches) const;
    [[nodiscard]] Branches likely(Branches branches) const;

    // The counts of the round in one set of branches.
    struct Counts {
        std::vector<CountForm> bases;
        CountForm after;
        CountForm priced;
    };
    // What adjusted prices add: a form without convertibles, and for each of these how much of it.
    struct Added {
        CountForm own;
        std::vector<Ratio> of_convertible;  // empty: nothing
    };
    void add_adjusted(Added& to, std::size_t adjusted, const Issues& issues) const;
    [[nodiscard]] Added added_in(const Branches& branches) const;
    [[nodiscard]] bool find_bases(Counts& counts, const Added& added, const Branches& branches) const;
    [[nodiscard]] CountForm sum_of_converted(const Counts& counts, const Branches& branches,
                                             bool in_price) const;
    [[nodiscard]] std::optional<Counts> counts_in(const Branches& branches) const;
    [[nodiscard]] CountForm pool_equation(const Counts& counts, const Branches& branches) const;
    [[nodiscard]] std::vector<CountForm> terms(const Counts& counts) const;
    [[nodiscard]] RoundSolution solution_of(const Counts& counts, const std::array<Ratio, 3>& unknowns,
                                            const Branches& branches) const;
    [[nodiscard]] Ratio money_of(std::size_t issue) const;
    [[nodiscard]] Ratio pool_counted() const;
    // Of the pool's whole increase, what goes to promised options that the unissued pool does not hold.
    [[nodiscard]] Ratio increase_promised(bool pool_grows) const;

    const RoundTerms& round_;
    ShareCounts counts_;
    Ratio unplayed_;
    const std::vector<Converting>& convertibles_;
    const std::vector<std::vector<Counted>>& bases_;  // what the shares of a cap price are counted from
    std::vector<Protected> classes_;
    std::optional<Ratio> money_;  // the new money, where it is known before the price
};

//--- Definitions ---

// How many of the terms that determine a price are stated.
[[nodiscard]] inline int stated_terms(const RoundTerms& of) {
    return of.price.has_value() + of.new_money.has_value() + of.pre_money.has_value() +
           of.post_money.has_value() + of.shares.has_value() + of.sold.has_value();
}

// `why` says what asks for a price, after the terms that would give one.
[[noreturn]] inline void refuse_terms(const std::string& why = {}) {
    throw Error(ErrorCode::missing_field,
                "expected two of pre_money, post_money, price, shares, new_money and sold that determine "
                "the rest" +
                    why)
        .in_field("round");
}

// The new money, where the terms give it before the price is known. `within`: whether all that converts does
// so within the pre-money; else, or where other shares come outside of it, the post-money is more than the
// pre-money and the new money.
[[nodiscard]] inline std::optional<Ratio> known_money(const RoundTerms& of, const Ratio& unplayed,
                                                      bool within) {
    const bool plain = within && unplayed.is_zero() && of.anti_dilution.in_price;
    if (of.new_money) return of.new_money;
    if (of.price && of.shares) return *of.price * *of.shares;
    if (of.post_money && of.sold) return *of.post_money * *of.sold;
    if (plain && of.post_money && of.pre_money) return *of.post_money - *of.pre_money;
    if (plain && of.pre_money && of.sold && *of.sold < one)
        return *of.pre_money * *of.sold / (one - *of.sold);
    return std::nullopt;
}

[[nodiscard]] inline std::vector<Counted> base_of(const PreferredClass& of) {
    if (!of.anti_dilution_counts.empty()) return of.anti_dilution_counts;
    return of.anti_dilution == AntiDilution::narrow_based ? std::vector{Counted::stock}
                                                          : std::vector{Counted::stock, Counted::options};
}

inline RoundSolver::RoundSolver(const RoundScenario& scenario, const ShareCounts& counted,
                                const Ratio& unplayed, const std::vector<Converting>& convertibles,
                                const std::vector<std::vector<Counted>>& bases)
    : round_(scenario.round),
      counts_(counted),
      unplayed_(unplayed),
      convertibles_(convertibles),
      bases_(bases) {
    for (const PreferredClass& each : scenario.classes) {
        if (each.anti_dilution == AntiDilution::none) continue;
        Ratio converted;
        for (const Holding& holding : scenario.holdings) {
            if (holding.class_name == each.name) converted = converted + holding.shares * each.ratio();
        }
        for (const Grant& warrant : scenario.warrants) {
            if (warrant.of == each.name) converted = converted + warrant.shares * each.ratio();
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
    const bool within = std::all_of(convertibles_.begin(), convertibles_.end(), [](const Converting& each) {
        return each.method == Method::percent_ownership;
    });
    money_ = known_money(round_, unplayed_, within);
}

inline Ratio RoundSolver::pool_counted() const {
    const bool total = round_.pool->of == PoolOf::post_money_total;
    return counts_.pool + (total ? counts_.options + counts_.promised : Ratio());
}

inline Ratio RoundSolver::increase_promised(bool pool_grows) const {
    if (!round_.pool) return {};
    const Ratio beyond = counts_.promised_beyond();
    if (round_.pool->increase) return std::min(*round_.pool->increase, beyond);
    return pool_grows ? beyond : Ratio();  // a pool that has its target is not increased for them either
}

inline Ratio RoundSolver::increase_for(const Ratio& others) const {
    // pool + increase = target * (others + increase)
    const Ratio target = *round_.pool->target;
    return std::max(Ratio(), (target * others - pool_counted()) / (one - target));
}

inline Ratio RoundSolver::money_of(std::size_t issue) const {
    if (issue != 0) return convertibles_[issue - 1].amount;
    if (money_) return *money_;
    throw Error(ErrorCode::misuse,
                "not linear: an adjusted price depends on new money that the price itself decides, expected "
                "new_money")
        .in_field("round");
}

inline void RoundSolver::add_adjusted(Added& to, std::size_t adjusted, const Issues& issues) const {
    const Protected& each = classes_[adjusted];
    const auto add_issue = [&](std::size_t issue, const Ratio& factor) {
        if (issue == 0) {
            to.own.add(shares_sold, factor);
            return;
        }
        to.of_convertible.resize(convertibles_.size());
        to.of_convertible[issue - 1] = to.of_convertible[issue - 1] + factor;
    };
    if (each.of->anti_dilution == AntiDilution::full_ratchet) {
        // converted * price / lowest price - converted
        const std::size_t lowest = issues.front();
        const Ratio worth = each.converted * each.price;
        if (lowest == 0) {
            to.own.add(inverse_price, worth);
        } else {
            add_issue(lowest, worth / money_of(lowest));
        }
        to.own.add(constant, -each.converted);
        return;
    }
    // converted * (A + issued) / (A + money / price) - converted
    Ratio whole_base = each.base;
    for (const std::size_t issue : issues) whole_base = whole_base + money_of(issue) / each.price;
    const Ratio factor = each.converted / whole_base;
    for (const std::size_t issue : issues) add_issue(issue, factor);
    to.own.add(constant, each.base * factor - each.converted);
}

inline RoundSolver::Added RoundSolver::added_in(const Branches& branches) const {
    Added made;
    for (std::size_t i = 0; i < classes_.size(); ++i) {
        if (!branches.adjusted[i].empty()) add_adjusted(made, i, branches.adjusted[i]);
    }
    return made;
}

// The bases of caps without one another. A convertible in a base is a part of its own base, or a multiple of
// the inverse price.
inline bool RoundSolver::find_bases(Counts& counts, const Added& added, const Branches& branches) const {
    const std::size_t count = bases_.size();
    SquareMatrix parts(count);
    counts.bases.resize(count);
    for (std::size_t base = 0; base < count; ++base) {
        const std::vector<Counted>& counted = bases_[base];
        CountForm& form = counts.bases[base];
        form.add(constant, counts_.sum_of(counted));
        if (lists(counted, Counted::pool_increase)) {
            form.add(pool_increase, one);
            if (!lists(counted, Counted::promised))
                form.add(constant, increase_promised(branches.pool_grows));
        }
        const bool adjustments = lists(counted, Counted::adjustments);
        if (adjustments) form.add(added.own);
        const bool notes = lists(counted, Counted::notes);
        const bool safes = lists(counted, Counted::safes);
        const bool by_adjustments = adjustments && !added.of_convertible.empty();
        if (!notes && !safes && !by_adjustments) continue;
        for (std::size_t i = 0; i < convertibles_.size(); ++i) {
            const Converting& each = convertibles_[i];
            const bool counts_it = each.of->type == ConvertibleType::note ? notes : safes;
            Ratio times = counts_it ? one : Ratio();
            if (by_adjustments) times = times + added.of_convertible[i];
            if (times.is_zero()) continue;
            if (branches.at_cap[i]) {
                Ratio& part = parts.at(base, *each.base);
                part = part + times * each.at_cap;
            } else {
                form.add(inverse_price, times * each.at_round);
            }
        }
    }
    return untangle(parts, counts.bases);
}

// The convertibles' shares in all, or those that the pre-money pays for.
inline CountForm RoundSolver::sum_of_converted(const Counts& counts, const Branches& branches,
                                               bool in_price) const {
    CountForm sum;
    std::vector<Ratio> parts(bases_.size());
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const Converting& each = convertibles_[i];
        if (in_price && each.method == Method::pre_money) continue;
        if (branches.at_cap[i]) {
            parts[*each.base] = parts[*each.base] + each.at_cap;
        } else {
            sum.add(inverse_price, each.at_round);
        }
        if (in_price && each.method == Method::dollars_invested) sum.add(inverse_price, -each.amount);
    }
    for (std::size_t base = 0; base < parts.size(); ++base) {
        if (!parts[base].is_zero()) sum.add(counts.bases[base], parts[base]);
    }
    return sum;
}

inline std::optional<RoundSolver::Counts> RoundSolver::counts_in(const Branches& branches) const {
    Counts made;
    const Added added = added_in(branches);
    if (!find_bases(made, added, branches)) return std::nullopt;
    const CountForm converted = sum_of_converted(made, branches, false);
    CountForm by_prices = added.own;
    for (std::size_t i = 0; i < added.of_convertible.size(); ++i) {
        const Ratio& times = added.of_convertible[i];
        if (times.is_zero()) continue;
        const Converting& each = convertibles_[i];
        if (branches.at_cap[i]) {
            by_prices.add(made.bases[*each.base], times * each.at_cap);
        } else {
            by_prices.add(inverse_price, times * each.at_round);
        }
    }
    CountForm outstanding;
    outstanding.add(constant, counts_.fully_diluted());
    outstanding.add(pool_increase, one);
    made.after = outstanding;
    made.after.add(by_prices);
    made.after.add(converted);
    const bool alike = round_.anti_dilution.in_price && unplayed_.is_zero() &&
                       std::all_of(convertibles_.begin(), convertibles_.end(), [](const Converting& each) {
                           return each.method == Method::percent_ownership;
                       });
    if (alike) {
        made.priced = made.after;
    } else {
        made.priced = outstanding;
        made.priced.add(constant, unplayed_);
        if (round_.anti_dilution.in_price) made.priced.add(by_prices);
        made.priced.add(sum_of_converted(made, branches, true));
    }
    made.after.add(shares_sold, one);
    return made;
}

inline CountForm RoundSolver::pool_equation(const Counts& counts, const Branches& branches) const {
    CountForm equation;
    equation.add(pool_increase, one);
    if (round_.pool && round_.pool->increase) {
        equation.add(constant, std::min(Ratio(), increase_promised(false) - *round_.pool->increase));
    } else if (branches.pool_grows) {
        equation.add(constant, pool_counted());
        equation.add(counts.after, -*round_.pool->target);
    }
    return equation;
}

// The stated terms as equations, those that fix the price first.
inline std::vector<CountForm> RoundSolver::terms(const Counts& counts) const {
    std::vector<CountForm> stated;
    stated.reserve(static_cast<std::size_t>(stated_terms(round_)));
    const auto equal = [&](Term unknown, const Ratio& to) -> CountForm& {
        CountForm& made = stated.emplace_back();
        made.add(unknown, one);
        made.add(constant, -to);
        return made;
    };
    const auto worth = [&](const CountForm& shares, const Ratio& money) {
        CountForm made = shares;
        made.add(inverse_price, -money);
        stated.push_back(std::move(made));
    };
    if (round_.price) equal(inverse_price, round_.price->inverse());
    if (round_.new_money) equal(shares_sold, Ratio()).add(inverse_price, -*round_.new_money);
    if (round_.pre_money) worth(counts.priced, *round_.pre_money);
    if (round_.post_money) worth(counts.after, *round_.post_money);
    if (round_.shares) equal(shares_sold, *round_.shares);
    if (round_.sold) equal(shares_sold, Ratio()).add(counts.after, -*round_.sold);
    return stated;
}

inline RoundSolution RoundSolver::solution_of(const Counts& counts, const std::array<Ratio, 3>& unknowns,
                                              const Branches& branches) const {
    RoundSolution made{{}, unknowns, counts.after.at(unknowns), {}, {}, {}};
    made.priced = round_.pre_money && stated_terms(round_) == 2 ? *round_.pre_money * unknowns[inverse_price]
                                                                : counts.priced.at(unknowns);
    made.bases.reserve(counts.bases.size());
    for (const CountForm& base : counts.bases) made.bases.push_back(base.at(unknowns));
    made.converted.reserve(convertibles_.size());
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const Converting& each = convertibles_[i];
        made.converted.push_back(branches.at_cap[i] ? each.at_cap * made.bases[*each.base]
                                                    : each.at_round * unknowns[inverse_price]);
    }
    return made;
}

inline std::optional<RoundSolution> RoundSolver::solve_in(const Branches& branches) const {
    const auto counts = counts_in(branches);
    if (!counts) return std::nullopt;
    const std::vector<CountForm> stated = terms(*counts);
    const CountForm pool = pool_equation(*counts, branches);
    for (std::size_t first = 0; first < stated.size(); ++first) {
        for (std::size_t second = first + 1; second < stated.size(); ++second) {
            const auto unknowns = detail::solve({stated[first], stated[second], pool});
            if (!unknowns || (*unknowns)[inverse_price].sign() <= 0) continue;
            RoundSolution solution = solution_of(*counts, *unknowns, branches);
            if (solution.after.sign() > 0) return solution;
        }
    }
    return std::nullopt;
}

inline Ratio RoundSolver::inverse_of(const RoundSolution& of, std::size_t issue) const {
    return issue == 0 ? of.unknowns[inverse_price]
                      : of.converted[issue - 1] / convertibles_[issue - 1].amount;
}

// The issues that lower the class's price, of a ratchet only the lowest.
inline Issues RoundSolver::issues_below(const RoundSolution& of, const Protected& adjusted) const {
    Issues candidates;
    const bool sells = of.unknowns[shares_sold].sign() > 0;
    if (sells) candidates.push_back(0);
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        if (!convertibles_[i].exempt && of.converted[i].sign() > 0) candidates.push_back(i + 1);
    }
    const bool ratchet = adjusted.of->anti_dilution == AntiDilution::full_ratchet;
    if (round_.anti_dilution.pieces == Pieces::one_issue && !ratchet) {
        Ratio shares;
        Ratio money;
        for (const std::size_t issue : candidates) {
            shares = shares + (issue == 0 ? of.unknowns[shares_sold] : of.converted[issue - 1]);
            money = money + money_of(issue);
        }
        return shares * adjusted.price > money ? candidates : Issues{};
    }
    Issues below;
    for (const std::size_t issue : candidates) {
        if (inverse_of(of, issue) * adjusted.price > one) below.push_back(issue);
    }
    if (!ratchet || below.empty()) return below;
    return {*std::max_element(below.begin(), below.end(), [&](std::size_t a, std::size_t b) {
        return inverse_of(of, a) < inverse_of(of, b);
    })};
}

// What the solution in these branches itself says of each of them.
inline Branches RoundSolver::agreed(const RoundSolution& of, const Branches& branches) const {
    Branches next = branches;
    // Shares for a unit of money: base / cap against inverse price / keeps.
    std::vector<Ratio> worth = of.bases;
    for (Ratio& base : worth) base = base / of.unknowns[inverse_price];
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const Converting& each = convertibles_[i];
        if (!each.base) continue;
        const auto order = worth[*each.base] <=> each.worth;
        if (order != 0) next.at_cap[i] = order > 0;
    }
    for (std::size_t i = 0; i < classes_.size(); ++i) next.adjusted[i] = issues_below(of, classes_[i]);
    if (round_.pool && round_.pool->target)
        next.pool_grows = pool_counted() < *round_.pool->target * (of.after - of.unknowns[pool_increase]);
    return next;
}

// A guess that is often the answer: each cap below what the discount leaves of the valuation, and a pool that
// grows; where promised options wait for an increase, one that does not, as it is to grow only where it has
// to.
inline Branches RoundSolver::likely(Branches branches) const {
    const auto& valuation = round_.pre_money ? round_.pre_money : round_.post_money;
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const Converting& each = convertibles_[i];
        branches.at_cap[i] = each.base && valuation && *each.of->cap < *valuation * each.keeps;
    }
    branches.pool_grows = round_.pool && round_.pool->target && !round_.pool->target->is_zero() &&
                          counts_.promised_beyond().is_zero();
    return branches;
}

inline std::optional<RoundSolution> RoundSolver::follow(Branches branches) const {
    std::vector<Branches> seen;
    for (;;) {
        auto solution = solve_in(branches);
        if (!solution) return std::nullopt;
        Branches next = agreed(*solution, branches);
        if (next == branches) {
            solution->branches = std::move(branches);
            return solution;
        }
        seen.push_back(std::move(branches));
        if (std::find(seen.begin(), seen.end(), next) != seen.end()) return std::nullopt;
        branches = std::move(next);
    }
}

inline RoundSolution RoundSolver::solve() {
    if (stated_terms(round_) < 2) refuse_terms();
    Branches least{std::vector<bool>(convertibles_.size()), std::vector<Issues>(classes_.size()), false};
    if (classes_.empty()) {
        if (auto solution = follow(likely(least))) return std::move(*solution);
    }
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
        return a.unknowns[inverse_price] < b.unknowns[inverse_price];
    });
    if (found.size() > 1 && !round_.choose) {
        std::string prices;
        for (const RoundSolution& each : found)
            prices += (prices.empty() ? "" : " and ") + said(each.unknowns[inverse_price].inverse());
        throw Error(ErrorCode::out_of_range,
                    "the prices " + prices +
                        " agree with these terms, expected a choice of least-dilution or "
                        "most-dilution")
            .in_field("round.choose");
    }
    return round_.choose == Choice::most_dilution ? found.back() : found.front();
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
