#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "postmoney/ledger/view.hpp"

namespace postmoney {

namespace {

using TextByField = std::vector<std::pair<std::string, std::string>>;  // in the order in which they are told
// What an answer says, by what it says it of. All that it says it of have the same fields.
using Told = std::map<std::string, TextByField>;

// Two of one name are told apart by their order.
void tell(Told& told, const std::string& name, TextByField fields) {
    std::string own = name;
    for (int n = 2; told.contains(own); ++n) own = name + " (" + std::to_string(n) + ")";
    told.emplace(std::move(own), std::move(fields));
}

template <class T>
[[nodiscard]] std::string said_text(const T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        return value;
    } else if constexpr (std::is_same_v<T, bool>) {
        return value ? "yes" : "no";
    } else if constexpr (detail::Worded<T>) {
        return std::string(to_string(value));
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(value);
    } else {
        return value.to_string();
    }
}

template <class T>
[[nodiscard]] std::string text_or_none(const std::optional<T>& value) {
    return value ? said_text(*value) : std::string();
}

template <class T>
[[nodiscard]] std::string text_or_none(const Field<T>& field) {
    return field ? said_text(field.value()) : std::string();
}

[[nodiscard]] std::string text_or_none(const Field<Valuation>& field) {
    return field ? field->amount.to_string() + " on " + field->on.to_string() : std::string();
}

//--- What each answer says

// Where a total is beyond 64 bits that is told, and everything else of the company.
[[nodiscard]] Told totals_told(const View& view, std::string_view company) {
    Told told;
    try {
        for (const Total& total : view.total_raised(company)) {
            tell(told, total.currency ? std::string(total.currency->code()) : "undisclosed",
                 {{"known", text_or_none(total.known)},
                  {"at least", text_or_none(total.lower)},
                  {"at most", text_or_none(total.upper)},
                  {"rounds", std::to_string(total.rounds)},
                  {"undisclosed", std::to_string(total.undisclosed)},
                  {"untold", std::to_string(total.untold)}});
        }
    } catch (const Error& error) {
        if (error.code() != ErrorCode::overflow) throw;
        tell(told, "not told", {{"why", error.what()}});
    }
    return told;
}

[[nodiscard]] TextByField round_told(const RoundSummary& summary, const ResolvedRound& round) {
    TextByField fields{{"date", text_or_none(summary.date)}};
    ResolvedRound::fields(round, [&](std::string_view name, const auto& field) {
        // A claim on the status may be the best, and not hold.
        fields.emplace_back(name, name == "status" ? text_or_none(summary.status) : text_or_none(field));
    });
    fields.emplace_back("source", summary.raised_source);
    fields.emplace_back("named investors", std::to_string(summary.named_investors));
    fields.emplace_back("valuation", text_or_none(summary.valuation));
    fields.emplace_back("counts", said_text(summary.counts));
    ResolvedRound::valuations(round, [&](ValuationBasis basis, const Field<Valuation>& field) {
        fields.emplace_back(to_string(basis), text_or_none(field));
    });
    return fields;
}

[[nodiscard]] TextByField participation_told(const ResolvedParticipation& participation) {
    return {{"amount", participation.amount ? participation.amount->to_string() : "undisclosed"},
            {"lead", text_or_none(participation.lead)},
            {"shares", text_or_none(participation.shares)},
            {"instrument", text_or_none(participation.amount_claim().as<Participation>()->instrument)}};
}

struct RoundsTold {
    Told rounds;
    Told closings;
    Told participations;
};

[[nodiscard]] RoundsTold rounds_told(const View& view, const ResolvedCompany& company,
                                     std::string_view name) {
    std::map<std::string_view, const ResolvedRound*> by_handle;
    for (const ResolvedRound& round : company.rounds) by_handle.emplace(round.handle, &round);
    RoundsTold told;
    for (const RoundSummary& summary : view.rounds({.company = std::string(name)})) {
        const ResolvedRound& round = *by_handle.at(summary.round);
        tell(told.rounds, round.handle, round_told(summary, round));
        for (const ResolvedClosing& closing : round.closings) {
            tell(
                told.closings,
                round.handle + " " + closing.on.to_string() +
                    (closing.name.empty() ? std::string() : " " + closing.name),
                {{"amount", text_or_none(closing.amount)}, {"instrument", text_or_none(closing.instrument)}});
        }
        for (const ResolvedParticipation& participation : round.participations)
            tell(told.participations, round.handle + " " + participation.investor_name,
                 participation_told(participation));
    }
    return told;
}

// Those of no round; those of rounds are told with them.
[[nodiscard]] Told valuations_told(const ResolvedCompany& company) {
    Told told;
    for (const ResolvedValuation& valuation : company.valuations) {
        tell(told, std::string(to_string(valuation.basis)) + " " + valuation.on.to_string(),
             {{"amount", valuation.valuation->amount.to_string()}});
    }
    return told;
}

[[nodiscard]] Told latest_valuations_told(const View& view, std::string_view company) {
    Told told;
    for (const auto series : {ValuationSeries::valuation, ValuationSeries::mark, ValuationSeries::irc_409a}) {
        const auto latest = view.latest_valuation(company, series);
        if (!latest) continue;
        tell(told, std::string(to_string(series)),
             {{"amount", latest->valuation.amount.to_string()},
              {"on", latest->valuation.on.to_string()},
              {"basis", std::string(to_string(latest->valuation.basis))},
              {"round", latest->round},
              {"source", latest->source}});
    }
    return told;
}

[[nodiscard]] Told splits_told(const SplitsByClass& splits) {
    Told told;
    const auto add = [&](const ResolvedSplit& split) {
        tell(told, split.on.to_string() + (split.security_class ? " " + *split.security_class : ""),
             {{"ratio", split.ratio().to_string()}});
    };
    for (const ResolvedSplit& split : splits.of_all()) add(split);
    for (const auto& [security_class, of_class] : splits.of_each()) {
        for (const ResolvedSplit& split : of_class) {
            if (split.security_class) add(split);  // else it is one of all classes
        }
    }
    return told;
}

[[nodiscard]] Told stated_totals_told(const ResolvedCompany& company) {
    Told told;
    for (const ResolvedStatedTotal& total : company.stated_totals)
        tell(told, total.on.to_string(), {{"amount", total.total->amount.to_string()}});
    return told;
}

[[nodiscard]] Told metrics_told(const ResolvedCompany& company) {
    Told told;
    for (const ResolvedMetric& metric : company.metrics) {
        tell(told,
             metric.name + " " + metric.on.to_string() +
                 (metric.per ? " per " + std::string(to_string(*metric.per)) : std::string()) +
                 (metric.target ? " (target)" : ""),
             {{"value", to_string(metric.metric->value)}, {"unit", text_or_none(metric.metric->unit)}});
    }
    return told;
}

// By the subjects of changes, in the order in which these are told.
[[nodiscard]] std::vector<std::pair<std::string, Told>> all_told(const View& view, std::string_view name) {
    const CompanyRecord record = view.company(name);
    const ResolvedCompany& company = record.resolved();
    RoundsTold rounds = rounds_told(view, company, name);
    return {{"total", totals_told(view, name)},
            {"round", std::move(rounds.rounds)},
            {"closing", std::move(rounds.closings)},
            {"participation", std::move(rounds.participations)},
            {"latest valuation", latest_valuations_told(view, name)},
            {"valuation", valuations_told(company)},
            {"split", splits_told(company.splits)},
            {"stated total", stated_totals_told(company)},
            {"metric", metrics_told(company)}};
}

//--- What is other than it was

void add_differences(std::vector<Change>& changes, const std::string& subject, const Told& before,
                     const Told& after) {
    // All of it that says something.
    const auto whole = [](const TextByField& fields) {
        std::string text;
        for (const auto& [field, said] : fields) {
            if (!said.empty()) text += (text.empty() ? "" : ", ") + field + " " + said;
        }
        return text;
    };
    for (const auto& [name, fields] : before) {
        const auto now = after.find(name);
        if (now == after.end()) {
            changes.push_back({subject, name, "", whole(fields), std::nullopt});
            continue;
        }
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string& later = now->second[i].second;
            if (fields[i].second == later) continue;
            const auto text = [](const std::string& said) {
                return said.empty() ? std::nullopt : std::optional(said);
            };
            changes.push_back({subject, name, fields[i].first, text(fields[i].second), text(later)});
        }
    }
    for (const auto& [name, fields] : after) {
        if (!before.contains(name)) changes.push_back({subject, name, "", std::nullopt, whole(fields)});
    }
}

