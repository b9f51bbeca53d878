// Total: what a company has raised, exactly: what is known, how many amounts are not, and between which
// bounds.
//
// It adds the resolved `raised`, less what of it is converted SAFEs and notes (their money was counted when
// they were sold), of the rounds that are neither rumoured nor cancelled. A round without a disclosed
// `raised` counts its closings.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/resolved_company.hpp"
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

// Whether something dated has come by a day.
enum class Timing : std::uint8_t { come, perhaps, not_yet };

[[nodiscard]] inline Timing timing(const std::optional<PartialDate>& date,
                                   const std::optional<PartialDate>& as_of) {
    if (!as_of) return Timing::come;
    if (!date) return Timing::perhaps;
    const auto day = as_of->last_day();
    if (date->surely_by(day)) return Timing::come;
    return date->begun_by(day) ? Timing::perhaps : Timing::not_yet;
}

// One sum of money that a round brings in: `raised`, or a closing.
struct Inflow {
    Money known;
    Money lower;
    std::optional<Money> upper;
    std::optional<PartialDate> date;
    Timing timing;
    const ResolvedClosing* closing = nullptr;  // null of what the round raised
    // Conversions in another currency are taken off where there are rates, from the stated bounds: without a
    // rate `lower` is 0, as all of it may be converted.
    const Amount* foreign_conversions = nullptr;
    Money stated_lower = lower;
};

// What one round brings to a total.
struct RoundInflows {
    const ResolvedRound* round = nullptr;
    std::vector<Inflow> inflows = {};
    bool counts = false;       // is among `rounds`
    bool undisclosed = false;  // and without an amount
    bool open_above = false;   // something of it has no amount, so that no upper bound holds
};

[[nodiscard]] inline Inflow inflow(const Amount& amount, const std::optional<PartialDate>& date,
                                   Timing timing, const ResolvedClosing* closing = nullptr) {
    return {.known = amount.known(),
            .lower = amount.lower(),
            .upper = amount.upper(),
            .date = date,
            .timing = timing,
            .closing = closing};
}

// The bounds of a sum, as numbers of one unit: Money of one currency, or exact ratios of several. A null
// upper is open.
template <class Number>
struct Bounds {
    Number known;
    Number lower;
    std::optional<Number> upper;
};

// Converted SAFEs and notes are no new money. What they come to may itself be stated within bounds, and what
// is left is never less than nothing.
template <class Number>
void subtract(Bounds<Number>& from, const Bounds<Number>& conversions, const Number& nothing) {
    const auto less = [&](const Number& a, const Number& b) { return a > b ? a - b : nothing; };
    from.known = less(from.known, conversions.known);
    from.lower = conversions.upper ? less(from.lower, *conversions.upper) : nothing;
    if (from.upper) from.upper = less(*from.upper, conversions.lower);
}

// Takes the conversions off a sum, or leaves those in another currency to a question that has rates.
inline void take_off(Inflow& sum, const Amount& conversions) {
    const Money nothing(0, sum.lower.currency());
    if (!conversions.disclosed()) {
        sum.lower = nothing;  // all of it may be converted
        return;
    }
    if (conversions.currency() != sum.known.currency()) {
        sum.lower = nothing;
        sum.foreign_conversions = &conversions;
        return;
    }
    Bounds<Money> bounds{sum.known, sum.lower, sum.upper};
    subtract(bounds, {conversions.known(), conversions.lower(), conversions.upper()}, nothing);
    sum.known = bounds.known;
    sum.lower = bounds.lower;
    sum.upper = bounds.upper;
}

[[nodiscard]] inline bool counts_as_raised(const ResolvedRound& round, const InstrumentFilter& instruments) {
    const auto status = round.status.get();
    if (status == RoundStatus::rumoured || status == RoundStatus::cancelled) return false;
    return instruments.takes(round.instrument.get());
}

[[nodiscard]] inline RoundInflows inflows_of(const ResolvedRound& round,
                                             const std::optional<PartialDate>& as_of) {
    RoundInflows result{.round = &round};
    const Timing round_timing = timing(round.date(), as_of);
    if (round.raised && round.raised.value().disclosed()) {
        if (round_timing == Timing::not_yet) return result;
        Inflow sum = inflow(round.raised.value(), round.date(), round_timing);
        if (round.includes_conversions) take_off(sum, round.includes_conversions.value());
        result.inflows.push_back(sum);
        result.counts = round_timing == Timing::come;
        return result;
    }
    bool any_come = false;
    bool any_closing = false;
    for (const ResolvedClosing& closing : round.closings) {
        const Timing when = timing(closing.on, as_of);
        if (when == Timing::not_yet) continue;
        any_closing = true;
        any_come = any_come || when == Timing::come;
        if (closing.amount.value().disclosed()) {
            result.inflows.push_back(inflow(closing.amount.value(), closing.on, when, &closing));
        } else {
            result.open_above = true;
        }
    }
    result.counts = any_come || round_timing == Timing::come;
    if (!any_closing && round_timing != Timing::not_yet) result.open_above = true;
    const bool any_amount = std::any_of(result.inflows.begin(), result.inflows.end(),
                                        [](const Inflow& sum) { return sum.timing == Timing::come; });
    result.undisclosed = result.counts && !any_amount;
    result.open_above = result.open_above || result.undisclosed;
    return result;
}

