// The definitions of round_inflows.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "postmoney/answer/detail/round_inflows.hpp"
#include "postmoney/answer/resolved_company-inl.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

POSTMONEY_INLINE Inflow inflow_of(const MinorBounds& bounds, const Currency& currency,
                                  const std::optional<Instrument>& instrument,
                                  const std::optional<PartialDate>& date, Timing timing,
                                  const ResolvedClosing* closing) {
    const bool come = timing == Timing::come;
    return {.known = money_of(come ? bounds.known : 0, currency),
            .lower = money_of(come ? bounds.lower : 0, currency),
            .upper = bounds.upper ? std::optional(money_of(*bounds.upper, currency)) : std::nullopt,
            .instrument = instrument,
            .date = date,
            .timing = timing,
            .closing = closing};
}

// Where one tranche is open above, what all of its instrument and currency come to is: no rate is asked for
// the upper bound of another one.
inline void open_together(std::vector<Inflow>& inflows) {
    std::set<std::pair<std::optional<Instrument>, Currency>> open;
    for (const Inflow& sum : inflows) {
        if (!sum.upper) open.emplace(sum.instrument, sum.known.currency());
    }
    if (open.empty()) return;
    for (Inflow& sum : inflows) {
        if (open.contains({sum.instrument, sum.known.currency()})) sum.upper.reset();
    }
}

// What a tranche brought of a sum, which is then less by that.
[[nodiscard]] inline MinorBounds take_part(MinorBounds& sum, MinorBounds tranche, Timing timing) {
    const bool come = timing == Timing::come;
    tranche.known = come ? std::min(tranche.known, sum.known) : 0;
    tranche.lower = come ? std::min(tranche.lower, sum.lower) : 0;
    tranche.upper = sum.upper ? std::min(tranche.upper.value_or(*sum.upper), *sum.upper) : sum.upper;
    sum.known -= tranche.known;
    sum.lower -= tranche.lower;
    if (sum.upper) *sum.upper -= *tranche.upper;
    return tranche;
}

// A tranche of undisclosed amount leaves its instrument without an upper bound.
inline void add_undisclosed(RoundInflows& round, const ResolvedClosing& closing, const AsOf& as_of) {
    const Timing when = timing(closing.on, as_of);
    if (when == Timing::not_yet) return;
    const auto instrument = instrument_of(closing, *round.round);
    round.open_above.push_back(instrument);
    if (when == Timing::come) round.undisclosed_of.push_back(instrument);
}

// What a round with a disclosed `raised` brings.
class DisclosedRound {
  public:
    DisclosedRound(const ResolvedRound& round, const AsOf& as_of)
        : round_(&round),
          as_of_(as_of),
          currency_(*round.raised.value().currency()),
          day_(round.day()),
          day_timing_(timing(day_, as_of)) {
        each_closing(round, [this](const ResolvedClosing& closing) { sort_in(closing); });
        if (as_of.begun_has_come && day_timing_ != Timing::come && round_->may_have_begun(as_of_.day))
            day_timing_ = Timing::come;
    }

    [[nodiscard]] RoundInflows inflows() const {
        RoundInflows result{.round = round_};
        if (day_timing_ == Timing::come || round_->may_have_begun(as_of_.day)) {
            distribute(total(), result.inflows);
        } else if (const MinorBounds raised = raised_upper({0, 0, 0}); raised.upper != Int128(0)) {
            result.inflows.push_back(rest(raised));
        }
        for (const Tranche& tranche : apart_) {
            if (tranche.timing == Timing::not_yet) continue;
            result.inflows.push_back(inflow_of(tranche.bounds, currency_, tranche.closing->instrument,
                                               tranche.closing->on, tranche.timing, tranche.closing));
        }
        for (const ResolvedClosing* closing : undisclosed_apart_) add_undisclosed(result, *closing, as_of_);
        open_together(result.inflows);
        result.counts = !result.undisclosed_of.empty() ||
                        std::any_of(result.inflows.begin(), result.inflows.end(),
                                    [](const Inflow& sum) { return sum.timing == Timing::come; });
        return result;
    }

  private:
    struct Tranche {
        const ResolvedClosing* closing;
        MinorBounds bounds;
        Timing timing;
    };
    using Tranches = std::vector<Tranche>;

    // Closings in other currencies do not count beside a disclosed `raised`, nor undisclosed ones of the
    // round's own instrument. What those of another instrument come to is no part of the rest.
    void sort_in(const ResolvedClosing& closing) {
        const Amount& amount = closing.amount.value();
        const bool is_apart = closing.instrument && closing.instrument != round_->instrument.get();
        if (is_apart && !amount.disclosed()) undisclosed_apart_.push_back(&closing);
        if (!amount.disclosed() || amount.currency() != currency_) return;
        (is_apart ? apart_ : own_).push_back({&closing, minor_bounds(amount), timing(closing.on, as_of_)});
    }

