// The definitions of partial_date.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/partial_date.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_date_form(std::string_view text) {
    throw Error::refused(ErrorCode::bad_date, text, "YYYY-MM-DD, YYYY-MM, YYYY-Qn or YYYY");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_date(std::string_view text) {
    throw Error::refused(ErrorCode::bad_date, text,
                         "a date that the calendar has, in the years 0001 to 9999");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_date(int year, std::string_view separator,
                                                                         int part) {
    refuse_date(std::to_string(year) + std::string(separator) + std::to_string(part));
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_date(date::sys_days day) {
    refuse_date(std::to_string(day.time_since_epoch().count()) + " days since 1970-01-01");
}

}  // namespace detail

POSTMONEY_INLINE std::string PartialDate::to_string() const {
    std::array<char, 10> buffer{};
    const date::year_month_day first = calendar();
    char* out = detail::put_day(buffer.data(), first);
    if (precision_ == DatePrecision::month) out = buffer.data() + 7;
    if (precision_ == DatePrecision::year) out = buffer.data() + 4;
    if (precision_ == DatePrecision::quarter) {
        out = buffer.data() + 5;
        *out++ = 'Q';
        *out++ = static_cast<char>('1' + (static_cast<unsigned>(first.month()) - 1) / 3);
    }
    return {buffer.data(), out};
}

POSTMONEY_INLINE std::string day_text(date::sys_days day) {
    if (day < detail::first_date || day > detail::last_date) detail::refuse_date(day);
    std::array<char, 10> buffer{};
    return {buffer.data(), detail::put_day(buffer.data(), date::year_month_day{day})};
}

POSTMONEY_INLINE std::ostream& operator<<(std::ostream& out, const PartialDate& value) {
    return out << value.to_string();
}

}  // namespace POSTMONEY_NAMESPACE
