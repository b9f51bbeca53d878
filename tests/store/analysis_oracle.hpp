// A ledger of made-up companies, and the answers of the library's own calls about it, to compare views and
// queries with.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fixtures.hpp"
#include "generated_ledger.hpp"
#include "postmoney/answer/detail/total_sums.hpp"

namespace store_test {

// The number of companies in the generated ledger.
inline constexpr int companies = 40;

inline std::string name_of(int company) {
    return "Company " + std::to_string(company);
}

// A ledger file on made-up companies, recorded once for all tests here.
class Generated {
  public:
    Generated()
        : ledger(Ledger::open(folder / "l.db", options(Ledger::Access::create, "2025-06-01T00:00:00Z"))) {
        apply_text(ledger, FactsGenerator(20240607).facts(companies));
    }
    [[nodiscard]] std::filesystem::path path() const { return folder / "l.db"; }

    TempFolder folder;
    Ledger ledger;
};

inline Generated& generated() {
    static Generated ledger;
    return ledger;
}

using Sums = std::map<std::string, std::int64_t>;

// "key|currency|sum", one a key.
inline std::vector<std::string> rows_of(const Sums& sums) {
    std::vector<std::string> rows;
    for (const auto& [key, sum] : sums) rows.push_back(key + "|" + std::to_string(sum));
    return sorted(rows);
}

// The sums of all rounds that count, each under the key that `key_of` gives for the company and the inflow.
template <class KeyOf>
Sums sum_inflows(const Ledger& ledger, const KeyOf& key_of) {
    Sums sums;
    for (int i = 0; i < companies; ++i) {
        const PartyProfile company = ledger.party(name_of(i));
        const Dossier dossier = ledger.dossier(company.name);
        const ResolvedCompany resolved = resolve(dossier);
        for (const detail::RoundInflows& round : detail::CompanyInflows(resolved, {}).rounds) {
            for (const detail::Inflow& inflow : round.inflows) {
                sums[key_of(company, inflow) + "|" + std::string(inflow.known.currency().code())] +=
                    inflow.known.minor();
            }
        }
    }
    return sums;
}

inline std::string quarter_of(const std::optional<PartialDate>& date) {
    if (!date || date->precision() == DatePrecision::year) return "null";
    const date::year_month_day first(date->first_day());
    return date->to_string().substr(0, 4) + "-Q" +
           std::to_string((static_cast<unsigned>(first.month()) + 2) / 3);
}

// "company|currency|known": the sum that each company had raised at that point.
inline std::vector<std::string> totals_at(const Ledger& ledger, const Viewpoint& viewpoint) {
    std::vector<std::string> rows;
    for (int i = 0; i < companies; ++i) {
        std::vector<Total> totals;
        try {
            // Adds up anew, because the ledger itself would answer from the tables that the views read too.
            const Dossier dossier = ledger.dossier(name_of(i), viewpoint.known_at);
            totals = total_raised(resolve(dossier, {}, viewpoint), {.as_of = viewpoint.as_of});
        } catch (const Error& error) {  // the company was not on record yet
            REQUIRE(error.code() == ErrorCode::unknown_party);
        }
        for (const Total& total : totals) {
            if (!total.known) continue;
            rows.push_back(name_of(i) + "|" + std::string(total.currency->code()) + "|" +
                           std::to_string(total.known->minor()));
        }
    }
    return sorted(rows);
}

}  // namespace store_test
