// How proceeds are divided, exactly, and who converts.
//
// Every claim is a line over what a share of common gets, so the amount a share gets follows from the
// proceeds in one look-up. Only where what converts changes the shares of others (SAFEs and notes that count
// one another), where a conversion jumps (an uncapped discount) or where classes vote together, sets of
// decisions are compared: those whose thresholds lie in order, not all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/model/detail/claims.hpp"
#include "postmoney/model/detail/indifference.hpp"
#include "postmoney/model/detail/ladder.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model::detail {

//--- Interface ---

enum class Decision : std::uint8_t { free, keeps, converts };

// Exact payouts of one division of the proceeds.
struct Settlement {
    Ratio per_share;
    std::vector<Ratio> amounts;  // by claim
    std::vector<Ratio> ahead;    // of them, paid ahead of common
    std::vector<bool> converts;  // by claim
    std::vector<bool> switches;  // by convertible: whether a switch converts
};

class Waterfall {
  public:
    // Keeps references to both. Throws Error misuse for what is not covered.
    Waterfall(const ExitScenario& scenario, const Claims& claims);

    // The division by the scenario's rules; `others` gets each further one that agrees with itself and pays
    // otherwise. Throws Error out_of_range where no set of decisions agrees with itself, or nobody takes all
    // of the proceeds.
    [[nodiscard]] Settlement settle(const Ratio& proceeds, std::vector<Settlement>* others = nullptr) const;

    // What settle() pays each claim, without who decides what.
    [[nodiscard]] std::vector<Ratio> amounts(const Ratio& proceeds) const;

    // Of which stretch the proceeds are, where amounts are straight lines of them: nothing where that is not
    // known.
    [[nodiscard]] std::optional<std::size_t> stretch_of(const Ratio& proceeds) const {
        if (!is_plain() || !scenario_.carve_outs.empty()) return std::nullopt;
        if (proceeds >= plain_->least()) return tier_ends_.size() + plain_->step_of(proceeds);
        const auto tier = std::upper_bound(tier_ends_.begin(), tier_ends_.end(), proceeds);
        return static_cast<std::size_t>(tier - tier_ends_.begin());
    }

    // What is decided, and the step of the price: payouts are straight lines of the proceeds while it stays.
    struct Regime {
        ConversionChoice choice;
        std::size_t step = 0;
        [[nodiscard]] bool operator==(const Regime&) const = default;
    };
    // Nothing where that is not known.
    [[nodiscard]] std::optional<Regime> regime_of(const Ratio& proceeds) const;
    // The payouts of the regime, of which the proceeds are.
    [[nodiscard]] std::vector<Ratio> amounts_in(const Regime& regime, const Ratio& proceeds) const;
    // What changes at the proceeds between two regimes: whether a payout changes its slope, and by how much
    // that one changes that changes most.
    struct Change {
        bool bends = false;
        Ratio jump;
    };
    [[nodiscard]] Change change_of(const Regime& before, const Regime& here, const Ratio& proceeds) const;

    // By how much more each would get who weighs a conversion, if it, or its group, decided otherwise: a
    // class, by its claim.
    struct Gain {
        std::size_t claim = 0;
        Ratio more;
    };
    [[nodiscard]] std::vector<Gain> gains(const Ratio& proceeds) const;
    [[nodiscard]] bool has_group() const { return !group_.empty(); }
    [[nodiscard]] bool votes(std::size_t claim) const {  // with the group
        return std::find(group_.begin(), group_.end(), claim) != group_.end();
    }
    [[nodiscard]] const std::string& name_of(std::size_t claim) const { return claims_.all()[claim].name; }

    // Whether one ladder gives all answers.
    [[nodiscard]] bool is_plain() const { return switches_.empty() && group_.empty(); }
    // The proceeds at which something can change, each with what: all of them where is_plain(), else what may
    // be one.
    using Thresholds = std::vector<std::pair<Ratio, std::string>>;
    [[nodiscard]] Thresholds thresholds() const;

  private:
    using Decisions = std::vector<Decision>;  // by claim
    struct Tier {
        Ratio amount;
        std::vector<std::pair<std::size_t, Ratio>> claims;
        std::string name;
        int rank = 0;  // 0 debt, 1 notes, 2 carve-outs, 3 preferences, 4 discounts above the money
    };

    [[nodiscard]] Line line_of(std::size_t claim, Decision decision, const Ratio& shares) const;
    [[nodiscard]] std::vector<Line> lines_of(const Decisions& decisions,
                                             const std::vector<bool>& switched) const;
    [[nodiscard]] std::vector<Tier> tiers_of(const std::vector<Line>& lines, const Ratio& proceeds) const;
    void pay_tiers(const std::vector<Tier>& tiers, const Ratio& proceeds, Settlement& into) const;
    [[nodiscard]] std::optional<Settlement> divide(const std::vector<Line>& lines, const Ladder& ladder,
                                                   const Ratio& proceeds) const;
    void add_share(Settlement& to, std::size_t index, const Line& line, const Ratio& proceeds) const;
    void decide(Settlement& of, const Decisions& decisions, const std::vector<bool>& switched) const;
    [[nodiscard]] std::optional<Settlement> divide(const Decisions& decisions,
                                                   const std::vector<bool>& switched,
                                                   const Ratio& proceeds) const;
    [[nodiscard]] std::vector<std::vector<bool>> switch_order() const;
    [[nodiscard]] std::vector<std::vector<bool>> switch_sets() const;
    [[nodiscard]] bool switches_agree(const std::vector<bool>& switched, const Decisions& decisions,
                                      const Ratio& proceeds) const;
    [[nodiscard]] bool classes_agree(const Settlement& of, const Decisions& decisions,
                                     const Ratio& proceeds) const;
    [[nodiscard]] std::vector<Settlement> agreeing(const Decisions& group, const Ratio& proceeds,
                                                   std::vector<Settlement>& further) const;
    [[nodiscard]] Settlement settle_group(const Decisions& group, const Ratio& proceeds,
                                          std::vector<Settlement>* others) const;
    [[nodiscard]] bool group_converts(const Settlement& apart, const Settlement& together) const;
    [[nodiscard]] Ratio proceeds_for(const Ratio& claimed) const;
    [[nodiscard]] bool gains(const Ratio& with, const Ratio& without) const {
        return scenario_.ties == Ties::most ? with >= without : with > without;
    }
    // The same by comparing what is claimed with where each is indifferent, which gives the same answers
    // where it is covered: see is_quick().
    [[nodiscard]] bool is_quick() const;
    [[nodiscard]] const Indifference& indifference(const Decisions& group) const;
    [[nodiscard]] Decisions decisions_of(const Indifference& of, const Decisions& group,
                                         const ConversionChoice& choice) const;
    [[nodiscard]] bool class_stays(const Indifference& in, const ConversionChoice& choice,
                                   const Decisions& group, std::size_t decider,
                                   std::optional<std::size_t> set, const Ratio& proceeds) const;
    [[nodiscard]] Ratio paid(const Indifference& in, const ConversionChoice& choice, const Decisions& group,
                             std::size_t decider, bool otherwise, const Ratio& proceeds) const;
    // The set that is settled where so many classes convert, by their number; once it is asked for.
    class SettledSets {
      public:
        SettledSets(const Indifference& in, const Ratio& claimed)
            : in_(in), claimed_(claimed), known_(in.deciders().size() + 1) {}
        [[nodiscard]] const std::optional<std::size_t>& operator[](std::size_t classes) {
            auto& at = known_[classes];
            if (!at) at = in_.settled(classes, claimed_);
            return *at;
        }

