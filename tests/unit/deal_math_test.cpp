#include "postmoney/value/deal_math.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "../refusal.hpp"
#include "money_text.hpp"

using namespace postmoney;
using postmoney::test::money;
using postmoney::test::refusal;

namespace {

std::string four(const Ratio& ratio) {
    return ratio.to_decimal(4, Rounding::half_even).to_string();
}

}  // namespace

TEST_CASE("the figures of the story") {
    const Money raised = money("6000000000 USD");
    const Money post = money("50000000000 USD");
    CHECK(post_money(money("18000000000 USD"), raised) == money("24000000000 USD"));
    CHECK(ownership_sold(raised, post).to_string(1, Rounding::half_even) == "12.0 %");
    CHECK(four(growth(post, money("24000000000 USD"))) == "2.0833");
    CHECK(four(step_up(money("45000000000 USD"), money("24000000000 USD"))) == "1.8750");
    CHECK(four(price_to_revenue(post, money("100000000 USD"))) == "500.0000");
    CHECK(market_share(raised, money("31100000000 USD")).to_string(1, Rounding::half_even) == "19.3 %");
    CHECK(market_share(raised, money("31000000000 USD")).to_string(1, Rounding::half_even) == "19.4 %");
}

TEST_CASE("two currencies and a divisor of nothing are refused") {
    const Money dollars = money("6 USD");
    const Money euros = money("6 EUR");
    struct Row {
        std::string refused;
        std::string_view expected;
    };
    for (const Row& row : {
             Row{refusal([&] { static_cast<void>(post_money(dollars, euros)); }),
                 "cannot add EUR to USD [mixed-currencies]"},
             Row{refusal([&] { static_cast<void>(ownership_sold(dollars, euros)); }),
                 "ownership sold takes one currency, not USD and EUR [mixed-currencies]"},
             Row{refusal([&] { static_cast<void>(step_up(dollars, euros)); }),
                 "step-up takes one currency, not USD and EUR [mixed-currencies]"},
             Row{refusal([&] { static_cast<void>(growth(dollars, euros)); }),
                 "growth takes one currency, not USD and EUR [mixed-currencies]"},
             Row{refusal([&] { static_cast<void>(price_to_revenue(dollars, euros)); }),
                 "price to revenue takes one currency, not USD and EUR [mixed-currencies]"},
             Row{refusal([&] { static_cast<void>(market_share(dollars, euros)); }),
                 "market share takes one currency, not USD and EUR [mixed-currencies]"},
             Row{refusal([&] { static_cast<void>(growth(dollars, money("0 USD"))); }),
                 R"(got "6.00/0.00", expected a denominator other than zero [division-by-zero])"},
         }) {
        CHECK(row.refused == row.expected);
    }
}
