// Rounds of a company that may be one round, told twice: the rule of the finding maybe-one-round.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// The places in the list of what is dated at most so many days apart, in pairs, in the order of the first and
// then of the second. What has no date is in no pair.
template <class T, class DateOf>
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> pairs_within(date::days near,
                                                                            const std::vector<T>& all,
                                                                            const DateOf& date_of) {
    struct Dated {
        std::size_t place;
        date::sys_days first;
        date::sys_days last;
    };
    std::vector<Dated> dated;
    for (std::size_t place = 0; place < all.size(); ++place) {
        const std::optional<PartialDate> date = date_of(all[place]);
        if (date) dated.push_back({place, date->first_day(), date->last_day()});
    }
    std::sort(dated.begin(), dated.end(), [](const Dated& a, const Dated& b) { return a.first < b.first; });
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (auto a = dated.begin(); a != dated.end(); ++a) {
        for (auto b = std::next(a); b != dated.end() && b->first - a->last <= near; ++b)
            pairs.push_back(std::minmax(a->place, b->place));
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

// The most days between the dates of two rounds that may be one.
inline constexpr date::days most_days_of_one_round(180);

// Whether two rounds raised what agrees, and contradict each other in nothing else.
[[nodiscard]] inline bool may_be_one_whatever_their_dates(const ResolvedRound& a, const ResolvedRound& b) {
    const auto contradict = [](const auto& one, const auto& other) {
        return one && other && one.value() != other.value();
    };
    const Amount* raised = disclosed_amount(a.raised);
    const Amount* other = disclosed_amount(b.raised);
    if (raised == nullptr || other == nullptr || agreement(*raised, *other) != Agreement::agree) return false;
    if (contradict(a.stage, b.stage) || contradict(a.instrument, b.instrument)) return false;
    const Amount* post = disclosed_amount(a.post_money);
    const Amount* other_post = disclosed_amount(b.post_money);
    return post == nullptr || other_post == nullptr || agreement(*post, *other_post) == Agreement::agree;
}

// The places in company.rounds of those that may be one, in pairs: rounds that agree so within half a year.
[[nodiscard]] inline std::vector<std::pair<std::size_t, std::size_t>> rounds_that_may_be_one(
    const ResolvedCompany& company) {
    auto pairs = pairs_within(most_days_of_one_round, company.rounds,
                              [](const ResolvedRound& round) { return round.date(); });
    std::erase_if(pairs, [&](const auto& pair) {
        return !may_be_one_whatever_their_dates(company.rounds[pair.first], company.rounds[pair.second]);
    });
    return pairs;
}

}  // namespace POSTMONEY_NAMESPACE::detail
