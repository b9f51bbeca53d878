#include "postmoney/answer/share_price.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier_builder.hpp"
#include "postmoney/answer/latest_valuation.hpp"
#include "postmoney/answer/position.hpp"
#include "postmoney/answer/round_figures.hpp"

using namespace postmoney;
using postmoney::test::dossier_of;

namespace {

// "LAST ROUND: LAST PRICE, STEP, SPLITS, GAP" of the last round.
std::string last_step(const std::vector<std::string>& lines) {
    const Dossier dossier = dossier_of(lines);
    const ResolvedCompany company = resolve(dossier);
    const SharePriceStep step = share_price_steps(company).back();
    if (step.last == nullptr) return "-";
    const auto text = [](const std::optional<Ratio>& ratio) { return ratio ? ratio->to_string() : "-"; };
    return step.last->handle + ": " + text(step.last_price) + ", " + text(step.step) + ", " +
           step.carried.splits_text() + ", " + (step.gap ? std::string(to_string(*step.gap)) : "-");
}

// "INVESTOR CLASS: SHARES of ROUNDS, UNTOLD untold; PRICE of ROUND; VALUE; SPLITS; GAP", a line each.
std::string position_lines(const std::vector<std::string>& lines, std::string_view as_of = {}) {
    const Dossier dossier = dossier_of(lines);
    const std::optional<PartialDate> day =
        as_of.empty() ? std::nullopt : std::optional(PartialDate::parse(as_of));
    const ResolvedCompany company = resolve(dossier, {}, {.as_of = day, .known_at = {}});
    std::string text;
    for (const Position& position : positions(company, day)) {
        if (!text.empty()) text += "\n";
        text += position.investor_name + " " + position.security_class.value_or("-") + ": " +
                (position.shares ? position.shares->to_string() : "-") + " of " +
                std::to_string(position.rounds) + ", " + std::to_string(position.untold) + " untold; " +
                (position.price ? position.price->to_string() + " " + std::string(position.currency->code())
                                : "-") +
                " of " + position.price_round + "; " + (position.value ? position.value->to_string() : "-") +
                "; " + position.splits + "; " + (position.gap ? std::string(to_string(*position.gap)) : "-");
    }
    return text;
}

const std::string round_a = "round round=a, closed=2023-01-10, price_per_share=30 USD";
const std::string round_b = "round round=b, closed=2024-06-10, price_per_share=12 USD";
const std::string three_for_one = "split company=xAI, on=2024-05-01, ratio=3:1";

}  // namespace

// Which of the questions whose answers point into a company can be asked of one.
#define POSTMONEY_TOLD(question, ...) \
    (requires(Company company) { question(static_cast<Company>(company) __VA_OPT__(, ) __VA_ARGS__); })
template <class Company>
constexpr std::array told{POSTMONEY_TOLD(latest_valuation), POSTMONEY_TOLD(price_steps),
                          POSTMONEY_TOLD(share_price_steps), POSTMONEY_TOLD(latest_share_price, std::nullopt),
                          POSTMONEY_TOLD(carry_shares, std::nullopt, std::nullopt)};
#undef POSTMONEY_TOLD
static_assert(std::ranges::none_of(told<ResolvedCompany&&>, std::identity()));
static_assert(std::ranges::none_of(told<const ResolvedCompany&&>, std::identity()));
static_assert(std::ranges::all_of(told<const ResolvedCompany&>, std::identity()));

