// The commands that ask the ledger.
#include <fmt/core.h>

#include <iostream>

#include "commands.hpp"
#include "files.hpp"
#include "table.hpp"

using namespace postmoney;

Viewpoint Arguments::viewpoint() const {
    Viewpoint result;
    const auto read = [](const char* option, const std::string& text, const auto& parse) {
        try {
            if (!text.empty()) parse();
        } catch (const Error& error) {
            throw error.in_field(option);
        }
    };
    read("--as-of", as_of, [&] { result.as_of = PartialDate::parse(as_of); });
    read("--known-at", known_at, [&] { result.known_at = Timestamp::parse(known_at); });
    return result;
}

std::optional<Timestamp> Arguments::recorded_time() const {
    if (recorded.empty()) return std::nullopt;
    try {
        return Timestamp::parse(recorded);
    } catch (const Error& error) {
        throw error.in_field("--recorded");
    }
}

namespace {

//--- Pieces of text and JSON

[[nodiscard]] Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

template <class T>
[[nodiscard]] std::string text_of(const Field<T>& field) {
    if (!field) return {};
    if constexpr (std::is_same_v<T, std::string>) {
        return field.value();
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(field.value());
    } else if constexpr (detail::Worded<T>) {
        return std::string(to_string(field.value()));
    } else {
        return field.value().to_string();
    }
}

template <class T>
[[nodiscard]] std::string source_of(const Field<T>& field) {
    return field ? field.winner().entry.source.value_or("") : "";
}

template <class T>
[[nodiscard]] Json json_of(const Field<T>& field) {
    if (!field) return {};
    Json json{{"value", text_of(field)}, {"source", text_or_null(source_of(field))}};
    json["entry"] = "sha256:" + field.winner().id.to_string();
    return json;
}

[[nodiscard]] std::string ratio_text(const std::optional<Ratio>& ratio) {
    return ratio ? ratio->to_decimal(4, Rounding::half_even).normalized().to_string() + "x" : "";
}

[[nodiscard]] std::string percent_text(const std::optional<Percentage>& percentage) {
    return percentage ? percentage->to_string(1, Rounding::half_even) : "";
}

void print_section(const std::string& title, const Table& table) {
    if (table.empty()) return;
    std::cout << '\n' << title << '\n';
    table.print(std::cout);
}

void print_heading(const PartyProfile& profile) {
    std::string line = profile.name;
    std::string details;
    for (const std::string& part :
         {profile.type, profile.country, profile.founded.empty() ? "" : "founded " + profile.founded,
          profile.market}) {
        if (!part.empty()) details += (details.empty() ? "" : ", ") + part;
    }
    if (!details.empty()) line += " (" + details + ")";
    std::cout << printable(line) << '\n';
}

//--- Totals

[[nodiscard]] Json json_of(const Total& total, const std::string& company, const Viewpoint& viewpoint) {
    const auto text = [](const std::optional<Money>& money) { return money ? money->amount_string() : "0"; };
    return {{"company", company},
            {"currency", total.currency ? Json(std::string(total.currency->code())) : Json()},
            {"known", text(total.known)},
            {"lower", text(total.lower)},
            {"upper", total.upper ? Json(total.upper->amount_string()) : Json()},
            {"rounds", total.rounds},
            {"undisclosed", total.undisclosed},
            {"as_of", viewpoint.as_of ? Json(viewpoint.as_of->to_string()) : Json()},
            {"known_at", viewpoint.known_at ? Json(viewpoint.known_at->to_string()) : Json()}};
}

[[nodiscard]] Json json_of(const std::vector<Total>& totals, const std::string& company,
                           const Viewpoint& viewpoint) {
    if (totals.size() == 1) return json_of(totals.front(), company, viewpoint);
    Json array = Json::array();
    for (const Total& total : totals) array.push_back(json_of(total, company, viewpoint));
    return array;
}

void print_totals(const std::vector<Total>& totals) {
    if (totals.empty()) {
        std::cout << "nothing raised that counts\n";
        return;
    }
    Table table({"currency", "known", "lower", "upper", "rounds", "undisclosed"});
    for (const Total& total : totals) {
        table.add({total.currency ? std::string(total.currency->code()) : "?",
                   total.known ? total.known->amount_string() : "0",
                   total.lower ? total.lower->amount_string() : "0",
                   total.upper ? total.upper->amount_string() : "open", std::to_string(total.rounds),
                   std::to_string(total.undisclosed)});
    }
    table.print(std::cout);
}

[[nodiscard]] InstrumentFilter instruments_of(const Arguments& arguments) {
    if (arguments.instruments.empty()) return {};
    std::vector<Instrument> instruments;
    for (const std::string& word : arguments.instruments) {
        if (word == "all") return InstrumentFilter::all();
        try {
            instruments.push_back(detail::from_word<Instrument>(word));
        } catch (const Error& error) {
            throw error.in_field("--instrument");
        }
    }
    return InstrumentFilter::only(instruments);
}

//--- What a company looks like

// All that the views on a company need, gathered once.
struct CompanyView {
    PartyProfile profile;
    Viewpoint viewpoint;
    Dossier dossier;
    ResolvedCompany resolved;
    std::vector<RoundFigures> figures;
    std::vector<Claim> market_totals;

