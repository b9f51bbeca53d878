// The definitions of resolved_company.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/detail/gatherer.hpp"
#include "postmoney/answer/early_filing-inl.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_lines-inl.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// What the lines say of the round that hold as of the viewpoint's day, and its tranches.
POSTMONEY_INLINE ResolvedRound Gatherer::notices(const Evidence& evidence, const Viewpoint& viewpoint) const {
    ResolvedRound round;
    const auto day = viewpoint.as_of ? viewpoint.as_of->last_day() : date::sys_days::max();
    Resolved<RoundStatement>& fields = round;
    for (const RoundLine& line : evidence.lines) {
        if (!line.begun_by(day)) continue;
        round.lines.push_back(line);
        RoundStatement::fields(ClaimCollector{line.claim}, fields, *line.claim->as<RoundStatement>());
    }
    const EndedClaims ended(viewpoint.as_of ? round.lines : std::vector<RoundLine>(), day);
    ResolvedRound::fields(round, [&](const FieldName& name, auto& field) {
        field.set_name(name.text);
        field.rank(policy_->of(name.text));
        ended.leave_out(field);
    });
    for (const ResolvedClosing& closing : evidence.tranches)
        (viewpoint.may_have_come(closing.on) ? round.closings : round.later_closings).push_back(closing);
    return round;
}

// Whether a claim on `raised` tells what a placement beside a business combination raised: it was recorded
// later than the notice, and is of the company or of no source.
[[nodiscard]] inline bool tells_placement(const Claim& raised, const Claim& notice) {
    const auto type = source_type(raised);
    return raised.recorded > notice.recorded && (!type || type == SourceType::company) &&
           raised.as<RoundStatement>()->raised->disclosed();
}

[[nodiscard]] inline bool says_business_combination(const ResolvedRound& round) {
    return round.business_combination && round.business_combination.value();
}

// What a placement beside a business combination raised takes the place of the notice's `raised`, and a final
// word that of an early filing.
POSTMONEY_INLINE void Gatherer::settle_raised(ResolvedRound& round, const Viewpoint& viewpoint) const {
    if (says_business_combination(round)) {
        const auto& claims = round.raised.all();
        const auto placement = std::find_if(claims.begin(), claims.end(), [&](const Stated<Amount>& stated) {
            return tells_placement(*stated.claim, round.business_combination.winner());
        });
        if (placement != claims.end()) round.raised.put_first(*placement->claim);
    }
    round.early_filing = postmoney::early_filing(round.raised);
    if (round.early_filing && round.early_filing->is_final(viewpoint))
        round.raised.put_first(*round.early_filing->final_word->claim);
}

POSTMONEY_INLINE ResolvedRound Gatherer::seen(const Evidence& evidence, const Viewpoint& viewpoint) const {
    ResolvedRound round = notices(evidence, viewpoint);
    round.holding_status = postmoney::holding_status(round, evidence.tranches, policy_->of("status"));
    settle_raised(round, viewpoint);
    look_back(round, evidence, viewpoint);
    look_at_cancelling(round, evidence, viewpoint);
    return round;
}

// The round as it was before its latest line, where that still counts.
POSTMONEY_INLINE void Gatherer::look_back(ResolvedRound& round, const Evidence& evidence,
                                          const Viewpoint& viewpoint) const {
    const auto round_day = round.day();
    if (!viewpoint.as_of || (round_day && viewpoint.sees(round_day))) return;
    std::optional<date::sys_days> latest;
    for (const RoundLine& line : round.lines) {
        if (line.begins && (!latest || *line.begins > *latest)) latest = line.begins;
    }
    if (!latest || *latest == PartialDate::year(1).first_day()) return;
    const PartialDate before = PartialDate::day(*latest - date::days(1));
    round.before_latest_line = {
        before, std::make_shared<ResolvedRound>(seen(evidence, {.as_of = before, .known_at = {}}))};
}

POSTMONEY_INLINE PartialDate cancelling_day(const Claim& claim) {
    if (const auto& on = claim.as<RoundStatement>()->on) return *on;
    return published_of(claim).value_or(PartialDate::day(claim.recorded.day()));
}

