// What a scenario states: the terms of classes, convertibles, options and warrants that rounds and exits
// share. All numbers are exact: money in the scenario's currency, shares, prices a share, percentages as
// fractions.
#pragma once

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/interest.hpp"
#include "postmoney/value/currency.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

using postmoney::parse;
using postmoney::to_string;
using postmoney::operator<<;

//--- Interface ---

inline constexpr std::string_view common_class = "Common";

enum class Participating : std::uint8_t { none, full, capped };
enum class AntiDilution : std::uint8_t { none, full_ratchet, broad_based, narrow_based };
enum class OnConversion : std::uint8_t { forfeited, paid, converted };
enum class ConvertibleType : std::uint8_t { safe, note };
enum class SafeForm : std::uint8_t { post_money, pre_money };
// How a round's price treats a convertible: its shares are not in the pre-money; they are; or its money is
// added to the post-money.
enum class Method : std::uint8_t { pre_money, percent_ownership, dollars_invested };
enum class MultipleOf : std::uint8_t { principal, principal_and_interest };
// An uncapped instrument with a discount at an exit: it converts only where its discounted value is there in
// full, or takes what is there up to it.
enum class ExitDiscount : std::uint8_t { where_possible, fill };
// What a base counts. `stock` is all shares as converted, `preferred` only the preferred ones; `adjustments`
// are shares that the round's anti-dilution adds.
enum class Counted : std::uint8_t {
    stock,
    options,
    promised,
    pool,
    pool_increase,
    notes,
    safes,
    preferred,
    adjustments,
};

struct Dividends {
    Accrual accrual;
    OnConversion on_conversion = OnConversion::forfeited;

    friend bool operator==(const Dividends&, const Dividends&) = default;
};

struct HolderShares {
    std::string holder;
    Ratio shares;

    friend bool operator==(const HolderShares&, const HolderShares&) = default;
};

struct PreferredClass {
    std::string name;
    std::optional<Ratio> price;             // at which it was issued
    std::optional<Ratio> conversion_price;  // the issue price where it is not stated
    std::optional<Ratio> conversion_ratio;  // common for one share; instead of the prices
    std::optional<Ratio> shares;            // at an exit
    std::optional<Ratio> invested;          // at an exit; else shares * price
    Ratio preference = detail::one;         // a multiple of the money invested
    Participating participation = Participating::none;
    std::optional<Ratio> participation_cap;  // a multiple of the money invested, the preference included
    Ratio seniority;                         // the higher is paid first
    AntiDilution anti_dilution = AntiDilution::none;
    std::vector<Counted> anti_dilution_counts;
    std::optional<date::sys_days> issued;
    std::optional<Dividends> dividends;
    std::vector<HolderShares> holders;

    // The price at which a share was issued: stated, or the money invested over the shares; nothing where
    // neither is known.
    [[nodiscard]] std::optional<Ratio> issue_price() const;
    // Common shares for one share. Throws Error out_of_range for a conversion price of zero.
    [[nodiscard]] Ratio ratio() const;
    // The price at which a share converts. Throws Error missing_field when neither price is stated.
    [[nodiscard]] Ratio current_conversion_price() const;

    friend bool operator==(const PreferredClass&, const PreferredClass&) = default;
};

struct ConvertibleInterest {
    Accrual accrual;
    bool converts = true;  // else it is paid in money

    friend bool operator==(const ConvertibleInterest&, const ConvertibleInterest&) = default;
};

struct Convertible {
    std::string id;
    std::string holder;  // the id where it is not stated
    ConvertibleType type = ConvertibleType::safe;
    Ratio amount;
    std::optional<date::sys_days> issued;
    std::optional<SafeForm> form;  // of a SAFE
    std::optional<Ratio> cap;
    std::optional<Ratio> discount;
    std::optional<std::string> mfn_takes;  // the instrument whose terms it takes; empty: none is elected
    std::optional<std::vector<Counted>> cap_counts;
    std::optional<ConvertibleInterest> interest;
    std::optional<Ratio> threshold;  // the new money below which a note does not convert
    std::optional<date::sys_days> maturity;
    std::optional<Method> method;
    std::optional<bool> converts;
    std::optional<Ratio> seniority;
    std::optional<Ratio> multiple;
    std::optional<MultipleOf> multiple_of;
    std::optional<ExitDiscount> exit_discount;

