// ResolvedCompany: what all the claims on a company come to under a resolution policy, fact by fact.
//
// A round's fields are resolved each by itself. Fields and pointers refer into the dossier, which must
// outlive the result.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "postmoney/answer/early_filing.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/round_lines.hpp"
#include "postmoney/answer/round_status.hpp"
#include "postmoney/answer/splits.hpp"
#include "postmoney/answer/tranches.hpp"
#include "postmoney/fact/dossier.hpp"

namespace postmoney {

//--- Interface ---

struct ResolvedParticipation {
    std::int64_t investor = 0;  // the party
    std::string investor_name;
    std::vector<const Claim*> claims;  // that name the investor, best first, those without an amount last
    Field<Amount> amount;
    Field<bool> lead;
    Field<ShareCount> shares;

    // The claim behind the amount, or the best one where none tells an amount.
    [[nodiscard]] const Claim& amount_claim() const { return amount ? amount.winner() : *claims.front(); }
};

struct ResolvedRound;

// A round as another day saw it, where what it brings follows from that day.
struct EarlierRound {
    PartialDate as_of;
    std::shared_ptr<const ResolvedRound> round;
};

struct ResolvedRound : Resolved<RoundStatement> {
    std::string handle;
    std::vector<std::string> handles;  // all that its notices go by, this one included
    std::vector<RoundLine> lines;      // what its fields come from, with the days on which they hold
    // By date. Those that have not begun by the viewpoint's day are apart.
    std::vector<ResolvedClosing> closings;
    std::vector<ResolvedClosing> later_closings;
    std::vector<ResolvedParticipation> participations;  // by name
    // The valuations of this round, one fact a basis.
    Field<Valuation> pre_money;
    Field<Valuation> post_money;
    Field<Valuation> unspecified;
    Field<Valuation> mark;
    Field<Valuation> irc_409a;
    // The claim on `status` that holds; the first of the field may not.
    std::optional<Stated<RoundStatus>> holding_status;
    // Where the best claim on `raised` is a filing that left something unsold. As long as the final word is
    // used, it is the first of `raised`.
    std::optional<EarlyFiling> early_filing;
    // Of a cancelled round, as of the day of the cancelling or the viewpoint's, whichever is earlier: by the
    // lines of sources of the cancelling one's type or a higher one.
    std::optional<EarlierRound> until_cancelled;
    // On the day before its latest line began, as long as its day has not surely come.
    std::optional<EarlierRound> before_latest_line;

    // The status that holds, if any.
    [[nodiscard]] std::optional<RoundStatus> held_status() const {
        return holding_status ? std::optional(*holding_status->value) : std::nullopt;
    }
    // Whether it took or takes place: it is neither a rumour nor cancelled.
    [[nodiscard]] bool takes_place() const {
        const auto held = held_status();
        return held != RoundStatus::rumoured && held != RoundStatus::cancelled;
    }
    // Whether its money is left out as that of a merger, an acquisition or an exchange offer: its best notice
    // says so, and no line tells what a placement beside it raised.
    [[nodiscard]] bool is_business_combination() const;
    // The day from which `raised` counts at the latest: its date, or that of the filing which says it,
    // whichever ends first.
    [[nodiscard]] std::optional<PartialDate> day() const;
    // The round's date: its `closed`, else `announced`, else `first_sale`, else `filed`.
    [[nodiscard]] std::optional<PartialDate> date() const;
    // The status stated; without one, open as long as nothing is sold and no first sale is known (Form D
    // items 7 and 13).
    [[nodiscard]] std::optional<RoundStatus> state() const;
    // The name if one is stated, else the handle.
    [[nodiscard]] std::string_view label() const;
    [[nodiscard]] Field<Valuation>& valuation(ValuationBasis basis);