POSTMONEY_INLINE void Gatherer::look_at_cancelling(ResolvedRound& round, const Evidence& evidence,
                                                   const Viewpoint& viewpoint) const {
    if (round.held_status() != RoundStatus::cancelled) return;
    const PartialDate day = cancelling_day(*round.holding_status->claim);
    const bool asked_before = viewpoint.as_of && viewpoint.as_of->last_day() < day.last_day();
    const PartialDate as_of = asked_before ? *viewpoint.as_of : day;
    round.until_cancelled = {as_of, std::make_shared<ResolvedRound>(until_cancelled(evidence, round, as_of))};
}

// What the lines and closings say that are of sources as trusted as the one that says it was cancelled.
POSTMONEY_INLINE ResolvedRound Gatherer::until_cancelled(const Evidence& evidence,
                                                         const ResolvedRound& cancelled,
                                                         const PartialDate& as_of) const {
    const Claim& cancelling = *cancelled.holding_status->claim;
    const auto is_trusted = [&](const Claim* claim) {
        return policy_->of("status").trusts_as_much(*claim, cancelling);
    };
    Evidence trusted;
    std::copy_if(evidence.lines.begin(), evidence.lines.end(), std::back_inserter(trusted.lines),
                 [&](const RoundLine& line) { return is_trusted(line.claim); });
    std::copy_if(evidence.closings.begin(), evidence.closings.end(), std::back_inserter(trusted.closings),
                 is_trusted);
    trusted.tranches = tranches_of(trusted.closings, policy_->of("closing"));
    const Viewpoint then{.as_of = as_of, .known_at = {}};
    ResolvedRound round = notices(trusted, then);
    if (!round.closed || !then.sees(round.closed.value())) {
        round.raised.leave_out(
            [](const Stated<Amount>& stated) { return source_type(*stated.claim) != SourceType::filing; });
    }
    settle_raised(round, then);
    round.instrument = cancelled.instrument;
    return round;
}

POSTMONEY_INLINE ResolvedParticipation Gatherer::participation(std::int64_t investor, Claims claims) const {
    ResolvedParticipation result{.investor = investor,
                                 .investor_name = claims.front()->counterparty_name,
                                 .claims = {},
                                 .amount = optional(claims, &Participation::amount, "amount"),
                                 .lead = optional(claims, &Participation::lead, "lead"),
                                 .shares = optional(claims, &Participation::shares, "shares")};
    const auto disclosed = [](const Claim* claim) {
        const auto& amount = claim->as<Participation>()->amount;
        return amount && amount->disclosed();
    };
    std::sort(claims.begin(), claims.end(), [&](const Claim* a, const Claim* b) {
        if (disclosed(a) != disclosed(b)) return disclosed(a);
        return policy_->of("participation").prefers(*a, *b);
    });
    result.claims = std::move(claims);
    return result;
}

POSTMONEY_INLINE ResolvedRound Gatherer::round(const std::string& handle,
                                               const FactIndex::ClaimsOnRound& claims,
                                               const Viewpoint& viewpoint) const {
    ResolvedRound round = seen(evidence(claims), viewpoint);
    round.handle = handle;
    for (const auto& [investor, participations] : claims.participations) {
        round.participations.push_back(participation(investor, participations));
    }
    std::sort(round.participations.begin(), round.participations.end(),
              [](const auto& a, const auto& b) { return a.investor_name < b.investor_name; });
    std::map<ValuationBasis, Claims> by_basis;
    for (const Claim* claim : claims.valuations) by_basis[claim->as<Valuation>()->basis].push_back(claim);
    for (const auto& [basis, valuations] : by_basis) round.valuation(basis) = whole<Valuation>(valuations);
    return round;
}

}  // namespace detail

POSTMONEY_INLINE std::optional<PartialDate> ResolvedRound::date() const {
    for (const Field<PartialDate>* field : {&closed, &announced, &first_sale, &filed}) {
        if (*field) return field->value();
    }
    return std::nullopt;
}

POSTMONEY_INLINE std::optional<PartialDate> ResolvedRound::day() const {
    const auto own = date();
    std::optional<PartialDate> filed_on;
    if (early_filing) {
        filed_on = early_filing->day;
    } else if (raised && raised.value().disclosed()) {
        filed_on = filing_day(raised.winner());
    }
    if (!own || !filed_on) return own ? own : filed_on;
    return filed_on->last_day() < own->last_day() ? filed_on : own;
}

