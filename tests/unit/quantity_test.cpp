#include "postmoney/value/quantity.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "../refusal.hpp"

using postmoney::agrees;
using postmoney::Decimal;
using postmoney::Magnitude;
using postmoney::Qualifier;
using postmoney::Quantity;
using postmoney::StatedNumber;
using postmoney::test::refusal;

namespace {

std::string bounds_text(const Quantity& quantity) {
    const postmoney::Bounds bounds = quantity.bounds();
    return bounds.known.to_string() + " in " + bounds.lower.to_string() + " to " +
           (bounds.upper ? bounds.upper->to_string() : "open");
}

StatedNumber stated_number(std::string_view digits, Magnitude magnitude = Magnitude::one) {
    return {Decimal::parse(digits), magnitude};
}

}  // namespace

TEST_CASE("a quantity is read with its qualifier, known number and bounds, and written back as stated") {
    struct Row {
        std::string_view text;
        Qualifier qualifier;
        std::string_view bounds;
    };
    for (const Row& row : std::vector<Row>{
             {"0", Qualifier::exact, "0 in 0 to 0"},
             {"97", Qualifier::exact, "97 in 97 to 97"},
             {"0.50", Qualifier::exact, "0.50 in 0.50 to 0.50"},
             {"12 billion", Qualifier::exact, "12000000000 in 12000000000 to 12000000000"},
             {"12.0 billion", Qualifier::exact, "12000000000 in 12000000000 to 12000000000"},
             {"5 thousand", Qualifier::exact, "5000 in 5000 to 5000"},
             {"2.5 trillion", Qualifier::exact, "2500000000000 in 2500000000000 to 2500000000000"},
             {"about 100 million", Qualifier::about, "100000000 in 99000000 to 101000000"},
             {"about 1.5", Qualifier::about, "1.5 in 1.4 to 1.6"},
             {"about 1", Qualifier::about, "1 in 0 to 2"},
             {"about 0 million", Qualifier::about, "0 in 0 to 1000000"},
             {"at least 5 million", Qualifier::at_least, "5000000 in 5000000 to open"},
             {"more than 40", Qualifier::more_than, "40 in 40 to open"},
             {"at most 5", Qualifier::at_most, "0 in 0 to 5"},
             {"less than 5 thousand", Qualifier::less_than, "0 in 0 to 5000"},
             {"between 40 and 45 billion", Qualifier::between, "40000000000 in 40000000000 to 45000000000"},
             {"between 40 billion and 45 billion", Qualifier::between,
              "40000000000 in 40000000000 to 45000000000"},
             {"between 900 million and 1.5 billion", Qualifier::between,
              "900000000 in 900000000 to 1500000000"},
             {"between 3 and 5", Qualifier::between, "3 in 3 to 5"},
             {"between 5 and 5.0", Qualifier::between, "5 in 5 to 5.0"},
             {"undisclosed", Qualifier::undisclosed, "0 in 0 to open"},
         }) {
        CAPTURE(row.text);
        const Quantity quantity = Quantity::parse(row.text);
        CHECK(quantity.qualifier() == row.qualifier);
        CHECK(quantity.disclosed() == (row.qualifier != Qualifier::undisclosed));
        CHECK(bounds_text(quantity) == row.bounds);
        CHECK(quantity.to_string() == row.text);
    }
}

TEST_CASE("what is no quantity is refused, quoted whole") {
    for (const std::string_view text : {"",
                                        " ",
                                        "6 ",
                                        " 6",
                                        "6  billion",
                                        "6\tbillion",
                                        "6 Billion",
                                        "6 billions",
                                        "6 billion dollars",
                                        "6bn",
                                        "-6",
                                        "+6",
                                        "6.",
                                        ".5",
                                        "6,000",
                                        "6e9",
                                        "1.2.3",
                                        "about",
                                        "about about 6",
                                        "About 6",
                                        "at 6",
                                        "at least",
                                        "atleast 6",
                                        "more 6",
                                        "more then 6",
                                        "less 6",
                                        "over 6",
                                        "billion",
                                        "between 5",
                                        "between 5 and",
                                        "between 5 or 6",
                                        "between 6 and 5",
                                        "between 40 million and 45",
                                        "between about 5 and 6",
                                        "undisclosed 6",
                                        "undisclosed ",
                                        "Undisclosed",
                                        "6 undisclosed"}) {
        CAPTURE(text);
        const std::string shown = text == "6\tbillion" ? "6\\x09billion" : std::string(text);
        const std::string said = refusal([&] { static_cast<void>(Quantity::parse(text)); });
        CHECK(said.starts_with("got \"" + shown +
                               "\", expected [qualifier] NUMBER [magnitude], undisclosed or indefinite: "));
        CHECK(said.ends_with(" [bad-amount]"));
    }
}

TEST_CASE("a refused quantity says what is wrong with it") {
    struct Row {
        std::string_view text;
        std::string_view reason;
    };
    for (const Row& row : std::vector<Row>{
             {"", "the number is missing"},
             {"6 ", "there is a space at its end"},
             {"6  billion", "there are two spaces"},
             {"6 billions", "\"billions\" is too much"},
             {"-6", "it is below 0"},
             {"6,000", "\"6,000\" has a comma: a number has digits, with an optional point"},
             {"6bn", "\"6bn\" is no number: digits, with an optional point"},
             {"over 6", "\"over\" is no number: digits, with an optional point, after an optional qualifier"},
             {"about", "the number is missing"},
             {"at 6", "`at` is followed by `least` or `most`"},
             {"more then 6", "`more` is followed by `than`"},
             {"less 6", "`less` is followed by `than`"},
             {"between 5 or 6", "a range has `and` between its ends"},
             {"between 6 and 5", "its lower end comes first"},
             {"undisclosed 6", "\"6\" is too much"},
         }) {
        CAPTURE(row.text);
        const std::string said = refusal([&] { static_cast<void>(Quantity::parse(row.text)); });
        CHECK(said == "got \"" + std::string(row.text) +
                          "\", expected [qualifier] NUMBER [magnitude], undisclosed or indefinite: " +
                          std::string(row.reason) + " [bad-amount]");
    }
}

