// The definitions of reconcile.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "postmoney/answer/detail/comparing.hpp"
#include "postmoney/answer/detail/competing_claims.hpp"
#include "postmoney/answer/detail/doubts.hpp"
#include "postmoney/answer/detail/fact_key.hpp"
#include "postmoney/answer/detail/totals_in_time.hpp"
#include "postmoney/answer/reconcile.hpp"
#include "postmoney/answer/round_figures-inl.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/stated_fact-inl.hpp"
#include "postmoney/value/deal_math.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// What the rounds of a company come to on the days of its stated totals. All days that will be asked about
// are given first, so that each way to count goes through them once.
class TotalsOfDays {
  public:
    // What it is given outlives it.
    TotalsOfDays(const Dossier& dossier, const RoundLinks& links, const ResolutionPolicy& policy)
        : dossier_(&dossier), links_(&links), policy_(&policy) {}

    // A claim on a stated total.
    void add(const Claim& claim) {
        const date::sys_days day = claim.as<StatedTotal>()->on.last_day();
        days_.insert(day);
        if (claim.entry.source) days_of_source_[*claim.entry.source].insert(day);
    }

    [[nodiscard]] const TotalSums<Int128>& on(const PartialDate& day) {
        if (all_.empty()) all_ = sums_on(days_, *policy_, {});
        return all_.at(day.last_day());
    }
    [[nodiscard]] const TotalSums<Int128>& of_all_instruments(const PartialDate& day) {
        if (all_instruments_.empty()) all_instruments_ = sums_on(days_, *policy_, InstrumentFilter::all());
        return all_instruments_.at(day.last_day());
    }
    // On the day of a stated total, where the claims of its source win over all others: only the rounds of
    // which the source says something can come to something else.
    [[nodiscard]] TotalSums<Int128> by_own_claims(const Claim& claim) {
        const auto& source = claim.entry.source;
        const date::sys_days day = claim.as<StatedTotal>()->on.last_day();
        const auto [at, is_new] = own_.try_emplace(*source);
        if (is_new) {
            const Days& days = days_of_source_.at(*source);
            at->second.used = sums_on(days, *policy_, {}, source);
            at->second.own = sums_on(days, policy_->preferring(*source), {}, source);
        }
        TotalSums<Int128> sums = on(claim.as<StatedTotal>()->on);
        detail::add(sums, at->second.used.at(day), -1);
        detail::add(sums, at->second.own.at(day), 1);
        return sums;
    }

  private:
    using Days = std::set<date::sys_days>;
    using SumsByDay = std::map<date::sys_days, TotalSums<Int128>>;
    // What the rounds come to of which a source says something.
    struct RoundsOfSource {
        SumsByDay used = {};
        SumsByDay own = {};  // where its own claims win
    };

    [[nodiscard]] SumsByDay sums_on(const Days& days, const ResolutionPolicy& policy,
                                    const InstrumentFilter& instruments,
                                    const std::optional<std::string>& source = {}) const {
        TotalsInTime in_time(*dossier_, *links_, policy, instruments, source);
        SumsByDay sums;
        for (const date::sys_days day : days) sums.emplace(day, in_time.on(day));
        return sums;
    }

    const Dossier* dossier_;
    const RoundLinks* links_;
    const ResolutionPolicy* policy_;
    Days days_;
    std::map<std::string, Days> days_of_source_;
    SumsByDay all_;
    SumsByDay all_instruments_;
    std::map<std::string, RoundsOfSource> own_;
};

class Reconciler {
  public:
    Reconciler(const Dossier& dossier, const ResolutionPolicy& policy, const Viewpoint& viewpoint)
        : dossier_(&dossier),
          policy_(policy),
          as_of_(viewpoint.as_of),
          links_(dossier),
          resolved_(detail::resolve(dossier, links_, policy, viewpoint)) {}

