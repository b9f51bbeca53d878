// The definitions of total.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/detail/conversions-inl.hpp"
#include "postmoney/answer/detail/gatherer.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/detail/turning_days.hpp"
#include "postmoney/answer/early_filing-inl.hpp"
#include "postmoney/answer/resolved_company-inl.hpp"
#include "postmoney/answer/round_lines-inl.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/answer/total_options-inl.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE bool is_nothing(const Inflow& sum) {
    return sum.known.minor() == 0 && sum.lower.minor() == 0 && (!sum.upper || sum.upper->minor() == 0);
}

POSTMONEY_INLINE std::optional<date::sys_days> day_of_rate(const std::optional<PartialDate>& date,
                                                           const TotalOptions& options) {
    if (!date) return std::nullopt;
    return options.as_of ? std::min(date->last_day(), options.as_of->last_day()) : date->last_day();
}

POSTMONEY_INLINE Conversion conversion_of(const Currency& from, const std::optional<PartialDate>& date,
                                          const TotalOptions& options, const ExchangeRates& rates) {
    const Currency& to = *options.in;
    if (from == to) return {.from = std::string(from.code())};
    if (const auto day = day_of_rate(date, options)) return rates.conversion(from, to, *day);
    throw Error(ErrorCode::no_rate, "no rate from " + std::string(from.code()) + " to " +
                                        std::string(to.code()) + " for a round without a date");
}

// Adds up what rounds bring in another currency, exactly.
class ConvertedSum {
  public:
    ConvertedSum(const TotalOptions& options, const ExchangeRates& rates)
        : options_(&options), rates_(&rates) {}

    void add(const RoundInflows& round) {
        std::vector<Bounds<Ratio>> parts;
        for (const Inflow& sum : round.inflows) {
            if (is_nothing(sum)) {
                parts.push_back({nothing_, nothing_, sum.upper ? std::optional(nothing_) : std::nullopt});
                continue;
            }
            const Ratio rate = rate_on(sum.known.currency(), sum.date);
            const auto exact = [&](const Money& money) { return at(rate, money); };
            parts.push_back({exact(sum.known), exact(sum.lower),
                             sum.upper ? std::optional(exact(*sum.upper)) : std::nullopt});
        }
        const bool takes = std::any_of(round.inflows.begin(), round.inflows.end(),
                                       [&](const Inflow& sum) { return round.takes_conversions(sum); });
        if (round.foreign_conversions && takes) take_off(round, parts);
        Bounds<Ratio> whole{nothing_, nothing_, nothing_};
        bool come = false;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            whole.known = whole.known + parts[i].known;
            whole.lower = whole.lower + parts[i].lower;
            whole.upper =
                whole.upper && parts[i].upper ? std::optional(*whole.upper + *parts[i].upper) : std::nullopt;
            come = come || round.inflows[i].timing == Timing::come;
        }
        // Parts at the rates of different days may change places.
        if (whole.lower > whole.known) whole.lower = whole.known;
        if (whole.upper && *whole.upper < whole.known) whole.upper = whole.known;
        sum_.add(Timing::come, whole);
        if (come && !round.undisclosed) ++sum_.rounds;
    }

    [[nodiscard]] InflowSum<Money> rounded() const {
        const Currency in = *options_->in;
        const auto money = [&](const Ratio& sum) {
            return Money::of(sum.to_decimal(in.decimals(), Rounding::half_even), in);
        };
        InflowSum<Money> sum(Money(0, in));
        sum.known = money(sum_.known);
        sum.lower = money(sum_.lower);
        sum.upper = money(sum_.upper);
        sum.open_above = sum_.open_above;
        sum.rounds = sum_.rounds;
        return sum;
    }

  private:
    [[nodiscard]] static Ratio at(const Ratio& rate, const Money& money) {
        return Ratio::of(money.to_decimal(), Decimal(1)) * rate;
    }

    [[nodiscard]] Ratio rate_on(const Currency& from, const std::optional<PartialDate>& date) const {
        return conversion_of(from, date, *options_, *rates_).rate;
    }

    void take_off(const RoundInflows& round, std::vector<Bounds<Ratio>>& parts) const {
        const ForeignConversions& conversions = *round.foreign_conversions;
        const Ratio rate = rate_on(conversions.currency, conversions.date);
        const auto exact = [&](Int128 minor) { return at(rate, money_of(minor, conversions.currency)); };
        Ratio known = exact(conversions.bounds.known);
        Ratio upper = exact(conversions.off_upper);
        auto lower =
            conversions.bounds.upper ? std::optional(exact(*conversions.bounds.upper)) : std::nullopt;
        const auto take = [&](Ratio& from, Ratio& part) {
            const Ratio taken = part < from ? part : from;
            from = from - taken;
            part = part - taken;
        };
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!round.takes_conversions(round.inflows[i])) continue;
            take(parts[i].known, known);
            if (lower) {
                take(parts[i].lower, *lower);
            } else {
                parts[i].lower = nothing_;
            }
            if (parts[i].upper) take(*parts[i].upper, upper);
        }
    }

    const TotalOptions* options_;
    const ExchangeRates* rates_;
    Ratio nothing_ = Ratio::of(Decimal(0), Decimal(1));
    InflowSum<Ratio> sum_{nothing_};
};

[[nodiscard]] inline Total converted_total(const CompanyInflows& inflows, const TotalOptions& options,
                                           const ExchangeRates& rates) {
    ConvertedSum sum(options, rates);
    for (const RoundInflows& round : inflows.rounds) {
        try {
            sum.add(round);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::no_rate) throw;
            throw Error(ErrorCode::no_rate,
                        "round " + detail::quoted(round.round->handle) + ": " + error.message());
        }
    }
    TotalSums<Int128> all;
    for (const RoundInflows& round : inflows.rounds) all.add(round);
    return total_of(sum.rounded(), all);
}

POSTMONEY_INLINE std::vector<Total> total_raised(const BroughtByRounds& brought, const TotalOptions& options,
                                                 const ExchangeRates& rates) {
    const CompanyInflows inflows(brought, options);
    if (!options.in) return totals_by_currency(inflows);
    if (inflows.bring_nothing()) return {};
    return {converted_total(inflows, options, rates)};
}

}  // namespace detail

POSTMONEY_INLINE std::vector<Total> total_raised(const ResolvedCompany& company, const TotalOptions& options,
                                                 const ExchangeRates& rates) {
    detail::check_seen_as_of(company, options.as_of);
    return detail::total_raised(detail::BroughtByRounds(company, options.as_of), options, rates);
}

POSTMONEY_INLINE std::vector<TurningDay> turning_days(const Dossier& dossier) {
    detail::TurningDays days;
    for (const Claim& claim : dossier.claims) days.add(claim);
    return std::move(days).sorted();
}

}  // namespace POSTMONEY_NAMESPACE