    // What of an amount stated for the whole round is not of other instruments.
    [[nodiscard]] MinorBounds own_part(const Amount& amount) const {
        return less(minor_bounds(amount), sum_until(apart_, Timing::not_yet));
    }

    // What tranches come to that have come; or those too that perhaps have; or, with `not_yet`, all of them.
    [[nodiscard]] static MinorBounds sum_until(const Tranches& tranches, Timing until) {
        MinorBounds sum{0, 0, 0};
        for (const Tranche& tranche : tranches) {
            if (tranche.timing <= until) add(sum, tranche.bounds);
        }
        return sum;
    }

    // Those that begin by the end of a day, and those that begin later.
    [[nodiscard]] static std::pair<Tranches, Tranches> split_at(const PartialDate& day,
                                                                const Tranches& tranches) {
        std::pair<Tranches, Tranches> split;
        for (const Tranche& tranche : tranches) {
            const bool later = tranche.closing->on.first_day() > day.last_day();
            (later ? split.second : split.first).push_back(tranche);
        }
        return split;
    }

    // What counts of an amount, without other instruments, beside the tranches that it takes in.
    [[nodiscard]] MinorBounds beside(const MinorBounds& whole, bool firm, const Tranches& tranches) const {
        const MinorBounds come = sum_until(tranches, Timing::come);
        if (day_timing_ != Timing::come) {
            const MinorBounds sold = cut(come, whole.upper);
            return {sold.known, sold.lower, whole.upper};
        }
        MinorBounds missing{0, 0, 0};
        Int128 not_begun = 0;
        for (const Tranche& tranche : tranches) {
            if (tranche.timing == Timing::come || !day_ ||
                tranche.closing->on.first_day() <= day_->last_day())
                continue;
            add(missing, tranche.bounds);
            if (tranche.timing == Timing::not_yet) not_begun += tranche.bounds.lower;
        }
        MinorBounds counted = less(whole, missing);
        if (whole.upper) counted.upper = left_of(*whole.upper, not_begun, Int128(0));
        return higher(counted, firm ? come : cut(come, whole.upper));
    }
    [[nodiscard]] MinorBounds beside(const Amount& amount) const {
        return beside(own_part(amount), amount.is_one_number(), own_);
    }

    // R of an early filing (FACTS.md, What a round brings). It knows of no tranche that began later, of
    // whatever instrument.
    [[nodiscard]] MinorBounds filed_part(const EarlyFiling& early) const {
        return less(minor_bounds(*early.line().raised),
                    sum_until(split_at(early.day, apart_).first, Timing::not_yet));
    }

    // What the filing by itself brings.
    [[nodiscard]] MinorBounds filed(const EarlyFiling& early) const {
        return beside(filed_part(early), early.line().raised->is_one_number(),
                      split_at(early.day, own_).first);
    }

    // What an early filing says, and the tranches since, up to what was offered.
    [[nodiscard]] MinorBounds filed_so_far(const EarlyFiling& early) const {
        const MinorBounds by_itself = filed(early);
        const Tranches later = split_at(early.day, own_).second;
        MinorBounds since = sum_until(later, Timing::come);
        since.upper = sum_until(later, Timing::perhaps).upper;
        MinorBounds sum = by_itself;
        add(sum, since);
        const auto& offered = early.line().offered;
        if (offered && offered->disclosed() && offered->currency() == currency_)
            sum = cut(sum, minor_bounds(*offered).upper);
        return higher(sum, by_itself);
    }

    // R of a word of more than the filing says. Where less than the filing's is left of it, the tranches of
    // other instruments were not all in the word.
    [[nodiscard]] MinorBounds word_part(const EarlyFiling& early, const Amount& word) const {
        MinorBounds part = own_part(word);
        if (part.upper && *part.upper < filed_part(early).known) part.upper = minor_bounds(word).upper;
        return part;
    }

    // Word of more than an early filing says raises the upper bound from its day on.
    [[nodiscard]] MinorBounds raised_upper(MinorBounds sum) const {
        if (!round_->early_filing) return sum;
        const EarlyFiling& early = *round_->early_filing;
        const auto raise = [&](const Amount& amount) {
            sum.upper = higher(sum.upper, word_part(early, amount).upper);
        };
        for (const LaterWord& word : early.others) {
            if (timing(word.from, as_of_) != Timing::not_yet) raise(word.raised());
        }
        if (early.final_word && timing(early.day, as_of_) != Timing::not_yet)
            raise(early.final_word->raised());
        return sum;
    }

