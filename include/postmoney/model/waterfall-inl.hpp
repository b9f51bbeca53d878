// The definitions of waterfall.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/model/detail/breakpoints.hpp"
#include "postmoney/model/detail/claims.hpp"
#include "postmoney/model/detail/settlement.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/largest_remainder.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/priced_round.hpp"
#include "postmoney/model/waterfall.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

namespace detail {

// Null without one of the name.
template <class Classes>
[[nodiscard]] auto* named_class(Classes& classes, const std::string& name) {
    const auto found = std::find_if(classes.begin(), classes.end(),
                                    [&](const PreferredClass& each) { return each.name == name; });
    return found == classes.end() ? nullptr : &*found;
}

// The class of that name among those of the exit; where it states none, the one of the round, or a new one,
// whose name is put into `fresh`.
[[nodiscard]] inline PreferredClass& sold_class(ExitScenario& made, const RoundScenario& before,
                                                const std::string& name, std::vector<std::string>& fresh) {
    PreferredClass* stated = named_class(made.classes, name);
    const PreferredClass* known = named_class(before.classes, name);
    if (stated == nullptr && known != nullptr) return made.classes.emplace_back(*known);
    if (stated == nullptr) {
        fresh.push_back(name);
        stated = &made.classes.emplace_back();
        stated->name = name;
    }
    if (known != nullptr && !stated->price && !stated->invested) stated->price = known->price;
    return *stated;
}

// Refuses a figure of a class that the exit states and the round has as another: which is meant?
inline void check_restated(const ExitScenario& scenario, const RoundScenario& before,
                           const ExitScenario& made) {
    for (const PreferredClass& stated : scenario.classes) {
        const auto check = [&](const std::optional<Ratio>& figure, const std::optional<Ratio>& after,
                               const char* member, const char* what) {
            if (!figure || !after || *figure == *after) return;
            throw Error::refused(ErrorCode::out_of_range, number_text(*figure),
                                 said(*after) + ", the " + what + " after the round")
                .in_field("classes." + stated.name + "." + member);
        };
        const PreferredClass* known = named_class(before.classes, stated.name);
        if (known != nullptr) check(stated.price, known->price, "price", "price");
        const PreferredClass& sold = *named_class(made.classes, stated.name);
        check(stated.conversion_ratio, sold.conversion_ratio, "conversion_ratio", "common for one share");
        if (stated.conversion_price && sold.issue_price())
            check(stated.conversion_price, sold.current_conversion_price(), "conversion_price",
                  "conversion price");
    }
}

// Puts the classes of which neither scenario states terms beside the most senior of the others.
inline void rank_fresh(ExitScenario& made, const std::vector<std::string>& fresh,
                       std::vector<std::string>& conventions) {
    const auto is_fresh = [&](const PreferredClass& of) {
        return std::find(fresh.begin(), fresh.end(), of.name) != fresh.end();
    };
    std::optional<Ratio> senior;
    for (const PreferredClass& each : made.classes) {
        if (!is_fresh(each) && (!senior || *senior < each.seniority)) senior = each.seniority;
    }
    for (PreferredClass& each : made.classes) {
        if (!is_fresh(each)) continue;
        each.seniority = senior.value_or(Ratio());
        conventions.push_back(each.name +
                              " is taken to prefer its money once, without participation, beside the most "
                              "senior class");
    }
}

// What stays outstanding: options, warrants, and convertibles that the round does not convert.
inline void keep_outstanding(ExitScenario& made, const RoundScenario& before, const RoundOutcome& after,
                             std::vector<std::string>& conventions) {
    if (!before.options.granted.is_zero() && made.options.grants.empty())
        refuse_exit(ErrorCode::missing_field, "options.grants", "the granted options with their strikes");
    if (made.options.grants.empty()) made.options.grants = before.options.grants;
    if (made.warrants.empty()) made.warrants = before.warrants;
    made.options.granted = Ratio();
    made.options.promised = made.options.promised + before.options.promised;
    made.pool.available = made.pool.available + before.options.promised;  // a pool is stated with them
    for (const Convertible& each : before.convertibles) {
        const auto has_id = [&](const auto& other) { return other.id == each.id; };
        const bool stated = std::any_of(made.convertibles.begin(), made.convertibles.end(), has_id);
        if (std::any_of(after.conversions.begin(), after.conversions.end(), has_id)) {
            if (!stated) continue;
            throw Error::refused(
                ErrorCode::out_of_range, each.id,
                "a convertible that is outstanding: this one converted in the round, and its "
                "shares are sold")
                .in_field("convertibles.id");
        }
        if (stated) continue;
        made.convertibles.push_back(each);
        made.convertibles.back().converts.reset();  // it was said of the round
        conventions.push_back(each.id + " did not convert in the round, and is outstanding at the exit");
    }
}

}  // namespace detail