    CompanyView(const Ledger& ledger, const std::string& name, const Viewpoint& seen)
        : profile(ledger.party(name)),
          viewpoint(seen),
          dossier(ledger.dossier(name, seen.known_at)),
          resolved(resolve(dossier, {}, seen)),
          figures(figures_of(resolved)),
          market_totals(ledger.claims_of_kind(EntryKind::market_total, seen)) {}

    [[nodiscard]] std::optional<MarketShare> share(const ResolvedRound& round) const {
        return market_share_of(round, profile.market, market_totals);
    }
    [[nodiscard]] std::vector<Total> totals() const {
        return total_raised(resolved, {.as_of = viewpoint.as_of});
    }
};

[[nodiscard]] std::string date_text(const ResolvedRound& round) {
    const auto date = round.date();
    return date ? date->to_string() : "";
}

[[nodiscard]] std::string state_text(const ResolvedRound& round) {
    const auto state = round.state();
    return state ? std::string(to_string(*state)) : "";
}

[[nodiscard]] std::string market_text(const std::optional<MarketShare>& share) {
    if (!share) return "";
    std::string text =
        percent_text(share->share) + " of " + share->total.to_string() + " in " + share->period.to_string();
    if (!share->in_period) text += " (the round is not in that period)";
    return text;
}

[[nodiscard]] Table rounds_table(const CompanyView& view) {
    Table table(
        {"date", "round", "handle", "raised", "source", "investors", "named", "status", "instrument"});
    for (const ResolvedRound& round : view.resolved.rounds) {
        table.add({date_text(round), std::string(round.label()), round.handle,
                   round.raised ? text_of(round.raised) : "undisclosed", source_of(round.raised),
                   text_of(round.investors), std::to_string(round.participations.size()), state_text(round),
                   text_of(round.instrument)});
    }
    return table;
}

[[nodiscard]] Table valuations_table(const CompanyView& view) {
    Table table({"on", "round", "basis", "valuation", "source", "other claims"});
    const auto add = [&](const std::string& round, const std::string& basis, const Field<Valuation>& field) {
        if (!field) return;
        std::string others;
        for (const auto& other : field.losing()) {
            others += (others.empty() ? "" : "; ") + other.value->amount.to_string() + " (" +
                      other.claim->entry.source.value_or("no source") + ")";
        }
        table.add({field.value().on.to_string(), round, basis, field.value().amount.to_string(),
                   source_of(field), others});
    };
    for (const ResolvedRound& round : view.resolved.rounds) {
        ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
            add(std::string(round.label()), std::string(to_string(basis)), field);
        });
    }
    for (const auto& valuation : view.resolved.valuations) {
        add("", std::string(to_string(valuation.basis)), valuation.valuation);
    }
    return table;
}

