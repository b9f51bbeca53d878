// The definitions of position.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/carried_shares-inl.hpp"
#include "postmoney/answer/detail/position_part.hpp"
#include "postmoney/answer/position.hpp"
#include "postmoney/answer/share_price-inl.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

class Positions {
  public:
    Positions(const ResolvedCompany& company, const std::optional<PartialDate>& as_of)
        : company_(&company), as_of_(as_of) {}

    [[nodiscard]] std::vector<Position> all() {
        for (const ResolvedRound& round : company_->rounds) {
            for (const ResolvedParticipation& participation : round.participations) {
                if (is_part_of_position(round, participation, as_of_)) add(round, participation);
            }
        }
        std::vector<Position> result;
        for (auto& [key, position] : positions_) {
            set_value(position);
            result.push_back(std::move(position));
        }
        return result;
    }

  private:
    using Class = std::optional<std::string>;

    // A split is named once, however many rounds it adjusts.
    static void name_splits(Position& position, const CarriedShares& carried) {
        const std::string text = carried.splits_text();
        if (text.size() > position.splits.size()) position.splits = text;
    }

    void add(const ResolvedRound& round, const ResolvedParticipation& participation) {
        const Class security_class = round.security_class.get();
        Position& position =
            positions_[{participation.investor_name, participation.investor, security_class}];
        position.company = company_->company;
        position.investor = participation.investor;
        position.investor_name = participation.investor_name;
        position.security_class = security_class;
        ++position.rounds;
        const CarriedShares carried = carry_shares(*company_, security_class, round.date());
        const auto gap = participation.shares ? carried.gap : ShareGap::undisclosed_shares;
        if (gap) {
            ++position.untold;
            note(position.gap, *gap);
            return;
        }
        name_splits(position, carried);
        position.shares =
            position.shares.value_or(Ratio()) + Ratio(participation.shares.value().number()) * carried.factor;
    }

    [[nodiscard]] const LatestSharePrice& price_of(const Class& security_class) {
        const auto [at, is_new] = prices_.try_emplace(security_class);
        if (is_new) at->second = latest_share_price(*company_, security_class, as_of_);
        return at->second;
    }

    void set_value(Position& position) {
        const LatestSharePrice& latest = price_of(position.security_class);
        position.price = latest.price;
        position.currency = latest.currency;
        if (latest.round != nullptr) position.price_round = latest.round->handle;
        if (latest.gap) note(position.gap, *latest.gap);
        if (latest.price) name_splits(position, latest.carried);
        if (position.gap) return;
        const Currency& currency = *position.currency;
        const Decimal value =
            (*position.shares * *position.price).to_decimal(currency.decimals(), Rounding::half_even);
        try {
            position.value = Money::of(value, currency);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::overflow) throw;
            position.gap = ShareGap::overflow;
        }
    }

    const ResolvedCompany* company_;
    std::optional<PartialDate> as_of_;
    std::map<Class, LatestSharePrice> prices_;
    std::map<std::tuple<std::string, std::int64_t, Class>, Position> positions_;
};

}  // namespace detail

POSTMONEY_INLINE std::vector<Position> positions(const ResolvedCompany& company,
                                                 const std::optional<PartialDate>& as_of) {
    detail::check_seen_as_of(company, as_of);
    return detail::Positions(company, as_of).all();
}

POSTMONEY_INLINE void convert_values(std::vector<Position>& positions, const Currency& in, date::sys_days day,
                                     const ExchangeRates& rates) {
    for (Position& position : positions) {
        if (!position.value) continue;
        try {
            position.conversion = rates.conversion(*position.currency, in, day);
            const Ratio worth = *position.shares * *position.price * position.conversion->rate;
            position.converted = Money::of(worth.to_decimal(in.decimals(), Rounding::half_even), in);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::no_rate && error.code() != ErrorCode::overflow) throw;
            position.missing = error.message();
        }
    }
}

}  // namespace POSTMONEY_NAMESPACE