// Adds up inflows as numbers of one unit: Money of one currency, or exact ratios that are rounded in the end.
template <class Number>
struct InflowSum {
    Number known;
    Number lower;
    Number upper;
    bool open_above = false;
    std::int64_t rounds = 0;
    std::int64_t untold = 0;

    explicit InflowSum(Number zero) : known(zero), lower(zero), upper(zero) {}

    void add(Timing timing, const Bounds<Number>& sum) {
        if (timing == Timing::come) {
            known = known + sum.known;
            lower = lower + sum.lower;
        }
        if (sum.upper) {
            upper = upper + *sum.upper;
        } else {
            open_above = true;
        }
    }
};

// The day whose rate an inflow is converted at: that of its date, but none that the viewpoint does not see
// yet.
[[nodiscard]] inline date::sys_days conversion_day(const Inflow& sum, const Currency& to,
                                                   const std::optional<PartialDate>& as_of) {
    if (!sum.date) {
        throw Error(ErrorCode::no_rate, "no rate from " + std::string(sum.known.currency().code()) + " to " +
                                            std::string(to.code()) + " for a round without a date");
    }
    const auto day = sum.date->last_day();
    return as_of ? std::min(day, as_of->last_day()) : day;
}

// What all rounds of a company bring.
struct CompanyInflows {
    std::vector<RoundInflows> rounds;
    std::int64_t undisclosed = 0;
    bool open_above = false;

    CompanyInflows(const ResolvedCompany& company, const TotalOptions& options) {
        for (const ResolvedRound& round : company.rounds) {
            if (!counts_as_raised(round, options.instruments)) continue;
            if (options.exclude_funds && round.fund_type) continue;
            rounds.push_back(inflows_of(round, options.as_of));
            open_above = open_above || rounds.back().open_above;
            if (rounds.back().undisclosed) ++undisclosed;
        }
    }

    // Whether no round counts, and none may have brought a sum that is known.
    [[nodiscard]] bool bring_nothing() const {
        return std::none_of(rounds.begin(), rounds.end(),
                            [](const RoundInflows& round) { return round.counts || !round.inflows.empty(); });
    }

    // The total of a sum that is already in money.
    [[nodiscard]] Total total(const InflowSum<Money>& sum) const {
        Total result{sum.known.currency(),     sum.known,   sum.lower, std::nullopt,
                     sum.rounds + undisclosed, undisclosed, sum.untold};
        if (!open_above && !sum.open_above) result.upper = sum.upper;
        return result;
    }
};

// Every currency that some round may bring, also one that none surely does: its `rounds` is then 0.
[[nodiscard]] inline std::vector<Total> totals_by_currency(const CompanyInflows& inflows) {
    std::map<Currency, InflowSum<Money>> sums;
    for (const RoundInflows& round : inflows.rounds) {
        std::vector<Currency> counted;  // a round of several closings counts once in each of its currencies
        for (const Inflow& inflow : round.inflows) {
            const Currency currency = inflow.known.currency();
            InflowSum<Money>& sum = sums.try_emplace(currency, Money(0, currency)).first->second;
            sum.add(inflow.timing, {inflow.known, inflow.lower, inflow.upper});
            if (inflow.timing != Timing::come) continue;
            if (inflow.foreign_conversions != nullptr) ++sum.untold;
            if (std::find(counted.begin(), counted.end(), currency) != counted.end()) continue;
            counted.push_back(currency);
            ++sum.rounds;
        }
    }
    std::vector<Total> totals;
    totals.reserve(std::max<std::size_t>(1, sums.size()));
    for (const auto& [currency, sum] : sums) totals.push_back(inflows.total(sum));
    if (totals.empty()) {
        totals.push_back({{}, {}, {}, {}, inflows.undisclosed, inflows.undisclosed, 0});
    }
    return totals;
}

