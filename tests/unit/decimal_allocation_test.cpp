// Values that fit 128 bits never allocate, nor do operations with such results. Counts the calls of operator
// new in the whole program as long as a Counting lives.
#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>
#include <postmoney/value/decimal.hpp>
#include <postmoney/value/ratio.hpp>
#include <string>
#include <utility>

#include "../replaced_new.hpp"

namespace {

bool counting = false;
int allocations = 0;

}  // namespace

void* allocate(std::size_t size) noexcept {
    if (counting) ++allocations;
    return std::malloc(size == 0 ? 1 : size);
}

namespace {

using postmoney::Decimal;
using postmoney::divide;
using postmoney::Ratio;
using postmoney::Rounding;

// The number of allocations of `work`. No assertion may run inside, because doctest allocates.
template <class Work>
int allocations_in(Work work) {
    allocations = 0;
    counting = true;
    work();
    counting = false;
    return allocations;
}

constexpr Rounding modes[] = {Rounding::half_even, Rounding::half_up,     Rounding::half_down,
                              Rounding::up,        Rounding::down,        Rounding::ceiling,
                              Rounding::floor,     Rounding::zero_five_up};

}  // namespace

TEST_CASE("the allocation count counts") {
    CHECK(allocations_in([] { const std::string text(100, 'x'); }) == 1);
    CHECK(allocations_in(
              [] { (void)(Decimal::parse("170141183460469231731687303715884105727") + Decimal(1)); }) > 0);
}

TEST_CASE("decimals within 128 bits never allocate") {
    bool right = true;
    std::string text;
    text.reserve(200);
    const int count = allocations_in([&] {
        const Decimal largest = Decimal::parse("170141183460469231731687303715884105727");
        const Decimal least = Decimal::parse("-1.70141183460469231731687303715884105728");
        const Decimal money = Decimal::parse("134680000.00");
        const Decimal tiny = Decimal::parse_scientific("-1.5E-30");
        Decimal copy = largest;
        Decimal moved = std::move(copy);
        copy = least;
        copy = std::move(moved);
        right = right && copy == largest && least < money && tiny > least && largest > money;
        copy += Decimal(-1);
        copy -= least.round(0, Rounding::down);
        copy *= Decimal(1);
        right = right && copy == largest;
        right = right && money + Decimal::parse("0.125") > money && money * Decimal::parse("2.0833") > money;
        right = right && (money - money).is_zero() && (-money).abs() == money;
        right =
            right && largest.normalized() == largest && money.is_integer() && money.to_int64() == 134'680'000;
        for (const Rounding mode : modes) {
            for (const int scale : {-40, -38, -1, 0, 2, 37, 38, 50}) {
                right = right && (least.round(-40, mode) <= Decimal(0) || mode == Rounding::up);
                right = right && tiny.round(scale, mode) <= Decimal(0);
            }
            // The aligned dividend needs more than 128 bits, but the quotient does not.
            right = right && divide(largest, largest, 38, mode) == Decimal(1);
            right = right && divide(money, Decimal::parse("31.1"), 20, mode) > Decimal(4'330'546);
            right = right && divide(tiny, largest, 10, mode) <= Decimal(0);
        }
        (void)std::hash<Decimal>{}(largest);
        money.append_to(text);
        const Ratio ratio = Ratio::of(money, Decimal::parse("12134680000"));
        right = right && ratio * ratio.inverse() == Ratio::of(1, 1) && ratio < ratio + ratio;
        right = right && ratio.to_decimal(30, Rounding::half_even) < Decimal(1);
    });
    CHECK(count == 0);
    CHECK(right);
    CHECK(text == "134680000.00");
}
