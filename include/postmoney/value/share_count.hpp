// ShareCount: how many shares, exactly. Splits and conversions leave fractions, so it is a decimal number.
//
//   ShareCount::parse("1500000.5").to_string();    // "1500000.5"
//   ShareCount::parse("12.0") == ShareCount(Decimal(12));    // true
#pragma once

#include <string>
#include <string_view>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/check_number.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

class ShareCount {
  public:
    // None.
    ShareCount() = default;
    // Throws out-of-range for a negative number, and for more than 18 digits before or 10 after the point.
    explicit ShareCount(const Decimal& shares);
    // Digits with an optional point. Throws bad-number, and as the constructor.
    [[nodiscard]] static ShareCount parse(std::string_view text) { return ShareCount(Decimal::parse(text)); }

    [[nodiscard]] const Decimal& number() const noexcept { return number_; }
    // Without zeros at the end, the same for equal counts; parse gives the count back.
    [[nodiscard]] std::string to_string() const { return number_.to_string(); }

    friend bool operator==(const ShareCount& a, const ShareCount& b) { return a.number_ == b.number_; }
    friend auto operator<=>(const ShareCount& a, const ShareCount& b) { return a.number_ <=> b.number_; }

  private:
    Decimal number_;
};

inline ShareCount::ShareCount(const Decimal& shares) : number_(shares.normalized()) {
    if (shares.sign() < 0) {
        throw Error::refused(ErrorCode::out_of_range, shares.to_string(), "shares that are not negative");
    }
    detail::check_number(shares);
}

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::ShareCount> {
    [[nodiscard]] std::size_t operator()(const postmoney::ShareCount& value) const {
        return value.number().hash();
    }
};
