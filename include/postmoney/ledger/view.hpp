// View: one moment of a ledger, one viewpoint and one policy, said once. All that it is asked agrees with
// itself, whatever others record meanwhile, and owns what it hands out.
//
//   const View view = ledger.view({.as_of = PartialDate::parse("2024-12-31")});
//   for (const RoundSummary& round : view.rounds({.stage = "series-b"})) std::cout << round.company << '\n';
//   const CompanyRecord acme = view.company("Acme");
//   std::cout << acme.resolved().rounds.size() << '\n';
//
// A View is short-lived: while it is there, its ledger records nothing (misuse), and others who record in the
// file wait for it as for any reader, and give up after their busy_timeout (busy). It keeps the ledger's file
// open by itself, so it may outlive the Ledger that it came from. It is for one thread at a time, together
// with its ledger.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/answer/counted_inflow.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/finding.hpp"
#include "postmoney/answer/investment.hpp"
#include "postmoney/answer/latest_valuation.hpp"
#include "postmoney/answer/left_out.hpp"
#include "postmoney/answer/position.hpp"
#include "postmoney/answer/resolution.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/answer/total.hpp"
#include "postmoney/answer/used_rates.hpp"
#include "postmoney/fact/claim.hpp"
#include "postmoney/fact/dossier.hpp"
#include "postmoney/ledger/ledger.hpp"
#include "postmoney/ledger/lists.hpp"
#include "postmoney/ledger/reports.hpp"
#include "postmoney/value/detail/compiled.hpp"

namespace POSTMONEY_NAMESPACE {

namespace detail {
class LedgerState;
}

// A company as a View has it: everything that stands about it, and what that comes to. Copies share it; what
// is given by reference lives as long as the record or a copy of it.
class POSTMONEY_EXPORT CompanyRecord {
  public:
    // To move one is to copy it: there is none that has no company.
    CompanyRecord(const CompanyRecord&) = default;
    CompanyRecord& operator=(const CompanyRecord&) = default;
    ~CompanyRecord() = default;

    [[nodiscard]] const PartyProfile& profile() const&;
    [[nodiscard]] const Dossier& dossier() const&;
    [[nodiscard]] const ResolvedCompany& resolved() const&;
    [[nodiscard]] const Viewpoint& viewpoint() const&;
    // Of a record that is gone at once they would dangle: give it a name first.
    void profile() const&& = delete;
    void dossier() const&& = delete;
    void resolved() const&& = delete;
    void viewpoint() const&& = delete;

  private:
    friend class View;
    struct Held;
    explicit CompanyRecord(std::shared_ptr<const Held> held) : held_(std::move(held)) {}

    std::shared_ptr<const Held> held_;
};

// A round as a View has it, with its company.
class RoundRecord {
  public:
    [[nodiscard]] POSTMONEY_EXPORT const ResolvedRound& resolved() const&;
    [[nodiscard]] const CompanyRecord& company() const& { return company_; }
    // Its place among the company's rounds.
    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    void resolved() const&& = delete;
    void company() const&& = delete;

  private:
    friend class View;
    RoundRecord(CompanyRecord company, std::size_t place) : company_(std::move(company)), place_(place) {}

    CompanyRecord company_;
    std::size_t place_;
};

class POSTMONEY_EXPORT View {
  public:
    View(View&&) noexcept;
    View& operator=(View&&) noexcept;
    View(const View&) = delete;
    View& operator=(const View&) = delete;
    ~View();

    [[nodiscard]] const ViewOptions& options() const noexcept { return options_; }
    [[nodiscard]] Viewpoint viewpoint() const { return options_.viewpoint(); }

    //--- Lists. As of a day they have the rounds that may have begun by then, see ResolvedRound.