      private:
        const Indifference& in_;
        const Ratio& claimed_;
        std::vector<std::optional<std::optional<std::size_t>>> known_;
    };
    [[nodiscard]] bool classes_stay(const Indifference& in, const ConversionChoice& choice,
                                    const Decisions& group, SettledSets& settled,
                                    const Ratio& proceeds) const;
    void find_choices(const Indifference& in, const Decisions& group, const Ratio& proceeds,
                      std::pair<std::size_t, std::size_t> counts, std::vector<ConversionChoice>& found,
                      std::vector<ConversionChoice>& further) const;
    // Which counts of converting classes are looked at: breakpoints, which are looked for at many proceeds,
    // take the likely ones, and all only where there is nothing among these.
    enum class Counts : std::uint8_t { likely, all };
    [[nodiscard]] std::vector<ConversionChoice> choices(const Indifference& in, const Decisions& group,
                                                        const Ratio& proceeds,
                                                        std::vector<ConversionChoice>& further,
                                                        Counts counts) const;
    [[nodiscard]] Settlement divide(const Indifference& in, const Decisions& group,
                                    const ConversionChoice& choice, const Ratio& proceeds) const;
    // What sets of decisions come to, kept as they are asked for again at other proceeds.
    struct Prepared {
        std::vector<Line> lines;
        Ladder ladder;
    };
    [[nodiscard]] const Prepared& prepared(const Decisions& decisions,
                                           const std::vector<bool>& switched) const;
    // What a claim gets in one set of decisions; nothing where there is no such division.
    [[nodiscard]] std::optional<Ratio> paid(std::size_t claim, const Decisions& decisions,
                                            const std::vector<bool>& switched, const Ratio& proceeds) const;
    [[nodiscard]] std::optional<std::vector<bool>> settled_set(const Decisions& decisions,
                                                               const Ratio& proceeds) const;
    [[nodiscard]] Ratio converts_from(std::size_t claim) const;
    [[nodiscard]] bool surely_stays(std::size_t claim, const Settlement& of, const Ratio& from,
                                    const Ratio& highest) const;
    void find_agreeing(const Decisions& group, const Ratio& proceeds, std::vector<Settlement>& found,
                       std::vector<Settlement>& further) const;
    void find_group();
    void add_steps(const std::vector<Line>& lines, Thresholds& found) const;
    void add_indifferent(const std::vector<Line>& lines, const std::vector<Ratio>& shares,
                         Thresholds& found) const;

    const ExitScenario& scenario_;
    const Claims& claims_;
    std::vector<std::size_t> switches_;  // convertibles
    std::vector<std::size_t> group_;     // claims that vote together
    // Preferred claims, by the amount a share at which they convert.
    std::vector<std::pair<Ratio, std::size_t>> deciders_;
    std::vector<Line> plain_lines_;
    std::optional<Ladder> plain_;
    std::vector<Ratio> tier_ends_;         // the proceeds at which each tier ahead of common is paid in full
    std::vector<std::vector<bool>> sets_;  // of switches that may convert together
    bool is_quick_ = false;
    mutable std::map<std::pair<Decisions, std::vector<bool>>, Prepared> prepared_;
    mutable std::optional<Indifference> indifference_[2];  // where the group keeps, and converts
};

//--- Definitions ---

inline Waterfall::Waterfall(const ExitScenario& scenario, const Claims& claims)
    : scenario_(scenario), claims_(claims) {
    for (std::size_t i = 0; i < claims_.convertibles().size(); ++i) {
        if (claims_.convertibles()[i].is_switch) switches_.push_back(i);
    }
    find_group();
    for (std::size_t i = 0; i < claims_.all().size(); ++i) {
        const Claim& claim = claims_.all()[i];
        if (claim.kind != ClaimKind::preferred || !claim.decides || claim.converted.is_zero()) continue;
        if (votes(i)) continue;
        deciders_.emplace_back(converts_from(i), i);
    }
    std::sort(deciders_.begin(), deciders_.end());
    if (!is_plain()) {
        sets_ = switch_sets();
        is_quick_ = is_quick();
        return;
    }
    plain_lines_ = lines_of(Decisions(claims_.all().size(), Decision::free), {});
    plain_.emplace(plain_lines_);
    for (const Tier& tier : tiers_of(plain_lines_, Ratio()))
        tier_ends_.push_back(tier_ends_.empty() ? tier.amount : tier_ends_.back() + tier.amount);
}

inline void Waterfall::find_group() {
    if (scenario_.conversion_groups.size() > 1)
        refuse_exit(ErrorCode::misuse, "conversion_groups",
                    "at most one group of classes that converts together");
    for (const ConversionGroup& group : scenario_.conversion_groups) {
        for (const std::string& name : group.classes) {
            if (class_of(scenario_.classes, name) == nullptr ||
                std::count(group.classes.begin(), group.classes.end(), name) != 1)
                throw Error::refused(ErrorCode::out_of_range, name, "each preferred class once")
                    .in_field("conversion_groups.classes");
            for (std::size_t i = 0; i < claims_.all().size(); ++i) {
                if (claims_.all()[i].kind == ClaimKind::preferred && claims_.all()[i].name == name)
                    group_.push_back(i);
            }
        }
        if (group.threshold.sign() < 0 || group.threshold > one)
            refuse_exit(ErrorCode::out_of_range, "conversion_groups.threshold", "a fraction of 0 to 1");
    }
}

