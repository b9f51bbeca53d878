// Expressions that must not compile, and values that must be computed at compile time. This test passes when
// the file compiles.
#include <postmoney/value/decimal.hpp>
#include <postmoney/value/ratio.hpp>
#include <postmoney/value/rounding.hpp>
#include <type_traits>

using postmoney::Decimal;
using postmoney::divide;
using postmoney::Percentage;
using postmoney::Ratio;
using postmoney::Rounding;
using namespace postmoney::literals;

namespace {

// The controls show that the expressions below are refused for their types, not for a slip.
template <class A, class B>
concept Addable = requires(const A& a, const B& b) {
    a + b;
};
template <class A, class B>
concept Multipliable = requires(const A& a, const B& b) {
    a* b;
};
template <class A, class B>
concept Divisible = requires(const A& a, const B& b) {
    a / b;
};
template <class A, class B>
concept Comparable = requires(const A& a, const B& b) {
    a == b;
};
static_assert(Addable<Decimal, Decimal> && Multipliable<Decimal, Decimal> && Comparable<Decimal, Decimal>);
static_assert(Addable<Ratio, Ratio> && Multipliable<Ratio, Ratio> && Divisible<Ratio, Ratio>);
static_assert(Addable<Percentage, Percentage> && Comparable<Percentage, Percentage>);

// No binary floating point becomes a Decimal, by any syntax.
static_assert(!std::is_constructible_v<Decimal, float>);
static_assert(!std::is_constructible_v<Decimal, double>);
static_assert(!std::is_constructible_v<Decimal, long double>);
static_assert(!std::is_convertible_v<double, Decimal>);
static_assert(!std::is_assignable_v<Decimal&, double>);
static_assert(!Addable<Decimal, double>);
static_assert(!Multipliable<Decimal, double>);
static_assert(!Comparable<Decimal, double>);

// Nor does a Decimal become one.
static_assert(!std::is_convertible_v<Decimal, double>);
static_assert(!std::is_constructible_v<double, Decimal>);

// Truth values and characters are not numbers.
static_assert(!std::is_constructible_v<Decimal, bool>);
static_assert(!std::is_constructible_v<Decimal, char>);
static_assert(!std::is_constructible_v<Decimal, char8_t>);
static_assert(!std::is_constructible_v<Decimal, wchar_t>);
static_assert(!std::is_constructible_v<Decimal, void*>);

// Whole numbers and texts only when asked to.
static_assert(std::is_constructible_v<Decimal, int>);
static_assert(std::is_constructible_v<Decimal, unsigned long long>);
static_assert(!std::is_convertible_v<int, Decimal>);
static_assert(!std::is_constructible_v<Decimal, const char*>);
static_assert(!Addable<Decimal, int>);

// Division needs a scale and a mode.
static_assert(!Divisible<Decimal, Decimal>);
template <class A>
concept SelfDivisible = requires(A a) {
    a /= a;
};
static_assert(!SelfDivisible<Decimal>);
template <class... Arguments>
concept DividesWith = requires(const Decimal& a, const Arguments&... arguments) {
    divide(a, a, arguments...);
};
static_assert(!DividesWith<>);
static_assert(!DividesWith<int>);
static_assert(DividesWith<int, Rounding>);

// So does rounding.
template <class T, class... Arguments>
concept RoundsWith = requires(const T& a, const Arguments&... arguments) {
    a.round(arguments...);
};
template <class T, class... Arguments>
concept BecomesDecimalWith = requires(const T& a, const Arguments&... arguments) {
    a.to_decimal(arguments...);
};
template <class T, class... Arguments>
concept HasTextWith = requires(const T& a, const Arguments&... arguments) {
    a.to_string(arguments...);
};
static_assert(!RoundsWith<Decimal, int> && RoundsWith<Decimal, int, Rounding>);
static_assert(!BecomesDecimalWith<Ratio, int> && BecomesDecimalWith<Ratio, int, Rounding>);
static_assert(!HasTextWith<Percentage> && HasTextWith<Percentage, int, Rounding>);

// A percentage is of something, so percentages are neither multiplied nor divided, nor mixed with bare
// numbers.
static_assert(!Multipliable<Percentage, Percentage>);
static_assert(!Divisible<Percentage, Percentage>);
static_assert(!Addable<Percentage, Decimal>);
static_assert(!Addable<Percentage, Ratio>);
static_assert(!Comparable<Percentage, Ratio>);
static_assert(!std::is_convertible_v<Ratio, Percentage>);
static_assert(!std::is_convertible_v<Decimal, Ratio>);
static_assert(!Addable<Ratio, Decimal>);

// Moving never throws, so containers move.
static_assert(std::is_nothrow_move_constructible_v<Decimal> && std::is_nothrow_move_assignable_v<Decimal>);
static_assert(std::is_nothrow_move_constructible_v<Ratio> && std::is_nothrow_move_assignable_v<Ratio>);

// At compile time.
constexpr Decimal rounds =
    Decimal::parse("134680000") + Decimal::parse("6000000000") + Decimal(6'000'000'000);
static_assert(rounds == Decimal(12'134'680'000));
static_assert("1.50"_dec + "0.5"_dec == "2"_dec);
static_assert(("1.50"_dec + "0.5"_dec).scale() == 2);
static_assert("1.5"_dec - "2.25"_dec == "-0.75"_dec);
static_assert("2.25"_dec - "1.5"_dec == "0.75"_dec);
static_assert("1.5"_dec * "1.5"_dec == "2.25"_dec);
static_assert(-"1.5"_dec == "-1.5"_dec);
static_assert("-1.5"_dec.abs() == "1.5"_dec);
static_assert("12.0"_dec == "12"_dec && "12.0"_dec.coefficient() != "12"_dec.coefficient());
static_assert("0.1"_dec < "0.11"_dec && "-0.1"_dec > "-0.11"_dec && "2"_dec > "1.999"_dec);
static_assert("2.5"_dec.round(0, Rounding::half_even) == "2"_dec);
static_assert("1200"_dec.normalized().exponent() == 2);
static_assert("12.0"_dec.is_integer() && "12.0"_dec.to_int64() == 12);
static_assert(Decimal::parse_scientific("-1.23E+5") == Decimal(-123'000));
static_assert(divide("50"_dec, "24"_dec, 4, Rounding::half_even) == "2.0833"_dec);
static_assert("170141183460469231731687303715884105727"_dec.digits() == 39);
static_assert(Ratio::of("6"_dec, "50"_dec) == Ratio::of(3, 25));
static_assert(Percentage::of("6"_dec, "50"_dec) == Percentage::from_percent("12.0"_dec));
static_assert(Percentage::of("6"_dec, "31.1"_dec).to_decimal(1, Rounding::half_even) == "19.3"_dec);
static_assert(postmoney::rounding_from_word("05up") == Rounding::zero_five_up);

#if defined(__x86_64__) || defined(__aarch64__)
static_assert(sizeof(Decimal) == 32);
#endif

}  // namespace

int main() {}