[[nodiscard]] Table participants_table(const std::vector<ResolvedRound>& rounds) {
    Table table({"round", "investor", "amount", "lead", "source"});
    for (const ResolvedRound& round : rounds) {
        for (const ResolvedParticipation& participation : round.participations) {
            table.add({std::string(round.label()), participation.investor_name,
                       participation.amount ? text_of(participation.amount) : "undisclosed",
                       participation.lead ? (participation.lead.value() ? "yes" : "no") : "",
                       participation.claims.front()->entry.source.value_or("")});
        }
    }
    return table;
}

[[nodiscard]] Table figures_table(const CompanyView& view) {
    Table table(
        {"round", "valuation", "from", "sold", "growth", "step-up", "to revenue", "part of the market"});
    for (std::size_t i = 0; i < view.figures.size(); ++i) {
        const RoundFigures& figures = view.figures[i];
        const ResolvedRound& round = view.resolved.rounds[i];
        const auto share = view.share(round);
        if (!figures.valuation && !share) continue;
        table.add({std::string(round.label()), figures.valuation ? brief(figures.valuation->value) : "",
                   figures.valuation ? std::string(to_string(figures.valuation->origin)) : "",
                   percent_text(figures.ownership_sold), ratio_text(figures.growth),
                   ratio_text(figures.step_up), ratio_text(figures.price_to_revenue), market_text(share)});
    }
    return table;
}

[[nodiscard]] Table stated_totals_table(const CompanyView& view) {
    Table table({"on", "total as stated", "source"});
    for (const auto& total : view.resolved.stated_totals) {
        for (const auto& stated : total.total.all()) {
            table.add({total.on.to_string(), stated.value->amount.to_string(),
                       stated.claim->entry.source.value_or("")});
        }
    }
    return table;
}

[[nodiscard]] Table metrics_table(const CompanyView& view) {
    Table table({"on", "metric", "value", "unit", "per", "kind", "source"});
    for (const auto& metric : view.resolved.metrics) {
        const Metric& value = metric.metric.value();
        table.add({metric.on.to_string(), metric.name, to_string(value.value), value.unit.value_or(""),
                   value.per ? std::string(to_string(*value.per)) : "", metric.target ? "target" : "",
                   source_of(metric.metric)});
    }
    return table;
}

[[nodiscard]] Table others_table(const CompanyView& view) {
    Table table({"what", "who or what", "source"});
    for (const Claim& claim : view.dossier.claims) {
        if (const auto* relation = claim.as<Relation>()) {
            table.add({std::string(to_string(relation->type)), claim.counterparty_name,
                       claim.entry.source.value_or("")});
        }
        if (const auto* remark = claim.as<Remark>()) {
            table.add({"remark", remark->text, claim.entry.source.value_or("")});
        }
    }
    return table;
}

//--- The same as JSON

[[nodiscard]] Json json_of(const ResolvedParticipation& participation) {
    return {{"investor", participation.investor_name},
            {"amount", participation.amount ? Json(text_of(participation.amount)) : Json()},
            {"lead", participation.lead ? Json(participation.lead.value()) : Json()},
            {"source", text_or_null(participation.claims.front()->entry.source.value_or(""))}};
}

[[nodiscard]] Json json_of_valuation(const Field<Valuation>& field) {
    Json json{{"amount", field.value().amount.to_string()},
              {"basis", std::string(to_string(field.value().basis))},
              {"on", field.value().on.to_string()},
              {"source", text_or_null(source_of(field))}};
    json["others"] = Json::array();
    for (const auto& other : field.losing()) {
        json["others"].push_back({{"amount", other.value->amount.to_string()},
                                  {"on", other.value->on.to_string()},
                                  {"source", text_or_null(other.claim->entry.source.value_or(""))}});
    }
    return json;
}