// The line of a claim that keeps what it has, converts, or takes the larger.
inline Line Waterfall::line_of(std::size_t index, Decision decision, const Ratio& shares) const {
    const Claim& claim = claims_.all()[index];
    if (claim.kind == ClaimKind::common) return {{Ratio(), Ratio(), claim.converted}};
    if (claim.kind == ClaimKind::option) {
        if (claim.strike.is_zero()) return {{Ratio(), Ratio(), claim.converted}};
        return {{Ratio(), Ratio(), Ratio()},
                {claim.strike, -claim.converted * claim.strike, claim.converted, "is exercised"}};
    }
    if (claim.kind == ClaimKind::carve_out) return {{Ratio(), Ratio(), Ratio()}};
    if (decision == Decision::converts) return {{Ratio(), claim.paid, shares}};
    Line line{{Ratio(), claim.ahead, claim.shares}};
    std::optional<Ratio> capped;
    if (claim.most && !claim.shares.is_zero()) capped = (*claim.most - claim.ahead) / claim.shares;
    const bool free = decision == Decision::free && claim.decides && !shares.is_zero();
    // Where the converted line passes the kept one before that one is capped.
    if (free && shares > claim.shares) {
        const Ratio cross = (claim.ahead - claim.paid) / (shares - claim.shares);
        if (!capped || cross <= *capped) {
            if (cross.sign() <= 0) return {{Ratio(), claim.paid, shares}};
            line.push_back({cross, claim.paid, shares, "converts"});
            return line;
        }
    }
    if (capped) {
        if (capped->is_zero()) line.clear();
        line.push_back({*capped, *claim.most, Ratio(), "has reached its cap"});
        if (free) line.push_back({(*claim.most - claim.paid) / shares, claim.paid, shares, "converts"});
    }
    return line;
}

// The amount a share from which a preferred claim converts.
inline Ratio Waterfall::converts_from(std::size_t index) const {
    return line_of(index, Decision::free, claims_.all()[index].converted).back().from;
}

inline std::vector<Line> Waterfall::lines_of(const Decisions& decisions,
                                             const std::vector<bool>& switched) const {
    std::vector<Ratio> shares;
    if (!switches_.empty()) shares = claims_.shares_where(switched);
    std::vector<Line> lines;
    lines.reserve(claims_.all().size());
    for (std::size_t i = 0; i < claims_.all().size(); ++i) {
        const Claim& claim = claims_.all()[i];
        if (claim.convertible) {
            const ExitConvertible& of = claims_.convertibles()[*claim.convertible];
            if (of.is_switch) {
                const bool converts = switched[*claim.convertible];
                if (!converts) {
                    lines.push_back({{Ratio(), claim.ahead, Ratio()}});
                } else if (of.worth) {
                    lines.push_back({{Ratio(), *of.worth, Ratio()}});
                } else {
                    lines.push_back({{Ratio(), claim.paid, shares[*claim.convertible]}});
                }
                continue;
            }
            if (of.worth) {  // takes what is there
                lines.push_back({{Ratio(), std::max(*of.worth, claim.ahead), Ratio()}});
                continue;
            }
        }
        lines.push_back(line_of(i, decisions[i], claim.converted));
    }
    return lines;
}

// What is paid ahead of common, in the order in which it is paid.
inline std::vector<Waterfall::Tier> Waterfall::tiers_of(const std::vector<Line>& lines,
                                                        const Ratio& proceeds) const {
    struct Place {
        int rank;
        Ratio tier;
    };
    std::vector<std::pair<Place, std::pair<std::size_t, Ratio>>> places;
    std::optional<Ratio> senior;
    for (const Claim& claim : claims_.all()) {
        const bool prefers = claim.kind == ClaimKind::preferred || claim.kind == ClaimKind::safe;
        if (prefers && !claim.ahead.is_zero() && (!senior || *senior < claim.tier)) senior = claim.tier;
    }
    for (std::size_t i = 0; i < claims_.all().size(); ++i) {
        const Claim& claim = claims_.all()[i];
        Ratio amount = lines[i].front().base;
        if (claim.kind == ClaimKind::carve_out) {
            const bool beside =
                scenario_.carve_outs[*claim.carve_out].when == When::alongside && senior.has_value();
            places.push_back({{beside ? 3 : 2, beside ? *senior : Ratio()},
                              {i, claims_.carved(*claim.carve_out, proceeds)}});
            continue;
        }
        if (amount.is_zero()) continue;
        const int rank = claim.kind == ClaimKind::debt ? 0 : claim.kind == ClaimKind::note ? 1 : 3;
        if (claim.convertible) {
            const ExitConvertible& of = claims_.convertibles()[*claim.convertible];
            if (of.worth && amount > claim.ahead) {  // above its money it is paid after all preferences
                const Ratio& before = of.is_switch ? claim.paid : claim.ahead;
                places.push_back({{4, Ratio()}, {i, amount - before}});
                amount = before;
            }
        }
        if (!amount.is_zero()) places.push_back({{rank, claim.tier}, {i, amount}});
    }
    std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
        return a.first.rank != b.first.rank ? a.first.rank < b.first.rank : a.first.tier > b.first.tier;
    });
    std::vector<Tier> tiers;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool same = i != 0 && places[i].first.rank == places[i - 1].first.rank &&
                          places[i].first.tier == places[i - 1].first.tier;
        if (!same) tiers.emplace_back();
        Tier& tier = tiers.back();
        tier.rank = places[i].first.rank;
        tier.amount = tier.amount + places[i].second.second;
        tier.claims.push_back(places[i].second);
        tier.name += (same ? ", " : "") + claims_.all()[places[i].second.first].name;
    }
    return tiers;
}

inline void Waterfall::pay_tiers(const std::vector<Tier>& tiers, const Ratio& proceeds,
                                 Settlement& into) const {
    Ratio left = proceeds;
    for (const Tier& tier : tiers) {
        const bool full = tier.amount <= left;
        for (const auto& [claim, amount] : tier.claims) {
            const Ratio paid = full ? amount : left.is_zero() ? Ratio() : amount * left / tier.amount;
            into.amounts[claim] = into.amounts[claim] + paid;
            into.ahead[claim] = into.ahead[claim] + paid;
        }
        left = full ? left - tier.amount : Ratio();
    }
}

inline std::optional<Settlement> Waterfall::divide(const std::vector<Line>& lines, const Ladder& ladder,
                                                   const Ratio& proceeds) const {
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    Settlement made;
    made.amounts.resize(lines.size());
    made.ahead.resize(lines.size());
    if (claimed < ladder.least()) {
        pay_tiers(tiers_of(lines, proceeds), proceeds, made);
        return made;
    }
    const auto per_share = ladder.per_share(claimed);
    if (!per_share) return std::nullopt;
    made.per_share = *per_share;
    for (std::size_t i = 0; i < lines.size(); ++i) add_share(made, i, lines[i], proceeds);
    return made;
}

