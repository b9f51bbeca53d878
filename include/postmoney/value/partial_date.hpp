// PartialDate: a day, or only its month, quarter or year, as the source gave it.
//
//   const auto closed = postmoney::PartialDate::parse("2024-Q4");
//   closed.first_day();                                           // 2024-10-01, closed.last_day() 2024-12-31
//   agrees(closed, postmoney::PartialDate::parse("2024-12-23"));  // true: one contains the other
#pragma once

#include <date/date.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

enum class DatePrecision : std::uint8_t { day, month, quarter, year };

// The precision's word: "day", "month", "quarter", "year".
[[nodiscard]] constexpr std::string_view to_string(DatePrecision precision) noexcept;
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, DatePrecision precision) {
    return out << to_string(precision);
}

// A date of the proleptic Gregorian calendar, years 0001 to 9999, with its precision; trivially copyable.
// FACTS.md defines the forms. Partial dates have no order: neither `2024` nor `2024-12` comes first. Ask
// surely_by and begun_by about a day instead.
class POSTMONEY_EXPORT PartialDate {
  public:
    // Reads `2024-12-23`, `2024-12`, `2024-Q3` or `2024`, and nothing else. Throws bad_date, also for a day
    // or month that is not in the calendar, such as 2023-02-29.
    [[nodiscard]] static constexpr PartialDate parse(std::string_view text);

    // From numbers. Each throws bad_date for a date that is not in the calendar.
    [[nodiscard]] static constexpr PartialDate day(date::sys_days day);
    [[nodiscard]] static constexpr PartialDate day(int year, int month, int day);
    [[nodiscard]] static constexpr PartialDate day(const std::chrono::year_month_day& day);
    [[nodiscard]] static constexpr PartialDate month(int year, int month);
    [[nodiscard]] static constexpr PartialDate quarter(int year, int quarter);
    [[nodiscard]] static constexpr PartialDate year(int year);

    [[nodiscard]] constexpr DatePrecision precision() const noexcept { return precision_; }

    // What the source said of it; null where the date is coarser than that. A day has its quarter too.
    [[nodiscard]] constexpr int year() const noexcept { return static_cast<int>(calendar().year()); }
    [[nodiscard]] constexpr std::optional<int> quarter() const noexcept;  // 1 to 4
    [[nodiscard]] constexpr std::optional<int> month() const noexcept;    // 1 to 12
    [[nodiscard]] constexpr std::optional<int> day() const noexcept;      // of the month
    // The day; null where the date is coarser than one.
    [[nodiscard]] constexpr std::optional<std::chrono::year_month_day> to_ymd() const noexcept;

    // The days that the date covers, both inclusive; equal for a day.
    [[nodiscard]] constexpr date::sys_days first_day() const noexcept;
    [[nodiscard]] constexpr date::sys_days last_day() const noexcept;

    // Whether the date has surely come by the end of `day`: its last day has.
    [[nodiscard]] constexpr bool surely_by(date::sys_days day) const noexcept { return last_day() <= day; }

    // Whether the date may have come by the end of `day`: its first day has.
    [[nodiscard]] constexpr bool begun_by(date::sys_days day) const noexcept { return first_day() <= day; }

    // Whether this date covers every day of `other`; a date contains itself.
    [[nodiscard]] constexpr bool contains(const PartialDate& other) const noexcept;

    // The form that parse reads.
    [[nodiscard]] std::string to_string() const;

    // Whether both cover the same days with the same precision.
    [[nodiscard]] friend constexpr bool operator==(const PartialDate&, const PartialDate&) noexcept = default;

  private:
    constexpr PartialDate(DatePrecision precision, unsigned year, unsigned month, unsigned day) noexcept;

    [[nodiscard]] constexpr date::year_month_day calendar() const noexcept { return first_day(); }
    [[nodiscard]] constexpr int first_month() const noexcept {
        return static_cast<int>(static_cast<unsigned>(calendar().month()));
    }

    // Dates are compared far more often than made or written, so days are what is kept.
    std::int32_t first_day_;  // since 1970-01-01
    std::uint16_t days_;      // that the date covers
    DatePrecision precision_;
};

// Whether two dates can mean one event: one contains the other (FACTS.md, Agreement).
[[nodiscard]] constexpr bool agrees(const PartialDate& a, const PartialDate& b) noexcept;

