// Prices, counts and ratios of shares read back what they print; splits change no value.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <set>
#include <string>

#include "postmoney/answer/position.hpp"

using namespace postmoney;

namespace {

Decimal any_decimal(std::int64_t least) {
    const auto coefficient = *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(least, 2'000),
                                             rc::gen::inRange<std::int64_t>(least, 999'999'999'999'999'999));
    return Decimal::of_coefficient(coefficient, -*rc::gen::inRange(0, 11));
}

SplitRatio any_split_ratio() {
    const auto old_shares = *rc::gen::inRange<std::int64_t>(1, 12);
    return {old_shares + *rc::gen::inRange<std::int64_t>(1, 12), old_shares};
}

void add_claim(Dossier& dossier, EntryContent content) {
    Claim claim{.entry = {.content = std::move(content)},
                .id = {},
                .recorded = Timestamp::from_microseconds(0),
                .place = {}};
    claim.id.bytes.front() = static_cast<std::uint8_t>(dossier.claims.size());
    if (claim.as<Participation>() != nullptr) {
        claim.counterparty = 2;
        claim.counterparty_name = "Blue Fund";
    }
    dossier.claims.push_back(std::move(claim));
}

}  // namespace

TEST_CASE("a price, a count of shares and a split's ratio read back what they print") {
    CHECK(rc::check([] {
        const PricePerShare price(any_decimal(1), Currency::iso("USD"));
        RC_ASSERT(PricePerShare::parse(price.to_string()) == price);
        RC_ASSERT(PricePerShare::parse(price.to_string()).half_of_last_digit() == price.half_of_last_digit());
        const ShareCount shares(any_decimal(0));
        RC_ASSERT(ShareCount::parse(shares.to_string()) == shares);
        RC_ASSERT(ShareCount::parse(shares.to_string()).to_string() == shares.to_string());
        const SplitRatio ratio = any_split_ratio();
        RC_ASSERT(SplitRatio::parse(ratio.to_string()) == ratio);
    }));
}

TEST_CASE("splits after a round multiply its shares, divide its price, and leave the value as it was") {
    CHECK(rc::check([] {
        const Decimal price = Decimal::of_coefficient(*rc::gen::inRange(1, 99'999), -2);
        const Decimal shares = Decimal::of_coefficient(*rc::gen::inRange(1, 999'999), -1);
        Dossier dossier{.party = 1, .company = "Acme", .claims = {}};
        add_claim(dossier, RoundStatement{.round = "a",
                                          .closed = PartialDate::day(2020, 1, 10),
                                          .price_per_share = PricePerShare(price, Currency::iso("USD"))});
        add_claim(dossier,
                  Participation{.round = "a", .investor = "Blue Fund", .shares = ShareCount(shares)});
        Ratio factor(Decimal(1));
        for (const int day : *rc::gen::container<std::set<int>>(rc::gen::inRange(1, 28))) {
            const SplitRatio ratio = any_split_ratio();
            add_claim(dossier,
                      Split{.company = "Acme", .on = PartialDate::day(2021, 5, day), .ratio = ratio});
            factor = factor * ratio.ratio();
        }
        const std::vector<Position> held = positions(resolve(dossier));
        RC_ASSERT(held.size() == 1U);
        RC_ASSERT(!held.front().gap);
        RC_ASSERT(*held.front().shares == Ratio(shares) * factor);
        RC_ASSERT(*held.front().price == Ratio(price) / factor);
        RC_ASSERT(*held.front().value ==
                  Money::of((price * shares).round(2, Rounding::half_even), Currency::iso("USD")));
    }));
}