// What a claim of that line gets where all money ahead of common is paid.
inline void Waterfall::add_share(Settlement& to, std::size_t index, const Line& line,
                                 const Ratio& proceeds) const {
    const Claim& claim = claims_.all()[index];
    if (claim.kind == ClaimKind::carve_out) {
        to.amounts[index] = to.ahead[index] = claims_.carved(*claim.carve_out, proceeds);
        return;
    }
    const Piece& piece = piece_at(line, to.per_share);
    to.amounts[index] = piece.slope.is_zero() ? piece.base : piece.base + piece.slope * to.per_share;
    if (claim.kind != ClaimKind::option && claim.kind != ClaimKind::common)
        to.ahead[index] = piece.slope.is_zero() ? std::min(piece.base, line.front().base) : piece.base;
}

// Marks who converts, of those who may choose: what converting pays is compared with what is kept.
inline void Waterfall::decide(Settlement& of, const Decisions& decisions,
                              const std::vector<bool>& switched) const {
    of.converts.assign(claims_.all().size(), false);
    of.switches = switched;
    for (std::size_t i = 0; i < claims_.all().size(); ++i) {
        const Claim& claim = claims_.all()[i];
        if (claim.kind == ClaimKind::option)
            of.converts[i] = gains(of.per_share, claim.strike) && !of.per_share.is_zero();
        if (claim.convertible && claims_.convertibles()[*claim.convertible].is_switch) {
            of.converts[i] = switched[*claim.convertible];
            continue;
        }
        if (!claim.decides || decisions[i] == Decision::keeps) continue;
        if (decisions[i] == Decision::converts) {
            of.converts[i] = true;
            continue;
        }
        const Ratio with = claim.paid + claim.converted * of.per_share;
        Ratio kept = claim.ahead + claim.shares * of.per_share;
        if (claim.most) kept = std::min(kept, *claim.most);
        if (of.per_share.is_zero()) kept = of.amounts[i];
        of.converts[i] = gains(with, kept);
    }
}

inline const Waterfall::Prepared& Waterfall::prepared(const Decisions& decisions,
                                                      const std::vector<bool>& switched) const {
    constexpr std::size_t most = 4096;
    std::pair key(decisions, switched);
    const auto known = prepared_.find(key);
    if (known != prepared_.end()) return known->second;
    if (prepared_.size() >= most) prepared_.clear();
    std::vector<Line> lines = lines_of(decisions, switched);
    Ladder ladder(lines);
    return prepared_.emplace(std::move(key), Prepared{std::move(lines), std::move(ladder)}).first->second;
}

inline std::optional<Ratio> Waterfall::paid(std::size_t claim, const Decisions& decisions,
                                            const std::vector<bool>& switched, const Ratio& proceeds) const {
    const Prepared& in = prepared(decisions, switched);
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    const bool jumps = std::any_of(switches_.begin(), switches_.end(),
                                   [&](std::size_t i) { return claims_.convertibles()[i].worth; });
    if (claimed < in.ladder.least() || jumps) {
        auto made = divide(decisions, switched, proceeds);
        return made ? std::optional(std::move(made->amounts[claim])) : std::nullopt;
    }
    const auto per_share = in.ladder.per_share(claimed);
    return per_share ? std::optional(value_at(in.lines[claim], *per_share)) : std::nullopt;
}

inline std::optional<Settlement> Waterfall::divide(const Decisions& decisions,
                                                   const std::vector<bool>& switched,
                                                   const Ratio& proceeds) const {
    const Prepared& in = prepared(decisions, switched);
    auto made = divide(in.lines, in.ladder, proceeds);
    if (!made) return std::nullopt;
    // A conversion at a discount that is not there in full is none.
    for (const std::size_t i : switches_) {
        const ExitConvertible& of = claims_.convertibles()[i];
        if (of.worth && switched[i] && made->amounts[of.claim] < *of.worth) return std::nullopt;
    }
    decide(*made, decisions, switched);
    return made;
}

// Of which switches one converts before another: where that one gains by converting, this one does too,
// whatever the others decide.
//
// A switch gains where more is claimed than all claims come to at the price at which its shares are worth its
// money, so the one that comes to less comes first. Where all shares that grow with others are parts of one
// base, that is the one with the lower cap. Otherwise one that is counted makes others grow, and a large one
// can lose by converting where a small one at the same cap gains: it comes first only where its price is so
// much lower that the shares which common holders have anyway outweigh that.
inline std::vector<std::vector<bool>> Waterfall::switch_order() const {
    const std::size_t count = claims_.convertibles().size();
    std::vector<std::vector<bool>> before(count, std::vector<bool>(count));
    std::vector<bool> capped(count);
    for (const std::size_t i : switches_) capped[i] = claims_.convertibles()[i].cap.has_value();
    Ratio common;
    for (const Claim& claim : claims_.all()) {
        if (claim.kind == ClaimKind::common) common = common + claim.converted;
    }
    const auto one_base = [&](const std::vector<Counted>& counted) {
        return std::all_of(switches_.begin(), switches_.end(), [&](std::size_t i) {
            const std::vector<Counted>& other = claims_.convertibles()[i].counted;
            return !capped[i] || other == counted ||
                   (!lists(other, Counted::safes) && !lists(other, Counted::notes));
        });
    };
    const auto money = [&](std::size_t i) {
        return claims_.all()[claims_.convertibles()[i].claim].given_up();
    };
    const std::vector<Ratio> in_all = claims_.shares_where(capped);
    for (const std::size_t i : switches_) {
        if (!capped[i]) continue;
        const ExitConvertible& first = claims_.convertibles()[i];
        const bool shared = one_base(first.counted);
        std::vector<bool> without = capped;
        without[i] = false;
        const std::vector<Ratio> others = claims_.shares_where(without);
        Ratio growth;  // of all others by its conversion, at most
        for (std::size_t k = 0; k < count; ++k) {
            if (k != i) growth = growth + in_all[k] - others[k];
        }
        for (const std::size_t j : switches_) {
            if (j == i || !capped[j]) continue;
            const ExitConvertible& second = claims_.convertibles()[j];
            std::vector<bool> alone(count);
            alone[j] = true;
            const Ratio least = claims_.shares_where(alone)[j];
            alone[i] = true;
            const Ratio own = claims_.shares_where(alone)[i];
            if (own.is_zero() || least.is_zero()) continue;
            const Ratio price = money(i) / own;  // the highest; of the other the lowest
            const Ratio other = money(j) / others[j];
            before[i][j] = (shared && first.counted == second.counted &&
                            money(i) * *first.cap * second.amount <= money(j) * *second.cap * first.amount) ||
                           (price <= other && price * growth <= (other - price) * (least + common));
        }
    }
    return before;
}