    friend bool operator==(const Convertible&, const Convertible&) = default;
};

struct Grant {
    std::string holder;
    Ratio shares;
    Ratio strike;
    std::string of;  // of a warrant: the class; empty or `Common`: common

    friend bool operator==(const Grant&, const Grant&) = default;
};

struct Options {
    Ratio granted;
    Ratio promised;
    Ratio available;
    std::vector<Grant> grants;  // instead of `granted`

    [[nodiscard]] Ratio all_granted() const;

    friend bool operator==(const Options&, const Options&) = default;
};

// What a base counts where the scenario does not list it: a SAFE by its form, a note all shares fully
// diluted.
[[nodiscard]] std::vector<Counted> counts_of(const Convertible& convertible, bool at_exit);

namespace detail {
[[nodiscard]] inline bool lists(const std::vector<Counted>& list, Counted what) {
    return std::find(list.begin(), list.end(), what) != list.end();
}
}  // namespace detail

// The convertible with the terms that it elects by its MFN clause; and the MFN's instrument. Throws Error
// unknown_field when it names none, out_of_range for itself or another MFN.
[[nodiscard]] Convertible with_mfn(const Convertible& convertible, const std::vector<Convertible>& all);

// Principal and what interest has accrued by the day. Throws Error missing_field when there is interest and
// no day.
struct Owed {
    Ratio principal;
    Ratio interest;

    friend bool operator==(const Owed&, const Owed&) = default;
};
[[nodiscard]] Owed owed(const Convertible& convertible, const std::optional<date::sys_days>& day);

}  // namespace POSTMONEY_NAMESPACE::model

namespace POSTMONEY_NAMESPACE::detail {
template <>
struct Words<model::Participating> {
    static constexpr std::array<std::string_view, 3> values{"none", "full", "capped"};
};
template <>
struct Words<model::AntiDilution> {
    static constexpr std::array<std::string_view, 4> values{"none", "full-ratchet", "broad-based",
                                                            "narrow-based"};
};
template <>
struct Words<model::OnConversion> {
    static constexpr std::array<std::string_view, 3> values{"forfeited", "paid", "converted"};
};
template <>
struct Words<model::ConvertibleType> {
    static constexpr std::array<std::string_view, 2> values{"safe", "note"};
};
template <>
struct Words<model::SafeForm> {
    static constexpr std::array<std::string_view, 2> values{"post-money", "pre-money"};
};
template <>
struct Words<model::Method> {
    static constexpr std::array<std::string_view, 3> values{"pre-money", "percent-ownership",
                                                            "dollars-invested"};
};
template <>
struct Words<model::MultipleOf> {
    static constexpr std::array<std::string_view, 2> values{"principal", "principal-and-interest"};
};
template <>
struct Words<model::ExitDiscount> {
    static constexpr std::array<std::string_view, 2> values{"where-possible", "fill"};
};
template <>
struct Words<model::Counted> {
    static constexpr std::array<std::string_view, 9> values{"stock", "options",       "promised",
                                                            "pool",  "pool-increase", "notes",
                                                            "safes", "preferred",     "adjustments"};
};
}  // namespace POSTMONEY_NAMESPACE::detail

