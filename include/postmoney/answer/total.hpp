// Total: what a company has raised, exactly: what is known, how many amounts are not, and between which
// bounds.
//
// It adds up what the rounds bring (round_inflows.hpp), less what of it is converted SAFEs and notes, whose
// money was counted when they were sold (conversions.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "postmoney/answer/conversions.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_inflows.hpp"
#include "postmoney/value/money.hpp"

namespace postmoney {

//--- Interface ---

// Which instruments a total takes.
class InstrumentFilter {
  public:
    // What gives or will give a share of the company: equity, SAFEs, convertible notes, and rounds that do
    // not say.
    InstrumentFilter() = default;
    [[nodiscard]] static InstrumentFilter all();
    // Only these; a round that does not say its instrument is not among them.
    [[nodiscard]] static InstrumentFilter only(const std::vector<Instrument>& instruments);

    [[nodiscard]] bool takes(const std::optional<Instrument>& instrument) const noexcept;

    friend bool operator==(const InstrumentFilter&, const InstrumentFilter&) = default;

  private:
    std::array<bool, 8> taken_{true, true, true, false, false, false, false, false};
    bool unstated_ = true;
};

struct TotalOptions {
    std::optional<PartialDate> as_of = {};
    std::optional<Currency> in = {};  // convert each round at the rate of its date
    InstrumentFilter instruments = {};
    bool exclude_funds = false;  // leave out what pooled investment funds raise
};

// One currency's total. A round whose amount is undisclosed may be in any currency: it counts with each that
// the company has, and leaves `upper` open (null). `currency` is null only when every amount is undisclosed.
struct Total {
    std::optional<Currency> currency;
    std::optional<Money>
        known;  // the three are null together with the currency, and then known and lower are 0
    std::optional<Money> lower;
    std::optional<Money> upper;
    std::int64_t rounds = 0;
    std::int64_t undisclosed = 0;
    // Of these rounds, those with conversions in another currency than their `raised`: without a rate it
    // cannot be told what of it is new money. They bring all of it to `known` and `upper`, and nothing to
    // `lower`.
    std::int64_t untold = 0;