POSTMONEY_INLINE ExitScenario sold_after(const ExitScenario& scenario,
                                         std::vector<std::string>& conventions) {
    ExitScenario made = scenario;
    RoundScenario before = *scenario.from_model;
    if (before.currency != scenario.currency)
        throw Error::refused(
            ErrorCode::out_of_range, std::string(scenario.currency.code()),
            std::string(before.currency.code()) + ", the currency of the round in from_model")
            .in_field("currency");
    const RoundOutcome after = run_round(before);
    apply_split(before);  // as the outcome's shares are those after it
    std::vector<std::string> fresh;
    for (const HoldingAfter& row : after.holdings) {
        if (row.shares.is_zero() || row.class_name == "Options" || row.class_name == "Warrants") continue;
        if (row.class_name == common_class) {
            made.common.push_back({row.holder, row.shares});
            continue;
        }
        if (row.class_name == "Options available") {
            made.pool.available = made.pool.available + row.shares;
            continue;
        }
        PreferredClass& of = detail::sold_class(made, before, row.class_name, fresh);
        of.conversion_ratio = row.as_converted / row.shares;
        of.conversion_price.reset();  // the round can have adjusted it: it follows from the ratio
        of.shares = of.shares.value_or(Ratio()) + row.shares;
        of.holders.push_back({row.holder, row.shares});
        for (const Conversion& conversion : after.conversions) {
            if (conversion.class_name == row.class_name && !of.price) of.price = conversion.price;
        }
        if (!of.price && !of.invested && row.class_name == before.round.name) of.price = after.price;
    }
    detail::check_restated(scenario, before, made);
    detail::rank_fresh(made, fresh, conventions);
    detail::keep_outstanding(made, before, after, conventions);
    made.from_model.reset();
    return made;
}

namespace detail {

// The amounts at proceeds that rise by equal steps: on one stretch each point adds what the one before did.
class CurveAmounts {
  public:
    explicit CurveAmounts(const Waterfall& waterfall) : waterfall_(waterfall) {}

    [[nodiscard]] const std::vector<Ratio>& next(const Ratio& proceeds) {
        const auto stretch = waterfall_.stretch_of(proceeds);
        on_stretch_ = stretch && stretch == stretch_ ? on_stretch_ + 1 : 0;
        stretch_ = stretch;
        if (on_stretch_ < 2) {
            std::vector<Ratio> amounts = waterfall_.amounts(proceeds);
            if (on_stretch_ == 1) {
                rises_.resize(amounts.size());
                for (std::size_t i = 0; i < amounts.size(); ++i) rises_[i] = amounts[i] - amounts_[i];
            }
            amounts_ = std::move(amounts);
            return amounts_;
        }
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            if (!rises_[i].is_zero()) amounts_[i] = amounts_[i] + rises_[i];
        }
        return amounts_;
    }

  private:
    const Waterfall& waterfall_;
    std::optional<std::size_t> stretch_;
    std::size_t on_stretch_ = 0;
    std::vector<Ratio> amounts_;
    std::vector<Ratio> rises_;
};

class ExitRun {
  public:
    explicit ExitRun(ExitScenario scenario)
        : scenario_(std::move(scenario)), claims_(scenario_), waterfall_(scenario_, claims_) {}
    [[nodiscard]] ExitOutcome run();

  private:
    [[nodiscard]] std::vector<Payout> payouts_of(const Settlement& of, const Ratio& proceeds) const;
    [[nodiscard]] std::string why(std::size_t claim, const Settlement& of) const;
    [[nodiscard]] std::vector<Ratio> rounded(const std::vector<Payout>& payouts, const Ratio& total) const;
    void round(std::vector<Payout>& payouts, const Ratio& total) const;
    [[nodiscard]] std::vector<HolderShares> holders_of(const Claim& claim) const;
    void list_holders();
    void list_equilibria(const Settlement& chosen, const std::vector<Settlement>& others,
                         const Ratio& proceeds);
    void list_payments();
    void list_curve();
    [[nodiscard]] Ratio total() const;
    [[nodiscard]] std::int32_t places() const {
        return scenario_.places.value_or(scenario_.currency.decimals());
    }

    ExitScenario scenario_;
    Claims claims_;
    Waterfall waterfall_;
    ExitOutcome outcome_;
};

