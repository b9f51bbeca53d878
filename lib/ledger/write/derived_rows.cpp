#include "ledger/write/derived_rows.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "postmoney/answer/counted_inflow.hpp"
#include "postmoney/answer/detail/brought_answers.hpp"
#include "postmoney/answer/detail/left_out_sums.hpp"
#include "postmoney/answer/detail/maybe_one_round.hpp"
#include "postmoney/answer/detail/position_part.hpp"
#include "postmoney/answer/detail/total_sums.hpp"
#include "postmoney/answer/detail/totals_in_time.hpp"
#include "postmoney/answer/latest_valuation.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/position.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_figures.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/total.hpp"

namespace postmoney::detail {

namespace {

template <class T>
[[nodiscard]] std::optional<std::string> column_text(const Field<T>& field) {
    if (!field) return std::nullopt;
    if constexpr (std::is_same_v<T, std::string>) {
        return field.value();
    } else if constexpr (Worded<T>) {
        return std::string(to_string(field.value()));
    } else {
        return field.value().to_string();
    }
}

[[nodiscard]] std::optional<std::string> column_text(const std::optional<PartialDate>& date) {
    return date ? std::optional(date->to_string()) : std::nullopt;
}

[[nodiscard]] std::optional<std::string> last_day_of(const std::optional<PartialDate>& date) {
    return date ? std::optional(PartialDate::day(date->last_day()).to_string()) : std::nullopt;
}

[[nodiscard]] std::optional<std::string> column_code(const std::optional<Currency>& currency) {
    return currency ? std::optional(std::string(currency->code())) : std::nullopt;
}

[[nodiscard]] std::optional<std::int64_t> minor_of(const std::optional<Money>& money) {
    return money ? std::optional(money->minor()) : std::nullopt;
}

template <class T>
[[nodiscard]] std::optional<std::int64_t> winner_of(const NumberedDossier& dossier, const Field<T>& field) {
    return field ? std::optional(dossier.entry_of(field.winner())) : std::nullopt;
}

void add_raised(RoundRow& row, const NumberedDossier& dossier, const Field<Amount>& raised) {
    row.raised = column_text(raised);
    row.raised_entry = winner_of(dossier, raised);
    const Amount* amount = disclosed_amount(raised);
    if (amount == nullptr) return;
    row.raised_minor = amount->known().minor();
    row.raised_lower_minor = amount->lower().minor();
    row.raised_upper_minor = minor_of(amount->upper());
    row.raised_currency = column_code(amount->currency());
}

void add_offered(RoundRow& row, const NumberedDossier& dossier, const Field<Amount>& offered) {
    row.offered = column_text(offered);
    row.offered_entry = winner_of(dossier, offered);
    const Amount* amount = disclosed_amount(offered);
    if (amount == nullptr) return;
    row.offered_minor = amount->known().minor();
    row.offered_currency = column_code(amount->currency());
}

// What the parts come to that are in a currency, as far as they say; null without any, or beyond 64 bits.
template <class Parts>
[[nodiscard]] std::optional<std::int64_t> sum_in(const Parts& parts,
                                                 const std::optional<Currency>& currency) {
    std::optional<std::int64_t> sum;
    for (const auto& part : parts) {
        const Amount* amount = disclosed_amount(part.amount);
        if (amount == nullptr || amount->currency() != currency) continue;
        std::int64_t more = 0;
        if (__builtin_add_overflow(sum.value_or(0), amount->known().minor(), &more)) return std::nullopt;
        sum = more;
    }
    return sum;
}

void add_parts(RoundRow& row, const ResolvedRound& round) {
    const Amount* raised = disclosed_amount(round.raised);
    if (raised == nullptr) return;
    row.participations_minor = sum_in(round.participations, raised->currency());
    row.closings_minor = sum_in(round.closings, raised->currency());
}

void add_valuations(RoundRow& row, const NumberedDossier& dossier, const ResolvedRound& round) {
    row.pre_money_entry = winner_of(dossier, round.pre_money);
    const Amount* raised = disclosed_amount(round.raised);
    const Amount* pre = disclosed_amount(round.pre_money);
    if (pre != nullptr) {
        row.pre_money_minor = pre->known().minor();
        row.pre_money_currency = column_code(pre->currency());
    }
    std::int64_t sum = 0;
    const auto paid = new_money_for_shares(round);
    if (paid && pre != nullptr && pre->currency() == paid->currency() &&
        !__builtin_add_overflow(pre->known().minor(), paid->known().minor(), &sum)) {
        row.pre_plus_new_money_minor = sum;
    }
    const auto valuation = valuation_within_range(round);
    if (!valuation) return;
    if (valuation->origin == ValuationOrigin::post_money && raised != nullptr &&
        valuation->value.currency() == raised->currency()) {
        row.post_money_minor = valuation->value.number().minor();
    }
    row.valuation_minor = valuation->value.number().minor();
    if (valuation->value.qualifier() != Qualifier::exact) row.valuation_words = valuation->value.to_string();
    row.valuation_currency = column_code(valuation->value.currency());
    row.valuation_origin = std::string(to_string(valuation->origin));
    row.valuation_entry = dossier.entry_of(*valuation->claims.front());
}

[[nodiscard]] std::optional<std::string> four_decimals(const std::optional<Ratio>& ratio) {
    return ratio ? std::optional(ratio->to_decimal(4, Rounding::half_even).to_string()) : std::nullopt;
}

void add_step(RoundRow& row, const PriceStep& step, const RoundNumbers& numbers) {
    if (step.last == nullptr) return;
    row.last_round = numbers.first(step.last->handle);
    if (!step.last_post_money) return;
    row.last_minor = step.last_post_money->number().minor();
    row.last_currency = column_code(step.last_post_money->currency());
    row.growth = four_decimals(step.growth);
    row.step_up = four_decimals(step.step_up);
}

[[nodiscard]] RoundRow row_of(const ResolvedRound& round, const RoundInflows& brought, std::int64_t number,
                              const NumberedDossier& dossier) {
    const auto state = round.state();
    RoundRow row{.round = number,
                 .counts = counts_as_raised(brought, InstrumentFilter()) ? 1 : 0,
                 .name = column_text(round.name),
                 .stage = column_text(round.stage),
                 .status = state ? std::optional(std::string(to_string(*state))) : std::nullopt,
                 .status_entry = round.holding_status
                                     ? std::optional(dossier.entry_of(*round.holding_status->claim))
                                     : std::nullopt,
                 .instrument = column_text(round.instrument),
                 .instrument_entry = winner_of(dossier, round.instrument),
                 .fund_type = column_text(round.fund_type),
                 .date = column_text(round.date()),
                 .valid_from = last_day_of(round.date()),
                 .announced = column_text(round.announced),
                 .closed = column_text(round.closed),
                 .first_sale = column_text(round.first_sale),
                 .filed = column_text(round.filed),
                 .investors = round.investors.get(),
                 .investors_entry = winner_of(dossier, round.investors),
                 .named_investors = static_cast<std::int64_t>(round.participations.size())};
    add_raised(row, dossier, round.raised);
    add_offered(row, dossier, round.offered);
    add_parts(row, round);
    add_valuations(row, dossier, round);
    return row;
}

[[nodiscard]] ParticipationRow row_of(const ResolvedParticipation& participation, std::int64_t round,
                                      const NumberedDossier& dossier) {
    ParticipationRow row{.round = round,
                         .investor = participation.investor,
                         .amount = column_text(participation.amount),
                         .amount_entry = dossier.entry_of(participation.amount_claim()),
                         .lead_entry = winner_of(dossier, participation.lead)};
    if (const Amount* amount = disclosed_amount(participation.amount)) {
        row.amount_minor = amount->known().minor();
        row.amount_currency = column_code(amount->currency());
    }
    if (participation.lead) row.lead = participation.lead.value() ? 1 : 0;
    return row;
}

// Each number with its round, as amendments and file numbers join handles.
[[nodiscard]] std::vector<OwnRoundRow> own_rounds(const RoundLinks& links, const RoundNumbers& numbers) {
    std::vector<OwnRoundRow> rows;
    for (const auto& [handle, all] : numbers.of_handle) {
        const std::int64_t own = numbers.first(links.name(handle));
        for (const std::int64_t number : all) rows.push_back({.round = number, .own_round = own});
    }
    return rows;
}

// What one round brings, sum by sum. Without money nothing is disclosed; or it cannot be told, for want of a
// rate, what is new money of a round with conversions in another currency.
[[nodiscard]] std::vector<InflowRow> inflow_rows(std::int64_t number, const RoundInflows& brought) {
    std::vector<InflowRow> rows;
    for (const CountedInflow& sum : counted_inflows(brought)) {
        InflowRow& row = rows.emplace_back(InflowRow{.round = number,
                                                     .part = static_cast<std::int64_t>(rows.size()),
                                                     .date = column_text(sum.date),
                                                     .valid_from = last_day_of(sum.date)});
        if (!sum.closing.empty()) row.closing = sum.closing;
        if (sum.instrument) row.instrument = std::string(to_string(*sum.instrument));
        if (sum.currency) row.currency = column_code(*sum.currency);
        if (sum.known) row.minor = sum.known->minor();
    }
    return rows;
}

[[nodiscard]] TotalRow row_of(const Total& total) {
    const auto minor = [](const std::optional<Money>& money) { return minor_of(money).value_or(0); };
    return {.currency = column_code(total.currency).value_or(""),
            .figures = {.known_minor = minor(total.known),
                        .lower_minor = minor(total.lower),
                        .upper_minor = minor_of(total.upper),
                        .rounds = total.rounds,
                        .undisclosed = total.undisclosed,
                        .rounds_untold = total.untold}};
}

// A total beyond 64 bits has a row without figures.
[[nodiscard]] std::vector<TotalRow> totals_of(const TotalSums<Int128>& sums) {
    std::vector<TotalRow> rows;
    for (const auto& [currency, sum] : sums.by_currency) {
        if (const auto money = in_money(sum, currency)) {
            rows.push_back(row_of(total_of(*money, sums)));
            continue;
        }
        const std::int64_t rounds = sums.undisclosed + sum.any;
        rows.push_back(
            {.currency = std::string(currency.code()),
             .figures = {.rounds = rounds, .undisclosed = sums.undisclosed, .rounds_untold = rounds}});
    }
    if (rows.empty() && sums.bringing != 0)
        rows.push_back(row_of(Total{{}, {}, {}, {}, sums.undisclosed, sums.undisclosed, 0}));
    return rows;
}

[[nodiscard]] std::vector<TotalRow> totals_of(const CompanyInflows& inflows) {
    TotalSums<Int128> sums;
    for (const RoundInflows& round : inflows.rounds) sums.add(round);
    return totals_of(sums);
}

// The rows of company_total_by_day: each total as of a day, until the day that brings another one.
class TotalsByDay {
  public:
    // The totals as of a day later than those before.
    void add(const std::string& day, const std::vector<TotalRow>& totals) {
        std::vector<std::size_t> unchanged;
        for (const std::size_t row : current_) {
            const auto same = [&](const TotalRow& total) { return shows(rows_[row], total); };
            if (std::any_of(totals.begin(), totals.end(), same)) {
                unchanged.push_back(row);
            } else {
                rows_[row].valid_to = day;
            }
        }
        for (const TotalRow& total : totals) {
            const auto same = [&](std::size_t row) { return shows(rows_[row], total); };
            if (std::any_of(unchanged.begin(), unchanged.end(), same)) continue;
            unchanged.push_back(rows_.size());
            rows_.push_back({.valid_from = day,
                             .currency = total.currency,
                             .valid_to = std::string(end_of_days),
                             .figures = total.figures});
        }
        current_ = std::move(unchanged);
    }

