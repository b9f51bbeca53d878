// The findings of competing-claims: each losing claim on a fact with the one that is used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "postmoney/answer/detail/comparing.hpp"
#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/fact/fx_rate.hpp"
#include "postmoney/fact/market_total.hpp"
#include "postmoney/fact/metric.hpp"
#include "postmoney/fact/valuation.hpp"
#include "postmoney/value/amount.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE::detail {

// Appends to a list what the claims on a fact say beside its winner.
class CompetingClaims {
  public:
    // The company's name is empty for facts that are of none.
    CompetingClaims(std::string company, std::vector<Finding>& findings)
        : company_(std::move(company)), findings_(&findings) {}

    // Amounts, counts, dates, and whether an investor led can agree or not; words cannot.
    template <class T>
    void compare(std::string_view, std::string_view, const Field<T>&) {}
    void compare(std::string_view round, std::string_view name, const Field<Amount>& field) {
        amounts(round, name, field, [](const Amount& amount) -> const Amount& { return amount; });
    }
    void compare(std::string_view round, std::string_view name, const Field<Valuation>& field) {
        amounts(round, name, field, [](const Valuation& stated) -> const Amount& { return stated.amount; });
    }
    void compare(std::string_view round, std::string_view name, const Field<MarketTotal>& field) {
        amounts(round, name, field, [](const MarketTotal& stated) -> const Amount& { return stated.amount; });
    }
    void compare(std::string_view round, std::string_view name, const Field<std::int64_t>& field) {
        for (const auto& stated : field.losing()) {
            const std::int64_t winner = field.value();
            Finding& finding = claim(round, name, std::to_string(*stated.value), std::to_string(winner),
                                     *stated.claim, field.winner(), *stated.value == winner);
            finding.difference = (Decimal(winner) - Decimal(*stated.value)).to_string();
        }
    }
    void compare(std::string_view round, std::string_view name, const Field<ShareCount>& field) {
        for (const auto& stated : field.losing()) {
            const ShareCount& winner = field.value();
            Finding& finding = claim(round, name, stated.value->to_string(), winner.to_string(),
                                     *stated.claim, field.winner(), *stated.value == winner);
            finding.difference = (winner.number() - stated.value->number()).to_string();
        }
    }
    void compare(std::string_view round, std::string_view name, const Field<PricePerShare>& field) {
        for (const auto& stated : field.losing()) {
            const PricePerShare& winner = field.value();
            const bool comparable = stated.value->currency() == winner.currency();
            const bool agree =
                comparable && agrees(exactly(stated.value->number()), exactly(winner.number()));
            Finding& finding = claim(round, name, stated.value->to_string(), winner.to_string(),
                                     *stated.claim, field.winner(), agree);
            if (comparable) {
                finding.difference = (winner.number() - stated.value->number()).to_string();
            } else {
                not_compared(finding, "currencies");
            }
        }
    }
    void compare(std::string_view round, std::string_view name, const Field<FxRate>& field) {
        for (const auto& stated : field.losing()) {
            const Decimal& lost = stated.value->rate;
            const Decimal& won = field.value().rate;
            claim(round, name, lost.to_string(), won.to_string(), *stated.claim, field.winner(),
                  agrees(exactly(lost), exactly(won)))
                .difference = (won - lost).to_string();
        }
    }
    void compare(std::string_view round, std::string_view name, const Field<PartialDate>& field) {
        for (const auto& stated : field.losing()) {
            claim(round, name, stated.value->to_string(), field.value().to_string(), *stated.claim,
                  field.winner(), agrees(*stated.value, field.value()));
        }
    }

    void compare(std::string_view round, std::string_view name, const Field<bool>& field) {
        const auto text = [](bool led) { return led ? "yes" : "no"; };
        for (const auto& stated : field.losing()) {
            claim(round, name, text(*stated.value), text(field.value()), *stated.claim, field.winner(),
                  *stated.value == field.value());
        }
    }

    // A metric's value is a sum of money, or a number of what its unit says.
    void compare(std::string_view round, std::string_view name, const Field<Metric>& field) {
        const Metric& won = field.value();
        const auto* won_amount = std::get_if<Amount>(&won.value);
        for (const auto& stated : field.losing()) {
            const Metric& lost = *stated.value;
            const auto* lost_amount = std::get_if<Amount>(&lost.value);
            const auto add = [&](bool agree) -> Finding& {
                return claim(round, name, to_string(lost.value), to_string(won.value), *stated.claim,
                             field.winner(), agree);
            };
            const Quantity& a = quantity_of(lost.value);
            const Quantity& b = quantity_of(won.value);
            if (!a.disclosed() || !b.disclosed()) {
                add(true);
            } else if (won_amount != nullptr && lost_amount != nullptr) {
                compare_amounts(add, *lost_amount, *won_amount);
            } else if (won_amount != nullptr || lost_amount != nullptr || differ(won.unit, lost.unit)) {
                not_compared(add(false), "units");
            } else {
                add(agrees(a, b)).difference = (b.number().value() - a.number().value()).to_string();
            }
        }
    }

    Finding& claim(std::string_view round, std::string_view field, const std::string& lost,
                   const std::string& won, const Claim& loser, const Claim& winner, bool agree) {
        findings_->push_back({FindingCode::competing_claims,
                              agree ? Severity::ok : Severity::warning,
                              company_,
                              std::string(round),
                              std::string(field),
                              lost,
                              won,
                              {},
                              {},
                              {}});
        Finding& finding = findings_->back();
        finding.message = source_name(loser) + " says " + lost + "; " + source_name(winner) + " says " + won +
                          (agree ? " and agrees" : " and is used");
        finding.entries = {loser.id, winner.id};
        return finding;
    }

  private:
    [[nodiscard]] static Quantity exactly(const Decimal& number) {
        return Quantity::exact({number, Magnitude::one});
    }

    // Who leaves out the unit means the one that others give.
    static bool differ(const std::optional<std::string>& a, const std::optional<std::string>& b) {
        return a && b && *a != *b;
    }

    template <class T, class ToAmount>
    void amounts(std::string_view round, std::string_view name, const Field<T>& field, ToAmount amount_of) {
        for (const auto& stated : field.losing()) {
            const Amount& lost = amount_of(*stated.value);
            const Amount& won = amount_of(field.value());
            const auto add = [&](bool agree) -> Finding& {
                return claim(round, name, lost.to_string(), won.to_string(), *stated.claim, field.winner(),
                             agree);
            };
            compare_amounts(add, lost, won);
        }
    }

    // `add(agree)` gives the finding that says so.
    template <class Add>
    static void compare_amounts(const Add& add, const Amount& lost, const Amount& won) {
        const Agreement outcome = agreement(lost, won);
        Finding& finding = add(outcome == Agreement::agree);
        if (outcome == Agreement::not_comparable) {
            not_compared(finding, "currencies");
        } else if (lost.disclosed() && won.disclosed()) {
            finding.difference = brief_difference(won.number(), lost);
        }
    }

    static void not_compared(Finding& finding, std::string_view what) {
        finding.severity = Severity::info;
        finding.message += "; different " + std::string(what) + " are not compared";
    }

    std::string company_;
    std::vector<Finding>* findings_;
};

}  // namespace POSTMONEY_NAMESPACE::detail