    // By name, then by party, each with its totals of what the filter takes. With `in` that is one total in
    // that currency.
    [[nodiscard]] std::vector<CompanySummary> companies(const TotalFilter& filter = {}) const;
    // By name, then by party.
    [[nodiscard]] std::vector<InvestorSummary> investors() const;
    // By date, those without one last, then by company and handle. Throws unknown-party, ambiguous-party.
    [[nodiscard]] std::vector<RoundSummary> rounds(const RoundFilter& filter = {}) const;
    // By id.
    [[nodiscard]] std::vector<SourceSummary> sources() const;
    // Companies by currency and then what they raised, the most first; investors by the rounds that they took
    // part in. With `in` all is in that currency; money that no rate converts is untold.
    [[nodiscard]] std::vector<LeaguePlace> league(const LeagueQuery& query = {}) const;
    // What has all the words in one text: names and aliases of parties, names and handles of rounds, titles
    // and ids of sources, remarks. Case and accents do not matter. The best first; throws bad-text without a
    // word.
    [[nodiscard]] std::vector<Match> find(std::string_view words) const;

    //--- Questions on one company, by any of its names or `scheme:value`. Each throws unknown-party, naming
    // the nearest names on record, and ambiguous-party.

    [[nodiscard]] CompanyRecord company(std::string_view name) const;
    // Throws unknown-round; ambiguous-name where merged ledgers use the handle for rounds of several
    // companies.
    [[nodiscard]] RoundRecord round(std::string_view handle) const;
    [[nodiscard]] PartyProfile party(std::string_view name) const;
    // Throws as Ledger::total_raised; in the View's currency if it has one.
    [[nodiscard]] std::vector<Total> total_raised(std::string_view company,
                                                  const TotalFilter& filter = {}) const;
    [[nodiscard]] TotalReport total_report(std::string_view company, const TotalFilter& filter = {}) const;
    // The sums that total_raised adds up, each in its own currency.
    [[nodiscard]] std::vector<CountedInflow> inflows(std::string_view company,
                                                     const TotalFilter& filter = {}) const;
    [[nodiscard]] std::vector<Claim> claims(std::string_view company) const;
    [[nodiscard]] std::vector<Finding> reconcile(std::string_view company) const;
    // On every company; then the names that merged ledgers use differently.
    [[nodiscard]] std::vector<Finding> reconcile() const;
    [[nodiscard]] std::optional<StandingValuation> latest_valuation(
        std::string_view company, ValuationSeries series = ValuationSeries::valuation) const;

    //--- Questions on one investor

    // By date, those without one last; as of a day, what may have begun by then. Rumours and what was
    // cancelled are among them: see Investment::status and `counts`.
    [[nodiscard]] std::vector<Investment> investments(std::string_view investor) const;
    // With `in`, their values are converted at the View's day, without one the clock's today.
    [[nodiscard]] std::vector<Position> positions(std::string_view investor) const;

    // The standing claims of one kind, such as market totals and exchange rates.
    [[nodiscard]] std::vector<Claim> claims_of_kind(EntryKind kind) const;
    // What the View converts with, by its policy and the age of rates that it takes.
    [[nodiscard]] ExchangeRates exchange_rates() const;

  private:
    friend class Ledger;
    struct Impl;
    View(std::unique_ptr<Impl> impl, ViewOptions options);

    // Each throws misuse when the View was moved from.
    [[nodiscard]] detail::LedgerState& state() const;
    [[nodiscard]] const Ledger& ledger() const;
    [[nodiscard]] TotalQuery query(const TotalFilter& filter) const;

    std::unique_ptr<Impl> impl_;
    ViewOptions options_;
};

// What the answers on a company are in one View that they were not in another: totals; rounds with all their
// fields and valuations, tranches and participations; the latest valuations and those of no round; splits,
// stated totals and metrics; findings by their key(), where they say something else. What loses against
// another claim, and who says what, but for the amount raised, shows in findings and claims alone. Nothing
// where all are equal. Two Views of one ledger that differ in known_at tell what was learnt between; two that
// differ in as_of what happened. A View that is kept while something is recorded would stop it: take two
// afterwards, of two known_at. Throws as the questions do: with a currency to convert to also no-rate.
[[nodiscard]] POSTMONEY_EXPORT std::vector<Change> changes(const View& before, const View& after,
                                                           std::string_view company);

}  // namespace POSTMONEY_NAMESPACE
