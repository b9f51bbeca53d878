// The findings on what counts: figures that may count twice, whose counting hangs on a word that is in
// dispute, or whose currency was no longer there.
#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "postmoney/answer/detail/maybe_one_round.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/withdrawal.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Appends to a list what is in doubt about the rounds of a company.
class Doubts {
  public:
    Doubts(const ResolvedCompany& company, const std::optional<PartialDate>& as_of,
           std::vector<Finding>& findings)
        : company_(&company), as_of_(as_of), findings_(&findings) {}

    void find() {
        for (const ResolvedRound& round : company_->rounds) {
            counts_or_not(round);
            mixed_instruments(round);
            instrument_inferred(round);
            submission_type(round);
            business_combination(round);
            withdrawn_currencies(round);
            const auto on = [](const ResolvedClosing& closing) { return std::optional(closing.on); };
            for (const auto& [a, b] : pairs_within(date::days(31), round.closings, on))
                maybe_one_closing(round, round.closings[a], round.closings[b]);
        }
        for (const auto& [a, b] : rounds_that_may_be_one(*company_))
            maybe_one_round(company_->rounds[a], company_->rounds[b]);
        conversions();
        withdrawn_currencies();
    }

  private:
    Finding& add(FindingCode code, Severity severity, const ResolvedRound& round, std::string_view field) {
        findings_->push_back(
            {code, severity, company_->company, round.handle, std::string(field), {}, {}, {}, {}, {}});
        return findings_->back();
    }

    template <class T>
    static void add_entries(Finding& finding, const Field<T>& field) {
        for (const Stated<T>& stated : field.all()) finding.entries.push_back(stated.claim->id);
    }

    //--- counts-or-not

    // Whether claims differ in what makes the money count.
    template <class T, class Counts>
    static bool is_in_dispute(const Field<T>& field, const Counts& counts) {
        std::set<bool> said;
        for (const Stated<T>& stated : field.all()) said.insert(counts(*stated.value));
        return said.size() > 1;
    }

    // Whether another line than that of a rumour that holds says that money was raised.
    static bool is_rumour_of_money(const ResolvedRound& round) {
        if (round.held_status() != RoundStatus::rumoured) return false;
        const auto& claims = round.raised.all();
        return std::any_of(claims.begin(), claims.end(), [&](const Stated<Amount>& raised) {
            return raised.claim != round.holding_status->claim && raised.value->disclosed() &&
                   raised.value->known().minor() > 0;
        });
    }

    // What of it is known, as text.
    [[nodiscard]] static std::string known_text(const RoundInflows& brought) {
        std::map<Currency, Int128> sums;
        for (const Inflow& sum : brought.inflows) sums[sum.known.currency()] += sum.known.minor();
        std::string text;
        for (const auto& [currency, minor] : sums) {
            if (minor > std::numeric_limits<std::int64_t>::max()) continue;
            text += (text.empty() ? "" : ", ") + money_of(minor, currency).to_string();
        }
        return text.empty() ? "an undisclosed amount" : text;
    }

    void counts_or_not(const ResolvedRound& round) {
        const bool status = is_in_dispute(round.status, [](RoundStatus said) {
            return said != RoundStatus::rumoured && said != RoundStatus::cancelled;
        });
        const bool instrument =
            is_in_dispute(round.instrument, [](Instrument said) { return InstrumentFilter().takes(said); });
        const bool rumour = is_rumour_of_money(round);
        if (!status && !instrument && !rumour) return;
        const RoundInflows brought = inflows_if_it_counts(round, as_of_);
        const bool is_at_stake =
            brought.undisclosed ||
            std::any_of(brought.inflows.begin(), brought.inflows.end(),
                        [](const Inflow& sum) { return !sum.upper || sum.upper->minor() != 0; });
        if (!is_at_stake) return;
        const std::string known = known_text(brought);
        const bool of_status = status || rumour;
        Finding& finding =
            add(FindingCode::counts_or_not, Severity::warning, round, of_status ? "status" : "instrument");
        finding.computed = known;
        if (of_status) {
            add_entries(finding, round.status);
        } else {
            add_entries(finding, round.instrument);
        }
        const bool counts = counts_as_raised(round, InstrumentFilter());
        finding.message = "sources differ on whether its money counts: it " +
                          std::string(counts ? "does" : "does not") + "; if it counts it brings " + known +
                          ". Retract or supersede what is wrong";
    }

