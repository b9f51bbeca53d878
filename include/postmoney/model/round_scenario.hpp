// RoundScenario: the holdings before a priced round and its terms; RoundOutcome: what the round makes of
// them.
#pragma once

#include <date/date.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/scenario.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/ratio.hpp"
#include "postmoney/value/rounding.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- What is stated ---

enum class PoolOf : std::uint8_t { post_money_available, post_money_total };
// What an anti-dilution formula takes as one issue: each price on its own, where it is below the class's own,
// or all of the round's shares at their average.
enum class Pieces : std::uint8_t { own_price, one_issue };
enum class Partial : std::uint8_t { all, proportional };
enum class Priced : std::uint8_t { after, before };
// Which of two consistent answers is meant.
enum class Choice : std::uint8_t { least_dilution, most_dilution };

struct Holding {
    std::string holder;
    std::string class_name;
    Ratio shares;

    friend bool operator==(const Holding&, const Holding&) = default;
};

// The right to buy a part of the round: the holder's own part of a base, of which it has what the base
// counts, as it converts before the round; or what brings all that it holds after the round to a target.
struct ProRata {
    std::vector<Counted> counts{Counted::stock, Counted::options, Counted::notes, Counted::safes};
    std::optional<Ratio> target;  // of the post-money: super pro rata

    friend bool operator==(const ProRata&, const ProRata&) = default;
};

struct RoundInvestor {
    std::string holder;
    std::optional<Ratio> amount;
    std::optional<ProRata> pro_rata;

    friend bool operator==(const RoundInvestor&, const RoundInvestor&) = default;
};

struct PoolTerms {
    std::optional<Ratio> target;
    std::optional<PoolOf> of;
    std::optional<Ratio> increase;

    friend bool operator==(const PoolTerms&, const PoolTerms&) = default;
};

struct AntiDilutionTerms {
    std::vector<std::string> exempt;  // convertibles whose shares do not count as issued
    Pieces pieces = Pieces::own_price;
    bool in_price = true;  // whether the pre-money count holds the shares that adjustments add
    std::optional<std::int32_t> conversion_price_places;
    Rounding conversion_price_mode = Rounding::half_up;

    friend bool operator==(const AntiDilutionTerms&, const AntiDilutionTerms&) = default;
};

struct PayToPlayClass {
    std::string name;
    std::optional<Ratio> ratio;  // common for each share that converts; else the class's own

    friend bool operator==(const PayToPlayClass&, const PayToPlayClass&) = default;
};

struct PayToPlay {
    std::vector<PayToPlayClass> classes;
    Ratio offered;  // the money offered to these classes
    Partial partial = Partial::all;
    Priced priced = Priced::after;

    friend bool operator==(const PayToPlay&, const PayToPlay&) = default;
};

struct SecondarySale {
    std::string from;
    std::string to;
    std::string class_name;  // empty: what the seller holds, common first
    Ratio shares;
    Ratio price;

    friend bool operator==(const SecondarySale&, const SecondarySale&) = default;
};

struct ShareSplit {
    std::string class_name;  // empty: all
    Ratio ratio;             // new shares for an old one

    friend bool operator==(const ShareSplit&, const ShareSplit&) = default;
};

inline constexpr std::string_view unnamed_round = "New Preferred";

struct RoundTerms {
    std::string name{unnamed_round};
    std::string handle;  // of a ledger; empty: one made of company and name
    std::optional<Ratio> pre_money;
    std::optional<Ratio> post_money;
    std::optional<Ratio> price;
    std::optional<Ratio> shares;
    std::optional<Ratio> new_money;
    std::optional<Ratio> sold;
    std::vector<RoundInvestor> investors;
    std::optional<PoolTerms> pool;
    AntiDilutionTerms anti_dilution;
    std::optional<PayToPlay> pay_to_play;
    std::vector<SecondarySale> secondary;
    std::optional<ShareSplit> split;
    std::optional<Choice> choose;
    std::optional<std::int32_t> price_places;
    Rounding price_mode = Rounding::half_even;
    std::optional<Rounding> share_mode;

