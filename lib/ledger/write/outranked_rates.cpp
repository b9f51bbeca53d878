#include "ledger/write/outranked_rates.hpp"

#include <algorithm>
#include <vector>

#include "postmoney/answer/resolution.hpp"

namespace postmoney::detail {

namespace {

// All of the rates but the one that is used under the default policy.
[[nodiscard]] std::vector<OutrankedRateRow> all_but_best(const NumberedDossier& rates) {
    const ResolutionPolicy policy;
    const std::vector<Claim>& claims = rates.dossier.claims;
    const auto best = std::min_element(claims.begin(), claims.end(),
                                       [&](const Claim& a, const Claim& b) { return policy.prefers(a, b); });
    std::vector<OutrankedRateRow> rows;
    for (const Claim& claim : claims) {
        if (&claim != &*best) rows.push_back({rates.entry_of(claim)});
    }
    return rows;
}

}  // namespace

OutrankedRates::OutrankedRates(Connection& connection, DossierReader& dossiers)
    : dossiers_(&dossiers),
      rates_of_source_(
          connection.handle(),
          "SELECT e.entry FROM source s JOIN entry e ON e.source = s.first_entry WHERE s.entry = "
          "?1 AND e.party IS NULL AND e.kind = 'fx_rate'"),
      first_of_fact_(connection.handle(),
                     "SELECT min(other.entry), count(*) FROM fx_rate own JOIN fx_rate other ON other.base = "
                     "own.base AND other.quote = own.quote AND other.on_date = own.on_date WHERE own.entry = "
                     "?1"),
      table_(connection) {}

void OutrankedRates::source_changed(std::int64_t source_entry) {
    rates_of_source_.bind(source_entry);
    while (rates_of_source_.step()) rate_changed(rates_of_source_.integer(0));
}

void OutrankedRates::refresh(Timestamp known_from) {
    for (const std::int64_t entry : stale_) {
        first_of_fact_.bind(entry);
        const bool has_rival = first_of_fact_.step() && first_of_fact_.integer(1) > 1;
        const std::int64_t first = first_of_fact_.integer(0);
        first_of_fact_.reset();
        if (has_rival)
            table_.replace(first, all_but_best(dossiers_->rates_of_fact(entry)), known_from.microseconds());
    }
    stale_.clear();
}

}  // namespace postmoney::detail
