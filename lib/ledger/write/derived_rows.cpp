#include "ledger/write/derived_rows.hpp"

#include <algorithm>
#include <iterator>

#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/round_valuation.hpp"
#include "postmoney/answer/total.hpp"

namespace postmoney::detail {

namespace {

// Builds a row in the order of the columns.
class RowBuilder {
  public:
    RowBuilder(const NumberedDossier& dossier, std::size_t columns) : dossier_(&dossier) {
        row_.reserve(columns);
    }

    void add(SqlValue value) { row_.push_back(std::move(value)); }
    void text(const Field<std::string>& field) { add(field ? SqlValue(field.value()) : SqlValue()); }
    void date(const std::optional<PartialDate>& date) {
        add(date ? SqlValue(date->to_string()) : SqlValue());
    }
    void date(const Field<PartialDate>& field) { date(field.get()); }
    template <Worded Enum>
    void word(const Field<Enum>& field) {
        add(field ? SqlValue(std::string(to_string(field.value()))) : SqlValue());
    }
    template <class T>
    void winner(const Field<T>& field) {
        add(field ? SqlValue(dossier_->entry_of(field.winner())) : SqlValue());
    }
    void money(const std::optional<Money>& money) { add(money ? SqlValue(money->minor()) : SqlValue()); }
    void currency(const std::optional<Currency>& currency) {
        add(currency ? SqlValue(std::string(currency->code())) : SqlValue());
    }

    [[nodiscard]] SqlRow take() { return std::move(row_); }

  private:
    const NumberedDossier* dossier_;
    SqlRow row_;
};

void add_raised(RowBuilder& row, const Field<Amount>& raised) {
    const Amount* amount = disclosed_amount(raised);
    row.add(raised ? SqlValue(raised.value().to_string()) : SqlValue());
    row.money(amount != nullptr ? std::optional(amount->known()) : std::nullopt);
    row.money(amount != nullptr ? std::optional(amount->lower()) : std::nullopt);
    row.money(amount != nullptr ? amount->upper() : std::nullopt);
    row.currency(amount != nullptr ? amount->currency() : std::nullopt);
    row.winner(raised);
}

void add_offered(RowBuilder& row, const Field<Amount>& offered) {
    const Amount* amount = disclosed_amount(offered);
    row.add(offered ? SqlValue(offered.value().to_string()) : SqlValue());
    row.money(amount != nullptr ? std::optional(amount->known()) : std::nullopt);
    row.currency(amount != nullptr ? amount->currency() : std::nullopt);
    row.winner(offered);
}

// A sum beyond 64 bits must not keep facts from being recorded: its columns are null, and asking for it
// fails.
[[nodiscard]] std::optional<RoundValuation> valuation_within_range(const ResolvedRound& round) {
    try {
        return valuation_of(round);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::overflow) throw;
        return std::nullopt;
    }
}

void add_valuations(RowBuilder& row, const ResolvedRound& round, const NumberedDossier& dossier) {
    const Amount* pre = disclosed_amount(round.pre_money);
    row.money(pre != nullptr ? std::optional(pre->known()) : std::nullopt);
    row.currency(pre != nullptr ? pre->currency() : std::nullopt);
    row.winner(round.pre_money);
    const auto valuation = valuation_within_range(round);
    row.money(valuation ? std::optional(valuation->value) : std::nullopt);
    row.currency(valuation ? std::optional(valuation->value.currency()) : std::nullopt);
    row.add(valuation ? SqlValue(std::string(to_string(valuation->origin))) : SqlValue());
    row.add(valuation ? SqlValue(dossier.entry_of(*valuation->claims.front())) : SqlValue());
}

SqlRow row_of(const ResolvedRound& round, std::int64_t number, const NumberedDossier& dossier) {
    RowBuilder row(dossier, round_columns.size());
    row.add(number);
    row.add(std::int64_t{counts_as_raised(round, InstrumentFilter()) ? 1 : 0});
    row.text(round.name);
    row.text(round.stage);
    const auto state = round.state();
    row.add(state ? SqlValue(std::string(to_string(*state))) : SqlValue());
    row.word(round.instrument);
    row.text(round.fund_type);
    row.date(round.date());
    row.date(round.announced);
    row.date(round.closed);
    row.date(round.first_sale);
    row.date(round.filed);
    add_raised(row, round.raised);
    add_offered(row, round.offered);
    row.add(round.investors ? SqlValue(round.investors.value()) : SqlValue());
    row.winner(round.investors);
    row.add(static_cast<std::int64_t>(round.participations.size()));
    add_valuations(row, round, dossier);
    return row.take();
}

// Of what the round raised, and of its closings by date: part 0, and 1 and up. No money: nothing is
// disclosed, or it cannot be told.
SqlRow inflow_row(const NumberedDossier& dossier, std::int64_t number, const ResolvedRound& round,
                  const ResolvedClosing* closing, const std::optional<Currency>& currency,
                  const std::optional<Money>& money) {
    const std::optional<PartialDate> date = closing != nullptr ? closing->on : round.date();
    RowBuilder row(dossier, inflow_columns.size());
    row.add(number);
    row.add(std::int64_t{closing != nullptr ? closing - round.closings.data() + 1 : 0});
    row.add(closing != nullptr && !closing->name.empty() ? SqlValue(closing->name) : SqlValue());
    row.date(date);
    row.date(date ? std::optional(PartialDate::day(date->last_day())) : std::nullopt);
    row.currency(currency);
    row.money(money);
    return row.take();
}

std::vector<SqlRow> inflow_rows(const NumberedDossier& dossier, std::int64_t number,
                                const ResolvedRound& round) {
    if (!counts_as_raised(round, InstrumentFilter())) return {};
    std::vector<SqlRow> rows;
    try {
        const Contribution brought = contribution(round, std::nullopt);
        for (const Inflow& sum : brought.inflows)
            rows.push_back(inflow_row(dossier, number, round, sum.closing, sum.known.currency(), sum.known));
        if (brought.undisclosed) rows.push_back(inflow_row(dossier, number, round, nullptr, {}, {}));
    } catch (const Error& error) {  // it cannot be told what of the raised is new money
        if (error.code() != ErrorCode::overflow && error.code() != ErrorCode::mixed_currencies) throw;
        rows = {inflow_row(dossier, number, round, nullptr, round.raised.value().currency(), {})};
    }
    return rows;
}

SqlRow row_of(const Total& total) {
    const auto minor = [](const std::optional<Money>& money) {
        return money ? money->minor() : std::int64_t{0};
    };
    return {total.currency ? std::string(total.currency->code()) : std::string(),
            minor(total.known),
            minor(total.lower),
            total.upper ? SqlValue(total.upper->minor()) : SqlValue(),
            total.rounds,
            total.undisclosed};
}

// The same of a total beyond 64 bits: its row has no figures.
std::vector<SqlRow> totals_of(const ResolvedCompany& company, const std::optional<PartialDate>& as_of) {
    std::vector<SqlRow> rows;
    try {
        for (const Total& total : total_raised(company, {.as_of = as_of})) rows.push_back(row_of(total));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::overflow && error.code() != ErrorCode::mixed_currencies) throw;
        rows = {{std::string(), SqlValue(), SqlValue(), SqlValue(),
                 static_cast<std::int64_t>(company.rounds.size()), std::int64_t{0}}};
    }
    return rows;
}

