// The last round of a step, as FACTS.md defines it, on made-up companies whose rounds' dates often overlap.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "postmoney/answer/round_figures.hpp"

using namespace postmoney;

namespace {

constexpr std::uint32_t price_seed = 20241223;

class CompanyMaker {
  public:
    // Claims on a few rounds, in any order.
    [[nodiscard]] Dossier next() {
        Dossier dossier;
        dossier.company = "Acme";
        const std::size_t rounds = 1 + pick(7);
        for (std::size_t i = 0; i < rounds; ++i) add_round(dossier, "r" + std::to_string(i));
        std::shuffle(dossier.claims.begin(), dossier.claims.end(), random_);
        return dossier;
    }

  private:
    void add_round(Dossier& dossier, const std::string& handle) {
        RoundStatement round;
        round.round = handle;
        round.company = dossier.company;
        if (pick(8) != 0) round.closed = date();
        if (pick(4) == 0) round.instrument = static_cast<Instrument>(pick(8));
        if (pick(6) == 0) round.status = static_cast<RoundStatus>(pick(5));
        if (pick(2) == 0) round.raised = amount();
        add(dossier, round);
        for (const ValuationBasis basis :
             {ValuationBasis::pre_money, ValuationBasis::post_money, ValuationBasis::unspecified}) {
            if (pick(2) == 0) continue;
            const Valuation valuation{.company = dossier.company,
                                      .amount = amount(),
                                      .basis = basis,
                                      .on = PartialDate::year(2024),
                                      .round = handle};
            add(dossier, valuation);
        }
    }
    template <class Content>
    void add(Dossier& dossier, const Content& content) {
        Claim claim{.entry = {.content = content},
                    .id = {},
                    .recorded = Timestamp::from_microseconds(0),
                    .place = {}};
        claim.id.bytes.front() = static_cast<std::uint8_t>(++last_);
        claim.id.bytes.back() = static_cast<std::uint8_t>(last_ >> 8U);
        dossier.claims.push_back(claim);
    }
    [[nodiscard]] std::size_t pick(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }
    [[nodiscard]] PartialDate date() {
        const int year = 2022 + static_cast<int>(pick(3));
        const auto month = static_cast<int>(1 + pick(12));
        switch (pick(6)) {
            case 0:
                return PartialDate::year(year);
            case 1:
                return PartialDate::quarter(year, (month + 2) / 3);
            case 2:
                return PartialDate::month(year, month);
            default:
                return PartialDate::day(year, month, 1 + static_cast<int>(pick(2)));
        }
    }
    [[nodiscard]] Amount amount() {
        return Amount::parse(std::to_string(1 + pick(9)) + " million " + (pick(6) == 0 ? "EUR" : "USD"));
    }

    std::mt19937 random_{price_seed};
    std::uint32_t last_ = 0;
};

[[nodiscard]] bool is_priced(const ResolvedRound& round) {
    const std::optional<RoundValuation> valuation = valuation_of(round);
    return round.date() && new_shares_pay_for(round) && round.takes_place() && valuation &&
           valuation->is_post_money();
}

[[nodiscard]] bool surely_before(const ResolvedRound& a, const ResolvedRound& b) {
    return a.date()->last_day() < b.date()->first_day();
}

// The definition, word by word.
[[nodiscard]] const ResolvedRound* last_before(const ResolvedCompany& company, const ResolvedRound& round) {
    if (!round.date() || !round.takes_place() || !new_shares_pay_for(round)) return nullptr;
    for (const ResolvedRound& last : company.rounds) {
        if (&last == &round || !is_priced(last) || !surely_before(last, round)) continue;
        bool is_last = true;
        for (const ResolvedRound& other : company.rounds) {
            if (&other == &round || &other == &last || !is_priced(other)) continue;
            is_last = is_last && (surely_before(round, other) || surely_before(other, last));
        }
        if (is_last) return &last;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("the last round of a step is the one of the definition, whatever the order of the claims") {
    MESSAGE("seed ", price_seed);
    CompanyMaker make;
    int steps_found = 0;
    for (int i = 0; i < 5000; ++i) {
        const Dossier dossier = make.next();
        const ResolvedCompany company = resolve(dossier);
        const std::vector<PriceStep> steps = price_steps(company);
        REQUIRE(steps.size() == company.rounds.size());
        for (std::size_t r = 0; r < steps.size(); ++r) {
            REQUIRE(steps[r].last == last_before(company, company.rounds[r]));
            steps_found += steps[r].last != nullptr ? 1 : 0;
        }
    }
    CHECK(steps_found > 1000);
}