[[nodiscard]] Json json_of(const RoundFigures& figures, const std::optional<MarketShare>& share) {
    const auto ratio = [](const std::optional<Ratio>& value) {
        return value ? Json(value->to_decimal(4, Rounding::half_even).to_string()) : Json();
    };
    Json json{
        {"valuation", figures.valuation ? Json(figures.valuation->value.to_string()) : Json()},
        {"valuation_origin",
         figures.valuation ? Json(std::string(to_string(figures.valuation->origin))) : Json()},
        {"ownership_sold_percent",
         figures.ownership_sold ? Json(figures.ownership_sold->to_decimal(4, Rounding::half_even).to_string())
                                : Json()},
        {"growth", ratio(figures.growth)},
        {"step_up", ratio(figures.step_up)},
        {"price_to_revenue", ratio(figures.price_to_revenue)},
        {"market_share", Json()}};
    if (share) {
        json["market_share"] = {{"market", share->market},
                                {"period", share->period.to_string()},
                                {"total", share->total.to_string()},
                                {"percent", share->share.to_decimal(4, Rounding::half_even).to_string()},
                                {"round_in_period", share->in_period}};
    }
    return json;
}

[[nodiscard]] Json json_of(const ResolvedRound& round, const RoundFigures& figures,
                           const std::optional<MarketShare>& share) {
    Json json{{"round", round.handle},
              {"date", text_or_null(date_text(round))},
              {"state", text_or_null(state_text(round))}};
    ResolvedRound::fields(
        round, [&](std::string_view name, const auto& field) { json[std::string(name)] = json_of(field); });
    json["closings"] = Json::array();
    for (const auto& closing : round.closings) {
        json["closings"].push_back({{"on", closing.on.to_string()},
                                    {"name", text_or_null(closing.name)},
                                    {"amount", closing.amount.value().to_string()},
                                    {"source", text_or_null(source_of(closing.amount))}});
    }
    json["participations"] = Json::array();
    for (const auto& participation : round.participations)
        json["participations"].push_back(json_of(participation));
    json["valuations"] = Json::array();
    ResolvedRound::valuations(round, [&](ValuationBasis, const Field<Valuation>& field) {
        if (field) json["valuations"].push_back(json_of_valuation(field));
    });
    json["figures"] = json_of(figures, share);
    return json;
}

[[nodiscard]] Json json_of(const CompanyView& view) {
    const PartyProfile& profile = view.profile;
    Json json{{"company", profile.name},
              {"type", text_or_null(profile.type)},
              {"country", text_or_null(profile.country)},
              {"founded", text_or_null(profile.founded)},
              {"market", text_or_null(profile.market)}};
    json["totals"] = Json::array();
    for (const Total& total : view.totals())
        json["totals"].push_back(json_of(total, profile.name, view.viewpoint));
    json["rounds"] = Json::array();
    for (std::size_t i = 0; i < view.resolved.rounds.size(); ++i) {
        const ResolvedRound& round = view.resolved.rounds[i];
        json["rounds"].push_back(json_of(round, view.figures[i], view.share(round)));
    }
    json["valuations"] = Json::array();
    for (const auto& valuation : view.resolved.valuations)
        json["valuations"].push_back(json_of_valuation(valuation.valuation));
    json["stated_totals"] = Json::array();
    for (const auto& total : view.resolved.stated_totals) {
        for (const auto& stated : total.total.all()) {
            json["stated_totals"].push_back(
                {{"on", total.on.to_string()},
                 {"amount", stated.value->amount.to_string()},
                 {"source", text_or_null(stated.claim->entry.source.value_or(""))}});
        }
    }
    json["metrics"] = Json::array();
    for (const auto& metric : view.resolved.metrics) {
        const Metric& value = metric.metric.value();
        json["metrics"].push_back({{"on", metric.on.to_string()},
                                   {"name", metric.name},
                                   {"value", to_string(value.value)},
                                   {"unit", text_or_null(value.unit.value_or(""))},
                                   {"per", value.per ? Json(std::string(to_string(*value.per))) : Json()},
                                   {"target", metric.target},
                                   {"source", text_or_null(source_of(metric.metric))}});
    }
    json["relations"] = Json::array();
    json["remarks"] = Json::array();
    for (const Claim& claim : view.dossier.claims) {
        const Json source = text_or_null(claim.entry.source.value_or(""));
        if (const auto* relation = claim.as<Relation>()) {
            json["relations"].push_back({{"type", std::string(to_string(relation->type))},
                                         {"to", claim.counterparty_name},
                                         {"source", source}});
        }
        if (const auto* remark = claim.as<Remark>())
            json["remarks"].push_back({{"text", remark->text}, {"source", source}});
    }
    return json;
}

}  // namespace

