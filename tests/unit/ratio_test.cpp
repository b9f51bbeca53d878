#include <doctest/doctest.h>
#include <fmt/format.h>

#include <postmoney/fmt.hpp>
#include <postmoney/value/ratio.hpp>
#include <sstream>
#include <string>
#include <unordered_set>
#include <vector>

using postmoney::Decimal;
using postmoney::Error;
using postmoney::Percentage;
using postmoney::Ratio;
using postmoney::Rounding;
using namespace postmoney::literals;

TEST_CASE("a ratio is in lowest terms, its denominator above zero") {
    struct Row {
        std::string numerator, denominator, text;
    };
    for (const Row& row : std::vector<Row>{{"6", "50", "3/25"},
                                           {"-6", "50", "-3/25"},
                                           {"6", "-50", "-3/25"},
                                           {"-6", "-50", "3/25"},
                                           {"0", "-7.00", "0/1"},
                                           {"12.5", "1", "25/2"},
                                           {"1", "0.08", "25/2"},
                                           {"31.1", "6", "311/60"},
                                           {"50", "24", "25/12"},
                                           {"1000000000000000000000000000000000000000000", "3",
                                            "1000000000000000000000000000000000000000000/3"}}) {
        const Ratio ratio = Ratio::of(Decimal::parse(row.numerator), Decimal::parse(row.denominator));
        CHECK(ratio.to_string() == row.text);
        CHECK(Ratio::parse(row.text) == ratio);
    }
    CHECK(Ratio("0.120"_dec).to_string() == "3/25");
    CHECK(Ratio().to_string() == "0/1");
    CHECK(Ratio::parse("6/50").to_string() == "3/25");
}

TEST_CASE("ratio arithmetic and order") {
    const Ratio third = Ratio::of(1, 3);
    const Ratio half = Ratio::of(1, 2);
    CHECK((third + half).to_string() == "5/6");
    CHECK((third - half).to_string() == "-1/6");
    CHECK((third * half).to_string() == "1/6");
    CHECK((third / half).to_string() == "2/3");
    CHECK((third / -half).to_string() == "-2/3");
    CHECK((third + third + third).to_string() == "1/1");
    CHECK((Ratio::of(2, 3) * Ratio::of(3, 2)).to_string() == "1/1");
    CHECK((third * Ratio()).to_string() == "0/1");
    CHECK(Ratio::of(-3, 25).inverse().to_string() == "-25/3");
    CHECK(third < half);
    CHECK(-third > -half);
    CHECK(third.sign() == 1);
    CHECK(Ratio().is_zero());
    CHECK(std::unordered_set<Ratio>{Ratio::of(6, 50), Ratio::of(3, 25), third}.size() == 2);
}

TEST_CASE("terms at the bounds of 64 bits are exact") {
    const Ratio least = Ratio::parse("-9223372036854775808/1");
    const Ratio part = Ratio::parse("-9223372036854775808/9223372036854775807");
    const Ratio smallest = Ratio::parse("1/9223372036854775807");
    CHECK((least + least).to_string() == "-18446744073709551616/1");
    CHECK((least - Ratio::of(1, 1)).to_string() == "-9223372036854775809/1");
    CHECK((least * least).to_string() == "85070591730234615865843651857942052864/1");
    CHECK((part + part).to_string() == "-18446744073709551616/9223372036854775807");
    CHECK((part * least).to_string() == "85070591730234615865843651857942052864/9223372036854775807");
    CHECK((smallest * smallest).to_string() == "1/85070591730234615847396907784232501249");
    CHECK((least + smallest).to_string() == "-85070591730234615856620279821087277055/9223372036854775807");
    CHECK((part - part).is_zero());
    CHECK((-least).inverse().to_string() == "1/9223372036854775808");
    CHECK(least < part);
}

TEST_CASE("a ratio becomes a decimal with a scale and a mode") {
    const Ratio step_up = Ratio::of("50"_dec, "24"_dec);
    CHECK(step_up.to_decimal(4, Rounding::half_even).to_string() == "2.0833");
    CHECK(step_up.to_decimal(4, Rounding::up).to_string() == "2.0834");
    CHECK(Ratio::of("45"_dec, "24"_dec).to_decimal(3, Rounding::never).to_string() == "1.875");
    CHECK(Ratio::of(-1, 8).to_decimal(2, Rounding::half_even).to_string() == "-0.12");
    CHECK(Ratio::of(2499, 2).to_decimal(-2, Rounding::half_even).to_string() == "1200");
}

