// CompanyView: what the pages of a company and of its rounds show, gathered from the ledger.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "json.hpp"
#include "postmoney/postmoney.hpp"
#include "table.hpp"

struct CompanyView {
    postmoney::PartyProfile profile;
    postmoney::Viewpoint viewpoint;
    postmoney::Dossier dossier;
    postmoney::ResolvedCompany resolved;
    // The resolved rounds in their order, as pages show them: of one of which nothing can have come by the
    // day its name, and what was said of its value by then.
    std::vector<postmoney::ResolvedRound> rounds;
    std::vector<postmoney::RoundFigures> figures;              // of these rounds, in their order
    std::vector<postmoney::SharePriceStep> share_price_steps;  // likewise
    std::vector<postmoney::Claim> market_totals;

    CompanyView(const postmoney::Ledger& ledger, const std::string& name, const postmoney::Viewpoint& seen);
    CompanyView(const CompanyView&) = delete;  // `resolved` points into `dossier`
    CompanyView& operator=(const CompanyView&) = delete;

    // Whether something of the round at that place may have come by the day.
    [[nodiscard]] bool has_begun(std::size_t place) const;
    [[nodiscard]] std::optional<postmoney::MarketShare> share(const postmoney::ResolvedRound& round) const;
};

[[nodiscard]] std::string date_text(const postmoney::ResolvedRound& round);
[[nodiscard]] std::string state_text(const postmoney::ResolvedRound& round);

// A table of investors; what is added are those that the round names.
[[nodiscard]] Table empty_participants_table();
void add_participants(Table& table, const postmoney::ResolvedRound& round);

// A table of rounds' figures; what is added are those of the round at that place, if it has any.
[[nodiscard]] Table empty_figures_table();
void add_figures(Table& table, const CompanyView& view, std::size_t place);

// A table of prices per share; what is added is that of the round at that place, if it states one.
[[nodiscard]] Table empty_share_prices_table();
void add_share_price(Table& table, const CompanyView& view, std::size_t place);

// The round at that place, with all that is known of it.
[[nodiscard]] Json json_of_round(const CompanyView& view, std::size_t place);
[[nodiscard]] Json json_of_valuation(const postmoney::Field<postmoney::Valuation>& field);
