// TotalSums: what rounds come to by currency, and what of them a total takes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>
#include <vector>

#include "postmoney/answer/detail/conversions.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/total_options.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

[[nodiscard]] inline bool any_sum_has_come(const RoundInflows& brought, const InstrumentFilter& instruments) {
    return std::any_of(brought.inflows.begin(), brought.inflows.end(), [&](const Inflow& sum) {
        return sum.timing == Timing::come && instruments.takes(sum.instrument);
    });
}

// Whether a total of these instruments counts the round as one of undisclosed amount: of the round, or of
// these instruments, something has come and no amount has.
[[nodiscard]] inline bool counts_as_undisclosed(const RoundInflows& brought,
                                                const InstrumentFilter& instruments) {
    return (brought.undisclosed || !any_sum_has_come(brought, instruments)) &&
           std::any_of(brought.undisclosed_of.begin(), brought.undisclosed_of.end(),
                       [&](const auto& instrument) { return instruments.takes(instrument); });
}

// Whether a total of these instruments takes something of the round that has come by its day, or counts it as
// undisclosed.
[[nodiscard]] inline bool counts_as_raised(const RoundInflows& brought, const InstrumentFilter& instruments) {
    if (brought.round->is_business_combination()) return false;
    return counts_as_undisclosed(brought, instruments) || any_sum_has_come(brought, instruments);
}

// The same of a round that is resolved as of that day, or as of none.
[[nodiscard]] inline bool counts_as_raised(const ResolvedRound& round, const InstrumentFilter& instruments,
                                           const std::optional<PartialDate>& as_of = {}) {
    return counts_as_raised(inflows_of(round, AsOf(as_of)), instruments);
}

// Adds up inflows as numbers of one unit: Money of one currency, minor units beyond 64 bits, or exact ratios
// that are rounded in the end.
template <class Number>
struct InflowSum {
    Number known;
    Number lower;
    Number upper;
    std::int64_t open_above = 0;  // inflows without an upper bound
    std::int64_t rounds = 0;
    std::int64_t untold = 0;
    std::int64_t any = 0;  // rounds that bring something, or may have

    explicit InflowSum(Number zero) : known(zero), lower(zero), upper(zero) {}

    void add(Timing timing, const Bounds<Number>& sum) {
        if (timing == Timing::come) {
            known = known + sum.known;
            lower = lower + sum.lower;
        }
        if (sum.upper) {
            upper = upper + *sum.upper;
        } else {
            ++open_above;
        }
    }
};

// What the totals of some instruments take of the rounds that a company may count.
struct RoundSelection {
    InstrumentFilter instruments = {};
    bool exclude_funds = false;

    // Whether anything of the round can count, whatever it brings.
    [[nodiscard]] bool takes(const ResolvedRound& round) const {
        return !(exclude_funds && round.fund_type) && !round.is_business_combination() &&
               round.held_status() != RoundStatus::rumoured;
    }
    // Leaves of the round what counts.
    void leave(RoundInflows& round) const {
        std::erase_if(round.inflows, [&](const Inflow& sum) { return !instruments.takes(sum.instrument); });
        round.undisclosed = counts_as_undisclosed(round, instruments);
        std::erase_if(round.open_above,
                      [&](const auto& instrument) { return !instruments.takes(instrument); });
    }
};

template <class Number>
[[nodiscard]] Number number_of(const Money& money) {
    if constexpr (std::is_same_v<Number, Money>) {
        return money;
    } else {
        return Number(money.minor());
    }
}

// What rounds come to by currency, of what a selection has left of them. In minor units as wide as Int128
// nothing overflows, and what was added can be taken off again.
template <class Number>
struct TotalSums {
    std::map<Currency, InflowSum<Number>> by_currency = {};
    std::int64_t undisclosed = 0;
    std::int64_t open_above = 0;  // rounds that leave every upper bound open
    std::int64_t bringing = 0;    // rounds that count, or may have brought a sum that is known