inline Ratio ExitRun::total() const {
    if (scenario_.proceeds.has_value() + !scenario_.payments.empty() > 1)
        refuse_exit(ErrorCode::misuse, "proceeds", "proceeds or payments, not both");
    if (!scenario_.proceeds && scenario_.payments.empty() && !scenario_.curve)
        refuse_exit(ErrorCode::missing_field, "proceeds", "proceeds, payments or a curve");
    Ratio sum = scenario_.proceeds ? *scenario_.proceeds : scenario_.curve ? scenario_.curve->to : Ratio();
    if (!scenario_.payments.empty()) sum = Ratio();
    for (const NamedAmount& payment : scenario_.payments) sum = sum + payment.amount;
    if (sum.sign() < 0) refuse_exit(ErrorCode::out_of_range, "proceeds", "at least 0");
    return sum;
}

[[nodiscard]] inline std::string why_carved(const CarveOut& of) {
    std::string text;
    if (of.share) text = said(*of.share) + " of the proceeds";
    if (of.amount) text = "an amount of " + said(*of.amount);
    for (const CarveOutTier& tier : of.tiers)
        text += (text.empty() ? "" : ", then ") + said(tier.share) +
                (tier.to ? " of the proceeds up to " + said(*tier.to) : " of what is above");
    return text +
           (of.when == When::before ? ", ahead of all classes" : ", beside the most senior preferences");
}

inline std::string ExitRun::why(std::size_t index, const Settlement& of) const {
    const Claim& claim = claims_.all()[index];
    const std::string per_share = said(of.per_share) + " a share";
    switch (claim.kind) {
        case ClaimKind::debt:
            return of.amounts[index] < claim.ahead ? "what is left for the " + said(claim.ahead) + " owed"
                                                   : "owed, and paid ahead of all classes";
        case ClaimKind::carve_out:
            return why_carved(scenario_.carve_outs[*claim.carve_out]);
        case ClaimKind::common:
            return said(claim.converted) + " shares at " + per_share;
        case ClaimKind::option:
            return of.converts[index]
                       ? "exercised: " + per_share + " is above the strike of " + said(claim.strike)
                       : "not exercised: " + per_share + " is not above the strike of " + said(claim.strike);
        default:
            break;
    }
    if (of.converts[index]) {
        const std::string beside = claim.convertible && !claim.paid.is_zero()
                                       ? ", beside its interest of " + said(claim.paid) + " in money"
                                       : "";
        if (claim.convertible && claims_.convertibles()[*claim.convertible].worth)
            return "converts at the discounted exit price, into " + said(of.amounts[index] - claim.paid) +
                   beside;
        std::string text = "converts";
        if (!of.per_share.is_zero())
            text += " into " + said((of.amounts[index] - claim.paid) / of.per_share) + " shares" + beside;
        if (waterfall_.votes(index))
            return text + " as its group votes to: at " + per_share + " " + said(of.amounts[index]) +
                   (claim.most ? ", its cap is " + said(*claim.most)
                               : ", its preference is " + said(claim.ahead));
        return text + ": at " + per_share + " " + said(of.amounts[index]) + ", more than the " +
               said(claim.most.value_or(claim.ahead)) +
               (claim.most ? " of its cap" : " that it keeps otherwise");
    }
    if (of.amounts[index] < claim.ahead) return "what is left for its preference of " + said(claim.ahead);
    if (claim.most && of.amounts[index] == *claim.most)
        return "its preference and participation reach its cap of " + said(*claim.most);
    std::string text = "its preference of " + said(claim.ahead);
    if (!claim.shares.is_zero()) text += " and " + said(claim.shares) + " shares at " + per_share;
    if (claim.decides && !claim.converted.is_zero())
        text += "; its " + said(claim.converted) + " shares converted would come to " +
                said(claim.paid + claim.converted * of.per_share) + " at that, " +
                (waterfall_.votes(index) ? "but its group votes to keep" : "which is not more");
    return text;
}

// Rows by name; common and options of one holder are one row.
inline std::vector<Payout> ExitRun::payouts_of(const Settlement& of, const Ratio& proceeds) const {
    std::vector<Payout> rows;
    for (std::size_t i = 0; i < claims_.all().size(); ++i) {
        const Claim& claim = claims_.all()[i];
        const bool by_holder = claim.kind == ClaimKind::common || claim.kind == ClaimKind::option;
        const auto known =
            std::find_if(rows.begin(), rows.end(), [&](const Payout& row) { return row.name == claim.name; });
        Payout* row = by_holder && known != rows.end() ? &*known : nullptr;
        if (row == nullptr) {
            rows.push_back({claim.name, {}, {}, false, {}, {}, {}, {}});
            row = &rows.back();
        }
        row->exact = row->exact + of.amounts[i];
        row->preference = row->preference + of.ahead[i];
        row->participation = row->participation + of.amounts[i] - of.ahead[i];
        row->converts = row->converts || (of.converts[i] && claim.kind != ClaimKind::option);
        row->why += (row->why.empty() ? "" : "; ") + why(i, of);
    }
    for (Payout& row : rows) {
        if (!proceeds.is_zero()) row.share = row.exact / proceeds;
    }
    return rows;
}

