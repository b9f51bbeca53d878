// DayCount: how a loan counts the days between two dates as parts of a year. There is no default: one note of
// 200,000 at 8 % comes to three amounts under three readings of "365 days".
//
//   const auto from = PartialDate::parse("2024-01-31").first_day();
//   const auto to = PartialDate::parse("2024-07-31").first_day();
//   model::year_fraction(model::DayCount::thirty_360_us, from, to);  // 1/2
#pragma once

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

using postmoney::parse;
using postmoney::to_string;
using postmoney::operator<<;

//--- Interface ---

// The conventions as ISDA's 2006 definitions (4.16) and the 30/360 rules of US bonds name them.
enum class DayCount : std::uint8_t {
    actual_365_fixed,    // days / 365
    actual_360,          // days / 360
    actual_actual_isda,  // days in leap years / 366 + the others / 365
    thirty_360_us,  // months of 30 days; the last of February is a 30th where both ends are, or the first
    thirty_e_360,   // months of 30 days; a 31st is a 30th
};

// The years from one day to a later one, by the convention. Throws Error out_of_range when `to` is earlier.
[[nodiscard]] constexpr Ratio year_fraction(DayCount count, date::sys_days from, date::sys_days to);

}  // namespace POSTMONEY_NAMESPACE::model

template <>
struct postmoney::detail::Words<postmoney::model::DayCount> {
    static constexpr std::array<std::string_view, 5> values{"actual/365-fixed", "actual/360",
                                                            "actual/actual-isda", "30/360-us", "30e/360"};
};

namespace POSTMONEY_NAMESPACE::model {

//--- Definitions ---

namespace detail {

using postmoney::detail::Integer;

[[nodiscard]] constexpr Ratio whole(std::int64_t value) {
    return Ratio::of(Integer(value), Integer(1));
}
inline constexpr Ratio one = whole(1);

[[nodiscard]] constexpr Ratio fraction(std::int64_t numerator, std::int64_t denominator) {
    return Ratio::of(Integer(numerator), Integer(denominator));
}

[[nodiscard]] constexpr bool last_of_february(const date::year_month_day& day) {
    return day == date::year_month_day{day.year() / date::February / date::last};
}

[[nodiscard]] constexpr Ratio actual_actual(date::sys_days from, date::sys_days to) {
    Ratio years;
    for (date::sys_days at = from; at < to;) {
        const date::year year = date::year_month_day{at}.year();
        const date::sys_days next = std::min(to, date::sys_days{(year + date::years{1}) / date::January / 1});
        years = years + fraction((next - at).count(), year.is_leap() ? 366 : 365);
        at = next;
    }
    return years;
}

[[nodiscard]] constexpr Ratio thirty_360(bool us, date::sys_days from, date::sys_days to) {
    const date::year_month_day first{from};
    const date::year_month_day last{to};
    auto first_day = static_cast<std::int64_t>(static_cast<unsigned>(first.day()));
    auto last_day = static_cast<std::int64_t>(static_cast<unsigned>(last.day()));
    if (us) {
        if (last_of_february(first) && last_of_february(last)) last_day = 30;
        if (last_of_february(first)) first_day = 30;
        if (last_day == 31 && first_day >= 30) last_day = 30;
        if (first_day == 31) first_day = 30;
    } else {
        first_day = std::min<std::int64_t>(first_day, 30);
        last_day = std::min<std::int64_t>(last_day, 30);
    }
    const std::int64_t years = static_cast<int>(last.year()) - static_cast<int>(first.year());
    const std::int64_t months = static_cast<std::int64_t>(static_cast<unsigned>(last.month())) -
                                static_cast<std::int64_t>(static_cast<unsigned>(first.month()));
    return fraction(360 * years + 30 * months + last_day - first_day, 360);
}

}  // namespace detail

constexpr Ratio year_fraction(DayCount count, date::sys_days from, date::sys_days to) {
    if (to < from) {
        throw Error::refused(ErrorCode::out_of_range, day_text(to),
                             "a day that is not before " + day_text(from));
    }
    const std::int64_t days = (to - from).count();
    switch (count) {
        case DayCount::actual_365_fixed:
            return detail::fraction(days, 365);
        case DayCount::actual_360:
            return detail::fraction(days, 360);
        case DayCount::actual_actual_isda:
            return detail::actual_actual(from, to);
        case DayCount::thirty_360_us:
            return detail::thirty_360(true, from, to);
        case DayCount::thirty_e_360:
            return detail::thirty_360(false, from, to);
    }
    return {};
}

}  // namespace POSTMONEY_NAMESPACE::model
