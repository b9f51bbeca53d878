// LeftOut: what of the money on record a total does not count, and why (FACTS.md, What is left out).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/total.hpp"

namespace postmoney {

//--- Interface ---

// In the order in which they are asked: money is left out for the first that fits.
enum class LeftOutReason : std::uint8_t {
    rumoured,
    cancelled,             // and it had not come by the day of the cancelling
    fund,                  // what pooled investment funds raise, where the total leaves it out
    business_combination,  // of a merger, an acquisition or an exchange offer
    instrument,            // of an instrument that the total does not take
    undisclosed,           // it counts as a round, and no amount is known
    converted,             // SAFEs and notes that were counted when they were sold
    perhaps,               // it may have come by the day, and may not
    not_yet                // it had not come by the day
};

template <>
struct detail::Words<LeftOutReason> {
    static constexpr std::array<std::string_view, 9> values{
        "rumoured",  "cancelled", "fund",   "business-combination", "instrument", "undisclosed",
        "converted", "perhaps",   "not-yet"};
};

// What is left out for one reason, of one instrument, in one currency.
struct LeftOut {
    LeftOutReason reason;
    std::optional<Instrument> instrument;  // null: the rounds do not say
    std::int64_t rounds = 0;               // of how many rounds
    std::optional<Money> amount;           // what is known; null where nothing is
};

// By reason, instrument and currency, each once. Amounts stay in their own currency, also where the total is
// converted. `company` was resolved with the same as-of date. What the total counts and what is left out come
// to all that is on record, but for conversions in another currency than their round's money: without `in`
// they are `perhaps`, and are in `known` as well. Throws overflow beyond 64-bit minor units.
[[nodiscard]] std::vector<LeftOut> left_out(const ResolvedCompany& company, const TotalOptions& options = {});

//--- Definitions ---

namespace detail {

// Sums of what is left out, in minor units that may be beyond 64 bits.
class LeftOutSums {
  public:
    struct Key {
        LeftOutReason reason;
        std::optional<Instrument> instrument;
        std::optional<Currency> currency;  // null: no amount is known

        friend bool operator<(const Key& a, const Key& b) {
            return std::tie(a.reason, a.instrument, a.currency) <
                   std::tie(b.reason, b.instrument, b.currency);
        }
    };
    struct Sum {
        std::set<const ResolvedRound*> rounds = {};
        Int128 minor = 0;
    };

    // `brought` is what its rounds bring as of the same day.
    LeftOutSums(const ResolvedCompany& company, const BroughtByRounds& brought, const TotalOptions& options)
        : options_(&options) {
        for (const ResolvedRound& round : company.unstated_rounds) add(round, {}, {});
        for (std::size_t i = 0; i < company.rounds.size(); ++i)
            add(company.rounds[i], brought.before[i], brought.after[i]);
    }

    [[nodiscard]] const std::map<Key, Sum>& sums() const noexcept { return sums_; }

  private:
    // What is known of one instrument and currency of a round.
    struct Part {
        Int128 on_record = 0;  // with all days come
        Int128 begun = 0;      // if what has perhaps come had come
        Int128 come = 0;
        Int128 counted = 0;  // what conversions leave of it
        bool any_come = false;
    };
    using Parts = std::map<InflowGroups::key_type, Part>;

    // What comes by a day whatever the status. A final word is used as soon as it has come.
    static RoundInflows inflows_by(const ResolvedRound& round, const AsOf& as_of) {
        const auto& early = round.early_filing;
        if (!early || !early->final_word || &round.raised.winner() != early->filing ||
            timing(early->final_word->from, as_of) != Timing::come) {
            return inflows_if_it_counts(round, as_of);
        }
        ResolvedRound with_final_word = round;
        with_final_word.raised.put_first(*early->final_word->claim);
        RoundInflows result = inflows_if_it_counts(with_final_word, as_of);
        result.round = &round;
        for (Inflow& sum : result.inflows) sum.closing = nullptr;  // it is gone with the copy
        return result;
    }

    [[nodiscard]] Parts parts_of(const ResolvedRound& round, const RoundInflows& whole,
                                 const RoundInflows& before, const RoundInflows& after) const {
        Parts parts;
        for (const auto& [key, group] : groups_of(whole)) parts[key].on_record = group.bounds.known;
        if (options_->as_of) {
            for (const auto& [key, group] : groups_of(inflows_by(round, {options_->as_of, true}))) {
                if (group.bounds.known != 0) parts[key].begun = group.bounds.known;
            }
        }
        for (const auto& [key, group] : groups_of(before)) {
            parts[key].come = group.bounds.known;
            parts[key].any_come = group.come;
        }
        for (const auto& [key, group] : groups_of(after)) {
            Part& part = parts[key];
            part.counted = group.bounds.known;
            // A SAFE of undisclosed amount came to at least what was converted.
            part.come = std::max(part.come, part.counted);
            part.any_come = part.any_come || group.come;
        }
        for (auto& [key, part] : parts) part.on_record = std::max(part.on_record, part.come);
        return parts;
    }

