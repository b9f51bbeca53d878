#include <array>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "company_view.hpp"
#include "open_ledger.hpp"
#include "table_page.hpp"
#include "text.hpp"
#include "totals.hpp"
#include "viewpoint_options.hpp"

using namespace postmoney;

namespace {

// Sums, or why they cannot be told: one of them is beyond 64 bits. The rest of the page stands without it.
template <class Sum>
struct Told {
    std::optional<std::vector<Sum>> sums = {};
    std::string refusal = {};
};

template <class Ask>
[[nodiscard]] auto told(const Ask& ask) {
    Told<typename decltype(ask())::value_type> result;
    try {
        result.sums = ask();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::overflow) throw;
        result.refusal = error.message();
    }
    return result;
}

[[nodiscard]] Told<Total> totals_of(const CompanyView& view) {
    return told([&] { return total_raised(view.resolved, {.as_of = view.viewpoint.as_of}); });
}

[[nodiscard]] Told<LeftOut> left_out_of(const CompanyView& view) {
    return told([&] { return left_out(view.resolved, {.as_of = view.viewpoint.as_of}); });
}

constexpr std::array all_series{ValuationSeries::valuation, ValuationSeries::mark, ValuationSeries::irc_409a};

//--- As text ---

// What a round of which nobody says what it raised has of closings.
[[nodiscard]] std::string closings_text(const ResolvedRound& round) {
    Balance sums;
    for (const ResolvedClosing& closing : round.closings) {
        if (closing.amount.value().disclosed()) sums += closing.amount.value().known();
    }
    std::string text;
    for (const Money& sum : sums) text += (text.empty() ? "" : ", ") + sum.to_string();
    return text.empty() ? "undisclosed" : text + " in closings";
}

[[nodiscard]] Table rounds_table(const CompanyView& view) {
    Table table(
        {"date", "round", "handle", "raised", "source", "investors", "named", "status", "instrument"});
    for (std::size_t place = 0; place < view.rounds.size(); ++place) {
        if (!view.has_begun(place)) continue;
        const ResolvedRound& round = view.rounds[place];
        table.add({date_text(round), std::string(round.label()), round.handle,
                   round.raised ? text_of(round.raised) : closings_text(round), source_of(round.raised),
                   text_of(round.investors), std::to_string(round.participations.size()), state_text(round),
                   text_of(round.instrument)});
    }
    return table;
}

[[nodiscard]] std::string other_valuations_text(const Field<Valuation>& field) {
    std::string text;
    for (const auto& other : field.losing()) {
        text += (text.empty() ? "" : "; ") + other.value->amount.to_string() + " (" +
                other.claim->entry.source.value_or("no source") + ")";
    }
    return text;
}

[[nodiscard]] Table valuations_table(const CompanyView& view) {
    Table table({"on", "round", "basis", "valuation", "source", "other claims"});
    const auto add = [&](std::string_view round, ValuationBasis basis, const Field<Valuation>& field) {
        if (!field) return;
        table.add({field.value().on.to_string(), std::string(round), std::string(to_string(basis)),
                   field.value().amount.to_string(), source_of(field), other_valuations_text(field)});
    };
    for (const ResolvedRound& round : view.rounds) {
        ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
            add(round.label(), basis, field);
        });
    }
    for (const auto& valuation : view.resolved.valuations) add("", valuation.basis, valuation.valuation);
    return table;
}

[[nodiscard]] Table latest_valuations_table(const CompanyView& view) {
    Table table({"series", "on", "round", "basis", "valuation", "source"});
    for (const ValuationSeries series : all_series) {
        const auto latest = latest_valuation(view.resolved, series);
        if (!latest) continue;
        const Valuation& valuation = latest->valuation();
        table.add({std::string(to_string(series)), valuation.on.to_string(),
                   latest->round != nullptr ? std::string(latest->round->label()) : "",
                   std::string(to_string(valuation.basis)), valuation.amount.to_string(),
                   source_of(latest->claim())});
    }
    return table;
}

[[nodiscard]] Table participants_table(const CompanyView& view) {
    Table table = empty_participants_table();
    for (const ResolvedRound& round : view.rounds) add_participants(table, round);
    return table;
}

[[nodiscard]] Table figures_table(const CompanyView& view) {
    Table table = empty_figures_table();
    for (std::size_t i = 0; i < view.figures.size(); ++i) add_figures(table, view, i);
    return table;
}