// What an inflow brings, in another currency and exactly, less conversions.
[[nodiscard]] inline Bounds<Ratio> converted(const Inflow& sum, const TotalOptions& options,
                                             const ExchangeRates& rates) {
    const Currency to = *options.in;
    const auto convert = [&](const Money& known, const Money& lower, const std::optional<Money>& upper) {
        const Currency from = known.currency();
        const Ratio one = Ratio::of(Decimal(1), Decimal(1));
        const Ratio rate = from == to ? one : rates.rate(from, to, conversion_day(sum, to, options.as_of));
        const auto exact = [&](const Money& money) {
            return Ratio::of(money.to_decimal(), Decimal(1)) * rate;
        };
        return Bounds<Ratio>{exact(known), exact(lower), upper ? std::optional(exact(*upper)) : std::nullopt};
    };
    if (sum.foreign_conversions == nullptr) return convert(sum.known, sum.lower, sum.upper);
    // Nothing was taken off yet, and `lower` was made 0 for want of a rate.
    Bounds<Ratio> bounds = convert(sum.known, sum.stated_lower, sum.upper);
    const Amount& conversions = *sum.foreign_conversions;
    subtract(bounds, convert(conversions.known(), conversions.lower(), conversions.upper()),
             Ratio::of(Decimal(0), Decimal(1)));
    return bounds;
}

[[nodiscard]] inline Total converted_total(const CompanyInflows& inflows, const TotalOptions& options,
                                           const ExchangeRates& rates) {
    const Currency in = *options.in;
    InflowSum<Ratio> exact(Ratio::of(Decimal(0), Decimal(1)));
    for (const RoundInflows& round : inflows.rounds) {
        for (const Inflow& inflow : round.inflows) {
            try {
                exact.add(inflow.timing, converted(inflow, options, rates));
            } catch (const Error& error) {
                if (error.code() != ErrorCode::no_rate) throw;
                throw Error(ErrorCode::no_rate,
                            "round " + detail::quoted(round.round->handle) + ": " + error.message());
            }
        }
        if (round.counts && !round.undisclosed) ++exact.rounds;
    }
    const auto rounded = [&](const Ratio& sum) {
        return Money::of(sum.to_decimal(in.decimals(), Rounding::half_even), in);
    };
    InflowSum<Money> sum(Money(0, in));
    sum.known = rounded(exact.known);
    sum.lower = rounded(exact.lower);
    sum.upper = rounded(exact.upper);
    sum.open_above = exact.open_above;
    sum.rounds = exact.rounds;
    return inflows.total(sum);
}

}  // namespace detail

inline InstrumentFilter InstrumentFilter::all() {
    InstrumentFilter filter;
    filter.taken_.fill(true);
    return filter;
}

inline InstrumentFilter InstrumentFilter::only(const std::vector<Instrument>& instruments) {
    InstrumentFilter filter;
    filter.taken_.fill(false);
    filter.unstated_ = false;
    for (const Instrument instrument : instruments)
        filter.taken_[static_cast<std::size_t>(instrument)] = true;
    return filter;
}

inline bool InstrumentFilter::takes(const std::optional<Instrument>& instrument) const noexcept {
    return instrument ? taken_[static_cast<std::size_t>(*instrument)] : unstated_;
}

inline std::vector<Total> total_raised(const ResolvedCompany& company, const TotalOptions& options,
                                       const ExchangeRates& rates) {
    const detail::CompanyInflows inflows(company, options);
    if (inflows.bring_nothing()) return {};
    if (options.in) return {detail::converted_total(inflows, options, rates)};
    return detail::totals_by_currency(inflows);
}

inline std::vector<TurningDay> turning_days(const Dossier& dossier) {
    std::vector<TurningDay> days;
    const auto begins_and_ends = [&](const PartialDate& date) {
        days.push_back({date.first_day()});
        days.push_back({date.last_day()});
    };
    for (const Claim& claim : dossier.claims) {
        if (const auto* round = claim.as<RoundStatement>()) {
            // A round without a date may have come on any day.
            const bool dated = round->announced || round->closed || round->first_sale || round->filed;
            if (round->raised && !dated) days.push_back({PartialDate::year(1).first_day()});
            for (const auto* date : {&round->announced, &round->closed, &round->first_sale, &round->filed}) {
                if (*date) begins_and_ends(**date);
            }
            if (round->on) days.push_back({round->on->last_day(), true});
        } else if (const auto* closing = claim.as<Closing>()) {
            days.push_back({closing->on.first_day(), true});  // from then on it may have brought its money
            days.push_back({closing->on.last_day()});
        }
    }
    std::sort(days.begin(), days.end(), [](const TurningDay& a, const TurningDay& b) {
        return std::tuple(a.day, !a.claims) < std::tuple(b.day, !b.claims);
    });
    const auto same_day = [](const TurningDay& a, const TurningDay& b) { return a.day == b.day; };
    days.erase(std::unique(days.begin(), days.end(), same_day), days.end());
    return days;
}

}  // namespace postmoney