    // Calls `visit(name, field)` for each field that round statements claim, by its name there.
    template <class Round, class Visit>
    static void fields(Round& round, const Visit& visit) {
        Resolved<RoundStatement>::fields(
            [&]<class Claims>(const FieldName& name, Claims& field) {
                if constexpr (!std::is_same_v<std::remove_const_t<Claims>, NotResolved>) visit(name, field);
            },
            round);
    }
    // The valuations, by their bases.
    template <class Self, class Visit>
    static void valuations(Self& self, Visit&& visit) {
        visit(ValuationBasis::pre_money, self.pre_money);
        visit(ValuationBasis::post_money, self.post_money);
        visit(ValuationBasis::unspecified, self.unspecified);
        visit(ValuationBasis::mark, self.mark);
        visit(ValuationBasis::irc_409a, self.irc_409a);
    }
};

// A valuation that names no round.
struct ResolvedValuation {
    ValuationBasis basis;
    PartialDate on;
    Field<Valuation> valuation;
};

struct ResolvedStatedTotal {
    PartialDate on;
    Field<StatedTotal> total;
};

struct ResolvedMetric {
    std::string name;
    PartialDate on;
    std::optional<Period> per;
    bool target = false;
    Field<Metric> metric;
};

struct ResolvedCompany {
    std::string company;
    std::vector<ResolvedRound> rounds;  // by date, those without one last
    // What standing participations and valuations say of rounds of which no statement and no closing stands
    // or holds. These are no rounds: only the list of claims shows them.
    std::vector<ResolvedRound> unstated_rounds;
    std::vector<ResolvedValuation> valuations;
    SplitsByClass splits;
    std::vector<ResolvedStatedTotal> stated_totals;
    std::vector<ResolvedMetric> metrics;
};

[[nodiscard]] ResolvedCompany resolve(const Dossier& dossier, const ResolutionPolicy& policy = {},
                                      const Viewpoint& viewpoint = {});

//--- Definitions ---

namespace detail {

using Claims = std::vector<const Claim*>;

// An amendment of a notice that is not on record, and the rounds that it may be of: several, or one of
// another instrument, so that it joins none of them.
struct AmendmentGap {
    const Claim* notice;
    std::vector<std::string> candidates;  // by their names
};

// Which handles are of one round: those that amendments link, and notices under one file number of the SEC,
// which the amendments of an offering keep (so that a notice between two others may be missing). An amendment
// whose notice before is not on record joins the one round with a notice that it can amend: of the same first
// sale, not published later, and not under another file number. A group goes by the handle that amends none
// of the others, or by the first in the order of text when that notice is not there.
class RoundLinks {
  public:
    explicit RoundLinks(const Dossier& dossier) {
        std::map<std::string, std::string> by_file_number;
        for (const Claim& claim : dossier.claims) {
            const auto* statement = claim.as<RoundStatement>();
            if (statement == nullptr) continue;
            handles_.insert(statement->round);
            const auto number =
                statement->attributes.find(std::string(RoundStatement::file_number_attribute));
            if (number != statement->attributes.end()) {
                numbered_.insert(find(statement->round));
                unite(statement->round,
                      by_file_number.emplace(number->second, statement->round).first->second);
            }
            if (!statement->amends || *statement->amends == statement->round) continue;
            amended_[statement->round].insert(*statement->amends);
            unite(statement->round, *statement->amends);
        }
        join_amendments(dossier);
        for (const std::string& handle : handles_) {
            std::string& name = names_[find(handle)];
            const bool better = name.empty() || (amends_another(name) && !amends_another(handle));
            if (better) name = handle;
        }
        for (AmendmentGap& gap : gaps_) {
            for (std::string& candidate : gap.candidates) candidate = name(candidate);
        }
        for (const std::string& handle : handles_) by_name_[name(handle)].push_back(handle);
    }

    // The handle that the round of this handle goes by.
    [[nodiscard]] const std::string& name(const std::string& handle) const {
        const auto at = names_.find(find(handle));
        return at == names_.end() ? handle : at->second;
    }

    // Every handle on record of the round of that name, in the order of text.
    [[nodiscard]] std::vector<std::string> handles_of(const std::string& name) const {
        const auto at = by_name_.find(name);
        return at == by_name_.end() ? std::vector<std::string>() : at->second;
    }

    [[nodiscard]] const std::vector<AmendmentGap>& gaps() const noexcept { return gaps_; }

  private:
    // The notices of a group, all of which amend one that is not on record.
    struct Orphans {
        std::vector<const Claim*> notices = {};
        bool has_other = false;  // something else is stated too

        [[nodiscard]] std::optional<PartialDate> published() const {
            std::optional<PartialDate> first;
            for (const Claim* notice : notices) {
                const auto date = published_of(*notice);
                if (date && (!first || date->last_day() < first->last_day())) first = date;
            }
            return first;
        }
    };