POSTMONEY_INLINE bool ResolvedRound::may_have_begun(const std::optional<PartialDate>& as_of) const {
    const auto own = day();
    if (!as_of || !own) return true;
    auto first = own->first_day();
    for (const auto* field : {&closed, &announced, &first_sale, &filed}) {
        if (*field) first = std::min(first, field->value().first_day());
    }
    for (const auto* tranches : {&closings, &later_closings}) {
        for (const ResolvedClosing& closing : *tranches) first = std::min(first, closing.on.first_day());
    }
    return first <= as_of->last_day();
}

POSTMONEY_INLINE bool ResolvedRound::is_business_combination() const {
    return detail::says_business_combination(*this) &&
           !(raised && detail::tells_placement(raised.winner(), business_combination.winner()));
}

POSTMONEY_INLINE std::optional<RoundStatus> ResolvedRound::state() const {
    if (holding_status) return held_status();
    const auto upper = raised && raised.value().disclosed() ? raised.value().upper() : std::nullopt;
    const bool nothing_sold = upper && upper->minor() == 0;
    return nothing_sold && !first_sale ? std::optional(RoundStatus::open) : std::nullopt;
}

POSTMONEY_INLINE std::string_view ResolvedRound::label() const {
    return name ? std::string_view(name.value()) : handle;
}

POSTMONEY_INLINE Field<Valuation>& ResolvedRound::valuation(ValuationBasis basis) {
    switch (basis) {
        case ValuationBasis::pre_money:
            return pre_money;
        case ValuationBasis::post_money:
            return post_money;
        case ValuationBasis::unspecified:
            return unspecified;
        case ValuationBasis::mark:
            return mark;
        case ValuationBasis::irc_409a:
            break;
    }
    return irc_409a;
}

namespace detail {

POSTMONEY_INLINE ResolvedCompany resolve(const Dossier& dossier, const RoundLinks& links,
                                         const ResolutionPolicy& policy, const Viewpoint& viewpoint) {
    const FactIndex facts(dossier, links, viewpoint);
    const Gatherer gather(policy);
    ResolvedCompany company{.company = dossier.company,
                            .rounds = {},
                            .unstated_rounds = {},
                            .valuations = {},
                            .splits = SplitsByClass(facts.splits, policy.of("split")),
                            .stated_totals = {},
                            .metrics = {},
                            .viewpoint = viewpoint};
    for (const auto& [handle, claims] : facts.rounds) {
        ResolvedRound round = gather.round(handle, claims, viewpoint);
        round.handles = links.handles_of(handle);
        const bool stated = !round.lines.empty() || !round.closings.empty();
        (stated ? company.rounds : company.unstated_rounds).push_back(std::move(round));
    }
    std::stable_sort(company.rounds.begin(), company.rounds.end(), [](const auto& a, const auto& b) {
        const auto last = [](const ResolvedRound& round) {
            const auto date = round.date();
            return date ? date->last_day() : date::sys_days::max();
        };
        return last(a) < last(b);
    });
    for (const auto& [fact, claims] : facts.valuations) {
        const auto* first = claims.front()->as<Valuation>();
        company.valuations.push_back({first->basis, first->on, gather.whole<Valuation>(claims)});
    }
    for (const auto& [fact, claims] : facts.stated_totals) {
        company.stated_totals.push_back(
            {claims.front()->as<StatedTotal>()->on, gather.whole<StatedTotal>(claims)});
    }
    for (const auto& [fact, claims] : facts.metrics) {
        const auto* first = claims.front()->as<Metric>();
        company.metrics.push_back({first->name, first->on, first->per, first->target.value_or(false),
                                   gather.whole<Metric>(claims)});
    }
    return company;
}

}  // namespace detail

POSTMONEY_INLINE ResolvedCompany resolve(const Dossier& dossier, const ResolutionPolicy& policy,
                                         const Viewpoint& viewpoint) {
    return detail::resolve(dossier, detail::RoundLinks(dossier), policy, viewpoint);
}

namespace detail {

POSTMONEY_INLINE void check_seen_as_of(const ResolvedCompany& company,
                                       const std::optional<PartialDate>& as_of) {
    const auto& seen = company.viewpoint.as_of;
    if (seen == as_of || (seen && as_of && seen->last_day() == as_of->last_day())) return;
    const auto text = [](const std::optional<PartialDate>& day) {
        return day ? "as of " + day->to_string() : std::string("as of no day");
    };
    throw Error(ErrorCode::misuse, "the company is resolved " + text(seen) + ", and asked about " +
                                       text(as_of) + ": resolve it as of that day");
}

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE
