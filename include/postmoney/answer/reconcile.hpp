// reconcile: holds the figures of a company against one another and says which agree, which do not, and why.
//
// Every comparison that can be made gives a finding, agreement included (severity ok), so that a reader sees
// what was checked; date-order and step-down speak up only when something is wrong.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/value/deal_math.hpp"

namespace postmoney {

//--- Interface ---

// The findings on the dossier's company, round by round in time order, then the company's own. The codes'
// meaning and severities are in FindingCode and, in full, in the README of the facts format.
[[nodiscard]] std::vector<Finding> reconcile(const Dossier& dossier, const ResolutionPolicy& policy = {},
                                             const Viewpoint& viewpoint = {});

//--- Definitions ---

namespace detail {

// Whether some number from lower to upper agrees with what is stated. A null upper is open.
[[nodiscard]] inline bool some_agrees(const Money& lower, const std::optional<Money>& upper,
                                      const Amount& stated) {
    Interval range{lower.to_decimal(), std::nullopt};
    if (upper) range.high = upper->to_decimal();
    if (is_point(stated.quantity())) {
        const std::int32_t digit = stated.quantity().number().last_digit();
        range.low = range.low->quantize(digit, Rounding::half_even);
        if (range.high) range.high = range.high->quantize(digit, Rounding::half_even);
    }
    return overlap(range, interval(stated.quantity()));
}

// The number stated; of a range, what of it is nearest to the computed sum.
[[nodiscard]] inline Money nearest(const Money& computed, const Amount& stated) {
    if (stated.qualifier() != Qualifier::between) return stated.number();
    return std::clamp(computed, stated.lower(), *stated.upper());
}

[[nodiscard]] inline std::string brief_difference(const Money& computed, const Amount& stated) {
    return (computed - nearest(computed, stated)).to_string();
}

[[nodiscard]] inline std::string source_name(const Claim& claim) {
    return claim.entry.source ? *claim.entry.source : "an entry without a source";
}

class Reconciler {
  public:
    Reconciler(const Dossier& dossier, const ResolutionPolicy& policy, const Viewpoint& viewpoint)
        : dossier_(&dossier),
          policy_(policy),
          resolved_(resolve(dossier, policy, viewpoint)),
          links_(dossier) {}

    [[nodiscard]] std::vector<Finding> run() && {
        for (const ResolvedRound& round : resolved_.rounds) {
            competing(round);
            pre_post(round);
            named_investors(round);
            participation_sum(round);
            closing_sum(round);
            offering(round);
            sold_and_remaining(round);
            commissions(round);
            non_accredited(round);
            closed_before_first_sale(round);
        }
        for (const ResolvedValuation& valuation : resolved_.valuations) {
            competing_amounts("", to_string(valuation.basis), valuation.valuation, amount_of_valuation);
        }
        step_downs();
        for (const ResolvedStatedTotal& total : resolved_.stated_totals) {
            for (const auto& stated : total.total.all()) stated_total(*stated.value, *stated.claim);
        }
        for (const Claim& claim : dossier_->claims) {
            signed_before_first_sale(claim);
            dates_after_recording(claim);
        }
        return std::move(findings_);
    }

  private:
    Finding& add(FindingCode code, Severity severity, std::string_view round, std::string_view field) {
        findings_.push_back(
            {code, severity, resolved_.company, std::string(round), std::string(field), {}, {}, {}, {}, {}});
        return findings_.back();
    }

    //--- competing-claims

    void competing(const ResolvedRound& round) {
        ResolvedRound::fields(round, [&](std::string_view name, const auto& field) {
            const std::size_t first = findings_.size();
            competing_field(round.handle, name, field);
            if (name == "raised" && first != findings_.size()) mention_unsold(first, round);
        });
        ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
            competing_amounts(round.handle, to_string(basis), field, amount_of_valuation);
        });
    }

