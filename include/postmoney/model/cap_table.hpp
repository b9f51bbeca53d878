// The table of holdings before a round: its counts, and what splits and secondary sales make of it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/model/number_text.hpp"
#include "postmoney/model/round_scenario.hpp"
#include "postmoney/model/scenario.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/error.hpp"
#include "postmoney/value/ratio.hpp"

namespace POSTMONEY_NAMESPACE::model {

//--- Interface ---

// Shares by what they are, each once, stock as converted. `options` are granted ones and warrants. Promised
// options are taken out of the unissued pool as far as it reaches: `pool` is what is left of it.
struct ShareCounts {
    Ratio stock;
    Ratio preferred;  // of the stock
    Ratio options;
    Ratio promised;
    Ratio pool;
    Ratio promised_in_pool;  // of the promised, those that the unissued pool holds

    // Of the promised, those that the unissued pool does not hold.
    [[nodiscard]] Ratio promised_beyond() const { return promised - promised_in_pool; }

    [[nodiscard]] Ratio fully_diluted() const { return stock + options + promised + pool; }
    // The sum of what is listed, where a pool without the promised options is the whole unissued pool; notes,
    // safes, the pool's increase and adjustments are no part of it.
    [[nodiscard]] Ratio sum_of(const std::vector<Counted>& counted) const;

    friend bool operator==(const ShareCounts&, const ShareCounts&) = default;
};

// The class of that name; null for common. Throws Error unknown_field for a name that `classes` do not have.
[[nodiscard]] const PreferredClass* class_of(const std::vector<PreferredClass>& classes,
                                             std::string_view name);

// Common shares for a share of the class of that name.
[[nodiscard]] Ratio ratio_of(const std::vector<PreferredClass>& classes, std::string_view name);

// Sets promised options and pool in `counts`, of an unissued pool of `available` in all.
void count_pool(ShareCounts& counts, const Ratio& promised, const Ratio& available);

// Of all, or of one holder: of options those that are granted to it by name.
[[nodiscard]] ShareCounts count_shares(const RoundScenario& scenario,
                                       const std::optional<std::string>& holder = {});

// The shares of a class that the holder has.
[[nodiscard]] Ratio shares_of(const RoundScenario& scenario, std::string_view holder,
                              std::string_view class_name);

// Multiplies the shares of the split's class, its warrants too, and divides its price and their strikes; of
// common the options, their strikes, and the conversion prices of all classes. No split moves a part of the
// company: where a class splits alone, each of its shares converts into fewer.
void apply_split(RoundScenario& scenario);

// Moves the shares that holders sell to others, and gives in words each choice of a class that a sale leaves
// open. Throws Error out_of_range where a seller has fewer.
[[nodiscard]] std::vector<std::string> apply_secondary(RoundScenario& scenario);

//--- Definitions ---

inline Ratio ShareCounts::sum_of(const std::vector<Counted>& counted) const {
    Ratio sum;
    for (const Counted what : counted) {
        if (what == Counted::stock) sum = sum + stock;
        if (what == Counted::preferred) sum = sum + preferred;
        if (what == Counted::options) sum = sum + options;
        if (what == Counted::promised) sum = sum + promised;
        if (what == Counted::pool) sum = sum + pool;
        if (what == Counted::pool && !detail::lists(counted, Counted::promised)) sum = sum + promised_in_pool;
    }
    return sum;
}

inline const PreferredClass* class_of(const std::vector<PreferredClass>& classes, std::string_view name) {
    for (const PreferredClass& each : classes) {
        if (each.name == name) return &each;
    }
    if (name.empty() || name == common_class) return nullptr;
    throw Error::refused(ErrorCode::unknown_field, name, "Common or the name of one of the classes")
        .in_field("class");
}

inline Ratio ratio_of(const std::vector<PreferredClass>& classes, std::string_view name) {
    const PreferredClass* of = class_of(classes, name);
    return of == nullptr ? detail::one : of->ratio();
}

inline void count_pool(ShareCounts& counts, const Ratio& promised, const Ratio& available) {
    counts.promised = promised;
    counts.promised_in_pool = std::min(promised, available);
    counts.pool = available - counts.promised_in_pool;
}

inline ShareCounts count_shares(const RoundScenario& scenario, const std::optional<std::string>& holder) {
    ShareCounts counts;
    if (!holder) {
        counts.options = scenario.options.granted;
        count_pool(counts, scenario.options.promised, scenario.options.available);
    }
    for (const Grant& grant : scenario.options.grants) {
        if (!holder || grant.holder == *holder) counts.options = counts.options + grant.shares;
    }
    for (const Holding& holding : scenario.holdings) {
        if (holder && holding.holder != *holder) continue;
        const Ratio converted = holding.shares * ratio_of(scenario.classes, holding.class_name);
        counts.stock = counts.stock + converted;
        if (class_of(scenario.classes, holding.class_name) != nullptr)
            counts.preferred = counts.preferred + converted;
    }
    for (const Grant& warrant : scenario.warrants) {
        if (!holder || warrant.holder == *holder)
            counts.options = counts.options + warrant.shares * ratio_of(scenario.classes, warrant.of);
    }
    return counts;
}

inline Ratio shares_of(const RoundScenario& scenario, std::string_view holder, std::string_view class_name) {
    Ratio sum;
    for (const Holding& holding : scenario.holdings) {
        if (holding.holder == holder && holding.class_name == class_name) sum = sum + holding.shares;
    }
    return sum;
}

namespace detail {

// What a split leaves of a class, `held` of whose shares come for one, while `common` come for a share of
// common: the money invested in it and its part of the company stay.
inline void split_class(PreferredClass& of, const Ratio& held, const Ratio& common) {
    const Ratio converts = of.ratio() * common / held;
    if (!of.conversion_price && !of.conversion_ratio) of.conversion_price = of.price;
    if (of.price) of.price = *of.price / held;
    if (of.conversion_price) of.conversion_price = *of.conversion_price / common;
    if (of.conversion_ratio || !of.price) of.conversion_ratio = converts;
}

inline void split_grant(Grant& of, const Ratio& ratio) {
    of.shares = of.shares * ratio;
    of.strike = of.strike / ratio;
}

}  // namespace detail

inline void apply_split(RoundScenario& scenario) {
    if (!scenario.round.split) return;
    const ShareSplit& split = *scenario.round.split;
    if (split.ratio.sign() <= 0)
        throw Error::refused(ErrorCode::out_of_range, number_text(split.ratio), "a ratio above zero")
            .in_field("round.split.ratio");
    if (!split.class_name.empty()) static_cast<void>(class_of(scenario.classes, split.class_name));
    // The shares that come for one of the class.
    const auto shares_for = [&](std::string_view name) {
        const bool splits =
            split.class_name.empty() || (name.empty() ? common_class : name) == split.class_name;
        return splits ? split.ratio : detail::one;
    };
    const Ratio common = shares_for(common_class);
    for (Holding& holding : scenario.holdings)
        holding.shares = holding.shares * shares_for(holding.class_name);
    for (Grant& grant : scenario.options.grants) detail::split_grant(grant, common);
    for (Ratio* count : {&scenario.options.granted, &scenario.options.promised, &scenario.options.available})
        *count = *count * common;
    for (Grant& warrant : scenario.warrants) detail::split_grant(warrant, shares_for(warrant.of));
    for (PreferredClass& each : scenario.classes) detail::split_class(each, shares_for(each.name), common);
}

namespace detail {

// The class of the shares that are sold: the one that the sale names, or the seller's only one; of several
// common, else the first of which the seller has enough, which is said.
[[nodiscard]] inline std::string class_sold(const RoundScenario& scenario, const SecondarySale& sale,
                                            std::vector<std::string>& said_of) {
    if (!sale.class_name.empty()) return sale.class_name;
    std::vector<std::string> names;
    for (const Holding& holding : scenario.holdings) {
        const std::string& name = holding.class_name;
        if (holding.holder != sale.from || holding.shares.is_zero()) continue;
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        names.insert(name == common_class ? names.begin() : names.end(), name);
    }
    if (names.empty()) return std::string(common_class);
    if (names.size() == 1) return names.front();
    const auto enough = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return shares_of(scenario, sale.from, name) >= sale.shares;
    });
    const std::string& taken = enough == names.end() ? names.front() : *enough;
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : " and ") + name;
    said_of.push_back("the " + said(sale.shares) + " shares that " + sale.from + " sells to " + sale.to +
                      " are taken to be " + taken + ": the sale names no class, and " + sale.from +
                      " holds " + all);
    return taken;
}

}  // namespace detail

