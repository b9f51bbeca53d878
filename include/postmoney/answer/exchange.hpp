// ExchangeRates: the resolved rates of a ledger, and what converts an amount of a day (FACTS.md, Rates).
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/resolution.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/parity.hpp"
#include "postmoney/value/ratio.hpp"

namespace postmoney {

//--- Interface ---

// How one currency came to another on a day.
struct Conversion {
    std::string from;                    // its code
    Ratio rate = Ratio(Decimal(1));      // how many units of the other one unit of it costs
    bool at_parity = false;              // a law has fixed it
    std::string over = {};               // of a crossing the code of the third currency; empty otherwise
    std::optional<PartialDate> on = {};  // the rate's date, of a crossing that of its older rate

    // Whether it changes the currency.
    [[nodiscard]] bool converts() const noexcept { return at_parity || on || !over.empty(); }
    // "GBP, 2024-05-17", "GBP over EUR, 2024-05-17", "BGN at parity"; the code alone where nothing is
    // converted.
    [[nodiscard]] std::string way() const;
};

// An amount of a day.
struct DatedMoney {
    Money money;
    date::sys_days day;
};

class ExchangeRates {
  public:
    // A rate of a day is used for that day and the 7 days after it, unless it is said otherwise.
    static constexpr date::days default_age{7};

    ExchangeRates() = default;
    // The claims' rates, resolved by base, quote and date. Claims of other kinds are passed over.
    explicit ExchangeRates(const std::vector<Claim>& claims, const ResolutionPolicy& policy = {},
                           date::days max_age = default_age);

    // What converts an amount of that day, the first that there is of: nothing for the same currency; a
    // parity; the latest rate of a day on or before it, at most the age limit old, or the inverse of one, of
    // two equally late ones the direct; a rate of a period with the day in it, of two the shorter; a crossing
    // over a third currency whose two rates both stand, of those that fit the one whose older rate is latest,
    // then EUR, then USD, then the code. Throws no-rate, naming the pair, the day, and the nearest dates that
    // there are rates of.
    [[nodiscard]] Conversion conversion(const Currency& from, const Currency& to, date::sys_days day) const;
    // How many units of `to` one unit of `from` costs on that day.
    [[nodiscard]] Ratio rate(const Currency& from, const Currency& to, date::sys_days day) const {
        return conversion(from, to, day).rate;
    }
    // The money in another currency, rounded once. Throws no-rate, overflow, and inexact with
    // Rounding::never.
    [[nodiscard]] Money convert(const Money& money, const Currency& to, date::sys_days day,
                                Rounding mode) const;
    // The sum, each amount converted exactly at its own day, and rounded once.
    [[nodiscard]] Money convert(std::span<const DatedMoney> amounts, const Currency& to, Rounding mode) const;

  private:
    struct Period {
        PartialDate on;
        Decimal rate;
    };
    struct Series {
        std::map<date::sys_days, Decimal> days;
        std::vector<Period> periods;
    };
    // A parity or one rate, and the day that it is as old as.
    struct Leg {
        Ratio rate;
        date::sys_days as_of;
        std::optional<PartialDate> on;  // null of a parity
    };

    [[nodiscard]] const Series* series(std::string_view base, std::string_view quote) const;
    [[nodiscard]] std::optional<Leg> of_day(const Currency& from, const Currency& to,
                                            date::sys_days day) const;
    [[nodiscard]] std::optional<Leg> of_period(const Currency& from, const Currency& to,
                                               date::sys_days day) const;
    [[nodiscard]] std::optional<Leg> leg(const Currency& from, const Currency& to, date::sys_days day) const;
    [[nodiscard]] std::optional<Conversion> crossing(const Currency& from, const Currency& to,
                                                     date::sys_days day) const;
    // The currencies that a crossing may go over: EUR, USD, and then by the code.
    [[nodiscard]] std::vector<Currency> thirds(const Currency& from, const Currency& to,
                                               date::sys_days day) const;
    // Where there are rates instead, in words.
    [[nodiscard]] std::string nearest(const Currency& from, const Currency& to, date::sys_days day) const;
    // The dates of the nearest rates of the pair on each side of the day; null where it has none.
    [[nodiscard]] std::optional<std::string> nearest_dates(const Currency& from, const Currency& to,
                                                           date::sys_days day) const;

