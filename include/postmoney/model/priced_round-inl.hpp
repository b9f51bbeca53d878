// The definitions of priced_round.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/cap_table.hpp"
#include "postmoney/model/detail/round_solver.hpp"
#include "postmoney/model/detail/term_checks.hpp"
#include "postmoney/model/largest_remainder.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/pay_to_play.hpp"
#include "postmoney/model/priced_round.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

namespace detail {

class RoundRun {
  public:
    RoundRun(const RoundScenario& scenario, Explain explain)
        : own_(changes(scenario) ? std::optional(scenario) : std::nullopt),
          scenario_(own_ ? *own_ : scenario),
          round_(scenario_.round),
          explain_(explain == Explain::yes) {}
    [[nodiscard]] RoundOutcome run();

  private:
    // Whether the round changes what is stated before it is solved.
    [[nodiscard]] static bool changes(const RoundScenario& of);
    [[nodiscard]] const RoundScenario& stated() const { return stated_ ? *stated_ : scenario_; }
    // Adds what `text()` says to the conventions, if anybody asks for them.
    template <class Text>
    void say(const Text& text) {
        if (explain_) outcome_.conventions.push_back(text());
    }
    void check_holdings() const;
    void check() const;
    void check_name() const;
    void check_unpriced() const;
    void take_mfn();
    [[nodiscard]] bool converts(const Convertible& of);
    [[nodiscard]] Converting converting(const Convertible& of);
    void say_played();
    void say_promised();
    void choose_convertibles();
    void find_new_money();
    void check_terms(const RoundSolution& solution) const;

    [[nodiscard]] Ratio rounded_price(const Ratio& exact, std::string_view what, std::string_view whose);
    [[nodiscard]] Ratio rounded_shares(const Ratio& exact, std::string_view what, std::string_view whose);
    [[nodiscard]] bool is_rounded() const { return round_.price_places || round_.share_mode; }
    // Whether shares that are stated are sold, and the money gives way to what is rounded.
    [[nodiscard]] bool shares_stand() const { return round_.shares && is_rounded(); }
    // The money that a buyer states for a share.
    [[nodiscard]] Ratio asked() const {
        return shares_stand() && !round_.shares->is_zero() ? outcome_.new_money / *round_.shares : price_;
    }
    void sell_stated(std::vector<Purchase>& buyers);
    void convert(const RoundSolution& solution);
    [[nodiscard]] std::string why(const Converting& of, const Ratio& cap_price, const Ratio& round_price,
                                  std::string_view branch) const;
    void say_counts(const RoundSolution& solution);
    void sell();
    void check_pro_rata() const;
    void add_pro_rata(const RoundSolver& solver, const RoundSolution& solution);
    [[nodiscard]] Ratio counted_in(const ProRata& of, const std::optional<std::string>& holder) const;
    [[nodiscard]] Ratio held_after(const RoundInvestor& line) const;
    void foresee(const RoundSolver& solver, const RoundSolution& solution);
    void adjust(const RoundSolver& solver, const RoundSolution& solution);
    [[nodiscard]] Ratio adjusted_price(const Protected& of, const Issues& issues, std::string& why) const;
    void grow_pool(const RoundSolver& solver, const RoundSolution& solution);
    [[nodiscard]] Ratio after_but_increase(const RoundSolver& solver) const;
    void list_holdings();
    void add_row(std::string_view holder, std::string_view class_name, const Ratio& held, const Ratio& ratio,
                 const Ratio& held_before, const Ratio& ratio_before);
    [[nodiscard]] Ratio ratio_after(const std::string& class_name) const;

