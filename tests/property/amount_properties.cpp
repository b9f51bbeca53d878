#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <utility>

#include "postmoney/value/amount.hpp"

using namespace postmoney;

namespace {

Magnitude any_magnitude() {
    return static_cast<Magnitude>(*rc::gen::inRange(0, 5));
}

// Few digits and few scales, so that numbers are often equal. All are whole cents and fit 64 bits.
StatedNumber any_number(Magnitude magnitude) {
    const int scale = *rc::gen::inRange(0, magnitude == Magnitude::one ? 3 : 5);
    const auto coefficient =
        *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 9'000), rc::gen::inRange<std::int64_t>(0, 30));
    return {Decimal::of_coefficient(coefficient, -scale), magnitude};
}

Quantity any_range() {
    const Magnitude magnitude = any_magnitude();
    const StatedNumber low = any_number(magnitude);
    const bool own_magnitude = magnitude != Magnitude::one && *rc::gen::arbitrary<bool>();
    StatedNumber high = any_number(own_magnitude ? Magnitude::trillion : magnitude);
    if (high.value() < low.value()) high = low;
    return Quantity::between(low, high, *rc::gen::arbitrary<bool>());
}

Quantity any_quantity() {
    const auto qualifier = static_cast<Qualifier>(*rc::gen::inRange(0, 8));
    if (qualifier == Qualifier::undisclosed) return Quantity::undisclosed();
    if (qualifier == Qualifier::between) return any_range();
    return {qualifier, any_number(any_magnitude())};
}

Currency any_currency() {
    return Currency::iso(*rc::gen::element(std::string("USD"), std::string("EUR"), std::string("KWD")));
}

Amount any_amount() {
    Quantity quantity = any_quantity();
    return quantity.disclosed() ? Amount(std::move(quantity), any_currency()) : Amount::undisclosed();
}

void same(const StatedNumber& a, const StatedNumber& b) {
    RC_ASSERT(a.value() == b.value());
    RC_ASSERT(a.last_digit() == b.last_digit());
    RC_ASSERT(a.magnitude == b.magnitude);
}

void same(const Quantity& a, const Quantity& b) {
    RC_ASSERT(a == b);
    RC_ASSERT(a.qualifier() == b.qualifier());
    same(a.number(), b.number());
    same(a.high(), b.high());
}

}  // namespace

TEST_CASE("a quantity's text gives the same quantity back") {
    CHECK(rc::check([] {
        const Quantity quantity = any_quantity();
        same(Quantity::parse(quantity.to_string()), quantity);
    }));
}

TEST_CASE("an amount's text gives the same amount back") {
    CHECK(rc::check([] {
        const Amount amount = any_amount();
        const Amount read = Amount::parse(amount.to_string());
        same(read.quantity(), amount.quantity());
        RC_ASSERT(read == amount);
        RC_ASSERT(read.currency() == amount.currency());
        if (!amount.disclosed()) return;
        RC_ASSERT(read.known() == amount.known());
        RC_ASSERT(read.lower() == amount.lower());
        RC_ASSERT(read.upper() == amount.upper());
    }));
}

TEST_CASE("what is known of an amount lies within its bounds") {
    CHECK(rc::check([] {
        const Amount amount = any_amount();
        RC_PRE(amount.disclosed());
        RC_ASSERT(amount.lower().minor() >= 0);
        RC_ASSERT(amount.lower() <= amount.known());
        if (amount.upper()) RC_ASSERT(amount.known() <= *amount.upper());
    }));
}

TEST_CASE("agreement of two stated numbers is symmetric, and each agrees with itself") {
    CHECK(rc::check([] {
        const Quantity a = any_quantity();
        const Quantity b = any_quantity();
        RC_ASSERT(agrees(a, b) == agrees(b, a));
        RC_ASSERT(agrees(a, a));
        const Amount x = any_amount();
        const Amount y = any_amount();
        RC_ASSERT(agreement(x, y) == agreement(y, x));
        RC_ASSERT(agreement(x, x) == Agreement::agree);
    }));
}

TEST_CASE("a number agrees with a coarser or equal statement as the same number stated exactly does") {
    CHECK(rc::check([] {
        const StatedNumber number = any_number(any_magnitude());
        const Quantity stated = any_quantity();
        const bool is_point =
            stated.qualifier() == Qualifier::exact || stated.qualifier() == Qualifier::about;
        RC_PRE(!is_point || number.last_digit() <= stated.number().last_digit());
        RC_ASSERT(agrees(number.value(), stated) == agrees(Quantity::exact(number), stated));
    }));
}

TEST_CASE("a sum agrees with itself stated to fewer digits, and with no neighbour of that") {
    CHECK(rc::check([] {
        const Money money(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000), Currency::iso("USD"));
        const auto magnitude = any_magnitude();
        const int scale = *rc::gen::inRange(0, 3);
        const int last_digit = 3 * static_cast<int>(magnitude) - scale;
        const Decimal rounded = money.to_decimal().quantize(last_digit, Rounding::half_even);
        const auto stated = [&](std::int64_t units_away) {
            const Decimal coefficient = Decimal(rounded.coefficient().to_int64() + units_away);
            return Quantity::exact({Decimal::of_coefficient(coefficient.coefficient(), -scale), magnitude});
        };
        RC_ASSERT(agrees(money.to_decimal(), stated(0)));
        RC_ASSERT_FALSE(agrees(money.to_decimal(), stated(1)));
        if (rounded.sign() > 0) RC_ASSERT_FALSE(agrees(money.to_decimal(), stated(-1)));
    }));
}
