// Claims: what an exit scenario's holders can take, as lines over what a share of common gets, and the tiers
// in which money ahead of common is paid.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "postmoney/model/cap_table.hpp"
#include "postmoney/model/detail/ladder.hpp"
#include "postmoney/model/detail/linear_system.hpp"
#include "postmoney/model/detail/term_checks.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

enum class ClaimKind : std::uint8_t { debt, note, carve_out, preferred, safe, option, common };

// One who is paid. A preferred claim keeps its preference or converts; so do a SAFE and a note, whose shares
// can depend on who else converts.
struct Claim {
    ClaimKind kind = ClaimKind::common;
    std::string name;
    Ratio tier;                 // of its preference: the higher is paid first, within its kind
    Ratio ahead;                // kept: paid ahead of common
    Ratio shares;               // kept: that take part with common
    std::optional<Ratio> most;  // kept: in all
    Ratio paid;                 // converted: money beside the shares
    Ratio converted;            // shares, converted
    Ratio strike;               // of an option
    bool decides = false;
    std::optional<std::size_t> convertible;  // in the scenario
    std::optional<std::size_t> carve_out;
    std::vector<HolderShares> holders;

    // What a conversion gives up for its shares.
    [[nodiscard]] Ratio given_up() const { return ahead - paid; }
};

// A convertible at the exit. It is a switch where what others decide changes what its conversion gives, or
// where its conversion jumps.
struct ExitConvertible {
    std::size_t claim = 0;
    Ratio amount;  // that converts
    std::optional<Ratio> cap;
    std::vector<Counted> counted;
    Ratio counted_shares;        // of the base, without notes and SAFEs
    std::optional<Ratio> worth;  // uncapped with a discount: the money that converting comes to in all
    bool is_switch = false;
};

class Claims {
  public:
    // Throws Error missing_field, out_of_range, misuse with the field.
    explicit Claims(const ExitScenario& scenario);

    [[nodiscard]] const std::vector<Claim>& all() const { return claims_; }
    [[nodiscard]] const std::vector<ExitConvertible>& convertibles() const { return convertibles_; }
    [[nodiscard]] const std::vector<std::string>& conventions() const { return conventions_; }
    // What a carve-out takes of these proceeds.
    [[nodiscard]] Ratio carved(std::size_t carve_out, const Ratio& proceeds) const;
    [[nodiscard]] Ratio carved_before(const Ratio& proceeds) const;  // all of them
    // The shares that each convertible becomes where `converting` of them convert.
    [[nodiscard]] std::vector<Ratio> shares_where(const std::vector<bool>& converting) const;

  private:
    static void check(const ExitScenario& scenario);
    void add_debt(const ExitScenario& scenario);
    void add_classes(const ExitScenario& scenario);
    void add_convertibles(const ExitScenario& scenario);
    void add_convertible(const ExitScenario& scenario, std::size_t index, const ShareCounts& counts);
    void add_conversion(const Convertible& of, const ShareCounts& counts, Claim& claim,
                        ExitConvertible& made);
    void add_options(const ExitScenario& scenario);
    void find_switches();

    const std::vector<CarveOut>& carve_outs_;
    std::vector<Claim> claims_;
    std::vector<ExitConvertible> convertibles_;
    std::vector<std::string> conventions_;
};

//--- Definitions ---

[[noreturn]] inline void refuse_exit(ErrorCode code, const std::string& field, std::string_view expected) {
    throw Error(code, "expected " + std::string(expected)).in_field(field);
}

