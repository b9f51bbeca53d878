#include "postmoney/ledger/view.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/refusal.hpp"
#include "ledger/ledger_state.hpp"
#include "ledger/read/list_reader.hpp"
#include "ledger/read/resolved_lists.hpp"

namespace postmoney {

struct View::Impl {
    Ledger ledger;  // the one that it came from, at its moment
    std::shared_ptr<detail::Snapshot> moment;

    [[nodiscard]] detail::LedgerState& state() const { return ledger.state(); }
};

View::View(std::unique_ptr<Impl> impl, ViewOptions options)
    : impl_(std::move(impl)), options_(std::move(options)) {}
View::View(View&&) noexcept = default;

View& View::operator=(View&& other) noexcept {
    View old(std::move(other));  // what this one was is let go at the end
    std::swap(impl_, old.impl_);
    std::swap(options_, old.options_);
    return *this;
}

View::~View() {
    if (impl_ != nullptr) impl_->state().let_go(impl_->moment);
}

View Ledger::view() const {
    return view(ViewOptions());
}

View Ledger::view(const ViewOptions& options) const {
    const detail::LedgerState::Use use(state());
    if (state().has_batch())
        throw Error(ErrorCode::misuse, "a Batch of this ledger is open: it has no one moment to view");
    state().check_committed("view");
    auto impl = std::make_unique<View::Impl>(View::Impl{Ledger(impl_), state().moment()});
    // SQLite takes the moment with the first thing read.
    static_cast<void>(state().connection.integer("SELECT own_chain FROM ledger"));
    return View(std::move(impl), options);
}

namespace {

// Whether the kept tables answer it.
[[nodiscard]] bool lists_are_kept(const ViewOptions& options) {
    return !options.as_of && options.policy == ResolutionPolicy();
}

template <class Summary>
void sort_by_name(std::vector<Summary>& rows) {
    detail::sort_by_key(rows,
                        [](const Summary& row) { return std::pair(std::string_view(row.name), row.party); });
}

// A question for lists, and who answers it.
struct ListQuestion {
    ListQuestion(detail::LedgerState& state, const ViewOptions& options)
        : question(state),
          kept(state.connection, state.dossiers, state.totals, options.known_at),
          resolved(state.dossiers, kept, options) {
        state.dossiers.refresh();
    }

    detail::LedgerState::Question question;
    detail::ListReader kept;
    detail::ResolvedLists resolved;
};

}  // namespace

detail::LedgerState& View::state() const {
    if (impl_ == nullptr)
        throw Error(ErrorCode::misuse, "the View was moved from: use the one that it was moved to");
    return impl_->state();
}

const Ledger& View::ledger() const {
    static_cast<void>(state());
    return impl_->ledger;
}

//--- Lists

std::vector<CompanySummary> View::companies(const TotalFilter& filter) const {
    ListQuestion ask(state(), options_);
    const bool kept = lists_are_kept(options_) && !options_.in && filter == TotalFilter();
    auto rows = kept ? ask.kept.companies() : ask.resolved.companies(filter);
    sort_by_name(rows);
    return rows;
}

std::vector<InvestorSummary> View::investors() const {
    ListQuestion ask(state(), options_);
    auto rows = lists_are_kept(options_) ? ask.kept.investors() : ask.resolved.investors();
    sort_by_name(rows);
    return rows;
}

std::vector<RoundSummary> View::rounds(const RoundFilter& filter) const {
    ListQuestion ask(state(), options_);
    const auto root = [&](const std::string& name) -> std::optional<std::int64_t> {
        if (name.empty()) return std::nullopt;
        return state().dossiers.root_at(state().party(name), options_.known_at);
    };
    const detail::RoundOwners owners{.company = root(filter.company), .investor = root(filter.investor)};
    auto rows =
        lists_are_kept(options_) ? ask.kept.rounds(filter, owners) : ask.resolved.rounds(filter, owners);
    detail::sort_rounds(rows);
    return rows;
}

std::vector<SourceSummary> View::sources() const {
    return ListQuestion(state(), options_).kept.sources();
}

std::vector<LeaguePlace> View::league(const LeagueQuery& query) const {
    ListQuestion ask(state(), options_);
    auto monies = lists_are_kept(options_) ? ask.kept.monies(query) : ask.resolved.monies(query);
    if (options_.in) detail::convert(monies, options_, state().dossiers);
    std::vector<LeaguePlace> places = detail::league_places(std::move(monies), query.of);
    for (LeaguePlace& place : places) place.name = state().dossiers.name(place.party);
    detail::sort_places(places, query.of);
    return places;
}

std::vector<Match> View::find(std::string_view words) const {
    return ListQuestion(state(), options_).kept.find(words);
}

//--- One company

PartyProfile View::party(std::string_view name) const {
    return ledger().party(name);
}

struct CompanyRecord::Held {
    Held(PartyProfile of, Dossier found, const ResolutionPolicy& policy, const Viewpoint& seen)
        : profile(std::move(of)),
          dossier(std::move(found)),
          viewpoint(seen),
          resolved(resolve(dossier, policy, seen)) {}