// The sets of switches that may convert together, the fewest first.
inline std::vector<std::vector<bool>> Waterfall::switch_sets() const {
    const std::vector<std::vector<bool>> before = switch_order();
    std::vector<std::vector<bool>> sets{std::vector<bool>(claims_.convertibles().size())};
    for (auto last = switches_.begin(); last != switches_.end(); ++last) {
        std::vector<std::vector<bool>> more;
        for (const bool converts : {false, true}) {
            for (const std::vector<bool>& each : sets) {
                const bool may = std::none_of(switches_.begin(), last, [&](std::size_t i) {
                    return each[i] ? !converts && before[*last][i] : converts && before[i][*last];
                });
                if (!may) continue;
                more.push_back(each);
                more.back()[*last] = converts;
            }
        }
        sets = std::move(more);
        if (sets.size() > 4096) {
            throw Error(ErrorCode::misuse,
                        "more than 4096 sets of SAFEs and notes of different terms could convert, "
                        "expected fewer that count one another")
                .in_field("convertibles");
        }
    }
    std::stable_sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) {
        return std::count(a.begin(), a.end(), true) < std::count(b.begin(), b.end(), true);
    });
    return sets;
}

// Whether no switch gains by changing its mind while the other switches and the classes stay, options settled
// anew.
inline bool Waterfall::switches_agree(const std::vector<bool>& switched, const Decisions& decisions,
                                      const Ratio& proceeds) const {
    for (const std::size_t i : switches_) {
        const std::size_t claim = claims_.convertibles()[i].claim;
        std::vector<bool> other = switched;
        other[i] = !other[i];
        const auto there = paid(claim, decisions, other, proceeds);
        if (!there) continue;
        const auto here = paid(claim, decisions, switched, proceeds);
        if (!here || *there > *here || (*there == *here && switched[i] != (scenario_.ties == Ties::most)))
            return false;
    }
    return true;
}

// The switches that the rule of ties takes, of the sets that agree with themselves.
inline std::optional<std::vector<bool>> Waterfall::settled_set(const Decisions& decisions,
                                                               const Ratio& proceeds) const {
    std::optional<std::vector<bool>> chosen;
    for (const std::vector<bool>& set : sets_) {
        if (!paid(0, decisions, set, proceeds) || !switches_agree(set, decisions, proceeds)) continue;
        chosen = set;
        if (scenario_.ties == Ties::fewest) break;
    }
    return chosen;
}

// Whether the class has nothing to gain by the other decision, whatever SAFEs, notes and options then do: it
// gets more than it could keep; or keeps its preference, and no share gets more than it would convert for.
inline bool Waterfall::surely_stays(std::size_t index, const Settlement& of, const Ratio& from,
                                    const Ratio& highest) const {
    const Claim& claim = claims_.all()[index];
    if (scenario_.ties != Ties::fewest || (!claim.most && !claim.shares.is_zero())) return false;
    if (of.converts[index]) return of.amounts[index] > claim.most.value_or(claim.ahead);
    return claim.shares.is_zero() && of.amounts[index] == claim.ahead && from >= highest;
}

// Whether no class gains by changing its mind, SAFEs, notes and options settled anew or left as they are.
inline bool Waterfall::classes_agree(const Settlement& of, const Decisions& decisions,
                                     const Ratio& proceeds) const {
    Ratio highest;  // that a share gets while the classes stay
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    for (const std::vector<bool>& set : sets_) {
        const Prepared& in = prepared(decisions, set);
        if (claimed < in.ladder.least()) continue;
        highest = std::max(highest, in.ladder.per_share(claimed).value_or(Ratio()));
    }
    for (const auto& [from, claim] : deciders_) {
        if (surely_stays(claim, of, from, highest)) continue;
        Decisions other = decisions;
        const bool converts = decisions[claim] == Decision::converts;
        other[claim] = converts ? Decision::keeps : Decision::converts;
        const auto set = scenario_.decides == Decides::classes_first ? settled_set(other, proceeds)
                                                                     : std::optional(of.switches);
        const auto there = set ? paid(claim, other, *set, proceeds) : std::nullopt;
        if (!there) continue;
        const Ratio& here = of.amounts[claim];
        if (*there > here || (*there == here && converts != (scenario_.ties == Ties::most))) return false;
    }
    return true;
}

// The divisions that agree with themselves, among sets of classes in the order of their thresholds; `further`
// gets those in which SAFEs and notes agree too, but not as the rule of ties settles them.
inline void Waterfall::find_agreeing(const Decisions& group, const Ratio& proceeds,
                                     std::vector<Settlement>& found, std::vector<Settlement>& further) const {
    for (std::size_t count = 0; count <= deciders_.size(); ++count) {
        Decisions decisions = group;
        for (std::size_t i = 0; i < deciders_.size(); ++i)
            decisions[deciders_[i].second] = i < count ? Decision::converts : Decision::keeps;
        const auto settled = settled_set(decisions, proceeds);
        for (const std::vector<bool>& set : sets_) {
            if (!paid(0, decisions, set, proceeds) || !switches_agree(set, decisions, proceeds)) continue;
            auto each = divide(decisions, set, proceeds);
            if (!each || !classes_agree(*each, decisions, proceeds)) continue;
            const bool first = scenario_.decides == Decides::at_once || set == settled;
            (first ? found : further).push_back(std::move(*each));
        }
    }
}

// Whether all that SAFEs, notes and classes weigh is a comparison with an amount that does not depend on the
// proceeds: nothing jumps, nothing beside the classes grows with the proceeds, and the price always rises.
inline bool Waterfall::is_quick() const {
    if (switches_.empty() || scenario_.ties != Ties::fewest) return false;
    for (const std::size_t i : switches_) {
        if (claims_.convertibles()[i].worth) return false;
    }
    for (const CarveOut& each : scenario_.carve_outs) {
        if (each.when == When::alongside) return false;
    }
    return Indifference::points_of(sets_.size(), switches_.size()) <= Indifference::most_points &&
           std::any_of(claims_.all().begin(), claims_.all().end(), [](const Claim& claim) {
               return claim.kind == ClaimKind::common && !claim.converted.is_zero();
           });
}

inline const Indifference& Waterfall::indifference(const Decisions& group) const {
    const bool converts = !group_.empty() && group[group_.front()] == Decision::converts;
    std::optional<Indifference>& at = indifference_[converts ? 1 : 0];
    if (at) return *at;
    Decisions decisions = group;
    for (const auto& [from, claim] : deciders_) decisions[claim] = Decision::keeps;
    std::vector<Line> lines = lines_of(decisions, std::vector<bool>(claims_.convertibles().size()));
    std::vector<Decider> deciders;
    for (const auto& [from, claim] : deciders_) {
        const Line& keeps = lines[claim];
        const Piece& last = keeps.back();
        deciders.push_back({from, claim, keeps,
                            line_of(claim, Decision::converts, claims_.all()[claim].converted),
                            last.slope.is_zero() && last.from <= from});
    }
    for (const std::size_t i : switches_)
        lines[claims_.convertibles()[i].claim] = {{Ratio(), Ratio(), Ratio()}};
    at.emplace(claims_, switches_, sets_, std::move(deciders), std::move(lines));
    return *at;
}

