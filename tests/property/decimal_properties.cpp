// Properties of Decimal and Ratio over generated values. Some are checked against an oracle that knows
// nothing of them: plain cpp_int arithmetic on numerator and denominator.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <functional>
#include <postmoney/value/decimal.hpp>
#include <postmoney/value/error.hpp>
#include <postmoney/value/ratio.hpp>
#include <string>
#include <string_view>
#include <tuple>

namespace {

using boost::multiprecision::cpp_int;
using postmoney::Decimal;
using postmoney::divide;
using postmoney::ErrorCode;
using postmoney::Ratio;
using postmoney::Rounding;

constexpr Rounding modes[] = {Rounding::half_even, Rounding::half_up,      Rounding::half_down,
                              Rounding::up,        Rounding::down,         Rounding::ceiling,
                              Rounding::floor,     Rounding::zero_five_up, Rounding::never};

cpp_int power_of_ten(int exponent) {
    cpp_int power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

// Digits without a leading zero, often of a length at the edge of 64 or 128 bits. Ties and carries are
// frequent, because whole runs of digits are 0, 5 or 9.
rc::Gen<std::string> digits_text() {
    return rc::gen::mapcat(
        rc::gen::weightedOneOf<int>({{6, rc::gen::inRange(1, 6)},
                                     {4, rc::gen::inRange(6, 22)},
                                     {3, rc::gen::inRange(36, 42)},
                                     {2, rc::gen::inRange(42, 90)}}),
        [](int length) {
            return rc::gen::map(
                rc::gen::container<std::string>(
                    static_cast<std::size_t>(length),
                    rc::gen::weightedOneOf<char>({{3, rc::gen::inRange('0', static_cast<char>('9' + 1))},
                                                  {2, rc::gen::element('0', '5', '9')}})),
                [](std::string text) {
                    const std::size_t first = text.find_first_not_of('0');
                    return first == std::string::npos ? std::string("0") : text.substr(first);
                });
        });
}

rc::Gen<Decimal> decimal(int least_exponent, int most_exponent) {
    return rc::gen::map(rc::gen::tuple(digits_text(), rc::gen::arbitrary<bool>(),
                                       rc::gen::weightedOneOf<int>(
                                           {{3, rc::gen::inRange(-4, 1)},
                                            {2, rc::gen::inRange(least_exponent, most_exponent + 1)}})),
                        [](const std::tuple<std::string, bool, int>& parts) {
                            const auto& [digits, negative, exponent] = parts;
                            return Decimal::of_coefficient(
                                postmoney::detail::Integer::parse((negative ? "-" : "") + digits), exponent);
                        });
}

rc::Gen<Decimal> decimal() {
    return decimal(-60, 60);
}

// The value as a fraction, made from the Decimal's text and not from its parts.
struct Fraction {
    cpp_int numerator;
    cpp_int denominator;
};

Fraction fraction(const Decimal& value) {
    std::string text = value.to_string();
    const bool negative = text.front() == '-';
    if (negative) text.erase(0, 1);
    const std::size_t point = text.find('.');
    cpp_int denominator = 1;
    if (point != std::string::npos) {
        denominator = power_of_ten(static_cast<int>(text.size() - point - 1));
        text.erase(point, 1);
    }
    cpp_int numerator = 0;
    for (const char c : text) numerator = numerator * 10 + (c - '0');
    if (negative) numerator = -numerator;
    return {numerator, denominator};
}

// numerator / denominator as a whole number, by the definition of the mode: one of the two whole numbers
// around the quotient.
struct Expected {
    cpp_int value;
    bool exact;
};

Expected rounded(cpp_int numerator, cpp_int denominator, Rounding mode) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    cpp_int below = numerator / denominator;
    if (below * denominator > numerator) --below;
    if (below * denominator == numerator) return {below, true};
    const cpp_int above = below + 1;
    const cpp_int towards_zero = numerator > 0 ? below : above;
    const cpp_int away = numerator > 0 ? above : below;
    const cpp_int to_below = numerator - below * denominator;
    const cpp_int to_above = above * denominator - numerator;
    const bool tie = to_below == to_above;
    const cpp_int nearest = to_below < to_above ? below : above;
    const cpp_int last = boost::multiprecision::abs(towards_zero) % 10;
    switch (mode) {
        case Rounding::half_even:
            return {tie ? (below % 2 == 0 ? below : above) : nearest, false};
        case Rounding::half_up:
            return {tie ? away : nearest, false};
        case Rounding::half_down:
            return {tie ? towards_zero : nearest, false};
        case Rounding::up:
            return {away, false};
        case Rounding::down:
            return {towards_zero, false};
        case Rounding::ceiling:
            return {above, false};
        case Rounding::floor:
            return {below, false};
        case Rounding::zero_five_up:
            return {last == 0 || last == 5 ? away : towards_zero, false};
        case Rounding::never:
            break;
    }
    return {towards_zero, false};
}

// Whether `operation` gives expected * 10^exponent, or refuses as Rounding::never must.
template <class Operation>
void check_rounding(const Expected& expected, int exponent, Rounding mode, Operation operation) {
    if (mode == Rounding::never && !expected.exact) {
        try {
            (void)operation();
        } catch (const postmoney::Error& error) {
            RC_ASSERT(error.code() == ErrorCode::inexact);
            return;
        }
        RC_FAIL("never rounded");
    }
    const Decimal result = operation();
    RC_ASSERT(result.exponent() == exponent);
    RC_ASSERT(result.coefficient().to_string() == expected.value.str());
}

bool identical(const Decimal& a, const Decimal& b) {
    return a.coefficient() == b.coefficient() && a.exponent() == b.exponent();
}

}  // namespace