    friend bool operator==(const Total&, const Total&) = default;
};

// The totals by currency code; empty when no round counts. As of a day, a currency of which nothing has
// surely come but something may have has `known` 0, its `upper`, and 0 rounds. `company` was resolved with
// the same as-of date. Throws overflow beyond 64-bit minor units, and no-rate, naming the round and the day,
// when a conversion to `in` lacks a rate.
[[nodiscard]] std::vector<Total> total_raised(const ResolvedCompany& company,
                                              const TotalOptions& options = {},
                                              const ExchangeRates& rates = {});

// A day as of which a company's total may be another one than the day before.
struct TurningDay {
    date::sys_days day;
    bool claims = false;  // some claim holds from then on: the company is to be resolved anew
};

// By day, none twice. As of any other day the totals are those of the last of these before it, and there are
// none before the first.
[[nodiscard]] std::vector<TurningDay> turning_days(const Dossier& dossier);

//--- Definitions ---

namespace detail {

// Whether a total of these instruments counts the round as one of undisclosed amount.
[[nodiscard]] inline bool counts_as_undisclosed(const RoundInflows& brought,
                                                const InstrumentFilter& instruments) {
    return brought.undisclosed &&
           std::any_of(brought.undisclosed_of.begin(), brought.undisclosed_of.end(),
                       [&](const auto& instrument) { return instruments.takes(instrument); });
}

// Whether a total of these instruments takes something of the round, which brings that when all its days have
// come, or counts it as undisclosed.
[[nodiscard]] inline bool counts_as_raised(const RoundInflows& brought, const InstrumentFilter& instruments) {
    if (brought.round->is_business_combination()) return false;
    return counts_as_undisclosed(brought, instruments) ||
           std::any_of(brought.inflows.begin(), brought.inflows.end(),
                       [&](const Inflow& sum) { return instruments.takes(sum.instrument); });
}

[[nodiscard]] inline bool counts_as_raised(const ResolvedRound& round, const InstrumentFilter& instruments) {
    return counts_as_raised(inflows_of(round, AsOf()), instruments);
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
        for (const Inflow& inflow : round.inflows) {
            const Currency currency = inflow.known.currency();
            const auto zero = number_of<Number>(Money(0, currency));
            InflowSum<Number>& sum = by_currency.try_emplace(currency, zero).first->second;
            const bool untold = round.foreign_conversions && round.takes_conversions(inflow);
            sum.add(inflow.timing,
                    {number_of<Number>(inflow.known), untold ? zero : number_of<Number>(inflow.lower),
                     inflow.upper ? std::optional(number_of<Number>(*inflow.upper)) : std::nullopt});
            if (any.insert(currency).second) ++sum.any;
            if (inflow.timing != Timing::come || round.undisclosed || !counted.insert(currency).second)
                continue;
            ++sum.rounds;
            if (untold) ++sum.untold;
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

[[nodiscard]] std::vector<Total> total_raised(const BroughtByRounds& brought, const TotalOptions& options,
                                              const ExchangeRates& rates);

// Collects the days as of which a total may change.
class TurningDays {
  public:
    void add(const Claim& claim) {
        if (const auto* closing = claim.as<Closing>()) {
            days_.push_back({closing->on.first_day(), true});  // from then on it may state the round
            days_.push_back({closing->on.last_day()});
        }
        const auto* round = claim.as<RoundStatement>();
        if (round == nullptr) return;
        for (const auto* date : {&round->announced, &round->closed, &round->first_sale, &round->filed})
            begins_and_ends(*date);
        // A round without a date may have come on any day.
        const bool dated = round->announced || round->closed || round->first_sale || round->filed;
        if (!dated) days_.push_back({PartialDate::year(1).first_day()});
        if (const auto begins = begin_of(claim)) days_.push_back({*begins, true});
        if (round->raised && source_type(claim) == SourceType::filing) {
            begins_and_ends(filing_day(claim));
            early_ = early_ || leaves_unsold(*round);
        } else if (round->raised) {
            words_.push_back(&claim);
        }
        if (round->status == RoundStatus::cancelled) {
            cancelled_ = true;
            begins_and_ends(cancelling_day(claim));
        }
    }

    // By day, none twice.
    [[nodiscard]] std::vector<TurningDay> sorted() && {
        // A final word takes the place of an early filing, so that the round resolves to something else.
        for (const Claim* word : early_ ? words_ : std::vector<const Claim*>()) {
            const auto& line = *word->as<RoundStatement>();
            for (const auto& date : {line.on, line.closed, published_of(*word)}) {
                begins_and_ends(date);
                if (date) days_.push_back({date->last_day(), true});
            }
        }
        // What had come when a round was cancelled is resolved for each day before.
        for (TurningDay& day : days_) day.claims = day.claims || cancelled_;
        std::sort(days_.begin(), days_.end(), [](const TurningDay& a, const TurningDay& b) {
            return std::tuple(a.day, !a.claims) < std::tuple(b.day, !b.claims);
        });
        const auto same_day = [](const TurningDay& a, const TurningDay& b) { return a.day == b.day; };
        days_.erase(std::unique(days_.begin(), days_.end(), same_day), days_.end());
        return std::move(days_);
    }

  private:
    void begins_and_ends(const std::optional<PartialDate>& date) {
        if (!date) return;
        days_.push_back({date->first_day()});
        days_.push_back({date->last_day()});
    }

    std::vector<TurningDay> days_;
    std::vector<const Claim*> words_;
    bool early_ = false;
    bool cancelled_ = false;
};

}  // namespace detail

}  // namespace postmoney

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/total-inl.hpp"
#endif
