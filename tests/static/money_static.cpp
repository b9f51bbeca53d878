// Expressions that must not compile, one fact a line, each next to a twin that does; and values computed
// while compiling.
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "postmoney/value/balance.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/money.hpp"
#include "postmoney/value/money_math.hpp"
#include "postmoney/value/partial_date.hpp"
#include "postmoney/value/timestamp.hpp"

using postmoney::Balance;
using postmoney::Currencies;
using postmoney::Currency;
using postmoney::DatePrecision;
using postmoney::Decimal;
using postmoney::Money;
using postmoney::PartialDate;
using postmoney::Timestamp;

namespace {

template <typename A, typename B>
concept Adds = requires(A a, B b) {
    a + b;
};
template <typename A, typename B>
concept AddsInPlace = requires(A a, B b) {
    a += b;
};
template <typename A, typename B>
concept Subtracts = requires(A a, B b) {
    a - b;
};
template <typename A, typename B>
concept Multiplies = requires(A a, B b) {
    a* b;
};
template <typename A, typename B>
concept Divides = requires(A a, B b) {
    a / b;
};
template <typename A, typename B>
concept Less = requires(A a, B b) {
    a < b;
};
template <typename A, typename B>
concept Equals = requires(A a, B b) {
    a == b;
};
template <typename M>
concept PassedInBraces = requires(void (*take)(M), Currency c) {
    take({5, c});
};
template <typename M>
concept PassedByName = requires(void (*take)(M), Currency c) {
    take(M{5, c});
};
template <typename M, typename Units>
concept OfUnits = requires(Units units, Currency c) {
    M::of(units, c);
};

// Money is made only explicitly, from whole minor units and a currency.
static_assert(std::constructible_from<Money, std::int64_t, Currency>);
static_assert(std::constructible_from<Money, int, Currency>);
static_assert(std::constructible_from<Money, std::uint64_t, Currency>);
static_assert(!std::constructible_from<Money, double, Currency>);
static_assert(!std::constructible_from<Money, float, Currency>);
static_assert(!std::constructible_from<Money, long double, Currency>);
static_assert(!std::constructible_from<Money, bool, Currency>);
static_assert(!std::constructible_from<Money, char, Currency>);
static_assert(!std::constructible_from<Money, Decimal, Currency>);
static_assert(!std::constructible_from<Money, std::int64_t>);
static_assert(!std::constructible_from<Money, Currency>);
static_assert(!std::default_initializable<Money>);
static_assert(!std::convertible_to<int, Money>);
static_assert(!std::convertible_to<Money, std::int64_t>);
static_assert(!std::convertible_to<Money, bool>);
static_assert(!PassedInBraces<Money>);
static_assert(PassedByName<Money>);
static_assert(OfUnits<Money, Decimal>);
static_assert(!OfUnits<Money, double>);

// Only operations that mean something exist.
static_assert(Adds<Money, Money>);
static_assert(!Adds<Money, int>);
static_assert(!Adds<int, Money>);
static_assert(!Adds<Money, double>);
static_assert(!Adds<Money, Decimal>);
static_assert(AddsInPlace<Money&, Money>);
static_assert(!AddsInPlace<Money&, int>);
static_assert(!AddsInPlace<const Money&, Money>);
static_assert(Subtracts<Money, Money>);
static_assert(!Subtracts<Money, int>);
static_assert(Multiplies<Money, int>);
static_assert(Multiplies<std::uint64_t, Money>);
static_assert(!Multiplies<Money, Money>);
static_assert(!Multiplies<Money, double>);
static_assert(!Multiplies<double, Money>);
static_assert(!Multiplies<Money, bool>);
static_assert(!Multiplies<Money, char>);
static_assert(!Multiplies<Money, Decimal>);  // it rounds, so it has a name
static_assert(Divides<Money, Money>);        // into a ratio
static_assert(!Divides<Money, int>);
static_assert(!Divides<Money, Decimal>);
static_assert(Less<Money, Money>);
static_assert(!Less<Money, int>);
static_assert(Equals<Money, Money>);
static_assert(!Equals<Money, int>);
static_assert(!Equals<Money, std::string_view>);

// A balance holds several currencies, which money does not, and has no order.
static_assert(Adds<Balance, Money>);
static_assert(Adds<Balance, Balance>);
static_assert(!Adds<Balance, int>);
static_assert(!Multiplies<Balance, Balance>);
static_assert(!Less<Balance, Balance>);
static_assert(!std::convertible_to<Money, Balance>);

// A currency comes only from a checked code.
static_assert(!std::default_initializable<Currency>);
static_assert(!std::constructible_from<Currency, std::string_view, int>);
static_assert(!std::convertible_to<const char*, Currency>);
static_assert(Less<Currency, Currency>);
static_assert(!Equals<Currency, std::string_view>);

// Partial dates have no order and no arithmetic; times have an order.
static_assert(Equals<PartialDate, PartialDate>);
static_assert(!Less<PartialDate, PartialDate>);
static_assert(!Less<PartialDate, date::sys_days>);
static_assert(!Subtracts<PartialDate, PartialDate>);
static_assert(!Adds<PartialDate, int>);
static_assert(!std::default_initializable<PartialDate>);
static_assert(!std::convertible_to<int, PartialDate>);
static_assert(!std::convertible_to<date::sys_days, PartialDate>);
static_assert(Less<Timestamp, Timestamp>);
static_assert(!Less<Timestamp, std::int64_t>);
static_assert(!Less<Timestamp, PartialDate>);
static_assert(!Adds<Timestamp, Timestamp>);
static_assert(!Adds<Timestamp, int>);
static_assert(!std::constructible_from<Timestamp, std::int64_t>);

// Small values, copied as bytes.
static_assert(sizeof(Currency) == 16 && std::is_trivially_copyable_v<Currency>);
static_assert(sizeof(Money) == 24 && std::is_trivially_copyable_v<Money>);
static_assert(sizeof(PartialDate) <= 8 && std::is_trivially_copyable_v<PartialDate>);
static_assert(sizeof(Timestamp) == 8 && std::is_trivially_copyable_v<Timestamp>);

// Values computed while compiling.
constexpr Currency usd = Currency::iso("USD");
static_assert(usd.code() == "USD" && usd.decimals() == 2);
static_assert(!Currency::find_iso("XTS"));
static_assert(Currency::user_defined("USDC", 6).decimals() == 6);
static_assert(postmoney::iso_currencies().front().code() == "ADP");
static_assert(Money(150, usd) + Money(50, usd) == Money(200, usd));
static_assert(Money(150, usd) - Money(50, usd) < Money(200, usd));
static_assert(-Money(150, usd) * 2 == Money(-300, usd));
static_assert(Money::of(Decimal::parse("1500.50"), usd).minor() == 150'050);
static_assert(Money(-5, usd).to_decimal() == Decimal::parse("-0.05"));
static_assert(PartialDate::parse("2024-Q3").precision() == DatePrecision::quarter);
static_assert(PartialDate::parse("2024-02").last_day() == PartialDate::day(2024, 2, 29).first_day());
static_assert(PartialDate::year(2024).contains(PartialDate::month(2024, 12)));
static_assert(agrees(PartialDate::day(2024, 12, 23), PartialDate::quarter(2024, 4)));
static_assert(Timestamp::parse("1970-01-02T00:00:00.5Z").microseconds() == 86'400'500'000);
static_assert(Timestamp::max().day() == PartialDate::day(9999, 12, 31).first_day());

}  // namespace
