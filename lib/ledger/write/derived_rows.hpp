// What the pure functions come to on a company, as rows of the derived tables; see HistoryTable for what a
// row tells.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/read/dossier_reader.hpp"

namespace postmoney::detail {

// A round as resolved.
struct RoundRow {
    std::int64_t round = 0;
    std::int64_t counts = 0;
    std::optional<std::string> name = {};
    std::optional<std::string> stage = {};
    std::optional<std::string> status = {};
    std::optional<std::int64_t> status_entry = {};
    std::optional<std::string> instrument = {};
    std::optional<std::int64_t> instrument_entry = {};
    std::optional<std::string> fund_type = {};
    std::optional<std::string> date = {};
    std::optional<std::string> valid_from = {};  // the last day of `date`
    std::optional<std::string> announced = {};
    std::optional<std::string> closed = {};
    std::optional<std::string> first_sale = {};
    std::optional<std::string> filed = {};
    std::optional<std::string> raised = {};
    std::optional<std::int64_t> raised_minor = {};
    std::optional<std::int64_t> raised_lower_minor = {};
    std::optional<std::int64_t> raised_upper_minor = {};
    std::optional<std::string> raised_currency = {};
    std::optional<std::int64_t> raised_entry = {};
    std::optional<std::string> offered = {};
    std::optional<std::int64_t> offered_minor = {};
    std::optional<std::string> offered_currency = {};
    std::optional<std::int64_t> offered_entry = {};
    std::optional<std::int64_t> investors = {};
    std::optional<std::int64_t> investors_entry = {};
    std::int64_t named_investors = 0;
    // What its parts come to, of those in the currency of `raised`.
    std::optional<std::int64_t> participations_minor = {};
    std::optional<std::int64_t> closings_minor = {};
    std::optional<std::int64_t> pre_money_minor = {};
    std::optional<std::string> pre_money_currency = {};
    std::optional<std::int64_t> pre_money_entry = {};
    std::optional<std::int64_t> valuation_minor = {};
    std::optional<std::string> valuation_words = {};  // where it is no exact number
    std::optional<std::string> valuation_currency = {};
    std::optional<std::string> valuation_origin = {};
    std::optional<std::int64_t> valuation_entry = {};
    // Pre-money and new money in one currency, added, where new shares pay for the round; and the post-money
    // stated in it.
    std::optional<std::int64_t> pre_plus_new_money_minor = {};
    std::optional<std::int64_t> post_money_minor = {};
    // The last priced round before it, that price, and what became of it to four decimals.
    std::optional<std::int64_t> last_round = {};
    std::optional<std::int64_t> last_minor = {};
    std::optional<std::string> last_currency = {};
    std::optional<std::string> growth = {};
    std::optional<std::string> step_up = {};

    static constexpr std::string_view table = "resolved_round";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 1;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("round", self.round...);
        visit("counts", self.counts...);
        visit("name", self.name...);
        visit("stage", self.stage...);
        visit("status", self.status...);
        visit("status_entry", self.status_entry...);
        visit("instrument", self.instrument...);
        visit("instrument_entry", self.instrument_entry...);
        visit("fund_type", self.fund_type...);
        visit("date", self.date...);
        visit("valid_from", self.valid_from...);
        visit("announced", self.announced...);
        visit("closed", self.closed...);
        visit("first_sale", self.first_sale...);
        visit("filed", self.filed...);
        visit("raised", self.raised...);
        visit("raised_minor", self.raised_minor...);
        visit("raised_lower_minor", self.raised_lower_minor...);
        visit("raised_upper_minor", self.raised_upper_minor...);
        visit("raised_currency", self.raised_currency...);
        visit("raised_entry", self.raised_entry...);
        visit("offered", self.offered...);
        visit("offered_minor", self.offered_minor...);
        visit("offered_currency", self.offered_currency...);
        visit("offered_entry", self.offered_entry...);
        visit("investors", self.investors...);
        visit("investors_entry", self.investors_entry...);
        visit("named_investors", self.named_investors...);
        visit("participations_minor", self.participations_minor...);
        visit("closings_minor", self.closings_minor...);
        visit("pre_money_minor", self.pre_money_minor...);
        visit("pre_money_currency", self.pre_money_currency...);
        visit("pre_money_entry", self.pre_money_entry...);
        visit("valuation_minor", self.valuation_minor...);
        visit("valuation_words", self.valuation_words...);
        visit("valuation_currency", self.valuation_currency...);
        visit("valuation_origin", self.valuation_origin...);
        visit("valuation_entry", self.valuation_entry...);
        visit("pre_plus_new_money_minor", self.pre_plus_new_money_minor...);
        visit("post_money_minor", self.post_money_minor...);
        visit("last_round", self.last_round...);
        visit("last_minor", self.last_minor...);
        visit("last_currency", self.last_currency...);
        visit("growth", self.growth...);
        visit("step_up", self.step_up...);
    }
    friend bool operator==(const RoundRow&, const RoundRow&) = default;
};

