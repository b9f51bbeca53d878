// DatedRounds: which priced round came last before another.
#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Some of a company's rounds by date, to find the last of them before another.
class DatedRounds {
  public:
    // Those with a date for which `wanted(round)` is true.
    template <class Wanted>
    DatedRounds(const ResolvedCompany& company, const Wanted& wanted) {
        for (const ResolvedRound& round : company.rounds) {
            const auto date = round.date();
            if (!date || !wanted(round)) continue;
            rounds_.push_back({&round, date->first_day(), date->last_day()});
            first_days_.push_back(date->first_day());
        }
        std::sort(first_days_.begin(), first_days_.end());
    }

    // The last one that surely comes before the date, and surely after all others that do not surely come
    // after it; null where there is none, or it is open which it is. `is_one`: the date is that of one of
    // them. The company's rounds are sorted by the last day of their dates, so those that surely come before
    // a round are the first ones of the list.
    [[nodiscard]] const ResolvedRound* last_before(const PartialDate& date, bool is_one) const {
        const auto end = std::partition_point(rounds_.begin(), rounds_.end(), [&](const Dated& other) {
            return other.last < date.first_day();
        });
        const auto before = end - rounds_.begin();
        const auto begun = std::upper_bound(first_days_.begin(), first_days_.end(), date.last_day());
        // Another one that comes neither surely before nor surely after leaves it open.
        if (before == 0 || begun - first_days_.begin() != before + (is_one ? 1 : 0)) return nullptr;
        const Dated& last = *std::prev(end);
        return before == 1 || std::prev(end, 2)->last < last.first ? last.round : nullptr;
    }

  private:
    struct Dated {
        const ResolvedRound* round;
        date::sys_days first;  // of its date
        date::sys_days last;
    };

    std::vector<Dated> rounds_;
    std::vector<date::sys_days> first_days_;
};

}  // namespace POSTMONEY_NAMESPACE::detail