    [[nodiscard]] const std::string& find(const std::string& handle) const {
        const std::string* at = &handle;
        for (auto next = parent_.find(*at); next != parent_.end(); next = parent_.find(*at))
            at = &next->second;
        return *at;
    }
    // The smaller group goes under the root of the larger one, so that no way to a root is long.
    void unite(const std::string& a, const std::string& b) {
        std::string root = find(a);
        std::string other = find(b);
        if (root == other) return;
        if (size_of(root) < size_of(other)) std::swap(root, other);
        size_[root] = size_of(root) + size_of(other);
        if (numbered_.erase(other) != 0) numbered_.insert(root);
        parent_.emplace(std::move(other), std::move(root));
    }
    [[nodiscard]] std::size_t size_of(const std::string& root) const {
        const auto at = size_.find(root);
        return at == size_.end() ? 1 : at->second;
    }

    [[nodiscard]] static bool is_amendment(const Claim& claim) {
        return source_type(claim) == SourceType::filing &&
               claim.as<RoundStatement>()->attributes.contains(
                   std::string(RoundStatement::amendment_attribute));
    }

    [[nodiscard]] bool amends_another(const std::string& handle) const {
        const auto at = amended_.find(handle);
        return at != amended_.end() &&
               std::any_of(at->second.begin(), at->second.end(),
                           [&](const std::string& target) { return handles_.contains(target); });
    }

    // Notices of filings by the first and last day of their first sale.
    using NoticesBySale = std::map<std::pair<date::sys_days, date::sys_days>, std::vector<const Claim*>>;
    [[nodiscard]] static NoticesBySale::key_type key_of(const PartialDate& first_sale) {
        return {first_sale.first_day(), first_sale.last_day()};
    }

    void join_amendments(const Dossier& dossier) {
        const bool none = std::none_of(dossier.claims.begin(), dossier.claims.end(), [](const Claim& claim) {
            return claim.as<RoundStatement>() != nullptr && is_amendment(claim);
        });
        if (none) return;
        std::map<std::string, Orphans> groups;
        NoticesBySale notices;
        for (const Claim& claim : dossier.claims) {
            const auto* statement = claim.as<RoundStatement>();
            if (statement == nullptr) continue;
            Orphans& group = groups[find(statement->round)];
            if (is_amendment(claim)) {
                group.notices.push_back(&claim);
            } else {
                group.has_other = true;
            }
            if (source_type(claim) == SourceType::filing && statement->first_sale)
                notices[key_of(*statement->first_sale)].push_back(&claim);
        }
        // In the order of time, so that an amendment of an amendment finds the round that this has joined.
        std::map<std::tuple<date::sys_days, std::string>, const Orphans*> in_order;
        for (const auto& [root, group] : groups) {
            const auto published = group.published();
            if (!group.has_other && published)
                in_order[{published->last_day(), least_handle(group)}] = &group;
        }
        for (const auto& [place, group] : in_order) join(*group, std::get<0>(place), notices);
    }

    [[nodiscard]] static std::string least_handle(const Orphans& group) {
        std::string least;
        for (const Claim* notice : group.notices) {
            const std::string& handle = notice->as<RoundStatement>()->round;
            if (least.empty() || handle < least) least = handle;
        }
        return least;
    }

    // Whether the round of the handle has a file number. Rounds with two are two offerings.
    [[nodiscard]] bool has_number(const std::string& handle) const {
        return numbered_.contains(find(handle));
    }

    // Whether the notices say instruments, and none of these.
    [[nodiscard]] static bool contradict(const Orphans& group, const std::set<Instrument>& instruments) {
        std::set<Instrument> own;
        for (const Claim* notice : group.notices) {
            if (const auto& instrument = notice->as<RoundStatement>()->instrument) own.insert(*instrument);
        }
        return !own.empty() && !instruments.empty() &&
               std::none_of(own.begin(), own.end(),
                            [&](Instrument instrument) { return instruments.contains(instrument); });
    }

    // What the group may amend.
    struct Amendable {
        std::map<std::string, std::string> candidates = {};  // by root the least handle
        std::set<Instrument> instruments = {};
    };
    [[nodiscard]] Amendable amendable(const Orphans& group, date::sys_days published,
                                      const NoticesBySale& notices) const {
        const std::string& own = group.notices.front()->as<RoundStatement>()->round;
        std::set<NoticesBySale::key_type> sales;
        for (const Claim* notice : group.notices) {
            if (const auto& sale = notice->as<RoundStatement>()->first_sale) sales.insert(key_of(*sale));
        }
        Amendable found;
        for (const auto& sale : sales) {
            const auto at = notices.find(sale);
            if (at == notices.end()) continue;
            for (const Claim* notice : at->second) {
                const auto& statement = *notice->as<RoundStatement>();
                const auto date = published_of(*notice);
                if (find(statement.round) == find(own) || (date && date->last_day() > published) ||
                    (has_number(own) && has_number(statement.round)))
                    continue;
                std::string& least = found.candidates[find(statement.round)];
                if (least.empty() || statement.round < least) least = statement.round;
                if (statement.instrument) found.instruments.insert(*statement.instrument);
            }
        }
        return found;
    }

