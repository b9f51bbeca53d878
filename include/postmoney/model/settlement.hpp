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
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/model/claims.hpp"
#include "postmoney/model/exit_scenario.hpp"
#include "postmoney/model/ladder.hpp"
#include "postmoney/model/number_text.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney::model::detail {

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
    void decide(Settlement& of, const Decisions& decisions, const std::vector<bool>& switched) const;
    [[nodiscard]] std::optional<Settlement> divide(const Decisions& decisions,
                                                   const std::vector<bool>& switched,
                                                   const Ratio& proceeds) const;
    [[nodiscard]] std::vector<std::vector<bool>> switch_sets() const;
    [[nodiscard]] std::optional<Settlement> settle_switches(const Decisions& decisions, const Ratio& proceeds,
                                                            std::vector<Settlement>* all) const;
    [[nodiscard]] bool switches_agree(const Settlement& of, const Decisions& decisions,
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
    void find_group();
    void add_steps(const std::vector<Line>& lines, Thresholds& found) const;
    void add_indifferent(const std::vector<Line>& lines, const std::vector<Ratio>& shares,
                         Thresholds& found) const;

    const ExitScenario& scenario_;
    const Claims& claims_;
    std::vector<std::size_t> switches_;  // convertibles
    std::vector<std::size_t> group_;     // claims that vote together
    std::vector<std::size_t> deciders_;  // preferred claims, by the amount a share at which they convert
    std::vector<Line> plain_lines_;
    std::optional<Ladder> plain_;
};

//--- Definitions ---

inline Waterfall::Waterfall(const ExitScenario& scenario, const Claims& claims)
    : scenario_(scenario), claims_(claims) {
    for (std::size_t i = 0; i < claims_.convertibles().size(); ++i) {
        if (claims_.convertibles()[i].is_switch) switches_.push_back(i);
    }
    find_group();
    std::vector<std::pair<Ratio, std::size_t>> order;
    for (std::size_t i = 0; i < claims_.all().size(); ++i) {
        const Claim& claim = claims_.all()[i];
        if (claim.kind != ClaimKind::preferred || !claim.decides || claim.converted.is_zero()) continue;
        if (std::find(group_.begin(), group_.end(), i) != group_.end()) continue;
        order.emplace_back((claim.most.value_or(claim.ahead) - claim.paid) / claim.converted, i);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [at, claim] : order) deciders_.push_back(claim);
    if (!is_plain()) return;
    plain_lines_ = lines_of(Decisions(claims_.all().size(), Decision::free), {});
    plain_.emplace(plain_lines_);
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
        if (group.threshold.sign() < 0 || group.threshold > whole(1))
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
                    lines.push_back({{Ratio(), Ratio(), shares[*claim.convertible]}});
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
        if (claim.kind == ClaimKind::preferred && (!senior || *senior < claim.tier)) senior = claim.tier;
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
                places.push_back({{4, Ratio()}, {i, of.is_switch ? amount : amount - claim.ahead}});
                amount = of.is_switch ? Ratio() : claim.ahead;
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
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Claim& claim = claims_.all()[i];
        if (claim.kind == ClaimKind::carve_out) {
            made.amounts[i] = made.ahead[i] = claims_.carved(*claim.carve_out, proceeds);
            continue;
        }
        made.amounts[i] = value_at(lines[i], made.per_share);
        const Piece& piece = piece_at(lines[i], made.per_share);
        if (claim.kind != ClaimKind::option && claim.kind != ClaimKind::common)
            made.ahead[i] = piece.slope.is_zero() ? std::min(piece.base, lines[i].front().base) : piece.base;
    }
    return made;
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

inline std::optional<Settlement> Waterfall::divide(const Decisions& decisions,
                                                   const std::vector<bool>& switched,
                                                   const Ratio& proceeds) const {
    const std::vector<Line> lines = lines_of(decisions, switched);
    auto made = divide(lines, Ladder(lines), proceeds);
    if (!made) return std::nullopt;
    // A conversion at a discount that is not there in full is none.
    for (const std::size_t i : switches_) {
        const ExitConvertible& of = claims_.convertibles()[i];
        if (of.worth && switched[i] && made->amounts[of.claim] < *of.worth) return std::nullopt;
    }
    decide(*made, decisions, switched);
    return made;
}

