#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <utility>

#include "../sanitizers.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/timestamp.hpp"

using postmoney::agrees;
using postmoney::DatePrecision;
using postmoney::day_text;
using postmoney::PartialDate;
using postmoney::Timestamp;

namespace {

const date::sys_days first_date = PartialDate::day(1, 1, 1).first_day();
const date::sys_days last_date = PartialDate::day(9999, 12, 31).first_day();

// Dates of any precision within a few years, so that one often contains another.
PartialDate any_date() {
    const int year = *rc::gen::inRange(2023, 2026);
    const int month = *rc::gen::inRange(1, 13);
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return PartialDate::day(year, month, *rc::gen::inRange(1, 29));
        case 1:
            return PartialDate::month(year, month);
        case 2:
            return PartialDate::quarter(year, (month + 2) / 3);
        default:
            return PartialDate::year(year);
    }
}

Timestamp any_time() {
    return Timestamp::from_microseconds(
        *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, Timestamp::max().microseconds()),
                        rc::gen::inRange<std::int64_t>(0, 3'000'000)));
}

}  // namespace

// With sanitizers every eleventh.
TEST_CASE("every day of ten thousand years round-trips, and is the text after the day before") {
    std::string before;
    std::int64_t wrong = 0;
    const date::days step(is_sanitized ? 11 : 1);
    for (date::sys_days day = first_date; day <= last_date; day += step) {
        const PartialDate date = PartialDate::day(day);
        std::string text = day_text(day);
        const bool right = date.first_day() == day && date.last_day() == day && date.to_string() == text &&
                           PartialDate::parse(text) == date && before < text;
        wrong += right ? 0 : 1;
        before = std::move(text);
    }
    CHECK(wrong == 0);
}

TEST_CASE("every month, quarter and year round-trips, and begins the day after the one before") {
    std::int64_t wrong = 0;
    date::sys_days month_end = first_date - date::days{1};
    date::sys_days quarter_end = month_end;
    date::sys_days year_end = month_end;
    const auto next = [&](const PartialDate& date, date::sys_days& end) {
        const bool right = PartialDate::parse(date.to_string()) == date &&
                           date.first_day() == end + date::days{1} && date.last_day() > date.first_day();
        wrong += right ? 0 : 1;
        end = date.last_day();
    };
    for (int year = 1; year <= 9999; ++year) {
        next(PartialDate::year(year), year_end);
        for (int quarter = 1; quarter <= 4; ++quarter) next(PartialDate::quarter(year, quarter), quarter_end);
        for (int month = 1; month <= 12; ++month) next(PartialDate::month(year, month), month_end);
    }
    CHECK(wrong == 0);
    CHECK(month_end == last_date);
    CHECK(quarter_end == last_date);
    CHECK(year_end == last_date);
}

TEST_CASE("dates agree symmetrically, when their days overlap") {
    CHECK(rc::check("agrees(a, b) == agrees(b, a)", [] {
        const PartialDate a = any_date();
        const PartialDate b = any_date();
        return agrees(a, b) == agrees(b, a) && agrees(a, a);
    }));
    CHECK(rc::check("a calendar's periods are nested: overlapping ones contain each other", [] {
        const PartialDate a = any_date();
        const PartialDate b = any_date();
        const bool overlap = a.first_day() <= b.last_day() && b.first_day() <= a.last_day();
        return agrees(a, b) == overlap;
    }));
    CHECK(rc::check("containing both ways is being equal", [] {
        const PartialDate a = any_date();
        const PartialDate b = any_date();
        return (a.contains(b) && b.contains(a)) == (a == b);
    }));
    CHECK(rc::check("containing is transitive", [] {
        const PartialDate a = any_date();
        const PartialDate b = any_date();
        const PartialDate c = any_date();
        return !(a.contains(b) && b.contains(c)) || a.contains(c);
    }));
}

TEST_CASE("what has surely come has begun") {
    CHECK(rc::check("surely_by implies begun_by; they differ only for a day within", [] {
        const PartialDate date = any_date();
        const date::sys_days day =
            PartialDate::day(2023, 1, 1).first_day() + date::days{*rc::gen::inRange(-5, 1110)};
        const bool within = date.contains(PartialDate::day(day)) && day != date.last_day();
        return (date.begun_by(day) && !date.surely_by(day)) == within;
    }));
}

TEST_CASE("times round-trip and keep their order as text") {
    CHECK(rc::check("parse reads both forms", [] {
        const Timestamp time = any_time();
        return Timestamp::parse(time.to_string()) == time && Timestamp::parse(time.to_fixed_string()) == time;
    }));
    CHECK(rc::check("the fixed form sorts as the time does", [] {
        const Timestamp a = any_time();
        const Timestamp b = any_time();
        return (a < b) == (a.to_fixed_string() < b.to_fixed_string());
    }));
    CHECK(rc::check("the day is the text's", [] {
        const Timestamp time = any_time();
        return day_text(time.day()) == time.to_string().substr(0, 10);
    }));
    CHECK(rc::check("midnight of any day from 1970 on is that day's", [] {
        const date::sys_days day{date::days{*rc::gen::inRange(0, last_date.time_since_epoch().count() + 1)}};
        return Timestamp::parse(day_text(day) + "T00:00:00Z").day() == day;
    }));
}
