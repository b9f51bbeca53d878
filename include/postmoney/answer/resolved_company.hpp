// ResolvedCompany: what all the claims on a company come to under a resolution policy, fact by fact.
//
// A round's fields are resolved each by itself. Fields and pointers refer into the dossier, which must
// outlive the result.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "postmoney/answer/early_filing.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/round_lines.hpp"
#include "postmoney/answer/round_status.hpp"
#include "postmoney/answer/splits.hpp"
#include "postmoney/answer/tranches.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

//--- Interface ---

struct ResolvedParticipation {
    std::int64_t investor = 0;  // the party
    std::string investor_name;
    std::vector<const Claim*> claims;  // that name the investor, best first, those without an amount last
    Field<Amount> amount;
    Field<bool> lead;
    Field<ShareCount> shares;

    // The claim behind the amount, or the best one where none tells an amount.
    [[nodiscard]] const Claim& amount_claim() const { return amount ? amount.winner() : *claims.front(); }

    friend bool operator==(const ResolvedParticipation& a, const ResolvedParticipation& b) {
        return a.investor == b.investor && a.investor_name == b.investor_name &&
               detail::same_entries(a.claims, b.claims) && a.amount == b.amount && a.lead == b.lead &&
               a.shares == b.shares;
    }
};

struct ResolvedRound;

// A round as another day saw it, where what it brings follows from that day.
struct EarlierRound {
    PartialDate as_of;
    std::shared_ptr<const ResolvedRound> round;

    friend bool operator==(const EarlierRound& a, const EarlierRound& b);
};

namespace detail {

// Whether a round of that status took or takes place.
[[nodiscard]] constexpr bool takes_place(const std::optional<RoundStatus>& status) {
    return status != RoundStatus::rumoured && status != RoundStatus::cancelled;
}

}  // namespace detail

struct POSTMONEY_EXPORT ResolvedRound : Resolved<RoundStatement> {
    std::string handle;
    std::vector<std::string> handles;  // all that its notices go by, this one included
    std::vector<RoundLine> lines;      // what its fields come from, with the days on which they hold
    // By date. Those that have not begun by the viewpoint's day are apart.
    std::vector<ResolvedClosing> closings;
    std::vector<ResolvedClosing> later_closings;
    std::vector<ResolvedParticipation> participations;  // by name
    // The valuations of this round, one fact a basis.
    Field<Valuation> pre_money;
    Field<Valuation> post_money;
    Field<Valuation> unspecified;
    Field<Valuation> mark;
    Field<Valuation> irc_409a;
    // The claim on `status` that holds; the first of the field may not.
    std::optional<Stated<RoundStatus>> holding_status;
    // Where the best claim on `raised` is a filing that left something unsold. As long as the final word is
    // used, it is the first of `raised`.
    std::optional<EarlyFiling> early_filing;
    // Of a cancelled round, as of the day of the cancelling or the viewpoint's, whichever is earlier: by the
    // lines of sources of the cancelling one's type or a higher one.
    std::optional<EarlierRound> until_cancelled;
    // On the day before its latest line began, as long as its day has not surely come.
    std::optional<EarlierRound> before_latest_line;

    // The status that holds, if any.
    [[nodiscard]] std::optional<RoundStatus> held_status() const {
        return holding_status ? std::optional(*holding_status->value) : std::nullopt;
    }
    // Whether it took or takes place: it is neither a rumour nor cancelled.
    [[nodiscard]] bool takes_place() const { return detail::takes_place(held_status()); }
    // Whether its money is left out as that of a merger, an acquisition or an exchange offer: its best notice
    // says so, and no line tells what a placement beside it raised.
    [[nodiscard]] bool is_business_combination() const;
    // The day from which `raised` counts at the latest: its date, or that of the filing which says it,
    // whichever ends first.
    [[nodiscard]] std::optional<PartialDate> day() const;
    // Whether something of it may have come by that day: the first of its date and day, `closed`,
    // `announced`, `first_sale`, `filed` and closings begins by then. Without a date, or without a day, it
    // may.
    [[nodiscard]] bool may_have_begun(const std::optional<PartialDate>& as_of) const;
    // The round's date: its `closed`, else `announced`, else `first_sale`, else `filed`.
    [[nodiscard]] std::optional<PartialDate> date() const;
    // The status stated; without one, open as long as nothing is sold and no first sale is known (Form D
    // items 7 and 13).
    [[nodiscard]] std::optional<RoundStatus> state() const;
    // The name if one is stated, else the handle.
    [[nodiscard]] std::string_view label() const;
    [[nodiscard]] Field<Valuation>& valuation(ValuationBasis basis);

