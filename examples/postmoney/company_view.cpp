#include "company_view.hpp"

#include "text.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Json closing_json(const ResolvedClosing& closing) {
    return {{"on", closing.on.to_string()},
            {"name", text_or_null(closing.name)},
            {"amount", closing.amount.value().to_string()},
            {"source", text_or_null(source_of(closing.amount))}};
}

[[nodiscard]] Json participation_json(const ResolvedParticipation& participation) {
    return {{"investor", participation.investor_name},
            {"amount", participation.amount ? Json(text_of(participation.amount)) : Json()},
            {"lead", participation.lead ? Json(participation.lead.value()) : Json()},
            {"source", text_or_null(source_of(participation.amount_claim()))},
            {"lead_source", text_or_null(source_of(participation.lead))},
            {"shares", participation.shares ? Json(text_of(participation.shares)) : Json()}};
}

// A ratio or a percentage, to four decimals.
template <class T>
[[nodiscard]] Json decimal_or_null(const std::optional<T>& value) {
    return value ? Json(value->to_decimal(4, Rounding::half_even).to_string()) : Json();
}

[[nodiscard]] Json market_share_json(const MarketShare& share) {
    return {{"market", share.market},
            {"period", share.period.to_string()},
            {"total", share.total.to_string()},
            {"percent", share.share.to_decimal(4, Rounding::half_even).to_string()},
            {"round_in_period", share.in_period}};
}

[[nodiscard]] Json figures_json(const RoundFigures& figures, const std::optional<MarketShare>& share) {
    const auto& valuation = figures.valuation;
    return {{"valuation", valuation ? Json(valuation->value.to_string()) : Json()},
            {"valuation_origin", valuation ? Json(std::string(to_string(valuation->origin))) : Json()},
            {"ownership_sold_percent", decimal_or_null(figures.ownership_sold)},
            {"growth", decimal_or_null(figures.growth)},
            {"step_up", decimal_or_null(figures.step_up)},
            {"price_to_revenue", decimal_or_null(figures.price_to_revenue)},
            {"forward", figures.price_to_revenue ? Json(figures.revenue_forward) : Json()},
            {"market_share", share ? market_share_json(*share) : Json()}};
}

[[nodiscard]] Json share_price_json(const SharePriceStep& step) {
    if (step.last == nullptr) return {};
    return {{"last_round", step.last->handle},
            {"last_price", step.last_price ? Json(share_text(*step.last_price)) : Json()},
            {"adjusted_for", text_or_null(step.carried.splits_text())},
            {"step", decimal_or_null(step.step)},
            {"gap", step.gap ? Json(std::string(to_string(*step.gap))) : Json()}};
}

// Which splits the step is adjusted for, or why there is none.
[[nodiscard]] std::string adjustment_text(const SharePriceStep& step) {
    if (step.gap) return std::string(to_string(*step.gap));
    return step.carried.splits.empty() ? "" : "adjusted for " + step.carried.splits_text();
}

[[nodiscard]] std::string market_text(const std::optional<MarketShare>& share) {
    if (!share) return "";
    std::string text =
        percent_text(share->share) + " of " + share->total.to_string() + " in " + share->period.to_string();
    if (!share->in_period) text += " (the round is not in that period)";
    return text;
}

// A ratio to the revenue of a time after the round says so.
[[nodiscard]] std::string price_to_revenue_text(const RoundFigures& figures) {
    return ratio_text(figures.price_to_revenue) + (figures.revenue_forward ? " forward" : "");
}

// What is known of a round before anything of it can have come.
[[nodiscard]] ResolvedRound before_it_began(const ResolvedRound& round) {
    ResolvedRound known;
    known.handle = round.handle;
    known.handles = round.handles;
    known.name = round.name;
    ResolvedRound::valuations(
        round, [&](ValuationBasis basis, const Field<Valuation>& field) { known.valuation(basis) = field; });
    return known;
}

[[nodiscard]] std::vector<ResolvedRound> shown_rounds(const ResolvedCompany& company) {
    std::vector<ResolvedRound> rounds;
    for (const ResolvedRound& round : company.rounds)
        rounds.push_back(company.may_have_begun(round) ? round : before_it_began(round));
    return rounds;
}

}  // namespace

