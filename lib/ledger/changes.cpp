#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "postmoney/ledger/view.hpp"

namespace postmoney {

namespace {

using TextByField = std::vector<std::pair<std::string, std::string>>;  // in the order in which they are told
// What an answer says, by what it says it of.
using Told = std::map<std::string, TextByField>;

template <class T>
[[nodiscard]] std::string text_or_none(const std::optional<T>& value) {
    if (!value) return {};
    if constexpr (detail::Worded<T>) {
        return std::string(to_string(*value));
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(*value);
    } else {
        return value->to_string();
    }
}

[[nodiscard]] Told totals_told(const View& view, std::string_view company) {
    Told told;
    for (const Total& total : view.total_raised(company)) {
        told[total.currency ? std::string(total.currency->code()) : "undisclosed"] = {
            {"known", text_or_none(total.known)},
            {"at least", text_or_none(total.lower)},
            {"at most", text_or_none(total.upper)},
            {"rounds", std::to_string(total.rounds)},
            {"undisclosed", std::to_string(total.undisclosed)}};
    }
    return told;
}

[[nodiscard]] Told rounds_told(const View& view, std::string_view company) {
    Told told;
    for (const RoundSummary& round : view.rounds({.company = std::string(company)})) {
        told[round.round] = {{"date", text_or_none(round.date)},
                             {"name", round.name},
                             {"stage", round.stage},
                             {"status", text_or_none(round.status)},
                             {"instrument", text_or_none(round.instrument)},
                             {"raised", text_or_none(round.raised)},
                             {"source", round.raised_source},
                             {"investors", text_or_none(round.investors)},
                             {"named investors", std::to_string(round.named_investors)},
                             {"valuation", text_or_none(round.valuation)},
                             {"counts", round.counts ? "yes" : "no"}};
    }
    return told;
}

[[nodiscard]] Told valuations_told(const View& view, std::string_view company) {
    Told told;
    for (const auto series : {ValuationSeries::valuation, ValuationSeries::mark, ValuationSeries::irc_409a}) {
        const auto latest = view.latest_valuation(company, series);
        if (!latest) continue;
        told[std::string(to_string(series))] = {{"amount", latest->valuation.amount.to_string()},
                                                {"on", latest->valuation.on.to_string()},
                                                {"basis", std::string(to_string(latest->valuation.basis))},
                                                {"round", latest->round},
                                                {"source", latest->source}};
    }
    return told;
}

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

using FindingsByKey = std::map<std::string, Finding>;

[[nodiscard]] FindingsByKey findings_told(const View& view, std::string_view company) {
    FindingsByKey findings;
    for (Finding& finding : view.reconcile(company)) findings.emplace(finding.key(), std::move(finding));
    return findings;
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
    add_differences(changes, "total", totals_told(before, company), totals_told(after, company));
    add_differences(changes, "round", rounds_told(before, company), rounds_told(after, company));
    add_differences(changes, "valuation", valuations_told(before, company), valuations_told(after, company));
    const FindingsByKey then = findings_told(before, company);
    const FindingsByKey now = findings_told(after, company);
    for (const auto& [key, finding] : then) {
        const auto at = now.find(key);
        if (at == now.end()) {
            add_finding(changes, &finding, nullptr);
        } else if (at->second != finding) {
            add_finding(changes, &finding, &at->second);
        }
    }
    for (const auto& [key, finding] : now) {
        if (!then.contains(key)) add_finding(changes, nullptr, &finding);
    }
    return changes;
}

}  // namespace postmoney