TEST_CASE("parsing what to_string writes gives the number and its scale back") {
    CHECK(rc::check([] {
        const Decimal value = *decimal();
        const Decimal read = Decimal::parse(value.to_string());
        RC_ASSERT(read == value);
        RC_ASSERT(read.scale() == value.scale());
        RC_ASSERT(read.to_string() == value.to_string());
    }));
}

TEST_CASE("parsing a number below one, cents and negatives, gives it back") {
    CHECK(rc::check([] {
        const int scale = *rc::gen::inRange(0, 30);
        const auto coefficient = *rc::gen::inRange<std::int64_t>(-120, 120);
        const Decimal value = Decimal::of_coefficient(coefficient, -scale);
        RC_ASSERT(identical(Decimal::parse(value.to_string()), value));
        RC_ASSERT((value.to_string().front() == '-') == (coefficient < 0));
    }));
}

TEST_CASE("parsing what to_scientific writes gives the coefficient and exponent back") {
    CHECK(rc::check([] {
        const Decimal value = *decimal(-1000, 1000);
        RC_ASSERT(identical(Decimal::parse_scientific(value.to_scientific()), value));
    }));
}

TEST_CASE("plain text is canonical: equal values of equal scale have one text") {
    CHECK(rc::check([] {
        const Decimal value = *decimal();
        const std::string zeros(*rc::gen::inRange<std::size_t>(0, 30), '0');
        const std::string text = value.to_string();
        const bool negative = text.front() == '-';
        RC_ASSERT(Decimal::parse((negative ? "-" : "") + zeros + text.substr(negative ? 1 : 0)).to_string() ==
                  text);
    }));
}

TEST_CASE("equal values normalize to one text") {
    CHECK(rc::check([] {
        const Decimal value = *decimal();
        const Decimal longer = value.quantize(value.exponent() - *rc::gen::inRange(0, 50), Rounding::never);
        RC_ASSERT(longer == value);
        RC_ASSERT(identical(longer.normalized(), value.normalized()));
        RC_ASSERT(value.normalized() == value);
        RC_ASSERT(longer.hash() == value.hash());
    }));
}

TEST_CASE("sums, differences and products are those of the fractions") {
    CHECK(rc::check([] {
        const Decimal a = *decimal();
        const Decimal b = *decimal();
        const Fraction x = fraction(a);
        const Fraction y = fraction(b);
        const auto same = [](const Decimal& result, const cpp_int& numerator, const cpp_int& denominator) {
            const Fraction z = fraction(result);
            return z.numerator * denominator == numerator * z.denominator;
        };
        RC_ASSERT(same(a + b, x.numerator * y.denominator + y.numerator * x.denominator,
                       x.denominator * y.denominator));
        RC_ASSERT(same(a - b, x.numerator * y.denominator - y.numerator * x.denominator,
                       x.denominator * y.denominator));
        RC_ASSERT(same(a * b, x.numerator * y.numerator, x.denominator * y.denominator));
    }));
}

TEST_CASE("addition and multiplication are commutative, associative and distributive, digit by digit") {
    CHECK(rc::check([] {
        const Decimal a = *decimal();
        const Decimal b = *decimal();
        const Decimal c = *decimal();
        RC_ASSERT(identical(a + b, b + a));
        RC_ASSERT(identical(a * b, b * a));
        RC_ASSERT(identical((a + b) + c, a + (b + c)));
        RC_ASSERT(identical((a * b) * c, a * (b * c)));
        RC_ASSERT(a * (b + c) == a * b + a * c);
        RC_ASSERT(a - b == -(b - a));
        RC_ASSERT((a + b) - b == a);
        Decimal in_place = a;
        RC_ASSERT(identical(in_place += b, a + b));
        RC_ASSERT(identical(in_place -= c, a + b - c));
    }));
}

TEST_CASE("the order is total, and that of the fractions") {
    CHECK(rc::check([] {
        const Decimal a = *decimal();
        const Decimal b =
            *rc::gen::oneOf(decimal(), rc::gen::just(a.quantize(a.exponent() - 3, Rounding::never)));
        const Decimal c = *decimal();
        const Fraction x = fraction(a);
        const Fraction y = fraction(b);
        const cpp_int left = x.numerator * y.denominator;
        const cpp_int right = y.numerator * x.denominator;
        RC_ASSERT((a < b) == (left < right));
        RC_ASSERT((a > b) == (left > right));
        RC_ASSERT((a == b) == (left == right));
        RC_ASSERT((a <=> b) == (0 <=> (b <=> a)));
        if (a <= b && b <= c) RC_ASSERT(a <= c);
        if (a == b) RC_ASSERT(std::hash<Decimal>{}(a) == std::hash<Decimal>{}(b));
    }));
}

