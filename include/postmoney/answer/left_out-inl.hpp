// The definitions of left_out.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <limits>
#include <string>

#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/detail/left_out_sums.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

POSTMONEY_INLINE LeftOutSums::LeftOutSums(const ResolvedCompany& company, const BroughtByRounds& brought,
                                          const TotalOptions& options)
    : options_(&options) {
    for (const ResolvedRound& round : company.unstated_rounds) add(round, {}, {});
    for (std::size_t i = 0; i < company.rounds.size(); ++i)
        add(company.rounds[i], brought.before[i], brought.after[i]);
}

POSTMONEY_INLINE LeftOutSums::Parts LeftOutSums::parts_of(const ResolvedRound& round,
                                                          const RoundInflows& whole,
                                                          const RoundInflows& before,
                                                          const RoundInflows& after) const {
    Parts parts;
    for (const auto& [key, group] : groups_of(whole)) parts[key].on_record = group.bounds.known;
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
    if (options_->as_of) {
        for (const auto& [key, group] : groups_of(inflows_by(round, {options_->as_of, true}))) {
            // What is of no instrument on record by then came under another one.
            if (const auto part = parts.find(key); part != parts.end())
                part->second.begun = group.bounds.known;
        }
    }
    return parts;
}

POSTMONEY_INLINE std::optional<LeftOutReason> LeftOutSums::exclusion(const ResolvedRound& round,
                                                                     bool takes_instrument) const {
    if (options_->exclude_funds && round.fund_type) return LeftOutReason::fund;
    if (round.is_business_combination()) return LeftOutReason::business_combination;
    if (!takes_instrument) return LeftOutReason::instrument;
    return std::nullopt;
}

POSTMONEY_INLINE std::optional<LeftOutReason> LeftOutSums::exclusion(
    const ResolvedRound& round, const std::optional<Instrument>& instrument) const {
    return exclusion(round, options_->instruments.takes(instrument));
}

POSTMONEY_INLINE void LeftOutSums::add(const ResolvedRound& round, const RoundInflows& before,
                                       const RoundInflows& after) {
    const RoundInflows whole = inflows_by(round, AsOf());
    for (const auto& [key, part] : parts_of(round, whole, before, after)) add(round, key, part);
    if (before.undisclosed) {
        add_undisclosed(round, before, true);
    } else if (whole.undisclosed) {
        add_undisclosed(round, whole, false);
    } else {
        add_undisclosed_tranches(round, whole, before);
    }
    if (after.foreign_conversions) add_foreign(round, *after.foreign_conversions);
}

POSTMONEY_INLINE void LeftOutSums::add(const ResolvedRound& round, const InflowGroups::key_type& key,
                                       const Part& part) {
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
        if (on_record > part.come || !part.any_come) leave(LeftOutReason::cancelled, on_record - part.come);
        if (!part.any_come) return;
        on_record = part.come;
    }
    if (const auto excluded = exclusion(round, instrument)) return leave(*excluded, on_record);
    if (part.come > part.counted) leave(LeftOutReason::converted, part.come - part.counted);
    const Int128 begun = std::clamp(part.begun, part.come, on_record);
    if (begun > part.come) leave(LeftOutReason::perhaps, begun - part.come);
    if (on_record > begun) leave(LeftOutReason::not_yet, on_record - begun);
}

POSTMONEY_INLINE void LeftOutSums::add_undisclosed(const ResolvedRound& round, const RoundInflows& brought,
                                                   bool has_come) {
    const auto status = round.held_status();
    const bool counts = counts_as_undisclosed(brought, options_->instruments);
    LeftOutReason reason = exclusion(round, counts).value_or(LeftOutReason::undisclosed);
    if (status == RoundStatus::rumoured) reason = LeftOutReason::rumoured;
    if (status == RoundStatus::cancelled && !has_come) reason = LeftOutReason::cancelled;
    sums_[{reason, round.instrument.get(), std::nullopt}].rounds.insert(&round);
}

// Instruments of which a round brings nothing but undisclosed tranches, beside amounts of others. Where the
// total takes one of them and one of these, the round counts with that amount, open above.
POSTMONEY_INLINE void LeftOutSums::add_undisclosed_tranches(const ResolvedRound& round,
                                                            const RoundInflows& whole,
                                                            const RoundInflows& before) {
    const auto status = round.held_status();
    const bool counts = counts_as_undisclosed(before, options_->instruments) ||
                        counts_as_undisclosed(whole, options_->instruments);
    for (const auto& instrument : whole.undisclosed_of) {
        const bool has_amount = std::any_of(whole.inflows.begin(), whole.inflows.end(),
                                            [&](const Inflow& sum) { return sum.instrument == instrument; });
        if (has_amount) continue;
        const auto& come = before.undisclosed_of;
        const bool has_come = std::find(come.begin(), come.end(), instrument) != come.end();
        std::optional<LeftOutReason> reason = exclusion(round, instrument);
        if (!reason && counts) reason = LeftOutReason::undisclosed;
        if (status == RoundStatus::rumoured) reason = LeftOutReason::rumoured;
        if (status == RoundStatus::cancelled && !has_come) reason = LeftOutReason::cancelled;
        if (reason) sums_[{*reason, instrument, std::nullopt}].rounds.insert(&round);
    }
}

POSTMONEY_INLINE void LeftOutSums::add_foreign(const ResolvedRound& round,
                                               const ForeignConversions& conversions) {
    const auto instrument = round.instrument.get();
    if (conversions.bounds.known == 0 || exclusion(round, instrument)) return;
    const LeftOutReason reason = options_->in ? LeftOutReason::converted : LeftOutReason::perhaps;
    Sum& sum = sums_[{reason, instrument, conversions.currency}];
    sum.rounds.insert(&round);
    sum.minor += conversions.bounds.known;
}

POSTMONEY_INLINE std::optional<Money> money_within_range(Int128 minor, const Currency& currency) {
    if (minor > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return money_of(minor, currency);
}

POSTMONEY_INLINE std::vector<LeftOut> left_out(const ResolvedCompany& company, const BroughtByRounds& brought,
                                               const TotalOptions& options) {
    std::vector<LeftOut> result;
    const LeftOutSums all(company, brought, options);
    for (const auto& [key, sum] : all.sums()) {
        LeftOut& left = result.emplace_back(
            LeftOut{key.reason, key.instrument, static_cast<std::int64_t>(sum.rounds.size()), std::nullopt});
        if (!key.currency) continue;
        left.amount = money_within_range(sum.minor, *key.currency);
        if (!left.amount) {
            throw Error(ErrorCode::overflow, "what is left out for the reason " +
                                                 std::string(to_string(key.reason)) +
                                                 " comes to more than 64 bits");
        }
    }
    return result;
}

}  // namespace detail

POSTMONEY_INLINE std::vector<LeftOut> left_out(const ResolvedCompany& company, const TotalOptions& options) {
    detail::check_seen_as_of(company, options.as_of);
    return detail::left_out(company, detail::BroughtByRounds(company, options.as_of), options);
}

}  // namespace POSTMONEY_NAMESPACE