int company(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    const CompanyView view(ledger, arguments.name, arguments.viewpoint());
    if (arguments.json) {
        print(json_of(view));
        return 0;
    }
    print_heading(view.profile);
    std::cout << "\nTotal raised\n";
    print_totals(view.totals());
    print_section("Rounds", rounds_table(view));
    print_section("Valuations", valuations_table(view));
    print_section("Participants named", participants_table(view.resolved.rounds));
    print_section("Figures", figures_table(view));
    print_section("Totals as others state them", stated_totals_table(view));
    print_section("Metrics", metrics_table(view));
    print_section("Relations and remarks", others_table(view));
    return 0;
}

int investor(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    const PartyProfile profile = ledger.party(arguments.name);
    const auto investments = ledger.investments(arguments.name, arguments.viewpoint());
    if (arguments.json) {
        Json json{
            {"investor", profile.name}, {"type", text_or_null(profile.type)}, {"investments", Json::array()}};
        for (const Investment& investment : investments) {
            json["investments"].push_back(
                {{"company", investment.company},
                 {"round", investment.round},
                 {"round_name", investment.round_name},
                 {"date", investment.date ? Json(investment.date->to_string()) : Json()},
                 {"amount", investment.amount ? Json(investment.amount->to_string()) : Json()},
                 {"lead", investment.lead ? Json(*investment.lead) : Json()},
                 {"co_investors", investment.co_investors},
                 {"source", text_or_null(investment.source)}});
        }
        print(json);
        return 0;
    }
    print_heading(profile);
    Table table({"date", "company", "round", "amount", "lead", "with", "source"});
    for (const Investment& investment : investments) {
        std::string with;
        for (const std::string& other : investment.co_investors) with += (with.empty() ? "" : ", ") + other;
        table.add({investment.date ? investment.date->to_string() : "", investment.company,
                   investment.round_name, investment.amount ? investment.amount->to_string() : "undisclosed",
                   investment.lead ? (*investment.lead ? "yes" : "no") : "", with, investment.source});
    }
    if (table.empty()) {
        std::cout << "no investments on record\n";
    } else {
        print_section("Investments", table);
    }
    return 0;
}

int round(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    CompanyView view(ledger, ledger.company_of_round(arguments.name), arguments.viewpoint());
    const auto& rounds = view.resolved.rounds;
    const auto at = std::find_if(rounds.begin(), rounds.end(), [&](const ResolvedRound& r) {
        return std::find(r.handles.begin(), r.handles.end(), arguments.name) != r.handles.end();
    });
    if (at == rounds.end()) {
        throw Error::refused(ErrorCode::unknown_round, arguments.name,
                             "a round that anything is said of at that time");
    }
    const auto index = static_cast<std::size_t>(at - rounds.begin());
    if (arguments.json) {
        Json json = json_of(*at, view.figures[index], view.share(*at));
        json["company"] = view.profile.name;
        print(json);
        return 0;
    }
    std::cout << printable(std::string(at->label()) + " of " + view.profile.name) << '\n';
    Table table({"field", "value", "source", "other claims"});
    ResolvedRound::fields(*at, [&](std::string_view name, const auto& field) {
        if (field)
            table.add(
                {std::string(name), text_of(field), source_of(field), std::to_string(field.losing().size())});
    });
    print_section("Fields", table);
    Table closings({"on", "closing", "amount", "source"});
    for (const auto& closing : at->closings) {
        closings.add({closing.on.to_string(), closing.name, closing.amount.value().to_string(),
                      source_of(closing.amount)});
    }
    print_section("Closings", closings);
    Table valuations({"on", "basis", "valuation", "source"});
    ResolvedRound::valuations(*at, [&](ValuationBasis basis, const Field<Valuation>& field) {
        if (!field) return;
        valuations.add({field.value().on.to_string(), std::string(to_string(basis)),
                        field.value().amount.to_string(), source_of(field)});
    });
    print_section("Valuations", valuations);
    print_section("Participants named", participants_table({*at}));
    return 0;
}

