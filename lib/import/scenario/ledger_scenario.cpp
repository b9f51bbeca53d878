#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "postmoney/answer/carried_shares.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/import/scenario.hpp"
#include "postmoney/model/number_text.hpp"

namespace postmoney {

namespace {

using FilledJson = nlohmann::ordered_json;

// The path of each null, with places counted from 1 as refusals do.
void find_blanks(const FilledJson& value, const std::string& path, std::vector<std::string>& found) {
    if (value.is_null()) found.push_back(path);
    std::size_t place = 0;
    for (const auto& [key, member] : value.items()) {
        const std::string name = value.is_array() ? std::to_string(++place) : key;
        if (value.is_structured())
            find_blanks(member, path.empty() ? name : std::string(path).append(".").append(name), found);
    }
}

[[nodiscard]] Ratio amount_number(const Amount& amount) {
    return Ratio(amount.quantity().number().value());
}

[[nodiscard]] bool is_convertible(const ResolvedRound& round) {
    const auto instrument = round.instrument.get();
    return instrument == Instrument::safe || instrument == Instrument::convertible_note;
}

// Whether the round says that it includes no conversions.
[[nodiscard]] bool includes_none(const ResolvedRound& round) {
    if (!round.includes_conversions || !round.includes_conversions.value().disclosed()) return false;
    const auto most = round.includes_conversions.value().upper();
    return most && most->minor() == 0;
}

// Whether the amount stated pays for all shares of the participation, to the precision of the price and the
// rounding of a share.
[[nodiscard]] bool is_paid_for(const ResolvedRound& round, const ResolvedParticipation& of) {
    const Amount& amount = of.amount.value();
    const PricePerShare& price = round.price_per_share.value();
    if (*amount.currency() != price.currency() || !amount.upper()) return true;
    const Decimal least = of.shares.value().number() * (price.number() - price.half_of_last_digit());
    return least <= amount.upper()->to_decimal() + price.number();
}

// Whether those who are named brought all that the round raised.
[[nodiscard]] bool names_all_buyers(const ResolvedRound& round) {
    if (!round.raised || !round.raised.value().disclosed()) return false;
    const Amount& raised = round.raised.value();
    Ratio brought;
    for (const ResolvedParticipation& each : round.participations) {
        if (!each.amount || !each.amount.value().disclosed()) continue;
        const Amount& amount = each.amount.value();
        if (*amount.currency() == *raised.currency()) brought = brought + amount_number(amount);
    }
    return brought >= amount_number(raised);
}

class ScenarioFiller {
  public:
    ScenarioFiller(const Dossier& dossier, const Viewpoint& viewpoint)
        : viewpoint_(viewpoint), company_(resolve(dossier, {}, viewpoint)) {}

    [[nodiscard]] LedgerScenario run();

  private:
    [[nodiscard]] bool has_come(const ResolvedRound& round) const {
        const auto date = round.date();
        return !viewpoint_.as_of || (date && date->surely_by(viewpoint_.as_of->last_day()));
    }
    // Whether the round has perhaps come, and not surely before the SAFE or note.
    [[nodiscard]] bool may_follow(const ResolvedRound& round, const ResolvedRound& convertible) const;
    [[nodiscard]] std::vector<const ResolvedRound*> may_convert_in(const ResolvedRound& convertible) const;
    [[nodiscard]] bool may_hold_converted(const ResolvedRound& round) const;
    void note_conversions(const ResolvedRound& convertible);
    void add(const ResolvedRound& round);
    void add_shares(const ResolvedRound& round);
    void add_others(const ResolvedRound& round, const std::string& name, const Ratio& rest, bool all_told);
    void add_class(const ResolvedRound& round, const std::string& name, const Ratio* factor);
    void add_holding(const std::string& holder, const std::string& class_name, FilledJson shares);
    void add_convertible(const ResolvedRound& round, const std::string& id, const std::string& holder,
                         FilledJson amount);
    void add_convertibles(const ResolvedRound& round);
    // The amount's number in the scenario's currency, which the first one sets; else null.
    [[nodiscard]] FilledJson number_of(const Amount& amount, const std::string& whose);
    [[nodiscard]] bool is_currency(const Currency& currency);
    void note(const std::string& text) { made_.notes.push_back(text); }