    // Calls `visit(name, field)` for each field that round statements claim, by its name there.
    template <class Round, class Visit>
    static void fields(Round& round, const Visit& visit) {
        Resolved<RoundStatement>::fields(
            [&]<class Claims>(const FieldName& name, Claims& field) {
                if constexpr (!std::is_same_v<std::remove_const_t<Claims>, NotResolved>) visit(name, field);
            },
            round);
    }
    // The valuations, by their bases.
    template <class Self, class Visit>
    static void valuations(Self& self, Visit&& visit) {
        visit(ValuationBasis::pre_money, self.pre_money);
        visit(ValuationBasis::post_money, self.post_money);
        visit(ValuationBasis::unspecified, self.unspecified);
        visit(ValuationBasis::mark, self.mark);
        visit(ValuationBasis::irc_409a, self.irc_409a);
    }

    friend bool operator==(const ResolvedRound&, const ResolvedRound&) = default;
};

namespace detail {

// Whether two pointers are to a round of one handle, or to none.
[[nodiscard]] inline bool same_round(const ResolvedRound* a, const ResolvedRound* b) noexcept {
    return a == b || (a != nullptr && b != nullptr && a->handle == b->handle);
}

}  // namespace detail

inline bool operator==(const EarlierRound& a, const EarlierRound& b) {
    return a.as_of == b.as_of && *a.round == *b.round;
}

// A valuation that names no round.
struct ResolvedValuation {
    ValuationBasis basis;
    PartialDate on;
    Field<Valuation> valuation;

    friend bool operator==(const ResolvedValuation&, const ResolvedValuation&) = default;
};

struct ResolvedStatedTotal {
    PartialDate on;
    Field<StatedTotal> total;

    friend bool operator==(const ResolvedStatedTotal&, const ResolvedStatedTotal&) = default;
};

struct ResolvedMetric {
    std::string name;
    PartialDate on;
    std::optional<Period> per;
    bool target = false;
    Field<Metric> metric;

    friend bool operator==(const ResolvedMetric&, const ResolvedMetric&) = default;
};

struct ResolvedCompany {
    std::string company;
    std::vector<ResolvedRound> rounds;  // by date, those without one last
    // What standing participations and valuations say of rounds of which no statement and no closing stands
    // or holds. These are no rounds: only the list of claims shows them.
    std::vector<ResolvedRound> unstated_rounds;
    std::vector<ResolvedValuation> valuations;
    SplitsByClass splits;
    std::vector<ResolvedStatedTotal> stated_totals;
    std::vector<ResolvedMetric> metrics;
    // From where it is seen. Questions on it that are asked as of another day throw misuse.
    Viewpoint viewpoint = {};

    // Whether something of one of its rounds may have come by the day as of which it is seen.
    [[nodiscard]] bool may_have_begun(const ResolvedRound& round) const {
        return round.may_have_begun(viewpoint.as_of);
    }

    friend bool operator==(const ResolvedCompany&, const ResolvedCompany&) = default;
};

[[nodiscard]] POSTMONEY_EXPORT ResolvedCompany resolve(const Dossier& dossier,
                                                       const ResolutionPolicy& policy = {},
                                                       const Viewpoint& viewpoint = {});
// Of a dossier that is gone at once it would dangle: give it a name first.
ResolvedCompany resolve(const Dossier&& dossier, const ResolutionPolicy& policy = {},
                        const Viewpoint& viewpoint = {}) = delete;

namespace detail {

// Throws misuse unless the company is seen as of that day.
void check_seen_as_of(const ResolvedCompany& company, const std::optional<PartialDate>& as_of);

}  // namespace detail

}  // namespace POSTMONEY_NAMESPACE

#ifndef POSTMONEY_COMPILED
#include "postmoney/answer/resolved_company-inl.hpp"
#endif
