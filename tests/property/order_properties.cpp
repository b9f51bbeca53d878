// The order among claims on one fact is one strict weak order, over all pairs and triples of generated
// claims.
#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "postmoney/answer/resolution.hpp"

using namespace postmoney;

namespace {

constexpr std::uint32_t seed_of_orders = 20241223;

// Claims that often have equal keys: few sources, publications, accession numbers and times.
class ClaimMaker {
  public:
    ClaimMaker() : random_(seed_of_orders) {}

    [[nodiscard]] Claim next() {
        Claim claim{.entry = {.content = Remark{}}, .id = {}, .recorded = time(), .place = {}};
        claim.id.bytes.front() = static_cast<std::uint8_t>(pick(256));
        claim.id.bytes.back() = ++last_;                         // no two entries have one id
        claim.place.seq = static_cast<std::int64_t>(pick(100));  // no part of the order
        if (pick(6) == 0) return claim;
        Source source{.id = "s" + std::to_string(pick(4)), .type = static_cast<SourceType>(pick(5))};
        if (pick(3) != 0) source.published = dates_.at(pick(dates_.size()));
        if (pick(3) != 0) source.accession = std::string(accessions_.at(pick(accessions_.size())));
        claim.entry.source = source.id;
        claim.source = std::make_shared<const Source>(std::move(source));
        return claim;
    }

  private:
    [[nodiscard]] std::size_t pick(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }
    [[nodiscard]] Timestamp time() {
        return Timestamp::from_microseconds(static_cast<std::int64_t>(pick(3)));
    }

    std::mt19937 random_;
    std::uint8_t last_ = 0;
    std::array<PartialDate, 4> dates_{PartialDate::day(2024, 3, 31), PartialDate::month(2024, 3),
                                      PartialDate::quarter(2024, 1), PartialDate::year(2024)};
    std::array<std::string_view, 6> accessions_{"0000000001-99-000001",
                                                "0000000001-24-000001",
                                                "0000000009-24-000001",
                                                "0000000001-24-000002",
                                                "24-1",
                                                "unknown"};
};

std::vector<Claim> some_claims(std::size_t count) {
    ClaimMaker make;
    std::vector<Claim> claims;
    for (std::size_t i = 0; i < count; ++i) claims.push_back(make.next());
    return claims;
}

}  // namespace

TEST_CASE("of any two claims just one is used, and the choice is transitive") {
    MESSAGE("seed ", seed_of_orders);
    const std::vector<Claim> claims = some_claims(90);
    const ResolutionPolicy policies[] = {ResolutionPolicy(), ResolutionPolicy().preferring("s1")};
    for (const ResolutionPolicy& policy : policies) {
        for (const Claim& a : claims) {
            for (const Claim& b : claims) {
                REQUIRE(policy.prefers(a, b) == (&a != &b && !policy.prefers(b, a)));
                if (!policy.prefers(a, b)) continue;
                for (const Claim& c : claims) {
                    if (policy.prefers(b, c)) REQUIRE(policy.prefers(a, c));
                }
            }
        }
    }
}

TEST_CASE("the place in a chain is no part of the order") {
    const std::vector<Claim> claims = some_claims(60);
    std::vector<Claim> moved = claims;
    for (std::size_t i = 0; i < moved.size(); ++i) {
        moved[i].place.seq = static_cast<std::int64_t>(moved.size() - i);
        moved[i].place.chain.bytes.front() = static_cast<std::uint8_t>(i);
    }
    const ResolutionPolicy policy;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        for (std::size_t j = 0; j < claims.size(); ++j)
            REQUIRE(policy.prefers(claims[i], claims[j]) == policy.prefers(moved[i], moved[j]));
    }
}

TEST_CASE("accession numbers rank by year, sequence and text, and those of another form after them") {
    const auto filing = [](std::optional<std::string> accession) {
        return Source{.id = "f", .type = SourceType::filing, .accession = std::move(accession)};
    };
    const std::vector<std::optional<std::string>> best_first{"0000000009-24-000002",
                                                             "0000000001-24-000002",
                                                             "0009999999-24-000001",
                                                             "0000000001-00-999999",
                                                             "0000000001-99-000001",
                                                             "0000000001-93-000001",
                                                             "unknown",
                                                             "0000000001-24-1",
                                                             std::nullopt};
    for (std::size_t i = 1; i < best_first.size(); ++i) {
        CAPTURE(i);
        const Source better = filing(best_first[i - 1]);
        const Source worse = filing(best_first[i]);
        CHECK(detail::accession_rank(better) > detail::accession_rank(worse));
    }
}
