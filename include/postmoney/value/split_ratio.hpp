// SplitRatio: how many new shares come for how many old ones. `3:1` makes three of one; `1:10` is a reverse
// split.
//
//   SplitRatio::parse("3:2").ratio() * Ratio(Decimal(1000));    // 1500
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE {

class SplitRatio {
  public:
    // None yet: 0:0, which no entry may have.
    SplitRatio() = default;
    // Throws out-of-range unless both are above 0, and for equal ones, which split nothing.
    SplitRatio(std::int64_t new_shares, std::int64_t old_shares);
    // Reads `NEW:OLD`, whole numbers without a zero in front. Throws bad-number, overflow beyond 64 bits, and
    // as the constructor.
    [[nodiscard]] static SplitRatio parse(std::string_view text);

    [[nodiscard]] std::int64_t new_shares() const noexcept { return new_; }
    [[nodiscard]] std::int64_t old_shares() const noexcept { return old_; }
    // What shares are multiplied by, and prices divided. Throws division-by-zero for 0:0.
    [[nodiscard]] Ratio ratio() const { return Ratio::of(Decimal(new_), Decimal(old_)); }
    // As stated, not in lowest terms; parse gives it back.
    [[nodiscard]] std::string to_string() const { return std::to_string(new_) + ":" + std::to_string(old_); }

    // Whether both state the same: `6:2` and `3:1` differ, though their ratio() does not.
    friend bool operator==(const SplitRatio&, const SplitRatio&) = default;

  private:
    std::int64_t new_ = 0;
    std::int64_t old_ = 0;
};

inline SplitRatio::SplitRatio(std::int64_t new_shares, std::int64_t old_shares)
    : new_(new_shares), old_(old_shares) {
    if (new_shares <= 0 || old_shares <= 0)
        throw Error::refused(ErrorCode::out_of_range, to_string(), "numbers of shares above 0");
    if (new_shares == old_shares)
        throw Error::refused(ErrorCode::out_of_range, to_string(), "two different numbers of shares");
}

inline SplitRatio SplitRatio::parse(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto number = [text](std::string_view digits) {
        const bool whole =
            !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
        if (!whole || (digits.front() == '0' && digits.size() > 1)) {
            throw Error::refused(ErrorCode::bad_number, text,
                                 "NEW:OLD, the new shares for the old ones, such as 3:1");
        }
        std::int64_t value = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
            throw Error::refused(ErrorCode::overflow, text, "numbers within 64 bits");
        return value;
    };
    const std::int64_t new_shares = number(text.substr(0, colon));
    return {new_shares, number(text.substr(std::min(colon + 1, text.size())))};
}

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::SplitRatio> {
    [[nodiscard]] std::size_t operator()(const postmoney::SplitRatio& value) const noexcept {
        return std::hash<std::int64_t>()(value.new_shares()) * 31 +
               std::hash<std::int64_t>()(value.old_shares());
    }
};