inline Waterfall::Decisions Waterfall::decisions_of(const Indifference& of, const Decisions& group,
                                                    const ConversionChoice& choice) const {
    Decisions made = group;
    for (std::size_t i = 0; i < of.deciders().size(); ++i)
        made[of.deciders()[i].claim] = i < choice.classes ? Decision::converts : Decision::keeps;
    return made;
}

// What the decider gets in the choice, or by deciding otherwise in it.
inline Ratio Waterfall::paid(const Indifference& in, const ConversionChoice& choice, const Decisions& group,
                             std::size_t decider, bool otherwise, const Ratio& proceeds) const {
    const Decider& of = in.deciders()[decider];
    const bool converts = (decider < choice.classes) != otherwise;
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    if (const auto per_share =
            otherwise ? in.per_share_without(choice, decider, claimed) : in.per_share(choice, claimed))
        return value_at(converts ? of.converts : of.keeps, *per_share);
    Decisions decisions = decisions_of(in, group, choice);
    decisions[of.claim] = converts ? Decision::converts : Decision::keeps;
    return *paid(of.claim, decisions, in.set(choice.set), proceeds);
}

// Whether the decider gains nothing by deciding otherwise, SAFEs and notes then being this set.
inline bool Waterfall::class_stays(const Indifference& in, const ConversionChoice& choice,
                                   const Decisions& group, std::size_t decider,
                                   std::optional<std::size_t> set, const Ratio& proceeds) const {
    const bool converts = decider < choice.classes;
    if (scenario_.decides == Decides::at_once) set = choice.set;
    if (!set) return true;
    if (*set == choice.set) {
        // Deciding otherwise moves the price against itself: what it gains is gained at the price as it is.
        const Ratio claimed = proceeds - claims_.carved_before(proceeds);
        if (converts ? in.converters_gain(choice, claimed) : in.keepers_lose(choice, claimed)) return true;
        return in.gains_in(choice, decider, claimed) == converts;
    }
    const Ratio here = paid(in, choice, group, decider, false, proceeds);
    const Ratio there = paid(in, {choice.classes, *set}, group, decider, true, proceeds);
    return converts ? there < here : there <= here;
}

inline bool Waterfall::classes_stay(const Indifference& in, const ConversionChoice& choice,
                                    const Decisions& group, SettledSets& settled,
                                    const Ratio& proceeds) const {
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    const std::size_t count = in.deciders().size();
    const std::size_t last = choice.classes - 1;  // where there is one
    const std::size_t next = choice.classes;
    // Those next to the choice are the likeliest to gain, and then another choice is like theirs.
    if (choice.classes > 0 && !class_stays(in, choice, group, last, settled[last], proceeds)) return false;
    if (next < count && !class_stays(in, choice, group, next, settled[next + 1], proceeds)) return false;
    const bool converters_gain = in.converters_gain(choice, claimed);
    std::optional<Ratio> per_share;  // where no share gets more than any other class would convert for
    if (in.keepers_lose_in_all(choice.classes, claimed)) per_share = in.per_share(choice, claimed);
    const Indifference::Gaps gaps = in.gaps(choice.classes, claimed);
    for (std::size_t i = 0; i < count; ++i) {
        const Decider& of = in.deciders()[i];
        if (i == next || (i < next && i == last)) continue;
        // It gets more than it could keep, or all that it can keep where converting is worth less.
        if (i < next ? converters_gain && of.is_bounded
                     : per_share && of.is_bounded && *per_share >= of.keeps.back().from)
            continue;
        if (!class_stays(in, choice, group, i, in.settled_without(choice.classes, i, gaps), proceeds))
            return false;
    }
    return true;
}

inline void Waterfall::find_choices(const Indifference& in, const Decisions& group, const Ratio& proceeds,
                                    std::pair<std::size_t, std::size_t> counts,
                                    std::vector<ConversionChoice>& found,
                                    std::vector<ConversionChoice>& further) const {
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    SettledSets settled(in, claimed);
    const bool at_once = scenario_.decides == Decides::at_once;
    for (std::size_t count = counts.first; count <= counts.second; ++count) {
        if (!settled[count]) continue;
        const std::size_t least = *settled[count];
        for (std::size_t set = least; set < in.set_count(); ++set) {
            const ConversionChoice choice{count, set};
            if (set != least && !in.agrees(choice, claimed)) continue;
            if (!classes_stay(in, choice, group, settled, proceeds)) continue;
            (at_once || set == least ? found : further).push_back(choice);
        }
    }
}

// As agreeing().
inline std::vector<ConversionChoice> Waterfall::choices(const Indifference& in, const Decisions& group,
                                                        const Ratio& proceeds,
                                                        std::vector<ConversionChoice>& further,
                                                        Counts counts) const {
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    std::size_t least = deciders_.size();
    std::size_t most = 0;
    for (std::size_t set = 0; set < in.set_count(); ++set) {
        const std::size_t count = in.converting_in(set, claimed);
        least = std::min(least, count);
        most = std::max(most, count);
    }
    // As many as convert in the division of each set by itself, and one beyond.
    const std::pair<std::size_t, std::size_t> all(0, deciders_.size());
    const std::pair likely(least - std::min<std::size_t>(least, 1), std::min(most + 1, deciders_.size()));
    std::vector<ConversionChoice> found;
    if (counts == Counts::likely) find_choices(in, group, proceeds, likely, found, further);
    if (counts == Counts::all || (found.empty() && further.empty() && likely != all))
        find_choices(in, group, proceeds, all, found, further);
    if (found.empty()) std::swap(found, further);
    return found;
}

inline Settlement Waterfall::divide(const Indifference& in, const Decisions& group,
                                    const ConversionChoice& choice, const Ratio& proceeds) const {
    const Decisions decisions = decisions_of(in, group, choice);
    const std::vector<bool>& set = in.set(choice.set);
    const auto per_share = in.per_share(choice, proceeds - claims_.carved_before(proceeds));
    if (!per_share) return *divide(decisions, set, proceeds);
    Settlement made;
    made.per_share = *per_share;
    made.amounts.resize(decisions.size());
    made.ahead.resize(decisions.size());
    const std::vector<const Line*> lines = in.lines_in(choice);
    for (std::size_t i = 0; i < lines.size(); ++i) add_share(made, i, *lines[i], proceeds);
    decide(made, decisions, set);
    return made;
}