    [[nodiscard]] const std::vector<TotalByDayRow>& rows() const noexcept { return rows_; }

  private:
    [[nodiscard]] static bool shows(const TotalByDayRow& row, const TotalRow& total) {
        return row.currency == total.currency && row.figures == total.figures;
    }

    std::vector<TotalByDayRow> rows_;
    std::vector<std::size_t> current_;  // the rows that have not ended
};

[[nodiscard]] std::vector<TotalByDayRow> totals_by_day(const Dossier& dossier, const RoundLinks& links) {
    TotalsInTime in_time(dossier, links, {}, {});
    TotalsByDay totals;
    while (const auto day = in_time.next_day())
        totals.add(PartialDate::day(*day).to_string(), totals_of(in_time.on(*day)));
    return totals.rows();
}

[[nodiscard]] std::vector<LeftOutRow> left_out_rows(const ResolvedCompany& company,
                                                    const BroughtByRounds& brought) {
    std::vector<LeftOutRow> rows;
    const TotalOptions options;
    const LeftOutSums all(company, brought, options);
    for (const auto& [key, sum] : all.sums()) {
        LeftOutRow& row = rows.emplace_back(
            LeftOutRow{.reason = std::string(to_string(key.reason)),
                       .instrument = key.instrument ? std::string(to_string(*key.instrument)) : "",
                       .currency = column_code(key.currency).value_or(""),
                       .rounds = static_cast<std::int64_t>(sum.rounds.size())});
        if (key.currency) row.minor = minor_of(money_within_range(sum.minor, *key.currency));
    }
    return rows;
}

[[nodiscard]] std::vector<LatestValuationRow> latest_valuations(const ResolvedCompany& company,
                                                                const NumberedDossier& dossier) {
    std::vector<LatestValuationRow> rows;
    for (const ValuationSeries series :
         {ValuationSeries::valuation, ValuationSeries::mark, ValuationSeries::irc_409a}) {
        if (const auto latest = latest_valuation(company, series))
            rows.push_back(
                {.series = std::string(to_string(series)), .entry = dossier.entry_of(latest->claim())});
    }
    return rows;
}

[[nodiscard]] std::optional<std::string> column_text(const std::optional<Ratio>& number) {
    return number ? std::optional(share_text(*number)) : std::nullopt;
}

[[nodiscard]] PositionRow row_of(const Position& position, const RoundNumbers& numbers) {
    PositionRow row{.investor = position.investor,
                    .security_class = position.security_class.value_or(""),
                    .rounds = position.rounds,
                    .untold = position.untold,
                    .shares = column_text(position.shares),
                    .price = column_text(position.price),
                    .currency = column_code(position.currency),
                    .value_minor = minor_of(position.value)};
    if (!position.splits.empty()) row.splits = position.splits;
    if (!position.price_round.empty()) row.price_round = numbers.first(position.price_round);
    if (position.gap) row.gap = std::string(to_string(*position.gap));
    return row;
}

[[nodiscard]] bool says_nothing(const Position& position) {
    return !position.security_class && !position.shares && position.splits.empty() && !position.price &&
           position.price_round.empty() && position.gap == ShareGap::undisclosed_shares;
}

// The positions in a company: those that have rows, and who holds one of which nothing is known.
struct HeldPositions {
    HeldPositions(const ResolvedCompany& company, const RoundNumbers& numbers) {
        for (const Position& position : positions(company)) {
            if (says_nothing(position)) {
                untold.insert(position.investor);
            } else {
                rows.push_back(row_of(position, numbers));
            }
        }
    }
    // Whether the participation is all that tells of a position without a row.
    [[nodiscard]] bool is_untold(const ResolvedRound& round,
                                 const ResolvedParticipation& participation) const {
        return untold.contains(participation.investor) && !round.security_class.get() &&
               is_part_of_position(round, participation, std::nullopt);
    }