    const PartyProfile profile;
    const Dossier dossier;
    const Viewpoint viewpoint;
    const ResolvedCompany resolved;  // points into the dossier
};

const PartyProfile& CompanyRecord::profile() const& {
    return held_->profile;
}
const Dossier& CompanyRecord::dossier() const& {
    return held_->dossier;
}
const ResolvedCompany& CompanyRecord::resolved() const& {
    return held_->resolved;
}
const Viewpoint& CompanyRecord::viewpoint() const& {
    return held_->viewpoint;
}

const ResolvedRound& RoundRecord::resolved() const& {
    return company_.resolved().rounds[place_];
}

CompanyRecord View::company(std::string_view name) const {
    const detail::LedgerState::Question question(state());
    return CompanyRecord(std::make_shared<const CompanyRecord::Held>(
        ledger().party(name), ledger().dossier(name, options_.known_at), options_.policy, viewpoint()));
}

RoundRecord View::round(std::string_view handle) const {
    const detail::LedgerState::Question question(state());
    const CompanyRecord record = company(ledger().company_of_round(handle));
    const auto& rounds = record.resolved().rounds;
    const auto at = std::find_if(rounds.begin(), rounds.end(), [&](const ResolvedRound& round) {
        return std::find(round.handles.begin(), round.handles.end(), handle) != round.handles.end();
    });
    if (at == rounds.end())
        throw Error::refused(ErrorCode::unknown_round, handle, "the handle of a round that stands");
    return RoundRecord(record, static_cast<std::size_t>(at - rounds.begin()));
}

TotalQuery View::query(const TotalFilter& filter) const {
    return {.viewpoint = viewpoint(),
            .in = options_.in,
            .instruments = filter.instruments,
            .exclude_funds = filter.exclude_funds,
            .policy = options_.policy,
            .rate_age = options_.rate_age};
}

std::vector<Total> View::total_raised(std::string_view company, const TotalFilter& filter) const {
    return ledger().total_raised(company, query(filter));
}

TotalReport View::total_report(std::string_view company, const TotalFilter& filter) const {
    return ledger().total_report(company, query(filter));
}

std::vector<CountedInflow> View::inflows(std::string_view name, const TotalFilter& filter) const {
    const CompanyRecord record = company(name);
    return counted_inflows(
        record.resolved(),
        {.as_of = options_.as_of, .instruments = filter.instruments, .exclude_funds = filter.exclude_funds});
}

std::vector<Claim> View::claims(std::string_view company) const {
    return ledger().claims(company, viewpoint());
}

std::vector<Finding> View::reconcile(std::string_view company) const {
    return ledger().reconcile(company, viewpoint(), options_.policy);
}

std::vector<Finding> View::reconcile() const {
    return ledger().reconcile(viewpoint(), options_.policy);
}

std::optional<StandingValuation> View::latest_valuation(std::string_view name, ValuationSeries series) const {
    const CompanyRecord record = company(name);
    const auto latest = postmoney::latest_valuation(record.resolved(), series, options_.policy);
    if (!latest) return std::nullopt;
    return StandingValuation{.valuation = latest->valuation(),
                             .round = latest->round != nullptr ? latest->round->handle : "",
                             .source = latest->claim().entry.source.value_or(""),
                             .entry = latest->claim().id};
}

//--- One investor

std::vector<Investment> View::investments(std::string_view investor) const {
    return ledger().investments(investor, viewpoint(), options_.policy);
}

std::vector<Position> View::positions(std::string_view investor) const {
    std::vector<Position> positions = ledger().positions(investor, viewpoint(), options_.policy);
    if (options_.in) {
        const date::sys_days day =
            options_.as_of ? options_.as_of->last_day() : state().options.clock().day();
        const ExchangeRates rates = exchange_rates();
        convert_values(positions, *options_.in, day, rates);
    }
    return positions;
}

std::vector<Claim> View::claims_of_kind(EntryKind kind) const {
    return ledger().claims_of_kind(kind, viewpoint());
}

ExchangeRates View::exchange_rates() const {
    return ExchangeRates(claims_of_kind(EntryKind::fx_rate), options_.policy, options_.rate_age);
}

}  // namespace postmoney
