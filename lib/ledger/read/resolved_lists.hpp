// ResolvedLists: the lists of a ledger from companies that are resolved one by one: as of a day, by another
// policy, in another currency. What the default policy comes to on the last day, ListReader reads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/read/dossier_reader.hpp"
#include "ledger/read/list_reader.hpp"
#include "ledger/read/list_tallies.hpp"
#include "postmoney/answer/detail/conversions.hpp"
#include "postmoney/answer/exchange.hpp"
#include "postmoney/answer/resolved_company.hpp"
#include "postmoney/ledger/lists.hpp"
#include "postmoney/ledger/reports.hpp"

namespace postmoney::detail {

// The rates that convert to a currency what some companies raised.
class RatesInto {
  public:
    RatesInto(DossierReader& dossiers, const ViewOptions& options)
        : dossiers_(&dossiers), options_(&options) {}

    // Between these currencies and that one.
    [[nodiscard]] const ExchangeRates& among(const std::set<std::string, std::less<>>& codes);

  private:
    DossierReader* dossiers_;
    const ViewOptions* options_;
    std::map<std::set<std::string, std::less<>>, ExchangeRates> rates_;
};

// The currencies of what the rounds bring.
[[nodiscard]] std::set<std::string, std::less<>> currencies_of(const BroughtByRounds& brought);

class ResolvedLists {
  public:
    ResolvedLists(DossierReader& dossiers, ListReader& kept, const ViewOptions& options)
        : dossiers_(&dossiers), kept_(&kept), options_(&options), rates_(dossiers, options) {}

    // The rows and their order are those of ListReader.
    [[nodiscard]] std::vector<CompanySummary> companies(const TotalFilter& filter);
    [[nodiscard]] std::vector<InvestorSummary> investors();
    [[nodiscard]] std::vector<RoundSummary> rounds(const RoundFilter& filter, const RoundOwners& owners);
    [[nodiscard]] std::vector<LeagueMoney> monies(const LeagueQuery& query);

  private:
    // Calls `use(party, company)` for every company that has a round, or for that one.
    template <class Use>
    void for_each_company(const std::optional<std::int64_t>& only, const Use& use);
    [[nodiscard]] std::optional<std::vector<Total>> raised(const ResolvedCompany& company,
                                                           const TotalFilter& filter);

    DossierReader* dossiers_;
    ListReader* kept_;
    const ViewOptions* options_;
    RatesInto rates_;
};

// Converts what is told to the currency, by the rate of its date; what no rate converts is no longer told.
void convert(std::vector<LeagueMoney>& monies, const ViewOptions& options, DossierReader& dossiers);

}  // namespace postmoney::detail