TEST_CASE("a percentage of a whole") {
    const Percentage share = Percentage::of("6"_dec, "50"_dec);
    CHECK(share.ratio() == Ratio::of(3, 25));
    CHECK(share == Percentage::from_percent("12"_dec));
    CHECK(share.to_string(1, Rounding::half_even) == "12.0 %");
    CHECK(share.to_string(0, Rounding::never) == "12 %");
    CHECK(Percentage::of("6"_dec, "31.1"_dec).to_string(1, Rounding::half_even) == "19.3 %");
    CHECK(Percentage::of("6"_dec, "31"_dec).to_string(1, Rounding::half_even) == "19.4 %");
    CHECK((share + Percentage::from_percent("0.5"_dec)).to_string(1, Rounding::never) == "12.5 %");
    CHECK((share - Percentage::from_percent("12.5"_dec)).to_string(1, Rounding::never) == "-0.5 %");
    CHECK((-share).sign() == -1);
    CHECK(share > Percentage());
    CHECK(std::hash<Percentage>{}(share) == std::hash<Percentage>{}(Percentage::from_percent("12.00"_dec)));
}

TEST_CASE("ratios and decimals are written to streams and through fmt") {
    std::ostringstream out;
    out << Ratio::of(3, 25) << ' ' << "12.0"_dec;
    CHECK(out.str() == "3/25 12.0");
    CHECK(fmt::format("{}|{:>6}|{:*<7}|", Ratio::of(3, 25), "12.0"_dec, "-0.05"_dec) ==
          "3/25|  12.0|-0.05**|");
    static_assert(!postmoney::detail::Formattable<Percentage>);  // its text needs a scale and a mode
    static_assert(!postmoney::detail::Formattable<std::vector<Decimal>>);
}

TEST_CASE("what ratios refuse") {
    struct Row {
        std::string text, message;
    };
    for (const Row& row : std::vector<Row>{
             {"", "got \"\", expected digits, a slash and digits [bad-number]"},
             {"3", "got \"3\", expected digits, a slash and digits [bad-number]"},
             {"/3", "got \"/3\", expected digits, a slash and digits [bad-number]"},
             {"3/", "got \"3/\", expected digits, a slash and digits [bad-number]"},
             {"3/-4", "got \"3/-4\", expected digits, a slash and digits [bad-number]"},
             {"3/4/5", "got \"3/4/5\", expected digits, a slash and digits [bad-number]"},
             {"1.5/2", "got \"1.5/2\", expected digits, a slash and digits [bad-number]"},
             {"3/0", "got \"3/0\", expected a denominator other than zero [division-by-zero]"},
         }) {
        CHECK_THROWS_WITH_AS((void)Ratio::parse(row.text), row.message.c_str(), Error);
    }
    CHECK_THROWS_WITH_AS((void)Ratio::of("6.0"_dec, "0.00"_dec),
                         "got \"6.0/0.00\", expected a denominator other than zero [division-by-zero]",
                         Error);
    CHECK_THROWS_WITH_AS((void)Percentage::of("6"_dec, "0"_dec),
                         "got \"6/0\", expected a denominator other than zero [division-by-zero]", Error);
    CHECK_THROWS_WITH_AS((void)Ratio().inverse(),
                         "got \"0/1\", expected a divisor other than zero [division-by-zero]", Error);
    CHECK_THROWS_WITH_AS((void)Ratio::of(1, 3).to_decimal(2, Rounding::never),
                         "got \"1/3\", expected at most 2 decimals [inexact]", Error);
    CHECK_THROWS_WITH_AS((void)Ratio(Decimal::parse_scientific("1E+1000000")),
                         "got \"1E+1000000/1\", expected at most 100000 digits and an exponent within "
                         "-1000000..1000000 [overflow]",
                         Error);
    CHECK_THROWS_WITH_AS((void)Ratio::of(1, 3).to_decimal(1'000'001, Rounding::down),
                         "got \"1/3 at scale 1000001\", expected at most 100000 digits and an exponent "
                         "within -1000000..1000000 [overflow]",
                         Error);
}