    std::optional<RoundScenario> own_;  // a copy, where changes() says so
    const RoundScenario& scenario_;
    const RoundTerms& round_;
    bool explain_;
    std::optional<RoundScenario> stated_;  // where something moves shares: what "before" means
    ShareCounts counts_;
    Ratio unplayed_;  // shares that pay-to-play takes, where the price counts them still
    std::vector<Converting> converting_;
    std::vector<std::vector<Counted>> bases_;
    Ratio price_;
    RoundOutcome outcome_;
};

inline bool RoundRun::changes(const RoundScenario& of) {
    const RoundTerms& round = of.round;
    return round.split || round.pay_to_play || !round.secondary.empty() || !round.investors.empty() ||
           std::any_of(of.holdings.begin(), of.holdings.end(),
                       [](const Holding& each) { return each.class_name.empty(); }) ||
           std::any_of(of.convertibles.begin(), of.convertibles.end(),
                       [](const Convertible& each) { return each.mfn_takes.has_value(); });
}

inline void RoundRun::check_holdings() const {
    for (const PreferredClass& each : scenario_.classes) {
        check_class(each);
        if (each.shares || each.invested || !each.holders.empty())
            throw Error(ErrorCode::misuse, "expected the shares of a class before a round in `holdings`")
                .in_field("classes." + each.name + ".shares");
    }
    for (const Holding& holding : scenario_.holdings) {
        static_cast<void>(class_of(scenario_.classes, holding.class_name));
        check_not_negative(holding.shares, "holdings.shares");
    }
    for (const Convertible& each : scenario_.convertibles) check_convertible(each);
    check_options(scenario_.options);
    check_grants(scenario_.warrants, "warrants");
    for (const SecondarySale& each : round_.secondary)
        check_not_negative(each.price, "round.secondary.price");
    if (!round_.pay_to_play) return;
    check_above_zero(round_.pay_to_play->offered, "round.pay_to_play.offered");
    for (const PayToPlayClass& each : round_.pay_to_play->classes)
        check_not_negative(each.ratio, "round.pay_to_play.classes.ratio");
}

inline void RoundRun::check() const {
    check_holdings();
    check_above_zero(round_.price, "round.price");
    check_above_zero(round_.pre_money, "round.pre_money");
    check_above_zero(round_.post_money, "round.post_money");
    check_part(round_.sold, "round.sold");
    check_not_negative(round_.new_money, "round.new_money");
    check_not_negative(round_.shares, "round.shares");
    for (const RoundInvestor& each : round_.investors) {
        if (!each.amount && !each.pro_rata)
            throw Error(ErrorCode::missing_field,
                        "expected the amount of " + each.holder + ", or pro_rata where it buys its own part")
                .in_field("round.investors.amount");
        check_not_negative(each.amount, "round.investors.amount");
        if (each.pro_rata) check_part(each.pro_rata->target, "round.investors.pro_rata.target");
    }
    check_pro_rata();
    if (!round_.pool) return;
    check_part(round_.pool->target, "round.pool.target");
    if (round_.pool->target && !round_.pool->of)
        throw Error(ErrorCode::missing_field, "expected post-money-available or post-money-total")
            .in_field("round.pool.of");
    if (round_.pool->target && round_.pool->increase)
        throw Error(ErrorCode::misuse, "expected a target or an increase, not both").in_field("round.pool");
    if (round_.pool->increase && round_.pool->increase->sign() < 0)
        refuse_number("round.pool.increase", *round_.pool->increase, "at least 0: a pool never shrinks");
}

// Without a price there is no round, so nothing may be there that only a round answers.
inline void RoundRun::check_unpriced() const {
    for (const Convertible& each : scenario_.convertibles) {
        if (each.converts.value_or(true))
            refuse_terms(", as " + each.id + " converts; converts: false where it stays outstanding");
    }
    if (!round_.investors.empty()) refuse_terms(", as " + round_.investors.front().holder + " is to buy");
    if (round_.pool && round_.pool->target) refuse_terms(", as the pool has a target");
}

inline void RoundRun::check_pro_rata() const {
    std::vector<std::string_view> computed;
    for (const RoundInvestor& each : round_.investors) {
        if (!each.pro_rata) continue;
        if (lists(each.pro_rata->counts, Counted::adjustments))
            throw Error(
                ErrorCode::misuse,
                "expected a base without adjustments: a part of the round is one of the shares before it")
                .in_field("round.investors.pro_rata.counts");
        if (each.amount) continue;
        if (std::find(computed.begin(), computed.end(), each.holder) != computed.end())
            throw Error::refused(ErrorCode::duplicate_field, each.holder,
                                 "one pro_rata without an amount for each holder")
                .in_field("round.investors.pro_rata");
        computed.push_back(each.holder);
    }
}

inline void RoundRun::take_mfn() {
    const auto& all = scenario_.convertibles;
    if (std::none_of(all.begin(), all.end(), [](const Convertible& each) { return each.mfn_takes; })) return;
    std::vector<Convertible> taken;
    for (const Convertible& each : scenario_.convertibles)
        taken.push_back(with_mfn(each, scenario_.convertibles));
    own_->convertibles = std::move(taken);
}

inline bool RoundRun::converts(const Convertible& of) {
    if (of.converts) {
        if (!*of.converts) say([&] { return of.id + " stays outstanding, as the scenario says"; });
        return *of.converts;
    }
    if (!of.threshold) return true;
    const auto& all = scenario_.convertibles;
    const bool within = std::all_of(all.begin(), all.end(), [](const Convertible& each) {
        return !each.converts.value_or(true) ||
               each.method.value_or(Method::percent_ownership) == Method::percent_ownership;
    });
    const std::optional<Ratio> money = known_money(round_, unplayed_, within);
    if (!money) {
        throw Error(ErrorCode::missing_field,
                    "expected the new money, which the threshold of " + of.id + " asks for")
            .in_field("round.new_money");
    }
    if (*money >= *of.threshold) return true;
    say([&] {
        return of.id + " does not convert: new money of " + said(*money) + " is below its threshold of " +
               said(*of.threshold) + ", and the scenario does not elect it";
    });
    return false;
}

inline Converting RoundRun::converting(const Convertible& of) {
    Converting made;
    made.of = &of;
    made.owed = owed(of, scenario_.date);
    const bool with_interest = of.interest && of.interest->converts;
    made.amount = made.owed.principal + (with_interest ? made.owed.interest : Ratio());
    if (of.interest && !with_interest)
        say([&] {
            return "the interest of " + of.id + ", " + said(made.owed.interest) + ", is paid in money";
        });
    made.keeps = one - of.discount.value_or(Ratio());
    made.method = of.method.value_or(Method::percent_ownership);
    if (!of.method && (of.type == ConvertibleType::note || of.form == SafeForm::pre_money))
        say([&] { return "the shares of " + of.id + " lie within the pre-money (percent-ownership)"; });
    const auto& exempt = round_.anti_dilution.exempt;
    made.exempt = std::find(exempt.begin(), exempt.end(), of.id) != exempt.end();
    if (of.type == ConvertibleType::safe && !of.form && of.cap && !of.cap_counts) {
        throw Error(ErrorCode::missing_field, "expected post-money or pre-money, or cap_counts")
            .in_field("convertibles." + of.id + ".form");
    }
    made.at_round = of.discount && !of.discount->is_zero() ? made.amount / made.keeps : made.amount;
    if (!of.cap) return made;
    made.at_cap = made.amount / *of.cap;
    made.worth = of.discount && !of.discount->is_zero() ? *of.cap / made.keeps : *of.cap;
    std::vector<Counted> base = counts_of(of, false);
    const auto known = std::find(bases_.begin(), bases_.end(), base);
    made.base = static_cast<std::size_t>(known - bases_.begin());
    if (known == bases_.end()) bases_.push_back(std::move(base));
    return made;
}

inline void RoundRun::say_played() {
    for (const PayToPlayClass& each : round_.pay_to_play->classes) {
        if (each.ratio) continue;
        say([&] {
            return "a share of " + each.name + " that does not play becomes " +
                   said(ratio_of(each, scenario_.classes)) +
                   " common, as the class converts before the round: pay_to_play states no ratio";
        });
    }
}

inline void RoundRun::say_promised() {
    if (counts_.promised.is_zero() || !explain_) return;
    const Ratio beyond = counts_.promised_beyond();
    std::string text = said(counts_.promised) + " promised options are taken out of the unissued pool of " +
                       said(scenario_.options.available);
    if (beyond.is_zero()) {
        text += ", which leaves " + said(counts_.pool) + " of it";
    } else {
        text += " as far as it reaches; the other " + said(beyond) +
                " count beside it, and are the first that an increase of the pool is for";
        if (round_.pool && round_.pool->increase)
            text += ": of the " + said(*round_.pool->increase) + " it takes " +
                    said(std::min(*round_.pool->increase, beyond)) + " for them";
    }
    outcome_.conventions.push_back(text + ": each share counts once");
}

inline void RoundRun::choose_convertibles() {
    converting_.reserve(scenario_.convertibles.size());
    for (const Convertible& each : scenario_.convertibles) {
        if (converts(each)) converting_.push_back(converting(each));
    }
    for (const std::string& id : round_.anti_dilution.exempt) {
        const auto& all = scenario_.convertibles;
        if (std::none_of(all.begin(), all.end(), [&](const Convertible& each) { return each.id == id; }))
            throw Error::refused(ErrorCode::unknown_field, id, "the id of a convertible")
                .in_field("round.anti_dilution.exempt");
    }
}

// Where the terms leave the new money out and the investors' amounts are there, these are it.
inline void RoundRun::find_new_money() {
    Ratio sum;
    bool all = !round_.investors.empty();
    for (const RoundInvestor& investor : round_.investors) {
        if (investor.amount) sum = sum + *investor.amount;
        all = all && investor.amount.has_value();
    }
    const int stated = round_.pre_money.has_value() + round_.post_money.has_value() +
                       round_.price.has_value() + round_.shares.has_value() + round_.sold.has_value();
    if (!round_.new_money && all && stated == 1) own_->round.new_money = sum;
}

// Terms beyond two are compared with what the two give.
inline void RoundRun::check_terms(const RoundSolution& solution) const {
    const Ratio price = solution.unknowns[inverse_price].inverse();
    const auto compare = [](const std::optional<Ratio>& stated, const auto& computed, const char* field) {
        if (!stated) return;
        const Ratio value = computed();
        if (*stated == value) return;
        throw Error::refused(ErrorCode::out_of_range, number_text(*stated),
                             said(value) + ", which the other terms give")
            .in_field(field);
    };
    const Ratio& sold = solution.unknowns[shares_sold];
    if (stated_terms(round_) > 2) {
        compare(
            round_.price, [&] { return price; }, "round.price");
        compare(
            round_.new_money, [&] { return sold * price; }, "round.new_money");
        compare(
            round_.pre_money, [&] { return solution.priced * price; }, "round.pre_money");
        compare(
            round_.post_money, [&] { return solution.after * price; }, "round.post_money");
        compare(
            round_.shares, [&] { return sold; }, "round.shares");
        compare(
            round_.sold, [&] { return sold / solution.after; }, "round.sold");
    }
    if (solution.unknowns[shares_sold].sign() < 0)
        refuse_number("round", solution.unknowns[shares_sold],
                      "terms under which shares are sold, not bought back");
}

// New shares are of a class of their own, or more of one at its very price.
inline void RoundRun::check_name() const {
    for (const PreferredClass& each : scenario_.classes) {
        if (each.name != round_.name || (each.price == price_ && each.ratio() == one)) continue;
        throw Error::refused(
            ErrorCode::out_of_range, round_.name,
            "another name than that of a class whose price is not the round's, " + said(price_))
            .in_field("round.name");
    }
}

inline Ratio RoundRun::rounded_price(const Ratio& exact, std::string_view what, std::string_view whose) {
    if (!round_.price_places) return exact;
    const Ratio rounded(exact.to_decimal(*round_.price_places, round_.price_mode));
    if (rounded.sign() <= 0)
        refuse_number("round.price_places", exact, "places at which no price comes to zero");
    if (rounded != exact) {
        outcome_.residues.push_back(std::string(what).append(whose) + ": " + said(exact) + " is rounded (" +
                                    std::string(to_string(round_.price_mode)) + ") to " +
                                    number_text(rounded) + "; residue " + said(exact - rounded));
    }
    return rounded;
}

inline Ratio RoundRun::rounded_shares(const Ratio& exact, std::string_view what, std::string_view whose) {
    if (!round_.share_mode) return exact;
    const Ratio rounded(exact.to_decimal(0, *round_.share_mode));
    if (rounded != exact) {
        outcome_.residues.push_back(std::string(what).append(whose) + ": " + said(exact) +
                                    " shares are rounded (" + std::string(to_string(*round_.share_mode)) +
                                    ") to " + number_text(rounded) + "; residue " + said(exact - rounded));
    }
    return rounded;
}

inline std::string RoundRun::why(const Converting& of, const Ratio& cap_price, const Ratio& round_price,
                                 std::string_view branch) const {
    std::string text;
    if (of.base) {
        const Ratio base = *of.of->cap / cap_price;
        text =
            "at the cap, " + said(*of.of->cap) + " over " + said(base) + " shares: " + said(cap_price) + "; ";
    }
    text += of.of->discount
                ? "at the discount, " + said(of.keeps) + " of the round's price: " + said(round_price)
                : "at the round's price " + said(round_price);
    if (of.base) return text + "; the lower is taken: " + std::string(branch);
    return text + (of.of->discount ? ", as it has no cap" : ", as it has neither cap nor discount");
}

// What the price comes from, and what each cap counts.
inline void RoundRun::say_counts(const RoundSolution& solution) {
    if (!explain_) return;
    Ratio converted;
    for (const Ratio& shares : solution.converted) converted = converted + shares;
    std::string text = "the pre-money " + said(*outcome_.pre_money) + " pays for " + said(solution.priced) +
                       " shares: " + said(counts_.fully_diluted()) + " there before";
    const auto add = [&](const Ratio& shares, const char* what) {
        if (!shares.is_zero()) text += ", " + said(shares) + what;
    };
    add(converted, " converted");
    add(outcome_.pool_increase, " of the pool's increase");
    const Ratio rest = solution.priced - counts_.fully_diluted() - converted - outcome_.pool_increase;
    add(rest, rest.sign() > 0
                  ? " by adjusted prices or before pay-to-play"
                  : ", which are outside of it: conversions outside the pre-money, notes' money, or "
                    "adjusted prices");
    outcome_.conventions.push_back(std::move(text));
    if (round_.pool && round_.pool->target)
        outcome_.conventions.push_back(
            "the pool's target of " + said(*round_.pool->target) + " of all shares after counts " +
            (round_.pool->of == PoolOf::post_money_total ? "what is available, granted and promised"
                                                         : "what is available") +
            "; its increase lies inside the pre-money");
    for (std::size_t base = 0; base < bases_.size(); ++base) {
        std::string ids;
        for (const Converting& each : converting_) {
            if (each.base == base) ids += (ids.empty() ? "" : ", ") + each.of->id;
        }
        std::string counted;
        for (const Counted what : bases_[base])
            counted += (counted.empty() ? "" : ", ") + std::string(to_string(what));
        outcome_.conventions.push_back("the cap of " + ids + " counts " + counted + ": " +
                                       said(solution.bases[base]) + " shares");
    }
}

inline void RoundRun::convert(const RoundSolution& solution) {
    outcome_.conversions.reserve(converting_.size());
    for (std::size_t i = 0; i < converting_.size(); ++i) {
        const Converting& each = converting_[i];
        const bool capped = solution.branches.at_cap[i];
        const char* branch = capped ? "cap" : each.of->discount ? "discount" : "price";
        const Ratio at_round = !capped || explain_ ? price_ * each.keeps : Ratio();
        const Ratio at_cap =
            capped || (each.base && explain_) ? *each.of->cap / solution.bases[*each.base] : Ratio();
        Conversion& made = outcome_.conversions.emplace_back();
        made.id = each.of->id;
        made.holder = each.of->holder;
        made.branch = branch;
        if (each.of->mfn_takes && !each.of->mfn_takes->empty()) made.branch = "mfn:" + *each.of->mfn_takes;
        if (explain_) made.why = why(each, at_cap, at_round, branch);
        made.price = rounded_price(capped ? at_cap : at_round, "price of ", made.id);
        made.amount = each.amount;
        made.interest = each.amount - each.owed.principal;
        made.shares = rounded_shares(round_.price_places ? each.amount / made.price : solution.converted[i],
                                     "", made.id);
        made.class_name = round_.name;
        if (made.price != price_) made.class_name.append(" (").append(made.id).append(")");
        made.preference = is_rounded() ? made.shares * made.price : made.amount;
        made.residue = made.amount - made.preference;
    }
}

// The shares that the base counts, or those of them that the holder has.
inline Ratio RoundRun::counted_in(const ProRata& of, const std::optional<std::string>& holder) const {
    Ratio sum = (holder ? count_shares(scenario_, holder) : counts_).sum_of(of.counts);
    for (std::size_t i = 0; i < converting_.size(); ++i) {
        const bool note = converting_[i].of->type == ConvertibleType::note;
        if (lists(of.counts, note ? Counted::notes : Counted::safes) &&
            (!holder || outcome_.conversions[i].holder == *holder))
            sum = sum + outcome_.conversions[i].shares;
    }
    if (!holder && lists(of.counts, Counted::pool_increase)) sum = sum + outcome_.pool_increase;
    return sum;
}

// What the line's holder has after the round without that line: by conversions, other lines, adjusted prices
// and sales.
inline Ratio RoundRun::held_after(const RoundInvestor& line) const {
    RoundScenario sold = scenario_;
    static_cast<void>(apply_secondary(sold));
    Ratio sum;
    for (const Holding& holding : sold.holdings) {
        if (holding.holder == line.holder) sum = sum + holding.shares * ratio_after(holding.class_name);
    }
    for (const Grant& grant : scenario_.options.grants) {
        if (grant.holder == line.holder) sum = sum + grant.shares;
    }
    for (const Grant& warrant : scenario_.warrants) {
        if (warrant.holder == line.holder) sum = sum + warrant.shares * ratio_after(warrant.of);
    }
    for (const Conversion& conversion : outcome_.conversions) {
        if (conversion.holder == line.holder) sum = sum + conversion.shares;
    }
    for (const RoundInvestor& other : round_.investors) {
        if (&other != &line && other.holder == line.holder && other.amount)
            sum = sum + *other.amount / asked();
    }
    return sum;
}

// Adjusted prices, the pool and all shares after, as they come to whoever buys the new shares: before the
// shares of each buyer are rounded.
inline void RoundRun::foresee(const RoundSolver& solver, const RoundSolution& solution) {
    const std::size_t said_before = outcome_.residues.size();
    outcome_.new_shares = outcome_.new_money / asked();
    adjust(solver, solution);
    grow_pool(solver, solution);
    outcome_.shares_after = after_but_increase(solver) + outcome_.pool_increase;
    outcome_.residues.resize(said_before);
}

// What each investor with a right of pro rata may buy; one without an amount of its own buys all of it.
inline void RoundRun::add_pro_rata(const RoundSolver& solver, const RoundSolution& solution) {
    if (std::none_of(round_.investors.begin(), round_.investors.end(),
                     [](const RoundInvestor& each) { return each.pro_rata.has_value(); }))
        return;
    foresee(solver, solution);
    for (RoundInvestor& investor : own_->round.investors) {
        if (!investor.pro_rata) continue;
        Entitlement made{investor.holder, {}, {}, {}, {}};
        if (investor.pro_rata->target) {
            made.part = *investor.pro_rata->target;
            const Ratio held = held_after(investor);
            made.amount = std::max(Ratio(), (made.part * outcome_.shares_after - held) * asked());
            made.why = "to hold " + said(made.part) + " of " + said(outcome_.shares_after) +
                       " shares after, beside " + said(held) + " that it has then otherwise";
        } else {
            const Ratio held = counted_in(*investor.pro_rata, investor.holder);
            const Ratio base = counted_in(*investor.pro_rata, {});
            if (base.is_zero()) refuse_number("round.investors.pro_rata", base, "a base with shares");
            made.part = held / base;
            made.amount = made.part * outcome_.new_money;
            made.why = said(held) + " of the base of " + said(base) + " shares (";
            for (const Counted what : investor.pro_rata->counts)
                made.why += (made.why.back() == '(' ? "" : ", ") + std::string(to_string(what));
            made.why += "), of the new money " + said(outcome_.new_money);
        }
        made.shares = made.amount / asked();
        if (!investor.amount) investor.amount = made.amount;
        outcome_.entitlements.push_back(std::move(made));
    }
}

// Divides the new money: lines of one holder are added, then rounded once; what nobody is named for is one
// line.
inline void RoundRun::sell() {
    std::vector<Purchase> buyers;
    Ratio left = outcome_.new_money;
    for (const RoundInvestor& investor : round_.investors) {
        const Ratio amount = investor.amount.value_or(Ratio());
        left = left - amount;
        const auto known = std::find_if(buyers.begin(), buyers.end(), [&](const Purchase& buyer) {
            return buyer.holder == investor.holder;
        });
        if (known == buyers.end()) {
            buyers.push_back({investor.holder, amount, {}, true});
        } else {
            known->amount = known->amount + amount;
        }
    }
    if (left.sign() < 0)
        refuse_number("round.investors", outcome_.new_money - left,
                      "at most the new money of " + number_text(outcome_.new_money));
    if (left.sign() > 0)
        buyers.push_back(
            {round_.investors.empty() ? "New investors" : "Other new investors", left, {}, false});
    if (shares_stand()) {
        sell_stated(buyers);
        outcome_.purchases = std::move(buyers);
        return;
    }
    outcome_.new_shares = Ratio();
    const Ratio inverse = price_.inverse();
    for (Purchase& buyer : buyers) {
        buyer.shares = rounded_shares(buyer.amount * inverse, "", buyer.holder);
        const Ratio residue = is_rounded() ? buyer.amount - buyer.shares * price_ : Ratio();
        if (!residue.is_zero())
            outcome_.residues.push_back(buyer.holder + ": " + said(buyer.amount) + " - " +
                                        said(buyer.shares) + " shares * " + said(price_) + " leaves " +
                                        said(residue));
        outcome_.new_shares = outcome_.new_shares + buyer.shares;
    }
    outcome_.purchases = std::move(buyers);
}

// The shares that are stated, divided as the amounts are. Each pays for what it gets at the rounded price.
inline void RoundRun::sell_stated(std::vector<Purchase>& buyers) {
    const auto give_way = [&](Ratio& money, const Ratio& shares, const std::string& whose) {
        const Ratio paid = shares * price_;
        if (paid != money)
            outcome_.residues.push_back(whose + ": " + said(money) + " gives way to " + said(paid) +
                                        ", for " + said(shares) + " of the shares stated at " + said(price_) +
                                        "; residue " + said(money - paid));
        money = paid;
    };
    outcome_.new_shares = rounded_shares(*round_.shares, "", "new shares");
    std::vector<Ratio> parts;
    for (const Purchase& buyer : buyers) parts.push_back(buyer.amount / asked());
    if (round_.share_mode) parts = largest_remainder(parts, outcome_.new_shares, 0);
    for (std::size_t i = 0; i < buyers.size(); ++i) {
        buyers[i].shares = parts[i];
        give_way(buyers[i].amount, parts[i], buyers[i].holder);
    }
    const Ratio stated = outcome_.new_money;
    give_way(outcome_.new_money, outcome_.new_shares, "new money");
    if (!round_.post_money) outcome_.post_money = *outcome_.post_money - stated + outcome_.new_money;
}

inline Ratio RoundRun::adjusted_price(const Protected& of, const Issues& issues, std::string& why) const {
    if (of.of->anti_dilution == AntiDilution::full_ratchet) {
        const Ratio lowest = issues.front() == 0 ? price_ : outcome_.conversions[issues.front() - 1].price;
        if (explain_) why = "full ratchet to the lowest price of the round, " + said(lowest);
        return lowest;
    }
    Ratio issued;
    Ratio money;
    for (const std::size_t issue : issues) {
        const bool new_money = issue == 0;
        const Ratio& shares = new_money ? outcome_.new_shares : outcome_.conversions[issue - 1].shares;
        issued = issued + shares;
        money = money + shares * (new_money ? price_ : outcome_.conversions[issue - 1].price);
    }
    const Ratio adjusted = of.price * (of.base + money / of.price) / (of.base + issued);
    if (explain_) {
        why = std::string(to_string(of.of->anti_dilution)) + " weighted average, with A = " + said(of.base) +
              " shares before the round: " + said(of.price) + " * (A + " + said(money) + " / " +
              said(of.price) + ") / (A + " + said(issued) + "), of " +
              (issues.size() == 1 ? "one issue" : std::to_string(issues.size()) + " issues") + " below " +
              said(of.price);
    }
    return adjusted;
}

inline void RoundRun::adjust(const RoundSolver& solver, const RoundSolution& solution) {
    outcome_.adjustments.clear();
    for (std::size_t i = 0; i < solver.classes().size(); ++i) {
        const Issues& issues = solution.branches.adjusted[i];
        if (issues.empty()) continue;
        const Protected& each = solver.classes()[i];
        Adjustment made{each.of->name, each.price, {}, {}, {}, {}};
        made.to = adjusted_price(each, issues, made.why);
        const auto places = round_.anti_dilution.conversion_price_places;
        if (places) {
            const Ratio exact = made.to;
            made.to = Ratio(exact.to_decimal(*places, round_.anti_dilution.conversion_price_mode));
            if (made.to.sign() <= 0)
                refuse_number("round.conversion_price_places", exact,
                              "places at which no conversion price comes to zero");
            if (made.to != exact)
                outcome_.residues.push_back("conversion price of " + made.class_name + ": " + said(exact) +
                                            " is rounded to " + number_text(made.to) + "; residue " +
                                            said(exact - made.to));
        }
        made.ratio = each.of->ratio() * each.price / made.to;
        made.as_converted = each.converted * each.price / made.to;
        if (explain_)
            made.why += round_.anti_dilution.in_price ? "; the added shares lie within the pre-money"
                                                      : "; the added shares lie outside the pre-money";
        outcome_.adjustments.push_back(std::move(made));
    }
}

// All shares after the round but the pool's increase.
inline Ratio RoundRun::after_but_increase(const RoundSolver& solver) const {
    Ratio sum = counts_.fully_diluted() + outcome_.new_shares;
    for (const Conversion& each : outcome_.conversions) sum = sum + each.shares;
    for (const Adjustment& each : outcome_.adjustments) sum = sum + each.as_converted;
    for (const Protected& each : solver.classes()) {
        const auto& made = outcome_.adjustments;
        if (std::any_of(made.begin(), made.end(),
                        [&](const Adjustment& other) { return other.class_name == each.of->name; }))
            sum = sum - each.converted;
    }
    return sum;
}

inline void RoundRun::grow_pool(const RoundSolver& solver, const RoundSolution& solution) {
    outcome_.pool_increase = solution.unknowns[pool_increase];
    if (!round_.share_mode || !round_.pool || !round_.pool->target) {
        outcome_.pool_increase = rounded_shares(outcome_.pool_increase, "", "pool");
        return;
    }
    outcome_.pool_increase = rounded_shares(solver.increase_for(after_but_increase(solver)), "", "pool");
}

inline Ratio RoundRun::ratio_after(const std::string& class_name) const {
    for (const Adjustment& each : outcome_.adjustments) {
        if (each.class_name == class_name) return each.ratio;
    }
    return ratio_of(scenario_.classes, class_name);
}

inline void RoundRun::add_row(std::string_view holder, std::string_view class_name, const Ratio& held,
                              const Ratio& ratio, const Ratio& held_before, const Ratio& ratio_before) {
    if (held.is_zero() && held_before.is_zero()) return;
    HoldingAfter& row = outcome_.holdings.emplace_back();
    row.holder = holder;
    row.class_name = class_name;
    row.shares = held;
    row.as_converted = ratio == one ? held : held * ratio;
    row.before = ratio_before == one ? held_before : held_before * ratio_before;  // shares for now
}

inline void RoundRun::list_holdings() {
    outcome_.holdings.reserve(scenario_.holdings.size() + outcome_.conversions.size() +
                              outcome_.purchases.size() + 4);
    using Key = std::pair<std::string_view, std::string_view>;
    std::vector<Key> listed;  // in order
    const auto list = [&](const RoundScenario& of) {
        for (const Holding& holding : of.holdings) {
            const std::string& name = holding.class_name;
            const Key key(holding.holder, name);
            const auto at = std::lower_bound(listed.begin(), listed.end(), key);
            if (at != listed.end() && *at == key) continue;
            listed.insert(at, key);
            const Ratio held = shares_of(scenario_, holding.holder, name);
            add_row(holding.holder, name, held, ratio_after(name),
                    stated_ ? shares_of(*stated_, holding.holder, name) : held,
                    ratio_of(stated().classes, name));
        }
    };
    list(stated());
    if (stated_) list(scenario_);
    for (const Grant& grant : scenario_.options.grants)
        add_row(grant.holder, "Options", grant.shares, one, grant.shares, one);
    const Options& options = scenario_.options;
    add_row("Options granted", "Options", options.granted, one, options.granted, one);
    add_row("Options promised", "Options", options.promised, one, options.promised, one);
    for (const Grant& warrant : scenario_.warrants)
        add_row(warrant.holder, "Warrants", warrant.shares, ratio_after(warrant.of), warrant.shares,
                ratio_of(stated().classes, warrant.of));
    add_row("Pool", "Options available", counts_.pool + outcome_.pool_increase, one, counts_.pool, one);
    for (const Conversion& each : outcome_.conversions)
        add_row(each.holder, each.class_name, each.shares, one, {}, one);
    for (const Purchase& buyer : outcome_.purchases)
        add_row(buyer.holder, round_.name, buyer.shares, one, {}, one);
    // What is rounded changes the sum that the solution has.
    if (!outcome_.price || is_rounded() || round_.anti_dilution.conversion_price_places) {
        outcome_.shares_after = Ratio();
        for (const HoldingAfter& row : outcome_.holdings)
            outcome_.shares_after = outcome_.shares_after + row.as_converted;
    }
    const auto part = [](const Ratio& total) { return total.is_zero() ? total : total.inverse(); };
    const Ratio of_after = part(outcome_.shares_after);
    const Ratio of_before = part(outcome_.shares_before);
    for (HoldingAfter& row : outcome_.holdings) {
        row.percent = row.as_converted * of_after;
        row.before = row.before * of_before;
    }
}

inline RoundOutcome RoundRun::run() {
    if (own_) {
        for (Holding& holding : own_->holdings) {
            if (holding.class_name.empty()) holding.class_name = common_class;
        }
    }
    check();
    if (own_) apply_split(*own_);
    if (round_.pay_to_play || !round_.secondary.empty()) stated_ = scenario_;
    counts_ = count_shares(scenario_);
    outcome_.shares_before = counts_.fully_diluted();
    if (round_.pay_to_play) {
        outcome_.pay_to_play = apply_pay_to_play(*own_);
        say_played();
        counts_ = count_shares(scenario_);
    }
    say_promised();
    if (round_.pay_to_play && round_.pay_to_play->priced == Priced::before)
        unplayed_ = outcome_.shares_before - counts_.fully_diluted();
    find_new_money();
    if (stated_terms(round_) == 0) check_unpriced();
    if (stated_terms(round_) > 0) {
        take_mfn();
        choose_convertibles();
        RoundSolver solver(scenario_, counts_, unplayed_, converting_, bases_);
        const RoundSolution solution = solver.solve();
        check_terms(solution);
        const Ratio exact = solution.unknowns[inverse_price].inverse();
        outcome_.pre_money = round_.pre_money ? *round_.pre_money : solution.priced * exact;
        outcome_.post_money = round_.post_money ? *round_.post_money : solution.after * exact;
        outcome_.new_money = round_.new_money ? *round_.new_money : solution.unknowns[shares_sold] * exact;
        outcome_.shares_after = solution.after;
        outcome_.pool_increase = solution.unknowns[pool_increase];
        price_ = rounded_price(exact, "price of ", round_.name);
        outcome_.price = price_;
        check_name();
        outcome_.effective_pre_money = price_ * outcome_.shares_before;
        say_counts(solution);
        convert(solution);
        add_pro_rata(solver, solution);
        sell();
        adjust(solver, solution);
        grow_pool(solver, solution);
    } else if (round_.pool && round_.pool->increase) {
        outcome_.pool_increase = std::max(Ratio(), *round_.pool->increase - counts_.promised_beyond());
    }
    if (own_) {
        for (const std::string& taken : apply_secondary(*own_)) say([&] { return taken; });
    }
    list_holdings();
    return std::move(outcome_);
}

}  // namespace detail

POSTMONEY_INLINE RoundOutcome run_round(const RoundScenario& scenario, Explain explain) {
    return detail::RoundRun(scenario, explain).run();
}

}  // namespace POSTMONEY_NAMESPACE::model
