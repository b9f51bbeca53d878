// ExchangeRates: the resolved rates of a ledger, and what converts an amount of a day (FACTS.md, Rates).
#pragma once

#include <algorithm>
#include <chrono>
#include <initializer_list>
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
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/parity.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// How one currency came to another on a day.
struct POSTMONEY_EXPORT Conversion {
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

    friend bool operator==(const Conversion&, const Conversion&) = default;
};

// An amount of a day.
struct DatedMoney {
    Money money;
    date::sys_days day;

    friend bool operator==(const DatedMoney&, const DatedMoney&) = default;
};

class POSTMONEY_EXPORT ExchangeRates {
  public:
    // A rate of a day is used for that day and the 7 days after it, unless it is said otherwise.
    static constexpr date::days default_age{7};

    ExchangeRates() = default;
    // The claims' rates, resolved by base, quote and date. Claims of other kinds are passed over. Throws
    // out-of-range for an age below 0.
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
    [[nodiscard]] Money convert(std::initializer_list<DatedMoney> amounts, const Currency& to,
                                Rounding mode) const {
        return convert(std::span(amounts.begin(), amounts.size()), to, mode);
    }

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

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/exchange-inl.hpp"
#endif
