// The definitions of timestamp.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/timestamp.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_time(std::string_view text) {
    throw Error::refused(ErrorCode::bad_time, text, "YYYY-MM-DDTHH:MM:SS[.ffffff]Z");
}

[[noreturn, gnu::cold, gnu::noinline]] POSTMONEY_INLINE void refuse_time_range(std::string_view text) {
    throw Error::refused(ErrorCode::bad_time, text, "a time that exists, in the years 1970 to 9999");
}

}  // namespace detail

POSTMONEY_INLINE Timestamp Timestamp::now() {
    using std::chrono::microseconds;
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return from_microseconds(std::chrono::duration_cast<microseconds>(since).count());
}

POSTMONEY_INLINE std::string Timestamp::to_fixed_string() const {
    std::array<char, 27> buffer{};
    const auto rest = static_cast<std::uint64_t>(microseconds_ % detail::microseconds_a_day);
    const std::uint64_t seconds = rest / 1'000'000;
    char* out = detail::put_day(buffer.data(), date::year_month_day{day()});
    *out++ = 'T';
    out = detail::put_digits(out, seconds / 3600, 2);
    *out++ = ':';
    out = detail::put_digits(out, seconds / 60 % 60, 2);
    *out++ = ':';
    out = detail::put_digits(out, seconds % 60, 2);
    *out++ = '.';
    out = detail::put_digits(out, rest % 1'000'000, 6);
    *out++ = 'Z';
    return {buffer.data(), out};
}

POSTMONEY_INLINE std::string Timestamp::to_string() const {
    std::string text = to_fixed_string();
    const std::size_t last = text.find_last_not_of('0', text.size() - 2);
    text.resize(text[last] == '.' ? last : last + 1);
    text += 'Z';
    return text;
}

POSTMONEY_INLINE std::ostream& operator<<(std::ostream& out, const Timestamp& value) {
    return out << value.to_string();
}

}  // namespace POSTMONEY_NAMESPACE