// The findings by their keys, without those that say what one of the others says, be it of other entries.
[[nodiscard]] std::map<std::string, Finding> findings_beyond(std::vector<Finding> findings,
                                                             std::vector<Finding> others) {
    const auto says_less = [](const Finding& a, const Finding& b) {
        const auto said = [](const Finding& f) {
            return std::tie(f.code, f.round, f.field, f.severity, f.message);
        };
        return said(a) < said(b);
    };
    std::sort(findings.begin(), findings.end(), says_less);
    std::sort(others.begin(), others.end(), says_less);
    std::vector<Finding> rest;
    std::set_difference(findings.begin(), findings.end(), others.begin(), others.end(),
                        std::back_inserter(rest), says_less);
    std::map<std::string, Finding> by_key;
    for (Finding& finding : rest) by_key.emplace(finding.key(), std::move(finding));
    return by_key;
}

void add_finding(std::vector<Change>& changes, const Finding* before, const Finding* after) {
    const Finding& one = after != nullptr ? *after : *before;
    const auto text = [](const Finding* finding) {
        return finding == nullptr
                   ? std::nullopt
                   : std::optional(std::string(to_string(finding->severity)) + ": " + finding->message);
    };
    std::string name(to_string(one.code));
    if (!one.round.empty()) name += " " + one.round;
    changes.push_back({"finding", name, one.field, text(before), text(after)});
}

}  // namespace

std::vector<Change> changes(const View& before, const View& after, std::string_view company) {
    std::vector<Change> changes;
    const auto then = all_told(before, company);
    const auto now = all_told(after, company);
    for (std::size_t i = 0; i < then.size(); ++i)
        add_differences(changes, then[i].first, then[i].second, now[i].second);
    const std::vector<Finding> findings_then = before.reconcile(company);
    const std::vector<Finding> findings_now = after.reconcile(company);
    const auto gone = findings_beyond(findings_then, findings_now);
    const auto came = findings_beyond(findings_now, findings_then);
    for (const auto& [key, finding] : gone) {
        const auto at = came.find(key);
        add_finding(changes, &finding, at == came.end() ? nullptr : &at->second);
    }
    for (const auto& [key, finding] : came) {
        if (!gone.contains(key)) add_finding(changes, nullptr, &finding);
    }
    return changes;
}

}  // namespace postmoney
