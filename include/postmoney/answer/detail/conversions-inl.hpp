// The definitions of conversions.hpp that are neither constexpr nor hot.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "postmoney/answer/detail/conversions.hpp"
#include "postmoney/answer/detail/round_inflows-inl.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Takes the conversions off what the rounds of a company bring.
class Conversions {
  public:
    // `rounds` are all of the company's, whatever is asked for.
    Conversions(std::vector<RoundInflows>& rounds, const std::optional<PartialDate>& as_of)
        : rounds_(&rounds), as_of_(as_of) {}

    // The rounds with conversions whose amount is stated, in the order in which they took up SAFEs and notes.
    std::vector<ConversionCover> take_off() {
        std::vector<RoundInflows*> converting;
        for (RoundInflows& round : *rounds_) {
            if (told(round).includes_conversions && converts(round)) converting.push_back(&round);
        }
        if (converting.empty()) return {};
        find_lots();
        std::sort(converting.begin(), converting.end(), [](const RoundInflows* a, const RoundInflows* b) {
            return place(told(*a), a->round->handle) < place(told(*b), b->round->handle);
        });
        std::vector<ConversionCover> covers;
        for (RoundInflows* round : converting) {
            if (told(*round).includes_conversions.value().disclosed()) {
                covers.push_back(take_off(*round));
            } else {
                take_off_undisclosed(*round);
            }
        }
        // Its own conversions come off none of it.
        for (auto& [round, sum] : fallen_) round->inflows.push_back(sum);
        return covers;
    }

  private:
    // A SAFE or note, and what it is still good for.
    struct Lot {
        RoundInflows* round;
        bool undisclosed;
        std::map<Currency, MinorBounds> left;
    };

    // A cancelled round as those tell of it who count.
    [[nodiscard]] static const ResolvedRound& told(const RoundInflows& round) {
        return round.round->until_cancelled ? *round.round->until_cancelled->round : *round.round;
    }

    // A rumour converts nothing, and neither does what was cancelled before anything came.
    [[nodiscard]] static bool converts(const RoundInflows& round) {
        return round.round->takes_place() || (round.round->until_cancelled && !round.inflows.empty());
    }

    // By date, those without one last.
    [[nodiscard]] static std::tuple<date::sys_days, date::sys_days, std::string_view> place(
        const ResolvedRound& round, std::string_view handle) {
        const auto date = round.date();
        if (!date) return {date::sys_days::max(), date::sys_days::max(), handle};
        return {date->last_day(), date->first_day(), handle};
    }

    void find_lots() {
        for (RoundInflows& round : *rounds_) {
            const auto instrument = round.round->instrument.get();
            if (!round.round->takes_place() ||
                (instrument != Instrument::safe && instrument != Instrument::convertible_note))
                continue;
            const RoundInflows whole = inflows_by(*round.round, AsOf());
            Lot lot{&round, whole.undisclosed, {}};
            for (const Inflow& sum : whole.inflows) {
                if (sum.instrument != instrument) continue;
                auto& left = lot.left.try_emplace(sum.known.currency(), MinorBounds{0, 0, 0}).first->second;
                add(left, bounds_of(sum));
            }
            if (std::find(whole.open_above.begin(), whole.open_above.end(), instrument) !=
                whole.open_above.end()) {
                for (auto& [currency, left] : lot.left) left.upper = std::nullopt;
            }
            lots_.push_back(std::move(lot));
        }
        std::sort(lots_.begin(), lots_.end(), [](const Lot& a, const Lot& b) {
            return std::tuple(a.undisclosed, place(*a.round->round, a.round->round->handle)) <
                   std::tuple(b.undisclosed, place(*b.round->round, b.round->round->handle));
        });
    }

    // Whether a SAFE or note can have become shares of the round.
    [[nodiscard]] static bool can_convert(const Lot& lot, const RoundInflows& round) {
        if (lot.round == &round) return false;
        const auto sold = lot.round->round->date();
        const auto date = told(round).date();
        return !sold || !date || sold->first_day() <= date->last_day();
    }

    // Takes up SAFEs and notes of a currency; what is left of the amount is not on record.
    Int128 take_up(const RoundInflows& round, const Currency& currency, Int128 amount) {
        for (Lot& lot : lots_) {
            if (amount == 0) break;
            if (!can_convert(lot, round)) continue;
            if (lot.undisclosed) {
                came_to_at_least(*lot.round, currency, amount);
                return 0;
            }
            const auto at = lot.left.find(currency);
            if (at == lot.left.end()) continue;
            MinorBounds& left = at->second;
            const Int128 taken = std::min(amount, left.upper.value_or(amount));
            left = less(left, {taken, taken, taken});
            amount -= taken;
        }
        return amount;
    }

    // From the date of the SAFE or note on, as a `raised` would: that one closing has come, of whatever
    // amount, is no word that all of it has.
    void came_to_at_least(RoundInflows& round, const Currency& currency, Int128 amount) {
        const auto instrument = round.round->instrument.get();
        const auto& open = round.open_above;
        if (std::find(open.begin(), open.end(), instrument) == open.end()) return;  // nothing has begun
        const auto date = round.round->date();
        const Timing when = timing(date, as_of_) == Timing::come ? Timing::come : Timing::perhaps;
        fallen_.emplace_back(&round,
                             inflow_of({amount, amount, std::nullopt}, currency, instrument, date, when));
    }