    // Amounts, counts and dates can agree or not; words cannot.
    template <class T>
    void competing_field(std::string_view, std::string_view, const Field<T>&) {}
    void competing_field(std::string_view round, std::string_view name, const Field<Amount>& field) {
        competing_amounts(round, name, field, [](const Amount& amount) -> const Amount& { return amount; });
    }
    void competing_field(std::string_view round, std::string_view name, const Field<std::int64_t>& field) {
        for (const auto& stated : field.losing()) {
            const std::int64_t winner = field.value();
            Finding& finding =
                competing_claim(round, name, std::to_string(*stated.value), std::to_string(winner),
                                *stated.claim, field.winner(), *stated.value == winner);
            finding.difference = (Decimal(winner) - Decimal(*stated.value)).to_string();
        }
    }
    void competing_field(std::string_view round, std::string_view name, const Field<PartialDate>& field) {
        for (const auto& stated : field.losing()) {
            competing_claim(round, name, stated.value->to_string(), field.value().to_string(), *stated.claim,
                            field.winner(), agrees(*stated.value, field.value()));
        }
    }

    static const Amount& amount_of_valuation(const Valuation& valuation) { return valuation.amount; }

    Finding& competing_claim(std::string_view round, std::string_view field, const std::string& lost,
                             const std::string& won, const Claim& loser, const Claim& winner, bool agree) {
        Finding& finding =
            add(FindingCode::competing_claims, agree ? Severity::ok : Severity::warning, round, field);
        finding.stated = lost;
        finding.computed = won;
        finding.message = source_name(loser) + " says " + lost + "; " + source_name(winner) + " says " + won +
                          (agree ? " and agrees" : " and is used");
        finding.entries = {loser.id, winner.id};
        return finding;
    }

    template <class T, class ToAmount>
    void competing_amounts(std::string_view round, std::string_view name, const Field<T>& field,
                           ToAmount amount_of) {
        for (const auto& stated : field.losing()) {
            const Amount& lost = amount_of(*stated.value);
            const Amount& won = amount_of(field.value());
            const Agreement outcome = agreement(lost, won);
            Finding& finding = competing_claim(round, name, lost.to_string(), won.to_string(), *stated.claim,
                                               field.winner(), outcome == Agreement::agree);
            if (outcome == Agreement::not_comparable) {
                finding.severity = Severity::info;
                finding.message += "; different currencies are not compared";
            } else if (lost.disclosed() && won.disclosed()) {
                finding.difference = brief_difference(won.number(), lost);
            }
        }
    }

    // A filing made in the middle of an offering says less than was raised in the end.
    void mention_unsold(std::size_t first, const ResolvedRound& round) {
        const Claim& winner = round.raised.winner();
        const Amount& raised = round.raised.value();
        if (!winner.source || winner.source->type != SourceType::filing || !raised.disclosed()) return;
        for (const auto& offered : round.offered.all()) {
            if (offered.claim->entry.source != winner.entry.source) continue;
            if (offered.value->currency() != raised.currency()) return;
            const Money unsold = offered.value->number() - raised.number();
            if (unsold.minor() <= 0) return;
            for (std::size_t i = first; i < findings_.size(); ++i) {
                findings_[i].message += "; that filing had " + brief(unsold) + " of its offering unsold";
            }
            return;
        }
    }

    //--- pre-post

    void pre_post(const ResolvedRound& round) {
        const Amount* pre = disclosed_amount(round.pre_money);
        const Amount* raised = disclosed_amount(round.raised);
        const Field<Valuation>& stated_field =
            disclosed_amount(round.post_money) != nullptr ? round.post_money : round.unspecified;
        const Amount* stated = disclosed_amount(stated_field);
        if (pre == nullptr || raised == nullptr || stated == nullptr) return;
        Finding& finding =
            add(FindingCode::pre_post, Severity::info, round.handle, to_string(stated_field.value().basis));
        finding.entries = {round.pre_money.winner().id, round.raised.winner().id, stated_field.winner().id};
        finding.stated = stated->to_string();
        const std::string sides = pre->to_string() + " pre-money + " + raised->to_string() + " raised";
        if (pre->currency() != raised->currency() || pre->currency() != stated->currency()) {
            finding.message =
                sides + " against " + stated->to_string() + ": different currencies are not compared";
            return;
        }
        const Money computed = post_money(pre->number(), raised->number());
        const Money lower = pre->lower() + raised->lower();
        const std::optional<Money> upper =
            pre->upper() && raised->upper() ? std::optional(*pre->upper() + *raised->upper()) : std::nullopt;
        const bool agree = some_agrees(lower, upper, *stated);
        finding.severity = agree ? Severity::ok : Severity::warning;
        finding.computed = computed.to_string();
        finding.difference = brief_difference(computed, *stated);
        finding.message = sides + " = " + brief(computed) + (agree ? ", as " : ", but ") +
                          source_name(stated_field.winner()) + " says " + stated->to_string() + " (" +
                          std::string(to_string(stated_field.value().basis)) + ")";
    }