inline std::vector<Ratio> ExitRun::rounded(const std::vector<Payout>& payouts, const Ratio& total) const {
    std::vector<Ratio> exact;
    for (const Payout& row : payouts) exact.push_back(row.exact);
    return largest_remainder(exact, total, places());
}

inline void ExitRun::round(std::vector<Payout>& payouts, const Ratio& total) const {
    const std::vector<Ratio> amounts = rounded(payouts, total);
    for (std::size_t i = 0; i < payouts.size(); ++i) payouts[i].amount = amounts[i];
}

// Who holds the parts of a claim, each with its part; the claim itself where nobody is named.
inline std::vector<HolderShares> ExitRun::holders_of(const Claim& claim) const {
    Ratio parts;
    for (const HolderShares& holder : claim.holders) parts = parts + holder.shares;
    if (parts.is_zero()) return {{claim.name, one}};
    for (const PreferredClass& each : scenario_.classes) {
        if (claim.kind == ClaimKind::preferred && each.name == claim.name && each.shares &&
            *each.shares != parts)
            refuse_exit(ErrorCode::out_of_range, "classes." + claim.name + ".holders",
                        "holders of " + number_text(*each.shares) + " shares, as the class has");
    }
    std::vector<HolderShares> made = claim.holders;
    for (HolderShares& holder : made) holder.shares = holder.shares / parts;
    return made;
}

// Divides what each row is paid among its holders, so that both tables say the same.
inline void ExitRun::list_holders() {
    std::vector<NamedAmount>& rows = outcome_.payouts_by_holder;
    const auto add = [&](const std::string& holder, const Ratio& amount) {
        const auto known = std::find_if(rows.begin(), rows.end(),
                                        [&](const NamedAmount& row) { return row.name == holder; });
        if (known == rows.end()) {
            rows.push_back({holder, amount});
        } else {
            known->amount = known->amount + amount;
        }
    };
    for (const Payout& row : outcome_.payouts) {
        const auto claim = std::find_if(claims_.all().begin(), claims_.all().end(),
                                        [&](const Claim& each) { return each.name == row.name; });
        const std::vector<HolderShares> holders = holders_of(*claim);
        std::vector<Ratio> exact;
        for (const HolderShares& holder : holders) exact.push_back(row.amount * holder.shares);
        const std::vector<Ratio> amounts = largest_remainder(exact, row.amount, places());
        for (std::size_t i = 0; i < holders.size(); ++i) add(holders[i].holder, amounts[i]);
    }
}

inline void ExitRun::list_equilibria(const Settlement& chosen, const std::vector<Settlement>& others,
                                     const Ratio& proceeds) {
    const auto add = [&](const Settlement& of, bool is_chosen) {
        Equilibrium made;
        made.chosen = is_chosen;
        made.payouts = payouts_of(of, proceeds);
        round(made.payouts, proceeds);
        for (std::size_t i = 0; i < claims_.all().size(); ++i) {
            if (of.converts[i] && claims_.all()[i].kind != ClaimKind::option)
                made.converting.push_back(claims_.all()[i].name);
        }
        outcome_.equilibria.push_back(std::move(made));
    };
    add(chosen, true);
    for (const Settlement& other : others) add(other, false);
    outcome_.equilibrium_rule =
        scenario_.ties == Ties::most ? "the most conversions" : "the fewest conversions";
    outcome_.equilibrium_rule +=
        scenario_.decides == Decides::at_once
            ? ", all deciding at once"
            : ", classes deciding first, each weighing its switch with SAFEs, notes and options settled anew";
    if (!others.empty())
        outcome_.warnings.push_back(
            std::to_string(others.size() + 1) +
            " sets of decisions agree with themselves and pay differently; chosen by the rule: " +
            outcome_.equilibrium_rule);
}