    void join(const Orphans& group, date::sys_days published, const NoticesBySale& notices) {
        const std::string own = group.notices.front()->as<RoundStatement>()->round;
        const auto [candidates, instruments] = amendable(group, published, notices);
        const bool is_open =
            candidates.size() > 1 || (candidates.size() == 1 && contradict(group, instruments));
        if (is_open) {
            AmendmentGap& gap = gaps_.emplace_back(AmendmentGap{group.notices.front(), {}});
            for (const auto& [root, handle] : candidates) gap.candidates.push_back(handle);
            std::sort(gap.candidates.begin(), gap.candidates.end());
        }
        if (is_open || candidates.empty()) return;
        const std::string& target = candidates.begin()->second;
        for (const Claim* notice : group.notices)
            amended_[notice->as<RoundStatement>()->round].insert(target);
        unite(own, target);
    }

    std::set<std::string> handles_;
    std::set<std::string> numbered_;                        // roots of those with a file number
    std::map<std::string, std::set<std::string>> amended_;  // by handle those that it amends
    std::map<std::string, std::string> parent_;
    std::map<std::string, std::size_t> size_;                  // by root, of groups of several
    std::map<std::string, std::string> names_;                 // root to the name of the round
    std::map<std::string, std::vector<std::string>> by_name_;  // the handles of each
    std::vector<AmendmentGap> gaps_;
};

// The standing claims sorted into the facts that they state.
struct FactIndex {
    // Ordered by the first and last day, so that facts come out in time order.
    using DateKey = std::tuple<date::sys_days, date::sys_days>;
    static DateKey key(const PartialDate& on) { return {on.first_day(), on.last_day()}; }

    struct ClaimsOnRound {
        Claims statements;  // all that stand, whether or not they hold by the viewpoint's day
        Claims valuations;
        Claims closings;  // likewise
        std::map<std::int64_t, Claims> participations;
    };

    std::map<std::string, ClaimsOnRound, std::less<>> rounds;
    std::map<std::tuple<ValuationBasis, DateKey>, Claims> valuations;
    Claims splits;
    std::map<DateKey, Claims> stated_totals;
    std::map<std::tuple<std::string, DateKey, std::optional<Period>, bool>, Claims> metrics;

    FactIndex(const Dossier& dossier, const RoundLinks& links, const Viewpoint& viewpoint) : links_(&links) {
        for (const Claim& claim : dossier.claims) {
            std::visit([&](const auto& content) { add(claim, content, viewpoint.sees(claim)); },
                       claim.entry.content);
        }
    }

  private:
    template <ContentKind Other>
    requires(!Other::on_company) void add(const Claim&, const Other&, bool) {}

    // A round is there as soon as a statement on it stands, though none of its claims may hold yet.
    void add(const Claim& claim, const RoundStatement& statement, bool) {
        rounds[links_->name(statement.round)].statements.push_back(&claim);
    }
    // A closing that has begun but not ended by the day may have brought its money: totals ask for it.
    void add(const Claim& claim, const Closing& closing, bool) {
        rounds[links_->name(closing.round)].closings.push_back(&claim);
    }
    void add(const Claim& claim, const Participation& participation, bool) {
        rounds[links_->name(participation.round)].participations[claim.counterparty].push_back(&claim);
    }
    void add(const Claim& claim, const Valuation& valuation, bool seen) {
        if (!seen) return;
        if (valuation.round) {
            rounds[links_->name(*valuation.round)].valuations.push_back(&claim);
        } else {
            valuations[{valuation.basis, key(valuation.on)}].push_back(&claim);
        }
    }
    void add(const Claim& claim, const Split&, bool seen) {
        if (seen) splits.push_back(&claim);
    }
    void add(const Claim& claim, const StatedTotal& total, bool seen) {
        if (seen) stated_totals[key(total.on)].push_back(&claim);
    }
    void add(const Claim& claim, const Metric& metric, bool seen) {
        if (!seen) return;
        metrics[{metric.name, key(metric.on), metric.per, metric.target.value_or(false)}].push_back(&claim);
    }

