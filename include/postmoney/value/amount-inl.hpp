// The definitions of amount.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/hundredth.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE Currency currency_at_end(QuantityReader& reader, const Currencies& currencies) {
    const std::string_view code = reader.next();
    if (code.empty()) reader.refuse(reader.at_end() ? "the currency is missing" : "there are two spaces");
    const bool is_code =
        code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
    if (!is_code && !is_hundredth(code)) {
        reader.refuse(quoted(code) +
                      " is neither thousand, million, billion or trillion nor a currency in capital letters");
    }
    if (!reader.at_end()) reader.refuse_rest();
    return currencies.get(code);
}

}  // namespace detail

POSTMONEY_INLINE Amount Amount::parse(std::string_view text, const Currencies& currencies) {
    detail::QuantityReader reader(text, "[qualifier] NUMBER [magnitude] CURRENCY, undisclosed or indefinite");
    Quantity quantity = reader.quantity();
    if (!quantity.disclosed()) {
        if (!reader.at_end()) reader.refuse_rest();
        return Amount(std::move(quantity));
    }
    return {std::move(quantity), detail::currency_at_end(reader, currencies)};
}

POSTMONEY_INLINE Amount::Amount(Quantity quantity, Currency currency) : quantity_(std::move(quantity)) {
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

POSTMONEY_INLINE Amount::Amount(const Money& money)
    : Amount(Quantity::exact({money.to_decimal(), Magnitude::one}), money.currency()) {}

namespace detail {

// The number and the magnitude that people say for a sum: 6 billion.
[[nodiscard]] inline StatedNumber brief_number(const Money& money) {
    const Decimal value = money.to_decimal();
    auto magnitude = Magnitude::trillion;
    while (magnitude != Magnitude::one && value.abs() < StatedNumber{Decimal(1), magnitude}.value()) {
        magnitude = magnitude == Magnitude::million ? Magnitude::one
                                                    : static_cast<Magnitude>(static_cast<int>(magnitude) - 1);
    }
    if (magnitude == Magnitude::one) return {value.is_integer() ? value.normalized() : value, magnitude};
    return {times_power_of_ten(value, -3 * static_cast<std::int32_t>(magnitude)).normalized(), magnitude};
}

}  // namespace detail

POSTMONEY_INLINE Amount Amount::about(const Money& money) {
    return {Quantity(Qualifier::about, detail::brief_number(money)), money.currency()};
}

POSTMONEY_INLINE Amount Amount::at_least(const Money& money) {
    return {Quantity(Qualifier::at_least, detail::brief_number(money)), money.currency()};
}

POSTMONEY_INLINE Amount Amount::at_most(const Money& money) {
    return {Quantity(Qualifier::at_most, detail::brief_number(money)), money.currency()};
}

POSTMONEY_INLINE Amount Amount::more_than(const Money& money) {
    return {Quantity(Qualifier::more_than, detail::brief_number(money)), money.currency()};
}

POSTMONEY_INLINE Amount Amount::less_than(const Money& money) {
    return {Quantity(Qualifier::less_than, detail::brief_number(money)), money.currency()};
}

POSTMONEY_INLINE Amount Amount::between(const Money& low, const Money& high) {
    if (high < low) {
        throw Error::refused(ErrorCode::out_of_range,
                             "between " + low.to_string() + " and " + high.to_string(),
                             "the lower end first");
    }
    StatedNumber from = detail::brief_number(low);
    const StatedNumber to = detail::brief_number(high);
    // A lower end below a million, as the text would give it the magnitude of the upper one.
    if (from.magnitude == Magnitude::one && to.magnitude != Magnitude::one) {
        return {Quantity::between(std::move(from), {high.to_decimal().normalized(), Magnitude::one}),
                high.currency()};
    }
    const bool once = from.magnitude == to.magnitude;
    return {Quantity::between(std::move(from), to, once), high.currency()};
}

POSTMONEY_INLINE std::optional<Currency> Amount::currency() const {
    if (!figures_) return std::nullopt;
    return figures_->known.currency();
}

POSTMONEY_INLINE const Amount::Figures& Amount::figures() const {
    if (!figures_) throw Error(ErrorCode::misuse, "an undisclosed amount has no figures");
    return *figures_;
}

POSTMONEY_INLINE std::string Amount::to_string() const {
    std::string text = quantity_.to_string();
    if (figures_) {
        text += ' ';
        text += figures_->known.currency().code();
    }
    return text;
}

POSTMONEY_INLINE std::string brief(const Money& money) {
    const StatedNumber number = detail::brief_number(money);
    std::string text;
    number.digits.append_to(text);
    if (number.magnitude != Magnitude::one) {
        text += ' ';
        text += detail::word(number.magnitude);
    }
    text += ' ';
    text += money.currency().code();
    return text;
}

POSTMONEY_INLINE std::string brief(const Amount& amount) {
    return amount.qualifier() == Qualifier::exact ? brief(amount.number()) : amount.to_string();
}

POSTMONEY_INLINE Agreement agreement(const Amount& a, const Amount& b) {
    if (!a.disclosed() || !b.disclosed()) return Agreement::agree;
    if (a.currency() != b.currency()) return Agreement::not_comparable;
    return agrees(a.quantity(), b.quantity()) ? Agreement::agree : Agreement::disagree;
}

POSTMONEY_INLINE Agreement agreement(const Money& exact, const Amount& stated) {
    if (!stated.disclosed()) return Agreement::agree;
    if (exact.currency() != stated.currency()) return Agreement::not_comparable;
    return agrees(exact.to_decimal(), stated.quantity()) ? Agreement::agree : Agreement::disagree;
}

}  // namespace POSTMONEY_NAMESPACE
