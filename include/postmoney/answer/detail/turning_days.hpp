// TurningDays: collects the days as of which a total may change.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "postmoney/answer/detail/gatherer.hpp"
#include "postmoney/answer/early_filing.hpp"
#include "postmoney/answer/turning_day.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Collects the days as of which a total may change.
class TurningDays {
  public:
    void add(const Claim& claim) {
        if (const auto* closing = claim.as<Closing>()) {
            days_.push_back({closing->on.first_day(), true});  // from then on it may state the round
            days_.push_back({closing->on.last_day()});
        }
        const auto* round = claim.as<RoundStatement>();
        if (round == nullptr) return;
        for (const auto* date : {&round->announced, &round->closed, &round->first_sale, &round->filed})
            begins_and_ends(*date);
        // A round without a date may have come on any day.
        const bool dated = round->announced || round->closed || round->first_sale || round->filed;
        if (!dated) days_.push_back({PartialDate::year(1).first_day()});
        begins_to_hold(claim);
        if (round->raised && source_type(claim) == SourceType::filing) {
            begins_and_ends(filing_day(claim));
            early_ = early_ || leaves_unsold(*round);
        } else if (round->raised) {
            words_.push_back(&claim);
        }
        if (round->status == RoundStatus::cancelled) {
            cancelled_ = true;
            begins_and_ends(cancelling_day(claim));
        }
    }

    // By day, none twice.
    [[nodiscard]] std::vector<TurningDay> sorted() && {
        // Of several notices under one file number the later ones amend.
        if (several_notices_) days_.insert(days_.end(), numbered_.begin(), numbered_.end());
        // A final word takes the place of an early filing, so that the round resolves to something else.
        for (const Claim* word : early_ ? words_ : std::vector<const Claim*>()) {
            const auto& line = *word->as<RoundStatement>();
            for (const auto& date : {line.on, line.closed, published_of(*word)}) {
                begins_and_ends(date);
                if (date) days_.push_back({date->last_day(), true});
            }
        }
        // What had come when a round was cancelled is resolved for each day before.
        for (TurningDay& day : days_) day.claims = day.claims || cancelled_;
        std::sort(days_.begin(), days_.end(), [](const TurningDay& a, const TurningDay& b) {
            return std::tuple(a.day, !a.claims) < std::tuple(b.day, !b.claims);
        });
        const auto same_day = [](const TurningDay& a, const TurningDay& b) { return a.day == b.day; };
        days_.erase(std::unique(days_.begin(), days_.end(), same_day), days_.end());
        return std::move(days_);
    }

  private:
    void begins_to_hold(const Claim& claim) {
        const auto& line = *claim.as<RoundStatement>();
        const auto begins = line.on ? std::optional(line.on->last_day()) : notice_day(claim);
        if (begins && (line.on || line.amends)) days_.push_back({*begins, true});
        const std::string* number = filing_number(claim);
        if (number == nullptr) return;
        const auto [first, is_new] = handle_under_.emplace(*number, line.round);
        several_notices_ = several_notices_ || (!is_new && first->second != line.round);
        if (begins && !line.on && !line.amends) numbered_.push_back({*begins, true});
    }

    void begins_and_ends(const std::optional<PartialDate>& date) {
        if (!date) return;
        days_.push_back({date->first_day()});
        days_.push_back({date->last_day()});
    }

    std::vector<TurningDay> days_;
    std::vector<TurningDay> numbered_;
    std::map<std::string, std::string> handle_under_;  // by file number that of its first notice
    bool several_notices_ = false;
    std::vector<const Claim*> words_;
    bool early_ = false;
    bool cancelled_ = false;
};

}  // namespace POSTMONEY_NAMESPACE::detail