TEST_CASE("a price step is to the last price, carried across the splits between") {
    struct Row {
        std::vector<std::string> lines;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {{round_a}, "-"},
             {{round_a, round_b}, "a: 30/1, 2/5, , -"},
             {{round_a, three_for_one, round_b}, "a: 10/1, 6/5, 3:1 on 2024-05-01, -"},
             {{round_a, "split company=xAI, on=2025-05-01, ratio=3:1", round_b}, "a: 30/1, 2/5, , -"},
             {{round_a, "split company=xAI, on=2022-05-01, ratio=3:1", round_b}, "a: 30/1, 2/5, , -"},
             {{round_a, "split company=xAI, on=2024, ratio=3:1", round_b},
              "a: -, -, 3:1 on 2024, split-order"},
             // A split is of the class that the last round sold.
             {{"round round=a, closed=2023-01-10, price_per_share=30 USD, security_class=A",
               "split company=xAI, on=2024-05-01, ratio=3:1, security_class=Common", round_b},
              "a: 30/1, 2/5, , -"},
             {{"round round=a, closed=2023-01-10, price_per_share=30 USD, security_class=A",
               "split company=xAI, on=2024-05-01, ratio=3:1, security_class=A", round_b},
              "a: 10/1, 6/5, 3:1 on 2024-05-01, -"},
             {{round_a, "split company=xAI, on=2024-05-01, ratio=3:1, security_class=A", round_b},
              "a: -, -, , split-class"},
             {{"round round=a, closed=2023-01-10, price_per_share=30 EUR", round_b},
              "a: 30/1, -, , currency"},
             // Rounds that set no price of a share.
             {{"round round=a, closed=2023-01-10, price_per_share=30 USD, instrument=secondary", round_b},
              "-"},
             {{"round round=a, closed=2023-01-10, price_per_share=30 USD, status=rumoured", round_b}, "-"},
             {{"round round=a, price_per_share=30 USD", round_b}, "-"},
             {{round_a, "round round=b, closed=2024-06-10"}, "-"},
             {{"round round=a, closed=2024, price_per_share=30 USD", round_b}, "-"},
         }) {
        CAPTURE(row.expected);
        CHECK(last_step(row.lines) == row.expected);
    }
}

TEST_CASE("regression: as of a day a round of which nothing can have come takes part in no price step") {
    const Dossier dossier = dossier_of({round_a, three_for_one, round_b});
    // The steps of both rounds.
    const auto steps = [&](std::string_view as_of) {
        const ResolvedCompany company =
            resolve(dossier, {}, {.as_of = PartialDate::parse(as_of), .known_at = {}});
        std::string text;
        for (const SharePriceStep& step : share_price_steps(company))
            text += (step.step ? step.step->to_string() : "-") + " ";
        return text;
    };
    CHECK(steps("2023-03-01") == "- - ");
    CHECK(steps("2024-06-09") == "- - ");
    CHECK(steps("2024-06-10") == "- 6/5 ");
    CHECK(steps("2024") == "- 6/5 ");
}