int total(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    TotalQuery query;
    query.viewpoint = arguments.viewpoint();
    query.instruments = instruments_of(arguments);
    query.exclude_funds = arguments.exclude_funds;
    try {
        if (!arguments.in.empty()) query.in = ledger.currencies().get(arguments.in);
    } catch (const Error& error) {
        throw error.in_field("--in");
    }
    const auto totals = ledger.total_raised(arguments.name, query);
    if (arguments.json) {
        print(json_of(totals, ledger.party(arguments.name).name, query.viewpoint));
    } else {
        print_totals(totals);
    }
    return 0;
}

int claims(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    const CompanyView view(ledger, arguments.name, arguments.viewpoint());
    Json lines = Json::array();
    Table table({"round", "field", "stated", "used", "source", "type", "published", "recorded"});
    for (const StatedFact& fact : stated_facts(view.resolved)) {
        const Claim& claim = *fact.claim;
        const std::string source = claim.entry.source.value_or("");
        const std::string type = claim.source ? std::string(to_string(claim.source->type)) : "";
        const std::string published =
            claim.source && claim.source->published ? claim.source->published->to_string() : "";
        if (arguments.json) {
            lines.push_back({{"company", view.profile.name},
                             {"round", text_or_null(fact.round)},
                             {"field", fact.field},
                             {"stated", fact.stated},
                             {"used", fact.used},
                             {"source", text_or_null(source)},
                             {"source_type", text_or_null(type)},
                             {"published", text_or_null(published)},
                             {"as_written", text_or_null(claim.entry.as_written.value_or(""))},
                             {"recorded", claim.recorded.to_string()},
                             {"entry", "sha256:" + claim.id.to_string()}});
        } else {
            table.add({fact.round, fact.field, fact.stated, fact.used ? "yes" : "", source, type, published,
                       claim.recorded.to_string()});
        }
    }
    if (arguments.json) {
        print(lines);
    } else if (table.empty()) {
        std::cout << "no claims on figures\n";
    } else {
        table.print(std::cout);
    }
    return 0;
}

int reconcile(const Arguments& arguments) {
    const Ledger ledger = open_to_read(arguments);
    const Viewpoint viewpoint = arguments.viewpoint();
    const auto findings =
        arguments.name.empty() ? ledger.reconcile(viewpoint) : ledger.reconcile(arguments.name, viewpoint);
    Json lines = Json::array();
    Table table({"severity", "code", "company", "round", "field", "what"});
    int status = 0;
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::error) status = 1;
        if (arguments.json) {
            Json entries = Json::array();
            for (const EntryId& id : finding.entries) entries.push_back("sha256:" + id.to_string());
            const auto text = [](const std::optional<std::string>& value) {
                return value ? Json(*value) : Json();
            };
            lines.push_back({{"code", std::string(to_string(finding.code))},
                             {"severity", std::string(to_string(finding.severity))},
                             {"company", finding.company},
                             {"round", text_or_null(finding.round)},
                             {"field", text_or_null(finding.field)},
                             {"stated", text(finding.stated)},
                             {"computed", text(finding.computed)},
                             {"difference", text(finding.difference)},
                             {"message", finding.message},
                             {"entries", entries}});
        } else {
            table.add({std::string(to_string(finding.severity)), std::string(to_string(finding.code)),
                       finding.company, finding.round, finding.field, finding.message});
        }
    }
    if (arguments.json) {
        print(lines);
    } else if (table.empty()) {
        std::cout << "nothing to compare\n";
    } else {
        table.print(std::cout);
    }
    return status;
}