    //--- named-investors

    void named_investors(const ResolvedRound& round) {
        if (!round.investors) return;
        const std::int64_t declared = round.investors.value();
        const auto named = static_cast<std::int64_t>(round.participations.size());
        const Severity severity = named == declared  ? Severity::ok
                                  : named < declared ? Severity::info
                                                     : Severity::error;
        Finding& finding = add(FindingCode::named_investors, severity, round.handle, "investors");
        finding.stated = std::to_string(declared);
        finding.computed = std::to_string(named);
        finding.difference = (Decimal(named) - Decimal(declared)).to_string();
        finding.message =
            std::to_string(declared) + " investors declared, " + std::to_string(named) + " named";
        if (named < declared) finding.message += ", " + std::to_string(declared - named) + " unnamed";
        finding.entries = {round.investors.winner().id};
        for (const auto& participation : round.participations)
            finding.entries.push_back(participation.claims.front()->id);
    }

    //--- participation-sum and closing-sum

    // What the disclosed ones of the parts come to, in the currency of the whole.
    struct PartSum {
        Money known;
        Money lower;
        Money upper;        // an amount that is open above counts at its number
        bool open = false;  // some amount is undisclosed or open above
        std::string in_other_currencies = {};
        std::vector<EntryId> entries = {};
    };

    template <class Parts>
    [[nodiscard]] static PartSum sum_of(const Parts& parts, const Currency& currency) {
        const Money zero(0, currency);
        PartSum result{zero, zero, zero};
        for (const auto& part : parts) {
            const Amount* amount = disclosed_amount(part.amount);
            if (amount == nullptr) {
                result.open = true;
                continue;
            }
            result.entries.push_back(part.amount.winner().id);
            if (amount->currency() != currency) {
                result.in_other_currencies +=
                    (result.in_other_currencies.empty() ? "" : ", ") + amount->to_string();
                continue;
            }
            result.known += amount->known();
            result.lower += amount->lower();
            result.upper += amount->upper().value_or(amount->known());
            result.open = result.open || !amount->upper();
        }
        return result;
    }

    void part_sum(FindingCode code, const ResolvedRound& round, const PartSum& part, bool agree,
                  std::string_view what, Severity more, Severity less) {
        if (part.entries.empty()) return;
        const Amount& raised = round.raised.value();
        const Money gap = part.known - nearest(part.known, raised);
        const bool above = gap.minor() > 0;
        Finding& finding = add(code, agree ? Severity::ok : above ? more : less, round.handle, "raised");
        finding.stated = raised.to_string();
        finding.computed = part.known.to_string();
        finding.difference = gap.to_string();
        finding.message =
            std::string(what) + " come to " + brief(part.known) + " of " + raised.to_string() + " raised";
        if (!agree) finding.message += above ? ", " + brief(gap) + " more" : ", " + brief(-gap) + " less";
        if (!part.in_other_currencies.empty()) {
            if (!agree && !above) finding.severity = Severity::info;
            finding.message += "; " + part.in_other_currencies + ": different currencies are not compared";
        }
        finding.entries = part.entries;
        finding.entries.push_back(round.raised.winner().id);
    }

    // Not all investors are named, nor all amounts given: a remainder is nothing to worry about.
    void participation_sum(const ResolvedRound& round) {
        const Amount* raised = disclosed_amount(round.raised);
        if (raised == nullptr) return;
        const PartSum part = sum_of(round.participations, *raised->currency());
        part_sum(FindingCode::participation_sum, round, part, some_agrees(part.lower, part.upper, *raised),
                 "the investors' amounts", Severity::error, Severity::info);
    }