// The rows of company_total_by_day: each total as of a day, until the day that brings another one.
class TotalsByDay {
  public:
    // The totals as of a day later than those before.
    void add(const std::string& day, const std::vector<SqlRow>& totals) {
        std::vector<std::size_t> still;
        for (const std::size_t row : current_) {
            const auto same = [&](const SqlRow& total) { return shows(rows_[row], total); };
            if (std::any_of(totals.begin(), totals.end(), same)) {
                still.push_back(row);
            } else {
                rows_[row][2] = day;
            }
        }
        for (const SqlRow& total : totals) {
            const auto same = [&](std::size_t row) { return shows(rows_[row], total); };
            if (std::any_of(still.begin(), still.end(), same)) continue;
            SqlRow row{day, total.front(), std::string(end_of_days)};
            row.insert(row.end(), total.begin() + 1, total.end());
            still.push_back(rows_.size());
            rows_.push_back(std::move(row));
        }
        current_ = std::move(still);
    }

    [[nodiscard]] const std::vector<SqlRow>& rows() const noexcept { return rows_; }

  private:
    [[nodiscard]] static bool shows(const SqlRow& row, const SqlRow& total) {
        return row[1] == total[0] && std::equal(total.begin() + 1, total.end(), row.begin() + 3);
    }

    std::vector<SqlRow> rows_;
    std::vector<std::size_t> current_;  // the rows that have not ended
};

// `company` is the dossier resolved as of no day: where all claims hold from the start, it is the same as of
// any.
std::vector<SqlRow> totals_by_day(const Dossier& dossier, const ResolvedCompany& company) {
    const std::vector<TurningDay> turns = turning_days(dossier);
    const bool always =
        std::none_of(turns.begin(), turns.end(), [](const TurningDay& turn) { return turn.claims; });
    TotalsByDay totals;
    std::optional<ResolvedCompany> then;
    for (const TurningDay& turn : turns) {
        const PartialDate day = PartialDate::day(turn.day);
        if (!always && (!then || turn.claims)) then = resolve(dossier, {}, {.as_of = day, .known_at = {}});
        totals.add(day.to_string(), totals_of(then ? *then : company, day));
    }
    return totals.rows();
}

}  // namespace

DerivedRows derived_rows(const NumberedDossier& dossier, const RoundNumber& number_of) {
    const ResolvedCompany company = resolve(dossier.dossier);
    DerivedRows rows;
    for (const ResolvedRound& round : company.rounds) {
        const std::int64_t number = number_of(round.handle);
        rows.rounds.push_back(row_of(round, number, dossier));
        std::vector<SqlRow> inflows = inflow_rows(dossier, number, round);
        std::move(inflows.begin(), inflows.end(), std::back_inserter(rows.inflows));
    }
    rows.totals = totals_of(company, std::nullopt);
    rows.totals_by_day = totals_by_day(dossier.dossier, company);
    return rows;
}

}  // namespace postmoney::detail