// The day as "YYYY-MM-DD". Throws bad_date for a day outside the years 0001 to 9999.
[[nodiscard]] POSTMONEY_EXPORT std::string day_text(date::sys_days day);

POSTMONEY_EXPORT std::ostream& operator<<(std::ostream& out, const PartialDate& value);

//--- Definitions ---

namespace detail {

// The number that `count` digits at `at` write; -1 when one of them is not a digit or lies beyond the text.
[[nodiscard]] constexpr int fixed_digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
    if (at > text.size() || text.size() - at < count) return -1;
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

// Writes `value` as exactly `count` digits; returns the end.
constexpr char* put_digits(char* out, std::uint64_t value, std::size_t count) noexcept {
    for (std::size_t i = count; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
    return out + count;
}

constexpr char* put_day(char* out, const date::year_month_day& ymd) noexcept {
    out = put_digits(out, static_cast<std::uint64_t>(static_cast<int>(ymd.year())), 4);
    *out++ = '-';
    out = put_digits(out, static_cast<unsigned>(ymd.month()), 2);
    *out++ = '-';
    return put_digits(out, static_cast<unsigned>(ymd.day()), 2);
}

inline constexpr int max_year = 9999;

inline constexpr date::sys_days first_date{date::year{1} / 1 / 1};

inline constexpr date::sys_days last_date{date::year{max_year} / 12 / 31};

[[nodiscard]] constexpr date::year_month_day calendar_day(int year, int month, int day) noexcept {
    return date::year{year} / date::month{static_cast<unsigned>(month)} /
           date::day{static_cast<unsigned>(day)};
}

// Checks the ranges first, because date's constructors keep only the low bits of a number.
[[nodiscard]] constexpr bool calendar_has(int year, int month, int day) noexcept {
    return year >= 1 && year <= max_year && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           calendar_day(year, month, day).ok();
}

// Since 1970-01-01.
[[nodiscard]] constexpr std::int32_t days_before(unsigned year, unsigned month, unsigned day) noexcept {
    const date::sys_days days{date::year{static_cast<int>(year)} / date::month{month} / date::day{day}};
    return days.time_since_epoch().count();
}

// How many days a date covers that begins on the first day, which is in the month.
[[nodiscard]] constexpr std::uint16_t days_covered(DatePrecision precision, std::int32_t first_day,
                                                   unsigned year, unsigned month) noexcept {
    if (precision == DatePrecision::day) return 1;
    const unsigned months = precision == DatePrecision::month     ? 1
                            : precision == DatePrecision::quarter ? 3
                                                                  : 12;
    const unsigned after = month + months;
    return static_cast<std::uint16_t>(
        (after > 12 ? days_before(year + 1, after - 12, 1) : days_before(year, after, 1)) - first_day);
}

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_date_form(std::string_view text);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_date(std::string_view text);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_date(int year, std::string_view separator, int part);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_date(date::sys_days day);

}  // namespace detail

constexpr std::string_view to_string(DatePrecision precision) noexcept {
    switch (precision) {
        case DatePrecision::day:
            return "day";
        case DatePrecision::month:
            return "month";
        case DatePrecision::quarter:
            return "quarter";
        case DatePrecision::year:
            return "year";
    }
    return "unknown";
}

constexpr PartialDate::PartialDate(DatePrecision precision, unsigned year, unsigned month,
                                   unsigned day) noexcept
    : first_day_(detail::days_before(year, month, day)),
      days_(detail::days_covered(precision, first_day_, year, month)),
      precision_(precision) {}

constexpr PartialDate PartialDate::day(int year, int month, int day) {
    if (!detail::calendar_has(year, month, day))
        detail::refuse_date(std::to_string(year) + "-" + std::to_string(month) + "-" + std::to_string(day));
    return {DatePrecision::day, static_cast<unsigned>(year), static_cast<unsigned>(month),
            static_cast<unsigned>(day)};
}

constexpr PartialDate PartialDate::day(date::sys_days day) {
    if (day < detail::first_date || day > detail::last_date) detail::refuse_date(day);
    const date::year_month_day ymd{day};
    return {DatePrecision::day, static_cast<unsigned>(static_cast<int>(ymd.year())),
            static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

constexpr PartialDate PartialDate::day(const std::chrono::year_month_day& day) {
    return PartialDate::day(static_cast<int>(day.year()),
                            static_cast<int>(static_cast<unsigned>(day.month())),
                            static_cast<int>(static_cast<unsigned>(day.day())));
}

constexpr std::optional<int> PartialDate::quarter() const noexcept {
    if (precision_ == DatePrecision::year) return std::nullopt;
    return (first_month() + 2) / 3;
}

constexpr std::optional<int> PartialDate::month() const noexcept {
    if (precision_ > DatePrecision::month) return std::nullopt;
    return first_month();
}

constexpr std::optional<int> PartialDate::day() const noexcept {
    if (precision_ != DatePrecision::day) return std::nullopt;
    return static_cast<int>(static_cast<unsigned>(calendar().day()));
}

constexpr std::optional<std::chrono::year_month_day> PartialDate::to_ymd() const noexcept {
    if (precision_ != DatePrecision::day) return std::nullopt;
    const auto ymd = calendar();
    return std::chrono::year_month_day{std::chrono::year{static_cast<int>(ymd.year())},
                                       std::chrono::month{static_cast<unsigned>(ymd.month())},
                                       std::chrono::day{static_cast<unsigned>(ymd.day())}};
}

constexpr PartialDate PartialDate::month(int year, int month) {
    if (!detail::calendar_has(year, month, 1)) detail::refuse_date(year, "-", month);
    return {DatePrecision::month, static_cast<unsigned>(year), static_cast<unsigned>(month), 1};
}

constexpr PartialDate PartialDate::quarter(int year, int quarter) {
    if (quarter < 1 || quarter > 4 || !detail::calendar_has(year, 1, 1))
        detail::refuse_date(year, "-Q", quarter);
    return {DatePrecision::quarter, static_cast<unsigned>(year), static_cast<unsigned>(quarter) * 3 - 2, 1};
}

constexpr PartialDate PartialDate::year(int year) {
    if (!detail::calendar_has(year, 1, 1)) detail::refuse_date(std::to_string(year));
    return {DatePrecision::year, static_cast<unsigned>(year), 1, 1};
}

constexpr PartialDate PartialDate::parse(std::string_view text) {
    const int y = detail::fixed_digits(text, 0, 4);
    const bool dashed = text.size() > 4 && text[4] == '-';
    if (y < 0 || (text.size() > 4 && !dashed)) detail::refuse_date_form(text);
    const bool in_range = y >= 1;
    if (text.size() == 4) {
        if (!in_range) detail::refuse_date(text);
        return year(y);
    }
    if (text.size() == 7 && text[5] == 'Q' && text[6] >= '1' && text[6] <= '4') {
        if (!in_range) detail::refuse_date(text);
        return quarter(y, text[6] - '0');
    }
    const int m = detail::fixed_digits(text, 5, 2);
    if (m < 0) detail::refuse_date_form(text);
    if (text.size() == 7) {
        if (!detail::calendar_has(y, m, 1)) detail::refuse_date(text);
        return month(y, m);
    }
    const int d = detail::fixed_digits(text, 8, 2);
    if (text.size() != 10 || text[7] != '-' || d < 0) detail::refuse_date_form(text);
    if (!detail::calendar_has(y, m, d)) detail::refuse_date(text);
    return day(y, m, d);
}

constexpr date::sys_days PartialDate::first_day() const noexcept {
    return date::sys_days{date::days(first_day_)};
}

constexpr date::sys_days PartialDate::last_day() const noexcept {
    return date::sys_days{date::days(first_day_ + days_ - 1)};
}

constexpr bool PartialDate::contains(const PartialDate& other) const noexcept {
    return first_day() <= other.first_day() && other.last_day() <= last_day();
}

constexpr bool agrees(const PartialDate& a, const PartialDate& b) noexcept {
    return a.contains(b) || b.contains(a);
}

// The year 1: of an entry that has to be given a date, and has none yet. Entries with it are refused.
inline constexpr PartialDate date_to_be_set = PartialDate::year(1);

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::PartialDate> {
    [[nodiscard]] std::size_t operator()(const postmoney::PartialDate& value) const noexcept {
        return std::hash<std::int64_t>()(std::int64_t{value.first_day().time_since_epoch().count()} * 4 +
                                         static_cast<std::int64_t>(value.precision()));
    }
};

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/partial_date-inl.hpp"
#endif