    // The closings are the whole round: what is open in them may be what is missing.
    void closing_sum(const ResolvedRound& round) {
        const Amount* raised = disclosed_amount(round.raised);
        if (raised == nullptr) return;
        const PartSum part = sum_of(round.closings, *raised->currency());
        const auto upper = part.open ? std::nullopt : std::optional(part.upper);
        part_sum(FindingCode::closing_sum, round, part, some_agrees(part.lower, upper, *raised),
                 "the closings", Severity::warning, Severity::warning);
    }

    //--- offering

    void offering(const ResolvedRound& round) {
        const Amount* sold = disclosed_amount(round.raised);
        const Amount* offered = disclosed_amount(round.offered);
        if (sold == nullptr || offered == nullptr) return;
        Finding& finding = add(FindingCode::offering, Severity::ok, round.handle, "offered");
        finding.stated = offered->to_string();
        finding.computed = sold->number().to_string();
        finding.entries = {round.raised.winner().id, round.offered.winner().id};
        finding.message = sold->to_string() + " sold of " + offered->to_string() + " offered";
        if (sold->currency() != offered->currency()) {
            finding.severity = Severity::info;
            finding.message += ": different currencies are not compared";
            return;
        }
        const Money gap = sold->number() - nearest(sold->number(), *offered);
        finding.difference = gap.to_string();
        if (agreement(*sold, *offered) == Agreement::agree) return;
        if (gap.minor() > 0) {
            finding.severity = Severity::warning;
            finding.message += ", " + brief(gap) + " more than offered";
        } else {
            finding.message += ", " + brief(-gap) + " unsold";
        }
    }

    // What is sold and what remains are all that is offered.
    void sold_and_remaining(const ResolvedRound& round) {
        const Amount* sold = disclosed_amount(round.raised);
        const Amount* remaining = disclosed_amount(round.remaining);
        const Amount* offered = disclosed_amount(round.offered);
        if (sold == nullptr || remaining == nullptr || offered == nullptr) return;
        if (sold->currency() != offered->currency() || remaining->currency() != offered->currency()) return;
        const Money computed = sold->number() + remaining->number();
        const bool agree = agreement(computed, *offered) == Agreement::agree;
        Finding& finding =
            add(FindingCode::offering, agree ? Severity::ok : Severity::warning, round.handle, "remaining");
        finding.stated = offered->to_string();
        finding.computed = computed.to_string();
        finding.difference = brief_difference(computed, *offered);
        finding.message = sold->to_string() + " sold + " + remaining->to_string() +
                          " remaining = " + brief(computed) +
                          (agree ? ", as offered" : ", but " + offered->to_string() + " offered");
        finding.entries = {round.raised.winner().id, round.remaining.winner().id, round.offered.winner().id};
    }

    //--- commissions, non-accredited and signature-date: what a notice says against itself

    void commissions(const ResolvedRound& round) {
        const Amount* sold = disclosed_amount(round.raised);
        if (sold == nullptr) return;
        Money fees(0, *sold->currency());
        std::vector<EntryId> entries{round.raised.winner().id};
        for (const Field<Amount>* field : {&round.commissions, &round.finders_fees}) {
            const Amount* fee = disclosed_amount(*field);
            if (fee == nullptr || fee->currency() != sold->currency()) continue;
            fees += fee->number();
            entries.push_back(field->winner().id);
        }
        if (fees.minor() == 0) return;
        const bool above = fees > sold->number();
        Finding& finding = add(FindingCode::commissions, above ? Severity::warning : Severity::ok,
                               round.handle, "commissions");
        finding.stated = sold->to_string();
        finding.computed = fees.to_string();
        finding.difference = brief_difference(fees, *sold);
        finding.message = "commissions and finders' fees of " + brief(fees) +
                          (above ? " are above " : " are within ") + sold->to_string() + " sold";
        finding.entries = std::move(entries);
    }

    void non_accredited(const ResolvedRound& round) {
        if (!round.non_accredited_investors || round.non_accredited_investors.value() != 0) return;
        Finding& finding =
            add(FindingCode::non_accredited, Severity::warning, round.handle, "non_accredited_investors");
        finding.stated = "0";
        finding.message = "non-accredited investors may take part, but 0 are counted";
        finding.entries = {round.non_accredited_investors.winner().id};
    }

