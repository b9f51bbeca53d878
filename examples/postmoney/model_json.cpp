#include "model_json.hpp"

using namespace postmoney;

namespace {

void add_if(Json& to, const std::string& name, const std::optional<Ratio>& value) {
    if (value) {
        add_number(to, name, *value);
    } else {
        to[name] = Json();
    }
}

[[nodiscard]] Json conversion_json(const model::Conversion& of) {
    Json json{{"id", of.id}, {"holder", of.holder}, {"class", of.class_name}, {"branch", of.branch}};
    add_number(json, "price", of.price);
    add_number(json, "shares", of.shares);
    add_number(json, "preference", of.preference);
    add_number(json, "amount", of.amount);
    add_number(json, "interest", of.interest);
    add_number(json, "residue", of.residue);
    json["why"] = of.why;
    return json;
}

[[nodiscard]] Json purchase_json(const model::Purchase& of) {
    Json json{{"holder", of.holder}};
    add_number(json, "amount", of.amount);
    add_number(json, "shares", of.shares);
    return json;
}

[[nodiscard]] Json adjustment_json(const model::Adjustment& of) {
    Json json{{"class", of.class_name}};
    add_number(json, "from", of.from);
    add_number(json, "to", of.to);
    add_number(json, "ratio", of.ratio);
    add_number(json, "as_converted", of.as_converted);
    json["why"] = of.why;
    return json;
}

[[nodiscard]] Json entitlement_json(const model::Entitlement& of) {
    Json json{{"holder", of.holder}};
    add_number(json, "part", of.part);
    add_number(json, "amount", of.amount);
    add_number(json, "shares", of.shares);
    json["why"] = of.why;
    return json;
}

[[nodiscard]] Json played_json(const model::PlayedHolder& of) {
    Json json{{"holder", of.holder}, {"class", of.class_name}};
    add_number(json, "required", of.required);
    add_number(json, "bought", of.bought);
    add_number(json, "kept", of.kept);
    add_number(json, "converted", of.converted);
    add_number(json, "common", of.common);
    return json;
}

[[nodiscard]] Json holding_json(const model::HoldingAfter& of) {
    Json json{{"holder", of.holder}, {"class", of.class_name}};
    add_number(json, "shares", of.shares);
    add_number(json, "as_converted", of.as_converted);
    add_number(json, "percent", of.percent);
    add_number(json, "before", of.before);
    return json;
}

[[nodiscard]] Json payout_json(const model::Payout& of) {
    Json json{{"name", of.name}};
    add_number(json, "amount", of.amount);
    add_number(json, "exact", of.exact);
    json["converts"] = of.converts;
    add_number(json, "preference", of.preference);
    add_number(json, "participation", of.participation);
    add_number(json, "share", of.share);
    if (!of.why.empty()) json["why"] = of.why;
    return json;
}

template <class T, class Make>
[[nodiscard]] Json list_json(const std::vector<T>& items, Make make) {
    Json list = Json::array();
    for (const T& item : items) list.push_back(make(item));
    return list;
}

[[nodiscard]] Json breakpoint_json(const model::Breakpoint& of) {
    Json json;
    add_number(json, "at", of.at);
    json["what"] = of.what;
    add_if(json, "jump", of.jump);
    json["curved"] = of.curved;
    return json;
}

[[nodiscard]] Json equilibrium_json(const model::Equilibrium& of) {
    return {{"chosen", of.chosen},
            {"converting", of.converting},
            {"payouts", list_json(of.payouts, payout_json)}};
}

[[nodiscard]] Json payment_json(const model::PaymentPayouts& of) {
    Json json{{"name", of.name}};
    add_number(json, "amount", of.amount);
    json["payouts"] = list_json(of.payouts, payout_json);
    return json;
}

}  // namespace

void add_number(Json& to, const std::string& name, const Ratio& value) {
    to[name] = model::number_text(value);
    if (!model::ends(value)) to[name + "_fraction"] = value.to_string();
}

Json json_of(const model::RoundOutcome& outcome) {
    Json json = Json::object();
    add_if(json, "price", outcome.price);
    add_if(json, "pre_money", outcome.pre_money);
    add_if(json, "effective_pre_money", outcome.effective_pre_money);
    add_if(json, "post_money", outcome.post_money);
    add_number(json, "new_money", outcome.new_money);
    add_number(json, "shares_before", outcome.shares_before);
    add_number(json, "shares_after", outcome.shares_after);
    add_number(json, "new_shares", outcome.new_shares);
    add_number(json, "pool_increase", outcome.pool_increase);
    json["conversions"] = list_json(outcome.conversions, conversion_json);
    json["purchases"] = list_json(outcome.purchases, purchase_json);
    json["adjustments"] = list_json(outcome.adjustments, adjustment_json);
    json["entitlements"] = list_json(outcome.entitlements, entitlement_json);
    json["pay_to_play"] = list_json(outcome.pay_to_play, played_json);
    json["holdings"] = list_json(outcome.holdings, holding_json);
    json["conventions"] = outcome.conventions;
    json["residues"] = outcome.residues;
    return json;
}

Json json_of(const model::ExitOutcome& outcome) {
    Json json = Json::object();
    add_number(json, "proceeds", outcome.proceeds);
    json["payouts"] = list_json(outcome.payouts, payout_json);
    json["payouts_by_holder"] = list_json(outcome.payouts_by_holder, [](const model::NamedAmount& of) {
        Json row{{"holder", of.name}};
        add_number(row, "amount", of.amount);
        return row;
    });
    add_number(json, "per_share", outcome.per_share);
    json["breakpoints"] = list_json(outcome.breakpoints, breakpoint_json);
    json["equilibria"] = {{"count", outcome.equilibria.size()},
                          {"rule", outcome.equilibrium_rule},
                          {"each", list_json(outcome.equilibria, equilibrium_json)}};
    json["payments"] = list_json(outcome.payments, payment_json);
    json["curve"] = list_json(outcome.curve, [&](const model::CurvePoint& of) {
        Json row;
        add_number(row, "proceeds", of.proceeds);
        Json amounts = Json::object();
        for (std::size_t i = 0; i < of.amounts.size(); ++i)
            add_number(amounts, outcome.payouts[i].name, of.amounts[i]);
        row["payouts"] = std::move(amounts);
        return row;
    });
    json["conventions"] = outcome.conventions;
    json["warnings"] = outcome.warnings;
    json["residues"] = outcome.residues;
    return json;
}