CompanyView::CompanyView(const Ledger& ledger, const std::string& name, const Viewpoint& seen)
    : profile(ledger.party(name)),
      viewpoint(seen),
      dossier(ledger.dossier(name, seen.known_at)),
      resolved(resolve(dossier, {}, seen)),
      rounds(shown_rounds(resolved)),
      figures(figures_of(resolved)),
      share_price_steps(postmoney::share_price_steps(resolved)),
      market_totals(ledger.claims_of_kind(EntryKind::market_total, seen)) {}

bool CompanyView::has_begun(std::size_t place) const {
    return resolved.may_have_begun(resolved.rounds[place]);
}

std::optional<MarketShare> CompanyView::share(const ResolvedRound& round) const {
    return market_share_of(round, profile.market, market_totals);
}

std::string date_text(const ResolvedRound& round) {
    const auto date = round.date();
    return date ? date->to_string() : "";
}

std::string state_text(const ResolvedRound& round) {
    const auto state = round.state();
    return state ? std::string(to_string(*state)) : "";
}

Table empty_participants_table() {
    return Table({"round", "investor", "amount", "lead", "source"});
}

void add_participants(Table& table, const ResolvedRound& round) {
    for (const ResolvedParticipation& participation : round.participations) {
        table.add({std::string(round.label()), participation.investor_name,
                   participation.amount ? text_of(participation.amount) : "undisclosed",
                   lead_text(participation.lead.get(), source_of(participation.lead),
                             source_of(participation.amount_claim())),
                   source_of(participation.amount_claim())});
    }
}

Table empty_figures_table() {
    return Table(
        {"round", "valuation", "from", "sold", "growth", "step-up", "to revenue", "part of the market"});
}

void add_figures(Table& table, const CompanyView& view, std::size_t place) {
    const RoundFigures& figures = view.figures[place];
    const ResolvedRound& round = view.rounds[place];
    const auto share = view.share(round);
    if (figures == RoundFigures() && !share) return;
    table.add({std::string(round.label()), figures.valuation ? brief(figures.valuation->value) : "",
               figures.valuation ? std::string(to_string(figures.valuation->origin)) : "",
               percent_text(figures.ownership_sold), ratio_text(figures.growth), ratio_text(figures.step_up),
               price_to_revenue_text(figures), market_text(share)});
}

Table empty_share_prices_table() {
    return Table({"round", "date", "class", "price", "shares issued", "last price", "step", "note"});
}

void add_share_price(Table& table, const CompanyView& view, std::size_t place) {
    const ResolvedRound& round = view.rounds[place];
    if (!round.price_per_share) return;
    const SharePriceStep& step = view.share_price_steps[place];
    const std::string last_price = step.last_price
                                       ? share_text(*step.last_price) + " " +
                                             std::string(step.last->price_per_share.value().currency().code())
                                       : "";
    table.add({std::string(round.label()), date_text(round), text_of(round.security_class),
               text_of(round.price_per_share), text_of(round.shares_issued), last_price,
               ratio_text(step.step), adjustment_text(step)});
}

Json json_of_round(const CompanyView& view, std::size_t place) {
    const ResolvedRound& round = view.rounds[place];
    Json json{{"round", round.handle},
              {"date", text_or_null(date_text(round))},
              {"state", text_or_null(state_text(round))}};
    ResolvedRound::fields(
        round, [&](std::string_view name, const auto& field) { json[std::string(name)] = json_of(field); });
    json["closings"] = Json::array();
    for (const ResolvedClosing& closing : round.closings) json["closings"].push_back(closing_json(closing));
    json["participations"] = Json::array();
    for (const ResolvedParticipation& participation : round.participations)
        json["participations"].push_back(participation_json(participation));
    json["valuations"] = Json::array();
    ResolvedRound::valuations(round, [&](ValuationBasis, const Field<Valuation>& field) {
        if (field) json["valuations"].push_back(json_of_valuation(field));
    });
    json["figures"] = figures_json(view.figures[place], view.share(round));
    json["share_price_step"] = share_price_json(view.share_price_steps[place]);
    return json;
}

Json json_of_valuation(const Field<Valuation>& field) {
    Json others = Json::array();
    for (const auto& other : field.losing()) {
        others.push_back({{"amount", other.value->amount.to_string()},
                          {"on", other.value->on.to_string()},
                          {"source", text_or_null(source_of(*other.claim))}});
    }
    return {{"amount", field.value().amount.to_string()},
            {"basis", std::string(to_string(field.value().basis))},
            {"on", field.value().on.to_string()},
            {"source", text_or_null(source_of(field))},
            {"others", others}};
}
