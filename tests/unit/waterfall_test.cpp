#include "postmoney/model/waterfall.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model_figures.hpp"
#include "postmoney/model.hpp"

using namespace postmoney;

namespace {

namespace sales {

using model_figures::n;

// The exit of a company of Ada's common, which has just sold a Series A.
[[nodiscard]] model::ExitScenario after_round(std::string_view proceeds, std::string_view common,
                                              std::string_view pre_money, std::string_view new_money) {
    model::ExitScenario made;
    made.proceeds = n(proceeds);
    model::RoundScenario& round = made.from_model.emplace();
    round.holdings = {{"Ada", "Common", n(common)}};
    round.round.name = "Series A";
    round.round.pre_money = n(pre_money);
    round.round.new_money = n(new_money);
    round.round.investors = {{"Dee", n(new_money), {}}};
    return made;
}

[[nodiscard]] Ratio payout(const model::ExitOutcome& outcome, std::string_view name) {
    for (const model::Payout& row : outcome.payouts) {
        if (row.name == name) return row.exact;
    }
    return n("-1");
}

template <class Call>
[[nodiscard]] std::string refused(const Call& call) {
    try {
        static_cast<void>(call());
    } catch (const Error& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace sales

}  // namespace

TEST_CASE("an exit after a round with a split: money invested does not rise by it") {
    using sales::n;
    model::ExitScenario exit = sales::after_round("6000000", "8000000", "10000000", "2000000");
    exit.from_model->holdings.push_back({"Sam", "Seed", n("2000000")});
    exit.from_model->classes.emplace_back().name = "Seed";
    exit.from_model->classes[0].price = n("1");
    const model::ExitOutcome whole = model::run_exit(exit);
    CHECK(sales::payout(whole, "Seed") == n("2000000"));
    exit.from_model->round.split = model::ShareSplit{"", n("3")};
    const model::ExitOutcome split = model::run_exit(exit);
    for (const char* name : {"Seed", "Series A", "Ada"})
        CHECK(sales::payout(split, name) == sales::payout(whole, name));
    // A price that the exit states is one of the shares after the split.
    exit.classes.emplace_back().name = "Seed";
    CHECK(sales::payout(model::run_exit(exit), "Seed") == n("2000000"));
    exit.classes[0].price = n("1");
    CHECK(
        sales::refused([&] { return model::run_exit(exit); }) ==
        R"(field "classes.Seed.price": got "1", expected 1/3 = 0.333333333333, the price after the round [out-of-range])");
    exit.classes[0].price = n("1/3");
    exit.classes[0].conversion_ratio = n("2");
    CHECK(
        sales::refused([&] { return model::run_exit(exit); }) ==
        R"(field "classes.Seed.conversion_ratio": got "2", expected 1, the common for one share after the round [out-of-range])");
}

TEST_CASE("an exit after a round with a split: options and warrants split too") {
    using sales::n;
    model::ExitScenario exit = sales::after_round("20000000", "1000000", "10000000", "5000000");
    exit.from_model->options.grants = {{"Eve", n("1000000"), n("3"), ""}};
    exit.from_model->warrants = {{"Wes", n("500000"), n("3"), ""}};
    exit.from_model->round.split = model::ShareSplit{"", n("3")};
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(outcome.per_share == n("98/45"));
    CHECK(sales::payout(outcome, "Eve") == n("10600000/3"));
    CHECK(sales::payout(outcome, "Wes") == n("5300000/3"));
}

TEST_CASE("an exit after a round refuses what it states again of what the round made of it") {
    using sales::n;
    model::ExitScenario exit = sales::after_round("3000000", "9000000", "15000000", "5000000");
    for (const char* id : {"S", "T"}) {
        model::Convertible& safe = exit.from_model->convertibles.emplace_back();
        safe.id = safe.holder = id;
        safe.form = model::SafeForm::post_money;
        safe.amount = n("500000");
        safe.cap = n("5000000");
    }
    exit.from_model->convertibles[1].converts = false;
    // What stays outstanding may convert at the exit: the round's word is of the round.
    exit.convertibles = {exit.from_model->convertibles[1]};
    exit.convertibles[0].converts.reset();
    const model::ExitOutcome stated = model::run_exit(exit);
    exit.convertibles.clear();
    CHECK(sales::payout(model::run_exit(exit), "T") == sales::payout(stated, "T"));
    exit.convertibles = {exit.from_model->convertibles[0]};
    CHECK(
        sales::refused([&] { return model::run_exit(exit); }) ==
        R"(field "convertibles.id": got "S", expected a convertible that is outstanding: this one converted )"
        R"(in the round, and its shares are sold [out-of-range])");
    exit.convertibles.clear();
    exit.from_model->currency = Currency::iso("EUR");
    CHECK(
        sales::refused([&] { return model::run_exit(exit); }) ==
        R"(field "currency": got "USD", expected EUR, the currency of the round in from_model [out-of-range])");
}

TEST_CASE("a class that converted from a SAFE is paid beside the most senior class of the exit") {
    using sales::n;
    model::ExitScenario exit = sales::after_round("3000000", "9000000", "15000000", "5000000");
    model::Convertible& safe = exit.from_model->convertibles.emplace_back();
    safe.id = "S1";
    safe.holder = "Angel";
    safe.form = model::SafeForm::post_money;
    safe.amount = n("500000");
    safe.cap = n("5000000");
    exit.classes.emplace_back().name = "Series A";
    exit.classes[0].participation = model::Participating::full;
    for (const char* seniority : {"0", "1", "-1"}) {
        exit.classes[0].seniority = n(seniority);
        const model::ExitOutcome outcome = model::run_exit(exit);
        CHECK(sales::payout(outcome, "Series A") == n("30000000/11"));
        CHECK(sales::payout(outcome, "Series A (S1)") == n("3000000/11"));
    }
}

TEST_CASE("dividends of a class that a round adjusts convert at the adjusted price") {
    using sales::n;
    model::ExitScenario exit = sales::after_round("30000000", "8000000", "4000000", "2000000");
    exit.date = date::year{2026} / 1 / 1;
    exit.from_model->holdings.push_back({"Sam", "Seed", n("2000000")});
    model::PreferredClass& seed = exit.from_model->classes.emplace_back();
    seed.name = "Seed";
    seed.price = seed.conversion_price = n("1");
    seed.anti_dilution = model::AntiDilution::full_ratchet;
    seed.dividends = model::Dividends{{n("0.1"), date::year{2025} / 1 / 1, model::AccrualKind::simple, 0,
                                       model::DayCount::actual_365_fixed},
                                      model::OnConversion::converted};
    // The round sells at 1/4, so that a share of Seed and a unit of its dividends become 4 common.
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(outcome.per_share == n("75/62"));
    CHECK(sales::payout(outcome, "Seed") == n("8800000") * outcome.per_share);
}

namespace {

namespace sales {

// 600 common beside a class of 100 shares that invested 100, at a seniority of 1.
[[nodiscard]] model::ExitScenario plain(std::string_view proceeds) {
    model::ExitScenario made;
    made.proceeds = n(proceeds);
    made.common = {{"Ada", n("600")}};
    model::PreferredClass& seed = made.classes.emplace_back();
    seed.name = "Seed";
    seed.shares = seed.invested = n("100");
    seed.seniority = n("1");
    return made;
}

[[nodiscard]] bool says(const std::vector<std::string>& conventions, std::string_view text) {
    for (const std::string& each : conventions) {
        if (each == text) return true;
    }
    return false;
}

[[nodiscard]] std::string reason(const model::ExitOutcome& outcome, std::string_view name) {
    for (const model::Payout& row : outcome.payouts) {
        if (row.name == name) return row.why;
    }
    return {};
}

}  // namespace sales

}  // namespace

TEST_CASE("a ratio of conversion that its prices contradict is refused, and one that they give is taken") {
    using sales::n;
    model::ExitScenario exit = sales::plain("7000");
    model::PreferredClass& seed = exit.classes[0];
    seed.invested.reset();
    seed.price = n("0.5");
    seed.conversion_price = n("1");
    seed.conversion_ratio = n("2");
    CHECK(
        sales::refused([&] { return model::run_exit(exit); }) ==
        R"(field "classes.Seed.conversion_ratio": got "2", expected 0.5, which the price of 0.5 over the conversion price of 1 gives, or one of the two left out [out-of-range])");
    seed.conversion_ratio = n("0.5");
    CHECK(model::run_exit(exit).per_share == n("7000/650"));
    // The money invested gives the price of issue as well.
    seed.conversion_ratio.reset();
    seed.price.reset();
    seed.invested = n("50");
    CHECK(model::run_exit(exit).per_share == n("7000/650"));
}

TEST_CASE("money invested that is not shares times price counts, and is said") {
    using sales::n;
    model::ExitScenario exit = sales::plain("100");
    exit.classes[0].price = n("3");
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(sales::payout(outcome, "Seed") == n("100"));
    CHECK(sales::says(outcome.conventions,
                      "Seed invested 100, as stated: its 100 shares at the price of 3 would be 300"));
}

TEST_CASE("what holders get sums to what their rows are paid") {
    using sales::n;
    model::ExitScenario exit = sales::plain("100.01");
    exit.places = 2;
    exit.common = {{"Ada", n("100")}};
    exit.classes[0].invested = n("1");
    exit.classes[0].holders = {{"Ada", n("30")}, {"Bo", n("35")}, {"Cy", n("35")}};
    const model::ExitOutcome outcome = model::run_exit(exit);
    // 50.005 each: the class, which is listed first, gets the cent. Of its 50.01 Ada gets 15.003, the others
    // 17.5035 each.
    REQUIRE(outcome.payouts.size() == 2);
    CHECK(outcome.payouts[0].amount == n("50.01"));
    const std::vector<model::NamedAmount> rows{{"Ada", n("65")}, {"Bo", n("17.51")}, {"Cy", n("17.5")}};
    CHECK(outcome.payouts_by_holder == rows);
}

TEST_CASE("a carve-out alongside joins the most senior tier, of a SAFE too") {
    using sales::n;
    model::ExitScenario exit = sales::plain("100");
    model::Convertible& safe = exit.convertibles.emplace_back();
    safe.id = safe.holder = "S";
    safe.form = model::SafeForm::post_money;
    safe.amount = n("190");
    safe.cap = n("10000");
    safe.seniority = n("2");
    exit.carve_outs = {{"Staff", n("0.1"), {}, {}, model::When::alongside, {}}};
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(sales::payout(outcome, "Staff") == n("5"));
    CHECK(sales::payout(outcome, "S") == n("95"));
    CHECK(sales::payout(outcome, "Seed") == n("0"));
    CHECK(sales::reason(outcome, "Staff") == "0.1 of the proceeds, beside the most senior preferences");
    exit.classes.clear();
    CHECK(sales::payout(model::run_exit(exit), "Staff") == n("5"));
}

TEST_CASE("a class that its group converts, or keeps, has the vote as its reason") {
    using sales::n;
    model::ExitScenario exit = sales::plain("2000");
    exit.classes[0].shares = n("300");
    exit.classes[0].invested = n("300");
    model::PreferredClass other;
    other.name = "Bridge";
    other.shares = n("100");
    other.invested = n("600");
    other.seniority = n("1");
    exit.classes.push_back(other);
    exit.conversion_groups = {{{"Seed", "Bridge"}, n("0.5"), {}, {}}};
    CHECK(sales::reason(model::run_exit(exit), "Bridge") ==
          "converts into 100 shares as its group votes to: at 2 a share 200, its preference is 600");
    exit.conversion_groups[0].threshold = n("0.8");
    CHECK(sales::reason(model::run_exit(exit), "Seed") ==
          "its preference of 300; its 300 shares converted would come to 550 at that, but its group votes to "
          "keep");
}

TEST_CASE("dividends lie inside the cap on participation, and that is said") {
    using sales::n;
    model::ExitScenario exit = sales::plain("10000");
    exit.date = date::year{2026} / 1 / 1;
    model::PreferredClass& seed = exit.classes[0];
    seed.participation = model::Participating::capped;
    seed.participation_cap = n("20");
    seed.dividends = model::Dividends{{n("0.1"), date::year{2025} / 1 / 1, model::AccrualKind::simple, 0,
                                       model::DayCount::actual_365_fixed},
                                      model::OnConversion::forfeited};
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(sales::payout(outcome, "Seed") == n("110") + n("9890/7"));
    CHECK(sales::says(outcome.conventions,
                      "the cap on Seed's participation, 2000, has its dividends of 10 in it"));
}

TEST_CASE("the base of a cap counts warrants of a preferred class as converted") {
    using sales::n;
    model::ExitScenario exit = sales::plain("50000000");
    exit.common = {{"Ada", n("7000000")}};
    model::PreferredClass& seed = exit.classes[0];
    seed.invested.reset();
    seed.price = n("1");
    seed.conversion_price = n("0.5");
    seed.shares = n("1000000");
    exit.warrants = {{"Bank", n("500000"), n("1"), "Seed"}};
    model::Convertible& safe = exit.convertibles.emplace_back();
    safe.id = safe.holder = "S";
    safe.form = model::SafeForm::post_money;
    safe.amount = n("1000000");
    safe.cap = n("10000000");
    // 10,000,000 / 9 shares of a base of 7 + 2 + 1 million and its own.
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(sales::payout(outcome, "S") == n("5050000"));
    CHECK(sales::payout(outcome, "Ada") == n("31815000"));
    CHECK(sales::payout(outcome, "Seed") == n("9090000"));
    CHECK(sales::payout(outcome, "Bank") == n("4045000"));
}

TEST_CASE("a post-money SAFE does not count at an exit promised options, which are paid nothing") {
    using sales::n;
    model::ExitScenario exit = sales::plain("10000");
    exit.options.promised = n("200");
    model::Convertible& safe = exit.convertibles.emplace_back();
    safe.id = safe.holder = "S";
    safe.form = model::SafeForm::post_money;
    safe.amount = n("100");
    safe.cap = n("1000");
    const model::ExitOutcome outcome = model::run_exit(exit);
    CHECK(sales::payout(outcome, "S") == n("1000"));  // a tenth of 600, 100 and its own shares
    CHECK(sales::says(outcome.conventions,
                      "promised options are paid nothing, and a cap counts them only where its cap_counts "
                      "lists them"));
    CHECK(sales::says(outcome.conventions,
                      "the cap of S counts at the exit stock, options and warrants as converted, preferred "
                      "that keeps its preference too, and the SAFEs and notes that convert; not the pool"));
    using enum model::Counted;
    safe.cap_counts = std::vector{stock, options, promised, notes, safes};
    CHECK(sales::payout(model::run_exit(exit), "S") == n("1250"));  // 100 shares of 800
}

namespace {

namespace sales {

// 9,000,000 common beside a note of 1,000,000 with interest of 200,000 that is paid in money.
[[nodiscard]] model::ExitScenario with_note(std::string_view proceeds) {
    model::ExitScenario made;
    made.proceeds = n(proceeds);
    made.date = date::year{2025} / 1 / 1;
    made.common = {{"Ada", n("9000000")}};
    model::Convertible& note = made.convertibles.emplace_back();
    note.id = note.holder = "N";
    note.type = model::ConvertibleType::note;
    note.amount = n("1000000");
    note.interest = model::ConvertibleInterest{
        {n("0.1"), date::year{2023} / 1 / 1, model::AccrualKind::simple, 0, model::DayCount::thirty_e_360},
        false};
    return made;
}

}  // namespace sales

}  // namespace

TEST_CASE("a note that converts at an exit is paid its interest in money beside its shares") {
    using sales::n;
    model::ExitScenario exit = sales::with_note("30000000");
    exit.convertibles[0].cap = n("5000000");
    // 1,800,000 shares of 10,800,000 in what 200,000 of interest leaves.
    const Ratio capped = n("200000") + n("29800000/6");
    CHECK(sales::payout(model::run_exit(exit), "N") == capped);
    CHECK(sales::payout(model::run_exit(exit), "Ada") == n("30000000") - capped);
    // It decides with a SAFE that counts it, beside a class, and in the vote of a group.
    model::Convertible& safe = exit.convertibles.emplace_back();
    safe.id = safe.holder = "S";
    safe.form = model::SafeForm::post_money;
    safe.amount = n("100000");
    safe.cap = n("10000000000");
    const auto paid_as_divided = [&] {
        const model::ExitOutcome outcome = model::run_exit(exit);
        CHECK(sales::payout(outcome, "S") == n("100000"));
        return sales::payout(outcome, "N") == n("200000") + n("1800000") * outcome.per_share;
    };
    CHECK(paid_as_divided());
    for (const char* name : {"A", "B"}) {
        model::PreferredClass& each = exit.classes.emplace_back();
        each.name = name;
        each.shares = each.invested = n("1");
    }
    exit.convertibles[0].cap_counts = std::vector{model::Counted::options};
    exit.options.grants = {{"Bo", n("9000000"), n("0"), {}}};
    CHECK(paid_as_divided());
    exit.conversion_groups = {{{"A", "B"}, n("0.5"), {}, {}}};
    CHECK(paid_as_divided());
    exit.ties = model::Ties::most;
    CHECK(paid_as_divided());
}

TEST_CASE("a note converts from where its shares are worth its principal, as its interest is paid anyway") {
    using sales::n;
    model::ExitScenario exit = sales::with_note("6200000");
    exit.convertibles[0].cap = n("5000000");
    const model::ExitOutcome outcome = model::run_exit(exit);
    const auto at = std::find_if(outcome.breakpoints.begin(), outcome.breakpoints.end(),
                                 [](const model::Breakpoint& each) { return each.what == "N converts"; });
    REQUIRE(at != outcome.breakpoints.end());
    CHECK(at->at == n("6200000"));  // 5/9 a share: 1,000,000 for 1,800,000, 5,000,000 for the common, 200,000
    CHECK(sales::payout(outcome, "N") == n("1200000"));
}

TEST_CASE("an uncapped note at a discount is paid its interest in money beside the discounted exit price") {
    using sales::n;
    model::ExitScenario exit = sales::with_note("30000000");
    exit.convertibles[0].discount = n("0.2");
    for (const model::ExitDiscount kind : {model::ExitDiscount::where_possible, model::ExitDiscount::fill}) {
        exit.convertibles[0].exit_discount = kind;
        exit.proceeds = n("30000000");
        CHECK(sales::payout(model::run_exit(exit), "N") == n("1450000"));
        exit.proceeds = n("1450000");
        CHECK(sales::payout(model::run_exit(exit), "N") == n("1450000"));
        exit.proceeds = n("1440000");
        CHECK(sales::payout(model::run_exit(exit), "N") ==
              (kind == model::ExitDiscount::fill ? n("1440000") : n("1200000")));
    }
    exit.convertibles[0].multiple = n("0.1");
    exit.convertibles[0].multiple_of = model::MultipleOf::principal_and_interest;
    CHECK(sales::refused([&] { return model::run_exit(exit); }) ==
          R"(field "convertibles.N.multiple": got "0.1", expected one that leaves at least the interest of )"
          R"(200000, which is paid in money where it converts [out-of-range])");
}

TEST_CASE("no two breakpoints of an uncapped SAFE carry one text") {
    using sales::n;
    model::ExitScenario exit = sales::plain("1000");
    model::Convertible& safe = exit.convertibles.emplace_back();
    safe.id = safe.holder = "S";
    safe.amount = n("80");
    safe.discount = n("0.2");
    for (const model::ExitDiscount kind : {model::ExitDiscount::where_possible, model::ExitDiscount::fill}) {
        safe.exit_discount = kind;
        std::vector<std::string> texts;
        for (const model::Breakpoint& each : model::run_exit(exit).breakpoints) texts.push_back(each.what);
        CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
        CHECK(std::count(texts.begin(), texts.end(), "S is paid the discounted exit price in full") == 1);
    }
}