    // What the final word brings: no less than the filing by itself does.
    [[nodiscard]] MinorBounds by_final_word(const EarlyFiling& early, const Amount& word) const {
        const auto most = minor_bounds(word).upper;
        const MinorBounds whole = word_part(early, word);
        MinorBounds sum = beside(whole, word.is_one_number(), own_);
        MinorBounds least = cut(filed(early), most);
        if (!word.is_one_number()) {
            const MinorBounds so_far = cut(filed_so_far(early), whole.upper);
            least = higher(least, so_far);
            sum.upper = higher(sum.upper, so_far.upper);
        }
        sum.known = std::max(sum.known, least.known);
        sum.lower = std::max(sum.lower, least.lower);
        // Tranches that would leave less than that were not all in the word.
        if (sum.upper && *sum.upper < sum.known) sum.upper = most;
        return sum;
    }

    [[nodiscard]] MinorBounds total() const {
        const Amount& raised = round_->raised.value();
        if (!round_->early_filing) return beside(raised);
        const EarlyFiling& early = *round_->early_filing;
        if (&round_->raised.winner() == early.filing) return raised_upper(filed_so_far(early));
        return raised_upper(by_final_word(early, raised));
    }

    [[nodiscard]] Inflow rest(const MinorBounds& bounds) const {
        const Timing when = day_timing_ == Timing::come ? Timing::come : Timing::perhaps;
        return inflow_of(bounds, currency_, round_->instrument.get(), day_, when);
    }

    // Gives each tranche what it brought, by date, and the rest what is left of the total.
    void distribute(MinorBounds total, std::vector<Inflow>& inflows) const {
        std::vector<Inflow> parts;
        for (const Tranche& tranche : own_) {
            if (tranche.timing == Timing::not_yet) continue;
            const MinorBounds part = take_part(total, tranche.bounds, tranche.timing);
            parts.push_back(inflow_of(part, currency_, round_->instrument.get(), tranche.closing->on,
                                      tranche.timing, tranche.closing));
        }
        const bool nothing_left = total.known == 0 && total.lower == 0 && total.upper == Int128(0);
        const bool any_come = std::any_of(parts.begin(), parts.end(),
                                          [](const Inflow& part) { return part.timing == Timing::come; });
        if (!nothing_left || !any_come) inflows.push_back(rest(total));
        std::move(parts.begin(), parts.end(), std::back_inserter(inflows));
    }

    const ResolvedRound* round_;
    AsOf as_of_;
    Currency currency_;
    std::optional<PartialDate> day_;
    Timing day_timing_;
    Tranches own_;
    Tranches apart_;  // of other instruments
    std::vector<const ResolvedClosing*> undisclosed_apart_;
};

// What a round without a disclosed `raised` brings: its tranches.
[[nodiscard]] inline RoundInflows inflows_of_tranches(const ResolvedRound& round, const Timing date_timing,
                                                      const AsOf& as_of) {
    RoundInflows result{.round = &round};
    bool any_closing = false;
    result.counts = date_timing == Timing::come;
    each_closing(round, [&](const ResolvedClosing& closing) {
        const Timing when = timing(closing.on, as_of);
        if (when == Timing::not_yet) return;
        any_closing = true;
        result.counts = result.counts || when == Timing::come;
        const Amount& amount = closing.amount.value();
        if (amount.disclosed()) {
            result.inflows.push_back(inflow_of(minor_bounds(amount), *amount.currency(),
                                               instrument_of(closing, round), closing.on, when, &closing));
        } else {
            add_undisclosed(result, closing, as_of);
        }
    });
    open_together(result.inflows);
    // What conversions come off first: the tranches of the round's own instrument.
    std::stable_partition(result.inflows.begin(), result.inflows.end(),
                          [&](const Inflow& sum) { return sum.instrument == round.instrument.get(); });
    if (!any_closing && date_timing != Timing::not_yet) result.open_above.push_back(round.instrument.get());
    const bool any_amount = std::any_of(result.inflows.begin(), result.inflows.end(),
                                        [](const Inflow& sum) { return sum.timing == Timing::come; });
    result.undisclosed = result.counts && !any_amount;
    if (result.undisclosed) {
        result.open_above.push_back(round.instrument.get());
        result.undisclosed_of.push_back(round.instrument.get());
    }
    return result;
}

// What had come when the round was cancelled. A date alone is no word that money came, unless it is that of a
// close.
[[nodiscard]] inline RoundInflows inflows_until(const EarlierRound& cancelled) {
    const ResolvedRound& round = *cancelled.round;
    if (round.raised && round.raised.value().disclosed())
        return DisclosedRound(round, cancelled.as_of).inflows();
    const Timing closed = round.closed ? timing(round.closed.value(), cancelled.as_of) : Timing::not_yet;
    return inflows_of_tranches(round, closed, cancelled.as_of);
}