    void add(const RoundInflows& round) {
        if (round.undisclosed) ++undisclosed;
        if (!round.open_above.empty()) ++open_above;
        if (round.undisclosed || !round.inflows.empty()) ++bringing;
        std::set<Currency> any;
        std::set<Currency> counted;  // a round of several closings counts once in each of its currencies
        std::set<Currency> untold_in;
        for (const Inflow& inflow : round.inflows) {
            const Currency currency = inflow.known.currency();
            const auto zero = number_of<Number>(Money(0, currency));
            InflowSum<Number>& sum = by_currency.try_emplace(currency, zero).first->second;
            const bool untold = round.foreign_conversions && round.takes_conversions(inflow);
            sum.add(inflow.timing,
                    {number_of<Number>(inflow.known), untold ? zero : number_of<Number>(inflow.lower),
                     inflow.upper ? std::optional(number_of<Number>(*inflow.upper)) : std::nullopt});
            if (any.insert(currency).second) ++sum.any;
            if (inflow.timing != Timing::come || round.undisclosed) continue;
            if (counted.insert(currency).second) ++sum.rounds;
            if (untold && untold_in.insert(currency).second) ++sum.untold;
        }
    }
};

// The sum in money; null where one of its numbers is beyond 64 bits.
[[nodiscard]] inline std::optional<InflowSum<Money>> in_money(const InflowSum<Int128>& sum,
                                                              const Currency& currency) {
    constexpr Int128 most = std::numeric_limits<std::int64_t>::max();
    if (std::max({sum.known, sum.lower, sum.upper}) > most) return std::nullopt;
    InflowSum<Money> money(Money(0, currency));
    money.known = money_of(sum.known, currency);
    money.lower = money_of(sum.lower, currency);
    money.upper = money_of(sum.upper, currency);
    money.open_above = sum.open_above;
    money.rounds = sum.rounds;
    money.untold = sum.untold;
    money.any = sum.any;
    return money;
}

// The total of a sum that is in money, beside those of `all`.
template <class Number>
[[nodiscard]] Total total_of(const InflowSum<Money>& sum, const TotalSums<Number>& all) {
    Total result{sum.known.currency(),         sum.known,       sum.lower, std::nullopt,
                 sum.rounds + all.undisclosed, all.undisclosed, sum.untold};
    if (all.open_above == 0 && sum.open_above == 0) result.upper = sum.upper;
    return result;
}

// What all rounds of a company bring, less conversions, of the instruments asked for.
struct CompanyInflows {
    std::vector<RoundInflows> rounds;
    std::vector<ConversionCover> covers;

    CompanyInflows(const ResolvedCompany& company, const TotalOptions& options)
        : CompanyInflows(BroughtByRounds(company, options.as_of), options) {}
    CompanyInflows(BroughtByRounds brought, const TotalOptions& options)
        : rounds(std::move(brought.after)), covers(std::move(brought.covers)) {
        const RoundSelection selection{options.instruments, options.exclude_funds};
        std::erase_if(rounds, [&](const RoundInflows& round) { return !selection.takes(*round.round); });
        for (RoundInflows& round : rounds) selection.leave(round);
    }

    // Whether no round counts, and none may have brought a sum that is known.
    [[nodiscard]] bool bring_nothing() const {
        return std::none_of(rounds.begin(), rounds.end(), [](const RoundInflows& round) {
            return round.undisclosed || !round.inflows.empty();
        });
    }
};

// The totals by currency, also of one that no round surely brings: its `rounds` is then 0. None when no round
// counts.
[[nodiscard]] inline std::vector<Total> totals_by_currency(const CompanyInflows& inflows) {
    TotalSums<Money> sums;
    for (const RoundInflows& round : inflows.rounds) sums.add(round);
    if (sums.bringing == 0) return {};
    std::vector<Total> totals;
    totals.reserve(std::max<std::size_t>(1, sums.by_currency.size()));
    for (const auto& [currency, sum] : sums.by_currency) totals.push_back(total_of(sum, sums));
    if (totals.empty()) totals.push_back({{}, {}, {}, {}, sums.undisclosed, sums.undisclosed, 0});
    return totals;
}

// Neither nothing nor an open bound needs a rate.
[[nodiscard]] bool is_nothing(const Inflow& sum);

// The day whose rate converts what is of that date: its last one, but none that the viewpoint does not see
// yet. Null without a date.
[[nodiscard]] std::optional<date::sys_days> day_of_rate(const std::optional<PartialDate>& date,
                                                        const TotalOptions& options);

// What converts it to the currency that is asked for. Throws no-rate.
[[nodiscard]] Conversion conversion_of(const Currency& from, const std::optional<PartialDate>& date,
                                       const TotalOptions& options, const ExchangeRates& rates);

}  // namespace POSTMONEY_NAMESPACE::detail
