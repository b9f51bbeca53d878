#include <algorithm>
#include <nlohmann/json.hpp>

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
    void add(const ResolvedRound& round);
    void add_shares(const ResolvedRound& round);
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
    return model::number_text(Ratio(amount.quantity().number().value()));
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
    const Ratio rest = Ratio(round.shares_issued.value().number()) * *factor - told;
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

void ScenarioFiller::add_convertibles(const ResolvedRound& round) {
    for (const ResolvedRound& later : company_.rounds) {
        const auto date = round.date();
        if (&later == &round || !later.includes_conversions || !later.takes_place()) continue;
        if (date && later.date() && detail::surely_before(*later.date(), *date)) continue;
        note(std::string(round.label()) + " may have converted in " + std::string(later.label()) +
             ", which includes conversions of " + later.includes_conversions.value().to_string() +
             ": leave it out if so");
    }
    Ratio told;
    bool all_told = true;
    std::size_t place = 0;
    for (const ResolvedParticipation& each : round.participations) {
        FilledJson amount;
        if (each.amount)
            amount = number_of(each.amount.value(), each.investor_name + "'s part of " + round.handle);
        if (!amount.is_null()) told = told + Ratio(each.amount.value().quantity().number().value());
        all_told = all_told && !amount.is_null();
        add_convertible(round, round.handle + "-" + std::to_string(++place), each.investor_name,
                        std::move(amount));
    }
    const bool raised = round.raised && round.raised.value().disclosed();
    FilledJson rest;
    if (raised) {
        rest = number_of(round.raised.value(), std::string(round.label()));
        const Ratio left = Ratio(round.raised.value().quantity().number().value()) - told;
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
