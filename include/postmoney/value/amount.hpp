// Amount: a sum of money as a source states it: a Quantity in a currency; or undisclosed, or indefinite.
//
//   auto raised = Amount::parse("about 100 million USD");
//   raised.known().to_string();         // "100000000.00 USD"
//   raised.lower().to_string();         // "99000000.00 USD": less one unit of the last stated digit
//
// An amount is a whole number of the currency's minor units in 64 bits; anything else is refused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/quantity.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

class POSTMONEY_EXPORT Amount {
  public:
    // Throws bad-amount, unknown-currency, fractional-minor-unit, overflow. `currencies` knows units beyond
    // ISO 4217.
    [[nodiscard]] static Amount parse(std::string_view text, const Currencies& currencies = {});
    [[nodiscard]] static Amount undisclosed() { return Amount(Quantity::undisclosed()); }
    [[nodiscard]] static Amount indefinite() { return Amount(Quantity::indefinite()); }
    // Throws fractional-minor-unit and overflow; misuse for an undisclosed quantity, which has no currency.
    Amount(Quantity quantity, Currency currency);
    // Exactly this much. Throws out-of-range for a negative sum.
    explicit Amount(const Money& money);
    // With a qualifier, in the words and the precision of brief(): about(Money::parse("6000000000 USD")) is
    // `about 6 billion USD`, which reaches a billion each way. Throw out-of-range for a negative sum, and for
    // ends in the wrong order; mixed-currencies.
    [[nodiscard]] static Amount about(const Money& money);
    [[nodiscard]] static Amount at_least(const Money& money);
    [[nodiscard]] static Amount at_most(const Money& money);
    [[nodiscard]] static Amount more_than(const Money& money);
    [[nodiscard]] static Amount less_than(const Money& money);
    [[nodiscard]] static Amount between(const Money& low, const Money& high);

    // Whether a sum is stated: false for undisclosed and indefinite.
    [[nodiscard]] bool disclosed() const noexcept { return figures_.has_value(); }
    [[nodiscard]] Qualifier qualifier() const noexcept { return quantity_.qualifier(); }
    [[nodiscard]] const Quantity& quantity() const noexcept { return quantity_; }
    // See Quantity.
    [[nodiscard]] bool is_one_number() const noexcept { return quantity_.is_one_number(); }
    // Null when undisclosed.
    [[nodiscard]] std::optional<Currency> currency() const;

    // The quantity's bounds in whole minor units. A bound that is finer than the minor unit is rounded
    // outward: the lower one down, the upper one up. `upper` is null when there is no upper bound. Throw
    // misuse for an undisclosed amount.
    [[nodiscard]] Money known() const { return figures().known; }
    [[nodiscard]] Money lower() const { return figures().lower; }
    [[nodiscard]] std::optional<Money> upper() const { return figures().upper; }

    // The number stated, or the lower end of a range, whatever the qualifier: 5 million for `at most 5
    // million USD`, whose known() is 0. Throws misuse for an undisclosed amount.
    [[nodiscard]] Money number() const {
        return Money::of(quantity_.number().value(), figures().known.currency());
    }

    // The text as stated; parse gives the same amount back.
    [[nodiscard]] std::string to_string() const;

    // Whether both state the same; see agreement for "the same amount of money".
    friend bool operator==(const Amount& a, const Amount& b) { return a.to_string() == b.to_string(); }

  private:
    struct Figures {
        Money known;
        Money lower;
        std::optional<Money> upper;
    };

    explicit Amount(Quantity without_number) : quantity_(std::move(without_number)) {}
    [[nodiscard]] const Figures& figures() const;

    Quantity quantity_;
    std::optional<Figures> figures_;
};

// The sum for people, exact; from a million on in millions, billions or trillions: "12.13468 billion USD",
// "-1 million USD", "77593 USD", "0.50 USD".
[[nodiscard]] POSTMONEY_EXPORT std::string brief(const Money& money);
// The same of an amount that is exact; another one as it is stated.
[[nodiscard]] POSTMONEY_EXPORT std::string brief(const Amount& amount);

// Two amounts agree, disagree, or cannot be compared because their currencies differ.
enum class Agreement : std::uint8_t { agree, disagree, not_comparable };

template <>
struct detail::Words<Agreement> {
    static constexpr std::array<std::string_view, 3> values{"agree", "disagree", "not-comparable"};
};

[[nodiscard]] POSTMONEY_EXPORT Agreement agreement(const Amount& a, const Amount& b);
[[nodiscard]] POSTMONEY_EXPORT Agreement agreement(const Money& exact, const Amount& stated);

//--- Definitions ---

namespace detail {

// The code that the rest of the text has to be. Throws bad-amount, unknown-currency.
[[nodiscard]] Currency currency_at_end(QuantityReader& reader, const Currencies& currencies);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Amount> {
    [[nodiscard]] std::size_t operator()(const postmoney::Amount& value) const {
        return std::hash<std::string>()(value.to_string());
    }
};

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/amount-inl.hpp"
#endif
