#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "postmoney/value/balance.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/money.hpp"

using postmoney::Balance;
using postmoney::Currencies;
using postmoney::Currency;
using postmoney::Decimal;
using postmoney::Error;
using postmoney::ErrorCode;
using postmoney::Money;

namespace {

// Any 64-bit value, often one below one unit or at the ends.
rc::Gen<std::int64_t> any_minor() {
    return rc::gen::oneOf(rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange<std::int64_t>(-200, 200),
                          rc::gen::element(std::numeric_limits<std::int64_t>::min(),
                                           std::numeric_limits<std::int64_t>::max(), std::int64_t{-5}));
}

// Values so small that the sum of hundreds fits 64 bits.
rc::Gen<std::int64_t> small_minor() {
    return rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000, 1'000'000'000'000'000);
}

Currency any_iso() {
    const auto table = postmoney::iso_currencies();
    return table[*rc::gen::inRange<std::size_t>(0, table.size())];
}

Currency any_unit() {
    if (*rc::gen::inRange(0, 2) == 0) return any_iso();
    const int decimals = *rc::gen::inRange(0, Currency::max_decimals + 1);
    const auto size = *rc::gen::inRange<std::size_t>(4, 13);
    return Currency::user_defined(*rc::gen::container<std::string>(size, rc::gen::inRange('A', 'Z')),
                                  decimals);
}

// The result of a call, or the code of its refusal.
template <typename Call>
std::optional<ErrorCode> refused(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

// Whether the parts sum to the whole, have its sign, and each is less than one minor unit from its exact
// share: |part * sum - whole * ratio| < sum.
template <typename Ratio>
bool fair(const Money& whole, const std::vector<Ratio>& ratios, const std::vector<std::int64_t>& integers) {
    const std::vector<Money> parts = whole.allocate(std::span<const Ratio>(ratios));
    const Decimal sum = std::accumulate(integers.begin(), integers.end(), Decimal(0),
                                        [](const Decimal& a, std::int64_t b) { return a + Decimal(b); });
    Decimal total(0);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        total += Decimal(parts[i].minor());
        const Decimal exact = Decimal(whole.minor()) * Decimal(integers[i]);
        if ((Decimal(parts[i].minor()) * sum - exact).abs() >= sum) return false;
        if (whole.minor() < 0 ? parts[i].minor() > 0 : parts[i].minor() < 0) return false;
        if (integers[i] == 0 && parts[i].minor() != 0) return false;
    }
    return parts.size() == ratios.size() && total == Decimal(whole.minor());
}

std::vector<std::int64_t> any_ratios() {
    const auto ratio =
        rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 10),
                       rc::gen::inRange<std::int64_t>(0, std::numeric_limits<std::int64_t>::max()));
    std::vector<std::int64_t> ratios =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(ratio));
    RC_PRE(std::any_of(ratios.begin(), ratios.end(), [](std::int64_t r) { return r > 0; }));
    return ratios;
}

}  // namespace

TEST_CASE("money round-trips through its text and through decimals") {
    CHECK(rc::check("parse(format(x)) == x", [] {
        const Currency unit = any_unit();
        Currencies known;
        known.add(unit);
        const Money value(*any_minor(), unit);
        return Money::parse(value.to_string(), known) == value;
    }));
    CHECK(rc::check("format(parse(text)) == text", [] {
        const Currency unit = any_unit();
        Currencies known;
        known.add(unit);
        const std::string text = Money(*any_minor(), unit).to_string();
        return Money::parse(text, known).to_string() == text;
    }));
    CHECK(rc::check("of(to_decimal(x)) == x", [] {
        const Money value(*any_minor(), any_unit());
        return Money::of(value.to_decimal(), value.currency()) == value &&
               value.to_decimal().to_string() == value.amount_string();
    }));
}