inline std::vector<Settlement> Waterfall::agreeing(const Decisions& group, const Ratio& proceeds,
                                                   std::vector<Settlement>& further) const {
    std::vector<Settlement> found;
    if (is_quick_) {
        const Indifference& in = indifference(group);
        std::vector<ConversionChoice> more;
        for (const ConversionChoice& each : choices(in, group, proceeds, more, Counts::all))
            found.push_back(divide(in, group, each, proceeds));
        for (const ConversionChoice& each : more) further.push_back(divide(in, group, each, proceeds));
        return found;
    }
    find_agreeing(group, proceeds, found, further);
    if (found.empty()) std::swap(found, further);
    return found;
}

inline Settlement Waterfall::settle_group(const Decisions& group, const Ratio& proceeds,
                                          std::vector<Settlement>* others) const {
    if (switches_.empty()) {
        auto made = divide(group, {}, proceeds);
        if (!made)
            throw Error::refused(ErrorCode::out_of_range, number_text(proceeds),
                                 "proceeds that somebody takes in full")
                .in_field("proceeds");
        return *made;
    }
    std::vector<Settlement> further;
    std::vector<Settlement> found = agreeing(group, proceeds, further);
    if (found.empty()) {
        throw Error::refused(
            ErrorCode::out_of_range, number_text(proceeds),
            "proceeds at which some set of decisions agrees with itself; decides: " +
                std::string(scenario_.decides == Decides::at_once ? "classes-first" : "at-once") +
                " may have one")
            .in_field("decides");
    }
    const auto converting = [&](const Settlement& of) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < of.converts.size(); ++i) {
            if (of.converts[i] && claims_.all()[i].kind != ClaimKind::option) ++count;
        }
        return count;
    };
    const auto best =
        std::min_element(found.begin(), found.end(), [&](const Settlement& a, const Settlement& b) {
            return scenario_.ties == Ties::most ? converting(a) > converting(b)
                                                : converting(a) < converting(b);
        });
    const Settlement chosen = *best;
    found.insert(found.end(), further.begin(), further.end());
    for (const Settlement& each : found) {
        if (others == nullptr || each.amounts == chosen.amounts) continue;
        const auto same = [&](const Settlement& other) { return other.amounts == each.amounts; };
        if (std::none_of(others->begin(), others->end(), same)) others->push_back(each);
    }
    return chosen;
}

inline bool Waterfall::group_converts(const Settlement& apart, const Settlement& together) const {
    const ConversionGroup& terms = scenario_.conversion_groups.front();
    Ratio all;
    Ratio favour;
    for (const std::size_t claim : group_) {
        all = all + claims_.all()[claim].converted;
        if (gains(together.amounts[claim], apart.amounts[claim]))
            favour = favour + claims_.all()[claim].converted;
    }
    const Ratio needed = terms.threshold * all;
    return terms.needs == GroupNeeds::more_than ? favour > needed : favour >= needed;
}

inline Settlement Waterfall::settle(const Ratio& proceeds, std::vector<Settlement>* others) const {
    Decisions decisions(claims_.all().size(), Decision::free);
    if (is_plain()) {
        auto made = divide(plain_lines_, *plain_, proceeds);
        if (!made)
            throw Error::refused(ErrorCode::out_of_range, number_text(proceeds),
                                 "proceeds that somebody takes in full")
                .in_field("proceeds");
        decide(*made, decisions, {});
        return *made;
    }
    for (const std::size_t claim : group_) decisions[claim] = Decision::keeps;
    std::vector<Settlement> apart_others;
    Settlement apart = settle_group(decisions, proceeds, others != nullptr ? &apart_others : nullptr);
    if (!group_.empty()) {
        for (const std::size_t claim : group_) decisions[claim] = Decision::converts;
        std::vector<Settlement> together_others;
        Settlement together =
            settle_group(decisions, proceeds, others != nullptr ? &together_others : nullptr);
        if (group_converts(apart, together)) {
            if (others != nullptr) *others = std::move(together_others);
            return together;
        }
    }
    if (others != nullptr) *others = std::move(apart_others);
    return apart;
}

inline std::optional<Waterfall::Regime> Waterfall::regime_of(const Ratio& proceeds) const {
    if (!is_quick_ || !group_.empty() || !scenario_.carve_outs.empty()) return std::nullopt;
    const Decisions free(claims_.all().size(), Decision::free);
    const Indifference& in = indifference(free);
    std::vector<ConversionChoice> further;
    const std::vector<ConversionChoice> found = choices(in, free, proceeds, further, Counts::likely);
    if (found.size() != 1) return std::nullopt;
    if (!in.is_enough(found.front(), proceeds)) return std::nullopt;
    return Regime{found.front(), in.step_of(found.front(), proceeds)};
}

inline std::vector<Ratio> Waterfall::amounts_in(const Regime& regime, const Ratio& proceeds) const {
    const Indifference& in = indifference(Decisions(claims_.all().size(), Decision::free));
    const Ratio per_share = in.per_share_in(regime.choice, regime.step, proceeds);
    std::vector<Ratio> made;
    for (const Line* each : in.lines_in(regime.choice)) made.push_back(value_at(*each, per_share));
    return made;
}

inline Waterfall::Change Waterfall::change_of(const Regime& before, const Regime& here,
                                              const Ratio& proceeds) const {
    const Indifference& in = indifference(Decisions(claims_.all().size(), Decision::free));
    const std::vector<const Line*> were = in.lines_in(before.choice);
    const std::vector<const Line*> are = in.lines_in(here.choice);
    const Ratio was = in.per_share_in(before.choice, before.step, proceeds);
    const Ratio is = in.per_share_in(here.choice, here.step, proceeds);
    const Ratio& began = in.begin_of(before.choice, before.step);
    const Ratio& begins = in.begin_of(here.choice, here.step);
    Change made;
    // Somebody holds common, so payouts bend where the shares are others that take part.
    made.bends = in.shares_in(before.choice, before.step) != in.shares_in(here.choice, here.step);
    for (std::size_t i = 0; i < are.size(); ++i) {
        made.bends = made.bends || piece_at(*were[i], began).slope != piece_at(*are[i], begins).slope;
        if (were[i] == are[i] && was == is) continue;
        const Ratio change = value_at(*are[i], is) - value_at(*were[i], was);
        if (std::max(change, -change) > std::max(made.jump, -made.jump)) made.jump = change;
    }
    return made;
}