inline void Claims::check(const ExitScenario& scenario) {
    for (const PreferredClass& each : scenario.classes) check_class(each);
    for (const Convertible& each : scenario.convertibles) check_convertible(each);
    check_options(scenario.options);
    check_grants(scenario.warrants, "warrants");
    check_not_negative(scenario.pool.available, "pool.available");
    for (const HolderShares& each : scenario.common) check_not_negative(each.shares, "common.shares");
    for (const NamedAmount& each : scenario.debt)
        check_not_negative(each.amount, {"debt", each.name, "amount"});
    for (const CarveOut& each : scenario.carve_outs) {
        const auto at = [&](std::string_view member) { return FieldPath("carve_outs", each.name, member); };
        check_part(each.share, at("share"), true);
        check_not_negative(each.amount, at("amount"));
        Ratio from;
        for (const CarveOutTier& tier : each.tiers) {
            check_part(tier.share, at("tiers.share"), true);
            if (tier.to && *tier.to <= from)
                refuse_number(at("tiers.to"), *tier.to, "more than the tier before, " + number_text(from));
            if (tier.to) from = *tier.to;
            if (!tier.to && &tier != &each.tiers.back())
                refuse_exit(ErrorCode::missing_field, at("tiers.to").text(), "it in all tiers but the last");
        }
        Ratio parts;
        for (const Recipient& recipient : each.recipients) {
            check_not_negative(recipient.share, at("recipients.share"));
            parts = parts + recipient.share;
        }
        if (!each.recipients.empty() && parts != one)
            refuse_number(at("recipients.share"), parts, "shares that sum to 1");
    }
}

inline Claims::Claims(const ExitScenario& scenario) : carve_outs_(scenario.carve_outs) {
    check(scenario);
    add_debt(scenario);
    add_classes(scenario);
    add_convertibles(scenario);
    for (const HolderShares& each : scenario.common) {
        Claim claim;
        claim.name = each.holder;
        claim.converted = each.shares;
        claims_.push_back(std::move(claim));
    }
    add_options(scenario);
    // Holders of common and options may be listed several times, and are one row; no other name is two.
    std::map<std::string, bool> names;
    for (const Claim& claim : claims_) {
        const bool holder = claim.kind == ClaimKind::common || claim.kind == ClaimKind::option;
        const auto [at, is_new] = names.try_emplace(claim.name, holder);
        if (!is_new && (!holder || !at->second))
            throw Error::refused(ErrorCode::duplicate_field, claim.name,
                                 "each name once among those who are paid")
                .in_field("name");
    }
}

inline void Claims::add_debt(const ExitScenario& scenario) {
    for (const NamedAmount& each : scenario.debt) {
        Claim claim;
        claim.kind = ClaimKind::debt;
        claim.name = each.name;
        claim.ahead = each.amount;
        claims_.push_back(std::move(claim));
    }
    if (scenario.debt.size() > 1)
        conventions_.push_back("debt is paid pro rata where it is not paid in full");
    for (std::size_t i = 0; i < carve_outs_.size(); ++i) {
        const CarveOut& each = carve_outs_[i];
        const std::string name = each.name.empty() ? "carve-out " + std::to_string(i + 1) : each.name;
        if (each.share.has_value() + each.amount.has_value() + !each.tiers.empty() != 1)
            refuse_exit(ErrorCode::misuse, "carve_outs." + name, "one of share, amount and tiers");
        Claim claim;
        claim.kind = ClaimKind::carve_out;
        claim.name = name;
        claim.carve_out = i;
        for (const Recipient& recipient : each.recipients)
            claim.holders.push_back({recipient.holder, recipient.share});
        claims_.push_back(std::move(claim));
    }
}

inline Ratio Claims::carved(std::size_t carve_out, const Ratio& proceeds) const {
    const CarveOut& of = carve_outs_[carve_out];
    if (of.amount) return *of.amount;
    if (of.share) return *of.share * proceeds;
    Ratio sum;
    Ratio from;
    for (const CarveOutTier& tier : of.tiers) {
        const Ratio to = tier.to ? std::min(*tier.to, proceeds) : proceeds;
        if (to > from) sum = sum + tier.share * (to - from);
        from = std::max(from, to);
    }
    return sum;
}

