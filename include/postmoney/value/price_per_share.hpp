// PricePerShare: what one share costs, as a source states it. It is finer than money: `11.97 USD` and
// `0.0001 USD` are prices.
//
//   const auto price = PricePerShare::parse("11.970 USD");
//   price.to_string();              // "11.970 USD"
//   price.half_of_last_digit();     // 0.0005: the true price lies so near
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "postmoney/value/amount.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/check_number.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

class PricePerShare {
  public:
    // Reads `NUMBER CURRENCY`, digits with an optional point. Throws bad-amount, unknown-currency, and as the
    // constructor. `currencies` knows units beyond ISO 4217.
    [[nodiscard]] static PricePerShare parse(std::string_view text, const Currencies& currencies = {});
    // Throws out-of-range unless it is above 0, with at most 18 digits before and 10 after the point, zeros
    // at the end among them.
    PricePerShare(Decimal number, Currency currency);

    [[nodiscard]] const Decimal& number() const noexcept { return number_; }
    [[nodiscard]] const Currency& currency() const& noexcept { return currency_; }
    [[nodiscard]] Currency currency() const&& noexcept { return currency_; }
    // Half a unit of the last digit stated: 0.005 of `2.50 USD`.
    [[nodiscard]] Decimal half_of_last_digit() const {
        return Decimal::of_coefficient(5, -number_.scale() - 1);
    }
    // The text as stated; parse gives the same price back.
    [[nodiscard]] std::string to_string() const {
        return number_.to_string() + " " + std::string(currency_.code());
    }

    // Whether both state the same: `2.5 USD` and `2.50 USD` differ in their precision.
    friend bool operator==(const PricePerShare& a, const PricePerShare& b) {
        return a.to_string() == b.to_string();
    }

  private:
    Decimal number_;
    Currency currency_;
};

inline PricePerShare PricePerShare::parse(std::string_view text, const Currencies& currencies) {
    detail::QuantityReader reader(text, "NUMBER CURRENCY, such as 11.97 USD");
    Decimal number = reader.number().digits;
    return {std::move(number), detail::currency_at_end(reader, currencies)};
}

inline PricePerShare::PricePerShare(Decimal number, Currency currency)
    : number_(std::move(number)), currency_(std::move(currency)) {
    if (number_.sign() <= 0) throw Error::refused(ErrorCode::out_of_range, to_string(), "a price above 0");
    detail::check_number(number_, [this] { return to_string(); });
    if (number_.scale() > 10)
        throw Error::refused(ErrorCode::out_of_range, to_string(), "at most 10 digits after the point");
}

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::PricePerShare> {
    [[nodiscard]] std::size_t operator()(const postmoney::PricePerShare& value) const {
        return std::hash<std::string>()(value.to_string());
    }
};
