// TotalsInTime: what the rounds of a company come to as of one day after another. What a round brings is
// worked out anew only on its own turning days.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/detail/gatherer.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/detail/turning_days.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

inline void add(InflowSum<Int128>& sum, const InflowSum<Int128>& more, int times) {
    sum.known += times * more.known;
    sum.lower += times * more.lower;
    sum.upper += times * more.upper;
    sum.open_above += times * more.open_above;
    sum.rounds += times * more.rounds;
    sum.untold += times * more.untold;
    sum.any += times * more.any;
}

// Adds the sums of some rounds, or with -1 times takes them off again.
inline void add(TotalSums<Int128>& sums, const TotalSums<Int128>& more, int times) {
    sums.undisclosed += times * more.undisclosed;
    sums.open_above += times * more.open_above;
    sums.bringing += times * more.bringing;
    for (const auto& [currency, of_it] : more.by_currency) {
        const auto at = sums.by_currency.try_emplace(currency, Int128(0)).first;
        add(at->second, of_it, times);
        if (at->second.any == 0) sums.by_currency.erase(at);
    }
}

class TotalsInTime {
  public:
    // Of the rounds of a dossier that has these links; with a source, of those alone of which it says
    // something. The dossier outlives it.
    TotalsInTime(const Dossier& dossier, const RoundLinks& links, const ResolutionPolicy& policy,
                 const InstrumentFilter& instruments, const std::optional<std::string>& source = {})
        : policy_(policy), selection_{instruments, false} {
        FactIndex facts(dossier, links, {});
        bool any_conversions = false;
        for (const auto& [handle, claims] : facts.rounds)
            any_conversions = any_conversions || says(claims, includes_conversions);
        std::optional<std::size_t> converting;  // the group of all that conversions may concern
        for (auto& [handle, claims] : facts.rounds) {
            const bool is_concerned =
                any_conversions && (says(claims, includes_conversions) || says(claims, can_be_converted));
            std::size_t group = groups_.size();
            if (is_concerned && converting) {
                group = *converting;
            } else {
                groups_.emplace_back();
                if (is_concerned) converting = group;
            }
            groups_[group].add(handle, claims, gather_, source);
        }
        for (std::size_t group = 0; group < groups_.size(); ++group) {
            if (source && !groups_[group].has_source) continue;
            for (const TurningDay& turn : std::move(groups_[group].days).sorted())
                turns_.push_back({turn.day, turn.claims, group});
        }
        std::sort(turns_.begin(), turns_.end(), [](const Turn& a, const Turn& b) {
            return std::tie(a.day, a.group) < std::tie(b.day, b.group);
        });
    }
    TotalsInTime(const TotalsInTime&) = delete;
    TotalsInTime& operator=(const TotalsInTime&) = delete;

    // The next day on which something may change, of those later than the last one asked about.
    [[nodiscard]] std::optional<date::sys_days> next_day() const {
        return next_ == turns_.size() ? std::nullopt : std::optional(turns_[next_].day);
    }

    // What they come to as of the day, which is no earlier than the one asked about before. Holds until
    // another day is asked about.
    [[nodiscard]] const TotalSums<Int128>& on(date::sys_days day) {
        std::vector<std::size_t> changed;
        for (; next_ < turns_.size() && turns_[next_].day <= day; ++next_) {
            Group& group = groups_[turns_[next_].group];
            if (!group.is_stale) changed.push_back(turns_[next_].group);
            group.is_stale = true;
            if (turns_[next_].claims) group.seen.clear();
        }
        for (const std::size_t group : changed) refresh(groups_[group], PartialDate::day(day));
        return sums_;
    }

  private:
    struct Turn {
        date::sys_days day;
        bool claims;
        std::size_t group;
    };
    // A round, or all those of which conversions move money from one to another.
    struct Group {
        std::vector<std::string> handles = {};
        std::vector<Gatherer::Evidence> evidence = {};  // of handles[i]
        TurningDays days = {};
        bool has_source = false;
        bool is_stale = false;
        std::vector<ResolvedRound> seen = {};  // as they were when a claim last began to hold; none before
        TotalSums<Int128> sums = {};

        void add(const std::string& handle, const FactIndex::ClaimsOnRound& claims, const Gatherer& gather,
                 const std::optional<std::string>& source) {
            handles.push_back(handle);
            for (const Claims* all : {&claims.statements, &claims.closings}) {
                for (const Claim* claim : *all) {
                    days.add(*claim);
                    has_source = has_source || (source && claim->entry.source == source);
                }
            }
            evidence.push_back(gather.evidence(claims));
        }
    };

    template <class Says>
    [[nodiscard]] static bool says(const FactIndex::ClaimsOnRound& claims, const Says& says_it) {
        return std::any_of(claims.statements.begin(), claims.statements.end(),
                           [&](const Claim* claim) { return says_it(*claim->as<RoundStatement>()); });
    }
    [[nodiscard]] static bool includes_conversions(const RoundStatement& round) {
        return round.includes_conversions.has_value();
    }
    [[nodiscard]] static bool can_be_converted(const RoundStatement& round) {
        return round.instrument == Instrument::safe || round.instrument == Instrument::convertible_note;
    }

    void refresh(Group& group, const PartialDate& day) {
        group.is_stale = false;
        add(sums_, group.sums, -1);
        group.sums = {};
        if (group.seen.empty()) {
            for (std::size_t i = 0; i < group.handles.size(); ++i) {
                group.seen.push_back(gather_.seen(group.evidence[i], {.as_of = day, .known_at = {}}));
                group.seen.back().handle = group.handles[i];
            }
        }
        std::vector<RoundInflows> brought;
        brought.reserve(group.seen.size());
        for (const ResolvedRound& round : group.seen) brought.push_back(inflows_of(round, day));
        take_off_conversions(brought, day);
        for (RoundInflows& round : brought) {
            if (!selection_.takes(*round.round)) continue;
            selection_.leave(round);
            group.sums.add(round);
        }
        add(sums_, group.sums, 1);
    }

    ResolutionPolicy policy_;
    Gatherer gather_{policy_};
    RoundSelection selection_;
    std::vector<Group> groups_;
    std::vector<Turn> turns_;
    std::size_t next_ = 0;
    TotalSums<Int128> sums_;
};

}  // namespace POSTMONEY_NAMESPACE::detail