TEST_CASE("quantize rounds as the oracle does, in every mode") {
    for (const Rounding mode : modes) {
        CAPTURE(postmoney::to_string(mode));
        CHECK(rc::check([mode] {
            const Decimal value = *decimal();
            // The scale is near the digits of the value, so that most cases lose some of them.
            const int exponent = value.exponent() + *rc::gen::inRange(-8, value.digits() + 4);
            const Fraction x = fraction(value);
            const Expected expected =
                exponent >= 0 ? rounded(x.numerator, x.denominator * power_of_ten(exponent), mode)
                              : rounded(x.numerator * power_of_ten(-exponent), x.denominator, mode);
            check_rounding(expected, exponent, mode, [&] { return value.quantize(exponent, mode); });
            check_rounding(expected, exponent, mode, [&] { return value.round(-exponent, mode); });
        }));
    }
}

TEST_CASE("divide rounds the true quotient as the oracle does, in every mode") {
    for (const Rounding mode : modes) {
        CAPTURE(postmoney::to_string(mode));
        CHECK(rc::check([mode] {
            const Decimal a = *decimal();
            const Decimal b =
                *rc::gen::suchThat(decimal(), [](const Decimal& value) { return !value.is_zero(); });
            const int scale = *rc::gen::inRange(-20, 90);
            const Fraction x = fraction(a);
            const Fraction y = fraction(b);
            cpp_int numerator = x.numerator * y.denominator;
            cpp_int denominator = x.denominator * y.numerator;
            (scale >= 0 ? numerator : denominator) *= power_of_ten(scale >= 0 ? scale : -scale);
            const Expected expected = rounded(numerator, denominator, mode);
            check_rounding(expected, -scale, mode, [&] { return divide(a, b, scale, mode); });
            check_rounding(expected, -scale, mode, [&] { return Ratio::of(a, b).to_decimal(scale, mode); });
        }));
    }
}

TEST_CASE("a product divided by one factor is the other") {
    CHECK(rc::check([] {
        const Decimal a = *decimal(-20, 0);
        const Decimal b =
            *rc::gen::suchThat(decimal(-20, 0), [](const Decimal& value) { return !value.is_zero(); });
        RC_ASSERT(identical(divide(a * b, b, a.scale(), Rounding::never), a));
    }));
}

TEST_CASE("whole numbers of 64 bits go in and come out") {
    CHECK(rc::check([] {
        const auto value = *rc::gen::arbitrary<std::int64_t>();
        RC_ASSERT(Decimal(value).to_int64() == value);
        RC_ASSERT(Decimal(value).to_string() == std::to_string(value));
        RC_ASSERT(Decimal(value).round(*rc::gen::inRange(0, 40), Rounding::never).to_int64() == value);
    }));
}

TEST_CASE("parse accepts exactly the plain numbers") {
    CHECK(rc::check([] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', '.', '-', '+', 'e', ' '));
        std::string_view rest = text;
        const auto take_digits = [&rest] {
            const std::size_t size = std::min(rest.find_first_not_of("019"), rest.size());
            rest.remove_prefix(size);
            return size != 0;
        };
        if (rest.starts_with('-')) rest.remove_prefix(1);
        bool plain = take_digits();
        if (plain && rest.starts_with('.')) {
            rest.remove_prefix(1);
            plain = take_digits();
        }
        plain = plain && rest.empty();
        bool accepted = true;
        try {
            (void)Decimal::parse(text);
        } catch (const postmoney::Error& error) {
            RC_ASSERT(error.code() == ErrorCode::bad_number);
            accepted = false;
        }
        RC_ASSERT(accepted == plain);
    }));
}

TEST_CASE("ratios are a field, and their order is that of cross products") {
    CHECK(rc::check([] {
        const auto ratio = [] {
            return Ratio::of(
                *decimal(-10, 10),
                *rc::gen::suchThat(decimal(-10, 10), [](const Decimal& value) { return !value.is_zero(); }));
        };
        const Ratio a = ratio();
        const Ratio b = ratio();
        const Ratio c = ratio();
        RC_ASSERT(a + b == b + a);
        RC_ASSERT(a * b == b * a);
        RC_ASSERT((a + b) + c == a + (b + c));
        RC_ASSERT((a * b) * c == a * (b * c));
        RC_ASSERT(a * (b + c) == a * b + a * c);
        RC_ASSERT((a - b) + b == a);
        if (!b.is_zero()) RC_ASSERT((a / b) * b == a);
        RC_ASSERT((a < b) == ((a - b).sign() < 0));
        RC_ASSERT(Ratio::parse(a.to_string()) == a);
        if (a == b) RC_ASSERT(a.hash() == b.hash());
    }));
}
