// The definitions of quantity.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/quantity.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE Decimal times_power_of_ten(const Decimal& number, std::int32_t power) {
    return Decimal::of_coefficient(number.coefficient(), number.exponent() + power);
}

[[nodiscard]] inline Decimal unit_of_last_digit(const StatedNumber& number) {
    return times_power_of_ten(Decimal(1), number.last_digit());
}

POSTMONEY_INLINE void QuantityReader::refuse(std::string_view reason) const {
    std::string expected(expected_);
    expected += ": ";
    expected += reason;
    throw Error::refused(ErrorCode::bad_amount, text_, expected);
}

POSTMONEY_INLINE void QuantityReader::refuse_rest() const {
    if (peek().empty()) refuse("there are two spaces");
    refuse(quoted(peek()) + " is too much");
}

POSTMONEY_INLINE void QuantityReader::refuse_number(std::string_view word) const {
    if (word.empty()) refuse(rest_.empty() ? "the number is missing" : "there are two spaces");
    const bool starts_with_digit = word.front() >= '0' && word.front() <= '9';
    if (word.front() == '-') refuse("it is below 0");
    if (starts_with_digit && word.find(',') != std::string_view::npos)
        refuse(quoted(word) + " has a comma: a number has digits, with an optional point");
    refuse(quoted(word) + " is no number: digits, with an optional point" +
           (starts_with_digit ? "" : ", after an optional qualifier"));
}

POSTMONEY_INLINE Interval interval(const Quantity& q) {
    const Decimal value = q.number().value();
    switch (q.qualifier()) {
        case Qualifier::exact:
            return {value, value};
        case Qualifier::about: {
            const Decimal unit = unit_of_last_digit(q.number());
            return {value - unit, value + unit};
        }
        case Qualifier::at_least:
            return {value, std::nullopt};
        case Qualifier::more_than:
            return {value, std::nullopt, true};
        case Qualifier::at_most:
            return {std::nullopt, value};
        case Qualifier::less_than:
            return {std::nullopt, value, false, true};
        case Qualifier::between:
            return {value, q.high().value()};
        case Qualifier::undisclosed:
        case Qualifier::indefinite:
            break;
    }
    return {};
}

POSTMONEY_INLINE Interval rounded(Interval interval, std::int32_t exponent) {
    interval.low = interval.low->quantize(exponent, Rounding::half_even);
    interval.high = interval.high->quantize(exponent, Rounding::half_even);
    return interval;
}

}  // namespace detail

POSTMONEY_INLINE Decimal StatedNumber::value() const {
    return detail::times_power_of_ten(digits, 3 * static_cast<std::int32_t>(magnitude));
}

POSTMONEY_INLINE std::int32_t StatedNumber::last_digit() const {
    return 3 * static_cast<std::int32_t>(magnitude) - digits.scale();
}

POSTMONEY_INLINE Quantity Quantity::parse(std::string_view text) {
    detail::QuantityReader reader(text, "[qualifier] NUMBER [magnitude], undisclosed or indefinite");
    Quantity quantity = reader.quantity();
    if (!reader.at_end()) reader.refuse_rest();
    return quantity;
}

POSTMONEY_INLINE Quantity::Quantity(Qualifier qualifier, StatedNumber number)
    : qualifier_(qualifier), low_(std::move(number)) {
    if (qualifier >= Qualifier::between) {
        throw Error(ErrorCode::misuse,
                    "a quantity of one number takes no `between`, `undisclosed` or `indefinite`");
    }
    if (low_.digits.sign() < 0) {
        throw Error::refused(ErrorCode::out_of_range, low_.digits.to_string(),
                             "a number that is not negative");
    }
}

POSTMONEY_INLINE Quantity Quantity::between(StatedNumber low, StatedNumber high, bool one_magnitude) {
    Quantity quantity(Qualifier::exact, std::move(low));
    quantity.qualifier_ = Qualifier::between;
    quantity.high_ = std::move(high);
    quantity.one_magnitude_ = one_magnitude && quantity.low_.magnitude == quantity.high_.magnitude;
    if (quantity.low_.magnitude == Magnitude::one && quantity.high_.magnitude != Magnitude::one) {
        throw Error(ErrorCode::misuse, "a range whose upper end has a magnitude gives its lower end one too");
    }
    if (quantity.high_.value() < quantity.low_.value()) {
        throw Error::refused(ErrorCode::out_of_range, quantity.to_string(), "the lower end first");
    }
    return quantity;
}

POSTMONEY_INLINE std::string Quantity::to_string() const {
    if (!disclosed()) return std::string(detail::word(qualifier_));
    const auto append = [](std::string& text, const StatedNumber& number, bool with_magnitude) {
        number.digits.append_to(text);
        if (with_magnitude && number.magnitude != Magnitude::one) {
            text += ' ';
            text += detail::word(number.magnitude);
        }
    };
    std::string text;
    if (qualifier_ != Qualifier::exact) {
        text += detail::word(qualifier_);
        text += ' ';
    }
    append(text, low_, !one_magnitude_);
    if (qualifier_ == Qualifier::between) {
        text += " and ";
        append(text, high_, true);
    }
    return text;
}

POSTMONEY_INLINE Bounds Quantity::bounds() const {
    const Decimal zero(0);
    const Decimal value = low_.value();
    switch (qualifier_) {
        case Qualifier::exact:
            return {value, value, value};
        case Qualifier::about: {
            const Decimal unit = detail::unit_of_last_digit(low_);
            return {value, value < unit ? zero : value - unit, value + unit};
        }
        case Qualifier::at_least:
        case Qualifier::more_than:
            return {value, value, std::nullopt};
        case Qualifier::at_most:
        case Qualifier::less_than:
            return {zero, zero, value};
        case Qualifier::between:
            return {value, value, high_.value()};
        case Qualifier::undisclosed:
        case Qualifier::indefinite:
            break;
    }
    return {zero, zero, std::nullopt};
}

POSTMONEY_INLINE bool agrees(const Decimal& x, const Quantity& stated) {
    detail::Interval point{x, x};
    if (stated.is_one_number()) point = detail::rounded(std::move(point), stated.number().last_digit());
    return overlap(point, detail::interval(stated));
}

POSTMONEY_INLINE bool agrees(const Quantity& a, const Quantity& b) {
    if (!a.disclosed() || !b.disclosed()) return true;
    detail::Interval left = detail::interval(a);
    detail::Interval right = detail::interval(b);
    if (a.is_one_number() && b.is_one_number()) {
        const std::int32_t coarser = std::max(a.number().last_digit(), b.number().last_digit());
        left = detail::rounded(std::move(left), coarser);
        right = detail::rounded(std::move(right), coarser);
    }
    return overlap(left, right);
}

}  // namespace POSTMONEY_NAMESPACE