    [[nodiscard]] static bool is_in(const RoundInflows& round, const Inflow& sum, const Currency& currency) {
        return round.takes_conversions(sum) && sum.known.currency() == currency;
    }

    // Whether it is known by the day that the conversions have taken place: the upper bound is then less. Of
    // a cancelled round nothing came after the cancelling.
    [[nodiscard]] bool have_taken_place(const RoundInflows& of) const {
        const ResolvedRound& round = told(of);
        const auto& cancelled = of.round->until_cancelled;
        const AsOf by = cancelled ? AsOf(cancelled->as_of) : AsOf(as_of_);
        if (timing(round.day(), by) == Timing::come) return true;
        bool any = false;
        bool all = true;
        each_closing(round, [&](const ResolvedClosing& closing) {
            any = true;
            all = all && timing(closing.on, by) == Timing::come;
        });
        return any && all;
    }

    ConversionCover take_off(RoundInflows& round) {
        const ResolvedRound& own = told(round);
        const Amount& amount = own.includes_conversions.value();
        const Currency currency = *amount.currency();
        const MinorBounds off = minor_bounds(amount);
        ConversionCover cover{.round = round.round};
        cover.missing = take_up(round, currency, off.known);
        const bool is_raised = own.raised && own.raised.value().disclosed();
        const auto raised_in = is_raised ? own.raised.value().currency() : std::nullopt;
        if (raised_in == currency) {
            const auto raised = minor_bounds(own.raised.value()).upper;
            cover.above_raised = raised && off.lower > *raised;
        }
        const Int128 on_record = off.known - cover.missing;
        // Where they are surely above `raised` all of it may be new money.
        const bool lessens = have_taken_place(round) && !cover.above_raised;
        const Int128 off_upper = lessens ? std::min(off.lower, on_record) : Int128(0);
        const auto in_its_currency = [&](const Inflow& sum) { return is_in(round, sum, currency); };
        const auto takes = [&](const Inflow& sum) {
            return round.takes_conversions(sum) && (!raised_in || sum.known.currency() == raised_in);
        };
        if (raised_in.value_or(currency) == currency &&
            std::any_of(round.inflows.begin(), round.inflows.end(), in_its_currency)) {
            subtract(round, currency, off, off_upper);
        } else if (raised_in != currency && std::any_of(round.inflows.begin(), round.inflows.end(), takes)) {
            round.foreign_conversions = {currency, off, off_upper, own.day(), raised_in};
            cover.is_foreign = true;
        }
        return cover;
    }

    // Takes a part off one sum after the other; a null part off `lower` takes all of it.
    static void subtract(RoundInflows& round, const Currency& currency, const MinorBounds& off,
                         Int128 off_upper) {
        Int128 off_known = off.known;
        std::optional<Int128> off_lower = off.upper;
        const auto take = [&](Money& from, Int128& part) {
            const Int128 taken = std::min<Int128>(from.minor(), part);
            from = money_of(from.minor() - taken, currency);
            part -= taken;
        };
        for (Inflow& sum : round.inflows) {
            if (!is_in(round, sum, currency)) continue;
            take(sum.known, off_known);
            if (off_lower) {
                take(sum.lower, *off_lower);
            } else {
                sum.lower = Money(0, currency);
            }
            if (sum.upper) {
                take(*sum.upper, off_upper);
            } else {
                off_upper = 0;  // what is open above stays open, whatever comes off it
            }
        }
    }

    // All of the round may be converted, and what SAFEs and notes there are left is taken for it.
    void take_off_undisclosed(RoundInflows& round) {
        std::set<Currency> currencies;
        for (const Inflow& sum : round.inflows) {
            if (round.takes_conversions(sum)) currencies.insert(sum.known.currency());
        }
        for (const Currency& currency : currencies) {
            MinorBounds off{0, 0, std::nullopt};
            for (Lot& lot : lots_) {
                const auto at = lot.left.find(currency);
                if (lot.undisclosed || at == lot.left.end() || !can_convert(lot, round)) continue;
                off.known += at->second.known;
                at->second = less(at->second, {at->second.known, at->second.known, at->second.known});
            }
            subtract(round, currency, off, 0);
        }
    }

    std::vector<RoundInflows>* rounds_;
    std::optional<PartialDate> as_of_;
    std::vector<Lot> lots_;
    std::vector<std::pair<RoundInflows*, Inflow>> fallen_;  // what undisclosed SAFEs and notes surely came to
};

POSTMONEY_INLINE std::vector<ConversionCover> take_off_conversions(std::vector<RoundInflows>& rounds,
                                                                   const std::optional<PartialDate>& as_of) {
    return Conversions(rounds, as_of).take_off();
}

POSTMONEY_INLINE BroughtByRounds::BroughtByRounds(const ResolvedCompany& company,
                                                  const std::optional<PartialDate>& as_of) {
    before.reserve(company.rounds.size());
    for (const ResolvedRound& round : company.rounds) before.push_back(inflows_of(round, as_of));
    after = before;
    covers = take_off_conversions(after, as_of);
}

}  // namespace POSTMONEY_NAMESPACE::detail