inline Ratio Claims::carved_before(const Ratio& proceeds) const {
    Ratio sum;
    for (std::size_t i = 0; i < carve_outs_.size(); ++i) sum = sum + carved(i, proceeds);
    return sum;
}

inline void Claims::add_classes(const ExitScenario& scenario) {
    for (const PreferredClass& each : scenario.classes) {
        const std::string field = "classes." + each.name + ".";
        Ratio held;
        for (const HolderShares& holder : each.holders) held = held + holder.shares;
        if (!each.shares && held.is_zero())
            refuse_exit(ErrorCode::missing_field, field + "shares", "the shares of the class");
        const Ratio shares = each.shares.value_or(held);
        if (!each.invested && !each.price)
            refuse_exit(ErrorCode::missing_field, field + "invested", "the money invested, or a price");
        const Ratio invested = each.invested ? *each.invested : shares * *each.price;
        if (each.price && shares * *each.price != invested)
            conventions_.push_back(each.name + " invested " + said(invested) + ", as stated: its " +
                                   said(shares) + " shares at the price of " + said(*each.price) +
                                   " would be " + said(shares * *each.price));
        Ratio accrued_dividends;
        if (each.dividends) {
            if (!scenario.date)
                refuse_exit(ErrorCode::missing_field, "date", "the day to which dividends run");
            accrued_dividends = accrued_by(*scenario.date, invested, each.dividends->accrual, each.issued,
                                           "classes." + each.name, "dividends");
        }
        Claim claim;
        claim.kind = ClaimKind::preferred;
        claim.name = each.name;
        claim.tier = each.seniority;
        claim.ahead = each.preference * invested + accrued_dividends;
        claim.converted = shares * each.ratio();
        claim.holders = each.holders;
        if (each.participation != Participating::none) claim.shares = claim.converted;
        if (each.participation_cap) claim.most = std::max(*each.participation_cap * invested, claim.ahead);
        if (claim.most && !accrued_dividends.is_zero())
            conventions_.push_back("the cap on " + each.name + "'s participation, " + said(*claim.most) +
                                   ", has its dividends of " + said(accrued_dividends) + " in it");
        if (each.dividends && each.dividends->on_conversion == OnConversion::paid)
            claim.paid = accrued_dividends;
        if (each.dividends && each.dividends->on_conversion == OnConversion::converted)
            claim.converted = claim.converted + accrued_dividends / each.current_conversion_price();
        claim.decides = each.participation != Participating::full || claim.converted > claim.shares;
        claims_.push_back(std::move(claim));
    }
}

inline void Claims::add_convertibles(const ExitScenario& scenario) {
    ShareCounts counts;
    for (const HolderShares& each : scenario.common) counts.stock = counts.stock + each.shares;
    for (const Claim& claim : claims_) {
        if (claim.kind != ClaimKind::preferred) continue;
        counts.preferred = counts.preferred + claim.converted;
        counts.stock = counts.stock + claim.converted;
    }
    counts.options = scenario.options.all_granted();
    for (const Grant& warrant : scenario.warrants)
        counts.options = counts.options + warrant.shares * ratio_of(scenario.classes, warrant.of);
    count_pool(counts, scenario.options.promised, scenario.pool.available + scenario.options.available);
    for (std::size_t i = 0; i < scenario.convertibles.size(); ++i) add_convertible(scenario, i, counts);
    find_switches();
}

