// The definitions of stated_fact.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/stated_fact.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE std::string fact_name(const ResolvedClosing& closing) {
    return "closing " + closing.on.to_string();
}

POSTMONEY_INLINE std::string fact_name(const ResolvedParticipation& participation) {
    return "participation " + participation.investor_name;
}

POSTMONEY_INLINE std::string fact_name(const ResolvedSplit& split) {
    return "split " + split.on.to_string() +
           (split.security_class ? " " + *split.security_class : std::string());
}

POSTMONEY_INLINE std::string fact_name(const ResolvedMetric& metric) {
    return "metric " + metric.name + (metric.target ? " (target)" : "");
}

POSTMONEY_INLINE std::string fact_name(const FxRate& rate) {
    return "fx_rate " + std::string(rate.base.code()) + "/" + std::string(rate.quote.code()) + " " +
           rate.on.to_string();
}

POSTMONEY_INLINE std::string fact_name(const MarketTotal& total) {
    return "market_total " + total.market + " " + total.period.to_string();
}

class FactLister {
  public:
    template <class T, class ToText>
    void list(std::string_view round, const std::string& field, const Field<T>& claims, const ToText& text) {
        for (const auto& stated : claims.all()) {
            facts.push_back({std::string(round), field, text(*stated.value), stated.claim,
                             stated.claim == &claims.winner()});
        }
    }

    void list(const ResolvedRound& round) {
        ResolvedRound::fields(round, [&](std::string_view name, const auto& field) {
            list(round.handle, std::string(name), field, [](const auto& value) { return text_of(value); });
        });
        ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
            list(round.handle, std::string(to_string(basis)), field, amount_text<Valuation>);
        });
        for (const ResolvedClosing& closing : round.closings) {
            list(round.handle, fact_name(closing), closing.amount,
                 [](const Amount& amount) { return amount.to_string(); });
        }
        for (const ResolvedParticipation& participation : round.participations) {
            for (const Claim* claim : participation.claims) {
                const auto* stated = claim->as<Participation>();
                facts.push_back({round.handle, fact_name(participation),
                                 stated->amount ? stated->amount->to_string() : "undisclosed", claim,
                                 claim == participation.claims.front()});
            }
        }
    }

    template <class Kind>
    static std::string amount_text(const Kind& stated) {
        return stated.amount.to_string();
    }

    std::vector<StatedFact> facts;

  private:
    static std::string text_of(const std::string& text) { return text; }
    static std::string text_of(std::int64_t count) { return std::to_string(count); }
    template <HasText T>
    static std::string text_of(const T& value) {
        return value.to_string();
    }
    template <Worded Enum>
    static std::string text_of(Enum value) {
        return std::string(to_string(value));
    }
};

}  // namespace detail

POSTMONEY_INLINE std::vector<StatedFact> split_facts(const SplitsByClass& splits) {
    std::vector<StatedFact> facts;
    const auto list_own = [&](const ResolvedSplit& split, const std::optional<std::string>& own) {
        for (const auto& stated : split.split.all()) {
            if (stated.value->security_class != own) continue;
            facts.push_back({"", detail::fact_name(split), stated.value->ratio.to_string(), stated.claim,
                             stated.claim == &split.split.winner()});
        }
    };
    for (const ResolvedSplit& split : splits.of_all()) list_own(split, std::nullopt);
    for (const auto& [security_class, of_class] : splits.of_each()) {
        for (const ResolvedSplit& split : of_class) list_own(split, security_class);
    }
    return facts;
}

POSTMONEY_INLINE std::vector<StatedFact> stated_facts(const ResolvedCompany& company) {
    detail::FactLister lister;
    for (const ResolvedRound& round : company.rounds) lister.list(round);
    for (const ResolvedRound& round : company.unstated_rounds) lister.list(round);
    for (const ResolvedValuation& valuation : company.valuations) {
        lister.list("", std::string(to_string(valuation.basis)), valuation.valuation,
                    detail::FactLister::amount_text<Valuation>);
    }
    for (StatedFact& fact : split_facts(company.splits)) lister.facts.push_back(std::move(fact));
    for (const ResolvedStatedTotal& total : company.stated_totals) {
        lister.list("", "stated_total " + total.on.to_string(), total.total,
                    detail::FactLister::amount_text<StatedTotal>);
    }
    for (const ResolvedMetric& metric : company.metrics) {
        lister.list("", detail::fact_name(metric), metric.metric,
                    [](const Metric& stated) { return to_string(stated.value); });
    }
    return std::move(lister.facts);
}

}  // namespace POSTMONEY_NAMESPACE
