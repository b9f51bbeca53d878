// Accrual: what interest or a cumulative dividend comes to by a day.
#pragma once

#include <date/date.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/model/day_count.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

using postmoney::parse;
using postmoney::to_string;
using postmoney::operator<<;

//--- Interface ---

enum class AccrualKind : std::uint8_t { simple, compound };

// `rate` is a fraction a year. A compound one has periods_a_year of 1, 2, 3, 4, 6 or 12: whole periods
// compound, counted in months from `from`, and the days after the last whole period run simple.
struct Accrual {
    Ratio rate;
    date::sys_days from;
    AccrualKind kind = AccrualKind::simple;
    std::int64_t periods_a_year = 0;
    DayCount day_count = DayCount::actual_365_fixed;

    friend bool operator==(const Accrual&, const Accrual&) = default;
};

// What has accrued on `principal` by `to`: exact, not rounded. Throws Error out_of_range when `to` is before
// `from` or the periods are none of those.
[[nodiscard]] constexpr Ratio accrued(const Ratio& principal, const Accrual& accrual, date::sys_days to);

}  // namespace POSTMONEY_NAMESPACE::model

template <>
struct postmoney::detail::Words<postmoney::model::AccrualKind> {
    static constexpr std::array<std::string_view, 2> values{"simple", "compound"};
};

namespace POSTMONEY_NAMESPACE::model {

//--- Definitions ---

namespace detail {

// The day some months later: the last of that month where it has no such day.
[[nodiscard]] constexpr date::sys_days months_later(date::sys_days from, std::int64_t months) {
    const date::year_month_day start{from};
    const date::year_month_day later = start + date::months{static_cast<int>(months)};
    return later.ok() ? date::sys_days{later} : date::sys_days{later.year() / later.month() / date::last};
}

}  // namespace detail

constexpr Ratio accrued(const Ratio& principal, const Accrual& accrual, date::sys_days to) {
    if (accrual.kind == AccrualKind::simple)
        return principal * accrual.rate * year_fraction(accrual.day_count, accrual.from, to);
    const std::int64_t periods = accrual.periods_a_year;
    if (periods < 1 || periods > 12 || 12 % periods != 0) {
        throw Error::refused(ErrorCode::out_of_range, std::to_string(periods),
                             "1, 2, 3, 4, 6 or 12 periods a year")
            .in_field("periods_a_year");
    }
    if (to < accrual.from) return principal * year_fraction(accrual.day_count, accrual.from, to);
    const Ratio growth = detail::one + accrual.rate / detail::whole(periods);
    Ratio amount = principal;
    std::int64_t months = 12 / periods;
    date::sys_days last = accrual.from;
    while (detail::months_later(accrual.from, months) <= to) {
        last = detail::months_later(accrual.from, months);
        amount = amount * growth;
        months += 12 / periods;
    }
    amount = amount + amount * accrual.rate * year_fraction(accrual.day_count, last, to);
    return amount - principal;
}

}  // namespace POSTMONEY_NAMESPACE::model