    std::vector<PositionRow> rows = {};
    std::set<std::int64_t> untold = {};  // by number of the investor
};

}  // namespace

std::int64_t RoundNumbers::first(std::string_view handle) const {
    const auto at = of_handle.find(handle);
    if (at != of_handle.end()) return *at->second.begin();
    throw Error(ErrorCode::damaged, "the round " + std::string(handle) + " has no number");
}

DerivedRows derived_rows(const NumberedDossier& dossier, const RoundNumbers& numbers,
                         bool counts_maybe_one_rounds) {
    const RoundLinks links(dossier.dossier);
    const ResolvedCompany company = detail::resolve(dossier.dossier, links, {}, {});
    const std::vector<PriceStep> steps = price_steps(company);
    const BroughtByRounds brought(company, std::nullopt);
    const CompanyInflows inflows(brought, {});
    HeldPositions held(company, numbers);
    DerivedRows rows;
    for (const ResolvedRound& round : company.rounds) {
        const std::int64_t number = numbers.first(round.handle);
        rows.rounds.push_back(row_of(round, brought.before[rows.rounds.size()], number, dossier));
        add_step(rows.rounds.back(), steps[rows.rounds.size() - 1], numbers);
        for (const ResolvedParticipation& participation : round.participations) {
            rows.participations.push_back(row_of(participation, number, dossier));
            rows.participations.back().untold_position = held.is_untold(round, participation) ? 1 : 0;
        }
    }
    for (const RoundInflows& round : inflows.rounds) {
        std::vector<InflowRow> of_round = inflow_rows(numbers.first(round.round->handle), round);
        std::move(of_round.begin(), of_round.end(), std::back_inserter(rows.inflows));
    }
    rows.own_rounds = own_rounds(links, numbers);
    rows.totals = totals_of(inflows);
    rows.totals_by_day = totals_by_day(dossier.dossier, links);
    rows.left_out = left_out_rows(company, brought);
    rows.latest_valuations = latest_valuations(company, dossier);
    rows.positions = std::move(held.rows);
    if (counts_maybe_one_rounds)
        rows.maybe_one_rounds = static_cast<std::int64_t>(rounds_that_may_be_one(company).size());
    return rows;
}

}  // namespace postmoney::detail