    // Why nothing of the round counts, whatever has come, or nothing of an instrument that is not taken.
    [[nodiscard]] std::optional<LeftOutReason> exclusion(const ResolvedRound& round,
                                                         bool takes_instrument) const {
        if (options_->exclude_funds && round.fund_type) return LeftOutReason::fund;
        if (round.is_business_combination()) return LeftOutReason::business_combination;
        if (!takes_instrument) return LeftOutReason::instrument;
        return std::nullopt;
    }
    [[nodiscard]] std::optional<LeftOutReason> exclusion(const ResolvedRound& round,
                                                         const std::optional<Instrument>& instrument) const {
        return exclusion(round, options_->instruments.takes(instrument));
    }

    void add(const ResolvedRound& round, const RoundInflows& before, const RoundInflows& after) {
        const RoundInflows whole = inflows_by(round, AsOf());
        for (const auto& [key, part] : parts_of(round, whole, before, after)) add(round, key, part);
        if (before.undisclosed) {
            add_undisclosed(round, before, true);
        } else if (whole.undisclosed) {
            add_undisclosed(round, whole, false);
        }
        if (after.foreign_conversions) add_foreign(round, *after.foreign_conversions);
    }

    void add(const ResolvedRound& round, const InflowGroups::key_type& key, const Part& part) {
        const auto& [instrument, currency] = key;
        const auto leave = [&, &instrument = instrument, &currency = currency](LeftOutReason reason,
                                                                               Int128 minor) {
            Sum& sum = sums_[{reason, instrument, currency}];
            sum.rounds.insert(&round);
            sum.minor += minor;
        };
        Int128 on_record = part.on_record;
        const auto status = round.held_status();
        if (status == RoundStatus::rumoured) return leave(LeftOutReason::rumoured, on_record);
        if (status == RoundStatus::cancelled) {
            if (on_record > part.come || !part.any_come)
                leave(LeftOutReason::cancelled, on_record - part.come);
            if (!part.any_come) return;
            on_record = part.come;
        }
        if (const auto excluded = exclusion(round, instrument)) return leave(*excluded, on_record);
        if (part.come > part.counted) leave(LeftOutReason::converted, part.come - part.counted);
        const Int128 begun = std::clamp(part.begun, part.come, on_record);
        if (begun > part.come) leave(LeftOutReason::perhaps, begun - part.come);
        if (on_record > begun) leave(LeftOutReason::not_yet, on_record - begun);
    }

    void add_undisclosed(const ResolvedRound& round, const RoundInflows& brought, bool has_come) {
        const auto status = round.held_status();
        const bool counts = counts_as_undisclosed(brought, options_->instruments);
        LeftOutReason reason = exclusion(round, counts).value_or(LeftOutReason::undisclosed);
        if (status == RoundStatus::rumoured) reason = LeftOutReason::rumoured;
        if (status == RoundStatus::cancelled && !has_come) reason = LeftOutReason::cancelled;
        sums_[{reason, round.instrument.get(), std::nullopt}].rounds.insert(&round);
    }

    void add_foreign(const ResolvedRound& round, const ForeignConversions& conversions) {
        const auto instrument = round.instrument.get();
        if (conversions.bounds.known == 0 || exclusion(round, instrument)) return;
        const LeftOutReason reason = options_->in ? LeftOutReason::converted : LeftOutReason::perhaps;
        Sum& sum = sums_[{reason, instrument, conversions.currency}];
        sum.rounds.insert(&round);
        sum.minor += conversions.bounds.known;
    }

    const TotalOptions* options_;
    std::map<Key, Sum> sums_;
};

// Null beyond 64-bit minor units.
[[nodiscard]] inline std::optional<Money> money_within_range(Int128 minor, const Currency& currency) {
    if (minor > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return money_of(minor, currency);
}

[[nodiscard]] std::vector<LeftOut> left_out(const ResolvedCompany& company, const BroughtByRounds& brought,
                                            const TotalOptions& options);

}  // namespace detail

}  // namespace postmoney

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/left_out-inl.hpp"
#endif