inline std::vector<Waterfall::Gain> Waterfall::gains(const Ratio& proceeds) const {
    std::vector<Gain> made;
    Decisions decisions(claims_.all().size(), Decision::free);
    if (!group_.empty()) {
        for (const std::size_t claim : group_) decisions[claim] = Decision::converts;
        const Settlement together = settle_group(decisions, proceeds, nullptr);
        for (const std::size_t claim : group_) decisions[claim] = Decision::keeps;
        const Settlement apart = settle_group(decisions, proceeds, nullptr);
        for (const std::size_t claim : group_)
            made.push_back({claim, together.amounts[claim] - apart.amounts[claim]});
        if (group_converts(apart, together)) {
            for (const std::size_t claim : group_) decisions[claim] = Decision::converts;
        }
    }
    if (!is_quick_) return made;
    const Indifference& in = indifference(decisions);
    std::vector<ConversionChoice> further;
    const Ratio claimed = proceeds - claims_.carved_before(proceeds);
    for (const ConversionChoice& choice : choices(in, decisions, proceeds, further, Counts::likely)) {
        const Indifference::Gaps gaps = in.gaps(choice.classes, claimed);
        for (std::size_t i = 0; i < in.deciders().size(); ++i) {
            const auto set = scenario_.decides == Decides::at_once
                                 ? std::optional(choice.set)
                                 : in.settled_without(choice.classes, i, gaps);
            if (!set) continue;
            made.push_back(
                {in.deciders()[i].claim, paid(in, {choice.classes, *set}, decisions, i, true, proceeds) -
                                             paid(in, choice, decisions, i, false, proceeds)});
        }
    }
    return made;
}

inline std::vector<Ratio> Waterfall::amounts(const Ratio& proceeds) const {
    if (!is_plain()) return settle(proceeds).amounts;
    const Ratio claimed =
        scenario_.carve_outs.empty() ? proceeds : proceeds - claims_.carved_before(proceeds);
    if (claimed < plain_->least()) return settle(proceeds).amounts;
    const auto per_share = plain_->per_share(claimed);
    if (!per_share) return settle(proceeds).amounts;
    std::vector<Ratio> amounts;
    amounts.reserve(plain_lines_.size());
    for (std::size_t i = 0; i < plain_lines_.size(); ++i) {
        const Claim& claim = claims_.all()[i];
        amounts.push_back(claim.kind == ClaimKind::carve_out ? claims_.carved(*claim.carve_out, proceeds)
                                                             : value_at(plain_lines_[i], *per_share));
    }
    return amounts;
}

// The proceeds of which this is left after carve-outs.
inline Ratio Waterfall::proceeds_for(const Ratio& claimed) const {
    std::vector<Ratio> bounds{Ratio()};
    for (const CarveOut& each : scenario_.carve_outs) {
        for (const CarveOutTier& tier : each.tiers) {
            if (tier.to) bounds.push_back(*tier.to);
        }
    }
    std::sort(bounds.begin(), bounds.end());
    bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
    const auto left = [&](const Ratio& proceeds) { return proceeds - claims_.carved_before(proceeds); };
    std::size_t at = bounds.size() - 1;
    while (at > 0 && left(bounds[at]) > claimed) --at;
    const Ratio next = at + 1 < bounds.size() ? bounds[at + 1] : bounds[at] + one;
    const Ratio slope = (left(next) - left(bounds[at])) / (next - bounds[at]);
    return slope.sign() > 0 ? bounds[at] + (claimed - left(bounds[at])) / slope : bounds[at];
}

inline void Waterfall::add_steps(const std::vector<Line>& lines, Thresholds& found) const {
    Ratio before;
    for (const Tier& tier : tiers_of(lines, Ratio())) {
        for (const auto& [claim, amount] : tier.claims) {
            if (claims_.all()[claim].kind != ClaimKind::carve_out) before = before + amount;
        }
        std::string what = tier.name + (tier.claims.size() == 1 ? " is" : " are");
        what += tier.rank == 4 ? " paid the discounted exit price in full" : " paid in full ahead of common";
        found.emplace_back(tier.rank < 2 ? before : proceeds_for(before), std::move(what));
    }
    const Ladder ladder(lines);
    for (const Ladder::Step& step : ladder.steps()) {
        for (const std::size_t claim : step.claims)
            found.emplace_back(proceeds_for(step.total),
                               claims_.all()[claim].name + " " + piece_at(lines[claim], step.from).what);
    }
}

// Where a switch, or a member of the group, is indifferent while all others are as in these lines.
inline void Waterfall::add_indifferent(const std::vector<Line>& lines, const std::vector<Ratio>& shares,
                                       Thresholds& found) const {
    const auto add = [&](std::size_t claim, const Ratio& per_share, const char* what) {
        Ratio total;
        for (const Line& line : lines) total = total + value_at(line, per_share);
        found.emplace_back(proceeds_for(total), claims_.all()[claim].name + what);
    };
    for (const std::size_t i : switches_) {
        const std::size_t claim = claims_.convertibles()[i].claim;
        if (!shares[i].is_zero()) add(claim, claims_.all()[claim].given_up() / shares[i], " converts");
    }
    for (const std::size_t claim : group_) {
        const Claim& of = claims_.all()[claim];
        if (of.converted.is_zero()) continue;
        add(claim, converts_from(claim), " gains by the group's conversion");
    }
}

inline Waterfall::Thresholds Waterfall::thresholds() const {
    Thresholds found;
    for (const CarveOut& each : scenario_.carve_outs) {
        for (const CarveOutTier& tier : each.tiers) {
            if (tier.to) found.emplace_back(*tier.to, "a tier of " + each.name + " ends");
        }
    }
    if (is_plain()) add_steps(plain_lines_, found);
    for (const Decision group : {Decision::keeps, Decision::converts}) {
        if (is_plain() || (group_.empty() && group == Decision::converts)) break;
        Decisions decisions(claims_.all().size(), Decision::free);
        for (const std::size_t claim : group_) decisions[claim] = group;
        for (const std::vector<bool>& set : sets_) {
            const std::vector<Line> lines = lines_of(decisions, set);
            add_steps(lines, found);
            add_indifferent(lines, claims_.shares_where(set), found);
        }
    }
    for (const Decision group : {Decision::keeps, Decision::converts}) {
        if (!is_quick_ || (group_.empty() && group == Decision::converts)) break;
        Decisions decisions(claims_.all().size(), Decision::free);
        for (const std::size_t claim : group_) decisions[claim] = group;
        for (const Indifference::Turn& turn : indifference(decisions).turns())
            found.emplace_back(proceeds_for(turn.claimed), claims_.all()[turn.claim].name + " converts");
    }
    std::erase_if(found, [](const auto& each) { return each.first.sign() <= 0; });
    return found;
}

}  // namespace POSTMONEY_NAMESPACE::model::detail