inline std::vector<std::string> apply_secondary(RoundScenario& scenario) {
    std::vector<std::string> said_of;
    for (const SecondarySale& sale : scenario.round.secondary) {
        const std::string name = detail::class_sold(scenario, sale, said_of);
        const Ratio held = shares_of(scenario, sale.from, name);
        if (held < sale.shares || sale.shares.sign() < 0) {
            throw Error::refused(
                ErrorCode::out_of_range, number_text(sale.shares),
                "at most the " + number_text(held) + " shares of " + name + " that " + sale.from + " holds")
                .in_field("round.secondary.shares");
        }
        Ratio left = sale.shares;
        for (Holding& holding : scenario.holdings) {
            if (holding.holder != sale.from || holding.class_name != name) continue;
            const Ratio taken = std::min(left, holding.shares);
            holding.shares = holding.shares - taken;
            left = left - taken;
        }
        const auto buyer = std::find_if(
            scenario.holdings.begin(), scenario.holdings.end(),
            [&](const Holding& holding) { return holding.holder == sale.to && holding.class_name == name; });
        if (buyer != scenario.holdings.end()) {
            buyer->shares = buyer->shares + sale.shares;
        } else {
            scenario.holdings.push_back({sale.to, name, sale.shares});
        }
    }
    return said_of;
}

}  // namespace POSTMONEY_NAMESPACE::model