    void signed_before_first_sale(const Claim& claim) {
        const auto* round = claim.as<RoundStatement>();
        if (round == nullptr || !round->signed_on || !round->first_sale) return;
        if (round->signed_on->last_day() >= round->first_sale->first_day()) return;
        Finding& finding =
            add(FindingCode::signature_date, Severity::warning, links_.name(round->round), "signed");
        finding.stated = round->signed_on->to_string();
        finding.computed = round->first_sale->to_string();
        finding.message = "signed " + round->signed_on->to_string() + ", before the first sale of " +
                          round->first_sale->to_string();
        finding.entries = {claim.id};
    }

    //--- date-order

    void closed_before_first_sale(const ResolvedRound& round) {
        if (!round.closed || !round.first_sale) return;
        const PartialDate& closed = round.closed.value();
        const PartialDate& first_sale = round.first_sale.value();
        if (closed.last_day() >= first_sale.first_day()) return;
        Finding& finding = add(FindingCode::date_order, Severity::warning, round.handle, "closed");
        finding.stated = closed.to_string();
        finding.computed = first_sale.to_string();
        finding.message =
            "closed " + closed.to_string() + ", before the first sale of " + first_sale.to_string();
        finding.entries = {round.closed.winner().id, round.first_sale.winner().id};
    }

    void dates_after_recording(const Claim& claim) {
        const auto check = [&](std::string_view field, const PartialDate& date, std::string_view round) {
            if (date.begun_by(claim.recorded.day())) return;
            Finding& finding = add(FindingCode::date_order, Severity::warning, round, field);
            finding.stated = date.to_string();
            finding.computed = claim.recorded.to_string();
            finding.message = std::string(field) + " " + date.to_string() + " is after it was recorded, " +
                              claim.recorded.to_string();
            finding.entries = {claim.id};
        };
        const auto check_optional = [&](std::string_view field, const std::optional<PartialDate>& date,
                                        std::string_view round) {
            if (date) check(field, *date, round);
        };
        if (const auto* round = claim.as<RoundStatement>()) {
            const std::string& handle = links_.name(round->round);
            check_optional("announced", round->announced, handle);
            check_optional("closed", round->closed, handle);
            check_optional("first_sale", round->first_sale, handle);
            check_optional("filed", round->filed, handle);
            check_optional("on", round->on, handle);
        }
        if (const auto* party = claim.as<Party>()) check_optional("founded", party->founded, "");
        if (const auto* closing = claim.as<Closing>()) check("on", closing->on, links_.name(closing->round));
        if (const auto* valuation = claim.as<Valuation>())
            check("on", valuation->on, valuation->round ? links_.name(*valuation->round) : "");
        if (const auto* total = claim.as<StatedTotal>()) check("on", total->on, "");
        if (const auto* metric = claim.as<Metric>(); metric != nullptr && !metric->target.value_or(false)) {
            check("on", metric->on, "");
        }
    }

    //--- step-down

    void step_downs() {
        std::optional<RoundValuation> last;
        std::string last_label;
        for (const ResolvedRound& round : resolved_.rounds) {
            if (!sets_a_price(round)) continue;
            const auto own = valuation_of(round);
            if (last) step_down(round, own, *last, last_label);
            if (own && own->is_post_money()) {
                last = own;
                last_label = round.label();
            }
        }
    }

    void step_down(const ResolvedRound& round, const std::optional<RoundValuation>& own,
                   const RoundValuation& last, const std::string& last_label) {
        const Amount* pre = disclosed_amount(round.pre_money);
        if (pre == nullptr && (!own || !own->is_post_money())) return;
        const Money value = pre != nullptr ? pre->number() : own->value;
        if (value.currency() != last.value.currency() || value >= last.value) return;
        const std::string_view basis = pre != nullptr ? "pre-money" : "post-money";
        Finding& finding = add(FindingCode::step_down, Severity::info, round.handle, basis);
        finding.stated = value.to_string();
        finding.computed = last.value.to_string();
        finding.difference = (last.value - value).to_string();
        finding.message = brief(value) + " " + std::string(basis) + " is below the post-money " +
                          brief(last.value) + " of " + last_label;
        finding.entries = {pre != nullptr ? round.pre_money.winner().id : own->claims.front()->id};
        for (const Claim* claim : last.claims) finding.entries.push_back(claim->id);
    }