TEST_CASE("positions: shares across splits, at the latest price of their class") {
    const std::string blue = "participation round=a, investor=Blue, shares=1000";
    const std::string red = "participation round=b, investor=Red, shares=100.5";
    struct Row {
        std::string_view what;
        std::vector<std::string> lines;
        std::string_view expected;
    };
    for (const Row& row : std::vector<Row>{
             {"one round",
              {round_a, blue},
              "Blue -: 1000/1 of 1, 0 untold; 30/1 USD of a; 30000.00 USD; ; -"},
             {"across a split",
              {round_a, blue, three_for_one, round_b, red},
              "Blue -: 3000/1 of 1, 0 untold; 12/1 USD of b; 36000.00 USD; 3:1 on 2024-05-01; -\n"
              "Red -: 201/2 of 1, 0 untold; 12/1 USD of b; 1206.00 USD; ; -"},
             {"two rounds",
              {round_a, blue, three_for_one, round_b, "participation round=b, investor=Blue, shares=500"},
              "Blue -: 3500/1 of 2, 0 untold; 12/1 USD of b; 42000.00 USD; 3:1 on 2024-05-01; -"},
             {"the price is carried too",
              {round_a, blue, three_for_one},
              "Blue -: 3000/1 of 1, 0 untold; 10/1 USD of a; 30000.00 USD; 3:1 on 2024-05-01; -"},
             {"a fraction of a share is kept exactly",
              {round_a, blue, "split company=xAI, on=2024-05-01, ratio=1:3"},
              "Blue -: 1000/3 of 1, 0 untold; 90/1 USD of a; 30000.00 USD; 1:3 on 2024-05-01; -"},
             {"tokens are no shares",
              {round_a, blue, "round round=t, closed=2024-02-15, instrument=token, price_per_share=0.01 USD",
               "participation round=t, investor=Blue, shares=1000000"},
              "Blue -: 1000/1 of 1, 0 untold; 30/1 USD of a; 30000.00 USD; ; -"},
             {"no price", {"round round=a", blue}, "Blue -: 1000/1 of 1, 0 untold; - of ; -; ; no-price"},
             {"no shares said",
              {round_a, "participation round=a, investor=Blue, amount=5 USD"},
              "Blue -: - of 1, 1 untold; 30/1 USD of a; -; ; undisclosed-shares"},
             {"no shares said of one of two",
              {round_a, blue, round_b, "participation round=b, investor=Blue"},
              "Blue -: 1000/1 of 2, 1 untold; 12/1 USD of b; -; ; undisclosed-shares"},
             {"a round without a date, and a split",
              {"round round=a, price_per_share=30 USD", blue, three_for_one, round_b},
              "Blue -: - of 1, 1 untold; 12/1 USD of b; -; ; no-date"},
             {"a split in the round's month",
              {"round round=a, closed=2024-05", blue, three_for_one, round_b},
              "Blue -: - of 1, 1 untold; 12/1 USD of b; -; ; split-order"},
             {"two prices on one day",
              {round_a, blue, "round round=c, closed=2023-01-10, price_per_share=31 USD"},
              "Blue -: 1000/1 of 1, 0 untold; - of c; -; ; price-order"},
             {"equal prices on one day",
              {round_a, blue, "round round=c, closed=2023-01-10, price_per_share=30.0 USD"},
              "Blue -: 1000/1 of 1, 0 untold; 30/1 USD of c; 30000.00 USD; ; -"},
             {"classes apart",
              {round_a + ", security_class=A", blue, round_b + ", security_class=B",
               "participation round=b, investor=Blue, shares=7"},
              "Blue A: 1000/1 of 1, 0 untold; 30/1 USD of a; 30000.00 USD; ; -\n"
              "Blue B: 7/1 of 1, 0 untold; 12/1 USD of b; 84.00 USD; ; -"},
             {"a loan gives no shares",
              {round_a + ", instrument=debt", "participation round=a, investor=Blue"},
              ""},
             {"unless it says so",
              {round_a + ", instrument=debt", blue},
              "Blue -: 1000/1 of 1, 0 untold; - of ; -; ; no-price"},
             {"rumoured", {round_a + ", status=rumoured", blue}, ""},
             {"cancelled", {round_a + ", status=cancelled", blue}, ""},
             {"rounded once, half to even",
              {"round round=a, closed=2023, price_per_share=0.005 USD",
               "participation round=a, investor=Blue, shares=1",
               "participation round=a, investor=Red, shares=3"},
              "Blue -: 1/1 of 1, 0 untold; 1/200 USD of a; 0.00 USD; ; -\n"
              "Red -: 3/1 of 1, 0 untold; 1/200 USD of a; 0.02 USD; ; -"},
         }) {
        CAPTURE(row.what);
        CHECK(position_lines(row.lines) == row.expected);
    }
    const std::vector<std::string> all{round_a, blue, three_for_one, round_b, red};
    CHECK(position_lines(all, "2023-06") ==
          "Blue -: 1000/1 of 1, 0 untold; 30/1 USD of a; 30000.00 USD; ; -");
    CHECK(position_lines(all, "2024-05-01") ==
          "Blue -: 3000/1 of 1, 0 untold; 10/1 USD of a; 30000.00 USD; 3:1 on 2024-05-01; -");
    CHECK(position_lines(all, "2022").empty());
}

TEST_CASE("regression: what shares are worth is rounded once, in the currency that it is converted to") {
    const Dossier dossier = dossier_of({"round round=a, closed=2024-01-15, price_per_share=0.005 USD",
                                        "participation round=a, investor=Blue, shares=1",
                                        "fx_rate base=USD, quote=JPY, on=2024-01-31, rate=150"});
    std::vector<Position> held = positions(resolve(dossier));
    convert_values(held, Currency::iso("JPY"), PartialDate::parse("2024-01-31").last_day(),
                   ExchangeRates(dossier.claims));
    REQUIRE(held.size() == 1);
    CHECK(held[0].value == Money::parse("0.00 USD"));
    CHECK(held[0].converted == Money::parse("1 JPY"));
}