// Sets in which, of switches that count the same, those with the lower cap convert first.
inline std::vector<std::vector<bool>> Waterfall::switch_sets() const {
    std::vector<std::vector<std::size_t>> kinds;
    for (const std::size_t i : switches_) {
        const ExitConvertible& of = claims_.convertibles()[i];
        const auto same = [&](const std::vector<std::size_t>& kind) {
            const ExitConvertible& other = claims_.convertibles()[kind.front()];
            return of.cap && other.cap && of.counted == other.counted &&
                   of.amount * claims_.all()[other.claim].ahead ==
                       other.amount * claims_.all()[of.claim].ahead;
        };
        const auto known = std::find_if(kinds.begin(), kinds.end(), same);
        if (known == kinds.end()) {
            kinds.push_back({i});
        } else {
            known->push_back(i);
        }
    }
    std::vector<std::vector<bool>> sets{std::vector<bool>(claims_.convertibles().size())};
    for (std::vector<std::size_t>& kind : kinds) {
        std::stable_sort(kind.begin(), kind.end(), [&](std::size_t a, std::size_t b) {
            return claims_.convertibles()[a].cap < claims_.convertibles()[b].cap;
        });
        const std::vector<std::vector<bool>> before = sets;
        for (std::size_t count = 1; count <= kind.size(); ++count) {
            for (std::vector<bool> set : before) {
                for (std::size_t i = 0; i < count; ++i) set[kind[i]] = true;
                sets.push_back(std::move(set));
            }
        }
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
inline bool Waterfall::switches_agree(const Settlement& of, const Decisions& decisions,
                                      const Ratio& proceeds) const {
    for (const std::size_t i : switches_) {
        std::vector<bool> other = of.switches;
        other[i] = !other[i];
        const auto changed = divide(decisions, other, proceeds);
        const std::size_t claim = claims_.convertibles()[i].claim;
        if (!changed) continue;
        const Ratio& here = of.amounts[claim];
        const Ratio& there = changed->amounts[claim];
        if (there > here || (there == here && of.switches[i] != (scenario_.ties == Ties::most))) return false;
    }
    return true;
}

inline std::optional<Settlement> Waterfall::settle_switches(const Decisions& decisions, const Ratio& proceeds,
                                                            std::vector<Settlement>* all) const {
    std::optional<Settlement> chosen;
    for (const std::vector<bool>& set : switch_sets()) {
        auto made = divide(decisions, set, proceeds);
        if (!made || !switches_agree(*made, decisions, proceeds)) continue;
        if (all != nullptr) all->push_back(*made);
        if (!chosen || scenario_.ties == Ties::most) chosen = std::move(made);
        if (all == nullptr && scenario_.ties == Ties::fewest) break;
    }
    return chosen;
}

// Whether no class gains by changing its mind, SAFEs, notes and options settled anew or left as they are.
inline bool Waterfall::classes_agree(const Settlement& of, const Decisions& decisions,
                                     const Ratio& proceeds) const {
    // Those nearest to where the set ends are the likeliest to change their minds.
    std::vector<std::size_t> order = deciders_;
    const auto inside = std::count_if(order.begin(), order.end(), [&](std::size_t claim) {
        return decisions[claim] == Decision::converts;
    });
    std::reverse(order.begin(), order.begin() + inside);
    if (inside > 0 && static_cast<std::size_t>(inside) < order.size())
        std::swap(order[1 % order.size()], order[static_cast<std::size_t>(inside)]);
    for (const std::size_t claim : order) {
        Decisions other = decisions;
        const bool converts = decisions[claim] == Decision::converts;
        other[claim] = converts ? Decision::keeps : Decision::converts;
        const auto changed = scenario_.decides == Decides::classes_first
                                 ? settle_switches(other, proceeds, nullptr)
                                 : divide(other, of.switches, proceeds);
        if (!changed) continue;
        const Ratio& here = of.amounts[claim];
        const Ratio& there = changed->amounts[claim];
        if (there > here || (there == here && converts != (scenario_.ties == Ties::most))) return false;
    }
    return true;
}

// The divisions that agree with themselves, among sets of classes in the order of their thresholds; `further`
// gets those in which SAFEs and notes agree too, but not as the rule of ties settles them.
inline std::vector<Settlement> Waterfall::agreeing(const Decisions& group, const Ratio& proceeds,
                                                   std::vector<Settlement>& further) const {
    std::vector<Settlement> found;
    for (std::size_t count = 0; count <= deciders_.size(); ++count) {
        Decisions decisions = group;
        for (std::size_t i = 0; i < deciders_.size(); ++i)
            decisions[deciders_[i]] = i < count ? Decision::converts : Decision::keeps;
        std::vector<Settlement> candidates;
        const auto settled = settle_switches(decisions, proceeds, &candidates);
        for (Settlement& each : candidates) {
            const bool first = scenario_.decides == Decides::at_once || each.switches == settled->switches;
            if (classes_agree(each, decisions, proceeds))
                (first ? found : further).push_back(std::move(each));
        }
    }
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
    const auto converting = [](const Settlement& of) {
        return std::count(of.converts.begin(), of.converts.end(), true);
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
    const Ratio next = at + 1 < bounds.size() ? bounds[at + 1] : bounds[at] + whole(1);
    const Ratio slope = (left(next) - left(bounds[at])) / (next - bounds[at]);
    return slope.sign() > 0 ? bounds[at] + (claimed - left(bounds[at])) / slope : bounds[at];
}

inline void Waterfall::add_steps(const std::vector<Line>& lines, Thresholds& found) const {
    Ratio before;
    for (const Tier& tier : tiers_of(lines, Ratio())) {
        for (const auto& [claim, amount] : tier.claims) {
            if (claims_.all()[claim].kind != ClaimKind::carve_out) before = before + amount;
        }
        found.emplace_back(tier.rank < 2 ? before : proceeds_for(before),
                           tier.name + " is paid in full ahead of common");
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
        if (!shares[i].is_zero()) add(claim, claims_.all()[claim].ahead / shares[i], " converts");
    }
    for (const std::size_t claim : group_) {
        const Claim& of = claims_.all()[claim];
        if (of.converted.is_zero()) continue;
        add(claim, (of.most.value_or(of.ahead) - of.paid) / of.converted, " gains by the group's conversion");
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
        for (const std::vector<bool>& set : switch_sets()) {
            const std::vector<Line> lines = lines_of(decisions, set);
            add_steps(lines, found);
            add_indifferent(lines, claims_.shares_where(set), found);
        }
    }
    std::erase_if(found, [](const auto& each) { return each.first.sign() <= 0; });
    return found;
}

}  // namespace postmoney::model::detail
