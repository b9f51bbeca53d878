#include "ledger/read/list_tallies.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "postmoney/value/detail/integer.hpp"
#include "postmoney/value/quantiles.hpp"

namespace postmoney::detail {

bool takes(const RoundFilter& filter, const RoundSummary& round) {
    if (!filter.stage.empty() && round.stage != filter.stage) return false;
    if (filter.instrument && round.instrument != filter.instrument) return false;
    if (filter.from && (!round.date || round.date->first_day() < filter.from->first_day())) return false;
    if (filter.to && (!round.date || round.date->last_day() > filter.to->last_day())) return false;
    if (filter.min) {
        const bool is_told = round.raised && round.raised->disclosed();
        if (!is_told || *round.raised->currency() != filter.min->currency() ||
            round.raised->known() < *filter.min)
            return false;
    }
    if (filter.source_type && round.source_type != filter.source_type) return false;
    return !filter.without_source || (round.raised && round.raised_source.empty());
}

void sort_rounds(std::vector<RoundSummary>& rounds) {
    sort_by_key(rounds, [](const RoundSummary& round) {
        const date::sys_days day = round.date ? round.date->last_day() : date::sys_days::max();
        return std::tuple(day, std::string_view(round.company), std::string_view(round.round), round.party);
    });
}

bool takes(const LeagueQuery& query, const std::optional<PartialDate>& date, std::string_view stage,
           std::string_view market) {
    if (query.year && (!date || !PartialDate::year(*query.year).contains(*date))) return false;
    return (query.stage.empty() || query.stage == stage) && (query.market.empty() || query.market == market);
}

namespace {

using Monies = std::span<const LeagueMoney>;

[[nodiscard]] std::string_view league_code(const LeagueMoney& money) {
    return money.currency ? money.currency->code() : std::string_view();
}

// Calls `use(part)` for each part of the span in which `same(first, next)` holds.
template <class Same, class Use>
void for_each_part(Monies all, const Same& same, const Use& use) {
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
        while (end < all.size() && same(all[begin], all[end])) ++end;
        use(all.subspan(begin, end - begin));
    }
}

[[nodiscard]] Money rounded(const Ratio& units, const Currency& currency) {
    return Money::of(units.to_decimal(currency.decimals(), Rounding::half_even), currency);
}

// What the rounds of one party brought in one currency, round by round.
class SumsOfRounds {
  public:
    explicit SumsOfRounds(const Currency& currency) : currency_(currency) {}

    void add(Monies round) {
        if (!std::all_of(round.begin(), round.end(), [](const LeagueMoney& m) { return m.told(); })) {
            ++untold_;
        } else if (round.front().exact) {
            Ratio sum;
            for (const LeagueMoney& money : round) sum = sum + *money.exact;
            exact_.push_back(sum);
        } else {
            Int128 sum = 0;
            for (const LeagueMoney& money : round) sum += money.money->minor();
            total_ += sum;
            if (sum <= most) minor_.emplace_back(static_cast<std::int64_t>(sum), currency_);
        }
        ++rounds_;
    }

    // Gives the place what is known; beyond 64 bits it has no total.
    void tell(LeaguePlace& place) const {
        place.untold += untold_;
        if (rounds_ == untold_) return;
        if (!exact_.empty()) {
            Ratio sum;
            for (const Ratio& one : exact_) sum = sum + one;
            try {
                place.total = rounded(sum, currency_);
                place.median = rounded(median(exact_), currency_);
            } catch (const Error&) {  // beyond 64 bits
                place.total.reset();
                place.untold += rounds_ - untold_;
            }
        } else if (total_ > most) {
            place.untold += rounds_ - untold_;
        } else {
            place.total = Money(static_cast<std::int64_t>(total_), currency_);
            place.median = minor_.size() == 1 ? minor_.front()
                                              : median(std::span<const Money>(minor_), Rounding::half_even);
        }
    }
    [[nodiscard]] std::int64_t rounds() const noexcept { return rounds_; }

  private:
    static constexpr Int128 most = std::numeric_limits<std::int64_t>::max();