    std::map<std::pair<std::string, std::string>, Series, std::less<>> rates_;  // by base and quote
    std::map<std::string, std::set<Currency>, std::less<>> partners_;  // by code what it has rates with
    date::days max_age_ = default_age;
};

//--- Definitions ---

inline std::string Conversion::way() const {
    if (!over.empty()) return from + " over " + over + (on ? ", " + on->to_string() : "");
    if (at_parity) return from + " at parity";
    return on ? from + ", " + on->to_string() : from;
}

inline ExchangeRates::ExchangeRates(const std::vector<Claim>& claims, const ResolutionPolicy& policy,
                                    date::days max_age)
    : max_age_(max_age) {
    // `2024` and `2024-12-31` are two facts.
    std::map<std::tuple<std::string, std::string, date::sys_days, date::sys_days>, const Claim*> winners;
    for (const Claim& claim : claims) {
        const auto* rate = claim.as<FxRate>();
        if (rate == nullptr) continue;
        const auto [at, is_new] =
            winners.try_emplace({std::string(rate->base.code()), std::string(rate->quote.code()),
                                 rate->on.first_day(), rate->on.last_day()},
                                &claim);
        if (!is_new && policy.prefers(claim, *at->second)) at->second = &claim;
    }
    for (const auto& [fact, claim] : winners) {
        const auto& rate = *claim->as<FxRate>();
        Series& series = rates_[{std::get<0>(fact), std::get<1>(fact)}];
        if (rate.on.precision() == DatePrecision::day) {
            series.days.emplace(rate.on.last_day(), rate.rate);
        } else {
            series.periods.push_back({rate.on, rate.rate});
        }
        partners_[std::get<0>(fact)].insert(rate.quote);
        partners_[std::get<1>(fact)].insert(rate.base);
    }
}

inline const ExchangeRates::Series* ExchangeRates::series(std::string_view base,
                                                          std::string_view quote) const {
    const auto at = rates_.find(std::pair<std::string, std::string>(base, quote));
    return at == rates_.end() ? nullptr : &at->second;
}

inline std::optional<ExchangeRates::Leg> ExchangeRates::of_day(const Currency& from, const Currency& to,
                                                               date::sys_days day) const {
    std::optional<Leg> best;
    const auto add = [&](const Series* rates, bool direct) {
        if (rates == nullptr) return;
        const auto after = rates->days.upper_bound(day);
        if (after == rates->days.begin()) return;
        const auto& [on, rate] = *std::prev(after);
        if (day - on > max_age_ || (best && on <= best->as_of)) return;
        const Ratio exact(rate);
        best = {direct ? exact : exact.inverse(), on, PartialDate::day(on)};
    };
    add(series(from.code(), to.code()), true);
    add(series(to.code(), from.code()), false);
    return best;
}

inline std::optional<ExchangeRates::Leg> ExchangeRates::of_period(const Currency& from, const Currency& to,
                                                                  date::sys_days day) const {
    std::optional<Leg> best;
    const auto length = [](const PartialDate& period) { return period.last_day() - period.first_day(); };
    const auto add = [&](const Series* rates, bool direct) {
        if (rates == nullptr) return;
        for (const Period& period : rates->periods) {
            if (period.on.first_day() > day || period.on.last_day() < day) continue;
            if (best && length(*best->on) <= length(period.on)) continue;
            const Ratio exact(period.rate);
            best = {direct ? exact : exact.inverse(), day, period.on};
        }
    };
    add(series(from.code(), to.code()), true);
    add(series(to.code(), from.code()), false);
    return best;
}

inline std::optional<ExchangeRates::Leg> ExchangeRates::leg(const Currency& from, const Currency& to,
                                                            date::sys_days day) const {
    if (const auto fixed = parity(from, to, day)) return Leg{*fixed, day, std::nullopt};
    if (auto found = of_day(from, to, day)) return found;
    return of_period(from, to, day);
}

inline std::vector<Currency> ExchangeRates::thirds(const Currency& from, const Currency& to,
                                                   date::sys_days day) const {
    std::set<Currency> partners;
    for (const Currency& end : {from, to}) {
        if (const auto at = partners_.find(end.code()); at != partners_.end())
            partners.insert(at->second.begin(), at->second.end());
        detail::follow_parities(end.code(), day,
                                [&](const Parity& row) { partners.insert(Currency::iso(row.in)); });
    }
    partners.erase(from);
    partners.erase(to);
    std::vector<Currency> sorted(partners.begin(), partners.end());
    const auto place = [](const Currency& currency) {
        return std::tuple(currency.code() != "EUR", currency.code() != "USD", currency.code());
    };
    std::sort(sorted.begin(), sorted.end(),
              [&](const Currency& a, const Currency& b) { return place(a) < place(b); });
    return sorted;
}

inline std::optional<Conversion> ExchangeRates::crossing(const Currency& from, const Currency& to,
                                                         date::sys_days day) const {
    std::optional<Conversion> best;
    date::sys_days best_day;
    for (const Currency& third : thirds(from, to, day)) {
        const auto first = leg(from, third, day);
        const auto second = first ? leg(third, to, day) : std::nullopt;
        if (!second) continue;
        const Leg& older = second->as_of < first->as_of || !first->on ? *second : *first;
        const date::sys_days as_of = std::min(first->as_of, second->as_of);
        if (best && as_of <= best_day) continue;
        best = Conversion{std::string(from.code()), first->rate * second->rate, false,
                          std::string(third.code()), older.on};
        best_day = as_of;
    }
    return best;
}

inline Conversion ExchangeRates::conversion(const Currency& from, const Currency& to,
                                            date::sys_days day) const {
    const std::string code(from.code());
    if (from == to) return {code};
    if (const auto found = leg(from, to, day)) return {code, found->rate, !found->on, {}, found->on};
    if (auto found = crossing(from, to, day)) return *std::move(found);
    throw Error(ErrorCode::no_rate, "no rate from " + code + " to " + std::string(to.code()) + " for " +
                                        day_text(day) + ", nor within the " +
                                        std::to_string(max_age_.count()) + " days before it" +
                                        nearest(from, to, day));
}

inline std::string ExchangeRates::nearest(const Currency& from, const Currency& to,
                                          date::sys_days day) const {
    if (const auto dates = nearest_dates(from, to, day)) return "; the nearest on record are of " + *dates;
    for (const Currency& third : thirds(from, to, day)) {
        const auto first = nearest_dates(from, third, day);
        const auto second = nearest_dates(third, to, day);
        if (!first && !second) continue;
        if (!first && !parity(from, third, day)) continue;
        if (!second && !parity(third, to, day)) continue;
        const auto leg = [](const Currency& a, const Currency& b, const std::optional<std::string>& dates) {
            return " from " + std::string(a.code()) + " to " + std::string(b.code()) +
                   (dates ? " of " + *dates : " at parity");
        };
        return "; the nearest on record are" + leg(from, third, first) + "," + leg(third, to, second);
    }
    return "; none between them is on record";
}

inline std::optional<std::string> ExchangeRates::nearest_dates(const Currency& from, const Currency& to,
                                                               date::sys_days day) const {
    std::optional<PartialDate> before;
    std::optional<PartialDate> after;
    const auto add = [&](const PartialDate& on) {
        if (on.last_day() < day && (!before || on.last_day() > before->last_day())) before = on;
        if (on.first_day() > day && (!after || on.first_day() < after->first_day())) after = on;
    };
    bool any = false;
    for (const Series* rates : {series(from.code(), to.code()), series(to.code(), from.code())}) {
        if (rates == nullptr) continue;
        any = true;
        for (const auto& [on, rate] : rates->days) {
            // The day itself is near where the other leg of a crossing fails.
            if (on == day) return day_text(day);
            add(PartialDate::day(on));
        }
        for (const Period& period : rates->periods) {
            if (period.on.first_day() <= day && period.on.last_day() >= day) return period.on.to_string();
            add(period.on);
        }
    }
    if (!any) return std::nullopt;
    return (before ? before->to_string() : "no day before") + " and " +
           (after ? after->to_string() : "no day after");
}

inline Money ExchangeRates::convert(const Money& money, const Currency& to, date::sys_days day,
                                    Rounding mode) const {
    const DatedMoney amount{money, day};
    return convert(std::span(&amount, 1), to, mode);
}

inline Money ExchangeRates::convert(std::span<const DatedMoney> amounts, const Currency& to,
                                    Rounding mode) const {
    Ratio sum;
    for (const DatedMoney& amount : amounts) {
        sum = sum + Ratio(amount.money.to_decimal()) * rate(amount.money.currency(), to, amount.day);
    }
    return Money::of(sum.to_decimal(to.decimals(), mode), to);
}

}  // namespace postmoney
