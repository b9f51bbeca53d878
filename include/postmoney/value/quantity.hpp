// Quantity: a number as a source states it, with its qualifier and the precision of its digits.
//
//   auto stated = Quantity::parse("12 billion");
//   stated.bounds().known;                            // 12000000000
//   agrees(Decimal::parse("12134680000"), stated);    // true: rounds to 12 at the precision stated
//
// Grammar: `[qualifier] NUMBER [magnitude]`, `undisclosed` or `indefinite`; lower-case words, single spaces;
// NUMBER is digits with an optional point and digits. Qualifiers: about, at least, at most, more than, less
// than, between N and N. Magnitudes: thousand, million, billion, trillion. In a range the last magnitude
// holds for both ends unless the first end has its own.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "postmoney/value/decimal.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/printed.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/error.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

enum class Qualifier : std::uint8_t {
    exact,
    about,
    at_least,
    at_most,
    more_than,
    less_than,
    between,
    undisclosed,  // there is a number, and the source does not say it
    indefinite    // there is no number: an offering without a limit
};

enum class Magnitude : std::uint8_t { one, thousand, million, billion, trillion };

// Digits and magnitude as stated: `1.50 billion` keeps both.
struct POSTMONEY_EXPORT StatedNumber {
    Decimal digits;
    Magnitude magnitude = Magnitude::one;

    // The number itself: 1500000000.
    [[nodiscard]] Decimal value() const;
    // The power of ten of its last stated digit: 7 for `1.50 billion`.
    [[nodiscard]] std::int32_t last_digit() const;

    // Whether the same digits are stated in the same magnitude: `1.5 billion` and `1.50 billion` differ.
    friend bool operator==(const StatedNumber& a, const StatedNumber& b) {
        return a.magnitude == b.magnitude && a.digits == b.digits && a.digits.scale() == b.digits.scale();
    }
};

// What a quantity says about the true number. `known` is the number that totals count: the number stated if
// it is exact, `about`, `at least` or `more than`; the lower end of a range; 0 for `at most`, `less than` and
// undisclosed. `about` reaches one unit of its last stated digit each way, but not below 0. `upper` is null
// when there is no upper bound.
struct Bounds {
    Decimal known;
    Decimal lower;
    std::optional<Decimal> upper;

    friend bool operator==(const Bounds&, const Bounds&) = default;
};

class POSTMONEY_EXPORT Quantity {
  public:
    // Throws bad-amount.
    [[nodiscard]] static Quantity parse(std::string_view text);
    [[nodiscard]] static Quantity undisclosed() { return {}; }
    [[nodiscard]] static Quantity indefinite() {
        Quantity quantity;
        quantity.qualifier_ = Qualifier::indefinite;
        return quantity;
    }
    [[nodiscard]] static Quantity exact(StatedNumber number) { return {Qualifier::exact, std::move(number)}; }
    // A number with a qualifier other than `between`, `undisclosed` and `indefinite`. Throws misuse for
    // those, out-of-range for a negative number.
    Quantity(Qualifier qualifier, StatedNumber number);
    // Throws out-of-range when the ends are in the wrong order, and misuse when only the upper one has a
    // magnitude, since the text would give it to both. With `one_magnitude` the text states it once, after
    // the second number.
    [[nodiscard]] static Quantity between(StatedNumber low, StatedNumber high, bool one_magnitude = false);

    [[nodiscard]] Qualifier qualifier() const noexcept { return qualifier_; }
    // Whether a number is stated.
    [[nodiscard]] bool disclosed() const noexcept { return qualifier_ < Qualifier::undisclosed; }
    // Whether it is one number, exact or `about`, so that it has ratios to others: no bound, no range.
    [[nodiscard]] bool is_one_number() const noexcept {
        return qualifier_ == Qualifier::exact || qualifier_ == Qualifier::about;
    }
    // The number, or the lower end of a range.
    [[nodiscard]] const StatedNumber& number() const noexcept { return low_; }
    // The upper end of a range, otherwise the number.
    [[nodiscard]] const StatedNumber& high() const noexcept {
        return qualifier_ == Qualifier::between ? high_ : low_;
    }
    // The text as stated; parse gives the same quantity back.
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] Bounds bounds() const;

    // Whether qualifier, digits and magnitude are the same: `12 billion` and `12.0 billion` differ.
    friend bool operator==(const Quantity& a, const Quantity& b) { return a.to_string() == b.to_string(); }

  private:
    Quantity() = default;

    Qualifier qualifier_ = Qualifier::undisclosed;
    bool one_magnitude_ = false;
    StatedNumber low_;
    StatedNumber high_;
};

// Whether the exact number x agrees with what is stated. It agrees with a number that equals x rounded
// half-even to the last stated digit; `about` widens that by one unit of the digit each way. It agrees with a
// bound or a range that it satisfies, and always with undisclosed.
[[nodiscard]] POSTMONEY_EXPORT bool agrees(const Decimal& x, const Quantity& stated);

