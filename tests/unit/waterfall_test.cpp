#include "postmoney/model/waterfall.hpp"

#include <doctest/doctest.h>

#include <string>

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
