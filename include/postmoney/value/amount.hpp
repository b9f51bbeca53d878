// Amount: a sum of money as a source states it: a Quantity in a currency; or undisclosed, or indefinite.
//
//   auto raised = Amount::parse("about 100 million USD");
//   raised.known().to_string();         // "100000000.00 USD"
//   raised.lower().to_string();         // "99000000.00 USD": less one unit of the last stated digit
//
// An amount is a whole number of the currency's minor units in 64 bits; anything else is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "postmoney/value/currency.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/quantity.hpp"

namespace postmoney {

//--- Interface ---

class Amount {
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

    // Whether a sum is stated: false for undisclosed and indefinite.
    [[nodiscard]] bool disclosed() const noexcept { return figures_.has_value(); }
    [[nodiscard]] Qualifier qualifier() const noexcept { return quantity_.qualifier(); }
    [[nodiscard]] const Quantity& quantity() const noexcept { return quantity_; }
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
[[nodiscard]] std::string brief(const Money& money);

// Two amounts agree, disagree, or cannot be compared because their currencies differ.
enum class Agreement : std::uint8_t { agree, disagree, not_comparable };

[[nodiscard]] Agreement agreement(const Amount& a, const Amount& b);
[[nodiscard]] Agreement agreement(const Money& exact, const Amount& stated);

//--- Definitions ---

namespace detail {

// The code that the rest of the text has to be. Throws bad-amount, unknown-currency.
[[nodiscard]] inline Currency currency_at_end(QuantityReader& reader, const Currencies& currencies) {
    const std::string_view code = reader.next();
    if (code.empty() || !reader.at_end()) reader.refuse();
    if (code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != std::string_view::npos)
        reader.refuse();
    return currencies.get(code);
}

}  // namespace detail

inline Amount Amount::parse(std::string_view text, const Currencies& currencies) {
    detail::QuantityReader reader(text, "[qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite");
    Quantity quantity = reader.quantity();
    if (!quantity.disclosed()) {
        if (!reader.at_end()) reader.refuse();
        return Amount(std::move(quantity));
    }
    return {std::move(quantity), detail::currency_at_end(reader, currencies)};
}

inline Amount::Amount(Quantity quantity, Currency currency) : quantity_(std::move(quantity)) {
    if (!quantity_.disclosed()) throw Error(ErrorCode::misuse, "an undisclosed amount has no currency");
    const auto whole = [&](const Decimal& units) {
        try {
            return Money::of(units, currency);
        } catch (const Error& error) {
            const std::string text = quantity_.to_string() + " " + std::string(currency.code());
            if (error.code() == ErrorCode::fractional_minor_unit) {
                throw Error::refused(error.code(), text,
                                     "whole minor units of " + std::string(currency.code()) + " (" +
                                         std::to_string(currency.decimals()) + " decimals)");
            }
            throw Error::refused(ErrorCode::overflow, text, "an amount within 64-bit minor units");
        }
    };
    const Money number = whole(quantity_.number().value());
    whole(quantity_.high().value());
    const Bounds bounds = quantity_.bounds();
    const auto outward = [&](const Decimal& bound, Rounding rounding) {
        return whole(bound.quantize(-currency.decimals(), rounding));
    };
    figures_ = Figures{bounds.known == quantity_.number().value() ? number : Money(0, currency),
                       outward(bounds.lower, Rounding::floor), std::nullopt};
    if (bounds.upper) figures_->upper = outward(*bounds.upper, Rounding::ceiling);
}

inline Amount::Amount(const Money& money)
    : Amount(Quantity::exact({money.to_decimal(), Magnitude::one}), money.currency()) {}

inline std::optional<Currency> Amount::currency() const {
    if (!figures_) return std::nullopt;
    return figures_->known.currency();
}

inline const Amount::Figures& Amount::figures() const {
    if (!figures_) throw Error(ErrorCode::misuse, "an undisclosed amount has no figures");
    return *figures_;
}

inline std::string Amount::to_string() const {
    std::string text = quantity_.to_string();
    if (figures_) {
        text += ' ';
        text += figures_->known.currency().code();
    }
    return text;
}

inline std::string brief(const Money& money) {
    const Decimal value = money.to_decimal();
    auto magnitude = Magnitude::trillion;
    while (magnitude != Magnitude::one && value.abs() < StatedNumber{Decimal(1), magnitude}.value()) {
        magnitude = magnitude == Magnitude::million ? Magnitude::one
                                                    : static_cast<Magnitude>(static_cast<int>(magnitude) - 1);
    }
    std::string text;
    if (magnitude != Magnitude::one) {
        detail::times_power_of_ten(value, -3 * static_cast<std::int32_t>(magnitude))
            .normalized()
            .append_to(text);
        text += ' ';
        text += detail::word(magnitude);
    } else {
        (value.is_integer() ? value.normalized() : value).append_to(text);
    }
    text += ' ';
    text += money.currency().code();
    return text;
}

inline Agreement agreement(const Amount& a, const Amount& b) {
    if (!a.disclosed() || !b.disclosed()) return Agreement::agree;
    if (a.currency() != b.currency()) return Agreement::not_comparable;
    return agrees(a.quantity(), b.quantity()) ? Agreement::agree : Agreement::disagree;
}

inline Agreement agreement(const Money& exact, const Amount& stated) {
    if (!stated.disclosed()) return Agreement::agree;
    if (exact.currency() != stated.currency()) return Agreement::not_comparable;
    return agrees(exact.to_decimal(), stated.quantity()) ? Agreement::agree : Agreement::disagree;
}

}  // namespace postmoney
