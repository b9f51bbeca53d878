// Gatherer: one fact after the other from the claims on it; what `resolve` is made of.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "postmoney/answer/detail/fact_key.hpp"
#include "postmoney/answer/detail/round_links.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/round_lines.hpp"
#include "postmoney/answer/tranches.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

struct ResolvedCompany;
struct ResolvedParticipation;
struct ResolvedRound;

}  // namespace POSTMONEY_NAMESPACE

namespace POSTMONEY_NAMESPACE::detail {

using Claims = std::vector<const Claim*>;

// The standing claims sorted into the facts that they state.
struct FactIndex {
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
            valuations[{valuation.basis, key_of(valuation.on)}].push_back(&claim);
        }
    }
    void add(const Claim& claim, const Split&, bool seen) {
        if (seen) splits.push_back(&claim);
    }
    void add(const Claim& claim, const StatedTotal& total, bool seen) {
        if (seen) stated_totals[key_of(total.on)].push_back(&claim);
    }
    void add(const Claim& claim, const Metric& metric, bool seen) {
        if (!seen) return;
        metrics[{metric.name, key_of(metric.on), metric.per, metric.target.value_or(false)}].push_back(
            &claim);
    }

    const RoundLinks* links_;
};

// The word of a kind, by which a policy knows its claims.
template <ContentKind Kind>
inline constexpr std::string_view kind_word = [] {
    std::size_t at = 0;
    while (!visit_kind(static_cast<EntryKind>(at),
                       []<ContentKind Other>() { return std::is_same_v<Kind, Other>; }))
        ++at;
    return to_string(static_cast<EntryKind>(at));
}();

// Gathers one fact from the claims on it.
class Gatherer {
  public:
    explicit Gatherer(const ResolutionPolicy& policy) : policy_(&policy) {}

    // The claims whose content has the optional member.
    template <class Kind, class T>
    [[nodiscard]] Field<T> optional(const Claims& claims, std::optional<T> Kind::*member,
                                    std::string_view name) const {
        std::vector<Stated<T>> stated;
        for (const Claim* claim : claims) {
            if (const auto& value = claim->as<Kind>()->*member) stated.push_back({&*value, claim});
        }
        return {std::move(stated), policy_->of(kind_word<Kind>), name};
    }

    template <class Kind, class T>
    [[nodiscard]] Field<T> member(const Claims& claims, T Kind::*member) const {
        std::vector<Stated<T>> stated;
        for (const Claim* claim : claims) stated.push_back({&(claim->as<Kind>()->*member), claim});
        return {std::move(stated), policy_->of(kind_word<Kind>), kind_word<Kind>};
    }

    template <class Kind>
    [[nodiscard]] Field<Kind> whole(const Claims& claims) const {
        std::vector<Stated<Kind>> stated;
        for (const Claim* claim : claims) stated.push_back({claim->as<Kind>(), claim});
        return {std::move(stated), policy_->of(kind_word<Kind>), kind_word<Kind>};
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
                .tranches = tranches_of(claims.closings, policy_->of("closing"))};
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

// Leaves out the claims of lines that hold no longer, where another of their type of source takes part: one
// that still holds, or a better one.
class EndedClaims {
  public:
    EndedClaims(const std::vector<RoundLine>& lines, date::sys_days day) {
        for (const RoundLine& line : lines) {
            if (line.ended_by(day)) ended_.insert(line.claim);
        }
    }

    // Of a field whose claims are ranked.
    template <class T>
    void leave_out(Field<T>& field) const {
        if (ended_.empty()) return;
        std::set<std::optional<SourceType>> told;
        for (const Stated<T>& stated : field.all()) {
            if (!ended_.contains(stated.claim) && !is_undisclosed(*stated.value))
                told.insert(source_type(*stated.claim));
        }
        std::set<const Claim*> unwanted;
        for (const Stated<T>& stated : field.all()) {
            if (!ended_.contains(stated.claim)) continue;
            if (told.contains(source_type(*stated.claim))) {
                unwanted.insert(stated.claim);
            } else if (!is_undisclosed(*stated.value)) {
                told.insert(source_type(*stated.claim));
            }
        }
        field.leave_out([&](const Stated<T>& stated) { return unwanted.contains(stated.claim); });
    }

  private:
    std::set<const Claim*> ended_;
};

// The day of the cancelling, as its line says.
[[nodiscard]] PartialDate cancelling_day(const Claim& claim);

// `links` are those of the dossier, for who needs them too.
[[nodiscard]] ResolvedCompany resolve(const Dossier& dossier, const RoundLinks& links,
                                      const ResolutionPolicy& policy, const Viewpoint& viewpoint);

}  // namespace POSTMONEY_NAMESPACE::detail