// Whether two stated numbers agree: the finer, rounded half-even to the last digit of the coarser, equals it.
// Bounds and ranges agree with numbers that satisfy them, and with one another when they overlap.
[[nodiscard]] POSTMONEY_EXPORT bool agrees(const Quantity& a, const Quantity& b);

//--- Definitions ---

namespace detail {

template <>
struct Words<Qualifier> {
    static constexpr std::array<std::string_view, 9> values{"exact",   "about",       "at least",
                                                            "at most", "more than",   "less than",
                                                            "between", "undisclosed", "indefinite"};
};

template <>
struct Words<Magnitude> {
    static constexpr std::array<std::string_view, 5> values{"", "thousand", "million", "billion", "trillion"};
};

// Exactly number * 10^power.
[[nodiscard]] Decimal times_power_of_ten(const Decimal& number, std::int32_t power);

// Consumes a quantity word by word. A refusal quotes the whole text.
class QuantityReader {
  public:
    QuantityReader(std::string_view text, std::string_view expected)
        : text_(text), expected_(expected), rest_(text) {}

    // The next word, without consuming it; empty at the end.
    [[nodiscard]] std::string_view peek() const { return rest_.substr(0, rest_.find(' ')); }

    std::string_view next() {
        const std::string_view word = peek();
        rest_.remove_prefix(word.size());
        if (!rest_.empty()) {
            rest_.remove_prefix(1);
            if (rest_.empty()) refuse("there is a space at its end");
        }
        return word;
    }

    bool accept(std::string_view word) {
        if (peek() != word) return false;
        next();
        return true;
    }

    StatedNumber number() {
        const std::string_view word = next();
        const std::size_t point = word.find('.');
        const auto all_digits = [](std::string_view part) {
            return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
        };
        if (!all_digits(word.substr(0, point)) ||
            (point != std::string_view::npos && !all_digits(word.substr(point + 1)))) {
            refuse_number(word);
        }
        return {Decimal::parse(word), Magnitude::one};
    }

    std::optional<Magnitude> magnitude() {
        if (peek().empty()) return std::nullopt;
        const auto found = find_word<Magnitude>(peek());
        if (found) next();
        return found;
    }

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    // Refuses the whole text, and says what is wrong with it.
    [[noreturn]] void refuse(std::string_view reason) const;
    // The same of what is left over.
    [[noreturn]] void refuse_rest() const;

    // Everything up to the currency or the end.
    Quantity quantity() {
        if (accept("undisclosed")) return Quantity::undisclosed();
        if (accept("indefinite")) return Quantity::indefinite();
        if (accept("between")) return range();
        const Qualifier qualifier = this->qualifier();
        StatedNumber stated = number();
        stated.magnitude = magnitude().value_or(Magnitude::one);
        return {qualifier, std::move(stated)};
    }

  private:
    [[noreturn]] void refuse_number(std::string_view word) const;

    Qualifier qualifier() {
        if (accept("about")) return Qualifier::about;
        if (accept("at")) {
            if (accept("least")) return Qualifier::at_least;
            if (accept("most")) return Qualifier::at_most;
            refuse("`at` is followed by `least` or `most`");
        }
        if (accept("more")) {
            if (!accept("than")) refuse("`more` is followed by `than`");
            return Qualifier::more_than;
        }
        if (accept("less")) {
            if (!accept("than")) refuse("`less` is followed by `than`");
            return Qualifier::less_than;
        }
        return Qualifier::exact;
    }

    Quantity range() {
        StatedNumber low = number();
        const auto own = magnitude();
        if (!accept("and")) refuse("a range has `and` between its ends");
        StatedNumber high = number();
        const auto last = magnitude();
        high.magnitude = last.value_or(Magnitude::one);
        low.magnitude = own.value_or(high.magnitude);
        if (high.value() < low.value()) refuse("its lower end comes first");
        return Quantity::between(std::move(low), std::move(high), !own && last);
    }

    std::string_view text_;
    std::string_view expected_;
    std::string_view rest_;
};

// The set of true numbers that a quantity allows. An end belongs to it unless it is open; a null end is
// unbounded.
struct Interval {
    std::optional<Decimal> low;
    std::optional<Decimal> high;
    bool low_open = false;
    bool high_open = false;

    [[nodiscard]] friend bool overlap(const Interval& a, const Interval& b) {
        return reaches(a, b) && reaches(b, a);
    }

  private:
    // Whether a starts no later than b ends.
    [[nodiscard]] static bool reaches(const Interval& a, const Interval& b) {
        if (!a.low || !b.high) return true;
        return a.low_open || b.high_open ? *a.low < *b.high : *a.low <= *b.high;
    }
};

[[nodiscard]] Interval interval(const Quantity& q);

// Rounded to a last digit. Both ends must be there.
[[nodiscard]] Interval rounded(Interval interval, std::int32_t exponent);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

template <>
struct std::hash<postmoney::Quantity> {
    [[nodiscard]] std::size_t operator()(const postmoney::Quantity& value) const {
        return std::hash<std::string>()(value.to_string());
    }
};

#ifndef POSTMONEY_COMPILED
#include "postmoney/value/quantity-inl.hpp"
#endif