    Viewpoint viewpoint_;
    ResolvedCompany company_;
    std::set<const ResolvedRound*> may_include_conversions_;  // of a SAFE or note on record
    std::optional<Currency> currency_;
    FilledJson holdings_ = FilledJson::array();
    FilledJson classes_ = FilledJson::array();
    FilledJson convertibles_ = FilledJson::array();
    LedgerScenario made_;
};

bool ScenarioFiller::is_currency(const Currency& currency) {
    if (!currency_) currency_ = currency;
    return *currency_ == currency;
}

FilledJson ScenarioFiller::number_of(const Amount& amount, const std::string& whose) {
    if (!amount.disclosed()) return {};
    if (!is_currency(*amount.currency())) {
        note(whose + " is " + amount.to_string() + ": another currency than the scenario's");
        return {};
    }
    if (amount.qualifier() != Qualifier::exact) note(whose + " is stated as " + amount.to_string());
    return model::number_text(amount_number(amount));
}

void ScenarioFiller::add_holding(const std::string& holder, const std::string& class_name,
                                 FilledJson shares) {
    for (FilledJson& row : holdings_) {
        if (row["holder"] != holder || row["class"] != class_name) continue;
        if (row["shares"].is_null() || shares.is_null()) {
            row["shares"] = FilledJson();
        } else {
            const auto number = [](const FilledJson& text) {
                const auto& shares_text = text.get_ref<const std::string&>();
                return shares_text.find('/') == std::string::npos ? Ratio(Decimal::parse(shares_text))
                                                                  : Ratio::parse(shares_text);
            };
            row["shares"] = share_text(number(row["shares"]) + number(shares));
        }
        return;
    }
    holdings_.push_back({{"holder", holder}, {"class", class_name}, {"shares", std::move(shares)}});
}

// What no entry says of a class is blank, though the reader has defaults for it.
void ScenarioFiller::add_class(const ResolvedRound& round, const std::string& name, const Ratio* factor) {
    for (const FilledJson& known : classes_) {
        if (known["name"] != name) continue;
        note(std::string(round.label()) + " sold more of " + name +
             ": the price is that of the first round of the class");
        return;
    }
    FilledJson price;
    if (round.price_per_share && factor != nullptr && is_currency(round.price_per_share.value().currency()))
        price = share_text(Ratio(round.price_per_share.value().number()) / *factor);
    FilledJson made{{"name", name}, {"price", price}};
    const auto date = round.date();
    if (date && date->precision() == DatePrecision::day) made["issued"] = date->to_string();
    for (const char* term : {"conversion_price", "preference", "participation", "seniority", "anti_dilution"})
        made[term] = FilledJson();
    classes_.push_back(std::move(made));
}

void ScenarioFiller::add_shares(const ResolvedRound& round) {
    const auto security_class = round.security_class.get();
    const std::string label(round.label());
    if (!security_class)
        note("no entry names the class that " + label + " sold: the round's name stands for it");
    const std::string name = security_class.value_or(label);
    const CarriedShares carried = carry_shares(company_, security_class, round.date());
    if (carried.gap)
        note("shares and price of " + label +
             " cannot be carried to the day: " + std::string(to_string(*carried.gap)));
    const Ratio* factor = carried.gap ? nullptr : &carried.factor;
    add_class(round, name, factor);
    Ratio told;
    bool all_told = true;
    for (const ResolvedParticipation& each : round.participations) {
        FilledJson shares;
        if (each.shares && factor != nullptr) {
            const Ratio number = Ratio(each.shares.value().number()) * *factor;
            told = told + number;
            shares = share_text(number);
        }
        all_told = all_told && !shares.is_null();
        add_holding(each.investor_name, name, std::move(shares));
    }
    if (!round.shares_issued || factor == nullptr) {
        add_holding("Other holders of " + name, name, {});
        return;
    }
    add_others(round, name, Ratio(round.shares_issued.value().number()) * *factor - told, all_told);
}

// Those who are not named, where the shares issued are `rest` more than those who are named have.
void ScenarioFiller::add_others(const ResolvedRound& round, const std::string& name, const Ratio& rest,
                                bool all_told) {
    const std::string label(round.label());
    const bool converted = rest.sign() < 0 || may_hold_converted(round);
    if (converted && !names_all_buyers(round)) {
        add_holding("Other holders of " + name, name, {});
        return note("who else holds " + name + " is not known: the shares that " + label +
                    " issued are those for new money, and those who took part may have got others for SAFEs "
                    "and notes: leave it out if nobody does");
    }
    if (converted && rest.sign() >= 0) return;
    if (rest.sign() > 0 && all_told) add_holding("Other holders of " + name, name, share_text(rest));
    if (rest.sign() > 0 && !all_told)
        note(share_text(rest) + " shares of " + label + " are divided among those without shares");
    if (rest.sign() < 0)
        note("those who took part in " + label + " have " + share_text(-rest) +
             " shares more than were sold, as by conversions");
}

void ScenarioFiller::add_convertible(const ResolvedRound& round, const std::string& id,
                                     const std::string& holder, FilledJson amount) {
    const bool safe = round.instrument.value() == Instrument::safe;
    FilledJson made{
        {"id", id}, {"holder", holder}, {"type", safe ? "safe" : "note"}, {"amount", std::move(amount)}};
    const auto date = round.date();
    made["issued"] =
        date && date->precision() == DatePrecision::day ? FilledJson(date->to_string()) : FilledJson();
    if (safe) {
        made["form"] = FilledJson();
    } else {
        made["interest"] = {{"rate", FilledJson()}, {"day_count", FilledJson()}};
    }
    made["cap"] = FilledJson();
    made["discount"] = FilledJson();
    convertibles_.push_back(std::move(made));
}

bool ScenarioFiller::may_follow(const ResolvedRound& round, const ResolvedRound& convertible) const {
    if (&round == &convertible || !round.takes_place()) return false;
    const auto date = round.date();
    if (date && viewpoint_.as_of && !date->begun_by(viewpoint_.as_of->last_day())) return false;
    return !date || !convertible.date() || !detail::surely_before(*date, *convertible.date());
}

// SAFEs and notes convert in the rounds that say that they include conversions; where none does, in any that
// sells shares.
std::vector<const ResolvedRound*> ScenarioFiller::may_convert_in(const ResolvedRound& convertible) const {
    std::vector<const ResolvedRound*> saying;
    std::vector<const ResolvedRound*> selling;
    for (const ResolvedRound& round : company_.rounds) {
        if (!may_follow(round, convertible) || includes_none(round)) continue;
        if (round.includes_conversions) saying.push_back(&round);
        if (round.instrument.get().value_or(Instrument::equity) == Instrument::equity)
            selling.push_back(&round);
    }
    return saying.empty() ? selling : saying;
}

// Whether those who took part may have shares for SAFEs and notes, which the shares issued leave out.
bool ScenarioFiller::may_hold_converted(const ResolvedRound& round) const {
    if (includes_none(round)) return false;
    if (round.includes_conversions) return true;
    const bool any = may_include_conversions_.contains(&round);
    return std::any_of(round.participations.begin(), round.participations.end(),
                       [&](const ResolvedParticipation& each) {
                           if (!each.shares) return false;
                           const bool priced = each.amount && each.amount.value().disclosed();
                           return priced && round.price_per_share ? !is_paid_for(round, each) : any;
                       });
}

void ScenarioFiller::note_conversions(const ResolvedRound& convertible) {
    std::string rounds;
    for (const ResolvedRound* in : may_convert_in(convertible)) {
        rounds += (rounds.empty() ? "" : ", or in ") + std::string(in->label());
        if (in->includes_conversions)
            rounds += ", which includes conversions of " + in->includes_conversions.value().to_string();
    }
    if (!rounds.empty())
        note(std::string(convertible.label()) + " may have converted in " + rounds + ": leave it out if so");
}

void ScenarioFiller::add_convertibles(const ResolvedRound& round) {
    note_conversions(round);
    Ratio told;
    bool all_told = true;
    std::size_t place = 0;
    for (const ResolvedParticipation& each : round.participations) {
        FilledJson amount;
        if (each.amount)
            amount = number_of(each.amount.value(), each.investor_name + "'s part of " + round.handle);
        if (!amount.is_null()) told = told + amount_number(each.amount.value());
        all_told = all_told && !amount.is_null();
        add_convertible(round, round.handle + "-" + std::to_string(++place), each.investor_name,
                        std::move(amount));
    }
    const bool raised = round.raised && round.raised.value().disclosed();
    FilledJson rest;
    if (raised) {
        rest = number_of(round.raised.value(), std::string(round.label()));
        const Ratio left = amount_number(round.raised.value()) - told;
        if (!rest.is_null() && left.sign() <= 0 && all_told && place > 0) return;
        if (!rest.is_null()) rest = model::number_text(left);
        if (!all_told) rest = FilledJson();
    }
    add_convertible(round, place == 0 ? round.handle : round.handle + "-rest",
                    (place == 0 ? "Investors of " : "Other investors of ") + round.handle, std::move(rest));
}

void ScenarioFiller::add(const ResolvedRound& round) {
    const Instrument instrument = round.instrument.get().value_or(Instrument::equity);
    switch (instrument) {
        case Instrument::equity:
            return add_shares(round);
        case Instrument::safe:
        case Instrument::convertible_note:
            return add_convertibles(round);
        case Instrument::secondary:
            return note(std::string(round.label()) +
                        " moved shares between holders: no entry says who sold them");
        default:
            return note(std::string(round.label()) + " is left out: " + std::string(to_string(instrument)) +
                        " is no part of a round's scenario");
    }
}

LedgerScenario ScenarioFiller::run() {
    add_holding("Holders of common", std::string(model::common_class), {});
    for (const ResolvedRound& round : company_.rounds) {
        if (!is_convertible(round) || !round.takes_place()) continue;
        const auto rounds = may_convert_in(round);
        may_include_conversions_.insert(rounds.begin(), rounds.end());
    }
    for (const ResolvedRound& round : company_.rounds) {
        if (!round.takes_place()) continue;
        if (has_come(round)) {
            add(round);
        } else if (!round.date() || round.date()->begun_by(viewpoint_.as_of->last_day())) {
            note(std::string(round.label()) + " is left out: its date leaves open whether it has come");
        }
    }
    FilledJson day;
    if (viewpoint_.as_of && viewpoint_.as_of->precision() == DatePrecision::day)
        day = viewpoint_.as_of->to_string();
    FilledJson json{{"company", company_.company}, {"date", day}};
    json["currency"] = currency_ ? FilledJson(std::string(currency_->code())) : FilledJson();
    json["holdings"] = std::move(holdings_);
    json["classes"] = std::move(classes_);
    json["convertibles"] = std::move(convertibles_);
    json["options"] = {{"granted", FilledJson()}, {"promised", FilledJson()}, {"available", FilledJson()}};
    json["round"] = {{"name", FilledJson()}, {"pre_money", FilledJson()}, {"new_money", FilledJson()}};
    find_blanks(json, "", made_.blanks);
    made_.json = json.dump(2, ' ', false, FilledJson::error_handler_t::replace);
    return std::move(made_);
}

}  // namespace

LedgerScenario scenario_of(const Dossier& dossier, const Viewpoint& viewpoint) {
    return ScenarioFiller(dossier, viewpoint).run();
}

}  // namespace postmoney