    friend bool operator==(const RoundTerms&, const RoundTerms&) = default;
};

struct RoundScenario {
    std::string title;
    std::string company;  // for a ledger
    Currency currency = Currency::iso("USD");
    std::optional<date::sys_days> date;
    std::vector<Holding> holdings;
    std::vector<PreferredClass> classes;
    std::vector<Convertible> convertibles;
    Options options;
    std::vector<Grant> warrants;
    RoundTerms round;

    friend bool operator==(const RoundScenario&, const RoundScenario&) = default;
};

//--- What comes out ---

struct Conversion {
    std::string id;
    std::string holder;
    std::string class_name;
    std::string branch;  // cap, discount, price or mfn:ID
    Ratio price;
    Ratio shares;
    Ratio preference;  // shares * price: what its own series prefers
    Ratio amount;      // what converts
    Ratio interest;    // of it
    Ratio residue;     // amount - shares * price
    std::string why;

    friend bool operator==(const Conversion&, const Conversion&) = default;
};

// What one buyer gets for new money.
struct Purchase {
    std::string holder;
    Ratio amount;
    Ratio shares;
    bool named = true;  // false: what is left of the new money, whoever brings it

    friend bool operator==(const Purchase&, const Purchase&) = default;
};

struct Adjustment {
    std::string class_name;
    Ratio from;   // the conversion price before
    Ratio to;     // and after
    Ratio ratio;  // common for one share after
    Ratio as_converted;
    std::string why;

    friend bool operator==(const Adjustment&, const Adjustment&) = default;
};

struct Entitlement {
    std::string holder;
    Ratio part;
    Ratio amount;
    Ratio shares;
    std::string why;

    friend bool operator==(const Entitlement&, const Entitlement&) = default;
};

struct PlayedHolder {
    std::string holder;
    std::string class_name;
    Ratio required;
    Ratio bought;
    Ratio kept;       // shares that stay preferred
    Ratio converted;  // shares that do not
    Ratio common;     // what these become

    friend bool operator==(const PlayedHolder&, const PlayedHolder&) = default;
};

struct HoldingAfter {
    std::string holder;
    std::string class_name;
    Ratio shares;        // held
    Ratio as_converted;  // of the same
    Ratio percent;       // of all shares after, a fraction
    Ratio before;        // of all shares before, a fraction

    friend bool operator==(const HoldingAfter&, const HoldingAfter&) = default;
};

struct RoundOutcome {
    std::optional<Ratio> price;
    std::optional<Ratio> pre_money;
    std::optional<Ratio> effective_pre_money;  // price * shares before
    std::optional<Ratio> post_money;
    Ratio shares_before;
    Ratio shares_after;
    Ratio new_shares;
    Ratio new_money;
    Ratio pool_increase;
    std::vector<Conversion> conversions;
    std::vector<Purchase> purchases;
    std::vector<Adjustment> adjustments;
    std::vector<Entitlement> entitlements;
    std::vector<PlayedHolder> pay_to_play;
    std::vector<HoldingAfter> holdings;
    std::vector<std::string> conventions;
    std::vector<std::string> residues;

    friend bool operator==(const RoundOutcome&, const RoundOutcome&) = default;
};

}  // namespace POSTMONEY_NAMESPACE::model

namespace POSTMONEY_NAMESPACE::detail {
template <>
struct Words<model::PoolOf> {
    static constexpr std::array<std::string_view, 2> values{"post-money-available", "post-money-total"};
};
template <>
struct Words<model::Pieces> {
    static constexpr std::array<std::string_view, 2> values{"own-price", "one-issue"};
};
template <>
struct Words<model::Partial> {
    static constexpr std::array<std::string_view, 2> values{"all", "proportional"};
};
template <>
struct Words<model::Priced> {
    static constexpr std::array<std::string_view, 2> values{"after", "before"};
};
template <>
struct Words<model::Choice> {
    static constexpr std::array<std::string_view, 2> values{"least-dilution", "most-dilution"};
};
}  // namespace POSTMONEY_NAMESPACE::detail