    //--- mixed-instruments

    // Whether the notice that gives the instrument says that it offers equity and debt (Form D item 9).
    static bool offers_both(const ResolvedRound& round) {
        if (!round.instrument) return false;
        const auto& attributes = round.instrument.winner().as<RoundStatement>()->attributes;
        const auto at = attributes.find(std::string(RoundStatement::securities_attribute));
        if (at == attributes.end()) return false;
        const std::string securities = ", " + at->second + ",";
        return securities.find(", equity,") != std::string::npos &&
               securities.find(", debt,") != std::string::npos;
    }

    void mixed_instruments(const ResolvedRound& round) {
        bool apart = false;
        each_closing(round, [&](const ResolvedClosing& closing) { apart = apart || closing.instrument; });
        if (apart) return;
        std::map<std::optional<SourceType>, std::set<Instrument>> said;
        for (const Stated<Instrument>& stated : round.instrument.all())
            said[source_type(*stated.claim)].insert(*stated.value);
        const bool mixed = std::any_of(said.begin(), said.end(), [](const auto& of_type) {
            return of_type.second.contains(Instrument::equity) && of_type.second.contains(Instrument::debt);
        });
        if (!mixed && !offers_both(round)) return;
        Finding& finding = add(FindingCode::mixed_instruments, Severity::warning, round, "instrument");
        add_entries(finding, round.instrument);
        finding.message = "equity and debt are both told, without amounts apart: all of it counts as " +
                          std::string(to_string(round.instrument.value())) +
                          ". Closings with an `instrument` tell them apart";
    }

    //--- instrument-inferred and submission-type

    // An attribute of the statement that makes a claim; empty where it has none of the name.
    static std::string_view attribute(const Claim& claim, std::string_view name) {
        const auto* statement = claim.as<RoundStatement>();
        if (statement == nullptr) return {};
        const auto at = statement->attributes.find(std::string(name));
        return at == statement->attributes.end() ? std::string_view() : std::string_view(at->second);
    }

    // Whether a notice that gives the instrument ticks boxes from which it can only be guessed (Form D, item
    // 9).
    static bool is_guess(const Stated<Instrument>& stated) {
        const std::string_view boxes = attribute(*stated.claim, RoundStatement::securities_attribute);
        if (boxes.empty()) return false;
        if (*stated.value == Instrument::safe || *stated.value == Instrument::convertible_note) return true;
        return attribute(*stated.claim, RoundStatement::securities_description_attribute).empty() &&
               (boxes == "option" || boxes == "security-to-be-acquired" ||
                boxes == "option, security-to-be-acquired");
    }