inline void Claims::add_convertible(const ExitScenario& scenario, std::size_t index,
                                    const ShareCounts& counts) {
    const Convertible of = with_mfn(scenario.convertibles[index], scenario.convertibles);
    const std::string field = "convertibles." + of.id + ".";
    const Owed due = owed(of, scenario.date);
    Claim claim;
    claim.kind = of.type == ConvertibleType::note ? ClaimKind::note : ClaimKind::safe;
    claim.name = of.id;
    claim.convertible = index;
    claim.holders = {{of.holder, one}};
    const Ratio multiple = of.multiple.value_or(one);
    claim.ahead = of.multiple_of == MultipleOf::principal_and_interest
                      ? multiple * (due.principal + due.interest)
                      : multiple * due.principal + due.interest;
    if (of.multiple_of == MultipleOf::principal && !due.interest.is_zero())
        conventions_.push_back(of.id + " is owed " + said(multiple) +
                               " times its principal, and its interest beside");
    Ratio junior;
    bool any = false;
    for (const PreferredClass& each : scenario.classes) {
        junior = any ? std::min(junior, each.seniority) : each.seniority;
        any = true;
    }
    claim.tier = of.seniority.value_or(claim.kind == ClaimKind::safe ? junior : Ratio());
    ExitConvertible made;
    made.claim = claims_.size();
    const bool in_money = of.interest && !of.interest->converts;
    made.amount = due.principal + (in_money ? Ratio() : due.interest);
    if (in_money) claim.paid = due.interest;
    if (claim.ahead < claim.paid) {
        refuse_number({"convertibles", of.id, "multiple"}, multiple,
                      "one that leaves at least the interest of " + said(claim.paid) +
                          ", which is paid in money where it converts");
    }
    if (of.converts.value_or(true)) add_conversion(of, counts, claim, made);
    convertibles_.push_back(std::move(made));
    claims_.push_back(std::move(claim));
}

// What it becomes where it converts: shares by its cap, or the money that its discount is worth.
inline void Claims::add_conversion(const Convertible& of, const ShareCounts& counts, Claim& claim,
                                   ExitConvertible& made) {
    if (of.cap) {
        made.cap = of.cap;
        made.counted = counts_of(of, true);
        made.counted_shares = counts.sum_of(made.counted);
        claim.decides = true;
        if (!of.cap_counts)
            conventions_.push_back(
                "the cap of " + of.id + " counts at the exit stock, options and warrants as converted" +
                (counts.preferred.is_zero() ? "" : ", preferred that keeps its preference too") +
                (lists(made.counted, Counted::safes)
                     ? std::string(", and the SAFEs and notes that convert; not the pool")
                     : std::string("; neither the pool nor SAFEs and notes")));
    } else if (of.discount && !of.discount->is_zero() &&
               (claim.kind == ClaimKind::safe || of.exit_discount)) {
        const Ratio discounted = made.amount / (one - *of.discount);
        made.worth = discounted + claim.paid;
        made.is_switch =
            of.exit_discount.value_or(ExitDiscount::where_possible) == ExitDiscount::where_possible;
        claim.decides = made.is_switch;
        conventions_.push_back(of.id + " has no cap: at the discounted exit price it is worth " +
                               said(discounted) +
                               (made.is_switch ? ", which it takes where that is there in full"
                                               : ", up to which it takes what is there ahead of common"));
    }
    if (!claim.paid.is_zero() && (made.cap || made.worth))
        conventions_.push_back("the interest of " + of.id + ", " + said(claim.paid) +
                               ", is paid in money where it converts, as it is where it does not");
}

inline void Claims::find_switches() {
    for (ExitConvertible& each : convertibles_) {
        if (!each.cap) continue;
        for (const ExitConvertible& other : convertibles_) {
            if (&other == &each || !other.cap) continue;
            const bool note = claims_[other.claim].kind == ClaimKind::note;
            if (lists(each.counted, note ? Counted::notes : Counted::safes)) each.is_switch = true;
        }
    }
    // One that others count decides with them.
    const bool any = std::any_of(convertibles_.begin(), convertibles_.end(),
                                 [](const ExitConvertible& each) { return each.cap && each.is_switch; });
    for (ExitConvertible& each : convertibles_) {
        if (any && each.cap) each.is_switch = true;
    }
    if (any) return;
    const std::vector<Ratio> alone = shares_where(std::vector<bool>(convertibles_.size(), true));
    for (std::size_t i = 0; i < convertibles_.size(); ++i)
        claims_[convertibles_[i].claim].converted = alone[i];
}

