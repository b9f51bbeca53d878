// The definitions of exchange.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/detail/fact_key.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

POSTMONEY_INLINE std::string Conversion::way() const {
    if (!over.empty()) return from + " over " + over + (on ? ", " + on->to_string() : "");
    if (at_parity) return from + " at parity";
    return on ? from + ", " + on->to_string() : from;
}

POSTMONEY_INLINE ExchangeRates::ExchangeRates(const std::vector<Claim>& claims,
                                              const ResolutionPolicy& policy, date::days max_age)
    : max_age_(max_age) {
    if (max_age < date::days(0))
        throw Error::refused(ErrorCode::out_of_range, std::to_string(max_age.count()),
                             "an age of rates of at least 0 days");
    std::map<detail::RateKey, const Claim*> winners;
    const ResolutionPolicy& own = policy.of("fx_rate");
    for (const Claim& claim : claims) {
        const auto* rate = claim.as<FxRate>();
        if (rate == nullptr) continue;
        const auto [at, is_new] = winners.try_emplace(detail::key_of(*rate), &claim);
        if (!is_new && own.prefers(claim, *at->second)) at->second = &claim;
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

POSTMONEY_INLINE const ExchangeRates::Series* ExchangeRates::series(std::string_view base,
                                                                    std::string_view quote) const {
    const auto at = rates_.find(std::pair<std::string, std::string>(base, quote));
    return at == rates_.end() ? nullptr : &at->second;
}

POSTMONEY_INLINE std::optional<ExchangeRates::Leg> ExchangeRates::of_day(const Currency& from,
                                                                         const Currency& to,
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

POSTMONEY_INLINE std::optional<ExchangeRates::Leg> ExchangeRates::of_period(const Currency& from,
                                                                            const Currency& to,
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

POSTMONEY_INLINE std::optional<ExchangeRates::Leg> ExchangeRates::leg(const Currency& from,
                                                                      const Currency& to,
                                                                      date::sys_days day) const {
    if (const auto fixed = parity(from, to, day)) return Leg{*fixed, day, std::nullopt};
    if (auto found = of_day(from, to, day)) return found;
    return of_period(from, to, day);
}

POSTMONEY_INLINE std::vector<Currency> ExchangeRates::thirds(const Currency& from, const Currency& to,
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

POSTMONEY_INLINE std::optional<Conversion> ExchangeRates::crossing(const Currency& from, const Currency& to,
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

POSTMONEY_INLINE Conversion ExchangeRates::conversion(const Currency& from, const Currency& to,
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

POSTMONEY_INLINE std::string ExchangeRates::nearest(const Currency& from, const Currency& to,
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

POSTMONEY_INLINE std::optional<std::string> ExchangeRates::nearest_dates(const Currency& from,
                                                                         const Currency& to,
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

POSTMONEY_INLINE Money ExchangeRates::convert(const Money& money, const Currency& to, date::sys_days day,
                                              Rounding mode) const {
    const DatedMoney amount{money, day};
    return convert(std::span(&amount, 1), to, mode);
}

POSTMONEY_INLINE Money ExchangeRates::convert(std::span<const DatedMoney> amounts, const Currency& to,
                                              Rounding mode) const {
    Ratio sum;
    for (const DatedMoney& amount : amounts) {
        sum = sum + Ratio(amount.money.to_decimal()) * rate(amount.money.currency(), to, amount.day);
    }
    return Money::of(sum.to_decimal(to.decimals(), mode), to);
}

}  // namespace POSTMONEY_NAMESPACE