    [[nodiscard]] std::vector<Finding> run() && {
        for (const ResolvedRound& round : resolved_.rounds) {
            competing(round);
            within_range(FindingCode::pre_post, round, [&] { pre_post(round); });
            named_investors(round);
            within_range(FindingCode::participation_sum, round, [&] { participation_sum(round); });
            within_range(FindingCode::closing_sum, round, [&] { closing_sum(round); });
            within_range(FindingCode::price_times_shares, round, [&] { price_times_shares(round); });
            within_range(FindingCode::offering, round, [&] {
                offering(round);
                sold_and_remaining(round);
            });
            within_range(FindingCode::commissions, round, [&] { commissions(round); });
            non_accredited(round);
            closed_before_first_sale(round);
        }
        for (const ResolvedValuation& valuation : resolved_.valuations) {
            competing_claims_.compare("", to_string(valuation.basis), valuation.valuation);
        }
        competing_splits();
        for (const ResolvedMetric& metric : resolved_.metrics)
            competing_claims_.compare("", fact_name(metric), metric.metric);
        step_downs();
        Doubts(resolved_, as_of_, findings_).find();
        for (const ResolvedStatedTotal& total : resolved_.stated_totals) {
            for (const auto& stated : total.total.all()) totals_.add(*stated.claim);
        }
        for (const ResolvedStatedTotal& total : resolved_.stated_totals) {
            for (const auto& stated : total.total.all()) stated_total(*stated.value, *stated.claim);
        }
        for (const AmendmentGap& gap : links_.gaps()) amendment_gap(gap);
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

    // A comparison whose sums are beyond 64 bits gives one finding that says so, and ends no other.
    template <class Compare>
    void within_range(FindingCode code, const ResolvedRound& round, const Compare& compare) {
        const auto first = static_cast<std::ptrdiff_t>(findings_.size());
        try {
            compare();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::overflow) throw;
            findings_.erase(findings_.begin() + first, findings_.end());
            add(code, Severity::warning, round.handle, "raised").message =
                "cannot be compared: " + error.message();
        }
    }

    //--- competing-claims

