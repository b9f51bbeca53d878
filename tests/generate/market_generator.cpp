#include "market_generator.hpp"

#include <array>
#include <set>
#include <string_view>

#include "random.hpp"

namespace market_generator {

namespace {

using generator::Random;
using postmoney::Amount;
using postmoney::Entry;
using postmoney::PartialDate;

constexpr std::array<std::string_view, 8> markets{"AI",       "biotech", "fintech", "climate",
                                                  "robotics", "games",   "health",  "security"};
constexpr std::array<std::string_view, 6> countries{"US", "GB", "DE", "IT", "IN", "JP"};
// Most of the money is in one currency, as in real records.
constexpr std::array<std::string_view, 6> currencies{"USD", "USD", "USD", "EUR", "GBP", "JPY"};
struct Stage {
    std::string_view name;
    std::string_view word;
    std::int64_t thousands;  // the smallest sum raised
};
constexpr std::array<Stage, 4> stages{{{"Seed", "seed", 500},
                                       {"Series A", "series-a", 4'000},
                                       {"Series B", "series-b", 15'000},
                                       {"Series C", "series-c", 40'000}}};
constexpr std::size_t companies_per_investor = 20;
constexpr std::size_t investors_per_round = 3;

[[nodiscard]] std::string investor_name(std::size_t number) {
    return "Fund " + std::to_string(number) + " Capital";
}

[[nodiscard]] PartialDate day(std::int64_t year, Random& random) {
    return PartialDate::parse(std::to_string(year) + (random.one_in(2) ? "-0" : "-1") +
                              std::to_string(random.below(2) + 1) + "-" +
                              std::to_string(random.below(18) + 10));
}

// "12 million USD", "12345678 USD", "about 12.3 million USD"
[[nodiscard]] Amount amount(std::int64_t thousands, std::string_view currency, Random& random) {
    const std::string code(currency);
    switch (random.below(8)) {
        case 0:
            return Amount::parse(std::to_string(thousands * 1000 + random.below(1000)) + " " + code);
        case 1:
            return Amount::parse("about " + std::to_string(thousands / 1000) + "." +
                                 std::to_string(thousands / 100 % 10) + " million " + code);
        case 2:
            return Amount::parse("at least " + std::to_string(thousands * 1000) + " " + code);
        case 3:
            return random.one_in(4) ? Amount::undisclosed()
                                    : Amount::parse(std::to_string(thousands) + " thousand " + code);
        default:
            return Amount::parse(std::to_string(thousands * 1000) + " " + code);
    }
}

class Company {
  public:
    Company(std::size_t number, std::size_t investors, Random& random,
            const std::function<void(const Entry&)>& visit_entry)
        : number_(number),
          investors_(investors),
          random_(&random),
          visit_(&visit_entry),
          name_(company_name(number)),
          source_("report-" + std::to_string(number)),
          currency_(random.of(currencies)) {}

    void visit() {
        const std::int64_t founded = 2000 + random_->below(15);
        (*visit_)({.content = postmoney::Source{.id = source_,
                                                .type = random_->one_in(3) ? postmoney::SourceType::filing
                                                                           : postmoney::SourceType::press,
                                                .publisher = "The Ledger Post",
                                                .published = day(founded + 9, *random_)}});
        (*visit_)({.source = source_,
                   .content = postmoney::Party{.name = name_,
                                               .type = postmoney::PartyType::company,
                                               .ids = {{"made-up", std::to_string(number_)}},
                                               .country = std::string(random_->of(countries)),
                                               .market = std::string(random_->of(markets))}});
        for (std::size_t i = 0; i < stages.size(); ++i)
            round(i, founded + 1 + static_cast<std::int64_t>(i) * 2);
    }

  private:
    void round(std::size_t index, std::int64_t year) {
        const Stage& stage = stages[index];
        const std::string handle = "company-" + std::to_string(number_) + "-" + std::string(stage.word);
        const std::int64_t thousands = stage.thousands + random_->below(stage.thousands * 2);
        const PartialDate closed = day(year, *random_);
        (*visit_)({.source = source_,
                   .content = postmoney::RoundStatement{.round = handle,
                                                        .company = name_,
                                                        .name = std::string(stage.name),
                                                        .stage = std::string(stage.word),
                                                        .status = postmoney::RoundStatus::closed,
                                                        .instrument = postmoney::Instrument::equity,
                                                        .closed = closed,
                                                        .raised = amount(thousands, currency_, *random_),
                                                        .investors = random_->below(9) + 3}});
        std::set<std::size_t> taking_part;
        while (taking_part.size() < investors_per_round) {
            taking_part.insert(
                static_cast<std::size_t>(random_->below(static_cast<std::int64_t>(investors_))));
        }
        for (const std::size_t investor : taking_part) {
            postmoney::Participation participation{.round = handle, .investor = investor_name(investor)};
            if (random_->one_in(3)) participation.amount = amount(thousands / 4 + 1, currency_, *random_);
            if (investor == *taking_part.begin()) participation.lead = true;
            (*visit_)({.source = source_, .content = participation});
        }
        if (index == 0) return;
        (*visit_)({.source = source_,
                   .content = postmoney::Valuation{.company = name_,
                                                   .amount = amount(thousands * 5, currency_, *random_),
                                                   .basis = postmoney::ValuationBasis::post_money,
                                                   .on = closed,
                                                   .round = handle}});
    }

    std::size_t number_;
    std::size_t investors_;
    Random* random_;
    const std::function<void(const Entry&)>* visit_;
    std::string name_;
    std::string source_;
    std::string_view currency_;
};

}  // namespace

std::string company_name(std::size_t number) {
    return "Company " + std::to_string(number);
}

void visit(const Parameters& parameters, const std::function<void(const Entry&)>& visit_entry) {
    Random random(parameters.seed);
    const std::size_t investors = investors_per_round + parameters.companies / companies_per_investor;
    visit_entry({.content = postmoney::Source{.id = "register", .type = postmoney::SourceType::database}});
    for (std::size_t i = 0; i < investors; ++i) {
        visit_entry(
            {.source = "register",
             .content = postmoney::Party{.name = investor_name(i), .type = postmoney::PartyType::fund}});
    }
    for (std::size_t i = 0; i < parameters.companies; ++i) Company(i, investors, random, visit_entry).visit();
}

}  // namespace market_generator
