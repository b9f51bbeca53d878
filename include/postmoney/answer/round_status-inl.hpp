// The definitions of round_status.hpp that are neither constexpr nor hot.
#pragma once

#include "postmoney/answer/round_status.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {

// A round's claims that say that money came.
class MoneyCame {
  public:
    MoneyCame(const Resolved<RoundStatement>& round, const std::vector<ResolvedClosing>& closings) {
        for (const auto* dates : {&round.closed, &round.first_sale}) add_all(*dates);
        for (const ResolvedClosing& closing : closings) add_all(closing.amount);
        for (const auto& status : round.status.all()) {
            if (*status.value == RoundStatus::closed) any_.push_back(status.claim);
        }
        for (const auto& raised : round.raised.all()) {
            if (tells_of_money(raised)) raised_.push_back(raised.claim);
        }
    }

    // Whether a rumour or a cancelling yields.
    [[nodiscard]] bool outdoes(const Stated<RoundStatus>& status, const ResolutionPolicy& policy) const {
        const Claim& own = *status.claim;
        const auto comes_first = [&](const Claim* claim) {
            return claim != &own && policy.prefers(*claim, own);
        };
        if (std::any_of(any_.begin(), any_.end(), comes_first) ||
            std::any_of(raised_.begin(), raised_.end(), comes_first)) {
            return true;
        }
        return *status.value == RoundStatus::rumoured &&
               std::any_of(raised_.begin(), raised_.end(), [&](const Claim* claim) {
                   return claim != &own && policy.trusts_as_much(*claim, own);
               });
    }

  private:
    template <class T>
    void add_all(const Field<T>& field) {
        for (const auto& stated : field.all()) any_.push_back(stated.claim);
    }

    // A filing or the company says that money was raised, and not that it is a rumour.
    [[nodiscard]] static bool tells_of_money(const Stated<Amount>& raised) {
        const auto& source = raised.claim->source;
        if (!source || (source->type != SourceType::filing && source->type != SourceType::company))
            return false;
        return raised.value->disclosed() && raised.value->known().minor() > 0 &&
               raised.claim->as<RoundStatement>()->status != RoundStatus::rumoured;
    }

    std::vector<const Claim*> any_;
    std::vector<const Claim*> raised_;
};

}  // namespace detail

POSTMONEY_INLINE std::optional<Stated<RoundStatus>> holding_status(
    const Resolved<RoundStatement>& round, const std::vector<ResolvedClosing>& closings,
    const ResolutionPolicy& policy) {
    std::optional<detail::MoneyCame> money;
    for (const Stated<RoundStatus>& status : round.status.all()) {
        if (*status.value != RoundStatus::rumoured && *status.value != RoundStatus::cancelled) return status;
        if (!money) money.emplace(round, closings);
        if (!money->outdoes(status, policy)) return status;
    }
    return std::nullopt;
}

}  // namespace POSTMONEY_NAMESPACE