[[nodiscard]] Table share_prices_table(const CompanyView& view) {
    Table table = empty_share_prices_table();
    for (std::size_t i = 0; i < view.share_price_steps.size(); ++i) add_share_price(table, view, i);
    return table;
}

[[nodiscard]] Table splits_table(const CompanyView& view) {
    Table table({"on", "ratio", "class", "source", "used"});
    for (const StatedFact& fact : split_facts(view.resolved.splits)) {
        const Split& split = *fact.claim->as<Split>();
        table.add({split.on.to_string(), split.ratio.to_string(), split.security_class.value_or("all"),
                   source_of(*fact.claim), fact.used ? "yes" : "no"});
    }
    return table;
}

[[nodiscard]] Table stated_totals_table(const CompanyView& view) {
    Table table({"on", "total as stated", "source"});
    for (const auto& total : view.resolved.stated_totals) {
        for (const auto& stated : total.total.all()) {
            table.add({total.on.to_string(), stated.value->amount.to_string(), source_of(*stated.claim)});
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

[[nodiscard]] Table relations_and_remarks_table(const CompanyView& view) {
    Table table({"what", "who or what", "source"});
    for (const Claim& claim : view.dossier.claims) {
        if (const auto* relation = claim.as<Relation>())
            table.add({std::string(to_string(relation->type)), claim.counterparty_name, source_of(claim)});
        if (const auto* remark = claim.as<Remark>()) table.add({"remark", remark->text, source_of(claim)});
    }
    return table;
}

[[nodiscard]] TablePage company_tables(const CompanyView& view) {
    TablePage page;
    page.add("rounds", "Rounds", rounds_table(view));
    page.add("valuations", "Valuations", valuations_table(view));
    page.add("latest-valuations", "Latest valuation", latest_valuations_table(view));
    page.add("participants", "Participants named", participants_table(view));
    page.add("figures", "Figures", figures_table(view));
    page.add("prices", "Prices per share", share_prices_table(view));
    page.add("splits", "Splits", splits_table(view));
    page.add("stated-totals", "Totals as others state them", stated_totals_table(view));
    page.add("metrics", "Metrics", metrics_table(view));
    page.add("relations", "Relations and remarks", relations_and_remarks_table(view));
    return page;
}

void print_company(const CompanyView& view) {
    print_heading(view.profile);
    std::cout << "\nTotal raised\n";
    const auto totals = totals_of(view);
    const auto left_out = left_out_of(view);
    if (totals.sums && left_out.sums) {
        print_totals(*totals.sums, *left_out.sums);
    } else {
        for (const std::string& refusal : {totals.refusal, left_out.refusal})
            if (!refusal.empty()) std::cout << untold_text << ": " << refusal << '\n';
        if (left_out.sums) print_left_out(*left_out.sums);
    }
    company_tables(view).print();
}

//--- As JSON ---

[[nodiscard]] Json rounds_json(const CompanyView& view) {
    Json json = Json::array();
    for (std::size_t i = 0; i < view.rounds.size(); ++i)
        if (view.has_begun(i)) json.push_back(json_of_round(view, i));
    return json;
}

// Those that stand with no round: of none, or of one of which nothing can have come by the day.
[[nodiscard]] Json valuations_json(const CompanyView& view) {
    Json json = Json::array();
    const auto add = [&](const Field<Valuation>& field, const Json& round) {
        Json valuation = json_of_valuation(field);
        valuation["round"] = round;
        json.push_back(std::move(valuation));
    };
    for (std::size_t i = 0; i < view.rounds.size(); ++i) {
        if (view.has_begun(i)) continue;
        ResolvedRound::valuations(view.rounds[i], [&](ValuationBasis, const Field<Valuation>& field) {
            if (field) add(field, view.rounds[i].handle);
        });
    }
    for (const auto& valuation : view.resolved.valuations) add(valuation.valuation, {});
    return json;
}

[[nodiscard]] Json latest_valuations_json(const CompanyView& view) {
    Json json = Json::object();
    for (const ValuationSeries series : all_series) {
        Json& member = json[std::string(to_string(series))];
        const auto latest = latest_valuation(view.resolved, series);
        if (!latest) continue;
        const Valuation& valuation = latest->valuation();
        member = {{"amount", valuation.amount.to_string()},
                  {"basis", std::string(to_string(valuation.basis))},
                  {"on", valuation.on.to_string()},
                  {"round", latest->round != nullptr ? Json(latest->round->handle) : Json()},
                  {"source", text_or_null(source_of(latest->claim()))}};
    }
    return json;
}

[[nodiscard]] Json splits_json(const CompanyView& view) {
    Json json = Json::array();
    for (const StatedFact& fact : split_facts(view.resolved.splits)) {
        const Split& split = *fact.claim->as<Split>();
        json.push_back({{"on", split.on.to_string()},
                        {"ratio", split.ratio.to_string()},
                        {"security_class", text_or_null(split.security_class)},
                        {"used", fact.used},
                        {"source", text_or_null(source_of(*fact.claim))}});
    }
    return json;
}

[[nodiscard]] Json stated_totals_json(const CompanyView& view) {
    Json json = Json::array();
    for (const auto& total : view.resolved.stated_totals) {
        for (const auto& stated : total.total.all()) {
            json.push_back({{"on", total.on.to_string()},
                            {"amount", stated.value->amount.to_string()},
                            {"source", text_or_null(source_of(*stated.claim))}});
        }
    }
    return json;
}

[[nodiscard]] Json metrics_json(const CompanyView& view) {
    Json json = Json::array();
    for (const auto& metric : view.resolved.metrics) {
        const Metric& value = metric.metric.value();
        json.push_back({{"on", metric.on.to_string()},
                        {"name", metric.name},
                        {"value", to_string(value.value)},
                        {"unit", text_or_null(value.unit.value_or(""))},
                        {"per", value.per ? Json(std::string(to_string(*value.per))) : Json()},
                        {"target", metric.target},
                        {"source", text_or_null(source_of(metric.metric))}});
    }
    return json;
}

[[nodiscard]] Json relations_json(const CompanyView& view) {
    Json json = Json::array();
    for (const Claim& claim : view.dossier.claims) {
        const auto* relation = claim.as<Relation>();
        if (relation == nullptr) continue;
        json.push_back({{"type", std::string(to_string(relation->type))},
                        {"to", claim.counterparty_name},
                        {"source", text_or_null(source_of(claim))}});
    }
    return json;
}

[[nodiscard]] Json remarks_json(const CompanyView& view) {
    Json json = Json::array();
    for (const Claim& claim : view.dossier.claims) {
        if (const auto* remark = claim.as<Remark>())
            json.push_back({{"text", remark->text}, {"source", text_or_null(source_of(claim))}});
    }
    return json;
}

[[nodiscard]] Json company_json(const CompanyView& view) {
    const PartyProfile& profile = view.profile;
    Json json{{"company", profile.name},
              {"type", text_or_null(profile.type)},
              {"country", text_or_null(profile.country)},
              {"founded", text_or_null(profile.founded)},
              {"market", text_or_null(profile.market)}};
    const auto totals = totals_of(view);
    if (totals.sums) {
        json["totals"] = Json::array();
        for (const Total& total : *totals.sums)
            json["totals"].push_back(json_of(total, profile.name, view.viewpoint));
    } else {
        json["totals"] = nullptr;
    }
    const auto left_out = left_out_of(view);
    json["left_out"] = left_out.sums ? json_of(*left_out.sums) : Json();
    json["rounds"] = rounds_json(view);
    json["valuations"] = valuations_json(view);
    json["latest_valuations"] = latest_valuations_json(view);
    json["splits"] = splits_json(view);
    json["stated_totals"] = stated_totals_json(view);
    json["metrics"] = metrics_json(view);
    json["relations"] = relations_json(view);
    json["remarks"] = remarks_json(view);
    return json;
}

class CompanyCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("COMPANY", company_);
        viewpoint_.declare(parser);
        table_.declare(parser);
    }

    int run(const ProgramOptions& program) const override {
        const std::string& csv = table_.csv(program);
        const Ledger ledger = open_to_read(program);
        const CompanyView view(ledger, company_, viewpoint_.viewpoint());
        if (!csv.empty()) {
            company_tables(view).table(csv).print_csv();
        } else if (program.json) {
            print(company_json(view));
        } else {
            print_company(view);
        }
        return 0;
    }

  private:
    std::string company_;
    ViewpointOptions viewpoint_;
    TableChoice table_;
};

}  // namespace

std::unique_ptr<Command> make_company() {
    return std::make_unique<CompanyCommand>();
}