inline void ExitRun::list_payments() {
    Ratio paid;
    std::vector<Payout> before = payouts_of(waterfall_.settle(paid), paid);
    round(before, paid);
    for (const NamedAmount& payment : scenario_.payments) {
        paid = paid + payment.amount;
        if (paid.sign() < 0)
            refuse_exit(ErrorCode::out_of_range, "payments." + payment.name,
                        "payments that sum to at least 0");
        std::vector<Payout> after = payouts_of(waterfall_.settle(paid), paid);
        round(after, paid);
        PaymentPayouts made{payment.name, payment.amount, after};
        for (std::size_t i = 0; i < after.size(); ++i) {
            Payout& row = made.payouts[i];
            row.amount = row.amount - before[i].amount;
            row.exact = row.exact - before[i].exact;
            row.preference = row.preference - before[i].preference;
            row.participation = row.participation - before[i].participation;
            row.share = payment.amount.is_zero() ? Ratio() : row.exact / payment.amount;
            if (row.exact.sign() < 0 && payment.amount.sign() >= 0)
                outcome_.warnings.push_back("of " + payment.name + ", " + row.name +
                                            " would have to give back " + said(-row.exact) +
                                            ", as its payout falls while the proceeds rise");
        }
        outcome_.payments.push_back(std::move(made));
        before = std::move(after);
    }
}

inline void ExitRun::list_curve() {
    const CurveTerms& terms = *scenario_.curve;
    if (terms.steps < 1 || terms.steps > 100000 || terms.to <= terms.from || terms.from.sign() < 0)
        refuse_exit(ErrorCode::out_of_range, "curve",
                    "from of at least 0, a higher to, and 1 to 100000 steps");
    // The place of each claim among the payouts.
    std::vector<std::size_t> places;
    for (const Claim& claim : claims_.all()) {
        const auto& rows = outcome_.payouts;
        const auto row = std::find_if(rows.begin(), rows.end(),
                                      [&](const Payout& each) { return each.name == claim.name; });
        places.push_back(static_cast<std::size_t>(row - rows.begin()));
    }
    outcome_.curve.reserve(static_cast<std::size_t>(terms.steps) + 1);
    CurveAmounts along(waterfall_);
    for (std::int64_t step = 0; step <= terms.steps; ++step) {
        const Ratio proceeds = terms.from + (terms.to - terms.from) * fraction(step, terms.steps);
        const std::vector<Ratio>& amounts = along.next(proceeds);
        if (amounts.size() == outcome_.payouts.size()) {  // a row for each claim, in order
            outcome_.curve.push_back({proceeds, amounts});
            continue;
        }
        CurvePoint point{proceeds, std::vector<Ratio>(outcome_.payouts.size())};
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            Ratio& amount = point.amounts[places[i]];
            amount = amount.is_zero() ? amounts[i] : amount + amounts[i];
        }
        outcome_.curve.push_back(std::move(point));
    }
}

inline ExitOutcome ExitRun::run() {
    outcome_.proceeds = total();
    std::vector<Settlement> others;
    const Settlement chosen = waterfall_.settle(outcome_.proceeds, &others);
    outcome_.per_share = chosen.per_share;
    outcome_.payouts = payouts_of(chosen, outcome_.proceeds);
    round(outcome_.payouts, outcome_.proceeds);
    for (const Payout& row : outcome_.payouts) {
        if (row.amount != row.exact)
            outcome_.residues.push_back(row.name + ": " + said(row.exact) + " is paid as " +
                                        number_text(row.amount) + "; residue " +
                                        said(row.exact - row.amount));
    }
    list_holders();
    list_equilibria(chosen, others, outcome_.proceeds);
    const bool curves = std::any_of(scenario_.carve_outs.begin(), scenario_.carve_outs.end(),
                                    [](const CarveOut& each) { return each.when == When::alongside; });
    outcome_.breakpoints = breakpoints_of(waterfall_, curves);
    if (!scenario_.payments.empty()) list_payments();
    if (scenario_.curve) list_curve();
    if (!scenario_.conversion_groups.empty())
        outcome_.warnings.emplace_back(
            "a group converts together, so a payout can fall as the proceeds rise");
    for (const std::string& each : claims_.conventions()) outcome_.conventions.push_back(each);
    outcome_.conventions.push_back("what cannot be divided to " + std::to_string(places()) +
                                   " places goes to the largest remainders");
    return std::move(outcome_);
}

}  // namespace detail

POSTMONEY_INLINE ExitOutcome run_exit(const ExitScenario& scenario) {
    if (!scenario.from_model) return detail::ExitRun(scenario).run();
    std::vector<std::string> conventions;
    ExitOutcome outcome = detail::ExitRun(sold_after(scenario, conventions)).run();
    outcome.conventions.insert(outcome.conventions.begin(), conventions.begin(), conventions.end());
    return outcome;
}

}  // namespace POSTMONEY_NAMESPACE::model