    const RoundLinks* links_;
};

// Gathers one fact from the claims on it.
class Gatherer {
  public:
    explicit Gatherer(const ResolutionPolicy& policy) : policy_(&policy) {}

    // The claims whose content has the optional member.
    template <class Kind, class T>
    [[nodiscard]] Field<T> optional(const Claims& claims, std::optional<T> Kind::*member) const {
        std::vector<Stated<T>> stated;
        for (const Claim* claim : claims) {
            if (const auto& value = claim->as<Kind>()->*member) stated.push_back({&*value, claim});
        }
        return {std::move(stated), *policy_};
    }

    template <class Kind, class T>
    [[nodiscard]] Field<T> member(const Claims& claims, T Kind::*member) const {
        std::vector<Stated<T>> stated;
        for (const Claim* claim : claims) stated.push_back({&(claim->as<Kind>()->*member), claim});
        return {std::move(stated), *policy_};
    }

    template <class Kind>
    [[nodiscard]] Field<Kind> whole(const Claims& claims) const {
        std::vector<Stated<Kind>> stated;
        for (const Claim* claim : claims) stated.push_back({claim->as<Kind>(), claim});
        return {std::move(stated), *policy_};
    }

    // The round as the viewpoint sees it.
    [[nodiscard]] ResolvedRound round(const std::string& handle, const FactIndex::ClaimsOnRound& claims,
                                      const Viewpoint& viewpoint) const;

    // What the notices and closings on a round say, whatever day is asked about.
    struct Evidence {
        std::vector<RoundLine> lines;
        Claims closings;
        std::vector<ResolvedClosing> tranches;
    };
    [[nodiscard]] Evidence evidence(const FactIndex::ClaimsOnRound& claims) const {
        return {.lines = lines_in_time(claims.statements, *policy_),
                .closings = claims.closings,
                .tranches = tranches_of(claims.closings, *policy_)};
    }
    // What of it the viewpoint sees: the round without its handles, participations and valuations, which add
    // nothing to totals.
    [[nodiscard]] ResolvedRound seen(const Evidence& evidence, const Viewpoint& viewpoint) const;

  private:
    [[nodiscard]] ResolvedRound notices(const Evidence& evidence, const Viewpoint& viewpoint) const;
    void settle_raised(ResolvedRound& round, const Viewpoint& viewpoint) const;
    void look_back(ResolvedRound& round, const Evidence& evidence, const Viewpoint& viewpoint) const;
    void look_at_cancelling(ResolvedRound& round, const Evidence& evidence, const Viewpoint& viewpoint) const;
    [[nodiscard]] ResolvedRound until_cancelled(const Evidence& evidence, const ResolvedRound& cancelled,
                                                const PartialDate& as_of) const;
    [[nodiscard]] ResolvedParticipation participation(std::int64_t investor, Claims claims) const;

    const ResolutionPolicy* policy_;
};

// Collects what a statement claims of each field.
struct ClaimCollector {
    const Claim* claim;

    template <class T>
    void operator()(const FieldName&, Field<T>& field, const std::optional<T>& stated) const {
        if (stated) field.add({&*stated, claim});
    }
    template <class Said>
    void operator()(const FieldName&, NotResolved&, const Said&) const {}
};

// Leaves out the claims of lines that hold no longer, where another of their type of source still does.
class EndedClaims {
  public:
    EndedClaims(const std::vector<RoundLine>& lines, date::sys_days day) {
        for (const RoundLine& line : lines) {
            if (line.ended_by(day)) ended_.insert(line.claim);
        }
    }

    template <class T>
    void leave_out(Field<T>& field) const {
        if (ended_.empty()) return;
        std::set<std::optional<SourceType>> held;
        for (const Stated<T>& stated : field.all()) {
            if (!ended_.contains(stated.claim) && !is_undisclosed(*stated.value))
                held.insert(source_type(*stated.claim));
        }
        field.leave_out([&](const Stated<T>& stated) {
            return ended_.contains(stated.claim) && held.contains(source_type(*stated.claim));
        });
    }

  private:
    std::set<const Claim*> ended_;
};

// The day of the cancelling, as its line says.
[[nodiscard]] PartialDate cancelling_day(const Claim& claim);

// `links` are those of the dossier, for who needs them too.
[[nodiscard]] ResolvedCompany resolve(const Dossier& dossier, const RoundLinks& links,
                                      const ResolutionPolicy& policy, const Viewpoint& viewpoint);

}  // namespace detail

}  // namespace postmoney

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/resolved_company-inl.hpp"
#endif
