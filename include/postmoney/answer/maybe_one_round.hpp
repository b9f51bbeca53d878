// Rounds of a company that may be one round, told twice: the rule of the finding maybe-one-round.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/value/partial_date.hpp"

namespace postmoney::detail {

// The fewest days between two dates.
[[nodiscard]] inline date::days days_apart(const PartialDate& a, const PartialDate& b) {
    return std::max({date::days(0), b.first_day() - a.last_day(), a.first_day() - b.last_day()});
}

// The most days between the dates of two rounds that may be one.
inline constexpr date::days most_days_of_one_round(180);

// Whether two rounds raised what agrees, within half a year, and contradict each other in nothing else.
[[nodiscard]] inline bool may_be_one_round(const ResolvedRound& a, const ResolvedRound& b) {
    const auto contradict = [](const auto& one, const auto& other) {
        return one && other && one.value() != other.value();
    };
    const Amount* raised = disclosed_amount(a.raised);
    const Amount* other = disclosed_amount(b.raised);
    if (raised == nullptr || other == nullptr || agreement(*raised, *other) != Agreement::agree) return false;
    const auto date = a.date();
    const auto other_date = b.date();
    if (!date || !other_date || days_apart(*date, *other_date) > most_days_of_one_round) return false;
    if (contradict(a.stage, b.stage) || contradict(a.instrument, b.instrument)) return false;
    const Amount* post = disclosed_amount(a.post_money);
    const Amount* other_post = disclosed_amount(b.post_money);
    return post == nullptr || other_post == nullptr || agreement(*post, *other_post) == Agreement::agree;
}

// The places in company.rounds of those that may be one, in pairs, in the order of the first and then of the
// second. Rounds are compared with those near them in time only, so that many rounds take little time.
[[nodiscard]] inline std::vector<std::pair<std::size_t, std::size_t>> rounds_that_may_be_one(
    const ResolvedCompany& company) {
    struct Dated {
        std::size_t place;
        date::sys_days first;
        date::sys_days last;
    };
    std::vector<Dated> dated;
    for (std::size_t i = 0; i < company.rounds.size(); ++i) {
        const ResolvedRound& round = company.rounds[i];
        if (disclosed_amount(round.raised) == nullptr) continue;
        if (const auto date = round.date()) dated.push_back({i, date->first_day(), date->last_day()});
    }
    std::sort(dated.begin(), dated.end(), [](const Dated& a, const Dated& b) { return a.first < b.first; });
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (auto a = dated.begin(); a != dated.end(); ++a) {
        for (auto b = std::next(a); b != dated.end() && b->first - a->last <= most_days_of_one_round; ++b) {
            const auto [one, other] = std::minmax(a->place, b->place);
            if (may_be_one_round(company.rounds[one], company.rounds[other])) pairs.emplace_back(one, other);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

}  // namespace postmoney::detail