    Currency currency_;
    std::vector<Money> minor_;
    std::vector<Ratio> exact_;
    Int128 total_ = 0;
    std::int64_t rounds_ = 0;
    std::int64_t untold_ = 0;
};

[[nodiscard]] bool same_round(const LeagueMoney& a, const LeagueMoney& b) {
    return a.round == b.round;
}

[[nodiscard]] bool same_currency(const LeagueMoney& a, const LeagueMoney& b) {
    return a.currency == b.currency;
}

[[nodiscard]] std::int64_t rounds_in(Monies all) {
    std::int64_t count = 0;
    for_each_part(all, same_round, [&](Monies) { ++count; });
    return count;
}

// A place a currency. What is undisclosed, which comes first, may be in any of them.
void add_company(std::vector<LeaguePlace>& places, Monies all) {
    std::int64_t undisclosed = 0;
    const std::size_t before = places.size();
    for_each_part(all, same_currency, [&](Monies of_currency) {
        if (!of_currency.front().currency) {
            undisclosed = rounds_in(of_currency);
            return;
        }
        SumsOfRounds sums(*of_currency.front().currency);
        for_each_part(of_currency, same_round, [&](Monies round) { sums.add(round); });
        LeaguePlace& place = places.emplace_back();
        place.party = all.front().party;
        place.rounds = sums.rounds() + undisclosed;
        place.untold = undisclosed;
        sums.tell(place);
    });
    if (places.size() != before) return;
    LeaguePlace& place = places.emplace_back();
    place.party = all.front().party;
    place.rounds = place.untold = undisclosed;
}

// One place. What it put in is told where all that is disclosed is in one currency.
void add_investor(std::vector<LeaguePlace>& places, Monies all) {
    LeaguePlace place;
    place.party = all.front().party;
    std::set<std::int64_t> rounds;
    std::set<std::int64_t> led;
    for (const LeagueMoney& money : all) {
        rounds.insert(money.round);
        if (money.led) led.insert(money.round);
    }
    place.rounds = static_cast<std::int64_t>(rounds.size());
    place.led = static_cast<std::int64_t>(led.size());
    place.untold = place.rounds;
    std::vector<Monies> disclosed;
    for_each_part(all, same_currency, [&](Monies of_currency) {
        if (of_currency.front().currency) disclosed.push_back(of_currency);
    });
    if (disclosed.size() == 1) {
        SumsOfRounds sums(*disclosed.front().front().currency);
        for_each_part(disclosed.front(), same_round, [&](Monies round) { sums.add(round); });
        place.untold -= sums.rounds();
        sums.tell(place);
    }
    places.push_back(std::move(place));
}

}  // namespace

std::vector<LeaguePlace> league_places(std::vector<LeagueMoney> all, LeagueOf of) {
    const auto before = [](const LeagueMoney& a, const LeagueMoney& b) {
        if (a.party != b.party) return a.party < b.party;
        if (a.currency != b.currency) return league_code(a) < league_code(b);
        return a.round < b.round;
    };
    // Companies most often are: each raises in one currency.
    if (!std::is_sorted(all.begin(), all.end(), before)) std::stable_sort(all.begin(), all.end(), before);
    std::vector<LeaguePlace> places;
    const auto same_party = [](const LeagueMoney& a, const LeagueMoney& b) { return a.party == b.party; };
    for_each_part(all, same_party, [&](Monies of_party) {
        if (of == LeagueOf::company) {
            add_company(places, of_party);
        } else {
            add_investor(places, of_party);
        }
    });
    return places;
}

void sort_places(std::vector<LeaguePlace>& places, LeagueOf of) {
    const auto code = [](const LeaguePlace& place) {
        return place.total ? place.total->currency().code() : std::string_view("~");  // after all codes
    };
    const auto minor = [](const LeaguePlace& place) { return place.total ? place.total->minor() : 0; };
    // Of what counts the other way the complement is taken: the most comes first.
    sort_by_key(places, [&](const LeaguePlace& place) {
        const bool invests = of == LeagueOf::investor;
        return std::tuple(invests ? std::string_view() : code(place),
                          ~(invests ? place.rounds : minor(place)), invests ? ~place.led : 0,
                          std::string_view(place.name), place.party);
    });
}

}  // namespace postmoney::detail