namespace POSTMONEY_NAMESPACE::model {

//--- Definitions ---

inline Ratio PreferredClass::current_conversion_price() const {
    if (conversion_price) return *conversion_price;
    if (const auto issued_at = issue_price())
        return conversion_ratio ? *issued_at / *conversion_ratio : *issued_at;
    throw Error(ErrorCode::missing_field, "expected a price or a conversion price of the class " + name);
}

inline std::optional<Ratio> PreferredClass::issue_price() const {
    if (price || !invested) return price;
    Ratio count = shares.value_or(Ratio());
    if (!shares) {
        for (const HolderShares& each : holders) count = count + each.shares;
    }
    return count.is_zero() ? std::nullopt : std::optional(*invested / count);
}

inline Ratio PreferredClass::ratio() const {
    if (conversion_ratio) return *conversion_ratio;
    if (!conversion_price) return detail::one;
    const auto issued_at = issue_price();
    return issued_at ? *issued_at / *conversion_price : detail::one;
}

inline Ratio Options::all_granted() const {
    Ratio sum = granted;
    for (const Grant& grant : grants) sum = sum + grant.shares;
    return sum;
}

inline std::vector<Counted> counts_of(const Convertible& convertible, bool at_exit) {
    using enum Counted;
    if (convertible.cap_counts) return *convertible.cap_counts;
    if (convertible.type == ConvertibleType::note) {
        return at_exit ? std::vector{stock, options} : std::vector{stock, options, promised, pool};
    }
    if (convertible.form == SafeForm::pre_money)
        return at_exit ? std::vector{stock, options} : std::vector{stock, options, pool, pool_increase};
    // Promised options are paid nothing at an exit, and Y Combinator's form counts those that are paid.
    return at_exit ? std::vector{stock, options, notes, safes}
                   : std::vector{stock, options, promised, pool, notes, safes};
}

inline Convertible with_mfn(const Convertible& convertible, const std::vector<Convertible>& all) {
    if (!convertible.mfn_takes || convertible.mfn_takes->empty()) return convertible;
    for (const Convertible& other : all) {
        if (other.id != *convertible.mfn_takes) continue;
        if (other.id == convertible.id || (other.mfn_takes && !other.mfn_takes->empty()))
            throw Error::refused(ErrorCode::out_of_range, other.id,
                                 "another instrument with terms of its own")
                .in_field("convertibles." + convertible.id + ".mfn.takes");
        Convertible taken = convertible;
        taken.type = other.type == ConvertibleType::note ? convertible.type : other.type;
        taken.form = other.form ? other.form : convertible.form;
        taken.cap = other.cap;
        taken.discount = other.discount;
        taken.cap_counts = other.cap_counts;
        return taken;
    }
    throw Error::refused(ErrorCode::unknown_field, *convertible.mfn_takes, "the id of a convertible")
        .in_field("convertibles." + convertible.id + ".mfn.takes");
}

namespace detail {

// As accrued(), of the interest or dividends of `whose`, and refuses with its field.
[[nodiscard]] inline Ratio accrued_by(date::sys_days day, const Ratio& principal, const Accrual& accrual,
                                      const std::optional<date::sys_days>& issued, const std::string& whose,
                                      const std::string& what) {
    if (day < accrual.from) {
        throw Error::refused(ErrorCode::out_of_range, day_text(accrual.from),
                             "a day that is not after the date, " + day_text(day))
            .in_field(whose + (issued == accrual.from ? ".issued" : "." + what + ".from"));
    }
    try {
        return accrued(principal, accrual, day);
    } catch (const Error& error) {
        throw error.in_field(whose + "." + what);
    }
}

}  // namespace detail

inline Owed owed(const Convertible& convertible, const std::optional<date::sys_days>& day) {
    if (!convertible.interest) return {convertible.amount, Ratio()};
    if (!day) {
        throw Error(ErrorCode::missing_field,
                    "expected the day to which the interest of " + convertible.id + " runs")
            .in_field("date");
    }
    return {convertible.amount,
            detail::accrued_by(*day, convertible.amount, convertible.interest->accrual, convertible.issued,
                               "convertibles." + convertible.id, "interest")};
}

}  // namespace POSTMONEY_NAMESPACE::model