TEST_CASE("sums are those of whole numbers, or refused") {
    CHECK(rc::check("a + b == b + a, and is refused exactly when 64 bits do not hold it", [] {
        const Currency unit = any_iso();
        const Money a(*any_minor(), unit);
        const Money b(*any_minor(), unit);
        const Decimal sum = Decimal(a.minor()) + Decimal(b.minor());
        const bool fits = sum >= Decimal(std::numeric_limits<std::int64_t>::min()) &&
                          sum <= Decimal(std::numeric_limits<std::int64_t>::max());
        if (!fits)
            return refused([&] { (void)(a + b); }) == ErrorCode::overflow &&
                   refused([&] { (void)(b + a); }) == ErrorCode::overflow;
        return a + b == b + a && Decimal((a + b).minor()) == sum && (a + b) - b == a;
    }));
    CHECK(rc::check("(a + b) + c == a + (b + c)", [] {
        const Currency unit = any_iso();
        const Money a(*small_minor(), unit);
        const Money b(*small_minor(), unit);
        const Money c(*small_minor(), unit);
        return (a + b) + c == a + (b + c) && a - b == -(b - a);
    }));
    CHECK(rc::check("n * a is the sum of n times a, or refused", [] {
        const Currency unit = any_iso();
        const Money a(*any_minor(), unit);
        const auto n = *rc::gen::arbitrary<std::int64_t>();
        const Decimal product = Decimal(a.minor()) * Decimal(n);
        const auto overflow = refused([&] { (void)(a * n); });
        const bool fits = product >= Decimal(std::numeric_limits<std::int64_t>::min()) &&
                          product <= Decimal(std::numeric_limits<std::int64_t>::max());
        return fits ? Decimal((n * a).minor()) == product : overflow == ErrorCode::overflow;
    }));
    CHECK(rc::check("two currencies never mix", [] {
        const Money a(*small_minor(), any_unit());
        const Money b(*small_minor(), any_unit());
        RC_PRE(a.currency() != b.currency());
        return a != b && refused([&] { (void)(a + b); }) == ErrorCode::mixed_currencies &&
               refused([&] { (void)(a - b); }) == ErrorCode::mixed_currencies &&
               refused([&] { (void)(a < b); }) == ErrorCode::mixed_currencies;
    }));
    CHECK(rc::check("the order is that of the minor units", [] {
        const Currency unit = any_iso();
        const Money a(*any_minor(), unit);
        const Money b(*any_minor(), unit);
        return (a < b) == (a.minor() < b.minor()) && (a == b) == (a.minor() == b.minor());
    }));
}

TEST_CASE("allocated parts sum to the whole, each within one minor unit of its share") {
    CHECK(rc::check("by whole numbers", [] {
        const std::vector<std::int64_t> ratios = any_ratios();
        return fair(Money(*any_minor(), any_iso()), ratios, ratios);
    }));
    CHECK(rc::check("by decimals, all of one scale", [] {
        const std::vector<std::int64_t> integers = any_ratios();
        const int scale = *rc::gen::inRange(-20, 20);
        std::vector<Decimal> ratios;
        for (const std::int64_t integer : integers)
            ratios.push_back(Decimal::of_coefficient(integer, scale).normalized());
        return fair(Money(*any_minor(), any_iso()), ratios, integers);
    }));
    CHECK(rc::check("a negative amount is the mirror image", [] {
        const std::vector<std::int64_t> ratios = any_ratios();
        const Money whole(*small_minor(), any_iso());
        std::vector<Money> mirrored = (-whole).allocate(ratios);
        for (Money& part : mirrored) part = -part;
        return mirrored == whole.allocate(ratios);
    }));
}

TEST_CASE("balances add as their amounts do, in any order") {
    const auto any_balance = [] {
        Balance balance;
        const auto size = *rc::gen::inRange(0, 6);
        for (int i = 0; i < size; ++i) balance += Money(*small_minor(), any_iso());
        return balance;
    };
    CHECK(rc::check("commutative, associative, with an inverse", [&] {
        const Balance a = any_balance();
        const Balance b = any_balance();
        const Balance c = any_balance();
        return a + b == b + a && (a + b) + c == a + (b + c) && (a + b) - b == a && (a - a).is_zero();
    }));
    CHECK(rc::check("sorted, without zeros", [&] {
        const Balance sum = any_balance() - any_balance();
        return std::is_sorted(sum.begin(), sum.end(),
                              [](const Money& a, const Money& b) { return a.currency() < b.currency(); }) &&
               std::none_of(sum.begin(), sum.end(), [](const Money& m) { return m.minor() == 0; });
    }));
}