inline std::vector<Ratio> Claims::shares_where(const std::vector<bool>& converting) const {
    // safes = s0 + ss * safes + sn * notes, and the same of notes: two equations.
    Ratio constant[2];
    Ratio factor[2][2];
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const ExitConvertible& each = convertibles_[i];
        if (!each.cap || !converting[i]) continue;
        const std::size_t own = claims_[each.claim].kind == ClaimKind::note ? 1 : 0;
        const Ratio part = each.amount / *each.cap;
        constant[own] = constant[own] + part * each.counted_shares;
        if (lists(each.counted, Counted::safes)) factor[own][0] = factor[own][0] + part;
        if (lists(each.counted, Counted::notes)) factor[own][1] = factor[own][1] + part;
    }
    const Ratio a = one - factor[0][0];
    const Ratio d = one - factor[1][1];
    const Ratio determinant = a * d - factor[0][1] * factor[1][0];
    if (determinant.sign() <= 0 || a.sign() <= 0 || d.sign() <= 0) {
        throw Error(ErrorCode::out_of_range,
                    "the convertibles together take the whole company, expected less")
            .in_field("convertibles");
    }
    const Ratio safes = (constant[0] * d + factor[0][1] * constant[1]) / determinant;
    const Ratio notes = (constant[1] * a + factor[1][0] * constant[0]) / determinant;
    std::vector<Ratio> shares(convertibles_.size());
    for (std::size_t i = 0; i < convertibles_.size(); ++i) {
        const ExitConvertible& each = convertibles_[i];
        if (!each.cap || !converting[i]) continue;
        Ratio base = each.counted_shares;
        if (lists(each.counted, Counted::safes)) base = base + safes;
        if (lists(each.counted, Counted::notes)) base = base + notes;
        shares[i] = each.amount * base / *each.cap;
    }
    return shares;
}

// A warrant of a class that does not participate is worth nothing below its preference, and above it what a
// warrant of the common shares is.
[[nodiscard]] inline Grant as_common(const Grant& warrant, const std::vector<PreferredClass>& classes) {
    const PreferredClass* of = class_of(classes, warrant.of);
    if (of == nullptr) return warrant;
    const Ratio ratio = of->ratio();
    const auto price = of->issue_price();
    if (!price || of->participation != Participating::none || of->dividends ||
        warrant.strike < of->preference * *price) {
        throw Error(ErrorCode::misuse,
                    "a warrant of a preferred class is covered where the class neither participates nor "
                    "has dividends and the strike is at least its preference a share")
            .in_field("warrants.of");
    }
    return {warrant.holder, warrant.shares * ratio, warrant.strike / ratio, {}};
}

inline void Claims::add_options(const ExitScenario& scenario) {
    if (!scenario.options.granted.is_zero())
        refuse_exit(ErrorCode::missing_field, "options.grants", "the granted options with their strikes");
    const auto add = [&](const Grant& grant, std::size_t number, const char* what) {
        Claim claim;
        claim.kind = ClaimKind::option;
        claim.name =
            grant.holder.empty() ? std::string(what) + " " + std::to_string(number + 1) : grant.holder;
        claim.converted = grant.shares;
        claim.strike = grant.strike;
        claims_.push_back(std::move(claim));
    };
    for (std::size_t i = 0; i < scenario.options.grants.size(); ++i)
        add(scenario.options.grants[i], i, "options");
    for (std::size_t i = 0; i < scenario.warrants.size(); ++i) {
        const Grant& warrant = scenario.warrants[i];
        add(as_common(warrant, scenario.classes), i, "warrants");
    }
    if (scenario.options.promised.is_zero()) return;
    std::string text = "promised options are paid nothing";
    if (std::any_of(convertibles_.begin(), convertibles_.end(), [](const auto& each) { return each.cap; }))
        text += ", and a cap counts them only where its cap_counts lists them";
    conventions_.push_back(std::move(text));
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
