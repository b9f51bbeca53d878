// Timestamp: a time in UTC, to the microsecond. It says when an entry was recorded, and up to when a query
// looks.
//
//   const auto t = postmoney::Timestamp::parse("2024-12-24T09:30:00.5Z");
//   t.to_string();        // "2024-12-24T09:30:00.5Z"
//   t.to_fixed_string();  // "2024-12-24T09:30:00.500000Z", which sorts as text
#pragma once

#include <date/date.h>

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

// Microseconds since 1970-01-01T00:00:00Z, up to the end of 9999. There are no leap seconds, as in POSIX
// time.
class POSTMONEY_EXPORT Timestamp {
  public:
    // Reads `2024-12-24T09:30:00Z`, optionally with a point and one to six digits behind the seconds, and
    // nothing else. Throws bad_time, also for a second 60, a day that is not in the calendar, and years
    // outside 1970 to 9999.
    [[nodiscard]] static constexpr Timestamp parse(std::string_view text);

    // From microseconds since 1970-01-01T00:00:00Z. Throws bad_time when negative or beyond max.
    [[nodiscard]] static constexpr Timestamp from_microseconds(std::int64_t microseconds);

    // The system clock's time, cut to the microsecond.
    [[nodiscard]] static Timestamp now();

    // 1970-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z.
    [[nodiscard]] static constexpr Timestamp min() noexcept;
    [[nodiscard]] static constexpr Timestamp max() noexcept;

    [[nodiscard]] constexpr std::int64_t microseconds() const noexcept { return microseconds_; }

    // The UTC day that the time falls into.
    [[nodiscard]] constexpr date::sys_days day() const noexcept;

    // The shortest form that parse reads, without zeros at the end of the fraction and without a fraction of
    // zero.
    [[nodiscard]] std::string to_string() const;

    // The form with six digits of fraction: 27 characters, whose order as text is the order in time.
    [[nodiscard]] std::string to_fixed_string() const;

    [[nodiscard]] friend constexpr auto operator<=>(const Timestamp&, const Timestamp&) noexcept = default;

  private:
    explicit constexpr Timestamp(std::int64_t microseconds) noexcept : microseconds_(microseconds) {}

    std::int64_t microseconds_;
};

POSTMONEY_EXPORT std::ostream& operator<<(std::ostream& out, const Timestamp& value);

//--- Definitions ---

namespace detail {

inline constexpr std::int64_t microseconds_a_second = 1'000'000;

inline constexpr std::int64_t microseconds_a_day = 86'400 * microseconds_a_second;

inline constexpr std::int64_t microseconds_end =
    (std::int64_t{last_date.time_since_epoch().count()} + 1) * microseconds_a_day;

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_time(std::string_view text);

[[noreturn, gnu::cold]] POSTMONEY_EXPORT void refuse_time_range(std::string_view text);

// The microseconds of the fraction between the seconds and the Z; -1 when it is malformed.
[[nodiscard]] constexpr std::int64_t fraction_of_second(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const std::size_t digits = text.size() - 1;
    if (text[0] != '.' || digits < 1 || digits > 6) return -1;
    std::int64_t value = fixed_digits(text, 1, digits);
    for (std::size_t i = digits; value >= 0 && i < 6; ++i) value *= 10;
    return value;
}

}  // namespace detail

constexpr Timestamp Timestamp::parse(std::string_view text) {
    using detail::fixed_digits;
    const int year = fixed_digits(text, 0, 4);
    const int month = fixed_digits(text, 5, 2);
    const int day = fixed_digits(text, 8, 2);
    const int hour = fixed_digits(text, 11, 2);
    const int minute = fixed_digits(text, 14, 2);
    const int second = fixed_digits(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0 || text.size() < 20)
        detail::refuse_time(text);
    if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text.back() != 'Z')
        detail::refuse_time(text);
    const std::int64_t fraction = detail::fraction_of_second(text.substr(19, text.size() - 20));
    if (fraction < 0) detail::refuse_time(text);
    if (year < 1970 || !detail::calendar_has(year, month, day) || hour > 23 || minute > 59 || second > 59)
        detail::refuse_time_range(text);
    const date::sys_days date{detail::calendar_day(year, month, day)};
    const std::int64_t seconds = (std::int64_t{hour} * 60 + minute) * 60 + second;
    return Timestamp(date.time_since_epoch().count() * detail::microseconds_a_day +
                     seconds * detail::microseconds_a_second + fraction);
}

constexpr Timestamp Timestamp::from_microseconds(std::int64_t microseconds) {
    if (microseconds < 0 || microseconds >= detail::microseconds_end)
        detail::refuse_time_range(std::to_string(microseconds) + " microseconds since 1970-01-01");
    return Timestamp(microseconds);
}

constexpr Timestamp Timestamp::min() noexcept {
    return Timestamp(0);
}

constexpr Timestamp Timestamp::max() noexcept {
    return Timestamp(detail::microseconds_end - 1);
}

constexpr date::sys_days Timestamp::day() const noexcept {
    return date::sys_days{date::days{static_cast<int>(microseconds_ / detail::microseconds_a_day)}};
}

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Timestamp> {
    [[nodiscard]] std::size_t operator()(const postmoney::Timestamp& value) const noexcept {
        return std::hash<std::int64_t>()(value.microseconds());
    }
};

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/timestamp-inl.hpp"
#endif