    //--- stated-total

    // What the rounds come to on the day of the stated total, in its currency.
    struct Computed {
        Total total;
        std::vector<std::string> other_currencies;
    };

    [[nodiscard]] Computed computed_total(const StatedTotal& stated, const ResolutionPolicy& policy) const {
        const Viewpoint then{.as_of = stated.on, .known_at = {}};
        const ResolvedCompany company = resolve(*dossier_, policy, then);
        const Currency currency = *stated.amount.currency();
        const CompanyInflows all(company, {.as_of = stated.on});
        Computed result{all.total(InflowSum<Money>(Money(0, currency))), {}};
        for (const Total& total : totals_by_currency(all)) {
            if (total.currency == currency) {
                result.total = total;
            } else if (total.currency && total.rounds != 0) {
                result.other_currencies.emplace_back(total.currency->code());
            }
        }
        return result;
    }

    void stated_total(const StatedTotal& stated, const Claim& claim) {
        if (!stated.amount.disclosed()) return;
        try {
            compare_total(stated, claim);
        } catch (const Error& error) {  // the sum is beyond 64 bits, or mixes currencies within a round
            Finding& finding = add(FindingCode::stated_total, Severity::warning, "", "amount");
            finding.stated = stated.amount.to_string();
            finding.entries = {claim.id};
            finding.message = source_name(claim) + " states " + stated.amount.to_string() +
                              "; the rounds cannot be added up: " + error.message();
        }
    }

    void compare_total(const StatedTotal& stated, const Claim& claim) {
        const Computed computed = computed_total(stated, policy_);
        const Money known = *computed.total.known;
        Finding& finding = add(FindingCode::stated_total, Severity::warning, "", "amount");
        finding.stated = stated.amount.to_string();
        finding.computed = known.to_string();
        finding.difference = brief_difference(known, stated.amount);
        finding.entries = {claim.id};
        finding.message = source_name(claim) + " states " + stated.amount.to_string() + " by " +
                          stated.on.to_string() + "; the " + std::to_string(computed.total.rounds) +
                          (computed.total.rounds == 1 ? " round known by then comes to "
                                                      : " rounds known by then come to ") +
                          brief(known);
        if (agreement(known, stated.amount) == Agreement::agree) {
            finding.severity = Severity::ok;
            finding.message += ", which agrees to the precision stated";
        } else {
            explain_disagreement(finding, stated, claim, computed);
        }
        for (const std::string& code : computed.other_currencies) {
            finding.message += "; rounds in " + code + " are not compared";
        }
    }

    void explain_disagreement(Finding& finding, const StatedTotal& stated, const Claim& claim,
                              const Computed& computed) {
        if (claim.entry.source) {
            const Money own = *computed_total(stated, policy_.preferring(*claim.entry.source)).total.known;
            if (agreement(own, stated.amount) == Agreement::agree) {
                finding.severity = Severity::info;
                finding.message += ", which does not agree; by its source's own claims they come to " +
                                   brief(own) + ", which does";
                return;
            }
        }
        if (some_agrees(*computed.total.lower, computed.total.upper, stated.amount)) {
            finding.severity = Severity::info;
            finding.message +=
                ", and the bounds of what is not known hold it: " + brief(*computed.total.lower) + " to " +
                (computed.total.upper ? brief(*computed.total.upper) : "no upper bound");
            return;
        }
        if (!computed.other_currencies.empty()) finding.severity = Severity::info;
        finding.message += ", which does not agree";
    }

    const Dossier* dossier_;
    ResolutionPolicy policy_;
    ResolvedCompany resolved_;
    RoundLinks links_;
    std::vector<Finding> findings_;
};

}  // namespace detail

inline std::vector<Finding> reconcile(const Dossier& dossier, const ResolutionPolicy& policy,
                                      const Viewpoint& viewpoint) {
    return detail::Reconciler(dossier, policy, viewpoint).run();
}

}  // namespace postmoney