    void competing(const ResolvedRound& round) {
        ResolvedRound::fields(round, [&](std::string_view name, const auto& field) {
            const std::size_t first = findings_.size();
            competing_claims_.compare(round.handle, name, competitors(round, field));
            if (name == "raised" && first != findings_.size()) mention_unsold(first, round);
        });
        ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
            competing_claims_.compare(round.handle, to_string(basis), field);
        });
        for (const ResolvedClosing& closing : round.closings)
            competing_claims_.compare(round.handle, fact_name(closing), closing.amount);
        for (const ResolvedParticipation& participation : round.participations) {
            competing_claims_.compare(round.handle, fact_name(participation), participation.amount);
            competing_claims_.compare(round.handle, "lead " + participation.investor_name,
                                      participation.lead);
            competing_claims_.compare(round.handle, "shares " + participation.investor_name,
                                      participation.shares);
        }
    }

    // The claims that can be held against the winner: there is a day on which both hold, and it is not the
    // early filing whose place a final word took.
    template <class T>
    [[nodiscard]] static Field<T> competitors(const ResolvedRound& round, const Field<T>& field) {
        if (field.losing().empty()) return field;
        const Claim* winner = &field.winner();
        const RoundLine& used = line_of(round, *winner);
        const Claim* replaced = nullptr;
        if constexpr (std::is_same_v<T, Amount>) {
            if (round.early_filing && &field == &round.raised && winner != round.early_filing->filing)
                replaced = round.early_filing->filing;
        }
        Field<T> compared = field;
        compared.leave_out([&](const Stated<T>& stated) {
            return stated.claim != winner &&
                   (stated.claim == replaced || !hold_together(line_of(round, *stated.claim), used));
        });
        return compared;
    }

    [[nodiscard]] static const RoundLine& line_of(const ResolvedRound& round, const Claim& claim) {
        return *std::find_if(round.lines.begin(), round.lines.end(),
                             [&](const RoundLine& line) { return line.claim == &claim; });
    }

    // A split of all classes may be told as that of one class too: each pair of claims is compared once.
    void competing_splits() {
        const auto compare = [&](const ResolvedSplit& split, bool across_classes) {
            for (const auto& stated : split.split.losing()) {
                const Split& won = split.split.value();
                if (across_classes && !stated.value->security_class && !won.security_class) continue;
                competing_claims_.claim("", fact_name(split), stated.value->ratio.to_string(),
                                        won.ratio.to_string(), *stated.claim, split.split.winner(),
                                        stated.value->ratio.ratio() == won.ratio.ratio());
            }
        };
        for (const ResolvedSplit& split : resolved_.splits.of_all()) compare(split, false);
        for (const auto& [security_class, splits] : resolved_.splits.of_each()) {
            for (const ResolvedSplit& split : splits) compare(split, true);
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

    // Where no new shares pay for a round its pre-money and `raised` come to nothing.
    void pre_post(const ResolvedRound& round) {
        const auto raised = raised_for_new_shares(round);
        if (!raised) return;
        const Field<Valuation>& stated =
            disclosed_amount(round.post_money) != nullptr ? round.post_money : round.unspecified;
        if (disclosed_amount(stated) == nullptr) return;
        const Amount* pre = disclosed_amount(round.pre_money);
        if (pre != nullptr && !parts_agree(round, *pre, *raised, stated)) return;
        if (&stated == &round.post_money) raised_above_post_money(round, *raised);
    }

    // Whether pre-money and new money leave it open, at least, that the valuation is right. Conversions are
    // within the pre-money, unless their terms say otherwise: then all of `raised` is beside it.
    bool parts_agree(const ResolvedRound& round, const Amount& pre, const Amount& raised,
                     const Field<Valuation>& stated) {
        if (!round.includes_conversions) return compare_parts(round, pre, raised, "raised", stated);
        const auto paid = new_money_for_shares(round);
        const Amount& valuation = stated.value().amount;
        if (paid && (sum_agrees(pre, *paid, valuation) || !sum_agrees(pre, raised, valuation)))
            return compare_parts(round, pre, *paid, "raised without conversions", stated);
        if (compare_parts(round, pre, raised, "raised with conversions", stated)) return true;
        findings_.back().severity = Severity::info;  // nobody says how much was converted
        return true;
    }

    // Whether the two can come to the stated amount; amounts in different currencies are not compared.
    [[nodiscard]] static bool sum_agrees(const Amount& pre, const Amount& paid, const Amount& stated) {
        if (pre.currency() != paid.currency() || pre.currency() != stated.currency()) return true;
        const std::optional<Money> upper =
            pre.upper() && paid.upper() ? std::optional(*pre.upper() + *paid.upper()) : std::nullopt;
        return some_agrees(pre.lower() + paid.lower(), upper, stated);
    }

    bool compare_parts(const ResolvedRound& round, const Amount& pre, const Amount& paid,
                       std::string_view what, const Field<Valuation>& stated_field) {
        const Amount& stated = stated_field.value().amount;
        const std::string basis(to_string(stated_field.value().basis));
        Finding& finding = add(FindingCode::pre_post, Severity::info, round.handle, basis);
        finding.entries = {round.pre_money.winner().id, round.raised.winner().id, stated_field.winner().id};
        finding.stated = stated.to_string();
        const std::string sides =
            pre.to_string() + " pre-money + " + paid.to_string() + " " + std::string(what);
        if (pre.currency() != paid.currency() || pre.currency() != stated.currency()) {
            finding.message =
                sides + " against " + stated.to_string() + ": different currencies are not compared";
            return true;
        }
        const Money computed = post_money(pre.number(), paid.number());
        const bool agree = sum_agrees(pre, paid, stated);
        finding.severity = agree ? Severity::ok : Severity::warning;
        finding.computed = computed.to_string();
        finding.difference = brief_difference(computed, stated);
        finding.message = sides + " = " + brief(computed) + (agree ? ", as " : ", but ") +
                          source_name(stated_field.winner()) + " says " + stated.to_string() + " (" + basis +
                          ")";
        return agree;
    }

    // The post-money holds the new money, so it cannot be less.
    void raised_above_post_money(const ResolvedRound& round, const Amount& raised) {
        const Amount& stated = round.post_money.value().amount;
        if (raised.currency() != stated.currency()) return;
        if (raised.number() <= stated.number() || agreement(raised, stated) == Agreement::agree) return;
        Finding& finding = add(FindingCode::pre_post, Severity::warning, round.handle, "post-money");
        finding.stated = stated.to_string();
        finding.computed = raised.number().to_string();
        finding.difference = (raised.number() - stated.number()).to_string();
        finding.message = raised.to_string() + " raised is above the post-money of " + stated.to_string() +
                          " that " + source_name(round.post_money.winner()) + " says";
        finding.entries = {round.raised.winner().id, round.post_money.winner().id};
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
        std::vector<ResolvedClosing> counting = round.closings;
        std::erase_if(counting, [&](const ResolvedClosing& closing) {
            const Amount* amount = disclosed_amount(closing.amount);
            return amount != nullptr && amount->currency() != raised->currency();
        });
        const PartSum part = sum_of(counting, *raised->currency());
        const auto upper = part.open ? std::nullopt : std::optional(part.upper);
        part_sum(FindingCode::closing_sum, round, part, some_agrees(part.lower, upper, *raised),
                 "the closings", Severity::warning, Severity::warning);
        closings_in_other_currencies(round, *raised);
    }

    void closings_in_other_currencies(const ResolvedRound& round, const Amount& raised) {
        std::string amounts;
        std::vector<EntryId> entries;
        for (const ResolvedClosing& closing : round.closings) {
            const Amount* amount = disclosed_amount(closing.amount);
            if (amount == nullptr || amount->currency() == raised.currency()) continue;
            amounts += (amounts.empty() ? "" : ", ") + amount->to_string();
            entries.push_back(closing.amount.winner().id);
        }
        if (entries.empty()) return;
        Finding& finding = add(FindingCode::closing_sum, Severity::info, round.handle, "closing");
        finding.stated = raised.to_string();
        finding.computed = amounts;
        finding.message = "closings of " + amounts + " do not count beside " + raised.to_string() +
                          " raised: different currencies are not compared";
        finding.entries = std::move(entries);
        finding.entries.push_back(round.raised.winner().id);
    }

    //--- price-times-shares

    // What is new of the raised: less what of it is converted SAFEs and notes.
    [[nodiscard]] static Interval new_money(const Amount& raised, const Amount* conversions) {
        Interval result = interval(raised.quantity());
        if (conversions == nullptr) return result;
        const Interval off = interval(conversions->quantity());
        if (result.low) result.low = off.high ? std::optional(*result.low - *off.high) : std::nullopt;
        if (result.high && off.low) result.high = *result.high - *off.low;
        result.low_open = result.low_open || off.high_open;
        result.high_open = result.high_open || off.low_open;
        return result;
    }

    [[nodiscard]] static std::string money_text(const Decimal& number, const Currency& currency) {
        const Decimal shortest = number.normalized();
        const Decimal shown = shortest.scale() < currency.decimals()
                                  ? shortest.round(currency.decimals(), Rounding::never)
                                  : shortest;
        return shown.to_string() + " " + std::string(currency.code());
    }

    // The shares are those for new money.
    void price_times_shares(const ResolvedRound& round) {
        const Amount* raised = disclosed_amount(round.raised);
        if (raised == nullptr || !round.price_per_share || !round.shares_issued) return;
        const PricePerShare& price = round.price_per_share.value();
        const ShareCount& shares = round.shares_issued.value();
        Finding& finding =
            add(FindingCode::price_times_shares, Severity::info, round.handle, "price_per_share");
        finding.stated = raised->to_string();
        finding.computed = money_text(price.number() * shares.number(), price.currency());
        finding.message = price.to_string() + " x " + shares.to_string() + " shares = " + *finding.computed;
        finding.entries = {round.price_per_share.winner().id, round.shares_issued.winner().id,
                           round.raised.winner().id};
        std::string stated = raised->to_string() + " raised";
        const Amount* conversions = nullptr;
        if (round.includes_conversions) {
            conversions = &round.includes_conversions.value();
            stated += " less " + conversions->to_string() + " converted";
            finding.entries.push_back(round.includes_conversions.winner().id);
        }
        const auto leave = [&](std::string_view why) {
            finding.message += " against " + stated + ": " + std::string(why);
        };
        if (conversions != nullptr && !conversions->disclosed())
            return leave("what is new money is not known");
        if (raised->currency() != price.currency() ||
            (conversions != nullptr && conversions->currency() != price.currency()))
            return leave("different currencies are not compared");
        compare_new_money(finding, stated, price, shares, new_money(*raised, conversions));
    }

    // Each share may have cost half a unit of the price's last digit more or less.
    static void compare_new_money(Finding& finding, const std::string& stated, const PricePerShare& price,
                                  const ShareCount& shares, const Interval& money) {
        const Decimal product = price.number() * shares.number();
        const Decimal tolerance = shares.number() * price.half_of_last_digit();
        const bool agree = overlap({product - tolerance, product + tolerance}, money);
        Decimal nearest = product;
        if (money.high && nearest > *money.high) nearest = *money.high;
        if (money.low && nearest < *money.low) nearest = *money.low;
        finding.severity = agree ? Severity::ok : Severity::warning;
        finding.difference = money_text(product - nearest, price.currency());
        finding.message += (agree ? ", as " : ", but ") + stated;
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
        // A final word is of the end of the offering, and what remains was said in its middle.
        if (round.early_filing && &round.raised.winner() != round.early_filing->filing) return;
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

    void amendment_gap(const AmendmentGap& gap) {
        const std::string& handle = gap.notice->as<RoundStatement>()->round;
        Finding& finding = add(FindingCode::amendment_gap, Severity::warning, links_.name(handle), "amends");
        std::string candidates;
        for (const std::string& candidate : gap.candidates)
            candidates += (candidates.empty() ? "" : " or ") + candidate;
        finding.stated = candidates;
        finding.entries = {gap.notice->id};
        finding.message =
            "it amends a notice that is not on record, and may be of " + candidates +
            ": it counts as a round of its own. This joins it: " + R"({"kind":"round","round":")" + handle +
            R"(","amends":")" + gap.candidates.front() + R"("})";
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
        if (const auto* split = claim.as<Split>()) check("on", split->on, "");
        if (const auto* total = claim.as<StatedTotal>()) check("on", total->on, "");
        if (const auto* metric = claim.as<Metric>(); metric != nullptr && !metric->target.value_or(false)) {
            check("on", metric->on, "");
        }
    }

    //--- step-down

    void step_downs() {
        const std::vector<PriceStep> steps = price_steps(resolved_);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const ResolvedRound& round = resolved_.rounds[i];
            if (steps[i].last != nullptr) step_down(round, steps[i]);
        }
    }

    void step_down(const ResolvedRound& round, const PriceStep& step) {
        const bool is_stated = disclosed_amount(round.pre_money) != nullptr;
        const auto pre = pre_money_amount(round);
        const Field<Valuation>& stated = is_stated ? round.pre_money : round.post_money;
        const Amount* amount = pre ? &*pre : disclosed_amount(stated);
        const auto price = valuation_within_range(*step.last);
        if (amount == nullptr || !step.last_post_money || !price) return;
        const std::optional<Money> most = amount->upper();
        if (!most || most->currency() != price->lower.currency() || *most >= price->lower) return;
        const bool is_derived = pre && !is_stated;
        const std::string basis =
            is_derived ? "pre-money (post-money - new money)" : std::string(to_string(stated.value().basis));
        Finding& finding = add(FindingCode::step_down, Severity::info, round.handle,
                               to_string(pre ? ValuationBasis::pre_money : ValuationBasis::post_money));
        finding.stated = valuation_amount(*amount).to_string();
        finding.computed = price->value.to_string();
        finding.difference = (price->lower - *most).to_string();  // the least that it is
        finding.message = brief(*amount) + " " + basis + " is below the post-money " + brief(price->value) +
                          " of " + std::string(step.last->label());
        finding.entries = {stated.winner().id};
        if (is_derived) finding.entries.push_back(round.raised.winner().id);
        for (const Claim* claim : price->claims) finding.entries.push_back(claim->id);
    }

    //--- stated-total

    // What the rounds come to on the day of the stated total, in its currency.
    struct Computed {
        Total total;
        std::vector<std::string> other_currencies;
    };

    [[nodiscard]] Computed computed_total(const StatedTotal& stated, const TotalSums<Int128>& all) const {
        const Currency currency = *stated.amount.currency();
        Computed result{total_of(InflowSum<Money>(Money(0, currency)), all), {}};
        for (const auto& [code, sum] : all.by_currency) {
            const auto money = in_money(sum, code);
            if (!money) {
                throw Error(ErrorCode::overflow,
                            "the total in " + std::string(code.code()) + " is beyond 64-bit minor units");
            }
            const Total total = total_of(*money, all);
            if (code == currency) {
                result.total = total;
            } else if (total.rounds != 0) {
                result.other_currencies.emplace_back(code.code());
            }
        }
        return result;
    }

    // What they come to, where that agrees with the stated total.
    [[nodiscard]] std::optional<Money> agreeing_total(const StatedTotal& stated,
                                                      const TotalSums<Int128>& all) const {
        try {
            const Money known = *computed_total(stated, all).total.known;
            if (agreement(known, stated.amount) == Agreement::agree) return known;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::overflow) throw;  // what cannot be told agrees with nothing
        }
        return std::nullopt;
    }

    void stated_total(const StatedTotal& stated, const Claim& claim) {
        if (!stated.amount.disclosed()) return;
        Finding finding{FindingCode::stated_total,
                        Severity::warning,
                        resolved_.company,
                        "",
                        "amount",
                        stated.amount.to_string(),
                        {},
                        {},
                        {},
                        {claim.id}};
        const std::string says = source_name(claim) + " states " + stated.amount.to_string();
        try {
            compare_total(finding, says, stated, claim);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::overflow) throw;
            finding.message = says + "; the rounds cannot be added up: " + error.message();
        }
        findings_.push_back(std::move(finding));
    }

    void compare_total(Finding& finding, const std::string& says, const StatedTotal& stated,
                       const Claim& claim) {
        const Computed computed = computed_total(stated, totals_.on(stated.on));
        const Money known = *computed.total.known;
        finding.computed = known.to_string();
        finding.difference = brief_difference(known, stated.amount);
        finding.message = says + " by " + stated.on.to_string() + "; the " +
                          std::to_string(computed.total.rounds) +
                          (computed.total.rounds == 1 ? " round known by then comes to "
                                                      : " rounds known by then come to ") +
                          brief(known);
        if (agreement(known, stated.amount) == Agreement::agree) {
            finding.severity = Severity::ok;
            finding.message += ", which agrees to the precision stated";
        } else if (const auto explanation = explain_disagreement(stated, claim, computed.total)) {
            finding.severity = Severity::info;
            finding.message += *explanation;
        } else {
            finding.message += ", which does not agree";
            // What it is above them by may have come in another currency.
            if (!computed.other_currencies.empty() && !is_below(stated.amount, *computed.total.lower))
                finding.severity = Severity::info;
        }
        for (const std::string& code : computed.other_currencies) {
            finding.message += "; rounds in " + code + " are not compared";
        }
    }

    [[nodiscard]] static bool is_below(const Amount& stated, const Money& lower) {
        const auto upper = stated.upper();
        return upper && *upper < lower;
    }

    // The first that accounts for the stated total: its source's own claims, what is not known, or money of
    // other instruments. Null without one.
    [[nodiscard]] std::optional<std::string> explain_disagreement(const StatedTotal& stated,
                                                                  const Claim& claim, const Total& computed) {
        if (claim.entry.source) {
            if (const auto own = agreeing_total(stated, totals_.by_own_claims(claim))) {
                return ", which does not agree; by its source's own claims they come to " + brief(*own) +
                       ", which does";
            }
        }
        if (some_agrees(*computed.lower, computed.upper, stated.amount)) {
            return ", and the bounds of what is not known hold it: " + brief(*computed.lower) + " to " +
                   (computed.upper ? brief(*computed.upper) : "no upper bound");
        }
        if (const auto all = agreeing_total(stated, totals_.of_all_instruments(stated.on)))
            return ", which does not agree; of all instruments they come to " + brief(*all) + ", which does";
        return std::nullopt;
    }

    const Dossier* dossier_;
    ResolutionPolicy policy_;
    std::optional<PartialDate> as_of_;
    RoundLinks links_;
    ResolvedCompany resolved_;
    TotalsOfDays totals_{*dossier_, links_, policy_};
    std::vector<Finding> findings_;
    CompetingClaims competing_claims_{resolved_.company, findings_};
};

}  // namespace detail