    void instrument_inferred(const ResolvedRound& round) {
        if (!round.instrument || !is_guess(round.instrument.all().front())) return;
        // A claim by anyone else settles it.
        const auto is_notice = [](const Stated<Instrument>& stated) {
            return !attribute(*stated.claim, RoundStatement::securities_attribute).empty();
        };
        const auto& claims = round.instrument.all();
        if (!std::all_of(claims.begin(), claims.end(), is_notice)) return;
        const Claim& notice = round.instrument.winner();
        const std::string instrument(to_string(round.instrument.value()));
        const std::string_view description =
            attribute(notice, RoundStatement::securities_description_attribute);
        Finding& finding = add(FindingCode::instrument_inferred, Severity::warning, round, "instrument");
        finding.stated = instrument;
        if (const Amount* raised = disclosed_amount(round.raised)) finding.computed = raised->to_string();
        finding.entries = {notice.id};
        finding.message = instrument + " is inferred from a notice of " +
                          std::string(attribute(notice, RoundStatement::securities_attribute)) +
                          (description.empty() ? "" : ", " + quoted(description)) + ": " +
                          finding.computed.value_or("an undisclosed amount") + " " +
                          (counts_as_raised(round, InstrumentFilter()) ? "counts" : "does not count") +
                          R"(. A line that says it settles it: {"kind":"round","round":")" + round.handle +
                          R"(","instrument":"INSTRUMENT"})";
    }

    void submission_type(const ResolvedRound& round) {
        std::string_view type;
        std::vector<EntryId> entries;
        for (const RoundLine& line : round.lines) {
            const std::string_view said = attribute(*line.claim, RoundStatement::contradicted_type_attribute);
            if (said.empty()) continue;
            type = said;
            entries.push_back(line.claim->id);
        }
        if (entries.empty()) return;
        Finding& finding = add(FindingCode::submission_type, Severity::warning, round, "filed");
        finding.stated = std::string(type);
        finding.entries = std::move(entries);
        finding.message = "a notice of the type " + std::string(type) + " says that it is " +
                          (type == "D" ? "an amendment" : "none that amends") +
                          ": it is read as an amendment";
    }

    //--- business-combination

    void business_combination(const ResolvedRound& round) {
        const Amount* raised = disclosed_amount(round.raised);
        if (!round.is_business_combination() || raised == nullptr || raised->known().minor() == 0) return;
        Finding& finding = add(FindingCode::business_combination, Severity::warning, round, "raised");
        finding.stated = raised->to_string();
        finding.entries = {round.raised.winner().id, round.business_combination.winner().id};
        finding.message = "it says that it is made with a business combination: its " + raised->to_string() +
                          " is left out. What a placement beside it raised counts by a later line: " +
                          R"({"kind":"round","round":")" + round.handle + R"(","raised":"AMOUNT"})";
    }

    //--- maybe-one-closing and maybe-one-round

    void maybe_one_closing(const ResolvedRound& round, const ResolvedClosing& a, const ResolvedClosing& b) {
        const Amount& amount = a.amount.value();
        const Amount& other = b.amount.value();
        if (!amount.disclosed() || !other.disclosed() || amount.currency() != other.currency()) return;
        const auto end = [](const Amount& range) {
            return range.qualifier() == Qualifier::between ? range.upper() : std::nullopt;
        };
        if (amount.number() != other.number() || end(amount) != end(other)) return;
        Finding& finding = add(FindingCode::maybe_one_closing, Severity::info, round, "closing");
        finding.stated = a.on.to_string() + " " + amount.to_string();
        finding.computed = b.on.to_string() + " " + other.to_string();
        add_entries(finding, a.amount);
        add_entries(finding, b.amount);
        finding.message = "closings of " + amount.to_string() + " on " + a.on.to_string() + " and on " +
                          b.on.to_string() + " count as two. If they are one, retract one of them";
    }

    void maybe_one_round(const ResolvedRound& a, const ResolvedRound& b) {
        Finding& finding = add(FindingCode::maybe_one_round, Severity::warning, b, "raised");
        finding.stated = b.raised.value().to_string();
        finding.computed = a.raised.value().to_string();
        finding.entries = {b.raised.winner().id, a.raised.winner().id};
        finding.message =
            finding.stated.value() + ", as " + std::string(a.label()) + " of " + a.date()->to_string() +
            " raised. If they are one round, this joins them: " + R"({"kind":"round","round":")" + b.handle +
            R"(","amends":")" + a.handle + R"("})";
    }

    //--- conversions and conversions-not-on-record

    void conversions() {
        const CompanyInflows all(*company_, {.as_of = as_of_, .instruments = InstrumentFilter::all()});
        for (const ConversionCover& cover : all.covers) {
            const Amount& amount = cover.round->includes_conversions.value();
            if (cover.above_raised) above_raised(*cover.round, amount);
            if (cover.is_foreign) in_another_currency(*cover.round, amount);
            if (cover.missing == 0 || cover.is_foreign) continue;
            Finding& finding = add(FindingCode::conversions_not_on_record, Severity::info, *cover.round,
                                   "includes_conversions");
            const Money missing = money_of(cover.missing, *amount.currency());
            finding.stated = amount.to_string();
            finding.computed = (amount.known() - missing).to_string();
            finding.difference = (-missing).to_string();
            finding.entries = {cover.round->includes_conversions.winner().id};
            finding.message = amount.to_string() + " of it converted from SAFEs and notes, of which " +
                              brief(missing) +
                              " is on record nowhere (interest that converted is a usual reason): the upper "
                              "bound holds it";
        }
    }

    void above_raised(const ResolvedRound& round, const Amount& conversions) {
        Finding& finding = add(FindingCode::conversions, Severity::warning, round, "includes_conversions");
        finding.stated = conversions.to_string();
        finding.entries = {round.includes_conversions.winner().id};
        finding.message = "conversions of " + conversions.to_string() + " are above what was raised";
        if (round.raised) {
            finding.computed = round.raised.value().to_string();
            finding.message += ", " + *finding.computed;
            finding.entries.push_back(round.raised.winner().id);
        }
        finding.message += ": it may bring nothing, or all of it";
    }

    void in_another_currency(const ResolvedRound& round, const Amount& conversions) {
        Finding& finding = add(FindingCode::conversions, Severity::info, round, "includes_conversions");
        finding.stated = conversions.to_string();
        finding.entries = {round.includes_conversions.winner().id};
        finding.message = *finding.stated +
                          " of it converted, in another currency than its money: without a rate it cannot be "
                          "told what is new money";
    }

    //--- withdrawn-currency

    static const Amount* amount_in(const Amount& amount) { return &amount; }
    static const Amount* amount_in(const Metric& metric) { return std::get_if<Amount>(&metric.value); }
    template <class Kind>
    static const Amount* amount_in(const Kind& stated) {
        return &stated.amount;
    }

    // The findings on one round, or on what is of none, by currency.
    struct LateUses {
        std::string_view round;
        std::map<Currency, Finding> findings = {};
    };

    // Notes the claims on a field whose amount is of a day after its currency was withdrawn. `date_of` gives
    // the date of what is stated; what has none cannot be late.
    template <class T, class DateOf>
    void note_late(LateUses& uses, std::string_view field, const Field<T>& claims,
                   const DateOf& date_of) const {
        for (const Stated<T>& stated : claims.all()) {
            const Amount* amount = amount_in(*stated.value);
            const std::optional<Currency> currency = amount == nullptr ? std::nullopt : amount->currency();
            const std::optional<PartialDate> end = currency ? withdrawn(*currency) : std::nullopt;
            const std::optional<PartialDate> on = date_of(*stated.value);
            if (!end || !on || on->begun_by(end->last_day())) continue;
            Finding& finding = uses.findings[*currency];
            if (finding.entries.empty()) finding = late_use(uses.round, field, *amount, *on);
            // A line can state several amounts.
            if (std::find(finding.entries.begin(), finding.entries.end(), stated.claim->id) ==
                finding.entries.end())
                finding.entries.push_back(stated.claim->id);
        }
    }

    [[nodiscard]] Finding late_use(std::string_view round, std::string_view field, const Amount& amount,
                                   const PartialDate& on) const {
        const std::string code(amount.currency()->code());
        const std::string end = withdrawn(*amount.currency())->to_string();
        const std::optional<Currency> next = replaced_by(*amount.currency());
        return {FindingCode::withdrawn_currency,
                Severity::warning,
                company_->company,
                std::string(round),
                std::string(field),
                on.to_string(),
                end,
                {},
                amount.to_string() + " of " + on.to_string() + ": " + code + " was withdrawn in " + end +
                    (next ? ", replaced by " + std::string(next->code()) : "") +
                    ". Supersede what has the wrong date or currency",
                {}};
    }

    void add_late(LateUses uses) {
        for (auto& [currency, finding] : uses.findings) findings_->push_back(std::move(finding));
    }

    void withdrawn_currencies(const ResolvedRound& round) {
        LateUses uses{round.handle};
        const std::optional<PartialDate> date = round.date();
        const auto of_round = [&](const Amount&) { return date; };
        ResolvedRound::fields(round, [&]<class T>(std::string_view name, const Field<T>& field) {
            if constexpr (std::is_same_v<T, Amount>) note_late(uses, name, field, of_round);
        });
        for (const ResolvedClosing& closing : round.closings)
            note_late(uses, "closing", closing.amount, [&](const Amount&) { return closing.on; });
        for (const ResolvedParticipation& participation : round.participations)
            note_late(uses, "participation", participation.amount, of_round);
        ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
            note_late(uses, to_string(basis), field, [](const Valuation& stated) { return stated.on; });
        });
        add_late(std::move(uses));
    }

    void withdrawn_currencies() {
        LateUses uses{""};
        const auto own_date = [](const auto& stated) { return stated.on; };
        for (const ResolvedValuation& valuation : company_->valuations)
            note_late(uses, to_string(valuation.basis), valuation.valuation, own_date);
        for (const ResolvedStatedTotal& total : company_->stated_totals)
            note_late(uses, "stated_total", total.total, own_date);
        for (const ResolvedMetric& metric : company_->metrics)
            note_late(uses, "metric " + metric.name, metric.metric, own_date);
        add_late(std::move(uses));
    }

    const ResolvedCompany* company_;
    std::optional<PartialDate> as_of_;
    std::vector<Finding>* findings_;
};

}  // namespace POSTMONEY_NAMESPACE::detail