// What an investor put into a round: the amount and whether it led, each by the best claim that tells it.
struct ParticipationRow {
    std::int64_t round = 0;
    std::int64_t investor = 0;
    std::optional<std::string> amount = {};
    std::optional<std::int64_t> amount_minor = {};
    std::optional<std::string> amount_currency = {};
    std::int64_t amount_entry = 0;  // of the best claim where none tells an amount
    std::optional<std::int64_t> lead = {};
    std::optional<std::int64_t> lead_entry = {};
    std::int64_t untold_position = 0;  // 1: its shares are part of a position that has no PositionRow

    static constexpr std::string_view table = "resolved_participation";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 2;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("round", self.round...);
        visit("investor", self.investor...);
        visit("amount", self.amount...);
        visit("amount_minor", self.amount_minor...);
        visit("amount_currency", self.amount_currency...);
        visit("amount_entry", self.amount_entry...);
        visit("lead", self.lead...);
        visit("lead_entry", self.lead_entry...);
        visit("untold_position", self.untold_position...);
    }
    friend bool operator==(const ParticipationRow&, const ParticipationRow&) = default;
};

// The round that a number of a round is of: its own, unless its handle is one of another round's.
struct OwnRoundRow {
    std::int64_t round = 0;
    std::int64_t own_round = 0;

    static constexpr std::string_view table = "own_round";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 1;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("round", self.round...);
        visit("own_round", self.own_round...);
    }
    friend bool operator==(const OwnRoundRow&, const OwnRoundRow&) = default;
};

// One sum that totals add up, by round: a tranche, or what the round brings beyond its tranches. Without
// `minor` it is undisclosed, or it cannot be told.
struct InflowRow {
    std::int64_t round = 0;
    std::int64_t part = 0;
    std::optional<std::string> closing = {};
    std::optional<std::string> date = {};
    std::optional<std::string> valid_from = {};
    std::optional<std::string> instrument = {};
    std::optional<std::string> currency = {};
    std::optional<std::int64_t> minor = {};

    static constexpr std::string_view table = "inflow";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 2;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("round", self.round...);
        visit("part", self.part...);
        visit("closing", self.closing...);
        visit("date", self.date...);
        visit("valid_from", self.valid_from...);
        visit("instrument", self.instrument...);
        visit("currency", self.currency...);
        visit("minor", self.minor...);
    }
    friend bool operator==(const InflowRow&, const InflowRow&) = default;
};

// The figures of a total. The currency is empty where nothing is disclosed; the amounts are null where the
// total cannot be told.
struct TotalFigures {
    std::optional<std::int64_t> known_minor = {};
    std::optional<std::int64_t> lower_minor = {};
    std::optional<std::int64_t> upper_minor = {};
    std::int64_t rounds = 0;
    std::int64_t undisclosed = 0;
    std::int64_t rounds_untold = 0;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("known_minor", self.known_minor...);
        visit("lower_minor", self.lower_minor...);
        visit("upper_minor", self.upper_minor...);
        visit("rounds", self.rounds...);
        visit("undisclosed", self.undisclosed...);
        visit("rounds_untold", self.rounds_untold...);
    }
    friend bool operator==(const TotalFigures&, const TotalFigures&) = default;
};

// What the company raised in a currency.
struct TotalRow {
    std::string currency = {};
    TotalFigures figures = {};

    static constexpr std::string_view table = "company_total";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 1;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("currency", self.currency...);
        TotalFigures::columns(visit, self.figures...);
    }
    friend bool operator==(const TotalRow&, const TotalRow&) = default;
};