POSTMONEY_INLINE std::vector<Finding> reconcile(const Dossier& dossier, const ResolutionPolicy& policy,
                                                const Viewpoint& viewpoint) {
    return detail::Reconciler(dossier, policy, viewpoint).run();
}

POSTMONEY_INLINE std::vector<Finding> reconcile_rates_and_markets(const std::vector<Claim>& claims,
                                                                  const ResolutionPolicy& policy) {
    std::map<detail::RateKey, Field<FxRate>> rates;
    std::map<detail::MarketKey, Field<MarketTotal>> totals;
    for (const Claim& claim : claims) {
        if (const auto* rate = claim.as<FxRate>()) rates[detail::key_of(*rate)].add({rate, &claim});
        if (const auto* total = claim.as<MarketTotal>()) totals[detail::key_of(*total)].add({total, &claim});
    }
    std::vector<Finding> findings;
    detail::CompetingClaims competing({}, findings);
    for (auto& [fact, field] : rates) {
        field.rank(policy.of("fx_rate"));
        competing.compare("", detail::fact_name(field.value()), field);
    }
    for (auto& [fact, field] : totals) {
        field.rank(policy.of("market_total"));
        competing.compare("", detail::fact_name(field.value()), field);
    }
    return findings;
}

}  // namespace POSTMONEY_NAMESPACE