TEST_CASE("a quantity made of numbers keeps the rules of its text") {
    const StatedNumber five = stated_number("5");
    const StatedNumber six_million = stated_number("6", Magnitude::million);
    struct Row {
        std::string refused;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {refusal([&] { Quantity(Qualifier::between, five); }),
              "a quantity of one number takes no `between`, `undisclosed` or `indefinite` [misuse]"},
             {refusal([&] { Quantity(Qualifier::undisclosed, five); }),
              "a quantity of one number takes no `between`, `undisclosed` or `indefinite` [misuse]"},
             {refusal([&] { Quantity(Qualifier::about, stated_number("-5")); }),
              R"(got "-5", expected a number that is not negative [out-of-range])"},
             {refusal([&] { static_cast<void>(Quantity::between(stated_number("6"), five)); }),
              R"(got "between 6 and 5", expected the lower end first [out-of-range])"},
             {refusal([&] { static_cast<void>(Quantity::between(five, six_million)); }),
              "a range whose upper end has a magnitude gives its lower end one too [misuse]"},
         }) {
        CHECK(row.refused == row.expected);
    }
    CHECK(Quantity::between(stated_number("5", Magnitude::million), six_million, true).to_string() ==
          "between 5 and 6 million");
    CHECK(Quantity::between(stated_number("5", Magnitude::thousand), six_million, true).to_string() ==
          "between 5 thousand and 6 million");
}

TEST_CASE("two quantities are the same statement only with the same digits, magnitude and qualifier") {
    CHECK(Quantity::parse("12 billion") == Quantity::parse("12 billion"));
    for (const std::string_view other :
         {"12.0 billion", "12000 million", "12000000000", "about 12 billion", "undisclosed"}) {
        CHECK(Quantity::parse("12 billion") != Quantity::parse(other));
    }
}

TEST_CASE("an exact number agrees with a stated one at the stated one's last digit") {
    struct Row {
        std::string_view x;
        std::string_view stated;
        bool agrees;
    };
    for (const Row& row : std::vector<Row>{
             {"12134680000", "12 billion", true},
             {"12134680000", "12.1 billion", true},
             {"12134680000", "12.0 billion", false},
             {"12134680000", "11 billion", false},
             {"12500000000", "12 billion", true},  // half-even: to 12
             {"12500000000", "13 billion", false},
             {"13500000000", "14 billion", true},  // half-even: to 14
             {"11500000000", "12 billion", true},
             {"11499999999", "12 billion", false},
             {"12050000000", "12.0 billion", true},  // half of 100 million, to the even digit
             {"12050000001", "12.0 billion", false},
             {"100", "100", true},
             {"100.4", "100", true},
             {"101", "100", false},
             {"97", "97.0", true},
             {"98400000", "about 100 million", false},
             {"98600000", "about 100 million", true},  // 99, one unit of the digit away
             {"101500000", "about 100 million", false},
             {"5", "at least 5", true},
             {"4.99", "at least 5", false},
             {"5", "more than 5", false},
             {"5.01", "more than 5", true},
             {"5", "at most 5", true},
             {"5.01", "at most 5", false},
             {"5", "less than 5", false},
             {"4.99", "less than 5", true},
             {"40", "between 40 and 45", true},
             {"45", "between 40 and 45", true},
             {"45.01", "between 40 and 45", false},
             {"39.99", "between 40 and 45", false},
             {"123", "undisclosed", true},
         }) {
        CAPTURE(row.x);
        CAPTURE(row.stated);
        CHECK(agrees(Decimal::parse(row.x), Quantity::parse(row.stated)) == row.agrees);
    }
}

TEST_CASE("of two stated numbers the finer is rounded to the coarser, whichever comes first") {
    struct Row {
        std::string_view a;
        std::string_view b;
        bool agrees;
    };
    for (const Row& row : std::vector<Row>{
             {"12 billion", "12.13468 billion", true},
             {"12 billion", "12.6 billion", false},
             {"12 billion", "12.5 billion", true},
             {"13 billion", "12.5 billion", false},
             {"31 billion", "31.1 billion", true},
             {"31.0 billion", "31.1 billion", false},
             {"6 billion", "6000 million", true},
             {"6 billion", "5 billion", false},
             {"about 12 billion", "13.4 billion", true},
             {"about 12 billion", "13.6 billion", false},
             {"about 12 billion", "about 14 billion", true},
             {"about 12 billion", "about 15 billion", false},
             {"45 billion", "more than 40 billion", true},
             {"40 billion", "more than 40 billion", false},
             {"40 billion", "at least 40 billion", true},
             {"41 billion", "between 40 and 45 billion", true},
             {"46 billion", "between 40 and 45 billion", false},
             {"about 46 billion", "between 40 and 45 billion", true},
             {"at least 5", "at most 5", true},
             {"at least 5", "less than 5", false},
             {"more than 5", "at most 5", false},
             {"between 1 and 3", "between 3 and 4", true},
             {"between 1 and 3", "between 4 and 5", false},
             {"undisclosed", "5", true},
             {"undisclosed", "undisclosed", true},
         }) {
        CAPTURE(row.a);
        CAPTURE(row.b);
        CHECK(agrees(Quantity::parse(row.a), Quantity::parse(row.b)) == row.agrees);
        CHECK(agrees(Quantity::parse(row.b), Quantity::parse(row.a)) == row.agrees);
    }
}
