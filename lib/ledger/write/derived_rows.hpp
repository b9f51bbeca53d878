// What the pure functions come to on a company, as rows of the derived tables; see HistoryTable for what a
// row tells.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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
    std::optional<std::string> instrument = {};
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
    std::optional<std::int64_t> pre_money_minor = {};
    std::optional<std::string> pre_money_currency = {};
    std::optional<std::int64_t> pre_money_entry = {};
    std::optional<std::int64_t> valuation_minor = {};
    std::optional<std::string> valuation_currency = {};
    std::optional<std::string> valuation_origin = {};
    std::optional<std::int64_t> valuation_entry = {};

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
        visit("instrument", self.instrument...);
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
        visit("pre_money_minor", self.pre_money_minor...);
        visit("pre_money_currency", self.pre_money_currency...);
        visit("pre_money_entry", self.pre_money_entry...);
        visit("valuation_minor", self.valuation_minor...);
        visit("valuation_currency", self.valuation_currency...);
        visit("valuation_origin", self.valuation_origin...);
        visit("valuation_entry", self.valuation_entry...);
    }
    friend bool operator==(const RoundRow&, const RoundRow&) = default;
};

// One sum that totals add up: what a round raised (part 0), or one of its closings by date (1 and up).
// Without `minor` it is undisclosed, or it cannot be told.
struct InflowRow {
    std::int64_t round = 0;
    std::int64_t part = 0;
    std::optional<std::string> closing = {};
    std::optional<std::string> date = {};
    std::optional<std::string> valid_from = {};
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

    template <class Visit, class... Self>
    static void columns(Visit&& visit, Self&... self) {
        visit("known_minor", self.known_minor...);
        visit("lower_minor", self.lower_minor...);
        visit("upper_minor", self.upper_minor...);
        visit("rounds", self.rounds...);
        visit("undisclosed", self.undisclosed...);
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

struct DerivedRows {
    std::vector<RoundRow> rounds = {};
    std::vector<InflowRow> inflows = {};
    std::vector<TotalRow> totals = {};
    std::vector<TotalByDayRow> totals_by_day = {};
};

// The number of the round of that handle.
using RoundNumber = std::function<std::int64_t(const std::string& handle)>;

// The rows of a company under the default policy and instruments.
[[nodiscard]] DerivedRows derived_rows(const NumberedDossier& dossier, const RoundNumber& number_of);

}  // namespace postmoney::detail