POSTMONEY_INLINE InflowGroups groups_of(const RoundInflows& round) {
    InflowGroups groups;
    for (const Inflow& sum : round.inflows) {
        InflowGroup& group = groups[{sum.instrument, sum.known.currency()}];
        add(group.bounds, bounds_of(sum));
        group.come = group.come || sum.timing == Timing::come;
    }
    return groups;
}

// What had come without an amount counts on for as long as nobody says how much the round raised.
inline void keep_undisclosed(RoundInflows& round, const RoundInflows& earlier, bool any_amount) {
    if (round.round->raised && round.round->raised.value().disclosed()) return;
    round.open_above.insert(round.open_above.end(), earlier.open_above.begin(), earlier.open_above.end());
    if (!earlier.undisclosed || any_amount) return;
    round.counts = true;
    round.undisclosed = true;
    round.undisclosed_of.insert(round.undisclosed_of.end(), earlier.undisclosed_of.begin(),
                                earlier.undisclosed_of.end());
}

// Of one instrument and currency the round brings that much in all: each tranche, at its own date, what it
// brought of it, and the rest what is left.
inline void distribute_anew(RoundInflows& round, const InflowGroups::key_type& key, MinorBounds whole,
                            bool come) {
    const auto& [instrument, currency] = key;
    const auto is_of_it = [&, &instrument = instrument, &currency = currency](const Inflow& sum) {
        return sum.instrument == instrument && sum.known.currency() == currency;
    };
    for (Inflow& sum : round.inflows) {
        if (sum.closing == nullptr || !is_of_it(sum)) continue;
        const MinorBounds part = take_part(whole, minor_bounds(sum.closing->amount.value()), sum.timing);
        sum = inflow_of(part, currency, instrument, sum.date, sum.timing, sum.closing);
    }
    auto rest = std::find_if(round.inflows.begin(), round.inflows.end(),
                             [&](const Inflow& sum) { return sum.closing == nullptr && is_of_it(sum); });
    if (rest == round.inflows.end()) {
        const bool own = instrument == round.round->instrument.get();
        rest = round.inflows.insert(
            own ? round.inflows.begin() : round.inflows.end(),
            inflow_of({0, 0, 0}, currency, instrument, round.round->day(), Timing::perhaps));
    }
    if (come) rest->timing = Timing::come;
    rest->known = money_of(whole.known, currency);
    rest->lower = money_of(whole.lower, currency);
    rest->upper = whole.upper ? std::optional(money_of(*whole.upper, currency)) : std::nullopt;
}

// What the round brought before its latest line counts on.
inline void keep_earlier(RoundInflows& round, const EarlierRound& before) {
    const RoundInflows earlier = inflows_of(*before.round, before.as_of);
    InflowGroups now = groups_of(round);
    for (const auto& [key, kept] : groups_of(earlier))
        distribute_anew(round, key, higher(kept.bounds, now[key].bounds), kept.come);
    const bool come = std::any_of(round.inflows.begin(), round.inflows.end(),
                                  [](const Inflow& sum) { return sum.timing == Timing::come; });
    round.counts = round.counts || come;
    round.undisclosed = round.undisclosed && !come;
    keep_undisclosed(round, earlier, come);
}

POSTMONEY_INLINE RoundInflows inflows_if_it_counts(const ResolvedRound& round, const AsOf& as_of) {
    const bool later = !as_of.day && !round.later_closings.empty();
    if (round.lines.empty() && round.closings.empty() && !later) return {.round = &round};
    RoundInflows result = round.raised && round.raised.value().disclosed()
                              ? DisclosedRound(round, as_of).inflows()
                              : inflows_of_tranches(round, timing(round.date(), as_of), as_of);
    if (as_of.day && round.before_latest_line && timing(round.day(), as_of) != Timing::come)
        keep_earlier(result, *round.before_latest_line);
    return result;
}

POSTMONEY_INLINE RoundInflows inflows_of(const ResolvedRound& round, const AsOf& as_of) {
    const bool stated = !round.lines.empty() || !round.closings.empty();
    if (!stated || round.held_status() == RoundStatus::rumoured) return {.round = &round};
    if (!round.until_cancelled) return inflows_if_it_counts(round, as_of);
    RoundInflows result = inflows_until(*round.until_cancelled);
    result.round = &round;
    return result;
}

POSTMONEY_INLINE RoundInflows inflows_by(const ResolvedRound& round, const AsOf& as_of) {
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

}  // namespace POSTMONEY_NAMESPACE::detail
