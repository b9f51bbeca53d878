// ExitScenario: who has a claim on the proceeds of an exit, and on what terms; ExitOutcome: who gets what.
#pragma once

#include <date/date.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/round_scenario.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- What is stated ---

enum class When : std::uint8_t { before, alongside };
enum class GroupOf : std::uint8_t { as_converted };
enum class GroupNeeds : std::uint8_t { more_than, at_least };
// Of decisions that pay a holder the same: as few conversions as can be, or as many.
enum class Ties : std::uint8_t { fewest, most };
// Whether a class weighs its switch with SAFEs and options settled anew, or with all other decisions as they
// are.
enum class Decides : std::uint8_t { classes_first, at_once };

struct NamedAmount {
    std::string name;
    Ratio amount;

    friend bool operator==(const NamedAmount&, const NamedAmount&) = default;
};

struct CarveOutTier {
    std::optional<Ratio> to;  // of the proceeds; the last may be open
    Ratio share;

    friend bool operator==(const CarveOutTier&, const CarveOutTier&) = default;
};

struct Recipient {
    std::string holder;
    Ratio share;

    friend bool operator==(const Recipient&, const Recipient&) = default;
};

struct CarveOut {
    std::string name;
    std::optional<Ratio> share;  // of the proceeds
    std::optional<Ratio> amount;
    std::vector<CarveOutTier> tiers;  // marginal
    When when = When::before;
    std::vector<Recipient> recipients;

    friend bool operator==(const CarveOut&, const CarveOut&) = default;
};

struct ConversionGroup {
    std::vector<std::string> classes;
    Ratio threshold;
    GroupOf of = GroupOf::as_converted;
    GroupNeeds needs = GroupNeeds::more_than;

    friend bool operator==(const ConversionGroup&, const ConversionGroup&) = default;
};

struct CurveTerms {
    Ratio from;
    Ratio to;
    std::int64_t steps = 0;

    friend bool operator==(const CurveTerms&, const CurveTerms&) = default;
};

struct PoolLeft {
    Ratio available;

    friend bool operator==(const PoolLeft&, const PoolLeft&) = default;
};

struct ExitScenario {
    Currency currency = Currency::iso("USD");
    std::optional<date::sys_days> date;
    std::optional<Ratio> proceeds;
    std::vector<NamedAmount> payments;
    std::optional<CurveTerms> curve;
    std::vector<PreferredClass> classes;
    std::vector<HolderShares> common;
    std::vector<Convertible> convertibles;
    Options options;
    PoolLeft pool;
    std::vector<Grant> warrants;
    std::vector<NamedAmount> debt;
    std::vector<CarveOut> carve_outs;
    std::vector<ConversionGroup> conversion_groups;
    Ties ties = Ties::fewest;
    Decides decides = Decides::classes_first;
    std::optional<std::int32_t> places;
    std::optional<RoundScenario> from_model;

    friend bool operator==(const ExitScenario&, const ExitScenario&) = default;
};

//--- What comes out ---

struct Payout {
    std::string name;
    Ratio amount;  // rounded to the places of the payout
    Ratio exact;
    bool converts = false;
    Ratio preference;     // of exact: paid ahead of common
    Ratio participation;  // of exact: paid with common
    Ratio share;          // of the proceeds
    std::string why;

    friend bool operator==(const Payout&, const Payout&) = default;
};

// Where a payout's slope changes, or all payouts jump.
struct Breakpoint {
    Ratio at;  // proceeds
    std::string what;
    std::optional<Ratio> jump;  // the largest change of a payout there; nothing where none jumps
    bool curved = false;        // payouts above it are no straight lines of the proceeds

    friend bool operator==(const Breakpoint&, const Breakpoint&) = default;
};

// One set of decisions that agree with one another.
struct Equilibrium {
    std::vector<std::string> converting;
    std::vector<Payout> payouts;
    bool chosen = false;

    friend bool operator==(const Equilibrium&, const Equilibrium&) = default;
};

struct PaymentPayouts {
    std::string name;
    Ratio amount;
    std::vector<Payout> payouts;  // of this payment: cumulative after less before

    friend bool operator==(const PaymentPayouts&, const PaymentPayouts&) = default;
};

struct CurvePoint {
    Ratio proceeds;
    std::vector<Ratio> amounts;  // exact, in the order of `payouts`

    friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

struct ExitOutcome {
    Ratio proceeds;
    std::vector<Payout> payouts;
    std::vector<NamedAmount> payouts_by_holder;
    Ratio per_share;  // what a share of common gets
    std::vector<Breakpoint> breakpoints;
    std::vector<Equilibrium> equilibria;  // the chosen one first, and each that pays otherwise
    std::string equilibrium_rule;
    std::vector<PaymentPayouts> payments;
    std::vector<CurvePoint> curve;
    std::vector<std::string> conventions;
    std::vector<std::string> warnings;
    std::vector<std::string> residues;

    friend bool operator==(const ExitOutcome&, const ExitOutcome&) = default;
};

}  // namespace POSTMONEY_NAMESPACE::model

namespace POSTMONEY_NAMESPACE::detail {
template <>
struct Words<model::When> {
    static constexpr std::array<std::string_view, 2> values{"before", "alongside"};
};
template <>
struct Words<model::GroupOf> {
    static constexpr std::array<std::string_view, 1> values{"as-converted"};
};
template <>
struct Words<model::GroupNeeds> {
    static constexpr std::array<std::string_view, 2> values{"more-than", "at-least"};
};
template <>
struct Words<model::Ties> {
    static constexpr std::array<std::string_view, 2> values{"fewest", "most"};
};
template <>
struct Words<model::Decides> {
    static constexpr std::array<std::string_view, 2> values{"classes-first", "at-once"};
};
}  // namespace POSTMONEY_NAMESPACE::detail