// The same as of the days from `valid_from` until before `valid_to`.
struct TotalByDayRow {
    std::string valid_from = {};
    std::string currency = {};
    std::string valid_to = {};
    TotalFigures figures = {};

    static constexpr std::string_view table = "company_total_by_day";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 2;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("valid_from", self.valid_from...);
        visit("currency", self.currency...);
        visit("valid_to", self.valid_to...);
        TotalFigures::columns(visit, self.figures...);
    }
    friend bool operator==(const TotalByDayRow&, const TotalByDayRow&) = default;
};

// What of the money on record the totals leave out. The instrument is empty where the rounds do not say, the
// currency where no amount is known; `minor` is null there, and beyond 64 bits.
struct LeftOutRow {
    std::string reason = {};
    std::string instrument = {};
    std::string currency = {};
    std::int64_t rounds = 0;
    std::optional<std::int64_t> minor = {};

    static constexpr std::string_view table = "company_left_out";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 3;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("reason", self.reason...);
        visit("instrument", self.instrument...);
        visit("currency", self.currency...);
        visit("rounds", self.rounds...);
        visit("minor", self.minor...);
    }
    friend bool operator==(const LeftOutRow&, const LeftOutRow&) = default;
};

// What the company was last said to be worth: the valuation that is the latest of its series.
struct LatestValuationRow {
    std::string series = {};
    std::int64_t entry = 0;

    static constexpr std::string_view table = "latest_valuation";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 1;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("series", self.series...);
        visit("entry", self.entry...);
    }
    friend bool operator==(const LatestValuationRow&, const LatestValuationRow&) = default;
};

// The shares that an investor holds of a class; the class is empty where the rounds do not say. Shares and
// price are exact text, which is no decimal number where ten decimals do not hold it. A position of which
// neither a class nor shares nor a priced round are known has no row: most ledgers know no shares, and would
// grow by a tenth.
struct PositionRow {
    std::int64_t investor = 0;
    std::string security_class = {};
    std::int64_t rounds = 0;
    std::int64_t untold = 0;
    std::optional<std::string> shares = {};
    std::optional<std::string> splits = {};
    std::optional<std::string> price = {};
    std::optional<std::string> currency = {};
    std::optional<std::int64_t> price_round = {};
    std::optional<std::int64_t> value_minor = {};
    std::optional<std::string> gap = {};

    static constexpr std::string_view table = "resolved_position";
    static constexpr std::string_view owner = "company";
    static constexpr std::size_t keys = 2;

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("investor", self.investor...);
        visit("security_class", self.security_class...);
        visit("rounds", self.rounds...);
        visit("untold", self.untold...);
        visit("shares", self.shares...);
        visit("splits", self.splits...);
        visit("price", self.price...);
        visit("currency", self.currency...);
        visit("price_round", self.price_round...);
        visit("value_minor", self.value_minor...);
        visit("gap", self.gap...);
    }
    friend bool operator==(const PositionRow&, const PositionRow&) = default;
};

struct DerivedRows {
    std::vector<RoundRow> rounds = {};
    std::vector<ParticipationRow> participations = {};
    std::vector<OwnRoundRow> own_rounds = {};
    std::vector<InflowRow> inflows = {};
    std::vector<TotalRow> totals = {};
    std::vector<TotalByDayRow> totals_by_day = {};
    std::vector<LeftOutRow> left_out = {};
    std::vector<LatestValuationRow> latest_valuations = {};
    std::vector<PositionRow> positions = {};
    // No row: the pairs of rounds that may be one.
    std::int64_t maybe_one_rounds = 0;
};

// The numbers that the handles of a company's rounds have in the file. A handle has several where parties
// that each used it turned out to be one.
struct RoundNumbers {
    std::map<std::string, std::set<std::int64_t>, std::less<>> of_handle;

    // The lowest number of the handle, by which its round goes. Throws damaged when it has none.
    [[nodiscard]] std::int64_t first(std::string_view handle) const;
};

// The rows of a company under the default policy and instruments.
[[nodiscard]] DerivedRows derived_rows(const NumberedDossier& dossier, const RoundNumbers& numbers,
                                       bool counts_maybe_one_rounds);

}  // namespace postmoney::detail
